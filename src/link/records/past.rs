//! What a record was at some time, as its audit trail tells.

use super::{Record, Told};
use crate::link::graph::Graph;
use crate::model::kept::Event;
use crate::model::lifecycle::State;
use crate::model::time::DAY;
use crate::model::vocabulary::words;
use crate::source::Place;

/// What a record may have been in some span of time.
#[derive(Debug, Clone, Default)]
pub struct Was<'g> {
    /// Its statuses, with the event after which it had each.
    pub statuses: Vec<(&'g str, Place)>,
    /// Its versions.
    pub versions: Vec<(&'g str, Place)>,
}

/// What a record may have been on a day, told as days since 1970, or a day before or after it; `None` where its trail begins
/// later or tells no time. What the record is now it was then, if nothing happened to it since.
pub fn on<'g>(graph: &'g Graph, record: &'g Record, day: i64) -> Option<Was<'g>> {
    let (from, to) = ((day - 1) * DAY, (day + 2) * DAY);
    let timed: Vec<(i64, Place, &Event)> =
        graph.events(record).filter_map(|(place, event)| Some((event.time?.seconds, place, event))).collect();
    timed.first().filter(|(seconds, ..)| *seconds < to)?;
    let mut was = Was::default();
    // What it was when the time began: after the last event before, or before the first event of all.
    let before = |(seconds, ..): &&(i64, Place, &Event)| *seconds < from;
    let status = timed.iter().filter(before).rev().find_map(|(_, place, event)| Some((event.to.as_deref()?, *place)));
    let version = timed.iter().filter(before).rev().find_map(|(_, place, event)| Some((event.version.as_deref()?, *place)));
    was.statuses.extend(status);
    was.versions.extend(version);
    let within = timed.iter().filter(|(seconds, ..)| (from..to).contains(seconds));
    for (_, place, event) in within {
        was.statuses.extend(event.from.as_deref().map(|status| (status, *place)));
        was.statuses.extend(event.to.as_deref().map(|status| (status, *place)));
        was.versions.extend(event.version.as_deref().map(|version| (version, *place)));
    }
    // A record that was taken back to be edited leaves its status without telling: the next change shows it.
    let after =
        timed.iter().filter(|(seconds, ..)| *seconds >= to).find_map(|(_, place, event)| Some((event.from.as_deref()?, *place)));
    was.statuses.extend(after);
    if timed.iter().all(|(seconds, ..)| *seconds < to) {
        // What the trail tells last is told by the trail, although a sidecar says it too.
        let fresh = |told: &Told, list: &[(&str, Place)]| list.last().is_none_or(|(last, _)| *last != told.text);
        let status = record.status.as_ref().filter(|told| fresh(told, &was.statuses));
        let version = record.version.as_ref().filter(|told| fresh(told, &was.versions));
        was.statuses.extend(status.map(|status| (status.text.as_str(), status.place)));
        was.versions.extend(version.map(|version| (version.text.as_str(), version.place)));
    }
    Some(was)
}

/// The event by which a record was created, where that was after a day, told as days since 1970, and the day behind it. Of a
/// trail that begins otherwise nobody knows what stood before.
pub fn created_after<'g>(graph: &'g Graph, record: &'g Record, day: i64) -> Option<(Place, &'g Event)> {
    let (place, event) = graph.events(record).next()?;
    let created = matches!(words(&event.name).as_str(), "create" | "created");
    (created && event.time?.seconds >= (day + 2) * DAY).then_some((place, event))
}

/// When a record first reached a status that a condition picks, in seconds since 1970, and the event.
pub fn reached<'g>(graph: &'g Graph, record: &'g Record, is: impl Fn(&str) -> bool) -> Option<(i64, Place, &'g Event)> {
    graph
        .events(record)
        .filter_map(|(place, event)| Some((event.time?.seconds, place, event)))
        .find(|(.., event)| event.to.as_deref().is_some_and(&is))
}

/// When a record last reached such a status.
pub fn last_reached<'g>(graph: &'g Graph, record: &'g Record, is: impl Fn(&str) -> bool) -> Option<(i64, Place, &'g Event)> {
    let events = graph.events(record).filter_map(|(place, event)| Some((event.time?.seconds, place, event)));
    events.filter(|(.., event)| event.to.as_deref().is_some_and(&is)).last()
}

/// The version that was approved when a record was last released for execution, and the approval, by a trail that logs the
/// approvals and the releases and perhaps no status. `None` where it was never released, or was edited between the two.
pub fn released<'g>(graph: &'g Graph, record: &'g Record) -> Option<(&'g str, Place, &'g Event)> {
    let (mut version, mut approved, mut released) = (None, None, None);
    for (place, event) in graph.events(record) {
        let by = |version: Option<&'g str>| version.map(|version| (version, place, event));
        let to = event.to.as_deref().map(|status| State::of(status, record.class));
        match words(&event.name).as_str() {
            // An approval names the version that it is for, the new status the one that it makes.
            name if is_approval(name) => approved = Some(by(event.version.as_deref().or(version))),
            _ if to == Some(State::Approved) => approved = approved.or(Some(by(version))),
            "checkin" | "check in" | "edit" | "edited" | "modify" | "update" | "updated" => approved = approved.map(|_| None),
            "release" | "released" | "start" | "start execution" => released = approved.take().unwrap_or(released),
            _ if to == Some(State::InExecution) => released = approved.take().unwrap_or(released),
            _ => {}
        }
        version = event.version.as_deref().or(version);
    }
    released
}

/// The event by which somebody approved what then got a new status: an approval between that change of the status and the one
/// before it, or else the change itself.
pub fn approval<'g>(graph: &'g Graph, record: &'g Record, change: (Place, &'g Event)) -> (Place, &'g Event) {
    let mut approval = change;
    for (place, event) in graph.events(record) {
        if std::ptr::eq(event, change.1) {
            return approval;
        }
        if is_approval(&words(&event.name)) {
            approval = (place, event);
        } else if event.to.is_some() {
            approval = change;
        }
    }
    change
}

fn is_approval(name: &str) -> bool {
    matches!(name, "approve" | "approved" | "approval" | "sign" | "signed")
}
