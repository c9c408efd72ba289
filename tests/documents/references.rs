//! What a document points at is of the level above, and not defined where it is pointed at.

use super::{messages, refined, requirements};
use crate::checks::support::analyze_files;

#[test]
fn what_a_list_points_at_is_a_parent_and_no_definition() {
    let text = "# Kiln requirements\n\n**Derived from business requirements**:\n- BR-3: Few doors\n\n### REQ-1: Heating\n\nIt shall heat.\n\n**Satisfies:**\n\n- BR-1: Warm rooms\n- **BR-2**: Warm feet\n\n### REQ-2: Cooling\n\nIt shall cool.\n\n**Traced to**: #6, BR-1 (warm rooms)\n\n- See also:\n  - BR-2: Warm feet\n";
    let goals =
        "# Business requirements\n\n### BR-1: Warm rooms\n\nRooms shall be warm.\n\n### BR-2: Warm feet\n\nFeet shall be warm.\n";
    let files = [("docs/kiln-requirements.md", text), ("docs/business-requirements.md", goals)];
    assert_eq!(requirements(&files), ["BR-1", "BR-2", "REQ-1", "REQ-2"]);
    assert_eq!(refined(&files), ["BR-1 by REQ-1 REQ-2", "BR-2 by REQ-1"]);
}

#[test]
fn the_names_of_two_columns_say_which_is_above() {
    let goals = (
        "docs/requirements.md",
        "# Requirements\n\n### BR-1: Warm rooms\n\nRooms shall be warm.\n\n### FR-1: Heating\n\nIt shall heat.\n",
    );
    for (header, cells) in [
        ("FR ID | Business goals", "FR-1 | BR-1"),
        ("FR ID | Requirement | Traced to", "FR-1 | It heats. | BR-1"),
        ("Business requirement ID | Requirement IDs", "BR-1 | FR-1"),
        ("System requirement ID | Software requirement ID", "BR-1 | FR-1"),
    ] {
        let rule = "---|".repeat(header.matches('|').count() + 1);
        let matrix = format!("# Allocation of requirements\n\n| {header} |\n|{rule}\n| {cells} |\n");
        assert_eq!(refined(&[goals, ("docs/allocation.md", &matrix)]), ["BR-1 by FR-1"], "{header}");
    }
}

#[test]
fn a_dash_that_looks_the_same_is_the_same() {
    let odd = |text: &str| text.replace("REQ-", "REQ\u{2011}");
    let spec = "# Requirements\n\n| ID | Requirement |\n|---|---|\n| REQ-1 | It shall heat. |\n| REQ-2 | It shall cool. |\n";
    let matrix = "# Traceability matrix\n\n| Requirement ID | Test |\n|---|---|\n| REQ-1 | tests/test_kiln.py::test_heat |\n| REQ-2 | tests/test_kiln.py::test_cool |\n";
    let tests = "def test_heat():\n    assert works()\n\ndef test_cool():\n    assert works()\n";
    for (spec, matrix) in [(odd(spec), matrix.to_owned()), (spec.to_owned(), odd(matrix))] {
        let files = [("docs/requirements.md", spec.as_str()), ("docs/rtm.md", &matrix), ("tests/test_kiln.py", tests)];
        for code in ["T01", "T03", "M01"] {
            assert_eq!(messages(&files, code), [""; 0]);
        }
        let told = messages(&files, "R02");
        assert!(matches!(told.as_slice(), [one] if one.contains("looks")), "{told:?}");
    }
    let goals = odd("# Goals\n\n### REQ-8: Warm\n\nIt shall be warm.\n\n### REQ-9: Cool\n\nIt shall be cool.\n");
    let below = "# Requirements\n\n### KL-1: Heat\n\nIt shall heat.\n\n**Derived from**: REQ-8, REQ-9\n";
    let files = [("docs/goal-requirements.md", goals.as_str()), ("docs/kiln-requirements.md", below)];
    assert_eq!(refined(&files), [odd("REQ-8 by KL-1"), odd("REQ-9 by KL-1")]);
    let told = messages(&files, "R02");
    assert!(
        matches!(told.as_slice(), [one] if one.starts_with("Elsewhere 2 identifiers of docs/goal-requirements.md")),
        "{told:?}"
    );
}

#[test]
fn what_an_item_recalls_in_brackets_is_defined_elsewhere() {
    let text = "# Kiln requirements\n\n## Requirements\n\n- **REQ-1:** It shall heat.\n- `REQ-2` (It shall cool.)\n\n## Roadmap\n\nFirst:\n\n- `REQ-1` (the heating).\n- `REQ-3` (the lamp)\n";
    let files = [("docs/kiln-requirements.md", text)];
    assert_eq!(requirements(&files), ["REQ-1", "REQ-2"]);
    assert_eq!(messages(&files, "R01"), [""; 0]);
}

/// Identifiers that stand for others: placeholders, wildcards in lists of comments, and the short end of a range.
#[test]
fn what_stands_for_several_requirements_is_no_unknown_one() {
    let heading = |id: &str| format!("### {id}: Parse\nThe decoder shall parse item {id}.\n\n");
    let srs: String = ["REQ-LLR-011-010", "REQ-LLR-011-020", "REQ-LLR-048-010", "REQ-HLR-CAT-001", "REQ-HLR-CAT-252"]
        .into_iter()
        .map(heading)
        .collect();
    let srs = format!("# Requirements of the decoder\n\n{srs}");
    let rtm = "# Traceability matrix\n\n| Req ID | Name | Test |\n|---|---|---|\n\
        | REQ-LLR-xxx-ERR-001 | Each category | tests/test_all.py::test_all |\n\
        | REQ-LLR-011-010, REQ-LLR-011-020, REQ-LLR-048-010 | Items | tests/test_all.py::test_all |\n\
        | REQ-HLR-CAT-001 through CAT-252 | Categories | tests/test_all.py::test_all |\n";
    let all = "def test_all():\n    assert parse()\n";
    let cat = "\"\"\"Category 011.\n\nRequirements coverage:\n- REQ-LLR-011-*: the items\n- **REQ-LLR-048-010**: one more\n\"\"\"\n\n\ndef test_items():\n    assert parse()\n";
    let files = [("docs/srs.md", srs.as_str()), ("docs/rtm.md", rtm), ("tests/test_all.py", all), ("tests/test_cat.py", cat)];
    let analysis = analyze_files(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect());
    let told: Vec<&str> = analysis.findings.iter().filter(|one| one.code != "E01").map(|one| one.message.as_str()).collect();
    assert_eq!(told, [""; 0]);
    for one in &analysis.graph.requirements {
        assert!(!one.evidence.is_empty(), "{} has its tests", one.id);
    }
}

#[test]
fn a_line_that_announces_a_requirement_does_not_define_it() {
    let high = "# High-level requirements\n\n### REQ-HIGH-001: Decode\n\nThe decoder shall decode categories.\n\n**Derived requirements:**\n\n- REQ-LOW-001: Parse the source identifier\n- REQ-LOW-002: Parse the time\n- REQ-LOW-003: Parse the position\n";
    let section = |n: usize, what: &str| {
        format!(
            "### REQ-LOW-{n:03}: Parse the {what}\n\nThe decoder shall parse the {what} of each record, and refuse a record in which it does not end.\n\n"
        )
    };
    let low = format!(
        "# Low-level requirements\n\n{}{}{}",
        section(1, "source identifier"),
        section(2, "time"),
        section(3, "position")
    );
    let files = [("docs/a_high_level_requirements.md", high), ("docs/b_low_level_requirements.md", low.as_str())];
    let analysis = analyze_files(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect());
    let graph = &analysis.graph;
    for one in graph.requirements.iter().filter(|one| one.id.starts_with("REQ-LOW")) {
        assert_eq!(graph.path(one.place.file), "docs/b_low_level_requirements.md", "{}", one.id);
        assert_eq!(one.restated.len(), 1, "{}", one.id);
        assert_eq!(graph.namespaces[one.namespace as usize].file, one.place.file);
    }
}

#[test]
fn a_table_that_allocates_requirements_defines_them_only_where_nothing_else_does() {
    let mapping = "# Software architecture specification\n\n## 10. Traceability\n\n### 10.1 Requirements to architecture mapping\n\n\
        | Requirement ID | Requirement description | Architecture module(s) |\n|---|---|---|\n\
        | REQ-DOOR-001 | Opening control | Door machine |\n| REQ-DOOR-002 | Closing control | Door machine |\n| REQ-DOOR-003 | Alarm | Horn |\n";
    let srs = "# Software requirements specification\n\n### REQ-DOOR-001: Open the doors\n\nThe unit shall open the doors within two seconds of the command.\n\n### REQ-DOOR-002: Close the doors\n\nThe unit shall close the doors before the train moves.\n";
    let places = |files: &[(&str, &str)]| -> Vec<String> {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
        let graph = analyze_files(files.collect()).graph;
        graph.requirements.iter().map(|one| format!("{} {}", one.id, graph.path(one.place.file))).collect()
    };
    assert_eq!(
        places(&[("docs/architecture.md", mapping), ("docs/srs.md", srs)]),
        ["REQ-DOOR-001 docs/srs.md", "REQ-DOOR-002 docs/srs.md", "REQ-DOOR-003 docs/architecture.md"]
    );
    assert_eq!(places(&[("docs/architecture.md", mapping)]).len(), 3);
}
