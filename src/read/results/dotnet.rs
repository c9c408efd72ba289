//! Results of NUnit (2 and 3) and of xUnit.net (version 2), as their own runners write them.
//!
//! Sources: the test result formats of NUnit 2.5 and NUnit 3 (`test-results`, `test-run`), and "Format of XML" of xUnit.net
//! (`assemblies`).

use super::{AGAIN, Elements, Found, Message, attribute, first_line, result};
use crate::model::Facts;
use crate::model::evidence::{Outcome, TestResult};
use crate::read::xml::walk;
use crate::source::Span;
use quick_xml::events::BytesStart;

/// The names of the root elements.
pub(super) const ROOTS: &[&str] = &["test-run", "test-results", "assemblies"];

/// Reads a file.
pub(super) fn read(text: &str) -> Facts {
    let mut run = Run::default();
    walk(text, &mut run);
    run.finish()
}

#[derive(Default)]
struct Run {
    found: Found,
    /// The test whose element is open.
    open: Option<TestResult>,
    message: Message,
    /// How many failures the run counts, or one where it only says that it failed, and where.
    stated: (u64, Span),
    lost: bool,
}

impl Elements for Run {
    const AGAIN: &'static str = AGAIN;

    fn start(&mut self, name: &str, element: &BytesStart<'_>, span: Span) {
        match name {
            "test-case" | "test" => self.open = self.test(element, span),
            "message" if self.open.is_some() => self.message.begin(),
            "property" | "trait" => {
                let said = attribute(element, "name").zip(attribute(element, "value"));
                if let (Some(said), Some(open)) = (said, self.open.as_mut()) {
                    open.properties.push(said);
                }
            }
            "test-run" | "test-results" | "assembly" => self.count(element, span),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "test-case" | "test" => {
                if let Some(open) = self.open.take() {
                    self.found.take(open);
                }
            }
            "message" => self.message.end(self.open.as_mut().map(|open| &mut open.message)),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        self.message.text(text);
    }

    fn lost(&mut self, span: Span, reason: String, help: &str) {
        self.lost = true;
        self.found.problem(span, true, reason, help);
    }
}

/// The outcome that a word stands for.
fn outcome(word: &str) -> Option<Outcome> {
    Some(match word.to_ascii_lowercase().as_str() {
        "passed" | "success" | "pass" => Outcome::Passed,
        "failed" | "failure" | "fail" => Outcome::Failed,
        "error" | "cancelled" => Outcome::Error,
        "skipped" | "skip" | "ignored" | "inconclusive" | "warning" | "explicit" => Outcome::Skipped,
        "notrunnable" | "notrun" => Outcome::NotRun,
        _ => return None,
    })
}

impl Run {
    /// The failures that the element around all tests counts.
    fn count(&mut self, element: &BytesStart<'_>, span: Span) {
        let names = ["failed", "failures", "errors"].iter().filter_map(|name| attribute(element, name));
        let counted =
            names.collect::<Vec<_>>().iter().fold(0u64, |sum, text| sum.saturating_add(self.found.count(Some(text), span)));
        let failed = attribute(element, "result").is_some_and(|word| outcome(&word) == Some(Outcome::Failed));
        let (before, _) = self.stated;
        self.stated = (before.saturating_add(counted.max(u64::from(failed))), span);
    }

    fn test(&mut self, element: &BytesStart<'_>, span: Span) -> Option<TestResult> {
        let own = |name: &str| attribute(element, name).unwrap_or_default();
        // Before version 2.5 only these two told how a test ended.
        let old = || match (own("executed").as_str(), own("success").as_str()) {
            ("False", _) => "Skipped".to_owned(),
            ("True", "True") => "Success".to_owned(),
            ("True", "False") => "Failure".to_owned(),
            _ => String::new(),
        };
        let word = attribute(element, "result").unwrap_or_else(old);
        let outcome = outcome(&word).unwrap_or_else(|| {
            let help = "Look at the run; a test counts as passed only where the file says so in a word of the format.";
            self.found.problem(span, false, format!("the outcome `{}` is not known", first_line(&word)), help);
            Outcome::NotRun
        });
        let (shown, method) = (own("name"), own("methodname") + &own("method"));
        let class = own("classname") + &own("type");
        // NUnit 2 has the whole name alone: `Pumps.StopTests.Stops(3)`.
        let whole = shown.split('(').next().unwrap_or(&shown);
        let (front, _) = whole.rsplit_once('.').unwrap_or(("", whole));
        let class = if class.is_empty() { front.to_owned() } else { class };
        let shown = shown.strip_prefix(class.as_str()).and_then(|rest| rest.strip_prefix('.')).unwrap_or(&shown);
        let name = if method.is_empty() || shown.starts_with(method.as_str()) { shown } else { method.as_str() };
        Some(result(&class.replace('+', "."), name, outcome, span))
    }

    fn finish(mut self) -> Facts {
        let (stated, span) = self.stated;
        if !self.lost {
            self.found.compare(span, stated);
        }
        self.found.finish()
    }
}
