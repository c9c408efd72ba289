//! Outcomes as real runners write them: what is no pass, and which requirements results name by themselves.

use super::linked::{stands, tree};
use crate::checks::support::{analyze_files, rendered};
use tracegate::analysis::Analysis;
use tracegate::link::graph::Rung;

/// A test of Python below this decorator, and the entries that pytest writes of it.
fn pytest(decorator: &str, entries: &str) -> Analysis {
    let code = format!("import pytest\n\n{decorator}\ndef test_starts():\n    assert works()\n");
    let run =
        format!("<testsuites name=\"pytest tests\"><testsuite name=\"pytest\" tests=\"1\">{entries}</testsuite></testsuites>");
    tree("`tests/test_pump.py::test_starts`", &[("tests/test_pump.py", &code), ("results/junit.xml", &run)])
}

const PASS: &str = "<testcase classname=\"tests.test_pump\" name=\"test_starts\" time=\"0.1\"/>";

#[test]
fn a_pass_that_is_not_expected_is_none() {
    assert_eq!(stands(&pytest("", PASS)), (Rung::Asserts, vec![]));
    let passed = pytest("@pytest.mark.xfail(reason=\"leaks\")", PASS);
    assert_eq!(stands(&passed), (Rung::Exists, vec!["E02", "M10"]));
    let told = rendered(&passed, "E02");
    assert!(told.contains("`test_starts` verifies REQ-PUMP-001 and passed although its source expects it to fail"), "{told}");
    // On other platforms a pass is what is expected.
    let elsewhere = pytest("@pytest.mark.xfail(sys.platform == \"win32\", reason=\"leaks\")", PASS);
    assert_eq!(stands(&elsewhere), (Rung::Asserts, vec![]));
    for always in ["@pytest.mark.xfail(True, reason=\"leaks\")", "@pytest.mark.xfail", "@unittest.expectedFailure"] {
        assert_eq!(stands(&pytest(always, PASS)).0, Rung::Exists, "{always}");
    }
    let strict = PASS.replace("/>", "><failure message=\"[XPASS(strict)] leaks\"/></testcase>");
    assert!(rendered(&pytest("@pytest.mark.xfail(strict=True)", &strict), "E02").contains("failed in the run"));
}

#[test]
fn other_runners_pass_what_fails_as_expected() {
    let code = "test.failing('starts', () => {\n  expect(1).toBe(2);\n});\n";
    let run =
        "<testsuites><testsuite name=\"pump\"><testcase classname=\"pump starts\" name=\"starts\"/></testsuite></testsuites>";
    let analysis = tree("`tests/pump.test.js::starts`", &[("tests/pump.test.js", code), ("results/junit.xml", run)]);
    assert!(rendered(&analysis, "E02").contains("failed as expected"), "{}", rendered(&analysis, "E02"));
}

#[test]
fn several_attempts_in_one_run_are_no_pass() {
    let flaky = pytest("@pytest.mark.flaky(reruns=2)", &[PASS, PASS].concat());
    assert_eq!(stands(&flaky), (Rung::Exists, vec!["E02", "M10"]));
    assert!(rendered(&flaky, "E02").contains("passed only when it was run again"));
    assert_eq!(flaky.graph.results.len(), 1);
    // Two runs in one file are two passes.
    let twice = format!("{PASS}</testsuite><testsuite name=\"pytest\" tests=\"1\">{PASS}");
    assert_eq!(stands(&pytest("", &twice)), (Rung::Asserts, vec![]));
    let failed = format!("{PASS}{}", PASS.replace("/>", "><failure message=\"dry\"/></testcase>"));
    assert!(rendered(&pytest("", &failed), "E02").contains("failed in the run"));
}

#[test]
fn the_cases_that_did_not_pass_are_named() {
    let of = |bad: &str| {
        let case = |name: &str, inner: &str| {
            format!("<testcase classname=\"tests.test_pump\" name=\"test_starts[{name}]\">{inner}</testcase>")
        };
        pytest("@pytest.mark.parametrize('p', [1, 2])", &[case("a", ""), case("tcp:80", bad), case("b", "")].concat())
    };
    let skipped = rendered(&of("<skipped type=\"pytest.skip\" message=\"no rig\"/>"), "E02");
    assert!(
        skipped.contains("was skipped in the run that was read, in 1 of 3 results (`test_starts[tcp:80]`): \"no rig\""),
        "{skipped}"
    );
}

const SUITES: &str = "class Rig : public ::testing::Test {};\nTEST_F(Rig, Turns) {\n  EXPECT_TRUE(works());\n}\n\
     TEST_P(Ports, Opens) {\n  EXPECT_GT(GetParam(), 1);\n}\nTYPED_TEST(Typed, Holds) {\n  EXPECT_TRUE(works());\n}\n\
     TEST(Pump, DISABLED_Later) {\n  EXPECT_TRUE(works());\n}\n";

/// What stands of a cited test of these suites, with one entry of results.
fn suites(cited: &str, entry: &str) -> (Rung, Vec<String>) {
    let run = format!("<testsuites><testsuite name=\"s\">{entry}</testsuite></testsuites>");
    let analysis = tree(cited, &[("test/pump_test.cc", SUITES), ("results/run.xml", &run)]);
    let (rung, codes) = stands(&analysis);
    (rung, codes.into_iter().map(str::to_owned).collect())
}

#[test]
fn names_of_googletest_in_its_own_file_and_in_that_of_ctest() {
    let passed = |cited: &str, class: &str, name: &str| {
        let entry = format!("<testcase name=\"{name}\" classname=\"{class}\" status=\"run\"/>");
        assert_eq!(suites(cited, &entry), (Rung::Asserts, vec![]), "{name}");
    };
    passed("`Rig.Turns`", "Rig", "Turns");
    passed("`Rig.Turns`", "Rig.Turns", "Rig.Turns");
    passed("`Ports.Opens`", "All/Ports", "Opens/0");
    passed("`Ports.Opens`", "All/Ports.Opens/1", "All/Ports.Opens/1");
    passed("`Typed.Holds`", "Typed/0", "Holds");
    passed("`Typed.Holds`", "Typed.Holds&lt;int&gt;", "Typed.Holds&lt;int&gt;");
    let skipped = suites(
        "`Rig.Turns`",
        "<testcase name=\"Turns\" classname=\"Rig\" result=\"skipped\"><skipped message=\"rig off\"/></testcase>",
    );
    assert_eq!(skipped, (Rung::Exists, vec!["E02".into(), "M10".into()]));
    let later = suites("`Pump.DISABLED_Later`", "<testcase name=\"Pump.Later\" classname=\"Pump.Later\" status=\"disabled\"/>");
    assert_eq!(later, (Rung::Exists, vec!["E02".into(), "M10".into()]));
}

#[test]
fn examples_of_go_that_are_compared_are_tests() {
    let code = "package flow\n\nfunc ExampleStart() {\n\tStart()\n\t// Output: 1\n}\n\nfunc ExampleStop() {\n\tStop()\n}\n";
    let run = "{\"Action\":\"run\",\"Package\":\"example.org/pump/flow\",\"Test\":\"ExampleStart\"}\n\
         {\"Action\":\"pass\",\"Package\":\"example.org/pump/flow\",\"Test\":\"ExampleStart\"}\n";
    let of = |name: &str| tree(&format!("`flow/flow_test.go::{name}`"), &[("flow/flow_test.go", code), ("gotest.json", run)]);
    let analysis = of("ExampleStart");
    assert_eq!(stands(&analysis).0, Rung::Asserts);
    assert_eq!(rendered(&analysis, "M03"), "");
    assert!(rendered(&of("ExampleStop"), "M03").contains("a function that no test runner collects"));
}

#[test]
fn suites_of_robot_framework_are_called_after_their_files() {
    let code = "*** Test Cases ***\nStarts With Water\n    Should Be Equal    1    1\n";
    let of = |class: &str| {
        let run = format!("<testsuite name=\"Tests\"><testcase classname=\"{class}\" name=\"Starts With Water\"/></testsuite>");
        tree("`tests/water_pump.robot`", &[("tests/water_pump.robot", code), ("results/xunit.xml", &run)])
    };
    assert_eq!(stands(&of("Tests.Water Pump")).0, Rung::Asserts);
    assert_eq!(stands(&of("Tests.Water Pumps")).0, Rung::Exists, "another file");
}

/// A requirement that no document traces, a test without a marker, and a result with these properties.
fn named(properties: &str) -> Analysis {
    let srs = "# SRS\n\n| Req ID | Requirement |\n|---|---|\n| REQ-PUMP-001 | The pump shall start. |\n| REQ-PUMP-002 | The pump shall stop. |\n";
    let code = "def test_starts(record_property):\n    tag(record_property)\n    assert works()\n";
    let run = format!(
        "<testsuite name=\"pytest\"><testcase classname=\"tests.test_pump\" name=\"test_starts\"{}</testcase></testsuite>",
        properties
    );
    let files = [("docs/srs.md", srs), ("tests/test_pump.py", code), ("results/junit.xml", &run)];
    analyze_files(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect())
}

fn property(name: &str, value: &str) -> String {
    format!("><properties><property name=\"{name}\" value=\"{value}\"/></properties>")
}

#[test]
fn properties_of_results_are_links() {
    let rungs = |analysis: &Analysis| analysis.graph.requirements.iter().map(|one| one.rung).collect::<Vec<_>>();
    for name in ["requirement", "Requirements", "req", "verifies", "FullyVerifies", "requirement-id", "traces_to"] {
        let analysis = named(&property(name, "REQ-PUMP-001"));
        assert_eq!(rungs(&analysis), [Rung::Asserts, Rung::None], "{name}");
        assert!(!rendered(&analysis, "T01").contains("REQ-PUMP-001"), "{name}");
    }
    assert_eq!(rungs(&named(&property("requirement", "REQ-PUMP-001, REQ-PUMP-002"))), [Rung::Asserts, Rung::Asserts]);
    assert_eq!(rungs(&named(&property("comment", "REQ-PUMP-001"))), [Rung::None, Rung::None]);
    // Older runners write properties as attributes.
    assert_eq!(rungs(&named(" requirement=\"REQ-PUMP-002\">")), [Rung::None, Rung::Asserts]);
    let failed = named(&(property("requirement", "REQ-PUMP-001") + "<failure message=\"dry\"/>"));
    assert_eq!(rungs(&failed), [Rung::Exists, Rung::None]);
    let told = rendered(&failed, "E02");
    assert!(told.contains("`test_starts` verifies REQ-PUMP-001 and failed"), "{told}");
    assert!(told.contains("results/junit.xml:1:"), "{told}");
}

#[test]
fn a_requirement_that_only_a_lost_result_names_is_not_verified() {
    let analysis = named(&property("requirement", "REQ-PUMP-001").replace("><prop", " class=\"\"><prop"));
    assert_eq!(analysis.graph.requirements[0].rung, Rung::Asserts);
    let srs = "# SRS\n\n| Req ID | Requirement |\n|---|---|\n| REQ-PUMP-001 | The pump shall start. |\n";
    let run = format!(
        "<testsuite name=\"s\"><testcase classname=\"other\" name=\"starts\"{}</testcase></testsuite>",
        property("req", "REQ-PUMP-001")
    );
    let files = [("docs/srs.md", srs), ("results/junit.xml", run.as_str())];
    let analysis = analyze_files(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect());
    let one = &analysis.graph.requirements[0];
    assert_eq!(one.rung, Rung::Cited);
    assert_eq!(one.not_assessed.as_deref(), Some("a result names it, and the test of that result was not found"));
}

#[test]
fn tags_of_robot_framework_are_links() {
    let code = "*** Test Cases ***\nStarts\n    Should Be Equal    1    1\n";
    let run = "<robot generator='Robot 7'><suite name='Pump' source='/srv/tests/pump.robot'><test name='Starts' line='2'>\
         <tag>smoke</tag><tag>REQ-PUMP-001</tag><status status='PASS'/></test></suite></robot>";
    let srs = "# SRS\n\n| Req ID | Requirement |\n|---|---|\n| REQ-PUMP-001 | The pump shall start. |\n";
    let files = [("docs/srs.md", srs), ("tests/pump.robot", code), ("results/output.xml", run)];
    let analysis = analyze_files(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect());
    assert_eq!(analysis.graph.requirements[0].rung, Rung::Asserts);
}

#[test]
fn the_case_that_is_cited_counts() {
    let code = "import pytest\n\n@pytest.mark.parametrize('port', ['tcp', 'x::y'])\ndef test_ports(port):\n    assert port\n";
    let run = "<testsuite name=\"pytest\"><testcase classname=\"tests.test_pump\" name=\"test_ports[tcp]\"/>\
         <testcase classname=\"tests.test_pump\" name=\"test_ports[x::y]\"><failure message=\"closed\"/></testcase></testsuite>";
    let of = |cited: &str| tree(cited, &[("tests/test_pump.py", code), ("results/junit.xml", run)]);
    let codes = |cited: &str| {
        let analysis = of(cited);
        let (rung, codes) = stands(&analysis);
        (rung, codes.join(" "), rendered(&analysis, "E10").is_empty())
    };
    assert_eq!(codes("`tests/test_pump.py::test_ports[tcp]`"), (Rung::Asserts, String::new(), false), "the other case failed");
    for cited in ["test_ports[x::y]", "test_ports", "test_ports[*]", "test_ports[tcp]`, `tests/test_pump.py::test_ports[x::y]"] {
        assert_eq!(codes(&format!("`tests/test_pump.py::{cited}`")), (Rung::Exists, String::from("E02 M10"), true), "{cited}");
    }
    // A case of which there is no result is not known to pass.
    assert_eq!(codes("`tests/test_pump.py::test_ports[udp]`").0, Rung::Exists);
}

#[test]
fn a_test_that_is_still_to_be_written_did_not_pass() {
    let code = "describe('Pump', () => {\n  test.todo('starts');\n  test('stops', () => { expect(works()).toBe(1); });\n});\n";
    let run = "<testsuites name=\"jest tests\"><testsuite name=\"Pump\"><testcase classname=\"Pump starts\" name=\"Pump starts\"/>\
         <testcase classname=\"Pump stops\" name=\"Pump stops\"/></testsuite></testsuites>";
    let of = |name: &str| {
        let cited = format!("`tests/pump.test.js::{name}`");
        tree(&cited, &[("tests/pump.test.js", code), ("results/junit.xml", run)])
    };
    assert_eq!(stands(&of("stops")), (Rung::Asserts, vec![]));
    assert_eq!(stands(&of("starts")), (Rung::Exists, vec!["E02", "M10"]));
}

#[test]
fn titles_of_javascript_stand_behind_those_of_their_suites() {
    let code = "describe('Pump', () => {\n  describe('inner', () => {\n    test('drips', () => { expect(works()).toBe(1); });\n  });\n  \
         test('starts', () => { expect(works()).toBe(1); });\n  test.each([1, 2])('opens port %i of $name', (n) => { expect(n).toBe(1); });\n});\n\
         describe('Valve', () => {\n  test('starts', () => { expect(works()).toBe(1); });\n});\n";
    let result = |class: &str, name: &str| {
        let run = format!(
            "<testsuites><testsuite name=\"Pump\"><testcase classname=\"{class}\" name=\"{name}\"/></testsuite></testsuites>"
        );
        let analysis = tree("`tests/pump.test.js`", &[("tests/pump.test.js", code), ("results/junit.xml", &run)]);
        let graph = &analysis.graph;
        graph.results[0].test.map_or(String::from("nobody"), |test| graph.test(test).qualified())
    };
    // What jest-junit writes unless it is told otherwise.
    assert_eq!(result("Pump starts", "Pump starts"), "Pump::starts");
    assert_eq!(result("Valve starts", "Valve starts"), "Valve::starts");
    assert_eq!(result("Pump inner drips", "Pump inner drips"), "Pump::inner::drips");
    assert_eq!(result("Hose starts", "Hose starts"), "nobody");
    let open = "Pump::opens port %i of $name";
    assert_eq!(result("Pump opens port 2 of wall", "Pump opens port 2 of wall"), open);
    assert_eq!(result("tests/pump.test.js", "Pump &gt; opens port 2 of wall"), open);
    assert_eq!(result("Pump", "opens port 2 of wall"), open);
    assert_eq!(result("Pump", "opens gate 2 of wall"), "nobody");
}

#[test]
fn a_case_that_did_not_run_is_no_pass() {
    let code = "import pytest\n\n@pytest.mark.parametrize(\"t\", [\"stdio\", \"sse\"])\ndef test_run(t):\n    assert run(t)\n";
    let of = |cited: &str, cases: &[&str]| {
        let entries: String =
            cases.iter().map(|case| format!("<testcase classname=\"tests.test_link\" name=\"test_run[{case}]\"/>")).collect();
        let run = format!("<testsuite name=\"pytest\" tests=\"{}\">{entries}</testsuite>", cases.len());
        tree(&format!("`tests/test_link.py::{cited}`"), &[("tests/test_link.py", code), ("results/junit.xml", &run)])
    };
    let lost = of("test_run[sse]", &["stdio"]);
    assert_eq!(stands(&lost), (Rung::Exists, vec!["E01"]));
    let told = rendered(&lost, "E01");
    assert!(told.contains("The case `sse` of `test_run` is to verify REQ-PUMP-001 and has no result"), "{told}");
    assert!(told.contains("which has 1 other case of it: `stdio`"), "{told}");
    assert_eq!(stands(&of("test_run[http]", &["stdio", "sse"])), (Rung::Exists, vec!["E01"]));
    // A sibling that failed is nobody's evidence here.
    for (cited, cases) in [
        ("test_run[sse]", &["stdio", "sse"][..]),
        ("test_run", &["stdio"]),
        ("test_run[*]", &["stdio"]),
        ("test_run[sse]", &["sse-1", "sse-2"]),
        ("test_run[stdio-sse]", &["stdio", "sse"]),
        ("test_run[a\\|b]", &["a|b"]),
    ] {
        assert_eq!(stands(&of(cited, cases)), (Rung::Asserts, vec![]), "{cited}");
    }
    let failed = "<testsuite name=\"pytest\" tests=\"1\"><testcase classname=\"tests.test_link\" name=\"test_run[stdio]\"><failure/></testcase></testsuite>";
    let files = [("tests/test_link.py", code), ("results/junit.xml", failed)];
    assert_eq!(stands(&tree("`tests/test_link.py::test_run[sse]`", &files)), (Rung::Exists, vec!["E01"]));
}

#[test]
fn a_case_of_go_behind_its_file() {
    let code = "package flow\n\nfunc TestSub(t *testing.T) {\n\tfor _, name := range names {\n\t\tt.Run(name, func(t *testing.T) {\n\t\t\tt.Fatal(1)\n\t\t})\n\t}\n}\n";
    let event = |action: &str, test: &str| {
        format!("{{\"Action\":\"{action}\",\"Package\":\"example.org/pump/flow\",\"Test\":\"{test}\"}}\n")
    };
    let run = [("run", "TestSub"), ("pass", "TestSub/stdio"), ("fail", "TestSub/sse"), ("fail", "TestSub")];
    let run: String = run.iter().map(|(action, test)| event(action, test)).collect();
    let run = run + "{\"Action\":\"fail\",\"Package\":\"example.org/pump/flow\"}\n";
    let of = |case: &str| {
        tree(&format!("flow/flow_test.go::TestSub{case}"), &[("flow/flow_test.go", code), ("test-results.json", &run)])
    };
    assert_eq!(stands(&of("/stdio")), (Rung::Asserts, vec![]));
    assert_eq!(stands(&of("/sse")), (Rung::Exists, vec!["E02", "M10"]));
    assert_eq!(stands(&of("")), (Rung::Exists, vec!["E02", "M10"]));
    assert_eq!(stands(&of("/http")), (Rung::Exists, vec!["E01"]));
    assert!(rendered(&of("/http"), "E01").contains("which has 2 other cases of it: `sse` and `stdio`"));
}

#[test]
fn names_with_blanks_behind_their_file() {
    let code = "*** Test Cases ***\nLink Starts\n    Should Be Equal    1    1\n\nLink Fails\n    Should Be Equal    1    2\n";
    let run = "<robot generator='Robot 7'><suite name='Link' source='/ci/tests/link.robot'><test name='Link Starts' line='2'><status status='PASS'/></test><test name='Link Fails' line='5'><status status='FAIL'>no</status></test></suite></robot>";
    let of = |cited: &str| tree(cited, &[("tests/link.robot", code), ("results/output.xml", run)]);
    for ticks in ["", "`"] {
        assert_eq!(stands(&of(&format!("{ticks}tests/link.robot::Link Starts{ticks}"))), (Rung::Asserts, vec![]));
        assert_eq!(stands(&of(&format!("{ticks}tests/link.robot::Link Fails{ticks}"))), (Rung::Exists, vec!["E02", "M10"]));
    }
    assert!(rendered(&of("tests/link.robot::Link Ghost"), "M02").contains("has no test of that name"));
}

#[test]
fn titles_of_robot_framework_stand_alone() {
    let code =
        "*** Test Cases ***\nLink Starts Again\n    Should Be Equal    1    1\n\nLink Ends\n    Should Be Equal    1    2\n";
    let run = "<robot generator='Robot 7'><suite name='Link' source='/ci/tests/link.robot'><test name='Link Starts Again' line='2'><status status='PASS'/></test><test name='Link Ends' line='5'><status status='FAIL'>no</status></test></suite></robot>";
    let of = |cited: &str| tree(cited, &[("tests/link.robot", code), ("results/output.xml", run)]);
    assert_eq!(stands(&of("Link Starts Again")), (Rung::Asserts, vec![]));
    assert_eq!(stands(&of("Link Ends")), (Rung::Exists, vec!["E02", "M10"]));
    assert_eq!(rendered(&of("Link Starts Never"), "M02"), "", "no other cell has a title");
}

#[test]
fn what_is_written_as_its_table_has_tests_is_missing() {
    let srs = "# Requirements\n\n| Req ID | Requirement |\n|---|---|\n| REQ-A-001 | It shall start. |\n| REQ-A-002 | It shall stop. |\n\
        | REQ-A-003 | It shall wait. |\n| REQ-A-004 | It shall ring. |\n";
    let told = |tests: (&str, &str), cells: [&str; 4]| {
        let rows = cells.iter().zip(1..).map(|(cell, at)| format!("| REQ-A-00{at} | {cell} |\n")).collect::<String>();
        let rtm = format!("# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n{rows}");
        let files = [("docs/srs.md", srs), ("docs/rtm.md", &rtm), tests];
        let analysis = analyze_files(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect());
        rendered(&analysis, "M02")
    };
    let robot =
        "*** Test Cases ***\nLink Starts Again\n    Should Be Equal    1    1\n\nLink Stops\n    Should Be Equal    1    1\n";
    let robot = |cells| told(("tests/link.robot", robot), cells);
    let ghost = robot(["Link Starts Again", "Link Stops", "Link Waits For Ever", "Manual Inspection"]);
    assert!(ghost.contains("`Link Waits For Ever`") && !ghost.contains("Inspection"), "{ghost}");
    for other in ["Inspection Of All Drawings", "See the Protocol Of May", "by hand, each week", "Code Review"] {
        assert_eq!(robot(["Link Starts Again", "Link Stops", "Link Stops", other]), "", "{other}");
    }
    let suites = "TEST(Motor, Starts) {\n  EXPECT_TRUE(a());\n}\nTEST(Motor, Stops) {\n  EXPECT_TRUE(b());\n}\n";
    let suites = |cells| told(("tests/motor_test.cc", suites), cells);
    let ghost = suites(["Motor.Starts", "Motor.Stops", "Valve.Waits", "Inspection"]);
    assert!(ghost.contains("`Valve.Waits`") && !ghost.contains("Inspection"), "{ghost}");
    assert_eq!(suites(["Motor.Starts", "Valve.Waits", "Valve.Rings", "Inspection"]), "", "one name is no habit");
}

#[test]
fn one_word_between_code_marks_behind_its_file_is_a_test() {
    let rust = "#[test]\nfn starts() {\n    assert!(up());\n}\n\n#[test]\nfn waits() {\n    assert!(up());\n}\n";
    let java = "class LinkTest {\n    @Test\n    void starts() {\n        assertTrue(up());\n    }\n\n    @Test\n    void waits() {\n        assertTrue(up());\n    }\n}\n";
    let sharp = "public class LinkTests {\n    [Fact]\n    public void Starts() {\n        Assert.True(Up());\n    }\n\n    [Fact]\n    public void Waits() {\n        Assert.True(Up());\n    }\n}\n";
    for (path, code, name, ghost) in [
        ("tests/link.rs", rust, "starts", "stops"),
        ("src/test/LinkTest.java", java, "starts", "stops"),
        ("tests/LinkTests.cs", sharp, "Starts", "Stops"),
    ] {
        let told = |cell: &str| rendered(&tree(cell, &[(path, code)]), "M02");
        for cell in [format!("`{path}` `{ghost}`"), format!("`{path}`: `{ghost}`"), format!("`{path}` `{name}`, `{ghost}`")] {
            let told = told(&cell);
            assert!(told.contains(&format!("cites `{ghost}`, but {path} has no test of that name")), "{cell}: {told}");
        }
        for cell in
            [format!("`{path}` `{name}`"), format!("`{path}` with `{ghost}` switched on"), format!("`{path}` (`{ghost}` is off)")]
        {
            assert_eq!(told(&cell), "", "{cell}");
        }
    }
}

#[test]
fn a_suite_that_is_known_lacks_a_test() {
    let code = "TEST(Motor, Starts) {\n  EXPECT_TRUE(starts());\n}\n";
    let run = "<testsuites><testsuite name=\"Motor\"><testcase name=\"Starts\" classname=\"Motor\"/></testsuite></testsuites>";
    let of = |cited: &str| tree(cited, &[("tests/motor_test.cc", code), ("results/gtest.xml", run)]);
    assert_eq!(stands(&of("Motor.Starts")), (Rung::Asserts, vec![]));
    assert!(
        rendered(&of("Motor.Ghost"), "M02").contains("cites `Motor.Ghost`, but none of the 1 test"),
        "{}",
        rendered(&of("Motor.Ghost"), "M02")
    );
    assert_eq!(rendered(&of("Valve.Ghost"), "M02"), "", "no suite is called so");
}
