//! Nothing that lies in the folder of the checks is forgotten in the registry.

use std::collections::BTreeSet;
use tracegate::check::CHECKS;

/// Files of the folder that are no check.
const HELPERS: &[&str] = &["cited", "families", "fold", "mod", "naming", "near", "owed", "page", "support", "wording"];

#[test]
fn checks_are_sorted_by_code_and_unique() {
    let codes: Vec<&str> = CHECKS.iter().map(|check| check.code).collect();
    let sorted: Vec<&str> = codes.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    assert_eq!(codes, sorted);
    let names: BTreeSet<&str> = CHECKS.iter().map(|check| check.name).collect();
    assert_eq!(names.len(), CHECKS.len(), "two checks have the same name");
}

#[test]
fn every_file_is_a_registered_check() {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/check");
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        // The folder of a check holds its parts.
        if HELPERS.contains(&stem) || path.is_dir() {
            continue;
        }
        let source = std::fs::read_to_string(&path).unwrap();
        let check = CHECKS.iter().find(|check| check.name.replace('-', "_") == stem);
        let check = check.unwrap_or_else(|| panic!("{stem}.rs holds no check that is registered in src/check/mod.rs"));
        assert_eq!(check.source, source, "{} includes another file than its own", check.name);
    }
}

#[test]
fn names_and_codes_have_their_form() {
    for check in CHECKS {
        let (letter, number) = check.code.split_at(1);
        assert!(
            "RTMESPQ".contains(letter) && number.len() == 2 && number.bytes().all(|byte| byte.is_ascii_digit()),
            "{}",
            check.code
        );
        assert!(check.name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'), "{}", check.name);
    }
}
