//! Records that documents say are to wait for others.

use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::link::records::open::{Unready, unready};
use crate::model::lifecycle::State;
use crate::source::Place;

/// Tells of each pair once.
pub(super) fn run(graph: &Graph, findings: &mut Vec<Finding>) {
    findings.extend(unready(graph).iter().map(|pair| waits(graph, pair)));
}

fn waits(graph: &Graph, pair: &Unready<'_>) -> Finding {
    let (one, other) = (graph.records().record(pair.id), graph.records().record(pair.on));
    let (wait, needed) = (pair.wait, pair.needed());
    let place = Place::new(pair.file, wait.span);
    let (message, label, severity) = if is_ahead(one.state, &wait.step) {
        let message = format!(
            "{} is {} and waits for {}, which is {} and is to be {needed} first: this gate is still ahead",
            one.id,
            one.state.name(),
            other.id,
            other.state.name()
        );
        (message, "the gate is still ahead", Severity::Info)
    } else {
        let message = format!(
            "{} is {}, although this document says that it was to wait for {}, which is {} and not {needed}",
            one.id,
            one.state.name(),
            other.id,
            other.state.name()
        );
        (message, "did not wait", Severity::Warning)
    };
    let finding = Finding::new(place, one.id.clone(), message)
        .label(label)
        .severity(severity)
        .help(format!("Bring {} on, or say in {} why it need not wait.", other.id, one.id));
    let finding = one
        .place()
        .into_iter()
        .fold(finding, |finding, place| finding.related(place, format!("{} is {}", one.id, one.state.name())));
    other
        .place()
        .into_iter()
        .fold(finding, |finding, place| finding.related(place, format!("{} is {}", other.id, other.state.name())))
}

/// Whether a record that is to be released, closed or approved later is not so yet.
fn is_ahead(state: State, step: &str) -> bool {
    match step {
        "close" => true,
        "approve" => matches!(state, State::Draft | State::InReview),
        _ => matches!(state, State::Draft | State::InReview | State::PreApproved),
    }
}
