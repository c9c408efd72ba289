//! `diff`: what was lost, changed and added between two states.

use super::command::{folder, outcome, refused};
use super::since::{commit, git};
use std::fs;
use std::path::PathBuf;

const SPECIFICATION: &str =
    "# Requirements\n\n### REQ-C-001: Open\n\nThe gate shall open.\n\n### REQ-C-002: Close\n\nThe gate shall close.\n";
const TESTS: &str = "def test_opens():\n    \"\"\"Verifies: REQ-C-001\"\"\"\n    assert opens()\n\n\n\
    def test_closes():\n    \"\"\"Verifies: REQ-C-002\"\"\"\n    assert closes()\n";
const RUN: &str = "<testsuite name='pytest' tests='2'><testcase classname='test_gate' name='test_opens'/>\
    <testcase classname='test_gate' name='test_closes'/></testsuite>";

/// A repository with results in its first commit.
fn gate(name: &str) -> PathBuf {
    let folder = folder(name);
    fs::write(folder.join("srs.md"), SPECIFICATION).unwrap();
    fs::write(folder.join("test_gate.py"), TESTS).unwrap();
    fs::write(folder.join("junit.xml"), RUN).unwrap();
    git(&folder, &["init", "--quiet", "--initial-branch=main"]);
    commit(&folder, "v1");
    folder
}

/// Exit code and output of `diff` in a folder.
fn diff(folder: &std::path::Path, args: &[&str]) -> (i32, String) {
    let (code, out, err) = outcome(&[&["diff", "--path", folder.to_str().unwrap()], args].concat());
    (code, out + &err)
}

#[test]
fn what_is_the_same_is_no_difference() {
    let folder = gate("diff-same");
    fs::write(folder.join("srs.md"), SPECIFICATION.replace("shall open", "shall\nopen")).unwrap();
    let told = diff(&folder, &["v1", "--fail-on", "lost"]);
    let same = "v1 to the working tree: evidence the same; links the same; requirements the same; findings the same\n";
    assert_eq!(told, (0, same.to_owned()));
}

#[test]
fn a_test_that_does_something_else_is_told_and_one_in_another_layout_is_not() {
    let folder = gate("diff-body");
    let write = |tests: String| fs::write(folder.join("test_gate.py"), tests).unwrap();
    write(TESTS.replace("assert closes()", "closes()"));
    let (_, out) = diff(&folder, &["v1"]);
    assert!(out.contains("links\n  changed   REQ-C-002: test_closes does something else now  test_gate.py\n"), "{out}");
    assert!(!out.contains("test_opens"), "{out}");
    write(TESTS.replace("assert closes()", "assert (\n        closes())  # at once"));
    let (_, out) = diff(&folder, &["v1"]);
    assert!(out.contains("links the same"), "{out}");
}

#[test]
fn a_test_that_passed_and_is_gone_comes_first() {
    let folder = gate("diff-gone");
    let (kept, _) = TESTS.split_once("\n\n\n").unwrap();
    fs::write(folder.join("test_gate.py"), format!("{kept}\n")).unwrap();
    fs::write(
        folder.join("srs.md"),
        SPECIFICATION.replace("shall open.", "shall open within 3 s.") + "\n### REQ-C-003: Lock\n\nThe gate shall lock.\n",
    )
    .unwrap();
    let (code, out) = diff(&folder, &["v1"]);
    assert_eq!(code, 0);
    assert!(out.starts_with("evidence\n  lost      REQ-C-002: test_closes passed, and is no longer its evidence  test_gate.py\n\nlinks\n  lost      REQ-C-002: "), "{out}");
    assert!(out.contains("requirements\n  changed   REQ-C-001: says something else (Open)  srs.md:3\n"), "{out}");
    assert!(
        out.contains("  changed   REQ-C-002: was verified and is gap (Close)")
            && out.contains("  added     REQ-C-003: is new (Lock)"),
        "{out}"
    );
    assert!(out.contains("findings\n  added     T01: error: "), "{out}");
    assert!(
        out.contains("v1 to the working tree: evidence 1 lost; links 1 lost; requirements 2 changed, 1 added; findings "),
        "{out}"
    );
    assert_eq!(diff(&folder, &["v1", "--fail-on", "lost"]).0, 1);
    let json: serde_json::Value = serde_json::from_str(&diff(&folder, &["v1", "--format", "json"]).1).unwrap();
    assert_eq!((&json["base"], &json["schema"]), (&"v1".into(), &1.into()));
    assert_eq!(json["delta"]["evidence"][0]["change"], "lost");
    let schema: serde_json::Value = serde_json::from_str(include_str!("../schema/diff.schema.json")).unwrap();
    let errors: Vec<String> = jsonschema::validator_for(&schema).unwrap().iter_errors(&json).map(|one| one.to_string()).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    // The other way round it came.
    commit(&folder, "v2");
    let (code, out) = diff(&folder, &["v2", "v1", "--fail-on", "lost"]);
    assert!(
        code == 1
            && out.contains("  lost      REQ-C-003: is gone (Lock)")
            && out.contains("links\n  added     REQ-C-002: test_closes"),
        "{out}"
    );
}

#[test]
fn what_tests_did_is_compared_where_both_have_results() {
    let folder = gate("diff-run");
    fs::write(folder.join("junit.xml"), RUN.replace("'test_opens'/>", "'test_opens'><failure/></testcase>")).unwrap();
    let (_, out) = diff(&folder, &["v1"]);
    assert!(
        out.starts_with("evidence\n  lost      REQ-C-001: test_opens passed, and now: failed  test_gate.py\n\nrequirements\n"),
        "{out}"
    );
    commit(&folder, "v2");
    fs::write(folder.join("junit.xml"), RUN).unwrap();
    assert!(diff(&folder, &["v2"]).1.contains("  added     REQ-C-001: test_opens passes, and before: failed"));
    fs::remove_file(folder.join("junit.xml")).unwrap();
    let (code, out) = diff(&folder, &["v2", "--fail-on", "lost"]);
    assert!(code == 0 && out.contains("not compared: whether tests pass; the working tree has no results"), "{out}");
}

#[test]
fn saved_reports_are_compared_and_what_is_none_is_refused() {
    let folder = gate("diff-saved");
    let (path, saved) = (folder.to_str().unwrap(), folder.join("before.json"));
    let saved = saved.to_str().unwrap();
    assert_eq!(outcome(&["check", path, "--format", "json", "--output", saved]).0, 0);
    assert!(diff(&folder, &[saved]).1.contains("evidence the same; links the same; requirements the same; findings the same"));
    assert!(refused(&["diff", "--path", path, "v7"]).contains("no revision `v7`"));
    assert!(refused(&["diff", "--path", path, folder.join("srs.md").to_str().unwrap()]).contains("is no report to compare with"));
}

#[test]
fn two_states_without_requirements_are_nothing_to_compare() {
    let folder = folder("diff-empty");
    fs::write(folder.join("notes.md"), "# Notes\n\nNothing.\n").unwrap();
    git(&folder, &["init", "--quiet", "--initial-branch=main"]);
    commit(&folder, "v1");
    assert!(refused(&["diff", "--path", folder.to_str().unwrap(), "v1"]).contains("nothing to compare"));
}

#[test]
fn a_finding_that_is_repaired_is_resolved_and_not_lost() {
    let folder = gate("diff-resolved");
    let (kept, _) = TESTS.split_once("\n\n\n").unwrap();
    fs::write(folder.join("test_gate.py"), format!("{kept}\n")).unwrap();
    fs::write(folder.join("junit.xml"), RUN.replace("<testcase classname='test_gate' name='test_closes'/>", "")).unwrap();
    commit(&folder, "v2");
    fs::write(folder.join("test_gate.py"), TESTS).unwrap();
    fs::write(folder.join("junit.xml"), RUN).unwrap();
    let (code, out) = diff(&folder, &["v2", "--fail-on", "lost"]);
    assert!(code == 0 && out.contains("findings\n  resolved  T01: error: "), "{out}");
    assert!(out.contains("; findings 1 resolved\n") && !out.contains("lost"), "{out}");
    let json: serde_json::Value = serde_json::from_str(&diff(&folder, &["v2", "--format", "json"]).1).unwrap();
    assert_eq!(json["delta"]["findings"][0]["change"], "resolved");
    // Who takes the requirement away has repaired nothing.
    let (open, _) = SPECIFICATION.split_once("### REQ-C-002").unwrap();
    fs::write(folder.join("srs.md"), open).unwrap();
    fs::write(folder.join("test_gate.py"), format!("{kept}\n")).unwrap();
    let (code, out) = diff(&folder, &["v2", "--fail-on", "lost"]);
    assert!(code == 1 && out.contains("  resolved  T01: ") && out.contains("(its requirement is gone)"), "{out}");
}

#[test]
fn what_only_one_side_can_show_is_no_change() {
    let folder = gate("diff-unseen");
    fs::remove_file(folder.join("junit.xml")).unwrap();
    commit(&folder, "v2");
    fs::write(folder.join("junit.xml"), RUN.replace("'test_opens'/>", "'test_opens'><failure/></testcase>")).unwrap();
    let (_, out) = diff(&folder, &["v2"]);
    let same = "v2 to the working tree: evidence the same; links the same; requirements the same; findings the same\n";
    assert!(out.ends_with(same), "neither the failure nor the missing results are told of the change: {out}");
    assert!(out.contains("not compared: whether tests pass; v2 has no results\nnot compared: 2 findings about results"), "{out}");
}

#[test]
fn a_test_that_moved_is_not_lost() {
    let folder = gate("diff-moved");
    fs::create_dir(folder.join("tests")).unwrap();
    fs::rename(folder.join("test_gate.py"), folder.join("tests/test_gate.py")).unwrap();
    fs::write(folder.join("junit.xml"), RUN.replace("'test_gate'", "'tests.test_gate'")).unwrap();
    let (code, out) = diff(&folder, &["v1", "--fail-on", "lost"]);
    assert!(out.contains("  changed   REQ-C-001: test_opens stands in tests/test_gate.py now"), "{out}");
    assert!(code == 0 && !out.contains("lost") && !out.contains("added     REQ"), "{out}");
    // One that moved and failed is lost evidence all the same.
    let failed = RUN.replace("'test_gate'", "'tests.test_gate'").replace("'test_opens'/>", "'test_opens'><failure/></testcase>");
    fs::write(folder.join("junit.xml"), failed).unwrap();
    let (code, out) = diff(&folder, &["v1", "--fail-on", "lost"]);
    assert!(code == 1 && out.contains("REQ-C-001: test_opens passed, and now: failed"), "{out}");
}

#[test]
fn another_project_is_told() {
    let (gate, other) = (gate("diff-gate"), folder("diff-other"));
    fs::write(other.join("srs.md"), SPECIFICATION.replace("REQ-C", "REQ-W")).unwrap();
    fs::write(other.join("test_gate.py"), TESTS.replace("REQ-C", "REQ-W")).unwrap();
    let saved = other.join("saved.json");
    outcome(&["check", "--format", "json", "--output", saved.to_str().unwrap(), other.to_str().unwrap()]);
    let said = "two sets of requirements that have none in common: are they of the same project?";
    let (_, out) = diff(&gate, &[saved.to_str().unwrap()]);
    assert!(out.contains(&format!("not compared: {said}")), "{out}");
    let (_, out, err) = outcome(&["check", "--new-since", saved.to_str().unwrap(), gate.to_str().unwrap()]);
    assert!(out.contains(said), "{out}{err}");
    let (_, out) = diff(&gate, &["v1"]);
    assert!(!out.contains(said), "{out}");
}
