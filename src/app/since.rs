//! What there was before, from a commit or from a saved report: `--new-since` and `diff`.

use super::failure::Failure;
use super::inputs::Inputs;
use crate::analysis::{Analysis, analyze};
use crate::compare::Before;
use crate::compare::delta::Delta;
use crate::compare::saved::Saved;
use crate::report::{Report, Since, View, json};
use crate::verdict::{Summary, Threshold};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Says of each finding whether it is new, and with what that was compared.
pub(super) fn mark(name: &str, inputs: &Inputs, analysis: &mut Analysis) -> Result<Since, Failure> {
    let path = Path::new(name);
    let (before, absent) = if path.is_file() {
        (Before::saved(saved(path)?), Vec::new())
    } else {
        let (then, absent) = at_revision(name, inputs)?;
        (Before::of(&then.graph, &then.findings), absent)
    };
    before.mark(&analysis.graph, &mut analysis.findings);
    Ok(Since { name: name.to_owned(), absent })
}

/// The same, and everything that changed.
pub(super) fn compare(name: &str, inputs: &Inputs, analysis: &mut Analysis) -> Result<(Since, Delta), Failure> {
    let path = Path::new(name);
    let (before, base, absent) = if path.is_file() {
        (Before::saved(saved(path)?), saved(path)?, Vec::new())
    } else {
        let (then, absent) = at_revision(name, inputs)?;
        (Before::of(&then.graph, &then.findings), as_saved(&then)?, absent)
    };
    before.mark(&analysis.graph, &mut analysis.findings);
    let delta = Delta::of(&base, &as_saved(analysis)?);
    Ok((Since { name: name.to_owned(), absent }, delta))
}

/// A state by its name: a saved report, or what an analysis at a commit would save; and what was not there to read.
pub(super) fn state(name: &str, inputs: &Inputs) -> Result<(Saved, Vec<String>), Failure> {
    let path = Path::new(name);
    if path.is_file() {
        return Ok((saved(path)?, Vec::new()));
    }
    let (then, absent) = at_revision(name, inputs)?;
    Ok((as_saved(&then)?, absent))
}

/// What a report of an analysis would save.
pub(super) fn as_saved(analysis: &Analysis) -> Result<Saved, Failure> {
    let (graph, findings) = (&analysis.graph, analysis.findings.as_slice());
    let (summary, threshold) = (Summary::of(graph, findings), Threshold::Never);
    let verdict = threshold.verdict(findings);
    let mut bytes = Vec::new();
    let (severity, view) = (BTreeMap::new(), View::default());
    let report =
        Report { graph, findings, summary: &summary, verdict, threshold, severity: &severity, base: "", since: None, view };
    json::write(&report, &mut bytes).map_err(|error| Failure::io("failed to write a report", &error, HELP))?;
    Saved::read(&bytes, json::SCHEMA).map_err(|why| Failure::new(why, HELP))
}

const HELP: &str = "Name a report that `tracegate check --format json --output FILE` wrote, or a commit, a tag or a branch.";

fn saved(path: &Path) -> Result<Saved, Failure> {
    let bytes = fs::read(path).map_err(|error| Failure::io(&format!("failed to read `{}`", path.display()), &error, HELP))?;
    Saved::read(&bytes, json::SCHEMA)
        .map_err(|why| Failure::new(format!("`{}` is no report to compare with: {why}", path.display()), HELP))
}

/// The same analysis at a commit, and what of the tree is not in it.
fn at_revision(name: &str, inputs: &Inputs) -> Result<(Analysis, Vec<String>), Failure> {
    let tree = inputs.at(name)?;
    let absent = tree.absent().iter().map(|absent| format!("{} ({})", absent.path, absent.reason)).collect();
    Ok((analyze(tree.as_ref(), inputs.settings()), absent))
}
