//! What stands in folders of examples, and what only looks like requirements.

use super::{messages, requirements};

const TESTS: &str = "# Tests: REQ-001\ndef test_shuts():\n    \"\"\"Verifies: REQ-001\"\"\"\n    assert shut()\n";
const SPEC: &str = "# Door Requirements\n\n- REQ-001: The door shall shut.\n- REQ-002: The door shall open.\n";

#[test]
fn the_documents_of_a_project_in_a_folder_of_examples_are_read_where_its_tests_are_the_only_ones() {
    let spec = ("examples/door/docs/requirements.md", SPEC);
    let sample = ("examples/door/tests/fixtures/requirements.md", "# Requirements\n\n- REQ-009: The fixture shall be none.\n");
    let own = ("examples/door/tests/test_door.py", TESTS);
    assert_eq!(requirements(&[spec, sample, own]), ["REQ-001", "REQ-002"]);
    // A project with tests of its own shows with its examples how it is used.
    assert_eq!(requirements(&[spec, own, ("tests/test_tool.py", "def test_runs():\n    assert run()\n")]), [""; 0]);
    // Tests that name nothing are no reason to look for what they name.
    let silent = ("examples/door/tests/test_door.py", "def test_shuts():\n    assert shut()\n");
    assert_eq!(requirements(&[spec, silent]), [""; 0]);
    let fixture = ("tests/fixtures/door/test_door.py", TESTS);
    assert_eq!(requirements(&[("tests/fixtures/door/requirements.md", SPEC), fixture]), [""; 0]);
}

#[test]
fn a_folder_that_is_called_a_sample_of_a_system_holds_samples() {
    let own = ("docs/srs.md", "# Requirements\n\n- REQ-001: The tool shall run.\n");
    assert_eq!(
        requirements(&[own, ("assets/sample_system/requirements.md", "# Requirements\n\n- REQ-050: Lift.\n")]),
        ["REQ-001"]
    );
    // Samples may be what a project is about.
    let lab = ("docs/sample_tracking/requirements.md", "# Requirements\n\n- REQ-002: A sample shall have a place.\n");
    assert_eq!(requirements(&[own, lab]), ["REQ-001", "REQ-002"]);
}

#[test]
fn what_a_readme_shows_in_a_fence_is_an_example() {
    let text = "# Traceability of requirements\n\nAdd links:\n\n```csv\nreq_id,test,status\nREQ-001,test_shuts,done\n```\n";
    let spec = ("docs/srs.md", "# Requirements\n\n- SYS-101: The tool shall run.\n");
    assert_eq!(requirements(&[spec, ("tools/README_TRACEABILITY.md", text)]), ["SYS-101"]);
    assert_eq!(requirements(&[spec, ("docs/traceability.md", text)]), ["REQ-001", "SYS-101"]);
}

#[test]
fn the_rules_of_a_standard_are_no_requirements() {
    let rules = "# Traceability\n\n## Rules\n\n| # | Rule | Scope | Standard Reference |\n|---|---|---|---|\n\
                 | T1 | All requirements must trace to a test | SRS | 7.2 |\n| T2 | All tests must trace to a requirement | SRS | 7.3 |\n\
                 | T3 | All code must trace to a design | SDS | 7.4 |\n";
    assert_eq!(requirements(&[("docs/traceability.md", rules)]), [""; 0]);
    let own = "# Traceability\n\n| ID | Requirement | Standard |\n|---|---|---|\n| T1 | The door must shut | 7.2 |\n| T2 | The door must open | 7.3 |\n";
    assert_eq!(requirements(&[("docs/traceability.md", own)]), ["T1", "T2"]);
}

#[test]
fn rows_of_chapters_that_number_anew_are_all_read_whatever_words_they_share() {
    let chapter = |name: &str, third: &str| {
        format!(
            "## {name}\n\n| ID | Requirement | Category |\n|---|---|---|\n| SYS-001 | The {name} shall start at once | Start |\n\
             | SYS-002 | The {name} shall report its state | Report |\n| SYS-003 | {third} | Speed |\n\n"
        )
    };
    let text = format!(
        "# Requirements of systems\n\n{}{}",
        chapter("doors", "The system SHALL prevent door opening when train speed > 5 km/h"),
        chapter("brakes", "The system SHALL apply the emergency brake immediately when train speed exceeds the emergency curve")
    );
    let told = messages(&[("docs/requirements.md", &text)], "R01");
    assert_eq!(told, [""; 0]);
}
