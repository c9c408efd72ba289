//! Java and Kotlin: Mockito, the mocks of Spring, EasyMock and MockK.

use super::super::oracle::meaning::Use;
use super::{File, Site, Subject, range};
use crate::model::test_case::Kind;
use rustc_hash::{FxHashMap, FxHashSet};

/// Annotations that make a field a mock.
const MOCKS: &[&str] = &["Mock", "MockBean", "MockitoBean", "MockK", "RelaxedMockK", "MockkBean"];

/// Those of them that put the mock where everything finds it.
const BEANS: &[&str] = &["MockBean", "MockitoBean", "MockkBean"];

/// Calls that make a mock of a class.
const CALLS: &[&str] =
    &["mock", "mockk", "mockStatic", "mockkClass", "createMock", "niceMock", "createNiceMock", "createStrictMock"];

/// What lets a mock do the real thing.
const REAL: &[&str] = &["thenCallRealMethod", "doCallRealMethod", "CALLS_REAL_METHODS", "callOriginal", "andCallRealMethod"];

/// Words between an annotation and the type of its field.
const MODIFIERS: &[&str] =
    &["private", "protected", "public", "internal", "final", "static", "lateinit", "var", "val", "volatile"];

/// A class that is mocked or spied on.
struct Mock<'m> {
    at: (usize, usize),
    class: &'m str,
    variable: Option<&'m str>,
    /// It does the real thing unless it is told otherwise.
    spy: bool,
    /// Everything finds it without being handed it.
    everywhere: bool,
}

pub(super) fn sites(file: &File<'_>) -> Vec<Site> {
    if file.all_words().any(|one| REAL.contains(&one.word)) {
        return Vec::new();
    }
    let words: Vec<Use<'_>> = file.all_words().collect();
    let mocks: Vec<Mock<'_>> =
        (0..words.len()).filter_map(|at| annotated(&words, at).or_else(|| made(file, &words, at))).collect();
    let packages = Packages::of(file);
    let real: FxHashSet<&str> = (0..words.len()).filter_map(|at| used(file, &words, at)).collect();
    let injects = words.iter().any(|one| one.word == "InjectMocks" || one.word == "InjectMockKs");
    let mut found = Vec::new();
    for mock in mocks.iter().filter(|mock| !real.contains(mock.class) || mock.spy) {
        let free = mock.everywhere || injects;
        let variable = mock.variable.filter(|_| !free).map(str::to_owned);
        let site = |at: (usize, usize), method: Option<&str>| Site {
            at,
            named: at,
            until: None,
            word: String::new(),
            variable: variable.clone(),
            subject: Subject::Class {
                name: mock.class.to_owned(),
                packages: packages.of_class(mock.class),
                method: method.map(str::to_owned),
            },
        };
        match (mock.spy, mock.variable) {
            (false, _) => found.push(site(mock.at, None)),
            (true, Some(variable)) => {
                found.extend(stubbed(file, &words, variable).into_iter().map(|(at, method)| site(at, Some(method))));
            }
            (true, None) => {}
        }
    }
    found
}

/// `@Mock private Burner burner;`, `@MockK lateinit var burner: Burner`.
fn annotated<'m>(words: &[Use<'m>], at: usize) -> Option<Mock<'m>> {
    let one = words.get(at)?;
    let spy = matches!(one.word, "Spy" | "SpyK" | "SpyBean" | "MockitoSpyBean" | "SpykBean");
    if one.before != b'@' || !(spy || MOCKS.contains(&one.word)) || one.after == b'(' {
        return None;
    }
    let mut rest = words.get(at + 1..)?.iter().skip_while(|word| MODIFIERS.contains(&word.word) || word.before == b'@');
    let (first, second) = (rest.next()?, rest.next()?);
    let (class, variable) = if first.after == b':' { (second, first) } else { (first, second) };
    let end = class.end.max(variable.end);
    let (class, variable) = (class.word, Some(variable.word));
    Some(Mock { at: (one.at - 1, end), class, variable, spy, everywhere: BEANS.contains(&one.word) })
}

/// `Burner burner = mock(Burner.class)`, `mockk<Burner>()`.
fn made<'m>(file: &File<'m>, words: &[Use<'m>], at: usize) -> Option<Mock<'m>> {
    let one = words.get(at)?;
    let spy = matches!(one.word, "spy" | "spyk");
    if !(spy || CALLS.contains(&one.word)) || !matches!(one.after, b'(' | b'<') {
        return None;
    }
    let next = words.get(at + 1)?;
    let fits = match one.after {
        b'<' => next.after == b'>',
        _ => next.before == b'(' && words.get(at + 2).is_some_and(|word| word.word == "class" && word.owner == next.word),
    };
    let created = spy && next.word == "new";
    let class = if created { words.get(at + 2)? } else { next };
    // `mock(Burner.class)` behind `Mockito.`: the variable stands before the first of these words.
    let head = file.text(0, one.at);
    let head = head.strip_suffix("Mockito.").or_else(|| head.strip_suffix("EasyMock.")).unwrap_or(head);
    let variable = file.word_before(head.len(), b'=');
    let end = file.masked.word_end(class.at);
    let statics = one.word == "mockStatic";
    (fits || created).then_some(Mock { at: (one.at, end), class: class.word, variable, spy, everywhere: statics })
}

/// The class that a word uses as the real thing: it is made, it is called, or the test is handed it.
fn used<'m>(file: &File<'m>, words: &[Use<'m>], at: usize) -> Option<&'m str> {
    let one = words.get(at)?;
    let before = at.checked_sub(1).and_then(|at| words.get(at)).map_or("", |word| word.word);
    let next = words.get(at + 1);
    let named = one.word.starts_with(|c: char| c.is_ascii_uppercase());
    let made = before == "new" || one.after == b'(' && one.before != b'@' && !one.is_member;
    // `Burner.light()`, but not `Burner.class`.
    let member = next.filter(|_| one.after == b'.').is_some_and(|next| !matches!(next.word, "class" | "java"));
    let imported = file.text(0, one.at).lines().next_back().is_some_and(|line| {
        let line = line.trim_start();
        line.starts_with("import ") || line.starts_with("package ")
    });
    let handed = matches!(before, "InjectMocks" | "InjectMockKs" | "Autowired" | "Inject");
    (named && !imported && (made || member || handed)).then_some(one.word)
}

/// The methods of a spy that are told to do something else: `when(burner.on())`, `doReturn(1).when(burner).on()`, `every { burner.on() }`.
fn stubbed<'m>(file: &File<'m>, words: &[Use<'m>], variable: &str) -> Vec<((usize, usize), &'m str)> {
    let mut found = Vec::new();
    for (at, one) in words.iter().enumerate().filter(|(_, one)| matches!(one.word, "when" | "every" | "coEvery")) {
        let Some(subject) = words.get(at + 1).filter(|next| next.word == variable && matches!(next.before, b'(' | b'{')) else {
            continue;
        };
        let Some(method) = words.get(at + 2) else { continue };
        let closed = file.text(subject.end, method.at).trim() == ").";
        if method.owner == variable || closed {
            found.push(((one.at, method.end), method.word));
        }
    }
    found
}

/// Where the classes that a file names may stand.
struct Packages<'m> {
    own: Vec<&'m str>,
    single: FxHashMap<&'m str, &'m str>,
}

impl<'m> Packages<'m> {
    fn of(file: &File<'m>) -> Self {
        let first = file.tests.iter().filter(|one| one.kind == Kind::Class).map(|one| range(one).0).min();
        let mut packages = Self { own: Vec::new(), single: FxHashMap::default() };
        for line in file.text(0, first.unwrap_or(file.masked.text.len())).lines() {
            let words = line.trim().trim_end_matches(';');
            if let Some(package) = words.strip_prefix("package ") {
                packages.own.push(package.trim());
            }
            match words.strip_prefix("import ").and_then(|name| name.trim().rsplit_once('.')) {
                Some((package, "*")) => packages.own.push(package),
                Some((package, class)) => _ = packages.single.insert(class, package),
                None => {}
            }
        }
        if packages.own.is_empty() {
            packages.own.push("");
        }
        packages
    }

    fn of_class(&self, class: &str) -> Vec<String> {
        match self.single.get(class) {
            Some(package) => vec![(*package).to_owned()],
            None => self.own.iter().map(|package| (*package).to_owned()).collect(),
        }
    }
}
