use super::{Folder, absent, paths};
use std::path::Path;
use tracegate::discover::disk::Disk;
use tracegate::discover::tree::Tree;

fn open(folder: &Folder, configured: &[&str]) -> Disk {
    let configured: Vec<_> = configured.iter().map(|path| (*path).to_owned()).collect();
    Disk::open(folder.path(), &configured).unwrap()
}

#[test]
fn files_are_sorted_by_bytes_and_ignore_files_are_respected() {
    let folder = Folder::new(&[
        (".gitignore", "build/\n*.log\n"),
        ("a/b.md", "22"),
        ("a.md", ""),
        ("Z.md", ""),
        ("a-b/c.md", ""),
        ("run.log", ""),
        ("build/junit.xml", "<testsuite/>"),
    ]);
    folder.git(&["init", "--quiet", "--initial-branch=main"]);
    let tree = open(&folder, &[]);
    assert_eq!(paths(&tree), [".gitignore", "Z.md", "a-b/c.md", "a.md", "a/b.md"]);
    assert_eq!(tree.bytes(4).unwrap(), b"22");
    assert_eq!(absent(&tree), []);
}

#[test]
fn what_is_tracked_is_read_whatever_an_ignore_file_says() {
    let folder = Folder::new(&[("plan/reqs.md", ""), ("docs/plan/a.md", ""), ("gone.md", ""), ("node_modules/x.md", "")]);
    folder.git(&["init", "--quiet", "--initial-branch=main"]);
    folder.commit();
    folder.write(".gitignore", "plan/\ngone.md\n");
    folder.write("plan/own.md", "");
    std::fs::remove_file(folder.path().join("gone.md")).unwrap();
    let tree = open(&folder, &[]);
    assert_eq!(paths(&tree), [".gitignore", "docs/plan/a.md", "plan/reqs.md"]);
    assert_eq!(absent(&tree), []);
    let below = Disk::open(&folder.path().join("docs"), &[]).unwrap();
    assert_eq!(paths(&below), ["plan/a.md"]);
}

#[test]
fn without_a_repository_documents_that_are_ignored_are_told() {
    let folder = Folder::new(&[(".ignore", "plan/\n*.log\n"), ("plan/reqs.md", ""), ("plan/a.py", ""), ("a.log", "")]);
    let tree = open(&folder, &[]);
    assert_eq!(paths(&tree), [".ignore"]);
    assert_eq!(absent(&tree), [("plan/reqs.md", "ignored by an ignore file")]);
    // What git would ignore is there all the same where nothing tells what it tracked.
    let folder = Folder::new(&[(".gitignore", "tests/\n"), ("backend/tests/test_a.py", ""), ("node_modules/x.md", "")]);
    assert_eq!(paths(&open(&folder, &[])), [".gitignore", "backend/tests/test_a.py"]);
}

#[test]
fn folders_of_which_nothing_is_read_are_not_entered() {
    let folder = Folder::new(&[
        ("node_modules/x/REQ.md", ""),
        (".git/REQ.md", ""),
        (".planning/REQUIREMENTS.md", ""),
        ("examples/a.py", ""),
    ]);
    assert_eq!(paths(&open(&folder, &[])), [".planning/REQUIREMENTS.md", "examples/a.py"]);
}

#[test]
fn configured_paths_reach_what_is_ignored_or_passed_over() {
    let folder = Folder::new(&[
        (".gitignore", "build/\n"),
        ("build/a/junit.xml", ""),
        ("build/b/junit.xml", ""),
        ("build/b/other.txt", ""),
        ("node_modules/x/REQ.md", ""),
        ("node_modules/x/y/z.md", ""),
        ("a.md", ""),
    ]);
    folder.git(&["init", "--quiet", "--initial-branch=main"]);
    let configured = ["build/*/*.xml", "./node_modules/x/", "a.md", "reports/*.xml", "b.md"];
    let tree = open(&folder, &configured);
    assert_eq!(
        paths(&tree),
        [".gitignore", "a.md", "build/a/junit.xml", "build/b/junit.xml", "node_modules/x/REQ.md", "node_modules/x/y/z.md",]
    );
    assert_eq!(tree.unmatched(), ["reports/*.xml", "b.md"]);
}

#[test]
fn a_configured_path_may_lie_beside_the_folder() {
    let folder = Folder::new(&[("docs/a.md", ""), ("out/junit.xml", "x")]);
    let tree = Disk::open(&folder.path().join("docs"), &["../out/junit.xml".to_owned()]).unwrap();
    assert_eq!(paths(&tree), ["../out/junit.xml", "a.md"]);
    assert_eq!(tree.bytes(0).unwrap(), b"x");
}

#[test]
fn one_file_is_a_tree_of_one() {
    let folder = Folder::new(&[("a.md", "1"), ("b.md", "2")]);
    let tree = Disk::open(&folder.path().join("b.md"), &[]).unwrap();
    assert_eq!(paths(&tree), ["b.md"]);
    assert_eq!(tree.bytes(0).unwrap(), b"2");
}

#[test]
fn a_folder_that_does_not_exist_is_an_error() {
    let error = Disk::open(Path::new("no/such/folder"), &[]).unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
}

#[test]
fn a_file_that_vanishes_is_an_error_of_that_file() {
    let folder = Folder::new(&[("a.md", "1")]);
    let tree = open(&folder, &[]);
    std::fs::remove_file(folder.path().join("a.md")).unwrap();
    assert!(tree.bytes(0).is_err());
}

#[test]
fn submodules_that_are_not_checked_out_are_absent() {
    let modules = "[submodule \"x\"]\n\tpath = libs/x\n\turl = ../x\n[submodule \"y\"]\n\tpath = \"y\"\n";
    let folder = Folder::new(&[(".gitmodules", modules), (".git/HEAD", ""), ("y/a.md", "")]);
    std::fs::create_dir_all(folder.path().join("libs/x")).unwrap();
    let reason = "the submodule is not checked out";
    assert_eq!(absent(&open(&folder, &[])), [("libs/x", reason)]);
    let below = Disk::open(&folder.path().join("libs"), &[]).unwrap();
    assert_eq!(absent(&below), [("x", reason)]);
    let archive = Folder::new(&[(".gitmodules", modules), ("y/a.md", "")]);
    assert_eq!(absent(&open(&archive, &[])), [("libs/x", reason)]);
}

#[cfg(unix)]
#[test]
fn links_are_not_followed_and_told_when_they_lead_out() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new(&[("in/a.md", ""), ("in/docs/b.md", ""), ("out/c.md", "")]);
    let inside = folder.path().join("in");
    symlink("a.md", inside.join("same.md")).unwrap();
    symlink("..", inside.join("docs/loop")).unwrap();
    symlink("../out", inside.join("folder")).unwrap();
    symlink("../out/c.md", inside.join("c.md")).unwrap();
    symlink("nowhere.md", inside.join("dead.md")).unwrap();
    symlink("nowhere", inside.join("dead.socket")).unwrap();
    let tree = Disk::open(&inside, &[]).unwrap();
    assert_eq!(paths(&tree), ["a.md", "docs/b.md"]);
    assert_eq!(
        absent(&tree),
        [
            ("c.md", "the link leads to a file outside of the scan"),
            ("dead.md", "the link leads nowhere"),
            ("folder", "the link leads to a folder outside of the scan"),
        ]
    );
}

#[cfg(unix)]
#[test]
fn a_configured_link_is_followed() {
    use std::os::unix::fs::symlink;
    let folder = Folder::new(&[(".gitignore", "runs/\n"), ("runs/1/junit.xml", "x")]);
    folder.git(&["init", "--quiet", "--initial-branch=main"]);
    symlink("runs/1", folder.path().join("latest")).unwrap();
    symlink("runs/1/junit.xml", folder.path().join("last.xml")).unwrap();
    symlink("..", folder.path().join("runs/loop")).unwrap();
    let tree = open(&folder, &["latest/*.xml", "runs/**/*.xml", "last.xml"]);
    let expected = [".gitignore", "last.xml", "latest/junit.xml", "runs/1/junit.xml"];
    assert_eq!(paths(&tree), expected);
    assert_eq!(tree.bytes(1).unwrap(), b"x");
    assert_eq!(tree.unmatched(), [""; 0]);
}

#[cfg(unix)]
#[test]
fn names_that_are_not_unicode_are_told() {
    use std::os::unix::ffi::OsStrExt;
    let folder = Folder::new(&[("a.md", "")]);
    let name = std::ffi::OsStr::from_bytes(b"b\xff.md");
    if std::fs::write(folder.path().join(name), "").is_err() {
        return; // Some file systems refuse such names.
    }
    let tree = open(&folder, &[]);
    assert_eq!(paths(&tree), ["a.md"]);
    assert_eq!(absent(&tree), [("b\u{FFFD}.md", "the name is not valid Unicode")]);
}

#[test]
fn results_that_an_ignore_file_hides_are_found_when_asked_for() {
    let files = [
        (".gitignore", "results/\nicons.xml\n"),
        ("results/robot/output.xml", ""),
        ("results/notes.md", ""),
        ("results/run.trx", ""),
        ("icons.xml", ""),
        ("reports/junit.xml", ""),
    ];
    let folder = Folder::new(&files);
    folder.git(&["init", "--quiet", "--initial-branch=main"]);
    let tree = open(&folder, &[]);
    assert!(paths(&tree).contains(&"reports/junit.xml"));
    assert_eq!(tree.hidden_results(), ["results/robot/output.xml", "results/run.trx"]);
    assert_eq!(open(&folder, &["results"]).hidden_results(), [""; 0], "the configuration names them");
    let exported = Folder::new(&files);
    assert_eq!(open(&exported, &[]).hidden_results(), [""; 0], "nothing is hidden where there is no repository");
}
