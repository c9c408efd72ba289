//! Rungs that a policy demands (S13), and policies that nobody is under (E12).

use super::support::{analyze_files, rendered};
use tracegate::analysis::{Analysis, analyze};
use tracegate::discover::tree::Memory;
use tracegate::link::graph::Rung;
use tracegate::settings::{Policy, Settings};
use tracegate::source::Spanned;

const SPECIFICATION: &str =
    "# Requirements of the kiln\n\n### REQ-KILN-001: Heating\n\nIt shall heat.\n\n### REQ-KILN-002: Cooling\n\nIt shall cool.\n";
const TESTS: &str = "def test_heat():\n    \"\"\"Verifies: REQ-KILN-001\"\"\"\n    assert heat()\n\n\ndef test_cool():\n    \"\"\"Verifies: REQ-KILN-002\"\"\"\n    cool()\n";
const RESULTS: &str = "<testsuite name=\"s\" tests=\"2\"><testcase classname=\"tests.test_kiln\" name=\"test_heat\"/><testcase classname=\"tests.test_kiln\" name=\"test_cool\"/></testsuite>";

fn kiln(policy: &str, other: &[(&str, &str)]) -> Analysis {
    let own = [
        ("docs/srs.md", SPECIFICATION),
        ("tests/test_kiln.py", TESTS),
        ("results/junit.xml", RESULTS),
        ("tracegate.toml", policy),
    ];
    let own = own.iter().filter(|(path, _)| !other.iter().any(|(another, _)| another == path));
    analyze_files(own.chain(other).map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect())
}

fn demand(requirements: &str, rung: &str) -> String {
    format!("[[policy]]\nrequirements = \"{requirements}\"\nrung = \"{rung}\"\n")
}

#[test]
fn each_rung_is_met_or_lacks_something() {
    for (rung, requirement, lacks) in [
        ("cited", "REQ-KILN-002", None),
        ("exists", "REQ-KILN-002", None),
        ("passes", "REQ-KILN-002", None),
        ("asserts", "REQ-KILN-001", None),
        ("asserts", "REQ-KILN-002", Some("none of its tests asserts anything")),
        ("executes", "REQ-KILN-001", Some("whether its tests run its code is not assessed: no coverage file was read")),
        ("executes", "REQ-KILN-002", Some("none of its tests asserts anything")),
        ("kills", "REQ-KILN-001", Some("whether its tests run its code is not assessed: no coverage file was read")),
    ] {
        let told = rendered(&kiln(&demand(requirement, rung), &[]), "S13");
        match lacks {
            None => assert_eq!(told, "", "{rung} {requirement}"),
            Some(why) => {
                assert!(told.contains(&format!("{requirement} must stand on the rung `{rung}` and does not: {why}")), "{told}");
                assert!(
                    told.contains("S13 error tests/test_kiln.py") && told.contains("tracegate.toml:3:8 the policy"),
                    "{told}"
                );
            }
        }
    }
}

#[test]
fn what_is_missing_below_is_what_is_told() {
    let told = |other: &[(&str, &str)]| rendered(&kiln(&demand("REQ-KILN-001", "passes"), other), "S13");
    assert!(
        told(&[("tests/test_kiln.py", "def test_oven():\n    assert works()\n")])
            .contains("no test and no other verification of it is named")
    );
    assert!(told(&[("results/junit.xml", "")]).contains("no result file was read"));
    let failed = RESULTS.replacen("\"/>", "\"><failure/></testcase>", 1);
    assert!(told(&[("results/junit.xml", &failed)]).contains("not all its tests have results that are passes"));
    let elsewhere = "# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| REQ-KILN-001 | tests/test_kiln.py::test_heat, firmware/kiln.zzz |\n";
    let told = told(&[("docs/rtm.md", elsewhere)]);
    assert!(told.is_empty() || told.contains("a part of its evidence is not assessed"), "{told}");
}

#[test]
fn what_nobody_demands_is_not_missed_and_the_highest_demand_counts() {
    assert_eq!(rendered(&kiln("[tests]\nfiles = [\"tests/**\"]\n", &[]), "S13"), "");
    let both = demand("REQ-KILN-001", "passes") + &demand("REQ-KILN-*", "executes") + &demand("REQ-KILN-001", "exists");
    let told = rendered(&kiln(&both, &[]), "S13");
    assert_eq!(told.matches("REQ-KILN-001 must stand").count(), 1, "{told}");
    assert!(told.contains("the rung `executes`"), "{told}");
}

#[test]
fn a_demand_on_many_that_lack_the_same_is_told_once() {
    let srs: String = (1..=5).map(|n| format!("### REQ-KILN-00{n}: Part {n}\n\nIt shall do its part.\n\n")).collect();
    let srs = format!("# Requirements of the kiln\n\n{srs}");
    let told = rendered(&kiln(&demand("REQ-KILN-*", "passes"), &[("docs/srs.md", &srs)]), "S13");
    assert_eq!(told.matches("must stand").count(), 3, "three without a test, one by one: {told}");
    let told = rendered(&kiln(&demand("REQ-KILN-*", "passes"), &[("docs/srs.md", &srs), ("results/junit.xml", "")]), "S13");
    assert!(!told.contains("5 requirements"), "two lack another thing than three: {told}");
    let tests: String =
        (1..=5).map(|n| format!("def test_{n}():\n    \"\"\"Verifies: REQ-KILN-00{n}\"\"\"\n    assert works()\n\n\n")).collect();
    let other = [("docs/srs.md", srs.as_str()), ("tests/test_kiln.py", &tests), ("results/junit.xml", "")];
    let told = rendered(&kiln(&demand("REQ-KILN-*", "passes"), &other), "S13");
    assert_eq!(told.matches("must stand").count(), 1, "{told}");
    assert!(told.contains("S13 error tracegate.toml:3:8") && told.contains("5 requirements must stand"), "{told}");
    assert_eq!(told.matches("about:").count(), 5, "{told}");
}

#[test]
fn a_parent_hands_the_demand_to_its_children() {
    let parent = "# Requirements of the kiln\n\n### REQ-KILN-001: Heat\n\nIt shall fire clay.\n\n### REQ-KILN-002: Heating\n\nIt shall heat.\n\n- Parent: REQ-KILN-001\n";
    let tests = TESTS.replace("REQ-KILN-001", "REQ-KILN-002");
    let analysis = kiln(&demand("REQ-KILN-001", "asserts"), &[("docs/srs.md", parent), ("tests/test_kiln.py", &tests)]);
    assert_eq!(analysis.graph.requirements[0].rung, Rung::None);
    assert_eq!(rendered(&analysis, "S13"), "");
    let silent = tests.replace("assert heat()", "heat()");
    let analysis = kiln(&demand("REQ-KILN-001", "asserts"), &[("docs/srs.md", parent), ("tests/test_kiln.py", &silent)]);
    assert!(rendered(&analysis, "S13").contains("REQ-KILN-002 must stand on the rung `asserts`"));
}

#[test]
fn before_the_tests_have_run_no_result_is_asked_for() {
    let name = |text: &str| Spanned { text: text.to_owned(), ..Spanned::default() };
    let policies = vec![Policy { requirements: name("REQ-KILN-*"), rung: Some(name("passes")), ..Policy::default() }];
    let settings = Settings { policies, without_results: true, ..Settings::default() };
    let tree = |tests: &str| Memory::new([("docs/srs.md", SPECIFICATION.as_bytes()), ("tests/test_kiln.py", tests.as_bytes())]);
    assert_eq!(rendered(&analyze(&tree(TESTS), &settings), "S13"), "");
    let told = rendered(&analyze(&tree("def test_heat():\n    assert works()\n"), &settings), "S13");
    assert!(told.contains("must stand on the rung `exists`"), "{told}");
}

#[test]
fn a_policy_for_nobody_is_an_error() {
    for (requirements, told) in
        [("REQ-KILN-009", true), ("REQ-OVEN-*", true), ("REQ-KILN-001, REQ-OVEN-001", true), ("REQ-KILN-*", false)]
    {
        let found = rendered(&kiln(&demand(requirements, "passes"), &[]), "E12");
        assert_eq!(found.contains("and no requirement has such an identifier"), told, "{requirements}: {found}");
        assert!(!told || found.contains("E12 error tracegate.toml:2:16"), "{found}");
    }
}
