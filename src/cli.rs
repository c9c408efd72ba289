//! The command line as types; what its words mean is decided by the application.

use crate::report::{self, FORMATS, Format};
use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use std::num::NonZeroUsize;
use std::path::PathBuf;

const EXIT_CODES: &str = "\
Exit codes:
  0  nothing found at or above the threshold (--fail-on)
  1  findings
  2  could not check: wrong usage, unreadable input or configuration, nothing found to check

No output format changes them.";

const CHECK_EXAMPLES: &str = "\
Examples:
  tracegate check                        the current folder
  tracegate check docs/ tests/           two folders, linked with each other
  tracegate check --fail-on warning      warnings close the gate, too
  tracegate check --no-results           before the tests have run, as in a commit hook
  tracegate check --new-since main       only what is new closes the gate
  tracegate check --format json --output build/trace.json
  tracegate check --also sarif=build/trace.sarif --also junit=build/trace.xml
                                         text on the terminal and two files, from one analysis";

const TRACE_EXAMPLES: &str = "\
Examples:
  tracegate trace REQ-SEC-004            a requirement: its rows, tests, results, findings
  tracegate trace test_lockout           a test: the requirements that it verifies
  tracegate trace docs/RTM.md            a file: what was read from it
  tracegate trace REQ-SEC-004 ../docs    the same in another folder";

const DIFF_EXAMPLES: &str = "\
Examples:
  tracegate diff v1.0                    a tag and the working tree
  tracegate diff v1.0 v1.1               two tags
  tracegate diff before.json after.json  two saved reports
  tracegate diff v1.0 --fail-on lost     exit with 1 where something is gone";

const LIST_EXAMPLES: &str = "\
Examples:
  tracegate list files           what each file was taken for, and why others were passed over
  tracegate list requirements    with the rung that their evidence reaches: none, cited, exists, passes, asserts, executes, kills";

/// Checks that requirements, their traceability matrix and their tests still agree.
#[derive(Debug, Parser)]
#[command(name = "tracegate", version, about, arg_required_else_help = true, after_help = EXIT_CODES)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Check, report and say by the exit code whether the gate is open.
    #[command(after_help = format!("{CHECK_EXAMPLES}\n\n{EXIT_CODES}"))]
    Check(CheckArgs),
    /// Show one chain in both directions: requirement, rows, tests, results, records, findings.
    #[command(after_help = TRACE_EXAMPLES)]
    Trace(TraceArgs),
    /// Compare two commits or saved reports: requirements, links, evidence and findings that were lost, changed or added.
    #[command(after_help = DIFF_EXAMPLES)]
    Diff(DiffArgs),
    /// List the requirements, the tests, the records or the files that were found, or the checks there are.
    #[command(after_help = LIST_EXAMPLES)]
    List(ListArgs),
    /// Explain a check: what it looks for, why it matters, what to do; or list the commands that write artifacts.
    Explain {
        /// Code or name of the check (M02, ghost-test), or `artifacts`; without it, all checks are listed.
        code: Option<String>,
    },
}

/// Options of `check`.
#[derive(Debug, Args)]
pub struct CheckArgs {
    /// Folders or files to read; default: the current folder.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Format of the report.
    #[arg(long, value_name = "FORMAT", default_value = "text", value_parser = PossibleValuesParser::new(FORMATS.iter().map(|format| format.name)))]
    pub format: String,
    /// A further report of the same run into a file, and another for each further time that it is given.
    #[arg(long, value_name = "FORMAT=FILE", value_parser = also)]
    pub also: Vec<Also>,
    /// From which severity on a finding closes the gate (exit code 1).
    #[arg(long, value_name = "SEVERITY", default_value = "error")]
    pub fail_on: FailOn,
    /// Ask for no test results, as a commit hook must: what the tests show stays "not assessed".
    #[arg(long)]
    pub no_results: bool,
    /// Close the gate on findings alone that are not there at a commit, a tag or a branch, or in a report that
    /// `--format json` saved; the others are told as known.
    #[arg(long, value_name = "REV|FILE")]
    pub new_since: Option<String>,
    /// Print the verdict alone, in one line.
    #[arg(long, short)]
    pub quiet: bool,
    /// Show each finding in full; default: five of each check, and twenty more in a line each.
    #[arg(long)]
    pub all: bool,
    /// What every command that reads files takes.
    #[command(flatten)]
    pub common: Common,
}

/// A further report: how, and where to.
#[derive(Debug, Clone)]
pub struct Also {
    /// Its format.
    pub format: &'static Format,
    /// The file that it replaces.
    pub file: PathBuf,
}

fn also(text: &str) -> Result<Also, String> {
    let (name, file) = text.split_once('=').unwrap_or((text, ""));
    let names = || FORMATS.iter().map(|format| format.name).collect::<Vec<_>>().join(", ");
    let format = report::format(name).ok_or_else(|| format!("there is no format `{name}`; possible formats: {}", names()))?;
    if file.is_empty() {
        return Err(format!("name a file: {name}=FILE"));
    }
    Ok(Also { format, file: PathBuf::from(file) })
}

/// Options of `trace`.
#[derive(Debug, Args)]
pub struct TraceArgs {
    /// Identifier of a requirement or of a record, name of a test, or path of a file.
    #[arg(value_name = "ID|TEST|PATH")]
    pub subject: String,
    /// Folders or files to read; default: the current folder.
    #[arg(value_name = "READ")]
    pub paths: Vec<PathBuf>,
    /// Format of the output.
    #[arg(long, default_value = "text")]
    pub format: Plain,
    /// What every command that reads files takes.
    #[command(flatten)]
    pub common: Common,
}

/// Options of `diff`.
#[derive(Debug, Args)]
pub struct DiffArgs {
    /// A commit, a tag or a branch, or a report that `check --format json` saved.
    pub base: String,
    /// The same; default: the working tree.
    pub head: Option<String>,
    /// Folders to read; default: the current folder.
    #[arg(long = "path", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Format of the output.
    #[arg(long, default_value = "text")]
    pub format: Plain,
    /// What makes the exit code 1: a requirement, a link or a pass that is gone, or nothing.
    #[arg(long, value_name = "WHAT", default_value = "never")]
    pub fail_on: FailOnLoss,
    /// What every command that reads files takes.
    #[command(flatten)]
    pub common: Common,
}

/// What makes the exit code of `diff` 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOnLoss {
    /// A requirement, a link or a pass that is gone.
    Lost,
    /// Nothing.
    Never,
}

/// Options of `list`.
#[derive(Debug, Args)]
pub struct ListArgs {
    /// What to list.
    pub what: Listing,
    /// Folders or files to read; default: the current folder.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Format of the output.
    #[arg(long, default_value = "text")]
    pub format: Plain,
    /// What every command that reads files takes.
    #[command(flatten)]
    pub common: Common,
}

/// What every command that reads files takes.
#[derive(Debug, Args)]
pub struct Common {
    /// Write to a file instead of the terminal; it is replaced as a whole or not at all.
    #[arg(long, short, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Configuration; default: tracegate.toml in the folder that is read.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Read code and tests as they were at a commit, tag or branch; default: `baseline` of the configuration, or the
    /// working tree.
    #[arg(long, value_name = "REV")]
    pub baseline: Option<String>,
    /// Colours; auto: on a terminal, unless NO_COLOR is set.
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    pub color: When,
    /// Threads to use, default: one for each core; the result does not depend on them.
    #[arg(long, value_name = "N")]
    pub threads: Option<NonZeroUsize>,
}

/// From which severity on a finding closes the gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum FailOn {
    /// Errors.
    Error,
    /// Errors and warnings.
    Warning,
    /// No finding does; for a report alone.
    Never,
}

/// When to use colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum When {
    /// On a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// Formats of everything that is not a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Plain {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// What can be listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Listing {
    /// Requirements: identifier, specification, title, rung of the evidence, place.
    Requirements,
    /// Tests: name, whether a runner would execute it, number of requirements that it verifies, place.
    Tests,
    /// Controlled records: identifier, type, status, version, what tells them, parent, place.
    Records,
    /// Files: what each was taken for, and what was passed over and why.
    Files,
    /// The checks of this version.
    Checks,
}
