//! Traces in YAML, JSON, lists of links and front matter.

use super::{analyzed, messages, requirements};

const SPECIFICATION: (&str, &str) = (
    "docs/requirements.md",
    "# Requirements\n\n| Req ID | Requirement |\n|---|---|\n| DATA-01 | The kiln shall log. |\n| DATA-02 | The kiln shall cool. |\n",
);

const TESTS: (&str, &str) =
    ("tests/test_kiln.py", "def test_logs():\n    assert kiln.log\n\n\ndef test_cools():\n    assert kiln.cold\n");

/// Each requirement with the tests that it relies on.
fn evidence(files: &[(&str, &str)]) -> Vec<String> {
    let graph = analyzed(files).graph;
    let named = |one: &tracegate::link::graph::Requirement| {
        let mut names: Vec<String> = one.evidence.iter().map(|id| graph.test(id.test).name.to_string()).collect();
        names.sort();
        names.dedup();
        format!("{}: {}", one.id, names.join(" "))
    };
    let mut told: Vec<String> = graph.requirements.iter().map(named).collect();
    told.sort();
    told
}

#[test]
fn a_trace_file_that_holds_no_texts_is_a_matrix() {
    let trace = "requirements:\n  DATA-01:\n    implementation:\n      - src/log.py\n    verification:\n      - tests/test_kiln.py::test_logs\n  DATA-02:\n    implementation:\n      - src/cool.py\n    verification: []\n";
    let files = [SPECIFICATION, TESTS, ("docs/traceability.yaml", trace)];
    assert_eq!(evidence(&files), ["DATA-01: test_logs", "DATA-02: "]);
    let found = messages(&files, "T01");
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("Nothing verifies DATA-02"), "{found:?}");
}

#[test]
fn an_empty_list_of_tests_is_a_row_of_a_matrix() {
    let trace = "requirements:\n  DATA-01:\n    description: The kiln logs\n    tests: [tests/test_kiln.py]\n  DATA-02:\n    description: The kiln cools\n    tests: []\n    verification: \"pytest tests\"\n";
    let files = [SPECIFICATION, TESTS, ("docs/traceability.yml", trace)];
    assert_eq!(messages(&files, "M01"), [""; 0]);
    let without = "requirements:\n  DATA-01:\n    description: The kiln logs\n    tests: [tests/test_kiln.py]\n";
    assert_eq!(messages(&[SPECIFICATION, TESTS, ("docs/traceability.yml", without)], "M01").len(), 1);
}

#[test]
fn json_that_is_called_a_trace_is_read_as_one() {
    let trace = "{\n  \"version\": \"1\",\n  \"requirements\": [\n    {\n      \"requirementId\": \"DATA-01\",\n      \"automatedTestIds\": [\"tests/test_kiln.py::test_logs\"],\n      \"owner\": \"a\"\n    },\n    {\"requirementId\": \"DATA-02\", \"automatedTestIds\": [\"tests/test_kiln.py::test_cools\"]}\n  ]\n}\n";
    let files = [SPECIFICATION, TESTS, ("docs/traceability.json", trace)];
    assert_eq!(evidence(&files), ["DATA-01: test_logs", "DATA-02: test_cools"]);
    assert_eq!(messages(&files, "T01"), [""; 0]);
    // Any other data is not looked at.
    assert_eq!(evidence(&[SPECIFICATION, TESTS, ("docs/menu.json", trace)]), ["DATA-01: ", "DATA-02: "]);
}

#[test]
fn tests_in_mappings_are_found_in_the_files_beside_their_names() {
    let trace = "requirements:\n- id: DATA-01\n  title: Log\n  tests:\n  - path: tests/test_kiln.py\n    name: test_logs\n- id: DATA-02\n  title: Cool\n  tests:\n    unit: [tests/test_kiln.py::test_cools]\n";
    assert_eq!(evidence(&[TESTS, ("docs/trace.yaml", trace)]), ["DATA-01: test_logs", "DATA-02: test_cools"]);
}

#[test]
fn a_list_of_links_says_which_test_verifies_what() {
    let links = "from_id,to_id,relation\nTEST-001,DATA-01,verifies\nDATA-02,DATA-01,derives_from\nDATA-02,TEST-002,verified_by\nTEST-003,DATA-02,implements\n";
    let tests = (
        "tests/test_kiln.py",
        "def test_logs():\n    \"\"\"TEST-001\"\"\"\n    assert kiln.log\n\n\ndef test_cools():\n    \"\"\"TEST-002\"\"\"\n    assert kiln.cold\n",
    );
    let files = [SPECIFICATION, tests, ("data/trace_edges.csv", links)];
    assert_eq!(messages(&files, "T01"), [""; 0]);
    let graph = analyzed(&files).graph;
    assert_eq!(graph.rows.len(), 2);
}

#[test]
fn front_matter_defines_the_requirement_that_the_file_is() {
    let log = "---\nid: REQ-001\ntitle: Logging\nstatus: approved\nverification_method: test\nverified_by: [test:tests/test_kiln.py::test_logs]\n---\n\n# Logging\n\nThe kiln shall log.\n";
    let cool = "---\ntitle: REQ-002: Cooling\nneeds: [N-001]\n---\n\n# Description\n\nThe kiln shall cool.\n";
    let old = "---\nid: \"REQ-003\"\ntitle: \"Smoke\"\nstatus: \"deprecated\"\n---\n\nThe kiln shall smoke.\n";
    let files = [TESTS, ("requirements/REQ-001.md", log), ("requirements/REQ-002.md", cool), ("requirements/REQ-003.md", old)];
    assert_eq!(requirements(&files), ["REQ-001", "REQ-002", "REQ-003 retired"]);
    assert_eq!(evidence(&files), ["REQ-001: test_logs", "REQ-002: ", "REQ-003: "]);
    let graph = analyzed(&files).graph;
    let titles: Vec<&str> = graph.requirements.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(titles, ["Logging", "Cooling", "Smoke"]);
    assert_eq!(graph.namespaces.len(), 1, "the folder is one specification");
}

#[test]
fn front_matter_may_call_its_identifier_that_of_a_requirement() {
    let rule = |id: &str, title: &str| {
        format!(
            "---\nid: \"{}\"\ntitle: \"{title}\"\nrequirement_id: \"{id}\"\nstatus: \"extracted\"\n---\n\n# {id}: {title}\n\n## Summary\n\nThe balance is kept.\n",
            id.to_lowercase()
        )
    };
    let (balance, status) = (rule("ACCT-BR-004", "Account balance"), rule("ACCT-BR-005", "Account status"));
    let case = "---\nid: TC-007\nrequirement_id: ACCT-BR-009\n---\n\n# TC-007: Balance\n\nOpen an account.\n";
    let files = [("rules/acct-br-004.md", balance.as_str()), ("rules/acct-br-005.md", &status), ("cases/tc-007.md", case)];
    assert_eq!(requirements(&files), ["ACCT-BR-004", "ACCT-BR-005"]);
}

#[test]
fn front_matter_of_what_is_no_requirement_defines_none() {
    let named =
        |id: &str, kind: &str| format!("---\nid: {id}\ntype: {kind}\ntitle: Kiln\n---\n\n# Kiln\n\nThe kiln shall heat.\n");
    let (task, document, other) = (named("REQ-001", "task"), named("SPEC-LE-001", "module"), named("REQ-009", "note"));
    let holds =
        "---\nid: FR-100\n---\n\n# Kiln\n\n### FR-1: Heat\n\nThe kiln shall heat.\n\n### FR-2: Cool\n\nThe kiln shall cool.\n";
    let files = [
        ("work/REQ-001.md", task.as_str()),
        ("docs/SPEC-LE-001.md", &document),
        ("docs/kiln.md", &other),
        ("requirements/FR-100.md", holds),
    ];
    assert_eq!(requirements(&files), ["FR-1", "FR-2"]);
}

#[test]
fn front_matter_adds_to_what_the_heading_defines() {
    let log = "---\nid: REQ-001\nverification: inspection\nstatus: withdrawn\n---\n\n# REQ-001: Logging\n\nThe kiln shall log.\n";
    assert_eq!(requirements(&[("docs/REQ-001.md", log)]), ["REQ-001 retired"]);
}

#[test]
fn a_file_of_commands_in_comments_is_one_test() {
    let check =
        "// RUN: %check_kiln %s kiln-req-1.2 %t\n// Verifies: DATA-01\n\nvoid test_data() {}\n// CHECK-MESSAGES: warning\n";
    let files = [SPECIFICATION, ("test/kiln/log.cpp", check)];
    assert_eq!(evidence(&files), ["DATA-01: log", "DATA-02: "]);
    assert_eq!(messages(&files, "S05"), [""; 0]);
}

#[test]
fn capitals_part_the_words_of_a_column_and_scripts_are_sources() {
    let rows = "RequirementID,Requirement,ToolScript,TestFile,VerificationMethod\n\
        DATA-01,The kiln shall log.,tools/log.ps1,tests/Log.Tests.ps1,Test\n\
        DATA-02,The kiln shall cool.,tools/cool.ps1,tests/Cool.Tests.ps1,Test\n";
    let graph = analyzed(&[SPECIFICATION, TESTS, ("docs/rvtm.csv", rows)]).graph;
    assert_eq!(graph.rows.len(), 2);
    assert!(graph.rows().all(|(_, node)| graph.row(node).citations.len() == 1 && graph.row(node).method.is_some()));
}

#[test]
fn what_a_register_names_as_evidence_is_evidence() {
    let register = |evidence: &str| {
        format!(
            "- id: \"NFR-01\"\n  title: \"Keep a log of hazards\"\n  status: in-progress\n  {evidence}\n- id: \"NFR-02\"\n  title: \"Ring\"\n  status: implemented\n  evidence: words only\n"
        )
    };
    let unverified = |evidence: &str, more: &[(&str, &str)]| {
        let text = register(evidence);
        let mut files = vec![("docs/requirements/requirements.yaml", text.as_str()), ("docs/hazards.md", "# Hazards\n\nNone.\n")];
        files.extend(more);
        (messages(&files, "T01"), messages(&files, "M02"))
    };
    for named in ["evidence: docs/hazards.md", "evidence: docs/hazards.md#none", "evidence:\n    - docs/hazards.md"] {
        let (missing, ghosts) = unverified(named, &[]);
        assert!(missing.len() == 1 && missing[0].contains("NFR-02"), "{named}: {missing:?}");
        assert_eq!(ghosts, [""; 0], "{named}");
    }
    let (missing, ghosts) = unverified("verified_by: docs/hazards.md", &[]);
    assert!(missing.iter().chain(&ghosts).all(|one| !one.contains("NFR-01")), "{missing:?} {ghosts:?}");
    let (missing, _) = unverified("evidence: \"\"", &[]);
    assert!(missing.iter().any(|one| one.contains("NFR-01")), "{missing:?}");
    let workflow = (".github/workflows/ci.yml", "jobs:\n  backend:\n    runs-on: x\n");
    let (missing, ghosts) = unverified("evidence: .github/workflows/ci.yml#backend", &[workflow]);
    assert!(missing.len() == 1 && ghosts.is_empty(), "{missing:?} {ghosts:?}");
    let (missing, ghosts) = unverified("evidence: docs/gone.md", &[]);
    assert!(missing.len() + ghosts.len() == 2, "{missing:?} {ghosts:?}");
    // A test that is named there is one.
    let spec = "- id: DATA-01\n  title: It shall log\n  evidence: tests/test_kiln.py\n";
    assert_eq!(evidence(&[("docs/requirements/requirements.yaml", spec), TESTS]), ["DATA-01: test_cools test_logs"]);
}

#[test]
fn the_requirement_that_rows_share_is_the_one_that_theirs_come_from() {
    let prd = "# Product requirements\n\n### FR-KILN-001: Heat\n\nIt shall heat.\n\n### FR-KILN-002: Cool\n\nIt shall cool.\n";
    let list = "ID,Module,Requirement#,Description,Priority\nREQ-001,Coil,FR-KILN-001,The coil glows,P0\nREQ-002,Coil,FR-KILN-001,The coil lasts,P0\n\
        REQ-003,Fan,FR-KILN-002,The fan turns,P1\nREQ-004,Fan,FR-KILN-009,The fan rests,P1\n";
    let files = [("prd.md", prd), ("requirements_matrix.csv", list)];
    assert_eq!(super::refined(&files), ["FR-KILN-001 by REQ-001 REQ-002", "FR-KILN-002 by REQ-003"]);
    assert!(messages(&files, "T03").iter().any(|one| one.contains("FR-KILN-009")), "{:?}", messages(&files, "T03"));
    // Stories that share a requirement are refined by it.
    let stories = "# Product requirements\n\n| ID | Story | Requirement |\n|---|---|---|\n| US-1 | Bake | FR-KILN-001 |\n| US-2 | Roast | FR-KILN-001 |\n| US-3 | Rest | FR-KILN-002 |\n| US-4 | Wait | FR-KILN-002 |\n";
    let refined = super::refined(&[("prd.md", prd), ("docs/requirements.md", stories)]);
    assert!(refined.contains(&String::from("US-1 by FR-KILN-001")), "{refined:?}");
    let pairs = "# Plan\n\n| REQ-ID | Phase | REQ-ID | Phase |\n|---|---|---|---|\n| FR-KILN-001 | 1 | FR-KILN-002 | 2 |\n";
    assert_eq!(super::refined(&[("prd.md", prd), ("docs/plan.md", pairs)]), [""; 0]);
}

#[test]
fn the_keys_of_a_front_matter_may_be_those_of_an_item() {
    let item = |id: &str, title: &str, parent: &str| {
        format!(
            "---\nitemId: {id}\nitemTitle: {title}\nitemHasParent: {parent}\nitemType: Requirement\n---\n\nThe kiln shall {title}.\n"
        )
    };
    let (start, stop) = (item("SWR-KILN-START", "start", "SHR-KILN"), item("SWR-KILN-STOP", "stop", "SHR-KILN"));
    let files = [("requirements/SWR-KILN-START.md", start.as_str()), ("requirements/SWR-KILN-STOP.md", &stop)];
    assert_eq!(requirements(&files), ["SWR-KILN-START", "SWR-KILN-STOP"]);
    let graph = analyzed(&files).graph;
    let first = graph.definition(&graph.requirements[0]).unwrap();
    assert_eq!((first.title.as_str(), first.parents.len()), ("start", 1));
    // A design that says how each is met tells them again, in other words.
    let ids = ["START", "STOP", "RING"];
    let all: Vec<String> = ids.iter().map(|id| item(&format!("STK-KILN-{id}"), &id.to_lowercase(), "GOAL")).collect();
    let paths: Vec<String> = ids.iter().map(|id| format!("requirements/STK-KILN-{id}.md")).collect();
    let design = "# Design of the kiln\n\n## Requirements\n\n| Requirement ID | Title | How |\n|---|---|---|\n\
                  | STK-KILN-START | Kiln start | By a coil that is switched on |\n| STK-KILN-STOP | Kiln stop | By a coil that is switched off |\n\
                  | STK-KILN-RING | Kiln ring | By a hammer |\n";
    let mut files: Vec<(&str, &str)> = paths.iter().map(String::as_str).zip(all.iter().map(String::as_str)).collect();
    files.push(("design/SPEC-KILN.md", design));
    assert_eq!(requirements(&files), ["STK-KILN-RING", "STK-KILN-START", "STK-KILN-STOP"]);
}

#[test]
fn what_a_requirement_depends_on_is_no_parent() {
    let text = "# Requisitos do forno\n\n| ID | Descrição do Requisito | Prioridade | Dependências |\n|---|---|---|---|\n\
                | RF-001 | O forno deve aquecer. | Alta | - |\n| RF-002 | O forno deve parar. | Alta | RF-001 |\n| RF-003 | O forno deve tocar. | Alta | RF-001, RF-002 |\n";
    let graph = analyzed(&[("docs/requisitos.md", text)]).graph;
    let parents = graph.requirements.iter().map(|one| graph.definition(one).unwrap().parents.len()).sum::<usize>();
    assert_eq!((graph.requirements.len(), parents), (3, 0));
}
