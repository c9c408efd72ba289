//! The checks: each reads the graph and yields findings.
//!
//! A check is one file. Its doc comment is its page of documentation, which
//! `tracegate explain` prints and whose examples run as tests.

pub mod cited;
pub mod families;
mod fold;
pub mod naming;
pub mod near;
pub mod owed;
pub mod page;
pub mod support;
pub mod wording;

mod alternative_unreached;
mod broken_digest;
mod coverage_gap;
mod dangling_reference;
mod disagreeing_links;
mod duplicate_requirement;
mod edited_after_approval;
mod empty_input;
mod empty_inspection;
mod entry_point_unreached;
mod false_count;
mod false_pass;
mod foreign_run;
mod gate_order;
mod ghost_test;
mod hollow_evidence;
mod incoherent_audit_trail;
mod invalid_waiver;
mod level_missing;
mod lost_tests;
mod method_missing;
mod missing_row;
mod mixed_baseline;
mod mocked_subject;
mod near_miss_id;
mod no_environment;
mod no_independence;
mod no_negative_case;
mod no_oracle;
mod no_result;
mod not_a_pass;
mod not_a_test;
mod obligation_uncovered;
mod open_action;
mod open_anomaly;
mod open_child;
mod orphan_test;
mod out_of_scope_change;
mod over_shared_evidence;
mod planned_test_missing;
mod retired_requirement;
mod rung_missing;
mod sole_evidence;
mod stale_evidence;
mod status_contradiction;
mod surviving_mutant;
mod suspect_link;
mod text_drift;
mod unbound_evidence;
mod undisposed_failure;
mod unfilled_record;
mod unfinished_requirement;
mod unread_input;
mod unsigned_evidence;
mod untraced_change;
mod unverified_requirement;
mod version_contradiction;
mod wrong_location;

use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::settings::Settings;
use rayon::prelude::*;

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

/// The check of a code or a name, in any case.
pub fn find(name: &str) -> Option<&'static Check> {
    CHECKS.iter().find(|check| check.code.eq_ignore_ascii_case(name) || check.name.eq_ignore_ascii_case(name))
}

/// Whether a check can't be turned off: those that say that something was not read or not found.
///
/// A gate that may be told to overlook absent input is green when nothing was checked.
pub fn is_mandatory(code: &str) -> bool {
    code == "E12" || code.starts_with('Q')
}

/// Whether a check says what a run did not look at, or what may be overlooked in it: nobody can accept that, and it is no
/// excuse that it was so before.
pub fn tells_of_the_run(code: &str) -> bool {
    is_mandatory(code) || code == invalid_waiver::CHECK.code
}

/// Runs every check, puts the findings in their order and marks those that waivers accept.
pub fn run(graph: &Graph, settings: &Settings) -> Vec<Finding> {
    let mut findings = run_some(CHECKS, graph, settings);
    let faults = invalid_waiver::settle(graph, settings, &mut findings);
    if !faults.is_empty() {
        findings.extend(filled(&invalid_waiver::CHECK, faults, settings));
        findings.sort_unstable();
    }
    findings
}

/// Runs the given checks: what [`run`] does, on a list of one's own.
pub fn run_some(checks: &[Check], graph: &Graph, settings: &Settings) -> Vec<Finding> {
    // Some take a hundred times as long as others: each is handed out by itself.
    let found = checks.par_iter().with_max_len(1).flat_map_iter(|check| one(check, graph, settings));
    let mut findings: Vec<Finding> = found.collect();
    findings.par_sort_unstable();
    findings.dedup();
    findings
}

/// The findings of one check with its code and the severity that counts.
fn one(check: &Check, graph: &Graph, settings: &Settings) -> Vec<Finding> {
    let mut found = Vec::new();
    if !is_off(check, settings) {
        (check.run)(graph, settings, &mut found);
    }
    filled(check, found, settings)
}

fn is_off(check: &Check, settings: &Settings) -> bool {
    settings.severity.get(check.code) == Some(&None) && !is_mandatory(check.code)
}

/// Findings of a check with its code and the severity that counts; none where it is turned off.
fn filled(check: &Check, found: Vec<Finding>, settings: &Settings) -> Vec<Finding> {
    if is_off(check, settings) {
        return Vec::new();
    }
    let set = settings.severity.get(check.code).copied();
    let filled = found.into_iter().map(|finding| finding.of(check.code, check.severity));
    match set.flatten() {
        Some(severity) => filled.map(|finding| finding.severity(severity)).collect(),
        None => filled.collect(),
    }
}

/// All checks, in order of their codes.
pub const CHECKS: &[Check] = &[
    no_result::CHECK,
    not_a_pass::CHECK,
    unbound_evidence::CHECK,
    mixed_baseline::CHECK,
    stale_evidence::CHECK,
    no_environment::CHECK,
    unsigned_evidence::CHECK,
    empty_inspection::CHECK,
    broken_digest::CHECK,
    undisposed_failure::CHECK,
    foreign_run::CHECK,
    empty_input::CHECK,
    missing_row::CHECK,
    ghost_test::CHECK,
    not_a_test::CHECK,
    wrong_location::CHECK,
    disagreeing_links::CHECK,
    version_contradiction::CHECK,
    false_count::CHECK,
    text_drift::CHECK,
    planned_test_missing::CHECK,
    false_pass::CHECK,
    lost_tests::CHECK,
    gate_order::CHECK,
    no_independence::CHECK,
    unfilled_record::CHECK,
    incoherent_audit_trail::CHECK,
    edited_after_approval::CHECK,
    open_child::CHECK,
    open_action::CHECK,
    invalid_waiver::CHECK,
    out_of_scope_change::CHECK,
    status_contradiction::CHECK,
    unread_input::CHECK,
    duplicate_requirement::CHECK,
    near_miss_id::CHECK,
    retired_requirement::CHECK,
    unfinished_requirement::CHECK,
    method_missing::CHECK,
    suspect_link::CHECK,
    level_missing::CHECK,
    hollow_evidence::CHECK,
    entry_point_unreached::CHECK,
    alternative_unreached::CHECK,
    no_oracle::CHECK,
    mocked_subject::CHECK,
    obligation_uncovered::CHECK,
    no_negative_case::CHECK,
    over_shared_evidence::CHECK,
    sole_evidence::CHECK,
    coverage_gap::CHECK,
    surviving_mutant::CHECK,
    rung_missing::CHECK,
    unverified_requirement::CHECK,
    orphan_test::CHECK,
    dangling_reference::CHECK,
    untraced_change::CHECK,
    open_anomaly::CHECK,
];
