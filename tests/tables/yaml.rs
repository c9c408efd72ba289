use proptest::prelude::*;
use tracegate::read::yaml_items::{Items, items, looks_like};

/// The items in lines, after checking that spans name what they stand for.
fn told(text: &str, path: &str) -> String {
    let found = items(text, path);
    check(text, &found);
    let mut lines = Vec::new();
    for item in &found.items {
        let block = &text[item.block.range()];
        let head = block.lines().next().unwrap_or_default();
        let tail = block.lines().last().unwrap_or_default().trim();
        lines.push(format!("{} {:?} [{head} .. {tail}]", item.id.text, item.under));
        for (name, values) in &item.fields {
            let values: Vec<_> = values.iter().map(|value| value.text.as_str()).collect();
            lines.push(format!("    {name} = {values:?}"));
        }
    }
    for problem in &found.problems {
        let line = text[..problem.span.range().start].lines().count();
        lines.push(format!("line {line}, lost {}: {}", problem.whole_file, problem.reason));
    }
    lines.join("\n")
}

fn check(text: &str, found: &Items) {
    for item in &found.items {
        let block = text.get(item.block.range()).unwrap();
        if item.id.span.len > 0 {
            assert!(block.contains(&item.id.text) || text.contains('\\') || item.id.text.contains('\''));
            assert!(item.block.contains(item.id.span), "{item:?}");
        }
        for value in item.fields.iter().flat_map(|(_, values)| values) {
            assert!(item.block.contains(value.span), "{item:?}");
            let slice = text.get(value.span.range()).unwrap();
            let plain = |text: &str| text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '\\')).collect::<String>();
            let escaped = slice.contains('\\');
            assert!(escaped || plain(slice) == plain(&value.text), "{slice:?} {value:?}");
        }
    }
    for problem in &found.problems {
        assert!(text.get(problem.span.range()).is_some());
    }
}

fn snapshot(name: &str, text: &str, path: &str) {
    insta::with_settings!({
        snapshot_path => "../../snapshots/yaml",
        prepend_module_to_snapshot => false,
        description => text,
        omit_expression => true,
    }, { insta::assert_snapshot!(name, told(text, path)) });
}

#[test]
fn lists_of_mappings() {
    snapshot(
        "lists",
        "# Pump – requirements
version: 2
requirements:
  - id: REQ-1
    title: Stops
    text: >
      The pump shall stop
      within 2 s.
    verification: {method: test, tests: [test_stop, \"test_halt\"]}
    priority:
    parents:
      - SYS-1
      - SYS-2
  - UID: 'REQ-2'
    statement: |
      It shall
      start – at once.

    level: 1.2
    tests:
      - id: TC-1
        title: starts
      - name: unnamed
  - title: no identifier
groups:
  - name: flow
    items:
      - {req_id: REQ-3, shall: flow}
",
        "reqs.yaml",
    );
}

#[test]
fn mappings_of_mappings_and_several_documents() {
    snapshot(
        "mappings",
        "---
REQ-1:
  title: Stops
  tests: test_stop
not an id:
  title: x
section:
  comp_req_2: {description: Starts}
REQ-9: only text
---
id: REQ-3
description: \"a \\\"quoted\\\" text\"
status: ~
...
",
        "reqs.yaml",
    );
}

#[test]
fn doorstop_items() {
    snapshot(
        "doorstop",
        "active: true
derived: false
header: |
  Stops
level: 2.1
links:
- SYS001: 3aZ=
- SYS002
normative: true
ref: ''
reviewed: null
text: |
  The pump **shall** stop.
",
        "reqs/srd/SRD-014.yml",
    );
}

#[test]
fn what_is_broken_is_told_and_the_rest_kept() {
    snapshot(
        "broken",
        "requirements:
  - id: REQ-1
    text: a
  - id: REQ-2
    text: [b, c
  - id: REQ-3
",
        "reqs.yaml",
    );
    snapshot("tabs", "requirements:\n  - id: REQ-1\n    text: a\n\t- id: é\n", "reqs.yaml");
}

#[test]
fn aliases_are_not_expanded() {
    let mut text = String::from("a: &a {id: REQ-1, text: x}\n");
    for (name, before) in ('b'..='i').zip('a'..='h') {
        text += &format!("{name}: &{name} [{}]\n", vec![format!("*{before}"); 9].join(", "));
    }
    text += "last: {id: REQ-2, text: *i, tests: [t1, *a]}\n";
    let found = items(&text, "a.yaml");
    assert_eq!(found.items.len(), 2);
    assert_eq!(found.items[1].fields[1].1.len(), 1);
    assert_eq!(found.problems.len(), 1);
    assert!(found.problems[0].reason.contains("alias"));
}

#[test]
fn depth_is_bounded() {
    let block: String = (0..100).map(|depth| format!("{}a:\n", " ".repeat(depth))).collect();
    for text in ["- ".repeat(20_000), "[".repeat(200), block, "{a: ".repeat(100)] {
        let found = items(&text, "a.yaml");
        assert_eq!(found.problems.len(), 1, "{:.20}", text);
    }
}

#[test]
fn most_yaml_is_known_not_to_hold_items() {
    for text in [
        "requirements:\n- id: REQ-1\n  text: x\n",
        "REQ-1:\n  title: x\n",
        "[{\"id\": \"REQ-1\",\n\"text\": \"x\"}]",
        "active: true\nlevel: 1.0\nlinks: []\ntext: x\n",
    ] {
        assert!(looks_like(text), "{text}");
    }
    for text in ["", "on: push\njobs:\n  a:\n    steps:\n      - id: x\n        name: y\n", "title: x\n"] {
        assert!(!looks_like(text), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "\\PC*") {
        check_places(&text);
    }

    #[test]
    fn any_notation(parts in prop::collection::vec(prop::sample::select(vec![
        "id: ", "text: ", "REQ-1", "- ", "\n", "\n  ", "\n    ", "é ", "|", ">-", "'", "\"", "[", "]", "{", "}",
        ", ", ": ", "&a ", "*a", "~", "---\n", "? ", "# c", "\t", "!t ", "\r\n", "title: x", "\u{FEFF}"]), 0..40)) {
        check_places(&parts.concat());
    }
}

/// Spans lie in the text and in their item, however broken the text is.
fn check_places(text: &str) {
    let found = items(text, "a.yaml");
    for item in &found.items {
        assert!(text.get(item.block.range()).is_some(), "{item:?}");
        for value in item.fields.iter().flat_map(|(_, values)| values) {
            assert!(text.get(value.span.range()).is_some(), "{item:?}");
        }
    }
    for problem in &found.problems {
        assert!(text.get(problem.span.range()).is_some());
    }
    let _ = looks_like(text);
}
