//! The record set of `examples/records`: what its story holds is told, and nothing else.

use super::support::analyze_folder;
use std::path::Path;

#[test]
fn the_records_of_the_link_tell_what_happened() {
    let analysis = analyze_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/records"));
    let told = |code: &str| -> Vec<&str> {
        analysis.findings.iter().filter(|one| one.code == code).map(|one| one.message.as_str()).collect()
    };
    let [renamed, planned] = told("M09")[..] else { panic!("{:?}", told("M09")) };
    assert!(planned.contains("`test_link_answers_after_start`, which was never delivered"), "{planned}");
    assert!(renamed.contains("`test_stop_token` as `test_stop_token_is_parsed`"), "{renamed}");
    let [status, version] = told("P10")[..] else { panic!("{:?}", told("P10")) };
    assert!(status.contains("CR-012-VAR-001 is said to have the status CLOSED"), "{status}");
    assert!(version.contains("CR-012-VAR-001 is said to have the version 2.0"), "{version}");
    let [changed] = told("P09")[..] else { panic!("{:?}", told("P09")) };
    assert!(changed.contains("`pump/link.py` was modified without authority"), "{changed}");
    let [unblocked, waits] = told("P06")[..] else { panic!("{:?}", told("P06")) };
    assert!(unblocked.contains("CR-012-VAR-001 (pre-approved) does not block it"), "{unblocked}");
    assert!(waits.contains("waits for INV-004"), "{waits}");
    assert_eq!(told("P07").len(), 1);
    assert_eq!(analysis.findings.len(), 8, "{:?}", analysis.findings);
}
