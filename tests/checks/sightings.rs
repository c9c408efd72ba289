//! What no reader links and what stands in a text all the same is not assessed, and never called missing.

use super::support::analyze_files;
use tracegate::analysis::Analysis;

fn analyzed(files: &[(&str, &str)]) -> Analysis {
    analyze_files(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).as_bytes().to_vec())).collect())
}

/// The findings but for those on results, each as `code: message`.
fn told(analysis: &Analysis) -> Vec<String> {
    let findings = analysis.findings.iter().filter(|one| !matches!(one.code, "E01" | "T02"));
    findings.map(|one| format!("{}: {}", one.code, one.message)).collect()
}

const SPECIFICATION: (&str, &str) = (
    "docs/requirements.md",
    "# Requirements\n\n| Req ID | Requirement |\n|---|---|\n| REQ-A-001 | The pump shall start. |\n| REQ-A-002 | The pump shall stop. |\n| REQ-A-003 | The pump shall ring. |\n",
);

const MATRIX: (&str, &str) =
    ("docs/rtm.md", "# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| REQ-A-001 | tests/test_pump.py::test_starts |\n");

#[test]
fn a_table_of_tests_that_is_not_read_excuses_what_it_names() {
    let tests = ("tests/test_pump.py", "def test_starts():\n    assert run()\n");
    let scenarios = "# Scenarios\n\n| Scenario | Steps | Serves |\n|---|---|---|\n| It stops | Press stop | see REQ-A-002 |\n";
    let roadmap = "# Roadmap\n\n| When | What |\n|---|---|\n| May | see REQ-A-003 |\n";
    let analysis = analyzed(&[SPECIFICATION, MATRIX, tests, ("docs/scenarios.md", scenarios), ("docs/roadmap.md", roadmap)]);
    let found = told(&analysis);
    assert!(found.iter().any(|one| one.starts_with("Q04: docs/scenarios.md names REQ-A-002")), "{found:?}");
    assert!(found.iter().any(|one| one.starts_with("T01: Nothing verifies REQ-A-003")), "{found:?}");
    assert_eq!(found.len(), 2, "{found:?}");
}

#[test]
fn what_many_files_do_is_told_once() {
    let scenarios = |names: &str| {
        format!("# Scenarios\n\n| Scenario | Steps | Serves |\n|---|---|---|\n| It stops | Press stop | see {names} |\n")
    };
    let of_spec = |count: usize| {
        let rows: String = (1..=12).map(|at| format!("| REQ-A-{at:03} | The pump shall keep rule {at}. |\n")).collect();
        let spec = format!("# Requirements\n\n| Req ID | Requirement |\n|---|---|\n{rows}");
        let pages = (1..=count).map(|at| (format!("docs/scenarios-{at}.md"), scenarios(&format!("REQ-A-{at:03}"))));
        let files = pages.chain([("docs/requirements.md".to_owned(), spec)]);
        let told = told(&analyze_files(files.map(|(path, text)| (path, text.into_bytes())).collect()));
        told.into_iter().filter(|one| one.starts_with("Q04")).collect::<Vec<_>>()
    };
    assert_eq!(of_spec(8).len(), 8);
    let one = of_spec(9);
    assert!(one.len() == 1 && one[0].contains("9 files name 9 identifiers (REQ-A-001, "), "{one:?}");

    let words = ["starts", "stops", "rings", "blinks", "cools", "heats", "opens", "shuts", "turns", "spins", "halts"];
    let specs = words.iter().enumerate().map(|(at, word)| {
        let text = format!("# Requirements\n\n- **FR-001**: The pump {word} in {at} seconds.\n- **FR-003**: The lamp {word}.\n");
        (format!("specs/{at:03}-unit/spec.md"), text)
    });
    let test = "def test_starts():\n    \"\"\"Verifies: FR-001, FR-003\"\"\"\n    assert run()\n";
    let others = [
        ("specs/000-unit/test_pump.py".to_owned(), test.to_owned()),
        ("docs/scenarios.md".to_owned(), scenarios("FR-001 and FR-003")),
    ];
    let files = specs.chain(others).map(|(path, text)| (path, text.into_bytes())).collect();
    let found: Vec<String> = told(&analyze_files(files)).into_iter().filter(|one| one.starts_with("Q04")).collect();
    let told = "2 identifiers that several specifications define, each for itself (FR-001 and FR-003), stand in 1 file in a form that is not read as a trace: whether 20 requirements of 10 specifications are verified was not assessed.";
    assert_eq!(found, [format!("Q04: {told}")]);
}

#[test]
fn one_remark_in_test_code_is_no_habit() {
    let one = "# See REQ-A-002.\nLIMIT = 3\n\n\ndef test_starts():\n    assert run()\n";
    let found = told(&analyzed(&[SPECIFICATION, MATRIX, ("tests/test_pump.py", one)]));
    assert!(found.iter().all(|one| !one.starts_with("Q04")), "{found:?}");
    let open = "def test_starts():\n    assert run()\n\n\n# TODO: REQ-A-001 and REQ-A-002\n# TODO: REQ-A-003\nLATER = 1\n";
    let found = told(&analyzed(&[SPECIFICATION, ("tests/test_pump.py", open)]));
    assert!(found.iter().all(|one| !one.starts_with("Q04")) && !found.is_empty(), "{found:?}");
}

#[test]
fn a_text_in_test_code_is_data_unless_it_is_a_title() {
    let data = "def test_starts():\n    assert names() == [\n        \"REQ-A-001\",\n        \"REQ-A-002\",\n        \"REQ-A-003\",\n    ]\n";
    let found = told(&analyzed(&[SPECIFICATION, ("tests/test_pump.py", data)]));
    assert!(found.iter().all(|one| !one.starts_with("Q04")) && !found.is_empty(), "{found:?}");
}

#[test]
fn what_another_document_seems_to_define_does_not_dangle() {
    let test = "def test_starts():\n    \"\"\"Verifies: REQ-A-001\"\"\"\n    assert run()\n\n\ndef test_hums():\n    \"\"\"Verifies: REQ-A-007\"\"\"\n    assert run()\n";
    let notes = |line: &str| format!("# Notes on the pump\n\nWhat was agreed:\n\n{line}\n");
    let codes = |line: &str| {
        let notes = notes(line);
        told(&analyzed(&[SPECIFICATION, ("tests/test_pump.py", test), ("docs/notes.md", &notes)]))
    };
    let dangles = |found: &[String]| found.iter().any(|one| one.starts_with("T03") && one.contains("REQ-A-007"));
    for line in ["- REQ-A-007 is about the humming of the pump", "| REQ-A-007 | The humming |", "## REQ-A-007 — Humming"] {
        let found = codes(line);
        assert!(!dangles(&found) && found.iter().any(|one| one.starts_with("Q04")), "{line}: {found:?}");
    }
    for line in
        ["We spoke of REQ-A-007.", "- REQ-A-0071 hums aloud", "REQ-A-007", "It hums, as was said:\nREQ-A-007 is about that."]
    {
        assert!(dangles(&codes(line)), "{line}");
    }
}

#[test]
fn a_name_in_quotes_in_code_is_no_ghost() {
    let matrix = "# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| REQ-A-001 | `pump_starts_dry` |\n| REQ-A-002 | `pump_stops_late` |\n| REQ-A-003 | `test_rings` |\n";
    let tests = "#include \"unit.h\"\n\nvoid test_rings(void) { CHECK(ring()); }\n\n/* pump_stops_late was removed */\nstatic const struct suite all[] = { RUN(\"pump_starts_dry\", starts) };\n";
    let found = told(&analyzed(&[SPECIFICATION, ("docs/rtm.md", matrix), ("tests/test_pump.c", tests)]));
    assert!(found.iter().all(|one| !one.contains("pump_starts_dry")), "{found:?}");
}

#[test]
fn a_row_about_something_else_is_no_slip_of_the_pen() {
    let spec = "# Requirements\n\n### REQ-01: Blocks of the workflow\n\nThe view shall show blocks.\n\n### REQ-02: Colours of the blocks\n\nBlocks shall have colours.\n";
    let codes = |title: &str| {
        let matrix = format!(
            "# Traceability matrix\n\n| Req ID | Requirement | Test |\n|---|---|---|\n| REQ-001 | {title} | tests/test_pump.py |\n"
        );
        let files = [
            ("docs/requirements.md", spec),
            ("docs/rtm.md", &matrix),
            ("tests/test_pump.py", "def test_it():\n    assert works()\n"),
        ];
        told(&analyzed(&files))
    };
    let near = |found: &[String]| found.iter().any(|one| one.starts_with("R02"));
    assert!(near(&codes("Workflow blocks")));
    assert!(!near(&codes("Prediction of several candidates")));
}

#[test]
fn a_case_that_a_bold_row_describes_is_no_ghost() {
    let cases = "# Track 3\n\n| Case | What is tried |\n|---|---|\n| **SEC-001** | A forged token |\n| **SEC-002** | No token |\n\n## By threat\n\n| Threat | Cases | Test |\n|---|---|---|\n| S-01 | SEC-001, 002 | `test_starts` |\n";
    let matrix = "# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| REQ-A-001 | SEC-001 |\n| REQ-A-002 | SEC-002 |\n";
    let tests = ("tests/test_pump.py", "def test_starts():\n    assert run()\n");
    let found = told(&analyzed(&[SPECIFICATION, ("docs/rtm.md", matrix), ("docs/track-3.md", cases), tests]));
    assert!(found.iter().all(|one| !one.starts_with("M02") && !one.starts_with("E12")), "{found:?}");
}

#[test]
fn a_cell_of_names_beside_those_that_were_read_is_no_absence() {
    let spec =
        "# Requirements\n\n### REQ-A-001: It starts\n\nIt shall start.\n\n### REQ-B-007: It stays shut\n\nIt shall stay shut.\n";
    let row = |cell: &str| {
        let matrix = format!(
            "# Traceability matrix\n\n| Req ID | Rule | Test |\n|---|---|---|\n| REQ-A-001 | {cell} | tests/test_a.py::test_starts |\n"
        );
        let tests = "def test_starts():\n    assert works()\n";
        analyzed(&[("docs/requirements.md", spec), ("docs/rtm.md", &matrix), ("tests/test_a.py", tests)])
    };
    let named = |cell: &str| {
        let analysis = row(cell);
        analysis.findings.iter().filter(|one| matches!(one.code, "T01" | "M01") && one.message.contains("REQ-B-007")).count()
    };
    assert_eq!((named("REQ-B-007, REQ-B-009"), named("as long as REQ-B-007 allows")), (0, 1));
}

#[test]
fn a_title_that_speaks_of_what_is_missing_leaves_nothing_open() {
    let spec = "# Requirements\n\n### REQ-A-001: Links\n\nIt shall find missing links.\n";
    let told = |row: &str| {
        let scenarios = format!("# Scenarios\n\n| Requirement | Scenario | Test |\n|---|---|---|\n| {row} |\n");
        let analysis = analyzed(&[("docs/requirements.md", spec), ("docs/scenarios.md", &scenarios)]);
        analysis.findings.iter().filter(|one| one.code == "T01").count()
    };
    assert_eq!(
        (told("see REQ-A-001 | Find all missing links between pages | by eye"), told("see REQ-A-001 | Links | missing")),
        (0, 1)
    );
}

#[test]
fn a_comment_of_a_pipeline_defines_nothing() {
    let matrix = "# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| REQ-A-001 | tests/test_pump.py::test_starts |\n| REQ-A-002 | tests/test_pump.py::test_starts |\n| REQ-A-003 | tests/test_pump.py::test_starts |\n| REQ-A-007 | tests/test_pump.py::test_starts |\n";
    let tests = ("tests/test_pump.py", "def test_starts():\n    assert run()\n");
    let pipeline = (".github/workflows/soak.yml", "name: soak\n# REQ-A-007: run it for a night\njobs: {}\n");
    let makefile = ("Makefile", "all: test\n\n# REQ-A-007: run it for a night\nsoak:\n\t./soak\n");
    let found = told(&analyzed(&[SPECIFICATION, ("docs/rtm.md", matrix), tests, pipeline, makefile]));
    assert!(found.iter().any(|one| one.starts_with("M01") && one.contains("REQ-A-007")), "{found:?}");
    assert!(found.iter().all(|one| !one.starts_with("Q04")), "{found:?}");
}

#[test]
fn the_ends_of_a_range_are_read_as_what_is_between_them() {
    let rows = "# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| REQ-A-001..003 | — *(no test; checklist)* |\n";
    let tests = ("tests/test_pump.py", "def test_starts():\n    assert run()\n");
    let found = told(&analyzed(&[SPECIFICATION, ("docs/rtm.md", rows), tests]));
    assert!(found.iter().all(|one| !one.starts_with("Q04")), "{found:?}");
    assert_eq!(found.iter().filter(|one| one.starts_with("T01") && one.contains("cites nothing")).count(), 3, "{found:?}");
}

#[test]
fn test_cases_that_a_document_writes_out_below_a_requirement_are_no_silence() {
    let case = |id: &str| {
        format!("### {id}: As it is\n\n```\nTest ID: TC-{id}-P01\nSteps:\n  1. Press the button\nExpected: it does\n```\n\n")
    };
    let cases =
        format!("# Test cases of the pump, version 1.1\n\n{}{}", case("REQ-A-002"), "### REQ-A-003: Later\n\nTo be written.\n");
    let tests = ("tests/test_pump.py", "def test_starts():\n    assert run()\n");
    let analysis = analyzed(&[SPECIFICATION, MATRIX, tests, ("docs/Test_Cases_v1.1.md", &cases)]);
    let found = told(&analysis);
    assert!(found.iter().any(|one| one.starts_with("Q04: docs/Test_Cases_v1.1.md writes test cases for REQ-A-002")), "{found:?}");
    assert!(found.iter().any(|one| one.starts_with("T01: Nothing verifies REQ-A-003")), "{found:?}");
    assert!(found.iter().all(|one| !(one.starts_with("T01") && one.contains("REQ-A-002"))), "{found:?}");
}

#[test]
fn a_register_of_all_requirements_beside_the_tests_verifies_none() {
    let register = "REQ_A_001 = Requirement(name='REQ-A-001')\nREQ_A_002 = Requirement(name='REQ-A-002')\nREQ_A_003 = Requirement(name='REQ-A-003')\n";
    let tests = ("tests/test_pump.py", "def test_starts():\n    assert run()\n");
    let found = told(&analyzed(&[SPECIFICATION, MATRIX, tests, ("tests/requirements/requirements.py", register)]));
    assert!(found.iter().all(|one| !one.starts_with("Q04")) && found.len() > 1, "{found:?}");
}

/// A requirement, an architecture that it is linked to, and the tests that this is linked to.
fn chain(test: &str) -> String {
    format!(
        "Store\n=====\n\n.. req:: Keeping\n   :id: req~keep\n   :links: arch~store\n\n   It must keep what it has.\n\n.. req:: Losing\n   :id: req~lose\n\n   It must lose nothing.\n\n.. arch:: Store\n   :id: arch~store\n   :links: dimpl~disk, {test}\n\n   It stores.\n"
    )
}

#[test]
fn a_chain_of_needs_that_leads_to_a_test_in_code_is_no_silence() {
    let code = "/// It survives.\n/// [[ itest~store-survives, It survives a crash, itest ]]\n#[test]\nfn survives() {\n    assert!(store());\n}\n";
    let run = |test: &str| told(&analyzed(&[("docs/store.rst", &chain(test)), ("tests/store.rs", code)]));
    let found = run("itest~store-survives");
    assert!(
        found
            .iter()
            .any(|one| one.starts_with("Q04: Other objects lead from req~keep to what comments of tests/store.rs declare")),
        "{found:?}"
    );
    assert!(found.iter().any(|one| one.starts_with("T01: Nothing verifies") && one.contains("req~lose")), "{found:?}");
    assert!(found.iter().all(|one| !(one.starts_with("T01") && one.contains("req~keep"))), "{found:?}");
    let found = run("itest~store-sleeps");
    assert!(found.iter().any(|one| one.starts_with("T01") && one.contains("req~keep")), "no code declares it: {found:?}");
}

#[test]
fn an_item_with_a_malformed_identifier_is_told() {
    let item = |id: &str| format!("## About it\n`{id}`\n\nIt shall be so.\n\nNeeds: impl, utest\n\n");
    let text = format!(
        "# Requirements\n\n{}{}{}{}",
        item("req~whole~1"),
        item("req~lacking"),
        item("req~parted ~1"),
        "## See also\nreq~whole\n\n```\n# Heading\nreq~shown\n```\n\n## Words\nreq~these are words\n"
    );
    let found = told(&analyzed(&[("docs/requirements.md", &text)]));
    let malformed: Vec<&String> = found.iter().filter(|one| one.contains("its identifier is none")).collect();
    let names = ["`req~lacking`", "`req~parted ~1`", "`req~whole`"];
    assert!(malformed.len() == 3 && names.iter().all(|name| malformed.iter().any(|one| one.contains(name))), "{found:?}");
}

#[test]
fn a_record_whose_rows_trace_requirements_to_tests_is_told() {
    let rows = "| REQ-A-001 | Start | test_pump.py | Covered |\n| REQ-A-002 | Stop | test_pump.py | Covered |\n| REQ-A-003 | Ring | test_pump.py | Covered |\n";
    let audit =
        format!("# Traceability Audit Report\n\n| Requirement | Category | Test File | Status |\n|---|---|---|---|\n{rows}");
    let tests = ("tests/test_pump.py", "def test_starts():\n    assert run()\n");
    let found = told(&analyzed(&[SPECIFICATION, MATRIX, tests, ("docs/audits/report.md", &audit)]));
    assert!(
        found.iter().any(|one| one.starts_with("Q04: 3 rows of docs/audits/report.md trace requirements to tests")),
        "{found:?}"
    );
    let other = audit.replace("Traceability Audit", "Progress");
    let found = told(&analyzed(&[SPECIFICATION, MATRIX, tests, ("docs/audits/report.md", &other)]));
    assert!(found.iter().all(|one| !one.contains("trace requirements to tests")), "{found:?}");
}

#[test]
fn the_name_of_a_file_is_no_identifier_that_a_specification_lacks() {
    let test = "def test_starts():\n    \"\"\"Verifies: REQ-A-001, Door2Test.php\"\"\"\n    assert run()\n";
    let notes = "# Notes on the pump\n\n- Door2Test.php is about the door of the pump\n";
    let found = told(&analyzed(&[SPECIFICATION, ("tests/test_pump.py", test), ("docs/notes.md", notes)]));
    assert!(found.iter().all(|one| !one.contains("Door2Test.php, which")), "{found:?}");
}
