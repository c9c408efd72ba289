//! `init`: what was found becomes a configuration that changes no verdict.

use super::Inputs;
use super::failure::Failure;
use super::inputs::Reading;
use super::output::Output;
use super::progress;
use crate::analysis::{Analysis, analyze};
use crate::cli::InitArgs;
use crate::config::FILE_NAME;
use crate::finding::{Severity, fingerprints};
use crate::report::draft::Draft;
use crate::report::visible;
use crate::verdict::Summary;
use std::slice;

/// Writes the configuration, and says what was found and what comes next.
pub(super) fn run(args: &InitArgs) -> Result<u8, Failure> {
    let file = args.path.join(FILE_NAME);
    if !args.path.is_dir() {
        let message = format!("`{}` is no folder", args.path.display());
        return Err(Failure::new(message, "Name the folder that holds the documents and the tests."));
    }
    if file.symlink_metadata().is_ok() && !args.force && !args.stdout {
        let message = format!("`{}` is there already", file.display());
        return Err(Failure::new(message, "`--stdout` shows what would be written, and `--force` replaces the file."));
    }
    let (inputs, analysis) = look(args, "")?;
    if analysis.graph.requirements.is_empty() {
        return Err(inputs.nothing_to_check(&analysis));
    }
    let paths: Vec<&str> = inputs.tree().files().iter().map(|entry| entry.path.as_str()).collect();
    let draft = Draft::of(&analysis.graph, &paths);
    let text = draft.text(&harmless(args, &draft, &analysis)?);
    if args.stdout {
        return Output::terminal().text(&text).map(|()| 0);
    }
    Output::file(&file).text(&text)?;
    let next = next(args, &analysis);
    let (file, next) = (file.display().to_string(), visible::line(&next));
    Output::terminal().text(&format!("wrote {}\n{}next: {next}\n", visible::line(&file), draft.found())).map(|()| 0)
}

/// The one next step.
fn next(args: &InitArgs, analysis: &Analysis) -> String {
    let (graph, here) = (&analysis.graph, args.path.as_os_str() == ".");
    let place = if here { String::new() } else { format!(" {}", args.path.display()) };
    if graph.tests.is_empty() {
        return format!("name the tree of the tests in it: `root` in the section [tests]; then tracegate check{place}");
    }
    match graph.has_results() {
        true => format!("tracegate check{place}"),
        false => "let the tests write their results; `tracegate explain artifacts` has the commands".to_owned(),
    }
}

/// What comes of a folder with a configuration.
fn look(args: &InitArgs, configuration: &str) -> Result<(Inputs, Analysis), Failure> {
    let reading = Reading { written: Some(configuration), ..Reading::default() };
    let inputs = Inputs::open(slice::from_ref(&args.path), reading)?;
    let analysis = progress::shown(inputs.tree(), false, |tree| analyze(tree, inputs.settings()));
    Ok((inputs, analysis))
}

/// The keys with which everything stays as it is: all of them, or else as many as can be added one after the other.
fn harmless(args: &InitArgs, draft: &Draft, analysis: &Analysis) -> Result<Vec<&'static str>, Failure> {
    let wanted = outcome(analysis);
    let same = |keys: &[&str]| look(args, &draft.text(keys)).map(|(_, analysis)| outcome(&analysis) == wanted);
    let all = draft.keys();
    if same(&all)? {
        return Ok(all);
    }
    let mut kept = Vec::new();
    for key in all {
        kept.push(key);
        if !same(&kept)? {
            kept.pop();
        }
    }
    Ok(kept)
}

/// What a report would say: the findings by their fingerprints, and the counts.
fn outcome(analysis: &Analysis) -> (Vec<(String, Severity)>, Summary) {
    let (graph, findings) = (&analysis.graph, &analysis.findings);
    let marks = fingerprints(findings, |file| graph.path(file)).into_iter();
    (marks.zip(findings).map(|(mark, finding)| (mark, finding.severity)).collect(), Summary::of(graph, findings))
}
