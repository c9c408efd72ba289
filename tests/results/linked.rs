//! What results of every format do to the requirements that rely on them.

use crate::checks::support::{analyze_files, rendered};
use tracegate::analysis::Analysis;
use tracegate::link::graph::Rung;

/// A requirement, a row that claims PASS for these tests, and these files.
pub(super) fn tree(cited: &str, files: &[(&str, &str)]) -> Analysis {
    let srs = "# SRS\n\n| Req ID | Requirement |\n|---|---|\n| REQ-PUMP-001 | The pump shall start. |\n";
    let rtm = format!("# Traceability matrix\n\n| Req ID | Test | Status |\n|---|---|---|\n| REQ-PUMP-001 | {cited} | PASS |\n");
    let mut all = vec![(String::from("docs/srs.md"), srs.as_bytes().to_vec()), (String::from("docs/rtm.md"), rtm.into_bytes())];
    all.extend(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())));
    analyze_files(all)
}

/// The rung, and the codes of what is told of results.
pub(super) fn stands(analysis: &Analysis) -> (Rung, Vec<&str>) {
    let codes =
        analysis.findings.iter().map(|one| one.code).filter(|code| matches!(*code, "E01" | "E02" | "M10" | "Q04" | "E12"));
    let mut codes: Vec<&str> = codes.collect();
    codes.sort_unstable();
    (analysis.graph.requirements[0].rung, codes)
}

const GO: (&str, &str) = ("flow/flow_test.go", "package flow\n\nfunc TestStarts(t *testing.T) {\n\tt.Fatal(1)\n}\n");

fn go(action: &str) -> String {
    format!(
        "{{\"Action\":\"run\",\"Package\":\"example.org/pump/flow\",\"Test\":\"TestStarts/wet\"}}\n\
         {{\"Action\":\"{action}\",\"Package\":\"example.org/pump/flow\",\"Test\":\"TestStarts/wet\"}}\n\
         {{\"Action\":\"{action}\",\"Package\":\"example.org/pump/flow\",\"Test\":\"TestStarts\"}}\n\
         {{\"Action\":\"{action}\",\"Package\":\"example.org/pump/flow\"}}\n"
    )
}

#[test]
fn events_of_go() {
    let of = |action: &str| tree("`flow/flow_test.go::TestStarts`", &[GO, ("test-results.json", &go(action))]);
    assert_eq!(stands(&of("pass")), (Rung::Asserts, vec![]));
    assert_eq!(stands(&of("skip")), (Rung::Exists, vec!["E02", "M10"]));
    let failed = of("fail");
    assert_eq!(stands(&failed), (Rung::Exists, vec!["E02", "M10"]));
    assert!(rendered(&failed, "E02").contains("test-results.json:2:1 the result"), "{}", rendered(&failed, "E02"));
}

#[test]
fn results_of_visual_studio() {
    let code = "using Xunit;\n\nnamespace Pumps\n{\n    public class StartTests\n    {\n        [Fact]\n        public void Starts()\n        {\n            Assert.True(works());\n        }\n    }\n}\n";
    let run = |outcome: &str| {
        format!(
            "<TestRun xmlns='http://microsoft.com/schemas/VisualStudio/TeamTest/2010'><Results>\
             <UnitTestResult testId='1' testName='Pumps.StartTests.Starts' outcome='{outcome}'/></Results><TestDefinitions>\
             <UnitTest id='1'><TestMethod className='Pumps.StartTests' name='Starts'/></UnitTest></TestDefinitions></TestRun>"
        )
    };
    let of = |outcome: &str| {
        let run = run(outcome);
        tree("`StartTests.Starts`", &[("Pumps.Tests/StartTests.cs", code), ("TestResults/run.trx", &run)])
    };
    assert_eq!(stands(&of("Passed")), (Rung::Asserts, vec![]));
    assert_eq!(stands(&of("Failed")), (Rung::Exists, vec!["E02", "M10"]));
    assert_eq!(stands(&of("NotExecuted")), (Rung::Exists, vec!["E02", "M10"]));
    let lost = tree("`StartTests.Starts`", &[("Pumps.Tests/StartTests.cs", code), ("TestResults/run.trx", "<nothing/>")]);
    assert!(stands(&lost).1.contains(&"Q04"));
}

#[test]
fn output_of_robot_framework() {
    let code = "*** Test Cases ***\nStarts With Water\n    Should Be Equal    1    1\n";
    let old = "<robot><suite name='Pump' source='/home/ci/tests/pump.robot'><test name='Starts With Water'><status status='PASS'/></test></suite></robot>";
    assert_eq!(stands(&tree("`tests/pump.robot`", &[("tests/pump.robot", code), ("results/output.xml", old)])).0, Rung::Asserts);
    let robot = "<robot name='arm'><link name='base'/></robot>";
    assert!(stands(&tree("`tests/pump.robot`", &[("tests/pump.robot", code), ("arm.xml", robot)])).1 == ["E01"], "an arm");
    let run = |status: &str| {
        format!(
            "<robot generator='Robot 7'><suite name='Pump' source='/home/ci/tests/pump.robot'>\
             <test name='Starts With Water' line='2'><status status='{status}'/></test></suite></robot>"
        )
    };
    let of = |status: &str| {
        let run = run(status);
        tree("`tests/pump.robot`", &[("tests/pump.robot", code), ("results/output.xml", &run)])
    };
    assert_eq!(stands(&of("PASS")), (Rung::Asserts, vec![]));
    assert_eq!(stands(&of("FAIL")), (Rung::Exists, vec!["E02", "M10"]));
}

#[test]
fn the_configuration_names_results_whatever_they_are_called() {
    let config = "[tests]\nresults = [\"logs/run.log\"]\n";
    let of = |text: &str| tree("`flow/flow_test.go::TestStarts`", &[GO, ("logs/run.log", text), ("tracegate.toml", config)]);
    assert_eq!(stands(&of(&go("pass"))), (Rung::Asserts, vec![]));
    let log = of("ok  example.org/pump/flow 0.2s\n");
    let (rung, codes) = stands(&log);
    assert_eq!((rung, codes.contains(&"E12"), codes.contains(&"Q04")), (Rung::Exists, true, true));
    let other = tree("`flow/flow_test.go::TestStarts`", &[GO, ("data/test.json", "{\"Action\": 1}")]);
    assert!(!stands(&other).1.contains(&"Q04"), "data that is called like a result and is none");
    assert!(other.graph.inputs.iter().all(|input| input.path != "data/test.json"));
}

#[test]
fn what_junit_does_not_call_a_pass_is_none() {
    let test = ("tests/test_pump.py", "def test_starts():\n    assert works()\n");
    for (inner, outcome) in [
        ("<skipped type='pytest.xfail' message='later'/>", "expected failure"),
        ("<failure message='[XPASS(strict)] later'/>", "failed"),
        ("<error message='failed on setup with RuntimeError'/>", "error"),
        ("<skipped type='pytest.skip'/>", "skipped"),
        ("<flakyFailure message='late'/>", "flaky"),
        ("<flakyError message='late'/>", "flaky"),
        ("<rerunFailure message='late'/>", "failed"),
        ("<failure message='wrong'/><rerunFailure/>", "failed"),
    ] {
        let run = format!("<testsuite><testcase classname='tests.test_pump' name='test_starts'>{inner}</testcase></testsuite>");
        let analysis = tree("`test_starts`", &[test, ("junit.xml", &run)]);
        assert_eq!(stands(&analysis), (Rung::Exists, vec!["E02", "M10"]), "{inner}");
        assert!(rendered(&analysis, "E02").contains(&format!("label:   {outcome}")), "{inner}");
    }
    for attributes in ["status='notrun'", "status='notrun' result='suppressed'", "status='run' result='skipped'"] {
        let run = format!("<testsuite><testcase classname='tests.test_pump' name='test_starts' {attributes}/></testsuite>");
        assert_eq!(stands(&tree("`test_starts`", &[test, ("junit.xml", &run)])).0, Rung::Exists, "{attributes}");
    }
}

#[test]
fn a_package_at_the_root_of_a_module() {
    let test = "package pump\n\nfunc TestStarts(t *testing.T) {\n\tt.Fatal(1)\n}\n";
    let run = go("pass").replace("example.org/pump/flow", "example.org/pump");
    let of = |files: &[(&str, &str)]| {
        let all: Vec<_> = files.iter().copied().chain([("test-results.json", run.as_str())]).collect();
        stands(&tree("`pump_test.go::TestStarts`", &all)).0
    };
    assert_eq!(of(&[("pump_test.go", test)]), Rung::Asserts);
    assert_eq!(of(&[("pump_test.go", test), GO]), Rung::Asserts, "the other package has a folder of its own");
    // Where the tree has a folder of that name, its tests are meant, and none of the root is credited.
    assert_eq!(of(&[("pump_test.go", test), ("pump/doc.go", "package pump\n")]), Rung::Exists);
}

#[test]
fn names_that_runners_write_with_what_is_around_the_test() {
    let jest = "describe(\"pump\", () => {\n  describe(\"flow\", () => {\n    test(\"starts at once\", () => {\n      expect(works()).toBe(1);\n    });\n  });\n});\n";
    let gtest = "TEST(PumpTest, Starts) {\n  EXPECT_EQ(works(), 1);\n}\nTEST(DoorTest, Starts) {\n  EXPECT_EQ(works(), 1);\n}\nTEST_P(SizesTest, Grows) {\n  EXPECT_EQ(works(), 1);\n}\n";
    for (cited, file, name, rung) in [
        ("test/pump.test.js", ("test/pump.test.js", jest), "pump flow starts at once", Rung::Asserts),
        ("test/pump.test.js", ("test/pump.test.js", jest), "door flow starts at once", Rung::Exists),
        ("`PumpTest.Starts`", ("pump_test.cc", gtest), "PumpTest.Starts", Rung::Asserts),
        ("`DoorTest.Starts`", ("pump_test.cc", gtest), "PumpTest.Starts", Rung::Exists),
        ("`SizesTest.Grows`", ("pump_test.cc", gtest), "All/SizesTest.Grows/0", Rung::Asserts),
    ] {
        let junit = format!("<testsuite name=\"s\" tests=\"1\"><testcase classname=\"{name}\" name=\"{name}\"/></testsuite>");
        let analysis = tree(cited, &[file, ("results/junit.xml", &junit)]);
        assert_eq!(analysis.graph.requirements[0].rung, rung, "{cited} {name}");
    }
}

#[test]
fn what_failed_outside_of_the_tests_closes_the_gate() {
    let test = ("tests/test_pump.py", "def test_starts():\n    assert works()\n");
    let case = "<testcase classname='tests.test_pump' name='test_starts'/>";
    let stray = format!("<testsuite>{case}<error message='the fixture broke'/></testsuite>");
    let found = tree("`test_starts`", &[test, ("junit.xml", &stray)]);
    let hidden = rendered(&found, "Q04");
    assert!(hidden.starts_with("Q04 error") && hidden.contains("does not show all that failed"), "{hidden}");
    let broken =
        "{\"Action\":\"start\",\"Package\":\"example.org/other\"}\n{\"Action\":\"fail\",\"Package\":\"example.org/other\"}\n";
    let events = go("pass") + broken;
    let found = tree("`flow/flow_test.go::TestStarts`", &[GO, ("test-results.json", &events)]);
    let hidden = rendered(&found, "Q04");
    assert!(hidden.starts_with("Q04 error") && hidden.contains("`example.org/other` failed outside of its tests"), "{hidden}");
}

#[test]
fn what_surefire_counts_and_leaves_empty() {
    let java = "class PumpTest {\n    @Test\n    void starts() { assertTrue(works()); }\n}\n";
    let test = ("src/test/java/PumpTest.java", java);
    let flaky = "<testsuite name='PumpTest' tests='1' failures='1'><testcase classname='PumpTest' name='starts'>\
        <flakyFailure message='late'/></testcase></testsuite>";
    let found = tree("`PumpTest.starts`", &[test, ("surefire-reports/TEST-PumpTest.xml", flaky)]);
    assert_eq!(rendered(&found, "Q04"), "", "the attempt that failed is the one that is counted");
    let passed = "<testsuite name='PumpTest$Inner' tests='1'><testcase classname='PumpTest' name='starts'/></testsuite>";
    let empty = ("surefire-reports/TEST-PumpTest.xml", "<testsuite name='PumpTest' tests='0'/>");
    let inner = ("surefire-reports/TEST-PumpTest$Inner.xml", passed);
    let both = rendered(&tree("`PumpTest.starts`", &[test, empty, inner]), "Q04");
    assert!(both.starts_with("Q04 info") && both.contains("has no test, though the classes within its class have"), "{both}");
    assert!(rendered(&tree("`PumpTest.starts`", &[test, empty]), "Q04").starts_with("Q04 error"));
    let other = ("surefire-reports/TEST-DoorTest.xml", passed);
    let beside = rendered(&tree("`PumpTest.starts`", &[test, empty, other]), "Q04");
    assert!(beside.starts_with("Q04 error"), "a run of nothing is no better for another one: {beside}");
}

#[test]
fn cases_that_gradle_knows_by_their_number_alone() {
    let java = |more: &str| {
        format!(
            "class PumpTest {{\n    @ParameterizedTest\n    @ValueSource(strings = {{\"a\"}})\n    void starts(String how) {{ assertTrue(works(how)); }}\n{more}}}\n"
        )
    };
    let run = "<testsuite name='PumpTest' tests='2'><testcase classname='org.PumpTest' name='[1] slow'/>\
        <testcase classname='org.PumpTest' name='[2] fast'/></testsuite>";
    let of = |java: &str, run: &str| {
        stands(&tree("`PumpTest.starts`", &[("src/test/java/PumpTest.java", java), ("junit.xml", run)])).0
    };
    assert_eq!(of(&java(""), run), Rung::Asserts);
    assert_eq!(of(&java(""), &run.replace("org.PumpTest", "org.DoorTest")), Rung::Exists, "another class");
    let second = "    @ParameterizedTest\n    @ValueSource(ints = {1})\n    void stops(int n) { assertTrue(works(n)); }\n";
    assert_eq!(of(&java(second), run), Rung::Exists, "either may be meant");
}

#[test]
fn formats_that_are_known_and_not_read_are_told() {
    let test = ("tests/test_pump.py", "def test_starts():\n    assert works()\n");
    for (path, text, name) in [
        ("coverage/clover.xml", "<coverage generated=\"1\" clover=\"3.2.0\"><project timestamp=\"1\"/></coverage>", "Clover"),
        ("coverage/coverage.xml", "<CoverageSession><Summary numSequencePoints=\"1\"/></CoverageSession>", "OpenCover"),
        ("results/boost.xml", "<TestLog><TestSuite name=\"Pump\"/></TestLog>", "Boost.Test"),
        ("results/Test.xml", "<Site BuildName=\"linux\"><Testing/></Site>", "CTest's dashboard"),
        ("results/cpp.xml", "<TestRun><FailedTests/><SuccessfulTests/></TestRun>", "CppUnit"),
        ("results/x.xml", "<assembly name=\"a.dll\" run-date=\"2016-01-27\"><class/></assembly>", "xUnit.net 1"),
        ("report.json", "{\"stats\":{\"suites\":1,\"tests\":1,\"passes\":1,\"pending\":0}}", "Mocha's JSON"),
        ("out.json", "{\"config\":{\"rootDir\":\"/\",\"reporter\":[],\"projects\":[]}}", "Playwright's JSON"),
        ("ctrf.json", "{\"reportFormat\":\"CTRF\",\"results\":{}}", "CTRF"),
        ("cucumber.json", "[{\"keyword\":\"Feature\",\"elements\":[]}]", "Cucumber's JSON"),
    ] {
        let told = rendered(&tree("`test_starts`", &[test, (path, text)]), "Q04");
        assert!(told.starts_with("Q04 warning") && told.contains(&format!("it is in the format of {name}, which")), "{told}");
    }
    let other = ("data/site.xml", "<Site><TestLog/></Site>");
    assert_eq!(rendered(&tree("`test_starts`", &[test, other]), "Q04"), "");
}

#[test]
fn a_file_that_is_cited_as_a_whole_and_of_which_some_rest() {
    use tracegate::verdict::States;
    let test = ("tests/test_pump.py", "def test_starts():\n    assert works()\n\n\ndef test_stops():\n    assert works()\n");
    let case = |name: &str, inner: &str| format!("<testcase classname='tests.test_pump' name='{name}'>{inner}</testcase>");
    let of = |cited: &str, second: &str| {
        let run = format!("<testsuite>{}{second}</testsuite>", case("test_starts", ""));
        let analysis = tree(cited, &[test, ("junit.xml", &run)]);
        let states = States::of(&analysis.graph, &analysis.findings);
        let id = analysis.graph.requirements().next().unwrap().0;
        let why = states.not_assessed(&analysis.graph, id).unwrap_or_default().into_owned();
        (format!("{:?}", states.get(id)), why)
    };
    let skipped = case("test_stops", "<skipped/>");
    let (state, why) = of("tests/test_pump.py", &skipped);
    assert_eq!(state, "NotAssessed");
    assert!(why.starts_with("1 of 2 tests was skipped, and they are cited as a whole"), "{why}");
    let (state, why) = of("tests/test_pump.py", "");
    assert_eq!((state.as_str(), why.as_str()), ("Gap", "1 of 2 tests have no result"), "and E01 tells which");
    assert_eq!(of("`test_starts`, `test_stops`", &skipped), (String::from("Gap"), String::new()), "named by itself");
    assert_eq!(of("tests/test_pump.py", &case("test_stops", "<failure/>")), (String::from("Gap"), String::new()));
    assert_eq!(of("tests/test_pump.py", &case("test_stops", "")).0, "Verified");
}
