//! Tests that replace the code they are to verify, and tests that do not.

use super::support::{analyze_files, rendered};

const SPECIFICATION: &str =
    "# Requirements of the kiln\n\n| Req ID | Requirement |\n|---|---|\n| REQ-KILN-001 | The kiln shall heat. |\n";

fn found(files: &[(&str, &str)]) -> String {
    let all = [("docs/srs.md", SPECIFICATION)].into_iter().chain(files.iter().copied());
    let analysis = analyze_files(all.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).collect());
    assert!(!analysis.graph.requirements[0].evidence.is_empty(), "no evidence in {files:?}");
    rendered(&analysis, "S06")
}

fn expect(is_found: bool, files: &[(&str, &str)]) {
    let told = found(files);
    assert_eq!(!told.is_empty(), is_found, "{}\n{told}", files.iter().map(|(_, text)| *text).collect::<Vec<_>>().join("\n---\n"));
}

const OVEN: &str = "class Oven:\n    def light(self):\n        \"\"\"Implements: REQ-KILN-001\"\"\"\n        return burn()\n\n    def cool(self):\n        return 0\n";
const HEAT: &str =
    "def heat(to):\n    \"\"\"Implements: REQ-KILN-001\"\"\"\n    return burn(to)\n\n\ndef cool():\n    return 0\n";

/// A test of Python with imports, lines above it and a body, of a function `heat` in `kiln/oven.py`.
fn python(code: &str, head: &str, above: &str, body: &str) -> Vec<(String, String)> {
    let body = body.lines().map(|line| format!("    {line}\n")).collect::<String>();
    let test = format!("{head}\n\n\n{above}def test_heat(monkeypatch, mocker, hot):\n    # Verifies: REQ-KILN-001\n{body}");
    [("kiln/oven.py", code), ("kiln/__init__.py", ""), ("tests/test_oven.py", &test)]
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .to_vec()
}

fn of(files: &[(String, String)]) -> Vec<(&str, &str)> {
    files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect()
}

#[test]
fn python_replaces_a_function() {
    let head = "from unittest import mock\nfrom unittest.mock import patch\nimport kiln.oven\nimport kiln.oven as k\nfrom kiln import oven\nfrom kiln import (\n    oven as o,\n    # another\n    door,\n)";
    let cases = [
        ("@patch(\"kiln.oven.heat\")\n", "assert oven.heat(3)", true),
        ("@mock.patch(\"kiln.oven.heat\", return_value=4)\n", "assert oven.heat(3)", true),
        ("@patch.object(oven, \"heat\")\n", "assert oven.heat(3)", true),
        ("", "with patch(\"kiln.oven.heat\", return_value=4):\n    assert oven.heat(3) == 4", true),
        (
            "",
            "with (\n    patch(\"kiln.door.shut\"),\n    patch(\"kiln.oven.heat\", return_value=4),\n):\n    assert oven.heat(3) == 4",
            true,
        ),
        ("", "with patch(\"kiln.oven.heat\", return_value=4):\n    assert run()\nassert oven.heat(3) == 4", false),
        ("", "assert oven.heat(3) == 4\nwith patch(\"kiln.oven.heat\", return_value=4):\n    assert run()", false),
        ("", "with patch(\"kiln.oven.heat\") as heat:\n    heat.return_value = 3\n    assert run()\nheat.assert_called()", true),
        ("", "mocker.patch(\"kiln.oven.heat\")\nassert run()", true),
        ("", "mocker.patch.object(k, \"heat\")\nassert run()", true),
        ("", "mocker.spy(kiln.oven, \"heat\")\nassert run()", false),
        ("", "monkeypatch.setattr(kiln.oven, \"heat\", lambda to: to)\nassert run()", true),
        ("", "monkeypatch.setattr(\"kiln.oven.heat\", lambda to: to)\nassert run()", true),
        ("", "monkeypatch.setattr(o, \"heat\", lambda to: o.heat(to))\nassert run()", false),
        ("", "real = o.heat\nmonkeypatch.setattr(o, \"heat\", lambda to: real(to))\nassert run()", false),
        ("", "monkeypatch.setattr(o, \"cool\", lambda: 4)\nassert run()", false),
        ("", "oven.heat = mock.Mock(return_value=3)\nassert run()", true),
        ("", "ovens.heat = mock.Mock(return_value=3)\nassert run()", false),
        ("", "with patch(\"kiln.oven.heat\", wraps=oven.heat):\n    assert run()", false),
        ("", "with patch(\"kiln.oven.heat\", side_effect=oven.heat):\n    assert run()", false),
        ("", "with patch.multiple(\"kiln.oven\", heat=3, cool=4):\n    assert run()", true),
        ("", "with patch(\"other.oven.heat\"):\n    assert run()", false),
        ("", "with patch(\"kiln.oven.heater\"):\n    assert run()", false),
        ("", "# patch(\"kiln.oven.heat\")\nassert run('patch(\"kiln.oven.heat\")')", false),
    ];
    for (above, body, is_found) in cases {
        expect(is_found, &of(&python(HEAT, head, above, body)));
    }
    // The test has the function by its own name, from before it is replaced.
    let bound = "from unittest.mock import patch\nfrom kiln.oven import heat";
    expect(false, &of(&python(HEAT, bound, "@patch(\"kiln.oven.heat\")\n", "assert heat(3)")));
    let relative = "from unittest.mock import patch\nfrom ..kiln import oven";
    expect(true, &of(&python(HEAT, relative, "", "patch.object(oven, \"heat\").start()\nassert oven.heat(3)")));
}

#[test]
fn python_replaces_a_class_or_one_of_its_methods() {
    let head = "from unittest.mock import patch\nfrom kiln import oven\nfrom kiln.oven import Oven";
    expect(true, &of(&python(OVEN, head, "@patch.object(Oven, \"light\")\n", "assert run().light()")));
    expect(false, &of(&python(OVEN, head, "@patch.object(Oven, \"cool\")\n", "assert run().light()")));
    expect(true, &of(&python(OVEN, head, "@patch(\"kiln.oven.Oven\")\n", "assert oven.Oven().light()")));
    expect(false, &of(&python(OVEN, head, "@patch(\"kiln.oven.Oven\")\n", "assert Oven().light()")));
    // Of a class that implements a requirement one method is not all.
    let class = OVEN
        .replace("        \"\"\"Implements: REQ-KILN-001\"\"\"\n", "")
        .replace("Oven:\n", "Oven:\n    \"\"\"Implements: REQ-KILN-001\"\"\"\n\n");
    expect(false, &of(&python(&class, head, "@patch.object(Oven, \"light\")\n", "assert run().light()")));
    expect(true, &of(&python(&class, head, "@patch(\"kiln.oven.Oven\")\n", "assert run().light()")));
}

#[test]
fn python_replaces_around_a_test() {
    let head = "from unittest.mock import patch\nfrom kiln import oven";
    let patch = "patch(\"kiln.oven.heat\")";
    let class = |decorator: &str| {
        format!(
            "{head}\n\n\n{decorator}class TestOven:\n    def test_heat(self):\n        # Verifies: REQ-KILN-001\n        assert oven.heat(3)\n"
        )
    };
    let set_up = class("").replace(
        "    def test_heat",
        &format!("    def setUp(self):\n        self.patcher = {patch}\n        self.patcher.start()\n\n    def test_heat"),
    );
    for (test, is_found) in [(class(&format!("@{patch}\n")), true), (class(""), false), (set_up, true)] {
        expect(is_found, &[("kiln/oven.py", HEAT), ("tests/test_oven.py", &test)]);
    }
    let fixture = |name: &str, more: &str| {
        format!(
            "import pytest\n{head}\n\n\n@pytest.fixture{more}\ndef {name}():\n    with {patch} as it:\n        yield it\n\n\n"
        )
    };
    let body = "assert oven.heat(3)";
    expect(true, &of(&python(HEAT, &fixture("hot", ""), "", body)));
    expect(false, &of(&python(HEAT, &fixture("warm", ""), "", body)));
    expect(true, &of(&python(HEAT, &fixture("warm", "(autouse=True)"), "", body)));
    // Another test of the file, and a helper, replace it for themselves.
    let other = format!("{head}\n\n\n@{patch}\ndef test_other():\n    assert run()");
    expect(false, &of(&python(HEAT, &other, "", body)));
}

#[test]
fn names_are_followed_through_what_imports_them() {
    let view = "\"\"\"REQ-KILN-009 is elsewhere.\"\"\"\nfrom kiln.oven import heat\n\n\ndef show():\n    \"\"\"Implements: REQ-KILN-002\"\"\"\n    return heat(3)\n";
    let mut files = python(HEAT, "from unittest.mock import patch", "@patch(\"kiln.view.heat\")\n", "assert run()");
    files.push(("kiln/view.py".to_owned(), view.to_owned()));
    expect(true, &of(&files));
    files.push(("kiln/view.py".to_owned(), view.replace("from kiln.oven", "from kiln.stove")));
    expect(false, &of(&files.into_iter().filter(|(_, text)| text != view).collect::<Vec<_>>()));
}

#[test]
fn one_test_that_does_without_is_enough() {
    let head = "from unittest.mock import patch\nfrom kiln import oven";
    let files = python(HEAT, head, "@patch(\"kiln.oven.heat\")\n", "assert oven.heat(3)");
    let more = |above: &str| {
        let mut files = files.clone();
        files[2].1 +=
            &format!("\n\n{above}def test_more():\n    \"\"\"Verifies: REQ-KILN-001\"\"\"\n    assert oven.heat(4) == 4\n");
        files
    };
    expect(false, &of(&more("")));
    expect(true, &of(&more("@patch(\"kiln.oven.heat\")\n")));
    // Further code stays in place.
    let further = HEAT.replace("def cool():\n", "def cool():\n    \"\"\"Implements: REQ-KILN-001\"\"\"\n");
    expect(false, &of(&python(&further, head, "@patch(\"kiln.oven.heat\")\n", "assert oven.heat(3)")));
    // Nothing says which code it is.
    let unknown = HEAT.replace("Implements: REQ-KILN-001", "Heats.");
    expect(false, &of(&python(&unknown, head, "@patch(\"kiln.oven.heat\")\n", "assert oven.heat(3)")));
}

#[test]
fn scripts_replace_modules_and_members() {
    let code = "// Implements: REQ-KILN-001\nexport function heat(to: number) {\n  return burn(to);\n}\n\nexport function cool() {\n  return 0;\n}\n";
    let service = "export class Oven {\n  // Implements: REQ-KILN-001\n  heat(to: number) {\n    return burn(to);\n  }\n}\n";
    let test = |head: &str, body: &str| {
        format!(
            "import {{ heat }} from '../src/oven';\nimport * as oven from '../src/oven.js';\nimport {{ Oven }} from \"../src/oven\";\n{head}\n\ndescribe('kiln', () => {{\n  it('REQ-KILN-001 heats', () => {{\n    {body}\n  }});\n}});\n"
        )
    };
    let cases = [
        ("jest.mock('../src/oven');", "expect(heat(3)).toBe(4);", true),
        ("vi.mock(import('../src/oven'), () => ({ heat: vi.fn() }));", "expect(heat(3)).toBe(4);", true),
        ("vi.mock('@/oven');", "expect(heat(3)).toBe(4);", true),
        ("vi.mock('../src/oven', { spy: true });", "expect(heat(3)).toBe(4);", false),
        ("vi.mock('../src/stove');", "expect(heat(3)).toBe(4);", false),
        ("vi.mock('oven');", "expect(heat(3)).toBe(4);", false),
        (
            "vi.mock('../src/oven', async (importOriginal) => ({ ...(await importOriginal()), heat: vi.fn() }));",
            "expect(run(3)).toBe(4);",
            true,
        ),
        (
            "vi.mock('../src/oven', async (importOriginal) => ({ ...(await importOriginal()), cool: vi.fn() }));",
            "expect(run(3)).toBe(4);",
            false,
        ),
        ("jest.mock('../src/oven');\nconst real = jest.requireActual('../src/oven');", "expect(real.heat(3)).toBe(4);", false),
        ("", "jest.spyOn(oven, 'heat').mockReturnValue(4); expect(run(3)).toBe(4);", true),
        ("", "jest.spyOn(oven, 'heat'); expect(run(3)).toBe(4);", false),
        ("", "const spy = jest.spyOn(oven, 'heat'); spy.mockImplementation(() => 4); expect(run(3)).toBe(4);", true),
        ("", "jest.spyOn(oven, 'heat').mockReturnValueOnce(4); expect(run(3)).toBe(4);", false),
        ("", "jest.spyOn(oven, 'cool').mockReturnValue(4); expect(run(3)).toBe(4);", false),
        ("", "expect(heat(2)).toBe(2); vi.spyOn(oven, 'heat').mockReturnValue(4); expect(run(3)).toBe(4);", false),
        ("beforeEach(() => { sinon.stub(oven, 'heat').returns(4); });", "expect(run(3)).toBe(4);", true),
        ("", "sinon.stub(oven, 'heat').callThrough(); expect(run(3)).toBe(4);", false),
        ("", "td.replace('../src/oven'); expect(run(3)).toBe(4);", true),
        ("const view = proxyquire('../src/view', { './oven': { heat: () => 4 } });", "expect(view.show()).toBe(4);", true),
        ("const view = proxyquire('../src/view', { './oven': { cool: () => 4 } });", "expect(view.show()).toBe(4);", false),
    ];
    for (head, body, is_found) in cases {
        expect(is_found, &[("src/oven.ts", code), ("tests/oven.test.ts", &test(head, body))]);
    }
    // A file that implements it as a whole is replaced as a whole only.
    let head = format!("/** Implements: REQ-KILN-001 */\n\n{}", service.replace("  // Implements: REQ-KILN-001\n", ""));
    let cases = [
        ("", "jest.spyOn(Oven.prototype, 'heat').mockReturnValue(4); expect(run()).toBe(4);", false),
        ("jest.mock('../src/oven');", "expect(new Oven().heat(3)).toBe(4);", true),
    ];
    for (before, body, is_found) in cases {
        expect(is_found, &[("src/oven.ts", &head), ("tests/oven.test.ts", &test(before, body))]);
    }
}

#[test]
fn java_and_kotlin_replace_classes_and_stub_spies() {
    let code = "package org.kiln;\n\npublic class Oven {\n    // Implements: REQ-KILN-001\n    @Override\n    public int heat(int to) {\n        return burn(to);\n    }\n}\n";
    let java = |imports: &str, fields: &str, body: &str| {
        format!(
            "package org.kiln.tests;\n\nimport org.mockito.Mockito;\n{imports}\n\nclass OvenTest {{\n    {fields}\n\n    // Verifies: REQ-KILN-001\n    @Test\n    void heats() {{\n        {body}\n    }}\n}}\n"
        )
    };
    let own = "import org.kiln.Oven;";
    let cases = [
        (own, "@Mock private Oven oven;", "when(oven.heat(3)).thenReturn(4); assertEquals(4, oven.heat(3));", true),
        (own, "@Mock private Oven oven;", "assertEquals(4, run());", false),
        (own, "@Mock private Oven oven; @InjectMocks private View view;", "assertEquals(4, view.show());", true),
        (own, "@MockBean private Oven oven;", "assertEquals(4, web.get());", true),
        (own, "@Mock private Oven oven;", "when(oven.heat(3)).thenCallRealMethod(); assertEquals(4, oven.heat(3));", false),
        (own, "@Mock private Oven oven;", "assertEquals(4, new Oven().heat(3)); oven.heat(3);", false),
        (own, "", "Oven oven = Mockito.mock(Oven.class); assertEquals(4, oven.heat(3));", true),
        ("import org.other.Oven;", "", "Oven oven = mock(Oven.class); assertEquals(4, oven.heat(3));", false),
        ("import org.kiln.*;", "", "Oven oven = mock(Oven.class); assertEquals(4, oven.heat(3));", true),
        ("", "", "Oven oven = mock(Oven.class); assertEquals(4, oven.heat(3));", false),
        (own, "@Spy private Oven oven;", "assertEquals(4, oven.heat(3));", false),
        (own, "@Spy private Oven oven;", "doReturn(4).when(oven).heat(3); assertEquals(4, oven.heat(3));", true),
        (own, "@Spy private Oven oven;", "when(oven.cool()).thenReturn(4); assertEquals(4, oven.heat(3));", false),
    ];
    for (imports, fields, body, is_found) in cases {
        expect(
            is_found,
            &[
                ("src/main/java/org/kiln/Oven.java", code),
                ("src/test/java/org/kiln/tests/OvenTest.java", &java(imports, fields, body)),
            ],
        );
    }
    let interface = code.replace("class", "interface");
    let test = java(own, "@Mock private Oven oven;", "assertEquals(4, oven.heat(3));");
    expect(false, &[("src/main/java/org/kiln/Oven.java", &interface), ("src/test/java/org/kiln/tests/OvenTest.java", &test)]);
    let kotlin = "package org.kiln\n\nclass Oven {\n    // Implements: REQ-KILN-001\n    fun heat(to: Int): Int {\n        return burn(to)\n    }\n}\n";
    let test = |fields: &str, body: &str| {
        format!(
            "package org.kiln\n\nclass OvenTest {{\n    {fields}\n\n    // Verifies: REQ-KILN-001\n    @Test\n    fun heats() {{\n        {body}\n    }}\n}}\n"
        )
    };
    let cases = [
        ("", "val oven = mockk<Oven>()\n        assertEquals(4, oven.heat(3))", true),
        ("@MockK lateinit var oven: Oven", "every { oven.heat(3) } returns 4\n        assertEquals(4, oven.heat(3))", true),
        ("", "val oven = Oven()\n        assertEquals(4, oven.heat(3))", false),
        ("", "val oven = spyk(Oven())\n        assertEquals(4, oven.heat(3))", false),
    ];
    for (fields, body, is_found) in cases {
        expect(
            is_found,
            &[("src/main/kotlin/org/kiln/Oven.kt", kotlin), ("src/test/kotlin/org/kiln/OvenTest.kt", &test(fields, body))],
        );
    }
}
