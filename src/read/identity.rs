//! What a document says of itself as a controlled record: fields, tables and sections of its first pages.

use crate::model::lifecycle::Class;
use crate::model::record::{Document, Identity};
use crate::model::vocabulary::words;
use crate::read::contents::{children, names};
use crate::read::markdown::inline;
use crate::read::table::Grid;
use crate::source::{Span, Spanned};

/// A longer status is an explanation.
const MOST_STATUS: usize = 200;

/// Rows that a table of fields may have.
const MOST: usize = 40;

/// Takes a field of the head of a document: front matter, a bold key, an item, a row.
pub fn field(key: &str, value: &Spanned, identity: &mut Identity) {
    const OPENED: &[&str] = &[
        "date initiated",
        "date opened",
        "date raised",
        "initiated",
        "initiated on",
        "open date",
        "opened",
        "opened on",
        "opening date",
        "raised",
        "raised on",
    ];
    if OPENED.contains(&key) && identity.opened.is_none() {
        identity.opened = names::any_day(&value.text, 0).map(|day| Spanned { text: day.text, span: value.span });
        return;
    }
    let slot =
        match key {
            "id" | "document id" | "doc id" | "record id" | "document number" | "document no" | "record number"
            | "identifier" => &mut identity.id,
            "type" | "classification" if is_grade(&value.text) => &mut identity.grade,
            "type" | "document type" | "doc type" | "record type" | "kind" => &mut identity.kind,
            "status" | "document status" | "record status" | "state" | "current status" | "статус" | "状态" | "estado"
            | "statut" => &mut identity.status,
            "parent" | "parent document" | "parent record" | "parent doc" | "parent id" | "parent cr" | "parent change" => {
                &mut identity.parent
            }
            _ if children::is_field(key) => return add_children(value, identity),
            "failed item" | "failed step" | "failed test" | "affected item" => &mut identity.failed,
            "var type" | "variance type" | "deviation type" | "blocking" | "blocks" | "blocks closure" => &mut identity.grade,
            "date" | "session date" | "report date" | "date of report" | "as of" | "status date" | "last updated" | "updated" => {
                &mut identity.date
            }
            "author" | "authors" | "prepared by" | "written by" | "created by" | "originator" => &mut identity.author,
            "reviewer" | "reviewers" | "reviewed by" | "checked by" => &mut identity.reviewer,
            "approver" | "approvers" | "approved by" | "released by" => &mut identity.approver,
            "implemented by" | "implementer" | "performed by" | "performer" => &mut identity.performer,
            "verified by" | "verifier" => &mut identity.verifier,
            _ if is_number(key) => &mut identity.id,
            _ => return,
        };
    let text = without_remark(&value.text);
    // A list of YAML with one person.
    let people = matches!(key, "approvers" | "authors" | "reviewers");
    let one = || text.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).filter(|_| people && !text.contains(','));
    let text = one().map_or(text, |one| one.trim_matches(['"', '\'', ' ']));
    if slot.is_none() && !text.is_empty() && !is_placeholder(text) {
        *slot = Some(Spanned { text: text.to_owned(), span: value.span });
    }
}

/// Takes the records that a field says belong to this one, where it names any.
fn add_children(value: &Spanned, identity: &mut Identity) {
    if identity.children.is_none() && children::named(&value.text, 0).next().is_some() {
        identity.children = Some(value.clone());
    }
}

/// "NCR ID", "CAPA number", "Change request no": the number of a record, by what it is. `urs_id` of a test case is that of the
/// specification that it is about.
fn is_number(key: &str) -> bool {
    let kind = [" id", " no", " number"].iter().find_map(|end| key.strip_suffix(end));
    let family = |kind| Class::of_family(kind).is_some_and(|class| !matches!(class, Class::Specification | Class::Matrix));
    kind.is_some_and(|kind| family(kind) || kind.ends_with("request") && Class::in_words(kind).is_some())
}

/// "Type 2", "non-blocking": how much the parent waits, and no kind of record.
fn is_grade(value: &str) -> bool {
    let said = words(value);
    matches!(said.as_str(), "type 1" | "type 2" | "type i" | "type ii")
        || said.split(' ').any(|word| matches!(word, "blocking" | "nonblocking"))
}

/// A value without the remark that YAML allows behind it: `draft"  # was approved`.
fn without_remark(text: &str) -> &str {
    let quoted = text.split_once("\" ").filter(|(_, rest)| rest.trim_start().starts_with('#')).map(|(value, _)| value);
    quoted.or_else(|| text.split_once("  #").map(|(value, _)| value)).unwrap_or(text).trim()
}

/// Whether a value is still to be filled in.
fn is_placeholder(text: &str) -> bool {
    text.contains("{{") || text.starts_with(['<', '[']) && text.ends_with(['>', ']'])
}

/// Takes the fields of a table that is about the document itself: one row below their names, or a row for each.
pub fn table(text: &str, grid: &Grid, document: &mut Document) {
    let pairs = grid.header.cells.len() == 2 && grid.rows.len() <= MOST;
    if grid.rows.len() > 3 && !pairs {
        return;
    }
    let cell = |span: &Span| inline::spanned(text, *span);
    let names: Vec<String> = grid.header.cells.iter().map(|span| words(&cell(span).text)).collect();
    // What an example has is nobody's.
    if names.iter().any(|name| matches!(name.as_str(), "example" | "examples")) {
        return;
    }
    if let [only] = grid.rows.as_slice()
        && names.iter().any(|name| matches!(name.as_str(), "parent document" | "parent record" | "parent" | "parent cr"))
    {
        for (name, span) in names.iter().zip(&only.cells) {
            field(name, &cell(span), &mut document.identity);
        }
        return;
    }
    if let Some(first) = grid.rows.first().filter(|_| grid.rows.len() < 4 && names_people(&names)) {
        for (name, span) in names.iter().zip(&first.cells) {
            field(name, &cell(span), &mut document.identity);
        }
        return;
    }
    if !pairs {
        return;
    }
    let mut found = Identity::default();
    for line in std::iter::once(&grid.header).chain(&grid.rows) {
        if let [key, value] = line.cells.as_slice() {
            field(&words(&cell(key).text), &cell(value), &mut found);
        }
    }
    // A lone "status" may be that of anything.
    let told = [&found.id, &found.kind, &found.status, &found.parent, &found.author, &found.approver]
        .iter()
        .filter(|slot| slot.is_some())
        .count();
    // That something was opened is told of records alone.
    if told > 1 {
        merge(&mut document.identity, found);
    } else if document.identity.opened.is_none() {
        document.identity.opened = found.opened;
    }
}

/// Whether the columns of a table are those who wrote, reviewed and approved: `| Prepared by | Reviewed by | Approved by |`.
fn names_people(names: &[String]) -> bool {
    const PEOPLE: &[&str] =
        &["approved by", "approver", "author", "checked by", "prepared by", "reviewed by", "reviewer", "written by"];
    let people = names.iter().filter(|name| PEOPLE.contains(&name.as_str())).count();
    people > 1 && names.iter().all(|name| PEOPLE.contains(&name.as_str()) || matches!(name.as_str(), "" | "role"))
}

fn merge(identity: &mut Identity, found: Identity) {
    let slots = [
        (&mut identity.id, found.id),
        (&mut identity.kind, found.kind),
        (&mut identity.status, found.status),
        (&mut identity.parent, found.parent),
        (&mut identity.children, found.children),
        (&mut identity.failed, found.failed),
        (&mut identity.grade, found.grade),
        (&mut identity.date, found.date),
        (&mut identity.opened, found.opened),
        (&mut identity.author, found.author),
        (&mut identity.reviewer, found.reviewer),
        (&mut identity.approver, found.approver),
        (&mut identity.performer, found.performer),
        (&mut identity.verifier, found.verifier),
    ];
    for (slot, value) in slots {
        if slot.is_none() {
            *slot = value;
        }
    }
}

/// Takes what a section "Status" says first, as records of decisions have it.
pub fn section(title: &str, text: &str, span: Span, identity: &mut Identity) {
    let title = title.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ')).trim_end();
    if identity.status.is_some() || !title.eq_ignore_ascii_case("status") {
        return;
    }
    let raw = text.get(span.range()).unwrap_or("");
    let line = raw.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("");
    let line = line.trim_start_matches(['-', '*', '>', ' ']);
    // `**Current status:** Closed` names the field once more.
    let named = line.find(':').filter(|at| {
        let name = line.get(..*at).map(words);
        matches!(
            name.as_deref(),
            Some("status" | "current status" | "state" | "current state" | "document status" | "record status")
        )
    });
    let line = named.and_then(|at| line.get(at + 1..)).map_or(line, |value| value.trim_matches(['*', '_', ' ']));
    // What goes on and on explains the status that it begins with.
    let line = if line.len() > MOST_STATUS { line.split(['.', '(', ';']).next().unwrap_or(line).trim_end() } else { line };
    if line.is_empty() || line.len() > MOST_STATUS {
        return;
    }
    let skipped = named.map_or(0, |at| at + 1);
    let from = raw.get(skipped..).and_then(|rest| rest.find(line)).map_or(0, |at| skipped + at);
    let start = span.start as usize + from;
    let value = inline::spanned(text, Span::new(start, start + line.len()));
    field("status", &value, identity);
}
