//! Which test produced a result.

use crate::checks::support::analyze_files;

/// The tests of one file that have the results, by scope and name.
fn linked(source: &str, results: &str) -> Vec<String> {
    let results = format!("<testsuite name=\"s\" tests=\"9\">{results}</testsuite>");
    let files = [
        (
            "docs/srs.md",
            "# Requirements of the gate\n\n| Req ID | Requirement |\n|---|---|\n| REQ-GATE-001 | The gate shall open. |\n",
        ),
        ("tests/test_gate.py", source),
        ("results/junit.xml", &results),
    ];
    let analysis = analyze_files(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect());
    let graph = &analysis.graph;
    let tests = graph.results.iter().map(|result| result.test.map_or("nobody".to_owned(), |test| graph.test(test).qualified()));
    tests.collect()
}

#[test]
fn tests_of_one_name_are_told_apart_by_their_classes() {
    let source = "def test_open():\n    assert works()\n\n\nclass TestGate:\n    def test_open(self):\n        assert works()\n\n\nclass TestGateLock:\n    def test_open(self):\n        assert works()\n";
    let case = |class: &str, more: &str| format!("<testcase classname=\"{class}\" name=\"test_open\"{more}/>");
    let classes = ["tests.test_gate", "tests.test_gate.TestGate", "tests.test_gate.TestGateLock"];
    for more in ["", " file=\"tests/test_gate.py\" line=\"1\""] {
        let results: String = classes.iter().map(|class| case(class, more)).collect();
        assert_eq!(linked(source, &results), ["test_open", "TestGate::test_open", "TestGateLock::test_open"], "{more}");
    }
    // A class that is run several times has a number in its name.
    assert_eq!(linked(source, &case("tests.test_gate.TestGateLock_0", "")), ["nobody"], "two are in that name");
    let one = source.replace("TestGateLock", "TestFence");
    assert_eq!(linked(&one, &case("tests.test_gate.TestFence_0", "")), ["TestFence::test_open"]);
}
