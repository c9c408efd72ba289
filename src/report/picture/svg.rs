//! A picture as a drawing that needs nothing but itself: no script, no style sheet, no font, no link.

use super::{Picture, Shape, layout, rest, word};
use crate::report::sections::Tone;
use crate::report::visible;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, Write};
use unicode_width::UnicodeWidthChar;

const WIDTH: usize = 290;
const HEIGHT: usize = 46;
const ACROSS: usize = 100;
const DOWN: usize = 16;
const MARGIN: usize = 24;
const HEAD: usize = 44;
/// How many columns of characters of a name fit into a box.
const NAME: usize = 31;
/// The same of what is known of it, which is written smaller.
const DETAIL: usize = 42;
/// The height of the word for a link.
const WORD: usize = 11;

pub(super) fn write(picture: &Picture, out: &mut dyn Write) -> io::Result<()> {
    let layers = layout::layers(picture);
    let tallest = layers.iter().map(Vec::len).max().unwrap_or(0);
    let width = 2 * MARGIN + layers.len() * WIDTH + layers.len().saturating_sub(1) * ACROSS;
    let tall = tallest * (HEIGHT + DOWN);
    let foot = if picture.left_out > 0 { 28 } else { 0 };
    let height = HEAD + MARGIN + tall + foot;
    let title = escaped(&picture.title);
    writeln!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{title}\" font-family=\"system-ui, sans-serif\" font-size=\"13\">"
    )?;
    writeln!(out, "<title>{title}</title>")?;
    writeln!(
        out,
        "<defs><marker id=\"end\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\"><path d=\"M0 0 8 4 0 8z\" fill=\"#6b7280\"/></marker></defs>"
    )?;
    writeln!(out, "<rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>")?;
    writeln!(out, "<text x=\"{MARGIN}\" y=\"28\" font-size=\"15\" font-weight=\"600\" fill=\"#111827\">{title}</text>")?;
    let places = places(picture, &layers, tall);
    for (from, to, link) in &picture.links {
        if let (Some(from), Some(to)) = (places.get(*from), places.get(*to)) {
            writeln!(out, "{}", curve(*from, *to, word(*link)))?;
        }
    }
    for (shape, place) in picture.nodes.iter().zip(&places) {
        out.write_all(node(shape, *place).as_bytes())?;
    }
    for ((x, y, anchor), word) in words(picture, &places) {
        writeln!(
            out,
            "<text x=\"{x}\" y=\"{y}\" text-anchor=\"{anchor}\" font-size=\"10\" fill=\"#4b5563\" stroke=\"#ffffff\" stroke-width=\"3\" paint-order=\"stroke\">{word}</text>"
        )?;
    }
    if let Some(rest) = rest(picture) {
        writeln!(out, "<text x=\"{MARGIN}\" y=\"{}\" fill=\"#931a1a\">{}</text>", height - 14, escaped(&rest))?;
    }
    writeln!(out, "</svg>")
}

/// The upper left corner of each node; a layer stands in the middle of the height.
fn places(picture: &Picture, layers: &[Vec<usize>], tall: usize) -> Vec<(usize, usize)> {
    let mut places = vec![(0, 0); picture.nodes.len()];
    for (at, layer) in layers.iter().enumerate() {
        let top = HEAD + (tall - layer.len() * (HEIGHT + DOWN)) / 2;
        for (row, node) in layer.iter().enumerate() {
            if let Some(place) = places.get_mut(*node) {
                *place = (MARGIN + at * (WIDTH + ACROSS), top + row * (HEIGHT + DOWN));
            }
        }
    }
    places
}

/// A link: from the side of one node to the side of the other that faces it. It points the way that its word reads.
fn curve(from: (usize, usize), to: (usize, usize), word: &str) -> String {
    let middle = |place: (usize, usize)| place.1 + HEIGHT / 2;
    let (y1, y2) = (middle(from), middle(to));
    let (x1, x2, c1, c2) = match from.0.cmp(&to.0) {
        std::cmp::Ordering::Less => (from.0 + WIDTH, to.0, from.0 + WIDTH + ACROSS / 2, to.0 - ACROSS / 2),
        std::cmp::Ordering::Greater => (from.0, to.0 + WIDTH, from.0 - ACROSS / 2, to.0 + WIDTH + ACROSS / 2),
        // Within a layer it goes around the right side.
        std::cmp::Ordering::Equal => (from.0 + WIDTH, to.0 + WIDTH, from.0 + WIDTH + ACROSS / 2, to.0 + WIDTH + ACROSS / 2),
    };
    format!(
        "<path d=\"M{x1} {y1}C{c1} {y1} {c2} {y2} {x2} {y2}\" fill=\"none\" stroke=\"#6b7280\" stroke-width=\"1.2\" marker-end=\"url(#end)\"><title>{word}</title></path>"
    )
}

/// The words for the links, each beside the node from which its links go out: there they are apart from each other, however
/// many lines meet elsewhere. Links that leave together share a word; further words stand above.
fn words(picture: &Picture, places: &[(usize, usize)]) -> Vec<((usize, usize, &'static str), &'static str)> {
    let mut sides: BTreeMap<(usize, bool), BTreeSet<&'static str>> = BTreeMap::new();
    for (from, to, link) in &picture.links {
        if let (Some(start), Some(end)) = (places.get(*from), places.get(*to)) {
            sides.entry((*from, start.0 > end.0)).or_default().insert(word(*link));
        }
    }
    let mut told = Vec::new();
    for ((from, is_left), words) in sides {
        let Some((x, y)) = places.get(from) else { continue };
        let (x, anchor) = if is_left { (x - 5, "end") } else { (x + WIDTH + 5, "start") };
        let above = |at: usize| (y + HEIGHT / 2).saturating_sub(4 + at * WORD);
        told.extend(words.into_iter().enumerate().map(|(at, word)| ((x, above(at), anchor), word)));
    }
    told
}

fn node(shape: &Shape, (x, y): (usize, usize)) -> String {
    let (paper, ink) = match shape.tone {
        Tone::Good => ("#e3f4e6", "#115c2e"),
        Tone::Bad => ("#fbe4e4", "#931a1a"),
        Tone::Warn => ("#fdf0d5", "#734a00"),
        Tone::Open => ("#e9eaee", "#404552"),
        Tone::Plain => ("#eef3fb", "#1f3a5f"),
    };
    let line = if shape.is_start { 2.6 } else { 1.0 };
    let radius = if shape.kind == "requirement" { 10 } else { 3 };
    let full = escaped(&format!("{} {}: {}", shape.kind, shape.name, shape.detail));
    let (name, detail) =
        (escaped(&fitting(&shape.name, NAME)), escaped(&fitting(&format!("{} · {}", shape.kind, shape.detail), DETAIL)));
    let mut out = String::with_capacity(600);
    // Writing to a string cannot fail.
    let _ = writeln!(
        out,
        "<g><title>{full}</title><rect x=\"{x}\" y=\"{y}\" width=\"{WIDTH}\" height=\"{HEIGHT}\" rx=\"{radius}\" fill=\"{paper}\" stroke=\"{ink}\" stroke-width=\"{line}\"/><text x=\"{}\" y=\"{}\" font-weight=\"600\" fill=\"{ink}\">{name}</text><text x=\"{}\" y=\"{}\" font-size=\"11\" fill=\"#374151\">{detail}</text></g>",
        x + 10,
        y + 19,
        x + 10,
        y + 36
    );
    out
}

/// As much of a text as a box holds; the whole of it is shown by its title.
fn fitting(text: &str, most: usize) -> String {
    let text = visible::line(text);
    let mut columns = 0;
    let mut fits = |c: &char| {
        columns += c.width().unwrap_or(0);
        columns <= most
    };
    let short: String = text.chars().take_while(&mut fits).collect();
    if short.len() == text.len() { short } else { format!("{}…", short.trim_end()) }
}

/// Text of one line as XML.
fn escaped(text: &str) -> String {
    crate::report::junit::escaped(text)
}
