//! Who each controlled record is, in which state, and whose child: from documents, sidecars, audit trails and the copies of
//! former versions.

mod found;
pub mod mentioned;
pub mod open;
pub mod other;
pub mod past;
pub mod told;

use super::graph::{FactRef, Graph, index};
use crate::model::kept::{Event, Sidecar};
use crate::model::lifecycle::{Class, State};
use crate::settings::Settings;
use crate::source::{FileId, Place, Text};
use rayon::prelude::*;
use rustc_hash::FxHashMap;

/// Index of a record in [`Records`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(pub u32);

/// All controlled records, sorted by identifier and place.
#[derive(Debug, Default)]
pub struct Records {
    list: Vec<Record>,
    by_id: FxHashMap<String, Vec<RecordId>>,
    by_file: FxHashMap<FileId, RecordId>,
}

/// One controlled record.
#[derive(Debug, Clone, Default)]
pub struct Record {
    /// The identifier.
    pub id: String,
    /// What it is for.
    pub class: Class,
    /// The title without the identifier.
    pub title: String,
    /// The document; `None` where only a sidecar or a trail tells of it.
    pub file: Option<FileId>,
    /// A draft that lies beside the document.
    pub draft: Option<FileId>,
    /// Its sidecar.
    pub sidecar: Option<FactRef>,
    /// Its status as it is written.
    pub status: Option<Told>,
    /// Its version, without a `v`.
    pub version: Option<Told>,
    /// What the status means.
    pub state: State,
    /// The record that it belongs to.
    pub parent: Option<RecordId>,
    /// What says so.
    pub parent_told: Option<Told>,
    /// The records that belong to it.
    pub children: Vec<RecordId>,
    /// Copies of former versions, oldest first.
    pub former: Vec<Former>,
    /// What its audit trail tells, in the order in which that tells it.
    pub events: Vec<FactRef>,
}

/// What is told of a record, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    /// What.
    pub text: String,
    /// Where.
    pub place: Place,
    /// By what.
    pub by: By,
}

/// What tells something of a record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum By {
    /// Its sidecar.
    Sidecar,
    /// A list of records, which alone tells of it.
    List,
    /// The document itself.
    Document,
    /// Its audit trail.
    Trail,
    /// Its identifier.
    Identifier,
    /// The folder in which it lies.
    Folder,
}

impl By {
    /// The word that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Sidecar => "sidecar",
            Self::List => "list",
            Self::Document => "document",
            Self::Trail => "audit trail",
            Self::Identifier => "identifier",
            Self::Folder => "folder",
        }
    }
}

/// A copy of a former version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Former {
    /// The version, without a `v`.
    pub version: String,
    /// The copy.
    pub file: FileId,
}

impl Record {
    /// Whether it is done with as it should be.
    pub fn is_closed(&self) -> bool {
        self.state == State::Closed
    }

    /// Whether nothing is to come of it any more: it is closed, or it has ended in another way.
    pub fn is_settled(&self) -> bool {
        matches!(self.state, State::Closed | State::Ended)
    }

    /// Whether something is still to come of it. What is carried out ends when it is closed, what is put into force once it is
    /// in force; where nothing tells the status of that it is not known to be open.
    pub fn is_open(&self) -> bool {
        match self.state {
            State::Closed | State::Ended => false,
            State::Approved | State::Effective | State::Unknown => self.class.is_executed(),
            _ => true,
        }
    }

    /// Whether what it says is in force.
    pub fn in_force(&self) -> bool {
        matches!(self.state, State::Approved | State::Effective)
    }

    /// Whether somebody has approved that it be carried out, or that it be in force.
    pub fn is_approved(&self) -> bool {
        matches!(
            self.state,
            State::PreApproved
                | State::InExecution
                | State::InPostReview
                | State::PostApproved
                | State::Approved
                | State::Effective
                | State::Closed
        )
    }

    /// The file that tells of it: its document, or else its sidecar.
    pub fn told_in(&self) -> Option<FileId> {
        self.file.or(self.sidecar.map(|fact| fact.file))
    }

    /// The place to point at for the record as a whole: its status, or else the beginning of its document.
    pub fn place(&self) -> Option<Place> {
        let status = self.status.as_ref().map(|status| status.place);
        status.or_else(|| self.told_in().map(|file| Place { file, ..Place::default() }))
    }
}

impl Records {
    /// All of them, in order.
    pub fn iter(&self) -> impl Iterator<Item = (RecordId, &Record)> {
        self.list.iter().enumerate().map(|(at, one)| (RecordId(index(at)), one))
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// A record.
    #[allow(clippy::indexing_slicing, reason = "identifiers are made from the list that they index")]
    pub fn record(&self, id: RecordId) -> &Record {
        &self.list[id.0 as usize]
    }

    /// The records of an identifier, in whatever case: more than one where several folders number their own.
    pub fn called(&self, id: &str) -> &[RecordId] {
        self.by_id.get(&id.to_ascii_uppercase()).map_or(&[], Vec::as_slice)
    }

    /// The record of an identifier, if there is exactly one.
    pub fn get(&self, id: &str) -> Option<&Record> {
        match self.called(id) {
            [only] => Some(self.record(*only)),
            _ => None,
        }
    }

    /// The record that a document names: by its identifier, or by the path of its document from there.
    pub fn named(&self, graph: &Graph, file: FileId, name: &str) -> Option<&Record> {
        if !name.ends_with(".md") {
            return self.get(name);
        }
        let mut parts: Vec<&str> = graph.path(file).split('/').collect();
        parts.pop();
        for part in name.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()?),
                part => parts.push(part),
            }
        }
        let path = parts.join("/");
        let at = graph.inputs.binary_search_by(|input| input.path.as_str().cmp(&path)).ok()?;
        self.of_file(FileId(index(at))).map(|id| self.record(id)).filter(|one| one.file == Some(FileId(index(at))))
    }

    /// The record of which a file is the document, the draft, the sidecar, the trail or a copy of a former version.
    pub fn of_file(&self, file: FileId) -> Option<RecordId> {
        self.by_file.get(&file).copied()
    }
}

impl Graph {
    /// The controlled records.
    pub fn records(&self) -> &Records {
        &self.records
    }

    /// An event of an audit trail.
    pub fn event(&self, fact: FactRef) -> Option<&Event> {
        self.facts(fact.file).kept.as_ref()?.events.get(fact.index as usize)
    }

    /// A sidecar.
    pub fn sidecar(&self, fact: FactRef) -> Option<&Sidecar> {
        self.facts(fact.file).kept.as_ref()?.sidecars.get(fact.index as usize)
    }

    /// What happened to a record, with the places, in the order in which its audit trail tells it.
    pub fn events<'g>(&'g self, record: &'g Record) -> impl Iterator<Item = (Place, &'g Event)> {
        record.events.iter().filter_map(|fact| {
            let event = self.event(*fact)?;
            Some((Place::new(fact.file, event.span), event))
        })
    }
}

/// Finds the records of all inputs.
pub(super) fn link(graph: &Graph, settings: &Settings) -> Records {
    let mut records = found::documents(graph, settings);
    told::sidecars(graph, settings, &mut records);
    told::trails(graph, &mut records);
    told::copies(graph, &mut records);
    told::settle(graph, &mut records);
    told::families(graph, &mut records);
    records
}

/// Reads the texts of records again that were dropped because their readers found nothing in them.
pub fn look(graph: &mut Graph, reread: &(dyn Fn(&str) -> Option<Text> + Sync)) {
    let dropped: Vec<FileId> = graph.records.list.iter().filter_map(|one| mentioned::needs_text(graph, one)).collect();
    let again: Vec<(FileId, Option<Text>)> = dropped.into_par_iter().map(|file| (file, reread(graph.path(file)))).collect();
    for (file, text) in again {
        if let (Some(text), Some(input)) = (text, graph.inputs.get_mut(file.index())) {
            input.text = text;
        }
    }
}
