//! What there was before, from a commit or from a saved report: `--new-since` and `diff`.

use super::failure::Failure;
use super::inputs::Inputs;
use super::progress;
use crate::analysis::{Analysis, analyze};
use crate::compare::Before;
use crate::compare::delta::Delta;
use crate::compare::saved::Saved;
use crate::report::{Report, Since, View, json};
use crate::verdict::{Summary, Threshold};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// What a commit hook compares with.
pub(super) const LAST_COMMIT: &str = "HEAD";

/// Says of each finding whether it is new, and with what that was compared; where a report tells `further` changes, these
/// too.
pub(super) fn mark(name: &str, inputs: &Inputs, analysis: &mut Analysis, further: bool, quiet: bool) -> Result<Since, Failure> {
    let path = Path::new(name);
    if name == LAST_COMMIT && inputs.is_first_commit() {
        Before::default().mark(&analysis.graph, &mut analysis.findings);
        return Ok(Since { name: format!("{name} (there is no commit yet)"), ..Since::default() });
    }
    let (before, then, mut absent) = if path.is_file() {
        let then = saved(path)?;
        let here: BTreeSet<&str> = analysis.graph.requirements.iter().map(|one| one.id.as_str()).collect();
        let apart = apart(&then, &here).map(|why| format!("{why} ({name})"));
        (Before::saved(then.clone()), further.then_some(then), apart.into_iter().collect())
    } else {
        let (then, absent) = at_revision(name, inputs, quiet)?;
        (Before::of(&then.graph, &then.findings), further.then(|| as_saved(&then)).transpose()?, absent)
    };
    // A commit answers for what it makes of the last one; whether all can be looked at is for the gate to say.
    let before = if inputs.is_staged() { before.read_alike() } else { before };
    let delta = then.map(|then| Ok(Delta::of(&then, &as_saved(analysis)?))).transpose()?;
    before.mark(&analysis.graph, &mut analysis.findings);
    absent.extend(before.lacks(&analysis.graph).iter().map(|what| format!("{what} ({name} has none)")));
    Ok(Since { name: name.to_owned(), absent, delta })
}

/// Why two states are hardly of one project: both have requirements, and none of them in common.
pub(super) fn apart(then: &Saved, here: &BTreeSet<&str>) -> Option<String> {
    let strange =
        !then.requirements.is_empty() && !here.is_empty() && then.requirements.iter().all(|one| !here.contains(one.id.as_str()));
    strange.then(|| "two sets of requirements that have none in common: are they of the same project?".to_owned())
}

/// A state by its name: a saved report, or what an analysis at a commit would save; and what was not there to read.
pub(super) fn state(name: &str, inputs: &Inputs) -> Result<(Saved, Vec<String>), Failure> {
    let path = Path::new(name);
    if path.is_file() {
        return Ok((saved(path)?, Vec::new()));
    }
    let (then, absent) = at_revision(name, inputs, false)?;
    Ok((as_saved(&then)?, absent))
}

/// What a report of an analysis would save.
pub(super) fn as_saved(analysis: &Analysis) -> Result<Saved, Failure> {
    let (graph, findings) = (&analysis.graph, analysis.findings.as_slice());
    let (summary, threshold) = (Summary::of(graph, findings), Threshold::Never);
    let verdict = threshold.verdict(findings);
    let mut bytes = Vec::new();
    let (severity, view) = (BTreeMap::new(), View::default());
    let report = Report {
        graph,
        findings,
        summary: &summary,
        verdict,
        threshold,
        severity: &severity,
        pages: None,
        base: "",
        since: None,
        view,
    };
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
fn at_revision(name: &str, inputs: &Inputs, quiet: bool) -> Result<(Analysis, Vec<String>), Failure> {
    let tree = inputs.at(name)?;
    let absent = tree.absent().iter().map(|absent| format!("{} ({})", absent.path, absent.reason)).collect();
    let analysis = progress::shown(tree.as_ref(), quiet, |tree| analyze(tree, inputs.settings()));
    Ok((analysis, absent))
}
