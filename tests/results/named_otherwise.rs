//! Results and coverage whose files are called like anything: the content tells what they are.

use super::linked::{stands, tree};
use crate::checks::support::rendered;
use tracegate::link::graph::Rung;

const JEST: &str = "describe(\"pump\", () => {\n  test(\"starts\", () => {\n    expect(works()).toBe(1);\n  });\n});\n";

fn jest(file: &str, status: &str) -> String {
    format!(
        "{{\"numTotalTests\":1,\"testResults\":[{{\"name\":\"{file}\",\"assertionResults\":[\
         {{\"ancestorTitles\":[\"pump\"],\"title\":\"starts\",\"status\":\"{status}\"}}]}}]}}"
    )
}

#[test]
fn results_of_jest_in_a_report() {
    let of = |path: &str, file: &str, status: &str| {
        let run = jest(file, status);
        tree("lib/pump.test.js", &[("lib/pump.test.js", JEST), ("pump.test.js", JEST), (path, &run)])
    };
    let file = "/builds/pump/lib/pump.test.js";
    assert_eq!(stands(&of("reports/report.json", file, "passed")), (Rung::Asserts, vec![]));
    assert_eq!(stands(&of("reports/report.json", file, "failed")), (Rung::Exists, vec!["E02", "M10"]));
    assert_eq!(stands(&of("reports/report.json", file, "skipped")), (Rung::Exists, vec!["E02", "M10"]));
    let other = of("reports/report.json", "/builds/pump/pump.test.js", "passed");
    assert_eq!(other.graph.requirements[0].rung, Rung::Exists, "a file of the same name in another folder");
}

#[test]
fn results_of_pytest_and_go_in_files_of_any_name() {
    let python = ("tests/test_pump.py", "def test_starts():\n    assert works()\n");
    let run = "{\"created\": 1, \"exitcode\": 0, \"root\": \"/\", \"tests\": [{\"nodeid\": \"tests/test_pump.py::test_starts\", \"outcome\": \"passed\"}]}";
    assert_eq!(stands(&tree("`test_starts`", &[python, (".other.json", run)])).0, Rung::Exists, "a hidden file");
    assert_eq!(
        stands(&tree("`test_starts`", &[python, (".report.json", run)])),
        (Rung::Asserts, vec![]),
        "called so by its plugin"
    );
    assert_eq!(stands(&tree("`test_starts`", &[python, ("out.json", run)])), (Rung::Asserts, vec![]));
    let go = ("flow/flow_test.go", "package flow\n\nfunc TestStarts(t *testing.T) {\n\tt.Fatal(1)\n}\n");
    let events = "{\"Action\":\"run\",\"Package\":\"example.org/pump/flow\",\"Test\":\"TestStarts\"}\n\
        {\"Action\":\"pass\",\"Package\":\"example.org/pump/flow\",\"Test\":\"TestStarts\"}\n\
        {\"Action\":\"pass\",\"Package\":\"example.org/pump/flow\"}\n";
    assert_eq!(stands(&tree("`flow/flow_test.go::TestStarts`", &[go, ("log/golang.json", events)])), (Rung::Asserts, vec![]));
}

#[test]
fn data_that_is_no_artifact_is_no_input() {
    let python = ("tests/test_pump.py", "def test_starts():\n    assert works()\n");
    let schema = "{\"$schema\": \"x\", \"properties\": {\"meta\": {\"format\": 1}, \"numTotalTests\": 1}}";
    let other = "{\"id\": 1, \"meta\": {\"format\": \"x\"}}";
    let paths = "[\"/home/ci/a.test.js\"]";
    for text in [schema, other, paths, "{\"Action\": 1}", "[1, 2", "{\"files\": [], \"meta\": {}}", "", "statementMap fnMap"] {
        let found = tree("`test_starts`", &[python, ("data/report.json", text)]);
        assert!(found.graph.inputs.iter().all(|input| input.path != "data/report.json"), "{text}");
        assert!(found.passed_over.is_empty(), "{text}");
    }
}

#[test]
fn coverage_that_is_not_read_is_told_where_no_other_lies_beside_it() {
    let script = ("test/pump.test.js", JEST);
    let istanbul = "{\"/home/ci/pump.js\":{\"path\":\"/home/ci/pump.js\",\"statementMap\":{},\"fnMap\":{}}}";
    let alone = rendered(&tree("test/pump.test.js", &[script, ("coverage/coverage-final.json", istanbul)]), "Q04");
    assert!(alone.starts_with("Q04 warning") && alone.contains("Istanbul's JSON, which no reader takes"), "{alone}");
    let lcov = "SF:pump.js\nDA:1,1\nend_of_record\n";
    let clover = "<coverage generated=\"1\" clover=\"3.2.0\"><project timestamp=\"1\"/></coverage>";
    let files = [
        script,
        ("pump.js", "start();\n"),
        ("coverage/coverage-final.json", istanbul),
        ("coverage/clover.xml", clover),
        ("coverage/lcov.info", lcov),
    ];
    assert_eq!(rendered(&tree("test/pump.test.js", &files), "Q04"), "");
    let elsewhere = rendered(&tree("test/pump.test.js", &[files[0], files[1], files[3], ("other/lcov.info", lcov)]), "Q04");
    assert!(elsewhere.contains("Clover"), "{elsewhere}");
}
