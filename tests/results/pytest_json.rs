use super::{cut_everywhere, facts, told};
use tracegate::read::results::{Format, format};

const RUN: &str = r#"{"created": 1700000000.5, "duration": 0.1, "exitcode": 1, "root": "/home/ci/pump", "environment": {"Python": "3.12"},
"summary": {"passed": 1, "failed": 1, "total": 6, "collected": 6},
"collectors": [{"nodeid": "tests/test_link.py", "outcome": "passed", "result": []}],
"tests": [{"nodeid": "tests/test_link.py::TestLink::test_starts[a::b]", "lineno": 6, "outcome": "passed", "setup": {"outcome": "passed"}},
{"nodeid": "tests/test_link.py::test_stops", "lineno": 9, "outcome": "failed", "call": {"crash": {"path": "x", "lineno": 1, "message": "assert 1 == 2\nmore"}}},
{"nodeid": "tests/test_link.py::test_rests", "outcome": "skipped"},
{"nodeid": "tests/test_link.py::test_later", "outcome": "xfailed"},
{"nodeid": "tests/test_link.py::test_early", "outcome": "xpassed"},
{"nodeid": "tests/test_link.py::test_breaks", "outcome": "error"}]}
"#;

#[test]
fn tests_by_their_node_ids() {
    assert_eq!(
        told(RUN),
        "4: passed | TestLink | test_starts[a::b] |  tests/test_link.py:Some(7)\n\
         5: failed |  | test_stops | assert 1 == 2 tests/test_link.py:Some(10)\n\
         6: skipped |  | test_rests |  tests/test_link.py:None\n\
         7: expected failure |  | test_later |  tests/test_link.py:None\n\
         8: unexpected pass |  | test_early |  tests/test_link.py:None\n\
         9: error |  | test_breaks |  tests/test_link.py:None\n"
    );
    let run = facts(RUN).run.unwrap();
    assert_eq!((run.environment, run.day.unwrap().text.as_str()), (true, "2023-11-14"));
}

#[test]
fn what_is_cut_off_is_told() {
    assert_eq!(format(RUN), Some(Format::Pytest));
    cut_everywhere(RUN, Format::Pytest);
}

#[test]
fn what_no_test_shows_is_told() {
    let of = |code: u32, collected: &str, total: u32| {
        format!(
            "{{\"created\": 1, \"exitcode\": {code}, \"root\": \"/\", \"summary\": {{\"total\": {total}}}, \"collectors\": [{collected}],
\"tests\": [{{\"nodeid\": \"a.py::test_a\", \"outcome\": \"passed\"}}]}}"
        )
    };
    let line = "2: passed |  | test_a |  a.py:None\n";
    assert_eq!(told(&of(0, "", 1)), line);
    let says = "1: problem: the run says that it failed, and no test in it shows one\n";
    assert_eq!(told(&of(3, "", 1)), format!("{line}{says}"));
    let lost = "1: lost: the run counts 2 tests and the file has 1\n";
    assert_eq!(told(&of(0, "", 2)), format!("{line}{lost}"));
    let broken = "{\"nodeid\": \"b.py\", \"outcome\": \"failed\", \"longrepr\": \"ImportError: no pump\\n...\"}";
    let outside = "1: problem: `b.py` failed outside of its tests: ImportError: no pump\n";
    assert_eq!(told(&of(2, broken, 1)), format!("{line}{outside}"));
    let summary = "{\"created\": 1, \"exitcode\": 1, \"root\": \"/\", \"summary\": {\"total\": 16}}";
    assert_eq!(told(summary), "1: problem: it is in the format of a summary of pytest-json-report, which names no test\n");
}
