//! What coverage says of tests and requirements: paths, contexts, implementing code, and why something is not assessed.

use crate::checks::support::{analyze_files, rendered};
use tracegate::analysis::Analysis;
use tracegate::link::executed::{Execution, Unknown};
use tracegate::link::graph::Rung;
use tracegate::verdict::{State, States, Summary};

const SPECIFICATION: &str =
    "# Requirements of the kiln\n\n| Req ID | Requirement |\n|---|---|\n| REQ-KILN-001 | The kiln shall heat. |\n";
pub(super) const OVEN: &str = "LIMIT = 900\n\n\ndef read(line):\n    return float(line)\n\n\ndef heat(to):\n    \"\"\"Implements: REQ-KILN-001\"\"\"\n    burner = open(to)\n    return burner\n";
const TESTS: &str = "from kiln.oven import heat, read\n\n\ndef test_heat():\n    \"\"\"Verifies: REQ-KILN-001\"\"\"\n    assert read(\"3\") == 3\n";
const RESULTS: &str =
    "<testsuite name=\"s\" tests=\"1\"><testcase classname=\"tests.test_oven\" name=\"test_heat\"/></testsuite>";
pub(super) const RUN: &str = "tests/test_oven.py::test_heat|run";

/// A tree of one requirement, its code, its test and the result of it, with further or other files.
fn tree(files: &[(&str, &str)]) -> Analysis {
    tree_of(&files.iter().map(|(path, text)| (*path, text.as_bytes())).collect::<Vec<_>>())
}

/// The same with files that need not be text.
pub(super) fn tree_of(files: &[(&str, &[u8])]) -> Analysis {
    let own =
        [("docs/srs.md", SPECIFICATION), ("kiln/oven.py", OVEN), ("tests/test_oven.py", TESTS), ("results/junit.xml", RESULTS)];
    let own = own.iter().filter(|(path, _)| !files.iter().any(|(other, _)| other == path));
    let own = own.map(|(path, text)| (*path, text.as_bytes()));
    analyze_files(own.chain(files.iter().copied()).map(|(path, bytes)| (path.to_owned(), bytes.to_vec())).collect())
}

/// A line and the contexts under which it ran.
type Line<'l> = (u32, &'l [&'l str]);

/// The report of coverage.py on files with lines and the contexts of each; lines without a context did not run.
fn report(files: &[(&str, &[Line<'_>])]) -> String {
    let quoted =
        |names: &[&str]| names.iter().map(|name| format!("\"{}\"", name.replace('\\', "\\\\"))).collect::<Vec<_>>().join(",");
    let of = |ran: bool, lines: &[Line<'_>]| {
        let lines = lines.iter().filter(|(_, contexts)| contexts.is_empty() != ran);
        lines.map(|(line, _)| line.to_string()).collect::<Vec<_>>().join(",")
    };
    let file = |(path, lines): &(&str, &[Line<'_>])| {
        let contexts = lines.iter().filter(|(_, contexts)| !contexts.is_empty());
        let contexts =
            contexts.map(|(line, contexts)| format!("\"{line}\":[{}]", quoted(contexts))).collect::<Vec<_>>().join(",");
        let (ran, not) = (of(true, lines), of(false, lines));
        format!("{}:{{\"executed_lines\":[{ran}],\"missing_lines\":[{not}],\"contexts\":{{{contexts}}}}}", quoted(&[path]))
    };
    format!("{{\"meta\":{{\"format\":3}},\"files\":{{{}}}}}", files.iter().map(file).collect::<Vec<_>>().join(","))
}

/// Coverage in which the test reads and does not heat, with other contexts on the lines that heat.
fn oven(path: &str, heats: &[&str]) -> String {
    report(&[(path, &[(1, &[""]), (4, &[""]), (5, &[RUN]), (8, &[""]), (10, heats), (11, heats)])])
}

pub(super) fn execution(analysis: &Analysis) -> Execution {
    analysis.graph.requirements[0].execution
}

fn unknown(files: &[(&str, &str)]) -> Unknown {
    let analysis = tree(files);
    assert_eq!(rendered(&analysis, "S02"), "");
    match execution(&analysis) {
        Execution::NotAssessed(unknown) => unknown,
        known => panic!("{known:?}"),
    }
}

#[test]
fn a_test_that_runs_the_code_and_one_that_does_not() {
    let hollow = tree(&[("coverage.json", &oven("kiln/oven.py", &[]))]);
    assert_eq!((execution(&hollow), hollow.graph.requirements[0].rung), (Execution::Hollow, Rung::Asserts));
    assert!(rendered(&hollow, "S02").contains("`kiln/oven.py:heat`, which implements it"), "{}", rendered(&hollow, "S02"));
    let runs = tree(&[("coverage.json", &oven("kiln/oven.py", &[RUN]))]);
    assert_eq!((execution(&runs), runs.graph.requirements[0].rung), (Execution::Runs, Rung::Executes));
    assert_eq!(rendered(&runs, "S02"), "");
    let states = |analysis: &Analysis| States::of(&analysis.graph, &analysis.findings).get(tracegate::link::graph::ReqId(0));
    assert_eq!((states(&hollow), states(&runs)), (State::Gap, State::Verified));
}

#[test]
fn without_coverage_the_verdict_is_what_it_was() {
    let analysis = tree(&[]);
    let summary = Summary::of(&analysis.graph, &analysis.findings);
    assert_eq!((summary.verified, summary.ladder.passes, summary.ladder.executes), (1, 1, 0));
    assert_eq!(summary.ladder.not_executed.get("no coverage file was read"), Some(&1));
    assert!(summary.ladder.not_assessed.is_empty());
    assert_eq!(execution(&analysis), Execution::NotAssessed(Unknown::NoCoverage));
}

#[test]
fn paths_of_other_machines_lead_to_the_tree() {
    for path in
        ["./kiln/oven.py", "/ci/job 7/kiln/oven.py", "C:\\ci\\kiln\\oven.py", "site/kiln/oven.py", "oven.py", "a/../kiln/oven.py"]
    {
        assert_eq!(execution(&tree(&[("coverage.json", &oven(path, &[RUN]))])), Execution::Runs, "{path}");
    }
    let twice = ("lib/kiln/oven.py", OVEN);
    let analysis = tree(&[twice, ("coverage.json", &oven("/ci/x/kiln/oven.py", &[RUN]))]);
    assert_eq!(execution(&analysis), Execution::Runs, "the path that is all there is the nearest");
    let two = [("a/kiln/oven.py", OVEN), ("b/kiln/oven.py", OVEN), ("kiln/oven.py", "")];
    let coverage = oven("/ci/x/kiln/oven.py", &[RUN]);
    let analysis = tree(&[two[0], two[1], two[2], ("coverage.json", &coverage)]);
    assert_ne!(execution(&analysis), Execution::Runs, "none of two is nearer");
}

#[test]
fn coverage_of_other_files_is_an_error() {
    let analysis = tree(&[("coverage.json", &oven("/usr/lib/json/decoder.py", &[RUN]))]);
    let told = rendered(&analysis, "E12");
    assert!(
        told.contains(
            "coverage.json measures 1 file, and none of them is in this tree (the first is `/usr/lib/json/decoder.py`)"
        ),
        "{told}"
    );
    let xml = "<coverage line-rate=\"1\"><sources><source>/ci/kiln</source></sources><packages><class filename=\"oven.py\"><lines><line number=\"1\" hits=\"1\"/></lines></class></packages></coverage>";
    assert_eq!(rendered(&tree(&[("coverage.xml", xml)]), "E12"), "");
    let jacoco = "<report name=\"x\"><sessioninfo/><package name=\"org/kiln\"><sourcefile name=\"Oven.java\"><line nr=\"1\" mi=\"0\" ci=\"1\" mb=\"0\" cb=\"0\"/></sourcefile></package></report>";
    let java = ("src/main/java/org/kiln/Oven.java", "class Oven {}");
    assert_eq!(rendered(&tree(&[java, ("jacoco.xml", jacoco)]), "E12"), "");
    assert!(!rendered(&tree(&[("jacoco.xml", jacoco)]), "E12").is_empty());
}

#[test]
fn contexts_lead_to_tests() {
    let class = "from kiln.oven import heat\n\n\nclass TestOven:\n    def test_heat(self, to):\n        \"\"\"Verifies: REQ-KILN-001\"\"\"\n        assert heat(to)\n";
    for (context, runs) in [
        ("tests/test_oven.py::TestOven::test_heat[a|b::c]|run", true),
        ("tests/test_oven.py::TestOven::test_heat|setup", true),
        ("test_oven.py::TestOven::test_heat|run", true),
        ("tests.test_oven.TestOven.test_heat", true),
        ("test_heat", true),
        ("tests/test_other.py::TestOven::test_heat|run", false),
        ("tests/test_oven.py::TestOven::test_cool|run", false),
        ("", false),
    ] {
        let analysis = tree(&[("tests/test_oven.py", class), ("coverage.json", &oven("kiln/oven.py", &[context]))]);
        assert_eq!(execution(&analysis) == Execution::Runs, runs, "{context}");
    }
}

#[test]
fn contexts_of_several_classes_with_tests_of_one_name() {
    let classes = "class TestOven:\n    def test_heat(self):\n        \"\"\"Verifies: REQ-KILN-001\"\"\"\n        assert heat(3)\n\n\nclass TestOvenDoor:\n    def test_heat(self):\n        assert read(3)\n";
    for (context, expected) in [("TestOven", Execution::Runs), ("TestOvenDoor", Execution::Hollow)] {
        let context = format!("tests/test_oven.py::{context}::test_heat|run");
        let own = ["tests/test_oven.py::TestOven::test_heat|run"];
        let heats = report(&[("kiln/oven.py", &[(4, &[""]), (5, &own), (8, &[""]), (10, &[&context]), (11, &[&context])])]);
        let analysis = tree(&[("tests/test_oven.py", classes), ("coverage.json", &heats), ("results/junit.xml", "")]);
        assert_eq!(execution(&analysis), expected, "{context}");
    }
}

#[test]
fn a_case_that_is_cited_is_credited_with_its_own_lines_alone() {
    let test = "from kiln.oven import heat, read\n\n\n@pytest.mark.parametrize(\"with_\", [\"gas\", \"coal\"])\ndef test_heat(with_):\n    assert burn(with_)\n";
    let cited = |cell: &str, contexts: &[&str]| {
        let matrix = format!("# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| REQ-KILN-001 | {cell} |\n");
        let reads = ["tests/test_oven.py::test_heat[coal]|run"];
        let ran = report(&[("kiln/oven.py", &[(4, &[""]), (5, &reads), (8, &[""]), (10, contexts), (11, contexts)])]);
        tree(&[("docs/rtm.md", &matrix), ("tests/test_oven.py", test), ("coverage.json", &ran)])
    };
    let gas = "tests/test_oven.py::test_heat[gas]|run";
    for (cell, expected) in [
        ("tests/test_oven.py::test_heat[gas]", Execution::Runs),
        ("tests/test_oven.py::test_heat[coal]", Execution::Hollow),
        ("tests/test_oven.py::test_heat", Execution::Runs),
        ("tests/test_oven.py::test_heat[*]", Execution::Runs),
        ("tests/test_oven.py::test_heat[coal], tests/test_oven.py::test_heat[gas]", Execution::Runs),
        ("tests/test_oven.py::test_heat[coal], tests/test_oven.py::test_heat", Execution::Runs),
        ("tests/test_oven.py::test_heat[wood]", Execution::NotAssessed(Unknown::TestsNotMeasured)),
    ] {
        assert_eq!(execution(&cited(cell, &[gas])), expected, "{cell}");
    }
    let hollow = rendered(&cited("tests/test_oven.py::test_heat[coal]", &[gas]), "S02");
    assert!(hollow.contains("test_heat[coal] runs none of it"), "{hollow}");
    // A recorder that knows no cases: what ran may have run in another.
    let all = "tests.test_oven.test_heat";
    for (cell, expected) in [
        ("tests/test_oven.py::test_heat[coal]", Execution::NotAssessed(Unknown::CasesTogether)),
        ("tests/test_oven.py::test_heat", Execution::Runs),
    ] {
        assert_eq!(execution(&cited(cell, &[all])), expected, "{cell}");
    }
    let marked = test.replace("    assert", "    \"\"\"Verifies: REQ-KILN-001\"\"\"\n    assert");
    let ran = report(&[("kiln/oven.py", &[(4, &[""]), (5, &[]), (8, &[""]), (10, &[gas]), (11, &[gas])])]);
    let both = "# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| REQ-KILN-001 | test_heat[coal] |\n";
    let analysis = tree(&[("docs/rtm.md", both), ("tests/test_oven.py", &marked), ("coverage.json", &ran)]);
    assert_eq!(execution(&analysis), Execution::Runs, "the marker speaks for all cases");
}

#[test]
fn lcov_of_several_tests_and_of_one_alone() {
    let section = |name: &str, lines: &str| format!("TN:{name}\nSF:kiln/oven.py\nDA:4,1\n{lines}end_of_record\n");
    let heats = section("test_heat", "DA:8,1\nDA:10,1\n");
    assert_eq!(execution(&tree(&[("lcov.info", &heats)])), Execution::Runs);
    let cools = section("test_cool", "DA:8,1\nDA:10,1\n") + &section("test_heat", "DA:5,1\nDA:8,1\n");
    assert_eq!(execution(&tree(&[("lcov.info", &cools)])), Execution::Hollow);
    let all = section("", "DA:8,1\nDA:10,1\n");
    assert_eq!(unknown(&[("lcov.info", &all)]), Unknown::NotPerTest);
    assert_eq!(execution(&tree(&[("cov/test_heat.lcov", &all)])), Execution::Runs, "the file is called after the test");
    let matrix = "# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| REQ-KILN-001 | tests/test_oven.py::test_heat[gas] |\n";
    let unmarked = TESTS.replace("Verifies: REQ-KILN-001", "Heats.");
    for (name, expected) in [
        ("cov/test_heat[gas].lcov", Execution::Runs),
        ("cov/test_heat[coal].lcov", Execution::NotAssessed(Unknown::TestsNotMeasured)),
        ("cov/test_heat.lcov", Execution::NotAssessed(Unknown::CasesTogether)),
    ] {
        let files = [("docs/rtm.md", matrix), ("tests/test_oven.py", &unmarked), (name, &all)];
        assert_eq!(execution(&tree(&files)), expected, "{name}");
    }
}

#[test]
fn lines_that_run_at_load_time_prove_nothing() {
    // The test imports the module itself: all its definitions run under its context.
    let loads = report(&[("kiln/oven.py", &[(1, &[RUN]), (4, &[RUN]), (5, &[]), (8, &[RUN]), (10, &[]), (11, &[])])]);
    assert_eq!(execution(&tree(&[("coverage.json", &loads)])), Execution::Hollow);
    let whole = OVEN
        .replace("    \"\"\"Implements: REQ-KILN-001\"\"\"\n", "")
        .replace("LIMIT", "\"\"\"Implements: REQ-KILN-001\"\"\"\nLIMIT");
    let loads = report(&[("kiln/oven.py", &[(1, &[RUN]), (5, &[RUN]), (6, &[]), (9, &[RUN]), (10, &[]), (11, &[])])]);
    assert_eq!(execution(&tree(&[("kiln/oven.py", &whole), ("coverage.json", &loads)])), Execution::Hollow);
    let constant = "\"\"\"Implements: REQ-KILN-001\"\"\"\nLIMIT = 900\nclass A: pass\n";
    let ran = report(&[("kiln/oven.py", &[(2, &[RUN]), (3, &[RUN])])]);
    assert_eq!(unknown(&[("kiln/oven.py", constant), ("coverage.json", &ran)]), Unknown::LoadedOnly);
}

#[test]
fn a_sentence_says_what_code_implements() {
    let hollow = report(&[("kiln/oven.py", &[(1, &[RUN]), (4, &[RUN]), (5, &[RUN]), (8, &[RUN]), (10, &[]), (11, &[])])]);
    let of = |said: &str| {
        let code = OVEN.replace("Implements: REQ-KILN-001", said);
        execution(&tree(&[("kiln/oven.py", &code), ("coverage.json", &hollow)]))
    };
    for said in ["Implements REQ-KILN-001", "implements REQ-KILN-001.", "This function implements the requirement REQ-KILN-001."]
    {
        assert_eq!(of(said), Execution::Hollow, "{said}");
    }
    for said in ["Heats for REQ-KILN-001", "Implements what REQ-KILN-001 is not about", "Not what implements REQ-KILN-001"] {
        assert!(matches!(of(said), Execution::NotAssessed(_)), "{said}");
    }
    let test = TESTS.replace("Verifies: REQ-KILN-001\"", "Verifies: REQ-KILN-001\n\n    Implements REQ-KILN-001.\n    \"");
    assert!(
        matches!(
            execution(&tree(&[
                ("kiln/oven.py", &OVEN.replace("Implements: REQ-KILN-001", "Heats.")),
                ("tests/test_oven.py", &test),
                ("coverage.json", &hollow)
            ])),
            Execution::NotAssessed(_)
        ),
        "a test implements nothing"
    );
}

#[test]
fn lines_that_choose_do_not_tell_what_ran() {
    let oven = OVEN.replace("    burner = open(to)\n    return burner\n", "    return gas() if to == \"gas\" else coal()\n");
    let ran = report(&[("kiln/oven.py", &[(4, &[""]), (8, &[""]), (10, &[RUN])])]);
    assert_eq!(unknown(&[("kiln/oven.py", &oven), ("coverage.json", &ran)]), Unknown::Choices);
}

#[test]
fn what_coverage_does_not_see_is_not_called_hollow() {
    let hollow = oven("kiln/oven.py", &[]);
    let coverage = ("coverage.json", hollow.as_str());
    let test = |body: &str| TESTS.replace("assert read(\"3\") == 3", body);
    // A process that the test starts, itself or by a helper or a fixture.
    for text in [
        test("subprocess.run([\"kiln\"])"),
        test("start()") + "\n\ndef start():\n    return subprocess.Popen([\"kiln\"])\n",
        test("ask()") + "\n\ndef ask():\n    return more()\n\n\ndef more():\n    return requests.get(\"http://kiln\")\n",
        "@pytest.fixture(autouse=True)\ndef kiln():\n    os.system(\"kiln\")\n\n\n".to_owned() + TESTS,
    ] {
        assert_eq!(unknown(&[("tests/test_oven.py", &text), coverage]), Unknown::Process, "{text}");
    }
    let conftest = ("tests/conftest.py", "@pytest.fixture(autouse=True)\ndef kiln():\n    subprocess.Popen([\"kiln\"])\n");
    assert_eq!(unknown(&[conftest, coverage]), Unknown::Process);
    assert_eq!(execution(&tree(&[("tests/test_oven.py", &test("assert subprocesses == 3")), coverage])), Execution::Hollow);
    // A fixture that served another test first, and code that ran when it was loaded.
    for shared in ["tests/test_oven.py::test_other|setup", ""] {
        assert_eq!(unknown(&[("coverage.json", &oven("kiln/oven.py", &[shared]))]), Unknown::Shared, "{shared}");
    }
    // A result that is kept from another test.
    let kept = OVEN.replace("def heat", "@cache\ndef heat");
    let other = "tests/test_oven.py::test_other|run";
    let ran = report(&[("kiln/oven.py", &[(4, &[""]), (5, &[RUN]), (8, &[""]), (11, &[other]), (12, &[other])])]);
    assert_eq!(unknown(&[("kiln/oven.py", &kept), ("coverage.json", &ran)]), Unknown::Kept);
    // A constant that the test compares.
    let whole = OVEN
        .replace("LIMIT", "\"\"\"Implements: REQ-KILN-001\"\"\"\nLIMIT")
        .replace("    \"\"\"Implements: REQ-KILN-001\"\"\"\n", "");
    let loads = report(&[("kiln/oven.py", &[(5, &[RUN]), (6, &[]), (9, &[RUN]), (10, &[]), (11, &[])])]);
    let compares = test("assert LIMIT == 900");
    let files = [("kiln/oven.py", whole.as_str()), ("tests/test_oven.py", &compares), ("coverage.json", &loads)];
    assert_eq!(unknown(&files), Unknown::Declared);
}

#[test]
fn what_is_not_there_is_not_assessed() {
    let unmarked = OVEN.replace("Implements: REQ-KILN-001", "Heats.");
    assert_eq!(unknown(&[("kiln/oven.py", &unmarked), ("coverage.json", &oven("kiln/oven.py", &[]))]), Unknown::NoCode);
    assert_eq!(unknown(&[("coverage.json", &oven("tests/test_oven.py", &[]))]), Unknown::NotMeasured);
    let aggregated =
        "{\"meta\":{\"format\":3},\"files\":{\"kiln/oven.py\":{\"executed_lines\":[4,5,8],\"missing_lines\":[10,11]}}}";
    assert_eq!(unknown(&[("coverage.json", aggregated)]), Unknown::NotPerTest);
    let other = report(&[("kiln/oven.py", &[(4, &[""]), (5, &["tests/test_oven.py::test_cool|run"]), (8, &[""]), (10, &[])])]);
    let cool = TESTS.to_owned() + "\n\ndef test_cool():\n    assert works()\n";
    assert_eq!(unknown(&[("tests/test_oven.py", &cool), ("coverage.json", &other)]), Unknown::TestsNotMeasured);
    // The lines are those of a shorter file, or of one in which the function stood elsewhere.
    let longer = report(&[("kiln/oven.py", &[(5, &[RUN]), (8, &[""]), (40, &[])])]);
    assert_eq!(unknown(&[("coverage.json", &longer)]), Unknown::OtherVersion);
    let moved = report(&[("kiln/oven.py", &[(5, &[RUN]), (4, &[""]), (7, &[""]), (10, &[])])]);
    assert_eq!(unknown(&[("coverage.json", &moved)]), Unknown::OtherVersion);
    let excluded = report(&[("kiln/oven.py", &[(4, &[""]), (5, &[RUN])])]);
    assert_eq!(unknown(&[("coverage.json", &excluded)]), Unknown::LoadedOnly);
}

#[test]
fn a_test_that_stopped_early_is_not_called_hollow() {
    let hollow = oven("kiln/oven.py", &[]);
    let coverage = ("coverage.json", hollow.as_str());
    for inner in ["<skipped/>", "<failure message=\"cold\"/>", "<error message=\"no gas\"/>"] {
        let results = format!(
            "<testsuite name=\"s\" tests=\"1\"><testcase classname=\"tests.test_oven\" name=\"test_heat\">{inner}</testcase></testsuite>"
        );
        assert_eq!(unknown(&[("results/junit.xml", &results), coverage]), Unknown::NotThrough, "{inner}");
    }
    let skipped = TESTS.replace("def test_heat", "@pytest.mark.skip\ndef test_heat");
    assert_eq!(unknown(&[("tests/test_oven.py", &skipped), ("results/junit.xml", ""), coverage]), Unknown::NotThrough);
    let ran_all_the_same = tree(&[("tests/test_oven.py", &skipped), coverage]);
    assert_eq!(execution(&ran_all_the_same), Execution::Hollow, "its result says that it passed");
}

#[test]
fn a_column_of_code_and_a_policy_name_what_implements() {
    let unmarked = OVEN.replace("Implements: REQ-KILN-001", "Heats.");
    let parts = |files: &[(&str, &str)]| {
        let all: Vec<(&str, &str)> = files.iter().copied().chain([("kiln/oven.py", unmarked.as_str())]).collect();
        let hollow = oven("kiln/oven.py", &[]);
        let analysis = tree(&[all.as_slice(), &[("coverage.json", hollow.as_str())]].concat());
        let graph = &analysis.graph;
        graph.requirements[0].parts.iter().map(|part| graph.part_name(part)).collect::<Vec<_>>().join(", ")
    };
    for (cell, expected) in [
        ("kiln/oven.py:heat", "kiln/oven.py:heat"),
        ("`kiln/oven.py::heat()`", "kiln/oven.py:heat"),
        ("`oven.py`", "kiln/oven.py"),
        ("kiln/oven.py:10", "kiln/oven.py:heat"),
        ("kiln/oven.py:heat, kiln/oven.py:read", "kiln/oven.py:read, kiln/oven.py:heat"),
        ("kiln/oven.py:cool", ""),
        ("kiln/door.py:heat", ""),
        ("tests/test_oven.py", ""),
        ("the oven", ""),
        ("", ""),
    ] {
        let matrix =
            format!("# Traceability matrix\n\n| Req ID | Test | Code |\n|---|---|---|\n| REQ-KILN-001 | test_heat | {cell} |\n");
        assert_eq!(parts(&[("docs/rtm.md", &matrix)]), expected, "{cell}");
    }
    let policy = "[[policy]]\nrequirements = \"REQ-KILN-*\"\nimplementation = [\"kiln/oven.py:heat\", \"kiln/oven.py\"]\n";
    assert_eq!(parts(&[("tracegate.toml", policy)]), "kiln/oven.py, kiln/oven.py:heat");
}

#[test]
fn code_that_a_policy_names_and_that_is_not_there() {
    for (name, why) in [
        ("kiln/stove.py:heat", "there is no such file"),
        ("kiln/stove.coffee", "the file is there, and no reader takes its kind"),
        ("kiln/oven.py:cool", "its file has no such symbol"),
        ("kiln/oven.py:twice", "several symbols of its file have that name"),
    ] {
        for key in ["implementation", "entry_point"] {
            let policy = format!("[[policy]]\nrequirements = \"REQ-KILN-001\"\n{key} = \"{name}\"\n");
            let code = OVEN.to_owned() + "\n\ndef twice():\n    return 1\n\n\ndef twice():\n    return 2\n";
            let files = [("tracegate.toml", policy.as_str()), ("kiln/oven.py", &code), ("kiln/stove.coffee", "heat = -> 1\n")];
            let told = rendered(&tree(&files), "E12");
            assert!(told.contains(&format!("A policy names the code `{name}`: {why}")), "{key}: {told}");
            assert!(told.contains("E12 error tracegate.toml:3:"), "{told}");
        }
    }
}

#[test]
fn an_entry_point_is_reached_or_not_or_that_is_not_known() {
    let policy = ("tracegate.toml", "[[policy]]\nrequirements = \"REQ-KILN-001\"\nentry_point = \"kiln/oven.py:heat\"\n");
    let told = |files: &[(&str, &str)]| rendered(&tree(&[files, &[policy]].concat()), "S03");
    assert_eq!(told(&[("coverage.json", &oven("kiln/oven.py", &[RUN]))]), "");
    let missed = told(&[("coverage.json", &oven("kiln/oven.py", &[]))]);
    assert!(
        missed.contains("must be entered at `kiln/oven.py:heat`, and the only test that is to verify it does not reach it"),
        "{missed}"
    );
    let open = told(&[]);
    assert!(open.contains("S03 error tracegate.toml:3") && open.contains("is not assessed: no coverage file was read"), "{open}");
    let nobody = TESTS.replace("Verifies: REQ-KILN-001", "Reads.");
    assert_eq!(told(&[("tests/test_oven.py", &nobody)]), "", "that nothing verifies it is told by another check");
}

#[test]
fn an_entry_point_may_be_written_more_than_once() {
    let policy = ("tracegate.toml", "[[policy]]\nrequirements = \"REQ-KILN-001\"\nentry_point = \"kiln/oven.py:heat\"\n");
    let code = "import typing\n\n\n@typing.overload\ndef heat(to: int) -> int: ...\n@typing.overload\ndef heat(to: str) -> str: ...\ndef heat(to):\n    return to\n\n\ndef read(line):\n    return float(line)\n";
    let told = |contexts: &[&str]| {
        let lines = report(&[("kiln/oven.py", &[(1, &[""]), (5, &[""]), (7, &[""]), (8, &[""]), (9, contexts), (13, &[RUN])])]);
        let analysis = tree(&[("kiln/oven.py", code), ("coverage.json", &lines), policy]);
        assert_eq!(rendered(&analysis, "E12"), "");
        rendered(&analysis, "S03")
    };
    assert_eq!(told(&[RUN]), "");
    assert!(told(&[]).contains("must be entered at `kiln/oven.py:heat`"), "{}", told(&[]));
    // In Java any of them may be entered.
    let policy = ("tracegate.toml", "[[policy]]\nrequirements = \"REQ-KILN-001\"\nentry_point = \"src/Oven.java:Oven.heat\"\n");
    let code = "class Oven {\n    int heat(int to) {\n        return to;\n    }\n    int heat(String to) {\n        return 1;\n    }\n    int read() {\n        return 2;\n    }\n}\n";
    let told = |first: u32, second: u32| {
        let lcov = format!("TN:test_heat\nSF:src/Oven.java\nDA:3,{first}\nDA:6,{second}\nDA:9,1\nend_of_record\n");
        let analysis = tree(&[("src/Oven.java", code), ("test_heat.lcov", &lcov), policy]);
        assert_eq!(rendered(&analysis, "E12"), "");
        rendered(&analysis, "S03")
    };
    assert_eq!((told(1, 0), told(0, 1)), (String::new(), String::new()));
    assert!(told(0, 0).contains("must be entered at `src/Oven.java:Oven.heat`"), "{}", told(0, 0));
}

#[test]
fn trace_tells_what_ran_and_what_did_not() {
    let ran = report(&[("kiln/oven.py", &[(4, &[""]), (5, &[RUN]), (8, &[""]), (10, &[RUN]), (11, &[])])]);
    let analysis = tree(&[("coverage.json", &ran)]);
    let chains = tracegate::report::trace::find(&analysis.graph, &analysis.findings, "REQ-KILN-001");
    let section = chains[0].sections.iter().find(|section| section.heading == "implementation").unwrap();
    let piece = &section.items[0];
    let items: Vec<&str> = piece.items.iter().map(|item| item.text.as_str()).collect();
    assert_eq!(piece.text, "kiln/oven.py:heat");
    assert_eq!(items, ["a marker says that it implements it", "test_heat ran line 10", "no test of it ran line 11"]);
}

/// What V8 counts of a script that a test loads: the lines on which functions begin and end ran, their bodies did not.
#[test]
fn what_runs_when_a_script_is_loaded_is_no_run_of_its_functions() {
    const TEST: (&str, &str) = (
        "test/link.test.js",
        "import { real } from '../src/link.js';\n\n// Verifies: REQ-KILN-001\ntest('test_real', () => {\n  expect(real(1)).toBe(2);\n});\n",
    );
    let of = |code: &str, idle: &[u32]| {
        let code = format!("/** Implements: REQ-KILN-001 */\n{code}\n\nexport function real(x) {{\n  return x + 1;\n}}\n");
        let lines = (1..=u32::try_from(code.lines().count()).unwrap())
            .map(|line| format!("DA:{line},{}\n", u32::from(!idle.contains(&line))));
        let lcov = format!("TN:\nSF:src/link.js\n{}end_of_record\n", lines.collect::<String>());
        let files = [
            ("docs/srs.md", SPECIFICATION),
            TEST,
            ("src/link.js", &code),
            ("cov/test_real.lcov", &lcov),
            ("results/junit.xml", "<testsuites><testcase name=\"test_real\" classname=\"test\"/></testsuites>"),
        ];
        let analysis = analyze_files(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect());
        assert_eq!(analysis.graph.requirements[0].tests().len(), 1);
        assert_eq!(rendered(&analysis, "E01"), "", "node names no file");
        execution(&analysis)
    };
    for (code, idle) in [
        ("export function hollow(x) {\n  return x * 2;\n}", &[3][..]),
        ("export function hollow(\n  x,\n) {\n  return x * 2;\n}", &[5]),
        ("export const hollow = (x) => {\n  return x * 2;\n};", &[3]),
        ("export default async function hollow(x) {\n  return x * 2;\n}", &[3]),
        ("export class Hollow {\n  constructor(x) {\n    this.x = x;\n  }\n\n  run() {\n    return 1;\n  }\n}", &[4, 8]),
    ] {
        assert_eq!(of(code, idle), Execution::Hollow, "{code}");
        assert_eq!(of(code, &[]), Execution::Runs, "{code}");
    }
    for code in [
        "export const hollow = (x) => x * 2;",
        "export const hollow = memo((x) => {\n  return x * 2;\n});",
        "export const hollow = {\n  run: (x) => x * 2,\n};",
    ] {
        assert_eq!(of(code, &[3]), Execution::NotAssessed(Unknown::LoadedOnly), "{code}");
    }
    let field = "export class Hollow {\n  static limit = compute();\n  run() {\n    return 1;\n  }\n}";
    assert_eq!(of(field, &[5]), Execution::NotAssessed(Unknown::OtherLines));
}

#[test]
fn code_that_a_row_names() {
    let overloaded = "import typing as t\n\n\n@t.overload\ndef heat(to: int) -> int: ...\n@t.overload\ndef heat(to: str) -> str: ...\ndef heat(to):\n    return to\n";
    let of = |name: &str| {
        let rtm = format!(
            "# Traceability matrix\n\n| Req ID | Implementation | Test |\n|---|---|---|\n| REQ-KILN-001 | {name} | tests/test_oven.py::test_heat |\n"
        );
        let ran = report(&[("kiln/oven.py", &[(5, &[""]), (7, &[""]), (8, &[""]), (9, &[RUN])])]);
        tree(&[("kiln/oven.py", overloaded), ("docs/rtm.md", &rtm), ("coverage.json", &ran)])
    };
    let named = of("kiln/oven.py:heat");
    assert_eq!((execution(&named), rendered(&named, "Q04")), (Execution::Runs, String::new()));
    let nobody = rendered(&of("kiln/oven.py:cool"), "Q04");
    assert!(
        nobody.contains("The row of REQ-KILN-001 names the code `kiln/oven.py:cool`, and its file has no such symbol"),
        "{nobody}"
    );
}
