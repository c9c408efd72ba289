//! `check --new-since`: only what is new closes the gate.

use super::command::{folder, outcome, refused};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

const SPECIFICATION: &str =
    "# Requirements\n\n### REQ-B-001: Lift\n\nThe crane shall lift.\n\n### REQ-B-002: Turn\n\nThe crane shall turn.\n";
const MATRIX: &str =
    "# Traceability matrix\n\n| Requirement ID | Test |\n|---|---|\n| REQ-B-001 | `test_lifts` |\n| REQ-B-002 | `test_turns` |\n";
const RUN: &str = "<testsuite name='pytest' tests='1'><testcase classname='test_crane' name='test_lifts'/></testsuite>";

pub(super) fn git(folder: &Path, args: &[&str]) {
    let names = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false", "-c", "protocol.file.allow=always"];
    let output = Command::new("git").args(names).args(args).current_dir(folder).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

pub(super) fn commit(folder: &Path, tag: &str) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "-m", tag]);
    git(folder, &["tag", tag]);
}

/// A repository whose matrix cites a test that never existed, at the tag `v1`; the results of the run are not committed.
pub(super) fn crane(name: &str) -> PathBuf {
    let folder = folder(name);
    fs::write(folder.join("srs.md"), SPECIFICATION).unwrap();
    fs::write(folder.join("rtm.md"), MATRIX).unwrap();
    fs::write(folder.join("test_crane.py"), "def test_lifts():\n    assert lift()\n").unwrap();
    git(&folder, &["init", "--quiet", "--initial-branch=main"]);
    commit(&folder, "v1");
    fs::write(folder.join("junit.xml"), RUN).unwrap();
    folder
}

#[test]
fn what_was_there_leaves_the_gate_open_and_is_told() {
    let folder = crane("since");
    let path = folder.to_str().unwrap();
    assert_eq!(outcome(&["check", path]).0, 1);
    fs::write(folder.join("rtm.md"), MATRIX.replace("# Traceability matrix", "# Traceability matrix\n\nMore words.")).unwrap();
    let (code, out, err) = outcome(&["check", path, "--new-since", "v1"]);
    assert_eq!(code, 0, "lines moved: {out}{err}");
    assert!(out.contains("known error[M02]") && out.contains("compared     since v1: new 0 · known "), "{out}");
    assert!(out.contains("(0 count as new)"), "{out}");

    fs::write(folder.join("rtm.md"), MATRIX.replace("test_turns", "test_spins")).unwrap();
    let (code, out, _) = outcome(&["check", path, "--new-since", "v1"]);
    assert!(code == 1 && out.contains("new error[M02]"), "another ghost: {out}");
    let json: serde_json::Value =
        serde_json::from_str(&outcome(&["check", path, "--new-since", "v1", "--format", "json"]).1).unwrap();
    super::json::assert_valid(&json);
    let ghost = json["findings"].as_array().unwrap().iter().find(|one| one["code"] == "M02").unwrap();
    assert_eq!((&ghost["new"], &json["since"]["name"], &json["verdict"]), (&true.into(), &"v1".into(), &"fail".into()));
    assert!(json["since"]["new"]["error"].as_u64() >= Some(1));
}

#[test]
fn who_changes_a_requirement_answers_for_its_findings() {
    let folder = crane("since-changed");
    let path = folder.to_str().unwrap();
    fs::write(folder.join("srs.md"), SPECIFICATION.replace("shall turn", "shall turn both ways")).unwrap();
    let (code, out, _) = outcome(&["check", path, "--new-since", "v1"]);
    assert!(code == 1 && out.contains("new error[M02]"), "{out}");
    fs::write(folder.join("srs.md"), SPECIFICATION.replace("shall turn", "shall\nturn")).unwrap();
    assert_eq!(outcome(&["check", path, "--new-since", "v1"]).0, 0, "other line breaks say nothing else");
}

#[test]
fn a_failure_of_the_run_counts_and_is_not_called_new_where_the_commit_has_no_results() {
    let folder = crane("since-run");
    let path = folder.to_str().unwrap();
    let (code, out, _) = outcome(&["check", path, "--new-since", "v1"]);
    assert!(code == 0 && out.contains(" · not compared: results of tests (v1 has none)\n"), "{out}");
    fs::write(folder.join("junit.xml"), RUN.replace("'test_lifts'/>", "'test_lifts'><failure/></testcase>")).unwrap();
    let (code, out, _) = outcome(&["check", path, "--new-since", "v1"]);
    assert!(code == 1 && out.contains("\nerror[E02]") && !out.contains("new error[E02]"), "{out}");
    assert!(out.contains("not compared 1 (they count as new) · not compared: results of tests (v1 has none)\n"), "{out}");
    let comment = outcome(&["check", path, "--new-since", "v1", "--format", "markdown"]).1;
    assert!(comment.contains("Not compared: results of tests") && !comment.contains("whether tests pass"), "{comment}");
    // A report knows what its run came to.
    let saved = folder.join("saved.json");
    outcome(&["check", path, "--format", "json", "--output", saved.to_str().unwrap()]);
    let (code, out, _) = outcome(&["check", path, "--new-since", saved.to_str().unwrap()]);
    assert!(code == 0 && out.contains("known error[E02]") && !out.contains("not compared"), "{out}");
    // Nothing ran, here as there: that is no excuse.
    fs::remove_file(folder.join("junit.xml")).unwrap();
    let (code, out, _) = outcome(&["check", path, "--new-since", "v1"]);
    assert!(code == 1 && out.contains("\nerror[E01]") && out.contains("not compared 1 (they count as new)"), "{out}");
    outcome(&["check", path, "--format", "json", "--output", saved.to_str().unwrap()]);
    assert_eq!(outcome(&["check", path, "--new-since", saved.to_str().unwrap()]).0, 1);
}

#[test]
fn absent_input_is_never_known() {
    let folder = crane("since-input");
    let path = folder.to_str().unwrap();
    fs::write(folder.join("tracegate.toml"), "[tests]\nresults = [\"junit.xml\"]\ncoverage = [\"build/cov.json\"]\n").unwrap();
    let (code, out, _) = outcome(&["check", path, "--new-since", "v1"]);
    assert!(code == 1 && out.contains("\nerror[E12]") && out.contains("`build/cov.json`"), "{out}");
}

#[test]
fn a_saved_report_stands_in_for_a_commit() {
    let folder = crane("since-report");
    let (path, saved) = (folder.to_str().unwrap(), folder.join("saved.json"));
    let saved = saved.to_str().unwrap();
    assert_eq!(outcome(&["check", path, "--format", "json", "--output", saved]).0, 1);
    let (code, out, _) = outcome(&["check", path, "--new-since", saved]);
    assert!(code == 0 && out.contains("known error[M02]"), "{out}");
    fs::write(folder.join("junit.xml"), RUN.replace("'test_lifts'/>", "'test_lifts'><failure/></testcase>")).unwrap();
    assert_eq!(outcome(&["check", path, "--new-since", saved]).0, 1);
    for (text, why) in [
        ("", "EOF"),
        ("{}", "missing field"),
        ("{\"schema\": 2, \"summary\": {\"results\": 0}, \"requirements\": [], \"findings\": []}", "version 2"),
    ] {
        fs::write(saved, text).unwrap();
        let told = refused(&["check", path, "--new-since", saved]);
        assert!(told.contains("is no report to compare with") && told.contains(why), "{told}");
    }
}

#[test]
fn what_a_waiver_accepted_is_new_once_it_is_void() {
    let folder = crane("since-waived");
    let (path, saved) = (folder.to_str().unwrap(), folder.join("saved.json"));
    let saved = saved.to_str().unwrap();
    let mark = outcome(&["trace", "REQ-B-002", path]).1;
    let mark = &mark.split_once("fingerprint of the text: ").unwrap().1[..16];
    let waiver = format!(
        "[[waiver]]\nid = \"W-1\"\ncheck = \"M02\"\nsubject = \"REQ-B-002\"\nfingerprint = \"{mark}\"\nreason = \"a\"\nrisk = \"b\"\n\
         requested_by = \"c\"\napproved_by = \"d\"\nexpires = 2031-01-31\n"
    );
    fs::write(folder.join("tracegate.waivers.toml"), waiver).unwrap();
    let (code, out, _) = outcome(&["check", path, "--format", "json", "--output", saved]);
    assert_eq!(code, 0, "{out}");
    fs::remove_file(folder.join("tracegate.waivers.toml")).unwrap();
    let (code, out, _) = outcome(&["check", path, "--new-since", saved]);
    assert!(code == 1 && out.contains("new error[M02]"), "{out}");
}

#[test]
fn what_cannot_be_compared_is_refused_or_told() {
    let folder = crane("since-refused");
    let path = folder.to_str().unwrap();
    let text = refused(&["check", path, "--new-since", "v9"]);
    assert!(text.contains("no revision `v9`") && text.contains("--format json"), "{text}");
    let file = folder.join("srs.md");
    assert!(refused(&["check", file.to_str().unwrap(), "--new-since", "v1", "--no-results"]).contains("is a file"));

    let part = self::folder("since-refused-part");
    fs::write(part.join("a.txt"), "a").unwrap();
    git(&part, &["init", "--quiet", "--initial-branch=main"]);
    commit(&part, "v1");
    git(&folder, &["submodule", "--quiet", "add", part.to_str().unwrap(), "part"]);
    commit(&folder, "v2");
    let (_, out, err) = outcome(&["check", path, "--new-since", "v2"]);
    assert!(out.contains("not compared: part (a submodule is not part of the commit)"), "{out}{err}");

    fs::write(folder.join("tracegate.toml"), "[tests]\nroot = \"part\"\n").unwrap();
    let text = refused(&["check", path, "--new-since", "v1"]);
    assert!(text.contains("the tests live in another tree") && text.contains("Save a report"), "{text}");
}

#[test]
fn a_place_that_could_not_be_read_is_compared_and_a_lost_file_counts() {
    let folder = crane("since-unread");
    let path = folder.to_str().unwrap();
    fs::write(folder.join("more.xml"), "<testsuite><testcase name='a'").unwrap();
    git(&folder, &["add", "more.xml"]);
    commit(&folder, "v2");
    let (code, out, _) = outcome(&["check", path, "--new-since", "v2"]);
    assert!(code == 1 && out.contains("\nerror[Q04]"), "{out}");
    fs::remove_file(folder.join("more.xml")).unwrap();
    let loose = "\nMore of them:\n\n| REQ ID | Requirement |\n| REQ-B-003 | The crane shall stop. |\n| REQ-B-004 | The crane shall beep. |\n";
    fs::write(folder.join("srs.md"), format!("{SPECIFICATION}{loose}")).unwrap();
    commit(&folder, "v3");
    let (_, out, _) = outcome(&["check", path, "--new-since", "v3"]);
    assert!(out.contains("known warning[Q04]"), "{out}");
}

#[test]
fn a_gap_that_is_closed_does_not_make_the_others_new() {
    let folder = folder("since-closed");
    let path = folder.to_str().unwrap();
    let gaps: String = (1..6).map(|n| format!("### REQ-D-00{n}: Part {n}\n\nThe door shall have part {n}.\n\n")).collect();
    fs::write(folder.join("srs.md"), format!("# Requirements\n\n{gaps}")).unwrap();
    let test = |n: u32| format!("def test_part_{n}():\n    \"\"\"Verifies: REQ-D-00{n}\"\"\"\n    assert part({n})\n\n\n");
    fs::write(folder.join("test_door.py"), test(1)).unwrap();
    git(&folder, &["init", "--quiet", "--initial-branch=main"]);
    commit(&folder, "v1");
    let saved = folder.join("saved.json");
    let saved = saved.to_str().unwrap();
    assert_eq!(outcome(&["check", path, "--no-results", "--format", "json", "--output", saved]).0, 1);
    for tests in [test(1) + &test(2), test(1) + &test(2) + &test(3)] {
        fs::write(folder.join("test_door.py"), tests).unwrap();
        for since in ["v1", saved] {
            let (code, out, _) = outcome(&["check", path, "--no-results", "--new-since", since]);
            assert!(code == 0 && out.contains("known error[T01]") && !out.contains("new error"), "{since}: {out}");
        }
    }
    fs::write(folder.join("test_door.py"), test(2)).unwrap();
    let (code, out, _) = outcome(&["check", path, "--no-results", "--new-since", "v1"]);
    assert!(code == 1 && out.contains("new error[T01]"), "REQ-D-001 lost its test: {out}");
}

#[test]
fn a_comment_shows_first_what_is_new_and_lost() {
    let folder = crane("since-comment");
    let (path, saved) = (folder.to_str().unwrap(), folder.join("saved.json"));
    let saved = saved.to_str().unwrap();
    outcome(&["check", path, "--format", "json", "--output", saved]);
    fs::write(folder.join("rtm.md"), MATRIX.replace("test_lifts", "test_hoists")).unwrap();
    let name = |text: String| text.replace(saved, "saved.json");
    let comment = name(outcome(&["check", path, "--new-since", saved, "--format", "markdown"]).1);
    super::snapshot("since_markdown", &comment);
    let order = [
        "## tracegate: fail",
        "### New since",
        "test_hoists",
        "### Lost since",
        "### Changed since",
        "### Not new",
        "| verified |",
    ];
    let places: Vec<usize> = order.iter().map(|what| comment.find(what).unwrap_or_else(|| panic!("{what}: {comment}"))).collect();
    assert!(places.is_sorted(), "{places:?} {comment}");
    let all = name(outcome(&["check", path, "--new-since", saved, "--format", "markdown", "--all"]).1);
    assert!(!comment.contains("known error") && all.contains("known error"), "{all}");
}

/// A repository whose matrix cites so many tests that do not exist, at the tag `v1`.
fn ghosts(name: &str, names: &[&str]) -> PathBuf {
    let folder = folder(name);
    fs::write(folder.join("rtm.md"), cited(names)).unwrap();
    let requirements: String =
        (1..=6).map(|at| format!("### REQ-B-00{at}: Rule {at}\n\nThe crane shall keep rule {at}.\n\n")).collect();
    fs::write(folder.join("srs.md"), format!("# Requirements\n\n{requirements}")).unwrap();
    let tests: String = (1..=6).map(|at| format!("def test_rule_{at}():\n    assert rule({at})\n\n\n")).collect();
    fs::write(folder.join("test_crane.py"), tests).unwrap();
    git(&folder, &["init", "--quiet", "--initial-branch=main"]);
    commit(&folder, "v1");
    folder
}

fn cited(names: &[&str]) -> String {
    let rows: String = (1..).zip(names).map(|(at, name)| format!("| REQ-B-00{at} | `test_crane.py::{name}` |\n")).collect();
    format!("# Traceability matrix\n\n| Requirement ID | Test |\n|---|---|\n{rows}")
}

#[test]
fn what_is_left_of_several_that_were_told_together_is_known() {
    let all = ["test_gone_1", "test_gone_2", "test_gone_3", "test_gone_4", "test_gone_5", "test_rule_6"];
    let folder = ghosts("since-parts", &all);
    let path = folder.to_str().unwrap();
    let saved = folder.join("before.json");
    let with = |since: &str, names: &[&str]| {
        fs::write(folder.join("rtm.md"), cited(names)).unwrap();
        outcome(&["check", "--no-results", "--new-since", since, path]).0
    };
    let (code, ..) = outcome(&["check", "--no-results", "--format", "json", "--output", saved.to_str().unwrap(), path]);
    assert_eq!(code, 1);
    for since in ["v1", saved.to_str().unwrap()] {
        // One is mended, then so many that the others are told one by one.
        for mended in 1..=3 {
            let names: Vec<&str> =
                (0..6).map(|at| if at < mended { ["test_rule_1", "test_rule_2", "test_rule_3"][at] } else { all[at] }).collect();
            assert_eq!(with(since, &names), 0, "{since}: {mended}");
        }
        // Another that is missing is new, also where it takes the place of one.
        let swapped = ["test_lost_1", "test_gone_2", "test_gone_3", "test_gone_4", "test_gone_5", "test_rule_6"];
        assert_eq!(with(since, &swapped), 1, "{since}");
        let more = ["test_gone_1", "test_gone_2", "test_gone_3", "test_gone_4", "test_gone_5", "test_lost_6"];
        assert_eq!(with(since, &more), 1, "{since}");
    }
}
