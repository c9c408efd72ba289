//! # R05 unfinished-requirement
//!
//! The text of a requirement in force has no gap left in it: no TBD, TBC, `???`, and no template field such as
//! `[DATE]` or `{TITLE}` where a value should stand. Words without a measure ("appropriate", "as far as possible", "etc.")
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
use super::support::{count, listed};
use super::wording::Wording;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, Requirement};
use crate::model::requirement::{Definition, Shape, Standing};
use crate::settings::Settings;
use crate::source::{Place, Span};
use rayon::prelude::*;

/// The check.
pub(super) const CHECK: Check = Check {
    code: "R05",
    name: "unfinished-requirement",
    severity: Severity::Error,
    source: include_str!("unfinished_requirement.rs"),
    run,
};

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    let active = graph.requirements.par_iter().filter(|one| one.standing == Standing::Active);
    let found = active.flat_map_iter(|one| {
        let wording = graph
            .definition(one)
            .map(|definition| Wording::new(graph.input(one.place.file).text.as_str(), own_text(graph, one, definition), &one.id));
        let told = wording.map(|wording| {
            gaps(graph, one, &wording.placeholders()).into_iter().chain(vague(graph, one, &wording.vague())).collect::<Vec<_>>()
        });
        told.unwrap_or_default()
    });
    findings.extend(found.collect::<Vec<_>>());
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
