//! `tracegate.toml`: everything in it is optional, and nothing in it is overlooked.

mod records;
mod reviews;
mod waivers;

pub use reviews::parse as parse_reviews;
pub use waivers::parse as parse_waivers;

use crate::check;
use crate::finding::Severity;
use crate::model::vocabulary::Level;
use crate::read::grammar::identifier;
use crate::settings::{Extent, Matcher, Policy, Settings};
use crate::source::{self, Span, Text};
use crate::suggest;
use globset::Glob;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::ops::Range;
use toml::Spanned;

/// The name of the file that is looked for.
pub const FILE_NAME: &str = "tracegate.toml";

/// The name of the file of waivers that is looked for beside it.
pub const WAIVERS_NAME: &str = "tracegate.waivers.toml";

/// The name of the lock of reviews that is looked for beside it.
pub const REVIEWS_NAME: &str = "tracegate.lock";

/// What a configuration says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Config {
    /// What the analysis needs.
    pub settings: Settings,
    /// The tree in which the cited tests live, if it is another one.
    pub tests_root: Option<String>,
    /// The commit that the evidence belongs to.
    pub baseline: Option<String>,
    /// The commit at which documents are read.
    pub documents_baseline: Option<String>,
    /// The commit of the evidence before this one.
    pub previous: Option<String>,
    /// The file of waivers, if it is another one.
    pub waivers: Option<String>,
    /// Where the patterns of each key stand, in their order.
    pub patterns: BTreeMap<&'static str, Vec<Span>>,
}

/// Why a configuration cannot be used, and where that stands.
#[derive(Debug)]
pub struct Invalid {
    /// The text of the configuration.
    pub text: Text,
    /// Where.
    pub span: Span,
    /// What is wrong.
    pub message: String,
    /// What to do.
    pub help: String,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Raw {
    documents: Documents,
    tests: Tests,
    records: records::Raw,
    levels: BTreeMap<Spanned<String>, Vec<Spanned<String>>>,
    policy: Vec<RawPolicy>,
    severity: BTreeMap<Spanned<String>, Spanned<String>>,
    waivers: RawFile,
    report: RawReport,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct RawReport {
    pages: Option<Spanned<String>>,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct RawFile {
    file: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Documents {
    specifications: Vec<Spanned<String>>,
    matrices: Vec<Spanned<String>>,
    records: Vec<Spanned<String>>,
    ignore: Vec<Spanned<String>>,
    baseline: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Tests {
    files: Vec<Spanned<String>>,
    root: Option<String>,
    baseline: Option<String>,
    previous: Option<String>,
    results: Vec<Spanned<String>>,
    inventory: Vec<Spanned<String>>,
    coverage: Vec<Spanned<String>>,
    mutation: Vec<Spanned<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawPolicy {
    requirements: Spanned<String>,
    level: Option<Spanned<String>>,
    rung: Option<Spanned<String>>,
    implementation: Option<Spanned<Names>>,
    entry_point: Option<Spanned<Names>>,
    coverage: Option<Spanned<RawExtent>>,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct RawExtent {
    lines: Option<Spanned<i64>>,
    branches: Option<Spanned<i64>>,
}

/// One name or a list of them.
#[derive(Deserialize)]
#[serde(untagged)]
enum Names {
    One(String),
    Several(Vec<String>),
}

/// A place and what is wrong there, before it is put together with the text.
struct Wrong {
    span: Range<usize>,
    message: String,
    help: String,
}

type Checked<T> = Result<T, Wrong>;

/// Reads a configuration.
pub fn parse(text: Text) -> Result<Config, Box<Invalid>> {
    parsed(text.as_str()).map_err(|wrong| wrong.of(text))
}

impl Wrong {
    /// Put together with the text.
    fn of(self, text: Text) -> Box<Invalid> {
        let span = Span::new(self.span.start, self.span.end);
        Box::new(Invalid { text, span, message: self.message, help: self.help })
    }

    /// What TOML or the types of the keys refuse; the page of `topic` has the keys.
    fn toml(error: &toml::de::Error, topic: &str) -> Self {
        Self {
            span: error.span().unwrap_or_default(),
            message: error.message().lines().next().unwrap_or("not valid TOML").to_owned(),
            help: format!("`tracegate explain {topic}` shows the keys that exist."),
        }
    }
}

fn parsed(text: &str) -> Checked<Config> {
    let raw: Raw = toml::from_str(text).map_err(|error| Wrong::toml(&error, "configuration"))?;
    let lists = [
        ("specifications", &raw.documents.specifications),
        ("matrices", &raw.documents.matrices),
        ("records", &raw.documents.records),
        ("tests", &raw.tests.files),
        ("results", &raw.tests.results),
        ("inventory", &raw.tests.inventory),
        ("coverage", &raw.tests.coverage),
        ("mutation", &raw.tests.mutation),
    ];
    let places = |list: &[Spanned<String>]| list.iter().map(|one| Span::new(one.span().start, one.span().end)).collect();
    let places = lists.into_iter().filter(|(_, list)| !list.is_empty()).map(|(key, list)| (key, places(list))).collect();
    let settings = Settings {
        specifications: patterns(raw.documents.specifications)?,
        matrices: patterns(raw.documents.matrices)?,
        records: patterns(raw.documents.records)?,
        record_types: records::types(raw.records.types)?,
        gates: records::gates(raw.records.gate)?,
        ignore: patterns(raw.documents.ignore)?,
        tests: patterns(raw.tests.files)?,
        tests_root: raw.tests.root.is_some(),
        baseline: None,
        previous: None,
        results: patterns(raw.tests.results)?,
        inventory: patterns(raw.tests.inventory)?,
        coverage: patterns(raw.tests.coverage)?,
        mutation: patterns(raw.tests.mutation)?,
        without_results: false,
        today: None,
        levels: levels(raw.levels)?,
        policies: raw.policy.into_iter().map(policy).collect::<Checked<_>>()?,
        severity: severities(raw.severity)?,
        pages: raw.report.pages.map(pages).transpose()?,
        origin: None,
        waivers: None,
        reviews: None,
        reviewing: false,
        partial: false,
        absent: Vec::new(),
        submodules: Vec::new(),
        unread: Vec::new(),
        named: Vec::new(),
        hidden_results: Vec::new(),
    };
    Ok(Config {
        settings,
        tests_root: raw.tests.root,
        baseline: raw.tests.baseline,
        documents_baseline: raw.documents.baseline,
        previous: raw.tests.previous,
        waivers: raw.waivers.file,
        patterns: places,
    })
}

fn wrong<T>(at: &Spanned<T>, message: impl Into<String>, help: impl Into<String>) -> Wrong {
    Wrong { span: at.span(), message: message.into(), help: help.into() }
}

/// An address at which each check has a page of its own.
fn pages(raw: Spanned<String>) -> Checked<String> {
    let address = raw.as_ref();
    let known = ["https://", "http://"].iter().any(|scheme| address.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty()));
    let plain = address.replace("{code}", "").replace("{name}", "");
    let letters = plain.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte));
    if known && letters && plain != *address {
        return Ok(raw.into_inner());
    }
    let help =
        "Write an address with `{code}` or `{name}` where that of a check stands: `https://quality.example/checks/{code}`.";
    Err(wrong(&raw, "this is no address of the page of a check", help))
}

fn patterns(raw: Vec<Spanned<String>>) -> Checked<Vec<String>> {
    raw.into_iter().map(pattern).collect()
}

fn pattern(raw: Spanned<String>) -> Checked<String> {
    match Glob::new(raw.as_ref()) {
        Ok(_) => Ok(raw.into_inner()),
        Err(error) => Err(wrong(
            &raw,
            format!("not a valid pattern: {}", error.kind()),
            "Patterns are paths with `*`, `**`, `?`, `[a-z]` and `{a,b}`.",
        )),
    }
}

/// The levels in the order in which they are written: the first match wins.
fn levels(raw: BTreeMap<Spanned<String>, Vec<Spanned<String>>>) -> Checked<Vec<(Level, Vec<Matcher>)>> {
    let mut raw: Vec<_> = raw.into_iter().collect();
    raw.sort_by_key(|(name, _)| name.span().start);
    raw.into_iter()
        .map(|(name, matchers)| Ok((level(&name)?, matchers.into_iter().map(matcher).collect::<Checked<_>>()?)))
        .collect()
}

fn level(name: &Spanned<String>) -> Checked<Level> {
    const LEVELS: [Level; 4] = [Level::Unit, Level::Integration, Level::System, Level::Acceptance];
    let known = LEVELS.into_iter().find(|level| level.name() == name.as_ref());
    known.ok_or_else(|| {
        let message = format!("`{}` is no verification level", name.as_ref());
        wrong(name, message, "The levels are unit, integration, system and acceptance.")
    })
}

fn matcher(raw: Spanned<String>) -> Checked<Matcher> {
    let (kind, value) = raw.as_ref().split_once(':').unwrap_or(("", ""));
    match (kind, value.is_empty()) {
        ("path", false) => pattern(Spanned::new(raw.span(), value.to_owned())).map(Matcher::Path),
        ("marker", false) => Ok(Matcher::Marker(value.to_owned())),
        ("text", false) => Ok(Matcher::Text(value.to_owned())),
        _ => {
            let help = "Write `path:tests/integration/**`, `marker:integration` or `text:integration test`.";
            Err(wrong(&raw, format!("`{}` does not say how a test is recognised", raw.as_ref()), help))
        }
    }
}

fn policy(raw: RawPolicy) -> Checked<Policy> {
    const RUNGS: [&str; 6] = ["cited", "exists", "passes", "asserts", "executes", "kills"];
    if identifier::list(raw.requirements.as_ref(), 0).is_empty() {
        let message = format!("`{}` names no requirement", raw.requirements.as_ref());
        return Err(wrong(&raw.requirements, message, "Write identifiers, a range or a wildcard: `REQ-A-001..013, REQ-B-*`."));
    }
    let of_code = raw.implementation.is_some() || raw.entry_point.is_some() || raw.coverage.is_some();
    if raw.level.is_none() && raw.rung.is_none() && !of_code {
        return Err(wrong(
            &raw.requirements,
            "the policy demands nothing",
            "Add `level = \"integration\"`, `rung = \"passes\"`, or the code: `entry_point = \"path:symbol\"`.",
        ));
    }
    if let Some(rung) = raw.rung.as_ref().filter(|rung| !RUNGS.contains(&rung.get_ref().as_str())) {
        let message = format!("`{}` is no rung that this version assesses", rung.as_ref());
        return Err(wrong(rung, message, "The rungs are cited, exists, passes, asserts, executes and kills."));
    }
    Ok(Policy {
        requirements: placed(raw.requirements),
        level: raw.level.as_ref().map(level).transpose()?,
        rung: raw.rung.map(placed),
        implementation: raw.implementation.map_or_else(|| Ok(Vec::new()), code)?,
        entry_points: raw.entry_point.map_or_else(|| Ok(Vec::new()), code)?,
        coverage: raw.coverage.map(extent).transpose()?,
    })
}

/// How much of the code must run: a share of its lines, of its branches, or of both.
fn extent(raw: Spanned<RawExtent>) -> Checked<Extent> {
    let span = Span::new(raw.span().start, raw.span().end);
    let percent = |raw: &Spanned<i64>| {
        let known = u8::try_from(*raw.get_ref()).ok().filter(|share| (1..=100).contains(share));
        let message = || format!("`{}` is no share in percent", raw.get_ref());
        known.ok_or_else(|| wrong(raw, message(), "Write a whole number from 1 to 100."))
    };
    let share = |raw: &Option<Spanned<i64>>| raw.as_ref().map(percent).transpose();
    let found = Extent { lines: share(&raw.get_ref().lines)?, branches: share(&raw.get_ref().branches)?, span };
    match (found.lines, found.branches) {
        (None, None) => Err(wrong(&raw, "it asks for no coverage", "Write `coverage = { lines = 90, branches = 80 }`.")),
        _ => Ok(found),
    }
}

/// A word with its place.
fn placed(raw: Spanned<String>) -> source::Spanned {
    let span = Span::new(raw.span().start, raw.span().end);
    source::Spanned { text: raw.into_inner(), span }
}

/// Names of code: a path, and a symbol behind a colon. Each stands where the list of them does.
fn code(raw: Spanned<Names>) -> Checked<Vec<source::Spanned>> {
    let span = Span::new(raw.span().start, raw.span().end);
    let names = match raw.as_ref() {
        Names::One(name) => std::slice::from_ref(name),
        Names::Several(names) => names.as_slice(),
    };
    let empty = |name: &&String| name.split(':').next().is_none_or(|path| path.trim().is_empty());
    if names.is_empty() || names.iter().any(|name| empty(&name)) {
        return Err(wrong(&raw, "it names no code", "Write a path, and a symbol behind a colon: `pump/link.py:main`."));
    }
    Ok(names.iter().map(|name| source::Spanned { text: name.clone(), span }).collect())
}

fn severities(raw: BTreeMap<Spanned<String>, Spanned<String>>) -> Checked<BTreeMap<String, Option<Severity>>> {
    raw.into_iter().map(|(code, value)| severity(&code, &value)).collect()
}

/// The check of a code or a name.
fn known_check(code: &Spanned<String>) -> Checked<&'static check::Check> {
    check::find(code.as_ref()).ok_or_else(|| {
        let known = check::CHECKS.iter().flat_map(|check| [check.code, check.name]);
        let near = suggest::near(code.as_ref(), known);
        let help = suggest::did_you_mean(&near).unwrap_or_else(|| "`tracegate list checks` lists all codes.".to_owned());
        wrong(code, format!("there is no check `{}`", code.as_ref()), help)
    })
}

fn severity(code: &Spanned<String>, value: &Spanned<String>) -> Checked<(String, Option<Severity>)> {
    let check = known_check(code)?;
    let severity = match value.as_ref().as_str() {
        "error" => Some(Severity::Error),
        "warning" => Some(Severity::Warning),
        "info" => Some(Severity::Info),
        "off" if check::is_mandatory(check.code) => {
            let message = format!("{} can't be turned off: it says what was not read", check.code);
            return Err(wrong(value, message, "Remove the line."));
        }
        "off" => None,
        other => {
            return Err(wrong(value, format!("`{other}` is no severity"), "The severities are error, warning, info and off."));
        }
    };
    Ok((check.code.to_owned(), severity))
}
