//! Inputs are written by others: nothing in them may steer a terminal.

use super::{VIEW, graph, report};
use proptest::prelude::*;
use tracegate::finding::{Acceptance, Finding, Severity};
use tracegate::report::visible::is_hidden;
use tracegate::source::{FileId, Place, Span};

fn hostile() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("\u{1b}[31m".to_owned()),
        Just("\u{1b}]8;;x\u{7}".to_owned()),
        Just("\u{202e}".to_owned()),
        Just("\u{2066}".to_owned()),
        Just("\u{9b}2J".to_owned()),
        Just("\r".to_owned()),
        Just("\n".to_owned()),
        Just("\t".to_owned()),
        Just("漢\u{301}🧪".to_owned()),
        Just("x".repeat(300)),
        any::<String>(),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_character_of_an_input_steers_the_terminal(
        text in hostile(), path in hostile(), words in hostile(), start in 0usize..600, len in 0usize..600, other in 0usize..600, all: bool, unicode: bool,
    ) {
        let path = if path.is_empty() { "a" } else { &path };
        let graph = graph(&[(path, &text), ("other.md", &text)]);
        let finding = Finding::new(Place::new(FileId(0), Span::new(start, start + len)), words.as_str(), words.as_str())
            .label(words.clone())
            .help(words.clone())
            .related(Place::new(FileId(0), Span::new(other, other + 3)), words.clone())
            .related(Place::new(FileId(1), Span::new(other, other + 3)), words.clone())
            .of("M02", Severity::Error);
        let mut waived = finding.clone();
        let word = || words.clone();
        let acceptance = Acceptance { id: word(), reason: word(), risk: word(), approved_by: word(), expires: word(), ticket: Some(word()) };
        waived.waiver = Some(Box::new(acceptance));
        let shown = report(&graph, &[finding, waived], "text", tracegate::report::View { all, unicode, ..VIEW });
        let raw = shown.chars().find(|c| *c != '\n' && is_hidden(*c));
        prop_assert_eq!(raw, None, "{:?}", shown);
    }
}

#[test]
fn escapes_are_shown_and_not_obeyed() {
    let graph = graph(&[("a.md", "before \u{1b}[31mred\u{202e} after\n")]);
    let finding =
        Finding::new(Place::new(FileId(0), Span::new(7, 15)), "x", "says \u{7}bell").label("red").of("M02", Severity::Error);
    super::snapshot("hostile", &report(&graph, &[finding], "text", VIEW));
}
