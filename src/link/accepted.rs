//! Which definitions count: those that say themselves what they are, and those that others vouch for.

mod documents;
mod listed;

use super::graph::{FactRef, Input, index};
use super::lookup::kin;
use crate::model::mention::{Mention, WORDED, WORDED_FAMILY, asserted, worded_root};
use crate::model::record::Kind;
use crate::model::requirement::{Certainty, Definition, Shape};
use crate::model::test_case::Verb;
use crate::model::vocabulary;
use crate::source::FileId;
use listed::{Listed, listed};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::LazyCell;
use std::collections::BTreeMap;

fn definitions(inputs: &[Input]) -> impl Iterator<Item = (FactRef, &Definition)> {
    inputs.iter().enumerate().flat_map(|(file, input)| {
        let file = FileId(index(file));
        input.facts.definitions.iter().enumerate().map(move |(at, one)| (FactRef { file, index: index(at) }, one))
    })
}

/// The definitions that count: the certain ones, and possible ones whose family is
/// either certain in the same document, or named by a matrix or a marker and certain nowhere.
pub(super) fn accepted(inputs: &[Input]) -> Vec<FactRef> {
    // Where no matrix defines anything and nothing is merely possible, there is nothing to decide.
    let matrix = |input: &Input| input.facts.document.as_ref().is_some_and(|document| document.kind == Kind::Matrix);
    let sure = |one: &Definition| one.certainty == Certainty::Certain;
    let data = test_data(inputs);
    let plain =
        |input: &Input| input.facts.definitions.iter().all(sure) && (input.facts.definitions.is_empty() || !matrix(input));
    // Beside a matrix, documents of other kinds may tell of a few of its requirements.
    let specified = |input: &Input| {
        input.facts.definitions.is_empty() || input.facts.document.as_ref().is_some_and(|one| one.kind == Kind::Specification)
    };
    let settled = inputs.iter().all(plain) && (inputs.iter().all(specified) || !inputs.iter().any(matrix));
    let idle = idle(inputs);
    let documents = documents::numbers(inputs);
    let trailing = definitions(inputs).any(|(fact, one)| trails(inputs, fact, one));
    if data.is_empty() && idle.is_empty() && documents.is_empty() && settled && !trailing {
        return definitions(inputs).map(|(fact, _)| fact).collect();
    }
    let contest = Contest::new(inputs);
    let out = |file: FileId| data.contains(&file) || idle.contains(&file);
    let led: FxHashSet<&str> =
        definitions(inputs).filter(|(fact, one)| !trails(inputs, *fact, one)).map(|(_, one)| one.id.as_str()).collect();
    let habit = habit(inputs, &led);
    let about = |fact: FactRef, one: &Definition| {
        led.contains(one.id.as_str()) && trails(inputs, fact, one) && !habit.contains(&fact.file)
    };
    let counts = |fact: FactRef, one: &Definition| {
        !out(fact.file) && !about(fact, one) && !documents.contains(one.id.as_str()) && !contest.is_lost(fact, one)
    };
    let standing = || definitions(inputs).filter(|(fact, one)| counts(*fact, one));
    let kin = clan;
    let mut certain: FxHashSet<&str> = FxHashSet::default();
    let mut certain_here: FxHashSet<(FileId, &str)> = FxHashSet::default();
    // What is told ten times is one all the same.
    let mut possible: FxHashMap<&str, FxHashMap<FileId, FxHashSet<&str>>> = FxHashMap::default();
    for (fact, one) in standing() {
        let kin = kin(&one.id);
        if one.certainty == Certainty::Certain {
            certain.insert(kin);
            certain_here.insert((fact.file, kin));
        } else {
            possible.entry(kin).or_default().entry(fact.file).or_default().insert(&one.id);
        }
    }
    let mut named = named(inputs.iter());
    named.extend(definitions(inputs).filter(|(fact, one)| contest.is_lost(*fact, one)).map(|(_, one)| one.id.as_str()));
    let mut spoken: FxHashMap<(FileId, &str), FxHashSet<&str>> = FxHashMap::default();
    let rows = LazyCell::new(|| naming_rows(inputs));
    let vouched = |fact: FactRef, one: &Definition| {
        named.contains(one.id.as_str())
            && (!is_short(kin(&one.id))
                || rows.get(one.id.as_str()).is_none_or(|files| files.iter().any(|file| refers(inputs, *file, fact.file))))
    };
    for (fact, one) in standing().filter(|(fact, one)| one.certainty == Certainty::Possible && vouched(*fact, one)) {
        spoken.entry((fact.file, kin(&one.id))).or_default().insert(&one.id);
    }
    // At least half of them must be named: a log that mentions two of thirty defines nothing.
    let enough = |kin: &str, file: FileId, count: usize| {
        let bare = !kin.ends_with(|c: char| !c.is_alphanumeric());
        spoken.get(&(file, kin)).is_some_and(|spoken| spoken.len() * 2 >= count) && (!bare || count > 2)
    };
    let spelled = spelled(standing(), &named);
    let parts = &contest.parts;
    let best = |kin: &str| {
        let files = possible.get(kin)?.iter().filter(|(file, ids)| enough(kin, **file, ids.len()));
        files.max_by_key(|(file, ids)| (ids.len(), std::cmp::Reverse(**file))).map(|(file, _)| *file)
    };
    // A project beside others has a matrix of its own, which speaks for the document beside it.
    let beside = LazyCell::new(|| named_in_folders(inputs));
    let own = |kin: &str, file: FileId| {
        let (here, other) = (folder_of(inputs, file), best(kin).map(|best| folder_of(inputs, best)));
        let ids = possible.get(kin).and_then(|files| files.get(&file));
        other.is_some_and(|other| other != here)
            && ids
                .zip(beside.get(here))
                .is_some_and(|(ids, rows)| ids.iter().filter(|id| rows.contains(**id)).count() * 2 >= ids.len())
            && ids.is_some_and(|ids| ids.len() >= PROJECT && enough(kin, file, ids.len()))
    };
    standing()
        .filter(|(fact, one)| {
            let kin = kin(&one.id);
            one.certainty == Certainty::Certain
                || worded_root(&one.id).is_some_and(|root| one.shape == Shape::Heading && spelled.contains(root))
                || certain_here.contains(&(fact.file, kin))
                || (!certain.contains(kin)
                    && (best(kin) == Some(fact.file) || parts.contains(&(fact.file, kin)) || own(kin, fact.file)))
        })
        .map(|(fact, _)| fact)
        .collect()
}

/// The first parts of identifiers of words that several headings define and of which a row or a marker names one: a family of
/// requirements, although its members have no numbers.
fn spelled<'i>(standing: impl Iterator<Item = (FactRef, &'i Definition)>, named: &FxHashSet<&str>) -> FxHashSet<&'i str> {
    let mut members: FxHashMap<&str, FxHashSet<&str>> = FxHashMap::default();
    for (_, one) in standing.filter(|(_, one)| one.certainty == Certainty::Possible && one.shape == Shape::Heading) {
        if let Some(root) = worded_root(&one.id) {
            members.entry(root).or_default().insert(&one.id);
        }
    }
    let stems: FxHashSet<&str> = named.iter().filter_map(|id| asserted(id)).collect();
    let is_named = |id: &&str| named.contains(*id) || stems.contains(*id);
    members.retain(|_, ids| ids.len() >= WORDED_FAMILY && ids.iter().any(is_named));
    members.into_keys().collect()
}

/// Whether a heading names an identifier behind its own words, "Retries (FR-7)": it is about the requirement, unless
/// nothing else defines it.
fn trails(inputs: &[Input], fact: FactRef, one: &Definition) -> bool {
    if one.shape != Shape::Heading {
        return false;
    }
    let start = one.block.start as usize..one.span.start as usize;
    let before = inputs.get(fact.file.index()).and_then(|input| input.text.as_str().get(start)).unwrap_or("");
    before.trim_end().ends_with('(') && before.chars().filter(|c| c.is_alphabetic()).count() > 2
}

/// Documents whose headings name identifiers behind their own words, most of which stand before no other words: that is how
/// they define, and who puts some of them first tells these again.
fn habit(inputs: &[Input], led: &FxHashSet<&str>) -> FxHashSet<FileId> {
    const FEWEST: usize = 3;
    let mut counts: BTreeMap<FileId, (usize, usize)> = BTreeMap::new();
    for (fact, one) in definitions(inputs).filter(|(fact, one)| trails(inputs, *fact, one)) {
        let (all, told) = counts.entry(fact.file).or_default();
        *all += 1;
        *told += usize::from(led.contains(one.id.as_str()));
    }
    counts.into_iter().filter(|(_, (all, told))| *all >= FEWEST && told * 2 < *all).map(|(file, _)| file).collect()
}

/// Documents that do not call themselves a specification, whose tables demand something and of which no row, no marker
/// and no other definition names anything, where a specification does define requirements: the rules of a workflow or
/// of a house, which nobody means to trace.
fn idle(inputs: &[Input]) -> FxHashSet<FileId> {
    let kind = |input: &Input| input.facts.document.as_ref().map(|document| document.kind);
    let told = |input: &Input| !input.facts.definitions.is_empty();
    let tables =
        |input: &Input| input.facts.definitions.iter().all(|one| matches!(one.shape, Shape::TableRow | Shape::MatrixRow));
    let suspects: FxHashSet<FileId> = (0..inputs.len())
        .filter(|at| inputs.get(*at).is_some_and(|input| kind(input) == Some(Kind::Other) && told(input) && tables(input)))
        .map(|at| FileId(index(at)))
        .collect();
    if suspects.is_empty() || !inputs.iter().any(|input| kind(input) == Some(Kind::Specification) && told(input)) {
        return FxHashSet::default();
    }
    let mut named = named(inputs.iter());
    let others = definitions(inputs).filter(|(fact, _)| !suspects.contains(&fact.file)).map(|(_, one)| one);
    named.extend(others.flat_map(|one| {
        let related = one.parents.iter().chain(&one.children).filter_map(Mention::id);
        related.chain([one.id.as_str()])
    }));
    let silent = |file: &FileId| {
        let own = inputs.get(file.index()).map_or(&[][..], |input| &input.facts.definitions);
        !own.iter().any(|one| named.contains(one.id.as_str()))
    };
    suspects.into_iter().filter(silent).collect()
}

/// The family of an identifier; lettered sections of one document are a family whatever their letters are.
fn clan(id: &str) -> &str {
    const SECTIONS: &str = "A.";
    let section = |rest: &str| rest.starts_with('.') && rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let lettered = id.strip_prefix(|c: char| c.is_ascii_uppercase()).is_some_and(section);
    if lettered { SECTIONS } else { kin(id) }
}

/// Documents among tests that define what no row and no marker outside of them names, where others define
/// requirements elsewhere: a project that works on such documents tests itself with them.
fn test_data(inputs: &[Input]) -> FxHashSet<FileId> {
    let among = |input: &Input| input.path.split('/').rev().skip(1).any(|folder| matches!(folder, "test" | "tests" | "Tests"));
    let certain = |input: &Input| input.facts.definitions.iter().any(|one| one.certainty == Certainty::Certain);
    let suspects: FxHashSet<FileId> = (0..inputs.len())
        .filter(|at| inputs.get(*at).is_some_and(|input| among(input) && !input.facts.definitions.is_empty()))
        .map(|at| FileId(index(at)))
        .collect();
    if suspects.is_empty() || !inputs.iter().any(|input| !among(input) && certain(input)) {
        return FxHashSet::default();
    }
    let outside = named(inputs.iter().filter(|input| !among(input)));
    let vouched = |file: &FileId| {
        let definitions = inputs.get(file.index()).map_or(&[][..], |input| &input.facts.definitions);
        definitions.iter().filter(|one| outside.contains(one.id.as_str())).count() * 2 >= definitions.len()
    };
    suspects.into_iter().filter(|file| !vouched(file)).collect()
}

/// So many requirements make a project of its own.
const PROJECT: usize = 3;

/// The folder of a document.
fn folder_of(inputs: &[Input], file: FileId) -> &str {
    inputs.get(file.index()).and_then(|input| input.path.rsplit_once('/')).map_or("", |(folder, _)| folder)
}

/// Identifiers that rows of the matrices in each folder name.
fn named_in_folders(inputs: &[Input]) -> FxHashMap<&str, FxHashSet<&str>> {
    let mut found: FxHashMap<&str, FxHashSet<&str>> = FxHashMap::default();
    for (at, input) in inputs.iter().enumerate().filter(|(_, input)| !input.facts.rows.is_empty()) {
        let ids = input.facts.rows.iter().flat_map(|row| &row.ids).filter_map(Mention::id);
        found.entry(folder_of(inputs, FileId(index(at)))).or_default().extend(ids);
    }
    found
}

/// Identifiers that a row of a matrix or an explicit marker names.
fn named<'i>(inputs: impl Iterator<Item = &'i Input> + Clone) -> FxHashSet<&'i str> {
    let rows = inputs.clone().flat_map(|input| &input.facts.rows).flat_map(|row| &row.ids);
    let markers = inputs.flat_map(|input| &input.facts.markers).filter(|marker| marker.verb != Verb::Mentions);
    let ids = rows.chain(markers.flat_map(|marker| &marker.ids)).filter_map(Mention::id);
    ids.map(|id| id.strip_prefix(WORDED).unwrap_or(id)).collect()
}

/// Whether a family is a letter or two: `F1` is a feature here, a fault there and a key on a third page.
fn is_short(kin: &str) -> bool {
    kin.len() <= 2 && kin.bytes().all(|byte| byte.is_ascii_alphabetic())
}

/// The documents of which a row names an identifier of a short family.
fn naming_rows(inputs: &[Input]) -> FxHashMap<&str, Vec<FileId>> {
    let mut found: FxHashMap<&str, Vec<FileId>> = FxHashMap::default();
    for (at, input) in inputs.iter().enumerate() {
        let ids = input.facts.rows.iter().flat_map(|row| &row.ids).filter_map(Mention::id);
        for id in ids.filter(|id| is_short(kin(id))) {
            let files = found.entry(id).or_default();
            let file = FileId(index(at));
            if files.last() != Some(&file) {
                files.push(file);
            }
        }
    }
    found
}

/// Whether a document is known to speak of another one: it is the same, lies beside it, or names it.
fn refers(inputs: &[Input], from: FileId, to: FileId) -> bool {
    let (Some(from), Some(to)) = (inputs.get(from.index()), inputs.get(to.index())) else { return false };
    let (folder, name) = to.path.rsplit_once('/').unwrap_or(("", &to.path));
    from.path.rsplit_once('/').map_or("", |(folder, _)| folder) == folder || from.text.as_str().contains(name)
}

/// Matrices against all other documents: which of the two defines a family that both tell of.
///
/// A matrix repeats what a specification defines. But some matrices are the specification: then it is the design
/// documents that repeat a few of its requirements.
struct Contest<'i> {
    /// Documents that call themselves a matrix.
    matrices: FxHashSet<FileId>,
    /// What other documents define for certain: identifiers, and the most of a family in one document.
    others: FxHashMap<&'i str, usize>,
    /// What each document defines of a family, for certain or not.
    own: FxHashMap<(FileId, &'i str), FxHashSet<&'i str>>,
    /// What other documents define in a table, under a heading or in data.
    structured: FxHashSet<&'i str>,
    /// The matrix that defines most of a family in its tables, with the number.
    best: FxHashMap<&'i str, (usize, FileId)>,
    /// What those matrices define.
    tabled: FxHashSet<(FileId, &'i str)>,
    /// What the rows of matrices name, by family and matrix.
    rows: FxHashMap<&'i str, Vec<Listed<'i>>>,
    /// Documents that call themselves a specification.
    specifications: FxHashSet<FileId>,
    /// Those of them that define one identifier and no other, where nothing else defines any of its family.
    lone: FxHashSet<FileId>,
    /// Documents of one folder that together define all that the rows of matrices name of a family, each a part of it.
    parts: FxHashSet<(FileId, &'i str)>,
}

/// So many times what a document defines must a matrix list, for the document to be about some of its rows.
const MOST: usize = 4;

impl<'i> Contest<'i> {
    fn new(inputs: &'i [Input]) -> Self {
        let kind = |input: &Input| input.facts.document.as_ref().map(|document| document.kind);
        let of = |wanted: Kind| {
            let files = inputs.iter().enumerate().filter(move |(_, input)| kind(input) == Some(wanted));
            files.map(|(file, _)| FileId(index(file))).collect::<FxHashSet<FileId>>()
        };
        let (matrices, specifications) = (of(Kind::Matrix), of(Kind::Specification));
        let mut structured = FxHashSet::default();
        let mut tabled = FxHashSet::default();
        let mut counted: FxHashMap<(FileId, &str), FxHashSet<&str>> = FxHashMap::default();
        let mut own: FxHashMap<(FileId, &str), FxHashSet<&str>> = FxHashMap::default();
        for (fact, one) in definitions(inputs) {
            own.entry((fact.file, kin(&one.id))).or_default().insert(&one.id);
            let matrix = matrices.contains(&fact.file);
            let table = matches!(one.shape, Shape::TableRow | Shape::CsvRecord);
            if matrix && table {
                tabled.insert((fact.file, one.id.as_str()));
            } else if !matrix && (table || matches!(one.shape, Shape::YamlItem | Shape::Heading | Shape::Directive)) {
                structured.insert(one.id.as_str());
            }
            if matrix && table || !matrix && one.certainty == Certainty::Certain {
                counted.entry((fact.file, kin(&one.id))).or_default().insert(&one.id);
            }
        }
        let lone = lone(inputs, &specifications, &counted);
        let (mut others, mut best) = (FxHashMap::default(), FxHashMap::default());
        let mut sizes: Vec<(FileId, &str, usize)> = counted.iter().map(|((file, kin), ids)| (*file, *kin, ids.len())).collect();
        sizes.sort_unstable();
        for (file, kin, count) in sizes {
            if matrices.contains(&file) {
                // The first file where two have as many.
                let slot = best.entry(kin).or_insert((count, file));
                if count > slot.0 {
                    *slot = (count, file);
                }
            } else {
                let slot = others.entry(kin).or_insert(0);
                *slot = count.max(*slot);
            }
        }
        let rows = listed(inputs, &matrices);
        let parts = parts(inputs, &matrices, &own, &rows);
        Self { rows, matrices, others, own, structured, best, tabled, specifications, lone, parts }
    }

    /// Whether a document that is no specification, or one of a single identifier, only tells of a few among the many rows
    /// of a matrix.
    fn is_told(&self, fact: FactRef, one: &Definition) -> bool {
        let kin = kin(&one.id);
        if self.parts.contains(&(fact.file, kin)) {
            return false;
        }
        // Who tells of as many as a matrix lists defines them, in whatever form.
        let own = self.own.get(&(fact.file, kin)).map_or(0, FxHashSet::len);
        let most = own.max(MOST * self.others.get(kin).copied().unwrap_or(1).max(1));
        (!self.specifications.contains(&fact.file) || self.lone.contains(&fact.file))
            && self.rows.get(kin).is_some_and(|lists| lists.iter().any(|list| list.len() > most && list.names(&one.id)))
    }

    /// The matrix that defines a family, if one does.
    fn winner(&self, kin: &str) -> Option<FileId> {
        let (count, file) = *self.best.get(kin)?;
        (count > 2 * self.others.get(kin).copied().unwrap_or(0)).then_some(file)
    }

    /// Whether a definition only repeats what stands elsewhere.
    fn is_lost(&self, fact: FactRef, one: &Definition) -> bool {
        let kin = kin(&one.id);
        // A specification item of OpenFastTrace is one wherever it stands.
        if vocabulary::is_item(&one.id) {
            return false;
        }
        match self.winner(kin) {
            Some(file) if file == fact.file => false,
            Some(file) => self.tabled.contains(&(file, one.id.as_str())),
            None if self.matrices.contains(&fact.file) => {
                self.structured.contains(one.id.as_str()) || self.others.contains_key(kin)
            }
            None => self.is_told(fact, one),
        }
    }
}

/// Specifications of one identifier whose family nothing else defines: a report on "Requirement NFR-2" looks like one.
fn lone(
    inputs: &[Input],
    specifications: &FxHashSet<FileId>,
    counted: &FxHashMap<(FileId, &str), FxHashSet<&str>>,
) -> FxHashSet<FileId> {
    let single = |file: &FileId| inputs.get(file.index()).map(|input| input.facts.definitions.as_slice());
    let mut kins: Vec<&str> = counted.keys().map(|(_, kin)| *kin).collect();
    kins.sort_unstable();
    let defining: FxHashMap<&str, usize> =
        kins.chunk_by(|a, b| a == b).filter_map(|run| Some((*run.first()?, run.len()))).collect();
    let alone = |file: &&FileId| match single(file) {
        Some([only]) => defining.get(kin(&only.id)) == Some(&1),
        _ => false,
    };
    specifications.iter().filter(alone).copied().collect()
}

/// Documents that lie side by side and share a family among them: no identifier stands in two, and together they have each that
/// the rows of a matrix name. Of one at least there must be several, or else each speaks of one row.
fn parts<'i>(
    inputs: &'i [Input],
    matrices: &FxHashSet<FileId>,
    own: &FxHashMap<(FileId, &'i str), FxHashSet<&'i str>>,
    rows: &FxHashMap<&'i str, Vec<Listed<'i>>>,
) -> FxHashSet<(FileId, &'i str)> {
    const SEVERAL: usize = 3;
    let folder = |file: FileId| folder_of(inputs, file);
    let mut sharing: BTreeMap<(&str, &str), Vec<FileId>> = BTreeMap::new();
    for (file, kin) in own.keys().filter(|(file, kin)| !matrices.contains(file) && rows.contains_key(kin)) {
        sharing.entry((folder(*file), *kin)).or_default().push(*file);
    }
    let mut found = FxHashSet::default();
    for ((_, kin), files) in sharing.into_iter().filter(|(_, files)| files.len() > 1) {
        let ids = || files.iter().filter_map(|file| own.get(&(*file, kin)));
        let all: FxHashSet<&str> = ids().flatten().copied().collect();
        let apart = ids().map(FxHashSet::len).sum::<usize>() == all.len() && ids().any(|ids| ids.len() >= SEVERAL);
        if apart && rows.get(kin).is_some_and(|lists| lists.iter().all(|list| list.ids.is_subset(&all))) {
            found.extend(files.into_iter().map(|file| (file, kin)));
        }
    }
    found
}
