//! Findings: what a check reports, as plain data with a total order.

use crate::model::id::Id;
use crate::source::{FileId, Place};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::borrow::Cow;
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// How serious a finding is. The order is from harmless to serious.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Worth knowing.
    Info,
    /// Probably wrong.
    Warning,
    /// Wrong.
    Error,
}

impl Severity {
    /// The word that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// Another place that matters, and why.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Related {
    /// Where.
    pub place: Place,
    /// What stands there, in a few words.
    pub message: Cow<'static, str>,
}

/// What a report tells of the waiver of a finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Acceptance {
    /// The waiver.
    pub id: String,
    /// Why the finding is acceptable.
    pub reason: String,
    /// What may come of it.
    pub risk: String,
    /// Who agreed.
    pub approved_by: String,
    /// Until when: a day or a baseline.
    pub expires: String,
    /// Where the matter is followed up.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket: Option<String>,
}

/// One hit of a check.
///
/// It cannot be made without a place: a finding always points at a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The check, by its code.
    pub code: &'static str,
    /// How serious it is.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// What it is about: the citation as written, the identifier, the file. Part of the fingerprint.
    pub subject: String,
    /// The requirement, if it is about one: namespace and identifier.
    pub requirement: Option<(Id, Id)>,
    /// Further requirements of which it says the same, where each by itself would only repeat it.
    pub covers: Vec<(Id, Id)>,
    /// What each of those is known by that are told here together, in order; none where it is told by itself.
    pub parts: Vec<String>,
    /// One sentence: what is wrong, and why that is known.
    pub message: String,
    /// A few words at the span.
    pub label: Cow<'static, str>,
    /// One sentence: what to do.
    pub help: Cow<'static, str>,
    /// Further places: the definition, the row, the test.
    pub related: Vec<Related>,
    /// Who accepted it, if a waiver does.
    pub waiver: Option<Box<Acceptance>>,
    /// Whether it was absent from what the run is compared with; `None` where it can't be compared.
    pub is_new: Option<bool>,
    /// The severity was chosen for this finding, not taken from its check.
    chosen: bool,
}

impl Finding {
    /// A finding with its place, subject and message; the rest is added with the other methods.
    pub fn new(place: Place, subject: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code: "",
            severity: Severity::Error,
            place,
            subject: subject.into(),
            requirement: None,
            covers: Vec::new(),
            parts: Vec::new(),
            message: message.into(),
            label: Cow::default(),
            help: Cow::default(),
            related: Vec::new(),
            waiver: None,
            is_new: None,
            chosen: false,
        }
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<Cow<'static, str>>) -> Self {
        self.help = help.into();
        self
    }

    /// Words at the span.
    #[must_use]
    pub fn label(mut self, label: impl Into<Cow<'static, str>>) -> Self {
        self.label = label.into();
        self
    }

    /// Names the requirement.
    #[must_use]
    pub fn about(mut self, namespace: &str, id: &str) -> Self {
        self.requirement = Some((namespace.into(), id.into()));
        self
    }

    /// Adds a requirement of which the same is true.
    #[must_use]
    pub fn covers(mut self, namespace: &str, id: &str) -> Self {
        self.covers.push((namespace.into(), id.into()));
        self
    }

    /// Says by which names what it tells together is known in a place, or anywhere if that is empty.
    #[must_use]
    pub fn parted<S: AsRef<str>>(mut self, place: &str, names: impl IntoIterator<Item = S>) -> Self {
        self.parts = names.into_iter().map(|name| part(place, None, name.as_ref())).collect();
        self.parts.sort_unstable();
        self.parts.dedup();
        self
    }

    /// All requirements that it is about.
    pub fn requirements(&self) -> impl Iterator<Item = (&str, &str)> {
        self.requirement.iter().chain(&self.covers).map(|(namespace, id)| (namespace.as_str(), id.as_str()))
    }

    /// Adds a further place.
    #[must_use]
    pub fn related(mut self, place: Place, message: impl Into<Cow<'static, str>>) -> Self {
        self.related.push(Related { place, message: message.into() });
        self
    }

    /// Sets the severity, where it differs from that of the check.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self.chosen = true;
        self
    }

    /// Whether a severity was chosen for it that makes it a remark.
    pub fn is_remark(&self) -> bool {
        self.chosen && self.severity == Severity::Info
    }

    /// Whether it counts for the gate: nobody accepted it, and it is not known to have been there before.
    pub fn counts(&self) -> bool {
        self.waiver.is_none() && self.is_new != Some(false)
    }

    /// Fills in what the check that found it did not say: its code, and its severity where none was chosen.
    #[must_use]
    pub fn of(mut self, code: &'static str, default: Severity) -> Self {
        self.code = code;
        if !self.chosen {
            self.severity = default;
        }
        self
    }
}

impl Ord for Finding {
    /// By place, then code; the rest makes the order total, so that it never depends on threads.
    fn cmp(&self, other: &Self) -> Ordering {
        let key = |one: &Self| (one.place, one.code, one.severity);
        key(self)
            .cmp(&key(other))
            .then_with(|| self.subject.cmp(&other.subject))
            .then_with(|| self.message.cmp(&other.message))
            .then_with(|| self.requirement.cmp(&other.requirement))
            .then_with(|| self.covers.cmp(&other.covers))
            .then_with(|| self.parts.cmp(&other.parts))
            .then_with(|| self.label.cmp(&other.label))
            .then_with(|| self.help.cmp(&other.help))
            .then_with(|| self.related.cmp(&other.related))
            .then_with(|| self.waiver.cmp(&other.waiver))
            .then_with(|| self.is_new.cmp(&other.is_new))
            .then_with(|| self.chosen.cmp(&other.chosen))
    }
}

impl PartialOrd for Finding {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// What a finding is known by as a part of others: its path, its subject and a requirement that it is about. What it says besides, as
/// how many others there are, may change.
pub fn part(path: &str, requirement: Option<(&str, &str)>, subject: &str) -> String {
    let (namespace, id) = requirement.unwrap_or_default();
    let digest = Sha256::digest([path, namespace, id, subject].join("\u{1f}"));
    digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The same for each requirement of a finding that stands in a file of this path.
pub fn parts(path: &str, finding: &Finding) -> Vec<String> {
    if !finding.parts.is_empty() {
        return finding.parts.clone();
    }
    let mut parts: Vec<String> = finding.requirements().map(|one| part(path, Some(one), &finding.subject)).collect();
    if parts.is_empty() {
        parts.push(part(path, None, &finding.subject));
    }
    parts
}

/// The fingerprints of findings that are in their order: sixteen hexadecimal digits each.
///
/// A fingerprint stays the same when lines move: it is made of the code, the path, the
/// requirement, the subject and the message without line numbers. Findings that agree in all
/// of these are told apart by their order.
pub fn fingerprints<'p>(findings: &[Finding], path: impl Fn(FileId) -> &'p str) -> Vec<String> {
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let identity = |finding: &Finding| {
        let (namespace, id) = finding.requirement.as_ref().map_or(("", ""), |(namespace, id)| (namespace.as_str(), id.as_str()));
        let message = without_lines(&finding.message);
        [finding.code, path(finding.place.file), namespace, id, &finding.subject, &message].join("\u{1f}")
    };
    let one = |finding: &Finding| {
        let identity = identity(finding);
        let count = seen.entry(identity.clone()).or_default();
        let digest = Sha256::digest(format!("{identity}\u{1f}{count}"));
        *count += 1;
        digest.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
    };
    findings.iter().map(one).collect()
}

/// A message with the numbers of lines left out: `line 12`, `lines 3 and 4`, `file.md:12:3`.
fn without_lines(message: &str) -> String {
    let mut out = String::with_capacity(message.len());
    let mut in_lines = false;
    for part in message.split_inclusive(' ') {
        let word = part.trim_end();
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
        let number = !bare.is_empty() && bare.bytes().all(|byte| byte.is_ascii_digit());
        if in_lines && number {
            out.push('#');
        } else {
            out.push_str(without_suffix(word));
        }
        out.push_str(part.get(word.len()..).unwrap_or(""));
        in_lines = matches!(bare, "line" | "lines") || (in_lines && (number || matches!(bare, "and" | "to")));
    }
    out
}

/// `path.md:12:3` without its numbers.
fn without_suffix(word: &str) -> &str {
    let word = word.trim_end_matches([')', ',', ';', '`', '.']);
    let mut rest = word;
    while let Some((before, number)) = rest.rsplit_once(':') {
        if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
            break;
        }
        rest = before;
    }
    rest
}
