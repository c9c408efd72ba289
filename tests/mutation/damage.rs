use super::{read, told};

fn stryker(version: &str, line: &str, status: &str) -> String {
    format!(
        "{{\"schemaVersion\": \"{version}\", \"files\": {{\"..\\\\a/../../b.js\": {{\"source\": \"x\", \"mutants\": [{{\"id\": \"1\", \
         \"mutatorName\": \"M\", \"status\": \"{status}\", \"location\": {{\"start\": {{\"line\": {line}, \"column\": 1}}}}}}]}}}}}}"
    )
}

fn cargo(summary: &str, line: &str, end: &str) -> String {
    format!(
        "{{\"outcomes\": [{{\"scenario\": \"Baseline\", \"summary\": \"Success\"}}, {{\"scenario\": {{\"Mutant\": {{\"name\": \"a.rs:1:1: \
         replace f\", \"file\": \"a.rs\", \"function\": null, \"span\": {{\"start\": {{\"line\": {line}, \"column\": 1}}}}}}}}, \"summary\": \
         \"{summary}\"}}], \"total_mutants\": 1{end}}}"
    )
}

fn pit(status: &str, line: &str) -> String {
    format!(
        "<mutations><mutation status='{status}'><sourceFile>B.java</sourceFile><mutatedClass>a.B</mutatedClass>\
         <lineNumber>{line}</lineNumber></mutation></mutations>"
    )
}

fn lost(text: &str, reason: &str) {
    let told = told(text);
    assert!(read(text).mutation.is_none(), "{text}");
    assert!(told.contains("lost: ") && told.contains(reason), "{text}: {told}");
}

#[test]
fn a_file_that_is_cut_off_counts_for_nothing() {
    for whole in [stryker("2", "1", "Killed"), cargo("MissedMutant", "1", "")] {
        assert!(read(&whole).mutation.is_some(), "{whole}");
        let half = whole.rfind('}').unwrap();
        lost(&whole[..half], "the file is cut off");
        lost(&format!("{whole} {{}}"), "trailing characters");
    }
    lost(pit("KILLED", "1").strip_suffix("</mutations>").unwrap(), "ends before its elements do");
}

#[test]
fn a_file_that_is_cut_off_is_known_by_what_is_left() {
    let stryker = stryker("2", "1", "Killed");
    let (version, files) = stryker.split_once(", ").unwrap();
    let turned = format!("{{{}, {}}}", files.strip_suffix('}').unwrap(), version.strip_prefix('{').unwrap());
    assert!(read(&turned).mutation.is_some(), "{turned}");
    lost(turned.split("\"schemaVersion\"").next().unwrap(), "the file is cut off");
    let cargo =
        cargo("MissedMutant", "1", "").replace("\"summary\": \"Success\"", "\"summary\": \"Success\", \"phase_results\": []");
    assert!(read(&cargo).mutation.is_some(), "{cargo}");
    lost(cargo.split("\"total_mutants\"").next().unwrap(), "the file is cut off");
}

#[test]
fn numbers_that_are_no_lines() {
    for line in ["-1", "0", "1.5", "3000000", "1e300"] {
        lost(&stryker("2", line, "Killed"), "is no line of a file");
        lost(&cargo("CaughtMutant", line, ""), "is no line of a file");
        lost(&pit("KILLED", line), "is no line of a file");
    }
    lost(&pit("KILLED", "NaN"), "`NaN` is no line of a file");
    lost(&pit("KILLED", ""), "is no line of a file");
    for line in ["NaN", "1e999", "null", "\"1\"", "[]"] {
        lost(&stryker("2", line, "Killed"), "the JSON is damaged");
        lost(&cargo("CaughtMutant", line, ""), "the JSON is damaged");
    }
}

#[test]
fn versions_that_are_not_known() {
    for version in ["1", "1.0", "1.7.3", "2", "2.0"] {
        assert!(read(&stryker(version, "1", "Killed")).mutation.is_some(), "{version}");
    }
    for version in ["", "0", "3.1", "12"] {
        lost(&stryker(version, "1", "Killed"), "of the schema of mutation results is not known");
    }
}

#[test]
fn outcomes_that_are_not_known_are_no_kills() {
    for text in [stryker("2", "1", "Slain"), cargo("Slain", "1", ""), pit("SLAIN", "1")] {
        let told = told(&text);
        assert!(
            told.contains("1 Untried") && told.to_lowercase().contains("the outcome `slain` of a mutant is not known"),
            "{told}"
        );
    }
}

#[test]
fn a_run_that_did_not_end_says_so() {
    for text in [
        stryker("2", "1", "Pending"),
        cargo("MissedMutant", "1", ", \"end_time\": null"),
        cargo("Success", "1", ""),
        pit("NOT_STARTED", "1"),
        pit("STARTED", "1"),
    ] {
        let told = told(&text);
        assert!(told.contains("problem: the run ") && told.contains("did not come to its end"), "{text}: {told}");
        assert!(read(&text).mutation.is_some());
    }
    for end in ["", ", \"end_time\": \"2026-01-01T00:00:00Z\""] {
        assert!(read(&cargo("MissedMutant", "1", end)).problems.is_empty());
    }
}

#[test]
fn a_run_on_tests_that_failed_counts_for_nothing() {
    let text = cargo("MissedMutant", "1", "").replace("\"Success\"", "\"Failure\"");
    lost(&text, "the tests failed before anything was changed");
}

#[test]
fn mutants_of_nothing_are_no_result() {
    lost("{\"schemaVersion\": \"2\", \"files\": {}, \"x\": \"\\\"mutants\\\"\", \"mutants\": 1}", "the file has no mutant");
    lost("{\"outcomes\": [], \"total_mutants\": 0, \"scenario\": 0}", "the file has no mutant");
    lost("<mutations></mutations>", "the file has no mutant");
    lost("<!DOCTYPE mutations [<!ENTITY a \"b\">]><mutations></mutations>", "declares entities");
    lost("words", "in no format of mutation results that is read");
}
