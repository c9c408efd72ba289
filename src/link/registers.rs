//! Two registers that give the same identifiers to different requirements.
//!
//! A row is about the requirement of its identifier, whatever its text says: retold, shortened, translated. But where most texts of
//! a matrix have hardly a word in common with those of the same numbers in another register, and the two speak of the same things all
//! the same, they number them each in its own way. Then a row of one says nothing of the requirement of the other.

use super::alike::{self, Words};
use super::graph::{Found, Graph, ReqId, RowNode};
use crate::model::matrix::Layout;
use crate::model::record::Kind;
use crate::source::{FileId, Place};
use std::collections::BTreeMap;

/// A matrix whose rows are about other requirements than those that a register defines by the same identifiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Apart {
    /// The matrix.
    pub matrix: FileId,
    /// The register.
    pub namespace: u32,
    /// Requirements with the texts that rows give them which have nothing to do with them.
    pub other: Vec<(ReqId, Place)>,
    /// How many texts were compared.
    pub compared: usize,
}

/// Fewer texts say nothing of a register.
const SEVERAL: usize = 5;

/// So many texts are compared before the others are looked at.
const SAMPLE: usize = 24;

/// A shorter text may be retold in other words from end to end.
const LEAST: usize = 3;

/// So many characters of a requirement are compared.
const TOLD: usize = 400;

/// Finds such matrices, and takes their rows from the requirements that they are not about.
pub(super) fn settle(graph: &Graph, rows: &mut [RowNode]) -> Vec<Apart> {
    let mut found = Vec::new();
    for nodes in rows.chunk_by_mut(|a, b| a.fact.file == b.fact.file) {
        let mut shared: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (at, node) in nodes.iter().enumerate() {
            if let Some(id) = told_of(graph, node) {
                shared.entry(graph.requirement(id).namespace).or_default().push(at);
            }
        }
        for (namespace, members) in shared.into_iter().filter(|(_, members)| members.len() >= SEVERAL) {
            let sample = members.get(..members.len().min(SAMPLE)).unwrap_or_default();
            if !Compared::of(graph, nodes, sample).is_apart() {
                continue;
            }
            let Some(matrix) = nodes.first().map(|node| node.fact.file) else { continue };
            let Compared { other, same, all, .. } = Compared::of(graph, nodes, &members);
            for at in members.iter().filter(|at| same.binary_search(at).is_err()) {
                let Some(node) = nodes.get_mut(*at) else { continue };
                node.targets.iter_mut().for_each(|target| target.found = Found::Foreign);
            }
            found.push(Apart { matrix, namespace, other, compared: all });
        }
    }
    found
}

/// The requirement of a row that states another obligation than its own: both are whole sentences of one language, and what the row
/// demands has not a word in common with the requirement.
pub fn stranger(graph: &Graph, node: &RowNode) -> Option<(ReqId, Place)> {
    let id = told_of(graph, node)?;
    let (one, title) = (graph.requirement(id), graph.row(node).title.as_ref()?);
    let definition = graph.definition(one)?;
    let body = graph.input(one.place.file).text.slice(definition.text);
    let told: String = body.chars().take(WHOLE).collect();
    let stated = format!("{} {told}", one.title);
    let (demanded, _) = demanded(&title.text).zip(demanded(&stated))?;
    // What is cut off may have the word.
    if told.len() < body.len() || !is_latin(&stated) || !is_latin(&title.text) {
        return None;
    }
    let (ours, theirs) = (Words::of(demanded), Words::of(&stated));
    let apart = ours.len() >= SENTENCE && theirs.len() >= SENTENCE && ours.shared(&theirs) == 0;
    (apart && !share_short(demanded, &stated)).then(|| (id, Place::new(node.fact.file, title.span)))
}

/// So many characters of a requirement are read to find a word of a row in it.
const WHOLE: usize = 4000;

/// A sentence of fewer words than this may say the same in other ones.
const SENTENCE: usize = 3;

/// What a sentence demands: the words behind its first verb of obligation.
fn demanded(text: &str) -> Option<&str> {
    [" shall ", " must "].iter().filter_map(|verb| text.split_once(verb)).map(|(_, rest)| rest).max_by_key(|rest| rest.len())
}

/// Whether a text is written in the letters of the language that the words are compared in.
fn is_latin(text: &str) -> bool {
    text.chars().filter(|c| c.is_alphabetic()).all(|c| c.is_ascii())
}

/// Whether two texts share a number or an abbreviation.
fn share_short(ours: &str, theirs: &str) -> bool {
    let short = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| (2..=3).contains(&word.len()));
        words.filter(|word| !word.bytes().all(|byte| byte.is_ascii_lowercase())).map(str::to_lowercase).collect()
    };
    let known = short(theirs);
    short(ours).iter().any(|word| known.contains(word))
}

/// The requirement of a row that tells right behind its identifier what it says, where another document defines it.
fn told_of(graph: &Graph, node: &RowNode) -> Option<ReqId> {
    let (row, file) = (graph.row(node), node.fact.file);
    let ([target], [mention]) = (node.targets.as_slice(), row.ids.as_slice()) else { return None };
    let Found::One(id) = target.found else { return None };
    let title = row.title.as_ref().filter(|_| graph.table(node).layout == Layout::Forward)?;
    let current = graph.document(file).is_none_or(|one| matches!(one.kind, Kind::Matrix | Kind::Other | Kind::Specification));
    let text = graph.input(file).text.as_str();
    let between = text.get(mention.span.end() as usize..title.span.start as usize)?;
    (current && graph.requirement(id).place.file != file && !between.contains(char::is_alphanumeric)).then_some(id)
}

/// Texts of rows beside those of the requirements.
#[derive(Default)]
struct Compared {
    /// How many were long enough.
    all: usize,
    other: Vec<(ReqId, Place)>,
    /// Positions of rows that say what the requirement says.
    same: Vec<usize>,
    ours: Words,
    theirs: Words,
}

impl Compared {
    fn of(graph: &Graph, nodes: &[RowNode], members: &[usize]) -> Self {
        let mut compared = Self::default();
        for (at, node) in members.iter().filter_map(|at| Some((*at, nodes.get(*at)?))) {
            let Some((id, title)) = told_of(graph, node).zip(graph.row(node).title.as_ref()) else { continue };
            let one = graph.requirement(id);
            let said: String = graph.definition(one).map_or_else(String::new, |definition| {
                graph.input(one.place.file).text.slice(definition.text).chars().take(TOLD).collect()
            });
            if alike::same((&one.title, &said), (&title.text, "")) {
                compared.same.push(at);
            }
            let (ours, theirs) = (Words::of(&title.text), Words::of(&format!("{} {said}", one.title)));
            if ours.len() < LEAST || theirs.len() < LEAST {
                continue;
            }
            compared.all += 1;
            if ours.shared(&theirs) * 5 < ours.len().min(theirs.len()) {
                compared.other.push((id, Place::new(node.fact.file, title.span)));
            }
            compared.ours.add(ours);
            compared.theirs.add(theirs);
        }
        compared
    }

    /// Whether most texts have hardly a word in common with those of the same number, although all together have many: in two
    /// languages they would have none.
    fn is_apart(&self) -> bool {
        let most = self.all >= SEVERAL && self.other.len() * 3 >= self.all * 2 && self.same.len() * 4 <= self.all;
        most && self.ours.shared(&self.theirs) * 3 >= self.ours.len().min(self.theirs.len())
    }
}
