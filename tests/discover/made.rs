//! What the history of a repository has beyond the scope of changes.

use super::Folder;
use crate::checks::support::rendered;
use tracegate::analysis::analyze;
use tracegate::discover::disk::Disk;
use tracegate::settings::Settings;

const CHANGE: &str = "# CR-007: Start of the hoist\n\n**Status:** In execution\n\n## Files affected\n\n\
    - `hoist/start.py` - wait for the brake\n- `winch/` - the submodule\n";

fn told(folder: &Folder) -> String {
    rendered(&analyze(&Disk::open(folder.path(), &[]).unwrap(), &Settings::default()), "P09")
}

fn commit(folder: &Folder, subject: &str) -> String {
    folder.git(&["add", "--all", "--force"]);
    folder.git(&["commit", "--quiet", "--message", subject]);
    folder.git(&["rev-parse", "--short=7", "HEAD"])
}

fn repository() -> Folder {
    let files = [
        ("records/CR-007.md", CHANGE),
        ("hoist/start.py", "def start():\n    return 1\n"),
        ("hoist/horn.py", "def sound():\n    return 1\n"),
        ("tests/test_hoist.py", "def test_start():\n    assert start()\n"),
    ];
    let folder = Folder::new(&files);
    folder.git(&["init", "--quiet", "--initial-branch=main"]);
    commit(&folder, "Everything");
    folder
}

#[test]
fn a_commit_whose_subject_begins_with_a_change_is_held_to_its_scope() {
    let folder = repository();
    folder.write("hoist/start.py", "def start():\n    return 2\n");
    folder.write("tests/test_hoist.py", "def test_start():\n    assert start() == 2\n");
    commit(&folder, "CR-007: Wait for the brake");
    assert_eq!(told(&folder), "", "what it declares, and a test");
    folder.write("hoist/horn.py", "def sound():\n    return 2\n");
    let beyond = commit(&folder, "CR-007: Sound the horn");
    let text = told(&folder);
    assert!(text.starts_with("P09 warning records/CR-007.md:7:4"), "{text}");
    assert!(text.contains(&format!("its commit `{beyond}` (2025-01-01) changed `hoist/horn.py`")), "{text}");
    folder.write("records/CR-007.md", &CHANGE.replace("start.py`", "start.py`, etc."));
    assert_eq!(told(&folder), "", "its scope has no end");
    let planned = format!("{CHANGE}\n## Plan\n\nLet the horn sound.\n");
    folder.write("records/CR-007.md", &planned);
    assert_eq!(told(&folder), "", "the plan names it");
}

#[test]
fn other_commits_are_of_no_change() {
    for subject in ["Sound the horn", "CR-007 baseline", "CR-007, CR-008: Sound the horn", "Sound the horn for CR-007"] {
        let folder = repository();
        folder.write("hoist/horn.py", "def sound():\n    return 2\n");
        commit(&folder, subject);
        assert_eq!(told(&folder), "", "{subject}");
    }
}

#[test]
fn a_range_that_the_change_names_is_compared_as_a_whole() {
    let folder = repository();
    let first = folder.git(&["rev-parse", "--short=7", "HEAD"]);
    folder.write("hoist/horn.py", "def sound():\n    return 2\n");
    commit(&folder, "Sound the horn");
    folder.write("hoist/start.py", "def start():\n    return 2\n");
    let last = commit(&folder, "Wait");
    folder.write("records/CR-007.md", &format!("{CHANGE}\n## Execution summary\n\n**Commits:** {first}..{last}\n"));
    let text = told(&folder);
    assert!(text.contains(&format!("its commit `{last}` (2025-01-01) changed `hoist/horn.py`")), "{text}");
    folder.write("records/CR-007.md", &format!("{CHANGE}\n## Execution summary\n\n**Commits:** {first}..0123456\n"));
    assert_eq!(told(&folder), "", "what is not there is not assessed");
}

/// A repository with a submodule, and a change that was carried out from one day to another.
fn with_submodule(released: &str, closed: &str) -> (Folder, Folder) {
    let winch = Folder::new(&[("winch.py", "def pull():\n    return 1\n")]);
    winch.git(&["init", "--quiet", "--initial-branch=main"]);
    commit(&winch, "Winch");
    let folder = repository();
    let source = winch.path().to_string_lossy().into_owned();
    folder.git(&["submodule", "--quiet", "add", &source, "winch"]);
    let event = |time: &str, from: &str, to: &str| {
        format!(
            "{{\"ts\": \"{time}T10:00:00Z\", \"event\": \"STATUS_CHANGE\", \"user\": \"ann\", \"from_status\": \"{from}\", \"to_status\": \"{to}\"}}\n"
        )
    };
    let trail = event(released, "PRE_APPROVED", "IN_EXECUTION") + &event(closed, "IN_EXECUTION", "CLOSED");
    folder.write(".audit/CR-007.jsonl", &trail);
    folder.write("records/CR-007.md", &CHANGE.replace("In execution", "Closed"));
    commit(&folder, "Add the winch");
    (folder, winch)
}

#[test]
fn a_submodule_moves_within_a_change_that_names_it() {
    for (released, closed, subject, expected) in [
        ("2024-12-01", "2024-12-20", "Update the winch", true),
        ("2024-12-01", "2024-12-31", "Update the winch", false),
        ("2024-12-01", "2025-02-01", "Update the winch", false),
        ("2024-12-01", "2024-12-20", "Update the winch (CR-007)", false),
        ("2025-02-01", "2025-02-20", "Update the winch", false),
    ] {
        let (folder, winch) = with_submodule(released, closed);
        winch.write("winch.py", "def pull():\n    return 2\n");
        let moved = commit(&winch, "Pull harder");
        folder.git(&["-C", "winch", "fetch", "--quiet"]);
        folder.git(&["-C", "winch", "checkout", "--quiet", &moved]);
        let made = commit(&folder, subject);
        let text = told(&folder);
        let told =
            text.contains(&format!("`winch` was moved while no change that names it was carried out: `{made}` (2025-01-01)"));
        assert_eq!(told, expected, "{released} {closed} {subject}: {text}");
        assert_eq!(text.is_empty(), !expected, "{text}");
    }
}

#[test]
fn a_clone_without_its_history_says_that_nothing_was_compared() {
    let folder = repository();
    folder.write("hoist/horn.py", "def sound():\n    return 2\n");
    commit(&folder, "CR-007: Sound the horn");
    let url = format!("file://{}", folder.path().display());
    folder.git(&["clone", "--quiet", "--depth=1", &url, "shallow"]);
    let tree = Disk::open(&folder.path().join("shallow"), &[]).unwrap();
    let text = rendered(&analyze(&tree, &Settings::default()), "P09");
    assert!(text.starts_with("P09 info records/CR-007.md"), "{text}");
    assert!(text.contains("is not assessed: the clone has only a part of its history"), "{text}");
}

#[test]
fn a_submodule_may_be_named_without_a_slash() {
    let change = CHANGE.replace("`winch/` - the submodule", "`winch` - the submodule");
    let analysis = tracegate::discover::tree::Memory::new([("records/CR-007.md", change.as_str())]);
    let analysis = analyze(&analysis, &Settings::default());
    let file = analysis.graph.files().next().unwrap().0;
    let names: Vec<&str> = analysis.graph.contents(file).unwrap().affected.iter().map(|one| one.name.text.as_str()).collect();
    assert_eq!(names, ["hoist/start.py", "winch/"]);
}
