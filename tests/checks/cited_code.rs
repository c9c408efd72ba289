//! Matrices cite more than tests: functions, keys, signals, files that no reader takes, suites and commands.

use super::support::{analyze_files, rendered};
use tracegate::analysis::Analysis;
use tracegate::finding::Severity;
use tracegate::link::graph::{Graph, Resolution};

const SPECIFICATION: (&str, &str) = (
    "docs/requirements.md",
    "# Requirements\n\n| Req ID | Requirement |\n|---|---|\n| REQ-A-001 | The pump shall stop. |\n| REQ-A-002 | The pump shall start. |\n",
);

fn analyzed(files: &[(&str, &str)]) -> Analysis {
    let all = files.iter().chain([&SPECIFICATION]);
    analyze_files(all.map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect())
}

fn codes(analysis: &Analysis, code: &str) -> Vec<String> {
    analysis.findings.iter().filter(|finding| finding.code == code).map(|finding| finding.message.clone()).collect()
}

/// The names of the tests that each citation of the first row leads to; `-` where it leads to none.
fn first_row(graph: &Graph) -> Vec<String> {
    let name = |one: &Resolution| match one {
        Resolution::Tests(found) => found.iter().map(|id| graph.test(*id).name.clone()).collect::<Vec<_>>().join(" "),
        _ => String::from("-"),
    };
    graph.rows.first().map(|row| row.citations.iter().map(name).collect()).unwrap_or_default()
}

fn matrix(header: &str, cells: &str) -> String {
    let columns = header.matches('|').count() + 2;
    format!("# Traceability matrix\n\n| Req ID | {header} |\n|{}\n| REQ-A-001 | {cells} |\n", "---|".repeat(columns))
}

#[test]
fn a_name_that_stands_in_the_cited_file_is_no_ghost() {
    let rows = "# Traceability matrix\n\n| Req ID | Evidence |\n|---|---|\n| REQ-A-001 | `src/pump.py::Throttle`, `ops/alarms.yaml` — `flow_alarm_high` |\n| REQ-A-002 | `tests/test_pump.py::test_start`, `src/pump.py::Vanished` |\n";
    let analysis = analyzed(&[
        ("docs/rtm.md", rows),
        ("src/pump.py", "class Throttle:\n    pass\n"),
        ("ops/alarms.yaml", "alarms:\n  - flow_alarm_high\n"),
        ("tests/test_pump.py", "def test_start():\n    assert works()\n"),
    ]);
    let ghosts = codes(&analysis, "M02");
    assert!(matches!(ghosts.as_slice(), [one] if one.contains("Vanished")), "{ghosts:?}");
}

#[test]
fn a_file_that_no_reader_takes_is_there() {
    let matrix = matrix("Test File(s)", "golden/stop.txt, limits.bin.txt, golden/gone.txt");
    let analysis = analyzed(&[("docs/rtm.md", &matrix), ("tests/golden/stop.txt", "x"), ("data/limits.bin.txt", "x")]);
    let ghosts = codes(&analysis, "M02");
    assert!(matches!(ghosts.as_slice(), [one] if one.contains("golden/gone.txt")), "{ghosts:?}");
}

#[test]
fn signals_beside_tests_are_no_ghosts() {
    let rows = "# Traceability matrix\n\n| Req ID | Verification |\n|---|---|\n| REQ-A-001 | Unit test: `PumpTest.StopsAtOnce` |\n| REQ-A-002 | KPI: `flow_range_lpm` within limits |\n";
    let analysis = analyzed(&[
        ("docs/rtm.md", rows),
        ("tests/pump_test.cpp", "#include <gtest/gtest.h>\nTEST(PumpTest, StopsAtOnce) {\n  EXPECT_TRUE(stop());\n}\n"),
    ]);
    // It is told all the same, for what it is evidence of has none.
    let severities: Vec<Severity> = analysis.findings.iter().filter(|one| one.code == "M02").map(|one| one.severity).collect();
    assert_eq!(severities, [Severity::Info]);
}

const TWICE: [(&str, &str); 2] = [
    ("tests/test_pump.py", "class TestStop:\n    def test_now(self):\n        assert works()\n"),
    (
        "tests/test_drive.py",
        "class TestStop:\n    def test_now(self):\n        assert works()\n\n    def test_late(self):\n        assert works()\n",
    ),
];

#[test]
fn what_stands_beside_a_name_says_which_file_is_meant() {
    for (heading, cells) in [
        ("### test_drive.py (2 tests)\n\n", "test_now | TestStop"),
        ("", "test_late | TestStop"),
        ("", "test_now, tests/test_drive.py::test_late | -"),
    ] {
        let rows =
            format!("# Traceability matrix\n\n{heading}| Req ID | Test | Test class |\n|---|---|---|\n| REQ-A-001 | {cells} |\n");
        let analysis = analyzed(&[("docs/rtm.md", &rows), TWICE[0], TWICE[1]]);
        assert_eq!(codes(&analysis, "M04"), Vec::<String>::new(), "{rows}");
    }
    let rows = matrix("Test", "test_now");
    let analysis = analyzed(&[("docs/rtm.md", &rows), TWICE[0], TWICE[1]]);
    assert_eq!(codes(&analysis, "M04").len(), 1, "nothing says which one");
}

#[test]
fn a_command_cites_what_it_selects() {
    let tests = [
        (
            "crates/pump-core/src/stop.rs",
            "#[test]\nfn drains_tank() {\n    assert_eq!(run(), 1);\n}\n\n#[test]\nfn stops_now() {\n    assert_eq!(run(), 1);\n}\n",
        ),
        ("crates/drive/src/lib.rs", "#[test]\nfn runs() {\n    assert_eq!(run(), 1);\n}\n"),
        ("tests/test_pump.py", "def test_stop():\n    assert works()\n\ndef test_start():\n    assert works()\n"),
    ];
    for (command, found) in [
        ("cargo test -p pump-core --locked", "drains_tank stops_now"),
        ("cargo test -p pump_core stop::drains", "drains_tank"),
        ("cargo test -p nothing_here", "-"),
        ("cargo test --workspace", "-"),
        ("pytest tests/test_pump.py -k start", "test_start"),
        ("pytest -q tests/test_pump.py", "test_stop test_start"),
        ("pytest -k no_such_thing", "-"),
    ] {
        let rows = matrix("Test command", &format!("`{command}`"));
        let analysis = analyzed(&[("docs/rtm.md", &rows), tests[0], tests[1], tests[2]]);
        assert_eq!(first_row(&analysis.graph), [found], "{command}");
        assert_eq!(codes(&analysis, "M02"), Vec::<String>::new(), "{command}");
    }
}

#[test]
fn the_code_of_a_suite_names_the_tests_of_its_files() {
    let rows = matrix("Test", "TEST-STOP, TEST-GONE");
    let tests = ("tests/test_pump.py", "\"\"\"Suite TEST-STOP.\"\"\"\n\ndef test_now():\n    assert works()\n");
    let analysis = analyzed(&[("docs/rtm.md", &rows), tests]);
    assert_eq!(first_row(&analysis.graph), ["test_now", "-"]);
    assert_eq!(codes(&analysis, "E12"), Vec::<String>::new());
}

#[test]
fn many_of_one_cause_are_told_once() {
    let ghosts: String = (1..=5).map(|at| format!("| REQ-A-{at:03} | `test_gone_{at}` |\n")).collect();
    let rows = format!(
        "# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| REQ-A-009 | `test_start` |\n| REQ-A-009 | `test_stop` |\n{ghosts}"
    );
    let specification: String = (1..=9).map(|at| format!("| REQ-A-{at:03} | The pump shall keep step {at}. |\n")).collect();
    let specification = format!("# Requirements\n\n| Req ID | Requirement |\n|---|---|\n{specification}");
    let files = [
        ("docs/rtm.md", rows.as_str()),
        ("docs/requirements.md", specification.as_str()),
        ("tests/test_pump.py", "def test_start():\n    assert works()\n\ndef test_stop():\n    assert works()\n"),
    ];
    let analysis = analyze_files(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect());
    let found: Vec<_> = analysis.findings.iter().filter(|finding| finding.code == "M02").collect();
    let [one] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(one.requirements().count(), 5);
    assert_eq!(one.related.len(), 4);
    assert!(one.message.contains("5 tests that docs/rtm.md cites do not exist"), "{}", one.message);
}

#[test]
fn a_name_behind_a_data_file_need_not_stand_in_it() {
    let rows = matrix("Verification", "Scenario `runs/step.csv` + KPI `flow_error_lpm`, `tests/test_pump.py::test_now`");
    let tests = ("tests/test_pump.py", "def test_now():\n    assert works()\n");
    let analysis = analyzed(&[("docs/rtm.md", &rows), ("runs/step.csv", "t,flow\n0,1\n"), tests]);
    assert_eq!(codes(&analysis, "M02"), Vec::<String>::new());
}

#[test]
fn columns_of_levels_hold_tests() {
    let rows = "# Traceability matrix\n\n| ID | Summary | UT | HIL | AN | State |\n|---|---|---|---|---|---|\n\
        | `REQ-A-001` | Stop | `test_pump.py` | Bench run | — | ok |\n| `REQ-A-002` | Start | — | — | Code review | ok |\n";
    let tests = ("tests/test_pump.py", "def test_now():\n    assert works()\n");
    let analysis = analyzed(&[("docs/rtm.md", rows), tests]);
    assert_eq!(first_row(&analysis.graph), ["test_now", "-"]);
    assert_eq!(codes(&analysis, "T01"), Vec::<String>::new());
}

#[test]
fn the_functions_of_pins_are_no_tests() {
    let pins = "Pin Number,Pin ID,Function\n1,PD0,UART1_RXD1\n2,PD1,UART1_TXD1\n";
    let analysis = analyzed(&[("config/pins.csv", pins)]);
    assert!(analysis.graph.rows.is_empty(), "{:?}", analysis.graph.rows);
}

#[test]
fn a_total_of_a_family_counts_that_family() {
    let rows = |total: u32| {
        format!(
            "# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| NFR1 | test_now |\n| NFR2 | test_now |\n| FR1 | test_now |\n\n\
             - **Total NFR Requirements:** {total}\n"
        )
    };
    let tests = ("tests/test_pump.py", "def test_now():\n    assert works()\n");
    let specification = (
        "docs/prd.md",
        "# Requirements\n\n- **FR1:** The pump shall stop.\n- **NFR1:** The pump shall be quiet.\n- **NFR2:** The pump shall be cheap.\n",
    );
    assert_eq!(codes(&analyzed(&[("docs/rtm.md", &rows(2)), specification, tests]), "M07"), Vec::<String>::new());
    let told = codes(&analyzed(&[("docs/rtm.md", &rows(5)), specification, tests]), "M07");
    assert!(matches!(told.as_slice(), [one] if one.contains("5 NFR requirements")), "{told:?}");
}

#[test]
fn rows_of_one_family_that_nobody_defines_are_told_once() {
    let rows = "# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| REQ-A-001 | test_now |\n| REQ-A-002 | test_now |\n\
        | REQ-A-071 | test_now |\n| REQ-A-083 | test_now |\n";
    let tests = ("tests/test_pump.py", "def test_now():\n    assert works()\n");
    let told = codes(&analyzed(&[("docs/rtm.md", rows), tests]), "M01");
    assert!(matches!(told.as_slice(), [one] if one.contains("rows for REQ-A-071 and REQ-A-083")), "{told:?}");
}

#[test]
fn a_suite_says_nothing_of_how_much_a_single_test_shows() {
    let specification: String = (1..=14).map(|at| format!("| REQ-A-{at:03} | The pump shall keep step {at}. |\n")).collect();
    let specification = format!("# Requirements\n\n| Req ID | Requirement |\n|---|---|\n{specification}");
    let rows: String = (1..=14).map(|at| format!("| REQ-A-{at:03} | TEST-STOP |\n")).collect();
    let rows = format!("# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n{rows}");
    let files = [
        ("docs/rtm.md", rows.as_str()),
        ("docs/requirements.md", specification.as_str()),
        ("tests/test_pump.py", "\"\"\"Suite TEST-STOP.\"\"\"\n\ndef test_now():\n    assert works()\n"),
    ];
    let analysis = analyze_files(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect());
    assert_eq!(analysis.graph.rows.len(), 14);
    assert_eq!(codes(&analysis, "S09"), Vec::<String>::new());
}

#[test]
fn a_folder_that_is_cited_as_a_whole_is_told_once() {
    let specification: String = (1..=12).map(|at| format!("| REQ-A-{at:03} | The pump shall keep step {at}. |\n")).collect();
    let specification = format!("# Requirements\n\n| Req ID | Requirement |\n|---|---|\n{specification}");
    let told = |cell: &str| {
        let rows: String = (1..=12).map(|at| format!("| REQ-A-{at:03} | `{cell}` and test_one_{at} |\n")).collect();
        let rows = format!("# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n{rows}");
        let single: String = (1..=12).map(|at| format!("def test_one_{at}():\n    assert one({at})\n\n")).collect();
        let file =
            |name: &str| format!("def test_{name}():\n    assert {name}()\n\ndef test_{name}_again():\n    assert {name}()\n");
        let files = [
            ("docs/rtm.md", rows),
            ("docs/requirements.md", specification.clone()),
            ("tests/unit/test_stop.py", file("stop")),
            ("tests/unit/test_start.py", file("start")),
            ("tests/unit/test_hold.py", file("hold")),
            ("tests/single/test_one.py", single),
        ];
        codes(&analyze_files(files.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect()), "S09")
    };
    let found = told("tests/unit/");
    assert_eq!(
        found,
        [
            "`tests/unit/**` is cited as a whole for 12 requirements (REQ-A-001, REQ-A-002, REQ-A-003, REQ-A-004 and 8 more): each of 6 tests in 3 files counts as evidence of all of them."
        ]
    );
    assert_eq!(told("tests/single/test_one.py"), Vec::<String>::new());
}

#[test]
fn a_marker_in_a_test_outranks_what_rows_say_of_its_class() {
    let specification: String = (1..=14).map(|at| format!("| REQ-A-{at:03} | The pump shall keep step {at}. |\n")).collect();
    let specification = format!("# Requirements\n\n| Req ID | Requirement |\n|---|---|\n{specification}");
    let rows: String = (1..=14).map(|at| format!("| REQ-A-{at:03} | tests/test_pump.py::TestPump |\n")).collect();
    let rows = format!("# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n{rows}");
    let told = |marker: &str| {
        let tests = format!("class TestPump:\n    def test_now(self):\n        \"\"\"{marker}\"\"\"\n        assert works()\n");
        let files =
            [("docs/rtm.md", rows.clone()), ("docs/requirements.md", specification.clone()), ("tests/test_pump.py", tests)];
        codes(&analyze_files(files.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect()), "S09").len()
    };
    assert_eq!((told("Stops."), told("Verifies: REQ-A-001")), (1, 0));
}

#[test]
fn a_test_is_known_by_the_name_that_a_table_registers() {
    let text = "static void test_stop_now(void) {\n  assert(stop());\n}\n\nstatic void test_start(void) {\n  assert(start());\n}\n\nstatic const struct Case cases[] = {\n    /* pump */\n    {\"pump_stops\", test_stop_now},\n    {\"pump_starts\", &test_start, 5},\n    {\"pump_label\", 7}};\n";
    for (cell, found) in
        [("`pump_stops`", "test_stop_now"), ("`pump_*`", "test_stop_now test_start"), ("`pump_starts`", "test_start")]
    {
        let rows = matrix("Unit test evidence", cell);
        let analysis = analyzed(&[("docs/rtm.md", &rows), ("tests/unit/test_pump.c", text)]);
        assert_eq!(first_row(&analysis.graph), [found], "{cell}");
    }
    let rows = matrix("Unit test evidence", "`pump_label`");
    let analysis = analyzed(&[("docs/rtm.md", &rows), ("tests/unit/test_pump.c", text)]);
    assert_eq!(first_row(&analysis.graph), ["-"], "no function stands there");
}

#[test]
fn results_may_carry_the_registered_name() {
    let text = "static void test_stop_now(void) {\n  assert(stop());\n}\n\nstatic const struct Case cases[] = {{\"pump_stops\", test_stop_now}};\n";
    let results = "<testsuite name=\"test_pump\" tests=\"1\"><testcase classname=\"test_pump\" name=\"pump_stops\"/></testsuite>";
    let rows = matrix("Unit test evidence", "`pump_stops`");
    let analysis = analyzed(&[("docs/rtm.md", &rows), ("tests/test_pump.c", text), ("results.xml", results)]);
    assert_eq!(codes(&analysis, "E01"), [""; 0]);
}

#[test]
fn what_stands_beside_a_cited_test_need_not_be_one() {
    let text = "def warm_up():\n    return 1\n\ndef test_stop():\n    assert warm_up()\n";
    for (cell, told) in [("`warm_up`", 1), ("`test_stop`, `warm_up` path", 0)] {
        let rows = matrix("Test", cell);
        assert_eq!(codes(&analyzed(&[("docs/rtm.md", &rows), ("tests/test_pump.py", text)]), "M03").len(), told, "{cell}");
    }
}

#[test]
fn a_level_is_missing_only_where_those_of_all_tests_are_known() {
    let unit = ("tests/unit/test_pump.py", "def test_stop():\n    assert works()\n");
    let other = ("tests/test_valve.py", "def test_valve():\n    assert works()\n");
    let feature =
        ("tests/behaviour/stop.feature", "Feature: Stop\n  Scenario: At once\n    When it runs dry\n    Then it stops\n");
    for (method, cell, told) in [
        ("Integration test", "tests/unit/test_pump.py", 1),
        ("Integration test", "tests/unit/test_pump.py, tests/test_valve.py", 0),
        ("Integration test", "tests/unit/test_pump.py, tests/behaviour/stop.feature", 0),
        ("Unit/integration tests", "tests/unit/test_pump.py", 0),
        ("Unit and integration tests", "tests/unit/test_pump.py", 1),
    ] {
        let spec = format!(
            "# Requirements\n\n| Req ID | Requirement | Verification method |\n|---|---|---|\n| REQ-B-001 | It shall stop. | {method} |\n"
        );
        let rows = format!("# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| REQ-B-001 | {cell} |\n");
        let files = [("docs/pump-requirements.md", spec.as_str()), ("docs/rtm.md", &rows), unit, other, feature];
        assert_eq!(codes(&analyzed(&files), "S01").len(), told, "{method}: {cell}");
    }
}

#[test]
fn tasks_of_the_project_are_no_ghosts() {
    let files = [
        ("Makefile", "VERSION := 1\n# all_of: nothing\nlint_all test_unit: build/pump.o\n\tgone_target: none\n"),
        ("justfile", "smoke_run port='80':\n  curl localhost\n"),
        ("web/package.json", "{\"name\": \"pump\", \"scripts\": {\"check_all\": \"tsc\"}}"),
        ("tests/test_pump.py", "def test_stop():\n    assert works()\n"),
    ];
    for (cell, ghosts) in [
        ("`lint_all`, `test_unit`", 0),
        ("`smoke_run`", 0),
        ("`check_all`, `test_stop`", 0),
        ("`test_gone_for_good`, `test_stop`", 1),
    ] {
        let rows = matrix("Test", cell);
        let all: Vec<(&str, &str)> = files.into_iter().chain([("docs/rtm.md", rows.as_str())]).collect();
        assert_eq!(codes(&analyzed(&all), "M02").len(), ghosts, "{cell}");
    }
}

#[test]
fn names_that_lead_nowhere_and_look_like_no_test_are_told_once() {
    let tests = ("tests/test_pump.py", "def test_stop():\n    assert works()\n");
    let rows = "# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| REQ-A-001 | `flow_rate_max`, `dry_run_time` |\n| REQ-A-002 | `test_stop` |\n";
    let analysis = analyzed(&[tests, ("docs/rtm.md", rows)]);
    let found = codes(&analysis, "M02");
    assert!(matches!(found.as_slice(), [one] if one.contains("2 names that docs/rtm.md cites were not found")), "{found:?}");
}

#[test]
fn a_class_beside_the_names_of_its_tests_is_where_they_stand() {
    let source =
        "class TestStop:\n    def test_now(self):\n        assert works()\n\n    def test_later(self):\n        assert works()\n";
    let cited = |cells: &str| {
        let matrix = matrix("Test Class | Test Function", cells);
        first_row(&analyzed(&[("docs/rtm.md", &matrix), ("tests/test_pump.py", source)]).graph)
    };
    assert_eq!(cited("`TestStop` | `test_now`"), ["test_now", "test_now"]);
    assert_eq!(cited("`TestStop` | "), ["test_now test_later"]);
    // Another class has a test of that name too.
    let matrix = matrix("Test Class | Test Function", "`TestStop` | `test_now`");
    let others = ("tests/test_valve.py", "class TestValve:\n    def test_now(self):\n        assert works()\n");
    let analysis = analyzed(&[("docs/rtm.md", &matrix), ("tests/test_pump.py", source), others]);
    assert_eq!(first_row(&analysis.graph), ["test_now", "test_now"]);
    assert!(codes(&analysis, "M04").is_empty(), "{:?}", analysis.findings);
}

#[test]
fn a_column_of_methods_may_hold_functions() {
    let source = "class PumpTest {\n  @Test void stopsAtOnce() { assertTrue(works()); }\n  @Test void stopsLater() { assertTrue(works()); }\n}\n";
    let cited = |cells: &str| {
        let matrix = matrix("Test Class(es) | Method(s)", cells);
        let analysis = analyzed(&[("docs/rtm.md", &matrix), ("src/test/java/PumpTest.java", source)]);
        (first_row(&analysis.graph), codes(&analysis, "M02"))
    };
    assert_eq!(cited("`PumpTest` | `stopsAtOnce`").0, ["stopsAtOnce", "stopsAtOnce"]);
    let (found, ghosts) = cited("`PumpTest` | `stopsAtOnce`, `stopsNever`");
    assert_eq!(found, ["stopsAtOnce", "stopsAtOnce", "-"]);
    assert!(matches!(ghosts.as_slice(), [one] if one.contains("stopsNever")), "{ghosts:?}");
}

#[test]
fn the_beginning_of_a_path_names_what_begins_with_it() {
    let feature = "Feature: Sign in\n\n  Scenario: Right password\n    Given a\n    Then b\n";
    let cited = |cell: &str| {
        let matrix = matrix("Tests", cell);
        let analysis = analyzed(&[("docs/rtm.md", &matrix), ("tests/features/US-1.2-sign-in.feature", feature)]);
        (first_row(&analysis.graph), codes(&analysis, "M02").len())
    };
    assert_eq!(cited("`tests/features/US-1.2`"), (vec![String::from("Right password")], 0));
    assert_eq!(cited("`tests/features/US-1`"), (vec![String::from("-")], 1));
}

#[test]
fn a_name_that_several_files_have_is_settled_by_the_code_beside_it() {
    let srs = "# Requirements of the lift\n\n| REQ ID | Requirement |\n|---|---|\n| REQ-LIFT-001 | The doors shall open. |\n";
    let test = |what: &str| format!("test('{what}', () => {{ expect(run()).toBe(1); }});\n");
    let of = |rows: &str| {
        let matrix =
            format!("# Lift Traceability Matrix\n\n| Req ID | Source code | Test | Status |\n|---|---|---|---|\n{rows}\n");
        let files = [
            ("docs/srs.md", srs.to_owned()),
            ("docs/rtm.md", matrix),
            ("app/api/doors/route.ts", "export const run = () => 1;\n".to_owned()),
            ("app/api/doors/route.test.ts", test("opens the doors")),
            ("app/api/cabin/route.ts", "export const run = () => 1;\n".to_owned()),
            ("app/api/cabin/route.test.ts", test("lights the cabin")),
            ("app/api/lamp/route.test.ts", "export const nothing = 1;\n".to_owned()),
        ];
        analyze_files(files.map(|(path, text)| (path.to_owned(), text.into_bytes())).into())
    };
    let verified = |analysis: &Analysis| -> Vec<String> {
        let one = &analysis.graph.requirements[0];
        one.tests().into_iter().map(|test| analysis.graph.test(test).name.to_string()).collect()
    };
    let settled = of("| REQ-LIFT-001 | `app/api/doors/route.ts` (POST) | `route.test.ts` (1 test) | verified |");
    assert_eq!((verified(&settled), codes(&settled, "M04").len()), (vec!["opens the doors".to_owned()], 0));
    let all = of("| REQ-LIFT-001 | the doors | All `route.test.ts` (of the interface) | verified |");
    assert_eq!(
        (verified(&all), codes(&all, "M04").len()),
        (vec!["lights the cabin".to_owned(), "opens the doors".to_owned()], 0)
    );
    for code in ["app/api/motor/route.ts", "app/api/doors/route.ts, app/api/cabin/route.ts", "the doors"] {
        let open = of(&format!("| REQ-LIFT-001 | {code} | `route.test.ts` | verified |"));
        assert_eq!(verified(&open), Vec::<String>::new(), "{code}");
        let told = rendered(&open, "M04");
        assert!(
            told.contains("cites `route.test.ts`, and 2 files with tests are called so: app/api/cabin/route.test.ts and"),
            "{told}"
        );
    }
}

#[test]
fn an_address_behind_a_method_of_http_is_no_file() {
    let read = |cell: &str| analyzed(&[("docs/rtm.md", &matrix("Test", cell)), TWICE[0]]);
    let of = |cell: &str| codes(&read(cell), "M02").len();
    let commit = read("tests/test_pump.py::TestStop @ HEAD tests/test_pump.py::TestStop::test_now");
    assert!(commit.graph.rows[0].citations.iter().all(|one| matches!(one, Resolution::Tests(_))), "{:?}", commit.graph.rows[0]);
    assert_eq!(of("tests/exports.py"), 1);
    for cell in ["GET exports/tickets.csv + a browser", "POST `exports/tickets.csv`", "GET /exports/tickets.csv"] {
        assert_eq!(of(cell), 0, "{cell}");
    }
}

#[test]
fn code_that_a_column_names_and_nothing_has_is_told() {
    let rows = |first: &str, second: &str| {
        format!(
            "# Traceability matrix\n\n| Req ID | Code | Test |\n|---|---|---|\n| REQ-A-001 | {first} | test_now |\n| REQ-A-002 | {second} | test_now |\n"
        )
    };
    let said = |first: &str, second: &str| {
        let matrix = rows(first, second);
        codes(&analyzed(&[("docs/rtm.md", &matrix), ("src/srv.py", "def main():\n    return 3\n"), TWICE[0]]), "Q04")
    };
    let found = said("`nope.py:main`", "`src/srv.py:nope`");
    assert!(found.len() == 2, "{found:?}");
    assert!(found.iter().any(|one| one.contains("`nope.py`, and there is no such file")), "{found:?}");
    assert!(found.iter().any(|one| one.contains("`src/srv.py:nope`, and its file has no such symbol")), "{found:?}");
    assert_eq!(said("`src/srv.py:main`", "src/srv.py"), Vec::<String>::new());
    // What stands behind a file need not stand in it.
    assert_eq!(said("`src/srv.py` (its start); `can_start_it`", "src/srv.py"), Vec::<String>::new());
    // A name of another folder, or of several files, is not missing.
    assert_eq!(said("`lib/srv.py`", "test_pump.py"), Vec::<String>::new());
    // One name in several rows is one finding, and many names are counted.
    let found = said("`src/srv.py:nope`", "`src/srv.py:nope`");
    assert!(
        matches!(found.as_slice(), [one] if one.starts_with("2 rows name the code `src/srv.py:nope`, and its file has")),
        "{found:?}"
    );
    let found = said("`a1.py`, `a2.py`, `a3.py`", "`a4.py`, `a5.py`");
    assert!(
        matches!(found.as_slice(), [one] if one.starts_with("5 names of code in docs/rtm.md could not be followed")),
        "{found:?}"
    );
    // Of a language of which nothing is here nobody can tell.
    assert_eq!(said("`nope.rs:main`", "src/srv.py"), Vec::<String>::new());
}

const GTEST: (&str, &str) = (
    "tests/motor_test.cc",
    "#include <gtest/gtest.h>\nclass P : public testing::TestWithParam<int> {};\nTEST_P(P, Works) {\n  EXPECT_GT(GetParam(), 0);\n}\n\
     INSTANTIATE_TEST_SUITE_P(All, P, testing::Values(1, 2));\nTEST(Motor, Starts) {\n  EXPECT_TRUE(run());\n}\n",
);
const RUN: (&str, &str) = (
    "results/junit.xml",
    "<testsuite tests=\"3\"><testcase classname=\"All/P\" name=\"Works/0\"/><testcase classname=\"All/P\" name=\"Works/1\"/>\
     <testcase classname=\"Motor\" name=\"Starts\"/></testsuite>",
);

#[test]
fn tests_of_googletest_are_cited_as_their_runner_calls_them() {
    for (cell, test) in [
        ("`All/P.Works/0`", "Works"),
        ("All/P.Works/1", "Works"),
        ("`tests/motor_test.cc::Motor.Starts`", "Starts"),
        ("tests/motor_test.cc::P.Works/1", "Works"),
        ("motor_test.cc::All/P.Works/0", "Works"),
    ] {
        let analysis = analyzed(&[("docs/rtm.md", &matrix("Test", cell)), GTEST, RUN]);
        assert_eq!(first_row(&analysis.graph), [test], "{cell}");
        assert!(codes(&analysis, "M02").is_empty() && codes(&analysis, "E01").is_empty(), "{cell}");
    }
    let typed = (
        "tests/held_test.cc",
        "#include <gtest/gtest.h>\ntemplate <typename T> class Held : public testing::Test {};\nTYPED_TEST_SUITE(Held, Kinds);\n\
         TYPED_TEST(Held, Holds) {\n  EXPECT_TRUE(run<TypeParam>());\n}\n",
    );
    for cell in ["`Held/0.Holds`", "Some/Held/1.Holds"] {
        let analysis = analyzed(&[("docs/rtm.md", &matrix("Test", cell)), typed]);
        assert_eq!(first_row(&analysis.graph), ["Holds"], "{cell}");
    }
    // A test that is not there, and a case that never ran.
    let analysis = analyzed(&[("docs/rtm.md", &matrix("Test", "motor_test.cc::Motor.Ghost")), GTEST, RUN]);
    assert_eq!(codes(&analysis, "M02").len(), 1, "{:?}", analysis.findings);
    let analysis = analyzed(&[("docs/rtm.md", &matrix("Test", "`All/P.Works/7`")), GTEST, RUN]);
    assert_eq!(codes(&analysis, "E01").len(), 1, "{:?}", analysis.findings);
    // What only looks alike is a path.
    let analysis = analyzed(&[("docs/rtm.md", &matrix("Test", "docs/Notes.Old/3")), GTEST, RUN]);
    assert_eq!(codes(&analysis, "M02"), Vec::<String>::new());
}
