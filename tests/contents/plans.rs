//! The tests that plans name, in the names of several languages.

use tracegate::analysis::analyze;
use tracegate::discover::tree::Memory;
use tracegate::settings::Settings;

/// What M09 says of a closed change with a text below its head, beside a file of tests.
fn told(below: &str, tests: (&str, &str)) -> Vec<String> {
    let text = format!("# CR-001: Link\n\n**Status:** Closed\n\n## Testing\n\n{below}");
    let files = [("qms/CR-001.md", text.as_str()), tests];
    let findings = analyze(&Memory::new(files), &Settings::default()).findings;
    findings.into_iter().filter(|one| one.code == "M09").map(|one| one.message).collect()
}

const GO: (&str, &str) = (
    "link/link_test.go",
    "package link\n\nimport \"testing\"\n\nfunc TestLinkOption(t *testing.T) {\n\tif Option() != 1 {\n\t\tt.Fatal(\"no\")\n\t}\n}\n",
);
const CPP: (&str, &str) =
    ("tests/link_test.cpp", "#include <gtest/gtest.h>\n\nTEST(LinkTest, Option) {\n  EXPECT_EQ(option(), 1);\n}\n");
const JAVA: (&str, &str) = (
    "src/test/java/LinkTest.java",
    "import org.junit.jupiter.api.Test;\n\nclass LinkTest {\n  @Test\n  void readsTheOption() {\n    assertEquals(1, option());\n  }\n}\n",
);

#[test]
fn plans_name_tests_as_their_language_does() {
    for (made, never, tests) in [
        ("TestLinkOption", "TestLinkStarts", GO),
        ("LinkTest.Option", "LinkTest.Starts", CPP),
        ("LinkTest#readsTheOption", "LinkTest#startsTheLink", JAVA),
        ("readsTheOption", "startsTheLink", JAVA),
        ("LinkTest.readsTheOption", "LinkTest.startsTheLink", JAVA),
    ] {
        let table = |names: &[&str]| {
            let rows: String = names.iter().map(|name| format!("| `{name}` | It does |\n")).collect();
            format!("| Test | Description |\n|---|---|\n{rows}")
        };
        assert_eq!(told(&table(&[made]), tests), Vec::<String>::new(), "{made}");
        let found = told(&table(&[made, never]), tests);
        assert!(
            found.len() == 1 && found[0].contains("1 of the 2 tests") && found[0].contains(&format!("`{never}`")),
            "{never}: {found:?}"
        );
        let list = told(&format!("- `{made}` - it does\n- `{never}` - it does\n"), tests);
        assert_eq!(list, found, "{never}");
    }
}

#[test]
fn what_is_no_name_of_a_test_plans_none() {
    for cell in [
        "`LinkTest`",
        "`Option`",
        "`validateInput` rejects blanks",
        "`go test ./...`",
        "`link_test.go`",
        "`link/link_test.go`",
        "`Link.start`",
        "`--verbose`",
        "`JavaScript`",
    ] {
        let table = format!("| Test | Description |\n|---|---|\n| `TestLinkOption` | It does |\n| {cell} | It does |\n");
        assert_eq!(told(&table, GO), Vec::<String>::new(), "{cell}");
    }
}

#[test]
fn what_is_struck_out_is_not_planned() {
    let made = "\n## Execution\n\n| EI | Task | Execution Summary | Outcome | Performed By - Date |\n|---|---|---|---|---|\n| EI-1 | Tests | Added `TestLinkOption` and test_kept_one | Pass | ito - 2026-01-01 |\n";
    for plan in [
        "- ~~Add `test_struck_one`~~\n",
        "- Add `test_kept_one`, ~~`test_struck_one`~~\n",
        "- ~~`test_struck_one` - it does~~\n",
        "| Test | Description |\n|---|---|\n| ~~`test_struck_one`~~ | It does |\n",
    ] {
        let text = format!("{plan}{made}").replace("## Testing", "## Plan");
        assert_eq!(told(&text, GO), Vec::<String>::new(), "{plan}");
    }
    assert_eq!(told(&format!("- Add `test_struck_one`\n{made}"), GO).len(), 1);
}

#[test]
fn names_of_two_words_are_planned_where_tests_are_called_so() {
    const SHORT: (&str, &str) = (
        "src/test/java/LinkTest.java",
        "import org.junit.jupiter.api.Test;\n\nclass LinkTest {\n  @Test\n  void readsOption() {\n    assertEquals(1, option());\n  }\n}\n",
    );
    let table = "| Test | Description |\n|---|---|\n| `readsOption` | It does |\n| `startsLink` | It does |\n";
    let found = told(table, SHORT);
    assert!(found.len() == 1 && found[0].contains("`startsLink`"), "{found:?}");
    let found = told("- `readsOption` - it does\n- `startsLink` - it does\n", SHORT);
    assert!(found.len() == 1 && found[0].contains("`startsLink`"), "{found:?}");
    // Where no test is called so, or no other of a list is one, it may be what is tested.
    for (plan, tests) in [
        (table, JAVA),
        (table, GO),
        ("- `startsLink` - it does\n", SHORT),
        ("- `startsLink`: it does\n- `readsOption`: it does\n", SHORT),
    ] {
        assert_eq!(told(plan, tests), Vec::<String>::new(), "{plan}");
    }
}

#[test]
fn keys_among_tests_are_none() {
    const SHORT: (&str, &str) = (
        "src/test/java/LinkTest.java",
        "import org.junit.jupiter.api.Test;\n\nclass LinkTest {\n  @Test\n  void opensLink() {\n    assertEquals(1, link());\n  }\n}\n",
    );
    for (name, tests) in [("maxRetries", 0), ("retryCount", 0), ("openLink", 0), ("opensDoor", 1), ("returnsNothing", 1)] {
        let list = told(&format!("- `opensLink` - the link opens\n- `{name}` is respected\n"), SHORT);
        let table = format!("| Test | Description |\n|---|---|\n| `opensLink` | It opens |\n| `{name}` | It is kept |\n");
        assert_eq!((list.len(), told(&table, SHORT).len()), (tests, tests), "{name}");
    }
}

#[test]
fn what_a_plan_leaves_out_is_not_planned() {
    const PYTHON: (&str, &str) = ("tests/test_link.py", "def test_opens():\n    assert link()\n");
    for said in [
        "(deleted)",
        "is dropped",
        "is replaced by `test_opens`",
        ": not in this change",
        "is left to CR-009",
        "(removed in CR-009)",
        "will be added in a follow-up",
        "- removed, as it is covered by `test_opens`",
    ] {
        assert_eq!(told(&format!("- `test_opens`\n- `test_never` {said}\n"), PYTHON), Vec::<String>::new(), "{said}");
    }
    for said in [
        "",
        "- removed cards are told",
        "- remove the card",
        "will be added",
        "- is left when idle",
        "- left to right",
        "- out of scope files are told",
        "- removed by hand",
    ] {
        assert_eq!(told(&format!("- `test_opens`\n- `test_never` {said}\n"), PYTHON).len(), 1, "{said}");
    }
    for (cell, tests) in [("Remove", 0), ("Removed", 0), ("Deleted, as it says the same", 0), ("Remove the card", 1), ("Add", 1)]
    {
        let table = format!("| Test | Change |\n|---|---|\n| `test_opens` | Add |\n| `test_never` | {cell} |\n");
        assert_eq!(told(&table, PYTHON).len(), tests, "{cell}");
    }
    assert_eq!(told("- `test_opens`\n- Add `test_never` in a follow-up\n", PYTHON), Vec::<String>::new());
}
