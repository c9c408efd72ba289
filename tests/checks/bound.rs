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

#[test]
fn a_table_of_repositories_has_a_baseline_of_each() {
    let table = |last: &str| {
        format!(
            "| Repository | Commit |\n|---|---|\n| dock-core | 5d0c2aa |\n| https://example.org/dock-panel.git | 91be7f3 |\n{last}"
        )
    };
    assert_eq!(rendered(&matrix(&table(""), "PASS", ""), "E04"), "");
    assert_eq!(rendered(&matrix(&table("| dock-panel | 91be7f32 |\n"), "PASS", ""), "E04"), "", "written longer");
    let told = rendered(&matrix(&table("| dock-panel | 77aa0c1 |\n"), "PASS", ""), "E04");
    assert!(told.contains("is of two commits: `91be7f3` and `77aa0c1`"), "{told}");
    let numbered =
        table("").replace("| Repository | Commit |\n|---|---|", "| # | Component | Branch | Git SHA |\n|---|---|---|---|");
    let numbered = numbered
        .replace("| dock-core |", "| 1 | dock-core | main |")
        .replace("| https", "| 2 | https")
        .replace(".git |", ".git | main |");
    let twice = format!("{numbered}| 3 | dock-core | main | 77aa0c1 |\n");
    assert_eq!(rendered(&matrix(&numbered, "PASS", ""), "E04"), "");
    assert!(rendered(&matrix(&twice, "PASS", ""), "E04").contains("`5d0c2aa` and `77aa0c1`"));
    let open = rendered(&matrix(&table("| dock-app | TBD |\n"), "PASS", ""), "E03");
    assert!(open.contains("the commit of the evidence is `TBD`"), "{open}");
}

#[test]
fn what_stands_in_a_column_of_commits_is_none() {
    let of = |column: &str, written: &str| {
        let analysis = tree(&format!(
            "# Traceability matrix\n\n| Req ID | Test | {column} | Status |\n|---|---|---|---|\n\
             | REQ-DOCK-001 | test_levels | {written} | PASS |\n| REQ-DOCK-002 | test_stops | 5d0c2aa | PASS |\n"
        ));
        rendered(&analysis, "E03")
    };
    for written in
        ["TBD", "pending", "HASH...", "<commit>", "<!-- hash -->", "(unstaged changes)", "HEAD", "main", "WIP", "feature/dock"]
    {
        for column in ["Commit", "Git SHA", "Tested commit"] {
            let told = of(column, written);
            assert!(told.starts_with("E03 error") && told.contains("claims PASS"), "{column} {written}: {told}");
        }
    }
    // What implements a requirement may need no commit, or a request.
    for written in ["", "-", "n/a", "#12", "Level the dock", "Yes", "initial"] {
        assert_eq!(of("Commit", written), "", "{written}");
    }
    assert!(of("Tested commit", "n/a").starts_with("E03 error"));
}

#[test]
fn commits_of_what_implements_are_no_baseline() {
    let analysis = tree(
        "# Traceability matrix\n\n| Req ID | Test | Commit | Status |\n|---|---|---|---|\n\
         | REQ-DOCK-001 | test_levels | 91be7f3 | PASS |\n| REQ-DOCK-002 | test_stops | 5d0c2aa | PASS |\n",
    );
    assert_eq!(rendered(&analysis, "E04"), "");
}

#[test]
fn a_matrix_without_any_status_is_warned() {
    let of = |head: &str, commit: &str| {
        let text = format!(
            "{head}# Traceability matrix\n\n| Attribute | Value |\n|---|---|\n| Commit | {commit} |\n\n\
             | Req ID | Test |\n|---|---|\n| REQ-DOCK-001 | test_levels |\n| REQ-DOCK-002 | test_stops |\n"
        );
        rendered(&tree(&text), "E03")
    };
    for commit in ["TBD", "<commit>", "HASH...", "(unstaged changes)"] {
        let told = of("", commit);
        assert!(told.starts_with("E03 warning") && told.contains("2 rows cite tests"), "{commit}: {told}");
    }
    assert_eq!(of("", "5d0c2aa"), "");
    assert_eq!(of("---\nstatus: Draft\n---\n\n", "TBD"), "");
}

#[test]
fn sheets_and_other_notations_name_commits_too() {
    let of = |path: &str, rtm: &str| {
        let srs = "# SRS\n\n| Req ID | Requirement |\n|---|---|\n| REQ-DOCK-001 | The dock shall level. |\n";
        let tests = "def test_levels():\n    assert works()\n";
        let files = [("docs/srs.md", srs), (path, rtm), ("tests/test_dock.py", tests)];
        rendered(&analyze_files(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect()), "E03")
    };
    let csv = of("docs/rtm.csv", "Req ID,Test,Commit,Status\nREQ-DOCK-001,test_levels,\"TBD\",PASS\n");
    assert!(csv.starts_with("E03 error") && csv.contains("is `TBD`"), "{csv}");
    assert_eq!(of("docs/rtm.csv", "Req ID,Test,Commit,Status\nREQ-DOCK-001,test_levels,5d0c2aa,PASS\n"), "");
    let rst = "Traceability matrix\n===================\n\n.. list-table::\n   :header-rows: 1\n\n   * - Req ID\n     - Test\n     - Tested commit\n     - Status\n\
        \x20  * - REQ-DOCK-001\n     - test_levels\n     - TBD\n     - PASS\n";
    assert!(of("docs/rtm.rst", rst).starts_with("E03 error"), "{}", of("docs/rtm.rst", rst));
    let adoc = "= Traceability matrix\n\n|===\n|Req ID |Test |Commit |Status\n\n|REQ-DOCK-001 |test_levels |(unstaged changes) |PASS\n|===\n";
    assert!(of("docs/rtm.adoc", adoc).starts_with("E03 error"), "{}", of("docs/rtm.adoc", adoc));
}

#[test]
fn the_head_of_a_list_of_commits_is_no_field() {
    for head in ["Commit | Date", "Tested commit | Tester", "SHA | Result"] {
        let list = format!("| {head} |\n|---|---|\n| 5d0c2aa | 2026-01-01 |");
        assert_eq!(rendered(&matrix(&list, "PASS", ""), "E03"), "", "{head}");
    }
    assert!(rendered(&matrix("| Commit | TBD |\n|---|---|\n| Tester | lind |", "PASS", ""), "E03").contains("2 rows claim PASS"));
}
