//! Requirements that results name in their properties and tags.

use super::TAG;
use crate::model::evidence::TestResult;
use crate::model::mention::Mentions;
use crate::model::test_case::{Grade, Marker, Verb};
use crate::read::grammar::identifier;
use crate::source::Span;

/// Properties whose values are requirements, in small letters and without what joins their words.
const PROPERTIES: &[&str] = &[
    "covers",
    "fullyverifies",
    "partiallyverifies",
    "req",
    "reqid",
    "reqids",
    "reqs",
    "requirement",
    "requirementid",
    "requirementids",
    "requirements",
    "tracesto",
    "verifies",
    "verifiesrequirement",
    "verifiesrequirements",
];

/// A marker for each property that names requirements, at the place of its result.
pub(super) fn markers(text: &str, results: &[TestResult]) -> Vec<Marker> {
    let mut markers = Vec::new();
    for result in results {
        for (name, value) in &result.properties {
            // A tag may be anything: it counts only where it is the identifier of a requirement.
            let verb = match name.as_str() {
                TAG => Verb::Mentions,
                name if is_of_requirements(name) => Verb::Verifies,
                _ => continue,
            };
            let ids = mentions(text, result.span, value);
            if !ids.is_empty() {
                let reach = Span::default();
                markers.push(Marker { ids, span: result.span, grade: Grade::Function, verb, test: None, reach });
            }
        }
    }
    markers
}

fn is_of_requirements(name: &str) -> bool {
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    PROPERTIES.contains(&plain.as_str())
}

/// The identifiers of a value, where it stands in its result as it is; else at the beginning of the result.
fn mentions(text: &str, result: Span, value: &str) -> Mentions {
    let start = result.start as usize;
    let found = text.get(result.range()).and_then(|inside| inside.find(value)).filter(|_| !value.is_empty());
    let mut ids = identifier::list(value, found.map_or(start, |at| start + at));
    if found.is_none() {
        ids.iter_mut().for_each(|mention| mention.span = Span::new(start, start));
    }
    ids
}
