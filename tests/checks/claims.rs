//! Calls that claim requirements, and what tells which of several specifications a claim means.

use super::support::analyze_files;
use tracegate::analysis::Analysis;
use tracegate::model::vocabulary::Level;

fn analyzed(files: &[(&str, &str)]) -> Analysis {
    analyze_files(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).as_bytes().to_vec())).collect())
}

/// The requirements that a test verifies, each as `folder:id`.
fn verified(analysis: &Analysis) -> Vec<String> {
    let graph = &analysis.graph;
    let verified = graph.requirements().filter(|(_, one)| !one.evidence.is_empty());
    verified
        .map(|(_, one)| format!("{}:{}", graph.path(one.place.file).rsplit_once('/').map_or("", |(folder, _)| folder), one.id))
        .collect()
}

const SPECIFICATION: (&str, &str) = (
    "docs/requirements.md",
    "# Requirements\n\n| Req ID | Requirement |\n|---|---|\n| REQ-A-001 | The pump shall start. |\n| REQ-A-002 | The pump shall stop. |\n",
);

#[test]
fn a_call_of_identifiers_alone_is_a_claim() {
    let rust = ("tests/pump.rs", "#[test]\nfn starts() {\n    covers!(\"REQ-A-001\");\n    assert!(run());\n}\n");
    let constant = ("tests/pump.rs", "#[test]\nfn starts() {\n    covers!(REQ_A_001, REQ_A_002);\n    assert!(run());\n}\n");
    let python = ("tests/test_pump.py", "def test_starts():\n    verifies(\"REQ-A-002\")\n    assert run()\n");
    let script = ("tests/pump.test.ts", "it('starts', () => {\n  requirement('REQ-A-001');\n  expect(run()).toBe(1);\n});\n");
    for (file, ids) in [(rust, "docs:REQ-A-001"), (python, "docs:REQ-A-002"), (script, "docs:REQ-A-001")] {
        assert_eq!(verified(&analyzed(&[SPECIFICATION, file])), [ids], "{}", file.0);
    }
    assert_eq!(verified(&analyzed(&[SPECIFICATION, constant])).len(), 2);
    let call =
        ("tests/test_pump.py", "def test_starts():\n    verifies(\"REQ-A-002\", pump)\n    assert covers(\"REQ-A-001\")\n");
    assert_eq!(verified(&analyzed(&[SPECIFICATION, call])), [] as [&str; 0]);
}

fn series(test: &str) -> Analysis {
    let spec = |word: &str| {
        format!("# Requirements\n\n- **FR-001**: The pump shall {word} at once.\n- **FR-002**: The lamp shall {word}.\n")
    };
    let files = [
        ("specs/007-start/spec.md", spec("start")),
        ("specs/008-stop/spec.md", spec("stop")),
        ("specs/019-ring/spec.md", spec("ring")),
        ("tests/test_pump.py", test.to_owned()),
    ];
    analyze_files(files.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect())
}

#[test]
fn the_number_of_a_specification_beside_an_identifier_tells_which_is_meant() {
    let line = "def test_stops():\n    \"\"\"Spec 008 FR-001\"\"\"\n    assert run()\n\n\ndef test_rings():\n    \"\"\"It rings (spec 019, FR-002).\"\"\"\n    assert run()\n";
    assert_eq!(verified(&series(line)), ["specs/008-stop:FR-001", "specs/019-ring:FR-002"]);
    let file = "\"\"\"Tests of specs/007-start/plan.md.\"\"\"\n\n\ndef test_starts():\n    \"\"\"Verifies: FR-002\"\"\"\n    assert run()\n";
    assert_eq!(verified(&series(file)), ["specs/007-start:FR-002"]);
    let other = "def test_starts():\n    \"\"\"Spec 012 FR-001\"\"\"\n    assert run()\n";
    assert_eq!(verified(&series(other)), [] as [&str; 0]);
}

#[test]
fn a_file_that_calls_its_tests_unit_tests_has_them_whatever_its_name_says() {
    let level = |head: &str| {
        let source = format!("{head}\n#include \"unity.h\"\n\nvoid test_starts(void) {{ TEST_ASSERT_TRUE(run()); }}\n");
        let analysis = analyzed(&[SPECIFICATION, ("test/test_can_e2e.c", &source)]);
        let level = analysis.graph.tests().map(|(id, _)| analysis.graph.test_node(id).level).next();
        level.flatten()
    };
    assert_eq!(level("/* Unit tests of the end-to-end protection. */"), Some(Level::Unit));
    assert_eq!(level("/* From the pump to the lamp. */"), Some(Level::System));
}

#[test]
fn what_a_file_says_of_one_specification_is_said_of_no_other() {
    let test = "# Cases of specs/007-start/spec.md\n\n\ndef test_starts():\n    # FR-002: it lights up\n    assert run()\n\n\ndef test_waits():\n    \"\"\"Verifies: FR-001\"\"\"\n    assert run()\n";
    let analysis = series(test);
    let open: Vec<&str> = analysis.findings.iter().filter(|one| one.code == "Q04").map(|one| one.message.as_str()).collect();
    assert_eq!(open, [] as [&str; 0]);
    let gaps = analysis.graph.requirements().filter(|(_, one)| one.evidence.is_empty() && one.not_assessed.is_none());
    assert_eq!(gaps.count(), 4);
}

#[test]
fn a_few_of_each_of_many_specifications_are_told_together() {
    let gaps = |count: usize| {
        let specs = (1..=count).flat_map(|at| {
            let spec = format!(
                "# Requirements\n\n- **FR-001**: The pump shall keep rule {at}.\n- **FR-002**: The lamp shall keep rule {at}.\n"
            );
            let test = format!("def test_{at}():\n    \"\"\"Verifies: FR-001\"\"\"\n    assert rule({at})\n");
            [(format!("specs/{at:03}-unit/spec.md"), spec), (format!("specs/{at:03}-unit/test_unit.py"), test)]
        });
        let analysis = analyze_files(specs.map(|(path, text)| (path, text.into_bytes())).collect());
        let told = analysis.findings.iter().filter(|one| one.code == "T01");
        told.map(|one| one.message.clone()).collect::<Vec<_>>()
    };
    let (few, one) = (gaps(3), gaps(5));
    assert!(few.iter().all(|one| !one.contains("documents")), "{few:?}");
    assert!(one.len() == 1 && one[0].starts_with("Nothing verifies 5 requirements of 5 documents (FR-002, "), "{one:?}");
}

#[test]
fn features_that_number_alike_do_not_tell_each_other_again() {
    let spec = |text: &str| format!("# Feature\n\n## Requirements\n\n- **SC-001**: {text}\n");
    let count = |first: &str, second: &str| {
        let files = [("specs/001-windows/spec.md", spec(first)), ("specs/004-linux/spec.md", spec(second))];
        analyze_files(files.into_iter().map(|(path, text)| (path.to_owned(), text.into_bytes())).collect())
            .graph
            .requirements()
            .count()
    };
    let build = "The build must succeed on Windows without errors of links.";
    assert_eq!(count(build, "The build must succeed on Linux without errors of links."), 2);
    assert_eq!(count(build, build), 1);
}
