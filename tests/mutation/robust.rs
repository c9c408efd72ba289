//! Any text at all: no panic, lines within bounds, and never silence.

use super::read;
use proptest::prelude::*;
use tracegate::model::coverage::MAX_LINE;

const STRYKER: &str = "{\"files\":{\"é.js\":{\"source\":\"a\\r\\nb\",\"mutants\":[{\"id\":\"1\",\"mutatorName\":\"M\",\"replacement\":\
    \"x\",\"status\":\"Killed\",\"static\":false,\"killedBy\":[\"t\"],\"coveredBy\":[\"t\",\"u\"],\"location\":{\"start\":{\"line\":1,\
    \"column\":2},\"end\":{\"line\":1,\"column\":3}}}]}},\"schemaVersion\":\"1.0\",\"testFiles\":{\"é.test.js\":{\"tests\":[{\"id\":\
    \"t\",\"name\":\"é t\"}]}},\"config\":{\"disableBail\":true}}";
const CARGO: &str = "{\"outcomes\":[{\"scenario\":\"Baseline\",\"summary\":\"Success\"},{\"scenario\":{\"Mutant\":{\"name\":\"é.rs:1:1: r\",\
    \"file\":\"é.rs\",\"function\":{\"function_name\":\"A::f\"},\"span\":{\"start\":{\"line\":1,\"column\":1}},\"replacement\":\"0\"}},\
    \"summary\":\"CaughtMutant\"}],\"total_mutants\":1,\"end_time\":null}";
const PIT: &str = "<?xml version=\"1.0\"?><mutations><mutation detected='true' status='KILLED'><sourceFile>É.java</sourceFile>\
    <mutatedClass>a.É</mutatedClass><mutatedMethod>f</mutatedMethod><lineNumber>1</lineNumber><killingTests>a.T.[class:a.T]/[method:é()]|\
    b</killingTests><succeedingTests/><description>d &amp; e</description></mutation></mutations>";

fn check(text: &str) {
    let facts = read(text);
    if let Some(mutation) = &facts.mutation {
        let mutants = || mutation.files.iter().flat_map(|file| &file.mutants);
        assert!(mutants().all(|one| one.line > 0 && one.line <= MAX_LINE));
        let known = |at: &u32| (*at as usize) < mutation.tests.len();
        assert!(mutants().all(|one| one.killers.iter().chain(one.covering.iter().flatten()).all(known)));
        assert!(mutants().count() > 0, "{text:?}");
    }
    assert!(facts.mutation.is_some() || !facts.problems.is_empty(), "silent: {text:?}");
}

#[test]
fn the_samples_are_read() {
    for text in [STRYKER, CARGO, PIT] {
        check(text);
        assert!(read(text).mutation.is_some(), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "\\PC*") {
        check(&text);
    }

    #[test]
    fn any_json(parts in prop::collection::vec(prop::sample::select(vec![
        "{", "}", "[", "]", ",", ":", "\"mutants\"", "\"status\"", "\"Killed\"", "\"location\"", "\"line\"", "1", "-7", "1e400",
        "null", "true", "\"\\ud800\"", "\"\\u0000\"", "\"Mutant\"", "\"summary\"",
    ]), 0..40)) {
        check(&format!("{{\"schemaVersion\": \"2\", \"files\": {{\"a.js\": {{\"mutants\": {}", parts.concat()));
        check(&format!("{{\"total_mutants\": 1, \"outcomes\": [{{\"scenario\": {}", parts.concat()));
    }

    #[test]
    fn any_elements(parts in prop::collection::vec(prop::sample::select(vec![
        "<mutation>", "</mutation>", "<mutation status='KILLED'>", "<lineNumber>", "</lineNumber>", "3", "-1", "<killingTest>",
        "</killingTest>", "a.b(", "|", "[", "]/[", ":", "é", "&amp;", "&x;", "<!--", "-->",
    ]), 0..40)) {
        check(&format!("<mutations>{}</mutations>", parts.concat()));
    }

    #[test]
    fn a_changed_file(which in 0..3usize, at in 0..600usize, with in "\\PC{0,3}", drop in 0..9usize) {
        let chars: Vec<char> = [STRYKER, CARGO, PIT][which].chars().collect();
        let at = at.min(chars.len());
        let rest = chars.iter().skip(at + drop);
        let text: String = chars[..at].iter().copied().chain(with.chars()).chain(rest.copied()).collect();
        check(&text);
    }
}
