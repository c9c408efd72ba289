//! How much of implementing code ran, against what a policy asks for.

use crate::checks::support::{analyze_files, rendered};

const SPECIFICATION: &str =
    "# Requirements of the kiln\n\n| Req ID | Requirement |\n|---|---|\n| REQ-KILN-001 | The kiln shall heat. |\n";
const OVEN: &str = "LIMIT = 900\n\n\ndef heat(to):\n    \"\"\"Implements: REQ-KILN-001\"\"\"\n    if to > 900:\n        return 0\n    return to\n\n\ndef cool():\n    return 0\n";

/// What S11 says of the kiln where a policy asks for coverage and these files are there.
fn told(asked: &str, files: &[(&str, &str)]) -> String {
    let policy = format!("[[policy]]\nrequirements = \"REQ-KILN-001\"\ncoverage = {asked}\n");
    let own = [("docs/srs.md", SPECIFICATION), ("kiln/oven.py", OVEN), ("tracegate.toml", policy.as_str())];
    let own = own.iter().filter(|(path, _)| !files.iter().any(|(other, _)| other == path));
    let files = own.chain(files).map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    rendered(&analyze_files(files), "S11")
}

fn lcov(data: &str) -> String {
    format!("TN:\nSF:kiln/oven.py\n{data}end_of_record\n")
}

const HALF: &str = "DA:1,1\nDA:4,1\nDA:6,1\nDA:7,0\nDA:8,1\nDA:11,1\nDA:12,0\n";

#[test]
fn lines_of_the_code_alone_count() {
    let half = lcov(HALF);
    assert_eq!(told("{ lines = 75 }", &[("lcov.info", &half)]), "");
    let gap = told("{ lines = 76 }", &[("lcov.info", &half)]);
    assert!(
        gap.contains("Of `kiln/oven.py:heat`, which implements REQ-KILN-001, 3 of 4 lines (75 %, of which 76 are asked) ran"),
        "{gap}"
    );
    assert!(gap.contains("kiln/oven.py:7:1 line 7: did not run") && !gap.contains("line 12"), "{gap}");
    assert!(gap.contains("tracegate.toml:3:12 the policy that asks for it"), "{gap}");
}

#[test]
fn several_runs_count_together() {
    let other = lcov("DA:4,1\nDA:6,1\nDA:7,1\nDA:8,0\n");
    assert_eq!(told("{ lines = 100 }", &[("a.lcov", &lcov(HALF)), ("b.lcov", &other)]), "");
}

#[test]
fn branches_are_never_taken_from_lines() {
    let whole = "DA:4,1\nDA:6,1\nDA:7,1\nDA:8,1\n";
    let without = told("{ branches = 50 }", &[("lcov.info", &lcov(whole))]);
    assert!(without.contains("Whether 50 % of the branches of the code of REQ-KILN-001 ran, as a policy asks, is not assessed: the coverage has no branches"), "{without}");
    let one = format!("{whole}BRDA:6,0,0,1\nBRDA:6,0,1,0\n");
    assert_eq!(told("{ branches = 50 }", &[("lcov.info", &lcov(&one))]), "");
    let gap = told("{ branches = 51, lines = 100 }", &[("lcov.info", &lcov(&one))]);
    assert!(gap.contains("1 of 2 branches (50 %, of which 51 are asked) ran"), "{gap}");
    assert!(gap.contains("kiln/oven.py:6:1 1 of 2 ways on were never taken"), "{gap}");
    let elsewhere = lcov(whole) + "TN:\nSF:kiln/door.py\nDA:1,1\nBRDA:1,0,0,1\nend_of_record\n";
    assert_eq!(told("{ branches = 100 }", &[("lcov.info", &elsewhere)]), "", "code without choices has no branch to take");
    // Each of two runs took one way, and nothing says whether it was the same.
    let twice = told("{ branches = 100 }", &[("a.lcov", &lcov(&one)), ("b.lcov", &lcov(&one))]);
    assert!(twice.contains("not assessed: several coverage files have branches of the same lines"), "{twice}");
}

#[test]
fn a_demand_that_cannot_be_assessed_is_told() {
    let half = lcov(HALF);
    let unmarked = OVEN.replace("Implements: REQ-KILN-001", "Heats.");
    let short = "def heat(to):\n    \"\"\"Implements: REQ-KILN-001\"\"\"\n    return to\n";
    let foreign = "TN:\nSF:kiln/door.py\nDA:1,1\nend_of_record\n";
    for (why, files) in [
        ("no coverage file was read", vec![]),
        ("nothing says which code implements it", vec![("lcov.info", half.as_str()), ("kiln/oven.py", &unmarked)]),
        ("the coverage does not have the implementing code", vec![("lcov.info", foreign), ("kiln/door.py", "x = 1\n")]),
        ("the coverage is of another version", vec![("lcov.info", &half), ("kiln/oven.py", short)]),
        ("the coverage has no line of the implementing code", vec![("lcov.info", &lcov("DA:1,1\n"))]),
    ] {
        let told = told("{ lines = 1 }", &files);
        assert!(
            told.contains(&format!(
                "Whether 1 % of the lines of the code of REQ-KILN-001 ran, as a policy asks, is not assessed: {why}"
            )),
            "{why}: {told}"
        );
    }
    let policy = "[[policy]]\nrequirements = \"REQ-KILN-009\"\ncoverage = { lines = 90 }\n";
    let nobody = told("", &[("tracegate.toml", policy), ("lcov.info", &half)]);
    assert!(
        nobody.contains("A policy asks for coverage of the code of `REQ-KILN-009`, and none of these is defined"),
        "{nobody}"
    );
}

#[test]
fn who_asks_for_nothing_is_told_nothing() {
    let files = [("lcov.info", lcov(HALF)), ("docs/srs.md", SPECIFICATION.to_owned()), ("kiln/oven.py", OVEN.to_owned())];
    let files = files.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect();
    assert_eq!(rendered(&analyze_files(files), "S11"), "");
}
