//! Records that are not closed, and actions without an outcome.

use super::{Account, Anchor, Cell, Entry, Kind, Made, Row, Tone, column, entry, or_note};
use crate::link::graph::{ActionId, ActionNode, Found, Graph, Target};
use crate::link::records::open::{self, Unready};
use crate::link::records::{Record, RecordId};
use crate::model::lifecycle::State;
use crate::model::record::Action;
use crate::model::time;
use crate::report::visible::count;
use crate::source::{FileId, Place};
use std::borrow::Cow;

/// Records of which something is still to come.
pub(super) const RECORDS: Entry = entry(
    "records",
    "Open records",
    "Records that are not closed, or not in force yet: in which state each is, since when, what it waits for, and which of its actions have no outcome.",
    &[
        column("id", "Record", Kind::Id),
        column("type", "Type", Kind::Text),
        column("title", "Title", Kind::Text),
        column("status", "Status", Kind::Status),
        column("version", "Version", Kind::Text),
        column("parent", "Parent", Kind::Text),
        column("begun", "Begun", Kind::Text),
        column("days", "Days", Kind::Number),
        column("waits", "Waiting for", Kind::Text),
        column("actions", "Open actions", Kind::Text),
        column("place", "Place", Kind::Place),
    ],
    records,
);

/// Actions without an outcome.
pub(super) const ACTIONS: Entry = entry(
    "actions",
    "Open actions",
    "Corrective and preventive actions of which no outcome is recorded, with the requirements that they name.",
    &[
        column("id", "Action", Kind::Id),
        column("record", "Record", Kind::Text),
        column("text", "What is to be done", Kind::Text),
        column("state", "State", Kind::Status),
        column("requirements", "Requirements", Kind::Text),
        column("place", "Place", Kind::Place),
    ],
    actions,
);

fn records<'r>(account: &Account<'r>) -> Made<'r> {
    let graph = account.graph();
    let all = graph.records();
    let newest = graph.newest_day(account.settings.today.as_deref());
    let unready = open::unready(graph);
    let row = |(id, one): (RecordId, &'r Record)| {
        let mine = unready.iter().filter(|pair| pair.id == id);
        record(graph, (id, one), newest.as_ref().map(|(day, _)| *day), mine)
    };
    let rows: Vec<Row<'r>> = all.iter().filter(|(_, one)| one.is_open()).map(row).collect();
    let untold = all.iter().filter(|(_, one)| one.state == State::Unknown && !one.is_open()).count();
    let mut notes: Vec<Cow<'r, str>> = Vec::new();
    match (rows.is_empty(), all.len()) {
        (true, 0) => notes.push("No record was read.".into()),
        (true, n) => notes.push(format!("Of {} none is known to be open.", count(n, "record")).into()),
        (false, n) => notes.push(format!("Not closed: {} of {}.", rows.len(), count(n, "record")).into()),
    }
    if untold > 0 {
        let more = format!(
            "{} more, which are put into force and not carried out, say nothing of their status.",
            count(untold, "record")
        );
        notes.push(more.into());
    }
    if let Some((_, day)) = newest.filter(|_| !rows.is_empty()) {
        notes.push(format!("Days are counted up to {day}, the newest day on which trails, fields or cells of records say that something was done.").into());
    }
    (rows, notes)
}

fn record<'r, 'u>(
    graph: &'r Graph,
    (id, one): (RecordId, &'r Record),
    newest: Option<i32>,
    unready: impl Iterator<Item = &'u Unready<'u>>,
) -> Row<'r> {
    let first = graph.first_day(one);
    let days = newest.zip(first).and_then(|(last, first)| usize::try_from(last.checked_sub(first)?).ok());
    let status = one.status.as_ref().map_or(Cow::Borrowed("none is told"), |told| Cow::Borrowed(told.text.as_str()));
    let tone = if one.state == State::Unknown { Tone::Open } else { Tone::Plain };
    let own = one.file.map_or_else(Vec::new, |file| open::actions(graph, one, file));
    let actions: Vec<&str> = own.iter().filter(|own| own.open).map(|own| own.action.id.as_str()).collect();
    Row::of(
        Anchor::Record(id),
        vec![
            Cell::Link(Cow::Borrowed(&one.id), Anchor::Record(id)),
            Cell::text(one.class.name()),
            Cell::text(one.title.as_str()),
            Cell::status(tone, status),
            Cell::maybe(one.version.as_ref().map(|told| told.text.as_str())),
            Cell::maybe(one.parent.map(|parent| graph.records().record(parent).id.as_str())),
            Cell::maybe(first.map(time::written)),
            days.map_or(Cell::Empty, Cell::Number),
            Cell::text(waits(graph, one, unready).join("; ")),
            Cell::text(actions.join(", ")),
            one.place().map_or(Cell::Empty, |place| Cell::at(graph, place)),
        ],
    )
}

/// What a record waits for: its next step, what of its execution has no outcome, its children, and other records.
fn waits<'u>(graph: &Graph, one: &Record, unready: impl Iterator<Item = &'u Unready<'u>>) -> Vec<String> {
    let next = match one.state {
        State::Unknown => "a status that says how far it is",
        State::Draft => "review",
        State::InReview => "approval",
        State::PreApproved => "execution",
        State::InExecution => "the end of its execution",
        State::InPostReview => "approval of what was done",
        State::PostApproved | State::Approved | State::Effective => "closure",
        State::Closed | State::Ended => "nothing",
    };
    let mut all = vec![next.to_owned()];
    let (items, open) = open::items(graph, one);
    if open > 0 && one.is_approved() {
        all.push(format!("{open} of {} without an outcome", count(items, "item")));
    }
    all.extend(open::children(graph, one).map(|child| format!("{} ({})", child.id, child.state.name())));
    all.extend(unready.map(|pair| {
        let other = graph.records().record(pair.on);
        format!("{} ({}), which is to be {} first", other.id, other.state.name(), pair.needed())
    }));
    all
}

fn actions<'r>(account: &Account<'r>) -> Made<'r> {
    let graph = account.graph();
    let numbered = graph.actions.iter().enumerate();
    let linked = numbered.filter(|(_, node)| node.open).map(|(at, node)| {
        let id = ActionId(u32::try_from(at).unwrap_or(u32::MAX));
        action(graph, node.fact.file, graph.action(node.fact), Some((id, node)))
    });
    // What stands in headings and lists is linked with nothing.
    let others = graph.records().iter().filter(|(_, one)| one.is_open()).filter_map(|(_, one)| Some((one, one.file?)));
    let written = others.flat_map(|(one, file)| {
        let listed = graph.contents(file).map_or(&[][..], |contents| contents.actions.as_slice());
        let own = open::actions(graph, one, file).into_iter().filter(|own| own.open).map(|own| own.action);
        own.filter(|own| listed.iter().any(|one| std::ptr::eq(one, *own))).map(move |own| action(graph, file, own, None))
    });
    let rows: Vec<Row<'r>> = linked.chain(written).collect();
    or_note(rows, || match graph.actions.len() {
        0 => "No record with actions was read.".into(),
        n => format!("Of {} each has an outcome.", count(n, "action")).into(),
    })
}

fn action<'r>(graph: &'r Graph, file: FileId, action: &'r Action, linked: Option<(ActionId, &'r ActionNode)>) -> Row<'r> {
    // What belongs to no family of requirements is none.
    let name = |target: &'r Target| match &target.found {
        Found::One(id) => Some(graph.requirement(*id).id.as_str()),
        Found::Foreign => None,
        Found::Ambiguous(_) | Found::Missing => Some(target.id.as_str()),
    };
    let names: Vec<&str> = linked.iter().flat_map(|(_, node)| &node.targets).filter_map(name).collect();
    let record = graph.document(file).map_or(graph.path(file), |document| &document.id);
    let id = Cow::Borrowed(action.id.as_str());
    let anchor = linked.map(|(id, _)| Anchor::Action(id));
    let closed = graph.records().of_file(file).map(|id| graph.records().record(id)).is_some_and(Record::is_settled);
    let cells = vec![
        anchor.map_or_else(|| Cell::Text(id.clone()), |anchor| Cell::Link(id.clone(), anchor)),
        Cell::text(record),
        Cell::text(action.text.text.as_str()),
        if closed { Cell::status(Tone::Warn, "open, in a closed record") } else { Cell::status(Tone::Bad, "open") },
        Cell::text(names.join(", ")),
        Cell::at(graph, Place::new(file, action.span)),
    ];
    Row { anchor, cells }
}
