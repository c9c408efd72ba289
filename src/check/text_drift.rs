//! # M08 text-drift
//!
//! Where a matrix, a plan or another specification quotes a requirement, the quotation says the same where it says the same thing:
//! the same numbers with their units, comparisons, values of a set (code, constants, flags), `shall` and `shall not`, and no
//! obligation ("and shall …") cut off at the end of a sentence that is quoted word by word up to there.
//!
//! ## Why it matters
//! Tests are written and reviewed beside the matrix. Where it says 90 ms and the specification 50 ms, a test of 90 ms looks right,
//! passes, and shows nothing.
//!
//! ## Bad
//! ```file docs/srs.md
//! # PRESS-SRS: Press Requirements Specification
//!
//! ### REQ-PRESS-001: Stop
//! The press shall stop within 50 ms of the alarm.
//! ```
//! ```file docs/rtm.md
//! # PRESS-RTM: Press Traceability Matrix
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-PRESS-001 | The press shall stop within 90 ms of the alarm. | tests/test_press.py::test_stops | PASS |
//! ```
//! ```file tests/test_press.py
//! def test_stops():
//!     assert stopped_after() < 90
//! ```
//!
//! ## Good
//! ```file docs/srs.md
//! # PRESS-SRS: Press Requirements Specification
//!
//! ### REQ-PRESS-001: Stop
//! The press shall stop within 50 ms of the alarm and light the lamp.
//! ```
//! ```file docs/rtm.md
//! # PRESS-RTM: Press Traceability Matrix
//!
//! | Req ID | Requirement | Test | Status |
//! |---|---|---|---|
//! | REQ-PRESS-001 | The press shall stop within 0.05 s of the alarm. | tests/test_press.py::test_stops | PASS |
//! ```
//! ```file tests/test_press.py
//! def test_stops():
//!     assert stopped_after() < 50
//! ```
//!
//! ## What to do
//! Correct the quotation, or the requirement if the quotation is right, and look whether the tests show what it says now. Better still,
//! name the requirement by its title and leave its text where it is kept.
//!
//! A quotation is a sentence with `shall`, `must` and the like of which three quarters are words of the requirement in their order.
//! Titles, other words, and detail that is left out say nothing wrong. But where most texts of a matrix have hardly a word in common
//! with those of the same numbers in the specification, the two number other requirements: that is told once, and the rows of the
//! matrix are not counted for the requirements of the specification. A single row that states another obligation, a whole sentence
//! without a word of the requirement, is told by itself. Records of what was once the case (investigations,
//! changes), templates and documents that are superseded say nothing wrong either.
//!
//! ## Serves
//! ASPICE consistency

mod compared;
mod quotes;
mod registers;
mod strangers;
mod tokens;

use super::Check;
use super::cited::{about_requirement, code};
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, ReqId};
use crate::settings::Settings;
use crate::source::{FileId, Place, Span};
use compared::{Contradiction, What, contradictions};
use quotes::Quote;
use rayon::prelude::*;
use std::collections::BTreeMap;
use tokens::sentences;

/// The check.
pub(super) const CHECK: Check =
    Check { code: "M08", name: "text-drift", severity: Severity::Warning, source: include_str!("text_drift.rs"), run };

fn run(graph: &Graph, _: &Settings, findings: &mut Vec<Finding>) {
    let quotes = quotes::of(graph);
    let compared =
        quotes.par_iter().flat_map_iter(|quote| drifts(graph, quote).into_iter().map(move |(place, what)| (quote, place, what)));
    // One requirement is quoted in many rows, one a test.
    let mut told: BTreeMap<(FileId, ReqId, String), Vec<Place>> = BTreeMap::new();
    for (quote, place, what) in compared.collect::<Vec<_>>() {
        told.entry((place.file, quote.requirement, what)).or_default().push(place);
    }
    findings.extend(told.into_iter().filter_map(|((_, id, what), places)| finding(graph, id, &what, &places)));
    findings.extend(graph.registers.iter().filter_map(|apart| registers::finding(graph, apart)));
    findings.extend(strangers::findings(graph));
}

/// What a quotation says otherwise: one place, and all of it in words.
fn drifts(graph: &Graph, quote: &Quote) -> Option<(Place, String)> {
    let text = graph.text(quote.place);
    let source = quotes::stated(graph, quote.requirement)?;
    let source = sentences(&source);
    let found: Vec<Contradiction> = sentences(text).iter().flat_map(|sentence| contradictions(&source, sentence)).collect();
    let first = found.first()?;
    let start = quote.place.span.start as usize;
    let said: Vec<String> = found.iter().map(|one| words(&one.what)).collect();
    Some((Place::new(quote.place.file, Span::new(start + first.start, start + first.end)), said.join(" and ")))
}

fn words(what: &What) -> String {
    match what {
        What::Other(ours, theirs) => format!("with {} where it says {}", code(ours), code(theirs)),
        What::Lacks(members) => format!("without {}, which it lists", code(members)),
        What::Adds(members) => format!("with {}, which it does not list", code(members)),
        What::Denies(verb) => format!("with {} where it says {}", code(&format!("{verb} not")), code(verb)),
        What::Affirms(verb) => format!("with {} where it says {}", code(verb), code(&format!("{verb} not"))),
        What::Loses(rest) => format!("without its end, {}", code(rest)),
    }
}

fn finding(graph: &Graph, id: ReqId, what: &str, places: &[Place]) -> Option<Finding> {
    let (first, others) = places.split_first()?;
    let one = graph.requirement(id);
    let message = format!("{} is quoted {what}", one.id);
    let finding = Finding::new(*first, one.id.as_str(), message)
        .label("not what is required")
        .help("Correct the quotation, or the requirement if the quotation is right, and look whether the tests show it.")
        .related(one.place, "the requirement");
    let finding = others.iter().take(4).fold(finding, |finding, place| finding.related(*place, "quoted so here too"));
    Some(about_requirement(finding, graph, id))
}
