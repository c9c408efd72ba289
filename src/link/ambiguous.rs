//! Names that fit tests in several files: what stands beside them says which file is meant.

use super::graph::{Graph, Resolution, TestId};
use super::inventory::Inventory;
use crate::model::matrix::Row;
use crate::model::mention::Mention;
use crate::read::grammar::citation::is_source_extension;
use crate::source::FileId;

impl Inventory<'_> {
    /// Settles the names of a row that fit several files. The file may be one that the row names too, the one file that
    /// two such names share (a test and its class), the one that the heading above the table names, or the one that lies
    /// beside the code that the row names.
    pub(super) fn settle(&self, row: &mut [Resolution], heading: &str, code: &[&str]) {
        if !row.iter().any(|one| matches!(one, Resolution::Ambiguous(_))) {
            return;
        }
        let beside: Vec<FileId> = row.iter().flat_map(|one| self.named_by(one)).collect();
        let above: Vec<FileId> = paths(heading).flat_map(|path| self.files(path)).collect();
        let open: Vec<Vec<FileId>> = row.iter().filter_map(|one| self.candidates(one)).collect();
        for one in row {
            let Resolution::Ambiguous(found) = one else { continue };
            let own = self.files_of(found);
            let shared = open.iter().filter(|other| **other != own).flatten().copied();
            let near = || own.iter().copied().filter(|file| self.lies_beside(*file, code)).collect::<Vec<FileId>>();
            let meant = [above.clone(), beside.clone(), shared.collect(), near()];
            let only = meant.iter().find_map(|meant| {
                let mut fit = own.iter().filter(|file| meant.contains(file));
                fit.next().filter(|_| fit.next().is_none())
            });
            if let Some(file) = only {
                *one = self.one_of(found.iter().copied().filter(|id| self.test(*id).0 == *file).collect());
            }
        }
    }

    /// Whether a file lies in the folder of code that a row names.
    fn lies_beside(&self, file: FileId, code: &[&str]) -> bool {
        let Some((folder, _)) = self.inputs.get(file.index()).and_then(|input| input.path.rsplit_once('/')) else { return false };
        let folders = code.iter().flat_map(|cell| paths(cell)).filter_map(|path| path.rsplit_once('/')).map(|(folder, _)| folder);
        let mut folders = folders.map(|named| named.trim_start_matches("./"));
        folders.any(|named| folder.strip_suffix(named).is_some_and(|rest| rest.is_empty() || rest.ends_with('/')))
    }

    /// The files of what was found for certain.
    fn named_by(&self, one: &Resolution) -> Vec<FileId> {
        match one {
            Resolution::Tests(found) => self.files_of(found),
            Resolution::File(file) => vec![*file],
            _ => Vec::new(),
        }
    }

    fn candidates(&self, one: &Resolution) -> Option<Vec<FileId>> {
        if let Resolution::Ambiguous(found) = one { Some(self.files_of(found)) } else { None }
    }

    fn files_of(&self, found: &[TestId]) -> Vec<FileId> {
        let mut files: Vec<FileId> = found.iter().map(|id| self.test(*id).0).collect();
        files.sort_unstable();
        files.dedup();
        files
    }
}

/// `All route.test.ts`: whoever says so means each of the files that are called so.
pub(super) fn take_all(one: &mut Resolution, before: &str) {
    const ALL: &[&str] = &["all", "every", "each", "alle", "jede", "tous", "toutes", "todos", "todas", "tutti", "все"];
    if let Resolution::Ambiguous(found) = one {
        let before = before.trim_end_matches(['`', '*', '_', ' ', '\t']);
        let word = before.rsplit(|c: char| !c.is_alphabetic()).next().unwrap_or("").to_lowercase();
        if ALL.contains(&word.as_str()) {
            *one = Resolution::Tests(std::mem::take(found));
        }
    }
}

/// Of the tests that a name fits, those are meant that name the requirement of the row themselves, if they stand in one file.
pub(super) fn prefer_marked(graph: &Graph, row: &Row, one: &mut Resolution) {
    let Resolution::Ambiguous(found) = one else { return };
    let marked = |id: &TestId| {
        let (file, name) = (graph.test_node(*id).fact.file, graph.test(*id).span);
        let names = |ids: &[Mention]| ids.iter().filter_map(Mention::id).any(|id| row.ids.iter().any(|own| own.id() == Some(id)));
        graph.input(file).facts.markers.iter().any(|marker| marker.reach.contains(name) && names(&marker.ids))
    };
    let fit: Vec<TestId> = found.iter().copied().filter(marked).collect();
    let mut files = fit.iter().map(|id| graph.test_node(*id).fact.file);
    let first = files.next();
    if first.is_some() && files.all(|file| Some(file) == first) {
        *one = Resolution::Tests(fit);
    }
}

/// The words of a heading that are paths of sources.
fn paths(heading: &str) -> impl Iterator<Item = &str> {
    let words = heading.split(|c: char| c.is_whitespace() || matches!(c, '`' | '(' | ')' | '*' | ',' | ':'));
    words.filter(|word| word.rsplit_once('.').is_some_and(|(stem, extension)| !stem.is_empty() && is_source_extension(extension)))
}
