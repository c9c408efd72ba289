//! The verdict and the evidence ladder, to be looked at: figures and bars, each with its number beside it.

use super::dossier::Anchors;
use super::escape::{Prose, Text};
use super::table::{self, content, tone_class};
use crate::report::sections::{Cell, Row, Section, Tone};
use std::io::{self, Write};

/// The width of all of a bar.
const FULL: usize = 1000;

/// The verdict in one word and one sentence.
pub(super) struct Stamp<'s> {
    /// Whether it is good news.
    pub(super) tone: Tone,
    /// The word.
    pub(super) word: &'s str,
    /// What it rests on.
    pub(super) sentence: &'s str,
}

/// What a section of the verdict says in its first row.
pub(super) fn stamp<'s>(section: &'s Section<'_>) -> Option<Stamp<'s>> {
    let cells = &section.rows.first()?.cells;
    let (tone, word) = cells.iter().find_map(|cell| match cell {
        Cell::Status(tone, word) => Some((*tone, word.as_ref())),
        _ => None,
    })?;
    let sentence = match cells.last()? {
        Cell::Text(text) => text.as_ref(),
        _ => "",
    };
    Some(Stamp { tone, word, sentence })
}

/// The verdict: its sentence, the states of the requirements as figures and as one bar, then all numbers.
pub(super) fn verdict(section: &Section<'_>, anchors: &Anchors, out: &mut dyn Write) -> io::Result<()> {
    if let Some(stamp) = stamp(section) {
        let class = tone_class(stamp.tone);
        writeln!(out, "<p class=\"verdict\"><b class=\"{class}\">{}.</b> {}</p>", Text(stamp.word), Text(stamp.sentence))?;
    }
    let parts: Vec<Part<'_>> = section.rows.iter().skip(1).filter_map(part).collect();
    let states: Vec<&Part<'_>> = parts.iter().filter(|part| part.unit == "requirements in force").collect();
    writeln!(out, "<dl class=\"figures\">")?;
    for part in &states {
        let class = if part.number == 0 { "p" } else { tone_class(part.tone) };
        let (what, number, of) = (Text(part.what), part.number, part.of);
        writeln!(out, "<div class=\"{class}\"><dt>{what}</dt><dd>{number} <small>of {of} in force</small></dd></div>")?;
    }
    writeln!(out, "</dl>")?;
    let of = states.first().map_or(0, |part| part.of);
    bar(states.iter().map(|part| (tone_class(part.tone), part.number)), of, out)?;
    let rest = section.rows.iter().skip(1).filter(|row| part(row).is_none_or(|part| part.unit != "requirements in force"));
    let rest = Section { about: section.about, rows: rest.cloned().collect(), notes: Vec::new() };
    table::write(&rest, anchors, out)
}

/// A number with what it is out of.
struct Part<'s> {
    what: &'s str,
    tone: Tone,
    number: usize,
    of: usize,
    unit: &'s str,
}

fn part<'s>(row: &'s Row<'_>) -> Option<Part<'s>> {
    match row.cells.as_slice() {
        [Cell::Text(what), Cell::Status(tone, _), Cell::Number(number), Cell::Number(of), Cell::Text(unit)] => {
            Some(Part { what, tone: *tone, number: *number, of: *of, unit })
        }
        _ => None,
    }
}

/// One bar of several parts; what is left of it is empty. It repeats what stands beside it, so that it is hidden from
/// those who hear the page.
fn bar<'p>(parts: impl Iterator<Item = (&'p str, usize)>, of: usize, out: &mut dyn Write) -> io::Result<()> {
    write!(out, "<svg class=\"bar\" viewBox=\"0 0 {FULL} 10\" preserveAspectRatio=\"none\" aria-hidden=\"true\">")?;
    write!(out, "<rect class=\"nil\" width=\"{FULL}\" height=\"10\"/>")?;
    let mut from = 0;
    for (class, number) in parts.filter(|(_, number)| *number > 0) {
        // A part of one in ten thousand is still to be seen.
        let width = (number * FULL).checked_div(of).unwrap_or(0).max(2).min(FULL.saturating_sub(from));
        write!(out, "<rect class=\"{class}\" x=\"{from}\" width=\"{width}\" height=\"10\"/>")?;
        from += width;
    }
    writeln!(out, "</svg>")
}

/// The ladder: a bar for each rung, of those who reach it and those of whom it could not be assessed.
pub(super) fn ladder(section: &Section<'_>, anchors: &Anchors, out: &mut dyn Write) -> io::Result<()> {
    table::open("ladder", section.about.title, out)?;
    writeln!(out, "<thead><tr>")?;
    for title in ["Rung", "Share", "Reached", "Not assessed"] {
        write!(out, "<th scope=\"col\">{title}</th>")?;
    }
    writeln!(out, "</tr></thead><tbody>")?;
    for row in &section.rows {
        let [rung, reached, Cell::Number(of), Cell::Number(open), why] = row.cells.as_slice() else { continue };
        write!(out, "<tr><th scope=\"row\">")?;
        content(rung, anchors, out)?;
        write!(out, "</th><td class=\"chart\">")?;
        let height = if let Cell::Number(reached) = reached { *reached } else { 0 };
        bar([("g", height), ("o", *open)].into_iter(), *of, out)?;
        write!(out, "</td><td class=\"share\">")?;
        match reached {
            Cell::Number(reached) => write!(out, "{reached} of {of}")?,
            _ => write!(out, "–")?,
        }
        write!(out, "</td><td>")?;
        match why {
            Cell::Text(why) if why.starts_with(&format!("{open}:")) => write!(out, "{}", Prose(why))?,
            Cell::Text(why) => write!(out, "{open}: {}", Prose(why))?,
            _ => write!(out, "{open}")?,
        }
        writeln!(out, "</td></tr>")?;
    }
    writeln!(out, "</tbody></table></div>")?;
    write!(
        out,
        "<p class=\"legend\" aria-hidden=\"true\"><span class=\"s g\">reached</span> <span class=\"s o\">not assessed</span> "
    )?;
    writeln!(out, "<span class=\"s p\">not reached</span></p>")
}
