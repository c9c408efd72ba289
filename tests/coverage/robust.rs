//! Any text at all: no panic, spans that lie in the text, and never silence.

use super::read;
use proptest::prelude::*;
use tracegate::source::Text;

const JSON: &str = "{\"meta\": {\"format\": 3}, \"files\": {\"a.py\": {\"executed_lines\": [1, 2], \"missing_lines\": [3], \
    \"contexts\": {\"1\": [\"\", \"t::é|run\"]}, \"executed_branches\": [[1, -1]], \"functions\": {\"f\": {}}}}}";
const LCOV: &str = "TN:é\nSF:a.c\nFN:1,f\nFNDA:1,f\nBRDA:1,0,0,-\nDA:1,1\nDA:2,0\nLF:2\nLH:1\nend_of_record\nTN:b\nSF:a.c\nDA:2,1\nend_of_record\n";
const XML: &str = "<?xml version=\"1.0\"?><coverage line-rate=\"1\"><sources><source>é</source></sources><packages><class \
    filename=\"a.py\"><lines><line number=\"1\" hits=\"1\" condition-coverage=\"50% (1/2)\"/></lines></class></packages></coverage>";
const LLVM: &str = "{\"data\":[{\"files\":[{\"filename\":\"é.rs\",\"branches\":[[1,1,1,2,1,0,0,0,4]],\"segments\":\
    [[1,1,1,true,true,false],[9,1,0,false,false,false]]}]}],\"type\":\"llvm.coverage.json.export\",\"version\":\"3.1.0\"}";
const JACOCO: &str = "<report name=\"JACOCO\"><package name=\"p\"><sourcefile name=\"A.java\"><line nr=\"1\" mi=\"0\" ci=\"1\" mb=\"0\" \
    cb=\"2\"/></sourcefile></package></report>";

fn check(text: &str) {
    let facts = read(text);
    let source = Text::decode(text.as_bytes().to_vec());
    for problem in &facts.problems {
        assert!(source.as_str().get(problem.span.range()).is_some(), "{problem:?}");
    }
    for file in facts.coverage.iter().flat_map(|coverage| &coverage.files) {
        assert!(source.as_str().get(file.span.range()).is_some(), "{file:?}");
        for list in [&file.executed, &file.missing] {
            assert!(list.is_sorted() && list.iter().all(|line| *line > 0));
        }
        assert!(file.missing.iter().all(|line| file.executed.binary_search(line).is_err()));
        assert!(file.ran.is_sorted());
    }
    assert!(facts.coverage.is_some() || !facts.problems.is_empty(), "silent: {text:?}");
}

#[test]
fn the_samples_are_read() {
    for text in [JSON, LCOV, XML, LLVM, JACOCO] {
        check(text);
        assert!(read(text).coverage.is_some(), "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "\\PC*") {
        check(&text);
    }

    #[test]
    fn any_records(parts in prop::collection::vec(prop::sample::select(vec![
        "TN:", "TN:t\n", "SF:a.c\n", "SF:", "DA:1,1\n", "DA:", "1,", "BRDA:1,0,x,y,1\n", "BRDA:", "end_of_record\n", "\n",
        "FNL:\n", "#", "-", "é", "LF:1\n", "99999999999999999999",
    ]), 0..40)) {
        check(&format!("TN:\n{}", parts.concat()));
    }

    #[test]
    fn any_json(parts in prop::collection::vec(prop::sample::select(vec![
        "{", "}", "[", "]", ",", ":", "\"executed_lines\"", "\"contexts\"", "\"missing_branches\"", "\"1\"", "\"a.py\"", "1",
        "-7", "1e400", "null", "true", "\"\\ud800\"", "\"\\u0000\"", "[[1,2]]", "[1]", "{\"1\": [\"t\"]}",
    ]), 0..40)) {
        check(&format!("{{\"meta\": {{\"format\": 3}}, \"files\": {{\"a.py\": {{\"executed_lines\": {}", parts.concat()));
        check(&format!("{{\"data\":[{{\"files\":[{}]}}],\"type\":\"llvm.coverage.json.export\"}}", parts.concat()));
    }

    #[test]
    fn a_changed_file(which in 0..5usize, at in 0..400usize, with in "\\PC{0,3}", drop in 0..9usize) {
        let valid = [JSON, LCOV, XML, LLVM, JACOCO][which];
        let chars: Vec<char> = valid.chars().collect();
        let at = at.min(chars.len());
        let rest = chars.iter().skip(at + drop);
        let text: String = chars[..at].iter().copied().chain(with.chars()).chain(rest.copied()).collect();
        check(&text);
    }
}
