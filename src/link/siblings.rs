//! Folders in which every file is one requirement, although no file says so.

use super::graph::{ITEM, Input};
use crate::model::Role;
use crate::model::mention::Mention;
use crate::model::record::Kind;
use crate::model::vocabulary;
use rustc_hash::{FxHashMap, FxHashSet};

/// So many files of one form are a convention.
const FILES: usize = 5;

/// So many of them must be named by rows or in tests.
const NAMED: usize = 3;

/// Takes the files of such folders for what they are: several of the same form, some of which rows of a matrix or tests name.
pub(super) fn adopt(inputs: &mut [Input]) {
    let mut folders: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (at, input) in inputs.iter().enumerate().filter(|(_, input)| input.facts.alone.is_some()) {
        folders.entry(input.path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned()).or_default().push(at);
    }
    folders.retain(|_, files| files.len() >= FILES && are_rules(inputs, files));
    if folders.is_empty() {
        return;
    }
    let named = named(inputs);
    let is_named = |at: &&usize| {
        inputs.get(**at).and_then(|input| input.facts.alone.as_ref()).is_some_and(|one| named.contains(one.id.as_str()))
    };
    let counted = folders.into_values().filter(|files| files.iter().filter(is_named).count() >= NAMED);
    let files: Vec<usize> = counted.flatten().collect();
    for at in files {
        if let Some(input) = inputs.get_mut(at) {
            specify(input);
        }
    }
}

/// Whether most files of a folder demand something, and enough of them are of no family that names other things.
fn are_rules(inputs: &[Input], files: &[usize]) -> bool {
    const WORDS: [&str; 4] = [" MUST ", " SHALL ", " shall ", " must "];
    let some = || files.iter().filter_map(|at| inputs.get(*at));
    let demands = |input: &&Input| WORDS.iter().any(|word| input.text.as_str().contains(word));
    let own = |input: &&Input| input.facts.alone.as_ref().is_some_and(|one| !vocabulary::is_foreign(&one.id));
    some().filter(demands).count() * 2 > files.len() && some().filter(own).count() >= FILES
}

/// What was read as a record or as any other document is the requirement, and what it says of its state is the requirement's own.
fn specify(input: &mut Input) {
    let facts = &mut input.facts;
    let (Some(one), Some(document)) = (facts.alone.take(), facts.document.as_mut()) else { return };
    (document.kind, document.ended) = (Kind::Specification, false);
    facts.definitions.clear();
    facts.definitions.push(*one);
    facts.actions.clear();
    facts.stated.clear();
    facts.waits.clear();
    facts.contents = None;
    (input.role, input.reader) = (Some(Role::Specification), ITEM);
}

/// What rows are about, and what tests mention in any way.
fn named(inputs: &[Input]) -> FxHashSet<String> {
    let rows = inputs.iter().flat_map(|input| &input.facts.rows).flat_map(|row| &row.ids);
    let tests = inputs.iter().filter(|input| !input.facts.tests.is_empty());
    let markers = tests.flat_map(|input| &input.facts.markers).flat_map(|marker| &marker.ids);
    rows.chain(markers).filter_map(Mention::id).map(str::to_owned).collect()
}
