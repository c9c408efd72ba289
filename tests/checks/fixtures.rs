//! Each check finds what is seeded in its defect tree, and nothing in its clean tree.

use super::support::{analyze_folder, codes, folder, rendered};
use tracegate::check::CHECKS;

/// Folders of fixtures that belong to no single check.
const SHARED: &[&str] = &["config", "faults"];

#[test]
fn every_check_has_a_clean_and_a_defect_tree() {
    for check in CHECKS {
        for kind in ["clean", "defect"] {
            let folder = folder(check.name).join(kind);
            assert!(folder.is_dir(), "{} {} lacks the fixture {}", check.code, check.name, folder.display());
        }
    }
}

#[test]
fn every_fixture_belongs_to_a_check() {
    let root = folder("");
    for entry in std::fs::read_dir(&root).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(
            SHARED.contains(&name.as_str()) || CHECKS.iter().any(|check| check.name == name),
            "tests/fixtures/{name} belongs to no check"
        );
    }
}

#[test]
fn clean_trees_are_clean() {
    let mut wrong = String::new();
    for check in CHECKS {
        let analysis = analyze_folder(&folder(check.name).join("clean"));
        if codes(&analysis).contains(&check.code) {
            wrong += &format!("{}/clean:\n{}\n", check.name, rendered(&analysis, check.code));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn defects_are_found() {
    let mut missed = Vec::new();
    for check in CHECKS {
        let analysis = analyze_folder(&folder(check.name).join("defect"));
        if codes(&analysis).contains(&check.code) {
            insta::with_settings!({
                snapshot_path => "../../snapshots/checks",
                prepend_module_to_snapshot => false,
                omit_expression => true,
            }, {
                insta::assert_snapshot!(check.name, rendered(&analysis, check.code));
            });
        } else {
            missed.push(format!("{} {} (found: {:?})", check.code, check.name, codes(&analysis)));
        }
    }
    assert!(missed.is_empty(), "the defect tree yields nothing for: {}", missed.join(", "));
}

#[test]
fn no_snapshot_is_left_behind() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots/checks");
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        let known = |stem: &str| CHECKS.iter().any(|check| check.name == stem);
        assert!(
            name.ends_with(".snap.new") || name.strip_suffix(".snap").is_some_and(known),
            "snapshots/checks/{name} belongs to no check"
        );
    }
}
