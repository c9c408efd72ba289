//! Any text at all: no panic, and spans that name what they stand for.

use super::read;
use proptest::prelude::*;
use tracegate::read::results::format;
use tracegate::source::Text;

const VALID: &str = "<?xml version=\"1.0\"?><testsuites><testsuite name=\"é\"><testcase \
    name=\"a&amp;b\" classname=\"c\"><failure message=\"m\"><![CDATA[x]]></failure></testcase>\
    <!-- c --><testcase name=\"z\"/></testsuite></testsuites>";

/// Every span lies in the text, and that of a result begins with its tag.
fn check(text: &str) {
    let source = Text::decode(text.as_bytes().to_vec());
    let facts = tracegate::read::junit::read(&source);
    for result in &facts.results {
        let slice = source.slice(result.span);
        assert!(slice.starts_with('<') && slice.ends_with('>'), "{slice:?}");
        assert!(slice.contains("testcase"), "{slice:?}");
    }
    for problem in &facts.problems {
        assert!(source.as_str().get(problem.span.range()).is_some(), "{problem:?}");
    }
    assert!(!facts.results.is_empty() || !facts.problems.is_empty(), "silent: {text:?}");
    let _ = format(text);
}

#[test]
fn a_mark_in_front_does_not_move_spans() {
    // The decoder drops one byte order mark; a second one stays in the text.
    check(&format!("\u{FEFF}\u{FEFF}{VALID}"));
    assert_eq!(read(&format!("\u{FEFF}\u{FEFF}{VALID}")).results.len(), 2);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "\\PC*") {
        check(&text);
    }

    #[test]
    fn any_markup(parts in prop::collection::vec(prop::sample::select(vec![
        "<testsuites>", "</testsuites>", "<testsuite name='s'>", "</testsuite>", "<testcase name='c'>",
        "</testcase>", "<testcase/>", "<failure>", "</failure>", "<skipped/>", "<![CDATA[", "]]>", "<!--",
        "-->", "&lt;", "&x;", "&", "<", ">", "é", "\u{FEFF}", "<property name='p' value='", "'/>", "<?xml", "?>",
    ]), 0..40)) {
        check(&parts.concat());
    }

    #[test]
    fn a_changed_file(at in 0..VALID.len(), with in "\\PC{0,3}", drop in 0..9usize) {
        let chars: Vec<char> = VALID.chars().collect();
        let at = at.min(chars.len());
        let rest = chars.iter().skip(at + drop);
        let text: String = chars[..at].iter().copied().chain(with.chars()).chain(rest.copied()).collect();
        check(&text);
    }
}
