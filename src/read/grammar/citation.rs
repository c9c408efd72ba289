//! Citations of tests in cells and attribute values.

mod behind;
mod braces;

use crate::model::citation::{Citation, Target, TestName};
use crate::model::vocabulary;
use crate::read::grammar::struck::without_struck;
use crate::read::markdown::inline;
use crate::source::Span;
use pest::Parser;
use pest::iterators::Pair;
use rules::{Citations, Rule};

#[allow(missing_docs, unreachable_pub, reason = "the derive makes public items without documentation")]
mod rules {
    #[derive(pest_derive::Parser)]
    #[grammar = "../grammar/citation.pest"]
    pub(super) struct Citations;
}

/// What the column says about its cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Expect {
    /// Tests in any form; a lone word must look like a test.
    #[default]
    Anything,
    /// Names of tests: any function name counts.
    Names,
}

/// The citations in a cell; `base` is the offset of the cell.
///
/// A cell that names nothing readable gives one [`Target::Prose`].
pub fn citations(cell: &str, base: usize, expect: Expect) -> Vec<Citation> {
    if let Some(citation) = node_id(cell, base) {
        return vec![citation];
    }
    let mut shown = without_struck(cell);
    let found = braces::take(&mut shown, base, expect);
    let mut reader = Reader { base, expect, segment: found.len(), found, ..Reader::default() };
    reader.read(&shown);
    reader.finish(&shown);
    reader.found.sort_by_key(|one| one.span.start);
    behind::bind(&shown, base, &mut reader.found);
    reader.found
}

/// A cell that is one node id, `tests/test_x.py::test_y`, and nothing else: most cells of large matrices.
fn node_id(cell: &str, base: usize) -> Option<Citation> {
    let (file, name) = cell.split_once("::")?;
    let (_, extension) = file.rsplit_once('.')?;
    let word = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let folders =
        file.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'/' | b'.')) && !file.contains("..");
    if !(folders
        && file.starts_with(|c: char| c.is_ascii_alphanumeric())
        && matches!(extension, "py" | "rs" | "go" | "ts" | "js")
        && word(name))
    {
        return None;
    }
    let name = TestName { file: Some(file.to_owned()), name: name.to_owned(), ..TestName::default() };
    let span = Span::new(base, base + cell.len());
    Some(Citation::new(span, Target::Test(name)))
}

/// Whether a cell cites a test function or a test file, judged by form alone.
pub fn cites_tests(cell: &str) -> bool {
    citations(cell, 0, Expect::Anything).iter().any(|citation| match &citation.target {
        Target::Test(name) => name.file.is_some() || looks_like_test(&name.name),
        Target::File { path, .. } | Target::Glob(path) => {
            let path = path.to_lowercase();
            path.contains("test") || path.contains("spec") || path.ends_with(".feature") || path.ends_with(".robot")
        }
        _ => false,
    })
}

/// Whether a target is a source file, or a test in one, that is named like a test.
pub fn cites_test_file(target: &Target) -> bool {
    let path = match target {
        Target::Test(TestName { file: Some(path), .. }) | Target::File { path, .. } => path,
        _ => return false,
    };
    let documents = ["md", "json", "yaml", "yml", "toml", "txt", "html"];
    let source = path.rsplit_once('.').is_some_and(|(_, ext)| is_source_extension(ext) && !documents.contains(&ext));
    let path = path.to_lowercase();
    source && (path.contains("test") || path.contains("spec"))
}

/// Whether a file extension, without its dot, is one of source code.
pub fn is_source_extension(extension: &str) -> bool {
    const SOURCE: &[&str] = &[
        "py", "rs", "ts", "tsx", "js", "jsx", "mjs", "cjs", "java", "kt", "c", "cc", "cpp", "cxx", "h", "hpp", "go", "cs", "jl",
        "robot", "feature", "R", "sh", "rb", "php", "swift", "dart", "move", "md", "json", "yaml", "yml", "toml", "txt", "html",
    ];
    SOURCE.contains(&extension)
}

#[derive(Default)]
struct Reader {
    base: usize,
    expect: Expect,
    found: Vec<Citation>,
    /// The file or module of the last citation, which bare names inherit.
    file: Option<String>,
    /// Where the current segment of the cell begins in `found`.
    segment: usize,
    segment_start: usize,
    elided: bool,
}

impl Reader {
    fn read(&mut self, cell: &str) {
        let Some(pair) = Citations::parse(Rule::cell, cell).ok().and_then(|mut pairs| pairs.next()) else { return };
        for item in pair.into_inner() {
            if item.as_rule() == Rule::separator {
                self.close_segment(cell, item.as_span().start());
                self.segment_start = item.as_span().end();
            } else {
                self.item(&item);
            }
        }
        self.close_segment(cell, cell.len());
    }

    /// Words of a segment beside its citation may state a level: "integration test".
    fn close_segment(&mut self, cell: &str, end: usize) {
        let text = cell.get(self.segment_start..end).unwrap_or("");
        let fresh = self.found.get_mut(self.segment..).unwrap_or_default();
        if let [only] = fresh
            && let Some(level) = words_beside(text, only, self.base + self.segment_start)
        {
            only.level = Some(level);
        }
        self.segment = self.found.len();
    }

    fn item(&mut self, item: &Pair<'_, Rule>) {
        let span = item.as_span();
        let span = Span::new(self.base + span.start(), self.base + span.end());
        match item.as_rule() {
            Rule::link => self.link(item),
            Rule::commit => {
                if let (Some(last), Some(hash)) = (self.found.last_mut(), item.clone().into_inner().next()) {
                    last.commit = Some(hash.as_str().to_owned());
                }
            }
            Rule::outcome => {
                let follows = |last: &&mut Citation| follows(item, last.span.end() as usize - self.base);
                if let Some(last) = self.found.last_mut().filter(follows) {
                    last.outcome = Some(item.as_str().to_uppercase());
                }
            }
            Rule::elided => self.elided = true,
            Rule::padded => self.another_case(item, span),
            Rule::count => self.count(item),
            _ => {
                if let Some(target) = self.target(item) {
                    self.push(span, target);
                }
            }
        }
    }

    fn push(&mut self, span: Span, target: Target) {
        match &target {
            Target::Test(name) if name.file.is_some() => self.file.clone_from(&name.file),
            Target::File { path, .. } => self.file = Some(path.clone()),
            _ => {}
        }
        self.found.push(Citation::new(span, target));
    }

    /// `004` behind `TC-PAY-003` is a test case of the same family.
    fn another_case(&mut self, item: &Pair<'_, Rule>, span: Span) {
        let Some(last) = self.found.last() else { return };
        let Target::CaseId(id) = &last.target else { return };
        let end = last.span.end() as usize - self.base;
        let between = item.get_input().get(end..item.as_span().start()).unwrap_or("x");
        let joined = between.chars().all(|c| matches!(c, ' ' | ',' | ';' | '/' | '&')) && between.contains([',', ';', '/', '&']);
        let stem = id.trim_end_matches(|c: char| c.is_ascii_digit());
        if joined && id.len() - stem.len() == item.as_str().len() {
            let id = format!("{stem}{}", item.as_str());
            self.push(span, Target::CaseId(id));
        }
    }

    fn count(&mut self, item: &Pair<'_, Rule>) {
        let number = item.clone().into_inner().next().and_then(|number| number.as_str().parse().ok());
        if let Some(Target::File { count, .. }) = self.found.last_mut().map(|citation| &mut citation.target) {
            *count = number;
        }
    }

    /// The text of a link is read first; its target only if the text cites nothing.
    fn link(&mut self, item: &Pair<'_, Rule>) {
        let mut parts = item.clone().into_inner();
        let (Some(text), Some(target)) = (parts.next(), parts.next()) else { return };
        for part in [text, target] {
            let base = self.base + part.as_span().start();
            let inner = citations(part.as_str(), base, self.expect);
            let known: Vec<Citation> = inner.into_iter().filter(|one| !matches!(one.target, Target::Prose(_))).collect();
            if !known.is_empty() {
                for citation in known {
                    self.push(citation.span, citation.target);
                }
                return;
            }
        }
    }

    fn target(&self, item: &Pair<'_, Rule>) -> Option<Target> {
        let text = item.as_str();
        let mut inner = item.clone().into_inner();
        match item.as_rule() {
            Rule::node => node(item),
            Rule::file if text.contains(['*', '…']) => Some(Target::Glob(text.replace('…', "**"))),
            Rule::file => Some(Target::File { path: clean_path(text), lines: Vec::new(), count: None }),
            Rule::folder => folder(text),
            Rule::subtest => {
                let mut parts: Vec<String> = inner.map(|part| part.as_str().to_owned()).collect();
                let name = parts.pop()?;
                Some(Target::Test(TestName { scope: parts, name, ..TestName::default() }))
            }
            Rule::sharp | Rule::dotted => dotted(inner),
            Rule::scoped | Rule::module => scoped(inner),
            // Outside of code marks "e2e/schema tests" is prose, unless there is such a folder.
            Rule::directory if !in_code(item) => folder(&format!("{text}/")).map(|_| Target::Glob(clean_path(text))),
            Rule::directory => folder(&format!("{text}/")),
            Rule::follower => {
                let name = inner.next()?.as_str().to_owned();
                let file = self.file.clone();
                Some(Target::Test(TestName { inherited: file.is_some(), file, name, ..TestName::default() }))
            }
            Rule::case if text.bytes().any(|byte| byte.is_ascii_digit()) => {
                let cited = vocabulary::is_foreign(text) || !bracketed(item) && !in_long_sentence(item);
                cited.then(|| Target::CaseId(text.to_owned()))
            }
            Rule::quoted if self.file.is_none() && !alone(item) => None,
            Rule::quoted => {
                let name = inner.next()?.as_str().to_owned();
                let file = self.file.clone();
                Some(Target::Test(TestName { inherited: file.is_some(), file, name, ..TestName::default() }))
            }
            Rule::called | Rule::coded | Rule::name | Rule::case => self.bare(item, inner, text),
            _ => None,
        }
    }

    /// A lone word is a test if it looks like one, or if the column holds names.
    fn bare(&self, item: &Pair<'_, Rule>, mut inner: pest::iterators::Pairs<'_, Rule>, text: &str) -> Option<Target> {
        let rule = item.as_rule();
        let name = inner.next().map_or(text, |ident| ident.as_str());
        let rest = inner.next();
        let many = rest.as_ref().is_some_and(|rest| rest.as_rule() == Rule::many);
        let params = rest.and_then(|params| params.into_inner().next()).map(|inner| inner.as_str().to_owned());
        let composed = name.trim_matches('_').contains('_') || hump(name);
        // In brackets behind a file stand notes about it: `OrderTest.php` (checks `id_map`).
        let noted = bracketed(item) && rule != Rule::called
            || self.expect == Expect::Anything
                && (in_sentence(item) || in_command(item) || rule == Rule::name && among_words(item));
        let taken = looks_like_test(name)
            || !noted
                && composed
                && (self.expect == Expect::Names || self.file.is_some() || rule == Rule::called || rule == Rule::coded);
        if !taken {
            return None;
        }
        let file = self.file.clone();
        let name = if many { format!("{name}*") } else { name.to_owned() };
        Some(Target::Test(TestName { inherited: file.is_some(), file, name, params, ..TestName::default() }))
    }

    fn finish(&mut self, cell: &str) {
        if self.elided {
            let start = self.base + cell.len();
            self.push(Span::new(start, start), Target::Elided);
        }
        let plain = inline::plain(cell);
        if self.found.is_empty() && plain.chars().any(char::is_alphanumeric) {
            let start = self.base + (cell.len() - cell.trim_start().len());
            self.push(Span::new(start, start + cell.trim().len()), Target::Prose(plain));
        }
    }
}

/// Whether an item is the whole cell.
fn alone(item: &Pair<'_, Rule>) -> bool {
    item.get_input().trim() == item.as_str()
}

/// Whether an item stands in a sentence: more than a few plain words around it, outside of code and quotes.
fn in_sentence(item: &Pair<'_, Rule>) -> bool {
    let mut code = false;
    let plain: String = item
        .get_input()
        .chars()
        .filter(|c| {
            if *c == '`' {
                code = !code;
                false
            } else {
                !code
            }
        })
        .collect();
    plain
        .split_whitespace()
        .filter(|word| word.len() > 1 && word.chars().all(|c| c.is_lowercase() || c == ',' || c == '.'))
        .count()
        > 3
}

/// The words of letters only in a text, outside of code and without those that tell a level.
fn plain_words(text: &str) -> usize {
    let outside = text.split('`').step_by(2).flat_map(str::split_whitespace);
    outside
        .map(|word| word.trim_matches([',', '.', ':', ';', '(', ')', '*', '"', '-', '–', '—']))
        .filter(|word| word.chars().count() > 1 && word.chars().all(char::is_alphabetic))
        .filter(|word| !matches!(word.to_lowercase().as_str(), "unit" | "integration" | "system" | "test" | "tests"))
        .count()
}

/// Whether words that are no name stand beside an item between the separators of its list.
fn among_words(item: &Pair<'_, Rule>) -> bool {
    let (text, span) = (item.get_input(), item.as_span());
    let ends = |c: char| matches!(c, ',' | ';' | '\n' | '|');
    let from = text.get(..span.start()).and_then(|before| before.rfind(ends)).map_or(0, |at| at + 1);
    let to = text.get(span.end()..).and_then(|after| after.find(ends)).map_or(text.len(), |at| span.end() + at);
    let (before, after) = (text.get(from..span.start()).unwrap_or(""), text.get(span.end()..to).unwrap_or(""));
    plain_words(before) + plain_words(after) > 1
}

/// Whether an identifier is mentioned in passing: the cell has many more words than identifiers.
fn in_long_sentence(item: &Pair<'_, Rule>) -> bool {
    let text = item.get_input();
    let named = text.split_whitespace().filter(|word| word.contains('-') && word.contains(|c: char| c.is_ascii_digit())).count();
    plain_words(text) > 6 * named.max(1)
}

/// Whether an item stands between code marks.
fn in_code(item: &Pair<'_, Rule>) -> bool {
    code_around(item).is_some()
}

/// Whether an item is a word of a command: code of several words, of which the first is no test.
fn in_command(item: &Pair<'_, Rule>) -> bool {
    let name =
        |word: &str| word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ',' | ';' | '(' | ')' | ':' | '[' | ']'));
    code_around(item).is_some_and(|code| code.trim().contains(' ') && !code.split_whitespace().all(name))
}

/// The code in which an item stands.
fn code_around<'t>(item: &Pair<'t, Rule>) -> Option<&'t str> {
    let (text, span) = (item.get_input(), item.as_span());
    let before = text.get(..span.start())?;
    let open = before.rfind('`').filter(|_| before.matches('`').count() % 2 == 1)?;
    let rest = text.get(open + 1..)?;
    Some(rest.split('`').next().unwrap_or(rest))
}

/// Whether only blanks, code marks and a commit stand between the end of a citation and an item.
fn follows(item: &Pair<'_, Rule>, end: usize) -> bool {
    let between = item.get_input().get(end..item.as_span().start()).unwrap_or("x y z");
    between.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count() <= 1
}

/// Whether an item stands inside of round brackets of its cell.
fn bracketed(item: &Pair<'_, Rule>) -> bool {
    let before = item.get_input().get(..item.as_span().start()).unwrap_or("");
    before.matches('(').count() > before.matches(')').count()
}

fn node(item: &Pair<'_, Rule>) -> Option<Target> {
    let mut inner = item.clone().into_inner();
    let file = clean_path(inner.next()?.as_str());
    let rest = inner.next()?;
    let kind = rest.as_rule();
    if kind == Rule::lines {
        let lines = rest.into_inner().filter_map(|line| line.as_str().parse().ok()).collect();
        return Some(Target::File { path: file, lines, count: None });
    }
    let mut params = None;
    let mut parts = Vec::new();
    for part in rest.into_inner() {
        match part.as_rule() {
            Rule::params => params = part.into_inner().next().map(|inner| inner.as_str().to_owned()),
            _ => parts.push(part.as_str().trim().to_owned()),
        }
    }
    let name = parts.pop()?;
    if name.contains('*') {
        return Some(Target::File { path: file, lines: Vec::new(), count: None });
    }
    Some(Target::Test(TestName { file: Some(file), scope: parts, name, params, inherited: false }))
}

/// `module::name`: the first part is a module or file, the rest are scopes.
fn scoped(inner: pest::iterators::Pairs<'_, Rule>) -> Option<Target> {
    let mut name = TestName::default();
    for part in inner {
        match part.as_rule() {
            Rule::starred if part.as_str() == "*" => name.scope.iter_mut().rev().take(1).for_each(|last| last.push('*')),
            Rule::starred => name.scope.push(String::from("*")),
            Rule::params => name.params = part.into_inner().next().map(|inner| inner.as_str().to_owned()),
            _ => name.scope.push(part.as_str().to_owned()),
        }
    }
    name.name = name.scope.pop()?;
    name.file = Some(name.scope.remove(0));
    Some(Target::Test(name))
}

/// `Suite.Case` or `package.Class.method`; a version or an abbreviation is none.
fn dotted(inner: pest::iterators::Pairs<'_, Rule>) -> Option<Target> {
    let mut params = None;
    let mut parts = Vec::new();
    for part in inner {
        match part.as_rule() {
            Rule::params => params = part.into_inner().next().map(|inner| inner.as_str().to_owned()),
            Rule::starred_dot => parts.push(String::from("*")),
            _ => parts.push(part.as_str().to_owned()),
        }
    }
    let name = parts.pop()?;
    let all = name == "*";
    let plain = !all && parts.iter().chain([&name]).any(|part| part.len() < 3);
    let testing = all || parts.iter().chain([&name]).any(|part| looks_like_test(part)) || hump(&name) || name.contains('_');
    (!plain && testing).then_some(Target::Test(TestName { scope: parts, name, params, ..TestName::default() }))
}

fn folder(text: &str) -> Option<Target> {
    let lower = text.to_lowercase();
    let known = text.contains('*') || lower.contains("test") || lower.contains("spec/") || lower.contains("e2e/");
    known.then(|| {
        let path = clean_path(text);
        Target::Glob(if path.ends_with('/') { format!("{path}**") } else { path })
    })
}

fn clean_path(path: &str) -> String {
    let mut path = path.trim_start_matches("./");
    while let Some(shorter) = path.strip_prefix("../") {
        path = shorter;
    }
    path.trim_start_matches('/').to_owned()
}

/// Whether a name alone says that it is a test: `test_x`, `TestX`, `XTest`, `x_test`, `should_x`.
pub fn looks_like_test(name: &str) -> bool {
    let upper = |rest: &str| rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '_');
    let prefixed = ["test", "Test", "should", "Should"].iter().any(|lead| name.strip_prefix(lead).is_some_and(upper));
    let suffixed = ["Test", "Tests", "_test", "_tests", "Spec", "IT"]
        .iter()
        .any(|tail| name.strip_suffix(tail).is_some_and(|stem| stem.ends_with(|c: char| c.is_lowercase() || c.is_ascii_digit())));
    prefixed || suffixed
}

/// Whether a name is composed by capitals: `rejectsUnknownUser`, but not `iOS`.
fn hump(name: &str) -> bool {
    !name.ends_with("OS")
        && name.as_bytes().windows(2).any(|pair| matches!(pair, [a, b] if a.is_ascii_lowercase() && b.is_ascii_uppercase()))
}

fn words_beside(segment: &str, citation: &Citation, segment_base: usize) -> Option<String> {
    let start = (citation.span.start as usize).checked_sub(segment_base)?;
    let end = start + citation.span.len as usize;
    let beside = format!("{} {}", segment.get(..start)?, segment.get(end..)?);
    vocabulary::levels(&beside).first().map(|level| level.name().to_owned())
}
