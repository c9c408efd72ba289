//! S08: what is a negative case, and what leaves it open whether there is one.

use super::support::{analyze_files, rendered};

const SPECIFICATION: &str = "# Requirements of the lift\n\n| Req ID | Requirement |\n|---|---|\n| REQ-LIFT-001 | ";

/// Whether S08 speaks of a requirement with these words and a test with this body and what stands around it.
fn speaks(requirement: &str, head: &str, body: &str) -> bool {
    let specification = format!("{SPECIFICATION}{requirement} |\n");
    let test = format!("{head}def test_code(code):\n    \"\"\"Verifies: REQ-LIFT-001\"\"\"\n    {body}\n");
    let files = [("docs/srs.md", specification), ("tests/test_code.py", test)];
    let analysis = analyze_files(files.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect());
    !rendered(&analysis, "S08").is_empty()
}

const REJECTS: &str = "The lift shall reject short codes.";

#[test]
fn what_looks_at_success_alone_is_told() {
    for body in
        ["assert code.opens()", "assert code.opens() == True", "assert post(code).status == 200", "self.assertTrue(code.opens())"]
    {
        assert!(speaks(REJECTS, "", body), "{body}");
    }
}

#[test]
fn any_sign_of_another_outcome_leaves_it_open() {
    for body in [
        "assert not code.opens()",
        "assert code.opens() is False",
        "assert code.opens() == 0",
        "assert code.opens() == \"shut\"",
        "assert code.opens() != 7",
        "assert post(code).status == 422",
        "assert code.digits() == 6",
        "assert \"shut\" in code.says()",
        "assert -1 < code.opens()",
        "with pytest.raises(CodeError): code.opens()",
        "assert code.opens()  # and is refused before",
        "assert code.opens(\"wrong\")",
        "self.assertEqual(code.state, \"shut\")",
        "assert code.opens(SHORT)",
        "assert code.opens(\"öffne\")",
        "code.opens()",
    ] {
        assert!(!speaks(REJECTS, "", body), "{body}");
    }
    assert!(!speaks(REJECTS, "@pytest.mark.parametrize(\"code\", codes())\n", "assert code.opens()"));
    assert!(!speaks(REJECTS, "def look(code):\n    assert not code.opens()\n\n\n", "assert code.opens()\n    look(code)"));
}

#[test]
fn only_what_plainly_rejects_is_looked_at() {
    for requirement in [
        "The lift must never accept short codes.",
        "Short codes shall be silently refused.",
        "It shall raise an error if a code is short.",
    ] {
        assert!(speaks(requirement, "", "assert code.opens()"), "{requirement}");
    }
    for requirement in [
        "The lift shall not reject long codes.",
        "The lift shall open, and may reject codes.",
        "The lift shall not move while it is open.",
        "The lift shall count rejected codes.",
    ] {
        assert!(!speaks(requirement, "", "assert code.opens()"), "{requirement}");
    }
}

#[test]
fn a_citation_that_was_not_read_leaves_it_open() {
    let tree = |cell: &str| {
        let specification = format!("{SPECIFICATION}{REJECTS} |\n");
        let matrix = format!("# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| REQ-LIFT-001 | {cell} |\n");
        let test = "def test_code(code):\n    assert code.opens()\n".to_owned();
        let files = [("docs/srs.md", specification), ("docs/rtm.md", matrix), ("tests/test_code.py", test)];
        rendered(&analyze_files(files.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect()), "S08")
    };
    assert!(!tree("tests/test_code.py::test_code").is_empty());
    assert_eq!(tree("tests/test_code.py::test_code, manual inspection of the log"), "");
    assert_eq!(tree("tests/test_code.py::test_code, tests/test_gone.py::test_short"), "");
}
