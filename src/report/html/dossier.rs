//! The dossier of each requirement: the chain of `trace`, as data that the page shows when somebody opens it.
//!
//! Ten thousand dossiers as elements would make a page that nobody can scroll. They are written as JSON in blocks, of which
//! the page reads one when it needs it; words and paths that come again and again are written once.

use super::escape::{anchor, data};
use crate::finding::Finding;
use crate::link::graph::{Graph, ReqId};
use crate::report::sections::Anchor;
use crate::report::trace::{self, Chain, Item, Section};
use crate::report::visible;
use crate::verdict::{State, States};
use rustc_hash::{FxHashMap, FxHashSet};
use serde_json::{Value, json};
use std::borrow::Cow;
use std::io::{self, Write};

/// Dossiers in one block: few enough to be read in no time.
const BLOCK: usize = 50;
/// Shorter texts than this are not worth a number.
const SHORT: usize = 6;

/// The places of the requirements in the page, by their number in the graph: no two are the same.
pub(super) struct Anchors(Vec<String>);

impl Anchors {
    /// Names them all.
    pub(super) fn of(graph: &Graph) -> Self {
        let mut taken: FxHashSet<String> = FxHashSet::default();
        let mut place = |id: &str| {
            let plain = anchor(id);
            let numbered = (2..).map(|n: u32| format!("{plain}~{n}"));
            let free = std::iter::once(plain.clone()).chain(numbered).find(|name| !taken.contains(name));
            let free = free.unwrap_or(plain);
            taken.insert(free.clone());
            free
        };
        Self(graph.requirements.iter().map(|one| place(&one.id)).collect())
    }

    /// That of a requirement.
    fn get(&self, id: ReqId) -> &str {
        self.0.get(id.0 as usize).map_or("", String::as_str)
    }

    /// The place of anything that has one.
    pub(super) fn name(&self, anchor: Anchor) -> Cow<'_, str> {
        match anchor {
            Anchor::Requirement(id) => Cow::Borrowed(self.get(id)),
            other => Cow::Owned(other.to_string()),
        }
    }
}

/// Writes the dossiers of all requirements.
pub(super) fn write(graph: &Graph, findings: &[Finding], anchors: &Anchors, out: &mut dyn Write) -> io::Result<()> {
    let chains = trace::of_requirements(graph, findings, |_| true);
    let states = States::of(graph, findings);
    let shared = Shared::of(&chains);
    let names: Vec<Value> = graph.requirements().map(|(id, one)| json!([anchors.get(id), visible::line(&one.id)])).collect();
    block("id=\"anchors\"", &Value::Array(names), out)?;
    block("id=\"shared\"", &json!({"words": shared.list, "paths": shared.paths}), out)?;
    let dossiers: Vec<(ReqId, &Chain)> = graph.requirements().map(|(id, _)| id).zip(&chains).collect();
    for (at, some) in dossiers.chunks(BLOCK).enumerate() {
        let some = some.iter().map(|(id, chain)| {
            let title = visible::line(&graph.requirement(*id).title);
            shared.dossier(chain, &title, words(states.get(*id)))
        });
        block(&format!("class=\"dossiers\" data-from=\"{}\"", at * BLOCK), &Value::Array(some.collect()), out)?;
    }
    Ok(())
}

fn words(state: State) -> &'static str {
    if state == State::NotAssessed { "not assessed" } else { state.name() }
}

fn block(about: &str, value: &Value, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "<script type=\"application/json\" {about}>{}</script>", data(value)?)
}

/// What the dossiers have in common.
struct Shared<'c> {
    words: FxHashMap<&'c str, usize>,
    list: Vec<String>,
    paths: Vec<String>,
    numbers: FxHashMap<&'c str, usize>,
}

impl<'c> Shared<'c> {
    fn of(chains: &'c [Chain]) -> Self {
        let mut shared = Self { words: FxHashMap::default(), list: Vec::new(), paths: Vec::new(), numbers: FxHashMap::default() };
        let mut seen: FxHashSet<&str> = FxHashSet::default();
        for chain in chains {
            shared.path(chain.place.as_ref().map(|at| at.path.as_str()));
            shared.word(chain.namespace.as_deref().unwrap_or_default(), &mut seen);
            for section in &chain.sections {
                shared.word(section.heading, &mut seen);
                section.items.iter().for_each(|item| shared.item(item, &mut seen));
            }
        }
        shared
    }

    fn item(&mut self, item: &'c Item, seen: &mut FxHashSet<&'c str>) {
        self.word(&item.text, seen);
        self.path(item.place.as_ref().map(|at| at.path.as_str()));
        item.items.iter().for_each(|item| self.item(item, seen));
    }

    /// A text gets a number when it comes for the second time.
    fn word(&mut self, text: &'c str, seen: &mut FxHashSet<&'c str>) {
        if text.len() >= SHORT && !seen.insert(text) && !self.words.contains_key(text) {
            self.words.insert(text, self.list.len());
            self.list.push(visible::line(text).into_owned());
        }
    }

    fn path(&mut self, path: Option<&'c str>) {
        if let Some(path) = path.filter(|path| !self.numbers.contains_key(path)) {
            self.numbers.insert(path, self.paths.len());
            self.paths.push(visible::line(path).into_owned());
        }
    }

    fn said(&self, text: &str) -> Value {
        self.words.get(text).map_or_else(|| json!(visible::line(text)), |number| json!(number))
    }

    /// Name, title, state, specification, place, then the topics.
    fn dossier(&self, chain: &Chain, title: &str, state: &str) -> Value {
        let (path, line) = self.place(chain.place.as_ref());
        let namespace = self.said(chain.namespace.as_deref().unwrap_or_default());
        let mut all = vec![json!(visible::line(&chain.name)), json!(title), json!(state), namespace, path, line];
        let told = chain.sections.iter().filter(|section| !section.items.is_empty());
        all.extend(told.map(|section: &Section| {
            let items = section.items.iter().map(|item| self.statement(item));
            Value::Array(std::iter::once(self.said(section.heading)).chain(items).collect())
        }));
        Value::Array(all)
    }

    /// A text alone, or a text with its place and what belongs to it.
    fn statement(&self, item: &Item) -> Value {
        let text = self.said(&item.text);
        if item.place.is_none() && item.items.is_empty() {
            return text;
        }
        let (path, line) = self.place(item.place.as_ref());
        let own = [text, path, line].into_iter();
        Value::Array(own.chain(item.items.iter().map(|item| self.statement(item))).collect())
    }

    fn place(&self, at: Option<&trace::At>) -> (Value, Value) {
        match at {
            Some(at) => (json!(self.numbers.get(at.path.as_str())), json!(at.line)),
            None => (json!(-1), json!(0)),
        }
    }
}
