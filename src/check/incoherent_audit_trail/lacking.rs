//! What an audit trail does not tell although others do: the trail as a whole, an approval, the step before a step.

use super::{PRACTICE, found, step};
use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::link::records::{By, Record};
use crate::model::kept::Event;
use crate::model::lifecycle::{State, family};
use crate::model::vocabulary::words;
use crate::read::kept::stem;
use crate::source::Place;
use std::collections::{BTreeMap, BTreeSet};

/// A step of a life as the names of events tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    Create,
    Review,
    Approve,
    Release,
    Close,
}

impl Step {
    /// The step that the name of an event stands for.
    fn of(event: &Event) -> Option<Self> {
        Some(match words(&event.name).as_str() {
            "create" | "created" => Self::Create,
            "review" | "reviewed" => Self::Review,
            "approve" | "approved" | "approval" | "sign" | "signed" => Self::Approve,
            "release" | "released" => Self::Release,
            "close" | "closed" => Self::Close,
            _ => return None,
        })
    }
}

/// Whether an event is an approval by its name.
pub(super) fn approves(event: &Event) -> bool {
    Step::of(event) == Some(Step::Approve)
}

/// What the trails of a house have in common.
pub(super) struct House {
    /// How many trails log approvals by the names of events.
    approving: usize,
    /// In how many records a step stands where none of those before it was told.
    early: BTreeMap<Step, usize>,
    /// Of each change of the status that approves, how often an approval stands beside it, and how often none.
    beside: BTreeMap<(String, String), (usize, usize)>,
    /// The numbers of the records with a trail, and of those of age without one, by family.
    families: BTreeMap<String, Family>,
}

#[derive(Default)]
struct Family {
    with: Vec<u64>,
    without: usize,
}

impl House {
    pub(super) fn of(graph: &Graph) -> Self {
        let mut house = Self { approving: 0, early: BTreeMap::new(), beside: BTreeMap::new(), families: BTreeMap::new() };
        for (_, record) in graph.records().iter() {
            let events: Vec<(Place, &Event)> = graph.events(record).collect();
            house.approving += usize::from(events.iter().any(|(_, event)| Step::of(event) == Some(Step::Approve)));
            let steps: BTreeSet<Step> = early(record, &events).into_iter().map(|(step, ..)| step).collect();
            for step in steps {
                *house.early.entry(step).or_default() += 1;
            }
            for (change, signed, _) in approvals(record, &events) {
                let (with, without) = house.beside.entry(change).or_default();
                *(if signed { with } else { without }) += 1;
            }
            let family = house.families.entry(family(&record.id).to_ascii_uppercase()).or_default();
            if events.is_empty() {
                family.without += usize::from(is_of_age(record));
            } else {
                family.with.extend(number(&record.id));
            }
        }
        house
    }

    /// Whether a record should have a trail: nearly all of its kind have one, and some that are older than it.
    fn expects(&self, record: &Record) -> bool {
        let Some(family) = self.families.get(&family(&record.id).to_ascii_uppercase()) else { return false };
        let older = number(&record.id).is_some_and(|own| family.with.iter().any(|other| *other < own));
        older && family.with.len() >= PRACTICE && family.with.len() >= family.without * PRACTICE
    }
}

/// The last number of an identifier.
fn number(id: &str) -> Option<u64> {
    id.rsplit(['-', '_']).next()?.parse().ok()
}

/// Whether a record has gone so far that something must have happened to it.
fn is_of_age(record: &Record) -> bool {
    record.is_approved() && record.sidecar.is_some()
}

/// A record without a trail where its siblings have one.
pub(super) fn trail(graph: &Graph, record: &Record, house: &House) -> Option<Finding> {
    let status = record.status.as_ref().filter(|_| is_of_age(record) && house.expects(record))?;
    // A trail that could not be read is told by another check.
    let kept =
        |path: &str| stem(path).eq_ignore_ascii_case(&record.id) && Some(path) != record.told_in().map(|file| graph.path(file));
    let data = |path: &str| [".json", ".jsonl", ".ndjson"].iter().any(|ending| path.ends_with(ending));
    let sidecar = record.sidecar.map(|fact| graph.path(fact.file));
    let mut others = graph.files().map(|(_, input)| input.path.as_str()).filter(|path| Some(*path) != sidecar);
    if others.any(|path| data(path) && kept(path)) {
        return None;
    }
    let have = house.families.get(&family(&record.id).to_ascii_uppercase()).map_or(0, |family| family.with.len());
    let message = format!(
        "{} has the status {} and no audit trail, and {have} others of its kind have one: nothing tells who brought it there",
        record.id, status.text
    );
    Some(found(record, status.place, message, "no trail tells of this"))
}

/// A record whose sidecar calls it approved and whose trail tells of no approval.
pub(super) fn approval(record: &Record, events: &[(Place, &Event)], house: &House) -> Option<Finding> {
    let status = record.status.as_ref().filter(|status| status.by == By::Sidecar && record.is_approved())?;
    let approves = |event: &Event| {
        let state = event.to.as_deref().map(|to| State::of(to, record.class));
        Step::of(event) == Some(Step::Approve) || state.is_some_and(|state| state == State::Unknown || is_approval(state))
    };
    // Who moves records from another system brings no approvals with them.
    let moved =
        |event: &Event| words(&event.name).split(' ').any(|word| ["import", "migrat"].iter().any(|stem| word.starts_with(stem)));
    let complete = events.iter().any(|(_, event)| Step::of(event) == Some(Step::Create));
    if house.approving < PRACTICE || !complete || events.iter().any(|(_, event)| approves(event) || moved(event)) {
        return None;
    }
    let (place, last) = events.last()?;
    let message = format!(
        "{} has the status {}, and no approval stands in its audit trail, which ends with {}",
        record.id, status.text, last.name
    );
    Some(found(record, status.place, message, "nobody approved this, by the trail").related(*place, "the end of the trail"))
}

/// A change of the status.
type Change = (String, String);

/// The changes of the status that approve a record, whether an approval stands between each and the change before it, and the
/// places.
fn approvals(record: &Record, events: &[(Place, &Event)]) -> Vec<(Change, bool, Place)> {
    let (mut found, mut signed) = (Vec::new(), false);
    for (place, event) in events {
        signed |= Step::of(event) == Some(Step::Approve);
        let Some((from, to)) = step(event) else { continue };
        let approves = |status: &str| is_approval(State::of(status, record.class));
        if approves(to) && !approves(from) {
            found.push(((words(from), words(to)), signed, *place));
        }
        signed = false;
    }
    found
}

/// A change of the status that approves, beside which no approval stands as it does nearly everywhere else.
pub(super) fn unsigned(record: &Record, events: &[(Place, &Event)], house: &House) -> Option<Finding> {
    let lone = |change: &Change| {
        house.beside.get(change).is_some_and(|(with, without)| *with >= 2 * PRACTICE && *with >= 2 * PRACTICE * *without)
    };
    let found = approvals(record, events).into_iter().find(|(change, signed, _)| !signed && lone(change));
    let (change, _, place) = found?;
    let with = house.beside.get(&change).map_or(0, |(with, _)| *with);
    let (_, event) = events.iter().find(|(at, _)| *at == place)?;
    let (from, to) = step(event)?;
    let message = format!(
        "The audit trail of {} tells that it went from {from} to {to} and of no approval before it, which stands in front of {with} others of these changes",
        record.id
    );
    Some(super::found(record, place, message, "nobody approved this, by the trail").severity(Severity::Warning))
}

fn is_approval(state: State) -> bool {
    matches!(state, State::PreApproved | State::PostApproved | State::Approved | State::Effective)
}

/// Steps in front of what must come first: something that is done to a record before it is created, a release or a closing
/// before the first approval. Statuses are judged by what they tell themselves.
fn early<'e>(record: &Record, events: &[(Place, &'e Event)]) -> Vec<(Step, Place, &'e Event, &'static str)> {
    let mut found = Vec::new();
    let first = |wanted: Step| events.iter().position(|(_, event)| Step::of(event) == Some(wanted));
    // Of a trail that does not begin with its record nobody knows what stood before.
    let Some(created) = first(Step::Create) else { return found };
    let told = |event: &Event| event.to.as_deref().is_some_and(|to| is_approval(State::of(to, record.class)));
    let approved = events.iter().position(|(_, event)| Step::of(event) == Some(Step::Approve) || told(event));
    for (at, (place, event)) in events.iter().enumerate() {
        let Some(step) = Step::of(event) else { continue };
        if at < created && step > Step::Create {
            found.push((step, *place, *event, "was created"));
        } else if matches!(step, Step::Release | Step::Close) && approved.is_some_and(|approved| at < approved) {
            found.push((step, *place, *event, "was first approved"));
        }
    }
    found
}

/// The first step that stands in front of what must come first, where that is not the practice of the house.
pub(super) fn order(record: &Record, events: &[(Place, &Event)], house: &House) -> Option<Finding> {
    let usual = |step: &Step| house.early.get(step).is_some_and(|count| *count >= PRACTICE);
    let (_, place, event, what) = early(record, events).into_iter().find(|(step, ..)| !usual(step))?;
    let message = format!(
        "The audit trail of {} has an order that cannot be: {} at {} stands in front of the event by which the record {what}",
        record.id, event.name, event.written
    );
    Some(found(record, place, message, "too early"))
}
