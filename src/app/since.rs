//! `--new-since`: what there was before, from a commit or from a saved report.

use super::failure::Failure;
use super::inputs::Inputs;
use crate::analysis::{Analysis, analyze};
use crate::compare::Before;
use crate::report::Since;
use std::fs;
use std::path::Path;

/// Says of each finding whether it is new, and with what that was compared.
pub(super) fn mark(name: &str, inputs: &Inputs, analysis: &mut Analysis) -> Result<Since, Failure> {
    let path = Path::new(name);
    let (before, absent) = if path.is_file() { (saved(path)?, Vec::new()) } else { at_revision(name, inputs)? };
    before.mark(&analysis.graph, &mut analysis.findings);
    Ok(Since { name: name.to_owned(), absent })
}

fn saved(path: &Path) -> Result<Before, Failure> {
    let help = "Name a report that `tracegate check --format json --output FILE` wrote, or a commit, a tag or a branch.";
    let bytes = fs::read(path).map_err(|error| Failure::io(&format!("failed to read `{}`", path.display()), &error, help))?;
    Before::read(&bytes).map_err(|why| Failure::new(format!("`{}` is no report to compare with: {why}", path.display()), help))
}

/// The same analysis at a commit, and what of the tree is not in it.
fn at_revision(name: &str, inputs: &Inputs) -> Result<(Before, Vec<String>), Failure> {
    let tree = inputs.at(name)?;
    let then = analyze(tree.as_ref(), inputs.settings());
    let absent = tree.absent().iter().map(|absent| format!("{} ({})", absent.path, absent.reason)).collect();
    Ok((Before::of(&then.graph, &then.findings), absent))
}
