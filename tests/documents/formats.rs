use super::{analyzed, messages, requirements};
use proptest::prelude::*;
use tracegate::read::{adoc, trlc};
use tracegate::source::Text;

const KILN: &str = "= Requirements of the kiln\n\n== Heat\n\n[.specitem,oft-sid=\"req~heat~1\",oft-needs=\"impl,utest\",oft-title=\"Heating\"]\n--\n\
    The kiln *MUST* heat.\n\n[source,text]\n----\n== No heading\n----\n--\n\n[.specitem,oft-sid=\"dsn~glow~1\",oft-needs=\"impl\"]\n\
    The kiln *MUST* glow.\n\n[[REQ-7]]\n=== Cooling\n\nIt shall cool.\n\n\
    [cols=\"1,3a\"]\n|===\n|ID |Requirement\n\n|REQ-8\n|It shall ring\nin the evening.\n\n| REQ-9 | It shall sing.\n|===\n\n\
    * *REQ-10*: It shall rest.\n* See REQ-99.\n\n////\n=== REQ-11: It shall fly\n////\n";

#[test]
fn headings_tables_items_and_named_blocks_of_asciidoc_define_requirements() {
    let tests = "# [utest->req~heat~1]\ndef test_heats():\n    assert kiln.hot\n";
    let files = [("docs/requirements.adoc", KILN), ("tests/test_kiln.py", tests)];
    assert_eq!(requirements(&files), ["REQ-10", "REQ-7", "REQ-8", "REQ-9", "dsn~glow~1", "req~heat~1"]);
    let graph = analyzed(&files).graph;
    let one = |id: &str| graph.requirements.iter().find(|one| one.id == id).unwrap();
    assert_eq!((one("req~heat~1").title.as_str(), one("req~heat~1").evidence.len()), ("Heating", 1));
    assert!(graph.definition(one("dsn~glow~1")).unwrap().needs_none(), "it needs an implementation and no test");
    assert_eq!(one("REQ-7").title, "Cooling");
    assert_eq!(graph.input(one("REQ-8").place.file).text.slice(one("REQ-8").place.span), "REQ-8");
}

#[test]
fn a_matrix_in_asciidoc_has_rows() {
    let matrix = "= Traceability matrix\n\n[%header,cols=2*]\n|===\n|Requirement ID |Test\n|REQ-7 |`tests/test_kiln.py::test_heats`\n|===\n";
    let tests = "def test_heats():\n    assert kiln.hot\n";
    let files = [("docs/requirements.adoc", KILN), ("docs/rtm.adoc", matrix), ("tests/test_kiln.py", tests)];
    let graph = analyzed(&files).graph;
    assert_eq!((graph.rows.len(), graph.requirements.iter().filter(|one| !one.evidence.is_empty()).count()), (1, 1));
}

#[test]
fn records_of_requirement_types_are_requirements() {
    let records = "package Kiln\nimport Req\n\n/* Req.System_Requirement Old { } */\nsection \"Heat\" {\n  Req.System_Requirement Heats {\n\
        \x20   description = '''The kiln shall heat, \"and\" {more}.'''\n    derived_from = [System.Pots@1, Glows]\n  }\n\
        \x20 Req.CompReq Glows {\n    description = \"It shall glow.\"\n    not_tested_reason = Req.Reason.Obvious\n  }\n\
        \x20 Req.PotentialError Burns { summary = \"It burns.\" }\n}\n";
    let tests = "TEST(Kiln, Heats) {\n  RecordProperty(\"lobster-tracing\", \"Kiln.Heats\");\n  EXPECT_TRUE(hot());\n}\n";
    let files = [("reqs/kiln.trlc", records), ("tests/kiln_test.cpp", tests)];
    assert_eq!(requirements(&files), ["Kiln.Glows", "Kiln.Heats"]);
    let graph = analyzed(&files).graph;
    let heats = graph.requirements.iter().find(|one| one.id == "Kiln.Heats").unwrap();
    assert_eq!((heats.parents.len(), heats.evidence.len()), (1, 1));
    assert_eq!(heats.title, "The kiln shall heat, \"and\" {more}.");
}

/// Pieces of both notations, to be put together in any order.
const PIECES: &[&str] = &[
    "package A\n",
    "Req.Req B {\n",
    "}",
    "{",
    "description = ",
    "'''",
    "\"",
    "'",
    "[",
    "]",
    "=",
    "== H\n",
    "|===\n",
    "|a |b\n",
    "2+|",
    "\\|",
    "[[REQ-1]]\n",
    "[#REQ-2]\n",
    "[.specitem,oft-sid=\"req~a~1\"]\n",
    "[cols=\"99999999999*\"]\n",
    "[cols=\"0*\"]\n",
    "--\n",
    "----\n",
    "* REQ-3: x\n",
    "////\n",
    "//",
    "/*",
    ".t\n",
    "\n",
    "\r\n",
    "é",
    "REQ-4: y\n",
    "@",
];

proptest! {
    #[test]
    fn whatever_the_text_reading_ends_and_spans_lie_within(parts in prop::collection::vec(prop::sample::select(PIECES), 0..60)) {
        let text = Text::decode(parts.concat().into_bytes());
        for facts in [adoc::read("docs/requirements.adoc", &text, None), trlc::read("a.trlc", &text, None)] {
            for one in &facts.definitions {
                prop_assert!(text.as_str().get(one.block.range()).is_some(), "{:?}", one.block);
                prop_assert!(text.as_str().get(one.text.range()).is_some(), "{:?}", one.text);
            }
        }
    }
}

const OVEN: &str = ".. SPDX-License-Identifier: CC0-1.0\n\nOven\n====\n\nWhat the oven does.\n\nHeat up\n-------\n\n`KilnReq~heat_up~1`\n\n\
    Description:\nThe oven shall reach 200 degrees in ten minutes.\n\nRationale:\nBread wants it, perhaps as soon as possible.\n\n\
    Comments:\n\nCovers:\n - `KilnNeed~bake~2`\n - `KilnNeed~roast~1`\n\nNeeds:\n - utest\n\n\
    Cool down\n---------\n\n``KilnReq~cool-down~3``\n\nThe oven shall cool down.\n\nNeeds: KilnPart\n\n\
    An example::\n\n    `KilnReq~shown~1`\n\n..\n\n  `KilnReq~silent~1`\n\nSee `KilnReq~named~1` as well.\n\n\
    `KilnReq~lonely~1`\n\nStatus: draft\n\nIt shall ring.\n";

#[test]
fn items_of_openfasttrace_are_read_in_restructuredtext() {
    let needs = "Needs\n=====\n\nBake\n----\n`KilnNeed~bake~2`\n\nIt bakes.\n\nNeeds: KilnReq\n\nRoast\n----\n`KilnNeed~roast~1`\n\nIt roasts.\n\nNeeds: KilnReq\n";
    let tests = "# [utest->KilnReq~heat_up~1]\ndef test_heats():\n    assert oven.hot\n";
    let files = [("docs/reqs/oven.rst", OVEN), ("docs/reqs/needs.rst", needs), ("tests/test_oven.py", tests)];
    assert_eq!(
        requirements(&files),
        ["KilnNeed~bake~2", "KilnNeed~roast~1", "KilnReq~cool-down~3", "KilnReq~heat_up~1", "KilnReq~lonely~1"]
    );
    let graph = analyzed(&files).graph;
    let one = |id: &str| graph.requirements.iter().find(|one| one.id == id).unwrap();
    let heat = one("KilnReq~heat_up~1");
    assert_eq!((heat.title.as_str(), heat.parents.len(), heat.evidence.len()), ("Heat up", 2, 1));
    let definition = graph.definition(heat).unwrap();
    let text = &graph.input(heat.place.file).text;
    assert_eq!(text.slice(definition.span), "KilnReq~heat_up~1");
    assert_eq!(text.slice(definition.text), "The oven shall reach 200 degrees in ten minutes.");
    assert!(text.slice(definition.block).starts_with("Heat up\n---") && text.slice(definition.block).ends_with("- utest"));
    assert!(!definition.needs_none());
    let cool = graph.definition(one("KilnReq~cool-down~3")).unwrap();
    assert_eq!((cool.title.as_str(), text.slice(cool.text)), ("Cool down", "The oven shall cool down."));
    assert!(cool.needs_none(), "a part covers it, and no test");
    let lonely = graph.definition(one("KilnReq~lonely~1")).unwrap();
    assert_eq!((lonely.title.as_str(), text.slice(lonely.text)), ("", "It shall ring."));
}

#[test]
fn what_covers_nothing_that_is_defined_is_told_in_restructuredtext_too() {
    let needs = "Bake\n----\n\n`KilnNeed~bake~1`\n\nIt bakes.\n\nNeeds: KilnReq\n";
    let tests = ("tests/test_oven.py", "def test_heats():\n    assert oven.hot\n");
    let files = [("docs/reqs/oven.rst", OVEN), ("docs/reqs/needs.rst", needs), tests];
    let told = messages(&files, "T03");
    assert!(told.iter().any(|one| one.contains("KilnNeed~bake~2")), "{told:?}");
    assert!(told.iter().any(|one| one.contains("KilnNeed~roast~1")), "{told:?}");
    assert!(messages(&files, "T01").iter().any(|one| one.contains("KilnReq~heat_up~1")));
    assert_eq!(messages(&files, "R05"), Vec::<String>::new());
}

#[test]
fn a_specification_in_plain_text_is_read_by_the_lines_that_begin_with_an_identifier() {
    let title = |at: usize| format!("FR-{at:02}: Part {at} of the kiln");
    let contents: String = (1..=6).map(|at| format!("{} ........ {at}\n", title(at))).collect();
    let body: String =
        (1..=6).map(|at| format!("{}\nDescription: it turns, see FR-01.\nStatus: approved\n", title(at))).collect();
    let text = format!("Kiln specification\n\n{contents}\n4 Functions\n{body}4.2 Others\nNothing more.\n");
    let tests = "# Verifies: FR-03\ndef test_turns():\n    assert kiln.turns\n";
    let files = [("docs/srs.txt", text.as_str()), ("tests/test_kiln.py", tests)];
    assert_eq!(requirements(&files), ["FR-01", "FR-02", "FR-03", "FR-04", "FR-05", "FR-06"]);
    let graph = analyzed(&files).graph;
    let last = graph.requirements.iter().find(|one| one.id == "FR-06").unwrap();
    assert_eq!(last.title, "Part 6 of the kiln");
    assert!(last.duplicates.is_empty());
    let block = graph.definition(last).unwrap().block;
    assert!(graph.input(last.place.file).text.slice(block).ends_with("Status: approved"));
    // Without the dots the table of contents tells all of them twice.
    let bare = text.replace(" ........ ", " ");
    assert!(analyzed(&[("docs/srs.txt", &bare)]).graph.requirements.iter().all(|one| one.duplicates.is_empty()));
    let told = messages(&files, "T01");
    assert!(told.len() == 1 && told[0].contains("5 requirements"), "{told:?}");
    // Other texts are not read, nor is what lists a few lines of that form.
    assert_eq!(requirements(&[("docs/kiln.txt", text.as_str())]), [""; 0]);
    assert_eq!(requirements(&[("requirements.txt", "FR-1: a\nfoo==1.2\n")]), [""; 0]);
}

#[test]
fn what_is_open_where_others_are_verified_is_still_to_come() {
    let need = |at: usize, status: &str| {
        format!(".. req:: Part {at}\n   :id: REQ_KILN_{at}\n   :status: {status}\n\n   It shall turn.\n\n")
    };
    let spec = |statuses: &[&str]| {
        let needs: String = (1..).zip(statuses).map(|(at, status)| need(at, status)).collect();
        format!("Kiln\n====\n\n{needs}")
    };
    let tests = "# @verifies REQ_KILN_1\ndef test_turns():\n    assert kiln.turns\n\n# @verifies REQ_KILN_5\ndef test_opens():\n    assert kiln.open\n";
    let done = spec(&["verified", "verified", "verified", "open", "open"]);
    let files = [("docs/requirements/kiln.rst", done.as_str()), ("tests/test_kiln.py", tests)];
    assert_eq!(requirements(&files), ["REQ_KILN_1", "REQ_KILN_2", "REQ_KILN_3", "REQ_KILN_4 planned", "REQ_KILN_5"]);
    let told = messages(&files, "T01");
    assert!(told.len() == 2 && told.iter().all(|one| one.ends_with("although its status is `verified`.")), "{told:?}");
    // Where none is done, "open" says nothing of when.
    let open = spec(&["open", "open", "open", "open", "open"]);
    let files = [("docs/requirements/kiln.rst", open.as_str()), ("tests/test_kiln.py", tests)];
    assert_eq!(requirements(&files), ["REQ_KILN_1", "REQ_KILN_2", "REQ_KILN_3", "REQ_KILN_4", "REQ_KILN_5"]);
    let told = messages(&files, "T01");
    assert!(told.len() == 3 && told.iter().all(|one| one.contains("its status is `open`")), "{told:?}");
}

#[test]
fn an_item_that_needs_another_type_is_covered_by_one_or_told() {
    let item = |id: &str, more: &str| format!("Title\n-----\n\n`{id}`\n\nDescription:\nIt shall turn.\n\n{more}\n\n");
    let needs =
        item("Need~bake~1", "Needs:\n - Prod") + &item("Need~roast~1", "Needs: impl, Prod") + &item("Need~ring~1", "Needs: impl");
    let product = item("Prod~bake~1", "Covers:\n - `Need~bake~1`\n\nNeeds: utest");
    let tests = "# [utest->Prod~bake~1]\ndef test_bakes():\n    assert oven.hot\n";
    let files = [("docs/needs.rst", needs.as_str()), ("docs/product.rst", product.as_str()), ("tests/test_oven.py", tests)];
    let told = messages(&files, "T01");
    assert_eq!(told, ["Nothing covers Need~roast~1: it needs Prod, and no item of that type covers it."]);
    let commented = needs.replace("Needs: impl, Prod", "<!-- Needs: Prod -->");
    assert_eq!(messages(&[("docs/needs.rst", commented.as_str()), files[1], files[2]], "T01"), [""; 0]);
    // What the tree has no items of is kept elsewhere.
    assert_eq!(messages(&files[..1], "T01"), [""; 0]);
}
