//! A picture in the language of Graphviz.

use super::{Picture, rest, word};
use crate::report::sections::Tone;
use crate::report::visible;
use std::io::{self, Write};

pub(super) fn write(picture: &Picture, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "digraph tracegate {{\n  rankdir=LR;\n  label={};", quoted(&[&picture.title]))?;
    writeln!(
        out,
        "  node [shape=box, style=filled, fontname=\"sans-serif\", fontsize=10];\n  edge [fontname=\"sans-serif\", fontsize=9];"
    )?;
    for (at, node) in picture.nodes.iter().enumerate() {
        let paper = match node.tone {
            Tone::Good => "#e3f4e6",
            Tone::Bad => "#fbe4e4",
            Tone::Warn => "#fdf0d5",
            Tone::Open => "#e9eaee",
            Tone::Plain => "#eef3fb",
        };
        let width = if node.is_start { 2 } else { 1 };
        let label = quoted(&[&node.name, &format!("{}: {}", node.kind, node.detail)]);
        writeln!(out, "  n{at} [label={label}, fillcolor=\"{paper}\", penwidth={width}];")?;
    }
    for (from, to, link) in &picture.links {
        writeln!(out, "  n{from} -> n{to} [label=\"{}\"];", word(*link))?;
    }
    if let Some(rest) = rest(picture) {
        writeln!(out, "  rest [shape=plaintext, style=\"\", label={}];", quoted(&[&rest]))?;
    }
    writeln!(out, "}}")
}

/// Lines as one string. Graphviz reads escapes and names of characters in it: those of inputs are none.
fn quoted(lines: &[&str]) -> String {
    let line = |text: &&str| visible::short(text, 120).replace('\\', "\\\\").replace('"', "\\\"").replace('&', "&amp;");
    format!("\"{}\"", lines.iter().map(line).collect::<Vec<_>>().join("\\n"))
}
