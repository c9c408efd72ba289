//! Citations as they are written in cells: broken names, and paths in a column of evidence.

use tracegate::analysis::analyze;
use tracegate::discover::tree::Memory;
use tracegate::settings::Settings;

const TESTS: &str = "def test_fills():\n    assert fill() == 1\n\n\ndef test_stops():\n    assert stop() == 2\n";

fn links(files: &[(&str, &str)]) -> Vec<String> {
    let graph = analyze(&Memory::new(files.iter().copied()), &Settings::default()).graph;
    let told = graph.requirements.iter().map(|one| {
        let names: Vec<String> = one.evidence.iter().map(|link| graph.test(link.test).name.to_string()).collect();
        format!("{} {}", one.id, names.join(" "))
    });
    told.collect()
}

#[test]
fn where_a_browser_may_break_a_name_it_is_one_all_the_same() {
    let matrix = "# Test traceability\n\n| Tests | Requirements |\n|---|---|\n| <code>tests/<wbr>tank/<wbr>test_tank.py<wbr>::<wbr>test_stops</code> | REQ-1 |\n| <code>tests/<wbr>tank/<wbr/>test_tank.py</code> | REQ-2 |\n";
    let own = ("docs/requirements.md", "# Tank requirements\n\n- REQ-1: The tank shall stop.\n- REQ-2: The tank shall fill.\n");
    let files = [own, ("docs/traceability.md", matrix), ("tests/tank/test_tank.py", TESTS)];
    assert_eq!(links(&files), ["REQ-1 test_stops", "REQ-2 test_fills test_stops"]);
    let odd = matrix.replace("<wbr/>", "<wbr class=\"x\">");
    assert!(!links(&[own, ("docs/traceability.md", &odd), ("tests/tank/test_tank.py", TESTS)]).is_empty(), "and it ends");
}

#[test]
fn paths_of_functions_are_cited_beside_numbers_of_test_cases() {
    let matrix = "Requirement ID,Requirement Text,Unit Test ID,Evidence Artifact\nREQ-1,The tank shall stop.,UT-001,tank::checks::full_tank_stops; tank::level\nREQ-2,The tank shall fill.,UT-002,tank::checks::empty_tank_fills\n";
    let source = "mod checks {\n    #[test]\n    fn full_tank_stops() {\n        assert!(stopped());\n    }\n\n    #[test]\n    fn empty_tank_fills() {\n        assert!(filled());\n    }\n}\n";
    let files = [("docs/traceability.csv", matrix), ("tests/tank.rs", source)];
    assert_eq!(links(&files), ["REQ-1 full_tank_stops", "REQ-2 empty_tank_fills"]);
}

#[test]
fn a_plan_with_a_matrix_cites_the_tests_that_stand_with_the_method() {
    let requirements = "# Tank requirements\n\n- REQ-1: The tank shall stop.\n- REQ-2: The tank shall fill.\n";
    let plan = "# Tank verification plan\n\n## Verification matrix\n\n| Test ID | Requirement | Method | Status |\n|---|---|---|---|\n| VER-001 | REQ-1 (Stop) | Unit test - `test_stops` | Pass |\n| VER-002 | REQ-2 (Fill) | Unit test - `test_fills` | Pass |\n";
    let files = [("docs/requirements.md", requirements), ("docs/verification-plan.md", plan), ("tests/test_tank.py", TESTS)];
    assert_eq!(links(&files), ["REQ-1 test_stops", "REQ-2 test_fills"]);
}

const SPECIFIED: &str = "# Tank requirements\n\n- REQ-1: The tank shall stop.\n- REQ-2: The tank shall fill.\n";

fn ghosts(row: &str, test: &str) -> Vec<String> {
    let matrix =
        format!("# Traceability matrix\n\n| Requirement | Tests |\n|---|---|\n| REQ-1 | {row} |\n| REQ-2 | `test_fills` |\n");
    let files = [
        ("docs/requirements.md", SPECIFIED),
        ("docs/rtm.md", &matrix),
        ("tests/test_tank.py", TESTS),
        ("tests/TankTests.cs", test),
    ];
    let analysis = analyze(&Memory::new(files), &Settings::default());
    let told = analysis.findings.iter().filter(|one| ["M02", "M03", "M04"].contains(&one.code));
    told.map(|one| format!("{} {}", one.code, one.message)).collect()
}

const SHARP: &str = "public class TankTests {\n  [UnityTest]\n  public IEnumerator Given_full_When_fed_Then_it_stops() { Assert.IsTrue(Stopped()); }\n  \
                     [Test]\n  public void Given_full_When_fed_Then_it_alarms() { Assert.IsTrue(Alarmed()); }\n}\n";

#[test]
fn pieces_of_a_name_name_nothing_that_could_be_missing() {
    for row in [
        "`TankTests.Given_*_When_fed_Then_it_stops`",
        "`TankTests.Given_full_..._Then_it_stops` / `..._empty_..._Then_it_fills`",
        "`Given_full_…_Then_it_stops`",
        "`test_*_stops_at_once`",
        "`Given_full_When_fed_Then_it_stops` + `Then_it_alarms`",
        "`Given_full_When_fed_Then_it_stops` + `Then_it_sings`",
        "`..._Then_it_stops` + `Then_it_sings`",
        "`TankTests` `TestCase` 4 件",
        "PUMP_A10_TEST_DSN",
        "`Given_#欠如_When_fed_Then_it_stops`",
        "`is_legal_move` 関連 4 件(満水時)",
    ] {
        assert_eq!(ghosts(row, SHARP), [""; 0], "{row}");
    }
    assert_eq!(ghosts("`TankTests.Given_full_When_fed_Then_it_sings`", SHARP).len(), 1, "a whole name is missing");
    assert_eq!(ghosts("**`test_gone_for_good`**", SHARP).len(), 1, "bold names are whole");
}

#[test]
fn of_two_tests_of_a_name_the_one_that_names_the_requirement_is_meant() {
    let one = "class TankTests { [Test, Property(\"Requirement\", \"REQ-1\")] public void Test_stops_in_time() { Assert.IsTrue(Stopped()); } }\n";
    let matrix = "# Traceability matrix\n\n| Requirement | Tests |\n|---|---|\n| REQ-1 | `Test_stops_in_time` |\n";
    let two = one.replace("Tank", "Valve").replace("REQ-1", "REQ-2");
    let files = [("requirements.md", SPECIFIED), ("rtm.md", matrix), ("tests/TankTests.cs", one), ("tests/ValveTests.cs", &two)];
    let analysis = analyze(&Memory::new(files), &Settings::default());
    assert!(analysis.findings.iter().all(|one| one.code != "M04"), "the test says it");
    let bare = one.replace(", Property(\"Requirement\", \"REQ-1\")", "");
    let files =
        [("requirements.md", SPECIFIED), ("rtm.md", matrix), ("tests/TankTests.cs", &bare), ("tests/ValveTests.cs", &two)];
    let analysis = analyze(&Memory::new(files), &Settings::default());
    assert!(analysis.findings.iter().any(|one| one.code == "M04"), "neither says it");
}

#[test]
fn tests_among_the_sorted_evidence_of_a_register_are_cited() {
    let register = "requirements:\n  - id: REQ-1\n    title: The tank shall stop.\n    verified_by: somebody\n    evidence:\n      backend: [\"src/tank.py\"]\n      tests:\n        - \"tests/test_tank.py\"\n  - id: REQ-2\n    title: The tank shall fill.\n    evidence:\n      tests: [\"tests/test_gone.py\"]\n";
    let files = [("docs/requirements/traceability.yaml", register), ("tests/test_tank.py", TESTS)];
    assert_eq!(links(&files), ["REQ-1 test_fills test_stops", "REQ-2 "]);
    let analysis = analyze(&Memory::new(files), &Settings::default());
    assert!(analysis.findings.iter().any(|one| one.code == "M02"), "{:?}", analysis.findings);
}

#[test]
fn that_no_test_is_expected_is_a_decision_and_no_gap() {
    let told = |cell: &str| {
        let matrix = format!(
            "# Traceability matrix\n\n| Requirement | Tests |\n|---|---|\n| REQ-1 | {cell} |\n| REQ-2 | `test_fills` |\n"
        );
        let files = [("docs/requirements.md", SPECIFIED), ("docs/rtm.md", &matrix), ("tests/test_tank.py", TESTS)];
        let analysis = analyze(&Memory::new(files), &Settings::default());
        let gaps = analysis.findings.iter().filter(|one| one.code == "T01").count();
        (gaps, analysis.graph.requirements.first().and_then(|one| one.not_assessed.clone()).map(|why| why.to_string()))
    };
    for cell in ["No test expected", "No tests required"] {
        assert_eq!(told(cell), (0, Some(String::from("its row says that no test is expected"))), "{cell}");
    }
    assert_eq!(told("No test yet").0, 1);
    assert_eq!(told("No tests").0, 1);
}
