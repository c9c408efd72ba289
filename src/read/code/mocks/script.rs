//! JavaScript and TypeScript: Jest, Vitest, Jasmine, Sinon, testdouble and proxyquire.

use super::super::mask::is_word;
use super::super::oracle::meaning::Use;
use super::{File, Site, Subject};
use rustc_hash::{FxHashMap, FxHashSet};

/// What makes a spy a stand-in.
const STUBS: &[&str] = &["mockImplementation", "mockReturnValue", "mockResolvedValue", "mockRejectedValue", "mockReturnThis"];

/// What makes a spy of Jasmine a stand-in.
const JASMINE: &[&str] = &["returnValue", "returnValues", "callFake", "throwError", "resolveTo", "rejectWith", "stub"];

/// What brings the real module back, wherever it stands.
const ACTUAL: &[&str] = &["requireActual", "importActual", "importOriginal", "unmock", "doUnmock", "dontMock"];

/// What lets a stub do the real thing.
const REAL: &[&str] = &["mockRestore", "callThrough", "passThrough"];

/// A name of the file: the module that it comes from, and the names in it.
type Bound = (String, Vec<String>);

/// What a file says that bears on all of its mocks.
struct Known<'m> {
    names: FxHashMap<&'m str, Bound>,
    /// Where the real module is brought back.
    actual: Vec<usize>,
    /// Whether a stub is let do the real thing.
    real: bool,
    /// Variables of spies that are told what to do.
    told: FxHashSet<&'m str>,
}

pub(super) fn sites(file: &File<'_>) -> Vec<Site> {
    let words = || file.all_words();
    let known = Known {
        names: names(file),
        actual: words().filter(|one| ACTUAL.contains(&one.word)).map(|one| one.at).collect(),
        real: words().any(|one| REAL.contains(&one.word)),
        told: words().filter(|one| STUBS.contains(&one.word)).map(|one| one.owner).collect(),
    };
    words().flat_map(|one| replaces(file, &known, &one)).collect()
}

fn replaces(file: &File<'_>, known: &Known<'_>, one: &Use<'_>) -> Vec<Site> {
    if one.after != b'(' {
        return Vec::new();
    }
    let of = |owners: &[&str]| owners.contains(&one.owner);
    let runner = of(&["jest", "vi", "vitest"]);
    let sinon = of(&["sinon", "sandbox", "sb", "td"]);
    let wanted = match one.word {
        "mock" | "doMock" | "unstable_mockModule" => runner,
        "spyOn" => runner || !one.is_member,
        "stub" | "replace" => sinon,
        "proxyquire" => !one.is_member,
        _ => false,
    };
    let Some((arguments, close)) = file.arguments(one.end).filter(|_| wanted) else { return Vec::new() };
    let at = (one.at, close);
    let Some(first) = arguments.first().copied() else { return Vec::new() };
    let second = arguments.get(1).copied();
    match one.word {
        "proxyquire" => loaded(file, at, first, second),
        "mock" | "doMock" | "unstable_mockModule" => module(file, known, at, (first, second)),
        "replace" if second.is_none() || file.string(first).is_some() => module(file, known, at, (first, None)),
        _ => member(file, known, one, at, (first, second)).into_iter().collect(),
    }
}

fn site(at: (usize, usize), word: &str, path: &str, names: Vec<String>) -> Site {
    let subject = Subject::Module { path: path.to_owned(), names };
    Site { at, named: at, until: None, word: word.to_owned(), variable: None, subject }
}

/// `jest.mock('./oven')`, `vi.mock(import('./oven'), () => ({ heat: vi.fn() }))`.
fn module(
    file: &File<'_>,
    known: &Known<'_>,
    at: (usize, usize),
    (first, factory): ((usize, usize), Option<(usize, usize)>),
) -> Vec<Site> {
    let inner = file.code(first.0, first.1).starts_with(b"import").then(|| file.arguments(first.0 + "import".len())).flatten();
    let path = inner.and_then(|(arguments, _)| file.string(*arguments.first()?)).or_else(|| file.string(first));
    let Some(path) = path else { return Vec::new() };
    // Elsewhere in the file the real module may be brought back.
    if known.actual.iter().any(|real| !(at.0..at.1).contains(real)) {
        return Vec::new();
    }
    let Some((from, to)) = factory else { return vec![site(at, "", path, Vec::new())] };
    let code = file.code(from, to);
    // `{ spy: true }` is no factory, and neither is a name of what stands elsewhere.
    if !code.windows(2).any(|two| two == b"=>") && !code.starts_with(b"function") {
        return Vec::new();
    }
    if !file.words(from, to).any(|one| ACTUAL.contains(&one.word) || one.word == "actual" || one.word == "original") {
        return vec![site(at, "", path, Vec::new())];
    }
    let made = |one: &Use<'_>| {
        let rest = file.text(one.end, to).trim_start().strip_prefix(':').map(str::trim_start);
        rest.is_some_and(|rest| ["jest.fn", "vi.fn", "sinon.stub", "mock"].iter().any(|begin| rest.starts_with(begin)))
    };
    let named = file.words(from, to).filter(made).map(|one| site(at, "", path, vec![one.word.to_owned()]));
    named.collect()
}

/// `jest.spyOn(oven, 'heat').mockReturnValue(3)`, `sinon.stub(oven, 'heat')`.
fn member(
    file: &File<'_>,
    known: &Known<'_>,
    one: &Use<'_>,
    at: (usize, usize),
    (object, name): ((usize, usize), Option<(usize, usize)>),
) -> Option<Site> {
    let name = file.string(name?)?;
    let object = file.text(object.0, object.1).trim();
    let object = object.strip_suffix(".prototype").unwrap_or(object).trim_start_matches("this.");
    let (path, within) = known.names.get(object)?;
    let chain = chain(file, at.1);
    let stubs = match one.word {
        "spyOn" if one.is_member => chain.iter().any(|word| STUBS.contains(word)) || is_stubbed_later(file, known, one.at),
        "spyOn" => chain.iter().any(|word| JASMINE.contains(word)),
        _ => true,
    };
    let once = chain.iter().any(|word| word.ends_with("Once") || *word == "onCall" || *word == "onFirstCall");
    if !stubs || once || known.real {
        return None;
    }
    let names = within.iter().cloned().chain([name.to_owned()]).collect();
    Some(site(at, name, path, names))
}

/// The methods that are called on what a call gives, one after the other.
fn chain<'m>(file: &File<'m>, close: usize) -> Vec<&'m str> {
    let (mut found, mut at) = (Vec::new(), close);
    loop {
        let dot = file.masked.skip_space(at);
        if file.masked.at(dot) != b'.' {
            return found;
        }
        let start = file.masked.skip_space(dot + 1);
        let end = file.masked.word_end(start);
        if end == start {
            return found;
        }
        found.push(file.text(start, end));
        let open = file.masked.skip_space(end);
        at = if file.masked.at(open) == b'(' { file.close(open).unwrap_or(open + 1) } else { end };
    }
}

/// `const spy = jest.spyOn(…)`, and then `spy.mockReturnValue(…)`.
fn is_stubbed_later(file: &File<'_>, known: &Known<'_>, at: usize) -> bool {
    // Before the runner and its dot.
    let runner = file.text(0, at).trim_end().trim_end_matches('.').trim_end_matches(|c: char| c.is_alphanumeric());
    file.word_before(runner.len(), b'=').is_some_and(|variable| known.told.contains(variable))
}

/// `proxyquire('../oven', { './burner': { on: stub } })`.
fn loaded(file: &File<'_>, at: (usize, usize), first: (usize, usize), second: Option<(usize, usize)>) -> Vec<Site> {
    let (Some(consumer), Some((from, to))) = (file.string(first), second) else { return Vec::new() };
    if file.masked.at(from) != b'{' {
        return Vec::new();
    }
    let folder = consumer.rsplit_once('/').map_or(".", |(folder, _)| folder);
    let mut found = Vec::new();
    for entry in file.items(from + 1, to - 1) {
        let Some(literal) = file.masked.literal(entry.0) else { continue };
        let path = format!("{folder}/{}", file.masked.slice(literal.inner, literal.inner_end));
        let open = file.masked.skip_space(file.masked.skip_space(literal.end as usize) + 1);
        if file.masked.at(open) != b'{' {
            continue;
        }
        for (start, end) in file.items(open + 1, entry.1 - 1) {
            let name = file.text(start, file.masked.word_end(start).min(end));
            // What is not named in it stays the real thing.
            if !name.is_empty() {
                found.push(site(at, "", &path, vec![name.to_owned()]));
            }
        }
    }
    found
}

/// The names that a file has from modules, and the objects that it makes of their classes.
pub(super) fn names<'m>(file: &File<'m>) -> FxHashMap<&'m str, Bound> {
    let mut found = FxHashMap::default();
    for one in file.all_words().filter(|one| matches!(one.word, "from" | "require") && !one.is_member) {
        let literal = match one.word {
            "from" => file.masked.literal(file.masked.skip_space(one.end)),
            _ => file.arguments(one.end).and_then(|(arguments, _)| file.masked.literal(arguments.first()?.0)),
        };
        let Some(literal) = literal else { continue };
        let path = file.masked.slice(literal.inner, literal.inner_end);
        let before = file.code(0, one.at);
        let begin: &[u8] = if one.word == "from" { b"import" } else { b"=" };
        let Some(start) = memchr::memmem::rfind(before, begin) else { continue };
        let bound = if one.word == "from" { file.text(start + 6, one.at) } else { declared(file, start) };
        if bound.len() < 2_000 && !bound.contains(';') {
            bind(bound, path, one.word == "require", &mut found);
        }
    }
    let made: Vec<(&str, Bound)> = file
        .all_words()
        .filter_map(|one| {
            let class = match one.word {
                "new" => file.text(one.end + 1, file.masked.word_end(one.end + 1)),
                "get" if one.is_member => file.arguments(one.end).and_then(|(arguments, _)| only(file, &arguments))?,
                _ => return None,
            };
            let start = if one.word == "new" { one.at } else { memchr::memrchr(b'=', file.code(0, one.at))? + 1 };
            let variable = file.word_before(start, b'=').filter(|_| one.at - start < 40)?;
            Some((variable, found.get(class)?.clone()))
        })
        .collect();
    found.extend(made);
    found
}

/// The only argument, if it is a name.
fn only<'m>(file: &File<'m>, arguments: &[(usize, usize)]) -> Option<&'m str> {
    let [(from, to)] = arguments else { return None };
    Some(file.text(*from, *to)).filter(|name| name.bytes().all(is_word))
}

/// What stands between the word that declares and an equals sign.
fn declared<'m>(file: &File<'m>, equals: usize) -> &'m str {
    let before = file.code(0, equals);
    let start =
        ["const ", "let ", "var "].iter().filter_map(|word| Some(memchr::memmem::rfind(before, word.as_bytes())? + word.len()));
    file.text(start.max().unwrap_or(equals), equals)
}

/// Binds the names of a clause: `oven, { Oven as Kiln }`, `* as oven`, `{ Oven: Kiln }`.
fn bind<'m>(clause: &'m str, path: &str, whole: bool, found: &mut FxHashMap<&'m str, Bound>) {
    let (outer, inner) = match clause.split_once('{') {
        Some((outer, rest)) => (outer, rest.split('}').next().unwrap_or("")),
        None => (clause, ""),
    };
    for name in outer.split(',').map(|name| name.trim().trim_start_matches("type ").trim()).filter(|name| !name.is_empty()) {
        let (local, names) = match name.strip_prefix("* as ") {
            Some(local) => (local.trim(), Vec::new()),
            None if whole => (name, Vec::new()),
            None => (name, vec![String::from("default")]),
        };
        found.insert(local, (path.to_owned(), names));
    }
    for name in inner.split(',') {
        let (name, local) = name.split_once(" as ").or_else(|| name.split_once(':')).unwrap_or((name, name));
        let (name, local) = (name.trim().trim_start_matches("type ").trim(), local.trim().trim_start_matches("type ").trim());
        if !name.is_empty() {
            found.insert(local, (path.to_owned(), vec![name.to_owned()]));
        }
    }
}
