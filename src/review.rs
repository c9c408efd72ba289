//! What `accept` writes down: the links that a person looked at, as they are now.

use crate::link::graph::Graph;
use crate::link::naming::Named;
use crate::link::review::{Link, links};
use crate::model::requirement::Standing;
use crate::settings::{LinkName, REVIEWS_VERSION, Review, Seen, Settings};
use crate::source::Span;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

/// What is looked at, and by whom.
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// Identifiers, lists, ranges and patterns; empty: every link.
    pub names: Vec<String>,
    /// The specification of the requirements, where several have such identifiers.
    pub specification: Option<String>,
    /// Who looks.
    pub by: Option<String>,
    /// When: `2024-03-01`.
    pub on: Option<String>,
    /// The files of results are no part of the review.
    pub without_evidence: bool,
}

/// Why nothing can be accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refused {
    /// No requirement has such a name.
    Unknown(String),
    /// Several specifications define it.
    Ambiguous(String, Vec<String>),
}

/// Links that are accepted, to be laid over the lock.
#[derive(Debug)]
pub struct Accepted {
    reviews: BTreeMap<LinkName, Review>,
    /// The requirements whose links they are, by specification and identifier; `None`: all.
    of: Option<BTreeSet<(String, String)>>,
    /// The requirements in force, in the same way.
    in_force: BTreeSet<(String, String)>,
    /// Whether what was not found may be there all the same.
    partial: bool,
    without_evidence: bool,
    takes_out_any: bool,
    /// How many of the links have no result.
    pub without_results: usize,
}

/// What became of the lock.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Changes {
    /// Links that are new in it.
    pub added: usize,
    /// Links that say something else now.
    pub changed: usize,
    /// Links that are as they were.
    pub same: usize,
    /// Links that are not there any more and were taken out.
    pub removed: usize,
}

/// The links that are asked for, as they are now.
pub fn accept(graph: &Graph, settings: &Settings, request: &Request) -> Result<Accepted, Refused> {
    let known = known(graph, settings, request.specification.as_deref());
    let mut chosen = BTreeSet::new();
    for name in &request.names {
        let found: Vec<&(String, String)> = matching(&known, name);
        if found.is_empty() {
            return Err(Refused::Unknown(name.clone()));
        }
        if let Some(pair) = found.windows(2).find(|pair| pair.iter().all(|(id, _)| Some(id) == pair.first().map(|one| &one.0))) {
            let id = pair.first().map_or("", |one| one.0.as_str());
            let specifications = found.iter().filter(|one| one.0 == id).map(|one| one.1.clone()).collect();
            return Err(Refused::Ambiguous(id.to_owned(), specifications));
        }
        chosen.extend(found.into_iter().map(|(id, specification)| (specification.clone(), id.clone())));
    }
    if request.names.is_empty() && request.specification.is_some() {
        chosen.extend(known.into_iter().map(|(id, specification)| (specification, id)));
    }
    let whole = request.names.is_empty() && request.specification.is_none();
    let of = (!whole).then_some(chosen);
    let is_wanted =
        |name: &LinkName| of.as_ref().is_none_or(|of| of.contains(&(name.specification.clone(), name.requirement.clone())));
    let links: Vec<Link> = links(graph).into_iter().filter(|link| is_wanted(&link.name)).collect();
    let without_results = links.iter().filter(|link| !link.name.test.is_empty() && link.seen.outcome.is_empty()).count();
    let reviews = links.into_iter().map(|link| (link.name.clone(), review(link, request))).collect();
    let active = graph.requirements.iter().filter(|one| one.standing == Standing::Active);
    let in_force = active.map(|one| (graph.namespace(one).to_owned(), one.id.to_string())).collect();
    let partial = settings.partial || !settings.submodules.is_empty();
    let without_evidence = request.without_evidence;
    let mut accepted = Accepted { reviews, of, in_force, partial, without_evidence, takes_out_any: false, without_results };
    let known = settings.reviews.iter().flat_map(|lock| &lock.list).map(|review| &review.link);
    accepted.takes_out_any = known.filter(|link| !accepted.reviews.contains_key(link)).any(|link| accepted.takes_out(link));
    Ok(accepted)
}

/// Identifiers and specifications of the requirements in force and of those in the lock.
fn known(graph: &Graph, settings: &Settings, specification: Option<&str>) -> BTreeSet<(String, String)> {
    let active = graph.requirements.iter().filter(|one| one.standing == Standing::Active);
    let mut known: BTreeSet<(String, String)> = active.map(|one| (one.id.to_string(), graph.namespace(one).to_owned())).collect();
    let ids: BTreeSet<String> = known.iter().map(|(id, _)| id.clone()).collect();
    let locked = settings.reviews.iter().flat_map(|reviews| &reviews.list).map(|review| &review.link);
    // One that is in force is meant, whatever its specification was called.
    let locked = locked.filter(|link| !ids.contains(&link.requirement));
    known.extend(locked.map(|link| (link.requirement.clone(), link.specification.clone())));
    known.retain(|(_, of)| specification.is_none_or(|name| name == of));
    known
}

/// What an identifier, a list, a range or a pattern names. Who writes one just as it is means no other.
fn matching<'k>(known: &'k BTreeSet<(String, String)>, name: &str) -> Vec<&'k (String, String)> {
    let named = Named::of(name);
    let literal: Vec<&(String, String)> = known.iter().filter(|(id, _)| named.is(id)).collect();
    if literal.is_empty() { known.iter().filter(|(id, _)| named.names(id)).collect() } else { literal }
}

fn review(link: Link, request: &Request) -> Review {
    let mut seen = link.seen;
    // A file that is cited as a whole is nothing but evidence.
    if request.without_evidence && !link.name.test.is_empty() {
        seen.evidence.clear();
    }
    Review { span: Span::default(), link: link.name, seen, by: request.by.clone(), on: request.on.clone() }
}

impl Accepted {
    /// How many links there are.
    pub fn len(&self) -> usize {
        self.reviews.len()
    }

    /// Whether there is none, and nothing in the lock that is to be taken out of it.
    pub fn is_empty(&self) -> bool {
        self.reviews.is_empty() && !self.takes_out_any
    }

    /// Lays them over the lock as it is by now: what others accepted meanwhile stays.
    pub fn over(&self, lock: Vec<Review>) -> (Vec<Review>, Changes) {
        let mut changes = Changes::default();
        let mut list = self.reviews.clone();
        for old in lock {
            if let Some(new) = list.get_mut(&old.link) {
                if self.is_same(&old.seen, &new.seen) {
                    changes.same += 1;
                    // Who does not say who he is takes no review from others, nor does who looks at everything.
                    if self.of.is_none() || (&new.by, &new.on) == (&None, &None) {
                        (new.by, new.on) = (old.by, old.on);
                    }
                } else {
                    changes.changed += 1;
                }
            } else if self.takes_out(&old.link) {
                changes.removed += 1;
            } else {
                list.insert(old.link.clone(), old);
            }
        }
        changes.added = self.reviews.len() - changes.same - changes.changed;
        (list.into_values().collect(), changes)
    }

    fn is_same(&self, old: &Seen, new: &Seen) -> bool {
        let evidence = self.without_evidence || old.evidence == new.evidence;
        evidence && (&old.text, &old.body, &old.outcome) == (&new.text, &new.body, &new.outcome)
    }

    /// Whether a link of the lock that was not found is to be forgotten.
    fn takes_out(&self, link: &LinkName) -> bool {
        let wanted = self.of.as_ref().is_none_or(|of| {
            let name = (link.specification.clone(), link.requirement.clone());
            // Its specification may have got another name.
            let renamed = !self.in_force.contains(&name) && of.iter().any(|(_, id)| *id == link.requirement);
            of.contains(&name) || renamed
        });
        wanted && !self.partial
    }
}

/// The text of the lock: a line for each link, in their order, so that merges of several branches go together.
pub fn write(list: &[Review]) -> String {
    let mut out = format!(
        "# Reviewed links. `tracegate accept` writes this file, and nothing else should.\nversion = {REVIEWS_VERSION}\nlink = [\n"
    );
    for review in list {
        let (link, seen) = (&review.link, &review.seen);
        let mut line = Line(String::from("  {"));
        line.key("requirement", &link.requirement);
        line.key("specification", &link.specification);
        line.key("file", &link.file);
        line.said("test", &link.test);
        line.key("text", &seen.text);
        line.said("body", &seen.body);
        line.said("outcome", &seen.outcome);
        if !seen.evidence.is_empty() {
            let files = seen.evidence.iter().map(|(path, digest)| format!("{} = {}", quoted(path), quoted(digest)));
            line.raw("evidence", &format!("{{ {} }}", files.collect::<Vec<_>>().join(", ")));
        }
        line.said("by", review.by.as_deref().unwrap_or_default());
        line.said("on", review.on.as_deref().unwrap_or_default());
        let _ = writeln!(out, "{} }},", line.0);
    }
    out.push_str("]\n");
    out
}

/// A line of the lock.
struct Line(String);

impl Line {
    fn raw(&mut self, key: &str, value: &str) {
        let comma = if self.0.ends_with('{') { "" } else { "," };
        let _ = write!(self.0, "{comma} {key} = {value}");
    }

    fn key(&mut self, key: &str, value: &str) {
        self.raw(key, &quoted(value));
    }

    fn said(&mut self, key: &str, value: &str) {
        if !value.is_empty() {
            self.key(key, value);
        }
    }
}

/// A string of TOML in one line.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}') => {
                let _ = write!(out, "\\u{:04X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
