//! Documents that do not call themselves a specification and say what shall be, and those that only tell of requirements.

use super::{analyzed, requirements};

#[test]
fn several_that_oblige_are_requirements_whatever_the_document_is_called() {
    let text = "# Setting up the press\n\n## Always\n\n- [PX-001] The press shall stop within 2 s.\n- [PX-002] When the door opens, the \
                drive shall lose power.\n- [PX-003] The horn MUST sound.\n- [PX-004] The lamp:\n  - is red\n\n| Requirement ID | Tests | Remarks |\n|---|---|---|\n| \
                PX-001 | exempt | by design |\n";
    assert_eq!(requirements(&[("docs/specs/press/setup.md", text)]), ["PX-001", "PX-002", "PX-003", "PX-004"]);
    let few = text.replace("- [PX-003] The horn MUST sound.\n", "");
    assert_eq!(requirements(&[("docs/specs/setup.md", &few)]), ["PX-001", "PX-002", "PX-004"], "a folder of specifications");
    assert_eq!(requirements(&[("docs/notes/setup.md", &few.replace("| PX-001 | exempt | by design |\n", ""))]), [""; 0]);
    let told = "# Notes\n\n- [PX-001] was discussed.\n- [PX-002] is open.\n- [PX-003] comes later.\n";
    assert_eq!(requirements(&[("docs/notes.md", told)]), [""; 0]);
}

#[test]
fn headings_for_requirements_may_be_in_another_language_with_a_translation_in_brackets() {
    let text = "# 準備\n\n## 普遍要件 (Ubiquitous)\n\n- [PX-001] プレスは二秒以内に停止する。\n- [PX-002] ドアが開くと電源が切れる。\n- \
                [PX-003] 警報が鳴る。\n";
    assert_eq!(requirements(&[("docs/press/setup.md", text)]), ["PX-001", "PX-002", "PX-003"]);
}

#[test]
fn a_diary_that_heads_a_day_by_one_of_many_defines_nothing() {
    let matrix = "# Test traceability\n\n| Tests | Requirements |\n|---|---|\n| `tests/test_log.py` | DIA-001–DIA-044 |\n| \
                  `tests/test_link.py` | DIA-025, CAN-001 |\n";
    let diary = "# Trials at the bench\n\n## DIA-025 log read again (2026-08-20)\n\nAll lines were there.\n";
    let test = "def test_log():\n    assert log()\n";
    let files = [
        ("docs/test-traceability.md", matrix),
        ("docs/bench.md", diary),
        ("tests/test_log.py", test),
        ("tests/test_link.py", test),
    ];
    let graph = analyzed(&files).graph;
    assert!(graph.requirements.iter().all(|one| graph.path(one.place.file) == "docs/test-traceability.md"));
    let files =
        [("docs/p4-bearing-history/REQ-history.md", "# History requirements\n\n- REQ-HIST-01: Bearings shall be kept.\n")];
    assert_eq!(requirements(&files), ["REQ-HIST-01"], "a history may be what requirements are about");
}

#[test]
fn the_number_of_a_document_and_numbers_of_tests_are_no_requirements() {
    let title = "# LAB-DIR-004 — Oven requirements\n\n**Directive:** LAB-DIR-004\n\n## Scope\n\nThe oven must be hot.\n";
    assert_eq!(requirements(&[("docs/OVEN_REQUIREMENTS.md", title)]), [""; 0]);
    let own = title.replace("LAB-DIR-004", "REQ-004");
    assert_eq!(requirements(&[("docs/reqs/REQ-004.md", &own)]), ["REQ-004"], "a file of its own");
    let validation = "# Software validation\n\n### T1: Unit test\n\n#### T1.1 Door unit test\n\n##### T1.1.1 Test of the lock\n\n| Case | Result |\n|---|---|\n| T1.1.1 | pass |\n";
    assert_eq!(requirements(&[("docs/Validation.md", validation)]), [""; 0]);
    let findings =
        "# LAB-DIR-002 — Security findings register\n\n## F4 — Open door\n\nIt must be locked.\n\n## F5 — Open window\n";
    let matrix = "# Traceability matrix\n\n| Finding | Test |\n|---|---|\n| F4 | `tests/test_door.py::test_lock` |\n";
    let test = "def test_lock():\n    assert locked()\n";
    let files = [("docs/SECURITY_FINDINGS_REGISTER.md", findings), ("docs/rtm.md", matrix), ("tests/test_door.py", test)];
    assert!(analyzed(&files).findings.iter().all(|one| one.code != "T01"), "{:?}", requirements(&files));
}

#[test]
fn items_below_others_may_be_indented_by_tabs() {
    let text = "# Door requirements\n\n- REQ-1.1: The door opens.\n\t- REQ-1.1.1: It opens in time.\n\t- REQ-1.1.2: It closes.\n- REQ-1.2: The door turns.\n\t- REQ-1.2.1: It turns left.\n\t\t- REQ-1.2.1.1: By a quarter.\n";
    assert_eq!(
        requirements(&[("docs/requirements.md", text)]),
        ["REQ-1.1", "REQ-1.1.1", "REQ-1.1.2", "REQ-1.2", "REQ-1.2.1", "REQ-1.2.1.1"]
    );
}

#[test]
fn each_of_several_projects_has_its_own_requirements() {
    let text = "# Software requirements\n\n### R1: Door\n\n- R1.1: It opens.\n- R1.2: It closes.\n- R1.4: It slides.\n";
    let more = "# Software requirements\n\n### R1: Coins\n\n- R1.1: Coins are counted.\n- R1.2: Change is given.\n- R1.3: Slugs are refused.\n";
    let matrix =
        "# Traceability matrix\n\n| Requirement | Test |\n|---|---|\n| R1.1 | TC-1 |\n| R1.2 | TC-2 |\n| R1.4 | TC-4 |\n";
    let whole = matrix.replace("R1.4", "R1.3");
    let files =
        [("a/Requirement.md", text), ("a/Traceability.md", matrix), ("b/Requirement.md", more), ("b/Traceability.md", &whole)];
    let graph = analyzed(&files).graph;
    let in_rows = || graph.requirements.iter().filter(|one| one.id != "R1");
    let of = |folder: &str| in_rows().filter(|one| graph.path(one.place.file).starts_with(folder)).count();
    assert_eq!((of("a/"), of("b/")), (3, 3));
    assert!(in_rows().all(|one| one.rows.len() == 1), "each has the row beside it");
    let notes = [("b/Design.md", "# Design\n\n- **R1.1** by a spring\n- **R1.2** by a motor\n"), files[2], files[3]];
    assert_eq!(analyzed(&notes).graph.requirements.len(), 4, "what a design repeats is no second one");
}
