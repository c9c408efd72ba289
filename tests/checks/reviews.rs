//! R10: what a review is of, and what makes it suspect.

use super::support::{analyze_files, rendered};
use proptest::prelude::*;
use std::collections::BTreeMap;
use tracegate::analysis::Analysis;
use tracegate::config::parse_reviews;
use tracegate::finding::{Finding, Severity};
use tracegate::review::{Changes, Refused, Request, accept, write};
use tracegate::settings::{LinkName, Review, Seen, Settings};
use tracegate::source::Text;

const SRS: &str = "# KILN-SRS: Kiln Requirements Specification\n\n\
    ### REQ-KILN-001: Heat\n\nThe kiln shall reach 900 C within two hours\nand hold it.\n\n\
    ### REQ-KILN-002: Door\n\nThe door shall stay shut above 60 C.\n";
const TESTS: &str = "def test_heats():\n    \"\"\"Verifies: REQ-KILN-001\"\"\"\n    assert reached(900)\n\n\
    def test_door():\n    \"\"\"Verifies: REQ-KILN-001, REQ-KILN-002\"\"\"\n    assert shut(61)\n";
const RUN: &str = "<testsuite name='pytest' tests='2'><testcase classname='test_kiln' name='test_heats'/>\
    <testcase classname='test_kiln' name='test_door'/></testsuite>";

type Files = BTreeMap<&'static str, String>;

fn files() -> Files {
    [("srs.md", SRS), ("test_kiln.py", TESTS), ("junit.xml", RUN)].map(|(path, text)| (path, text.to_owned())).into()
}

fn analysed(files: &Files) -> Analysis {
    analyze_files(files.iter().map(|(path, text)| ((*path).to_owned(), text.clone().into_bytes())).collect())
}

/// The lock that is written when everything is accepted.
fn lock(files: &Files, request: &Request) -> String {
    write(&accept(&analysed(files).graph, &Settings::default(), request).unwrap().over(Vec::new()).0)
}

fn reviewed() -> Files {
    let mut files = files();
    files.insert("tracegate.lock", lock(&files, &Request::default()));
    files
}

/// What R10 says once a text is replaced.
fn after(path: &'static str, from: &str, to: &str) -> (Analysis, Vec<String>) {
    let mut files = reviewed();
    let text = files.get_mut(path).unwrap();
    assert!(text.contains(from), "{from}");
    *text = text.replace(from, to);
    let analysis = analysed(&files);
    let messages = found(&analysis).map(|finding| finding.message.clone()).collect();
    (analysis, messages)
}

fn found(analysis: &Analysis) -> impl Iterator<Item = &Finding> {
    analysis.findings.iter().filter(|finding| finding.code == "R10")
}

#[test]
fn without_a_lock_nothing_is_said_and_with_a_fresh_one_neither() {
    assert_eq!(found(&analysed(&files())).count(), 0);
    let analysis = analysed(&reviewed());
    assert_eq!(found(&analysis).count(), 0, "{}", rendered(&analysis, "R10"));
}

#[test]
fn one_word_one_assertion_and_one_byte_make_a_link_suspect() {
    let (analysis, said) = after("srs.md", "two hours", "three hours");
    assert_eq!(said, ["REQ-KILN-001 says something else than when its links were reviewed"]);
    let finding = found(&analysis).next().unwrap();
    assert_eq!(
        (finding.severity, finding.requirements().collect::<Vec<_>>()),
        (Severity::Error, vec![("KILN-SRS", "REQ-KILN-001")])
    );
    let (_, said) = after("test_kiln.py", "shut(61)", "shut(60)");
    assert_eq!(said, ["`test_door`, a test of REQ-KILN-001 and REQ-KILN-002, changed since it was reviewed"]);
    let (_, said) = after("junit.xml", "name='pytest'", "name='Pytest'");
    assert_eq!(said, ["junit.xml is not what was reviewed as evidence of REQ-KILN-001 and REQ-KILN-002"]);
}

#[test]
fn layout_comments_and_other_lines_change_nothing() {
    for (path, from, to) in [
        ("srs.md", "two hours\nand hold it.", "two\nhours and  hold **it**."),
        (
            "srs.md",
            "# KILN-SRS: Kiln Requirements Specification\n",
            "# KILN-SRS: Kiln Requirements Specification\n\nIt is hot.\n",
        ),
        ("test_kiln.py", "    assert shut(61)", "\n    # above\n    assert shut( 61 )  # C"),
        ("test_kiln.py", "def test_heats", "import kiln\n\n\ndef test_heats"),
    ] {
        let (analysis, said) = after(path, from, to);
        assert!(said.is_empty(), "{to}: {}", rendered(&analysis, "R10"));
    }
}

#[test]
fn another_outcome_is_told_also_where_the_files_are_no_part_of_the_review() {
    let request = Request { without_evidence: true, ..Request::default() };
    let mut files = files();
    files.insert("tracegate.lock", lock(&files, &request));
    files.insert("junit.xml", RUN.replace("name='pytest'", "name='again'"));
    assert_eq!(found(&analysed(&files)).count(), 0);
    files.insert("junit.xml", RUN.replace("name='test_door'/>", "name='test_door'><failure/></testcase>"));
    let analysis = analysed(&files);
    let said: Vec<&str> = found(&analysis).map(|finding| finding.message.as_str()).collect();
    assert_eq!(
        said,
        ["`test_door`, a test of REQ-KILN-001 and REQ-KILN-002, was `passed` and is `failed`: that is not what was reviewed"]
    );
}

#[test]
fn links_that_are_new_gone_or_of_nothing_are_told() {
    let (analysis, said) = after("test_kiln.py", "REQ-KILN-001, REQ-KILN-002", "REQ-KILN-002");
    assert_eq!(said, ["`test_door` was reviewed as what verifies REQ-KILN-001 and is linked to it no more"]);
    assert_eq!(found(&analysis).next().unwrap().severity, Severity::Error);
    let (analysis, said) = after("test_kiln.py", "Verifies: REQ-KILN-001\"", "Verifies: REQ-KILN-001, REQ-KILN-002\"");
    assert_eq!(said, ["Nobody reviewed the link of REQ-KILN-002 to `test_heats`"]);
    assert_eq!(found(&analysis).next().unwrap().severity, Severity::Warning);
    let (analysis, said) = after("srs.md", "REQ-KILN-002: Door", "REQ-KILN-002: Door (removed)");
    assert_eq!(said, ["The reviewed link of REQ-KILN-002 to `test_door` is of no requirement in force"]);
    assert_eq!(found(&analysis).next().unwrap().severity, Severity::Warning);
}

#[test]
fn a_test_that_moves_or_is_renamed_as_it_is_stays_reviewed() {
    let mut files = reviewed();
    let text = files.remove("test_kiln.py").unwrap();
    files.insert("tests/test_oven.py", text);
    let analysis = analysed(&files);
    assert_eq!(found(&analysis).count(), 0, "{}", rendered(&analysis, "R10"));
    // So does one that gets another name, though its result does too.
    files.insert("tests/test_oven.py", TESTS.replace("test_door", "test_stays_shut"));
    files.insert("junit.xml", RUN.replace("test_door", "test_stays_shut"));
    let analysis = analysed(&files);
    let said: Vec<&str> = found(&analysis).map(|finding| finding.message.as_str()).collect();
    assert_eq!(said, ["junit.xml is not what was reviewed as evidence of REQ-KILN-001 and REQ-KILN-002"]);
    files.insert("tests/test_oven.py", TESTS.replace("test_door", "test_stays_shut").replace("61", "60"));
    let analysis = analysed(&files);
    assert!(rendered(&analysis, "R10").contains("linked to it no more"), "what says something else is another test");
}

#[test]
fn what_is_not_there_to_look_at_is_not_assessed() {
    let mut files = reviewed();
    files.remove("junit.xml");
    let analysis = analysed(&files);
    let said: Vec<&str> = found(&analysis).map(|finding| finding.message.as_str()).collect();
    assert_eq!(said, ["junit.xml, which was reviewed as evidence of REQ-KILN-001 and REQ-KILN-002, is not there"]);
    files.insert("tracegate.toml", String::new());
    let tree =
        tracegate::discover::tree::Memory::new(files.iter().map(|(path, text)| ((*path).to_owned(), text.clone().into_bytes())));
    let bytes = files["tracegate.lock"].clone().into_bytes();
    let list = parse_reviews(Text::decode(bytes.clone())).unwrap();
    let reviews = tracegate::settings::Reviews { path: "tracegate.lock".to_owned(), bytes, list };
    for (partial, without_results) in [(false, true), (true, false)] {
        let settings = Settings { reviews: Some(reviews.clone()), partial, without_results, ..Settings::default() };
        let analysis = tracegate::analysis::analyze(&tree, &settings);
        let said: Vec<_> = found(&analysis).map(|finding| (finding.severity, finding.message.as_str())).collect();
        let why = if partial { "only a part of the tree was read" } else { "no results are asked for" };
        let message = format!("Whether 1 file of evidence is as it was reviewed is not assessed: {why}");
        assert_eq!(said, [(Severity::Info, message.as_str())]);
    }
}

#[test]
fn a_file_that_is_cited_as_a_whole_is_reviewed_by_its_bytes() {
    let mut files = files();
    files.insert(
        "rtm.md",
        "# KILN-RTM: Kiln Traceability Matrix\n\n| Req ID | Requirement | Verified by | Status |\n|---|---|---|---|\n\
         | REQ-KILN-002 | Door | records/inspection.md | PASS |\n| REQ-KILN-001 | Heat | test_kiln.py::test_heats | PASS |\n"
            .to_owned(),
    );
    files.insert("records/inspection.md", "# Inspection of the door\n\nIt is shut.\n".to_owned());
    files.insert("tracegate.lock", lock(&files, &Request::default()));
    assert!(files["tracegate.lock"].contains("file = \"records/inspection.md\", text"), "{}", files["tracegate.lock"]);
    assert_eq!(found(&analysed(&files)).count(), 0);
    files.insert("records/inspection.md", "# Inspection of the door\n\nIt is open.\n".to_owned());
    let analysis = analysed(&files);
    let said: Vec<&str> = found(&analysis).map(|finding| finding.message.as_str()).collect();
    assert_eq!(said, ["records/inspection.md is not what was reviewed as evidence of REQ-KILN-002"]);
}

#[test]
fn files_that_a_row_names_as_evidence_are_reviewed_by_their_bytes() {
    let mut files = files();
    files.insert(
        "docs/rtm.md",
        "# KILN-RTM: Kiln Traceability Matrix\n\n| Req ID | Design | Test | Evidence | Status |\n|---|---|---|---|---|\n\
         | REQ-KILN-002 | docs/design.md | Inspection | [photo](../evidence/door.png), `log.txt` | PASS |\n\
         | REQ-KILN-001 | docs/design.md | test_kiln.py::test_heats | evidence/none.png, junit.xml | PASS |\n"
            .to_owned(),
    );
    for path in ["evidence/door.png", "docs/log.txt", "docs/design.md"] {
        files.insert(path, format!("what {path} shows"));
    }
    let request = Request::default();
    let settings = Settings { reviewing: true, ..Settings::default() };
    let tree = |files: &Files| {
        tracegate::discover::tree::Memory::new(files.iter().map(|(path, text)| ((*path).to_owned(), text.clone().into_bytes())))
    };
    let graph = tracegate::analysis::analyze(&tree(&files), &settings).graph;
    let lock = write(&accept(&graph, &settings, &request).unwrap().over(Vec::new()).0);
    let named: Vec<&str> =
        lock.lines().filter(|line| !line.contains("test =")).filter_map(|line| line.split('"').nth(5)).collect();
    assert_eq!(named, ["docs/log.txt", "evidence/door.png"], "{lock}");
    files.insert("tracegate.lock", lock);
    let said = |files: &Files| found(&analysed(files)).map(|finding| finding.message.clone()).collect::<Vec<_>>();
    assert_eq!(said(&files), Vec::<String>::new());
    files.insert("docs/design.md", "another design".to_owned());
    assert_eq!(said(&files), Vec::<String>::new(), "a design is no evidence");
    files.insert("evidence/door.png", "what evidence/door.png showS".to_owned());
    assert_eq!(said(&files), ["evidence/door.png is not what was reviewed as evidence of REQ-KILN-002"]);
    files.remove("evidence/door.png");
    assert_eq!(said(&files), ["`evidence/door.png` was reviewed as what verifies REQ-KILN-002 and is linked to it no more"]);
}

#[test]
fn a_case_that_a_document_describes_is_reviewed_by_its_words() {
    let mut files = files();
    let plan = "# Test plan\n\n| Case | Steps | Expected |\n|---|---|---|\n| TC-001 | Open the door at 61 C | It stays shut |\n\
        | TC-002 | Heat | 900 C |\n\n## TC-003: Cold start\n\nHeat from 5 C.\n\nLook at the gauge.\n\n## TC-004: End\n\nCool down.\n";
    files.insert("test-plan.md", plan.to_owned());
    files.insert(
        "rtm.md",
        "# KILN-RTM: Kiln Traceability Matrix\n\n| Req ID | Requirement | Test case | Status |\n|---|---|---|---|\n\
         | REQ-KILN-002 | Door | TC-001 | PASS |\n| REQ-KILN-001 | Heat | TC-002, TC-003 | PASS |\n"
            .to_owned(),
    );
    files.insert("tracegate.lock", lock(&files, &Request::default()));
    assert!(files["tracegate.lock"].contains("file = \"test-plan.md\", test = \"TC-003\""), "{}", files["tracegate.lock"]);
    for (from, to, said) in [
        ("It stays shut |", "It  stays **shut**  |", None),
        ("Cool down.", "Cool down at once.", None),
        ("at 61 C", "at 60 C", Some("`TC-001`, a test of REQ-KILN-002, changed since it was reviewed")),
        ("Look at the gauge", "Look at the clock", Some("`TC-003`, a test of REQ-KILN-001, changed since it was reviewed")),
    ] {
        files.insert("test-plan.md", plan.replace(from, to));
        let analysis = analysed(&files);
        assert_eq!(found(&analysis).map(|finding| finding.message.as_str()).collect::<Vec<_>>(), Vec::from_iter(said), "{to}");
    }
}

fn review(requirement: &str, test: &str, text: &str) -> Review {
    let link =
        LinkName { requirement: requirement.to_owned(), test: test.to_owned(), file: "a.py".to_owned(), ..LinkName::default() };
    Review { link, seen: Seen { text: text.to_owned(), ..Seen::default() }, ..Review::default() }
}

#[test]
fn accepting_keeps_what_others_accepted() {
    let files = files();
    let graph = analysed(&files).graph;
    let request = Request { names: vec!["REQ-KILN-002".to_owned()], by: Some("R. Okafor".to_owned()), ..Request::default() };
    let accepted = accept(&graph, &Settings::default(), &request).unwrap();
    let other = review("REQ-KILN-001", "test_heats", "0123456789abcdef");
    let (list, changes) = accepted.over(vec![other.clone()]);
    assert_eq!((list.len(), changes), (2, Changes { added: 1, ..Changes::default() }));
    assert!(list.contains(&other));
    // Once more, by nobody: who looked before is kept, and by all at once as well.
    for names in [vec!["REQ-KILN-002".to_owned()], Vec::new()] {
        let again = accept(&graph, &Settings::default(), &Request { names, ..Request::default() }).unwrap();
        let (list, changes) = again.over(list.clone());
        assert_eq!(changes.same, 1, "{changes:?}");
        let of = |id: &str| list.iter().find(|one| one.link.requirement == id).unwrap().by.clone();
        assert_eq!(of("REQ-KILN-002").as_deref(), Some("R. Okafor"));
    }
    let all = accept(&graph, &Settings::default(), &Request::default()).unwrap();
    let gone = review("REQ-KILN-009", "test_x", "0123456789abcdef");
    let (list, changes) = all.over(vec![other, gone]);
    assert_eq!((list.len(), changes), (3, Changes { added: 3, removed: 2, ..Changes::default() }));
    // A part of the tree takes nothing out.
    let part = Settings { partial: true, ..Settings::default() };
    let gone = review("REQ-KILN-009", "test_x", "0123456789abcdef");
    assert_eq!(accept(&graph, &part, &Request::default()).unwrap().over(vec![gone]).0.len(), 4);
}

#[test]
fn names_are_ranges_and_wildcards_and_what_nobody_has_is_refused() {
    let graph = analysed(&files()).graph;
    let links = |name: &str| {
        let request = Request { names: vec![name.to_owned()], ..Request::default() };
        accept(&graph, &Settings::default(), &request).map(|accepted| accepted.len())
    };
    assert_eq!(links("REQ-KILN-001..002"), Ok(3));
    assert_eq!(links("REQ-KILN-*"), Ok(3));
    assert_eq!(links("REQ-KILN-002"), Ok(1));
    for name in ["REQ-KILN-009", "", "the kiln"] {
        assert_eq!(links(name), Err(Refused::Unknown(name.to_owned())));
    }
}

const OVEN: &str =
    "# OVEN-SRS: Oven Requirements Specification\n\n### REQ-KILN-002: Light\n\nThe oven shall light its inside while it bakes.\n";

#[test]
fn two_specifications_with_one_identifier_must_be_told_apart() {
    let mut files = files();
    files.insert("other/srs.md", OVEN.to_owned());
    files
        .insert("other/test_oven.py", "def test_light():\n    \"\"\"Verifies: REQ-KILN-002\"\"\"\n    assert lit()\n".to_owned());
    let graph = analysed(&files).graph;
    let mut request = Request { names: vec!["REQ-KILN-002".to_owned()], ..Request::default() };
    let both = vec!["KILN-SRS".to_owned(), "OVEN-SRS".to_owned()];
    let refused = accept(&graph, &Settings::default(), &request).map(|accepted| accepted.len());
    assert_eq!(refused, Err(Refused::Ambiguous("REQ-KILN-002".to_owned(), both)));
    request.specification = Some("OVEN-SRS".to_owned());
    let accepted = accept(&graph, &Settings::default(), &request).unwrap();
    let of = |specification: &str| Review {
        link: LinkName { specification: specification.to_owned(), ..review("REQ-KILN-002", "test_old", "").link },
        ..review("REQ-KILN-002", "test_old", "0123456789abcdef")
    };
    let (list, changes) = accepted.over(vec![of("KILN-SRS"), of("OVEN-SRS"), of("FORMER-SRS")]);
    assert_eq!(changes.removed, 2, "its own and that of a specification which is gone: {list:?}");
    assert!(list.contains(&of("KILN-SRS")));
}

#[test]
fn what_is_no_lock_is_refused_where_it_stands() {
    let line = "{ requirement = \"R-1\", specification = \"S\", file = \"a.py\", test = \"t\", text = \"0123456789abcdef\", body = \"0123456789abcdef\" }";
    let two = format!("version = 1\nlink = [\n{line},\n{line},\n]\n");
    let cases = [
        ("", "", "missing field `version`"),
        ("version = 2\nlink = []\n", "2", "of version 2"),
        ("version = 1\nlink = [\n", "", "unclosed"),
        ("version = 1\nlink = [\n  { requirement = \"R-1\" },\n]\n", "{", "missing field"),
        ("version = 1\nlinks = []\n", "links", "unknown field"),
        (two.as_str(), "{", "stands here twice"),
        ("version = 1\nlink = [\n<<<<<<< HEAD\n=======\n>>>>>>> b\n]\n", "<<<<<<<", "a merge left a conflict"),
        (&two.replace(", body = \"0123456789abcdef\"", ""), "{", "no fingerprint of the test"),
        (&two.replace("cdef", "cdeg"), "\"0123456789abcdeg\"", "no fingerprint"),
    ];
    for (text, at, message) in cases {
        let invalid = parse_reviews(Text::decode(text.as_bytes().to_vec())).unwrap_err();
        assert!(invalid.text.slice(invalid.span).starts_with(at), "{text}: {}", invalid.text.slice(invalid.span));
        assert!(invalid.message.contains(message) && !invalid.help.is_empty(), "{text}: {}", invalid.message);
    }
    assert_eq!(parse_reviews(Text::decode(b"version = 1\nlink = []\n".to_vec())).unwrap(), []);
}

proptest! {
    #[test]
    fn whatever_names_there_are_the_lock_is_read_as_it_was_written(
        names in proptest::collection::btree_set(("\\PC{0,9}", "[\\x00-\\x7f]{0,9}", any::<String>(), any::<String>()), 0..5),
        by in any::<String>(),
    ) {
        let seen = Seen {
            text: "0123456789abcdef".to_owned(),
            body: "fedcba9876543210".to_owned(),
            evidence: [(by.clone(), "0123456789abcdef".repeat(4))].into(),
            outcome: "passed".to_owned(),
        };
        let list: Vec<Review> = names.into_iter().map(|(specification, requirement, file, test)| Review {
            link: LinkName { specification, requirement, file, test },
            seen: seen.clone(),
            by: (!by.is_empty()).then(|| by.clone()),
            ..Review::default()
        }).collect();
        let text = write(&list);
        prop_assert_eq!(text.lines().count(), list.len() + 4);
        let mut read = parse_reviews(Text::decode(text.into_bytes())).unwrap();
        read.iter_mut().for_each(|review| review.span = Default::default());
        prop_assert_eq!(read, list);
    }

    #[test]
    fn no_text_breaks_the_reader(text in ".{0,200}") {
        if let Err(invalid) = parse_reviews(Text::decode(text.into_bytes())) {
            prop_assert!(!invalid.message.is_empty());
        }
    }
}
