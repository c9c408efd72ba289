//! Any text at all: no panic, spans that lie in the text, and never silence.

use proptest::prelude::*;
use tracegate::read::inventory;
use tracegate::read::results::{Format, format, read};
use tracegate::source::Text;

const FORMATS: [Format; 5] = [Format::Go, Format::Trx, Format::Robot, Format::Jest, Format::Pytest];

fn check(text: &str) {
    let source = Text::decode(text.as_bytes().to_vec());
    let _ = format(text);
    for format in FORMATS {
        let facts = read(format, &source);
        for span in facts.results.iter().map(|one| one.span).chain(facts.problems.iter().map(|one| one.span)) {
            assert!(source.as_str().get(span.range()).is_some(), "{format:?} {span:?}");
        }
        assert!(!facts.results.is_empty() || !facts.problems.is_empty(), "{format:?} is silent: {text:?}");
    }
    let _ = inventory::format(text);
    for format in [inventory::Format::Nextest, inventory::Format::Ctest, inventory::Format::Pytest, inventory::Format::Vitest] {
        let facts = inventory::read(format, &source);
        let listed = facts.inventory.iter().flat_map(|inventory| &inventory.tests);
        for span in listed.map(|one| one.span).chain(facts.problems.iter().map(|one| one.span)) {
            assert!(source.as_str().get(span.range()).is_some(), "{format:?} {span:?}");
        }
        assert!(facts.inventory.is_some() || !facts.problems.is_empty(), "{format:?} is silent: {text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "\\PC*") {
        check(&text);
    }

    #[test]
    fn any_markup(parts in prop::collection::vec(prop::sample::select(vec![
        "<robot generator='x'>", "</robot>", "<suite name='s'>", "</suite>", "<test name='t'>", "<test>", "</test>",
        "<kw type='teardown'>", "</kw>", "<status status='FAIL'>", "</status>", "<status status='PASS'/>", "<stat fail='9'/>",
        "<TestRun>", "</TestRun>", "<UnitTestResult testId='1' testName='é' outcome='Passed'>", "</UnitTestResult>",
        "<UnitTestResult/>", "<UnitTest id='1'>", "</UnitTest>", "<TestMethod className='C+D, x' name='é'/>", "<Message>",
        "</Message>", "<Counters failed='-3'/>", "<![CDATA[", "]]>", "&lt;", "&x;", "&", "<", ">", "é", "\u{FEFF}",
    ]), 0..40)) {
        check(&parts.concat());
    }

    #[test]
    fn any_lists(parts in prop::collection::vec(prop::sample::select(vec![
        "{\"rust-suites\":{", "[{\"name\":\"a > é\",\"file\":\"/b.test.ts\"}", "]", "\"é::b\":{", "\"testcases\":{", "\"t\\n\":{\"ignored\":-1e999}", "\"ignored\":true", "}", ",", "]}",
        "\"filter-match\":{\"status\":\"mismatch\",\"reason\":\"é\"}", "{\"kind\":\"ctestInfo\",\"tests\":[",
        "{\"name\":\"a\\u0000b\",\"command\":[1]}", "{\"name\":\"é_NOT_BUILT\"}", "{\"name\":\"\",\"properties\":[]}",
        "tests/é.py::test_é[::]\n", "../a.py::test_b\r\n", "a.py::B::test_c[x]\n", "9 tests collected in 1s\n",
        "1/99999999999999999999 tests collected (3 deselected)\n", "ERROR é.py - x\n", "::", "[", "\u{FEFF}", "\n",
    ]), 0..30)) {
        check(&parts.concat());
    }

    #[test]
    fn any_events(parts in prop::collection::vec(prop::sample::select(vec![
        "{\"Action\":\"start\",\"Package\":\"p\"}\n", "{\"Action\":\"run\",\"Package\":\"p\",\"Test\":\"é\"}\n",
        "{\"Action\":\"pass\",\"Package\":\"p\",\"Test\":\"é\"}\r\n", "{\"Action\":\"fail\",\"Package\":\"p\",\"Test\":\"é\"}",
        "{\"Action\":\"output\",\"Package\":\"p\",\"Test\":\"é\",\"Output\":\"\\u0000é\\n\"}\n", "\n", "x", "\u{FEFF}",
        "{\"Action\":\"fail\",\"Package\":\"p\",\"Elapsed\":-1e999}\n", "{\"Action\":\"fail\",\"Package\":\"p\"}\n", "{", "}",
        "{\"Action\":\"pass\",\"Package\":\"p\",\"Test\":\"\"}\n", "{\"Action\":null}\n", "{\"Action\":\"bench\",\"Package\":\"\"}\n",
    ]), 0..30)) {
        check(&parts.concat());
    }
}

#[test]
fn long_names_and_many_lines_take_no_long() {
    let name = "n".repeat(1_000_000);
    let one = format!("{{\"Action\":\"pass\",\"Package\":\"p\",\"Test\":\"{name}\"}}\n");
    let facts = read(Format::Go, &Text::decode(one.into_bytes()));
    assert_eq!(facts.results, []);
    let line = "{\"Action\":\"output\",\"Package\":\"p\",\"Test\":\"TestA\",\"Output\":\"again\\n\"}\n";
    let facts = read(Format::Go, &Text::decode(line.repeat(200_000).into_bytes()));
    assert_eq!(facts.results.len(), 1);
}
