//! How documents state the method of verification.

use super::messages;

fn spec(first: &str) -> String {
    format!(
        "# Kiln requirements\n\n### REQ-1: Heating\n\nIt shall heat.\n\n- **Verification:** {first}\n\n### REQ-2: Cooling\n\nIt shall cool.\n\n- **Verification:** Test\n\n### REQ-3: Ringing\n\nIt shall ring.\n\n- **Verification:** Test\n"
    )
}

#[test]
fn a_long_method_is_read_by_its_first_words() {
    let long =
        "look at each lock of the door, at the hinges on both sides and at the seal between the door and the body, N-1 of N";
    for (method, open) in [
        ("Test (with cold start)", true),
        ("Simulation", false),
        ("Inspection (in the workshop)", false),
        ("Analysis", false),
        ("Review", false),
        ("Demonstration", false),
    ] {
        let text = spec(&format!("{method} — {long}"));
        let files = [("docs/kiln-requirements.md", text.as_str())];
        assert_eq!(messages(&files, "R06"), [""; 0], "{method}");
        assert_eq!(messages(&files, "T01").iter().any(|one| one.contains("REQ-1")), open, "{method}");
    }
    let text = spec(&format!("Somebody shall {long}"));
    assert_eq!(messages(&[("docs/kiln-requirements.md", &text)], "R06"), [""; 0], "it says how");
    assert_eq!(messages(&[("docs/kiln-requirements.md", &spec("by feel"))], "R06").len(), 1);
}

#[test]
fn a_row_that_is_broken_in_two_lines_is_one() {
    let table = "# Kiln requirements\n\n| ID | Requirement | Priority | Verification method |\n|---|---|---|---|\n| REQ-1 | It shall heat. |\nMust | Test |\n| REQ-2 | It shall cool. | Must | Test |\n| REQ-3 | It shall ring. | Must | |\n";
    let told = messages(&[("docs/kiln-requirements.md", table)], "R06");
    assert!(matches!(told.as_slice(), [one] if one.starts_with("REQ-3 ")), "{told:?}");
}
