//! What is claimed is known: of namesakes, of patterns, of cells that wait, and of what is called a test or a requirement.

use super::support::analyze_files;
use tracegate::analysis::Analysis;
use tracegate::model::requirement::Standing;
use tracegate::model::test_case::Kind;

fn analyzed(files: &[(&str, &str)]) -> Analysis {
    analyze_files(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).as_bytes().to_vec())).collect())
}

/// The requirements, each with its standing where it is not in force.
fn requirements(analysis: &Analysis) -> Vec<String> {
    let told = analysis.graph.requirements.iter().map(|one| match one.standing {
        Standing::Active => one.id.to_string(),
        other => format!("{} {}", one.id, other.name()),
    });
    let mut told: Vec<String> = told.collect();
    told.sort();
    told
}

/// The rung of the first requirement of an identifier.
fn rung(analysis: &Analysis, id: &str) -> &'static str {
    analysis.graph.requirements.iter().find(|one| one.id == id).unwrap().rung.name()
}

/// The names of the tests that are evidence of a requirement.
fn evidence(analysis: &Analysis, id: &str) -> Vec<String> {
    let graph = &analysis.graph;
    let one = graph.requirements.iter().find(|one| one.id == id).unwrap();
    let mut names: Vec<String> = one.evidence.iter().map(|evidence| graph.test(evidence.test).name.to_string()).collect();
    names.dedup();
    names
}

fn tests(analysis: &Analysis) -> Vec<String> {
    let graph = &analysis.graph;
    let all = graph.tests().map(|(id, _)| graph.test(id)).filter(|test| test.kind == Kind::Test);
    let mut names: Vec<String> = all.map(|test| test.qualified()).collect();
    names.sort();
    names
}

/// The messages of a check.
fn messages<'a>(analysis: &'a Analysis, code: &str) -> Vec<&'a str> {
    analysis.findings.iter().filter(|one| one.code == code).map(|one| one.message.as_str()).collect()
}

fn tells(analysis: &Analysis, code: &str, text: &str) -> bool {
    messages(analysis, code).iter().any(|one| one.contains(text))
}

const SPECIFICATION: &str = "# Kiln requirements\n\n### REQ-K-001: Heat\n\nThe kiln shall heat within 4 seconds of the command, and shall keep a record of the time at which it did so, with the name of the operator.\n\n### REQ-K-002: Cool\n\nThe kiln shall cool within 5 seconds of the command, and shall keep a record of the time at which it did so, with the name of the operator.\n\n### REQ-K-003: Lock the door\n\nThe kiln shall lock the door within 6 seconds of the command, and shall keep a record of the time at which it did so, with the name of the operator.\n\n### REQ-K-004: Ring the bell\n\nThe kiln shall ring the bell within 7 seconds of the command, and shall keep a record of the time at which it did so, with the name of the operator.\n\n### REQ-K-005: Open the vent\n\nThe kiln shall open the vent within 8 seconds of the command, and shall keep a record of the time at which it did so, with the name of the operator.\n\n";

#[test]
fn properties_that_name_their_source_and_their_test_class_are_tests() {
    let analysis = analyzed(&[
        ("docs/spec.md", SPECIFICATION),
        (
            "docs/PROPERTIES-kiln-p3.md",
            "# PROPERTIES-kiln-p3\n\n## Coverage\n\nOf all.\n\n## PG-1: Doors\n\n**Test classes:** `DoorTest`\n\n#### PROP-01-001\n\n| Item | Detail |\n|---|---|\n| Property | The door stays shut. |\n| Test class | `DoorTest` |\n| REQ / AC | Flow 5, REQ-K-003 |\n\n#### PROP-01-002\n\n| Item | Detail |\n|---|---|\n| Property | The bell rings. |\n| Test class | `BellTest` |\n| REQ / AC | REQ-K-004 |\n\n### PROP-02-001: Heat\n**Type:** Unit\n**Test Level:** JVM\n**Source:** REQ-K-001, section 5.2\n\n**Given:** a cold kiln\n**When:** it is told to heat\n**Then:** it is hot\n",
        ),
        ("app/DoorTest.kt", "class DoorTest {\n    @Test fun staysShut() { assertTrue(door.shut) }\n}\n"),
        ("app/BellTest.kt", "class BellTest {\n    @Test fun rings() { assertTrue(bell.rang) }\n}\n"),
    ]);
    assert_eq!(evidence(&analysis, "REQ-K-003"), ["staysShut"]);
    assert_eq!(evidence(&analysis, "REQ-K-004"), ["rings"]);
    assert_eq!(requirements(&analysis), ["REQ-K-001", "REQ-K-002", "REQ-K-003", "REQ-K-004", "REQ-K-005"]);
    assert_eq!(rung(&analysis, "REQ-K-001"), "exists");
}

#[test]
fn a_bold_line_may_head_a_test_case() {
    let analysis = analyzed(&[
        ("docs/spec.md", SPECIFICATION),
        (
            "docs/test/overall.md",
            "# Overall test\n\n## 4. Safety\n\n**Test Case: TC-SAFE-001 - The door is locked**\n\n**Requirement**: REQ-K-003, REQ-K-005\n**Priority**: high\n\n1. Lock it.\n\n**Test Case: TC-SAFE-002 - The bell rings**\n\n**Requirement**: REQ-K-004\n",
        ),
    ]);
    assert_eq!(rung(&analysis, "REQ-K-003"), "exists");
    assert_eq!(rung(&analysis, "REQ-K-005"), "exists");
    assert_eq!(rung(&analysis, "REQ-K-004"), "exists");
    assert_eq!(rung(&analysis, "REQ-K-002"), "none");
}

#[test]
fn a_specification_of_one_test_lists_what_it_verifies() {
    let analysis = analyzed(&[
        ("docs/spec.md", SPECIFICATION),
        (
            "docs/tests/UT-K-007.md",
            "# Unit test UT-K-007\n\n## 1. Purpose\n\nTo see that the vent opens; REQ-K-001 is for later.\n\n## 2. Requirements Verified\n\n- REQ-K-005\n- REQ-K-004: the bell, unlike REQ-K-002\n\n## 3. Steps\n\n- Open it as REQ-K-003 says.\n",
        ),
    ]);
    assert_eq!(rung(&analysis, "REQ-K-005"), "exists");
    assert_eq!(rung(&analysis, "REQ-K-004"), "exists");
    assert_eq!(rung(&analysis, "REQ-K-002"), "none");
    assert_eq!(rung(&analysis, "REQ-K-003"), "none");
}

#[test]
fn what_a_module_says_that_it_implements_is_defined_elsewhere() {
    let analysis = analyzed(&[
        ("docs/spec.md", SPECIFICATION),
        (
            "modules/store/README.md",
            "# Store\n\n## Implemented Requirements\n\n| Requirement | Title | Covered |\n|---|---|---|\n| REQ-P-042 | Trail of changes | all |\n| REQ-P-047 | Backup | daily |\n| REQ-P-048 | Archive | yearly |\n",
        ),
        (
            "modules/bell/README.md",
            "# Bell\n\n## Requirements Covered\n\n- **REQ-P-050**: Ring the bell\n- **REQ-P-051**: Mute the bell\n- **REQ-P-052**: Paint the bell\n",
        ),
        (
            "tests/test_kiln.py",
            "def test_heats():\n    \"\"\"Verifies: REQ-K-001\"\"\"\n    assert heat() == 5\n\n\ndef test_backup():\n    \"\"\"Verifies: REQ-P-047, REQ-P-051\"\"\"\n    assert backup()\n",
        ),
    ]);
    assert_eq!(requirements(&analysis), ["REQ-K-001", "REQ-K-002", "REQ-K-003", "REQ-K-004", "REQ-K-005"]);
}

#[test]
fn modules_are_no_requirements() {
    let analysis = analyzed(&[
        ("docs/spec.md", SPECIFICATION),
        (
            "docs/architecture-specification.md",
            "# Kiln software architecture specification\n\n| Module ID | Module Name | Responsibility |\n|---|---|---|\n| MOD-001 | Door | The door is moved |\n| MOD-002 | Bell | The bell is rung |\n\n### 3.1 MOD-001: Door\n\n**Module ID**: MOD-001\n**Module Name**: door\n\nIt moves the door.\n\n### 3.2 MOD-002: Bell\n\n**Module ID**: MOD-002\n\nIt rings.\n",
        ),
    ]);
    assert_eq!(requirements(&analysis), ["REQ-K-001", "REQ-K-002", "REQ-K-003", "REQ-K-004", "REQ-K-005"]);
}

#[test]
fn a_table_that_traces_what_others_define_defines_nothing() {
    let analysis = analyzed(&[
        ("docs/spec.md", SPECIFICATION),
        (
            "docs/TSPEC-kiln.md",
            "# Kiln TSPEC requirements\n\n## 13. Requirements Traceability\n\n| REQ ID | Requirement | Section | Implementation |\n|---|---|---|---|\n| REQ-K-001 | Heating | 4.1 | `Heater` |\n| REQ-K-002 | Cooling | 4.2 | `Cooler` |\n| REQ-K-003 | Lock | 4.3 | `Lock` |\n| TE-F02 — Float bearing | 2.1 | The rationale is documented | |\n",
        ),
    ]);
    assert_eq!(requirements(&analysis), ["REQ-K-001", "REQ-K-002", "REQ-K-003", "REQ-K-004", "REQ-K-005"]);
}

#[test]
fn a_summary_defines_nothing_that_another_document_tells_in_full() {
    let analysis = analyzed(&[
        ("docs/spec.md", SPECIFICATION),
        (
            "docs/zz-phase-2/requirements.md",
            "# Kiln requirements of phase 2\n\n| ID | Requirement | Priority |\n|---|---|---|\n| REQ-K-001 | Heat | P1 |\n| REQ-K-002 | Cool quickly and record the operator | P1 |\n| REQ-K-003 | Lock the door | P2 |\n| REQ-K-005 | Vent command, improved | P2 |\n",
        ),
    ]);
    assert_eq!(requirements(&analysis), ["REQ-K-001", "REQ-K-002", "REQ-K-003", "REQ-K-004", "REQ-K-005"]);
}

#[test]
fn a_test_that_names_a_namesake_is_told_with_both() {
    let analysis = analyzed(&[
        (
            "docs/p2/spec.md",
            "# Phase 2 requirements\n\n### BR-05: Declination\n\nThe declination shall be computed without a network.\n\n### BR-06: Capture\n\nThe capture shall take three taps at most.\n",
        ),
        (
            "docs/p3/spec.md",
            "# Phase 3 requirements\n\n### BR-05: Lock state\n\nThe lock shall follow the confidence of the reading.\n\n### BR-06: Pair\n\nThe pair shall be derived from the bearing.\n",
        ),
        (
            "docs/p3/matrix.md",
            "# Traceability matrix\n\n| Requirement | Test |\n|---|---|\n| BR-05 | `locks_by_confidence` |\n| BR-06 | `derives_pair` |\n",
        ),
        (
            "docs/scenarios.md",
            "# Scenarios\n\n| Scenario | Steps | Serves |\n|---|---|---|\n| It locks | Press lock | see BR-05 |\n",
        ),
        (
            "app/LockTest.kt",
            "class LockTest {\n    @Test fun locks_by_confidence() { assertTrue(lock.held) }\n\n    @Test fun derives_pair() { assertTrue(pair.held) }\n}\n",
        ),
    ]);
    assert!(tells(&analysis, "Q04", "docs/p3/spec.md defines the same"), "{:?}", messages(&analysis, "Q04"));
    assert!(!tells(&analysis, "Q04", "no row and no marker names"), "{:?}", messages(&analysis, "Q04"));
}

#[test]
fn a_row_that_cites_nothing_does_not_outweigh_a_table_of_tests() {
    let analysis = analyzed(&[
        ("docs/spec.md", SPECIFICATION),
        (
            "docs/matrix.md",
            "# Traceability matrix\n\n| Requirement | Test | Status |\n|---|---|---|\n| REQ-K-001 | tests/test_kiln.py::test_heats | PASS |\n| REQ-K-002 | - | |\n| REQ-K-003 | - | |\n| REQ-K-004 | - | |\n| REQ-K-005 | - | |\n",
        ),
        (
            "docs/bench-procedure.md",
            "# Procedures on the bench\n\n| Scenario | Steps | Serves |\n|---|---|---|\n| It cools | Press stop | see REQ-K-002 |\n",
        ),
        ("tests/test_kiln.py", "def test_heats():\n    \"\"\"Verifies: REQ-K-001\"\"\"\n    assert heat() == 5\n"),
    ]);
    assert!(tells(&analysis, "Q04", "REQ-K-002"), "{:?}", messages(&analysis, "Q04"));
    assert!(!tells(&analysis, "T01", "REQ-K-002"), "{:?}", messages(&analysis, "T01"));
    assert!(tells(&analysis, "T01", "REQ-K-003"), "{:?}", messages(&analysis, "T01"));
}

#[test]
fn identifiers_without_a_number_are_a_family_where_many_begin_alike() {
    let analysis = analyzed(&[
        (
            "docs/requirements.md",
            "# Kiln requirements\n\n| Requirement ID | Requirement |\n|---|---|\n| KILN-SAFE-lock-door | The kiln shall lock door. |\n| KILN-SAFE-ring-bell | The kiln shall ring bell. |\n| KILN-SAFE-open-vent | The kiln shall open vent. |\n| KILN-SAFE-cool-down | The kiln shall cool down. |\n| KILN-SAFE-log-curve | The kiln shall log curve. |\n| KILN-SAFE-dim-lamp | The kiln shall dim lamp. |\n",
        ),
        ("tests/test_kiln.py", "def test_locks():\n    \"\"\"Verifies: KILN-SAFE-lock-door\"\"\"\n    assert locked()\n"),
    ]);
    assert!(tells(&analysis, "T01", "5 requirements"), "{:?}", messages(&analysis, "T01"));
}

#[test]
fn cells_that_wait_for_tests_are_not_yet_filled() {
    let analysis = analyzed(&[
        ("docs/spec.md", SPECIFICATION),
        (
            "docs/matrix.md",
            "# Traceability matrix\n\n| Requirement | Module | Test Cases | Status |\n|---|---|---|---|\n| REQ-K-001 | TBD | TBD | Partial |\n| REQ-K-002 | TBD | TBD | Partial |\n| REQ-K-003 | TBD | TBD | Partial |\n| REQ-K-004 | TBD | TBD | Partial |\n| REQ-K-005 | TBD | TBD | Partial |\n",
        ),
    ]);
    assert!(tells(&analysis, "T01", "not yet filled"), "{:?}", messages(&analysis, "T01"));
    assert!(!tells(&analysis, "T01", "no column of tests"), "{:?}", messages(&analysis, "T01"));
}

#[test]
fn a_part_of_a_total_is_no_total() {
    let analysis = analyzed(&[
        ("docs/spec.md", SPECIFICATION),
        (
            "docs/matrix.md",
            "# Traceability matrix\n\n| Requirement | Test |\n|---|---|\n| REQ-K-001 | tests/test_kiln.py |\n| REQ-K-002 | tests/test_kiln.py |\n| REQ-K-003 | tests/test_kiln.py |\n| REQ-K-004 | tests/test_kiln.py |\n| REQ-K-005 | tests/test_kiln.py |\n\n**Total Derived Requirements**: 2 (all of them constraints)\n",
        ),
        ("tests/test_kiln.py", "def test_heats():\n    \"\"\"Verifies: REQ-K-001\"\"\"\n    assert heat() == 5\n"),
    ]);
    assert_eq!(messages(&analysis, "M07"), [""; 0]);
}

#[test]
fn a_sparse_range_lacks_nothing() {
    let analysis = analyzed(&[
        (
            "docs/spec.md",
            "# Categories\n\n### REQ-CAT-001: Category 1\n\nCategory 1 shall be read.\n\n### REQ-CAT-002: Category 2\n\nCategory 2 shall be read.\n\n### REQ-CAT-004: Category 4\n\nCategory 4 shall be read.\n\n### REQ-CAT-008: Category 8\n\nCategory 8 shall be read.\n\n### REQ-CAT-016: Category 16\n\nCategory 16 shall be read.\n\n### REQ-CAT-032: Category 32\n\nCategory 32 shall be read.\n\n### REQ-CAT-033: Category 33\n\nCategory 33 shall be read.\n\n### REQ-CAT-062: Category 62\n\nCategory 62 shall be read.\n\n",
        ),
        (
            "docs/matrix.md",
            "# Traceability matrix\n\n| Requirement | Test |\n|---|---|\n| REQ-CAT-001 through CAT-062 | tests/test_kiln.py |\n",
        ),
        ("tests/test_kiln.py", "def test_reads():\n    assert read() == 5\n"),
    ]);
    assert_eq!(messages(&analysis, "M01"), [""; 0]);
}

#[test]
fn stars_of_a_pattern_stand_for_one_part_each() {
    let analysis = analyzed(&[
        (
            "docs/spec.md",
            "# Low requirements\n\n### REQ-LOW-001-ERR-001: Error 1\n\nAn error 1 shall be told.\n\n### REQ-LOW-001-010: Field 1\n\nField 1 shall be read.\n\n### REQ-LOW-002-ERR-001: Error 2\n\nAn error 2 shall be told.\n\n### REQ-LOW-002-010: Field 2\n\nField 2 shall be read.\n\n### REQ-LOW-003-ERR-001: Error 3\n\nAn error 3 shall be told.\n\n### REQ-LOW-003-010: Field 3\n\nField 3 shall be read.\n\n",
        ),
        (
            "docs/matrix.md",
            "# Traceability matrix\n\n| Requirement | Test |\n|---|---|\n| REQ-LOW-*-*-* | tests/test_kiln.py |\n",
        ),
        ("tests/test_kiln.py", "def test_reads():\n    assert read() == 5\n"),
    ]);
    assert_eq!(rung(&analysis, "REQ-LOW-001-ERR-001"), "exists");
    assert_eq!(rung(&analysis, "REQ-LOW-001-010"), "none");
    assert_eq!(messages(&analysis, "M01"), [""; 0]);
    assert_eq!(messages(&analysis, "T01"), [""; 0]);
    assert!(tells(&analysis, "Q04", "3 requirements"), "{:?}", messages(&analysis, "Q04"));
}

#[test]
fn there_is_a_matrix_where_one_is_named_so() {
    let analysis = analyzed(&[
        ("docs/spec.md", SPECIFICATION),
        ("docs/rastreabilidade.md", "# Rastreabilidade\n\n| Tema | Arquivos |\n|---|---|\n| Portas | src/door.py |\n"),
        ("tests/test_kiln.py", "def test_reads():\n    assert read() == 5\n"),
    ]);
    assert!(tells(&analysis, "T01", "docs/rastreabilidade.md, which calls itself a matrix"), "{:?}", messages(&analysis, "T01"));
    assert!(!tells(&analysis, "T01", "there is no matrix"), "{:?}", messages(&analysis, "T01"));
    // Cases to go through by hand are none.
    let analysis = analyzed(&[
        ("docs/spec.md", SPECIFICATION),
        ("docs/test_cases.md", "# Editing test matrix\n\n| Case | Step |\n|---|---|\n| One | Press it |\n"),
        ("tests/test_kiln.py", "def test_reads():\n    assert read() == 5\n"),
    ]);
    assert!(tells(&analysis, "T01", "there is no matrix"), "{:?}", messages(&analysis, "T01"));
}

#[test]
fn rows_that_one_absent_document_would_define_are_told_once() {
    let analysis = analyzed(&[
        (
            "docs/requirements.md",
            "# Kiln requirements\n\n| Req ID | Requirement |\n|---|---|\n| UI-1 | The UI shall work. |\n| VZ-1 | The VZ shall work. |\n| CS-1 | The CS shall work. |\n| RP-1 | The RP shall work. |\n| SL-1 | The SL shall work. |\n",
        ),
        (
            "docs/matrix.md",
            "# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| UI-1 | tests/test_kiln.py |\n| UI-2 | tests/test_kiln.py |\n| UI-3 | tests/test_kiln.py |\n| UI-4 | tests/test_kiln.py |\n| UI-5 | tests/test_kiln.py |\n| UI-6 | tests/test_kiln.py |\n| UI-7 | tests/test_kiln.py |\n| VZ-1 | tests/test_kiln.py |\n| VZ-2 | tests/test_kiln.py |\n| VZ-3 | tests/test_kiln.py |\n| CS-1 | tests/test_kiln.py |\n| CS-2 | tests/test_kiln.py |\n| RP-1 | tests/test_kiln.py |\n| RP-2 | tests/test_kiln.py |\n| SL-1 | tests/test_kiln.py |\n| SL-2 | tests/test_kiln.py |\n| WS-1 | tests/test_kiln.py |\n| WS-2 | tests/test_kiln.py |\n| WS-3 | tests/test_kiln.py |\n| WS-4 | tests/test_kiln.py |\n| WS-5 | tests/test_kiln.py |\n| WS-6 | tests/test_kiln.py |\n",
        ),
        ("tests/test_kiln.py", "def test_reads():\n    assert read() == 5\n"),
    ]);
    assert_eq!(messages(&analysis, "M01").len(), 1, "{:?}", messages(&analysis, "M01"));
    assert!(tells(&analysis, "M01", "more are of families"), "{:?}", messages(&analysis, "M01"));
}

#[test]
fn what_is_for_a_later_release_is_planned() {
    let analysis = analyzed(&[(
        "docs/requirements.md",
        "# 要件\n\n## 記録\n\n| ID | 要件 |\n|---|---|\n| LOG-001 | 記録すること。 |\n\n## データベース（後続リリース）\n\n| ID | 要件 |\n|---|---|\n| DB-001 | 開くこと。 |\n\n## Export (later release)\n\n| ID | 要件 |\n|---|---|\n| EXP-001 | 書くこと。 |\n",
    )]);
    assert_eq!(requirements(&analysis), ["DB-001 planned", "EXP-001 planned", "LOG-001"]);
}

#[test]
fn callbacks_and_harnesses_are_no_tests() {
    let analysis = analyzed(&[
        (
            "test/test_harness.c",
            "#include \"test_harness.h\"\n\nvoid test_reset_counters(void) {\n    failures = 0;\n}\n\nvoid test_print_summary(void) {\n    printf(\"%d\", failures);\n}\n",
        ),
        (
            "test/test_trace.cpp",
            "#include <gtest/gtest.h>\n\nvoid test_print_callback(const char* format, ...) { keep(format); }\n\nTEST(TraceTest, Prints) { EXPECT_EQ(printed(), 1); }\n",
        ),
        ("test/test_door.c", "#include \"test_harness.h\"\n\nvoid test_door_opens(void) {\n    assert(door_open());\n}\n"),
    ]);
    assert_eq!(tests(&analysis), ["TraceTest::Prints", "test_door_opens"]);
}

#[test]
fn a_legend_defines_nothing() {
    let analysis = analyzed(&[(
        "docs/requirements.md",
        "# Memory requirements\n\n### Depth Legend\n\n- **LV-0**: Hash and status only\n- **LV-1**: List with summaries\n- **LV-2**: Everything\n\n## Rules\n\n- **MEM-1**: The memory shall answer.\n- **MEM-2**: The memory shall forget.\n",
    )]);
    assert_eq!(requirements(&analysis), ["MEM-1", "MEM-2"]);
}

#[test]
fn a_pair_in_front_of_prose_is_no_definition() {
    let analysis = analyzed(&[
        ("docs/spec.md", SPECIFICATION),
        (
            "e2e/requirements-of-life.md",
            "# Requirements of the cycle\n\n`ACT-OPS-003` / `ACT-USR-001` only emit what the user\nhas created.\n",
        ),
    ]);
    assert_eq!(requirements(&analysis), ["REQ-K-001", "REQ-K-002", "REQ-K-003", "REQ-K-004", "REQ-K-005"]);
}
