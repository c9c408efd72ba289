//! A section as a table.
//!
//! Each row is one line of the page, and its cells end where the next ones begin: a long report has a million of them. Up to [`PLAIN`] rows stand there as elements; more stand in a `noscript` element: a
//! browser without scripts shows them all, and one with scripts keeps them as text, of which the page shows some at a time.

use super::dossier::Anchors;
use super::escape::{Prose, Text};
use super::layout::{self, Shown};
use crate::report::sections::{Anchor, Cell, Kind, Row, Section, Tone};
use crate::report::visible::count;
use std::collections::BTreeSet;
use std::io::{self, Write};

/// As many rows as cost a browser nothing.
const PLAIN: usize = 300;
/// A list of more values than this helps nobody to pick one.
const PICKED: usize = 24;

/// A column of the page, and which cells of a row stand in it.
struct Column {
    title: &'static str,
    kind: Kind,
    main: usize,
    below: Vec<(usize, &'static str)>,
    pick: bool,
    brief: bool,
}

/// Writes a section as a table; nothing where it has no rows.
pub(super) fn write(section: &Section<'_>, anchors: &Anchors, out: &mut dyn Write) -> io::Result<()> {
    let rows = &section.rows;
    if rows.is_empty() {
        return Ok(());
    }
    let columns = columns(section);
    let large = rows.len() > PLAIN;
    writeln!(out, "<div class=\"data\">")?;
    if large {
        let rows = count(rows.len(), "row");
        writeln!(out, "<p class=\"note\">{rows}: the page shows them when its script has run.</p>")?;
        write!(out, "<noscript>")?;
    }
    open("rows", section.about.title, out)?;
    write!(out, "<thead><tr>")?;
    columns.iter().try_for_each(|column| head(section, column, out))?;
    writeln!(out, "</tr></thead><tbody>")?;
    let mut told = BTreeSet::new();
    for row in rows {
        let anchor = anchor(section, row).filter(|anchor| told.insert(*anchor));
        // The title of a requirement stands in the first of its rows in the matrix.
        let titled = section.about.key != "forward" || anchor.is_some();
        write_row(row, &columns, (anchor, titled), anchors, out)?;
    }
    write!(out, "</tbody></table></div>")?;
    writeln!(out, "{}</div>", if large { "</noscript>" } else { "" })
}

/// Begins a table that scrolls by itself, and that keys can scroll, where a window is too narrow for it.
pub(super) fn open(class: &str, title: &str, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "<div class=\"scroll\" role=\"region\" aria-label=\"{title}, table\" tabindex=\"0\">")?;
    write!(out, "<table class=\"{class}\" aria-label=\"{title}\">")
}

/// What a row is the row of. In the forward matrix that is its requirement, so that links lead there also without scripts.
fn anchor(section: &Section<'_>, row: &Row<'_>) -> Option<Anchor> {
    let linked = || {
        row.cells.iter().find_map(|cell| match cell {
            Cell::Link(_, anchor @ Anchor::Requirement(_)) => Some(*anchor),
            _ => None,
        })
    };
    if section.about.key == "forward" { linked() } else { row.anchor }
}

/// The columns as they are laid out; specifications are told where there are several.
fn columns(section: &Section<'_>) -> Vec<Column> {
    let all = section.about.columns;
    let position = |key: &str| all.iter().position(|column| column.key == key);
    let varies = |at: usize| {
        let mut cells = section.rows.iter().filter_map(|row| row.cells.get(at)).filter(|cell| **cell != Cell::Empty);
        let first = cells.next();
        cells.any(|cell| Some(cell) != first)
    };
    let shown = |shown: &Shown| {
        let main = position(shown.main)?;
        let below = shown.below.iter().filter_map(|key| Some((position(key)?, *key)));
        let below = below.filter(|(at, key)| *key != "specification" || varies(*at)).collect();
        let column = all.get(main)?;
        Some(Column { title: column.title, kind: column.kind, main, below, pick: shown.pick, brief: shown.brief })
    };
    match layout::of(section.about.key) {
        Some(layout) => layout.iter().filter_map(shown).collect(),
        None => all
            .iter()
            .enumerate()
            .map(|(main, column)| Column {
                title: column.title,
                kind: column.kind,
                main,
                below: Vec::new(),
                pick: false,
                brief: false,
            })
            .collect(),
    }
}

fn head(section: &Section<'_>, column: &Column, out: &mut dyn Write) -> io::Result<()> {
    let class = if column.kind == Kind::Number { " class=\"num\"" } else { "" };
    write!(out, "<th scope=\"col\"{class}")?;
    if column.pick {
        let cells = section.rows.iter().filter_map(|row| row.cells.get(column.main));
        let mut values: BTreeSet<String> = BTreeSet::new();
        for cell in cells.filter(|cell| **cell != Cell::Empty) {
            values.insert(cell.to_string());
            if values.len() > PICKED {
                break;
            }
        }
        let plain = values.iter().all(|value| !value.contains(['|', '`']));
        if plain && (2..=PICKED).contains(&values.len()) {
            let values: Vec<String> = values.into_iter().collect();
            write!(out, " data-values=\"{}\"", Text(&values.join("|")))?;
        }
    }
    write!(out, ">{}</th>", column.title)
}

/// Writes a row. What it is the row of, where that is told for the first time, is its place in the page.
fn write_row(
    row: &Row<'_>,
    columns: &[Column],
    (anchor, titled): (Option<Anchor>, bool),
    anchors: &Anchors,
    out: &mut dyn Write,
) -> io::Result<()> {
    match anchor {
        Some(anchor) => write!(out, "<tr id=\"{}\">", anchors.name(anchor))?,
        None => write!(out, "<tr>")?,
    }
    for (at, column) in columns.iter().enumerate() {
        let cell = row.cells.get(column.main).unwrap_or(&Cell::Empty);
        let tag = if at == 0 { "th" } else { "td" };
        match class(cell, column.kind) {
            "" => write!(out, "<{tag}>")?,
            class => write!(out, "<{tag} class={class}>")?,
        }
        match cell {
            Cell::Status(_, text) if column.brief => write!(out, "{}", Text(text.split([',', ':']).next().unwrap_or(text)))?,
            // A link that leads to itself is none.
            Cell::Link(text, to) if row.anchor == Some(*to) && anchor.is_some() => write!(out, "{}", Text(text))?,
            cell => content(cell, anchors, out)?,
        }
        let below = column.below.iter().filter_map(|(at, key)| Some((row.cells.get(*at)?, *key)));
        for (cell, key) in below.filter(|(cell, key)| **cell != Cell::Empty && (titled || *key != "title")) {
            explain(cell, key, anchors, out)?;
        }
    }
    writeln!(out)
}

fn class(cell: &Cell<'_>, kind: Kind) -> &'static str {
    match cell {
        Cell::Status(tone, _) => tone_class(*tone),
        Cell::Number(_) => "num",
        Cell::Place(..) => "at",
        _ if kind == Kind::Id => "id",
        Cell::Text(text) if is_long(text) => "l",
        _ => "",
    }
}

/// Whether a text needs room: a sentence, or a name that may be broken anywhere.
fn is_long(text: &str) -> bool {
    text.len() > 48 || text.split_whitespace().any(|word| word.len() > 18)
}

/// A fact below another one.
fn explain(cell: &Cell<'_>, key: &str, anchors: &Anchors, out: &mut dyn Write) -> io::Result<()> {
    let class = match cell {
        Cell::Status(tone, _) => tone_class(*tone),
        Cell::Place(..) => "at",
        _ if key == "fingerprint" => "id",
        _ => "",
    };
    match class {
        "" => write!(out, "<small>")?,
        class => write!(out, "<small class={class}>")?,
    }
    match key {
        "covers" => write!(out, "also ")?,
        "waiver" => write!(out, "waived by ")?,
        "claimed" => write!(out, "claims ")?,
        "parent" => write!(out, "of ")?,
        "version" => write!(out, "version ")?,
        "requested_by" => write!(out, "requested by ")?,
        _ => {}
    }
    content(cell, anchors, out)?;
    write!(out, "</small>")
}

/// What a cell says.
pub(super) fn content(cell: &Cell<'_>, anchors: &Anchors, out: &mut dyn Write) -> io::Result<()> {
    match cell {
        Cell::Empty => Ok(()),
        Cell::Text(text) | Cell::Status(_, text) => write!(out, "{}", Prose(text)),
        Cell::Number(number) => write!(out, "{number}"),
        Cell::Place(path, None) => write!(out, "{}", Text(path)),
        Cell::Place(path, Some(line)) => write!(out, "{}:{line}", Text(path)),
        Cell::Link(text, anchor) => write!(out, "<a href=\"#{}\">{}</a>", anchors.name(*anchor), Text(text)),
    }
}

/// The class of a tone: one letter, because a long report has a hundred thousand of them.
pub(super) fn tone_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Good => "g",
        Tone::Bad => "b",
        Tone::Warn => "w",
        Tone::Open => "o",
        Tone::Plain => "p",
    }
}
