//! Which commits of a document are those of its evidence.

use super::support::{analyze_files, rendered};
use tracegate::analysis::Analysis;

fn tree(rtm: &str) -> Analysis {
    let srs = "# SRS\n\n| Req ID | Requirement |\n|---|---|\n| REQ-DOCK-001 | The dock shall level. |\n| REQ-DOCK-002 | The dock shall stop. |\n";
    let tests = "def test_levels():\n    assert works()\n\ndef test_stops():\n    assert works()\n";
    let files = [("docs/srs.md", srs), ("docs/rtm.md", rtm), ("tests/test_dock.py", tests)];
    analyze_files(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect())
}

/// A matrix with this text before its rows, these columns and cells.
fn matrix(before: &str, status: &str, citation: &str) -> Analysis {
    tree(&format!(
        "# Traceability matrix\n\n{before}\n\n| Req ID | Test | Status |\n|---|---|---|\n\
         | REQ-DOCK-001 | tests/test_dock.py::test_levels{citation} | {status} |\n| REQ-DOCK-002 | test_stops | {status} |\n"
    ))
}

#[test]
fn what_claims_nothing_need_not_be_bound() {
    for before in ["**Baseline commit:** TBD", "- Commit: `TBD`", "| Attribute | Value |\n|---|---|\n| Commit | TBD |"] {
        assert!(rendered(&matrix(before, "PASS", ""), "E03").contains("2 rows claim PASS"), "{before}");
        assert_eq!(rendered(&matrix(before, "Pending", ""), "E03"), "", "{before}");
    }
    let approved = "---\nstatus: Approved\n---\n\n# Traceability matrix\n\n| Attribute | Value |\n|---|---|\n| Commit | Pending merge |\n\n\
        | Req ID | Test |\n|---|---|\n| REQ-DOCK-001 | test_levels |\n";
    assert!(rendered(&tree(approved), "E03").contains("docs/rtm.md is approved"));
    assert_eq!(rendered(&tree(&approved.replace("Approved", "Draft")), "E03"), "");
    assert_eq!(rendered(&tree(&approved.replace("Approved", "Pending approval")), "E03"), "");
}

#[test]
fn a_sentence_about_commits_is_no_baseline() {
    for before in ["Commit early, commit often.", "Each commit: runs all tests.", "Commit messages: TBD", "| Commit | TBD | x |"]
    {
        assert_eq!(rendered(&matrix(before, "PASS", ""), "E03"), "", "{before}");
    }
}

#[test]
fn names_that_do_not_move_are_none_of_our_business() {
    for commit in ["v2.1.0", "CLI-3.0", "release 7", "5d0c2aa (branch door)", "https://example.org/x/dock/commit/5d0c2aa81f"] {
        let before = format!("| Attribute | Value |\n|---|---|\n| Commit | {commit} |");
        assert_eq!(rendered(&matrix(&before, "PASS", ""), "E03"), "", "{commit}");
    }
}

#[test]
fn what_names_no_commit_at_all_is_told() {
    let told = |key: &str, written: &str| {
        let before = format!("| Attribute | Value |\n|---|---|\n| {key} | {written} |");
        rendered(&matrix(&before, "PASS", ""), "E03")
    };
    for written in ["after merge", "working tree", "see CI", "PR #123", "uncommitted", "5d0c2aa-dirty", "5d0c2aa (dirty)", "待定"]
    {
        assert!(told("Commit", written).starts_with("E03 error"), "{written}: {}", told("Commit", written));
    }
    for key in ["Evidence commit", "Tested revision", "SHA", "Git revision"] {
        assert!(told(key, "TBD").contains("2 rows claim PASS"), "{key}");
    }
    let words = told("Commit", "Rework of the header");
    assert!(words.starts_with("E03 info") && words.contains("it has no hash and no name of a tag"), "{words}");
    assert_eq!(told("Revision", "3"), "", "that of the document");
    assert_eq!(told("Baseline", "Rework of the header"), "");
    assert_eq!(told("Commit", "5d0c2aa (not dirty)"), "");
}

#[test]
fn the_same_commit_may_be_written_shorter_and_in_capitals() {
    let table = |commit: &str| format!("| Attribute | Value |\n|---|---|\n| Commit | {commit} |");
    let mixed = |commit: &str, citation: &str| rendered(&matrix(&table(commit), "PASS", citation), "E04");
    assert_eq!(mixed("5d0c2aa", " @ 5D0C2AA81"), "");
    assert_eq!(mixed("5d0c2aa81f", " @ `5d0c2aa8` PASS"), "");
    assert_eq!(mixed("5d0c2aa..91be7f3", " @ 77aa0c1"), "", "a range is no baseline");
    assert_eq!(mixed("5d0c2aa (squashed from 91be7f3)", " @ 5d0c2aa"), "");
    assert_eq!(mixed("TBD", " @ 5d0c2aa"), "");
    let told = mixed("5d0c2aa", " @ 91be7f3");
    assert!(
        told.contains("is of two commits: `5d0c2aa` and `91be7f3`") && told.contains("docs/rtm.md:5:12 the baseline"),
        "{told}"
    );
    assert_eq!(mixed("5d0c2aa", " @ 91be7f3").matches("E04").count(), 1);
}

#[test]
fn repositories_have_baselines_of_their_own() {
    let tables = "| Attribute | Value |\n|---|---|\n| Repository | example/core |\n| Commit | 5d0c2aa |\n\n\
        | Attribute | Value |\n|---|---|\n| Repository | https://example.org/panel.git |\n| Commit | 91be7f3 |";
    assert_eq!(rendered(&matrix(tables, "PASS", ""), "E04"), "");
    let one = tables.replace("https://example.org/panel.git", "core");
    assert!(rendered(&matrix(&one, "PASS", ""), "E04").contains("two commits"));
}

#[test]
fn an_earlier_baseline_belongs_to_an_earlier_qualification() {
    let tables = |heading: &str| {
        format!(
            "| Attribute | Value |\n|---|---|\n| Commit | 5d0c2aa |\n\n## {heading}\n\n| Attribute | Value |\n|---|---|\n| Commit | 91be7f3 |"
        )
    };
    assert_eq!(rendered(&matrix(&tables("Previous qualification"), "PASS", ""), "E04"), "");
    assert!(rendered(&matrix(&tables("Unit tests"), "PASS", ""), "E04").contains("two commits"));
}
