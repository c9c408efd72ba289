//! Findings: what a check reports, as plain data with a total order.

use crate::source::Place;
use serde::{Deserialize, Serialize};

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
    pub message: String,
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
    pub requirement: Option<(String, String)>,
    /// One sentence: what is wrong, and why that is known.
    pub message: String,
    /// A few words at the span.
    pub label: String,
    /// One sentence: what to do.
    pub help: String,
    /// Further places: the definition, the row, the test.
    pub related: Vec<Related>,
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
            message: message.into(),
            label: String::new(),
            help: String::new(),
            related: Vec::new(),
        }
    }

    /// Says what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// Words at the span.
    #[must_use]
    pub fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// Names the requirement.
    #[must_use]
    pub fn about(mut self, namespace: &str, id: &str) -> Self {
        self.requirement = Some((namespace.to_owned(), id.to_owned()));
        self
    }

    /// Adds a further place.
    #[must_use]
    pub fn related(mut self, place: Place, message: impl Into<String>) -> Self {
        self.related.push(Related { place, message: message.into() });
        self
    }

    /// Sets the severity, where it differs from that of the check.
    #[must_use]
    pub fn severity(mut self, severity: Severity) -> Self {
        self.severity = severity;
        self
    }
}
