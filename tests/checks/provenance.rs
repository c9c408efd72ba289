//! Where, by whom and of what commit a run was, and what becomes of its failures.

use super::evidence::tree;
use super::support::{analyze_files, rendered};
use tracegate::analysis::analyze;
use tracegate::discover::tree::Memory;
use tracegate::model::history::Change;
use tracegate::settings::{Baseline, Settings};

const CODE: (&str, &str) = (
    "tests/test_doors.py",
    "def test_opens():\n    \"\"\"Verifies: REQ-DOOR-001\"\"\"\n    assert works()\n\ndef test_lamp_glows():\n    assert works()\n",
);

/// The finding about failures of a run in which these entries fail, beside these documents.
fn failures(names: &[&str], documents: &[(&str, &str)]) -> String {
    let entry =
        |name: &&str| format!("<testcase classname=\"tests.test_doors\" name=\"{name}\"><failure message=\"no\"/></testcase>");
    let run = format!("<testsuite name=\"pytest\">{}</testsuite>", names.iter().map(entry).collect::<String>());
    let mut files = vec![CODE, ("results/junit.xml", run.as_str())];
    files.extend(documents);
    rendered(&tree(&files), "E10")
}

#[test]
fn failures_that_requirements_rely_on_are_told_once() {
    assert_eq!(failures(&["test_opens"], &[]), "");
    let told = failures(&["test_opens", "test_lamp_glows"], &[]);
    assert!(told.contains("1 failure in results/junit.xml") && told.contains("`test_lamp_glows`"), "{told}");
}

#[test]
fn results_that_tests_read_are_no_failures_of_the_project() {
    let run = |name: &str| {
        format!(
            "<testsuite name=\"pytest\"><testcase classname=\"tests.test_doors\" name=\"{name}\"><failure message=\"no\"/></testcase></testsuite>"
        )
    };
    let told = |path: &str, name: &str| rendered(&tree(&[CODE, (path, run(name).as_str())]), "E10");
    let deep = "tests/features/junit/02_failed/reports/tests.junit.xml";
    assert_eq!(told(deep, "test_strange"), "");
    assert!(told(deep, "test_lamp_glows").contains("1 failure"));
    assert!(told("tests/results/tests.junit.xml", "test_strange").contains("1 failure"));
    // A sample of a project has tests and their results.
    let folder = "tests/features/junit/02_failed";
    let (source, results) = (format!("{folder}/src/test_doors.py"), format!("{folder}/reports/run/junit.xml"));
    let run = run("test_broken").replace("tests.test_doors", "test_doors");
    let files = [(source.as_str(), "def test_broken():\n    assert works()\n"), (results.as_str(), run.as_str())];
    assert_eq!(rendered(&tree(&files), "E10"), "");
}

#[test]
fn a_record_that_names_the_test_and_decides_disposes_of_it() {
    let of = |path: &str, text: &str| failures(&["test_lamp_glows"], &[(path, text)]);
    let section =
        "# Release 2\n\n## Known issues\n\nThe lamp is dim: `test_lamp_glows` fails. Deferred to release 3.\n\n## Thanks\n";
    assert_eq!(of("docs/release.md", section), "");
    assert_eq!(of("docs/issues.csv", "id,test,decision\n7,test_lamp_glows,accepted by the board\n"), "");
    for (why, path, text) in [
        ("no decision", "docs/release.md", section.replace("Deferred to release 3.", "To be looked at.")),
        ("no record", "docs/release.md", section.replace("Known issues", "Lamps")),
        ("denied", "docs/release.md", section.replace("Deferred to release 3.", "It is not yet fixed.")),
        ("another test", "docs/release.md", section.replace("test_lamp_glows", "test_lamp_glows_red")),
        ("another section", "docs/release.md", section.replace("Deferred to release 3.", "") + "\nAll else was fixed.\n"),
    ] {
        assert!(of(path, &text).contains("`test_lamp_glows`"), "{why}");
    }
    let open = of("docs/release.md", &section.replace("Deferred to release 3.", ""));
    assert!(open.contains("docs/release.md:5:19 `test_lamp_glows` is named here, without a decision"), "{open}");
}

#[test]
fn what_is_decided_of_a_test_is_decided_of_its_cases() {
    let issues = ("docs/known-issues.md", "# Known issues\n\n- `test_lamp_glows`: accepted, the lamp is decoration\n");
    assert_eq!(failures(&["test_lamp_glows[red]", "test_lamp_glows[blue]"], &[issues]), "");
}

/// A matrix with these columns and this row.
fn signed(header: &str, row: &str, today: Option<&str>) -> String {
    let srs = "# SRS\n\n| Req ID | Requirement |\n|---|---|\n| REQ-DOOR-001 | The door shall open. |\n";
    let line = "|---".repeat(header.matches('|').count() - 1);
    let rtm = format!("# Traceability matrix\n\n{header}\n{line}|\n{row}\n");
    let files = [("docs/srs.md", srs), ("docs/rtm.md", rtm.as_str()), CODE];
    let files: Vec<(String, Vec<u8>)> = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    let settings = Settings { today: today.map(str::to_owned), ..Settings::default() };
    rendered(&analyze(&Memory::new(files), &settings), "E07")
}

#[test]
fn who_ran_a_test_and_when() {
    let of = |status: &str, who: &str, when: &str, today: Option<&str>| {
        let row = format!("| REQ-DOOR-001 | tests/test_doors.py::test_opens | {status} | {who} | {when} |");
        signed("| Req ID | Test | Status | Tester | Date |", &row, today)
    };
    assert_eq!(of("PASS", "A. Bo", "2024-03-01", Some("2024-03-01")), "");
    assert_eq!(of("PASS", "A. Bo", "2024-03-02", None), "", "nobody says what day it is");
    assert!(of("PASS", "A. Bo", "2024-03-02", Some("2024-03-01")).contains("is dated in the future"));
    assert_eq!(of("PASS", "A. Bo", "2 March 2024", Some("2024-03-01")), "", "no other form is compared");
    assert!(of("PASS", "", "2024-03-01", None).contains("does not say who ran it"));
    assert!(of("FAIL", "A. Bo", "TBD", None).contains("does not say when it was run"));
    assert_eq!(of("Pending", "", "", None), "", "it was not executed");
    assert_eq!(of("PASS", "-", "-", None), "", "a dash says that there is nothing to fill in");
    let without = signed("| Req ID | Test | Status |", "| REQ-DOOR-001 | tests/test_doors.py::test_opens | PASS |", None);
    assert_eq!(without, "", "nobody asks for it");
}

#[test]
fn results_that_are_older_than_their_commit() {
    let of = |made: Option<&str>, ran: &str, property: &str| {
        let (ran, before) = ran.split_once(' ').unwrap_or((ran, ""));
        let rtm = "# Traceability matrix\n\n- Tested commit: 4be01c7\n\n| Req ID | Test |\n|---|---|\n| REQ-DOOR-001 | tests/test_doors.py::test_opens |\n";
        let run = format!(
            "<testsuites><testsuite name=\"s\" timestamp=\"{ran}\">{property}<testcase classname=\"tests.test_doors\" name=\"test_opens\"/></testsuite>\
             <testsuite name=\"t\" timestamp=\"{before}\"/></testsuites>"
        );
        let files = [CODE, ("docs/rtm.md", rtm), ("results/junit.xml", &run)];
        let next = Change { commit: "91be7f3".to_owned(), author: "A. Miller".to_owned(), day: "2025-03-01".to_owned() };
        let none: [(&str, &str); 0] = [];
        let tree = Memory::new(files).after("4be01c7", next, none);
        let tree = if let Some(made) = made { tree.made_on(made) } else { tree };
        rendered(&analyze(&tree, &Settings::default()), "E07")
    };
    let made = Some("2024-03-05");
    let told = of(made, "2024-03-01T12:00:00 2019-01-01T00:00:00", "");
    assert!(
        told.contains(
            "results/junit.xml ran on 2024-03-01, and the commit `4be01c7`, whose evidence it is, was made on 2024-03-05"
        ),
        "{told}"
    );
    let named = |sha: &str| format!("<properties><property name=\"GITHUB_SHA\" value=\"{sha}\"/></properties>");
    assert!(of(made, "2024-03-01", &named("4be01c75c2d7e8b6a4f3c1d0e9b8a7f6c5d4e3b2")).contains("ran on 2024-03-01"));
    for (made, ran, property) in [
        (made, "2024-03-04T23:59:00", String::new()),
        (made, "2019-01-01T12:00:00 2024-03-09T12:00:00", String::new()),
        (made, "1970-01-01T00:00:00", String::new()),
        (made, "yesterday", String::new()),
        (None, "2024-03-01T12:00:00", String::new()),
        (made, "2024-03-01", named("90aa31f5c2d7e8b6a4f3c1d0e9b8a7f6c5d4e3b2")),
    ] {
        assert_eq!(of(made, ran, &property), "", "{ran}");
    }
}

#[test]
fn the_commit_of_a_run() {
    let of = |baseline: &str, name: &str, value: &str| {
        let rtm = format!(
            "# Traceability matrix\n\n- Tested commit: {baseline}\n\n| Req ID | Test |\n|---|---|\n| REQ-DOOR-001 | tests/test_doors.py::test_opens |\n"
        );
        let run = format!(
            "<testsuites><testsuite name=\"s\"><properties><property name=\"{name}\" value=\"{value}\"/></properties><testcase classname=\"tests.test_doors\" name=\"test_opens\"/></testsuite></testsuites>"
        );
        rendered(&tree(&[CODE, ("docs/rtm.md", &rtm), ("results/junit.xml", &run)]), "E11")
    };
    let other = "90aa31f5c2d7e8b6a4f3c1d0e9b8a7f6c5d4e3b2";
    for name in ["GITHUB_SHA", "git.commit.id", "CI_COMMIT_SHA", "revision"] {
        let told = of("4be01c7", name, other);
        assert!(told.starts_with("E11 error") && told.contains("is of a run on the commit `90aa31f5c2`"), "{name}: {told}");
    }
    assert_eq!(of("90aa31f", "GITHUB_SHA", other), "");
    assert_eq!(of("4be01c7", "note", other), "", "it is called something else");
    assert_eq!(of("4be01c7", "revision", "12"), "", "it is no commit");
    assert_eq!(of("v2.0", "revision", other), "", "a tag is not compared");
}

#[test]
fn the_branch_of_a_run_without_a_commit() {
    let of = |stated: &str, properties: &[(&str, &str)]| {
        let rtm = format!(
            "# Traceability matrix\n\n| Attribute | Value |\n|---|---|\n| Branch | {stated} |\n| Commit | 4be01c7 |\n\n\
             | Req ID | Test |\n|---|---|\n| REQ-DOOR-001 | tests/test_doors.py::test_opens |\n"
        );
        let said: String =
            properties.iter().map(|(name, value)| format!("<property name=\"{name}\" value=\"{value}\"/>")).collect();
        let run = format!(
            "<testsuite name=\"s\"><properties>{said}</properties><testcase classname=\"tests.test_doors\" name=\"test_opens\"/></testsuite>"
        );
        rendered(&tree(&[CODE, ("docs/rtm.md", &rtm), ("results/junit.xml", &run)]), "E11")
    };
    let told = of("`main`", &[("GITHUB_REF_NAME", "doors/quick")]);
    assert!(told.contains("is of a run on the branch `doors/quick`, and docs/rtm.md states the branch `main`"), "{told}");
    for (stated, name, branch) in [
        ("main", "branch", "main"),
        ("main", "BUILD_SOURCEBRANCH", "refs/heads/main"),
        ("release/2.1", "Build.SourceBranchName", "2.1"),
        ("TBD", "branch", "main"),
        ("the usual one", "branch", "main"),
        ("main", "note", "doors"),
    ] {
        assert_eq!(of(stated, &[(name, branch)]), "", "{stated} {branch}");
    }
    let commit = ("GITHUB_SHA", "4be01c75c2d7e8b6a4f3c1d0e9b8a7f6c5d4e3b2");
    assert_eq!(of("main", &[("GITHUB_REF_NAME", "doors"), commit]), "", "the commit says more than the branch");
}

#[test]
fn lists_of_digests_are_looked_at_where_they_vouch_for_evidence() {
    let files = |list: &str, text: &str| {
        let run = "<testsuite name=\"kiln\" tests=\"1\"><testcase classname=\"test_kiln\" name=\"test_logs\"/></testsuite>\n";
        let all = [(list, text), ("results/junit.xml", run), ("data/a.bin", "x")];
        let analysis = analyze_files(all.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect());
        let read = analysis.graph.inputs.iter().any(|input| input.path == list);
        (read, analysis.findings.iter().filter(|one| one.code == "E09").count())
    };
    let wrong = "0".repeat(64);
    assert_eq!(files("results/SHA256SUMS", &format!("{wrong}  junit.xml\n")), (true, 1));
    assert_eq!(files("results/junit.xml.sha256", &wrong), (true, 1));
    assert_eq!(files("SHA256SUMS.txt", &format!("{wrong} *results/junit.xml\n")), (true, 1));
    // Other files are no evidence.
    assert_eq!(files("data/SHA256SUMS", &format!("{wrong}  a.bin\n{wrong}  junit.xml\n")), (false, 0));
}

#[test]
fn evidence_that_was_sealed_and_is_gone_is_told() {
    let run = "<testsuite name=\"kiln\" tests=\"1\"><testcase classname=\"test_kiln\" name=\"test_logs\"/></testsuite>\n";
    let digest = tracegate::source::Text::decode(run.as_bytes().to_vec()).digest().to_owned();
    let told = |list: &str, text: &str, code: &str| {
        let all = [(list, text), ("results/junit.xml", run), ("data/a.bin", "x")];
        let analysis = analyze_files(all.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect());
        rendered(&analysis, code)
    };
    let list = format!("{digest}  junit.xml\n{digest}  night.xml\n{digest}  film.mp4\n");
    let found = told("results/SHA256SUMS", &list, "E09");
    assert!(found.contains("results/SHA256SUMS vouches for `night.xml`, which was not found"), "{found}");
    assert!(!found.contains("film.mp4"), "nothing of its kind is there: {found}");
    assert_eq!(told("SHA256SUMS", &format!("{digest}  results/junit.xml\n"), "E09"), "");
    let elsewhere =
        format!("{digest}  ../results/junit.xml\n{digest}  /ci/results/night.xml\n{digest}  ../results/./junit.xml\n");
    assert_eq!(told("seal/SHA256SUMS", &elsewhere, "E09"), "", "written from another folder");
    for list in ["results/SHA256SUMS", "results/junit.xml.sha256"] {
        let found = told(list, "# of run 7\n", "Q04");
        assert!(found.contains("the list states no SHA-256 digest"), "{list}: {found}");
    }
    for list in ["data/SHA256SUMS", "results/film.mp4.sha256"] {
        assert_eq!(told(list, "", "Q04"), "", "{list}");
    }
}

#[test]
fn the_baseline_that_is_asked_for_counts_where_none_is_stated() {
    let rtm = |head: &str| {
        format!(
            "# Traceability matrix\n\n{head}| Req ID | Test |\n|---|---|\n| REQ-DOOR-001 | tests/test_doors.py::test_opens |\n"
        )
    };
    let run = |sha: &str| {
        format!(
            "<testsuite name=\"s\"><properties><property name=\"GITHUB_SHA\" value=\"{sha}\"/></properties><testcase classname=\"tests.test_doors\" name=\"test_opens\"/></testsuite>"
        )
    };
    let (asked, other) = ("4be01c75c2d7e8b6a4f3c1d0e9b8a7f6c5d4e3b2", "90aa31f5c2d7e8b6a4f3c1d0e9b8a7f6c5d4e3b2");
    let of = |head: &str, sha: &str| {
        let srs = "# SRS\n\n| Req ID | Requirement |\n|---|---|\n| REQ-DOOR-001 | The door shall open. |\n";
        let (rtm, run) = (rtm(head), run(sha));
        let files = [("docs/srs.md", srs), CODE, ("docs/rtm.md", &rtm), ("results/junit.xml", &run)];
        let baseline = Some(Baseline { id: asked.to_owned(), name: "v2.0".to_owned() });
        rendered(&analyze(&Memory::new(files), &Settings { baseline, ..Settings::default() }), "E11")
    };
    assert_eq!(of("", asked), "");
    let told = of("", other);
    assert!(
        told.starts_with("E11 error") && told.contains("`90aa31f5c2`, and the baseline that is checked is v2.0, `4be01c75c2`"),
        "{told}"
    );
    assert_eq!(of("- Tested commit: 90aa31f\n\n", other), "", "the matrix says of what its evidence is");
}

#[test]
fn what_is_cited_with_its_whole_file_is_not_lost() {
    let rtm = |cited: &str| {
        format!("# Traceability matrix\n\n- Commit: 5d0c2aa\n\n| Req ID | Test |\n|---|---|\n| REQ-DOOR-001 | {cited} |\n")
    };
    let of = |now: &str| {
        let (then, now) = (rtm("tests/test_doors.py::test_opens, test_lamp_glows"), rtm(now));
        let files = [CODE, ("at-5d0c2aa/tests/test_doors.py", CODE.1), ("docs/rtm.md", &now), ("at-5d0c2aa/docs/rtm.md", &then)];
        rendered(&tree(&files), "M11")
    };
    assert_eq!(of("tests/test_doors.py"), "");
    assert!(
        of("tests/test_doors.py::test_opens").contains("not any more: test_lamp_glows"),
        "{}",
        of("tests/test_doors.py::test_opens")
    );
}
