//! The auditor's report as one page that needs nothing else: it opens from a mail, prints, and asks no network.
//!
//! What the page can do without its script is what counts: verdict, findings and matrices stand in it as text. The script
//! adds search, filters and order, and opens dossiers. A policy in the page lets run exactly the script and the style that
//! are written here, by their digests, and nothing else, whatever words an input brings.

mod chart;
mod dossier;
mod escape;
mod layout;
mod map;
mod table;

use crate::model::own_report::PAGE_MARK;
use crate::report::json::TOOL;
use crate::report::sections::{Account, Cell, Section, sections};
use data_encoding::BASE64;
use dossier::Anchors;
use escape::{Prose, Quoted, Text};
use sha2::{Digest, Sha256};
use std::io::{self, Write};

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// More specifications than this are told by their number.
const NAMED: usize = 3;

/// Writes the page.
pub fn write(account: &Account<'_>, out: &mut dyn Write) -> io::Result<()> {
    let sections = sections(account);
    let anchors = Anchors::of(account.report.graph);
    let page = Page::of(&sections);
    page.head(out)?;
    contents(&sections, out)?;
    writeln!(out, "<main id=\"report\" tabindex=\"-1\">")?;
    page.title(out)?;
    writeln!(out, "{FIND}")?;
    for section in &sections {
        write_section(section, &anchors, out)?;
    }
    writeln!(out, "{DOSSIERS}")?;
    let (name, version) = (TOOL.name, TOOL.version);
    writeln!(
        out,
        "<footer><p>Written by {name} {version}. This is the end of the report.</p></footer>\n</main>\n</div>\n{DIALOG}"
    )?;
    dossier::write(account.report.graph, account.report.findings, &anchors, out)?;
    writeln!(out, "<script>{SCRIPT}</script>\n</body>\n</html>")
}

/// The search for all tables, which is of use only with scripts.
const FIND: &str = r#"<form class="find" role="search">
<label for="search" class="hidden">Search all tables and the map</label>
<input id="search" type="search" placeholder="Search all tables: identifier, test, path, word" autocomplete="off" spellcheck="false">
<button type="reset">Clear</button>
<output id="found" for="search"></output>
</form>"#;

/// Where dossiers are printed.
const DOSSIERS: &str = r#"<section id="dossiers" aria-labelledby="h-dossiers">
<h2 id="h-dossiers">Dossiers</h2>
<p class="why">All that is known of one requirement: what defines and demands it, the chain from rows to tests, results and code, and why it stands no higher. Each opens from the identifier of its requirement.</p>
<noscript><p class="note">Without scripts the dossiers are not shown. <code>tracegate trace</code> prints the same for one requirement.</p></noscript>
<div class="paper"></div>
</section>"#;

/// Where a dossier is shown.
const DIALOG: &str = r#"<dialog aria-label="Dossier">
<div class="bar"><button type="button" class="before">Previous</button><span class="where"></span><button type="button" class="after">Next</button><button type="button" class="shut">Close</button></div>
<div class="body"></div>
</dialog>"#;

/// What the head of the page says of the whole.
struct Page<'s> {
    specifications: Vec<&'s str>,
    /// The day that the report speaks of.
    date: &'s str,
    baseline: String,
    stamp: Option<chart::Stamp<'s>>,
}

impl<'s> Page<'s> {
    fn of(sections: &'s [Section<'_>]) -> Self {
        let find = |key: &str| sections.iter().find(|section| section.about.key == key);
        let said = |name: &'s str| {
            let rows = find("identification").into_iter().flat_map(|section| &section.rows);
            rows.filter_map(move |row| match row.cells.as_slice() {
                [Cell::Text(what), Cell::Text(value), ..] if what == name => Some(value.as_ref()),
                _ => None,
            })
        };
        let is_known = |value: &&str| !value.starts_with("none") && !value.starts_with("commit not assessed");
        let known = |name| said(name).find(is_known).map(|value| (name, value));
        let baseline = ["Baseline", "Repository", "Stated commit"].into_iter().find_map(known);
        let baseline = baseline.or_else(|| Some(("Baseline", said("Baseline").next()?)));
        Self {
            specifications: said("Specification").collect(),
            date: said("Date").next().unwrap_or_default(),
            baseline: baseline.map_or_else(String::new, |(name, value)| format!("{name}: {value}")),
            stamp: find("verdict").and_then(|section| chart::stamp(section)),
        }
    }

    /// Everything up to the contents. A browser obeys the policy from where it stands on, so that it comes first.
    fn head(&self, out: &mut dyn Write) -> io::Result<()> {
        let paper = self.paper();
        let policy = format!(
            "default-src 'none'; script-src '{}'; style-src '{}' '{}'; base-uri 'none'; form-action 'none'",
            digest(SCRIPT),
            digest(STYLE),
            digest(&paper)
        );
        writeln!(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
        writeln!(out, "<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">")?;
        writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
        writeln!(out, "<meta name=\"referrer\" content=\"no-referrer\">")?;
        writeln!(out, "{PAGE_MARK}{}\">", TOOL.version)?;
        writeln!(out, "<title>{}</title>", Text(&self.name()))?;
        writeln!(out, "<style>{STYLE}</style>\n<style>{paper}</style>\n</head>\n<body>")?;
        writeln!(out, "<a class=\"skip\" href=\"#report\">Skip to the report</a>\n<div class=\"frame\">")
    }

    /// What paper shows on each sheet.
    fn paper(&self) -> String {
        let tool = format!("{} {}", TOOL.name, TOOL.version);
        format!(
            "@page{{@top-left{{content:{}}}@top-right{{content:{}}}@bottom-left{{content:{}}}}}",
            Quoted(&self.name()),
            Quoted(&tool),
            Quoted(&crate::report::visible::short(&self.baseline, 90)),
        )
    }

    fn name(&self) -> String {
        match self.specifications.as_slice() {
            [] => String::from("Traceability report"),
            [one] => format!("Traceability report: {one}"),
            many => format!("Traceability report: {}", crate::report::visible::count(many.len(), "specification")),
        }
    }

    fn title(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "<header class=\"title\"><div><h1>Traceability report</h1>")?;
        for one in self.specifications.iter().take(NAMED) {
            writeln!(out, "<p>{}</p>", Prose(one))?;
        }
        if let Some(more) = self.specifications.len().checked_sub(NAMED).filter(|more| *more > 0) {
            writeln!(out, "<p>and {more} more</p>")?;
        }
        writeln!(out, "<p>{}</p></div>", Text(self.date))?;
        if let Some(stamp) = &self.stamp {
            let class = table::tone_class(stamp.tone);
            writeln!(
                out,
                "<a class=\"stamp {class}\" href=\"#verdict\"><span class=\"hidden\">Verdict: </span>{}</a>",
                Text(stamp.word)
            )?;
        }
        writeln!(out, "</header>")
    }
}

/// A source as a policy names it.
fn digest(source: &str) -> String {
    format!("sha256-{}", BASE64.encode(&Sha256::digest(source)))
}

fn contents(sections: &[Section<'_>], out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<nav aria-labelledby=\"h-contents\"><h2 id=\"h-contents\">Contents</h2><ol>")?;
    for section in sections {
        let (key, title, n) = (section.about.key, section.about.title, section.rows.len());
        let is_list = !matches!(key, "identification" | "verdict" | "ladder" | "sign-off");
        let class = if key == "findings" && n > 0 { "n bad" } else { "n" };
        // An empty section says in itself why; a zero beside its name would pass for one that was measured.
        let n = if n == 0 && key != "findings" { String::from("–") } else { n.to_string() };
        let number = if is_list { format!("<span class=\"{class}\">{n}</span>") } else { String::new() };
        writeln!(out, "<li><a href=\"#{key}\"><span>{title}</span>{number}</a></li>")?;
    }
    writeln!(out, "<li><a href=\"#dossiers\"><span>Dossiers</span></a></li></ol></nav>")
}

fn write_section(section: &Section<'_>, anchors: &Anchors, out: &mut dyn Write) -> io::Result<()> {
    let about = section.about;
    writeln!(out, "<section id=\"{0}\" class=\"{0}\" aria-labelledby=\"h-{0}\">", about.key)?;
    writeln!(out, "<h2 id=\"h-{}\">{}</h2>\n<p class=\"why\">{}</p>", about.key, about.title, about.what)?;
    for note in &section.notes {
        writeln!(out, "<p class=\"told\">{}</p>", Prose(note))?;
    }
    match about.key {
        "identification" => pairs(section, anchors, out)?,
        "verdict" => chart::verdict(section, anchors, out)?,
        "ladder" => chart::ladder(section, anchors, out)?,
        "levels" => map::write(section, anchors, out)?,
        "sign-off" => sign_off(section, out)?,
        _ => table::write(section, anchors, out)?,
    }
    writeln!(out, "</section>")
}

/// One thing a line, its name at the left.
fn pairs(section: &Section<'_>, anchors: &Anchors, out: &mut dyn Write) -> io::Result<()> {
    table::open("pairs", section.about.title, out)?;
    writeln!(out, "<tbody>")?;
    for row in &section.rows {
        let [what, value, place] = row.cells.as_slice() else { continue };
        write!(out, "<tr><th scope=\"row\">")?;
        table::content(what, anchors, out)?;
        write!(out, "</th><td>")?;
        table::content(value, anchors, out)?;
        if *place != Cell::Empty {
            write!(out, "<small class=at>")?;
            table::content(place, anchors, out)?;
            write!(out, "</small>")?;
        }
        writeln!(out, "</td></tr>")?;
    }
    writeln!(out, "</tbody></table></div>")
}

/// Empty lines for people. Nothing in them ever comes from an input or from the tool.
fn sign_off(section: &Section<'_>, out: &mut dyn Write) -> io::Result<()> {
    table::open("ink", section.about.title, out)?;
    writeln!(out, "<thead><tr>")?;
    section.about.columns.iter().try_for_each(|column| write!(out, "<th scope=\"col\">{}</th>", column.title))?;
    writeln!(out, "</tr></thead><tbody>")?;
    for row in &section.rows {
        write!(out, "<tr><th scope=\"row\">{}</th>", Text(&row.cells.first().map(ToString::to_string).unwrap_or_default()))?;
        section.about.columns.iter().skip(1).try_for_each(|_| write!(out, "<td></td>"))?;
        writeln!(out, "</tr>")?;
    }
    writeln!(out, "</tbody></table></div>")
}
