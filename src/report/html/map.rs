//! The map: a column of squares for each requirement, one square for what is known of it and one for each level of tests.
//!
//! It is one link for each requirement and nothing inside: the style draws the squares from classes of two letters, so
//! that ten thousand of them are ten thousand elements. Who hears the page gets the same in words.

use super::dossier::Anchors;
use super::escape::Text;
use super::table::tone_class;
use crate::report::sections::{Anchor, Cell, Row, Section};
use crate::report::visible::count;
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Up to so many requirements of one specification are shown with their names.
const NAMED: usize = 60;
/// From so many on the squares are small.
const DENSE: usize = 1200;

/// A browser lays out no more than what is seen: the squares come in parts of so many.
const PART: usize = 500;

/// Letters of the levels for the style, by the keys of their columns.
const LETTERS: [(&str, &str); 5] = [("unit", "u"), ("integration", "i"), ("system", "y"), ("acceptance", "a"), ("unknown", "k")];

/// Where the cells stand that the map shows.
struct Columns {
    specification: Option<usize>,
    state: Option<usize>,
    levels: Vec<(usize, &'static str, &'static str)>,
}

impl Columns {
    fn of(section: &Section<'_>) -> Self {
        let position = |key: &str| section.about.columns.iter().position(|column| column.key == key);
        let level = |(key, letter): &(&str, &'static str)| {
            let at = position(key)?;
            Some((at, *letter, section.about.columns.get(at)?.title))
        };
        Self {
            specification: position("specification"),
            state: position("state"),
            levels: LETTERS.iter().filter_map(level).collect(),
        }
    }
}

/// Writes the map, a part for each specification.
pub(super) fn write(section: &Section<'_>, anchors: &Anchors, out: &mut dyn Write) -> io::Result<()> {
    if section.rows.is_empty() {
        return Ok(());
    }
    let columns = Columns::of(section);
    legend(&columns, out)?;
    let specification = |row: &Row<'_>| columns.specification.and_then(|at| row.cells.get(at)).map(ToString::to_string);
    for group in section.rows.chunk_by(|a, b| specification(a) == specification(b)) {
        let name = group.first().and_then(&specification).unwrap_or_default();
        writeln!(out, "<h3>{}</h3>\n<p class=\"note\">{}</p>", Text(&name), Text(&told(group, &columns)))?;
        let size = match group.len() {
            0..=NAMED => "named",
            n if n < DENSE => "dense",
            _ => "dense tiny",
        };
        if size == "dense tiny" {
            writeln!(out, "<p class=\"on-paper\">A map of so many requirements is not printed; it is in the file.</p>")?;
        }
        writeln!(out, "<div class=\"map {size}\" role=\"group\" aria-label=\"{}, by level; arrow keys move\">", Text(&name))?;
        for part in group.chunks(PART) {
            if group.len() > PART {
                writeln!(out, "<p class=\"note id\">{} to {}</p>", Text(&name_of(part.first())), Text(&name_of(part.last())))?;
            }
            writeln!(out, "<ul>")?;
            part.iter().try_for_each(|row| square(row, &columns, size == "named", anchors, out))?;
            writeln!(out, "</ul>")?;
        }
        writeln!(out, "</div>")?;
    }
    Ok(())
}

/// The identifier of the requirement of a row.
fn name_of(row: Option<&Row<'_>>) -> String {
    row.and_then(|row| row.cells.first()).map(ToString::to_string).unwrap_or_default()
}

/// How many requirements are in which state.
fn told(group: &[Row<'_>], columns: &Columns) -> String {
    let mut states: BTreeMap<String, usize> = BTreeMap::new();
    for state in group.iter().filter_map(|row| row.cells.get(columns.state?)) {
        *states.entry(state.to_string()).or_default() += 1;
    }
    let states: Vec<String> = states.into_iter().map(|(state, n)| format!("{n} {state}")).collect();
    format!("{}: {}", count(group.len(), "requirement"), states.join(", "))
}

/// The link of a requirement. Where its name is shown it stands apart from what the squares say.
fn square(row: &Row<'_>, columns: &Columns, named: bool, anchors: &Anchors, out: &mut dyn Write) -> io::Result<()> {
    let Some(anchor @ Anchor::Requirement(_)) = row.anchor else { return Ok(()) };
    let tone = |at: usize| match row.cells.get(at) {
        Some(Cell::Status(tone, word)) => Some((tone_class(*tone), word.as_ref())),
        _ => None,
    };
    write!(out, "<li><a href=\"#{}\" class=\"", anchors.name(anchor))?;
    let state = columns.state.and_then(tone);
    if let Some((class, _)) = state {
        write!(out, "s{class}")?;
    }
    let levels = || columns.levels.iter().filter_map(|(at, letter, title)| Some((*letter, *title, tone(*at)?)));
    for (letter, _, (class, _)) in levels() {
        // What is demanded and not there looks like no waiver.
        write!(out, " {letter}{}", if class == "w" { "x" } else { class })?;
    }
    let [before, between, after] = if named { ["<b>", "</b><i>", "</i>"] } else { [""; 3] };
    write!(out, "\">{before}{}{between}: {}", Text(&name_of(Some(row))), state.map_or("", |(_, word)| word))?;
    for (_, title, (_, word)) in levels() {
        write!(out, "; {} {}", title.to_lowercase(), Text(word))?;
    }
    writeln!(out, "{after}</a></li>")
}

/// One square by itself as an example, with what each row and each colour means.
fn legend(columns: &Columns, out: &mut dyn Write) -> io::Result<()> {
    writeln!(
        out,
        "<div class=\"key\"><p>A requirement is six squares, from top to bottom, or from left to right where names are shown:</p><ol>"
    )?;
    writeln!(out, "<li>the state of the requirement</li>")?;
    for (_, _, title) in &columns.levels {
        writeln!(out, "<li>tests: {}</li>", title.to_lowercase())?;
    }
    writeln!(out, "</ol><ul>")?;
    let meanings = [
        ("g", "verified; all tests of the level passed"),
        ("b", "gap; not all of them passed"),
        ("w", "waived"),
        ("x", "demanded, and there is none of this level"),
        ("o", "not assessed; no result"),
        ("p", "no test of this level"),
    ];
    for (class, words) in meanings {
        writeln!(out, "<li class=\"q {class}\">{words}</li>")?;
    }
    writeln!(out, "</ul></div>")
}
