//! Artifacts that are damaged, or called otherwise than usual: each is told or read, none is passed over in silence.

use super::support::analyze_files;
use tracegate::analysis::Analysis;

const SPECIFICATION: &str = "# Requirements\n\n| Req ID | Requirement |\n|---|---|\n| REQ-A-001 | The pump shall stop. |\n";
const MATRIX: &str = "# Traceability matrix\n\n| Req ID | Test | Result |\n|---|---|---|\n| REQ-A-001 | test_stop | PASS |\n";
const TESTS: &str = "def test_stop():\n    assert stop() == 4\n";
const RESULTS: &str =
    "<testsuite tests=\"1\"><testcase classname=\"tests.test_p\" name=\"test_stop\" file=\"tests/test_p.py\"/></testsuite>\n";

fn analyzed(matrix: &str, more: &[(&str, &str)]) -> Analysis {
    let all = [("docs/rs.md", SPECIFICATION), ("docs/rtm.md", matrix), ("tests/test_p.py", TESTS), ("src/a.py", "x = 1\n")];
    let results = [("results/junit.xml", RESULTS)].into_iter().filter(|(path, _)| more.iter().all(|(other, _)| other != path));
    let files = all.into_iter().chain(results).chain(more.iter().copied());
    analyze_files(files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect())
}

fn codes(analysis: &Analysis, code: &str) -> Vec<String> {
    let told = analysis.findings.iter().filter(|finding| finding.code == code);
    told.map(|finding| format!("{} {}", finding.severity.name(), finding.message)).collect()
}

#[test]
fn what_is_called_coverage_and_holds_none_is_told() {
    let lines = r#"{"files": {"src/a.py": {"executed_lines": [1], "missing_lines": []}}}"#;
    for (path, text) in [("coverage.json", lines), ("coverage/all.lcov", "this is no coverage\nat all\n"), ("all.lcov", "")] {
        let told = codes(&analyzed(MATRIX, &[(path, text)]), "Q04");
        assert!(matches!(told.as_slice(), [one] if one.starts_with("error") && one.contains(path)), "{path}: {told:?}");
    }
    // A configuration of such a tool is none, and neither is what only has a word of its name.
    for (path, text) in [
        ("coverage.json", r#"{"thresholds": {"lines": 80}, "files": ["src/**"]}"#),
        ("src/recover.info", "nothing to see\n"),
        ("coverage.lcov", "TN:\nSF:src/a.py\nDA:1,1\nend_of_record\n"),
    ] {
        assert_eq!(codes(&analyzed(MATRIX, &[(path, text)]), "Q04"), Vec::<String>::new(), "{path}");
    }
}

#[test]
fn artifacts_that_hold_nothing_are_told() {
    let texts = ["", " \n", "all passed\n"];
    for path in [
        "coverage.xml",
        "jacoco.xml",
        "lcov.info",
        "coverage.json",
        ".coverage",
        "junit.xml",
        "output.xml",
        "mutations.xml",
        "report.xml",
        "results.json",
        "test-results.json",
        "go-test.json",
        "nextest.json",
        "junit.json",
        "mutation.json",
        "mutants.out/outcomes.json",
    ] {
        for text in texts {
            let told = codes(&analyzed(MATRIX, &[(path, text)]), "Q04");
            assert!(
                matches!(told.as_slice(), [one] if one.starts_with("error") && one.contains(path)),
                "{path} {text:?}: {told:?}"
            );
        }
    }
    for path in ["coverage.json", "results.json", "test-results.json", "mutation.json", "llvm-cov.json"] {
        for text in ["{}", "[]\n", "{ }"] {
            let told = codes(&analyzed(MATRIX, &[(path, text)]), "Q04");
            assert!(matches!(told.as_slice(), [one] if one.contains(path)), "{path} {text:?}: {told:?}");
        }
    }
    for text in [
        "<coverage/>",
        "<?xml version=\"1.0\"?>\n<coverage version=\"7\"></coverage>",
        "<!DOCTYPE html><html><body>404</body></html>",
    ] {
        assert_eq!(codes(&analyzed(MATRIX, &[("coverage.xml", text)]), "Q04").len(), 1, "{text}");
    }
    // What is called otherwise, or holds something of another kind, is none of them.
    for (path, text) in [
        ("data/results.json", r#"{"benchmarks": [1, 2]}"#),
        ("package-results/settings.json", "{}"),
        ("src/result.json", "{}"),
        ("config/test.json", "{}"),
        ("layout/output.xml", "<layout><row/></layout>"),
        ("src/report.json", ""),
    ] {
        assert_eq!(codes(&analyzed(MATRIX, &[(path, text)]), "Q04"), Vec::<String>::new(), "{path}");
    }
}

#[test]
fn counts_of_a_suite_are_numbers() {
    for (written, name) in [("tests=\"-4\"", "tests"), ("tests=\"1\" skipped=\"many\"", "skipped")] {
        let results = RESULTS.replace("tests=\"1\"", written);
        let told = codes(&analyzed(MATRIX, &[("results/junit.xml", &results)]), "Q04");
        assert!(matches!(told.as_slice(), [one] if one.contains(&format!("is no number of {name}"))), "{told:?}");
    }
    assert_eq!(codes(&analyzed(MATRIX, &[]), "Q04"), Vec::<String>::new());
}

#[test]
fn a_list_of_tests_is_known_by_its_content() {
    let list = "tests/test_p.py::test_stop\n\n1 test collected in 0.01s\n";
    let reader = |path: &str, text: &str| {
        let graph = analyzed(MATRIX, &[(path, text)]).graph;
        graph.files().find(|(_, input)| input.path == path).map(|(_, input)| input.reader)
    };
    for path in ["results/list.txt", "tests.txt", "logs/all-tests.log", "nodeids.txt"] {
        assert_eq!(reader(path, list), Some("pytest list"), "{path}");
    }
    // Of another name nobody looks, and names without a count may be those that are left out.
    assert_eq!(reader("notes.txt", list), None);
    assert_eq!(reader("failed-tests.txt", "tests/test_p.py::test_stop\n"), None);
    assert_eq!(reader("tests.txt", "The tests are in tests/test_p.py::test_stop.\n1 test collected\n"), None);
}

#[test]
fn results_that_a_report_names_say_on_what_they_ran() {
    let named = |head: &str| MATRIX.replace("\n\n| Req ID", &format!("\n\n{head}\n\n| Req ID"));
    let ways = [
        named("| Field | Value |\n|---|---|\n| Results | results/junit.xml |"),
        named("See [the results](../results/junit.xml)."),
        MATRIX
            .replace("| Result |", "| Evidence | Result |")
            .replace("|---|---|---|", "|---|---|---|---|")
            .replace("| PASS |", "| results/junit.xml | PASS |"),
    ];
    for matrix in &ways {
        let told = codes(&analyzed(matrix, &[]), "E06");
        assert!(
            matches!(told.as_slice(), [one] if one.starts_with("warning results/junit.xml is cited as evidence")),
            "{matrix}: {told:?}"
        );
        let with_host = RESULTS.replace("<testsuite ", "<testsuite hostname=\"bench-3\" ");
        assert_eq!(codes(&analyzed(matrix, &[("results/junit.xml", &with_host)]), "E06"), Vec::<String>::new(), "{matrix}");
    }
    // A command, and a document that tells of no executed test, name them for another reason.
    for matrix in [
        named("```\n| pytest --junit-xml=results/junit.xml |\n```"),
        named("Write results/junit.xml first."),
        ways[0].replace("PASS", "open"),
    ] {
        assert_eq!(codes(&analyzed(&matrix, &[]), "E06"), Vec::<String>::new(), "{matrix}");
    }
    let environment = format!("{}\n## Test environment\n\nDebian 12 on bench 3\n", ways[0]);
    assert_eq!(codes(&analyzed(&environment, &[]), "E06"), Vec::<String>::new());
}
