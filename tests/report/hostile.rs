//! Inputs are written by others: nothing in them may steer a terminal.

use super::{VIEW, graph, report, report_with};
use proptest::prelude::*;
use serde_json::Value;
use tracegate::compare::delta::{Change, Delta, Kind};
use tracegate::finding::{Acceptance, Finding, Severity};
use tracegate::report::visible::{self, is_hidden};
use tracegate::report::{FORMATS, Report, Since};
use tracegate::source::{FileId, Place, Span};

pub(super) fn hostile() -> impl Strategy<Value = String> {
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
        Just("<script>alert(1)</script>".to_owned()),
        Just("[text](javascript:alert(1))".to_owned()),
        Just("](1)".to_owned()),
        Just("::error file=a::b".to_owned()),
        Just("##[error]".to_owned()),
        Just("##vso[task.x a=b]".to_owned()),
        Just("]]>".to_owned()),
        Just("<!-- -->".to_owned()),
        Just("&lt;%0A%25".to_owned()),
        Just("{0}{".to_owned()),
        Just("a|b\\|c\\".to_owned()),
        Just("`code` ``` ~~~".to_owned()),
        Just("=cmd|' /C calc'!A0".to_owned()),
        Just("_x0041_".to_owned()),
        Just("%%{init: {}}%%".to_owned()),
        Just("\\N\\l&quot;\"];".to_owned()),
        Just("@someone #12 https://example.org www.example.org :tada: *a* _b_ $c$".to_owned()),
        Just("\u{fffe}\u{ffff}".to_owned()),
        any::<String>(),
    ];
    proptest::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// One finding with everything that a finding can have, of hostile words.
fn finding(words: &str, start: usize, len: usize, other: usize) -> Finding {
    Finding::new(Place::new(FileId(0), Span::new(start, start + len)), words, words)
        .about(words, words)
        .covers(words, words)
        .label(words.to_owned())
        .help(words.to_owned())
        .related(Place::new(FileId(0), Span::new(other, other + 3)), words.to_owned())
        .related(Place::new(FileId(1), Span::new(other, other + 3)), words.to_owned())
        .of("M02", Severity::Error)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_character_of_an_input_steers_the_terminal_in_any_format(
        text in hostile(), path in hostile(), words in hostile(), start in 0usize..600, len in 0usize..600, other in 0usize..600, all: bool, unicode: bool,
    ) {
        let path = if path.is_empty() { "a" } else { &path };
        let graph = graph(&[(path, &text), ("other.md", &text)]);
        let mut waived = finding(&words, start, len, other);
        let word = || words.clone();
        let acceptance = Acceptance { id: word(), reason: word(), risk: word(), approved_by: word(), expires: word(), ticket: Some(word()) };
        waived.waiver = Some(Box::new(acceptance));
        for format in FORMATS {
            let view = tracegate::report::View { all, unicode, ..VIEW };
            let shown = report(&graph, &[finding(&words, start, len, other), waived.clone()], format.name, view);
            let raw = shown.chars().find(|c| *c != '\n' && is_hidden(*c));
            prop_assert_eq!(raw, None, "{}: {:?}", format.name, shown);
            let obeyed = shown.lines().filter(|line| line.contains("##[") || line.contains("##vso[") || line.trim_start().starts_with("::"));
            let written = if format.name == "github" { 2 } else { 0 };
            prop_assert_eq!(obeyed.count(), written, "{}: {:?}", format.name, shown);
        }
    }

    #[test]
    fn what_changed_is_text_in_markdown(words in hostile(), path in hostile(), all: bool) {
        let graph = graph(&[(if path.is_empty() { "a" } else { &path }, "text\n"), ("other.md", "text\n")]);
        let mut known = finding(&words, 0, 4, 0);
        known.is_new = Some(false);
        let change = |change| Change { change, what: words.clone(), message: words.clone(), path: path.clone() };
        let each = || [Kind::Lost, Kind::Changed, Kind::Added].map(change).to_vec();
        let delta = Delta { evidence: each(), links: each(), requirements: each(), findings: each(), without_results: vec!["base"], not_compared: 1 };
        let since = Since { name: words.clone(), absent: vec![words.clone()], delta: Some(delta) };
        let shown = report_with(&graph, &[finding(&words, 0, 4, 0), known], |report| {
            let mut out = Vec::new();
            let view = tracegate::report::View { all, ..VIEW };
            tracegate::report::markdown::write(&Report { since: Some(&since), view, ..report }, &mut out).unwrap();
            String::from_utf8(out).unwrap()
        });
        let texts = texts_of_markdown(&shown);
        let expected = self::shown(&words).trim_matches(' ').to_owned();
        prop_assert!(texts.matches(&expected).count() >= 8, "{:?} in {:?}", expected, texts);
    }

    #[test]
    fn words_of_an_input_arrive_as_text_in_every_format(path in hostile(), words in hostile()) {
        let path = if path.is_empty() { "a" } else { &path };
        let graph = graph(&[(path, "text\n"), ("other.md", "text\n")]);
        let findings = [finding(&words, 0, 4, 0)];
        for format in FORMATS {
            let arrived = arrived(&report(&graph, &findings, format.name, VIEW), format.name);
            let expected = match format.name {
                "json" => words.clone(),
                // Spaces at the ends of a cell are no text.
                "markdown" => shown(&words).trim_matches(' ').to_owned(),
                // A mark before a bracket is none of the text.
                "sarif" => visible::line(&words).replace("\\](", "]("),
                _ => shown(&words),
            };
            prop_assert!(arrived.contains(&expected), "{}: {:?} in {:?}", format.name, expected, arrived);
        }
    }
}

/// What a reader gets to see of words, on one line; XML can't hold the two last characters.
pub(super) fn shown(words: &str) -> String {
    visible::line(words).replace('\u{fffe}', "\\u{fffe}").replace('\u{ffff}', "\\u{ffff}")
}

fn by_line(text: &str) -> String {
    text.split('\n').map(shown).collect::<Vec<_>>().join("\n")
}

/// All texts of a report as a program that reads its format takes them, after a check that there is nothing but texts.
fn arrived(report: &str, format: &str) -> String {
    match format {
        "text" => by_line(report),
        "json" => texts_of_json(&serde_json::from_str(report).unwrap()),
        "gitlab" => by_line(&texts_of_json(&serde_json::from_str(report).unwrap())),
        "sarif" => {
            let value: Value = serde_json::from_str(report).unwrap();
            value["runs"][0]["results"]
                .as_array()
                .unwrap()
                .iter()
                .map(|one| one["message"]["text"].as_str().unwrap())
                .map(message)
                .collect()
        }
        "junit" => texts_of_xml(report),
        "github" => texts_of_commands(report),
        "markdown" => texts_of_markdown(report),
        other => panic!("say how `{other}` is read"),
    }
}

fn texts_of_json(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{text}\n"),
        Value::Array(items) => items.iter().map(texts_of_json).collect(),
        Value::Object(fields) => fields.values().map(texts_of_json).collect(),
        _ => String::new(),
    }
}

/// A plain message of SARIF as its specification has it read: doubled braces are braces, and there is no link in it.
fn message(text: &str) -> String {
    for (at, _) in text.match_indices("](") {
        let marks = text[..at].len() - text[..at].trim_end_matches('\\').len();
        assert!(marks % 2 == 1, "a link in {text:?}");
    }
    text.replace("{{", "{").replace("}}", "}").replace("\\](", "](")
}

fn texts_of_xml(report: &str) -> String {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(report);
    let mut texts = String::new();
    let known = ["testsuites", "testsuite", "testcase", "failure", "skipped", "system-out"];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) => {
                assert!(known.contains(&tag.name().as_ref()), "{tag:?}");
                for attribute in tag.attributes() {
                    texts.push_str(&quick_xml::escape::unescape(&attribute.unwrap().value).unwrap());
                    texts.push('\n');
                }
            }
            Event::Eof => return texts,
            Event::CData(_) | Event::Comment(_) | Event::PI(_) | Event::DocType(_) => panic!("{report}"),
            _ => {}
        }
    }
}

fn texts_of_commands(report: &str) -> String {
    let mut texts = String::new();
    for line in report.lines() {
        let (head, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
        let (command, properties) = head.split_once(' ').unwrap();
        assert!(matches!(command, "error" | "warning" | "notice"), "{line}");
        for property in properties.split(',') {
            assert!(matches!(property.split_once('=').unwrap().0, "file" | "line" | "endLine" | "col" | "endColumn" | "title"));
        }
        let message = message.replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%");
        texts.push_str(&by_line(&message));
        texts.push('\n');
    }
    assert_eq!(report.lines().count(), 2, "{report}");
    texts
}

pub(super) fn texts_of_markdown(report: &str) -> String {
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
    let mut texts = String::new();
    let (mut columns, mut cells) = (0, 0);
    for event in Parser::new_ext(report, Options::all().difference(Options::ENABLE_SMART_PUNCTUATION)) {
        match event {
            Event::Text(text) => texts.push_str(&text),
            // Backticks mark code in messages; as code or as text, they belong to what was written.
            Event::Code(code) => texts.push_str(&format!("`{code}`")),
            Event::InlineHtml(html) => assert_eq!(html.as_ref(), "<!-- -->"),
            // Long tables of the whole report are folded away.
            Event::Html(html) => assert!(is_fold(&html), "{html}"),
            Event::Start(Tag::HtmlBlock) | Event::End(TagEnd::HtmlBlock) => {}
            Event::Start(Tag::Table(alignments)) => columns = alignments.len(),
            Event::Start(Tag::TableRow | Tag::TableHead) => cells = 0,
            Event::Start(Tag::TableCell) => cells += 1,
            Event::End(TagEnd::TableRow | TagEnd::TableHead) => assert_eq!(cells, columns),
            Event::Start(Tag::Heading { .. } | Tag::Paragraph) | Event::SoftBreak => {}
            Event::End(TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::TableCell | TagEnd::Table) => texts.push('\n'),
            other => panic!("{other:?} in {report}"),
        }
    }
    by_line(&texts)
}

fn is_fold(html: &str) -> bool {
    let rows = html.trim_end().strip_prefix("<details><summary>").and_then(|rest| rest.strip_suffix("</summary>"));
    html.trim_end() == "</details>" || rows.is_some_and(|rows| rows.chars().all(|c| c.is_ascii_alphanumeric() || c == ' '))
}

#[test]
fn escapes_are_shown_and_not_obeyed() {
    let graph = graph(&[("a.md", "before \u{1b}[31mred\u{202e} after\n")]);
    let finding =
        Finding::new(Place::new(FileId(0), Span::new(7, 15)), "x", "says \u{7}bell").label("red").of("M02", Severity::Error);
    super::snapshot("hostile", &report(&graph, &[finding], "text", VIEW));
}

#[test]
fn commands_of_build_services_are_shown_and_not_obeyed() {
    let graph = graph(&[("::add-mask::a.md", "see ##[error]x and ##vso[task.y]z\n")]);
    let at =
        |at: usize| Finding::new(Place::new(FileId(0), Span::new(at, at + 3)), "s", "##[debug] m").of("M02", Severity::Error);
    let shown = report(&graph, &(0..7).map(at).collect::<Vec<_>>(), "text", VIEW);
    assert!(shown.contains("\n\\u{3a}:add-mask::a.md:1: error: ##\\u{5b}debug] m\n"), "{shown}");
    assert!(shown.contains("see ##\\u{5b}error]x and ##vso\\u{5b}task.y]z"), "{shown}");
    let json = report(&graph, &[at(0)], "json", VIEW);
    assert!(json.contains("##\\u005bdebug] m"), "{json}");
    let value: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(value["findings"][0]["message"], "##[debug] m", "programs get it as it was");
}
