//! Titles and names beside the file that a cell cites, and results of tests that are called alike.

use super::linked::{stands, tree};
use tracegate::link::graph::Rung;

fn junit(cases: &[(&str, &str, bool)]) -> String {
    let case = |(class, name, passed): &(&str, &str, bool)| {
        let failure = if *passed { "" } else { "<failure message=\"no\"/>" };
        format!("<testcase classname=\"{class}\" name=\"{name}\">{failure}</testcase>")
    };
    format!("<testsuite name=\"all\" tests=\"{}\">{}</testsuite>", cases.len(), cases.iter().map(case).collect::<String>())
}

/// What is told of results where a cell cites this.
fn told(cell: &str, files: &[(&str, &str)]) -> Vec<String> {
    stands(&tree(cell, files)).1.into_iter().map(str::to_owned).collect()
}

const FEATURE: (&str, &str) = (
    "features/link.feature",
    "Feature: Link\n\n  Scenario: Link starts\n    When it starts\n    Then it is up\n\n  Scenario: Link stops\n    When it stops\n    Then it is down\n",
);

const RUST: (&str, &str) =
    ("tests/link.rs", "#[test]\nfn starts() {\n    assert!(up());\n}\n\n#[test]\nfn stops() {\n    assert!(down());\n}\n");

#[test]
fn a_title_of_several_words_is_one_test_of_its_file() {
    let run = junit(&[("Link", "Link starts", true), ("Link", "Link stops", false)]);
    let of = |cell: &str| told(cell, &[FEATURE, ("results/junit.xml", &run)]);
    assert_eq!(of("features/link.feature::Link starts"), [""; 0]);
    assert_eq!(of("`features/link.feature::Link starts` when it is told to"), [""; 0]);
    assert_eq!(of("features/link.feature::Link starts as it should"), [""; 0], "words behind a title");
    assert_eq!(of("features/link.feature::Link stops"), ["E02", "M10"]);
    let ghost = tree("features/link.feature::Link ghost", &[FEATURE, ("results/junit.xml", &run)]);
    assert!(ghost.findings.iter().any(|one| one.code == "M02" && one.message.contains("Link ghost")));
}

#[test]
fn beside_the_name_of_one_of_its_tests_a_file_says_where_that_stands() {
    let run = junit(&[("link", "starts", true), ("link", "stops", false)]);
    let of = |cell: &str| told(cell, &[RUST, ("results/junit.xml", &run)]);
    for cell in [
        "`tests/link.rs` `starts`",
        "[starts](tests/link.rs)",
        "tests/link.rs: starts",
        "tests/link.rs (starts)",
        "starts in tests/link.rs",
    ] {
        assert_eq!(of(cell), [""; 0], "{cell}");
    }
    assert_eq!(of("tests/link.rs"), ["E02", "M10"], "all of its tests");
    assert_eq!(of("tests/link.rs: starts, stops"), ["E02", "M10"], "both");
    assert_eq!(of("tests/link.rs: starts, and all that goes on from there"), ["E02", "M10"], "who knows what else");
    assert_eq!(of("starts in tests/link.rs, stops and more, stops"), ["E02", "M10"]);
    assert_eq!(of("tests/link.rs: starts, tests/link.rs: starts"), [""; 0]);
    assert_eq!(of("tests/link.rs and what it needs"), ["E02", "M10"], "other words");
}

#[test]
fn a_result_of_another_module_is_none_of_a_function() {
    let python = ("tests/test_new.py", "def test_a():\n    assert works()\n");
    let other = ("tests/test_old.py", "def test_b():\n    assert works()\n");
    let of = |class: &str| {
        let run = junit(&[(class, "test_a", true), ("tests.test_old", "test_b", true)]);
        stands(&tree("`tests/test_new.py::test_a`", &[python, other, ("results/junit.xml", &run)])).0
    };
    assert_eq!(of("tests.test_new"), Rung::Asserts);
    assert_eq!(of("test_new"), Rung::Asserts);
    assert_eq!(of("tests.test_old"), Rung::Exists);
    assert_eq!(of("other.module"), Rung::Exists);
}

#[test]
fn a_title_without_a_suite_keeps_the_blank_that_its_runner_left() {
    let script = ("lib/link.test.js", "test(\"link starts\", () => {\n  expect(up()).toBe(1);\n});\n");
    let run = junit(&[(" link starts", " link starts", true)]);
    assert_eq!(stands(&tree("lib/link.test.js", &[script, ("results/junit.xml", &run)])), (Rung::Asserts, vec![]));
}

#[test]
fn a_test_that_a_class_inherits_is_one_of_its_own() {
    let mixin = ("tests/test_common.py", "class TestLinkMixin:\n    def test_starts(self):\n        self.assertTrue(up())\n");
    let middle =
        ("tests/test_middle.py", "class TestMiddle(TestLinkMixin):\n    def test_mid(self):\n        self.assertTrue(up())\n");
    let told = |base: &str, cell: &str| {
        let own = format!(
            "class OpenTest(\n    unittest.TestCase, {base}\n):\n    def test_own(self):\n        self.assertTrue(up())\n"
        );
        let analysis = tree(cell, &[mixin, middle, ("tests/test_open.py", &own)]);
        analysis
            .findings
            .iter()
            .filter(|one| one.code == "M04" || one.code == "M02")
            .map(|one| one.message.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(told("TestLinkMixin", "tests/test_open.py::OpenTest::test_starts"), [""; 0]);
    assert_eq!(told("TestMiddle", "tests/test_open.py::OpenTest::test_starts"), [""; 0]);
    let plain = ("tests/plain.py", "class Shared:\n    def test_waits(self):\n        self.assertTrue(up())\n");
    let own = "class OpenTest(unittest.TestCase, Shared):\n    def test_own(self):\n        self.assertTrue(up())\n";
    let uncollected = tree("tests/test_open.py::OpenTest::test_waits", &[plain, ("tests/test_open.py", own), FEATURE]);
    assert!(uncollected.findings.iter().all(|one| one.code != "M02" && one.code != "M04"), "{:?}", uncollected.findings);
    let other = told("OtherMixin", "tests/test_open.py::OpenTest::test_starts");
    assert!(matches!(other.as_slice(), [one] if one.contains("stands in tests/test_common.py")), "{other:?}");
    let class = told("TestLinkMixin", "tests/test_open.py::ShutTest::test_own");
    assert!(
        matches!(class.as_slice(), [one] if one.contains("cites `test_own` in `ShutTest` of tests/test_open.py, but the test there is OpenTest::test_own")),
        "{class:?}"
    );
}

#[test]
fn what_ran_in_the_class_above_says_nothing_of_the_one_below() {
    let source = "class TestBase:\n    def test_starts(self):\n        assert up()\n\n\nclass TestSmall(TestBase):\n    def test_own(self):\n        assert up()\n";
    let passed = |class: &str| {
        let run = format!(
            "<testsuite name='p' tests='2'><testcase classname='tests.test_open.{class}' name='test_starts'/><testcase classname='tests.test_open.TestSmall' name='test_own'/></testsuite>"
        );
        let cell = "tests/test_open.py::TestSmall::test_starts";
        let analysis = tree(cell, &[("tests/test_open.py", source), ("junit.xml", &run)]);
        let cited = analysis.graph.requirements().find(|(_, one)| !one.rows.is_empty());
        cited.is_some_and(|(_, one)| one.rung > Rung::Exists)
    };
    assert!(passed("TestSmall") && !passed("TestBase"));
}
