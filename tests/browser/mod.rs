//! The HTML report in a browser, used as a person uses it.

mod driver;
mod example;
mod hostile;
mod large;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// An empty folder for the files of one test.
fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("pages").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

/// The report of a tree, as the command writes it.
fn report(tree: &Path, name: &str) -> PathBuf {
    let file = folder(name).join(format!("{name}.html"));
    let output = Command::new(env!("CARGO_BIN_EXE_tracegate"))
        .args(["report", tree.to_str().unwrap(), "--format", "html", "--output", file.to_str().unwrap()])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    file
}

/// That of the example which the README shows.
fn example(name: &str) -> PathBuf {
    report(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/pump"), name)
}
