//! Requirements whose identifiers have words where others have a number, and markers that name them.

use super::{analyzed, messages, refined, requirements};

const NAMES: [&str; 5] = ["oven-door-lock", "oven-lamp", "fan-speed", "timer-alarm", "self-clean"];

/// A document with a section for each name, with what stands below the heading.
fn specified(root: &str, names: &[&str], below: &str) -> String {
    let section =
        |name: &&str| format!("## {root}-{name}: About the {}\n\n{below}\n\n### Rationale\n\nWhy.\n\n", name.replace('-', " "));
    format!("# The oven\n\n{}", names.iter().map(section).collect::<String>())
}

const DRAFT: &str =
    "**Level**: PRD | **Status**: Draft | **Implements**: -\n**Refines**: OVEN-SYS-safe-use\n\nA. The oven SHALL do so.";

fn marked(line: &str) -> String {
    format!("void main() {{\n  // Verifies: {line}\n  test('locks', () {{ expect(1, 1); }});\n}}\n")
}

#[test]
fn like_headings_define_identifiers_of_words_where_a_test_names_one() {
    let text = specified("OVEN-PRD", &NAMES, DRAFT);
    let test = marked("OVEN-PRD-oven-lamp/A");
    let files = [("docs/oven.md", text.as_str()), ("test/oven_test.dart", &test)];
    let all =
        ["OVEN-PRD-fan-speed", "OVEN-PRD-oven-door-lock", "OVEN-PRD-oven-lamp", "OVEN-PRD-self-clean", "OVEN-PRD-timer-alarm"];
    assert_eq!(requirements(&files), all);
    assert_eq!(requirements(&files[..1]), [""; 0], "nothing names them");
    let few = specified("OVEN-PRD", &NAMES[..4], DRAFT);
    assert_eq!(requirements(&[("docs/oven.md", &few), files[1]]), [""; 0], "four are no family");
    let specification = [("docs/oven-requirements.md", text.as_str())];
    assert_eq!(requirements(&specification), all, "a specification need not be cited");
}

#[test]
fn titles_with_dashes_are_no_requirements() {
    let test = marked("HTTP-API-user-lamp");
    let prose = specified("HTTP-API", &["user-lamp", "user-door", "user-fan", "user-timer", "user-clean"], "How to use it.");
    assert_eq!(requirements(&[("docs/api.md", &prose), ("test/api_test.dart", &test)]), [""; 0]);
    let words =
        "# Notes requirements\n\n## UTF-8: the encoding\n\n**Status**: Draft\n\n## SHA-256: the digest\n\n**Status**: Draft\n";
    assert_eq!(requirements(&[("docs/requirements.md", words)]), [""; 0]);
    let decisions = specified("ADR-use", &NAMES, "**Status**: Accepted\n\nThe team SHALL use it.");
    assert_eq!(requirements(&[("docs/design-requirements.md", &decisions)]), [""; 0], "decisions");
}

#[test]
fn the_identifier_of_a_document_spells_no_requirement() {
    let matrix = "# OVEN-SYS-RTM: Traceability matrix\n\n| Requirement | Test |\n|---|---|\n| OV-1 | tests/test_oven.py |\n";
    let graph = analyzed(&[("docs/OVEN-SYS-RTM.md", matrix), ("tests/test_oven.py", "def test_a():\n    assert oven\n")]).graph;
    assert_eq!(graph.rows.len(), 1);
    let product = "# OVEN-kitchen-line: Product requirements document\n\nThe oven SHALL bake.\n\n## Needs\n\n| ID | Description |\n|---|---|\n| OV-1 | Lock |\n| OV-2 | Lamp |\n";
    assert_eq!(requirements(&[("docs/REQ-line.md", product)]), ["OV-1", "OV-2"]);
}

#[test]
fn what_stands_beside_the_status_is_read_too() {
    let text = specified("OVEN-PRD", &NAMES, "**Level**: System | **Status**: Legacy | **Implements**: -");
    let test = marked("OVEN-PRD-oven-lamp");
    let found = requirements(&[("docs/oven.md", &text), ("test/oven_test.dart", &test)]);
    assert!(found.len() == 5 && found.iter().all(|one| one.ends_with(" planned")), "{found:?}");
    let old = text.replace("Legacy", "Deprecated");
    let found = requirements(&[("docs/oven.md", &old), ("test/oven_test.dart", &test)]);
    assert!(found.iter().all(|one| one.ends_with(" retired")), "{found:?}");
    let draft = text.replace("Legacy", "Draft");
    let graph = analyzed(&[("docs/oven.md", &draft), ("test/oven_test.dart", &test)]).graph;
    assert!(graph.requirements.iter().all(|one| one.demands.is_empty()), "its level is none of tests");
}

#[test]
fn their_parents_and_lettered_parts_are_found() {
    let mut text = specified("OVEN-PRD", &NAMES, "**Status**: Draft\n**Refines**: OVEN-PRD-oven-lamp-A+B\n\nIt SHALL do so.");
    text = text.replacen("**Refines**: OVEN-PRD-oven-lamp-A+B\n", "", 1);
    let test = marked("OVEN-PRD-oven-lamp-B");
    let files = [("docs/oven.md", text.as_str()), ("test/oven_test.dart", &test)];
    let told = refined(&files);
    assert_eq!(told.len(), 1, "{told:?}");
    assert!(told[0].starts_with("OVEN-PRD-oven-lamp by "), "{told:?}");
    let graph = analyzed(&files).graph;
    let lamp = graph.requirements.iter().find(|one| one.id == *"OVEN-PRD-oven-lamp").expect("it is defined");
    assert_eq!(lamp.evidence.len(), 1);
}

#[test]
fn prose_behind_the_identifiers_of_a_marker_is_a_remark() {
    let text = specified("OVEN-PRD", &NAMES, DRAFT);
    for line in [
        "OVEN-PRD-oven-lamp/A — seven turns of the knob",
        "OVEN-PRD-oven-lamp/A - seven turns of the knob",
        "OVEN-PRD-oven-lamp/A – seven turns of the knob",
        "OVEN-PRD-oven-lamp/A+B — seven turns\n  //   of the knob (the last\n  //   one slowly).",
        "OVEN-PRD-oven-lamp: seven turns",
        "OVEN-PRD-oven-lamp/C. Seven turns of the knob",
        "OVEN-PRD-oven-lamp/A (seven turns",
        "OVEN-PRD-oven-lamp, OVEN-PRD-fan-speed/B — together",
    ] {
        let test = marked(line);
        let graph = analyzed(&[("docs/oven.md", &text), ("test/oven_test.dart", &test)]).graph;
        let lamp = graph.requirements.iter().find(|one| one.id == *"OVEN-PRD-oven-lamp").expect("it is defined");
        assert_eq!(lamp.evidence.len(), 1, "{line}");
    }
    let numbered = "# Oven requirements\n\n- **OVEN-1**: The oven shall lock.\n- **OVEN-2**: The oven shall cool.\n";
    let test = marked("OVEN-1/A — within 2 seconds");
    let graph = analyzed(&[("docs/oven.md", numbered), ("test/oven_test.dart", &test)]).graph;
    let evidence: Vec<usize> = graph.requirements.iter().map(|one| one.evidence.len()).collect();
    assert_eq!(evidence, [1, 0]);
}

#[test]
fn an_index_tells_them_again() {
    let text = specified("OVEN-PRD", &NAMES, DRAFT);
    let rows: String =
        NAMES.iter().map(|name| format!("| OVEN-PRD-{name} | About the {} | oven.md |\n", name.replace('-', " "))).collect();
    let index = format!("# Requirements index\n\n| ID | Title | File |\n|---|---|---|\n{rows}");
    let test = marked("OVEN-PRD-oven-lamp");
    let files = [("docs/INDEX.md", index.as_str()), ("docs/oven.md", &text), ("test/oven_test.dart", &test)];
    let graph = analyzed(&files).graph;
    let places: Vec<&str> = graph.requirements.iter().map(|one| graph.input(one.place.file).path.as_str()).collect();
    assert_eq!(places, ["docs/oven.md"; 5]);
    assert_eq!(messages(&files, "R01"), [""; 0]);
}
