//! The formats of the whole report, drawings and matrices: hostile words in every field arrive as text.

use super::formats::lamp;
use super::hostile::{hostile, shown, texts_of_markdown};
use super::{account_with, whole};
use calamine::{Data, Reader, Xlsx};
use proptest::prelude::*;
use std::io::Cursor;
use tracegate::analysis::Analysis;
use tracegate::finding::Acceptance;
use tracegate::link::graph::ReqId;
use tracegate::link::graph::{ActionNode, FactRef, Found, Target};
use tracegate::model::record::Action;
use tracegate::report::matrix::{self, Links, Notation};
use tracegate::report::picture;
use tracegate::report::sections::sections;
use tracegate::report::visible::{self, is_hidden};
use tracegate::report::{csv as table, whole as markdown};
use tracegate::settings::Settings;
use tracegate::source::{FileId, Span, Spanned};
use tracegate::verdict::States;

/// A small tree in which every text that a report may show is made of the words.
pub(super) fn spoiled(words: &str) -> Analysis {
    let mut lamp = lamp();
    let name = || words.to_owned();
    lamp.passed_over.push((name(), name()));
    let graph = &mut lamp.graph;
    for (at, one) in graph.requirements.iter_mut().enumerate() {
        one.title = name();
        if at == 2 {
            one.id = words.into();
        }
    }
    graph.namespaces.iter_mut().for_each(|one| one.name = name());
    for input in &mut graph.inputs {
        input.path = format!("{words}{}", input.path);
        if let Some(document) = &mut input.facts.document {
            (document.id, document.title) = (name(), name());
            document.status = Some(Spanned { text: name(), span: Span::default() });
        }
        input.facts.tests.iter_mut().for_each(|one| one.name = words.into());
        for result in &mut input.facts.results {
            (result.name, result.class, result.message) = (name(), name(), name());
        }
        for cell in input.facts.rows.iter_mut().flat_map(|row| &mut row.cited) {
            cell.text = name();
        }
    }
    let action = Action {
        id: name(),
        span: Span::default(),
        text: Spanned { text: name(), span: Span::default() },
        done: false,
        pending: false,
        ids: Default::default(),
        level: None,
        evidence: true,
        kind: None,
        details: Default::default(),
    };
    graph.inputs[0].facts.actions.push(action);
    let target = Target { id: words.into(), span: Span::default(), found: Found::One(ReqId(0)) };
    let fact = FactRef { file: FileId(0), index: 0 };
    graph.actions.push(ActionNode { fact, repeated: Vec::new(), open: true, targets: vec![target] });
    for finding in &mut lamp.findings {
        (finding.message, finding.subject, finding.help) = (name(), name(), name().into());
        let waiver =
            Acceptance { id: name(), reason: name(), risk: name(), approved_by: name(), expires: name(), ticket: Some(name()) };
        finding.waiver = Some(Box::new(waiver));
    }
    lamp
}

fn text(write: impl FnOnce(&mut Vec<u8>)) -> String {
    let mut bytes = Vec::new();
    write(&mut bytes);
    String::from_utf8(bytes).unwrap()
}

fn drawing(analysis: &Analysis, notation: picture::Notation) -> String {
    let states = States::of(&analysis.graph, &analysis.findings);
    // The first has kept its identifier, and its test has not kept its name.
    let drawn = picture::draw(&analysis.graph, &states, "REQ-LAMP-001", 3).unwrap();
    text(|out| picture::write(&drawn, notation, out).unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn words_arrive_as_text_in_the_formats_of_the_whole_report(words in hostile()) {
        let spoiled = spoiled(&words);
        account_with(&spoiled, &Settings::default(), |account| {
            for section in sections(account) {
                let csv = text(|out| table::write(&section, out).unwrap());
                no_steering("csv", &csv.replace("\r\n", "\n"));
                let mut told = csv::ReaderBuilder::new().from_reader(csv.as_bytes());
                let mut records = 0;
                for record in told.records() {
                    let record = record.unwrap();
                    assert_eq!(record.len(), section.about.columns.len());
                    assert!(!record.iter().any(|cell| cell.trim_start_matches(' ').starts_with(['=', '+', '-', '@', '\t', '\r'])), "{record:?}");
                    records += 1;
                }
                assert_eq!(records, section.rows.len());
                if section.about.key == "levels" {
                    let expected = visible::line(&words).into_owned();
                    assert!(expected.is_empty() || csv_cells(&csv).iter().any(|cell| *cell == expected || *cell == format!("'{expected}")), "{csv}");
                }
            }
            let whole = text(|out| markdown::write(account, out).unwrap());
            no_steering("markdown", &whole);
            let arrived = texts_of_markdown(&whole);
            assert!(arrived.contains(shown(&words).trim_matches(' ')), "{words:?} in {arrived}");
        });
        let mut book: Xlsx<_> = Xlsx::new(Cursor::new(whole::workbook(&spoiled))).unwrap();
        let mut cells = Vec::new();
        for name in book.sheet_names() {
            assert!(book.worksheet_formula(&name).unwrap().is_empty());
            cells.extend(book.worksheet_range(&name).unwrap().cells().filter_map(|(_, _, cell)| match cell {
                Data::String(text) => Some(text.clone()),
                _ => None,
            }));
        }
        let expected = shown(&words);
        prop_assert!(expected.is_empty() || cells.contains(&expected), "{:?} in {:?}", expected, cells);
        prop_assert!(cells.iter().all(|cell| !cell.chars().any(is_hidden)));
    }

    #[test]
    fn words_arrive_as_text_in_drawings(words in hostile()) {
        let spoiled = spoiled(&words);
        let svg = drawing(&spoiled, picture::Notation::Svg);
        no_steering("svg", &svg);
        // Two colons are a command at the start of a line alone.
        let plain = |text: &str| text.replace("\\u{3a}:", "::");
        prop_assert!(plain(&texts_of_svg(&svg)).contains(&plain(&shown(&words))), "{svg}");
        let dot = drawing(&spoiled, picture::Notation::Dot);
        no_steering("dot", &dot);
        prop_assert!(texts_of_dot(&dot).contains(&visible::short(&words, 120)), "{dot}");
        let mermaid = drawing(&spoiled, picture::Notation::Mermaid);
        no_steering("mermaid", &mermaid);
        prop_assert!(texts_of_mermaid(&mermaid).contains(&visible::short(&words, 120)), "{mermaid}");
    }

    #[test]
    fn words_arrive_as_text_in_a_matrix(words in hostile()) {
        let spoiled = spoiled(&words);
        let states = States::of(&spoiled.graph, &spoiled.findings);
        let made = matrix::make(&spoiled.graph, &states, Links::All);
        let written = text(|out| matrix::write(&made, Notation::Markdown, out).unwrap());
        no_steering("matrix", &written);
        prop_assert!(texts_of_markdown(&written).contains(shown(&words).trim_matches(' ')), "{written}");
        let csv = text(|out| matrix::write(&made, Notation::Csv, out).unwrap());
        for cell in csv_cells(&csv) {
            prop_assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell:?}");
        }
    }
}

fn no_steering(format: &str, text: &str) {
    let raw = text.chars().find(|c| *c != '\n' && is_hidden(*c));
    assert_eq!(raw, None, "{format}: {text:?}");
    assert!(!text.contains("##[") && !text.contains("##vso["), "{format}: {text}");
}

fn csv_cells(text: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    reader.records().flat_map(|record| record.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()).collect()
}

/// All texts of a drawing, which has shapes and texts and nothing else.
fn texts_of_svg(svg: &str) -> String {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(svg);
    let mut texts = String::new();
    let known = ["svg", "title", "defs", "marker", "path", "rect", "text", "g"];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) => {
                assert!(known.contains(&tag.name().as_ref()), "{tag:?}");
                for attribute in tag.attributes() {
                    let attribute = attribute.unwrap();
                    let key = attribute.key.as_ref().to_owned();
                    assert!(!key.starts_with("on") && !key.contains("href"), "{key}");
                }
            }
            Event::Text(text) => texts.push_str(&text),
            Event::GeneralRef(name) => {
                let entity = format!("&{};", &*name);
                texts.push_str(&quick_xml::escape::unescape(&entity).unwrap());
            }
            Event::End(_) => texts.push('\n'),
            Event::Eof => return texts,
            other => panic!("{other:?} in {svg}"),
        }
    }
}

/// All strings, after a check that what stands outside of them is of the language.
fn texts_of_dot(dot: &str) -> String {
    let (mut outside, mut texts) = (String::new(), String::new());
    let mut chars = dot.chars();
    let mut quoted = false;
    while let Some(c) = chars.next() {
        match (quoted, c) {
            (_, '"') => {
                quoted = !quoted;
                texts.push('\n');
            }
            (true, '\\') => match chars.next() {
                Some('n') => texts.push('\n'),
                Some(next @ ('\\' | '"')) => texts.push(next),
                other => panic!("\\{other:?} in {dot}"),
            },
            (true, c) => texts.push(c),
            (false, c) => outside.push(c),
        }
    }
    assert!(!quoted, "{dot}");
    let plain = |c: char| c.is_ascii_alphanumeric() || " \n{}[]=;,->".contains(c);
    assert!(outside.chars().all(plain), "{outside}");
    texts.replace("&amp;", "&")
}

/// All texts, after a check that each line is of the language.
fn texts_of_mermaid(mermaid: &str) -> String {
    let mut texts = String::new();
    for line in mermaid.lines().skip(1).map(str::trim) {
        if let Some((_, label)) = line.split_once("[\"") {
            let (label, rest) = label.split_once("\"]").unwrap();
            assert!(rest.starts_with(":::") && rest[3..].chars().all(|c| c.is_ascii_lowercase()), "{line}");
            let label = label.replacen("<br/>", "\n", 1);
            assert!(!label.contains(['<', '>', '"', '&', '`', '%', '{', '}', '[', ']', '|', '\\']), "{label}");
            let mut pieces = label.split('#');
            texts.push_str(pieces.next().unwrap());
            for piece in pieces {
                let (number, rest) = piece.split_once(';').unwrap();
                texts.push(char::from_u32(number.parse().unwrap()).unwrap());
                texts.push_str(rest);
            }
            texts.push('\n');
        } else {
            let plain = |c: char| c.is_ascii_alphanumeric() || " ->|:#,".contains(c);
            assert!(line.chars().all(plain), "{line}");
        }
    }
    texts
}
