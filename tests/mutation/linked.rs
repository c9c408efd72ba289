//! What mutation results say of tests and requirements: paths, tests, versions of the code, and why something is not assessed.

use crate::checks::support::{analyze_files, rendered};
use tracegate::analysis::Analysis;
use tracegate::link::graph::Rung;
use tracegate::link::mutated::{Killing, Unkilled};
use tracegate::verdict::Summary;

const SPECIFICATION: &str = "# Requirements of the kiln\n\n| Req ID | Requirement |\n|---|---|\n| REQ-KILN-001 | The kiln shall cool below 60 degrees. |\n";
const CODE: &str =
    "/** Implements: REQ-KILN-001 */\nfunction cools(to) {\n  return to < 60;\n}\n\nfunction other() {\n  return 1;\n}\n";
const CODE_OF_DOOR: &str = "function shuts() { return 1; }\n";
const TESTS: &str =
    "describe(\"kiln\", () => {\n  // Verifies: REQ-KILN-001\n  it(\"cools\", () => expect(cools(3)).toBe(true));\n});\n";
const OTHERS: &str = "describe(\"kiln\", () => {\n  it(\"heats\", () => expect(heats()).toBe(true));\n});\n";
const RESULTS: &str =
    "<testsuite name=\"s\" tests=\"1\"><testcase classname=\"kiln\" name=\"cools\" file=\"tests/kiln.test.js\"/></testsuite>";

fn tree(files: &[(&str, &str)]) -> Analysis {
    let own = [
        ("docs/srs.md", SPECIFICATION),
        ("kiln/oven.js", CODE),
        ("tests/kiln.test.js", TESTS),
        ("tests/heat.test.js", OTHERS),
        ("results/junit.xml", RESULTS),
    ];
    let own = own.iter().filter(|(path, _)| !files.iter().any(|(other, _)| other == path));
    let all = own.chain(files).filter(|(_, text)| !text.is_empty());
    analyze_files(all.map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect())
}

/// A mutant on a line with a status, the tests that killed it and those that ran it.
type Change<'c> = (u32, &'c str, &'c [&'c str], Option<&'c [&'c str]>);

/// A report of Stryker; its tests are those of the tree: 1 cools, 2 heats.
fn stryker(path: &str, source: Option<&str>, changes: &[Change<'_>], more: &str) -> String {
    let list = |ids: &[&str]| ids.iter().map(|id| format!("\"{id}\"")).collect::<Vec<_>>().join(",");
    let mutant = |(line, status, killers, covering): &Change<'_>| {
        let covering = covering.map_or_else(String::new, |ids| format!("\"coveredBy\": [{}], ", list(ids)));
        format!(
            "{{\"id\": \"m\", \"mutatorName\": \"Edge\", \"replacement\": \"to <= 60\", \"status\": \"{status}\", \"killedBy\": [{}], {covering}\
             \"location\": {{\"start\": {{\"line\": {line}, \"column\": 1}}}}}}",
            list(killers)
        )
    };
    let source = source.map_or_else(String::new, |text| format!("\"source\": {}, ", serde_json::to_string(text).unwrap()));
    let mutants: Vec<String> = changes.iter().map(mutant).collect();
    format!(
        "{{\"schemaVersion\": \"2\", \"files\": {{{}: {{{source}\"mutants\": [{}]}}}}, \"testFiles\": {{\"tests/kiln.test.js\": {{\"tests\": \
         [{{\"id\": \"1\", \"name\": \"kiln cools\"}}]}}, \"tests/heat.test.js\": {{\"tests\": [{{\"id\": \"2\", \"name\": \"kiln heats\"}}]}}}}{more}}}",
        serde_json::to_string(path).unwrap(),
        mutants.join(",")
    )
}

fn of(changes: &[Change<'_>]) -> String {
    stryker("kiln/oven.js", Some(CODE), changes, "")
}

fn killing(files: &[(&str, &str)]) -> Killing {
    tree(files).graph.requirements[0].killing
}

fn unknown(files: &[(&str, &str)]) -> Unkilled {
    match killing(files) {
        Killing::NotAssessed(why) => why,
        known => panic!("{known:?}"),
    }
}

const BOTH: Option<&[&str]> = Some(&["1", "2"]);

#[test]
fn a_test_that_notices_a_change_and_one_that_does_not() {
    let kills = tree(&[("mutation.json", &of(&[(3, "Killed", &["1"], BOTH), (3, "Survived", &[], BOTH)]))]);
    assert_eq!((kills.graph.requirements[0].killing, kills.graph.requirements[0].rung), (Killing::Kills, Rung::Kills));
    let told = rendered(&kills, "S12");
    assert!(
        told.contains("1 of the 2 mutants in `kiln/oven.js:cools`, which implements REQ-KILN-001, survives all tests"),
        "{told}"
    );
    assert!(told.contains("kiln/oven.js:3:1 no test notices it: Edge: to <= 60"), "{told}");
    let none = tree(&[("mutation.json", &of(&[(3, "Survived", &[], BOTH), (3, "NoCoverage", &[], Some(&[]))]))]);
    assert_eq!((none.graph.requirements[0].killing, none.graph.requirements[0].rung), (Killing::KillsNone, Rung::Asserts));
    let told = rendered(&none, "S12");
    assert!(told.contains("The tests of REQ-KILN-001 kill none of the 2 mutants"), "{told}");
    assert!(told.contains("and nor does any other") && told.contains("no test runs it"), "{told}");
}

#[test]
fn all_that_is_noticed_is_no_finding() {
    let all = of(&[(3, "Killed", &["1"], BOTH), (7, "Survived", &[], BOTH), (3, "CompileError", &[], None)]);
    let analysis = tree(&[("mutation.json", &all)]);
    assert_eq!(rendered(&analysis, "S12"), "", "the mutant that survives stands in other code");
}

#[test]
fn changes_that_other_tests_noticed_first() {
    let first = [(3, "Killed", &["2"] as &[&str], BOTH)];
    assert_eq!(unknown(&[("mutation.json", &of(&first))]), Unkilled::FirstOnly);
    let went_on = stryker("kiln/oven.js", Some(CODE), &first, ", \"config\": {\"disableBail\": true}");
    let analysis = tree(&[("mutation.json", &went_on)]);
    assert_eq!(analysis.graph.requirements[0].killing, Killing::KillsNone);
    assert!(rendered(&analysis, "S12").contains("other tests kill 1"), "{}", rendered(&analysis, "S12"));
    assert_eq!(
        killing(&[("mutation.json", &of(&[(3, "Killed", &["2"], Some(&["2"]))]))]),
        Killing::KillsNone,
        "it does not run it"
    );
    assert_eq!(
        unknown(&[("mutation.json", &of(&[(3, "Timeout", &[], BOTH)]))]),
        Unkilled::FirstOnly,
        "nobody knows for whom it hung"
    );
    let hung = stryker("kiln/oven.js", Some(CODE), &[(3, "Timeout", &[], BOTH)], ", \"config\": {\"disableBail\": true}");
    assert_eq!(unknown(&[("mutation.json", &hung)]), Unkilled::FirstOnly);
}

#[test]
fn what_is_not_assessed_says_why() {
    let survives = of(&[(3, "Survived", &[], BOTH)]);
    let door = stryker("kiln/door.js", Some(CODE_OF_DOOR), &[(1, "Killed", &["1"], BOTH)], "");
    assert_eq!(unknown(&[]), Unkilled::NoResults);
    for (why, files) in [
        (Unkilled::NoTest, vec![("tests/kiln.test.js", "describe(\"kiln\", () => {});\n"), ("mutation.json", survives.as_str())]),
        (Unkilled::NoCode, vec![("kiln/oven.js", "function cools() {}\n"), ("mutation.json", &survives)]),
        (Unkilled::OtherVersion, vec![("kiln/oven.js", &CODE.replace("60", "61")), ("mutation.json", &survives)]),
        (Unkilled::SeveralRuns, vec![("a/mutation.json", &survives), ("b/mutation.json", &survives)]),
        (Unkilled::NoMutants, vec![("mutation.json", &of(&[(7, "Killed", &["1"], BOTH)]))]),
        (Unkilled::NotPerTest, vec![("mutation.json", &of(&[(3, "Killed", &[], None)]))]),
        (Unkilled::Untried, vec![("mutation.json", &of(&[(3, "Pending", &[], BOTH)]))]),
        (Unkilled::NotMutated, vec![("kiln/door.js", CODE_OF_DOOR), ("mutation.json", &door)]),
    ] {
        let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, *text)).collect();
        assert_eq!(unknown(&files), why);
    }
}

#[test]
fn tests_that_the_run_did_not_have() {
    let without = of(&[(3, "Survived", &[], Some(&["2"]))]).replace("kiln cools", "kiln glows");
    let analysis = tree(&[("mutation.json", &without)]);
    assert_eq!(analysis.graph.requirements[0].killing, Killing::NotAssessed(Unkilled::OtherTests));
    assert_eq!(rendered(&analysis, "S12"), "");
    let python = "def test_cools():\n    \"\"\"Verifies: REQ-KILN-001\"\"\"\n    assert cools(3)\n";
    let own = "/// Implements: REQ-KILN-001\npub fn cools(to: u32) -> bool {\n    to < 60\n}\n";
    let missed = "{\"outcomes\": [{\"scenario\": {\"Mutant\": {\"name\": \"oven.rs:3:5: replace\", \"file\": \"oven.rs\", \"function\": \
        {\"function_name\": \"cools\"}, \"span\": {\"start\": {\"line\": 3, \"column\": 5}}}}, \"summary\": \"MissedMutant\"}], \"total_mutants\": 1}";
    let rust = "/// Verifies: REQ-KILN-001\n#[test]\nfn cools() {\n    assert!(oven::cools(3));\n}\n";
    let with = |test: (&'static str, &'static str)| {
        tree(&[("kiln/oven.js", ""), ("tests/kiln.test.js", ""), ("oven.rs", own), test, ("mutants.out/outcomes.json", missed)])
    };
    assert_eq!(rendered(&with(("tests/test_kiln.py", python)), "S12"), "", "cargo does not run tests of Python");
    assert!(rendered(&with(("tests/kiln.rs", rust)), "S12").contains("1 of the 1 mutant in `oven.rs:cools`"));
}

#[test]
fn functions_that_moved_are_of_another_version() {
    let java = "class Oven {\n    /** Implements: REQ-KILN-001 */\n    boolean cools(int to) {\n        return to < 60;\n    }\n\n    int other() {\n        return 1;\n    }\n}\n";
    let test = "class OvenTest {\n    /** Verifies: REQ-KILN-001 */\n    @Test\n    void cools() {\n        assertTrue(oven.cools(3));\n    }\n}\n";
    let pit = |line: u32, method: &str| {
        format!(
            "<mutations><mutation status='KILLED'><sourceFile>Oven.java</sourceFile><mutatedClass>org.kiln.Oven</mutatedClass><mutatedMethod>{method}\
             </mutatedMethod><lineNumber>{line}</lineNumber><killingTest>org.kiln.OvenTest.cools(org.kiln.OvenTest)</killingTest></mutation></mutations>"
        )
    };
    let with = |pit: &str| {
        let code = ("src/main/java/org/kiln/Oven.java", java);
        let files = [
            ("kiln/oven.js", ""),
            ("tests/kiln.test.js", ""),
            code,
            ("src/test/java/org/kiln/OvenTest.java", test),
            ("mutations.xml", pit),
        ];
        killing(&files)
    };
    assert_eq!(with(&pit(4, "cools")), Killing::Kills);
    assert_eq!(with(&pit(4, "lambda$cools$0")), Killing::Kills);
    assert_eq!(with(&pit(4, "other")), Killing::NotAssessed(Unkilled::OtherVersion));
    assert_eq!(with(&pit(4, "cooled")), Killing::NotAssessed(Unkilled::OtherVersion));
}

#[test]
fn paths_of_other_machines_lead_to_the_tree_and_others_are_told() {
    for path in ["./kiln/oven.js", "/ci/job 7/kiln/oven.js", "C:\\ci\\kiln\\oven.js", "a/../kiln/oven.js"] {
        let text = stryker(path, Some(CODE), &[(3, "Killed", &["1"], BOTH)], "");
        assert_eq!(killing(&[("mutation.json", &text)]), Killing::Kills, "{path}");
    }
    let foreign = stryker("lib/door.js", Some(CODE), &[(3, "Killed", &["1"], BOTH)], "");
    let told = rendered(&tree(&[("mutation.json", &foreign)]), "E12");
    assert!(
        told.contains("mutation.json is about mutants of 1 file, and none of them is in this tree (the first is `lib/door.js`)"),
        "{told}"
    );
    let configured = |path: &str| format!("[tests]\nmutation = [\"{path}\"]\n");
    let named =
        |path: &str, text: &str| rendered(&tree(&[("tracegate.toml", &configured(path)), ("out/deep.json", text)]), "E12");
    assert_eq!(named("out/deep.json", &of(&[(3, "Killed", &["1"], BOTH)])), "");
    assert!(named("out/none.json", "{}").contains("The configuration names mutation `out/none.json`, and no file matches"));
    assert!(named("out/deep.json", "{}").contains("not one mutant was found in out/deep.json"));
}

#[test]
fn a_case_that_is_cited_is_not_the_whole_test() {
    let matrix = "# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| REQ-KILN-001 | tests/test_kiln.py::test_cools[3] |\n";
    let python = "@pytest.mark.parametrize(\"to\", [3, 4])\ndef test_cools(to):\n    assert cools(to)\n";
    let code = "def cools(to):\n    \"\"\"Implements: REQ-KILN-001\"\"\"\n    return to < 60\n";
    let text = stryker("kiln/oven.py", Some(code), &[(3, "Killed", &["1"], None)], "");
    let text = text.replace("tests/kiln.test.js", "tests/test_kiln.py").replace("kiln cools", "test_cools");
    let files = [("docs/rtm.md", matrix), ("tests/test_kiln.py", python), ("kiln/oven.py", code), ("mutation.json", &text)];
    let own = [("kiln/oven.js", ""), ("tests/kiln.test.js", "")];
    let all: Vec<(&str, &str)> = files.iter().chain(&own).copied().collect();
    assert_eq!(unknown(&all), Unkilled::CasesTogether);
}

#[test]
fn the_ladder_counts_who_kills_and_says_what_is_open() {
    let summary = |files: &[(&str, &str)]| {
        let analysis = tree(files);
        Summary::of(&analysis.graph, &analysis.findings).ladder
    };
    let kills = summary(&[("mutation.json", &of(&[(3, "Killed", &["1"], BOTH)]))]);
    assert_eq!((kills.asserts, kills.executes, kills.kills), (1, 1, 1), "who kills runs the code");
    assert!(kills.not_killed.is_empty() && kills.not_executed.is_empty());
    let open = summary(&[("mutation.json", &of(&[(3, "Killed", &["2"], BOTH)]))]);
    assert_eq!(open.kills, 0);
    assert_eq!(open.not_killed.get(Unkilled::FirstOnly.text()), Some(&1));
    assert!(summary(&[]).not_killed.is_empty(), "without results that is told once for all");
}

#[test]
fn the_chain_of_a_requirement_shows_what_became_of_each_mutant() {
    let changes =
        [(3, "Killed", &["1"] as &[&str], BOTH), (3, "Survived", &[], BOTH), (3, "NoCoverage", &[], Some(&[] as &[&str]))];
    let chain = |analysis: &Analysis| {
        let found = tracegate::report::trace::find(&analysis.graph, &analysis.findings, "REQ-KILN-001");
        serde_json::to_string(&found).unwrap()
    };
    let shown = chain(&tree(&[("mutation.json", &of(&changes))]));
    for words in ["Edge: to <= 60: killed by kiln::cools", "Edge: to <= 60: survived", "Edge: to <= 60: no test runs it"] {
        assert!(shown.contains(words), "{words}: {shown}");
    }
    let open = chain(&tree(&[("mutation.json", &of(&[(3, "Killed", &["2"], BOTH)]))]));
    assert!(
        open.contains("killed by kiln::heats") && open.contains("not assessed: other tests killed the mutants first"),
        "{open}"
    );
}

#[test]
fn a_run_that_did_not_end_is_a_finding() {
    let told = |text: &str| rendered(&tree(&[("mutation.json", text)]), "Q04");
    let open = told(&of(&[(3, "Pending", &[], BOTH), (3, "Killed", &["1"], BOTH)]));
    assert!(open.contains("Q04 warning mutation.json"), "{open}");
    assert!(open.contains("mutation.json does not tell everything: the run did not come to its end: 1 of its mutants"), "{open}");
    assert_eq!(told(&of(&[(3, "Killed", &["1"], BOTH)])), "");
    assert!(told(&of(&[(3, "Killed", &["1"], BOTH)]).replace("\"2\", \"files\"", "\"9\", \"files\"")).contains("Q04 error"));
}
