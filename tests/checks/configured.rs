//! Input that a configuration names must be there and say something (E12).

use super::support::{folder, rendered};
use std::path::Path;
use tracegate::analysis::{Analysis, analyze};
use tracegate::discover::tree::Memory;
use tracegate::settings::Settings;

fn valve(settings: &Settings) -> Analysis {
    let root = folder("faults").join("none");
    let paths = ["docs/srs.md", "docs/rtm.md", "tests/test_valve.py", "results/junit.xml"];
    let files = paths.map(|path| (path, std::fs::read(root.join(Path::new(path))).unwrap()));
    analyze(&Memory::new(files), settings)
}

fn patterns(list: &[&str]) -> Vec<String> {
    list.iter().map(|pattern| (*pattern).to_owned()).collect()
}

#[test]
fn patterns_that_match_and_say_something_are_no_finding() {
    let settings = Settings {
        specifications: patterns(&["docs/*srs.md"]),
        matrices: patterns(&["docs/rtm.md"]),
        tests: patterns(&["tests/**"]),
        results: patterns(&["results/*.xml"]),
        ..Settings::default()
    };
    assert_eq!(rendered(&valve(&settings), "E12"), "");
}

#[test]
fn a_pattern_that_matches_nothing_is_an_error() {
    for (settings, pattern) in [
        (Settings { results: patterns(&["results/results.xml"]), ..Settings::default() }, "results `results/results.xml`"),
        (Settings { tests: patterns(&["test/**"]), ..Settings::default() }, "tests `test/**`"),
        (Settings { specifications: patterns(&["spec/*.md"]), ..Settings::default() }, "specifications `spec/*.md`"),
        (Settings { matrices: patterns(&["docs/matrix.md"]), ..Settings::default() }, "matrices `docs/matrix.md`"),
        (Settings { coverage: patterns(&["build/coverage.json"]), ..Settings::default() }, "coverage `build/coverage.json`"),
        (Settings { records: patterns(&["records/**"]), ..Settings::default() }, "records `records/**`"),
    ] {
        let told = rendered(&valve(&settings), "E12");
        assert!(told.contains("E12 error") && told.contains(pattern) && told.contains("no file matches"), "{pattern}: {told}");
    }
}

#[test]
fn a_pattern_whose_files_say_nothing_is_an_error() {
    let settings = Settings { results: patterns(&["docs/srs.md"]), ..Settings::default() };
    let told = rendered(&valve(&settings), "E12");
    assert!(told.contains("not one test result was found in docs/srs.md"), "{told}");
    let settings = Settings { coverage: patterns(&["docs/srs.md"]), ..Settings::default() };
    let analysis = valve(&settings);
    let told = rendered(&analysis, "E12") + &rendered(&analysis, "Q04");
    assert!(told.contains("not one measured line was found in docs/srs.md"), "{told}");
    assert!(told.contains("it is in no format of coverage that is read"), "{told}");
}

#[test]
fn tests_may_live_in_a_submodule_that_is_not_checked_out() {
    let spec = (
        "docs/requirements.md",
        &b"# Kiln requirements\n\n### REQ-1: Heating\n\nIt shall heat.\n\n### REQ-2: Cooling\n\nIt shall cool.\n"[..],
    );
    let settings = Settings { submodules: patterns(&["backend", "frontend"]), ..Settings::default() };
    let analysis = analyze(&Memory::new([spec]), &settings);
    assert_eq!(rendered(&analysis, "T01"), "");
    let told = rendered(&analysis, "E12");
    assert!(
        told.contains(
            "2 requirements were not assessed: no test was found, and the submodules backend and frontend are not checked out"
        ),
        "{told}"
    );
    let tests = ("tests/test_kiln.py", &b"def test_heats():\n    assert works()\n"[..]);
    let analysis = analyze(&Memory::new([spec, tests]), &settings);
    assert_ne!(rendered(&analysis, "T01"), "", "tests are at hand, and none names a requirement");
    assert_eq!(rendered(&analysis, "E12"), "");
}
