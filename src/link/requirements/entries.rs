//! The definitions of one document by their identifiers: which one counts, and which are too many.

use super::is_item_file;
use crate::link::alike;
use crate::link::graph::{FactRef, Input};
use crate::model::requirement::{Definition, Shape, Standing};
use crate::model::vocabulary::words;
use crate::source::{FileId, Place};
use rustc_hash::FxHashMap;
use smallvec::{SmallVec, smallvec};

/// One identifier of one document with all its definitions there.
pub(super) struct Entry {
    /// The definition that counts.
    pub(super) primary: FactRef,
    /// Others of the same construct.
    pub(super) duplicates: Vec<Place>,
    /// All of its definitions in the document.
    pub(super) all: SmallVec<[FactRef; 2]>,
}

/// Groups definitions by document and identifier. Only repeats of the same construct are
/// duplicates: an overview table above detailed sections tells the same requirement twice.
pub(super) fn entries(inputs: &[Input], accepted: &[FactRef]) -> Vec<Entry> {
    let definition =
        |fact: FactRef| inputs.get(fact.file.index()).and_then(|input| input.facts.definitions.get(fact.index as usize));
    let mut known: FxHashMap<(FileId, &str), usize> = FxHashMap::default();
    known.reserve(accepted.len());
    let mut groups: Vec<SmallVec<[FactRef; 2]>> = Vec::with_capacity(accepted.len());
    for fact in accepted {
        let Some(one) = definition(*fact) else { continue };
        let at = *known.entry((fact.file, &one.id)).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.push(*fact),
            None => groups.push(smallvec![*fact]),
        }
    }
    let mut entries: Vec<Entry> = groups
        .into_iter()
        .filter_map(|facts| {
            if let [only] = facts.as_slice() {
                return Some(Entry { primary: *only, duplicates: Vec::new(), all: facts });
            }
            // An item of a list often repeats what a heading, a paragraph or a row defines, and what names several or traces them
            // defines only what nothing else does.
            let weight = |fact: &FactRef| {
                let told =
                    |one: &Definition| (one.certainty, one.shape != Shape::MatrixRow, one.shape != Shape::ListItem, one.text.len);
                definition(*fact).map(|one| (told(one), std::cmp::Reverse(fact.index)))
            };
            let richest = *facts.iter().max_by_key(|fact| weight(fact))?;
            let chosen = definition(richest)?;
            let all = facts.clone();
            let twins: SmallVec<[FactRef; 2]> =
                facts.into_iter().filter(|fact| definition(*fact).is_some_and(|one| twin(inputs, *fact, one, chosen))).collect();
            let primary = *twins.first()?;
            let duplicates =
                twins.iter().skip(1).filter_map(|fact| Some(Place::new(fact.file, definition(*fact)?.span))).collect();
            Some(Entry { primary, duplicates, all })
        })
        .collect();
    // A document that lists what others define comes after them: it tells it again.
    // And where a requirement is a file of its own, that file is where it is defined.
    let rank = |input: &Input| match input.facts.definitions.is_empty() {
        true => (false, false, false),
        false => (lists(input), !is_item_file(input), !calls_itself_requirements(input)),
    };
    let ranks: Vec<(bool, bool, bool)> = inputs.iter().map(rank).collect();
    let traces = |entry: &Entry| definition(entry.primary).is_some_and(|one| one.shape == Shape::MatrixRow);
    entries.sort_by_key(|entry| (traces(entry), ranks.get(entry.primary.file.index()).copied(), entry.primary));
    entries
}

/// Whether a document is one of those that list requirements for the sake of something else, by its name.
fn lists(input: &Input) -> bool {
    const NAMES: &[&str] = &["readme", "index", "overview", "summary", "roadmap"];
    let (stem, _) = called(input);
    quotes(input) || stem.split(' ').any(|word| NAMES.contains(&word))
}

/// The words of the name and of the title of a document.
fn called(input: &Input) -> (String, String) {
    let name = input.path.rsplit('/').next().unwrap_or(&input.path);
    let stem = words(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    (stem, words(input.facts.document.as_ref().map_or("", |document| &document.title)))
}

/// Whether it calls itself a list of issues or priorities, or a guide: what it says of requirements is taken from elsewhere.
pub(super) fn quotes(input: &Input) -> bool {
    const LISTS: &[&str] = &[
        "backlog",
        "issues",
        "moscow",
        "prioritization",
        "prioritisation",
        "priorisation",
        "priorisierung",
        "priorización",
        "priorização",
        "prioritas",
        "priorities",
    ];
    const GUIDES: &[&str] = &["user guide", "user manual", "operator manual"];
    let (stem, title) = called(input);
    let listed =
        |text: &str| text.split(' ').any(|word| LISTS.contains(&word)) || GUIDES.iter().any(|guide| text.contains(guide));
    listed(&stem) || listed(&title)
}

/// Whether a document calls itself the specification of requirements.
fn calls_itself_requirements(input: &Input) -> bool {
    let (_, title) = called(input);
    title.split(' ').any(|word| word == "srs") || title.contains("requirements specification")
}

/// Whether two definitions of one identifier use the same construct, so that one of them is too many.
fn twin(inputs: &[Input], fact: FactRef, one: &Definition, chosen: &Definition) -> bool {
    if std::ptr::eq(one, chosen) {
        return true;
    }
    let same_block = one.block.contains(chosen.span) || chosen.block.contains(one.span);
    if one.shape != chosen.shape || same_block || one.standing == Standing::Retired || chosen.standing == Standing::Retired {
        return false;
    }
    // "Ranking" and "Ranking - high risk": the second speaks of the first.
    let (short, long) = if one.title.len() < chosen.title.len() { (one, chosen) } else { (chosen, one) };
    if one.shape == Shape::Heading
        && !short.title.is_empty()
        && long.title.len() > short.title.len()
        && long.title.starts_with(&short.title)
    {
        return false;
    }
    let text = |one: &Definition| inputs.get(fact.file.index()).map_or("", |input| input.text.slice(one.text)).trim().len();
    if one.shape != Shape::TableRow || one.group == chosen.group {
        return true;
    }
    // A row of an index or trace table says far less than the row that defines, and one of a table of verification the same.
    let said = |one: &Definition| inputs.get(fact.file.index()).map_or("", |input| input.text.slice(one.text));
    // Beside a row that obliges, one with parents tells in a few words which requirement is traced to them.
    let obliges = |one: &Definition| words(said(one)).split(' ').any(|word| matches!(word, "shall" | "must"));
    if !one.parents.is_empty() && chosen.parents.is_empty() && obliges(chosen) && !obliges(one) {
        return false;
    }
    let (a, b) = (text(one), text(chosen));
    a.min(b) * 3 >= a.max(b) && !alike::same_row((&one.title, said(one)), (&chosen.title, said(chosen)))
}
