//! `init`: a configuration that changes no verdict.

use super::command::{folder, outcome, refused};
use crate::checks::support::read_folder;
use serde_json::Value;
use std::fs;
use std::path::Path;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A copy of a folder.
fn copy(from: &Path, name: &str) -> std::path::PathBuf {
    let to = folder(name);
    for (path, bytes) in read_folder(from) {
        let file = to.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
    to
}

/// What a check says, without the list of inputs: of these the configuration is one more.
fn said(path: &str) -> (i32, Value) {
    let (code, out, _) = outcome(&["check", path, "--format", "json"]);
    let mut value: Value = serde_json::from_str(&out).unwrap_or_default();
    if let Some(fields) = value.as_object_mut() {
        fields.remove("inputs");
    }
    (code, value)
}

#[test]
fn what_is_written_changes_nothing_in_any_fixture() {
    let mut written = 0;
    for check in fs::read_dir(root().join("tests/fixtures")).unwrap() {
        for side in ["clean", "defect"] {
            let from = check.as_ref().unwrap().path().join(side);
            if !from.is_dir() || from.join("tracegate.toml").exists() {
                continue;
            }
            let copied = copy(&from, &format!("init-all/{}-{side}", check.as_ref().unwrap().file_name().display()));
            let path = copied.to_str().unwrap();
            let before = said(path);
            let (code, out, err) = outcome(&["init", path]);
            if code == 2 {
                // Records without any requirement are checked, and there is no document to name.
                assert!(before.0 == 2 || before.1["summary"]["requirements"] == 0, "{path}: {err}");
                continue;
            }
            assert!(out.starts_with("wrote ") && out.contains("\nnext: "), "{out}");
            let after = said(path);
            let text = fs::read_to_string(copied.join("tracegate.toml")).unwrap();
            assert_eq!(before, after, "{path}\n{text}");
            written += 1;
        }
    }
    assert!(written > 60, "{written}");
}

#[test]
fn the_example_is_written_down_as_it_is() {
    let copied = copy(&root().join("examples/pump"), "init-pump");
    let path = copied.to_str().unwrap();
    let before = said(path);
    let shown = outcome(&["init", path, "--stdout"]).1;
    super::snapshot("init_pump", &shown);
    assert!(!copied.join("tracegate.toml").exists());
    assert_eq!(outcome(&["init", path]).0, 0);
    assert_eq!(fs::read_to_string(copied.join("tracegate.toml")).unwrap(), shown);
    assert_eq!(said(path), before);
    // What it names must be there from now on.
    fs::remove_file(copied.join("docs/PUMP-RTM.md")).unwrap();
    let (code, out, _) = outcome(&["check", path]);
    assert!(code == 1 && out.contains("names matrices `docs/PUMP-RTM.md`, and no file matches"), "{out}");
}

#[test]
fn a_configuration_that_is_there_is_replaced_only_by_force() {
    let copied = copy(&root().join("examples/pump"), "init-force");
    let (path, file) = (copied.to_str().unwrap(), copied.join("tracegate.toml"));
    fs::write(&file, "[severity]\nS01 = \"off\"\n").unwrap();
    assert!(refused(&["init", path]).contains("is there already"));
    assert_eq!(fs::read_to_string(&file).unwrap(), "[severity]\nS01 = \"off\"\n");
    // Even one that can't be read.
    fs::write(&file, "[severity\n").unwrap();
    assert_eq!(outcome(&["init", path, "--force"]).0, 0);
    assert_eq!(fs::read_to_string(&file).unwrap(), outcome(&["init", path, "--stdout"]).1);
}

#[test]
fn where_nothing_is_found_nothing_is_written() {
    let empty = folder("init-empty");
    let path = empty.to_str().unwrap();
    assert!(refused(&["init", path]).contains("has no files"));
    fs::write(empty.join("a.py"), "def test_a():\n    assert works()\n").unwrap();
    assert!(refused(&["init", path]).contains("no requirement was found"));
    assert!(!empty.join("tracegate.toml").exists());
    assert!(refused(&["init", empty.join("a.py").to_str().unwrap()]).contains("is no folder"));
}

#[test]
fn several_files_are_named_by_what_they_share_and_no_others() {
    let tree = folder("init-patterns");
    let write = |path: &str, text: &str| {
        let file = tree.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    };
    let define = |id: &str| format!("# Requirements\n\n### REQ-{id}-001: Go\n\nThe lift shall go.\n");
    write("docs/[a] DOOR-RS.md", &define("DOOR"));
    write("docs/[a] CABIN-RS.md", &define("CABIN"));
    write("docs/[a] NOTES.md", "# Notes\n\nNothing.\n");
    write("tests/test_door.py", "def test_door():\n    \"\"\"Verifies: REQ-DOOR-001\"\"\"\n    assert door()\n");
    write("tests/test_cabin.py", "def test_cabin():\n    \"\"\"Verifies: REQ-CABIN-001\"\"\"\n    assert cabin()\n");
    write("tests/helpers.py", "def door():\n    return 1\n");
    let (code, out, err) = outcome(&["init", tree.to_str().unwrap(), "--stdout"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("specifications = [\"docs/[[]a[]] *-RS.md\"]"), "{out}");
    assert!(out.contains("files = [\"tests/test_*.py\"]"), "{out}");
    assert!(out.contains("# results: none was found"), "{out}");
    let (_, told, _) = outcome(&["init", tree.to_str().unwrap()]);
    assert!(
        told.contains("not found       matrices, records, results, inventory") && told.contains("`tracegate explain artifacts`"),
        "{told}"
    );
}

#[test]
fn what_is_written_never_reaches_into_folders_of_which_nothing_was_read() {
    let tree = folder("init-reach");
    let write = |path: &str, text: &str| {
        let file = tree.join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    };
    write("srs.md", "# Requirements\n\n### REQ-A-001: Go\n\nThe lift shall go.\n");
    let test = "it('goes REQ-A-001', () => { expect(go()).toBe(1); });\n";
    for part in 0..20 {
        write(&format!("apps/part{part}/a.test.ts"), test);
    }
    let path = tree.to_str().unwrap();
    assert_eq!(outcome(&["init", path]).0, 0);
    let text = fs::read_to_string(tree.join("tracegate.toml")).unwrap();
    assert!(text.contains("# files: 20 tests in 20 files; they are found by themselves"), "{text}");
    let before = said(path);
    write("apps/part0/node_modules/other/b.test.ts", &test.replace("REQ-A-001", "REQ-A-002"));
    assert_eq!(said(path), before);

    fs::remove_dir_all(tree.join("apps")).unwrap();
    assert!(outcome(&["init", path, "--force"]).1.contains("next: name the tree of the tests"));
}
