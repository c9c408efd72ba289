use super::{graph, place};
use tracegate::finding::{Finding, Severity, fingerprints};
use tracegate::source::{FileId, Place, Span};

fn at(start: usize, subject: &str, message: &str) -> Finding {
    Finding::new(Place::new(FileId(0), Span::new(start, start + 1)), subject, message).of("M02", Severity::Error)
}

#[test]
fn a_fingerprint_survives_moved_lines() {
    let one = |start, message: &str| fingerprints(&[at(start, "test_x", message)], |_| "a.md").remove(0);
    let first = one(0, "`test_x` is cited in line 12 and in a.md:12:3, and exists nowhere");
    assert_eq!(first, one(900, "`test_x` is cited in line 120 and in a.md:121:7, and exists nowhere"));
    assert_ne!(first, one(0, "`test_x` is cited twice, and exists nowhere"));
    assert_eq!(first.len(), 16);
}

#[test]
fn a_fingerprint_tells_checks_paths_requirements_and_subjects_apart() {
    let base = at(0, "x", "m");
    let all = [
        (base.clone(), "a.md"),
        (base.clone(), "b.md"),
        (base.clone().of("M03", Severity::Error), "a.md"),
        (at(0, "y", "m"), "a.md"),
        (base.clone().about("N", "REQ-1"), "a.md"),
        (base.about("O", "REQ-1"), "a.md"),
    ];
    let mut seen: Vec<String> =
        all.iter().map(|(finding, path)| fingerprints(std::slice::from_ref(finding), |_| path).remove(0)).collect();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), all.len());
}

#[test]
fn repeated_findings_are_told_apart_by_their_order() {
    let found = fingerprints(&[at(0, "x", "m"), at(50, "x", "m"), at(90, "x", "m")], |_| "a.md");
    assert!(found[0] != found[1] && found[1] != found[2] && found[0] != found[2]);
    assert_eq!(found[0], fingerprints(&[at(7, "x", "m")], |_| "a.md")[0]);
}

#[test]
fn the_order_is_by_place_then_code_and_total() {
    let graph = graph(&[("a.md", "one two"), ("b.md", "one two")]);
    let make = |file, what, code| Finding::new(place(&graph, file, what), "s", "m").of(code, Severity::Error);
    let mut findings = [make(1, "one", "A01"), make(0, "two", "A01"), make(0, "one", "B01"), make(0, "one", "A01")];
    findings.sort();
    let order: Vec<_> = findings.iter().map(|finding| (finding.place.file.0, finding.place.span.start, finding.code)).collect();
    assert_eq!(order, [(0, 0, "A01"), (0, 0, "B01"), (0, 4, "A01"), (1, 0, "A01")]);
    assert_eq!(findings[0].cmp(&findings[0].clone()), std::cmp::Ordering::Equal);
    assert_ne!(at(0, "x", "m").cmp(&at(0, "x", "m").help("h")), std::cmp::Ordering::Equal);
}
