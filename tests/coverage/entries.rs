//! Entry points that markers in the code name.

use super::linked::{RUN, tree_of};
use crate::checks::support::rendered;
use tracegate::analysis::Analysis;

const READS: &str = r#"{"meta":{"format":3},"files":{"kiln/oven.py":{"executed_lines":[4,5,8],"missing_lines":[10,11],
"contexts":{"4":[""],"8":[""],"5":["RUN"]}}}}"#;
const HEATS: &str = r#"{"meta":{"format":3},"files":{"kiln/oven.py":{"executed_lines":[4,5,8,10,11],"missing_lines":[],
"contexts":{"4":[""],"8":[""],"5":["RUN"],"10":["RUN"],"11":["RUN"]}}}}"#;

/// The kiln whose oven says something else of itself than that it implements a requirement.
fn kiln(says: &str, coverage: &str) -> Analysis {
    let oven = super::linked::OVEN.replace("Implements: REQ-KILN-001", says);
    let coverage = coverage.replace("RUN", RUN);
    let files = [("kiln/oven.py", oven.as_bytes()), ("coverage.json", coverage.as_bytes())];
    let files = files.into_iter().filter(|(_, bytes)| !bytes.is_empty());
    tree_of(&files.collect::<Vec<_>>())
}

#[test]
fn each_notation_is_read() {
    for says in [
        "Entry point of REQ-KILN-001",
        "Entry point of REQ-KILN-001.",
        "Heats (the entry point of REQ-KILN-001).",
        "Implements: REQ-KILN-001; entry point of REQ-KILN-001",
        "Entry point: REQ-KILN-001",
        "**Entry point:** REQ-KILN-001",
        "Entry point for requirement REQ-KILN-001",
        "Entry-point: REQ-KILN-001, REQ-KILN-002",
        "@entrypoint REQ-KILN-001",
        "@entry_point(REQ-KILN-001)",
    ] {
        let hollow = rendered(&kiln(says, READS), "S03");
        assert!(hollow.contains("S03 error tests/test_oven.py:5"), "{says}: {hollow}");
        assert!(hollow.contains("REQ-KILN-001 must be entered at `kiln/oven.py:heat`"), "{says}: {hollow}");
        assert!(hollow.contains("the marker that says so"), "{says}: {hollow}");
        assert_eq!(rendered(&kiln(says, HEATS), "S03"), "", "{says}");
    }
}

#[test]
fn other_words_name_none() {
    for says in [
        "Not the entry point of REQ-KILN-001",
        "The entry point. REQ-KILN-001 is told elsewhere",
        "Entry point: see the manual of REQ-KILN-001 first",
        "Sentry points at REQ-KILN-001",
        "Entry points are many in REQ-KILN-001",
    ] {
        let analysis = kiln(says, READS);
        assert_eq!(rendered(&analysis, "S03"), "", "{says}");
        assert!(analysis.graph.requirements[0].entered.is_empty(), "{says}");
    }
}

#[test]
fn an_entry_point_implements_nothing_and_verifies_nothing() {
    let analysis = kiln("Entry point of REQ-KILN-001", READS);
    assert_eq!(rendered(&analysis, "S02"), "");
    assert!(analysis.graph.requirements[0].parts.is_empty());
    assert_eq!(analysis.graph.requirements[0].evidence.len(), 1, "the test alone");
    // A test says of which entry point it speaks, and is none.
    let test =
        "def test_heat():\n    \"\"\"Verifies: REQ-KILN-001\n\n    Entry point of REQ-KILN-001\n    \"\"\"\n    assert works()\n";
    let analysis = tree_of(&[("tests/test_oven.py", test.as_bytes()), ("coverage.json", READS.replace("RUN", RUN).as_bytes())]);
    assert_eq!(rendered(&analysis, "S03"), "");
}

#[test]
fn a_marker_asks_nobody_to_measure() {
    assert_eq!(rendered(&kiln("Entry point of REQ-KILN-001", ""), "S03"), "");
    // Where something was measured and does not tell, that is said.
    let other =
        READS.replace("test_oven.py::test_heat", "test_oven.py::test_cool").replace("RUN", "tests/test_oven.py::test_cool|run");
    let told = rendered(&kiln("Entry point of REQ-KILN-001", &other), "S03");
    assert!(told.contains("S03 warning kiln/oven.py:9") && told.contains("its entry point, is not assessed"), "{told}");
}

#[test]
fn a_policy_and_a_marker_for_the_same_code_are_told_once() {
    let oven = super::linked::OVEN.replace("Implements", "Entry point");
    let policy = "[[policy]]\nrequirements = \"REQ-KILN-001\"\nentry_point = \"kiln/oven.py:heat\"\n";
    let coverage = READS.replace("RUN", RUN);
    let files = [("kiln/oven.py", &oven[..]), ("coverage.json", &coverage), ("tracegate.toml", policy)];
    let told = rendered(&tree_of(&files.map(|(path, text)| (path, text.as_bytes()))), "S03");
    assert_eq!(told.matches("S03 error").count(), 1, "{told}");
    assert!(told.contains("the policy that demands it"), "{told}");
    // Nor do two policies demand more than one.
    let twice = policy.repeat(2);
    let files = [("kiln/oven.py", &oven[..]), ("coverage.json", &coverage), ("tracegate.toml", &twice)];
    let told = rendered(&tree_of(&files.map(|(path, text)| (path, text.as_bytes()))), "S03");
    assert_eq!(told.matches("S03 error").count(), 1, "{told}");
}

#[test]
fn an_entry_point_of_an_unknown_requirement_dangles() {
    let told = rendered(&kiln("Entry point of REQ-KILN-007", READS), "T03");
    assert!(told.contains("REQ-KILN-007"), "{told}");
}
