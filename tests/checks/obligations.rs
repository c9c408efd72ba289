//! S07: clauses that no test cites, and what leaves it open whether one does.

use super::support::{analyze_files, rendered};

const SPECIFICATION: &str = "# Requirements of the lift\n\n### REQ-LIFT-001: Doors\nThe doors shall (a) open at a floor, (b) shut again and (c) reopen on contact.\n";

/// What S07 says where tests carry these markers, and with these further files.
fn told(markers: &[&str], more: &[(&str, &str)]) -> String {
    let test =
        |(at, marker): (usize, &&str)| format!("def test_{at}():\n    \"\"\"{marker}\"\"\"\n    assert door.is_right()\n\n\n");
    let tests: String = markers.iter().enumerate().map(test).collect();
    let own = [("docs/srs.md", SPECIFICATION), ("tests/test_doors.py", tests.as_str())];
    let files = own.iter().chain(more).map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    rendered(&analyze_files(files), "S07")
}

#[test]
fn a_clause_that_no_test_cites_is_told() {
    let one = told(&["Verifies: REQ-LIFT-001 (a)", "Verifies: REQ-LIFT-001 (c)"], &[]);
    assert!(one.contains("Clause (b) of REQ-LIFT-001 is cited by no test; those that verify it cite (a) and (c)"), "{one}");
    let two = told(&["Verifies: REQ-LIFT-001 clause c"], &[]);
    assert!(two.contains("Clauses (a) and (b) of REQ-LIFT-001 are cited by no test"), "{two}");
    for all in [
        vec!["Verifies: REQ-LIFT-001 (a)-(c)"],
        vec!["Verifies: REQ-LIFT-001 (a), REQ-LIFT-001 (b)", "Verifies: REQ-LIFT-001 (c)"],
        vec!["Verifies: REQ-LIFT-001(a, b)", "Verifies: REQ-LIFT-001 clause c"],
    ] {
        assert_eq!(told(&all, &[]), "", "{all:?}");
    }
}

#[test]
fn what_may_be_of_all_clauses_leaves_it_open() {
    for markers in [
        vec!["Verifies: REQ-LIFT-001"],
        vec!["Verifies: REQ-LIFT-001 (a)", "Verifies: REQ-LIFT-001"],
        vec!["Verifies: REQ-LIFT-001 (a)", "Verifies: REQ-LIFT-001 (d)"],
        vec!["Verifies: REQ-LIFT-001 (a)", "Checks REQ-LIFT-001-b and REQ-LIFT-001.c too"],
        vec!["Verifies: REQ-LIFT-001: a door opens"],
    ] {
        assert_eq!(told(&markers, &[]), "", "{markers:?}");
    }
    let matrix = "# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| REQ-LIFT-001 | test_0 |\n";
    assert_eq!(told(&["Verifies: REQ-LIFT-001 (a)"], &[("docs/rtm.md", matrix)]), "", "the row cites all of it");
    let row = |named: &str| {
        format!("# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| {named} | tests/test_doors.py::test_0 |\n")
    };
    let cited = [("docs/rtm.md", row("REQ-LIFT-001 (b)"))];
    let more: Vec<(&str, &str)> = cited.iter().map(|(path, text)| (*path, text.as_str())).collect();
    assert_eq!(told(&["Verifies: REQ-LIFT-001"], &more), "", "the marker of the same test cites all of it");
    let three = row("REQ-LIFT-001 (b)") + "| REQ-LIFT-001 (c) | tests/test_doors.py::test_0 |\n";
    assert_eq!(told(&["Verifies: REQ-LIFT-001 (a)"], &[("docs/rtm.md", &three)]), "", "one test is cited for all three");
    let elsewhere = "// REQ-LIFT-001 (b) and (c) are tested on the rig.\nit(\"rides\", () => expect(1).toBe(1));\n";
    assert_eq!(told(&["Verifies: REQ-LIFT-001 (a)"], &[("tests/rig.test.js", elsewhere)]), "");
}
