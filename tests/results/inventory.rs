//! Lists of tests as runners print them, and what they do to what is cited.

use super::linked::{stands, tree};
use crate::checks::support::rendered;
use tracegate::link::graph::{Resolution, Rung};
use tracegate::model::inventory::Collected;
use tracegate::read::inventory::{Format, format, read};
use tracegate::source::Text;

const NEXTEST: &str = r#"{"rust-build-meta":{"target-directory":"/srv/pump/target"},"test-count":3,"rust-suites":{"pump":{"package-name":"pump","binary-id":"pump","kind":"lib","status":"listed","testcases":{"tests::drips":{"kind":"test","ignored":false,"filter-match":{"status":"matches"}},"tests::needs_rig":{"kind":"test","ignored":true,"filter-match":{"status":"mismatch","reason":"ignored"}},"tests::ports::case_1_tcp":{"kind":"test","ignored":false,"filter-match":{"status":"mismatch","reason":"expression"}}}}}}"#;

const CTEST: &str = r#"{"backtraceGraph":{"commands":["add_test"],"files":["/srv/pump/CMakeLists.txt"],"nodes":[{"file":0}]},"kind":"ctestInfo","tests":[
{"command":["/srv/b/pump","--gtest_filter=Pump.Starts"],"name":"Pump.Starts","properties":[{"name":"LABELS","value":["unit"]}]},
{"command":["/srv/b/pump"],"name":"whole_pump","properties":[]},
{"command":["/srv/b/pump"],"name":"switched_off","properties":[{"name":"DISABLED","value":true}]},
{"name":"smoke.unbuilt","properties":[]},
{"name":"valve_NOT_BUILT","properties":[]}],"version":{"major":1,"minor":0}}"#;

const PYTEST: &str = "tests/test_pump.py::test_starts\ntests/test_pump.py::test_ports[a[0]]\ntests/test_pump.py::test_ports[x::y]\n\
     tests/test_pump.py::TestFlow::TestInner::test_drips\n\n4 tests collected in 0.01s\n";

const VITEST: &str = r#"[{"name":"Valve > opens","file":"/srv/pump/vt/valve.test.ts"},{"name":"Valve > turns 1","file":"/srv/pump/vt/valve.test.ts"},{"name":"Valve > turns 2","file":"/srv/pump/vt/valve.test.ts"}]"#;

const JEST: &str = r#"["/srv/pump/js/valve.test.js","C:\\ci\\pump\\js\\deep\\flow.spec.ts"]"#;

/// The listed tests in lines, then the problems.
fn told(text: &str) -> String {
    let source = Text::decode(text.as_bytes().to_vec());
    let facts = read(format(text).expect("the format is known"), &source);
    let inventory = facts.inventory.unwrap_or_default();
    let listed = inventory.tests.iter().map(|one| {
        let file = one.file.as_deref().unwrap_or("-");
        format!("{:?} | {file} | {} | {} | {}\n", one.state, one.class, one.name, source.slice(one.span))
    });
    let problems =
        facts.problems.iter().map(|one| format!("{}: {}\n", if one.whole_file { "lost" } else { "problem" }, one.reason));
    let partial = inventory.partial.then(|| String::from("partial\n"));
    listed.chain(partial).chain(problems).collect()
}

#[test]
fn the_list_of_nextest() {
    assert_eq!(
        told(NEXTEST),
        "Runs | - | pump | tests::drips | tests::drips\n\
         Ignored | - | pump | tests::needs_rig | tests::needs_rig\n\
         FilteredOut | - | pump | tests::ports::case_1_tcp | tests::ports::case_1_tcp\n"
    );
}

#[test]
fn the_list_of_ctest() {
    assert_eq!(
        told(CTEST),
        "Runs | - |  | Pump.Starts | Pump.Starts\nRuns | - |  | whole_pump | whole_pump\n\
         Ignored | - |  | switched_off | switched_off\nUnbuilt | - |  | smoke.unbuilt | smoke.unbuilt\n\
         partial\nproblem: the program `valve` was not built when its tests were listed\n"
    );
}

#[test]
fn the_list_of_pytest() {
    assert_eq!(
        told(PYTEST),
        "Runs | tests/test_pump.py |  | test_starts | tests/test_pump.py::test_starts\n\
         Runs | tests/test_pump.py |  | test_ports[a[0]] | tests/test_pump.py::test_ports[a[0]]\n\
         Runs | tests/test_pump.py |  | test_ports[x::y] | tests/test_pump.py::test_ports[x::y]\n\
         Runs | tests/test_pump.py | TestFlow.TestInner | test_drips | tests/test_pump.py::TestFlow::TestInner::test_drips\n"
    );
    let deselected = PYTEST.replace("4 tests collected", "4/9 tests collected (5 deselected)");
    assert!(told(&deselected).contains("partial\nproblem: tests were left out of the list"), "{}", told(&deselected));
    let broken = PYTEST.replace("\n4 tests", "\nERROR tests/test_valve.py - ImportError\n4 tests");
    assert!(told(&broken).ends_with("problem: the runner could not collect `tests/test_valve.py`\n"), "{}", told(&broken));
    // A run prints the same names with outcomes.
    assert_eq!(format("tests/test_pump.py::test_a PASSED [ 50%]\ntests/test_pump.py::test_b[x] PASSED [100%]\n"), None);
}

#[test]
fn a_list_that_is_cut_says_so_and_tells_of_nothing_that_is_missing() {
    for whole in [NEXTEST, CTEST, PYTEST, VITEST, JEST] {
        let known = format(whole).unwrap();
        for end in (0..whole.trim_end().len()).filter(|end| whole.is_char_boundary(*end)) {
            let facts = read(known, &Text::decode(whole.as_bytes()[..end].to_vec()));
            let all = facts.inventory.as_ref().is_some_and(|inventory| !inventory.partial);
            // Where the count is there the list was whole.
            let counted = known == Format::Pytest && whole[..end].contains(" collected");
            assert!(!all || counted, "cut at {end}");
            assert!(counted || facts.problems.iter().any(|problem| problem.whole_file), "cut at {end}");
        }
    }
}

const RUST: (&str, &str) = (
    "src/lib.rs",
    "#[cfg(test)]\nmod tests {\n    #[test]\n    fn drips() {\n        assert!(dry());\n    }\n    #[test]\n    #[cfg_attr(slow, ignore)]\n    fn needs_rig() {\n        assert!(dry());\n    }\n    \
     #[rstest]\n    #[case(1)]\n    fn ports(#[case] n: u8) {\n        assert!(n > 0);\n    }\n    #[test]\n    #[cfg(feature = \"wet\")]\n    fn floods() {\n        assert!(dry());\n    }\n}\n",
);

const RUN: (&str, &str) = (
    "results/junit.xml",
    "<testsuites name=\"nextest-run\"><testsuite name=\"pump\"><testcase name=\"tests::drips\" classname=\"pump\"/></testsuite></testsuites>",
);

#[test]
fn what_the_runner_ignores_or_filters_out_is_told_as_such() {
    let of = |name: &str| tree(&format!("`src/lib.rs::{name}`"), &[RUST, RUN, ("results/nextest-list.json", NEXTEST)]);
    assert_eq!(stands(&of("drips")), (Rung::Asserts, vec![]));
    let ignored = of("needs_rig");
    assert!(rendered(&ignored, "E01").contains("(it is ignored by the runner)"), "{}", rendered(&ignored, "E01"));
    assert!(rendered(&ignored, "E01").contains("results/nextest-list.json:1:"), "{}", rendered(&ignored, "E01"));
    let filtered = of("ports");
    assert!(rendered(&filtered, "E01").contains("(it is filtered out by the runner)"), "{}", rendered(&filtered, "E01"));
}

#[test]
fn what_the_runner_does_not_collect_is_no_test() {
    let analysis = tree("`src/lib.rs::floods`", &[RUST, RUN, ("results/nextest-list.json", NEXTEST)]);
    let told = rendered(&analysis, "M03");
    assert!(told.contains("`floods` in src/lib.rs is to verify REQ-PUMP-001, and the runner does not collect it"), "{told}");
    assert_eq!(rendered(&analysis, "E01"), "", "one cause is told once");
    // A list that leaves tests out says nothing of what it lacks.
    let partial = NEXTEST.replace("\"status\":\"listed\"", "\"status\":\"skipped\"");
    let analysis = tree("`src/lib.rs::floods`", &[RUST, RUN, ("results/nextest-list.json", &partial)]);
    assert_eq!(rendered(&analysis, "M03"), "");
    assert!(rendered(&analysis, "E01").contains("`floods`"));
}

#[test]
fn names_of_add_test_are_tests() {
    let code = "TEST(Pump, Starts) {\n  EXPECT_TRUE(works());\n}\n";
    let run = "<testsuite name=\"(empty)\"><testcase name=\"Pump.Starts\" classname=\"Pump.Starts\" status=\"run\"/>\
         <testcase name=\"whole_pump\" classname=\"whole_pump\" status=\"fail\"><failure message=\"\"/></testcase></testsuite>";
    let of = |cited: &str| tree(cited, &[("test/pump_test.cc", code), ("results/ctest.json", CTEST), ("results/ctest.xml", run)]);
    assert_eq!(stands(&of("`Pump.Starts`")).0, Rung::Asserts);
    let whole = of("`whole_pump`");
    assert_eq!(stands(&whole), (Rung::Exists, vec!["E02", "M10", "Q04"]), "{}", rendered(&whole, "E02"));
    assert!(matches!(whole.graph.rows[0].citations[0], Resolution::Tests(_)));
    assert!(rendered(&of("`switched_off`"), "E02").contains("`switched_off` verifies REQ-PUMP-001, but its source disables it"));
    let unbuilt = of("`smoke.unbuilt`");
    assert!(rendered(&unbuilt, "E01").contains("listed without a program by the runner"), "{}", rendered(&unbuilt, "E01"));
    let alone = tree("`whole_pump`", &[("test/pump_test.cc", code), ("results/ctest.xml", run)]);
    assert_ne!(stands(&alone).0, Rung::Asserts, "nothing says that it is a test");
}

#[test]
fn cases_are_known_by_the_list() {
    let code = "import pytest\n\n@pytest.mark.parametrize('port', ['a[0]', 'x::y'])\ndef test_ports(port):\n    assert port\n\n\
         def test_starts():\n    assert works()\n";
    let of = |cited: &str| tree(cited, &[("tests/test_pump.py", code), ("results/collected.txt", PYTEST)]);
    assert_eq!(rendered(&of("`tests/test_pump.py::test_ports[a[0]]`"), "M02"), "");
    let told = rendered(&of("`tests/test_pump.py::test_ports[b]`"), "M02");
    assert!(told.contains("cites the case `b` of `test_ports`, and the runner lists 2 cases of it without that one"), "{told}");
}

#[test]
fn a_list_of_other_tests_is_told() {
    let analysis = tree("`src/lib.rs::drips`", &[RUST, RUN, ("results/collected.txt", PYTEST)]);
    let told = rendered(&analysis, "E12");
    assert!(told.contains("results/collected.txt lists 4 tests, and none of them is in this tree"), "{told}");
}

#[test]
fn the_configuration_names_lists_that_must_be_there() {
    let of = |list: &str| {
        let files = [RUST, RUN, ("tracegate.toml", "[tests]\ninventory = [\"ci/list.out\"]\n"), ("ci/list.out", list)];
        tree("`src/lib.rs::drips`", &files)
    };
    assert_eq!(rendered(&of(NEXTEST), "E12"), "");
    let nothing = of("no list\n");
    assert!(rendered(&nothing, "E12").contains("not one listed test was found in ci/list.out"), "{}", rendered(&nothing, "E12"));
    let absent = tree("`src/lib.rs::drips`", &[RUST, RUN, ("tracegate.toml", "[tests]\ninventory = [\"ci/list.out\"]\n")]);
    assert!(rendered(&absent, "E12").contains("names inventory `ci/list.out`, and no file matches"));
}

#[test]
fn the_best_of_all_lists_counts() {
    let again = NEXTEST.replace("{\"status\":\"mismatch\",\"reason\":\"ignored\"}", "{\"status\":\"matches\"}");
    let analysis = tree("`src/lib.rs::needs_rig`", &[RUST, RUN, ("ci/nextest-a.json", NEXTEST), ("ci/nextest-b.json", &again)]);
    let test = analysis.graph.tests().find(|(id, _)| analysis.graph.test(*id).name == "needs_rig").unwrap().0;
    assert_eq!(analysis.graph.collected(test).map(|(state, _)| state), Some(Collected::Runs));
}

const GO: &str = "TestStarts\nTestDrips\nBenchmarkDrips\nExamplePump\nok  \texample.org/pump/flow\t0.004s\n\
    ?   \texample.org/pump/data\t[no test files]\nFuzzParse\nok  \texample.org/pump/parse\t(cached)\n";

#[test]
fn the_list_of_go() {
    let line = |class: &str, name: &str| format!("Runs | - | example.org/pump/{class} | {name} | {name}\n");
    let all = [line("flow", "TestStarts"), line("flow", "TestDrips"), line("flow", "ExamplePump"), line("parse", "FuzzParse")];
    // A pattern leaves tests out without a word.
    assert_eq!(told(GO), all.concat() + "partial\n");
    let cut = told(&GO.replace("ok  \texample.org/pump/parse\t(cached)\n", ""));
    assert!(cut.ends_with("partial\nlost: the list ends without the line that names the package of its last tests\n"), "{cut}");
    let broken = told(&format!("{GO}FAIL\texample.org/pump/bad [build failed]\n"));
    assert!(
        broken.ends_with("problem: the runner could not list a package: FAIL\texample.org/pump/bad [build failed]\n"),
        "{broken}"
    );
    for other in ["Testing is hard.\nok  it is  done\n", "TestStarts\nTestDrips\n", "ok\n", "Notes\nTestStarts\nok a 1s\n"] {
        assert_eq!(format(other), None, "{other}");
    }
    let code = "package flow\n\nfunc TestStarts(t *testing.T) {\n\tif !starts() {\n\t\tt.Fatal()\n\t}\n}\n";
    let analysis = tree("TestStarts", &[("flow/flow_test.go", code), ("gotest.txt", GO)]);
    let (id, _) = analysis.graph.tests().find(|(id, _)| analysis.graph.test(*id).name == *"TestStarts").unwrap();
    assert!(analysis.graph.collected(id).is_some_and(|(state, _)| state == Collected::Runs));
}

#[test]
fn the_list_of_vitest() {
    assert_eq!(told(VITEST).lines().next(), Some("Runs | /srv/pump/vt/valve.test.ts |  | Valve > opens | Valve > opens"));
    let code = "describe('Valve', () => {\n  it('opens', () => { expect(works()).toBe(1); });\n  it.skip('leaks', () => { expect(works()).toBe(1); });\n  \
         it.each([1, 2])('turns %i', (n) => { expect(n).toBe(1); });\n  it('closes', () => { expect(works()).toBe(1); });\n});\n";
    let run = "<testsuites name=\"vitest tests\"><testsuite name=\"vt/valve.test.ts\"><testcase classname=\"vt/valve.test.ts\" name=\"Valve &gt; opens\"/></testsuite></testsuites>";
    let of = |name: &str| {
        let files = [("vt/valve.test.ts", code), ("results/junit.xml", run), ("vitest-list.json", VITEST)];
        tree(&format!("`vt/valve.test.ts::{name}`"), &files)
    };
    assert_eq!(stands(&of("opens")), (Rung::Asserts, vec![]));
    assert!(rendered(&of("closes"), "M03").contains("the runner does not collect it"));
    let skipped = of("leaks");
    assert_eq!((rendered(&skipped, "M03").as_str(), stands(&skipped).1), ("", vec!["E02"]));
    let graph = &of("opens").graph;
    let collected =
        |name: &str| graph.tests().find(|(id, _)| graph.test(*id).name == name).and_then(|(id, _)| graph.collected(id));
    assert!(collected("turns %i").is_some_and(|(state, _)| state == Collected::Runs));
    assert!(collected("leaks").is_none());
}

#[test]
fn a_list_that_counts_more_than_it_has_is_not_whole() {
    let nextest = |count: &str| told(&NEXTEST.replace("\"test-count\":3", &format!("\"test-count\":{count}")));
    for (count, shown) in [("9", "9"), ("-1", "-1"), ("1e20", "100000000000000000000")] {
        let told = nextest(count);
        assert!(told.ends_with(&format!("partial\nproblem: the list counts {shown} tests and has 3\n")), "{told}");
    }
    assert_eq!(nextest("3"), told(NEXTEST));
    let pytest = told(&PYTEST.replace("4 tests", "17 tests"));
    assert!(pytest.ends_with("partial\nproblem: the list counts 17 tests and has 4\n"), "{pytest}");
    let with_documents = format!("docs/use.md::use.md\n{}", PYTEST.replace("4 tests", "5 tests"));
    assert_eq!(told(&with_documents), told(PYTEST));
}

#[test]
fn a_list_of_another_version_is_not_read() {
    for (version, shown) in [("2", "2"), ("-1", "-1"), ("1e300", "1000")] {
        let told = told(&CTEST.replace("\"major\":1", &format!("\"major\":{version}")));
        assert!(told.starts_with(&format!("lost: version {shown}")) && told.contains("is not known"), "{told}");
    }
}

#[test]
fn the_list_of_jest_has_files() {
    let facts = read(Format::Jest, &Text::decode(JEST.into()));
    let files = facts.inventory.unwrap().files;
    let paths: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    assert_eq!(paths, ["/srv/pump/js/valve.test.js", "C:\\ci\\pump\\js\\deep\\flow.spec.ts"]);
    assert_eq!(format(JEST), Some(Format::Jest));
    for other in ["[\"src/a.test.js\"]", "[\"/srv/a.js\"]", "[\"/srv/tests/a.py\"]", "[\"a\"]", "[]", "[1]"] {
        assert_eq!(format(other), None, "{other}");
    }
    assert_eq!(
        told("[\"/srv/pump/test/a.js\", 7]"),
        "lost: the JSON cannot be read: invalid type: integer `7`, expected a string at line 1 column 25\n"
    );
}

#[test]
fn a_file_that_jest_does_not_list_beside_others_has_no_test() {
    let test = "test('opens', () => {\n  expect(valve().isOpen()).toBe(true);\n});\n";
    let flow = "test('flows', () => {\n  expect(flow()).toBe(3);\n});\n";
    let files = [("js/valve.test.js", test), ("js/deep/flow.spec.ts", flow), ("results/jest-list.json", JEST)];
    let of = |cited: &str, more: &[(&str, &str)]| tree(cited, &[&files, more].concat());
    assert_eq!(rendered(&of("`js/valve.test.js`", &[]), "M03"), "");
    let left = test.replace("opens", "turns");
    let unlisted = of("`js/left.out.js::turns`", &[("js/left.out.js", &left)]);
    let told = rendered(&unlisted, "M03");
    assert!(told.contains("`turns` in js/left.out.js is to verify REQ-PUMP-001, and the runner does not collect it"), "{told}");
    assert!(told.contains("results/jest-list.json lists other files of the folder and not this one"), "{told}");
    let ran = "<testsuites><testsuite name=\"js\"><testcase name=\"turns\" classname=\"js/left.out.js\" file=\"js/left.out.js\"/></testsuite></testsuites>";
    let more = [("js/left.out.js", left.as_str()), ("results/other.xml", ran)];
    assert_eq!(rendered(&of("`js/left.out.js::turns`", &more), "M03"), "", "another runner ran it");
    let more = [("rig/left.out.js", left.as_str())];
    assert_eq!(rendered(&of("`rig/left.out.js::turns`", &more), "M03"), "", "another folder");
    let foreign = JEST.replace("valve", "motor").replace("flow", "gear");
    let foreign = tree("`js/valve.test.js`", &[files[0], ("results/jest-list.json", &foreign)]);
    let told = rendered(&foreign, "E12");
    assert!(
        told.contains("lists 2 files of tests, and none of them is in this tree (the first is `/srv/pump/js/motor.test.js`)"),
        "{told}"
    );
}
