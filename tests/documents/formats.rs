use super::{analyzed, requirements};
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
