use super::{VIEW, graph, place, report, snapshot};
use tracegate::finding::{Finding, Severity};
use tracegate::report::View;

const MATRIX: &str = "# Matrix\n\n| ID | Tests |\n|---|---|\n| REQ-A-001 | `test_stop` |\n| REQ-A-002 | `test_gone` |\n\nend\n";
const SPECIFICATION: &str = "# Requirements\n\n### REQ-A-002: Start\n\nThe pump shall start.\n";

fn ghost(graph: &tracegate::link::graph::Graph) -> Finding {
    Finding::new(place(graph, 0, "test_gone"), "test_gone", "REQ-A-002 cites `test_gone`, and no test has that name")
        .label("exists nowhere")
        .help("Cite a test that exists.")
        .related(place(graph, 0, "test_stop"), "the nearest name that does exist")
        .related(place(graph, 1, "REQ-A-002"), "the requirement")
        .of("M02", Severity::Error)
}

#[test]
fn a_finding_shows_its_lines_and_where_else_to_look() {
    let graph = graph(&[("docs/matrix.md", MATRIX), ("docs/spec.md", SPECIFICATION)]);
    snapshot("finding", &report(&graph, &[ghost(&graph)], "text", VIEW));
}

#[test]
fn without_unicode_lines_are_drawn_in_ascii() {
    let graph = graph(&[("docs/matrix.md", MATRIX), ("docs/spec.md", SPECIFICATION)]);
    let text = report(&graph, &[ghost(&graph)], "text", View { unicode: false, ..VIEW });
    assert!(text.is_ascii(), "{text}");
    snapshot("ascii", &text);
}

#[test]
fn colours_change_nothing_but_the_colours() {
    let graph = graph(&[("docs/matrix.md", MATRIX), ("docs/spec.md", SPECIFICATION)]);
    let plain = report(&graph, &[ghost(&graph)], "text", VIEW);
    let coloured = report(&graph, &[ghost(&graph)], "text", View { color: true, ..VIEW });
    assert!(coloured.contains("\u{1b}["));
    assert!(!plain.contains('\u{1b}'));
    let mut stripped = String::new();
    let mut rest = coloured.as_str();
    while let Some((before, escape)) = rest.split_once("\u{1b}[") {
        stripped.push_str(before);
        rest = escape.split_once('m').unwrap().1;
    }
    stripped.push_str(rest);
    assert_eq!(stripped, plain);
}

#[test]
fn a_very_long_line_is_cut_around_its_span() {
    let long = format!("{}HERE{}\n", "ab ".repeat(33_000), " cd".repeat(33_000));
    let graph = graph(&[("long.md", &long)]);
    let finding = Finding::new(place(&graph, 0, "HERE"), "HERE", "something").label("this").of("M02", Severity::Error);
    let text = report(&graph, &[finding], "text", VIEW);
    assert!(text.lines().all(|line| line.chars().count() < 260), "{text}");
    snapshot("long_line", &text);
}

#[test]
fn wide_characters_and_tabs_keep_the_mark_below_the_text() {
    let graph = graph(&[("要求.md", "| 要求 ID | 測試 |\n|\t`test_ü` | 漢字 |\n")]);
    let finding = Finding::new(place(&graph, 0, "漢字"), "漢字", "wide").label("here").of("M02", Severity::Error);
    snapshot("wide", &report(&graph, &[finding], "text", VIEW));
}

#[test]
fn thousands_of_findings_stay_readable_unless_all_are_asked_for() {
    let lines: String = (0..200).map(|n| format!("line {n} is wrong\n")).collect();
    let graph = graph(&[("many.md", &lines)]);
    let one = |n: u32| {
        Finding::new(place(&graph, 0, &format!("line {n} ")), "x", format!("number {n} is wrong")).of("M02", Severity::Error)
    };
    let findings: Vec<Finding> = (0..157).map(one).collect();
    let text = report(&graph, &findings, "text", VIEW);
    assert_eq!(text.matches("error[M02]").count(), 5);
    assert_eq!(text.matches(": error: ").count(), 20);
    assert!(text.contains("… and 132 more (--all shows each)"), "{text}");
    let all = report(&graph, &findings, "text", View { all: true, ..VIEW });
    assert_eq!(all.matches("error[M02]").count(), 157);
    let quiet = report(&graph, &findings, "text", View { quiet: true, ..VIEW });
    assert_eq!(quiet.lines().count(), 1);
    assert!(quiet.starts_with("fail: 157 errors"));
}

#[test]
fn a_span_at_the_end_of_a_file_or_past_it_is_drawn() {
    use tracegate::source::{FileId, Place, Span};
    let graph = graph(&[("a.md", "one\ntwo"), ("empty.md", "")]);
    for (file, start, end) in [(0, 7, 7), (0, 3, 7), (0, 500, 900), (1, 0, 0), (1, 4, 9)] {
        let finding = Finding::new(Place::new(FileId(file), Span::new(start, end)), "x", "odd place")
            .label("here")
            .of("M02", Severity::Error);
        let text = report(&graph, &[finding], "text", VIEW);
        assert!(text.contains("odd place") && text.contains("here"), "{text}");
        assert!(!text.contains("Failed to read"), "{text}");
    }
}
