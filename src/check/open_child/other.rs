//! Children of a closed record that are no deviations: records of tests, actions, changes.

use super::{Weight, grade, weight, with_parent};
use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::link::records::{By, Record};
use crate::model::lifecycle::{Class, State};

/// What is wrong with such a child. A record of a test belongs to what it tests and is done before that is closed; actions and
/// changes often outlive what they came from, and are a remark, unless they say that they block it.
pub(super) fn child(graph: &Graph, parent: &Record, child: &Record) -> Option<Finding> {
    // That it lies in a folder makes it nobody's task.
    let told = child.parent_told.as_ref().is_none_or(|told| told.by != By::Folder);
    if !told || is_done(child) || child.state == State::Unknown {
        return None;
    }
    let blocks = weight(graph, child) == Weight::Blocking;
    let severity = match child.class {
        _ if blocks => Severity::Error,
        Class::Verification if weight(graph, child) == Weight::Unsaid => Severity::Warning,
        Class::Action | Class::Change if weight(graph, child) == Weight::Unsaid => Severity::Info,
        _ => return None,
    };
    let said = match grade(graph, child) {
        Some(grade) if blocks => format!(", which blocks it ({}),", grade.text),
        _ => String::new(),
    };
    let message = format!("{} is closed, but its {} {}{said} is {}", parent.id, child.class.name(), child.id, child.state.name());
    let finding = Finding::new(child.place()?, child.id.clone(), message)
        .label(child.state.name())
        .severity(severity)
        .help(format!("Bring {} to its end, or say in {} why it need not wait for it.", child.id, parent.id));
    Some(with_parent(finding, parent))
}

/// Whether nothing is to be done about it any more; the record of a test is done once it is approved.
fn is_done(child: &Record) -> bool {
    child.is_settled()
        || matches!(child.state, State::PostApproved | State::Effective)
        || child.class == Class::Verification && child.state == State::Approved
}
