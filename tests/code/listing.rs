//! A compact listing of what was read from one source.

use std::fmt::Write;
use tracegate::model::Facts;
use tracegate::model::test_case::State;
use tracegate::read::code;
use tracegate::source::{Span, Text};

/// Reads a source as the file `path` and lists what was found.
pub(crate) fn listing(path: &str, source: &str) -> String {
    let text = Text::decode(source.as_bytes().to_vec());
    let facts = read(path, &text);
    let mut out = String::new();
    for test in &facts.tests {
        let _ = write!(out, "{:?} {} [{}]", test.kind, test.qualified(), lines(&text, test.body));
        if test.state != State::Active {
            let why = test.state_span.map_or("", |span| text.slice(span));
            let _ = write!(out, " {:?} by `{}`", test.state, why.replace('\n', " "));
        }
        if test.parametrised {
            out.push_str(" parametrised");
        }
        for tag in &test.tags {
            let _ = write!(out, " #{}", tag.text);
        }
        if let Some(id) = &test.case_id {
            let _ = write!(out, " id={id}");
        }
        out.push('\n');
    }
    for marker in &facts.markers {
        let ids: Vec<String> = marker.ids.iter().map(|id| id.written()).collect();
        let test = marker.test.and_then(|index| facts.tests.get(index as usize)).map(|test| test.qualified());
        let on = test.unwrap_or_else(|| "-".into());
        let line = lines(&text, marker.span);
        let _ = writeln!(out, "{:?} {:?} {} on {on} [{line}]", marker.verb, marker.grade, ids.join(", "));
    }
    out
}

/// Reads a text as the file `path`; nothing for a file of no known language.
pub(crate) fn read(path: &str, text: &Text) -> Facts {
    code::language(path).map(|language| code::read(language, path, text)).unwrap_or_default()
}

fn lines(text: &Text, span: Span) -> String {
    let first = text.position(span.start).0;
    let last = text.position(span.end().max(span.start + 1) - 1).0;
    if first == last { first.to_string() } else { format!("{first}-{last}") }
}
