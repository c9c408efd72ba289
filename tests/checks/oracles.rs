//! What counts as an oracle, what does not, and what is left open.

use super::support::{analyze_files, rendered};
use tracegate::analysis::Analysis;
use tracegate::link::graph::Rung;
use tracegate::model::oracle::{Doubt, Oracle};
use tracegate::verdict::{State, States, Summary};

const SPECIFICATION: &str =
    "# Requirements of the kiln\n\n| Req ID | Requirement |\n|---|---|\n| REQ-KILN-001 | The kiln shall heat. |\n";
const RESULTS: &str =
    "<testsuite name=\"s\" tests=\"1\"><testcase classname=\"tests.test_oven\" name=\"test_heat\"/></testsuite>";

fn tree(files: &[(&str, &str)]) -> Analysis {
    let all = [("docs/srs.md", SPECIFICATION)].into_iter().chain(files.iter().copied());
    analyze_files(all.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect())
}

/// What is known of the tests of the only requirement.
fn oracle(path: &str, text: &str) -> Option<Oracle> {
    let graph = tree(&[(path, text)]).graph;
    assert!(!graph.requirements[0].evidence.is_empty(), "no evidence in {text}");
    graph.oracle_of(&graph.requirements[0])
}

fn python(body: &str) -> Oracle {
    oracle("tests/test_oven.py", &format!("from kiln import heat\n\n\ndef test_heat(x):\n    # Verifies: REQ-KILN-001\n{body}\n"))
        .unwrap()
}

const ELSEWHERE: Oracle = Oracle::Unclear(Doubt::Elsewhere);
const OWN: Oracle = Oracle::Unclear(Doubt::Own);

#[test]
fn assertions_of_python() {
    let cases = [
        ("    assert heat(3)", Oracle::Asserts),
        ("    heat(3)", Oracle::Nothing),
        ("    'assert heat'\n    heat(3)  # assert heat", Oracle::Nothing),
        ("    expected = heat(3)", Oracle::Nothing),
        ("    with pytest.raises(ValueError):\n        heat(3)", Oracle::Asserts),
        ("    mock.assert_called_once()", Oracle::Asserts),
        ("    check_heat(3)", ELSEWHERE),
        ("    numpy.testing.assert_allclose(heat(3), 4)", Oracle::Asserts),
        ("    self.burn(3)", ELSEWHERE),
        ("    x(3)", ELSEWHERE),
        ("    x.run(3)", ELSEWHERE),
        ("    if not heat(3):\n        raise RuntimeError", OWN),
        ("    return heat(3) == 4", OWN),
        ("    print('PASS' if heat(3) else 'FAIL')", OWN),
        ("    subprocess.run(['kiln'], check=True)", OWN),
    ];
    for (body, expected) in cases {
        assert_eq!(python(body), expected, "{body}");
    }
}

/// What a test of a language says that cannot fail, and what looks like it and can.
#[test]
fn constants_are_no_oracle() {
    let held = [
        "assert True",
        "assert 1",
        "assert 'the kiln heats'",
        "assert not False, 'never'",
        "assert 1 == 1",
        "assert 1 + 1 == 2",
        "assert (heat(3), 'is hot')",
        "assert heat(3) or True",
        "assert len(heat(3)) >= 0",
        "self.assertTrue(True, 'hot')",
        "self.assertEqual(4, 4)",
        "assert_equal(\"a\", \"a\")",
    ];
    for body in held {
        let found = python(&format!("    heat(3)\n    {body}"));
        assert!(
            matches!(found, Oracle::Vacuous(span) if span.len as usize == body.trim_start_matches("self.").len()),
            "{body}: {found:?}"
        );
    }
    let open = [
        "assert heat(3) == 1 or not True",
        "assert False, 'not reached'",
        "assert 1 == heat(3)",
        "assert 'hot' in heat(3)",
        "assert (heat(3) == 4)",
        "assert [one or True for one in heat(3)] == []",
        "assert heat(3) if x else x or True",
        "assert len(heat(3)) >= 0 and heat(4)",
        "assert len(heat(3)) > 0",
        "assert len(heat(3)) - len(x) >= 0",
        "assert heat(3) == heat(3)",
        "assert True\n    assert heat(3)",
        "self.assertTrue(heat(3))",
        "self.assertEqual(4, heat(3))",
    ];
    for body in open {
        assert_eq!(python(&format!("    {body}")), Oracle::Asserts, "{body}");
    }
    assert_eq!(python("    assert True\n    check(heat(3))"), ELSEWHERE);
}

#[test]
fn constants_of_other_languages() {
    let test = |language: &str, body: &str| match language {
        "rs" => oracle("tests/oven.rs", &format!("// Verifies: REQ-KILN-001\n#[test]\nfn heats() {{ heat(3); {body} }}\n")),
        "cpp" => oracle("tests/oven_test.cpp", &format!("// Verifies: REQ-KILN-001\nTEST(Kiln, Heats) {{ heat(3); {body} }}\n")),
        "go" => oracle(
            "kiln/oven_test.go",
            &format!("package kiln\n\n// Verifies: REQ-KILN-001\nfunc TestHeats(t *testing.T) {{\n\t{body}\n}}\n"),
        ),
        "ts" => oracle("tests/oven.test.ts", &format!("test(\"REQ-KILN-001 heats\", () => {{ heat(3); {body} }});\n")),
        "java" => oracle(
            "tests/KilnTest.java",
            &format!("class KilnTest {{\n    // Verifies: REQ-KILN-001\n    @Test\n    void heats() {{ {body} }}\n}}\n"),
        ),
        "cs" => oracle(
            "tests/KilnTests.cs",
            &format!("class KilnTests {{\n    // Verifies: REQ-KILN-001\n    [Fact]\n    public void Heats() {{ {body} }}\n}}\n"),
        ),
        other => panic!("no test of {other}"),
    };
    let held = [
        ("rs", "assert!(true);"),
        ("rs", "assert!(true, \"hot: {}\", 3);"),
        ("rs", "assert_eq!(2 + 2, 4);"),
        ("rs", "assert!(v.len() >= 0);"),
        ("cpp", "SUCCEED() << \"by analysis\";"),
        ("cpp", "EXPECT_TRUE(true);"),
        ("cpp", "ASSERT_EQ(1, 1) << \"hot\";"),
        ("cpp", "CHECK_FALSE(false);"),
        ("cpp", "TEST_ASSERT_EQUAL_INT(1, 1);"),
        ("cpp", "REQUIRE(heat(4) || true);"),
        ("go", "assert.True(t, true)"),
        ("go", "require.Equal(t, 1, 1)"),
        ("ts", "expect(true).toBe(true);"),
        ("ts", "expect(1 + 1).to.equal(2);"),
        ("ts", "expect(true).toBeTruthy();"),
        ("ts", "assert.ok(true);"),
        ("ts", "assert.strictEqual(1, 1);"),
        ("java", "assertTrue(true);"),
        ("java", "Assertions.assertEquals(1, 1, \"hot\");"),
        ("java", "assertTrue(\"hot\", true);"),
        ("java", "assertThat(true).isTrue();"),
        ("java", "assertTrue(kiln.rings().size() >= 0);"),
        ("cs", "Assert.True(true);"),
        ("cs", "Assert.Pass(\"hot\");"),
        ("cs", "Assert.That(true, Is.True);"),
        ("cs", "Assert.That(true);"),
        ("cs", "true.Should().BeTrue();"),
    ];
    for (language, body) in held {
        let found = test(language, body);
        assert!(matches!(found, Some(Oracle::Vacuous(_))), "{language}: {body}: {found:?}");
    }
    let open = [
        ("rs", "assert!(false);"),
        ("rs", "assert_eq!(heat(3), 4);"),
        ("rs", "assert!(rings.iter().all(|one| one.hot() || true));"),
        ("cpp", "EXPECT_TRUE(heat(3));"),
        ("cpp", "EXPECT_EQ(1, heat(3));"),
        ("cpp", "ASSERT_TRUE(false) << \"not reached\";"),
        ("cpp", "CHECK(hot() ? cold() : warm() || true);"),
        ("go", "assert.True(t, Heat(3))"),
        ("ts", "expect(true).toBe(heat(3));"),
        ("ts", "expect(true).not.toBe(true);"),
        ("ts", "expect(`${heat(3)}`).toBeTruthy();"),
        ("ts", "expect(`${heat(3)}`).toBe(`${heat(3)}`);"),
        ("java", "assertTrue(kiln.heats());"),
        ("java", "assertTrue(most - kiln.rings().size() >= 0);"),
        ("rs", "assert!(most - rings.len() >= 0);"),
        ("java", "assertThat(true).isEqualTo(kiln.heats());"),
        ("cs", "Assert.Equal(1, kiln.Heat(3));"),
    ];
    for (language, body) in open {
        assert_eq!(test(language, body), Some(Oracle::Asserts), "{language}: {body}");
    }
}

#[test]
fn helpers_of_the_file_are_followed() {
    let test = |helper: &str| {
        let text = format!(
            "def run(n):\n    {helper}\n\n\ndef more(n):\n    run(n)\n    more(n)\n\n\ndef test_heat():\n    \"\"\"Verifies: REQ-KILN-001\"\"\"\n    more(3)\n"
        );
        oracle("tests/test_oven.py", &text).unwrap()
    };
    assert_eq!(test("assert n"), Oracle::Asserts);
    assert_eq!(test("print(n)"), Oracle::Nothing);
    assert_eq!(test("return n"), Oracle::Nothing, "what a helper returns is no verdict");
    assert_eq!(test("verify_all(n)"), ELSEWHERE);
    let imported = "from .helpers import run\n\n\ndef test_heat():\n    \"\"\"Verifies: REQ-KILN-001\"\"\"\n    run(3)\n";
    assert_eq!(oracle("tests/test_oven.py", imported), Some(ELSEWHERE), "a helper of another test file");
    let steps = "@scenario('oven.feature', 'heats')\ndef test_heat():\n    \"\"\"Verifies: REQ-KILN-001\"\"\"\n";
    assert_eq!(oracle("tests/test_oven.py", steps), Some(ELSEWHERE), "steps assert");
}

#[test]
fn assertions_of_other_languages() {
    let rust = |body: &str| format!("// Verifies: REQ-KILN-001\n#[test]\nfn heats(){body}\n");
    let cpp = |body: &str| format!("// Verifies: REQ-KILN-001\nTEST(Kiln, Heats) {{ {body} }}\n");
    let go = |body: &str| format!("package kiln\n\n// Verifies: REQ-KILN-001\nfunc TestHeats(t *testing.T) {{\n\t{body}\n}}\n");
    let js = |body: &str| format!("test(\"REQ-KILN-001 heats\", {body});\n");
    let java =
        |body: &str| format!("class KilnTest {{\n    // Verifies: REQ-KILN-001\n    @Test\n    void heats() {{ {body} }}\n}}\n");
    let cs = |body: &str| {
        format!("class KilnTests {{\n    // Verifies: REQ-KILN-001\n    [Fact]\n    public void Heats() {{ {body} }}\n}}\n")
    };
    let cases = [
        ("tests/oven.rs", rust(" { heat(3); }"), Oracle::Nothing),
        ("tests/oven.rs", rust(" { heat(3).unwrap(); }"), Oracle::Unclear(Doubt::Unwraps)),
        ("tests/oven.rs", rust(" -> Result<(), Error> { heat(3) }"), Oracle::Unclear(Doubt::Unwraps)),
        ("tests/oven.rs", rust(" { same_heat!(3); }"), ELSEWHERE),
        ("tests/oven.rs", rust(" { insta::assert_snapshot!(heat(3)); }"), Oracle::Asserts),
        ("tests/oven_test.cpp", cpp("heat(3);"), Oracle::Nothing),
        ("tests/oven_test.cpp", cpp("EXPECT_TRUE(heat(3));"), Oracle::Asserts),
        ("tests/oven_test.cpp", cpp("OVEN_IS_HOT(3);"), ELSEWHERE),
        ("tests/oven_test.cpp", cpp("in_range(heat(3), 4, \"is hot\");"), ELSEWHERE),
        ("tests/oven_test.cpp", cpp("printf(\"%d\", heat(3));"), Oracle::Nothing),
        ("tests/oven_test.cpp", cpp("RecordProperty(\"Verifies\", \"x\"); heat(3);"), Oracle::Nothing),
        ("kiln/oven_test.go", go("Heat(3)"), Oracle::Nothing),
        ("kiln/oven_test.go", go("err := Heat(3)\n\t_ = err.Error()"), Oracle::Nothing),
        ("kiln/oven_test.go", go("if Heat(3) < 4 { t.Errorf(\"cold\") }"), Oracle::Asserts),
        ("kiln/oven_test.go", go("require.NoError(t, Heat(3))"), Oracle::Asserts),
        ("kiln/oven_test.go", go("heats(t, 3)"), ELSEWHERE),
        ("tests/oven.test.ts", js("() => { heat(3); }"), Oracle::Nothing),
        ("tests/oven.test.ts", js("heats"), Oracle::Unclear(Doubt::Body)),
        ("tests/oven.test.ts", js("async () => { await request(app).get('/').expect(200); }"), Oracle::Asserts),
        ("tests/oven.test.ts", js("() => { cy.visit('/'); }"), ELSEWHERE),
        ("tests/KilnTest.java", java("kiln.heat(3);"), Oracle::Nothing),
        ("tests/KilnTest.java", java("heats(3);"), ELSEWHERE),
        ("tests/KilnTest.java", java("verify(kiln).heat(3);"), Oracle::Asserts),
        ("tests/KilnTests.cs", cs("kiln.Heat(3);"), Oracle::Nothing),
        ("tests/KilnTests.cs", cs("Assert.True(kiln.Heat(3));"), Oracle::Asserts),
        ("tests/KilnTests.cs", cs("kiln.Verify(k => k.Heat(3));"), Oracle::Asserts),
    ];
    for (path, text, expected) in cases {
        assert_eq!(oracle(path, &text), Some(expected), "{text}");
    }
    let swift = "import XCTest\n\nclass KilnTests: XCTestCase {\n    // Verifies: REQ-KILN-001\n    func testHeats() { XCTAssert(true) }\n}\n";
    assert_eq!(oracle("tests/KilnTests.swift", swift), Some(Oracle::Unclear(Doubt::Language)));
}

#[test]
fn a_requirement_stands_on_the_rung_that_its_tests_reach() {
    let rung = |body: &str| {
        let test = format!("def test_heat():\n    \"\"\"Verifies: REQ-KILN-001\"\"\"\n    {body}\n");
        let analysis = tree(&[("tests/test_oven.py", &test), ("results/junit.xml", RESULTS)]);
        let state = States::of(&analysis.graph, &analysis.findings).get(tracegate::link::graph::ReqId(0));
        assert_eq!(state, State::Verified, "{body}: the verdict is about what passes");
        let ladder = Summary::of(&analysis.graph, &analysis.findings).ladder;
        (analysis.graph.requirements[0].rung, ladder.asserts, ladder.not_asserted.into_keys().collect::<Vec<_>>())
    };
    assert_eq!(rung("assert heat(3)"), (Rung::Asserts, 1, Vec::new()));
    assert_eq!(rung("heat(3)"), (Rung::Passes, 0, Vec::new()));
    assert_eq!(rung("assert heat(3) or True"), (Rung::Passes, 0, Vec::new()));
    assert_eq!(rung("check(heat(3))"), (Rung::Passes, 0, vec![Doubt::Elsewhere.text().to_owned()]));
}

#[test]
fn what_does_not_run_is_told_by_another_check() {
    let skipped = "import pytest\n\n\n@pytest.mark.skip\ndef test_heat():\n    \"\"\"Verifies: REQ-KILN-001\"\"\"\n    heat(3)\n";
    assert_eq!(rendered(&tree(&[("tests/test_oven.py", skipped)]), "S05"), "");
    let runs = skipped.replace("@pytest.mark.skip\n", "");
    assert!(rendered(&tree(&[("tests/test_oven.py", &runs)]), "S05").contains("No assertion was found in `test_heat`"));
}

#[test]
fn what_a_client_is_told_to_expect_may_be_looked_at_there() {
    for body in
        ["api.orders.get(7, expected_status=404)", "api.orders.delete(7)", "Client(session).login(\"a\", expected_status=401)"]
    {
        let test = format!(
            "from client import Client\n\n\ndef test_gone(api, session):\n    \"\"\"Verifies: REQ-OVEN-001\"\"\"\n    {body}\n"
        );
        assert!(!rendered(&tree(&[("tests/test_oven.py", &test)]), "S05").contains("S05"), "{body}");
    }
}

#[test]
fn what_a_step_of_a_scenario_states_behind_an_action_may_be_looked_at() {
    let scenario = |steps: &str| {
        let text =
            format!("Feature: Kiln\n\n  @REQ-KILN-001\n  Scenario: Heats\n    Given the door is shut\n    When I heat\n{steps}");
        oracle("features/kiln.feature", &text).unwrap()
    };
    assert_eq!(scenario("    And the answer is an error\n"), ELSEWHERE);
    assert_eq!(scenario("    And I open the door\n"), Oracle::Nothing);
    // The code of its steps is not followed, and may be still to be written.
    assert_eq!(scenario("    Then the kiln is hot\n"), ELSEWHERE);
}

#[test]
fn a_stub_of_c_that_returns_true_can_not_fail() {
    let test = |body: &str| {
        let source = format!(
            "#include <stdbool.h>\n\n/* Verifies: REQ-KILN-001 */\nstatic bool test_heats(void) {{ {body} }}\n\nint main(void) {{ return test_heats() ? 0 : 1; }}\n"
        );
        oracle("tests/test_kiln.c", &source)
    };
    assert_eq!(test("printf(\"[STUB] heats\\n\"); return true;"), Some(Oracle::Nothing));
    assert_ne!(test("if (kiln_heat() != 0) return false; return true;"), Some(Oracle::Nothing));
    assert_ne!(test("return kiln_heat();"), Some(Oracle::Nothing));
}

#[test]
fn what_a_double_is_asked_afterwards_is_an_assertion() {
    let test = |body: &str| {
        let source = format!(
            "public class KilnTests\n{{\n    [Fact]\n    public async Task Heats() // Verifies: REQ-KILN-001\n    {{\n        {body}\n    }}\n}}\n"
        );
        oracle("tests/KilnTests.cs", &source)
    };
    for body in [
        "await bell.Received(1).Ring(Arg.Any<int>());",
        "bell.DidNotReceive().Ring(3);",
        "A.CallTo(() => bell.Ring(3)).MustHaveHappened();",
    ] {
        assert_eq!(test(body), Some(Oracle::Asserts), "{body}");
    }
    assert_ne!(test("bell.Ring(3);"), Some(Oracle::Asserts));
}

#[test]
fn the_methods_of_a_tester_in_another_file_may_assert() {
    let test =
        |body: &str| oracle("tests/oven_test.cpp", &format!("// Verifies: REQ-KILN-001\nTEST(Kiln, Heats) {{ {body} }}\n"));
    assert_eq!(test("kiln::KilnTester tester; tester.heats();"), Some(ELSEWHERE));
    assert_eq!(test("kiln::Kiln kiln; kiln.heats();"), Some(Oracle::Nothing));
}

#[test]
fn what_is_given_the_test_or_named_after_a_check_may_assert() {
    let test = |body: &str| {
        let text = format!("// Verifies: REQ-KILN-001\n[TestMethod]\npublic void Heats() =>\n    {body};\n");
        oracle("tests/KilnTests.cs", &format!("[TestClass]\npublic class KilnTests\n{{\n{text}}}\n"))
    };
    assert_eq!(test("Property.Holds(this, maxTest: 50)"), Some(ELSEWHERE));
    assert_eq!(test("PropertyCheck.Run(3)"), Some(ELSEWHERE));
    assert_eq!(test("Kiln.Run(3)"), Some(Oracle::Nothing));
    let script = |body: &str| {
        oracle(
            "e2e/kiln.spec.ts",
            &format!("// Verifies: REQ-KILN-001\ntest('heats', async ({{ page }}) => {{\n  await {body};\n}});\n"),
        )
    };
    assert_eq!(script("kilnsPage.heat(3)"), Some(ELSEWHERE));
    assert_eq!(script("page.click('#heat')"), Some(Oracle::Nothing));
}

#[test]
fn a_test_that_says_that_nothing_goes_wrong_looks_at_its_end() {
    let of = |name: &str| {
        oracle(
            "tests/test_oven.py",
            &format!("from kiln import heat\n\n\ndef {name}():\n    # Verifies: REQ-KILN-001\n    heat(3)\n"),
        )
    };
    for name in
        ["test_heat_is_allowed", "test_heating_twice_does_not_raise", "test_lamp_may_be_off", "test_second_stop_is_a_no_op"]
    {
        assert_eq!(of(name), Some(Oracle::Unclear(Doubt::Unwraps)), "{name}");
    }
    for name in ["test_heats", "test_heat_is_not_allowed", "test_error_is_shown", "test_no_lamp"] {
        assert_eq!(of(name), Some(Oracle::Nothing), "{name}");
    }
}

#[test]
fn half_a_sentence_asks_nothing() {
    let script = |body: &str| {
        let text = format!("// Verifies: REQ-KILN-001\ntest('heats', () => {{\n  {body}\n}});\n");
        oracle("test/kiln.test.js", &text).unwrap()
    };
    assert_eq!(script("expect(kiln.heat(3));"), Oracle::Nothing);
    assert_eq!(script("expect(heat(3))\n    .toBe(4);"), Oracle::Asserts);
    assert_eq!(script("const hot = expect(heat(3)); hot.toBe(4);"), Oracle::Asserts);
    let java = |body: &str| {
        let text = format!(
            "class KilnTest {{\n    // Verifies: REQ-KILN-001\n    @Test\n    void heats() {{\n        {body}\n    }}\n}}\n"
        );
        oracle("src/test/java/KilnTest.java", &text).unwrap()
    };
    assert_eq!(java("assertThat(kiln.heat(3));"), Oracle::Nothing);
    assert_eq!(java("assertThat(kiln.heat(3), is(4));"), Oracle::Asserts);
    assert_eq!(java("assertThat(kiln.heat(3)).isEqualTo(4);"), Oracle::Asserts);
    assert_eq!(java("var hot = assertThat(kiln.heat(3)); hot.isEqualTo(4);"), Oracle::Asserts);
    assert_eq!(java("AbstractAssert<?, ?> hot = assertThat(kiln.heat(3));\n        hot.isEqualTo(4);"), Oracle::Asserts);
    assert_eq!(java("var hot = assertThat(kiln.heat(3));"), Oracle::Nothing);
    assert_eq!(java("assertThat(kiln.heat(3)).as(\"hot\");"), Oracle::Nothing);
    assert_eq!(java("assertThat(kiln.heat(3)).as(\"hot\").isEqualTo(4);"), Oracle::Asserts);
    assert_eq!(script("const hot = expect(heat(3));"), Oracle::Nothing);
    assert_eq!(script("const hot = expect(heat(3))\n  hot.toBe(4)"), Oracle::Asserts);
    assert_eq!(script("const { toBe } = expect(heat(3)); toBe(4);"), Oracle::Asserts);
    assert_eq!(script("const hot = expect(heat(3)).not; hot.toBe(5);"), Oracle::Asserts);
    assert_eq!(script("expect(heat(3)).toBe;"), Oracle::Nothing, "the matcher is not called");
    assert_eq!(script("expect(heat(3)).not;"), Oracle::Nothing);
    assert_eq!(script("expect(heat(3)).to.be.true;"), Oracle::Asserts, "a property that asks");
    assert_eq!(script("expect(heat(3))\n  warm()"), Oracle::Nothing);
    assert_eq!(script("const all = [1].map((x) => expect(heat(x)).toBe(4));"), Oracle::Asserts);
    let sharp = |body: &str| {
        let text = format!(
            "public class KilnTests {{\n    // Verifies: REQ-KILN-001\n    [Fact]\n    public void Heats() {{\n        {body}\n    }}\n}}\n"
        );
        oracle("tests/KilnTests.cs", &text).unwrap()
    };
    assert_eq!(sharp("var hot = kiln.Heat(3).Should(); hot.Be(4);"), Oracle::Asserts);
    assert_eq!(
        sharp("Action act = () => kiln.Heat(3); var thrown = act.Should();\n        thrown.Throw<HeatException>();"),
        Oracle::Asserts
    );
    assert_eq!(sharp("var hot = kiln.Heat(3).Should();"), Oracle::Nothing);
    assert_eq!(sharp("var all = new[] { kiln.Heat(3).Should() }; all[0].Be(4);"), Oracle::Asserts);
    assert_eq!(sharp("kiln.Heat(3).Should();"), Oracle::Nothing);
    assert_eq!(sharp("kiln.Heat(3).Should()\n            .Be(4);"), Oracle::Asserts);
    assert_eq!(sharp("kiln.Heat(3); burner.Received(1).Start();"), Oracle::Asserts);
    assert_eq!(sharp("kiln.Heat(3); burner.DidNotReceive().Start();"), Oracle::Asserts);
    let kotlin = |body: &str| {
        let text = format!(
            "class KilnTest {{\n    // Verifies: REQ-KILN-001\n    @Test\n    fun heats() {{\n        kiln.heat(3)\n        {body}\n    }}\n}}\n"
        );
        oracle("src/test/kotlin/KilnTest.kt", &text).unwrap()
    };
    assert_eq!(kotlin("verify { burner.start() }"), Oracle::Asserts);
    assert_eq!(kotlin("coVerify { burner.start() }"), Oracle::Asserts);
    assert_eq!(kotlin("val hot = assertThat(kiln.last)\n        hot.isEqualTo(4)"), Oracle::Asserts);
    assert_eq!(kotlin("assertThat(kiln.last)"), Oracle::Nothing);
    let go = |body: &str| {
        let text = format!(
            "package kiln\n\n// Verifies: REQ-KILN-001\nfunc TestHeats(t *testing.T) {{\n\tg := gomega.NewWithT(t)\n\t{body}\n}}\n"
        );
        oracle("kiln_test.go", &text).unwrap()
    };
    assert_eq!(go("g.Expect(Heat(3)).To(gomega.Equal(4))"), Oracle::Asserts);
    assert_eq!(go("hot := g.Expect(Heat(3))\n\thot.To(gomega.Equal(4))"), Oracle::Asserts);
    assert!(matches!(python("    assert [heat(3)]"), Oracle::Vacuous(_)));
    assert_eq!(python("    assert [heat(x) for x in x]"), Oracle::Asserts);
    assert_eq!(python("    assert [heat(3)] == x"), Oracle::Asserts);
}

#[test]
fn what_nothing_comes_to_is_no_oracle() {
    let unreached = [
        "    heat(3)\n    return\n    assert heat(3)",
        "    heat(3)\n    if False:\n        assert heat(3)",
        "    heat(3)\n    while False:\n        assert heat(3)\n    heat(4)",
        "    def inner():\n        assert heat(3)\n    heat(3)",
        "    def assert_hot():\n        assert heat(3)\n    heat(3)",
    ];
    for body in unreached {
        assert!(matches!(python(body), Oracle::Unreached(_)), "{body}: {:?}", python(body));
    }
    let reached = [
        "    if heat(3):\n        return\n    assert heat(3)",
        "    def inner():\n        assert heat(3)\n    inner()",
        "    def inner():\n        assert heat(3)\n    x(inner)",
        "    @hook\n    def inner():\n        assert heat(3)\n    heat(3)",
        "    class Sink:\n        def write(self, it):\n            assert it\n    heat(Sink())",
        "    def inner():\n        return 3\n    assert heat(inner())",
        "    '''\nreturn\n    '''\n    assert heat(3)",
        "    assert heat(3)\n    return",
    ];
    for body in reached {
        assert_eq!(python(body), Oracle::Asserts, "{body}");
    }
    let script = |body: &str| {
        let text = format!("// Verifies: REQ-KILN-001\ntest('heats', async ({{ page }}) => {{\n{body}\n}});\n");
        oracle("tests/oven.test.js", &text).unwrap()
    };
    assert!(matches!(script("  heat(3);\n  return;\n  expect(heat(3)).toBe(4);"), Oracle::Unreached(_)));
    assert!(matches!(script("  heat(3);\n  if (false) {\n    expect(heat(3)).toBe(4);\n  }"), Oracle::Unreached(_)));
    assert!(matches!(script("  function inner() {\n    expect(heat(3)).toBe(4);\n  }\n  heat(3);"), Oracle::Unreached(_)));
    assert_eq!(script("  if (heat(3))\n    return;\n  expect(heat(3)).toBe(4);"), Oracle::Asserts);
    assert_eq!(script("  if (heat(3)) {\n    return;\n  }\n  expect(heat(3)).toBe(4);"), Oracle::Asserts);
    assert_eq!(script("  each(inner);\n  function inner() {\n    expect(heat(3)).toBe(4);\n  }"), Oracle::Asserts);
    let rust = |body: &str| {
        oracle("tests/oven.rs", &format!("// Verifies: REQ-KILN-001\n#[test]\nfn heats() {{\n{body}\n}}\n")).unwrap()
    };
    assert!(matches!(rust("    heat(3);\n    return;\n    assert_eq!(heat(3), 4);"), Oracle::Unreached(_)));
    assert!(matches!(rust("    fn inner() {\n        assert!(heat(3) == 4);\n    }\n    heat(3);"), Oracle::Unreached(_)));
    assert_eq!(rust("    let Some(x) = heat(3) else { return; };\n    assert_eq!(x, 4);"), Oracle::Asserts);
    assert_eq!(rust("    matches!(heat(3), Some(4));"), Oracle::Nothing);
    assert_eq!(rust("    assert!(matches!(heat(3), Some(4)));"), Oracle::Asserts);
    let go = "package kiln\n\nimport \"testing\"\n\n// Verifies: REQ-KILN-001\nfunc TestHeats(t *testing.T) {\n\theat(3)\n\treturn\n\tif heat(3) != 4 {\n\t\tt.Error(\"cold\")\n\t}\n}\n";
    assert!(matches!(oracle("kiln_test.go", go).unwrap(), Oracle::Unreached(_)));
    assert_eq!(oracle("kiln_test.go", &go.replace("\treturn\n", "\tif off {\n\t\treturn\n\t}\n")).unwrap(), Oracle::Asserts);
    let c = "#include <gtest/gtest.h>\n// Verifies: REQ-KILN-001\nTEST(Kiln, Heats) {\n  heat(3);\n#ifdef OFF\n  return;\n#endif\n  EXPECT_EQ(heat(3), 4);\n}\n";
    assert_eq!(oracle("tests/kiln_test.cc", c).unwrap(), Oracle::Asserts);
    assert!(matches!(
        oracle("tests/kiln_test.cc", &c.replace("#ifdef OFF\n", "").replace("#endif\n", "")).unwrap(),
        Oracle::Unreached(_)
    ));
}

#[test]
fn what_is_compared_with_itself_is_no_oracle_unless_equality_is_tried() {
    for body in ["    y = heat(3)\n    assert y == y", "    y = heat(3)\n    self.assertEqual(y, y)"] {
        assert!(matches!(python(body), Oracle::Vacuous(_)), "{body}: {:?}", python(body));
    }
    for body in
        ["    y = heat(3)\n    assert y == y.copy", "    assert heat(3) == heat(3)", "    y = heat(3)\n    assert y == yy"]
    {
        assert_eq!(python(body), Oracle::Asserts, "{body}");
    }
    let equality = "def test_is_equal_to_itself(x):\n    # Verifies: REQ-KILN-001\n    y = heat(3)\n    assert y == y\n";
    assert_eq!(oracle("tests/test_oven.py", equality).unwrap(), Oracle::Asserts);
    let around = "class TestEquality:\n    def test_heat(self):\n        # Verifies: REQ-KILN-001\n        y = heat(3)\n        assert y == y\n";
    assert_eq!(oracle("tests/test_oven.py", around).unwrap(), Oracle::Asserts);
    let c =
        "#include <gtest/gtest.h>\n// Verifies: REQ-KILN-001\nTEST(Kiln, Heats) {\n  int y = heat(3);\n  EXPECT_EQ(y, y);\n}\n";
    assert!(matches!(oracle("tests/kiln_test.cc", c).unwrap(), Oracle::Vacuous(_)));
}
