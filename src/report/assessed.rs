//! Why a check that found nothing is no good news.
//!
//! Formats that know pass and fail alone must not show a check as passed that had nothing to look at.

use super::Report;
use crate::check::{Check, is_mandatory};
use crate::link::executed::Unknown;
use crate::link::mutated::Unkilled;
use std::borrow::Cow;

/// Why a check was not able to find anything, if it was not.
pub fn why_not(report: &Report<'_>, check: &Check) -> Option<Cow<'static, str>> {
    if report.severity.get(check.code) == Some(&None) && !is_mandatory(check.code) {
        return Some("turned off by the configuration".into());
    }
    let graph = report.graph;
    let absent = match check.code {
        // What a matrix claims.
        code if code.starts_with('M') && graph.rows.is_empty() => "no row of a matrix was read",
        // How the tests came out.
        "E01" | "E02" | "E10" | "E11" | "M10" if !graph.has_results() => "no result file was read",
        // Which code ran.
        "S02" | "S03" | "S11" if !graph.measured.any => Unknown::NoCoverage.text(),
        // What the tests notice.
        "S12" if !graph.mutated.any => Unkilled::NoResults.text(),
        _ => return None,
    };
    Some(format!("not assessed: {absent}").into())
}
