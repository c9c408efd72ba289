//! The whole report in Markdown: all sections as tables, those that are long folded away.

use super::markdown::{code, text};
use super::sections::{Account, Cell, Kind, Section, sections};
use super::sentence;
use super::visible::count;
use crate::model::own_report::MARKDOWN_HEAD;
use std::io::{self, Write};

/// Rows of a section that are shown without being asked for.
const SHORT: usize = 30;

/// Writes all sections.
pub fn write(account: &Account<'_>, out: &mut dyn Write) -> io::Result<()> {
    let report = account.report;
    writeln!(out, "{MARKDOWN_HEAD}report\n\n{}: {}\n", report.verdict.name(), text(&sentence(report)))?;
    sections(account).iter().try_for_each(|section| write_section(section, out))
}

fn write_section(section: &Section<'_>, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "### {}\n\n{}\n", text(section.about.title), text(section.about.what))?;
    for note in &section.notes {
        writeln!(out, "{}\n", text(note))?;
    }
    if section.rows.is_empty() {
        return Ok(());
    }
    let folded = section.rows.len() > SHORT;
    if folded {
        writeln!(out, "<details><summary>{}</summary>\n", count(section.rows.len(), "row"))?;
    }
    let columns = section.about.columns;
    let titles: Vec<String> = columns.iter().map(|column| text(column.title)).collect();
    let lines: Vec<&str> = columns.iter().map(|column| if column.kind == Kind::Number { "---:" } else { "---" }).collect();
    writeln!(out, "| {} |\n|{}|", titles.join(" | "), lines.join("|"))?;
    for row in &section.rows {
        let cells: Vec<String> = row.cells.iter().map(cell).collect();
        writeln!(out, "| {} |", cells.join(" | "))?;
    }
    writeln!(out, "{}", if folded { "\n</details>\n" } else { "" })
}

/// Names and places are shown as code: no sign of theirs needs an escape then.
fn cell(cell: &Cell<'_>) -> String {
    match cell {
        Cell::Link(name, _) if !name.is_empty() => code(name),
        Cell::Place(..) => code(&cell.to_string()),
        _ => text(&cell.to_string()),
    }
}
