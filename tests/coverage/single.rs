//! Coverage files of one test alone, which are called after it.

use crate::checks::support::analyze_files;
use tracegate::link::executed::Execution;

const SPECIFICATION: &str = "# Requirements of the lamp\n\n### REQ-LAMP-001: Light\n\nThe lamp shall light.\n";

/// What is known of a lamp with its code, its test and coverage of one test.
fn lamp(code: (&str, &str), test: (&str, &str), coverage: (&str, &str)) -> Execution {
    let files = [("docs/srs.md", SPECIFICATION), code, test, coverage];
    let analysis = analyze_files(files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).to_vec());
    analysis.graph.requirements[0].execution
}

fn lcov(path: &str, lines: std::ops::RangeInclusive<u32>) -> String {
    let lines: String = lines.map(|line| format!("DA:{line},1\n")).collect();
    format!("TN:\nSF:/build/{path}\n{lines}end_of_record\n")
}

#[test]
fn a_case_of_googletest_is_called_with_its_suite() {
    let code = ("lamp.cc", "// Implements: REQ-LAMP-001\nint light(int level) {\n  return level + 1;\n}\n");
    let test = ("lamp_test.cc", "// Verifies: REQ-LAMP-001\nTEST(LampTest, Lights) {\n  EXPECT_EQ(light(3), 4);\n}\n");
    assert_eq!(lamp(code, test, ("coverage/LampTest.Lights.lcov", &lcov("lamp.cc", 2..=4))), Execution::Runs);
    let other = lamp(code, test, ("coverage/LampTest.Glows.lcov", &lcov("lamp.cc", 2..=4)));
    assert!(matches!(other, Execution::NotAssessed(_)), "{other:?}");
}

#[test]
fn a_test_of_jest_is_called_with_its_blocks() {
    let code = ("src/lamp.js", "/** Implements: REQ-LAMP-001 */\nfunction light(level) {\n  return level + 1;\n}\n");
    let test = "describe(\"lamp\", () => {\n  // Verifies: REQ-LAMP-001\n  test(\"lights at once\", () => {\n    expect(light(3)).toBe(4);\n  });\n});\n";
    let coverage = ("coverage/lamp lights at once.lcov", &*lcov("src/lamp.js", 3..=3));
    assert_eq!(lamp(code, ("test/lamp.test.js", test), coverage), Execution::Runs);
}

#[test]
fn a_method_of_java_and_of_net_is_called_with_its_class() {
    let code = (
        "src/main/java/lamp/Lamp.java",
        "package lamp;\n\nclass Lamp {\n    /** Implements: REQ-LAMP-001 */\n    int light(int level) {\n        return level + 1;\n    }\n}\n",
    );
    let test = (
        "src/test/java/lamp/LampTest.java",
        "package lamp;\n\nclass LampTest {\n    /** Verifies: REQ-LAMP-001 */\n    @Test\n    void lights() {\n        assertEquals(4, new Lamp().light(3));\n    }\n}\n",
    );
    let jacoco = "<?xml version=\"1.0\"?><report name=\"lamp\"><sessioninfo id=\"x\"/><package name=\"lamp\"><sourcefile name=\"Lamp.java\"><line nr=\"6\" mi=\"0\" ci=\"3\" mb=\"0\" cb=\"0\"/></sourcefile></package></report>";
    assert_eq!(lamp(code, test, ("coverage/LampTest.lights.xml", jacoco)), Execution::Runs);
    let code = (
        "Lamps/Lamp.cs",
        "namespace Lamps;\n\npublic class Lamp\n{\n    // Implements: REQ-LAMP-001\n    public int Light(int level)\n    {\n        return level + 1;\n    }\n}\n",
    );
    let test = (
        "Lamps.Tests/LampTests.cs",
        "using Xunit;\n\nnamespace Lamps.Tests;\n\npublic class LampTests\n{\n    // Verifies: REQ-LAMP-001\n    [Fact]\n    public void Lights()\n    {\n        Assert.Equal(4, new Lamp().Light(3));\n    }\n}\n",
    );
    let cobertura = "<?xml version=\"1.0\"?><coverage line-rate=\"1\"><sources><source>/build</source></sources><packages><package name=\"Lamps\"><classes><class name=\"Lamps.Lamp\" filename=\"Lamps/Lamp.cs\"><lines><line number=\"8\" hits=\"1\"/></lines></class></classes></package></packages></coverage>";
    assert_eq!(lamp(code, test, ("coverage/LampTests.Lights.xml", cobertura)), Execution::Runs);
}
