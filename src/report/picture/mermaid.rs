//! A picture in the language of Mermaid, which many renderers of Markdown draw.

use super::{Picture, rest, word};
use crate::report::visible;
use std::io::{self, Write};

pub(super) fn write(picture: &Picture, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "flowchart LR")?;
    for (at, node) in picture.nodes.iter().enumerate() {
        let detail = format!("{}: {}", node.kind, node.detail);
        writeln!(out, "  n{at}[\"{}<br/>{}\"]:::{}", text(&node.name), text(&detail), node.tone.name())?;
    }
    for (from, to, link) in &picture.links {
        writeln!(out, "  n{from} -->|{}| n{to}", word(*link))?;
    }
    if let Some(rest) = rest(picture) {
        writeln!(out, "  rest[\"{}\"]:::open", text(&rest))?;
    }
    for (at, _) in picture.nodes.iter().enumerate().filter(|(_, node)| node.is_start) {
        writeln!(out, "  style n{at} stroke-width:3px")?;
    }
    for (name, paper, ink) in [
        ("good", "#e3f4e6", "#115c2e"),
        ("bad", "#fbe4e4", "#931a1a"),
        ("warn", "#fdf0d5", "#734a00"),
        ("open", "#e9eaee", "#404552"),
        ("plain", "#eef3fb", "#1f3a5f"),
    ] {
        writeln!(out, "  classDef {name} fill:{paper},stroke:{ink},color:{ink}")?;
    }
    Ok(())
}

/// Text in quotes. Signs that may be markup, an entity or a directive are written as numbers of characters.
fn text(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    for c in visible::short(raw, 120).chars() {
        match c {
            '-' | '_' | '.' | ',' | '/' | ':' | '(' | ')' | '=' | '+' => out.push(c),
            c if c.is_ascii_punctuation() => out.push_str(&format!("#{};", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}
