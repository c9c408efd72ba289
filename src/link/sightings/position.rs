//! What the place of a name in a text tells.

use crate::link::graph::Graph;
use crate::model::mention::{Mention, Name};
use crate::model::record::Kind;
use crate::model::test_case;
use crate::model::vocabulary::words;
use crate::read::code::{language, looks_like_test};
use crate::read::grammar::citation::looks_like_test as is_named_like_test;
use crate::source::{FileId, Span};
use rustc_hash::FxHashSet;
use smallvec::{SmallVec, smallvec};

/// Longer lines are data.
const LONG: usize = 2_000;

/// A comment on the first test stands that far above it at most.
const ABOVE: u32 = 400;

/// So many lines of a table are looked through for its head.
const ROWS: usize = 2_000;

/// Extensions of files in which `#` begins a comment.
const DATA: [&str; 7] = [".yml", ".yaml", ".toml", ".cfg", ".ini", ".cmake", ".mk"];

/// What the place of a name tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Seen {
    /// Nothing.
    Nowhere,
    /// A file of tests mentions it: one may be a remark, several are a habit.
    Remark,
    /// It stands where such names stand on purpose.
    Here,
}

/// A text and what is known of it.
pub(super) struct Page<'t> {
    text: &'t str,
    /// What it is read as, where that matters here.
    code: bool,
    /// Whether it is a file of scenarios.
    feature: bool,
    /// Whether lines that begin with `#` are comments and no headings.
    data: bool,
    /// Where tests begin, if it holds any: sources may have them at their end.
    tests: Option<u32>,
    /// What markers say that the code implements.
    implementing: Vec<Span>,
    matrix: bool,
    template: bool,
    /// Rows that were read from it: they say nothing new.
    rows: Vec<Span>,
    /// What those rows are about: their document claims that it is defined, and does not define it.
    claimed: FxHashSet<&'t str>,
    /// What it defines: its other tables tell that again, and none of it is a trace.
    defined: FxHashSet<&'t str>,
    /// Whether it is a document about tests, which defines no requirements: whatever its lists and tables name may be a trace.
    about_tests: bool,
}

impl<'t> Page<'t> {
    pub(super) fn new(graph: &'t Graph, file: FileId, text: &'t str) -> Self {
        let input = graph.input(file);
        let (path, facts) = (input.path.as_str(), &input.facts);
        let kind = facts.document.as_ref().map(|document| document.kind);
        let first = facts.tests.iter().filter(|test| test.kind == test_case::Kind::Test).map(|test| test.span.start).min();
        // Tests of Python are known by their names: a module without any beside them is a register or a tool.
        let bare = first.is_none() && path.ends_with(".py") && !path.rsplit('/').next().is_some_and(|name| name.contains("test"));
        let tests = if language(path).is_some() && looks_like_test(path) && !bare { Some(0) } else { first };
        let implements =
            facts.markers.iter().filter(|marker| matches!(marker.verb, test_case::Verb::Implements | test_case::Verb::Enters));
        Self {
            text,
            code: language(path).is_some(),
            feature: path.ends_with(".feature"),
            data: input.reader == "tasks" || DATA.iter().any(|extension| path.ends_with(extension)),
            tests: tests.map(|start| start.saturating_sub(ABOVE)),
            implementing: implements.map(|marker| marker.span).collect(),
            matrix: kind == Some(Kind::Matrix),
            template: kind == Some(Kind::Template),
            claimed: facts.rows.iter().flat_map(|row| row.ids.iter().chain(&row.related)).flat_map(written).collect(),
            rows: facts.rows.iter().map(|row| row.span).collect(),
            defined: facts.definitions.iter().map(|one| one.id.as_str()).collect(),
            about_tests: facts.definitions.is_empty()
                && matches!(kind, Some(Kind::Other | Kind::Specification | Kind::Matrix))
                && facts.document.as_ref().is_some_and(|document| is_about_tests(&document.title, path)),
        }
    }

    /// Whether a name stands for itself and is no part of a longer one, or of any where it is open at its end.
    pub(super) fn is_word(&self, span: Span, open: bool) -> bool {
        let before = self.text.get(..span.start as usize).and_then(|text| text.chars().next_back());
        let mut after = self.text.get(span.end() as usize..).unwrap_or("").chars();
        let (next, second) = (after.next(), after.next());
        let joined = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
        // `REQ-1.2` is another name than `REQ-1`, which ends a sentence in front of a full stop.
        let goes_on = next == Some('.') && second.is_some_and(char::is_alphanumeric);
        !before.is_some_and(joined) && if open { next != Some('*') } else { !next.is_some_and(joined) && !goes_on }
    }

    /// The line of a place and where it begins; a long one is data, and is not gone through to its ends.
    fn line(&self, span: Span) -> (usize, &'t str) {
        let (bytes, at) = (self.text.as_bytes(), span.start as usize);
        let near = at.saturating_sub(LONG);
        let before = bytes.get(near..at).unwrap_or_default();
        let start = match memchr::memrchr(b'\n', before) {
            Some(found) => near + found + 1,
            None if near == 0 => 0,
            None => return (at, ""),
        };
        let rest = bytes.get(start..bytes.len().min(start + LONG + 1)).unwrap_or_default();
        let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
        (start, if end > LONG { "" } else { self.text.get(start..start + end).unwrap_or("") })
    }

    /// Whether the place may say that a requirement is verified: in test code, or in a table of tests that was not
    /// read as a matrix.
    pub(super) fn verifies(&self, span: Span) -> Seen {
        let (start, line) = self.line(span);
        let own = self.defined.contains(self.text.get(span.range()).unwrap_or(""));
        let within = |spans: &[Span]| spans.iter().any(|taken| taken.contains(span));
        if self.template || is_open(line) || own || within(&self.implementing) {
            return Seen::Nowhere;
        }
        // A row that was read says nothing new, unless a cell of names beside its own was not.
        if within(&self.rows) {
            let new = !self.claimed.contains(self.text.get(span.range()).unwrap_or(""));
            return if new && is_list_of_names(line, (span.start as usize).saturating_sub(start)) {
                Seen::Here
            } else {
                Seen::Nowhere
            };
        }
        if self.tests.is_some_and(|first| first <= span.start) {
            if is_declared(self.text, span) {
                return Seen::Here;
            }
            let nowhere = is_data(line, (span.start as usize).saturating_sub(start)) || is_put_aside(self.text, span);
            return if nowhere { Seen::Nowhere } else { Seen::Remark };
        }
        let row = line.trim_start().starts_with('|');
        // What a matrix is about stands in front; what is mentioned behind may be anything.
        let before = line.get(..(span.start as usize).saturating_sub(start)).unwrap_or("");
        let first = !before.contains(char::is_alphanumeric);
        let matrix = self.matrix && first && !line.starts_with('#') && !is_below_gaps(self.text, start);
        let told = matrix || row && self.is_table_of_tests(start) || self.about_tests && is_listed(line, before);
        let written = || first && line.starts_with('#') && writes_a_case(self.text.get(start + line.len()..).unwrap_or(""));
        if !self.code && (told || written()) { Seen::Here } else { Seen::Nowhere }
    }

    /// Whether the head of the table around a line speaks of tests.
    fn is_table_of_tests(&self, start: usize) -> bool {
        const STEMS: &[&str] = &["test", "scenario"];
        const WORDS: &[&str] = &["verification", "verified", "validated", "covered"];
        let above = self.text.get(..start).unwrap_or("");
        let rows = above.rsplit('\n').skip(1).take(ROWS).take_while(|line| line.trim_start().starts_with('|'));
        let head = rows.last().map(words).unwrap_or_default();
        let tests = head.split(' ').any(|word| STEMS.iter().any(|stem| word.starts_with(stem)));
        // A plan of tasks covers requirements by what is still to be done.
        let tasks = head.split(' ').any(|word| matches!(word, "task" | "tasks" | "milestone" | "sprint" | "phase"));
        tests || !tasks && head.split(' ').any(|word| WORDS.contains(&word))
    }

    /// Whether the place looks like a definition: a heading, an item, a row or a key begins with the name, and says more.
    pub(super) fn defines(&self, span: Span) -> Seen {
        let (_, line) = self.line(span);
        // A scenario may be the specification of what its title begins with.
        let scenario = self.feature && line.trim_start().starts_with("Scenario");
        let claimed = self.claimed.contains(self.text.get(span.range()).unwrap_or(""));
        let comment = self.data && line.trim_start().starts_with('#');
        if self.code && !scenario || claimed || comment { Seen::Nowhere } else { self.leads(span) }
    }

    /// Whether a heading, an item, a row or a key begins with a name, and says more.
    fn leads(&self, span: Span) -> Seen {
        if self.template {
            return Seen::Nowhere;
        }
        let (start, line) = self.line(span);
        let before = line.get(..(span.start as usize).saturating_sub(start)).unwrap_or("");
        let after = line.get((span.end() as usize).saturating_sub(start)..).unwrap_or("");
        let notation = |c: char| c.is_ascii_digit() || " \t#*-+|>`[\"'._~".contains(c);
        let before = behind_others(before);
        // Somewhere a line of prose goes on with any name.
        let goes_on = before.trim().is_empty()
            && !self
                .text
                .get(..start)
                .is_some_and(|above| above.is_empty() || above.ends_with("\n\n") || above.ends_with("\n\r\n"));
        let lead = before.trim_matches(notation).to_ascii_lowercase();
        let leads = lead.is_empty() || is_key(lead.trim_end_matches([':', ' ', '"', '\'', '*', '|']));
        let key = after.trim_end().trim_matches(['"', '\'']) == ":";
        let told = after.chars().filter(|c| c.is_alphabetic()).count() > 3 || !lead.is_empty();
        if leads && (key || told && !goes_on) { Seen::Here } else { Seen::Nowhere }
    }

    /// Whether the place may name a test: a text in code, as those have that a table registers.
    pub(super) fn tests(&self, span: Span) -> Seen {
        let quote = |c: Option<char>| c.is_some_and(|c| matches!(c, '"' | '\'' | '`'));
        let before = self.text.get(..span.start as usize).and_then(|text| text.chars().next_back());
        let after = self.text.get(span.end() as usize..).and_then(|text| text.chars().next());
        // A name that is formed like that of a test would have been found where it is one.
        let plain = !is_named_like_test(self.text.get(span.range()).unwrap_or(""));
        if self.code && (plain || quote(before) && quote(after)) { Seen::Here } else { Seen::Nowhere }
    }

    /// Whether the place may describe a test case: in code as for a test, in a document as for a definition.
    pub(super) fn describes(&self, span: Span) -> Seen {
        let cites = self.rows.iter().any(|row| row.contains(span));
        match self.code {
            true => self.tests(span),
            false if cites => Seen::Nowhere,
            false => self.leads(span),
        }
    }
}

/// The identifiers that stand in the text of a mention: of a range its ends.
fn written(mention: &Mention) -> SmallVec<[&str; 2]> {
    match &mention.name {
        Name::One(id) => smallvec![id.as_str()],
        Name::Prefix(id) => smallvec![id.as_str()],
        Name::Range(ends) => smallvec![ends.0.as_str(), ends.1.as_str()],
    }
}

/// Whether a place names the test that a comment declares, `[[ itest~opens, It opens, itest ]]`.
pub(super) fn is_declared(text: &str, span: Span) -> bool {
    text.get(..span.start as usize).is_some_and(|lead| lead.trim_end_matches(' ').ends_with("[["))
}

/// Whether a place stands in a heading of a document below which test cases are written.
pub(super) fn heads_cases(text: &str, span: Span) -> bool {
    let start = text.get(..span.start as usize).and_then(|text| text.rfind('\n')).map_or(0, |at| at + 1);
    let line = text.get(start..).and_then(|rest| rest.lines().next()).unwrap_or("");
    line.starts_with('#') && writes_a_case(text.get(start + line.len()..).unwrap_or(""))
}

/// Whether a test case is written out below a heading, by the key of its number: "Test ID: TC-7".
fn writes_a_case(below: &str) -> bool {
    /// So many lines below a heading are looked at.
    const LINES: usize = 60;
    const KEYS: &[&str] = &["test id", "test case id", "test case", "tc id", "testcase id", "testcase"];
    let section = below.lines().skip(1).take(LINES).take_while(|line| !line.starts_with('#'));
    let mut fields = section.filter_map(|line| line.split_once(':'));
    fields.any(|(key, value)| {
        let number = value.trim_start_matches(['*', '_', '`', ' ']).split_whitespace().next().unwrap_or("");
        let numbered = number.contains(|c: char| c.is_ascii_digit()) && number.contains(char::is_uppercase);
        numbered && key.len() < 40 && KEYS.contains(&words(key).as_str())
    })
}

/// Whether a document speaks of tests by its name: a test specification, a verification procedure, properties to be tested.
fn is_about_tests(title: &str, path: &str) -> bool {
    const STEMS: &[&str] =
        &["test", "verif", "valid", "qualif", "prüf", "essai", "prueba", "ensaio", "テスト", "试", "試験", "시험"];
    const WORDS: &[&str] = &["uat", "oq", "iq", "pq", "properties", "scenarios", "checklist", "vcrm", "svcp"];
    let name = path.rsplit('/').next().unwrap_or(path);
    words(&format!("{title} {name}"))
        .split(' ')
        .any(|word| WORDS.contains(&word) || STEMS.iter().any(|stem| word.starts_with(stem)))
}

/// Whether a name begins a cell or an item, or follows a key, `**Covers:** ID`; in a sentence it may stand for anything.
fn is_listed(line: &str, before: &str) -> bool {
    let lead = line.trim_start();
    let begins = !before.contains(char::is_alphabetic) && lead.starts_with(['-', '*', '+']);
    let key = before.split_once(':').is_some_and(|(key, rest)| {
        words(key).split(' ').count() <= 4 && behind_others(rest).trim_matches([' ', '*', '`']).is_empty()
    });
    // In a cell that is a sentence as well.
    let cell = before.rsplit('|').next().unwrap_or(before);
    let row = lead.starts_with('|') && behind_others(cell).trim_matches([' ', '*', '`', '[', '(']).is_empty();
    row || begins || key
}

/// What stands in front of a name without other names that are listed before it: of `N-1/N-2` the second begins as well.
fn behind_others(before: &str) -> &str {
    let mut rest = before;
    loop {
        let glue = rest.trim_end_matches([' ', ',', '/', '&', '+', '`', '*', '–', '.']);
        let start = glue
            .rfind(|c: char| !(c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.')))
            .map_or(0, |at| at + glue.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8));
        let last = glue.get(start..).unwrap_or("");
        let named = last.contains('-') && last.bytes().any(|byte| byte.is_ascii_digit()) && last.starts_with(char::is_alphabetic);
        if glue.len() == rest.len() || !named {
            return rest;
        }
        rest = rest.get(..start).unwrap_or("");
    }
}

/// Whether the cell at a place of a row holds names and nothing else: `I2, I4`.
fn is_list_of_names(row: &str, at: usize) -> bool {
    let (before, after) = (row.get(..at).unwrap_or(""), row.get(at..).unwrap_or(""));
    let from = before.rfind('|').map_or(0, |bar| bar + 1);
    let to = at + after.find('|').unwrap_or(after.len());
    let cell = row.get(from..to).unwrap_or("");
    let mut words = cell.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '_' | '.'))).filter(|word| !word.is_empty());
    row.contains('|') && words.all(|word| word.contains(|c: char| c.is_ascii_digit()))
}

/// Whether the words in front of a name say that it is the identifier of what follows.
fn is_key(lead: &str) -> bool {
    matches!(lead, "id" | "name" | "key" | "identifier" | "scenario" | "scenario outline") || lead.ends_with(" id")
}

/// Whether a place in a line of code lies in a text that is no title of a test: there the name is data.
fn is_data(line: &str, at: usize) -> bool {
    const TITLES: &[&str] = &["describe", "context", "suite", "it", "test", "specify", "scenario", "TEST_CASE", "SCENARIO"];
    let before = line.get(..at).unwrap_or("");
    let comment = ["//", "# ", "/*", "\"\"\""].iter().any(|mark| before.contains(mark));
    let quoted = ['"', '\'', '`'].iter().any(|quote| before.matches(*quote).count() % 2 == 1);
    let word = line.trim_start().split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or("");
    quoted && !comment && !TITLES.contains(&word)
}

/// Whether a place in a source stands in a block comment that puts code aside: what is written there runs nowhere.
fn is_put_aside(text: &str, span: Span) -> bool {
    /// A block is looked for so far above a place, and so many lines of it are looked at.
    const REACH: usize = 32_000;
    const LINES: usize = 400;
    /// So many lines that end as those of code do are no prose.
    const CODE: usize = 3;
    let (bytes, at) = (text.as_bytes(), span.start as usize);
    let near = at.saturating_sub(REACH);
    let before = bytes.get(near..at).unwrap_or_default();
    let Some(open) = memchr::memmem::rfind(before, b"/*") else { return false };
    let inside = before.get(open..).unwrap_or_default();
    // A comment of documentation may hold an example.
    if memchr::memmem::find(inside, b"*/").is_some() || inside.starts_with(b"/**") || inside.starts_with(b"/*!") {
        return false;
    }
    let rest = bytes.get(near + open..).unwrap_or_default();
    let block = rest.get(..memchr::memmem::find(rest, b"*/").unwrap_or(rest.len())).unwrap_or_default();
    let code = |line: &&[u8]| {
        line.trim_ascii_end().ends_with(b"{") || line.trim_ascii_end().ends_with(b";") || line.trim_ascii() == b"}"
    };
    block.split(|byte| *byte == b'\n').take(LINES).filter(code).take(CODE).count() == CODE
}

/// Whether a line of a document stands below a heading, or in a paragraph, that speaks of gaps.
fn is_below_gaps(text: &str, start: usize) -> bool {
    /// A heading is looked for so far above, and a paragraph is so long at most.
    const REACH: usize = 4_000;
    const PARAGRAPH: usize = 600;
    let mut from = start.saturating_sub(REACH);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let above = text.get(from..start).unwrap_or("");
    let lacks = |line: &str| {
        let said = words(line);
        is_open(line) || ["not yet written", "untestable", "without tests", "without a test"].iter().any(|gap| said.contains(gap))
    };
    let heading = above.lines().rev().find(|line| line.starts_with('#'));
    let lead = above.rsplit("\n\n").next().unwrap_or("");
    let lead = if lead.trim().is_empty() { above.trim_end().rsplit("\n\n").next().unwrap_or("") } else { lead };
    heading.is_some_and(lacks) || lead.len() <= PARAGRAPH && !lead.trim_start().starts_with('|') && lead.lines().any(lacks)
}

/// Whether a line says that something is still to be done. In a row such words count where a cell says little else: "Detect
/// missing links" is a title.
fn is_open(line: &str) -> bool {
    const SHORT: usize = 4;
    let open = |text: &str| {
        let said = words(text);
        ["todo", "fixme", "missing", "untested", "uncovered", "not tested", "not covered", "no test", "gap", "gaps"]
            .iter()
            .any(|open| format!(" {said} ").contains(&format!(" {open} ")))
    };
    match line.trim_start().starts_with('|') {
        true => line.split('|').filter(|cell| cell.split_whitespace().count() <= SHORT).any(open),
        false => open(line),
    }
}
