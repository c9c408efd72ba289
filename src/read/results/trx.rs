//! Visual Studio test results (TRX): results by the identifier of a test, and below them the tests with their classes.

use super::{AGAIN, Elements, Found, Message, attribute, first_line, result};
use crate::model::Facts;
use crate::model::evidence::{Outcome, TestResult};
use crate::read::xml::walk;
use crate::source::Span;
use quick_xml::events::BytesStart;
use rustc_hash::FxHashMap;

/// Reads a file.
pub(super) fn read(text: &str) -> Facts {
    let mut run = Run::default();
    walk(text, &mut run);
    run.finish()
}

/// A result as it stands in the list, before it is known what class it is of.
struct Listed {
    test: String,
    name: String,
    outcome: Outcome,
    message: String,
    span: Span,
}

#[derive(Default)]
struct Run {
    found: Found,
    /// The results that are open: one of data holds one for each of its rows.
    open: Vec<Listed>,
    listed: Vec<Listed>,
    /// The test whose definition is open, by its identifier.
    definition: Option<String>,
    /// The class and the method of each test.
    methods: FxHashMap<String, (String, String)>,
    message: Message,
    /// How many failures the summary counts, and where.
    stated: (u64, Span),
    /// Where the summary says that the run as a whole failed.
    failed: Option<Span>,
    lost: bool,
}

/// The results of tests of all kinds.
const RESULTS: &[&str] = &["UnitTestResult", "WebTestResult", "GenericTestResult", "ManualTestResult", "TestResultAggregation"];

/// Outcomes of a run that did not go well.
const FAILED: &[&str] = &["Failed", "Error", "Timeout", "Aborted", "Disconnected"];

impl Elements for Run {
    const AGAIN: &'static str = AGAIN;

    fn start(&mut self, name: &str, element: &BytesStart<'_>, span: Span) {
        match name {
            name if RESULTS.contains(&name) => self.result(element, span),
            "ResultSummary" => {
                self.failed = attribute(element, "outcome").is_some_and(|word| FAILED.contains(&word.as_str())).then_some(span);
            }
            "Message" if !self.open.is_empty() => self.message.begin(),
            "UnitTest" => self.definition = attribute(element, "id"),
            "TestMethod" => {
                let class = attribute(element, "className").unwrap_or_default();
                // The name of the assembly may follow; a class within another stands behind a plus sign.
                let class = class.split(',').next().unwrap_or_default().trim().replace('+', ".");
                let method = attribute(element, "name").unwrap_or_default();
                if let Some(id) = self.definition.clone() {
                    self.methods.insert(id, (class, method));
                }
            }
            "Counters" => {
                let bad = ["failed", "error", "timeout", "aborted"]
                    .iter()
                    .fold(0u64, |sum, name| sum.saturating_add(self.found.count(attribute(element, name).as_deref(), span)));
                self.stated = (bad, span);
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            name if RESULTS.contains(&name) => self.listed.extend(self.open.pop()),
            "UnitTest" => self.definition = None,
            "Message" => self.message.end(self.open.last_mut().map(|open| &mut open.message)),
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

/// The outcome that a result states. The one that is left out is `Error`, the first of the enumeration in the format.
fn outcome(word: Option<&str>) -> Option<Outcome> {
    Some(match word.unwrap_or("Error") {
        "Passed" => Outcome::Passed,
        "Failed" => Outcome::Failed,
        "Error" | "Timeout" | "Aborted" | "PassedButRunAborted" | "Disconnected" => Outcome::Error,
        "NotExecuted" | "Inconclusive" | "Warning" => Outcome::Skipped,
        "NotRunnable" | "Completed" | "InProgress" | "Pending" => Outcome::NotRun,
        _ => return None,
    })
}

impl Run {
    fn result(&mut self, element: &BytesStart<'_>, span: Span) {
        let word = attribute(element, "outcome");
        let outcome = outcome(word.as_deref()).unwrap_or_else(|| {
            let word = first_line(word.as_deref().unwrap_or_default());
            let help = "Look at the run; a test counts as passed only where the file says `Passed`.";
            self.found.problem(span, false, format!("the outcome `{word}` is not known"), help);
            Outcome::NotRun
        });
        self.open.push(Listed {
            test: attribute(element, "testId").unwrap_or_default(),
            name: attribute(element, "testName").unwrap_or_default(),
            outcome,
            message: String::new(),
            span,
        });
    }

    fn finish(mut self) -> Facts {
        let mut undefined = None;
        for listed in std::mem::take(&mut self.listed) {
            let result = match self.methods.get(&listed.test) {
                Some((class, method)) => listed.of(class, method),
                // Its class may stand in the part that is lost: by its name alone it could be any test.
                None if self.lost => continue,
                None => {
                    undefined = undefined.or(Some(listed.span));
                    listed.of("", "")
                }
            };
            self.found.take(result);
        }
        if let Some(span) = undefined {
            let help = "Keep the file as the runner wrote it; this result is looked up by its name alone.";
            self.found.problem(span, false, "the file does not define the test of this result", help);
        }
        let (stated, span) = self.stated;
        if !self.lost {
            self.found.compare(span, stated);
            if let Some(span) = self.failed.filter(|_| stated == 0) {
                self.found.failed(span);
            }
        }
        self.found.finish()
    }
}

impl Listed {
    /// The result, once its class and method are known. The name that is shown may be the method with or without its
    /// class and values, or a sentence.
    fn of(self, class: &str, method: &str) -> TestResult {
        let shown = self.name.strip_prefix(class).and_then(|rest| rest.strip_prefix('.')).unwrap_or(&self.name);
        let is_method = |name: &str| {
            name.strip_prefix(method).is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
        };
        let bare = method.rsplit('.').next().unwrap_or(method);
        let name = if method.is_empty() || is_method(shown) { shown } else { bare };
        TestResult { message: self.message, ..result(class, name, self.outcome, self.span) }
    }
}
