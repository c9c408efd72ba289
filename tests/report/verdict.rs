use super::graph;
use tracegate::check::{self, Check, run_some};
use tracegate::finding::{Finding, Severity};
use tracegate::link::graph::Graph;
use tracegate::settings::Settings;
use tracegate::source::{FileId, Place, Span};
use tracegate::verdict::{Threshold, Verdict};

fn find_two(_: &Graph, _: &Settings, out: &mut Vec<Finding>) {
    let place = |start| Place::new(FileId(0), Span::new(start, start + 1));
    out.push(Finding::new(place(4), "late", "late"));
    out.push(Finding::new(place(0), "early", "early").severity(Severity::Info));
    out.push(Finding::new(place(4), "late", "late"));
}

const fn check(code: &'static str) -> Check {
    Check { code, name: "made-up", severity: Severity::Warning, source: "", run: find_two }
}

fn severities(code: &'static str, set: Option<Option<Severity>>) -> Vec<Severity> {
    let mut settings = Settings::default();
    if let Some(set) = set {
        settings.severity.insert(code.to_owned(), set);
    }
    let found = run_some(&[check(code)], &graph(&[("a.md", "one two")]), &settings);
    found.iter().map(|finding| finding.severity).collect()
}

#[test]
fn a_finding_has_the_severity_of_its_check_unless_it_says_otherwise() {
    assert_eq!(severities("X01", None), [Severity::Info, Severity::Warning]);
}

#[test]
fn settings_change_the_severity_or_turn_a_check_off() {
    assert_eq!(severities("X01", Some(Some(Severity::Error))), [Severity::Error; 2]);
    assert_eq!(severities("X01", Some(None)), []);
}

#[test]
fn what_says_that_input_is_absent_cannot_be_turned_off() {
    assert_eq!(severities("E12", Some(None)).len(), 2);
    assert_eq!(severities("Q04", Some(None)).len(), 2);
    assert!(!check::is_mandatory("E01"));
}

#[test]
fn findings_are_sorted_and_exact_repeats_are_told_once() {
    let found = run_some(&[check("X02"), check("X01")], &graph(&[("a.md", "one two")]), &Settings::default());
    let order: Vec<_> = found.iter().map(|finding| (finding.place.span.start, finding.code)).collect();
    assert_eq!(order, [(0, "X01"), (0, "X02"), (4, "X01"), (4, "X02")]);
}

#[test]
fn the_threshold_decides() {
    let of = |severity| vec![Finding::new(Place::default(), "s", "m").severity(severity)];
    let verdicts =
        |findings: &[Finding]| [Threshold::Error, Threshold::Warning, Threshold::Never].map(|one| one.verdict(findings));
    use Verdict::{Fail, Pass};
    assert_eq!(verdicts(&[]), [Pass, Pass, Pass]);
    assert_eq!(verdicts(&of(Severity::Info)), [Pass, Pass, Pass]);
    assert_eq!(verdicts(&of(Severity::Warning)), [Pass, Fail, Pass]);
    assert_eq!(verdicts(&of(Severity::Error)), [Fail, Fail, Pass]);
    assert_eq!((Pass.exit_code(), Fail.exit_code()), (0, 1));
}
