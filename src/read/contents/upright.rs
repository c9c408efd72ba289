//! Forms that stand upright: a table of fields and their values, or a list of them, that tells of one item.
//!
//! The names of the fields are those of the columns of [`tables`](super::tables); what is to be done is often told by the heading.

use super::{bullet, filled, tables};
use crate::model::contents::{Filled, Item, ItemKind};
use crate::model::vocabulary::words;
use crate::read::grammar::identifier;
use crate::read::markdown::inline;
use crate::read::table::{Grid, GridRow};
use crate::source::{Span, Spanned};

/// A longer table of two columns is no form of one item.
const MOST: usize = 20;

/// A form of one item while it is read: the names of its fields, and where their values stand.
#[derive(Debug, Default)]
pub(super) struct Form {
    names: Vec<String>,
    values: Vec<Span>,
    /// The depth of the last field, where nothing stands behind its name.
    blank: Option<u8>,
}

impl Form {
    /// Whether no field was found.
    pub(super) fn is_empty(&self) -> bool {
        self.names.is_empty()
    }

    /// The fields of a table with two columns.
    pub(super) fn of_table(text: &str, grid: &Grid) -> Option<Self> {
        let lines = || std::iter::once(&grid.header).chain(&grid.rows);
        if grid.rows.len() > MOST
            || grid.rows.is_empty()
            || lines().any(|line| !matches!(line.cells.len(), 1 | 2))
            || grid.header.cells.len() != 2
        {
            return None;
        }
        let mut form = Self::default();
        for line in lines() {
            if let [name, rest @ ..] = line.cells.as_slice() {
                let end = line.span.end() as usize;
                form.names.push(words(text.get(name.range())?));
                form.values.push(rest.first().copied().unwrap_or(Span::new(end, end)));
            }
        }
        Some(form)
    }

    /// Takes the fields of a paragraph or an item of a list, `- **Outcome:** [Pass/Fail]`; `false` where it is none. What has nothing
    /// behind its name may lead in what follows, unless that is the next field of an item that has a number.
    pub(super) fn takes(&mut self, text: &str, span: Span, depth: u8, numbered: bool) -> bool {
        let raw = text.get(span.range()).unwrap_or("");
        if self.blank.is_some_and(|above| depth > above) {
            self.leads_in();
        }
        let known = self.names.len();
        let (mut at, mut all) = (span.start as usize, true);
        for line in raw.split_inclusive('\n') {
            let body = line.trim_end();
            let field = body.split_once(':').filter(|(name, _)| name.len() <= 40);
            all &= field.is_some();
            if let Some((name, rest)) = field {
                let value = rest.trim_matches(['*', '_', ' ']);
                let from = at + body.len() - rest.len() + rest.find(value).unwrap_or(0);
                let lead = bullet(name).min(name.len());
                let name = words(name.get(lead..).unwrap_or(""));
                let blank = value.is_empty() && numbered && tables::is_filled_in(&name);
                if (!value.is_empty() || blank) && self.names.len() < MOST {
                    self.names.push(name);
                    self.values.push(Span::new(from, from + value.len()));
                    self.blank = blank.then_some(depth);
                }
            }
            at += line.len();
        }
        all && self.names.len() > known
    }

    /// Something follows that is no field: the last name, if nothing stands behind it, led that in.
    pub(super) fn leads_in(&mut self) {
        if self.blank.take().is_some() {
            self.names.pop();
            self.values.pop();
        }
    }

    /// The item that the form is of, below a heading; `top` says that this is the title of the document. Nothing but an outcome makes
    /// one only where it holds the words of a form.
    pub(super) fn item(&self, text: &str, heading: Option<&Spanned>, top: bool, optional: bool) -> Option<Item> {
        let columns = tables::upright(&self.names)?;
        let (first, last) = (self.values.first()?, self.values.last()?);
        let span = Span::new(first.start as usize, last.end().max(first.end()) as usize);
        let row = GridRow { span, cells: self.values.clone() };
        let mut item = tables::item(text, &row, columns, optional);
        let alone = item.by.is_none() && item.summary.is_none() && item.task.is_none() && item.expected.is_none();
        if alone && item.outcome.as_ref().is_none_or(|outcome| outcome.filled != Filled::Form) {
            return None;
        }
        if let Some(heading) = heading {
            if item.id.is_empty() && !top {
                item.id = number(&heading.text).unwrap_or_default();
            }
            // Its heading is a part of it: a name there is none elsewhere.
            if !top {
                item.span = Span::new(heading.span.start as usize, item.span.end().max(heading.span.end()) as usize);
            }
            item.task = item.task.filter(|task| !task.text.is_empty()).or_else(|| Some(heading.clone()));
        }
        item.kind = ItemKind::Step;
        Some(item)
    }
}

/// `EI-1` of "5.1 EI-1: Hang the door", `Step 2` of "Step 2 - Open it".
pub(super) fn number(title: &str) -> Option<String> {
    let bare = title.get(bullet(title)..)?;
    if let Some((id, _)) = identifier::leading(bare, false) {
        return Some(id.to_owned());
    }
    let (word, rest) = bare.split_once(' ')?;
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let counted = matches!(words(word).as_str(), "ei" | "item" | "step" | "task" | "test") && (1..4).contains(&digits);
    counted.then(|| format!("{word} {}", rest.get(..digits).unwrap_or("")))
}

/// Fields at the head of a document, or where it is signed, that still hold what the form has there.
pub(super) fn unfilled(text: &str, grid: &Grid) -> Vec<Spanned> {
    const NAMES: &[&str] = &["attribute", "field", "item", "property"];
    const PEOPLE: &[&str] = &[
        "approved by",
        "approver",
        "author",
        "closed by",
        "owner",
        "performed by",
        "prepared by",
        "reviewed by",
        "reviewer",
        "status",
        "verified by",
    ];
    let Some(form) = Form::of_table(text, grid) else { return Vec::new() };
    let first = form.names.first().map_or("", String::as_str);
    if !NAMES.contains(&first) && !form.names.iter().any(|name| PEOPLE.contains(&name.as_str())) {
        return Vec::new();
    }
    let lines = std::iter::once(&grid.header).chain(&grid.rows);
    let open = lines.zip(form.names.iter().zip(&form.values));
    let open = open.filter(|(_, (name, value))| filled::is_left(name, text.get(value.range()).unwrap_or("")));
    open.filter_map(|(line, (_, value))| Some(Spanned { text: inline::spanned(text, *line.cells.first()?).text, span: *value }))
        .collect()
}
