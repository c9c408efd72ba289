use super::{analyzed, messages, requirements};
use proptest::prelude::*;
use tracegate::read::sdoc;
use tracegate::source::Text;

const KILN: &str = "[DOCUMENT]\nTITLE: Kiln\n\n[TEXT]\nUID: TEXT-1\nSTATEMENT: >>>\nAn example:\n\n[REQUIREMENT]\nUID: KILN-9\nSTATEMENT: no\n<<<\n\n\
    [[SECTION]]\nUID: SEC-1\nTITLE: Heat\n\n[REQUIREMENT]\nUID: KILN-1\nSTATUS: Draft\nTITLE: Heat\nSTATEMENT: >>>\nThe kiln shall heat.\n<<<\n\
    RELATIONS:\n- TYPE: Parent\n  VALUE: SYS-1\n- TYPE: File\n  VALUE: kiln.py\n\n[REQUIREMENT]\nUID: KILN-2\nSTATUS: Backlog\nSTATEMENT: The kiln shall fly.\n\n\
    \x20   [REQUIREMENT]\n    UID: KILN-8\n\n[[/SECTION]]\n";

#[test]
fn blocks_of_requirements_are_read() {
    let system = "[DOCUMENT]\nTITLE: System\n\n[SYSTEM_REQ]\nUID: SYS-1\nTITLE: Pottery\nSTATEMENT: Pots shall be made.\n\n\
        [DESIGN]\nUID: SYS-2\nTITLE: Wheel\nSTATEMENT: A wheel turns.\n";
    let tests = "# @relation(KILN-1, scope=function)\ndef test_heats():\n    assert kiln.hot\n";
    let files = [("docs/kiln.sdoc", KILN), ("docs/system.sdoc", system), ("tests/test_kiln.py", tests)];
    assert_eq!(requirements(&files), ["KILN-1", "KILN-2 planned", "SYS-1", "SYS-2"]);
    let analysis = analyzed(&files);
    let one = analysis.graph.requirements.iter().find(|one| one.id == "KILN-1").unwrap();
    assert_eq!((one.title.as_str(), one.parents.len(), one.evidence.len()), ("Heat", 1, 1));
    let definition = analysis.graph.definition(one).unwrap();
    let input = analysis.graph.input(one.place.file);
    assert_eq!(input.text.slice(definition.text), "The kiln shall heat.");
    assert_eq!(input.text.slice(definition.span), "KILN-1");
    assert!(
        input.text.slice(definition.block).starts_with("[REQUIREMENT]")
            && input.text.slice(definition.block).ends_with("kiln.py")
    );
    assert_eq!(messages(&files, "T01"), [""; 0]);
}

#[test]
fn documents_among_tests_are_the_data_of_tests() {
    assert_eq!(requirements(&[("tests/end2end/kiln.sdoc", KILN)]), [""; 0]);
}

#[test]
fn a_text_without_an_end_is_told() {
    let told =
        messages(&[("docs/kiln.sdoc", "[REQUIREMENT]\nUID: KILN-1\nTITLE: Heat\nSTATEMENT: >>>\nThe kiln shall heat.\n")], "Q04");
    assert!(told.len() == 1 && told[0].contains("`STATEMENT` is opened"), "{told:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_lie_in_the_text(text in "(\\[REQ\\]\n|UID: A-1|TITLE: é|STATEMENT: >>>|<<<|- TYPE: Parent|  VALUE: B-2|:|\r?\n|[^a]){0,40}") {
        // A mark of the byte order at the start is no part of the text.
        let text = Text::decode(text.into_bytes());
        let facts = sdoc::read("a.sdoc", &text, None);
        let text = text.as_str();
        for one in &facts.definitions {
            prop_assert_eq!(text.get(one.span.range()), Some(one.id.as_str()));
            prop_assert!(text.get(one.block.range()).is_some_and(|block| block.starts_with('[')));
            prop_assert!(one.block.contains(one.text));
        }
    }
}
