//! Commits that documents name: what a repository says of them, and what is told of it.

use super::Folder;
use crate::checks::support::rendered;
use tracegate::analysis::analyze;
use tracegate::discover::commit::Commit;
use tracegate::discover::disk::Disk;
use tracegate::discover::joined::{Joined, Part};
use tracegate::discover::tree::{Memory, Tree};
use tracegate::model::revision::{Revision, Why};
use tracegate::settings::Settings;

const SRS: &str = "# SRS\n\n| Req ID | Requirement |\n|---|---|\n| REQ-GATE-001 | The gate shall open. |\n";
const TEST: &str = "def test_opens():\n    assert works()\n";

fn matrix(head: &str, commit: &str) -> String {
    format!(
        "# Traceability matrix\n\n| Attribute | Value |\n|---|---|\n{head}| Commit | {commit} |\n\n\
         | Req ID | Test | Status |\n|---|---|---|\n| REQ-GATE-001 | test_opens | PASS |\n"
    )
}

fn repository() -> (Folder, String) {
    let folder = Folder::new(&[("docs/srs.md", SRS), ("docs/rtm.md", "# Traceability matrix\n"), ("tests/test_gate.py", TEST)]);
    folder.git(&["init", "--quiet", "--initial-branch=main"]);
    let first = folder.commit();
    (folder, first)
}

fn ask(tree: &dyn Tree, hash: &str) -> Revision {
    tree.revisions(&[("tests/test_gate.py", hash)]).pop().unwrap()
}

/// What E03 says of a matrix in a folder.
fn told(folder: &Folder, head: &str, commit: &str) -> String {
    folder.write("docs/rtm.md", &matrix(head, commit));
    let analysis = analyze(&Disk::open(folder.path(), &[]).unwrap(), &Settings::default());
    rendered(&analysis, "E03")
}

#[test]
fn a_commit_exists_and_is_part_of_the_history_or_not() {
    let (folder, first) = repository();
    folder.write("a.txt", "2");
    let second = folder.commit();
    folder.git(&["checkout", "--quiet", "-b", "side", &first]);
    folder.write("a.txt", "3");
    let side = folder.commit();
    folder.git(&["checkout", "--quiet", "main"]);
    let trees: [Box<dyn Tree>; 2] =
        [Box::new(Disk::open(folder.path(), &[]).unwrap()), Box::new(Commit::open(folder.path(), "HEAD").unwrap())];
    for tree in &trees {
        assert_eq!(ask(tree.as_ref(), &first[..8]), Revision::Reachable);
        assert_eq!(ask(tree.as_ref(), &second), Revision::Reachable);
        assert_eq!(ask(tree.as_ref(), &side[..10]), Revision::Unreachable);
        assert_eq!(ask(tree.as_ref(), "0123456789abcdef0123456789abcdef01234567"), Revision::Missing);
        assert_eq!(ask(tree.as_ref(), "0123456"), Revision::Missing);
        let file = folder.git(&["rev-parse", "HEAD:tests/test_gate.py"]);
        assert_eq!(ask(tree.as_ref(), &file), Revision::Missing, "a file is no commit");
    }
    assert_eq!(told(&folder, "", &first[..9]), "");
    let missing = told(&folder, "", "0123456");
    assert!(missing.starts_with("E03 error docs/rtm.md:5:12 `0123456`"), "{missing}");
    assert!(missing.contains("`0123456`, which does not exist in the repository of its tests"), "{missing}");
    let unmerged = told(&folder, "", &side[..9]);
    assert!(unmerged.starts_with("E03 error docs/rtm.md:5:12"), "{unmerged}");
}

#[test]
fn a_tag_stands_for_its_commit() {
    let (folder, first) = repository();
    folder.git(&["tag", "v1.0"]);
    folder.git(&["tag", "--annotate", "--message", "x", "REL-7"]);
    folder.write("a.txt", "2");
    folder.commit();
    let tree = Disk::open(folder.path(), &[]).unwrap();
    let named = |revision| Revision::Named(first.clone(), Box::new(revision));
    assert_eq!(ask(&tree, "v1.0"), named(Revision::Reachable));
    assert_eq!(ask(&tree, "REL-7"), named(Revision::Reachable));
    assert_eq!(ask(&tree, "main"), Revision::Missing, "a branch moves");
    assert_eq!(ask(&tree, &first[..5]), named(Revision::Reachable));
    for written in ["v1.0", "`REL-7`", "tag v1.0", "release v1.0, signed", &format!("v1.0-1-g{}", &first[..8])] {
        assert_eq!(told(&folder, "", written), "", "{written}");
    }
    let missing = told(&folder, "", "v9.9");
    assert!(missing.starts_with("E03 error") && missing.contains("has no commit and no tag of that name"), "{missing}");
    for written in ["refs/tags/v1.0", "1.0", "tags/REL-7"] {
        assert_eq!(told(&folder, "", written), "", "{written}");
    }
    let release = |key: &str, written: &str| {
        folder.write("docs/rtm.md", &matrix("", "x").replace("| Commit | x |", &format!("| {key} | {written} |")));
        rendered(&analyze(&Disk::open(folder.path(), &[]).unwrap(), &Settings::default()), "E03")
    };
    for key in ["SW version", "Software baseline", "Git tag"] {
        assert_eq!(release(key, "v1.0"), "");
        assert_eq!(release(key, "1.0"), "");
        let told = release(key, "v9.9");
        assert!(told.starts_with("E03 info") && told.contains("`v9.9` names is not assessed"), "{key}: {told}");
        assert!(release(key, "TBD").starts_with("E03 error"), "{key}");
    }
    folder.write(
        "docs/rtm.md",
        &matrix("", "x").replace("| Attribute | Value |\n|---|---|\n| Commit | x |", "Software baseline: `v9.9`"),
    );
    let prose = rendered(&analyze(&Disk::open(folder.path(), &[]).unwrap(), &Settings::default()), "E03");
    assert!(prose.starts_with("E03 info"), "{prose}");
    // A column of mere commits may name those of what implements: what is not there is a warning, told once.
    let column = |one: &str, two: &str| {
        let rows = format!(
            "# Traceability matrix\n\n| Req ID | Test | Commit | Status |\n|---|---|---|---|\n\
             | REQ-GATE-001 | test_opens | {one} | PASS |\n| REQ-GATE-001 | test_opens | {two} | PASS |\n"
        );
        folder.write("docs/rtm.md", &rows);
        rendered(&analyze(&Disk::open(folder.path(), &[]).unwrap(), &Settings::default()), "E03")
    };
    assert_eq!(column(&first[..9], &format!("{}…", &first[..12])), "");
    assert!(column(&first[..9], "0123456").starts_with("E03 warning"));
    let both = column("0123456", "0badc0de1");
    assert!(both.starts_with("E03 warning") && both.contains("2 commits that rows of docs/rtm.md name do not exist"), "{both}");
    let words = told(&folder, "", "release 9 of the gate");
    assert!(words.starts_with("E03 info") && words.contains("not assessed"), "{words}");
    folder.write("docs/rtm.md", &matrix("", "x").replace("| Commit | x |", "| Baseline | v9.9 |"));
    let baseline = rendered(&analyze(&Disk::open(folder.path(), &[]).unwrap(), &Settings::default()), "E03");
    assert!(baseline.starts_with("E03 info"), "a baseline of documents has names of its own: {baseline}");
    // What changed after the tag is told as it is of a hash.
    folder.write("tests/test_gate.py", "def test_opens():\n    assert other()\n");
    folder.write("docs/rtm.md", &matrix("", "v1.0"));
    let stale = rendered(&analyze(&Disk::open(folder.path(), &[]).unwrap(), &Settings::default()), "E05");
    assert!(stale.contains("`test_opens`, a test of REQ-GATE-001, changed after"), "{stale}");
}

#[test]
fn the_commit_of_a_closed_record_is_looked_up() {
    let (folder, first) = repository();
    folder.write("docs/rtm.md", &matrix("", &first[..9]));
    let told = |commit: &str| {
        let record = format!(
            "# CR-001: Faster gate\n\n| Field | Value |\n|---|---|\n| Status | CLOSED |\n| Qualified commit | {commit} |\n"
        );
        folder.write("records/CR-001.md", &record);
        rendered(&analyze(&Disk::open(folder.path(), &[]).unwrap(), &Settings::default()), "E03")
    };
    assert_eq!(told(&first[..9]), "");
    assert!(
        told("0badc0de1").contains("`0badc0de1`, which does not exist in the repository of its tests"),
        "{}",
        told("0badc0de1")
    );
    // Where no cited test is at hand the record may be of another repository.
    folder.write("tests/test_gate.py", "def test_other():\n    assert works()\n");
    assert_eq!(told("0badc0de1"), "");
}

#[test]
fn the_beginning_of_two_commits_is_ambiguous() {
    let (folder, _) = repository();
    // The ids of these two begin alike.
    let tree = folder.git(&["hash-object", "-t", "tree", "-w", "/dev/null"]);
    let ids: Vec<String> = ["32364", "36336"].iter().map(|text| folder.git(&["commit-tree", &tree, "-m", text])).collect();
    assert_eq!(ids[0][..7], ids[1][..7]);
    let found = ask(&Disk::open(folder.path(), &[]).unwrap(), &ids[0][..7]);
    assert!(matches!(&found, Revision::Ambiguous(commits) if commits.len() == 2), "{found:?}");
    assert!(told(&folder, "", &ids[0][..7]).contains("which may be any of 2"));
    assert!(told(&folder, "", &ids[0][..9]).contains("not in the history"));
}

#[test]
fn a_clone_without_its_history_says_what_it_cannot_see() {
    let (folder, first) = repository();
    folder.write("a.txt", "2");
    let second = folder.commit();
    let url = format!("file://{}", folder.path().display());
    folder.git(&["clone", "--quiet", "--depth=1", &url, "shallow"]);
    folder.write("shallow/docs/rtm.md", &matrix("", &first[..9]));
    let tree = Disk::open(&folder.path().join("shallow"), &[]).unwrap();
    assert_eq!(ask(&tree, &first), Revision::NotAssessed(Why::Shallow));
    assert_eq!(ask(&tree, &second), Revision::Reachable);
    let told = rendered(&analyze(&tree, &Settings::default()), "E03");
    assert!(told.starts_with("E03 info docs/rtm.md:5:12") && told.contains("not assessed"), "{told}");
}

#[test]
fn what_holds_no_repository_of_its_own_is_not_asked() {
    let plain = Folder::new(&[("docs/srs.md", SRS), ("docs/rtm.md", ""), ("tests/test_gate.py", TEST)]);
    assert_eq!(ask(&Disk::open(plain.path(), &[]).unwrap(), "0123456"), Revision::NotAssessed(Why::NoRepository));
    assert_eq!(told(&plain, "", "0123456"), "");
    let (outer, _) = repository();
    outer.write("unpacked/tests/test_gate.py", TEST);
    let inner = Disk::open(&outer.path().join("unpacked"), &[]).unwrap();
    assert_eq!(ask(&inner, "0123456"), Revision::NotAssessed(Why::NoRepository));
    let unborn = Folder::new(&[("tests/test_gate.py", TEST)]);
    unborn.git(&["init", "--quiet"]);
    unborn.git(&["add", "--all"]);
    assert_eq!(ask(&Disk::open(unborn.path(), &[]).unwrap(), "0123456"), Revision::Missing);
}

#[test]
fn a_commit_is_looked_up_where_the_tests_are() {
    let (folder, first) = repository();
    let joined = |commit: &str, head: &str| {
        let documents = Memory::new([("docs/srs.md", SRS), ("docs/rtm.md", &matrix(head, commit))]);
        let tests = Disk::open(&folder.path().join("tests"), &[]).unwrap();
        let parts = vec![Part::whole(Box::new(documents), ""), Part::whole(Box::new(tests), "firmware")];
        let analysis = analyze(&Joined::new(parts), &Settings { tests_root: true, ..Settings::default() });
        rendered(&analysis, "E03")
    };
    assert_eq!(joined(&first[..8], ""), "");
    assert!(joined("0123456", "").contains("does not exist"));
    assert!(joined("0123456", "| Repository | example/firmware |\n").contains("does not exist"));
    let several = joined("gate-core@0123456, gate-panel@1234567", "");
    assert!(several.starts_with("E03 info") && several.contains("2 commits of docs/rtm.md were not looked up"), "{several}");
}

#[test]
fn a_matrix_whose_tests_are_elsewhere_is_not_judged_here() {
    let (folder, _) = repository();
    folder.write("tests/test_gate.py", "def test_other():\n    assert works()\n");
    assert_eq!(told(&folder, "| Repository | example/firmware |\n", "0123456"), "");
}
