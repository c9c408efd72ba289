//! `accept`: writes down what a person looked at.

use super::failure::{self, Failure};
use super::inputs::{Inputs, Reading};
use super::output::Output;
use super::{locked, progress, today};
use crate::analysis::{Analysis, analyze};
use crate::cli::AcceptArgs;
use crate::report::visible;
use crate::review::{self, Changes, Refused, Request};
use crate::suggest;
use std::path::Path;

/// Runs the command.
pub(super) fn run(args: &AcceptArgs) -> Result<u8, Failure> {
    if args.ids.is_empty() && !args.all {
        return Err(Failure::new(
            "which links were looked at?",
            "Name their requirements, or write `--all` for every link: `tracegate accept REQ-001..009`, `tracegate accept --all`.",
        ));
    }
    let (config, baseline) = (args.common.config.as_deref(), args.common.baseline.as_deref());
    let mut inputs = Inputs::open(&args.paths, Reading { config, baseline, ..Reading::default() })?;
    inputs.begin_review();
    let analysis = progress::shown(inputs.tree(), false, |tree| analyze(tree, inputs.settings()));
    let request = Request {
        names: args.ids.clone(),
        specification: args.specification.clone(),
        by: args.by.clone(),
        on: args.date.clone().or_else(today::set),
        without_evidence: args.no_evidence,
    };
    let accepted = review::accept(&analysis.graph, inputs.settings(), &request).map_err(|why| refused(&analysis, &why))?;
    if accepted.is_empty() {
        return Err(nothing(&inputs, &analysis));
    }
    let without_results = accepted.without_results;
    let changes = locked::change(inputs.lock(), |lock| {
        let (list, changes) = accepted.over(lock);
        (review::write(&list), changes)
    })?;
    if without_results > 0 {
        let links = visible::count(without_results, "link");
        failure::note(&format!("{links} without a result of the test: the review is of requirement and test alone"));
    }
    Output::new(&args.common).text(&told(changes, &inputs)).map(|()| 0)
}

fn told(changes: Changes, inputs: &Inputs) -> String {
    let Changes { added, changed, same, removed } = changes;
    let links = visible::count(added + changed + same, "link");
    let lock = inputs.lock().display().to_string();
    let lock = visible::line(&lock);
    format!("reviewed {links} in {lock}: {added} new, {changed} changed, {same} as before; {removed} taken out\n")
}

fn refused(analysis: &Analysis, why: &Refused) -> Failure {
    match why {
        Refused::Unknown(name) => {
            let near = suggest::near(name, analysis.graph.requirements.iter().map(|one| one.id.as_str()));
            let help = suggest::did_you_mean(&near).unwrap_or_else(|| match Path::new(name).exists() {
                true => format!(
                    "Folders to read stand behind `--path`: `tracegate accept --all --path {}`.",
                    visible::short(name, 200)
                ),
                false => String::from("`tracegate list requirements` shows what was found."),
            });
            Failure::new(format!("no requirement in force is called `{}`", visible::short(name, 200)), help)
        }
        Refused::Ambiguous(name, of) => Failure::new(
            format!("several specifications define {name}: {}", of.join(", ")),
            "Name one of them: `--specification NAME`.",
        ),
    }
}

/// No link at all: nothing was looked at.
fn nothing(inputs: &Inputs, analysis: &Analysis) -> Failure {
    if analysis.graph.requirements.is_empty() {
        return inputs.nothing_to_check(analysis);
    }
    Failure::new(
        "there is nothing to review: no test and no file is linked to these requirements",
        "`tracegate check` tells what verifies them and what does not.",
    )
}
