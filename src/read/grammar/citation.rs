//! Citations of tests in cells and attribute values.

mod around;
mod behind;
mod braces;
mod breaks;
mod command;
mod file_beside;
mod pieces;
mod ranges;
mod shapes;
mod single;

use crate::model::citation::{Citation, Target, TestName};
use crate::model::vocabulary;
use crate::read::grammar::struck::without_struck;
use crate::read::markdown::inline;
use crate::source::Span;
use around::{
    alone, among_words, bracketed, follows, in_code, in_command, in_long_sentence, in_review, in_search, in_sentence, is_task,
};
use pest::Parser;
use pest::iterators::Pair;
use rules::{Citations, Rule};
use shapes::{clean_path, hump, is_data, may_hold_tests};
pub use shapes::{is_file_name, is_source_extension, is_suite, looks_like_test};
use single::{node_id, robot};

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
    if cell.contains("<wbr") {
        return breaks::without(cell, base, |shown| unbroken(shown, 0, expect));
    }
    unbroken(cell, base, expect)
}

fn unbroken(cell: &str, base: usize, expect: Expect) -> Vec<Citation> {
    if let Some(citation) = node_id(cell, base).or_else(|| robot(cell, base)) {
        return vec![citation];
    }
    if is_remark(cell) {
        return Vec::new();
    }
    let mut shown = without_struck(cell);
    let found = braces::take(&mut shown, base, expect);
    let mut reader = Reader { base, expect, segment: found.len(), found, ..Reader::default() };
    let mut commands = Vec::new();
    let rest = command::take(&shown, base, &mut commands);
    reader.read(rest.as_deref().unwrap_or(&shown));
    reader.found.sort_by_key(|citation| citation.span.start);
    behind::bind(&shown, base, &mut reader.found);
    ranges::fill(&shown, base, &mut reader.found);
    if !commands.is_empty() {
        reader.found.append(&mut commands);
        reader.found.sort_by_key(|citation| citation.span);
    }
    reader.finish(&shown);
    reader.found
}

/// A cell that says "none" and why: `— *(untested; see ADR-7)*`.
fn is_remark(cell: &str) -> bool {
    let cell = cell.trim().trim_matches(['*', '_']);
    let Some(rest) = ["—", "–", "-", "none", "None", "N/A", "n/a"].iter().find_map(|none| cell.strip_prefix(none)) else {
        return false;
    };
    // "- (unit) test_a" is an item of a list: only what stands in the brackets to the end is a remark.
    let remark = rest.trim_start().trim_start_matches(['*', '_']);
    remark.starts_with('(') && remark.find(')') == Some(remark.len() - 1)
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
            Rule::directory => match ranges::slashed(item.as_str()) {
                Some(ids) => ids.into_iter().for_each(|id| self.push(span, Target::CaseId(id))),
                None => self.named(item, span),
            },
            _ => self.named(item, span),
        }
    }

    fn named(&mut self, item: &Pair<'_, Rule>, span: Span) {
        self.turn_to(item);
        if pieces::is_cut(item) {
            self.push(span, Target::Elided);
        } else if let Some(target) = self.target(item) {
            let (target, leans) = pieces::leaning(target, self.found.last());
            // "(smoke TestClient)": what a remark calls so may be a part of a library.
            let remarked = item.as_rule() == Rule::name && bracketed(item) && among_words(item);
            self.push(span, target);
            self.found.iter_mut().rev().take(1).for_each(|last| last.tentative |= remarked || leans);
        } else if let Some(target) = noted(item) {
            self.found.push(Citation { tentative: true, ..Citation::new(span, target) });
        }
    }

    /// Forgets the file where the words in front speak of another platform: "`test_a.py::test_b`, iOS `testC`".
    fn turn_to(&mut self, item: &Pair<'_, Rule>) {
        const PLATFORMS: &[&str] = &[
            "android", "backend", "c++", "desktop", "e2e", "frontend", "ios", "java", "kotlin", "mobile", "python", "rust",
            "server", "swift", "web",
        ];
        let Some(last) = self.found.last().filter(|_| self.file.is_some()) else { return };
        let end = last.span.end() as usize - self.base;
        let between = item.get_input().get(end..item.as_span().start()).unwrap_or("").to_lowercase();
        let words = || between.split(|c: char| !c.is_alphanumeric() && c != '+').filter(|word| !word.is_empty());
        // A sentence that tells what the tests of a file do is over: "`test_a.py` seeds the ledger twice; `test_b` reads it".
        let told = between.contains([';', '.']) && words().filter(|word| word.len() > 2).count() > 2;
        if told || words().any(|word| PLATFORMS.contains(&word)) {
            self.file = None;
        }
    }

    fn push(&mut self, span: Span, target: Target) {
        match &target {
            Target::Test(name) if name.file.is_some() => self.file.clone_from(&name.file),
            Target::File { path, .. } => self.file = may_hold_tests(path).then(|| path.clone()),
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
        let joined = ranges::lists(between) || ranges::is_sign(between);
        let stem = id.trim_end_matches(|c: char| c.is_ascii_digit());
        let number = item.as_str().trim_start_matches('-');
        if joined && id.len() - stem.len() == number.len() {
            let id = format!("{stem}{number}");
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
            Rule::told_node => {
                let (file, title) = (inner.next()?, inner.next()?);
                let mut scope: Vec<String> = title.as_str().split("::").map(|part| part.trim().to_owned()).collect();
                let name = scope.pop()?;
                Some(Target::Test(TestName { file: Some(clean_path(file.as_str())), scope, name, ..TestName::default() }))
            }
            Rule::go_node => {
                let (file, name, case) = (inner.next()?, inner.next()?, inner.next()?);
                let [name, case] = [name, case].map(|part| part.as_str().to_owned());
                let file = Some(clean_path(file.as_str()));
                Some(Target::Test(TestName { file, name, params: Some(case), ..TestName::default() }))
            }
            Rule::gtest_node | Rule::gtest_case | Rule::gtest_typed => pieces::gtest(inner),
            // In a sentence such a pattern, and a file that is no source, is what the product reads or writes.
            Rule::file if is_data(text) && in_long_sentence(item) && !in_code(item) => None,
            Rule::file | Rule::folder | Rule::directory | Rule::dotted if in_search(item) => None,
            // A review looks at code, and names it.
            Rule::dotted if in_review(item) && !inner.clone().any(|part| looks_like_test(part.as_str())) => None,
            Rule::file if text.contains(['*', '…']) => Some(Target::Glob(text.replace('…', "**"))),
            Rule::file => Some(Target::File { path: clean_path(text), lines: Vec::new(), count: None }),
            // `/api/runs/draft` is a route of a service.
            Rule::folder | Rule::directory
                if item.get_input().get(..item.as_span().start()).is_some_and(|b| b.ends_with('/')) =>
            {
                None
            }
            Rule::folder => pieces::folder(text),
            Rule::subtest => {
                let mut parts: Vec<String> = inner.map(|part| part.as_str().to_owned()).collect();
                let name = parts.pop()?;
                Some(Target::Test(TestName { scope: parts, name, ..TestName::default() }))
            }
            Rule::sharp | Rule::dotted => dotted(inner),
            Rule::scoped | Rule::module => scoped(inner),
            // Outside of code marks "e2e/schema tests" is prose, unless there is such a folder.
            Rule::directory if !in_code(item) => pieces::folder(&format!("{text}/")).map(|_| Target::Glob(clean_path(text))),
            Rule::directory => pieces::folder(&format!("{text}/")),
            Rule::follower => {
                let name = parts(inner)?;
                let file = self.file.clone();
                Some(Target::Test(TestName { inherited: file.is_some(), file, ..name }))
            }
            Rule::case_pattern | Rule::dotted_case => pieces::case_pattern(item),
            Rule::case if is_suite(text) => Some(Target::CaseId(text.to_owned())),
            Rule::case if pieces::is_variable(text) => None,
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
        let composed = name.trim_matches('_').contains('_') || hump(name) || many && name.ends_with('_');
        // In brackets behind a file stand notes about it: `OrderTest.php` (checks `id_map`).
        let noted = bracketed(item) && rule != Rule::called
            || self.expect == Expect::Anything
                && (in_sentence(item) || in_command(item) || rule == Rule::name && among_words(item) || pieces::is_told_of(item));
        if is_task(item) || pieces::is_kind(name) {
            return None;
        }
        let taken = looks_like_test(name)
            || file_beside::is_word_of(item, name, self.found.last(), (self.file.as_ref(), self.base))
            || !noted
                && composed
                && !in_review(item)
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

fn node(item: &Pair<'_, Rule>) -> Option<Target> {
    let mut inner = item.clone().into_inner();
    let file = clean_path(inner.next()?.as_str());
    let rest = inner.next()?;
    let kind = rest.as_rule();
    // Behind a document stand a heading or a date: `notes.md#limits`, `notes.md:2026-07-04`.
    let document =
        file.rsplit_once('.').is_some_and(|(_, extension)| matches!(extension, "md" | "rst" | "adoc" | "txt" | "html"));
    if kind == Rule::lines || document {
        let mut lines: Vec<u32> = rest.into_inner().filter_map(|line| line.as_str().parse().ok()).collect();
        if document && !lines.is_sorted() {
            lines.clear();
        }
        return Some(Target::File { path: file, lines, count: None });
    }
    // "`login.tsx`: lazy loading" is a word about the file.
    let apart = kind == Rule::anchor && rest.as_str().starts_with([':', '#']) && rest.as_str().contains(' ');
    let name = parts(rest.into_inner())?;
    let apart = apart && !file_beside::is_anchored(item, &file);
    if apart && !looks_like_test(&name.name) && !name.name.contains('_') && !hump(&name.name) {
        return Some(Target::File { path: file, lines: Vec::new(), count: None });
    }
    // `test_a.py::test_stop_*` is some of its tests, `test_a.py::*` all of them.
    let begins = name.name.strip_suffix('*').is_some_and(|begin| !begin.is_empty() && !begin.contains('*'));
    if name.name.contains('*') && !begins {
        return Some(Target::File { path: file, lines: Vec::new(), count: None });
    }
    Some(Target::Test(TestName { file: Some(file), ..name }))
}

/// The parts of a name in their order: scopes, the name itself and at last the case of a parametrised test.
fn parts(inner: pest::iterators::Pairs<'_, Rule>) -> Option<TestName> {
    let mut name = TestName::default();
    for part in inner {
        match part.as_rule() {
            Rule::params => name.params = part.into_inner().next().map(|inner| inner.as_str().to_owned()),
            Rule::starred_dot => name.scope.push(String::from("*")),
            Rule::many => name.scope.iter_mut().rev().take(1).for_each(|last| last.push('*')),
            _ => name.scope.push(part.as_str().trim().to_owned()),
        }
    }
    name.name = name.scope.pop()?;
    Some(name)
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
    let name = parts(inner)?;
    let all = name.name == "*";
    let each = || name.scope.iter().chain([&name.name]);
    let plain = !all && each().any(|part| part.len() < 3);
    let testing = all || each().any(|part| looks_like_test(part)) || hump(&name.name) || name.name.contains('_');
    (!plain && testing).then_some(Target::Test(name))
}

/// A composed name between code marks that stands in a note or a sentence: a test, if there is one of that name.
fn noted(item: &Pair<'_, Rule>) -> Option<Target> {
    if !matches!(item.as_rule(), Rule::coded | Rule::called) || in_command(item) {
        return None;
    }
    let name = item.clone().into_inner().next()?.as_str().to_owned();
    let composed = name.trim_matches('_').contains('_');
    composed.then(|| Target::Test(TestName { name, ..TestName::default() }))
}

fn words_beside(segment: &str, citation: &Citation, segment_base: usize) -> Option<String> {
    let start = (citation.span.start as usize).checked_sub(segment_base)?;
    let end = start + citation.span.len as usize;
    let beside = format!("{} {}", segment.get(..start)?, segment.get(end..)?);
    vocabulary::levels(&beside).first().map(|level| level.name().to_owned())
}
