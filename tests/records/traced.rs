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
