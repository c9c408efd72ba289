//! The pipeline of the command: configuration, discovery, analysis, report, exit code.

#![allow(clippy::disallowed_methods, reason = "the shell touches the file system, and nothing below it does")]

mod accept;
mod checked;
mod environment;
mod failure;
mod init;
mod inputs;
mod locked;
mod output;
mod pages;
mod progress;
mod since;
mod today;
mod whole;

use crate::analysis::{Analysis, analyze};
use crate::cli::{
    CheckArgs, Cli, Command, Common, DiffArgs, Drawing, FailOn, FailOnLoss, GraphArgs, LinksOf, ListArgs, Listing, MatrixArgs,
    Plain, Tabular, TraceArgs, When,
};
use crate::compare::delta::Delta;
use crate::report::picture::{self, Notation};
use crate::report::{self, View, list, matrix, trace};
use crate::verdict::{States, Summary, Threshold};
use crate::{explain, suggest};
use checked::{Checked, Compare};
use clap::Parser;
use failure::Failure;
use inputs::{Inputs, Reading};
use output::Output;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// What could not be checked.
const COULD_NOT: u8 = 2;

/// Runs the command that the process was started with.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { COULD_NOT } else { 0 };
            // Nothing is left to do when the help cannot be written.
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    match execute(cli) {
        Ok(code) => ExitCode::from(code),
        Err(failure) if failure.is_broken_pipe() => ExitCode::SUCCESS,
        Err(failure) => {
            failure.print();
            ExitCode::from(COULD_NOT)
        }
    }
}

fn execute(cli: Cli) -> Result<u8, Failure> {
    match cli.command {
        Command::Check(args) => check(&args),
        Command::Report(args) => whole::write(&args),
        Command::Graph(args) => graph(&args),
        Command::Matrix(args) => matrix(&args),
        Command::Trace(args) => trace(&args),
        Command::Diff(args) => diff(&args),
        Command::Accept(args) => accept::run(&args),
        Command::List(args) => list(&args),
        Command::Init(args) => init::run(&args),
        Command::Completions { shell } => pages::completions(shell),
        Command::Man { folder } => pages::manual(folder.as_deref()),
        Command::Explain { code: Some(code) } => {
            let page = explain::page(&code).map_err(|(message, help)| Failure::new(message, help))?;
            Output::terminal().text(&page).map(|()| 0)
        }
        Command::Explain { code: None } => Output::terminal().text(&explain::overview()).map(|()| 0),
    }
}

fn check(args: &CheckArgs) -> Result<u8, Failure> {
    let Some(format) = report::format(&args.format) else {
        return Err(Failure::new(format!("there is no format `{}`", args.format), "See `tracegate check --help`."));
    };
    distinct_files(args)?;
    let run = Run { without_results: args.no_results || args.staged, staged: args.staged, quiet: args.quiet };
    let formats = std::iter::once(format).chain(args.also.iter().map(|also| also.format));
    let further = formats.into_iter().any(report::tells_changes);
    let with = args.new_since.as_deref().or(args.staged.then_some(since::LAST_COMMIT));
    let compare = with.map(|with| Compare { with, further });
    let output = Output::new(&args.common);
    let checked = match Checked::of((&args.paths, &args.common), run, compare, threshold(args.fail_on)) {
        Ok(checked) => checked,
        Err(failure) if format.name == "github" => {
            output.text(&failure.annotation())?;
            return Err(failure);
        }
        Err(failure) => return Err(failure),
    };
    let view = View {
        color: output.color(),
        unicode: environment::unicode(),
        all: args.all,
        quiet: args.quiet,
        only_new: args.staged && !args.all,
    };
    // First the files: whoever reads the terminal may go away.
    for also in &args.also {
        let report = checked.report(View { color: args.common.color == When::Always, ..view });
        Output::file(&also.file).write(|out| (also.format.write)(&report, out))?;
    }
    output.write(|out| (format.write)(&checked.report(view), out))?;
    let code = checked.verdict().exit_code();
    // The process ends here: to give back a large graph piece by piece would cost time for nothing.
    std::mem::forget(checked);
    Ok(code)
}

fn threshold(fail_on: FailOn) -> Threshold {
    match fail_on {
        FailOn::Error => Threshold::Error,
        FailOn::Warning => Threshold::Warning,
        FailOn::Never => Threshold::Never,
    }
}

/// Two reports into one file would leave the last alone.
fn distinct_files(args: &CheckArgs) -> Result<(), Failure> {
    let mut files: Vec<&Path> = args.also.iter().map(|also| also.file.as_path()).chain(args.common.output.as_deref()).collect();
    files.sort_unstable();
    match files.windows(2).find(|pair| pair.first() == pair.last()).and_then(<[_]>::first) {
        Some(file) => Err(Failure::new(format!("two reports would go into `{}`", file.display()), "Name a file for each.")),
        None => Ok(()),
    }
}

fn list(args: &ListArgs) -> Result<u8, Failure> {
    let list = match args.what {
        Listing::Checks => list::checks(),
        what => {
            let (inputs, mut analysis) = analysis(&args.paths, &args.common, Run::default())?;
            match what {
                Listing::Requirements => list::requirements(&analysis.graph),
                Listing::Tests => list::tests(&analysis.graph),
                Listing::Records => list::records(&analysis.graph),
                Listing::Files | Listing::Checks => {
                    analysis.passed_over.extend(inputs.own_reports(&analysis));
                    analysis.passed_over.sort_unstable();
                    list::files(&analysis.graph, &analysis.passed_over)
                }
            }
        }
    };
    Output::new(&args.common).write(|out| list.write(args.format == Plain::Json, out)).map(|()| 0)
}

fn trace(args: &TraceArgs) -> Result<u8, Failure> {
    let (inputs, analysis) = analysis(&args.paths, &args.common, Run::default())?;
    let chains = trace::find(&analysis.graph, &analysis.findings, &inputs.named_from_here(&args.subject));
    if chains.is_empty() {
        return Err(unknown(&analysis, &args.subject));
    }
    Output::new(&args.common).write(|out| trace::write(&chains, args.format == Plain::Json, out)).map(|()| 0)
}

/// Nothing is called so.
fn unknown(analysis: &Analysis, subject: &str) -> Failure {
    let near = trace::near(&analysis.graph, subject);
    let help = suggest::did_you_mean(&near.iter().map(String::as_str).collect::<Vec<_>>());
    let help = help.unwrap_or_else(|| "`tracegate list` shows what was found: requirements, tests, records, files.".to_owned());
    let what = report::visible::short(subject, 200);
    Failure::new(format!("nothing here is called `{what}`: no requirement, no test, no record, no action and no file"), help)
}

fn graph(args: &GraphArgs) -> Result<u8, Failure> {
    let (inputs, analysis) = analysis(&args.paths, &args.common, Run::default())?;
    let states = States::of(&analysis.graph, &analysis.findings);
    let Some(picture) = picture::draw(&analysis.graph, &states, &inputs.named_from_here(&args.subject), args.depth) else {
        return Err(match trace::find(&analysis.graph, &analysis.findings, &args.subject).is_empty() {
            true => unknown(&analysis, &args.subject),
            false => Failure::new(
                format!("nothing of `{}` can be drawn: no requirement, row, test, result or action stands in it", args.subject),
                "`tracegate trace` shows what is known about it.",
            ),
        });
    };
    let notation = match args.format {
        Drawing::Svg => Notation::Svg,
        Drawing::Dot => Notation::Dot,
        Drawing::Mermaid => Notation::Mermaid,
    };
    Output::new(&args.common).write(|out| picture::write(&picture, notation, out)).map(|()| 0)
}

fn matrix(args: &MatrixArgs) -> Result<u8, Failure> {
    let (inputs, analysis) = analysis(&args.paths, &args.common, Run::default())?;
    let summary = Summary::of(&analysis.graph, &analysis.findings);
    if summary.active == 0 {
        return Err(inputs.nothing_to_check(&analysis));
    }
    let states = States::of(&analysis.graph, &analysis.findings);
    let links = match args.links {
        LinksOf::All => matrix::Links::All,
        LinksOf::Markers => matrix::Links::Markers,
    };
    let made = matrix::make(&analysis.graph, &states, links);
    for what in &made.left_out {
        failure::note(&format!("not taken over: {what}"));
    }
    let notation = match args.format {
        None => made.notation,
        Some(Tabular::Markdown) => matrix::Notation::Markdown,
        Some(Tabular::Csv) => matrix::Notation::Csv,
    };
    Output::new(&args.common).write(|out| matrix::write(&made, notation, out)).map(|()| 0)
}

fn diff(args: &DiffArgs) -> Result<u8, Failure> {
    let (inputs, analysis) = analysis(&args.paths, &args.common, Run::default())?;
    let (base, mut absent) = since::state(&args.base, &inputs)?;
    let (head, name) = match &args.head {
        None => (since::as_saved(&analysis)?, "the working tree"),
        Some(name) => {
            let (head, more) = since::state(name, &inputs)?;
            absent.extend(more);
            (head, name.as_str())
        }
    };
    if base.requirements.is_empty() && head.requirements.is_empty() {
        let message = format!("nothing to compare: no requirement was found, neither at `{}` nor in {name}", args.base);
        return Err(Failure::new(message, "`tracegate list files` shows what each file was taken for."));
    }
    let here = head.requirements.iter().map(|one| one.id.as_str()).collect();
    absent.extend(since::apart(&base, &here));
    absent.sort_unstable();
    absent.dedup();
    for what in absent {
        failure::note(&format!("not compared: {what}"));
    }
    let delta = Delta::of(&base, &head);
    Output::new(&args.common).write(|out| report::delta::write(&delta, &args.base, name, args.format == Plain::Json, out))?;
    Ok(u8::from(args.fail_on == FailOnLoss::Lost && delta.loses()))
}

/// What one run does otherwise than the others.
#[derive(Clone, Copy, Default)]
struct Run {
    without_results: bool,
    staged: bool,
    quiet: bool,
}

/// Configuration, discovery and analysis: what all commands have in common.
fn analysis(paths: &[PathBuf], common: &Common, run: Run) -> Result<(Inputs, Analysis), Failure> {
    if let Some(threads) = common.threads {
        // It fails only when the pool exists already, and then the result is the same.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(threads.get()).build_global();
    }
    let (config, baseline) = (common.config.as_deref(), common.baseline.as_deref());
    let mut inputs = Inputs::open(paths, Reading { config, baseline, staged: run.staged, written: None })?;
    inputs.expect_results(!run.without_results);
    for pattern in inputs.idle() {
        failure::note(&format!("the configuration ignores `{pattern}`, and no file matches"));
    }
    let analysis = progress::shown(inputs.tree(), run.quiet, |tree| analyze(tree, inputs.settings()));
    Ok((inputs, analysis))
}
