//! Which records and documents name which record, found when somebody asks.

use super::open::{self, Own};
use super::{Record, RecordId};
use crate::link::graph::{Graph, ReqId};
use crate::model::lifecycle::Class;
use crate::source::{FileId, Place, Span};
use memchr::memmem;
use rustc_hash::{FxHashMap, FxHashSet};

/// A document that names a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mention {
    /// The document.
    pub file: FileId,
    /// Where it does so first.
    pub first: Span,
    /// How often.
    pub count: usize,
}

/// The documents that name a record, other than its own; copies of former versions are left out.
pub fn of(graph: &Graph, id: RecordId) -> Vec<Mention> {
    let one = graph.records().record(id);
    let own = |file: FileId| one.file == Some(file) || one.draft == Some(file);
    let finder = memmem::Finder::new(&one.id);
    let documents = graph.files().filter(|(file, input)| input.facts.document.is_some() && !own(*file));
    documents
        .filter_map(|(file, input)| {
            let text = input.text.as_str();
            let mut found = finder.find_iter(text.as_bytes()).filter(|at| is_whole(text, *at, one.id.len())).peekable();
            let first = *found.peek()?;
            Some(Mention { file, first: Span::new(first, first + one.id.len()), count: found.count() })
        })
        .collect()
}

/// The other records that a record names, each with the place where it does so first.
pub fn by(graph: &Graph, id: RecordId) -> Vec<(RecordId, Place)> {
    let records = graph.records();
    let one = records.record(id);
    let Some(file) = one.file else { return Vec::new() };
    // Within a record its children are often called by the last part of their identifiers.
    let child = |name: &str| {
        let ends = |child: &&RecordId| records.record(**child).id.strip_suffix(name).is_some_and(|rest| rest.ends_with('-'));
        one.children.iter().find(ends).copied()
    };
    let text = graph.input(file).text.as_str();
    let mut seen: FxHashSet<RecordId> = FxHashSet::default();
    let mut found = Vec::new();
    for (at, name) in names(text) {
        let called = match records.called(name) {
            [other] => Some(*other),
            _ => None,
        };
        if let Some(other) = child(name).or(called).filter(|other| *other != id && seen.insert(*other)) {
            found.push((other, Place::new(file, Span::new(at, at + name.len()))));
        }
    }
    found
}

/// The actions of other records that a record names, each with that record and the first place: by their whole identifiers, or by the
/// last part, where it names their record as well or no other has an action that is called so.
pub fn actions(graph: &Graph, id: RecordId) -> Vec<(RecordId, Own<'_>, Place)> {
    let records = graph.records();
    let Some(file) = records.record(id).file else { return Vec::new() };
    let text = graph.input(file).text.as_str();
    let others = records.iter().filter(|(other, one)| *other != id && one.class != Class::Change && one.class.is_executed());
    let mut known: FxHashMap<String, Vec<(RecordId, Own<'_>)>> = FxHashMap::default();
    for (other, one) in others {
        for own in one.file.map_or_else(Vec::new, |file| open::actions(graph, one, file)) {
            let short =
                own.action.id.strip_prefix(one.id.as_str()).map_or(own.action.id.as_str(), |rest| rest.trim_start_matches('-'));
            known.entry(format!("{}-{short}", one.id)).or_default().push((other, own));
            known.entry(short.to_owned()).or_default().push((other, own));
        }
    }
    let beside: FxHashSet<RecordId> = by(graph, id).into_iter().map(|(other, _)| other).collect();
    let mut seen: FxHashSet<(FileId, Span)> = FxHashSet::default();
    let mut found = Vec::new();
    for (at, name) in names(text) {
        let called = known.get(name).map_or(&[][..], Vec::as_slice);
        for (owner, own) in called.iter().filter(|(owner, _)| called.len() == 1 || beside.contains(owner)) {
            if records.record(*owner).file.is_some_and(|file| seen.insert((file, own.action.span))) {
                found.push((*owner, *own, Place::new(file, Span::new(at, at + name.len()))));
            }
        }
    }
    found
}

/// The requirements that a record names, each with the place where it does so first.
pub fn requirements(graph: &Graph, id: RecordId) -> Vec<(ReqId, Place)> {
    let Some(file) = graph.records().record(id).file else { return Vec::new() };
    let known: FxHashMap<&str, ReqId> = graph.requirements().map(|(id, one)| (one.id.as_str(), id)).collect();
    let mut seen: FxHashSet<ReqId> = FxHashSet::default();
    let mut found = Vec::new();
    for (at, name) in names(graph.input(file).text.as_str()) {
        if let Some(id) = known.get(name).filter(|id| seen.insert(**id)) {
            found.push((*id, Place::new(file, Span::new(at, at + name.len()))));
        }
    }
    found
}

/// Words that may be identifiers, with their offsets: those of specifications end with no number.
fn names(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let mut rest = text;
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = rest.find(part)?;
            let behind = rest.get(start..)?;
            let len = behind.find(|c: char| !part(c)).unwrap_or(behind.len());
            let (word, from) = (behind.get(..len)?, at + start);
            at = from + len;
            rest = behind.get(len..)?;
            let name = word.trim_matches(['-', '_']);
            if name.len() > 2 && name.contains(['-', '_']) {
                return Some((from + word.find(name).unwrap_or(0), name));
            }
        }
    })
}

/// Whether an identifier stands alone and is no part of a longer one.
fn is_whole(text: &str, at: usize, len: usize) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    let before = text.get(..at).and_then(|text| text.chars().next_back());
    let mut after = text.get(at + len..).unwrap_or("").chars();
    let next = after.next();
    let longer = next == Some('-') && after.next().is_some_and(|c| c.is_ascii_alphanumeric());
    !before.is_some_and(|c| part(c) || c == '-') && !next.is_some_and(part) && !longer
}

/// Whether a record is a document whose text is needed.
pub(super) fn needs_text(graph: &Graph, one: &Record) -> Option<FileId> {
    one.file.filter(|file| graph.input(*file).text.as_str().is_empty())
}
