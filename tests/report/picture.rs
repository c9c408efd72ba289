//! Drawings of what something hangs together with.

use super::command::{outcome, refused};
use std::collections::BTreeSet;

const PUMP: &str = "examples/pump";

fn drawn(subject: &str, format: &str, depth: &str) -> String {
    let (code, out, err) = outcome(&["graph", subject, PUMP, "--format", format, "--depth", depth]);
    assert_eq!((code, err.as_str()), (0, ""));
    out
}

/// The links of a drawing in the language of Graphviz: by the first lines of the labels of their ends.
fn links(dot: &str) -> BTreeSet<(String, String, String)> {
    let label = |line: &str| line.split("label=\"").nth(1).unwrap().split(['"', '\\']).next().unwrap().to_owned();
    let node = |id: &str| {
        let line = dot.lines().find(|line| line.trim_start().starts_with(&format!("{id} [")));
        line.map_or_else(String::new, label)
    };
    let link = |line: &str| {
        let (ends, _) = line.split_once(" [")?;
        let (from, to) = ends.trim().split_once(" -> ")?;
        Some((node(from), label(line), node(to)))
    };
    dot.lines().filter_map(link).collect()
}

#[test]
fn a_requirement_is_drawn_with_its_rows_tests_results_and_actions() {
    let links = links(&drawn("REQ-PUMP-010", "dot", "3"));
    let has = |from: &str, link: &str, to: &str| links.contains(&(from.to_owned(), link.to_owned(), to.to_owned()));
    assert!(has("row of REQ-PUMP-010", "claims", "REQ-PUMP-010"), "{links:?}");
    assert!(has("row of REQ-PUMP-010", "cites", "test_remote_flag"), "{links:?}");
    assert!(has("test_remote_flag", "produced", "test_remote_flag"), "{links:?}");
    assert!(has("INV-003-CAPA-002", "demands", "REQ-PUMP-010"), "{links:?}");
    assert!(!links.iter().any(|(_, _, to)| to == "REQ-PUMP-011"), "another requirement of the same action is no neighbour");
    let near = self::links(&drawn("REQ-PUMP-010", "dot", "1"));
    assert!(near.iter().all(|(from, _, to)| from == "REQ-PUMP-010" || to == "REQ-PUMP-010"), "{near:?}");
}

#[test]
fn a_document_and_a_test_are_drawn_and_what_is_unknown_is_refused() {
    let all = drawn("docs/PUMP-RS.md", "dot", "1");
    assert_eq!((1..=15).filter(|n| all.contains(&format!("label=\"REQ-PUMP-{n:03}\\n"))).count(), 15);
    let test = links(&drawn("test_remote_flag", "dot", "3"));
    assert!(test.iter().any(|(_, _, to)| to == "REQ-PUMP-010"), "a test leads up to its requirement: {test:?}");
    assert!(refused(&["graph", "REQ-PUMP-111", PUMP]).contains("Did you mean `REQ-PUMP-011`"));
}

#[test]
fn drawings_look_like_this() {
    super::snapshot("graph_dot", &drawn("REQ-PUMP-010", "dot", "3"));
    super::snapshot("graph_mermaid", &drawn("REQ-PUMP-010", "mermaid", "3"));
    super::snapshot("graph_svg", &drawn("REQ-PUMP-010", "svg", "3"));
}

#[test]
fn boxes_of_a_drawing_do_not_lie_on_each_other() {
    let svg = drawn("docs/PUMP-RTM.md", "svg", "3");
    let number = |line: &str, key: &str| -> i64 {
        line.split(&format!(" {key}=\"")).nth(1).unwrap().split('"').next().unwrap().parse().unwrap()
    };
    let boxes: Vec<[i64; 4]> = svg
        .lines()
        .filter_map(|line| line.split_once("<rect x="))
        .map(|(_, rest)| format!(" x={rest}"))
        .map(|line| ["x", "y", "width", "height"].map(|key| number(&line, key)))
        .collect();
    assert!(boxes.len() > 40, "{}", boxes.len());
    let (width, height) = (number(&svg, "width"), number(&svg, "height"));
    for (at, one) in boxes.iter().enumerate() {
        assert!(one[0] >= 0 && one[1] >= 0 && one[0] + one[2] <= width && one[1] + one[3] <= height, "{one:?}");
        for other in &boxes[at + 1..] {
            let apart = |a: usize, len: usize| one[a] + one[len] <= other[a] || other[a] + other[len] <= one[a];
            assert!(apart(0, 2) || apart(1, 3), "{one:?} {other:?}");
        }
    }
}

#[test]
fn a_record_is_drawn_by_its_actions_and_code_that_has_none_says_where_to_look() {
    let links = links(&drawn("INV-003", "dot", "1"));
    assert!(links.iter().any(|(from, link, _)| from == "INV-003-CAPA-002" && link == "demands"), "{links:?}");
    let (code, _, err) = outcome(&["graph", "pump/link.py", PUMP]);
    assert!(code == 2 && err.contains("nothing of `pump/link.py` can be drawn") && err.contains("tracegate trace"), "{err}");
}

#[test]
fn records_are_drawn_with_what_belongs_to_them() {
    let (code, dot, err) = outcome(&["graph", "CR-012", "examples/records", "--format", "dot"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let links = links(&dot);
    let has = |from: &str, to: &str| links.contains(&(from.to_owned(), String::from("has"), to.to_owned()));
    assert!(has("CR-012", "CR-012-VAR-001"), "{links:?}");
    assert!(dot.contains("record: "), "{dot}");
    // An action hangs from its record.
    let (_, dot, _) = outcome(&["graph", "INV-003", PUMP, "--format", "dot"]);
    let links = self::links(&dot);
    let linked = |from: &str, to: &str| links.iter().any(|(one, _, other)| one == from && other == to);
    assert!(linked("INV-003", "INV-003-CAPA-002") && linked("INV-003-CAPA-002", "REQ-PUMP-010"), "{links:?}");
}

#[test]
fn each_link_of_a_drawing_says_in_writing_what_it_is() {
    for subject in ["REQ-PUMP-010", "docs/PUMP-RTM.md", "INV-003"] {
        let (svg, dot) = (drawn(subject, "svg", "3"), drawn(subject, "dot", "3"));
        let words = svg.lines().filter(|line| line.starts_with("<text ") && line.contains("text-anchor"));
        let told: Vec<(i64, i64, bool, &str)> = words
            .map(|line| {
                let value = |key: &str| line.split(&format!(" {key}=\"")).nth(1).unwrap().split('"').next().unwrap();
                let word = line.split('>').nth(1).unwrap().split('<').next().unwrap();
                (value("x").parse().unwrap(), value("y").parse().unwrap(), value("text-anchor") == "end", word)
            })
            .collect();
        let linked: BTreeSet<String> = links(&dot).into_iter().map(|(_, link, _)| link).collect();
        assert_eq!(told.iter().map(|(.., word)| (*word).to_owned()).collect::<BTreeSet<String>>(), linked, "{subject}");
        // No letter of this size is wider than 7.
        let span = |(x, _, ends, word): &(i64, i64, bool, &str)| {
            let width = 7 * i64::try_from(word.len()).unwrap();
            if *ends { (x - width, *x) } else { (*x, x + width) }
        };
        for (at, one) in told.iter().enumerate() {
            for other in &told[at + 1..] {
                let (a, b) = (span(one), span(other));
                assert!((one.1 - other.1).abs() >= 10 || a.1 <= b.0 || b.1 <= a.0, "{subject}: {one:?} lies on {other:?}");
            }
        }
    }
}

#[test]
fn records_are_drawn_with_their_plans_and_with_what_names_them() {
    let of = |subject: &str| {
        let (code, dot, err) = outcome(&["graph", subject, "examples/records", "--format", "dot"]);
        assert_eq!((code, err.as_str()), (0, ""));
        (links(&dot), dot)
    };
    let has = |links: &BTreeSet<(String, String, String)>, from: &str, link: &str, to: &str| {
        links.contains(&(from.to_owned(), link.to_owned(), to.to_owned()))
    };
    let (found, dot) = of("CR-012");
    assert!(has(&found, "CR-012", "plans", "test_link_answers_after_start"), "{found:?}");
    assert!(has(&found, "CR-012", "plans", "test_stop_token"), "{found:?}");
    assert!(dot.contains("test_link_answers_after_start\\nplanned test: was never delivered"), "{dot}");
    // Parent and child are linked once, whoever names whom.
    assert!(!has(&found, "CR-012-VAR-001", "names", "CR-012"), "{found:?}");
    let (found, _) = of("INV-004");
    assert!(has(&found, "INV-004", "names", "CR-012-VAR-001"), "{found:?}");
    let (found, _) = of("CR-012-VAR-001");
    assert!(has(&found, "INV-004", "names", "CR-012-VAR-001"), "it is named by an investigation: {found:?}");
    let (found, _) = of("INV-004-CAPA-001");
    assert!(has(&found, "INV-004", "has", "INV-004-CAPA-001"), "an action leads up to its record: {found:?}");
}
