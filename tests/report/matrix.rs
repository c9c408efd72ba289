//! A matrix that was written reads back as the same links.

use super::command::{command, folder, outcome, refused};
use crate::checks::support::{analyze_files, read_folder};
use std::collections::BTreeSet;
use std::path::Path;
use tracegate::analysis::Analysis;
use tracegate::report::matrix::{self, Links, Notation};
use tracegate::verdict::States;

type Tree = Vec<(String, Vec<u8>)>;

fn tree(files: &[(&str, &str)]) -> Tree {
    files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()
}

fn pump() -> Tree {
    read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/pump"))
}

fn written(analysis: &Analysis, links: Links, notation: Option<Notation>) -> String {
    let states = States::of(&analysis.graph, &analysis.findings);
    let made = matrix::make(&analysis.graph, &states, links);
    let mut bytes = Vec::new();
    matrix::write(&made, notation.unwrap_or(made.notation), &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// Requirements, the tests that verify them, and the states.
fn links(analysis: &Analysis) -> BTreeSet<(String, String, String)> {
    let graph = &analysis.graph;
    let each = graph.requirements.iter().flat_map(|one| {
        graph
            .cited(one)
            .into_iter()
            .map(|cited| (one.id.to_string(), graph.path(graph.test_node(cited.test).fact.file).to_owned(), cited.name(graph)))
    });
    each.collect()
}

/// The tree with its matrices replaced by the one that was written.
fn replaced(mut tree: Tree, gone: &str, path: &str, text: &str) -> Analysis {
    tree.retain(|(known, _)| known != gone);
    tree.push((path.to_owned(), text.as_bytes().to_vec()));
    analyze_files(tree)
}

const TESTS: &str = "import pytest\n\nclass TestStop:\n    def test_now(self):\n        \"\"\"Verifies: REQ-A-001\"\"\"\n        assert stop()\n\n    def test_late(self):\n        \"\"\"Verifies: REQ-A-002\"\"\"\n        assert stop(1)\n\n@pytest.mark.parametrize('way', ['up', 'down'])\ndef test_ways(way):\n    assert go(way)\n";
const OTHER: &str = "class TestStop:\n    def test_now(self):\n        \"\"\"Verifies: REQ-A-002\"\"\"\n        assert stop(2)\n";
const SPEC: &str = "# A-RS: Requirements\n\n### REQ-A-001: Stop | now\n\nIt shall stop.\n\n### REQ-A-002: Stop later\n\nIt shall stop later.\n\n### REQ-A-003: Ways\n\nIt shall go up.\n";

#[test]
fn the_matrix_of_the_example_has_its_shape_and_its_links() {
    let before = analyze_files(pump());
    let text = written(&before, Links::All, None);
    assert!(text.contains("\n| Requirement ID | Title | Test cases | Result |\n|---|---|---|---|\n"), "{text}");
    assert!(
        text.contains("\n| REQ-PUMP-001 | Rate in millilitres per hour | `test_dosing::test_rate_from_dose` | PASS |\n"),
        "{text}"
    );
    assert!(text.contains("| REQ-PUMP-010 | Remote transport | `test_link::test_remote_flag` | Pending |\n"), "{text}");
    let after = replaced(pump(), "docs/PUMP-RTM.md", "docs/PUMP-RTM.md", &text);
    assert_eq!(links(&after), links(&before));
    let codes = |analysis: &Analysis| analysis.findings.iter().map(|one| one.code).collect::<BTreeSet<_>>();
    // What is written claims no pass that is in doubt.
    assert!(codes(&after).is_subset(&codes(&before)), "{:?}", after.findings);
    let again = written(&after, Links::All, None);
    assert_eq!(again, text, "what was written is what is written again");
}

#[test]
fn markers_make_a_matrix_where_there_is_none() {
    let files = [("srs.md", SPEC), ("tests/test_a.py", TESTS), ("tests/test_b.py", OTHER)];
    let before = analyze_files(tree(&files));
    for (notation, path) in [(Notation::Markdown, "rtm.md"), (Notation::Csv, "rtm.csv")] {
        let text = written(&before, Links::Markers, Some(notation));
        assert!(text.contains("tests/test_a.py::TestStop::test_now"), "names that are not unique have their files: {text}");
        let after = replaced(tree(&files), "", path, &text);
        assert_eq!(links(&after), links(&before), "{text}");
        assert_eq!(links(&before).len(), 3);
        let without: Tree = tree(&files)
            .into_iter()
            .map(|(path, bytes)| {
                (path, String::from_utf8(bytes).unwrap().replace("Verifies: ", "About ").replace("REQ-A-00", "A").into_bytes())
            })
            .filter(|(path, _)| path != "srs.md")
            .chain([("srs.md".to_owned(), SPEC.as_bytes().to_vec())])
            .collect();
        let alone = replaced(without, "", path, &text);
        assert_eq!(links(&alone), links(&before), "the matrix alone has all links: {text}");
    }
}

#[test]
fn columns_their_order_and_the_style_of_identifiers_are_kept() {
    let rtm = "# A-RTM: Traceability Matrix\n\n| Status | Notes | Verification Method | Test File | Test Function | Requirement ID |\n|---|---|---|---|---|---|\n| ✅ PASS | seen by *Ada* | Test | tests/test_a.py | TestStop::test_late | **REQ-A-001** |\n| ✅ PASS | | Test | tests/test_a.py | test_ways[up] | **REQ-A-003** |\n";
    let junit = "<testsuite name='pytest' tests='5'><testcase classname='tests.test_a.TestStop' name='test_now'/><testcase classname='tests.test_a.TestStop' name='test_late'/><testcase classname='tests.test_b.TestStop' name='test_now'/><testcase classname='tests.test_a' name='test_ways[up]'/><testcase classname='tests.test_a' name='test_ways[down]'><failure/></testcase></testsuite>";
    let files = [("srs.md", SPEC), ("rtm.md", rtm), ("tests/test_a.py", TESTS), ("tests/test_b.py", OTHER), ("junit.xml", junit)];
    let before = analyze_files(tree(&files));
    let text = written(&before, Links::All, None);
    let rows: Vec<&str> = text.lines().filter(|line| line.starts_with('|')).collect();
    assert_eq!(rows[0], "| Status | Notes | Verification Method | Test File | Test Function | Requirement ID |");
    assert_eq!(
        rows[2],
        "| ✅ PASS | seen by *Ada* | Test | `tests/test_a.py` | `tests/test_a.py::TestStop::test_now` | **REQ-A-001** |"
    );
    assert_eq!(rows[3], "| ✅ PASS | seen by *Ada* | Test | `tests/test_a.py` | `TestStop::test_late` | **REQ-A-001** |");
    assert_eq!(rows.len(), 7, "one row a test: {text}");
    assert!(rows[6].ends_with("| `tests/test_a.py` | `test_ways[up]` | **REQ-A-003** |"), "{text}");
    let after = replaced(tree(&files), "rtm.md", "rtm.md", &text);
    assert_eq!(links(&after), links(&before), "{text}");
}

#[test]
fn evidence_that_is_no_test_is_kept_and_ghosts_are_told() {
    let rtm = "# A-RTM: Traceability Matrix\n\n| Requirement ID | Tests | Status |\n|---|---|---|\n| REQ-A-001 | tests/test_a.py::TestStop::test_now | PASS |\n| REQ-A-002 | tests/test_a.py::test_gone | PASS |\n| REQ-A-003 | visual inspection of the drawing | PASS |\n";
    let files = [("srs.md", SPEC), ("rtm.md", rtm), ("tests/test_a.py", TESTS)];
    let folder = folder("matrix");
    for (path, bytes) in tree(&files) {
        let file = folder.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    }
    let output = command(&["matrix", folder.to_str().unwrap()]).output().unwrap();
    let (out, err) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!(output.status.code(), Some(0));
    assert!(err.contains("1 citation that leads to no test"), "{err}");
    assert!(out.contains("visual inspection of the drawing") && !out.contains("test_gone"), "{out}");
    assert!(!out.contains("PASS"), "nothing ran: {out}");
    let (code, table, _) = outcome(&["matrix", folder.to_str().unwrap(), "--format", "csv"]);
    assert_eq!(code, 0);
    assert!(table.starts_with("Requirement ID,Tests,Status\r\n"), "{table}");
    let empty = folder.join("empty");
    std::fs::create_dir_all(&empty).unwrap();
    assert!(refused(&["matrix", empty.to_str().unwrap()]).starts_with("error: "));
}

#[test]
fn tests_of_other_languages_read_back_too() {
    let files = [
        ("srs.md", SPEC),
        (
            "web/stop.test.ts",
            "describe('stop', () => {\n  // Verifies: REQ-A-001\n  it('stops at once, always', () => {\n    expect(stop()).toBe(true);\n  });\n});\n",
        ),
        ("core/tests/later.rs", "/// Verifies: REQ-A-002\n#[test]\nfn stops_later() {\n    assert!(stop());\n}\n"),
        (
            "src/test/java/WaysTest.java",
            "class WaysTest {\n    // Verifies: REQ-A-003\n    @Test\n    void goesUp() {\n        assertTrue(go());\n    }\n}\n",
        ),
        ("motor/ways_test.cc", "// Verifies: REQ-A-003\nTEST(Ways, GoesDown) {\n  EXPECT_TRUE(go());\n}\n"),
    ];
    let before = analyze_files(tree(&files));
    assert_eq!(links(&before).len(), 4, "{:?}", links(&before));
    let text = written(&before, Links::All, None);
    let after = replaced(tree(&files), "", "rtm.md", &text);
    assert_eq!(links(&after), links(&before), "{text}");
    let told: Vec<&str> = after.findings.iter().map(|one| one.message.as_str()).filter(|text| text.contains("exist")).collect();
    assert!(told.is_empty(), "no citation of it is a ghost: {told:?}\n{text}");
}

#[test]
fn files_that_are_cited_as_a_whole_stay_so() {
    let rtm = "# A-RTM: Traceability Matrix\n\n| Requirement ID | Tests | Status |\n|---|---|---|\n| REQ-A-001 | tests/test_a.py | PASS |\n| REQ-A-002 | tests/test_b.py::TestStop::test_now | PASS |\n";
    let files = [("srs.md", SPEC), ("rtm.md", rtm), ("tests/test_a.py", TESTS), ("tests/test_b.py", OTHER)];
    let before = analyze_files(tree(&files));
    let text = written(&before, Links::All, None);
    assert!(text.contains("| REQ-A-001 | `tests/test_a.py` | Pending |"), "{text}");
    let after = replaced(tree(&files), "rtm.md", "rtm.md", &text);
    assert_eq!(links(&after), links(&before), "{text}");
    let marked = written(&before, Links::Markers, None);
    assert!(marked.contains("| REQ-A-001 | `tests/test_a.py::TestStop::test_now` | Pending |"), "{marked}");
}

#[test]
fn a_row_that_names_no_test_claims_no_pass() {
    let rtm = "# A-RTM: Traceability Matrix\n\n| Requirement ID | Tests | Status |\n|---|---|---|\n| REQ-B-001 | tests/test_c.py::test_go | PASS |\n";
    let spec = "# B-RS: Requirements\n\n### REQ-B-001: Go\n\nIt shall go.\n";
    let results = "<testsuite name=\"s\" tests=\"1\"><testcase classname=\"tests.test_c\" name=\"test_go\"/></testsuite>";
    let files =
        [("srs.md", spec), ("rtm.md", rtm), ("tests/test_c.py", "def test_go():\n    assert go()\n"), ("junit.xml", results)];
    let before = analyze_files(tree(&files));
    assert!(written(&before, Links::All, None).contains("| REQ-B-001 | `tests/test_c.py::test_go` | PASS |"));
    let marked = written(&before, Links::Markers, None);
    assert!(marked.contains("REQ-B-001") && !marked.contains("PASS"), "{marked}");
}
