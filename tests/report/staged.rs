//! `check --staged`: a commit answers for what it adds, wherever that shows.

use super::command::{command, folder, outcome, refused};
use super::since::{commit, crane, git};
use std::fs;
use std::path::Path;

/// The crane with all of its tests: nothing is wrong with it but that nothing ran.
fn sound(name: &str) -> std::path::PathBuf {
    let folder = crane(name);
    fs::write(folder.join("test_crane.py"), BOTH).unwrap();
    fs::remove_file(folder.join("junit.xml")).unwrap();
    commit(&folder, "v2");
    folder
}

const BOTH: &str = "def test_lifts():\n    assert lift()\n\n\ndef test_turns():\n    assert turn()\n";
const ONE: &str = "def test_lifts():\n    assert lift()\n";

fn staged(folder: &Path) -> (i32, String, String) {
    outcome(&["check", folder.to_str().unwrap(), "--staged"])
}

#[test]
fn a_commit_answers_for_the_row_that_it_makes_false() {
    let folder = sound("staged-blame");
    let (code, out, err) = staged(&folder);
    assert_eq!((code, err.as_str()), (0, ""), "nothing is staged: {out}");

    fs::write(folder.join("test_crane.py"), ONE).unwrap();
    assert_eq!(staged(&folder).0, 0, "what is not staged is no part of the commit");
    git(&folder, &["add", "test_crane.py"]);
    let (code, out, _) = staged(&folder);
    assert!(code == 1 && out.contains("new error[M02]") && out.contains("rtm.md:6"), "{out}");

    fs::write(folder.join("test_crane.py"), BOTH).unwrap();
    assert_eq!(staged(&folder).0, 1, "the repair is not staged");
    git(&folder, &["add", "test_crane.py"]);
    assert_eq!(staged(&folder).0, 0);
}

#[test]
fn a_commit_that_only_removes_a_file_is_looked_at() {
    let folder = sound("staged-removed");
    fs::write(folder.join("test_more.py"), "def test_stops():\n    assert stop()\n").unwrap();
    commit(&folder, "v3");
    git(&folder, &["rm", "--quiet", "test_crane.py"]);
    let (code, out, _) = staged(&folder);
    assert!(code == 1 && out.contains("new error[M02]"), "{out}");
}

#[test]
fn a_file_that_nobody_added_makes_nothing_true() {
    let folder = sound("staged-untracked");
    let rows = fs::read_to_string(folder.join("rtm.md")).unwrap().replace("`test_turns`", "`test_turns`, `test_turns_back`");
    fs::write(folder.join("rtm.md"), rows).unwrap();
    fs::write(folder.join("test_back.py"), "def test_turns_back():\n    assert turn(-1)\n").unwrap();
    git(&folder, &["add", "rtm.md"]);
    let path = folder.to_str().unwrap();
    assert_eq!(outcome(&["check", path, "--no-results", "--new-since", "HEAD"]).0, 0, "it is in the working tree");
    let (code, out, _) = staged(&folder);
    assert!(code == 1 && out.contains("test_turns_back"), "{out}");
    git(&folder, &["add", "--intent-to-add", "test_back.py"]);
    assert_eq!(staged(&folder).0, 1, "that it will come is not enough");
    git(&folder, &["add", "test_back.py"]);
    assert_eq!(staged(&folder).0, 0);
}

#[test]
fn what_is_known_is_counted_and_shown_only_to_who_asks() {
    let folder = crane("staged-known");
    fs::remove_file(folder.join("junit.xml")).unwrap();
    fs::write(folder.join("rtm.md"), fs::read_to_string(folder.join("rtm.md")).unwrap() + "| REQ-B-002 | `test_falls` |\n")
        .unwrap();
    git(&folder, &["add", "rtm.md"]);
    let (code, out, _) = staged(&folder);
    assert!(code == 1 && out.contains("test_falls") && !out.contains("known error[M02]"), "{out}");
    assert!(out.contains("since HEAD: new 1 · known 1 (not shown; --all shows them)"), "{out}");
    let all = outcome(&["check", folder.to_str().unwrap(), "--staged", "--all"]).1;
    assert!(all.contains("known error[M02]") && !all.contains("not shown"), "{all}");
}

#[test]
fn in_the_first_commit_everything_is_new() {
    let folder = crane("staged-first");
    fs::remove_dir_all(folder.join(".git")).unwrap();
    git(&folder, &["init", "--quiet", "--initial-branch=main"]);
    let text = refused(&["check", folder.to_str().unwrap(), "--staged"]);
    assert!(text.contains("has no files"), "{text}");
    git(&folder, &["add", "rtm.md", "srs.md", "test_crane.py"]);
    let (code, out, _) = staged(&folder);
    assert!(code == 1 && out.contains("new error[M02]") && out.contains("since HEAD (there is no commit yet): new 1"), "{out}");
}

#[test]
fn a_commit_of_named_files_is_read_from_the_index_that_git_makes_for_it() {
    let folder = sound("staged-index");
    fs::write(folder.join("test_crane.py"), ONE).unwrap();
    git(&folder, &["add", "test_crane.py"]);
    // The usual index knows nothing of it any more.
    fs::copy(folder.join(".git/index"), folder.join(".git/next-index-1.lock")).unwrap();
    git(&folder, &["reset", "--quiet"]);
    let code = |index: &Path| {
        let mut check = command(&["check", folder.to_str().unwrap(), "--staged"]);
        check.env("GIT_INDEX_FILE", index).output().unwrap().status.code()
    };
    assert_eq!(staged(&folder).0, 0);
    assert_eq!(code(&folder.join(".git/next-index-1.lock")), Some(1));
    let other = sound("staged-other");
    assert_eq!(code(&other.join(".git/index")), Some(0), "the index of another repository says nothing of this one");
    fs::write(folder.join(".git/next-index-1.lock"), "DIRC and no more").unwrap();
    let mut check = command(&["check", folder.to_str().unwrap(), "--staged"]);
    let output = check.env("GIT_INDEX_FILE", folder.join(".git/next-index-1.lock")).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.code() == Some(2) && told.contains("what is staged cannot be read"), "{told}");
}

#[test]
fn a_real_commit_is_refused_and_accepted_by_a_hook() {
    let folder = sound("staged-hook");
    let hook = folder.join(".git/hooks/pre-commit");
    fs::write(&hook, format!("#!/bin/sh\nexec '{}' check --staged --quiet\n", env!("CARGO_BIN_EXE_tracegate"))).unwrap();
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        fs::set_permissions(&hook, fs::Permissions::from_mode(0o755)).unwrap();
    }
    let try_to = |args: &[&str]| {
        let names = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"];
        let output = std::process::Command::new("git").args(names).args(args).current_dir(&folder).output().unwrap();
        (output.status.success(), String::from_utf8_lossy(&output.stderr).into_owned() + &String::from_utf8_lossy(&output.stdout))
    };
    fs::write(folder.join("test_crane.py"), ONE).unwrap();
    fs::write(folder.join("notes.md"), "Nothing of note.\n").unwrap();
    let (done, told) = try_to(&["commit", "--message", "all", "--all"]);
    assert!(!done && told.contains("fail: "), "{told}");
    let (done, told) = try_to(&["commit", "--message", "one", "test_crane.py"]);
    assert!(!done, "{told}");
    git(&folder, &["add", "notes.md"]);
    let (done, told) = try_to(&["commit", "--message", "another", "notes.md"]);
    assert!(done && told.contains("pass: "), "the file that would be refused is no part of this commit: {told}");
}

#[test]
fn a_conflict_is_not_read_as_either_side() {
    let folder = sound("staged-conflict");
    git(&folder, &["checkout", "--quiet", "-b", "other"]);
    fs::write(folder.join("test_crane.py"), BOTH.replace("turn()", "turn(1)")).unwrap();
    commit(&folder, "v3");
    git(&folder, &["checkout", "--quiet", "main"]);
    fs::write(folder.join("test_crane.py"), BOTH.replace("turn()", "turn(2)")).unwrap();
    commit(&folder, "v4");
    let merge = std::process::Command::new("git").args(["merge", "other"]).current_dir(&folder).output().unwrap();
    assert!(!merge.status.success());
    let files = staged(&folder);
    assert!(files.0 != 0, "{files:?}");
}

#[test]
fn a_commit_does_not_answer_for_what_could_not_be_looked_at_before() {
    let folder = sound("staged-unlooked");
    fs::remove_file(folder.join("test_crane.py")).unwrap();
    commit(&folder, "v3");
    let path = folder.to_str().unwrap();
    let (code, out, _) = outcome(&["check", path, "--no-results", "--new-since", "HEAD"]);
    assert!(code == 1 && out.contains("\nerror[E12]"), "the gate is another matter: {out}");
    fs::write(folder.join("notes.md"), "Nothing of note.\n").unwrap();
    git(&folder, &["add", "notes.md"]);
    let (code, out, _) = staged(&folder);
    assert!(code == 0 && out.contains("since HEAD: new 0 · known 1 (not shown"), "{out}");
    // One more citation that can't be looked at is that of the commit.
    let rows = fs::read_to_string(folder.join("rtm.md")).unwrap();
    fs::write(folder.join("rtm.md"), rows + "| REQ-B-002 | `test_back` |\n").unwrap();
    git(&folder, &["add", "rtm.md"]);
    let (code, out, _) = staged(&folder);
    assert!(code == 1 && out.contains("new error[E12]"), "{out}");
}

#[test]
fn nothing_is_staged_in_a_bare_repository() {
    let folder = sound("staged-bare");
    git(&folder, &["clone", "--quiet", "--bare", ".", "bare.git"]);
    assert!(refused(&["check", folder.join("bare.git").to_str().unwrap(), "--staged"]).contains("has no files"));
}

#[test]
fn tests_in_another_tree_are_the_same_before_and_after() {
    let documents = folder("staged-documents");
    let tests = sound("staged-tests");
    for name in ["rtm.md", "srs.md"] {
        fs::rename(tests.join(name), documents.join(name)).unwrap();
    }
    fs::write(documents.join("tracegate.toml"), "[tests]\nroot = \"../staged-tests\"\n").unwrap();
    git(&documents, &["init", "--quiet", "--initial-branch=main"]);
    commit(&documents, "v1");
    let (code, out, err) = staged(&documents);
    assert_eq!(code, 0, "{out}{err}");
    let rows = fs::read_to_string(documents.join("rtm.md")).unwrap().replace("test_turns", "test_spins");
    fs::write(documents.join("rtm.md"), rows).unwrap();
    git(&documents, &["add", "rtm.md"]);
    let (code, out, _) = staged(&documents);
    assert!(code == 1 && out.contains("test_spins"), "{out}");
}
