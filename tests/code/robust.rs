//! Whatever the input, reading ends, and every span names what it says.

use super::listing::read;
use proptest::prelude::*;
use tracegate::model::mention::Name;
use tracegate::model::outline::Speaks;
use tracegate::read::alternatives::sets;
use tracegate::read::code::{language, outline, remarks, replaced, work};
use tracegate::read::grammar::{identifier, plain};
use tracegate::source::{Span, Text};

const PATHS: &[&str] = &[
    "tests/test_x.py",
    "tests/x.rs",
    "web/x.spec.ts",
    "XTest.java",
    "XTest.kt",
    "tests/test_x.cpp",
    "x_test.go",
    "X.Tests/XTests.cs",
    "tests/testthat/test-x.R",
    "XTests.swift",
    "x_test.dart",
    "XTest.php",
    "x_spec.rb",
    "x.bats",
    "x.feature",
    "x.robot",
    "tests/x.move",
];

/// Pieces that open, close, quote and declare, to be put together in any order.
const PIECES: &[&str] = &[
    "def test_a():\n",
    "class TestB:\n",
    "    ",
    "@pytest.mark.req(\"A-1\")\n",
    "\"\"\"",
    "'''",
    "'",
    "\"",
    "`",
    "${",
    "}",
    "{",
    "(",
    ")",
    "[",
    "]",
    ";",
    "//",
    "/*",
    "*/",
    "#",
    "# Verifies: A-1,\n",
    "@verifies A-2 ",
    "[utest->a~b~1]",
    "\\",
    "\n",
    "\r\n",
    "it('A-3 x', () => {",
    "describe.each",
    "test_that(paste(\"A-6\", x, ",
    "test('A-7' . ",
    "})->with([",
    "->skip()",
    "module a::b {",
    "fun test_c() {",
    "RecordProperty(\"Verifies\", ",
    "# Covers A-8 and ",
    "# - A-9\n",
    "test.each([",
    "TEST(A, B) {",
    "R\"x(",
    "r#\"",
    "fn test() {",
    "#[test]\n",
    "func TestX(",
    "t.Run(\"a b\", ",
    "[Fact]\n",
    "public void X() ",
    "=> 1;",
    "@Test fun a() = ",
    "é",
    "\u{2011}",
    "\0",
    "Scenario: A-4\n",
    "@A-5 ",
    "*** Test Cases ***\n",
    "Name  x\n",
    "@test \"x\" {",
    "it \"x\" do\n",
    "end\n",
    "<",
    "jest.mock('./x', () => ({ a: jest.fn(), ",
    "vi.spyOn(x, 'a').mockReturnValue(",
    "const x = new X(",
    "import { x as y } from './x'\n",
    "proxyquire('./x', { './y': { ",
    "with patch(\"a.b\") as b:\n",
    "@patch.object(a, \"b\", wraps=",
    "import a.b as c\nfrom . import (",
    "a.b = Mock(",
    "@Mock private A a;",
    "import x.y.*;\n",
    "mockk<A>(",
    "when(a.b(",
];

fn check(path: &str, source: &str) {
    let text = Text::decode(source.as_bytes().to_vec());
    let facts = read(path, &text);
    for test in &facts.tests {
        let written = text.slice(test.span);
        let same = written.replace(char::is_whitespace, "_") == test.name.replace(char::is_whitespace, "_");
        // A title that is put together has its words in their order.
        let mut rest = written.chars();
        let joined = test.name.chars().filter(|c| !c.is_whitespace()).all(|c| rest.any(|other| other == c));
        assert!(same || joined || written.contains('\\'), "{path}: {written:?} is not {:?}", test.name);
        assert!(test.body.end() as usize <= text.as_str().len() && test.body.contains(test.span));
    }
    for marker in &facts.markers {
        assert!(!marker.ids.is_empty());
        assert!(text.as_str().get(marker.span.range()).is_some());
        assert!(marker.test.is_none_or(|index| (index as usize) < facts.tests.len()));
        for id in &marker.ids {
            let written = text.slice(id.span);
            assert!(!written.is_empty(), "{path}: {id:?}");
            if let Name::One(name) = &id.name {
                assert!(name.len() >= written.len().min(2));
            }
        }
    }
}

/// The outline lies in the text: what runs within the body, and the name too.
fn check_outline(path: &str, source: &str) {
    let text = Text::decode(source.as_bytes().to_vec());
    let markers: Vec<Span> = source.match_indices("A-").map(|(at, _)| Span::new(at, at + 2)).collect();
    let (outline, speaks) = outline(language(path).unwrap(), path, &text, &markers);
    assert_eq!(speaks.len(), markers.len());
    assert!(outline.symbols.is_sorted_by_key(|symbol| symbol.body.start));
    for symbol in &outline.symbols {
        assert!(source.get(symbol.body.range()).is_some() && symbol.body.contains(symbol.span), "{path}: {symbol:?}");
        assert!(symbol.running.len == 0 || symbol.body.contains(symbol.running), "{path}: {symbol:?}");
    }
    let lines = text.line_count() as u32 + 1;
    assert!(outline.choices.is_sorted() && outline.choices.iter().all(|line| *line <= lines), "{path}: {outline:?}");
    for one in speaks {
        assert!(!matches!(one, Speaks::Symbol(at) if at as usize >= outline.symbols.len()));
    }
}

/// Replacements and remarks lie in the text.
fn check_mocks(path: &str, source: &str) {
    let text = Text::decode(source.as_bytes().to_vec());
    let tests = read(path, &text).tests;
    let all: Vec<u32> = (0..tests.len() as u32).collect();
    let found = replaced(language(path).unwrap(), &text, &tests, &all);
    assert_eq!(found.len(), tests.len());
    let within = |span: &Span| text.as_str().get(span.range()).is_some();
    assert!(found.iter().flatten().all(|one| within(&one.span)), "{path}: {found:?}");
    let remarks = remarks(language(path).unwrap(), &text);
    assert!(remarks.is_sorted() && remarks.iter().all(within), "{path}: {remarks:?}");
}

#[test]
fn a_class_behind_a_broken_quote_begins_with_a_whole_character() {
    let source = "'''étest_that(paste(\"A-6\", x, @test \"x\" {\"\"}Name  x\ndef test_a():\n\"public void X() @Test fun a() = end\n\"\"\"def test_a():\n'''class TestB:\n${";
    check_outline("XTest.php", source);
}

proptest! {
    #[test]
    fn any_text_can_be_read(source in any::<String>(), path in proptest::sample::select(PATHS)) {
        check(path, &source);
        check_outline(path, &source);
        check_mocks(path, &source);
    }

    #[test]
    fn any_alternatives_can_be_read(source in "[a-z`\"“”|/(): ,.\\n-]{0,40}(shall `a1`, |`b1`| or `c1` \\| d1)[a-z`\"“” |or,.(é]{0,40}") {
        for set in sets(&source) {
            prop_assert!(set.len() > 1);
            for member in set {
                prop_assert_eq!(source.get(member.range.clone()), Some(member.value.as_str()));
            }
        }
    }

    #[test]
    fn any_pieces_can_be_read(pieces in prop::collection::vec(proptest::sample::select(PIECES), 0..60)) {
        let source = pieces.concat();
        for path in PATHS {
            check(path, &source);
            check_outline(path, &source);
            check_mocks(path, &source);
        }
    }
}

proptest! {
    #[test]
    fn plain_lists_say_what_the_grammar_says(
        text in "(REQ|FR|a|A|)[-_.~]{0,2}[0-9A-Zax]{0,3}[-_.~]{0,1}[0-9x]{0,3}(, ?|/| to | - | and | |)((REQ|FR|a)[-_.][0-9]{1,3}|[0-9]{1,3}|)( \\(x\\)|\\.|: x|\\]| \\[version==1\\]|)",
    ) {
        if let Some((ids, end)) = plain::list(&text, 7) {
            let cut = text.get(..end).unwrap_or("");
            prop_assert_eq!(&identifier::list(cut, 7), &ids);
            let whole = identifier::list(&text, 7);
            prop_assert_eq!(whole.get(..ids.len()), Some(ids.as_slice()));
            if let [id] = ids.as_slice() {
                prop_assert_eq!(plain::single(&text, (0, end), 7), Some(id.clone()));
                let mentions = identifier::mentions(&text, 7);
                prop_assert_eq!(mentions.first(), Some(id));
            }
        }
    }
}

/// Twice the input is about twice the work, whatever it repeats.
#[test]
fn hostile_input_is_read_in_linear_time() {
    let mut bad = Vec::new();
    for piece in PIECES {
        for path in PATHS {
            let spent = |size: usize| {
                let source = piece.repeat(size / piece.len());
                let before = work::spent();
                check(path, &source);
                check_outline(path, &source);
                work::spent() - before
            };
            let (once, twice) = (spent(10_000), spent(20_000));
            if twice > once * 5 / 2 + 20_000 {
                bad.push(format!("{path}: {piece:?} took {once} steps, twice of it {twice}"));
            }
        }
    }
    assert!(bad.is_empty(), "{bad:#?}");
}
