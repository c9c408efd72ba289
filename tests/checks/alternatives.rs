//! Alternatives that a requirement writes out: what reaches them, what does not, and what is left open.

use super::support::{analyze_files, rendered};
use tracegate::analysis::Analysis;
use tracegate::link::alternatives::Reach;

fn tree(requirement: &str, files: &[(&str, &str)]) -> Analysis {
    let specification = format!("# Requirements of the kiln\n\n- **REQ-KILN-001**: {requirement}\n");
    let all = [("docs/srs.md", specification.as_str())].into_iter().chain(files.iter().copied());
    analyze_files(all.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect())
}

const FUELS: &str = "The kiln shall burn `gas`, `coal` or `wood`.";

/// The alternatives of the only requirement that are known to be missing, and those that are not assessed, in words.
fn told(analysis: &Analysis) -> String {
    let one = &analysis.graph.requirements[0];
    assert!(!one.evidence.is_empty(), "no evidence");
    let word = |reach: Reach| match reach {
        Reach::Spoken | Reach::Ran(_) => "",
        Reach::Unspoken => "-",
        Reach::Untaken(_) => "!",
        Reach::NotAssessed(_) => "?",
    };
    let all = analysis.graph.alternatives(one).into_iter().flatten();
    let told: Vec<String> = all.map(|one| format!("{}{}", word(one.reach), one.value)).collect();
    let missing = told.iter().any(|one| one.starts_with(['-', '!']));
    assert_eq!(rendered(analysis, "S04").is_empty(), !missing, "{}", rendered(analysis, "S04"));
    told.join(" ")
}

fn python(body: &str) -> String {
    told(&tree(FUELS, &[("tests/test_oven.py", body)]))
}

#[test]
fn words_of_tests_of_python() {
    let test = |above: &str, body: &str| format!("{above}def test_burns(fuel):\n    # Verifies: REQ-KILN-001\n    {body}\n");
    for (text, expected) in [
        (test("@pytest.mark.parametrize(\"fuel\", [\"gas\", \"coal\"])\n", "assert burn(fuel)"), "gas coal -wood"),
        (test("@pytest.mark.parametrize(\"fuel\", [\"gas\", \"coal\", \"wood\"])\n", "assert burn(fuel)"), "gas coal wood"),
        (
            test(
                "@pytest.mark.parametrize(\"fuel\", [\"gas\", \"coal\", pytest.param(\"wood\", marks=pytest.mark.skip(\"wet\"))])\n",
                "assert burn(fuel)",
            ),
            "gas coal -wood",
        ),
        (
            test(
                "@pytest.mark.parametrize(\"fuel\", [\"gas\", \"coal\", pytest.param(\"wood\", marks=pytest.mark.skipif(WET))])\n",
                "assert burn(fuel)",
            ),
            "gas coal wood",
        ),
        (test("", "assert burn_gas() and burnCoal() and Fuel.WOOD"), "gas coal wood"),
        (test("", "assert burn(fuel)"), "?gas ?coal ?wood"),
        (test("FUELS = [\"gas\", \"wood\"]\n\n\n", "assert all(burn(fuel) for fuel in FUELS)"), "gas -coal wood"),
        (test("from kiln import FUELS\n\n\n", "assert burn(\"gas\") and all(burn(fuel) for fuel in FUELS)"), "gas ?coal ?wood"),
        (test("@pytest.mark.parametrize(\"fuel\", FUELS)\n", "assert burn(fuel, \"gas\")"), "gas ?coal ?wood"),
        (test("", "assert burn(fuel, \"gas\") in json.loads(path.read_text())"), "gas ?coal ?wood"),
        // A helper and a fixture of the file, and another test of it.
        (test("", "assert more(\"gas\")") + "\n\ndef more(n):\n    return burn(n) and burn(\"coal\")\n", "gas coal -wood"),
        (test("", "assert burn(\"gas\")") + "\n\ndef test_coal():\n    assert burn(\"coal\")\n", "gas -coal -wood"),
        // What is said beside the code, unless it repeats the requirement.
        (test("", "assert burn(\"gas\")  # coal is what it takes without a name"), "gas ?coal -wood"),
        (test("", "# burns gas, coal\n    # or wood\n    assert burn(\"gas\")"), "gas -coal -wood"),
        (test("", "\"\"\"Burns gas, coal or wood.\"\"\"\n    assert burn(\"gas\")"), "gas -coal -wood"),
    ] {
        assert_eq!(python(&text), expected, "{text}");
    }
}

#[test]
fn words_of_tests_of_other_languages() {
    let java = |above: &str| {
        format!(
            "class KilnTest {{\n    // Verifies: REQ-KILN-001\n    @ParameterizedTest\n    {above}\n    void burns(String fuel) {{ assertTrue(burn(fuel)); }}\n}}\n"
        )
    };
    let go = |cases: &str| {
        format!(
            "package kiln\n\n// Verifies: REQ-KILN-001\nfunc TestBurns(t *testing.T) {{\n\tfor _, c := range []struct{{ fuel string }}{{{cases}}} {{\n\t\tif !Burn(c.fuel) {{\n\t\t\tt.Error(c.fuel)\n\t\t}}\n\t}}\n}}\n"
        )
    };
    for (path, text, expected) in [
        ("tests/KilnTest.java", java("@ValueSource(strings = {\"gas\", \"coal\"})"), "gas coal -wood"),
        ("tests/KilnTest.java", java("@CsvSource({\"gas, 3\", \"coal, 4\", \"wood, 5\"})"), "gas coal wood"),
        ("tests/KilnTest.java", java("@EnumSource(Fuel.class) /* gas */"), "?gas ?coal ?wood"),
        ("tests/oven.test.ts", "it.each(['gas', 'wood'])('REQ-KILN-001 burns %s', (fuel) => { expect(burn(fuel)).toBe(true); });\n".to_owned(), "gas -coal wood"),
        ("tests/oven.test.ts", "it.each(FUELS)('REQ-KILN-001 burns gas and %s', (fuel) => { expect(burn(fuel)).toBe(true); });\n".to_owned(), "gas ?coal ?wood"),
        ("tests/oven.rs", "// Verifies: REQ-KILN-001\n#[rstest]\n#[case(\"gas\")]\n#[case(\"wood\")]\nfn burns(#[case] fuel: &str) { assert!(burn(fuel)); }\n".to_owned(), "gas -coal wood"),
        ("tests/oven_test.cpp", "// Verifies: REQ-KILN-001\nTEST_P(Kiln, Burns) { EXPECT_TRUE(burn(GetParam())); }\nINSTANTIATE_TEST_SUITE_P(Fuels, Kiln, testing::Values(\"gas\", \"coal\"));\n".to_owned(), "gas coal -wood"),
        ("kiln/oven_test.go", go("{\"gas\"}, {\"coal\"}"), "gas coal -wood"),
        ("kiln/oven_test.go", go("{\"gas\"}, {\"coal\"}, {\"wood\"}"), "gas coal wood"),
        ("tests/oven.feature", "Feature: kiln\n\n  @REQ-KILN-001\n  Scenario Outline: burns\n    When it burns <fuel>\n    Then it is hot\n\n    Examples:\n      | fuel |\n      | gas  |\n      | coal |\n".to_owned(), "gas coal -wood"),
    ] {
        assert_eq!(told(&tree(FUELS, &[(path, &text)])), expected, "{text}");
    }
}

#[test]
fn cases_that_are_cited_and_cases_that_ran() {
    let test =
        "@pytest.mark.parametrize(\"fuel\", [\"gas\", \"coal\", \"wood\"])\ndef test_burns(fuel):\n    assert burn(fuel)\n";
    let matrix = |test: &str| format!("# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| REQ-KILN-001 | {test} |\n");
    let one = matrix("tests/test_oven.py::test_burns[gas]");
    assert_eq!(told(&tree(FUELS, &[("docs/rtm.md", &one), ("tests/test_oven.py", test)])), "gas -coal -wood");
    let all = matrix("tests/test_oven.py::test_burns");
    assert_eq!(told(&tree(FUELS, &[("docs/rtm.md", &all), ("tests/test_oven.py", test)])), "gas coal wood");
    // Parameters that stand elsewhere are told by what ran.
    let imported = test.replace("[\"gas\", \"coal\", \"wood\"]", "FUELS");
    let case = |name: &str| format!("<testcase classname=\"tests.test_oven\" name=\"test_burns[{name}]\"/>");
    let results = format!("<testsuite name=\"s\" tests=\"3\">{}{}{}</testsuite>", case("gas"), case("coal"), case("wood"));
    let files = [("docs/rtm.md", all.as_str()), ("tests/test_oven.py", &imported), ("results/junit.xml", &results)];
    assert_eq!(told(&tree(FUELS, &files)), "gas coal wood");
}

/// The server that chooses on one line, its test, and coverage of one test alone.
fn miniature(test: &str, branches: &str) -> String {
    let code = "def serve(t):\n    \"\"\"Implements: REQ-KILN-001\"\"\"\n    return run_sse() if t == \"sse\" else run_stdio()\n";
    let test = format!("def test_serves():\n    # Verifies: REQ-KILN-001\n    {test}\n");
    let coverage = format!("TN:test_serves\nSF:kiln/serve.py\nDA:1,1\nDA:3,1\n{branches}end_of_record\n");
    let files = [("kiln/serve.py", code), ("tests/test_serve.py", &test), ("coverage/test_serves.lcov", &coverage)];
    told(&tree("The kiln shall be served over `stdio | sse`.", &files))
}

#[test]
fn a_line_with_several_branches_is_decided_by_branches_alone() {
    let both = "BRDA:3,0,0,1\nBRDA:3,0,1,1\n";
    let half = "BRDA:3,0,0,1\nBRDA:3,0,1,-\n";
    assert_eq!(miniature("assert serve(transport)", ""), "?stdio ?sse", "the line ran, and says nothing");
    assert_eq!(miniature("assert serve(\"stdio\")", ""), "stdio -sse");
    assert_eq!(miniature("assert serve(\"stdio\")", half), "stdio !sse");
    assert_eq!(miniature("assert serve(\"stdio\")", both), "stdio sse");
    assert_eq!(miniature("assert serve(\"stdio\") and serve(\"sse\")", half), "stdio !sse", "what the test says does not count");
}

#[test]
fn lines_of_their_own_are_decided_by_lines() {
    let code = "def serve(t):\n    \"\"\"Implements: REQ-KILN-001\"\"\"\n    if t == \"sse\":\n        return run_sse()\n    if t == \"http\":\n        return run_http()\n    return run_stdio()\n";
    let test = "def test_serves(t):\n    # Verifies: REQ-KILN-001\n    assert serve(t, \"stdio\")\n";
    let coverage = "TN:test_serves\nSF:kiln/serve.py\nDA:1,1\nDA:3,1\nDA:4,1\nDA:5,1\nDA:6,0\nDA:7,1\nend_of_record\n";
    let files = [("kiln/serve.py", code), ("tests/test_serve.py", test), ("coverage/test_serves.lcov", coverage)];
    let analysis = tree("The kiln shall be served over `stdio`, `sse` or `http`.", &files);
    assert_eq!(told(&analysis), "stdio sse -http");
    assert!(
        rendered(&analysis, "S04")
            .contains("`http` is not found in the tests that verify REQ-KILN-001, though `stdio` and `sse` are")
    );
}

/// What stands between tests is looked up: gone through for each requirement, this took a minute.
#[test]
fn many_requirements_and_one_file_of_tests() {
    use std::fmt::Write as _;
    const MANY: usize = 4000;
    let (mut specification, mut tests) = (String::from("# Requirements of the kiln\n\n"), String::new());
    for n in 0..MANY {
        writeln!(specification, "- **REQ-KILN-{n:04}**: The kiln shall burn `gas{n}`, `coal{n}` or `wood{n}`.").unwrap();
        writeln!(tests, "def wood{n}():\n    return \"wood{n}\"\n\n").unwrap();
        writeln!(tests, "def test_burns{n}():\n    # Verifies: REQ-KILN-{n:04}\n    assert burn(\"gas{n}\")\n\n").unwrap();
    }
    let files = [("docs/srs.md", specification), ("tests/test_oven.py", tests)];
    let files = files.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect();
    let start = std::time::Instant::now();
    let analysis = analyze_files(files);
    assert!(start.elapsed() < std::time::Duration::from_secs(20), "{:?}", start.elapsed());
    assert_eq!(analysis.findings.iter().filter(|finding| finding.code == "S04").count(), MANY);
}

#[test]
fn a_number_is_no_other_form_of_a_word() {
    let tree = tree(
        "The kiln shall burn at `stage1`, `stage2` or `stage3`.",
        &[(
            "tests/test_oven.py",
            "def test_burns():\n    # Verifies: REQ-KILN-001\n    assert burn(\"stage1\") and burn(\"stage3\")\n",
        )],
    );
    assert_eq!(told(&tree), "stage1 -stage2 stage3");
}

#[test]
fn measured_branches_go_before_words() {
    let code =
        "def start(t):\n    \"\"\"Implements: REQ-KILN-001\"\"\"\n    if t == \"coal\":\n        return glow()\n    return 3\n";
    let test = "from kiln import FUELS, start\n\n\ndef test_starts():\n    # Verifies: REQ-KILN-001\n    assert start(\"gas\") == 3 and \"coal\" in ALL\n";
    let of = |branches: &str, ran: &str, missing: &str| {
        let coverage = format!(
            "{{\"meta\":{{\"format\":3,\"branch_coverage\":true}},\"files\":{{\"kiln/start.py\":{{\"executed_lines\":[1,3,5{ran}],\"missing_lines\":[{missing}],{branches}\"contexts\":{{\"1\":[\"\"],\"3\":[\"tests/test_start.py::test_starts|run\"],\"5\":[\"tests/test_start.py::test_starts|run\"]}}}}}}}}"
        );
        let files = [("kiln/start.py", code), ("tests/test_start.py", test), ("coverage.json", &coverage)];
        told(&tree("The kiln shall burn `gas` or `coal`.", &files))
    };
    let branches = "\"executed_branches\":[[3,5]],\"missing_branches\":[[3,4]],";
    assert_eq!(of(branches, "", "4"), "gas !coal");
    assert_eq!(of("", "", "4"), "gas coal", "nothing is measured of branches");
    let all = "\"executed_branches\":[[3,5],[3,4]],\"missing_branches\":[],";
    assert_eq!(of(all, ",4", ""), "gas coal");
}
