//! The command line as types; what its words mean is decided by the application.

mod examples;

use crate::report::{self, FORMATS, Format, WHOLES, sections};
use clap::builder::PossibleValuesParser;
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;
use examples::{
    ACCEPT_EXAMPLES, CHECK_EXAMPLES, COMPLETIONS_EXAMPLES, DIFF_EXAMPLES, EXIT_CODES, GRAPH_EXAMPLES, INIT_EXAMPLES,
    LIST_EXAMPLES, MATRIX_EXAMPLES, REPORT_EXAMPLES, TRACE_EXAMPLES,
};
use std::num::NonZeroUsize;
use std::path::PathBuf;

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
    /// Write the whole report: what was read, the verdict, both matrices, findings, waivers and what was not checked.
    #[command(after_help = REPORT_EXAMPLES)]
    Report(ReportArgs),
    /// Draw what a requirement, a test or a document hangs together with.
    #[command(after_help = GRAPH_EXAMPLES)]
    Graph(GraphArgs),
    /// Write a matrix of requirements and tests from markers, rows and results as they are.
    #[command(after_help = MATRIX_EXAMPLES)]
    Matrix(MatrixArgs),
    /// Compare two commits or saved reports: evidence, links and requirements that were lost, changed or added, and findings that are new or resolved.
    #[command(after_help = DIFF_EXAMPLES)]
    Diff(DiffArgs),
    /// Review links: write down in tracegate.lock what requirements, their tests and the evidence say now (R10).
    #[command(after_help = ACCEPT_EXAMPLES)]
    Accept(AcceptArgs),
    /// List the requirements, the tests, the records or the files that were found, or the checks there are.
    #[command(after_help = LIST_EXAMPLES)]
    List(ListArgs),
    /// Write a configuration that says what was found: documents, tests, results. It changes no verdict.
    #[command(after_help = INIT_EXAMPLES)]
    Init(InitArgs),
    /// Explain a check: what it looks for, why it matters, what to do; or what there is to know of the configuration or of artifacts.
    Explain {
        /// Code or name of the check (M02, ghost-test), `configuration` or `artifacts`; without it, all checks are listed.
        code: Option<String>,
    },
    /// Print what completes commands and options in a shell.
    #[command(hide = true, after_help = COMPLETIONS_EXAMPLES)]
    Completions {
        /// The shell.
        shell: Shell,
    },
    /// Print the manual page, or write a page for each command.
    #[command(hide = true)]
    Man {
        /// Folder for a page of each command: tracegate.1, tracegate-check.1 and so on.
        folder: Option<PathBuf>,
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
    /// Check what the next commit will be, as a commit hook must: what is staged is read in place of the working tree, no
    /// results are asked for, and only what is new since HEAD, or since `--new-since`, closes the gate and is shown.
    #[arg(long)]
    pub staged: bool,
    /// Close the gate on findings alone that are not there at a commit, a tag or a branch, or in a report that
    /// `--format json` saved; the others are told as known.
    #[arg(long, value_name = "REV|FILE")]
    pub new_since: Option<String>,
    /// Print the verdict alone, in one line.
    #[arg(long, short)]
    pub quiet: bool,
    /// Show each finding in full, and with `--staged` also those that are known; default: five of each check, and twenty more
    /// in a line each.
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

/// Options of `init`.
#[derive(Debug, Args)]
pub struct InitArgs {
    /// Folder to look into; the configuration is written there. Default: the current folder.
    #[arg(value_name = "PATH", default_value = ".")]
    pub path: PathBuf,
    /// Replace a configuration that is there.
    #[arg(long)]
    pub force: bool,
    /// Print the configuration and write nothing.
    #[arg(long, conflicts_with = "force")]
    pub stdout: bool,
}

/// Options of `trace`.
#[derive(Debug, Args)]
pub struct TraceArgs {
    /// Identifier of a requirement, a record or an action, name of a test, path of a file, or of a symbol in it.
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

/// Options of `report`.
#[derive(Debug, Args)]
pub struct ReportArgs {
    /// Folders or files to read; default: the current folder.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Format of the report.
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(WHOLES.iter().map(|whole| whole.name)))]
    pub format: String,
    /// The one section to write, in formats that have a file for each.
    #[arg(long, value_name = "SECTION", value_parser = PossibleValuesParser::new(sections::all().map(|about| about.key)))]
    pub section: Option<String>,
    /// From which severity on a finding makes the exit code 1; without it the exit code is 0 when the report was written.
    #[arg(long, value_name = "SEVERITY")]
    pub fail_on: Option<FailOn>,
    /// Ask for no test results: what the tests show stays "not assessed".
    #[arg(long)]
    pub no_results: bool,
    /// Tell what changed since a commit, a tag or a branch, or a report that `check --format json` saved, and which
    /// findings are new; only those count for the verdict.
    #[arg(long, value_name = "REV|FILE")]
    pub new_since: Option<String>,
    /// What every command that reads files takes.
    #[command(flatten)]
    pub common: Common,
}

/// Options of `graph`.
#[derive(Debug, Args)]
pub struct GraphArgs {
    /// Identifier of a requirement, a record or an action, name of a test, or path of a file.
    #[arg(value_name = "ID|TEST|PATH")]
    pub subject: String,
    /// Folders or files to read; default: the current folder.
    #[arg(value_name = "READ")]
    pub paths: Vec<PathBuf>,
    /// How it is drawn.
    #[arg(long, default_value = "svg")]
    pub format: Drawing,
    /// How many links it goes up and down.
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub depth: usize,
    /// What every command that reads files takes.
    #[command(flatten)]
    pub common: Common,
}

/// Notations of drawings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Drawing {
    /// A drawing that needs no program but a browser.
    Svg,
    /// The language of Graphviz.
    Dot,
    /// The language of Mermaid.
    Mermaid,
}

/// Options of `matrix`.
#[derive(Debug, Args)]
pub struct MatrixArgs {
    /// Folders or files to read; default: the current folder.
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// Notation of the matrix; default: that of the matrix which is there, else Markdown.
    #[arg(long)]
    pub format: Option<Tabular>,
    /// Which links between requirements and tests count.
    #[arg(long, value_name = "LINKS", default_value = "all")]
    pub links: LinksOf,
    /// What every command that reads files takes.
    #[command(flatten)]
    pub common: Common,
}

/// Notations of a matrix.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Tabular {
    /// A table of Markdown for each specification.
    Markdown,
    /// Comma-separated values.
    Csv,
}

/// Which links count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum LinksOf {
    /// Those of markers, of results and of the rows that are there.
    All,
    /// Those that tests and their results state themselves.
    Markers,
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

/// Options of `accept`.
#[derive(Debug, Args)]
pub struct AcceptArgs {
    /// The requirements whose links were looked at: identifiers, ranges (REQ-001..009) and patterns ('REQ-*', '*-001', 'REQ-?-1').
    #[arg(value_name = "ID", conflicts_with = "all")]
    pub ids: Vec<String>,
    /// Every link. Those that are as they were keep their reviewer and their date.
    #[arg(long)]
    pub all: bool,
    /// Of this specification alone, where several have such identifiers.
    #[arg(long, value_name = "NAME")]
    pub specification: Option<String>,
    /// Who looked at them.
    #[arg(long, value_name = "NAME")]
    pub by: Option<String>,
    /// When, as 2026-03-01; default: the day of SOURCE_DATE_EPOCH if that is set, else none.
    #[arg(long, value_name = "DATE", value_parser = day)]
    pub date: Option<String>,
    /// Leave out the files of results, which each run writes anew; what became of the tests is kept.
    #[arg(long)]
    pub no_evidence: bool,
    /// Folders to read; default: the current folder.
    #[arg(long = "path", value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// What every command that reads files takes.
    #[command(flatten)]
    pub common: Common,
}

fn day(text: &str) -> Result<String, String> {
    let parts: Vec<&str> = text.split('-').collect();
    let number = |at: usize, len: usize| {
        let part = parts.get(at).filter(|part| part.len() == len && part.bytes().all(|byte| byte.is_ascii_digit()));
        part.and_then(|part| part.parse::<u16>().ok())
    };
    match (parts.len(), number(0, 4), number(1, 2), number(2, 2)) {
        (3, Some(_), Some(1..=12), Some(1..=31)) => Ok(text.to_owned()),
        _ => Err(String::from("write the day as 2026-03-01")),
    }
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
    /// Colours; auto: on a terminal, unless NO_COLOR is set; CLICOLOR_FORCE asks for them elsewhere.
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
