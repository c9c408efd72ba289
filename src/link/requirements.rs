//! Definitions to requirements: which of them count, and in which namespace.

mod entries;

use super::accepted;
use super::executed::Execution;
use super::graph::{FactRef, ITEM, Input, Namespace, ReqId, Requirement, Rung, index};
use super::lookup::{Lookup, is_of_kin, kin, siblings};
use super::mutated::Killing;
use super::numbering::Numbering;
use super::retold::{self, Known, Likeness, Telling};
use super::shortened::Shortened;
use crate::model::id::Id;
use crate::model::matrix::Layout;
use crate::model::mention::{Mention, Name, WORDED, expand};
use crate::model::record::Kind;
use crate::model::requirement::{Definition, Shape, Standing};
use crate::model::vocabulary::{self, Method, words};
use crate::source::{FileId, Place};
use entries::{Entry, entries, quotes};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::LazyCell;

/// The requirements of all inputs and the way to look them up.
pub(super) struct Found {
    pub(super) requirements: Vec<Requirement>,
    pub(super) namespaces: Vec<Namespace>,
    pub(super) numbering: Numbering,
    pub(super) shortened: Shortened,
    pub(super) lookup: Lookup,
}

/// Finds the requirements of all inputs.
pub(super) fn collect(inputs: &[Input]) -> Found {
    let entries = entries(inputs, &accepted::accepted(inputs));
    let mut catalogue = Catalogue { homes: homes(inputs), ..Catalogue::default() };
    catalogue.requirements.reserve(entries.len());
    catalogue.lookup.reserve(entries.len());
    for entries in entries.chunk_by(|a, b| a.primary.file == b.primary.file) {
        catalogue.add_document(inputs, entries);
    }
    let numbering = Numbering::of(inputs, &catalogue.lookup);
    let shortened = Shortened::of(inputs, &catalogue.lookup);
    let rows = defined_by_rows(inputs, &catalogue.lookup, (&numbering, &shortened));
    for (file, mention, told) in rows {
        catalogue.add_row(inputs, file, &mention, told);
    }
    let Catalogue { requirements, mut namespaces, homes, lookup, .. } = catalogue;
    name_namespaces(inputs, &homes, &mut namespaces);
    Found { requirements, namespaces, numbering, shortened, lookup }
}

#[derive(Default)]
struct Catalogue<'i> {
    homes: FxHashMap<&'i str, (FileId, usize)>,
    requirements: Vec<Requirement>,
    namespaces: Vec<Namespace>,
    of_file: FxHashMap<FileId, u32>,
    lookup: Lookup,
    /// What cells for the method mean: most say the same.
    methods: FxHashMap<&'i str, Vec<Method>>,
}

impl<'i> Catalogue<'i> {
    fn home(&self, inputs: &'i [Input], file: FileId) -> FileId {
        let input = inputs.get(file.index()).filter(|input| is_item_file(input));
        input.and_then(|input| self.homes.get(folder(input))).map_or(file, |(first, _)| *first)
    }

    /// Adds what a document defines, and notes what it only tells again.
    fn add_document(&mut self, inputs: &'i [Input], entries: &[Entry]) {
        let mut told: Vec<Telling> = entries.iter().map(|entry| self.telling(inputs, entry)).collect();
        retold::settle(&mut told);
        // A table that traces mostly what others define traces other things in its other rows: remarks of a review, decisions.
        let again = || entries.iter().zip(&told).filter(|(_, one)| matches!(one, Telling::Again(_))).map(|(entry, _)| entry);
        let traces = entries.first().is_some_and(|entry| is_traced(inputs, entry)) && again().count() * 2 >= told.len();
        let family = |entry: &Entry| definition_at(inputs, entry.primary).map_or("", |one| kin(&one.id));
        let traced: FxHashSet<&str> = again().filter(|_| traces).map(family).collect();
        for (entry, telling) in entries.iter().zip(told) {
            match telling {
                Telling::Again(known) => self.restate(inputs, known.id, entry),
                Telling::First if traces && !traced.contains(family(entry)) => {}
                Telling::First | Telling::Else(_) | Telling::Apart(_) => self.add(inputs, entry),
            }
        }
    }

    /// What a definition has to do with those of other documents that are known.
    fn telling(&self, inputs: &'i [Input], entry: &Entry) -> Telling {
        let one = definition_at(inputs, entry.primary);
        // `Requirement 1.2` is numbered anew in every specification.
        let Some(one) = one.filter(|one| !one.id.starts_with(WORDED)) else { return Telling::First };
        let known = |id: ReqId| {
            let definition = self.requirements.get(id.0 as usize).and_then(|known| known.definition)?;
            let first = definition_at(inputs, definition)?;
            // A folder with a file for each requirement says more than any row does.
            let own = inputs.get(definition.file.index()).is_some_and(is_item_file);
            let fuller = retold::is_fuller(first, one) || own && one.shape == Shape::TableRow;
            Some((definition, Known { id, file: self.home(inputs, definition.file), fuller }))
        };
        let mut all = self.lookup.all(&one.id).iter().filter_map(|id| known(*id));
        // What a table only allocates is the requirement that is defined elsewhere.
        if one.shape == Shape::MatrixRow {
            return all.next().map_or(Telling::First, |(_, known)| Telling::Again(known));
        }
        let (mut near, mut apart) = (None, None);
        for (definition, known) in all {
            // An overview of the document may say the same where the section says more.
            let told = entry.all.iter().filter_map(|at| Some((definition_at(inputs, *at)?, *at)));
            let likeness = told.map(|(one, at)| retold::likeness(inputs, definition, one, at)).min();
            match likeness.unwrap_or(Likeness::Other) {
                // Members of a numbered series number theirs anew, and share many words by chance.
                Likeness::Same if is_of_sibling(inputs, (definition, entry.primary)) => apart = apart.or(Some(known)),
                Likeness::Same => return Telling::Again(known),
                _ if is_quoted(inputs, entry.primary.file, definition.file) => return Telling::Again(known),
                Likeness::Near => near = near.or(Some(known)),
                Likeness::Other => apart = apart.or(Some(known)),
            }
        }
        near.map(Telling::Else).or(apart.map(Telling::Apart)).unwrap_or(Telling::First)
    }

    fn add(&mut self, inputs: &'i [Input], entry: &Entry) {
        let Some(input) = inputs.get(entry.primary.file.index()) else { return };
        let Some(one) = input.facts.definitions.get(entry.primary.index as usize) else { return };
        let place = Place::new(entry.primary.file, one.span);
        let namespace = self.namespace(self.home(inputs, entry.primary.file), false);
        let mut requirement = blank(one.id.clone(), namespace, place, one.title.clone());
        requirement.definition = Some(entry.primary);
        requirement.standing = one.standing;
        requirement.duplicates.clone_from(&entry.duplicates);
        requirement.methods = self.methods_of(one);
        self.push(inputs, requirement);
    }

    fn methods_of(&mut self, one: &'i Definition) -> Vec<Method> {
        one.method.as_ref().map(|cell| self.methods(&cell.text)).unwrap_or_default()
    }

    fn methods(&mut self, cell: &'i str) -> Vec<Method> {
        self.methods.entry(cell).or_insert_with(|| vocabulary::stated_methods(cell).unwrap_or_default()).clone()
    }

    fn add_row(&mut self, inputs: &[Input], file: FileId, mention: &Mention, (title, retired): Told) {
        let Some(id) = mention.id().filter(|id| self.lookup.all(id).is_empty()) else { return };
        let namespace = self.namespace(file, true);
        let mut requirement = blank(id.into(), namespace, Place::new(file, mention.span), title);
        if retired {
            requirement.standing = Standing::Retired;
        }
        self.push(inputs, requirement);
    }

    fn push(&mut self, inputs: &[Input], requirement: Requirement) {
        let id = ReqId(index(self.requirements.len()));
        let file = self.namespaces.get(requirement.namespace as usize).map(|namespace| namespace.file);
        let input = file.and_then(|file| inputs.get(file.index()));
        let document = input.and_then(|input| input.facts.document.as_ref()).map_or("", |document| &document.id);
        self.lookup.add(&requirement.id, id, input.map_or("", |input| &input.path), document);
        self.requirements.push(requirement);
    }

    fn namespace(&mut self, file: FileId, by_matrix: bool) -> u32 {
        *self.of_file.entry(file).or_insert_with(|| {
            self.namespaces.push(Namespace { name: String::new(), file, by_matrix });
            index(self.namespaces.len() - 1)
        })
    }

    /// Notes that a document tells a known requirement again; the one that defines it stays.
    fn restate(&mut self, inputs: &'i [Input], known: ReqId, entry: &Entry) {
        let at = entry.primary;
        let definition = |fact: FactRef| definition_at(inputs, fact);
        let first = self.requirements.get(known.0 as usize).and_then(|one| one.definition).and_then(definition);
        let Some(one) = definition(at) else { return };
        let announced = first.is_some_and(|first| retold::is_announced(first, one));
        let fuller = announced.then(|| (self.namespace(self.home(inputs, at.file), false), self.methods_of(one)));
        let Some(requirement) = self.requirements.get_mut(known.0 as usize) else { return };
        if let Some((namespace, methods)) = fuller {
            requirement.restated.push(std::mem::replace(&mut requirement.place, Place::new(at.file, one.span)));
            (requirement.definition, requirement.title) = (Some(at), one.title.clone());
            (requirement.standing, requirement.duplicates) = (one.standing, entry.duplicates.clone());
            (requirement.namespace, requirement.methods) = (namespace, methods);
            return;
        }
        requirement.restated.push(Place::new(at.file, one.span));
        // A register tells of each requirement how far it is; the specification need not. A table in some other document
        // may be old: what it calls planned stays in force.
        let register = matches!(one.shape, Shape::YamlItem | Shape::CsvRecord);
        if register && one.standing == Standing::Planned && first.is_some_and(|first| first.standing_span.is_none()) {
            requirement.standing = Standing::Planned;
        }
    }
}

/// Whether one document lists for the sake of something else, issues or priorities, what another one beside it defines.
fn is_quoted(inputs: &[Input], list: FileId, known: FileId) -> bool {
    let (Some(list), Some(known)) = (inputs.get(list.index()), inputs.get(known.index())) else { return false };
    folder(list) == folder(known) && quotes(list) && !quotes(known)
}

/// Whether two definitions stand in different members of a numbered series, `specs/001-start` and `specs/002-stop`, and do not say
/// the same word by word.
fn is_of_sibling(inputs: &[Input], (known, one): (FactRef, FactRef)) -> bool {
    let said = |fact: FactRef| {
        let (input, definition) = (inputs.get(fact.file.index())?, definition_at(inputs, fact)?);
        Some(words(&format!("{} {}", definition.title, input.text.slice(definition.text))))
    };
    let path = |fact: FactRef| inputs.get(fact.file.index()).map_or("", |input| input.path.as_str());
    let folder = |fact: FactRef| path(fact).rsplit_once('/').map_or("", |(folder, _)| folder);
    siblings(folder(known), folder(one)) && said(known) != said(one)
}

fn definition_at(inputs: &[Input], fact: FactRef) -> Option<&Definition> {
    inputs.get(fact.file.index())?.facts.definitions.get(fact.index as usize)
}

/// Whether a definition stands in a table that traces or allocates requirements.
fn is_traced(inputs: &[Input], entry: &Entry) -> bool {
    definition_at(inputs, entry.primary).is_some_and(|one| one.shape == Shape::MatrixRow)
}

/// Folders in which every requirement is a file of its own, with the first of those files:
/// such a folder is one namespace.
fn homes(inputs: &[Input]) -> FxHashMap<&str, (FileId, usize)> {
    let mut homes: FxHashMap<&str, (FileId, usize)> = FxHashMap::default();
    for (at, input) in inputs.iter().enumerate().filter(|(_, input)| is_item_file(input)) {
        homes.entry(folder(input)).or_insert((FileId(index(at)), 0)).1 += 1;
    }
    homes.retain(|_, (_, count)| *count > 1);
    homes
}

fn is_item_file(input: &Input) -> bool {
    matches!(input.reader, "yaml" | ITEM) && input.facts.definitions.len() == 1
}

fn folder(input: &Input) -> &str {
    input.path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn blank(id: Id, namespace: u32, place: Place, title: String) -> Requirement {
    Requirement {
        id,
        namespace,
        definition: None,
        place,
        title,
        standing: Standing::Active,
        duplicates: Vec::new(),
        restated: Vec::new(),
        methods: Vec::new(),
        demands: Vec::new(),
        rows: Vec::new(),
        markers: Vec::new(),
        implemented: Vec::new(),
        entered: Vec::new(),
        parts: Vec::new(),
        execution: Execution::default(),
        killing: Killing::default(),
        parents: Vec::new(),
        children: Vec::new(),
        evidence: Vec::new(),
        rung: Rung::None,
        not_assessed: None,
        suspects: Vec::new(),
    }
}

/// Identifiers that rows of matrices name and whose family no specification defines:
/// the matrix with most of them is then the only definition that there is.
fn defined_by_rows(
    inputs: &[Input],
    lookup: &Lookup,
    (numbering, shortened): (&Numbering, &Shortened),
) -> Vec<(FileId, Mention, Told)> {
    let mut found: Vec<(FileId, Mention, Told)> = Vec::new();
    let mut counts: FxHashMap<(String, FileId), Named> = FxHashMap::default();
    for (at, input) in inputs.iter().enumerate() {
        let file = FileId(index(at));
        let kind = input.facts.document.as_ref().map_or(Kind::Matrix, |document| document.kind);
        let roots = LazyCell::new(|| known_roots(input, lookup));
        // The last family that is defined: neighbours in a table are of one, and what is defined is nothing new.
        let mut defined: Option<Id> = None;
        let mut is_defined = |mention: &Mention| {
            let Some(id) = mention.id() else { return false };
            if !defined.as_ref().is_some_and(|defined| is_of_kin(id, defined)) {
                defined = lookup.knows_family(id).then(|| kin(id).into());
            }
            defined.is_some()
        };
        for row in &input.facts.rows {
            let table = input.facts.tables.get(row.table as usize);
            let forward = table.is_some_and(|table| table.layout == Layout::Forward && (table.has_tests || kind == Kind::Matrix))
                && !numbering.has(file, row.table);
            for (mention, alone) in
                row.ids.iter().filter(|one| forward && !is_defined(one) && !shortened.has(file, one)).flat_map(members)
            {
                let called = || table.is_some_and(|table| calls_requirements(input, table.header));
                // What a matrix gives tests to is to be verified, whatever it is called.
                let listed = |id: &str| {
                    kind == Kind::Matrix
                        && table.is_some_and(|table| table.has_tests)
                        && kin(id).ends_with(['-', '_', '\u{2011}'])
                        && kin(id).len() > 2
                };
                // `F1` to `F19` in a list of tests are no words of the text.
                let lettered = |id: &str| {
                    (kind == Kind::Matrix || called_matrix(input))
                        && table.is_some_and(|table| table.has_tests)
                        && (1..=2).contains(&kin(id).len())
                        && kin(id).bytes().all(|byte| byte.is_ascii_uppercase())
                };
                let sure = |id: &str| vocabulary::is_requirement_word(id) || called() || listed(id);
                let fresh = |id: &&str| {
                    !lookup.knows_family(id)
                        && (sure(id) || lettered(id))
                        && names_something(id)
                        && (!vocabulary::is_foreign(id) || called())
                        && (!table.is_some_and(|table| lists_cases(&table.heading)) || called())
                        && !roots.contains(root(id))
                        && lookup.joined_range(id).is_none()
                        && !lookup.names_document(id)
                };
                let Some(id) = mention.id().filter(fresh) else { continue };
                let named = counts.entry((kin(id).to_owned(), file)).or_default();
                named.ids.insert(id.into());
                named.alone |= alone;
                named.sure |= sure(id);
                let title = row.title.as_ref().map_or(String::new(), |title| title.text.clone());
                found.push((file, mention, (title, row.retired)));
            }
        }
    }
    let mut best: FxHashMap<&str, (usize, std::cmp::Reverse<FileId>)> = FxHashMap::default();
    let defining = counts.iter().filter(|(_, named)| named.defines());
    let mut sized: Vec<(&str, usize, FileId)> =
        defining.map(|((kin, file), named)| (kin.as_str(), named.ids.len(), *file)).collect();
    sized.sort_unstable();
    for (kin, size, file) in sized {
        let slot = best.entry(kin).or_insert((0, std::cmp::Reverse(file)));
        *slot = (*slot).max((size, std::cmp::Reverse(file)));
    }
    found.retain(|(file, mention, _)| mention.id().is_some_and(|id| best.get(kin(id)).is_some_and(|(_, best)| best.0 == *file)));
    found
}

/// Whether one of the headings above a table says that test cases follow: what is numbered there is one of them.
fn lists_cases(headings: &str) -> bool {
    const CASES: &[&str] = &["test case", "test cases", "test scenarios"];
    let cases =
        |title: &str| CASES.iter().any(|name| title == *name || title.strip_suffix(name).is_some_and(|of| of.ends_with(' ')));
    headings.split(" / ").any(|heading| cases(&words(heading)))
}

/// Whether the title of a document calls it a matrix, whatever it is one of.
fn called_matrix(input: &Input) -> bool {
    let title = input.facts.document.as_ref().map_or("", |document| &document.title);
    words(title).split(' ').any(|word| word == "matrix")
}

/// What a row tells of a requirement: its title, and whether it is no longer in force.
type Told = (String, bool);

/// What a matrix names of a family that no specification defines.
#[derive(Default)]
struct Named {
    ids: FxHashSet<Id>,
    /// Whether it names any of them for itself and not in a range.
    alone: bool,
    /// Whether something says that they are to be verified.
    sure: bool,
}

impl Named {
    fn defines(&self) -> bool {
        /// So many of a letter and a number are a list on purpose.
        const MANY: usize = 5;
        self.alone && (self.sure || self.ids.len() >= MANY)
    }
}

/// What a row names: each identifier with whether it stands for itself, and the members of ranges.
fn members(mention: &Mention) -> Vec<(Mention, bool)> {
    /// Longer ranges are a summary.
    const MOST: usize = 100;
    match &mention.name {
        Name::One(_) => vec![(mention.clone(), true)],
        Name::Range(ends) => {
            let ids = expand(&ends.0, &ends.1).filter(|ids| ids.len() <= MOST).unwrap_or_default();
            ids.into_iter().map(|id| (Mention::one(id, mention.span), false)).collect()
        }
        Name::Prefix(_) => Vec::new(),
    }
}

/// Whether the header of a table says that its rows are about requirements.
fn calls_requirements(input: &Input, header: crate::source::Span) -> bool {
    const WORDS: &[&str] = &["srs", "urs", "prd", "brd", "frd", "shall", "story", "criterion", "criteria", "fr", "nfr"];
    const STEMS: &[&str] = &["req", "需求", "要求", "требован", "anforderung", "exigenc", "requisit", "요구"];
    let text = words(input.text.slice(header));
    text.split(' ').any(|word| WORDS.contains(&word) || STEMS.iter().any(|stem| word.starts_with(stem)))
}

/// An identifier that only a matrix names must look like one: with a capital, and no version.
fn names_something(id: &str) -> bool {
    let versioned = id.strip_prefix(['v', 'V']).is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    // "US-IDs" and "AC-level" are words about identifiers.
    let numbered = id.bytes().any(|byte| byte.is_ascii_digit());
    let word = !numbered
        && id.split(['-', '_']).skip(1).any(|part| part.chars().any(char::is_lowercase) || part.eq_ignore_ascii_case("id"));
    !(versioned || word && id.is_ascii())
        && id.contains(|c: char| {
            c.is_uppercase() || !c.is_ascii() || c.is_ascii_digit() && id.bytes().all(|byte| byte.is_ascii_digit())
        })
}

/// The first parts of the identifiers in a matrix that a specification defines: beside
/// `URS-SEC-001`, which is defined, an unknown `URS-PLM-001` is a mistake and no definition.
fn known_roots<'i>(input: &'i Input, lookup: &Lookup) -> FxHashSet<&'i str> {
    let ids = input.facts.rows.iter().flat_map(|row| row.ids.iter().chain(&row.related)).filter_map(Mention::id);
    ids.filter(|id| !lookup.all(id).is_empty()).map(root).collect()
}

fn root(id: &str) -> &str {
    id.split('-').next().unwrap_or(id)
}

/// The identifier of the document names a namespace; where that is not unique, its path does.
fn name_namespaces(inputs: &[Input], homes: &FxHashMap<&str, (FileId, usize)>, namespaces: &mut [Namespace]) {
    let name = |file: FileId| {
        let input = inputs.get(file.index());
        let id = input.and_then(|input| input.facts.document.as_ref()).map(|document| document.id.clone());
        (id, input.map_or(String::new(), |input| input.path.clone()))
    };
    let mut seen: FxHashMap<String, u32> = FxHashMap::default();
    for namespace in namespaces.iter() {
        *seen.entry(name(namespace.file).0.unwrap_or_default()).or_default() += 1;
    }
    for namespace in namespaces.iter_mut() {
        let (id, path) = name(namespace.file);
        let id = id.unwrap_or_default();
        if let Some(input) = inputs.get(namespace.file.index()).filter(|input| is_item_file(input))
            && homes.contains_key(folder(input))
        {
            namespace.name = folder(input).to_owned();
            continue;
        }
        let unique = !id.is_empty() && seen.get(&id) == Some(&1);
        namespace.name = if unique { id } else { path };
    }
}
