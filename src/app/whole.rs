//! The whole report: what `check` finds, and everything that stands behind it.

use super::checked::{Checked, Compare};
use super::failure::Failure;
use super::inputs::Inputs;
use super::output::{self, Output};
use super::{Run, environment, threshold};
use crate::analysis::Analysis;
use crate::cli::{FailOn, ReportArgs};
use crate::model::history::Head;
use crate::model::shell::word;
use crate::report::sections::{self, Account, Dated, Stamp};
use crate::report::{self, View, Whole, Writes};
use crate::verdict::States;
use std::io;
use std::path::Path;

/// Reads, checks and writes.
pub(super) fn write(args: &ReportArgs) -> Result<u8, Failure> {
    let Some(whole) = report::whole(&args.format) else {
        return Err(Failure::new(format!("there is no format `{}`", args.format), "See `tracegate report --help`."));
    };
    let target = Target::of(whole, args)?;
    let run = Run { without_results: args.no_results, ..Run::default() };
    let compare = args.new_since.as_deref().map(|with| Compare { with, further: true });
    let threshold = threshold(args.fail_on.unwrap_or(FailOn::Error));
    let checked = Checked::of((&args.paths, &args.common), run, compare, threshold)?;
    let (inputs, analysis, since) = (&checked.inputs, &checked.analysis, &checked.since);
    let heads = inputs.tree().heads(&read(inputs, analysis));
    let account = Account {
        report: &checked.report(View { color: false, unicode: environment::unicode(), all: true, ..View::default() }),
        states: &States::of(&analysis.graph, &analysis.findings),
        settings: inputs.settings(),
        passed_over: &analysis.passed_over,
        heads: &heads,
        delta: since.as_ref().and_then(|since| Some((since.name.as_str(), since.delta.as_ref()?))),
        command: &command(args),
        stamp: stamp(inputs, &heads),
    };
    target.write(&account, args)?;
    let code = if args.fail_on.is_some() { checked.verdict().exit_code() } else { 0 };
    std::mem::forget(checked);
    Ok(code)
}

/// The time that the report speaks of: what was asked for, or else that of the baseline, or else that of the newest commit.
fn stamp(inputs: &Inputs, heads: &[Head]) -> Option<Stamp> {
    let set = super::today::told().and_then(|seconds| i64::try_from(seconds).ok());
    let tips = || heads.iter().filter_map(|head| head.commit.as_ref().ok());
    let baseline = || tips().find(|tip| inputs.settings().baseline.as_ref().is_some_and(|one| one.id == tip.id));
    let newest = || tips().map(|tip| tip.seconds).max().map(|seconds| Stamp { seconds, by: Dated::Newest });
    set.map(|seconds| Stamp { seconds, by: Dated::Set })
        .or_else(|| baseline().map(|tip| Stamp { seconds: tip.seconds, by: Dated::Baseline }))
        .or_else(newest)
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
    words.iter().map(|one| word(one)).collect::<Vec<_>>().join(" ")
}
