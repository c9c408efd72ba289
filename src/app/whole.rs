//! The whole report: what `check` finds, and everything that stands behind it.

use super::failure::Failure;
use super::inputs::Inputs;
use super::output::{self, Output};
use super::{Run, analysis, environment, since, threshold};
use crate::analysis::Analysis;
use crate::cli::{FailOn, ReportArgs};
use crate::report::sections::{self, Account};
use crate::report::{self, Report, View, Whole, Writes};
use crate::verdict::{States, Summary};
use std::io;
use std::path::Path;

/// Reads, checks and writes.
pub(super) fn write(args: &ReportArgs) -> Result<u8, Failure> {
    let Some(whole) = report::whole(&args.format) else {
        return Err(Failure::new(format!("there is no format `{}`", args.format), "See `tracegate report --help`."));
    };
    let target = Target::of(whole, args)?;
    let (inputs, mut analysis) = analysis(&args.paths, &args.common, Run { without_results: args.no_results, ..Run::default() })?;
    let mark = |name: &str| since::mark(name, &inputs, &mut analysis, true, false);
    let since = args.new_since.as_deref().map(mark).transpose()?;
    let summary = Summary::of(&analysis.graph, &analysis.findings);
    if summary.is_empty(args.no_results || !inputs.settings().severity.is_empty()) {
        return Err(inputs.nothing_to_check(&analysis));
    }
    let threshold = threshold(args.fail_on.unwrap_or(FailOn::Error));
    let verdict = threshold.verdict(&analysis.findings);
    let report = Report {
        graph: &analysis.graph,
        findings: &analysis.findings,
        summary: &summary,
        verdict,
        threshold,
        severity: &inputs.settings().severity,
        base: inputs.base(),
        since: since.as_ref(),
        view: View { color: false, unicode: environment::unicode(), all: true, ..View::default() },
    };
    let heads = inputs.tree().heads(&read(&inputs, &analysis));
    let newest = heads.iter().filter_map(|head| head.commit.as_ref().ok()).map(|tip| tip.seconds).max();
    let account = Account {
        report: &report,
        states: &States::of(&analysis.graph, &analysis.findings),
        settings: inputs.settings(),
        passed_over: &analysis.passed_over,
        heads: &heads,
        delta: since.as_ref().and_then(|since| Some((since.name.as_str(), since.delta.as_ref()?))),
        command: &command(args),
        seconds: super::today::told().and_then(|seconds| i64::try_from(seconds).ok()).or(newest),
    };
    target.write(&account, args)?;
    std::mem::forget(analysis);
    Ok(if args.fail_on.is_some() { verdict.exit_code() } else { 0 })
}

/// What is written where.
enum Target<'a> {
    /// Everything into one file.
    All(fn(&Account<'_>, &mut dyn io::Write) -> io::Result<()>),
    /// One section.
    One(&'a str, SectionWriter),
    /// A file for each section.
    Folder(&'a Path, SectionWriter),
}

/// What writes a section.
type SectionWriter = fn(&sections::Section<'_>, &mut dyn io::Write) -> io::Result<()>;

impl<'a> Target<'a> {
    fn of(whole: &Whole, args: &'a ReportArgs) -> Result<Self, Failure> {
        let (name, output) = (whole.name, args.common.output.as_deref());
        match (whole.writes, args.section.as_deref(), output) {
            (Writes::All(_) | Writes::Bytes(_), Some(section), _) => Err(Failure::new(
                format!("{name} has all sections in one file, and none of its own for `{section}`"),
                "Leave --section out, or name the format csv.",
            )),
            (Writes::Bytes(_), None, None) => {
                Err(Failure::new(format!("{name} is no text to be shown"), format!("Name a file: --output report.{name}.")))
            }
            (Writes::All(write) | Writes::Bytes(write), None, _) => Ok(Self::All(write)),
            (Writes::Each(write), Some(section), _) => Ok(Self::One(section, write)),
            (Writes::Each(write), None, Some(folder)) => Ok(Self::Folder(folder, write)),
            (Writes::Each(_), None, None) => Err(Failure::new(
                format!("{name} has a file for each section"),
                "Name one section with --section, or a folder with --output.",
            )),
        }
    }

    fn write(&self, account: &Account<'_>, args: &ReportArgs) -> Result<(), Failure> {
        match self {
            Self::All(write) => Output::new(&args.common).write(|out| write(account, out)),
            Self::One(key, write) => match sections::section(account, key) {
                Some(section) => Output::new(&args.common).write(|out| write(&section, out)),
                None => Err(Failure::new(format!("there is no section `{key}`"), "See `tracegate report --help`.")),
            },
            Self::Folder(folder, write) => {
                output::make_folder(folder)?;
                for section in sections::sections(account) {
                    let file = folder.join(format!("{}.{}", section.about.key, args.format));
                    Output::file(&file).write(|out| write(&section, out))?;
                }
                Ok(())
            }
        }
    }
}

/// The files that were read, by their positions in the tree.
fn read(inputs: &Inputs, analysis: &Analysis) -> Vec<usize> {
    analysis.graph.inputs.iter().filter_map(|input| inputs.tree().find(&input.path)).collect()
}

/// The command that writes the same facts again: the words that decide what is read and what counts.
fn command(args: &ReportArgs) -> String {
    let mut words: Vec<String> = vec!["tracegate".to_owned(), "report".to_owned()];
    words.extend(args.paths.iter().map(|path| path.to_string_lossy().into_owned()));
    let mut option =
        |name: &str, value: Option<String>| words.extend(value.into_iter().flat_map(|value| [name.to_owned(), value]));
    option("--config", args.common.config.as_ref().map(|path| path.to_string_lossy().into_owned()));
    option("--baseline", args.common.baseline.clone());
    option("--new-since", args.new_since.clone());
    option("--fail-on", args.fail_on.map(|fail_on| threshold(fail_on).name().to_owned()));
    option("--format", Some(args.format.clone()));
    if args.no_results {
        words.push("--no-results".to_owned());
    }
    words.iter().map(|word| quoted(word)).collect::<Vec<_>>().join(" ")
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:=@,+".contains(c);
    if !word.is_empty() && word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', "'\\''")) }
}
