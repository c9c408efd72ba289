//! Folders in which every file is one requirement, although no file says so.

use super::graph::{ITEM, Input};
use super::lookup::kin;
use crate::model::Role;
use crate::model::mention::Mention;
use crate::model::record::Kind;
use crate::model::requirement::{Definition, Shape};
use crate::model::vocabulary;
use rustc_hash::{FxHashMap, FxHashSet};

/// So many files of one form are a convention.
const FILES: usize = 5;

/// So many of them must be named by rows or in tests.
const NAMED: usize = 3;

/// So many files of one form beside one that calls itself a specification are of its kind.
const LED: usize = 2;

/// Takes the files of such folders for what they are: several of the same form, some of which rows of a matrix or tests name, or
/// of which one calls itself a specification.
pub(super) fn adopt(inputs: &mut [Input]) {
    for at in led(inputs) {
        if let Some(input) = inputs.get_mut(at) {
            join(input);
        }
    }
    let mut folders: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (at, input) in inputs.iter().enumerate().filter(|(_, input)| is_alone(input)) {
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

/// Whether a file may be one requirement and defines nothing else.
fn is_alone(input: &Input) -> bool {
    let one = input.facts.alone.as_ref();
    one.is_some_and(|one| input.facts.definitions.iter().all(|known| known.id == one.id))
}

/// Files that are one identifier each, beside a specification of the same form and family, or named by rows and tests for the most
/// part, where their family is one of requirements.
fn led(inputs: &[Input]) -> Vec<usize> {
    let folder = |input: &Input| input.path.rsplit_once('/').map_or("", |(folder, _)| folder).to_owned();
    let mut files: FxHashMap<(String, &str), Vec<usize>> = FxHashMap::default();
    for (at, input) in inputs.iter().enumerate() {
        let other = input.facts.document.as_ref().is_some_and(|document| document.kind == Kind::Other);
        if let Some(one) = input.facts.alone.as_ref().filter(|one| other && !vocabulary::is_foreign(&one.id)) {
            files.entry((folder(input), kin(&one.id))).or_default().push(at);
        }
    }
    files.retain(|_, files| files.len() >= LED);
    if files.is_empty() {
        return Vec::new();
    }
    let leads = inputs.iter().filter_map(|input| {
        let specifies = input.facts.document.as_ref().is_some_and(|document| document.kind == Kind::Specification);
        let one = input.facts.definitions.iter().find(|one| specifies && is_title(input, one))?;
        Some((folder(input), kin(&one.id)))
    });
    let leads: FxHashSet<(String, &str)> = leads.collect();
    let related = || inputs.iter().flat_map(|input| &input.facts.rows).flat_map(|row| &row.related).filter_map(Mention::id);
    let mut named = named(inputs);
    named.extend(related().map(str::to_owned));
    let own = |at: &usize| inputs.get(*at).and_then(|input| input.facts.alone.as_ref()).map_or("", |one| one.id.as_str());
    let vouched = |kin: &str, files: &[usize]| {
        let told = files.iter().filter(|at| named.contains(own(at))).count();
        (vocabulary::is_requirement_word(kin) || kin.starts_with("UC")) && told >= NAMED && told * 2 >= files.len()
    };
    let mut found: Vec<usize> = files
        .iter()
        .filter(|(key, files)| leads.contains(*key) || vouched(key.1, files))
        .flat_map(|(_, files)| files)
        .copied()
        .collect();
    found.sort_unstable();
    found
}

/// Whether a definition is the title of a document that is called after it.
fn is_title(input: &Input, one: &Definition) -> bool {
    let name = input.path.rsplit('/').next().unwrap_or(&input.path);
    let called = name.get(..one.id.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(&one.id));
    called && one.shape == Shape::Heading && one.group == 1
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

/// What was read as any other document defines the requirement that it is called after, beside whatever it may define else.
fn join(input: &mut Input) {
    let facts = &mut input.facts;
    let (Some(one), Some(document)) = (facts.alone.take(), facts.document.as_mut()) else { return };
    document.kind = Kind::Specification;
    facts.definitions.retain(|known| known.id != one.id);
    facts.definitions.insert(0, *one);
    input.role = Some(Role::Specification);
}

/// What rows are about, and what tests mention in any way.
fn named(inputs: &[Input]) -> FxHashSet<String> {
    let rows = inputs.iter().flat_map(|input| &input.facts.rows).flat_map(|row| &row.ids);
    let tests = inputs.iter().filter(|input| !input.facts.tests.is_empty());
    let markers = tests.flat_map(|input| &input.facts.markers).flat_map(|marker| &marker.ids);
    rows.chain(markers).filter_map(Mention::id).map(str::to_owned).collect()
}
