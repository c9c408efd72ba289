//! Which documents are controlled records, and under which identifier.

mod unnumbered;

use super::{Record, RecordId, Records};
use crate::link::graph::{Graph, Input, index};
use crate::model::lifecycle::{Class, enclosing, family, is_numbered_id};
use crate::model::record::{Document, Kind};
use crate::model::vocabulary::words;
use crate::settings::Settings;
use crate::source::FileId;
use rustc_hash::{FxHashMap, FxHashSet};
use std::collections::BTreeMap;

/// The records that documents are, without what sidecars say.
pub(super) fn documents(graph: &Graph, settings: &Settings) -> Records {
    let kept: FxHashSet<String> = graph
        .inputs
        .iter()
        .filter_map(|input| input.facts.kept.as_ref())
        .flat_map(|kept| &kept.sidecars)
        .map(|sidecar| sidecar.id.text.to_ascii_uppercase())
        .collect();
    let mut groups: BTreeMap<(String, &str), Vec<FileId>> = BTreeMap::new();
    let mut classes: FxHashMap<FileId, Class> = FxHashMap::default();
    for (file, input) in graph.files() {
        let Some(document) = input.facts.document.as_ref().filter(|document| document.kind != Kind::Template) else { continue };
        let known = |id: &str| kept.contains(&id.to_ascii_uppercase());
        if let Some((id, class)) = identify(input, document, settings, &known) {
            groups.entry((id, folder(&input.path))).or_default().push(file);
            classes.insert(file, class);
        }
    }
    let mut records = Records::default();
    for ((id, _), files) in groups {
        let class = files.iter().filter_map(|file| classes.get(file)).copied().find(|class| *class != Class::Other);
        add(graph, &mut records, id, class.unwrap_or_default(), &files);
    }
    records
}

/// Adds a record of one folder. Of several files with its identifier one is the document and another its draft.
fn add(graph: &Graph, records: &mut Records, id: String, class: Class, files: &[FileId]) {
    let (drafts, finished): (Vec<FileId>, Vec<FileId>) = files.iter().copied().partition(|file| is_draft(graph.path(*file)));
    // A file that is called as the record is outweighs one that only has its identifier in the title.
    let named = finished.iter().copied().find(|file| stem(graph.path(*file)).eq_ignore_ascii_case(&id));
    let file = named.or(finished.first().copied()).or(drafts.first().copied());
    let draft = drafts.first().copied().filter(|draft| Some(*draft) != file);
    let title = file.and_then(|file| graph.document(file)).map_or("", |document| document.title.as_str());
    let title = title_without(title, &id).to_owned();
    let at = put(records, Record { id, class, title, file, draft, ..Record::default() });
    for file in file.into_iter().chain(draft) {
        records.by_file.insert(file, at);
    }
}

/// Adds a record under its identifier.
pub(super) fn put(records: &mut Records, record: Record) -> RecordId {
    let at = RecordId(index(records.list.len()));
    records.by_id.entry(record.id.to_ascii_uppercase()).or_default().push(at);
    records.list.push(record);
    at
}

/// The identifier and the class of a document that is a record.
fn identify(input: &Input, document: &Document, settings: &Settings, known: &dyn Fn(&str) -> bool) -> Option<(String, Class)> {
    let path = input.path.as_str();
    let field = document.identity.id.as_ref().map(|id| id.text.as_str()).filter(|id| is_numbered_id(id));
    let written = field.or(Some(document.id.as_str()));
    if let Some(id) = written.filter(|id| known(id)) {
        return Some((id.to_owned(), class(id, document, path, settings)));
    }
    let is_record = matches!(document.kind, Kind::Record | Kind::Investigation);
    let configured = |id: &str| settings.record_types.iter().any(|(name, _)| name.eq_ignore_ascii_case(family(id)));
    let known = |id: &String| Class::of_family(family(id)).is_some() || configured(id);
    let id = match written.filter(|id| is_numbered_id(id)) {
        Some(id) => Some(id.to_owned()),
        None => leading_id(&document.title)
            .filter(known)
            .or_else(|| titled_id(&document.title))
            .or_else(|| leading_id(stem(path)).filter(known)),
    };
    let id = id.or_else(|| decision(path));
    let Some(id) = id else { return unnumbered::identify(input, document) };
    let class = class(&id, document, path, settings);
    // What belongs to a record of a configured family is one.
    let configured = configured(&id) || enclosing(&id).is_some_and(configured);
    let told = document.status.is_some() || document.identity.status.is_some() || document.version.is_some();
    let counts = match class {
        Class::Other => configured,
        Class::Specification | Class::Matrix => told,
        // In a folder of such records what is called by its number is one.
        Class::Change | Class::Investigation | Class::Deviation | Class::Action
            if Class::in_words(folder_name(path)) == Some(class) && stem(path).starts_with(id.as_str()) =>
        {
            true
        }
        // What a decision leads to is often told in tables like those of requirements.
        Class::Decision if decision(path).is_some() && document.identity.status.is_some() => true,
        // A file that holds requirements is not a record for the name of one.
        _ => configured || is_record || input.facts.definitions.is_empty() && input.facts.rows.is_empty(),
    };
    counts.then_some((id, class))
}

/// What a record is for: the configuration first, then its identifier, what it says, its title and its folder.
pub(super) fn class(id: &str, document: &Document, path: &str, settings: &Settings) -> Class {
    let kind = document.identity.kind.as_ref().map(|kind| kind.text.as_str());
    of_names(id, kind, settings)
        .or_else(|| Class::in_head(&document.title))
        .or_else(|| Class::in_words(&document.title))
        .or_else(|| Class::in_words(folder_name(path)))
        .unwrap_or(match document.kind {
            Kind::Specification => Class::Specification,
            Kind::Matrix => Class::Matrix,
            _ => Class::Other,
        })
}

/// The class that identifier and declared kind stand for.
pub(super) fn of_names(id: &str, kind: Option<&str>, settings: &Settings) -> Option<Class> {
    let family = family(id);
    let configured = settings.record_types.iter().find(|(name, _)| name.eq_ignore_ascii_case(family));
    let declared =
        || kind.and_then(|kind| Class::of_family(kind).or_else(|| Class::named(kind)).or_else(|| Class::in_words(kind)));
    // `CR-091-ADD-001` carries on what its record left out; ADD alone may be anything.
    let addendum = || (family.eq_ignore_ascii_case("ADD") && enclosing(id).is_some()).then_some(Class::Change);
    // What a record plainly calls itself outweighs the letters of its number.
    let plain = || {
        let kind = kind?;
        let record = matches!(words(kind).rsplit(' ').next(), Some("record" | "report"));
        Class::of_family(kind).or_else(|| Class::named(kind)).or_else(|| Class::in_words(kind).filter(|_| record))
    };
    let configured = configured.map(|(_, class)| *class).or_else(plain);
    configured.or_else(|| Class::of_family(family)).or_else(addendum).or_else(declared)
}

/// `ADR-0005` of `docs/adr/0005-use-a-queue.md`: decisions are numbered in their folder.
fn decision(path: &str) -> Option<String> {
    let stem = stem(path);
    let digits = stem.len() - stem.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let ends = |rest: &str| rest.is_empty() || rest.starts_with(['-', '_', ' ', '.']);
    let numbered = (1..=6).contains(&digits) && stem.get(digits..).is_some_and(ends);
    let among = || Class::in_words(folder_name(path)) == Some(Class::Decision);
    (numbered && among()).then(|| format!("ADR-{}", stem.get(..digits).unwrap_or("")))
}

/// `ADR-0005` of `adr-0005-use-a-queue`, `CR-42` of "CR 42: Pump".
fn leading_id(text: &str) -> Option<String> {
    let letters = text.len() - text.trim_start_matches(|c: char| c.is_ascii_alphabetic()).len();
    let name = text.get(..letters).filter(|name| (2..=6).contains(&name.len()))?;
    let rest = text.get(letters..)?;
    let rest = rest.strip_prefix(['-', '_', ' ']).unwrap_or(rest);
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = rest.get(..digits).filter(|number| !number.is_empty())?;
    let ends = rest.get(digits..).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()));
    ends.then(|| format!("{}-{number}", name.to_ascii_uppercase()))
}

/// `CR-015` of "Change Request: CR-015", "[CR-015] Door", "NCR/CAPA – CR-015": what stands in front says what the record is, in words
/// that fit the identifier. A "Test report: CR-015" is about that record, and another one.
fn titled_id(title: &str) -> Option<String> {
    /// More words in front tell of something.
    const MOST: usize = 4;
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let mut at = 0;
    let (from, id) = title.split(|c: char| !part(c)).find_map(|word| {
        let start = title.get(at..)?.find(word)? + at;
        at = start + word.len();
        is_numbered_id(word).then_some((start, word))
    })?;
    let class = Class::of_family(family(id)).filter(|class| class.is_executed())?;
    let front = title.get(..from)?;
    let bracketed = front.trim() == "[" && title.get(at..)?.starts_with(']');
    let spoken = words(front);
    let list: Vec<&str> = spoken.split(' ').filter(|word| !word.is_empty()).collect();
    let joining = [
        "after", "about", "at", "before", "by", "for", "from", "in", "of", "on", "plan", "review", "summary", "to", "we", "with",
    ];
    let named = Class::in_words(front) == Some(class) || list.iter().any(|word| family(id).eq_ignore_ascii_case(word));
    let plain = (1..=MOST).contains(&list.len()) && !list.iter().any(|word| joining.contains(word));
    (bracketed || named && plain).then(|| id.to_owned())
}

/// A title without the identifier in front of it.
fn title_without<'t>(title: &'t str, id: &str) -> &'t str {
    let bare = title.strip_prefix(id).unwrap_or(title);
    bare.trim_start_matches([':', '-', '–', '—', ' ', '.'])
}

fn folder(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn folder_name(path: &str) -> &str {
    let folder = folder(path);
    folder.rsplit('/').next().unwrap_or(folder)
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

fn is_draft(path: &str) -> bool {
    let stem = stem(path).to_ascii_lowercase();
    stem.ends_with("-draft") || stem.ends_with("_draft") || stem.ends_with(".draft")
}
