//! Ways through what stands inside records: which record names what, which change fulfils an action, how old things are.

use super::graph::Graph;
use super::plans::find_word;
use super::records::{Record, RecordId};
use crate::model::contents::Contents;
use crate::model::time;
use crate::source::{FileId, Place, Span};
use rustc_hash::{FxHashMap, FxHashSet};

impl Graph {
    /// What stands inside a document, if it is one of a record.
    pub fn contents(&self, file: FileId) -> Option<&Contents> {
        self.facts(file).contents.as_deref()
    }

    /// The records whose documents name a file or a document, in order, each with the first place. A path counts with its
    /// folder: `link.py` alone may be any.
    pub fn records_naming<'g>(&'g self, name: &'g str) -> impl Iterator<Item = (RecordId, &'g Record, Place)> {
        let tail = tail(name);
        self.records().iter().filter_map(move |(id, record)| {
            let file = record.file?;
            let text = self.input(file).text.as_str();
            let at = find_word(text, tail)?;
            Some((id, record, Place::new(file, Span::new(at, at + tail.len()))))
        })
    }

    /// The names in the documents of some records, as far as somebody wants to know.
    pub fn names_in<'g>(&'g self, of: impl Fn(&Record) -> bool, wanted: impl Fn(&str) -> bool) -> Names<'g> {
        let mut names = Names::default();
        for (id, record) in self.records().iter().filter(|(_, record)| of(record)) {
            let Some(file) = record.file else { continue };
            for (at, name) in tokens(self.input(file).text.as_str()).filter(|(_, name)| wanted(name)) {
                let found = names.0.entry(name).or_default();
                if found.last().is_none_or(|(last, _)| *last != id) {
                    found.push((id, Place::new(file, Span::new(at, at + name.len()))));
                }
            }
        }
        names
    }

    /// The newest day that a record tells of: in its audit trail, or in its cells and fields that say when something was done; as
    /// days since 1970 and as a date. Nothing was done on `ahead` or later, where somebody says from which day on the future lies.
    pub fn newest_day(&self, ahead: Option<&str>) -> Option<(i32, String)> {
        let records = || self.records().iter().map(|(_, record)| record);
        let events = records().flat_map(|record| self.events(record)).map(|(_, event)| event.written.as_str());
        let own = || records().flat_map(|record| [record.file, record.draft]).flatten();
        let contents = || own().filter_map(|file| self.contents(file));
        let dated = own().filter_map(|file| self.document(file)?.identity.date.as_ref()).map(|day| day.text.as_str());
        let days = events.chain(contents().flat_map(Contents::days)).chain(records().filter_map(|record| self.opened(record)));
        let days = days.chain(dated).filter_map(time::date).chain(contents().filter_map(|contents| contents.newest));
        let ahead = ahead.and_then(time::date);
        days.filter(|day| ahead.is_none_or(|ahead| *day <= ahead)).max().map(|day| (day, time::written(day)))
    }

    /// The day on which the document of a record says that it was opened.
    fn opened(&self, record: &Record) -> Option<&str> {
        let opened = self.document(record.file?)?.identity.opened.as_ref();
        opened.map(|day| day.text.as_str())
    }

    /// The day on which a record was begun: that of its first event, or else the one that it tells itself, or else the first on
    /// which somebody did something in it.
    pub fn first_day(&self, record: &Record) -> Option<i32> {
        self.beginning(record).map(|(day, _)| day)
    }

    /// That day, and what is known to have been on it.
    pub fn beginning(&self, record: &Record) -> Option<(i32, &'static str)> {
        let events = self.events(record).filter_map(|(_, event)| time::date(&event.written)).min();
        let items = || record.file.and_then(|file| self.contents(file))?.days().filter_map(time::date).min();
        let opened = || self.opened(record).and_then(time::date).map(|day| (day, "it was opened"));
        let first = || items().map(|day| (day, "the first work in it was done"));
        events.map(|day| (day, "it was begun")).or_else(opened).or_else(first)
    }
}

/// Names, each with the records whose documents have it and the first place in each.
#[derive(Debug, Default)]
pub struct Names<'g>(FxHashMap<&'g str, Vec<(RecordId, Place)>>);

impl Names<'_> {
    /// The records that have a name.
    pub fn of(&self, name: &str) -> &[(RecordId, Place)] {
        self.0.get(name).map_or(&[], Vec::as_slice)
    }

    /// The records that say what became of an action: they name it with the record that it belongs to.
    pub fn of_action<'n>(&'n self, owner: &Record, action: &str) -> impl Iterator<Item = RecordId> + use<'n> {
        let short = action.strip_prefix(owner.id.as_str()).map_or(action, |rest| rest.trim_start_matches(['-', '_']));
        let beside: FxHashSet<RecordId> = self.of(&owner.id).iter().map(|(id, _)| *id).collect();
        let full = self.of(&format!("{}-{short}", owner.id)).iter().map(|(id, _)| *id);
        let alone = self.of(short).iter().map(|(id, _)| *id).filter(move |id| beside.contains(id));
        let mut found: Vec<RecordId> = full.chain(alone).collect();
        found.sort_unstable();
        found.dedup();
        found.into_iter()
    }
}

/// The words of a text that may be names, with their offsets: `CR-042`, `test_opens`, `link.py`.
pub fn tokens(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let part = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
    let mut at = 0;
    text.split(move |c: char| !part(c)).filter_map(move |word| {
        let start = at + (word.len() - word.trim_start_matches(['-', '.']).len());
        // What splits is no part of the word: its length is that of a letter.
        at += word.len() + text.get(at + word.len()..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8);
        let name = word.trim_matches(['-', '.']);
        (!name.is_empty()).then_some((start, name))
    })
}

/// A path without what stands in front of its last folder.
fn tail(path: &str) -> &str {
    let path = path.trim_end_matches('/');
    let mut signs = path.rmatch_indices('/').map(|(at, _)| at);
    let (_, folder) = (signs.next(), signs.next());
    folder.and_then(|at| path.get(at + 1..)).unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use super::{tail, tokens};

    #[test]
    fn tokens_are_names_where_they_stand() {
        let text = "`test_a`, é CR-042. see pump/link.py — (INV-003-CAPA-1)...";
        let found: Vec<(usize, &str)> = tokens(text).collect();
        assert!(found.iter().all(|(at, name)| text[*at..].starts_with(name)));
        let names: Vec<&str> = found.into_iter().map(|(_, name)| name).collect();
        assert_eq!(names, ["test_a", "é", "CR-042", "see", "pump", "link.py", "INV-003-CAPA-1"]);
    }

    #[test]
    fn a_path_keeps_its_folder() {
        assert_eq!(tail("pump/firmware/link.py"), "firmware/link.py");
        assert_eq!(tail("firmware/link.py"), "firmware/link.py");
        assert_eq!(tail("link.py"), "link.py");
        assert_eq!(tail("pump/docker/"), "pump/docker");
    }
}
