//! What a trace shows of records and of the files that they change.

use super::analyzed;
use tracegate::report::trace::{find, write};

fn traced(name: &str, files: &[(&str, &str)]) -> String {
    let analysis = analyzed(files);
    let mut out = Vec::new();
    write(&find(&analysis.graph, &analysis.findings, name), false, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

const CHANGE: &str = "# CR-005: Gas\n\n**Status:** Closed\n\n## Files affected\n\n- `oven/burner.c` - gas\n- `oven/docs/` - gas\n\n\
    ## Execution summary\n\n**Files modified:**\n\n- `oven/burner.c` - burns gas\n- `oven/pipe.c` - carries gas\n";

#[test]
fn a_file_shows_the_changes_that_name_it() {
    let files = [("qms/CR-005.md", CHANGE), ("oven/burner.c", "int burns(void) { return 1; }\n")];
    let text = traced("oven/burner.c", &files);
    assert!(text.contains("CR-005 (change, closed) has it in its scope, and modified it  qms/CR-005.md:7"), "{text}");
    let text = traced("oven/pipe.c", &files);
    assert!(text.starts_with("file oven/pipe.c\n  file\n    no file that was read is called so; records name it\n"), "{text}");
    assert!(text.contains("CR-005 (change, closed) modified it  qms/CR-005.md:15"), "{text}");
    assert!(traced("oven/docs/gas.md", &files).contains("CR-005 (change, closed) has it in its scope  qms/CR-005.md:8"));
    assert_eq!(traced("oven/door.c", &files), "");
    let summary = "# Session summary of the oven\n\n## Files modified (unauthorised)\n\n- `oven/door.c` - opens\n";
    let text = traced("oven/door.c", &[("qms/summary.md", summary)]);
    assert!(
        text.contains("Session summary of the oven tells that it was modified without authority  qms/summary.md:5"),
        "{text}"
    );
}

#[test]
fn an_action_shows_the_findings_that_its_requirement_shows() {
    let investigation = "# INV-003: Cold oven\n\n**Status:** In execution\n\n## Actions\n\n| CAPA | Description | Outcome |\n|---|---|---|\n\
        | INV-003-CAPA-001 | Correct the verification evidence of REQ-OVEN-001 | [Pass/Fail] |\n";
    let files = [
        (
            "docs/requirements.md",
            "# Requirements\n\n| REQ ID | Requirement |\n|---|---|\n| REQ-OVEN-001 | The oven shall stay warm. |\n",
        ),
        ("qms/INV-003.md", investigation),
    ];
    let of_requirement = traced("REQ-OVEN-001", &files);
    let of_action = traced("INV-003-CAPA-001", &files);
    assert!(of_requirement.contains("[T08]"), "{of_requirement}");
    assert!(of_action.contains("[T08]"), "{of_action}");
}

#[test]
fn a_test_shows_the_plans_that_name_it() {
    let change =
        "# CR-005: Gas\n\n**Status:** In execution\n\n## Testing\n\n- `test_burns` - the burner\n- `test_vents` - the pipe\n";
    let files = [("qms/CR-005.md", change), ("tests/test_oven.py", "def test_burns():\n    assert burns()\n")];
    let text = traced("test_burns", &files);
    assert!(text.starts_with("test test_burns") && text.contains("planned by\n    CR-005 plans test_burns"), "{text}");
    let text = traced("test_vents", &files);
    assert!(
        text.starts_with("planned test test_vents\n  test\n    no test that was found is called so; records plan it"),
        "{text}"
    );
    assert!(text.contains("CR-005 plans test_vents  qms/CR-005.md:8"), "{text}");
    assert_eq!(traced("test_sings", &files), "");
    let closed = change.replace("In execution", "Closed");
    let text = traced("test_vents", &[("qms/CR-005.md", &closed), files[1]]);
    assert!(text.contains("CR-005 plans test_vents: no test has its name  qms/CR-005.md:8"), "{text}");
}

#[test]
fn a_summary_shows_what_it_states_of_records() {
    let summary = "# Session summary 2024-03-05\n\n| Document | Status | Version |\n|---|---|---|\n| CR-005 | Closed | 2.0 |\n| CR-009 | Draft | 0.1 |\n";
    let files = [("qms/CR-005.md", "# CR-005: Gas\n\n**Status:** In execution\n"), ("qms/summary.md", summary)];
    let text = traced("qms/summary.md", &files);
    assert!(text.contains("  states\n    CR-005: status Closed, version 2.0  qms/summary.md:5\n"), "{text}");
    assert!(text.contains("      CR-005 has the status In execution  qms/CR-005.md:"), "{text}");
    assert!(text.contains("    CR-009: status Draft, version 0.1  qms/summary.md:6\n"), "{text}");
}

#[test]
fn a_record_shows_its_actions_and_those_that_it_carries_out() {
    let files = [
        (
            "qms/INV-002.md",
            "# INV-002: Cold oven\n\n**Status:** In execution\n\n## Corrective actions\n\n- **CAPA-1**: Fit a seal\n- **CAPA-2**: Heat it. Done.\n",
        ),
        ("qms/CR-001.md", "# CR-001: Seal\n\n**Status:** Closed\n\nImplements INV-002-CAPA-1.\n"),
        ("qms/CR-012.md", "# CR-012: Heat (CAPA-2)\n\n**Status:** Closed\n"),
        ("qms/CR-013.md", "# CR-013: Wall\n\n**Status:** Closed\n\nNothing of CAPA-9.\n"),
    ];
    let text = traced("INV-002", &files);
    assert!(
        text.contains(
            "actions\n    CAPA-1 (open): Fit a seal  qms/INV-002.md:7\n    CAPA-2 (done): Heat it. Done.  qms/INV-002.md:8"
        ),
        "{text}"
    );
    assert!(
        traced("CR-001", &files).contains("CAPA-1 of INV-002 (open): Fit a seal  qms/CR-001.md:5"),
        "{}",
        traced("CR-001", &files)
    );
    assert!(traced("CR-012", &files).contains("CAPA-2 of INV-002 (done)"), "{}", traced("CR-012", &files));
    assert!(!traced("CR-013", &files).contains("of INV-002"), "{}", traced("CR-013", &files));
}

#[test]
fn a_change_that_repeats_an_action_does_not_own_it() {
    let row = "\n\n## Actions\n\n| CAPA | Description | Outcome |\n|---|---|---|\n| CAPA-3 | Fit a seal | |\n";
    let files = [
        ("qms/INV-002.md", format!("# INV-002: Cold oven\n\n**Status:** In execution{row}")),
        ("qms/CR-013.md", format!("# CR-013: Seal\n\n**Status:** Closed{row}")),
    ];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    let text = traced("CAPA-3", &files);
    assert!(text.matches("action CAPA-3").count() == 1 && text.contains("qms/INV-002.md:9"), "{text}");
}

const WEAK: &str = "# INV-003: Cold oven\n\n**Status:** In execution\n\n## Actions\n\n| CAPA | Description | Outcome |\n|---|---|---|\n\
    | CAPA-3 | Log each change of status | [Pass/Fail] |\n| CAPA-4 | Weigh the door | [Pass/Fail] |\n";

#[test]
fn a_change_that_carries_out_actions_of_another_record_has_none_of_its_own() {
    let change = "# CR-013: Log the status\n\n**Status:** Closed\n\n## Parent\n\n- **INV-003:** Cold oven\n\n## Actions addressed\n\n\
        | CAPA | Finding | Description |\n|---|---|---|\n| CAPA-3 | 4.4 | Log each change of status |\n\n## Actions\n\n\
        | CAPA | Description | Outcome |\n|---|---|---|\n| CR-013-CAPA-001 | Tell the bakers | [Pass/Fail] |\n";
    let text = traced("CR-013", &[("qms/CR-013.md", change), ("qms/INV-003.md", WEAK)]);
    let own = text.split("  actions\n").nth(1).unwrap().split("\n  ").next().unwrap();
    assert!(text.contains("  actions\n    CR-013-CAPA-001 (open): Tell the bakers"), "{text}");
    assert!(!own.contains("CAPA-3"), "{text}");
    assert!(text.contains("CAPA-3 of INV-003 (open): Log each change of status"), "{text}");
    // Where nobody else has it, it is its own.
    let text = traced("CR-013", &[("qms/CR-013.md", change)]);
    assert!(text.contains("    CAPA-3 (done): Log each change of status"), "{text}");
}
