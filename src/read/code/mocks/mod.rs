//! Mocks: what a test puts in the place of the real thing.
//!
//! A replacement counts only where it holds for sure: while the test runs, and unless the test uses the real thing as well.

mod managed;
mod python;
mod script;

use super::Language;
use super::mask::{Masked, is_word};
use super::oracle::meaning::Use;
use crate::model::replaced::{Replaced, Subject};
use crate::model::test_case::{Kind, TestCase};
use crate::source::{Span, Text};
use rustc_hash::{FxHashMap, FxHashSet};

/// Words without which nothing is replaced.
const WORDS: &[&str] = &["patch", "setattr", "mock", "Mock", "spyOn", "sinon", "proxyquire", "td.replace"];

/// The words of one call or one block are looked for no farther than this.
const FAR: usize = 16_384;

/// Whether a text has a word by which tests replace things.
pub fn may_replace(text: &str) -> bool {
    WORDS.iter().any(|word| memchr::memmem::find(text.as_bytes(), word.as_bytes()).is_some())
}

/// What each of the tests with these positions replaces.
pub fn replaced(language: Language, text: &Text, tests: &[TestCase], wanted: &[u32]) -> Vec<Vec<Replaced>> {
    let masked = Masked::new(text.as_str(), &language.row().syntax);
    let file = File::new(language, &masked, tests);
    let sites = match language {
        Language::Python => python::sites(&file),
        Language::JavaScript => script::sites(&file),
        Language::Java | Language::Kotlin => managed::sites(&file),
        _ => Vec::new(),
    };
    let sites = sites.into_iter().map(|site| (site.innermost(tests), site));
    // Those within tests stand in their order; few hold for more than one test.
    let (mut own, shared): (Vec<_>, Vec<_>) = sites.partition(|(item, _)| item.is_some_and(|item| item.kind == Kind::Test));
    own.sort_by_key(|(_, site)| site.at.0);
    wanted.iter().map(|at| file.of(&own, &shared, *at)).collect()
}

/// What a file of Python imports, by the names under which it does, as dotted paths; dots in front lead up from its folder.
pub fn imports(text: &Text) -> FxHashMap<String, String> {
    let masked = Masked::new(text.as_str(), &Language::Python.row().syntax);
    let found = python::imports(&File::new(Language::Python, &masked, &[]));
    found.into_iter().map(|(name, path)| (name.to_owned(), path)).collect()
}

/// What a file of JavaScript has from modules: the name that it uses, the module, and the name there, if it is not all of it.
pub(super) fn bound(text: &Text) -> Vec<(String, String, Vec<String>)> {
    let masked = Masked::new(text.as_str(), &Language::JavaScript.row().syntax);
    let found = script::names(&File::new(Language::JavaScript, &masked, &[]));
    found.into_iter().map(|(name, (path, names))| (name.to_owned(), path, names)).collect()
}

/// One place at which something is replaced.
struct Site {
    /// The words that do it.
    at: (usize, usize),
    /// The part of them that names the subject.
    named: (usize, usize),
    /// Where it ends, if that is before the test ends.
    until: Option<usize>,
    /// The name by which the real thing would be used besides; empty where that was ruled out.
    word: String,
    /// A variable without which the test has nothing of it.
    variable: Option<String>,
    subject: Subject,
}

impl Site {
    /// The innermost item around it.
    fn innermost<'m>(&self, tests: &'m [TestCase]) -> Option<&'m TestCase> {
        tests.iter().filter(|one| within(self.at.0, range(one))).min_by_key(|one| one.body.len)
    }
}

/// A place with the innermost item around it.
type Held<'t> = (Option<&'t TestCase>, Site);

/// A file with the tests that are asked for.
struct File<'m> {
    language: Language,
    masked: &'m Masked<'m>,
    tests: &'m [TestCase],
    fixtures: Vec<&'m TestCase>,
    helpers: FxHashMap<&'m str, Vec<&'m TestCase>>,
}

/// The bytes of a test or of something around it.
fn range(item: &TestCase) -> (usize, usize) {
    (item.body.start as usize, item.body.end() as usize)
}

fn within(at: usize, (from, to): (usize, usize)) -> bool {
    from <= at && at < to
}

impl<'m> File<'m> {
    fn new(language: Language, masked: &'m Masked<'m>, tests: &'m [TestCase]) -> Self {
        let mut helpers: FxHashMap<&str, Vec<&TestCase>> = FxHashMap::default();
        for helper in tests.iter().filter(|one| one.kind == Kind::Helper) {
            helpers.entry(helper.name.as_str()).or_default().push(helper);
        }
        let fixtures = tests.iter().filter(|one| one.kind == Kind::Fixture).collect();
        Self { language, masked, tests, fixtures, helpers }
    }

    fn text(&self, from: usize, to: usize) -> &'m str {
        self.masked.text.get(from..to).unwrap_or("")
    }

    fn code(&self, from: usize, to: usize) -> &[u8] {
        self.masked.code.get(from..to).unwrap_or_default()
    }

    /// The words of code between two offsets.
    fn words(&self, from: usize, to: usize) -> impl Iterator<Item = Use<'m>> {
        let mut at = from;
        std::iter::from_fn(move || {
            let code = self.masked.code.get(at..to)?;
            let start = at + code.iter().position(|byte| is_word(*byte))?;
            at = self.masked.word_end(start).min(to);
            Some(Use::new(self.masked, start, at))
        })
    }

    fn all_words(&self) -> impl Iterator<Item = Use<'m>> {
        self.words(0, self.masked.code.len())
    }

    /// The arguments of a call whose name ends at `end`, as offsets without blanks, and just past its parenthesis.
    fn arguments(&self, end: usize) -> Option<(Vec<(usize, usize)>, usize)> {
        let open = self.masked.skip_space(end);
        let close = self.close(open).filter(|_| self.masked.at(open) == b'(')?;
        Some((self.items(open + 1, close - 1), close))
    }

    /// Just past the bracket that closes the one at an offset, if that is near.
    fn close(&self, open: usize) -> Option<usize> {
        let mut depth = 0usize;
        for (at, byte) in (open..).zip(self.code(open, (open + FAR).min(self.masked.code.len()))) {
            match byte {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => depth = depth.checked_sub(1)?,
                _ => continue,
            }
            if depth == 0 {
                return Some(at + 1);
            }
        }
        None
    }

    /// What commas part between two offsets, brackets apart.
    fn items(&self, from: usize, to: usize) -> Vec<(usize, usize)> {
        let (mut found, mut depth, mut start) = (Vec::new(), 0usize, from);
        let mut add = |start: usize, end: usize| {
            let code = self.code(start, end);
            let trimmed = code.trim_ascii();
            let lead = code.len() - code.trim_ascii_start().len();
            if !trimmed.is_empty() {
                found.push((start + lead, start + lead + trimmed.len()));
            }
        };
        for (at, byte) in (from..to).zip(self.code(from, to)) {
            match byte {
                b'(' | b'[' | b'{' => depth += 1,
                b')' | b']' | b'}' => depth = depth.saturating_sub(1),
                b',' if depth == 0 => {
                    add(start, at);
                    start = at + 1;
                }
                _ => {}
            }
        }
        add(start, to);
        found
    }

    /// The content of a string that is all of an argument.
    fn string(&self, (from, to): (usize, usize)) -> Option<&'m str> {
        let literal = self.masked.literal(from).filter(|literal| literal.end as usize == to)?;
        Some(self.masked.slice(literal.inner, literal.inner_end))
    }

    /// The word that ends before an offset, blanks and one of these signs between.
    fn word_before(&self, at: usize, sign: u8) -> Option<&'m str> {
        let code = self.code(0, at).trim_ascii_end().strip_suffix(&[sign])?.trim_ascii_end();
        let start = code.iter().rposition(|byte| !is_word(*byte)).map_or(0, |n| n + 1);
        Some(self.text(start, code.len())).filter(|word| !word.is_empty())
    }

    /// What a test replaces.
    fn of(&self, own: &[Held<'_>], shared: &[Held<'_>], at: u32) -> Vec<Replaced> {
        let Some(test) = self.tests.get(at as usize) else { return Vec::new() };
        let (from, to) = range(test);
        let first = own.partition_point(|(_, site)| site.at.0 < from);
        let own = own.iter().skip(first).take_while(|(_, site)| site.at.0 < to);
        let mut sites = own.chain(shared).peekable();
        if sites.peek().is_none() {
            return Vec::new();
        }
        let around = self.around(test);
        let mut reach: Vec<&TestCase> = around.clone();
        reach.push(test);
        self.add_helpers(&mut reach);
        let holds = sites.filter(|(item, site)| self.holds(site, *item, test, &around)).map(|(_, site)| site);
        let kept = holds.filter(|site| !self.uses_real(site, test, &reach) && self.has_variable(site, &reach));
        kept.map(|site| Replaced { span: Span::new(site.at.0, site.at.1), subject: site.subject.clone() }).collect()
    }

    /// Set-up and fixtures that run for a test.
    fn around(&self, test: &TestCase) -> Vec<&'m TestCase> {
        let fixtures = || self.fixtures.iter().copied();
        let scope =
            |one: &TestCase| one.scope.len() <= test.scope.len() && one.scope.iter().zip(&test.scope).all(|(a, b)| a == b);
        let unnamed = |one: &TestCase| {
            let body = self.text(range(one).0, range(one).1);
            self.language != Language::Python || body.contains("autouse") || !body.trim_start().starts_with('@')
        };
        let mut found: Vec<&TestCase> = fixtures().filter(|one| scope(one) && unnamed(one)).collect();
        // What a test or a fixture names runs too.
        loop {
            let texts: Vec<(usize, usize)> = found.iter().map(|one| range(one)).chain([range(test)]).collect();
            let named = |one: &&TestCase| texts.iter().any(|(from, to)| has_word(self.text(*from, *to), one.name.as_str()));
            let known: FxHashSet<u32> = found.iter().map(|one| one.body.start).collect();
            let more: Vec<&TestCase> =
                fixtures().filter(|one| scope(one) && !known.contains(&one.body.start)).filter(named).collect();
            if more.is_empty() {
                return found;
            }
            found.extend(more);
        }
    }

    /// Adds the helpers of the file that are called by what is there.
    fn add_helpers(&self, reach: &mut Vec<&'m TestCase>) {
        let mut next = 0;
        while let Some((from, to)) = reach.get(next).map(|one| range(one)) {
            next += 1;
            let words: FxHashSet<&str> = self.words(from, to).map(|one| one.word).collect();
            // In the order of the file, so that nothing depends on how words are kept.
            let mut called: Vec<&TestCase> = words.iter().filter_map(|word| self.helpers.get(word)).flatten().copied().collect();
            called.sort_by_key(|helper| helper.body.start);
            for helper in called {
                if !reach.iter().any(|one| one.body == helper.body) {
                    reach.push(helper);
                }
            }
        }
    }

    /// Whether something is replaced while a test runs.
    fn holds(&self, site: &Site, innermost: Option<&TestCase>, test: &TestCase, around: &[&TestCase]) -> bool {
        let at = site.at.0;
        if within(at, range(test)) {
            return true;
        }
        match innermost {
            None => self.language != Language::Python,
            Some(item) if item.kind == Kind::Class => {
                let decorates = self.language != Language::Python || at < item.span.start as usize;
                decorates && within(test.span.start as usize, range(item))
            }
            Some(item) => around.iter().any(|one| one.body == item.body),
        }
    }

    /// Whether a test, or what runs for it, may use the real thing as well: by its bare name, which may have been bound
    /// before, in what is put in its place, or in the test before and after it is replaced.
    fn uses_real(&self, site: &Site, test: &TestCase, reach: &[&TestCase]) -> bool {
        let own = within(site.at.0, range(test)) && site.at.0 >= test.span.start as usize;
        let region = if own { (site.at.1, site.until.unwrap_or(usize::MAX)) } else { (0, usize::MAX) };
        let real = |one: &Use<'_>, bound: bool| {
            let labels = one.after == b'=' && matches!(one.before, b'(' | b',') && self.masked.at(one.end + 1) != b'=';
            let outside = within(one.at, range(test)) && !within(one.at, region);
            !labels && (!one.is_member && !bound || within(one.at, site.at) || outside && one.is_member)
        };
        let uses = |item: &&TestCase| {
            let bound = self.binds(item, &site.word);
            let mut words = self.words(range(item).0, range(item).1);
            words.any(|one| one.word == site.word && !within(one.at, site.named) && real(&one, bound))
        };
        !site.word.is_empty() && reach.iter().any(uses)
    }

    /// Whether a function gives a name a meaning of its own: as a parameter, or behind `as`.
    fn binds(&self, item: &TestCase, name: &str) -> bool {
        let parameters = self.arguments(item.span.end() as usize).map(|(parameters, _)| parameters).unwrap_or_default();
        let own = parameters.iter().any(|(from, to)| self.words(*from, *to).next().is_some_and(|one| one.word == name));
        let text = self.text(range(item).0, range(item).1);
        self.language == Language::Python && (own || has_word(text, &["as", name].join(" ")))
    }

    fn has_variable(&self, site: &Site, reach: &[&TestCase]) -> bool {
        let Some(variable) = &site.variable else { return true };
        let known = |item: &&TestCase| self.words(range(item).0, range(item).1).any(|one| one.word == variable);
        reach.iter().any(known)
    }
}

/// Whether a text has a word.
fn has_word(text: &str, word: &str) -> bool {
    let free = |byte: Option<&u8>| byte.is_none_or(|byte| !is_word(*byte));
    let bytes = text.as_bytes();
    memchr::memmem::find_iter(bytes, word)
        .any(|at| free(at.checked_sub(1).and_then(|before| bytes.get(before))) && free(bytes.get(at + word.len())))
}
