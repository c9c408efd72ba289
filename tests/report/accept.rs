//! `accept` by real processes: what it writes, who may write, and what is left behind by one that is killed.

use super::command::{command, folder, outcome, refused};
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tracegate::config::parse_reviews;
use tracegate::source::Text;

const COUNT: usize = 12;

/// Requirements with a test each, and results.
fn boiler(name: &str) -> PathBuf {
    let folder = folder(name);
    let (mut srs, mut tests, mut run) =
        (String::from("# Requirements\n"), String::new(), String::from("<testsuite name='pytest'>"));
    for at in 1..=COUNT {
        srs += &format!("\n### REQ-B-{at:03}: Valve {at}\n\nThe boiler shall open valve {at} at {at} bar.\n");
        tests += &format!("def test_valve_{at}():\n    \"\"\"Verifies: REQ-B-{at:03}\"\"\"\n    assert opened({at})\n\n");
        run += &format!("<testcase classname='test_b' name='test_valve_{at}'/>");
    }
    fs::write(folder.join("srs.md"), srs).unwrap();
    fs::write(folder.join("test_b.py"), tests).unwrap();
    fs::write(folder.join("junit.xml"), run + "</testsuite>").unwrap();
    folder
}

fn locked(folder: &Path) -> Vec<String> {
    let bytes = fs::read(folder.join("tracegate.lock")).unwrap();
    let list = parse_reviews(Text::decode(bytes)).unwrap();
    list.into_iter().map(|review| review.link.requirement).collect()
}

fn accept<'a>(folder: &'a Path, more: &[&'a str]) -> Vec<&'a str> {
    [&["accept", "--path", folder.to_str().unwrap()], more].concat()
}

#[test]
fn a_review_is_written_down_and_read_back() {
    let folder = boiler("accept");
    let path = folder.to_str().unwrap();
    assert_eq!(outcome(&["check", path]).0, 0);
    let (code, out, err) = outcome(&accept(&folder, &["--all"]));
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(
        out.starts_with("reviewed 12 links in ")
            && out.ends_with("tracegate.lock: 12 new, 0 changed, 0 as before; 0 taken out\n"),
        "{out}"
    );
    let text = fs::read_to_string(folder.join("tracegate.lock")).unwrap();
    assert!(!text.contains(" by =") && !text.contains(" on ="), "nobody is named and no clock is asked: {text}");
    assert_eq!(outcome(&["check", path]).0, 0);

    let srs = fs::read_to_string(folder.join("srs.md")).unwrap();
    fs::write(folder.join("srs.md"), srs.replace("valve 3 at 3 bar", "valve 3 at 4 bar")).unwrap();
    let (code, out, _) = outcome(&["check", path]);
    assert_eq!(code, 1);
    assert!(out.contains("REQ-B-003 says something else than when its links were reviewed") && out.contains("11 of 12"), "{out}");
    let (code, out, _) = outcome(&accept(&folder, &["REQ-B-003", "--by", "R. Okafor", "--date", "2026-03-01"]));
    assert!(code == 0 && out.contains("0 new, 1 changed, 0 as before"), "{out}");
    assert_eq!(outcome(&["check", path]).0, 0);
    let day = command(&accept(&folder, &["REQ-B-004"])).env("SOURCE_DATE_EPOCH", "1709251200").output().unwrap();
    assert!(day.status.success());
    let text = fs::read_to_string(folder.join("tracegate.lock")).unwrap();
    let line = |id: &str| text.lines().find(|line| line.contains(id)).unwrap().to_owned();
    assert!(line("REQ-B-003").ends_with("by = \"R. Okafor\", on = \"2026-03-01\" },"), "{text}");
    assert!(line("REQ-B-004").ends_with("on = \"2024-03-01\" },"), "{text}");
    assert_eq!(text.lines().filter(|line| line.contains(" on =")).count(), 2);
    assert!(!folder.join(".tracegate.lock.new").exists());
}

#[test]
fn what_cannot_be_accepted_ends_with_2_and_writes_nothing() {
    let folder = boiler("accept-refused");
    assert!(refused(&accept(&folder, &["REQ-B-031"])).contains("no requirement in force is called `REQ-B-031`"));
    let srs = fs::read_to_string(folder.join("srs.md")).unwrap();
    fs::write(folder.join("srs.md"), srs + "\n### REQ-B-032: Rust\n\nThe boiler shall not rust.\n").unwrap();
    assert!(refused(&accept(&folder, &["REQ-B-032"])).contains("nothing to review: no test and no file is linked"));
    assert_eq!(outcome(&accept(&folder, &[])).0, 2);
    assert_eq!(outcome(&accept(&folder, &["--all", "--date", "1.3.2026"])).0, 2);
    assert!(!folder.join("tracegate.lock").exists());
    fs::write(folder.join("tracegate.lock"), "version = 1\nlink = [\n  { requirement = \"REQ-B-001\" },\n]\n").unwrap();
    for args in [accept(&folder, &["--all"]), vec!["check", folder.to_str().unwrap()]] {
        let text = refused(&args);
        assert!(text.contains("tracegate.lock:3:3: missing field `specification`"), "{text}");
    }
    assert_eq!(fs::read_to_string(folder.join("tracegate.lock")).unwrap().lines().count(), 4);
}

#[test]
fn who_names_nothing_or_a_folder_is_told_what_to_write() {
    let folder = boiler("accept-nothing");
    let path = folder.to_str().unwrap();
    let nothing = refused(&accept(&folder, &[]));
    assert!(nothing.contains("which links were looked at?") && nothing.contains("`--all` for every link"), "{nothing}");
    let named = refused(&["accept", path]);
    assert!(named.contains(&format!("tracegate accept --all --path {path}")), "{named}");
    assert!(!folder.join("tracegate.lock").exists());
}

#[test]
fn nobody_loses_what_another_process_accepts_at_the_same_time() {
    let folder = boiler("accept-together");
    let ids: Vec<String> = (1..=COUNT).map(|at| format!("REQ-B-{at:03}")).collect();
    let running: Vec<_> = ids
        .iter()
        .map(|id| command(&accept(&folder, &[id])).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap())
        .collect();
    for process in running {
        let output = process.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(locked(&folder), ids);
    assert!(!folder.join(".tracegate.lock.new").exists());
}

#[test]
fn who_is_killed_leaves_the_old_lock_and_nothing_in_the_way() {
    let folder = boiler("accept-killed");
    assert_eq!(outcome(&accept(&folder, &["REQ-B-001"])).0, 0);
    let before = fs::read(folder.join("tracegate.lock")).unwrap();
    // As if another process were writing: whoever comes now waits, and is killed while he does.
    let beside = folder.join(".tracegate.lock.new");
    let held = File::create(&beside).unwrap();
    held.lock().unwrap();
    let mut waiting = command(&accept(&folder, &["--all"])).stdout(Stdio::null()).spawn().unwrap();
    std::thread::sleep(Duration::from_millis(400));
    assert_eq!(waiting.try_wait().unwrap(), None, "it waits");
    assert_eq!(fs::read(folder.join("tracegate.lock")).unwrap(), before);
    waiting.kill().unwrap();
    waiting.wait().unwrap();
    assert_eq!(fs::read(folder.join("tracegate.lock")).unwrap(), before);
    // Half a lock of one that was killed while it wrote.
    fs::write(&beside, "version = 1\nlink = [\n  { requi").unwrap();
    drop(held);
    assert_eq!(outcome(&["check", folder.to_str().unwrap()]).0, 0);
    assert_eq!(outcome(&accept(&folder, &["--all"])).0, 0);
    assert_eq!(locked(&folder).len(), COUNT);
    assert!(!beside.exists());
}

#[test]
fn at_no_moment_is_the_lock_torn() {
    let folder = boiler("accept-torn");
    assert_eq!(outcome(&accept(&folder, &["--all"])).0, 0);
    for delay in 0..40 {
        let by = format!("R. Okafor {delay}");
        let ids = ["REQ-B-*", "--by", by.as_str()];
        let mut process = command(&accept(&folder, &ids)).stdout(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(delay));
        process.kill().unwrap();
        process.wait().unwrap();
        assert_eq!(locked(&folder).len(), COUNT);
    }
    assert_eq!(outcome(&accept(&folder, &["--all"])).0, 0);
}

#[test]
fn requirements_are_named_by_ranges_and_patterns_in_any_case() {
    let folder = boiler("accept-named");
    for (names, expected) in [
        (&["REQ-B-001..REQ-B-003"][..], &["001", "002", "003"][..]),
        (&["req-b-004"], &["004"]),
        (&["*-005", "REQ-?-006"], &["005", "006"]),
        (&["REQ-B-007..008", "req-b-01*"], &["007", "008", "010", "011", "012"]),
    ] {
        let _ = fs::remove_file(folder.join("tracegate.lock"));
        let (code, _, err) = outcome(&accept(&folder, names));
        assert_eq!((code, err.as_str()), (0, ""), "{names:?}");
        assert_eq!(locked(&folder), expected.iter().map(|number| format!("REQ-B-{number}")).collect::<Vec<_>>(), "{names:?}");
    }
    for name in ["*-099", "REQ-B-1?", "REQ-C-001..003"] {
        assert!(refused(&accept(&folder, &[name])).contains("no requirement in force is called"), "{name}");
    }
}

/// The commands that help texts give, as a person would paste them.
fn pasted(out: &str) -> Vec<String> {
    let texts = out.split('`').skip(1).step_by(2);
    texts.filter_map(|text| text.strip_prefix("tracegate ")).map(str::to_owned).collect()
}

#[test]
fn the_command_that_a_finding_gives_does_what_it_says() {
    let folder = boiler("accept-pasted");
    assert_eq!(outcome(&accept(&folder, &["--all"])).0, 0);
    let (srs, tests) = (folder.join("srs.md"), folder.join("test_b.py"));
    let text = fs::read_to_string(&srs).unwrap().replace("valve 3 at 3 bar", "valve 3 at 4 bar");
    fs::write(&srs, text).unwrap();
    let text = fs::read_to_string(&tests).unwrap();
    // One test changes, and five have another body: these are told as one.
    let text = (5..=9).fold(text, |text, at| text.replace(&format!("opened({at})"), &format!("opened({at}, 1)")));
    fs::write(&tests, text.replace("opened(12)", "opened(12) and opened(11)")).unwrap();
    let json: serde_json::Value =
        serde_json::from_str(&outcome(&["check", folder.to_str().unwrap(), "--format", "json"]).1).unwrap();
    let helps = json["findings"].as_array().unwrap().iter().filter(|one| one["code"] == "R10");
    let commands: Vec<String> = helps.flat_map(|one| pasted(one["help"].as_str().unwrap())).collect();
    assert_eq!(
        commands,
        ["accept REQ-B-003", "accept REQ-B-005 REQ-B-006 REQ-B-007 REQ-B-008 REQ-B-009 REQ-B-012"],
        "each names the requirements that it is about"
    );
    for command in &commands {
        let run = format!("{} {command}", env!("CARGO_BIN_EXE_tracegate"));
        let output = std::process::Command::new("sh").args(["-c", &run]).current_dir(&folder).output().unwrap();
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    }
    assert_eq!(outcome(&["check", folder.to_str().unwrap()]).0, 0);
}

#[test]
fn the_command_says_which_specification_is_meant() {
    let folder = folder("accept-namesakes");
    for (system, word) in [("door", "open"), ("gate", "close")] {
        let inner = folder.join(system);
        fs::create_dir_all(&inner).unwrap();
        let srs = format!(
            "# {}-SRS: Requirements of the {system}\n\n### REQ-001: To {word}\n\nThe {system} shall {word}.\n",
            system.to_uppercase()
        );
        fs::write(inner.join("srs.md"), srs).unwrap();
        let test = format!("def test_{system}():\n    \"\"\"Verifies: REQ-001\"\"\"\n    assert {word}()\n");
        fs::write(inner.join(format!("test_{system}.py")), test).unwrap();
    }
    let path = folder.to_str().unwrap();
    assert_eq!(outcome(&accept(&folder, &["--all"])).0, 0);
    let srs = folder.join("gate/srs.md");
    fs::write(&srs, fs::read_to_string(&srs).unwrap().replace("shall close", "shall close at once")).unwrap();
    let (_, out, _) = outcome(&["check", path, "--no-results"]);
    let command = pasted(&out)
        .into_iter()
        .find(|one| one.starts_with("accept REQ-001 --specification "))
        .unwrap_or_else(|| panic!("{out}"));
    let run = format!("{} {command}", env!("CARGO_BIN_EXE_tracegate"));
    let output = std::process::Command::new("sh").args(["-c", &run]).current_dir(&folder).output().unwrap();
    assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
    assert!(!outcome(&["check", path, "--no-results"]).1.contains("R10"));
}
