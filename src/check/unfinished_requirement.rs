//! # R05 unfinished-requirement
//!
//! The text of a requirement in force has no gap left in it: no TBD, TBC, `???`, and no template field such as
//! `[DATE]` or `{TITLE}` where a value should stand. Words without a measure ("as appropriate", "as far as possible", "etc.")
//! in an obligation are a warning, one for each requirement.
//!
//! ## Why it matters
//! Nobody can verify a value that is not there. A test of an unfinished requirement proves whatever its author
//! took the gap to mean, and the matrix shows it as verified.
//!
//! ## Bad
//! ```file docs/requirements.md
//! # Requirements of the pump
//!
//! | REQ ID | Requirement |
//! |---|---|
//! | REQ-FLOW-001 | The pump shall deliver TBD litres a minute. |
//! | REQ-FLOW-002 | The pump shall stop as soon as possible when it runs dry. |
//! ```
//!
//! ## Good
//! ```file docs/requirements.md
//! # Requirements of the pump
//!
//! | REQ ID | Requirement |
//! |---|---|
//! | REQ-FLOW-001 | The pump shall deliver 5 litres a minute. |
//! | REQ-FLOW-002 | The pump shall stop within 2 seconds when it runs dry. |
//! ```
//!
//! ## What to do
//! Write the value, or mark the requirement as planned until it is known. Replace a vague word by what can be measured.
//!
//! ## Serves
//! ISO/IEC/IEEE 29148 5.2.7

use super::Check;
use super::families::by_family;
use super::support::{count, listed};
use super::wording::{Wording, is_clear};
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, Requirement};
use crate::model::requirement::{Definition, Shape, Standing};
use crate::settings::Settings;
use crate::source::{FileId, Place, Span};
use rayon::prelude::*;
use std::collections::BTreeMap;

/// The check.
pub(super) const CHECK: Check = Check {
    code: "R05",
    name: "unfinished-requirement",
    severity: Severity::Error,
    source: include_str!("unfinished_requirement.rs"),
    run,
};

/// So many vague requirements of one document are told one by one; more are a matter of its style.
const FEW: usize = 3;

/// More places than this are only counted.
const SHOWN: usize = 10;

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    let active = graph.requirements.par_iter().filter(|one| one.standing == Standing::Active);
    let worded = active.filter_map(|one| {
        let text = own_text(graph, one, graph.definition(one)?);
        if is_clear(graph.text(Place::new(one.place.file, text))) {
            return None;
        }
        let wording = Wording::new(graph.input(one.place.file).text.as_str(), text, &one.id);
        let (open, vague) = (wording.placeholders(), wording.vague());
        (!open.is_empty() || !vague.is_empty()).then_some((one, open, vague))
    });
    let mut documents: BTreeMap<FileId, Vec<(&Requirement, Vec<Span>)>> = BTreeMap::new();
    for (one, open, vague) in worded.collect::<Vec<_>>() {
        findings.extend(gaps(graph, one, &open));
        if !vague.is_empty() {
            documents.entry(one.place.file).or_default().push((one, vague));
        }
    }
    for several in documents.values() {
        match several.len() <= FEW {
            true => findings.extend(several.iter().filter_map(|(one, spans)| vague(graph, one, spans))),
            false => findings.extend(vague_document(graph, several)),
        }
    }
}

/// The text of a definition up to the next one inside it: a section may hold the sections of its children.
fn own_text(graph: &Graph, one: &Requirement, definition: &Definition) -> Span {
    let text = definition.text;
    if !matches!(definition.shape, Shape::Heading | Shape::Paragraph | Shape::ListItem) {
        return text;
    }
    let all = &graph.facts(one.place.file).definitions;
    let after = one.definition.map_or(&[][..], |fact| all.get(fact.index as usize + 1..).unwrap_or_default());
    let mut below = after.iter().map(|other| other.block.start).take_while(|start| *start < text.end());
    let inside = below.find(|start| *start > definition.span.start);
    Span::new(text.start as usize, inside.unwrap_or(text.end()) as usize)
}

fn words<'g>(graph: &'g Graph, one: &Requirement, spans: &[Span]) -> Vec<&'g str> {
    let mut words: Vec<&str> = Vec::new();
    for span in spans {
        let word = graph.text(Place::new(one.place.file, *span));
        if !words.iter().any(|known| known.eq_ignore_ascii_case(word)) {
            words.push(word);
        }
    }
    words
}

fn gaps(graph: &Graph, one: &Requirement, spans: &[Span]) -> Option<Finding> {
    let (first, others) = spans.split_first()?;
    let words = words(graph, one, spans);
    let gaps = if others.is_empty() { String::from("a gap") } else { count(spans.len(), "gap") };
    let message = format!("{} still has {gaps} in its text: {}.", one.id, listed(&words, 5));
    let mut finding = Finding::new(Place::new(one.place.file, *first), &one.id, message)
        .label("still open")
        .help("Write what is missing, or mark the requirement as planned until it is known.")
        .about(graph.namespace(one), &one.id);
    for span in others {
        finding = finding.related(Place::new(one.place.file, *span), "open too");
    }
    Some(finding)
}

fn vague(graph: &Graph, one: &Requirement, spans: &[Span]) -> Option<Finding> {
    let (first, others) = spans.split_first()?;
    let words: Vec<String> = words(graph, one, spans).iter().map(|word| format!("\"{word}\"")).collect();
    let message = format!("{} demands something that cannot be measured: {}.", one.id, listed(&words, 5));
    let mut finding = Finding::new(Place::new(one.place.file, *first), format!("{} wording", one.id), message)
        .label("no measure")
        .help("Say what can be measured: a value, a limit, a full list.")
        .about(graph.namespace(one), &one.id)
        .severity(Severity::Warning);
    for span in others {
        finding = finding.related(Place::new(one.place.file, *span), "no measure here either");
    }
    Some(finding)
}

/// Many vague requirements of one document.
fn vague_document(graph: &Graph, several: &[(&Requirement, Vec<Span>)]) -> Option<Finding> {
    let (first, spans) = several.first()?;
    let path = graph.path(first.place.file);
    let ids: Vec<&str> = several.iter().map(|(one, _)| one.id.as_str()).collect();
    let message =
        format!("{} of {path} demand something that cannot be measured: {}.", count(ids.len(), "requirement"), by_family(&ids));
    let finding = Finding::new(Place::new(first.place.file, *spans.first()?), format!("{path} wording"), message)
        .label("no measure")
        .help("Say what can be measured: a value, a limit, a full list.")
        .severity(Severity::Warning);
    let places = several.iter().skip(1).filter_map(|(one, spans)| Some((one, *spans.first()?))).take(SHOWN);
    Some(places.fold(finding, |finding, (one, span)| {
        let word = graph.text(Place::new(one.place.file, span));
        finding.related(Place::new(one.place.file, span), format!("{}: \"{word}\"", one.id))
    }))
}
