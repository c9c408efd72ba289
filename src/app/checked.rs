//! What was read and checked, before it is written: `check` and `report` tell the same of it.

use super::failure::Failure;
use super::inputs::Inputs;
use super::{Run, analysis, since};
use crate::analysis::Analysis;
use crate::cli::Common;
use crate::report::{Report, Since, View, nothing};
use crate::verdict::{Decided, Summary, Threshold, Verdict};
use std::path::PathBuf;

/// With what a run is compared.
#[derive(Clone, Copy)]
pub(super) struct Compare<'c> {
    /// A revision or a saved report.
    pub(super) with: &'c str,
    /// Whether somebody reads what changed beside the findings.
    pub(super) further: bool,
}

/// Everything that a report is made of.
pub(super) struct Checked {
    pub(super) inputs: Inputs,
    pub(super) analysis: Analysis,
    pub(super) since: Option<Since>,
    summary: Summary,
    threshold: Threshold,
}

impl Checked {
    /// Reads, checks and compares. Nothing at all to check is a failure.
    pub(super) fn of(
        (paths, common): (&[PathBuf], &Common),
        run: Run,
        compare: Option<Compare<'_>>,
        threshold: Threshold,
    ) -> Result<Self, Failure> {
        let (inputs, mut analysis) = analysis(paths, common, run)?;
        let mark = |Compare { with, further }| since::mark(with, &inputs, &mut analysis, further, run.quiet);
        let since = compare.map(mark).transpose()?;
        let summary = Summary::of(&analysis.graph, &analysis.findings);
        let settings = inputs.settings();
        let decided = Decided {
            gaps: run.without_results || !settings.severity.is_empty(),
            records: !settings.records.is_empty() && !nothing::names_requirements(&analysis.graph),
        };
        if summary.is_empty(decided) {
            return Err(inputs.nothing_to_check(&analysis));
        }
        Ok(Self { inputs, analysis, since, summary, threshold })
    }

    pub(super) fn verdict(&self) -> Verdict {
        self.threshold.verdict(&self.analysis.findings)
    }

    /// The report, as it is to look.
    pub(super) fn report(&self, view: View) -> Report<'_> {
        Report {
            graph: &self.analysis.graph,
            findings: &self.analysis.findings,
            summary: &self.summary,
            verdict: self.verdict(),
            threshold: self.threshold,
            severity: &self.inputs.settings().severity,
            pages: self.inputs.settings().pages.as_deref(),
            base: self.inputs.base(),
            since: self.since.as_ref(),
            view,
        }
    }
}
