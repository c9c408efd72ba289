//! The real binary: usage, exit codes, files and pipes.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of one test, empty at its start.
pub(super) fn folder(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("command").join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).unwrap();
    folder
}

pub(super) fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tracegate"));
    command.args(args).current_dir(env!("CARGO_MANIFEST_DIR")).env("LC_ALL", "C.UTF-8");
    for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "GIT_INDEX_FILE"] {
        command.env_remove(name);
    }
    command
}

fn run(args: &[&str]) -> Output {
    command(args).output().unwrap()
}

/// Exit code, standard output, standard error.
pub(super) fn outcome(args: &[&str]) -> (i32, String, String) {
    let output = run(args);
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

/// A command that could not check: one line of cause, one of help, nothing on standard output.
pub(super) fn refused(args: &[&str]) -> String {
    let (code, out, err) = outcome(args);
    assert_eq!((code, out.as_str()), (2, ""), "{args:?}: {err}");
    assert!(err.starts_with("error: "), "{err}");
    assert!(!err.contains("panicked"), "{err}");
    err
}

const PUMP: &str = "examples/pump";

#[test]
fn findings_exit_with_1_and_a_threshold_of_never_with_0() {
    let (code, out, err) = outcome(&["check", PUMP]);
    assert_eq!((code, err.as_str()), (1, ""));
    assert!(out.contains("S01 level-missing · 3 errors"), "{out}");
    assert!(!out.contains('\u{1b}'), "no colours where there is no terminal");
    let (code, open, _) = outcome(&["check", PUMP, "--fail-on", "never"]);
    assert_eq!(code, 0);
    assert!(open.contains("\nno gate: 12 errors") && !open.contains("\npass"), "{open}");
    for format in tracegate::report::FORMATS {
        assert_eq!(outcome(&["check", PUMP, "--format", format.name]).0, 1, "{} does not change the code", format.name);
        assert_eq!(outcome(&["check", PUMP, "--format", format.name, "--fail-on", "never"]).0, 0, "{}", format.name);
    }
}

#[test]
fn a_clean_set_exits_with_0_and_without_its_results_with_1() {
    let folder = folder("clean");
    let path = folder.to_str().unwrap();
    fs::write(folder.join("srs.md"), "# Requirements\n\n### REQ-A-001: Stop\n\nThe pump shall stop.\n").unwrap();
    fs::write(folder.join("test_a.py"), "def test_stop():\n    \"\"\"Verifies: REQ-A-001\"\"\"\n    assert stop()\n").unwrap();

    let (code, out, _) = outcome(&["check", path]);
    assert_eq!(code, 1, "{out}");
    assert!(out.contains("No test results were read"), "{out}");

    let (code, out, _) = outcome(&["check", path, "--no-results"]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("not assessed 1 (1: "), "nothing ran, so it is not verified: {out}");
    assert!(out.contains("0 of 1 requirement verified, 1 not assessed"), "{out}");

    let run = "<testsuite name='pytest' tests='1'><testcase classname='test_a' name='test_stop'/></testsuite>";
    fs::write(folder.join("junit.xml"), run).unwrap();
    let (code, out, _) = outcome(&["check", path]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("1 of 1 requirement verified, 0 not assessed"), "{out}");
    // A test that is new has no result yet, and before the run nobody asks for one.
    let more = "def test_stop():\n    \"\"\"Verifies: REQ-A-001\"\"\"\n    assert stop()\n\ndef test_stop_again():\n    \"\"\"Verifies: REQ-A-001\"\"\"\n    assert stop()\n";
    fs::write(folder.join("test_a.py"), more).unwrap();
    assert_eq!(outcome(&["check", path]).0, 1);
    assert_eq!(outcome(&["check", path, "--no-results"]).0, 0);
}

#[test]
fn usage_errors_exit_with_2() {
    assert!(refused(&["check", "--wrong"]).contains("--wrong"));
    assert!(refused(&["check", PUMP, "--fail-on", "sometimes"]).contains("possible values: error, warning, never"));
    assert!(refused(&["check", PUMP, "--format", "yaml"]).contains("possible values: text, json, sarif"));
    assert!(refused(&["check", PUMP, "--threads", "0"]).contains("--threads"));
    assert!(refused(&["list", "everything"]).contains("requirements, tests, records, files, checks"));
    let (code, out, err) = outcome(&[]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("Usage: tracegate") && err.contains("Exit codes:"), "{err}");
}

#[test]
fn one_run_writes_several_reports() {
    let folder = folder("also");
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let also = [format!("sarif={}", path("a.sarif")), format!("junit={}", path("a.xml"))];
    let (code, out, err) = outcome(&["check", PUMP, "--also", &also[0], "--also", &also[1]]);
    assert_eq!((code, err.as_str()), (1, ""));
    assert_eq!(out, outcome(&["check", PUMP]).1, "what the terminal shows stays");
    for (format, file) in [("sarif", "a.sarif"), ("junit", "a.xml")] {
        let alone = outcome(&["check", PUMP, "--format", format]);
        assert_eq!((1, fs::read_to_string(folder.join(file)).unwrap()), (alone.0, alone.1), "{format}");
    }
}

#[test]
fn reports_that_lie_in_the_tree_are_no_evidence() {
    let folder = folder("own-reports");
    let path = folder.to_str().unwrap().to_owned();
    let requirement = "# Requirements\n\n### REQ-A-001: Stop\n\nThe pump shall stop.\n";
    fs::write(folder.join("srs.md"), requirement).unwrap();
    fs::write(folder.join("test_a.py"), "def test_stop():\n    \"\"\"Verifies: REQ-A-001\"\"\"\n    assert stop()\n").unwrap();
    let names =
        [("sarif", "a.sarif.json"), ("junit", "a.xml"), ("gitlab", "a.gitlab.json"), ("json", "a.json"), ("markdown", "a.md")];
    let also: Vec<String> =
        names.iter().flat_map(|(format, name)| ["--also".to_owned(), format!("{format}={path}/{name}")]).collect();
    let args: Vec<&str> = ["check", &path].into_iter().chain(also.iter().map(String::as_str)).collect();
    let first = outcome(&args);
    assert!(first.1.contains("No test results were read"), "{}", first.1);
    assert_eq!(outcome(&args), first);
    assert!(outcome(&["list", "files", &path]).1.matches("a report of tracegate itself").count() == 4);
}

#[test]
fn a_further_report_needs_a_format_and_a_file_of_its_own() {
    assert!(refused(&["check", PUMP, "--also", "yaml=a"]).contains("possible formats: text, json, sarif"));
    assert!(refused(&["check", PUMP, "--also", "sarif"]).contains("name a file: sarif=FILE"));
    assert!(refused(&["check", PUMP, "--also", "sarif=no/such/folder/a"]).contains("failed to write `no/such/folder/a`"));
    let twice = refused(&["check", PUMP, "--also", "sarif=target/x", "--format", "json", "--output", "target/x"]);
    assert!(twice.contains("two reports would go into `target/x`"), "{twice}");
}

#[test]
fn services_get_paths_from_the_folder_that_the_command_was_started_in() {
    let starts = |args: &[&str], with: &str| {
        let all = [&["check", "--format", "github"], args].concat();
        let (_, out, _) = outcome(&all);
        assert!(out.lines().any(|line| line.starts_with(with)), "{args:?}: {out}");
    };
    starts(&[PUMP], "::error file=examples/pump/docs/PUMP-RTM.md,");
    starts(&["./examples/pump/"], "::error file=examples/pump/docs/PUMP-RTM.md,");
    starts(&["examples/pump/docs/PUMP-RS.md"], "::error file=examples/pump/docs/PUMP-RS.md,");
    starts(&["examples/pump/docs", "examples/pump/records"], "::error file=examples/pump/docs/PUMP-RTM.md,");
    // Nothing leads from the root of a repository to what lies beside it.
    let elsewhere = Path::new(env!("CARGO_MANIFEST_DIR")).join(PUMP);
    starts(&[elsewhere.to_str().unwrap()], "::error file=docs/PUMP-RTM.md,");
}

#[test]
fn help_and_version_exit_with_0() {
    for args in
        [&["--help"][..], &["--version"], &["help", "check"], &["check", "--help"], &["trace", "--help"], &["list", "--help"]]
    {
        let (code, out, _) = outcome(args);
        assert_eq!(code, 0, "{args:?}");
        assert!(out.contains("tracegate") || out.contains("Usage"), "{out}");
    }
}

#[test]
fn nothing_to_check_is_never_a_pass() {
    let empty = folder("empty");
    assert!(refused(&["check", "no/such/folder"]).contains("`no/such/folder`"));
    assert!(refused(&["check", empty.to_str().unwrap()]).contains("has no files"));
    fs::write(empty.join("notes.md"), "# Notes\n\nNothing to see.\n").unwrap();
    let text = refused(&["check", empty.to_str().unwrap(), "--fail-on", "never"]);
    assert!(text.contains("no requirement was found"), "{text}");
    assert!(text.contains("tracegate list files"), "{text}");
    assert!(text.contains("looked at: 1 document or data file, 0 source files with 0 tests and helpers"), "{text}");
    let source = "def test_a():\n    \"\"\"Verifies: PUMP-001, PUMP-002, PUMP-003\"\"\"\n    assert stop()\n";
    fs::write(empty.join("test_a.py"), source).unwrap();
    let text = refused(&["check", empty.to_str().unwrap()]);
    assert!(text.contains("name 3 identifiers that nothing here defines, PUMP-001 first (test_a.py:2)"), "{text}");
    fs::write(empty.join("broken.xml"), "<testsuite><testcase name=").unwrap();
    refused(&["check", empty.join("broken.xml").to_str().unwrap()]);
}

#[test]
fn records_alone_are_checked_where_the_configuration_names_them() {
    let folder = folder("records-alone");
    let path = folder.to_str().unwrap();
    fs::create_dir(folder.join("records")).unwrap();
    let record = "---\nstatus: Draft\n---\n# CR-001: Quieter pump\n";
    fs::write(folder.join("records/CR-001.md"), record).unwrap();
    for command in ["check", "accept", "matrix"] {
        let all = if command == "accept" { &["accept", "--all", "--path", path][..] } else { &[command, path] };
        let text = refused(all);
        assert!(text.contains("clue: 1 controlled record stands here; `tracegate list records` shows it"), "{text}");
        assert!(text.contains("records = [\"records/**\"]") && !text.contains("no check found"), "{text}");
    }
    let text = refused(&["check", "tests/fixtures/open-action/defect"]);
    assert!(text.contains("about them; nothing says that they are all that there is to check"), "{text}");
    assert!(text.contains("\n  P07 warning records/"), "what was found about records is told\n{text}");
    fs::write(folder.join("tracegate.toml"), "[documents]\nrecords = [\"records/**\"]\n").unwrap();
    let (code, out, _) = outcome(&["check", path]);
    assert_eq!(code, 0, "{out}");
    assert!(out.contains("requirements 0 in 0 specifications\nrecords      1 controlled record\n"), "{out}");
    assert!(out.contains("pass: 0 errors, 0 warnings, 0 remarks; no requirement; 1 controlled record read"), "{out}");
    assert!(!refused(&["matrix", path]).contains("records = ["), "they are named already");
    // Whoever names requirements had some.
    let source = "def test_a():\n    \"\"\"Verifies: PUMP-001, PUMP-002, PUMP-003\"\"\"\n    assert stop()\n";
    fs::write(folder.join("test_a.py"), source).unwrap();
    assert!(refused(&["check", path]).contains("no requirement was found"));
    fs::remove_file(folder.join("test_a.py")).unwrap();
    fs::create_dir(folder.join(".audit")).unwrap();
    fs::write(folder.join(".audit/CR-001.jsonl"), "{bad\n").unwrap();
    assert_eq!(outcome(&["check", path]).0, 1);
    fs::remove_dir_all(folder.join("records")).unwrap();
    let (code, out, err) = outcome(&["check", path]);
    assert!(code != 0, "no record was read: {out}{err}");
}

#[test]
fn what_is_not_in_force_is_nothing_to_check() {
    let folder = folder("planned");
    fs::write(folder.join("srs.md"), "# Requirements\n\n## Deferred\n\n### REQ-A-001: Stop\n\nThe pump shall stop.\n").unwrap();
    let text = refused(&["check", folder.to_str().unwrap()]);
    assert!(text.contains("no requirement is in force and verified by a test, of 1 in all"), "{text}");
}

#[test]
fn a_configuration_that_says_nothing_valid_exits_with_2() {
    let folder = folder("config");
    fs::write(folder.join("srs.md"), "# Requirements\n\n### REQ-A-001: Stop\n\nThe pump shall stop.\n").unwrap();
    fs::write(folder.join("tracegate.toml"), "[documents]\nspecs = []\n").unwrap();
    let path = folder.to_str().unwrap();
    let text = refused(&["check", path]);
    assert!(text.contains("tracegate.toml:2:1: unknown field `specs`"), "{text}");
    assert!(text.contains(" 2 │ specs = []"), "{text}");
    fs::write(folder.join("other.toml"), "[severity]\nT01 = \"off\"\n").unwrap();
    let other = folder.join("other.toml");
    assert_eq!(outcome(&["check", path, "--config", other.to_str().unwrap()]).0, 0, "it overrides the one in the folder");
    assert!(refused(&["check", path, "--config", "missing.toml"]).contains("missing.toml"));
    fs::write(&other, "[tests]\nroot = \"../nowhere\"\n").unwrap();
    assert!(refused(&["check", path, "--config", other.to_str().unwrap()]).contains("root of the tests"));
    fs::write(&other, "[tests]\nbaseline = \"v9.9-no-such-revision\"\n").unwrap();
    refused(&["check", path, "--config", other.to_str().unwrap()]);
}

#[test]
fn a_pattern_that_ignores_nothing_is_told() {
    let folder = folder("idle");
    fs::write(folder.join("srs.md"), "# Requirements\n\n### REQ-A-001: Stop\n\nThe pump shall stop.\n").unwrap();
    fs::write(folder.join("tracegate.toml"), "[documents]\nignore = [\"srs.md\", \"old/**\"]\n").unwrap();
    let (_, _, err) = outcome(&["list", "files", folder.to_str().unwrap()]);
    assert_eq!(err, "note: the configuration ignores `old/**`, and no file matches\n");
}

#[test]
fn a_pattern_that_matches_nothing_is_shown_in_the_configuration() {
    let folder = folder("empty");
    fs::write(folder.join("srs.md"), "# Requirements\n\n### REQ-A-001: Stop\n\nThe pump shall stop.\n").unwrap();
    fs::write(folder.join("tracegate.toml"), "[documents]\nspecifications = [\"**\"]\nmatrices = [\"old/*.md\"]\n").unwrap();
    let (code, out, err) = outcome(&["check", folder.to_str().unwrap()]);
    assert_eq!(code, 1, "{out}{err}");
    assert!(out.contains("[tracegate.toml:3:13]"), "{out}");
}

#[test]
fn code_is_read_at_the_baseline_and_documents_as_they_are() {
    let folder = folder("baseline");
    let git = |args: &[&str]| {
        let names = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"];
        let output = Command::new("git").args(names).args(args).current_dir(&folder).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let matrix = "# Traceability matrix\n\n| Requirement ID | Test cases |\n|---|---|\n| REQ-A-001 | `test_a.py::test_stop` |\n";
    fs::write(folder.join("srs.md"), "# Requirements\n\n### REQ-A-001: Stop\n\nThe pump shall stop.\n").unwrap();
    fs::write(folder.join("test_a.py"), "def test_other():\n    assert stop()\n").unwrap();
    git(&["init", "--quiet"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "without the test"]);
    git(&["tag", "v1"]);
    fs::write(folder.join("rtm.md"), matrix).unwrap();
    fs::write(folder.join("test_a.py"), "def test_stop():\n    assert stop()\n").unwrap();
    let path = folder.to_str().unwrap();
    assert!(!outcome(&["check", path]).1.contains("M02"), "the test exists in the working tree");
    fs::write(folder.join("tracegate.toml"), "[tests]\nbaseline = \"v1\"\n").unwrap();
    let (code, out, err) = outcome(&["check", path]);
    assert_eq!(code, 1, "{out}{err}");
    assert!(out.contains("error[M02]"), "the test did not exist at the baseline: {out}{err}");
}

/// A repository in which the tag `v1` is the state before the last commit, and a bare clone of it.
fn released(name: &str) -> (PathBuf, PathBuf) {
    let (folder, bare) = (folder(name).join("lock"), folder(name).join("lock.git"));
    fs::create_dir_all(&folder).unwrap();
    let git = |args: &[&str]| {
        let names = ["-c", "user.name=a", "-c", "user.email=a@b", "-c", "commit.gpgsign=false"];
        let output = Command::new("git").args(names).args(args).current_dir(&folder).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let matrix = "# Traceability matrix\n\n| Requirement ID | Test |\n|---|---|\n| REQ-L-001 | `test_old` |\n";
    fs::write(folder.join("srs.md"), "# Requirements\n\n### REQ-L-001: Bolt\n\nThe lock shall bolt in 5 s.\n").unwrap();
    fs::write(folder.join("rtm.md"), matrix).unwrap();
    fs::write(folder.join("test_lock.py"), "def test_old():\n    assert bolt()\n").unwrap();
    git(&["init", "--quiet", "--initial-branch=main"]);
    git(&["add", "."]);
    git(&["commit", "--quiet", "-m", "one"]);
    git(&["tag", "v1"]);
    fs::write(folder.join("srs.md"), "# Requirements\n\n### REQ-L-001: Bolt\n\nThe lock shall bolt in 9 s.\n").unwrap();
    fs::write(folder.join("test_lock.py"), "def test_new():\n    assert bolt()\n").unwrap();
    git(&["commit", "--quiet", "--all", "-m", "two"]);
    git(&["clone", "--quiet", "--bare", ".", bare.to_str().unwrap()]);
    (folder, bare)
}

#[test]
fn a_baseline_can_be_asked_for() {
    let (folder, bare) = released("option");
    let path = folder.to_str().unwrap();
    assert!(outcome(&["check", path]).1.contains("error[M02]"), "the test has another name now");
    let (code, out, err) = outcome(&["check", path, "--baseline", "v1"]);
    assert!(!out.contains("M02") && out.contains("error[E05]"), "the requirement is read as it is now: {out}{err}");
    assert!(out.contains("says something else than at `v1`"), "{out}");
    assert_eq!(code, 1);
    for command in [["list", "tests"], ["trace", "REQ-L-001"]] {
        let args = [&command[..], &[path, "--baseline", "v1"]].concat();
        assert!(outcome(&args).1.contains("test_old"), "{command:?}");
    }
    // The command line goes above the configuration.
    fs::write(folder.join("tracegate.toml"), "[tests]\nbaseline = \"v1\"\n").unwrap();
    assert!(outcome(&["list", "tests", path, "--baseline", "main"]).1.contains("test_new"));
    fs::write(folder.join("tracegate.toml"), "[documents]\nbaseline = \"v1\"\n\n[tests]\nbaseline = \"v1\"\n").unwrap();
    let (_, out, err) = outcome(&["check", path, "--no-results"]);
    assert!(!out.contains("E05") && !out.contains("M02"), "all is read as it was: {out}{err}");
    // A repository in which nothing is checked out.
    let bare = bare.to_str().unwrap();
    assert!(outcome(&["list", "tests", bare, "--baseline", "v1"]).1.contains("test_old"));
    assert!(outcome(&["list", "tests", bare]).1.contains("test_new"));
}

#[test]
fn a_bare_repository_may_hold_the_tests() {
    let (folder, bare) = released("bare-root");
    let documents = folder.parent().unwrap().join("documents");
    fs::create_dir_all(&documents).unwrap();
    fs::copy(folder.join("srs.md"), documents.join("srs.md")).unwrap();
    fs::copy(folder.join("rtm.md"), documents.join("rtm.md")).unwrap();
    fs::write(documents.join("tracegate.toml"), format!("[tests]\nroot = {:?}\n", bare.to_str().unwrap())).unwrap();
    let path = documents.to_str().unwrap();
    assert!(outcome(&["list", "tests", path]).1.contains("lock/test_lock.py:1"));
    let (_, out, err) = outcome(&["trace", "REQ-L-001", path, "--baseline", "v1"]);
    assert!(out.contains("lock/test_lock.py:1") && out.contains("test_old"), "{out}{err}");
    // From a folder beside it, written as one writes it there.
    fs::write(documents.join("tracegate.toml"), "[tests]\nroot = \"../lock.git\"\n").unwrap();
    for args in [&["list", "tests"][..], &["list", "tests", "../lock.git"]] {
        let output = Command::new(env!("CARGO_BIN_EXE_tracegate")).args(args).current_dir(&documents).output().unwrap();
        let (out, err) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(out.contains("test_lock.py:1"), "{args:?}: {out}{err}");
    }
}

#[test]
fn a_revision_that_is_none_exits_with_2() {
    let (folder, _) = released("no-revision");
    let path = folder.to_str().unwrap();
    for revision in ["v9", "HEAD:srs.md", "0123456"] {
        let text = refused(&["check", path, "--baseline", revision]);
        assert!(text.contains(revision) && text.contains("git log"), "{text}");
    }
    fs::write(folder.join("tracegate.toml"), "[tests]\nprevious = \"v9\"\n").unwrap();
    assert!(refused(&["check", path]).contains("Check `previous` in the configuration"));
    let plain = self::folder("no-repository");
    fs::write(plain.join("srs.md"), "# Requirements\n\n### REQ-L-001: Bolt\n\nThe lock shall bolt.\n").unwrap();
    assert!(outcome(&["check", plain.to_str().unwrap(), "--baseline", "v1"]).0 == 2);
}

#[test]
fn tests_of_another_tree_are_found_at_its_root() {
    let folder = folder("two-trees");
    let (documents, code) = (folder.join("documents"), folder.join("code"));
    fs::create_dir_all(&documents).unwrap();
    fs::create_dir_all(code.join("unit")).unwrap();
    fs::write(documents.join("srs.md"), "# Requirements\n\n### REQ-A-001: Stop\n\nThe pump shall stop.\n").unwrap();
    let matrix =
        "# Traceability matrix\n\n| Requirement ID | Test cases |\n|---|---|\n| REQ-A-001 | `unit/test_a.py::test_stop` |\n";
    fs::write(documents.join("rtm.md"), matrix).unwrap();
    fs::write(code.join("unit/test_a.py"), "def test_stop():\n    assert stop()\n").unwrap();
    fs::write(documents.join("tracegate.toml"), "[tests]\nroot = \"../code\"\n").unwrap();
    let (_, out, err) = outcome(&["trace", "REQ-A-001", documents.to_str().unwrap()]);
    assert!(out.contains("code/unit/test_a.py:1"), "{out}{err}");
    let none = folder.join("none.toml");
    fs::write(&none, "").unwrap();
    let two = ["list", "files", documents.to_str().unwrap(), code.to_str().unwrap(), "--config", none.to_str().unwrap()];
    let (_, out, err) = outcome(&two);
    assert!(out.contains("code/unit/test_a.py") && out.contains("documents/rtm.md"), "{out}{err}");
}

#[cfg(unix)]
#[test]
fn a_link_to_an_output_file_stays_a_link() {
    let folder = folder("linked-output");
    let (file, link) = (folder.join("report.json"), folder.join("latest.json"));
    fs::write(&file, "old").unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    assert_eq!(outcome(&["check", PUMP, "--format", "json", "--output", link.to_str().unwrap()]).0, 1);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert!(fs::read_to_string(&file).unwrap().starts_with('{'));
}

#[test]
#[cfg(unix)]
fn an_output_that_is_a_pipe_or_a_link_stays_one() {
    let folder = folder("output-special");
    let pipe = folder.join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe).unwrap()
    });
    let (code, _, err) = outcome(&["check", PUMP, "--format", "json", "--output", pipe.to_str().unwrap()]);
    use std::os::unix::fs::FileTypeExt;
    assert!(fs::metadata(&pipe).unwrap().file_type().is_fifo(), "it was replaced by a file");
    assert_eq!((code, err.as_str()), (1, ""));
    assert!(reader.join().unwrap().starts_with("{\n"));
    let (file, link) = (folder.join("file"), folder.join("link"));
    fs::write(&file, "old").unwrap();
    std::os::unix::fs::symlink(&file, &link).unwrap();
    outcome(&["check", PUMP, "--format", "json", "--output", link.to_str().unwrap()]);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink() && fs::read_to_string(&file).unwrap().starts_with("{\n"));
}

#[test]
fn an_output_file_is_replaced_as_a_whole_or_not_at_all() {
    let folder = folder("output");
    let file = folder.join("report.json");
    fs::write(&file, "old").unwrap();
    assert_eq!(outcome(&["check", "no/such", "--output", file.to_str().unwrap()]).0, 2);
    assert_eq!(fs::read_to_string(&file).unwrap(), "old");
    let (code, out, _) = outcome(&["check", PUMP, "--format", "json", "--output", file.to_str().unwrap()]);
    assert_eq!((code, out.as_str()), (1, ""));
    let report: serde_json::Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    super::json::assert_valid(&report);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1, "no temporary file is left");
    refused(&["check", PUMP, "--output", folder.to_str().unwrap()]);
    refused(&["check", PUMP, "--output", "no/such/folder/report.txt"]);
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let mut child = command(&["check", PUMP, "--all"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!((child.wait().unwrap().code(), err.as_str()), (Some(0), ""));
}

#[test]
fn colours_are_used_when_asked_for() {
    assert!(outcome(&["check", PUMP, "--color", "always"]).1.contains("\u{1b}["));
    let ascii = command(&["check", PUMP]).env("LC_ALL", "C").output().unwrap();
    assert!(!String::from_utf8(ascii.stdout).unwrap().contains('│'));
}

#[test]
fn the_same_input_gives_the_same_bytes_with_any_number_of_threads() {
    for format in tracegate::report::FORMATS.iter().map(|format| format.name) {
        let one = run(&["check", PUMP, "--format", format, "--threads", "1"]).stdout;
        assert_eq!(one, run(&["check", PUMP, "--format", format, "--threads", "8"]).stdout);
    }
}

#[test]
fn trace_shows_a_requirement_a_test_and_a_file() {
    let (code, out, _) = outcome(&["trace", "REQ-PUMP-011", PUMP]);
    assert_eq!(code, 0);
    // The words of findings belong to the checks.
    let without_findings = |text: &str| text.split("  findings\n").next().unwrap().to_owned();
    assert!(out.contains("  findings\n    error[S01]"), "{out}");
    super::snapshot("trace_requirement", &without_findings(&out));
    super::snapshot("trace_test", &without_findings(&outcome(&["trace", "test_remote_flag", PUMP]).1));
    super::snapshot("trace_record", &without_findings(&outcome(&["trace", "inv-003", PUMP]).1));
    super::snapshot("trace_file", &without_findings(&outcome(&["trace", "records/INV-003.md", PUMP]).1));
    let json: serde_json::Value = serde_json::from_str(&outcome(&["trace", "req-pump-011", PUMP, "--format", "json"]).1).unwrap();
    assert_eq!(json["chains"][0]["namespace"], "PUMP-RS");
    assert!(refused(&["trace", "REQ-PUMP-111", PUMP]).contains("Did you mean `REQ-PUMP-011`"));
}

#[test]
fn lists_show_what_was_found() {
    for what in ["requirements", "tests", "records", "files"] {
        let (code, out, _) = outcome(&["list", what, PUMP]);
        assert_eq!(code, 0);
        super::snapshot(&format!("list_{what}"), &out);
        let json: serde_json::Value = serde_json::from_str(&outcome(&["list", what, PUMP, "--format", "json"]).1).unwrap();
        assert!(json[what].as_array().is_some_and(|list| !list.is_empty()));
    }
    let checks: serde_json::Value = serde_json::from_str(&outcome(&["list", "checks", "--format", "json"]).1).unwrap();
    assert_eq!(checks["checks"].as_array().unwrap().len(), tracegate::check::CHECKS.len());
}

#[test]
fn colours_follow_the_conventions() {
    let coloured = |variables: &[(&str, &str)], args: &[&str]| {
        let output = command(&[&["check", PUMP], args].concat()).envs(variables.iter().copied()).output().unwrap();
        String::from_utf8(output.stdout).unwrap().contains('\u{1b}')
    };
    assert!(!coloured(&[], &[]), "it is no terminal");
    assert!(coloured(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1"), ("TERM", "dumb")], &[]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "0")], &[]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[]));
    assert!(coloured(&[("NO_COLOR", "1")], &["--color", "always"]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1")], &["--color", "never"]));
}

#[test]
fn completions_of_each_shell_name_every_command_and_option() {
    let words = ["check", "trace", "diff", "list", "init", "explain", "new-since", "staged", "fail-on"];
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let (code, out, _) = outcome(&["completions", shell]);
        assert_eq!(code, 0);
        let missing: Vec<_> = words.iter().filter(|word| !out.contains(*word)).collect();
        assert!(missing.is_empty(), "{shell}: {missing:?}");
    }
    let file = folder("completions").join("tracegate.bash");
    fs::write(&file, outcome(&["completions", "bash"]).1).unwrap();
    let asked = "COMP_WORDS=(tracegate check --new); COMP_CWORD=2; _tracegate tracegate --new check; echo \"${COMPREPLY[@]}\"";
    let script = format!("set -eu; source '{}'; {asked}", file.display());
    let output = Command::new("bash").args(["-c", &script]).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout).trim(), "--new-since", "{output:?}");
}

#[test]
fn the_manual_has_a_page_for_each_command() {
    let (code, page, _) = outcome(&["man"]);
    assert!(code == 0 && page.contains(".TH tracegate 1") && page.contains("tracegate\\-check(1)"), "{page}");
    let folder = folder("manual");
    assert_eq!(outcome(&["man", folder.to_str().unwrap()]).0, 0);
    let mut pages: Vec<String> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    pages.sort();
    let names = ["", "-check", "-diff", "-explain", "-init", "-list", "-trace"].map(|name| format!("tracegate{name}.1"));
    assert!(names.iter().all(|name| pages.contains(name)), "{pages:?}");
    let check = fs::read_to_string(folder.join("tracegate-check.1")).unwrap();
    assert!(check.contains("\\-\\-new\\-since") && check.contains("Exit codes:"), "{check}");
    assert!(refused(&["man", "no/such/folder"]).contains("pages of the manual"));
}

#[test]
fn explain_prints_the_page_of_a_check() {
    for name in ["S01", "s01", "level-missing"] {
        let (code, out, _) = outcome(&["explain", name]);
        assert_eq!(code, 0);
        assert!(out.starts_with("# S01 level-missing\n"), "{out}");
        assert!(out.contains("## Why it matters") && !out.contains("//!"), "{out}");
    }
    let overview = outcome(&["explain"]).1;
    let (code, artifacts, _) = outcome(&["explain", "Artifacts"]);
    assert_eq!(code, 0);
    for runner in ["pytest", "nextest", "GoogleTest", "Go", "Vitest", "JaCoCo", ".NET", "Robot"] {
        assert!(artifacts.contains(runner), "{runner}");
    }
    assert!(outcome(&["explain", "configuration"]).1.contains("[documents]"));
    assert!(overview.contains("explain artifacts") && refused(&["explain", "artefacts"]).contains("Did you mean `artifacts`?"));
    assert_eq!(overview.split("\n\n").next().unwrap().lines().count(), tracegate::check::CHECKS.len());
    assert!(refused(&["explain", "level-mising"]).contains("Did you mean `level-missing`?"));
}

#[test]
fn trace_reaches_what_refines_a_requirement_at_any_depth() {
    let folder = folder("depth");
    let text = "# Requirements\n\n### FR-1: Pump\n\nIt shall pump.\n\n### FR-1.1: Start\n\nIt shall start.\n\n### FR-1.1.1: Warm up\n\nIt shall warm up.\n";
    fs::write(folder.join("srs.md"), text).unwrap();
    fs::write(folder.join("test_a.py"), "def test_warm():\n    \"\"\"Verifies: FR-1.1.1\"\"\"\n    assert works()\n").unwrap();
    let (code, out, err) = outcome(&["trace", "FR-1", folder.to_str().unwrap()]);
    assert_eq!(code, 0, "{out}{err}");
    assert!(out.contains("2 requirements at any depth; with them 0 rows, 1 test and 0 results"), "{out}");
    assert!(out.contains("FR-1.1.1: Warm up (exists)"), "{out}");
}

#[test]
fn saved_reports_of_any_form_are_told_for_what_they_are() {
    let folder = folder("own-reports-saved");
    let path = folder.to_str().unwrap();
    for (name, bytes) in crate::checks::support::read_folder(Path::new(&format!("{}/{PUMP}", env!("CARGO_MANIFEST_DIR")))) {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
    let at = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let before = outcome(&["check", path]).1;
    for (format, name) in [("json", "before.json"), ("json", "test-results.json"), ("sarif", "trace.sarif")] {
        outcome(&["check", path, "--format", format, "--output", &at(name)]);
    }
    for (format, name) in [("html", "report.html"), ("csv", "report")] {
        assert_eq!(outcome(&["report", path, "--format", format, "--output", &at(name)]).0, 0);
    }
    fs::write(folder.join("other.json"), "{\"name\": \"tracegate\"}").unwrap();
    let list = outcome(&["list", "files", path]).1;
    for name in ["before.json", "test-results.json", "trace.sarif", "report.html", "report/forward.csv", "report/findings.csv"] {
        let line = list.lines().find(|line| line.starts_with(&format!("{name} "))).unwrap_or_else(|| panic!("{name}: {list}"));
        assert!(line.ends_with("a report of tracegate itself"), "{line}");
    }
    assert!(!list.contains("other.json"), "{list}");
    assert_eq!(outcome(&["check", path]).1, before, "none of them is evidence");
}

#[cfg(unix)]
#[test]
fn a_folder_gives_the_same_report_however_it_is_named() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let link = folder("named").join("link");
    std::os::unix::fs::symlink(root.join(PUMP), &link).unwrap();
    let absolute = root.join(PUMP);
    let told = |folder: &Path, name: &str, args: &[&str]| {
        let mut all = command(&[args, &[name]].concat());
        let output = all.current_dir(folder).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    for args in
        [&["check"][..], &["check", "--format", "json"], &["list", "files"], &["list", "tests"], &["trace", "REQ-PUMP-010"]]
    {
        let expected = told(root, PUMP, args);
        assert!(!expected.is_empty());
        let (full, link) = (absolute.to_str().unwrap(), link.to_str().unwrap());
        let slash = format!("{full}/");
        for (folder, name) in [
            (root, full),
            (root, &slash),
            (root, link),
            (root, "./examples/pump/"),
            (root, "examples//pump/."),
            (root, "examples/records/../pump"),
            (&absolute, "."),
            (&absolute.join("docs"), ".."),
        ] {
            assert!(told(folder, name, args) == expected, "{args:?}: {name} in {}", folder.display());
        }
    }
    // What stands in the folder is called by whatever path leads there.
    let named = |folder: &Path, name: &str, path: &str| told(folder, path, &["trace", name]);
    let expected = named(&absolute, "pump/link.py", ".");
    assert!(expected.starts_with("file pump/link.py"), "{expected}");
    for (folder, name, path) in [
        (root, "examples/pump/pump/link.py", PUMP),
        (root, absolute.join("pump/link.py").to_str().unwrap(), PUMP),
        (&absolute, "./pump/link.py", "."),
        (&absolute.join("docs"), "../pump/link.py", ".."),
    ] {
        assert_eq!(named(folder, name, path), expected, "{name}");
    }
}

#[test]
fn a_hidden_folder_that_is_named_beside_others_is_read() {
    let folder = folder("hidden");
    fs::create_dir_all(folder.join(".plan")).unwrap();
    fs::write(folder.join(".plan/REQUIREMENTS.md"), "# Requirements\n\n- **REQ-1**: The pump shall start.\n").unwrap();
    fs::write(folder.join("test_pump.py"), "def test_start():\n    \"\"\"Verifies: REQ-1\"\"\"\n    assert pump\n").unwrap();
    let (all, hidden) = (folder.display().to_string(), folder.join(".plan").display().to_string());
    let (_, out, err) = outcome(&["list", "requirements", &all, &hidden]);
    assert!(out.contains("REQ-1") && out.contains("exists"), "{out}{err}");
}

#[test]
fn results_that_an_ignore_file_hides_are_told_where_none_were_read() {
    let folder = folder("ignored");
    fs::create_dir_all(folder.join("results")).unwrap();
    super::since::git(&folder, &["init", "--quiet", "--initial-branch=main"]);
    fs::write(folder.join(".gitignore"), "results/\n").unwrap();
    fs::write(folder.join("results/junit.xml"), "<testsuite name=\"a\"/>").unwrap();
    fs::write(folder.join("requirements.md"), "# Requirements\n\n- **REQ-1**: The pump shall start.\n").unwrap();
    fs::write(folder.join("test_pump.py"), "def test_start():\n    \"\"\"Verifies: REQ-1\"\"\"\n    assert pump\n").unwrap();
    let path = folder.display().to_string();
    let (code, out, _) = outcome(&["check", &path]);
    assert!(code == 1 && out.contains("An ignore file hides `results/junit.xml`: name"), "{out}");
    let (_, out, _) = outcome(&["list", "files", &path]);
    assert!(out.contains("results/junit.xml") && out.contains("an ignore file names it"), "{out}");
    let (_, out, _) = outcome(&["check", "--no-results", &path]);
    assert!(!out.contains("hides"), "{out}");
}
