//! What the head of a file and the name of a test say of several requirements.

use super::support::analyze_files;

const SPECIFICATION: &str = "# Requirements\n\n| ID | Requirement |\n|---|---|\n| US-001 | The pump shall start. |\n| US-002 | The pump shall stop. |\n| US-003 | The pump shall ring. |\n| US-004 | The pump shall hum. |\n";

/// The tests of each requirement, by name.
fn evidence(path: &str, text: &str) -> Vec<(String, Vec<String>)> {
    let files = [("docs/requirements.md", SPECIFICATION), (path, text)];
    let graph = analyze_files(files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).to_vec()).graph;
    let names = |one: &tracegate::link::graph::Requirement| {
        one.evidence.iter().map(|one| graph.test(one.test).name.to_string()).collect()
    };
    graph.requirements.iter().map(|one| (one.id.to_string(), names(one))).collect()
}

fn expected(tests: [&[&str]; 4]) -> Vec<(String, Vec<String>)> {
    let ids = ["US-001", "US-002", "US-003", "US-004"].into_iter();
    ids.zip(tests).map(|(id, tests)| (id.to_owned(), tests.iter().map(|test| (*test).to_owned()).collect())).collect()
}

#[test]
fn a_list_at_the_head_is_an_overview_where_each_test_names_its_own() {
    let head = "\"\"\"Verifies: US-001, US-002, US-003\"\"\"\n\n\n";
    let test = |name: &str, own: &str| format!("def test_{name}():\n    \"\"\"{own}\"\"\"\n    assert pump()\n\n\n");
    let all = format!("{head}{}{}", test("a", "Verifies: US-001"), test("b", "Verifies: US-002"));
    let both = &["test_a", "test_b"];
    assert_eq!(evidence("tests/test_pump.py", &all), expected([&["test_a"], &["test_b"], both, &[]]), "nobody names the third");
    let free = format!("{all}{}", test("c", "It works."));
    let found = evidence("tests/test_pump.py", &free);
    assert_eq!(found, expected([&["test_a", "test_c"], &["test_b", "test_c"], &["test_c"], &[]]), "one names none");
    let single = format!("\"\"\"Verifies: US-001\"\"\"\n\n\n{}{}", test("a", "Verifies: US-001"), test("b", "Verifies: US-002"));
    assert_eq!(evidence("tests/test_pump.py", &single), expected([both, &["test_b"], &[], &[]]), "no list");
}

#[test]
fn the_head_of_a_suite_that_names_a_range_is_an_overview_too() {
    let text = "*** Settings ***\nDocumentation    Stories of the pump (US-001 to US-003)\n\n*** Test Cases ***\nUS-001: It starts\n    [Tags]    US-001\n    Should Be Equal    1    1\n\nUS-002: It stops\n    [Tags]    US-002\n    Should Be Equal    1    1\n\nUS-003: It rings\n    [Tags]    US-003\n    Should Be Equal    1    1\n";
    let own = ["US-001: It starts", "US-002: It stops", "US-003: It rings"];
    let mut found = evidence("tests/pump.robot", text);
    found.iter_mut().for_each(|(_, tests)| tests.dedup());
    assert_eq!(found, expected([&own[..1], &own[1..2], &own[2..], &[]]));
}

#[test]
fn numbers_that_follow_each_other_in_a_name_are_requirements_each() {
    let test = |name: &str| format!("def {name}():\n    assert pump()\n");
    let found = evidence("tests/test_pump.py", &test("test_us_001_002_004_run"));
    let one: &[&str] = &["test_us_001_002_004_run"];
    assert_eq!(found, expected([one, one, &[], one]));
    let one: &[&str] = &["test_us_001_002"];
    assert_eq!(evidence("tests/test_pump.py", &test("test_us_001_002")), expected([one, &[], &[], &[]]), "the number of a case");
}

#[test]
fn a_name_whose_file_is_missing_is_not_called_ambiguous_on_top() {
    let matrix = |cells: &str| {
        format!("# Traceability matrix\n\n| Requirement ID | Test | Test Name |\n|---|---|---|\n| US-001 | {cells} |\n")
    };
    let test = "def test_rings():\n    assert pump()\n";
    let told = |cells: &str| -> Vec<&'static str> {
        let matrix = matrix(cells);
        let files = [
            ("docs/requirements.md", SPECIFICATION),
            ("docs/rtm.md", &matrix),
            ("tests/test_bell.py", test),
            ("tests/test_pump.py", test),
        ];
        let findings = analyze_files(files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).to_vec()).findings;
        findings.iter().filter(|one| matches!(one.code, "M02" | "M04")).map(|one| one.code).collect()
    };
    assert_eq!(told("test_horn.py | test_rings"), ["M02"]);
    assert_eq!(told(" | test_rings"), ["M04"]);
    assert_eq!(told("test_bell.py | test_rings"), [""; 0]);
}
