//! What the report is of, what it comes to, and who stands for it.

use super::{Account, Cell, Column, Dated, Entry, Kind, Made, PAIRS, Row, Tone, column, entry};
use crate::check::{CHECKS, is_mandatory};
use crate::link::bound::Commit;
use crate::link::graph::Graph;
use crate::model::Role;
use crate::model::history::Head;
use crate::model::revision::Revision;
use crate::model::time;
use crate::report::json::TOOL;
use crate::report::visible::count;
use crate::settings::{CONFIGURATION, WAIVERS};
use crate::source::FileId;
use crate::verdict::{Threshold, Verdict};
use sha2::{Digest, Sha256};
use std::borrow::Cow;

/// More specifications than this are only counted: all of them stand among the inputs.
const SHOWN: usize = 20;

/// What was looked at, with what.
pub(super) const IDENTIFICATION: Entry = entry(
    "identification",
    "Identification",
    "What was looked at, with which version and settings, and how to do it again.",
    PAIRS,
    identification,
);

/// What it comes to.
pub(super) const VERDICT: Entry = entry(
    "verdict",
    "Verdict",
    "What the run comes to. Each number stands beside what it is out of.",
    &[
        column("what", "What", Kind::Text),
        column("verdict", "Verdict", Kind::Status),
        column("number", "Number", Kind::Number),
        column("of", "Of", Kind::Number),
        column("unit", "Unit", Kind::Text),
    ],
    verdict,
);

/// Who stands for it; the tool fills nothing in.
pub(super) const SIGN_OFF: Entry =
    entry("sign-off", "Sign-off", "To be filled in by people. The tool signs nothing.", SIGNATURES, |_| {
        let roles = ["Prepared by", "Reviewed by", "Approved by"];
        let row = |role| Row::new(vec![Cell::text(role), Cell::Empty, Cell::Empty, Cell::Empty]);
        (roles.into_iter().map(row).collect(), Vec::new())
    });

const SIGNATURES: &[Column] = &[
    column("role", "Role", Kind::Text),
    column("name", "Name", Kind::Text),
    column("signature", "Signature", Kind::Text),
    column("date", "Date", Kind::Text),
];

/// Rows of pairs as they are gathered.
#[derive(Default)]
struct Pairs<'r>(Vec<Row<'r>>);

impl<'r> Pairs<'r> {
    fn add(&mut self, what: &'static str, value: impl Into<Cow<'r, str>>) {
        self.add_at(what, value, Cell::Empty);
    }

    fn add_at(&mut self, what: &'static str, value: impl Into<Cow<'r, str>>, place: Cell<'r>) {
        self.0.push(Row::new(vec![Cell::text(what), Cell::text(value), place]));
    }
}

fn identification<'r>(account: &Account<'r>) -> Made<'r> {
    let graph = account.graph();
    let mut pairs = Pairs::default();
    products(graph, &mut pairs);
    baselines(account, &mut pairs);
    for head in account.heads {
        repository(head, &mut pairs);
    }
    pairs.add("Date", date(account));
    pairs.add("Tool", format!("{} {}", TOOL.name, TOOL.version));
    pairs.add("Command", account.command);
    said(graph, CONFIGURATION, "Configuration", "none: everything is discovered", &mut pairs);
    said(graph, WAIVERS, "Waivers", "none", &mut pairs);
    pairs.add("Check set", format!("{}, sha256 {}", count(CHECKS.len(), "check"), check_set(account)));
    let records: usize = graph.inputs.iter().map(|input| crate::report::json::records(&input.facts)).sum();
    pairs.add(
        "Inputs",
        format!("{} with {}, sha256 {}", count(graph.inputs.len(), "file"), count(records, "record"), digest(graph)),
    );
    if let Some((name, _)) = account.delta {
        pairs.add("Compared with", name);
    }
    let absent = account.report.since.into_iter().flat_map(|since| &since.absent);
    absent.for_each(|what| pairs.add("Not compared", what.as_str()));
    (pairs.0, Vec::new())
}

/// The day that the report speaks of, and what says so. It is never that on which somebody wrote it down.
fn date(account: &Account<'_>) -> Cow<'static, str> {
    let Some(stamp) = account.stamp else { return "no date: no baseline".into() };
    let Ok(day) = i32::try_from(stamp.seconds.div_euclid(time::DAY)) else { return "no date: it is none of the calendar".into() };
    let day = time::written(day);
    let by = match stamp.by {
        Dated::Set => "as it was asked for (SOURCE_DATE_EPOCH)",
        Dated::Baseline => "the day of the commit that is the baseline",
        Dated::Newest => "the day of the newest commit that was read or is checked out",
    };
    format!("{day}, {by}").into()
}

/// The documents that say what is wanted: they name the product.
fn products<'r>(graph: &'r Graph, pairs: &mut Pairs<'r>) {
    let mut files: Vec<FileId> = graph.namespaces.iter().filter(|one| !one.by_matrix).map(|one| one.file).collect();
    files.sort_unstable();
    files.dedup();
    for file in files.iter().take(SHOWN) {
        pairs.add_at("Specification", document(graph, *file), Cell::Place(graph.path(*file), None));
    }
    if let Some(more) = files.len().checked_sub(SHOWN).filter(|more| *more > 0) {
        pairs.add("Specification", format!("and {more} more, which stand among the inputs"));
    }
}

/// A document by its name, version and status.
fn document(graph: &Graph, file: FileId) -> String {
    let Some(document) = graph.document(file) else { return graph.path(file).to_owned() };
    let known = document.title.starts_with(&document.id);
    let title = if known { document.title.clone() } else { format!("{}: {}", document.id, document.title) };
    let title = if document.title.is_empty() { document.id.clone() } else { title };
    let version = document.version.as_ref().map(|one| format!("version {}", one.text));
    let status = document.status.as_ref().map(|one| one.text.clone());
    [Some(title), version, status].into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn baselines<'r>(account: &Account<'r>, pairs: &mut Pairs<'r>) {
    let graph = account.graph();
    let set = [("Baseline", &account.settings.baseline), ("Previous baseline", &account.settings.previous)];
    for (what, baseline) in set.into_iter().filter_map(|(what, one)| Some((what, one.as_ref()?))) {
        pairs.add(what, format!("{} ({})", baseline.name, baseline.id));
    }
    // What stands in place of a hash is told of matrices alone: others explain what a commit is.
    let is_matrix = |file: FileId| graph.input(file).role == Some(Role::Matrix);
    let names = |commit: &&Commit| commit.row.is_none() && (commit.hash.is_some() || is_matrix(commit.place.file));
    let stated: Vec<&Commit> = graph.commits.iter().filter(names).collect();
    for commit in &stated {
        let revision = match &commit.revision {
            Revision::Named(_, revision) => revision,
            revision => revision,
        };
        let known = match revision {
            Revision::Reachable => "known to the repository, in the history of what is checked out".to_owned(),
            Revision::Exists => "known to the repository".to_owned(),
            Revision::Unreachable => "not in the history of what is checked out".to_owned(),
            Revision::Missing | Revision::Named(..) => "not known to the repository".to_owned(),
            Revision::Ambiguous(candidates) => format!("ambiguous: {}", candidates.join(", ")),
            Revision::NotAssessed(why) => format!("not assessed: {}", why.text()),
        };
        pairs.add_at("Stated commit", format!("{}; {known}", commit.written), Cell::at(graph, commit.place));
    }
    if stated.is_empty() && account.settings.baseline.is_none() {
        pairs.add("Baseline", "none: no document states the commit of its evidence, and none was asked for");
    }
}

fn repository<'r>(head: &'r Head, pairs: &mut Pairs<'r>) {
    let place = if head.folder.is_empty() { Cell::Empty } else { Cell::Place(&head.folder, None) };
    let tip = match &head.commit {
        Ok(tip) => tip,
        Err(why) => return pairs.add_at("Repository", format!("commit not assessed: {}", why.text()), place),
    };
    if head.is_commit {
        return pairs.add_at("Repository", format!("{}, read from the commit", tip.id), place);
    }
    let all = count(tip.compared, "file");
    let state = match tip.changed.as_slice() {
        [] => format!("checked out; each of {all} that were read is that of the commit"),
        changed => {
            let names: Vec<&str> = changed.iter().take(SHOWN).map(String::as_str).collect();
            let more = changed.len().checked_sub(SHOWN).filter(|more| *more > 0);
            let more = more.map_or_else(String::new, |more| format!(" and {more} more"));
            format!(
                "checked out; {} of {all} that were read are not those of the commit: {}{more}",
                changed.len(),
                names.join(", ")
            )
        }
    };
    pairs.add_at("Repository", format!("{}, {state}", tip.id), place);
}

/// What a person wrote for the tool, by its digest.
fn said<'r>(graph: &'r Graph, reader: &str, what: &'static str, absent: &'static str, pairs: &mut Pairs<'r>) {
    match graph.inputs.iter().find(|input| input.reader == reader) {
        Some(input) => pairs.add_at(what, format!("sha256 {}", input.text.digest()), Cell::Place(&input.path, None)),
        None => pairs.add(what, absent),
    }
}

/// What was looked for, as a digest: the code, the name, the severity in force and the page of each check.
fn check_set(account: &Account<'_>) -> String {
    let mut hash = Sha256::new();
    for check in CHECKS {
        let set = account.settings.severity.get(check.code).copied();
        let severity = match set {
            Some(None) if !is_mandatory(check.code) => "off",
            Some(Some(severity)) => severity.name(),
            _ => check.severity.name(),
        };
        for part in [check.code, check.name, severity, check.source] {
            hash.update(part);
            hash.update([0]);
        }
    }
    hex(&hash.finalize())
}

/// A digest of the paths and digests of all inputs.
fn digest(graph: &Graph) -> String {
    let mut hash = Sha256::new();
    for input in &graph.inputs {
        hash.update(&input.path);
        hash.update([0]);
        hash.update(input.text.digest());
        hash.update([0]);
    }
    hex(&hash.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn verdict<'r>(account: &Account<'r>) -> Made<'r> {
    let (report, s) = (account.report, account.report.summary);
    let tone = match (report.threshold, report.verdict) {
        (Threshold::Never, _) => Tone::Plain,
        (_, Verdict::Pass) => Tone::Good,
        _ => Tone::Bad,
    };
    let head = vec![
        Cell::text("Verdict"),
        Cell::status(tone, report.verdict_name()),
        Cell::Empty,
        Cell::Empty,
        Cell::text(crate::report::sentence(report)),
    ];
    let number = |what: &'static str, verdict: Cell<'r>, n: usize, of: Option<usize>, unit: &'static str| {
        Row::new(vec![Cell::text(what), verdict, Cell::Number(n), of.map_or(Cell::Empty, Cell::Number), Cell::text(unit)])
    };
    // None of a thing is neither good nor bad news.
    let state = |tone, word, n: usize| Cell::status(if n == 0 { Tone::Plain } else { tone }, word);
    let of = Some(s.active);
    let unit = "requirements in force";
    let all = s.findings.error + s.findings.warning + s.findings.info + s.findings.waived;
    let found = |what, tone, word, n| number(what, state(tone, word, n), n, Some(all), "findings");
    let read = |what, n, unit| number(what, Cell::Empty, n, None, unit);
    let mut rows = vec![
        Row::new(head),
        number("Verified", state(Tone::Good, "verified", s.verified), s.verified, of, unit),
        number("Gaps", state(Tone::Bad, "gap", s.gap), s.gap, of, unit),
        number("Waived", state(Tone::Warn, "waived", s.waived), s.waived, of, unit),
        number("Not assessed", state(Tone::Open, "not assessed", s.not_assessed), s.not_assessed, of, unit),
        number("In force", Cell::Empty, s.active, Some(s.requirements), "requirements"),
        number("Planned", Cell::Empty, s.planned, Some(s.requirements), "requirements"),
        number("Retired", Cell::Empty, s.retired, Some(s.requirements), "requirements"),
        found("Errors", Tone::Bad, "error", s.findings.error),
        found("Warnings", Tone::Warn, "warning", s.findings.warning),
        found("Remarks", Tone::Plain, "info", s.findings.info),
        found("Waived findings", Tone::Warn, "waived", s.findings.waived),
    ];
    if report.since.is_some() {
        let new = report.findings.iter().filter(|finding| finding.counts()).count();
        rows.push(found("Counted as new", Tone::Bad, "new", new));
    }
    rows.extend([
        read("Specifications", s.specifications, "files"),
        read("Rows of matrices", s.rows, "rows"),
        read("Matrices", s.matrices, "files"),
        read("Test cases", s.tests, "tests"),
        read("Files of tests", s.test_files, "files"),
        read("Results", s.results, "results"),
        read("Files of results", s.result_files, "files"),
    ]);
    (rows, Vec::new())
}
