use super::graph;
use crate::checks::support::{analyze_files, folder, read_folder};
use tracegate::analysis::analyze;
use tracegate::check::{self, Check, run_some};
use tracegate::discover::tree::Memory;
use tracegate::finding::{Finding, Severity};
use tracegate::link::graph::{Graph, ReqId, Requirement, Rung};
use tracegate::model::requirement::Standing;
use tracegate::report::trace;
use tracegate::settings::Settings;
use tracegate::source::{FileId, Place, Span};
use tracegate::verdict::{Decided, State, States, Summary, Threshold, Verdict};

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

/// States by identifier, of documents in memory.
fn states(files: &[(&str, &str)]) -> Vec<(String, &'static str)> {
    let tree = Memory::new(files.iter().map(|(path, text)| (*path, text.as_bytes().to_vec())));
    let analysis = analyze(&tree, &Settings::default());
    let states = States::of(&analysis.graph, &analysis.findings);
    analysis.graph.requirements().map(|(id, one)| (one.id.to_string(), states.get(id).name())).collect()
}

#[test]
fn each_requirement_that_a_finding_covers_is_a_gap_and_its_chain_tells_why() {
    let item = |at: u32| format!("### REQ-A-00{at}: Stop {at}\n\nThe pump shall stop.\n\n");
    let text = format!("# Requirements\n\n{}", (1..6).map(item).collect::<String>());
    let files = [("srs.md", text.as_str()), ("test_a.py", TESTS)];
    let tree = Memory::new(files.iter().map(|(path, text)| (*path, text.as_bytes().to_vec())));
    let analysis = analyze(&tree, &Settings::default());
    let grouped: Vec<_> = analysis.findings.iter().filter(|finding| finding.code == "T01").collect();
    assert_eq!(grouped.len(), 1, "{grouped:?}");
    assert_eq!(grouped[0].requirements().count(), 5);
    assert!(states(&files).iter().all(|(_, state)| *state == "gap"));
    let mut out = Vec::new();
    trace::write(&trace::find(&analysis.graph, &analysis.findings, "REQ-A-005"), false, &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    assert!(out.contains("error[T01]"), "{out}");
}

#[test]
fn an_item_that_asks_for_no_verification_is_no_gap() {
    let item = |name: &str, needs: &str| format!("### {name}\n`swdd~{name}~1`\n\nStatus: approved\n\nIt stops.\n\n{needs}\n\n");
    let text = format!("# Design\n\n{}{}", item("by-hand", "Needs:\n- impl"), item("by-test", "Needs:\n- impl\n- utest"));
    let found = states(&[("design.md", &text), ("test_a.py", TESTS)]);
    assert_eq!(found, [("swdd~by-hand~1".to_owned(), "not-assessed"), ("swdd~by-test~1".to_owned(), "gap")]);
}

const SPECIFICATION: &str = "# Requirements\n\n### REQ-A-001: Stop\n\nThe pump shall stop.\n";
const TESTS: &str = "def test_stop():\n    assert stop()\n";
const RESULTS: &str = "<testsuite><testcase classname=\"test_a\" name=\"test_stop\"/></testsuite>";

fn matrix(cell: &str) -> String {
    format!("# Traceability matrix\n\n| Requirement ID | Test cases |\n|---|---|\n| REQ-A-001 | {cell} |\n")
}

fn state(cell: &str, results: bool) -> &'static str {
    let matrix = matrix(cell);
    let mut files = vec![("srs.md", SPECIFICATION), ("rtm.md", matrix.as_str()), ("test_a.py", TESTS)];
    if results {
        files.push(("junit.xml", RESULTS));
    }
    states(&files)[0].1
}

#[test]
fn only_what_ran_and_passed_is_verified() {
    assert_eq!(state("`test_a.py::test_stop`", true), "verified");
    assert_eq!(state("`test_a.py::test_stop`", false), "not-assessed");
    assert_eq!(state("`test_a.py::test_gone`", true), "gap");
}

#[test]
fn evidence_out_of_reach_is_not_covered_up_by_a_test_that_passes() {
    let matrix = matrix("`test_a.py::test_stop`, `bench/motor.cpp::Motor.Stops`");
    let found = states(&[("srs.md", SPECIFICATION), ("rtm.md", &matrix), ("test_a.py", TESTS), ("junit.xml", RESULTS)]);
    assert_ne!(found[0].1, "verified");
}

/// A graph of requirements that refine each other in a circle or in a long chain.
fn family(children: impl Fn(u32) -> Vec<u32>, count: u32, leaf: Rung) -> Graph {
    let one = |at: u32| Requirement {
        id: format!("REQ-{at}").into(),
        namespace: 0,
        definition: None,
        place: Place::default(),
        title: String::new(),
        standing: Standing::Active,
        duplicates: Vec::new(),
        restated: Vec::new(),
        methods: Vec::new(),
        demands: Vec::new(),
        rows: Vec::new(),
        markers: Vec::new(),
        implemented: Vec::new(),
        entered: Vec::new(),
        parts: Vec::new(),
        execution: tracegate::link::executed::Execution::default(),
        killing: tracegate::link::mutated::Killing::default(),
        parents: Vec::new(),
        children: children(at).into_iter().map(ReqId).collect(),
        evidence: Vec::new(),
        rung: if children(at).is_empty() { leaf } else { Rung::None },
        not_assessed: None,
        suspects: Vec::new(),
    };
    Graph { requirements: (0..count).map(one).collect(), ..Graph::default() }
}

#[test]
fn a_parent_is_as_good_as_its_worst_child() {
    let count = 100_000;
    let chain = |at: u32| if at + 1 < count { vec![at + 1] } else { Vec::new() };
    let remark = Finding::new(Place::default(), "row", "it cites nothing").severity(Severity::Info);
    let told = [remark.about("", &format!("REQ-{}", count - 1))];
    for (leaf, findings, state) in [
        (Rung::Passes, &[][..], State::Verified),
        (Rung::Exists, &[], State::NotAssessed),
        (Rung::Cited, &told, State::Gap),
        (Rung::Cited, &[], State::NotAssessed),
    ] {
        assert_eq!(States::of(&family(chain, count, leaf), findings).get(ReqId(0)), state, "{leaf:?}");
    }
    let circle = family(|at| (0..200).filter(|other| *other != at).collect(), 200, Rung::Passes);
    assert_eq!(States::of(&circle, &[]).get(ReqId(0)), State::NotAssessed, "who waits for himself is not assessed");
}

#[test]
fn errors_of_records_are_told_where_no_requirement_is() {
    let of = |kind: &str| {
        let files = read_folder(&folder("open-child").join(kind));
        let analysis = analyze_files(files.into_iter().filter(|(path, _)| !path.starts_with("docs/")).collect());
        let errors = analysis.findings.iter().filter(|one| one.severity == Severity::Error).count();
        assert!(analysis.graph.requirements.is_empty() && !analysis.graph.records().is_empty());
        (errors, Summary::of(&analysis.graph, &analysis.findings).is_empty(Decided::default()))
    };
    assert_eq!(of("clean"), (0, true), "nothing is known to be verified, which is no pass");
    assert_eq!(of("defect"), (2, false));
}
