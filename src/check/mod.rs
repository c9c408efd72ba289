//! The checks: each reads the graph and yields findings.
//!
//! A check is one file. Its doc comment is its page of documentation, which
//! `tracegate explain` prints and whose examples run as tests.

pub mod page;
pub mod support;

use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::settings::Settings;

/// A check and what is known about it.
#[derive(Clone, Copy)]
pub struct Check {
    /// The stable code: `M02`.
    pub code: &'static str,
    /// The name: `ghost-test`, also that of its file.
    pub name: &'static str,
    /// The severity of its findings unless they say otherwise.
    pub severity: Severity,
    /// The source of its file, whose doc comment is the documentation.
    pub source: &'static str,
    /// Finds.
    pub run: fn(&Graph, &Settings, &mut Vec<Finding>),
}

/// All checks, in order of their codes.
pub const CHECKS: &[Check] = &[];

/// Runs all checks and puts their findings in order.
pub fn run(graph: &Graph, settings: &Settings) -> Vec<Finding> {
    let mut found = Vec::new();
    for check in CHECKS {
        (check.run)(graph, settings, &mut found);
    }
    found
}
