//! `mutations.xml` of PIT: one element a mutant. A killed one names the first test that killed it; with a full matrix of
//! mutants and tests (`fullMutationMatrix`) it names all of them, and those that passed.
//!
//! There is no folder of sources: a path is that of the package.

use super::{AGAIN, Found, words};
use crate::model::Facts;
use crate::model::mutation::{Fate, Mutant, Named};
use crate::read::xml::{Elements, attribute, walk};
use crate::source::Span;
use quick_xml::events::BytesStart;

/// Bytes of a file in which it must show what it is.
const SNIFFED: usize = 4096;

/// Bytes kept of one element: a full matrix names every test.
const MAX_TEXT: usize = 1_000_000;

/// Whether XML has the elements of PIT.
pub(super) fn looks_like(body: &str) -> bool {
    let head = body.char_indices().nth(SNIFFED).map_or(body, |(end, _)| body.get(..end).unwrap_or(body));
    head.split_once("<mutations").is_some_and(|(before, rest)| {
        let first = !before.split('<').skip(1).any(|one| one.starts_with(char::is_alphabetic));
        first && rest.starts_with([' ', '>', '/', '\n', '\r', '\t'])
    })
}

/// Reads a report.
pub(super) fn read(text: &str) -> Facts {
    let mut report = Report::default();
    walk(text, &mut report);
    report.found.finish()
}

#[derive(Default)]
struct Report {
    found: Found,
    open: Option<Change>,
    /// The text of the element that is open.
    text: String,
}

/// A mutant while its elements are read.
#[derive(Default)]
struct Change {
    status: String,
    file: String,
    class: String,
    method: String,
    line: String,
    description: String,
    killers: Vec<String>,
    /// Tests that passed on it, where the run tried all.
    passed: Option<Vec<String>>,
}

impl Elements for Report {
    const AGAIN: &'static str = AGAIN;

    fn start(&mut self, name: &str, element: &BytesStart<'_>, _: Span) {
        self.text.clear();
        if name == "mutation" {
            self.open = Some(Change { status: attribute(element, "status").unwrap_or_default(), ..Change::default() });
        }
    }

    fn end(&mut self, name: &str) {
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        let Some(open) = self.open.as_mut() else { return };
        let tests = || text.split('|').map(str::trim).filter(|test| !test.is_empty()).map(str::to_owned).collect::<Vec<_>>();
        match name {
            "mutation" => self.close(),
            "sourceFile" => open.file = text.to_owned(),
            "mutatedClass" => open.class = text.to_owned(),
            "mutatedMethod" => open.method = text.to_owned(),
            "lineNumber" => open.line = text.to_owned(),
            "description" => open.description = text.to_owned(),
            "killingTest" | "killingTests" => open.killers.extend(tests()),
            "succeedingTests" => open.passed = Some(tests()),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.open.is_some() && self.text.len() < MAX_TEXT {
            self.text.push_str(text);
        }
    }

    fn lost(&mut self, span: Span, reason: String, help: &str) {
        self.found.problem(span, true, reason, help);
    }
}

impl Report {
    fn close(&mut self) {
        let Some(open) = self.open.take() else { return };
        let Some(line) = self.found.line(open.line.parse().ok(), &open.line) else { return };
        let fate = self.found.fate(fate(&open.status), &open.status);
        let found = &mut self.found;
        let mut ids = |tests: Vec<String>| tests.iter().map(|test| found.test(named(test))).collect::<Vec<u32>>();
        let all = open.passed.is_some();
        let killers = ids(open.killers);
        let covering = open.passed.map(|passed| ids(passed).into_iter().chain(killers.iter().copied()).collect());
        found.mutation.all_tried |= all;
        found.mutation.lists_tests |= all;
        let mutant = Mutant { line, what: words(&open.description), function: method(&open.method), fate, killers, covering };
        found.add(&path(&open.file, &open.class), mutant);
    }
}

/// The path of a source: its package, then its name.
fn path(file: &str, class: &str) -> String {
    match class.rsplit_once('.') {
        Some((package, _)) => format!("{}/{file}", package.replace('.', "/")),
        None => file.to_owned(),
    }
}

/// A method as its source calls it: `lambda$heat$0` stands in `heat`; constructors and initialisers have no name.
fn method(name: &str) -> String {
    let own = name.strip_prefix("lambda$").and_then(|rest| rest.split('$').next()).unwrap_or(name);
    if own.starts_with('<') { String::new() } else { own.to_owned() }
}

/// A test as PIT names it: `a.BTest.c(a.BTest)`, `a.BTest.c`, or the identifier of JUnit 5,
/// `a.BTest.[engine:junit-jupiter]/[class:a.BTest]/[method:c()]`, for tests of JUnit 4 with `[runner:a.BTest]/[test:c(a.BTest)]`.
fn named(test: &str) -> Named {
    let part = |kinds: &[&str]| {
        let mut parts = test.split("]/[").map(|part| part.trim_matches(['[', ']']));
        parts.find_map(|part| {
            part.split_once(':').filter(|(kind, _)| kinds.iter().any(|one| kind.ends_with(one))).map(|(_, value)| value)
        })
    };
    let bare = |name: &str| name.split('(').next().unwrap_or(name).to_owned();
    if let (Some(class), Some(method)) =
        (part(&["class", "runner"]), part(&["method", "test-template", "test-factory", "feature", "test"]))
    {
        return Named { file: String::new(), class: class.to_owned(), name: bare(method) };
    }
    let head = bare(test);
    match head.rsplit_once('.') {
        Some((class, name)) => Named { file: String::new(), class: class.to_owned(), name: name.to_owned() },
        None => Named { file: String::new(), class: String::new(), name: head },
    }
}

fn fate(status: &str) -> Option<Fate> {
    Some(match status {
        "KILLED" | "TIMED_OUT" | "MEMORY_ERROR" => Fate::Killed,
        "SURVIVED" => Fate::Survived,
        "NO_COVERAGE" => Fate::Uncovered,
        "NOT_STARTED" | "STARTED" => Fate::Untried,
        "NON_VIABLE" | "RUN_ERROR" => Fate::Invalid,
        _ => return None,
    })
}
