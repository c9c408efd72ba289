//! Citations in every notation that matrices use.

use proptest::prelude::*;
use tracegate::model::citation::Target;
use tracegate::read::grammar::citation::{Expect, citations};

fn seen(cell: &str, expect: Expect) -> Vec<String> {
    citations(cell, 0, expect)
        .into_iter()
        .map(|citation| {
            let mut text = match citation.target {
                Target::Test(name) => format!("test {}{}", if name.inherited { "~" } else { "" }, name.qualified()),
                Target::File { path, lines, count } => {
                    let lines = lines.iter().map(|line| format!(":{line}")).collect::<String>();
                    format!("file {path}{lines}{}", count.map_or(String::new(), |count| format!(" x{count}")))
                }
                Target::Glob(pattern) => format!("glob {pattern}"),
                Target::CaseId(id) => format!("case {id}"),
                Target::Elided => "elided".to_owned(),
                Target::Prose(words) => format!("prose {words}"),
            };
            for (mark, value) in [("@", citation.commit), ("=", citation.outcome), ("level ", citation.level)] {
                text.extend(value.map(|value| format!(" {mark}{value}")));
            }
            text
        })
        .collect()
}

#[test]
fn notations() {
    let cases: &[(&str, &[&str])] = &[
        (
            "test_a::test_one, test_two; test_b::test_three",
            &["test test_a::test_one", "test ~test_a::test_two", "test test_b::test_three"],
        ),
        (
            "`tests/test_x.py::TestRun::test_y[sse]` @ `a1b2c3d` PASS",
            &["test tests/test_x.py::TestRun::test_y[sse] @a1b2c3d =PASS"],
        ),
        ("conftest::temp_project fixture", &["test conftest::temp_project"]),
        ("Parser.RejectsNul", &["test Parser::RejectsNul"]),
        ("TestServe/rejects_empty", &["test TestServe::rejects_empty"]),
        ("TC-CVC-001, TC-CVC-002", &["case TC-CVC-001", "case TC-CVC-002"]),
        ("T-HA-007/008", &["case T-HA-007", "case T-HA-008"]),
        ("`login_test.js` (OQ-A2/A4)", &["file login_test.js", "case OQ-A2", "case OQ-A4"]),
        ("tests/unit-07/08", &["glob tests/unit-07/08"]),
        ("TC-07〜TC-09, TC-12 to TC-14", &["case TC-07", "case TC-08", "case TC-09", "case TC-12", "case TC-13", "case TC-14"]),
        ("`test_audit.c`<br>`test_proof.c`<br>*(+3 more)*", &["file test_audit.c", "file test_proof.c", "elided"]),
        ("src/Orders.cs (6 tests)", &["file src/Orders.cs x6"]),
        ("Orders.cs:65,160", &["file Orders.cs:65:160"]),
        ("[login test](../tests/login.spec.ts)", &["file tests/login.spec.ts"]),
        ("tests/integration/**", &["glob tests/integration/**"]),
        ("CI `build` job", &["prose CI build job"]),
        ("Visual inspection", &["prose Visual inspection"]),
        ("—", &[]),
        ("login.spec.ts > Login > rejects a wrong password", &["test login.spec.ts::Login::rejects a wrong password"]),
        ("OrderServiceTest#rejectsDuplicates", &["test OrderServiceTest::rejectsDuplicates"]),
        ("tests/it_start.rs::serves (integration test)", &["test tests/it_start.rs::serves level integration"]),
        ("frontend: Login.test.tsx, Logout.test.tsx", &["file Login.test.tsx", "file Logout.test.tsx"]),
        ("see section 4.2, v1.0", &["prose see section 4.2, v1.0"]),
        ("Manual: `pump.sh run_dry` prints nothing on openBSD", &["file pump.sh"]),
        ("Flow below 20 litres (NFR-15.7)", &["prose Flow below 20 litres (NFR-15.7)"]),
        (
            "LEAK-001 (low): the seal of the second stage drips when the pump stands still for a long time",
            &["prose LEAK-001 (low): the seal of the second stage drips when the pump stands still for a long time"],
        ),
        ("TC-FLOW-1.2", &["case TC-FLOW-1.2"]),
        ("TEST-SYNC, TC-LOGIN", &["case TEST-SYNC", "case TC-LOGIN"]),
        ("TEST-A, IT-X", &["prose TEST-A, IT-X"]),
        ("TC-PAY-003, 004 / 005", &["case TC-PAY-003", "case TC-PAY-004", "case TC-PAY-005"]),
        ("TC-PAY-003, 4 runs", &["case TC-PAY-003"]),
        ("e2e/valve tests", &["glob e2e/valve"]),
        ("`tests/valve`", &["glob tests/valve/**"]),
        ("~~TC-OLD-001~~ TC-NEW-002", &["case TC-NEW-002"]),
        ("pump::tests::stops_*", &["test pump::tests::stops_*"]),
        ("pump::tests::*", &["test pump::tests::*"]),
        (
            "`test_stop` (tests/test_pump.py) 🟢<br>`test_runs` (tests/test_drive.py) 🟢",
            &["test tests/test_pump.py::test_stop", "test tests/test_drive.py::test_runs"],
        ),
        (
            "`tests/test_pump.py::TestStop::test_now`, `::test_later`, `::TestRun::test_slow`",
            &[
                "test tests/test_pump.py::TestStop::test_now",
                "test ~tests/test_pump.py::test_later",
                "test ~tests/test_pump.py::TestRun::test_slow",
            ],
        ),
        ("bench/step.csv, bench/limits.json; out.html", &["file bench/step.csv", "file bench/limits.json", "file out.html"]),
        ("spec/pump_spec.rb, pump.clj, Pump.hs", &["file spec/pump_spec.rb", "file pump.clj", "file Pump.hs"]),
        ("`cargo test -p pump-core --locked stop::drains_tank -- --nocapture`", &["test pump-core::stop::*drains_tank*"]),
        ("`cd rust && cargo test --package=pump`", &["test pump::**"]),
        ("`cargo test --workspace --features full_set`", &["prose cargo test --workspace --features full_set"]),
        (
            "`python -m pytest tests/test_pump.py -q -k \"stop_now or drain\"`",
            &["test tests/test_pump.py::*stop_now*", "test tests/test_pump.py::*drain*"],
        ),
        ("`pytest -q tests/test_pump.py --run_slow`", &["file tests/test_pump.py"]),
        ("`go test ./pump -run 'TestStop|TestDrain'`", &["test *TestStop*", "test *TestDrain*"]),
        ("`ctest -R pump_stops`", &["test *pump_stops*"]),
        ("`mvn -Dtest=PumpTest#stopsAtOnce test`", &["test PumpTest::stopsAtOnce"]),
        ("`cargo test --package pump-core -- drains_tank`", &["test pump-core::*drains_tank*"]),
        ("`cargo test -p pump -- --test-threads 1 --exact stop::at_once`", &["test pump::stop::*at_once*"]),
        ("`cargo test -p pump -- one_end two_ends`", &["prose cargo test -p pump -- one_end two_ends"]),
        ("`cargo test -p pump --lib`", &["prose cargo test -p pump --lib"]),
        ("`cargo test -p pump -- --skip slow`", &["prose cargo test -p pump -- --skip slow"]),
        ("Code review: no `fans` or `Valve.drawAll` in the code", &["prose Code review: no fans or Valve.drawAll in the code"]),
        ("Code review of `Valve.stateNow` and `ValveTest.opens`", &["test ValveTest::opens"]),
        (
            "`grep -r 'unsafe' --include='*.rs' src/` prints nothing",
            &["prose grep -r 'unsafe' --include='.rs' src/ prints nothing"],
        ),
        (
            "`cd app && ./gradlew connectedDebugAndroidTest` runs it",
            &["prose cd app && ./gradlew connectedDebugAndroidTest runs it"],
        ),
        ("`./gradlew test --tests PumpTest`", &["test PumpTest"]),
        ("`Panel.tsx`: lazy loading of the gauges", &["file Panel.tsx"]),
        ("`test_pump.py`: test_stops", &["test test_pump.py::test_stops"]),
        ("cargo test passes in all the configurations", &["prose cargo test passes in all the configurations"]),
    ];
    for (cell, expected) in cases {
        assert_eq!(seen(cell, Expect::Anything), *expected, "{cell}");
    }
}

#[test]
fn a_column_of_names_takes_any_function() {
    assert_eq!(seen("rejects_nul, accepts_utf8", Expect::Names), ["test rejects_nul", "test accepts_utf8"]);
    assert_eq!(seen("rejects_nul", Expect::Anything), ["prose rejects_nul"]);
    assert_eq!(seen("`rejects_nul`", Expect::Anything), ["test rejects_nul"]);
}

proptest! {
    #[test]
    fn any_cell_is_read(cell in "\\PC{0,120}") {
        for citation in citations(&cell, 0, Expect::Anything) {
            prop_assert!(cell.get(citation.span.range()).is_some());
        }
    }
}

#[test]
fn what_a_sentence_tells_of_one_file_is_over_at_its_end() {
    let cell = "`test_a.py` seeds the ledger and runs `run-all.sh`; `test_both_are_read` looks at both again afterwards; \
                `test_b.py::test_c`, `test_d`";
    assert_eq!(
        seen(cell, Expect::Anything),
        ["file test_a.py", "file run-all.sh", "test test_both_are_read", "test test_b.py::test_c", "test ~test_b.py::test_d"]
    );
    assert_eq!(seen("`web.xml`, `test_d`", Expect::Anything), ["file web.xml", "test test_d"]);
}
