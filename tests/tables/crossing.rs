//! Tables that cross requirements with tests.

use tracegate::analysis::{Analysis, analyze};
use tracegate::discover::tree::Memory;
use tracegate::settings::Settings;

const TESTS: &str = "class TestTank:\n    def test_TC_TANK_01_fills(self):\n        assert fill() == 1\n\n    \
                     def test_TC_TANK_02_stops(self):\n        assert fill() == 2\n\n    \
                     def test_TC_TANK_03_drains(self):\n        assert drain() == 0\n\n    \
                     def test_TC_VALVE_01_opens(self):\n        assert valve() == 1\n";

const REQUIREMENTS: &str = "# Tank Requirements\n\n- REQ-01: The tank shall fill.\n- REQ-02: The tank shall stop.\n\
                            - REQ-03: The tank shall drain.\n- REQ-04: The valve shall open.\n";

fn crossed(table: &str) -> Analysis {
    analyzed(&[("docs/traceability_matrix.md", &format!("# Traceability matrix\n\n{table}\n"))])
}

fn analyzed(files: &[(&str, &str)]) -> Analysis {
    let own = [("docs/requirements.md", REQUIREMENTS), ("tests/test_tank.py", TESTS)];
    analyze(&Memory::new(files.iter().chain(&own).copied()), &Settings::default())
}

/// Which tests each requirement has: `1: 01 02` for `TC_TANK_01` and `TC_TANK_02`, `V01` for the one of the valve.
fn links(analysis: &Analysis) -> String {
    let graph = &analysis.graph;
    let short =
        |name: &str| name.replace("test_TC_TANK_", "").replace("test_TC_VALVE_", "V").split('_').next().map(str::to_owned);
    let told = graph.requirements.iter().map(|one| {
        let mut tests: Vec<String> = one.evidence.iter().filter_map(|link| short(&graph.test(link.test).name)).collect();
        tests.sort();
        tests.dedup();
        format!("{}: {}", one.id.trim_start_matches("REQ-0"), tests.join(" "))
    });
    let mut told: Vec<String> = told.collect();
    told.sort();
    told.join("; ")
}

const ALL: &str = "1: 01 02; 2: 02; 3: 03; 4: V01";

#[test]
fn a_mark_links_the_requirement_of_its_row_and_the_test_of_its_column() {
    for (corner, mark) in
        [("要件ID＼テストID", "○"), ("Requirement \\ Test", "✓"), ("Req / Test case", "x"), ("Requirement", "X")]
    {
        let table = format!(
            "| {corner} | TC-TANK-01 | TC-TANK-02 | TC-TANK-03 | TC-VALVE-01 |\n|---|---|---|---|---|\n\
             | REQ-01 | {mark} | {mark} | | |\n| REQ-02 | | {mark} | - | |\n| REQ-03 | | | {mark} | |\n| REQ-04 | | | | {mark} |\n"
        );
        assert_eq!(links(&crossed(&table)), ALL, "{corner}");
    }
}

#[test]
fn a_cross_denies_where_another_sign_affirms() {
    let table = "| Requirement | TC-TANK-01 | TC-TANK-02 |\n|---|---|---|\n| REQ-01 | ✓ | × |\n| REQ-02 | × | ✓ |\n";
    assert_eq!(links(&crossed(table)), "1: 01; 2: 02; 3: ; 4: ");
}

#[test]
fn tests_may_stand_down_the_side() {
    let table = "| Test \\ Requirement | REQ-01 | REQ-02 | REQ-03 | REQ-04 |\n|---|---|---|---|---|\n\
                 | TC-TANK-01 | x | | | |\n| TC-TANK-02 | x | x | | |\n| TC-TANK-03 | | | x | |\n| TC-VALVE-01 | | | | x |\n";
    assert_eq!(links(&crossed(table)), ALL);
    // A title and a status may stand beside what is crossed.
    let table = "| Test case | Title | REQ-01 | REQ-02 | REQ-03 | REQ-04 |\n|---|---|---|---|---|---|\n\
                 | TC-TANK-01 | fills | x | | | |\n| TC-TANK-02 | stops | x | x | | |\n| TC-TANK-03 | drains | | | x | |\n\
                 | TC-VALVE-01 | opens | | | | x |\n";
    assert_eq!(links(&crossed(table)), ALL);
}

#[test]
fn below_modules_of_tests_stand_lists_and_ranges_of_cases() {
    for range in
        ["TC-TANK-01〜TC-TANK-03", "TC-TANK-01 ～ TC-TANK-03", "TC-TANK-01 to TC-TANK-03", "TC-TANK-01, TC-TANK-02, TC-TANK-03"]
    {
        let table = format!(
            "| 要件ID＼テストモジュールID | TEST-TANK | TEST-VALVE |\n|---|---|---|\n| REQ-01 | {range} | |\n\
             | REQ-04 | TC-TANK-02 | TC-VALVE-01 |\n| REQ-03 | | （注記参照） |\n"
        );
        let analysis = crossed(&table);
        assert_eq!(links(&analysis), "1: 01 02 03; 2: ; 3: ; 4: 02 V01", "{range}");
        assert_eq!(analysis.graph.rows.len(), 3);
    }
}

#[test]
fn the_cases_between_the_ends_of_a_range_need_not_exist() {
    let table = "| Requirement | Tests |\n|---|---|\n| REQ-01 | TC-TANK-01〜TC-TANK-09 |\n";
    let analysis = crossed(table);
    let ghosts: Vec<&str> = analysis.findings.iter().filter(|one| one.code == "M02").map(|one| one.message.as_str()).collect();
    assert_eq!(ghosts.len(), 1, "{ghosts:?}");
    assert!(ghosts.iter().all(|told| told.contains("TC-TANK-09") && !told.contains("TC-TANK-05")), "{ghosts:?}");
    assert_eq!(links(&analysis), "1: 01 02 03; 2: ; 3: ; 4: ");
}

#[test]
fn components_and_functions_along_the_top_are_no_tests() {
    for table in [
        "| Requirement \\ Component | COMP-01 | COMP-02 |\n|---|---|---|\n| REQ-01 | x | |\n| REQ-02 | | x |\n",
        "| Function \\ Test | TC-TANK-01 | TC-TANK-02 |\n|---|---|---|\n| FUNC-01 | x | |\n| FUNC-02 | | x |\n",
    ] {
        let analysis = crossed(table);
        assert_eq!(analysis.graph.rows.len(), 0, "{table}");
        assert_eq!(links(&analysis), "1: ; 2: ; 3: ; 4: ");
    }
}

#[test]
fn a_specification_of_test_cases_says_what_each_verifies() {
    let list = "# テスト仕様書\n\n| テストID | 概要 | 対応関数 | 種別 | 対応要件 |\n|---|---|---|---|---|\n\
                | TC-TANK-01 | 満水 | FUNC-01 | 正常系 | REQ-01 |\n| TC-TANK-02 | 停止 | FUNC-01, FUNC-02 | 正常系 | REQ-01, REQ-02 |\n\
                | TC-TANK-03 | 排水 | FUNC-03 | 異常系 | REQ-03 |\n| TC-VALVE-01 | 開弁 | FUNC-04 | 正常系 | REQ-04 |\n";
    assert_eq!(links(&analyzed(&[("docs/test_specification.md", list)])), ALL);
    let list = "# Test Cases\n\n| TC ID | Level | Purpose | Related REQ |\n|---|---|---|---|\n| TC-TANK-01 | unit | fills | REQ-01 |\n\
                | TC-TANK-02 | unit | stops | REQ-01, REQ-02 |\n| TC-TANK-03 | unit | drains | REQ-03 |\n| TC-VALVE-01 | unit | opens | REQ-04 |\n";
    assert_eq!(links(&analyzed(&[("docs/test-cases.md", list)])), ALL);
    // A record of a run tells what came of the cases on some day.
    let list = "# Test cases of May\n\n| TC ID | Requirement | Result | Date |\n|---|---|---|---|\n| TC-TANK-01 | REQ-01 | done | 2026-05-02 |\n";
    assert_eq!(links(&analyzed(&[("docs/test-run.md", list)])), "1: ; 2: ; 3: ; 4: ");
}
