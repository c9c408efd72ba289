//! Identifiers that are almost those of a requirement.

use crate::link::graph::{Found, Graph, ReqId, RowNode, Target};
use crate::link::without_first;
use crate::model::id::Id;
use crate::model::mention::family;
use crate::model::test_case::Verb;
use crate::model::vocabulary::{is_requirement_word, words};
use crate::source::FileId;
use rustc_hash::{FxHashMap, FxHashSet};

/// A family that occurs with more undefined members than this is no typing mistake.
const SLIPS: usize = 2;

/// Identifiers that are not defined and almost those of a requirement.
///
/// R02 reports them; checks of undefined identifiers leave to R02 what [`of`](Self::of) finds.
/// Make it once a run: it indexes all definitions.
pub struct NearMisses {
    defined: FxHashSet<Id>,
    by_form: FxHashMap<String, Vec<ReqId>>,
    by_shape: FxHashMap<String, Vec<ReqId>>,
    /// Number of members of each family, defined and not.
    members: FxHashMap<Id, usize>,
    strays: FxHashMap<Id, FxHashSet<Id>>,
    /// Requirements by their form without the first part.
    by_tail: FxHashMap<String, Vec<ReqId>>,
    /// What markers name that is not defined.
    marked: FxHashSet<Id>,
}

impl NearMisses {
    /// Indexes the requirements that a specification defines, or those of the matrix where there is none.
    pub fn new(graph: &Graph) -> Self {
        let mut index = Self {
            defined: FxHashSet::default(),
            by_form: FxHashMap::default(),
            by_shape: FxHashMap::default(),
            members: FxHashMap::default(),
            strays: FxHashMap::default(),
            by_tail: FxHashMap::default(),
            marked: FxHashSet::default(),
        };
        let specified = graph.requirements.iter().any(|one| one.definition.is_some());
        // Where every identifier that is used is defined, nothing can be almost defined.
        let settled = |target: &Target| matches!(target.found, Found::One(_) | Found::Ambiguous(_));
        let mut marked = graph.marked.iter().filter(|(_, target)| !settled(target));
        if graph.requirements.iter().all(|one| one.definition.is_some())
            && graph.rows.iter().flat_map(|row| &row.targets).all(settled)
            && marked.all(|(fact, _)| graph.marker(*fact).verb == Verb::Mentions)
        {
            return index;
        }
        for (id, one) in graph.requirements().filter(|(_, one)| !specified || one.definition.is_some()) {
            let form = normal(&one.id);
            index.by_shape.entry(shape(&form)).or_default().push(id);
            index.by_form.entry(form).or_default().push(id);
            if let Some(tail) = without_first(&one.id) {
                index.by_tail.entry(normal(tail)).or_default().push(id);
            }
            *index.members.entry(family(&one.id).into()).or_default() += 1;
            index.defined.insert(one.id.clone());
        }
        for target in rows_and_markers(graph).filter(|target| !index.defined.contains(&target.id)) {
            index.strays.entry(family(&target.id).into()).or_default().insert(target.id.clone());
        }
        index.marked.extend(markers(graph).filter(|target| !index.defined.contains(&target.id)).map(|target| target.id.clone()));
        index
    }

    /// The one requirement that an undefined identifier in a file almost names.
    ///
    /// A different number is never a near miss: `REQ-12` and `REQ-13` are two requirements.
    pub fn of(&self, graph: &Graph, id: &str, file: FileId) -> Option<ReqId> {
        // What another document seems to define is no slip of the pen.
        if self.defined.contains(id) || id.ends_with('*') || graph.sightings.defined.contains_key(id) {
            return None;
        }
        let form = normal(id);
        let same = self.by_form.get(&form).filter(|_| !self.is_family_of_its_own(family(id))).cloned();
        let found = same.or_else(|| self.with_prefix(&form)).or_else(|| self.without_a_part(id, &form));
        // Beside a row of the one that it is close to, a row is about another requirement.
        let beside = |one: &ReqId| graph.requirement(*one).rows.iter().any(|row| graph.row_node(*row).fact.file == file);
        let misspelt = || self.misspelt(graph, id, &form).filter(|found| !found.iter().any(beside));
        let found = found.or_else(misspelt)?;
        if found.iter().any(|one| self.tells_of_another(graph, id, file, *one)) {
            return None;
        }
        let first = graph.requirement(*found.first()?);
        if found.iter().any(|other| graph.requirement(*other).id != first.id) {
            return None;
        }
        let here = graph.path(file);
        found.into_iter().max_by_key(|one| {
            let there = graph.path(graph.requirement(*one).place.file);
            (here.bytes().zip(there.bytes()).take_while(|(a, b)| a == b).count(), std::cmp::Reverse(*one))
        })
    }

    /// Whether several identifiers that are written alike are almost none that is defined: `NFR006` and `NFR007`
    /// show that `NFR001` is no slip of the pen for `NFR-1`.
    fn is_family_of_its_own(&self, family: &str) -> bool {
        let alone = |ids: &FxHashSet<Id>| ids.iter().filter(|id| !self.by_form.contains_key(&normal(id))).count();
        self.strays.get(family).is_some_and(|ids| alone(ids) > 1)
    }

    /// `INIT-001` for `REQ-INIT-001`, and the other way round.
    fn with_prefix(&self, form: &str) -> Option<Vec<ReqId>> {
        const PREFIXES: &[&str] = &["req-", "requirement-"];
        let known = |form: &str| self.by_form.get(form).cloned();
        let letter = |rest: &&str| rest.starts_with(char::is_alphabetic);
        PREFIXES.iter().find_map(|prefix| {
            let shorter = form.strip_prefix(prefix).filter(letter).and_then(known);
            shorter.or_else(|| known(&format!("{prefix}{form}")).filter(|_| letter(&form)))
        })
    }

    /// A marker says `HTH-001` for `ISF-HTH-001`, or the other way round. In a row it may be another requirement.
    fn without_a_part(&self, id: &str, form: &str) -> Option<Vec<ReqId>> {
        if !self.marked.contains(id) {
            return None;
        }
        let longer = self.by_tail.get(form).cloned();
        longer.or_else(|| self.by_form.get(&normal(without_first(id)?)).cloned())
    }

    /// One letter is wrong, missing, doubled or swapped in a part of at least three letters.
    /// Whether a row gives the identifier a title that shares no word with that of the requirement: then it is about
    /// something else.
    fn tells_of_another(&self, graph: &Graph, id: &str, file: FileId, meant: ReqId) -> bool {
        let meant = graph.requirement(meant);
        let named = |node: &&RowNode| node.fact.file == file && node.targets.iter().any(|target| target.id == id);
        let title = graph.rows.iter().find(named).and_then(|node| graph.row(node).title.as_ref());
        let Some(title) = title.map(|title| terms(&title.text)).filter(|terms| terms.len() > 1) else { return false };
        let told = terms(&meant.title);
        told.len() > 1 && title.is_disjoint(&told)
    }

    fn misspelt(&self, graph: &Graph, id: &str, form: &str) -> Option<Vec<ReqId>> {
        let family = family(id);
        let established = self.members.get(family).is_some_and(|count| *count > SLIPS);
        // `FS-AUD-` is no slip for `FS-AND-` where `URS-AUD-` is defined.
        let part = |family: &str| family.trim_end_matches(['-', '_']).rsplit(['-', '_']).next().unwrap_or("").to_owned();
        let word = part(family);
        let established =
            established || word.len() > 1 && self.members.keys().any(|other| other != family && part(other) == word);
        let used = self.strays.get(family).is_some_and(|ids| ids.len() > SLIPS);
        if established || used {
            return None;
        }
        let bucket = self.by_shape.get(&shape(form))?.iter().copied();
        let found: Vec<ReqId> = bucket.filter(|one| differs_by_a_slip(form, &normal(&graph.requirement(*one).id))).collect();
        (!found.is_empty()).then_some(found)
    }
}

/// The words of a text that carry meaning.
fn terms(text: &str) -> FxHashSet<String> {
    words(text).split(' ').filter(|word| word.chars().count() > 3 || !word.is_ascii()).map(str::to_owned).collect()
}

/// Targets of rows and of markers that mean something.
fn rows_and_markers(graph: &Graph) -> impl Iterator<Item = &Target> {
    graph.rows.iter().flat_map(|row| &row.targets).chain(markers(graph))
}

fn markers(graph: &Graph) -> impl Iterator<Item = &Target> {
    graph.marked.iter().filter(|(fact, _)| graph.marker(*fact).verb != Verb::Mentions).map(|(_, target)| target)
}

/// An identifier without what people get wrong: letter case, kinds of dashes, leading zeros.
fn normal(id: &str) -> String {
    let mut form = String::with_capacity(id.len());
    let (mut gap, mut zeros) = (false, false);
    for c in id.chars() {
        if matches!(c, '-' | '_' | ' ' | '\u{2010}' | '\u{2011}' | '\u{2012}' | '\u{2013}' | '\u{2212}') {
            gap = !form.is_empty();
            continue;
        }
        let last = form.chars().next_back();
        let turn = last.is_some_and(|last| last.is_alphabetic()) != c.is_alphabetic();
        if gap && !(turn && last.is_some_and(char::is_alphanumeric) && c.is_alphanumeric()) {
            form.push('-');
        }
        let starts = gap || !last.is_some_and(|last| last.is_ascii_digit());
        if c.is_ascii_digit() && starts {
            zeros = true;
        }
        gap = false;
        // A number's leading zeros are dropped when its first other digit comes.
        if zeros && c.is_ascii_digit() && c != '0' && form.ends_with('0') {
            while form.ends_with('0') {
                form.pop();
            }
        }
        zeros &= c == '0';
        form.extend(c.to_lowercase());
    }
    form
}

/// A normal form with every longer run of letters blanked out.
fn shape(form: &str) -> String {
    let mut shape = String::new();
    for (run, letters) in runs(form) {
        shape.push_str(if letters && run.chars().count() >= 3 { "#" } else { run });
    }
    shape
}

/// The runs of letters of a text, and what stands between them.
fn runs(form: &str) -> impl Iterator<Item = (&str, bool)> {
    let mut rest = form;
    std::iter::from_fn(move || {
        let letters = rest.chars().next()?.is_alphabetic();
        let end = rest.find(|c: char| c.is_alphabetic() != letters).unwrap_or(rest.len());
        let (run, tail) = rest.split_at(end);
        rest = tail;
        Some((run, letters))
    })
}

/// Whether exactly one run of letters differs, and that by one slip of the finger.
fn differs_by_a_slip(a: &str, b: &str) -> bool {
    let mut different = runs(a).map(|(run, _)| run).zip(runs(b).map(|(run, _)| run)).filter(|(a, b)| a != b);
    let (Some((a, b)), None) = (different.next(), different.next()) else { return false };
    !is_requirement_word(a) && !is_requirement_word(b) && is_slip(a, b)
}

fn is_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let head = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (a.get(head..).unwrap_or_default(), b.get(head..).unwrap_or_default());
    match (a, b) {
        ([x, y, a @ ..], [v, w, b @ ..]) if a == b && x == w && y == v => true,
        ([_, a @ ..], [_, b @ ..]) if a == b => true,
        // Three letters and four are two abbreviations, not one with a slip.
        ([_, a @ ..], b) | (b, [_, a @ ..]) if a == b => head + a.len() >= 4,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn normal_forms() {
        for (written, form) in [
            ("REQ-INIT-001", "req-init1"),
            ("req_init_01", "req-init1"),
            ("REQ\u{2011}INIT\u{2011}1", "req-init1"),
            ("FR 1.10", "fr1.10"),
            ("FR-FILE-005-1", "fr-file5-1"),
            ("FR-100", "fr100"),
            ("FR-0", "fr0"),
            ("FR-8.01", "fr8.1"),
            ("comp_req__kvs__key", "comp-req-kvs-key"),
        ] {
            assert_eq!(normal(written), form, "{written}");
        }
    }

    #[test]
    fn slips() {
        for (a, b, slip) in [
            ("REQ-RCD-2", "REQ-RGD-2", true),
            ("REQ-INIT-2", "REQ-INTI-2", true),
            ("REQ-INIT-2", "REQ-INITS-2", true),
            ("SRS-2", "URS-2", false),
            ("REQ-SAF-2", "REQ-SAFE-2", false),
            ("REQ-INIT-2", "REQ-INTO-2", false),
        ] {
            assert_eq!(differs_by_a_slip(&normal(a), &normal(b)), slip, "{a} {b}");
        }
        assert_ne!(shape(&normal("URS-SEC-003A")), shape(&normal("URS-SEC-003B")));
        assert_ne!(shape(&normal("REQ-SEC-12")), shape(&normal("REQ-SEC-13")));
    }
}
