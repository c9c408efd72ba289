//! Which tests verify what they name, by the place where they name it.

use super::support::{analyze_files, rendered};
use tracegate::analysis::Analysis;
use tracegate::link::graph::Rung;
use tracegate::model::vocabulary::Level;

/// A specification of four requirements, a level of one of them, and these files.
pub(super) fn tree(files: &[(&str, &str)]) -> Analysis {
    let specification = "# Requirements of the lift\n\n| REQ ID | Requirement | Level |\n|---|---|---|\n\
        | REQ-DOOR-001 | The doors shall open on arrival. | Unit |\n\
        | REQ-DOOR-002 | The doors shall stay closed on the way. | |\n\
        | REQ-DOOR-003 | The doors shall reopen when blocked. | |\n\
        | REQ-DOOR-004 | The doors shall close after ten seconds. | |\n";
    let mut all = vec![(String::from("docs/requirements.md"), specification.as_bytes().to_vec())];
    all.extend(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())));
    analyze_files(all)
}

/// `1: opens, closes; 3: opens` for the last digit of each requirement and its tests.
pub(super) fn verified(analysis: &Analysis) -> String {
    let graph = &analysis.graph;
    let of = |one: &tracegate::link::graph::Requirement| {
        let mut names: Vec<String> = one.evidence.iter().map(|evidence| graph.test(evidence.test).name.to_string()).collect();
        names.dedup();
        format!("{}: {}", one.id.rsplit('0').next().unwrap(), names.join(", "))
    };
    graph.requirements.iter().filter(|one| !one.evidence.is_empty()).map(of).collect::<Vec<_>>().join("; ")
}

#[test]
fn the_first_sentence_of_a_file_is_a_claim_and_the_rest_is_not() {
    let analysis = tree(&[(
        "tests/test_doors.py",
        "\"\"\"Doors at the landing (REQ-DOOR-001).\n\nThe rig of REQ-DOOR-002 is used.\n\nCovers:\n- blocked doors (REQ-DOOR-003)\n\"\"\"\n\
         def test_opens():\n    assert works()\n\ndef test_waits():\n    assert works()\n",
    )]);
    assert_eq!(verified(&analysis), "1: test_opens, test_waits; 3: test_opens, test_waits");
}

#[test]
fn a_header_of_other_code_is_no_claim() {
    let analysis = tree(&[(
        "src/doors.rs",
        "//! Doors (REQ-DOOR-001).\n\n// REQ-DOOR-002: closed\nfn close() {}\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn opens() {}\n}\n",
    )]);
    assert_eq!(verified(&analysis), "");
    assert!(rendered(&analysis, "T01").contains("REQ-DOOR-001"));
}

#[test]
fn a_comment_above_a_constant_is_no_header() {
    let analysis = tree(&[(
        "tests/test_doors.py",
        "import os\n\n# Test speed (REQ-DOOR-001).\nSPEED = 3\n\ndef test_opens():\n    assert works()\n",
    )]);
    assert_eq!(verified(&analysis), "");
}

#[test]
fn the_title_of_a_class_or_a_suite_is_a_claim() {
    let analysis = tree(&[
        (
            "tests/test_doors.py",
            "class TestOpen:\n    \"\"\"Doors open (REQ-DOOR-001). See REQ-DOOR-002.\"\"\"\n\n    def test_opens(self):\n        assert works()\n\n\
             def test_other():\n    assert works()\n",
        ),
        ("tests/doors.test.ts", "describe(\"blocked doors (REQ-DOOR-003)\", () => {\n  it(\"reopens\", () => {});\n});\n"),
    ]);
    assert_eq!(verified(&analysis), "1: test_opens; 3: reopens");
}

#[test]
fn what_a_test_prints_first_is_its_title() {
    let analysis = tree(&[(
        "tests/test_doors.c",
        "static void test_opens(void) {\n    printf(\"-----\\n\");\n    printf(\"Test: doors open (REQ-DOOR-001)\\n\");\n    printf(\"not REQ-DOOR-002\\n\");\n}\n\
         int main(void) {\n    test_opens();\n    printf(\"Requirements verified: REQ-DOOR-003\\n\");\n}\n",
    )]);
    assert_eq!(verified(&analysis), "1: test_opens; 3: test_opens");
}

#[test]
fn a_banner_holds_until_the_next_one() {
    let analysis = tree(&[(
        "tests/test_doors.py",
        "import os\n\n# -----\n# Opening (REQ-DOOR-001)\n# -----\n\ndef test_opens():\n    assert works()\n\ndef test_opens_twice():\n    assert works()\n\n\
         # ---- Closing ----\n\ndef test_closes():\n    assert works()\n",
    )]);
    assert_eq!(verified(&analysis), "1: test_opens, test_opens_twice");
}

#[test]
fn a_remark_in_a_helper_verifies_nothing() {
    let analysis = tree(&[(
        "tests/test_doors.py",
        "def rig():\n    # as REQ-DOOR-001 has it\n    return 1\n\ndef test_opens():\n    assert rig()\n\ndef test_marked():\n    \"\"\"Verifies: REQ-DOOR-002\"\"\"\n\ndef test_told():\n    \"\"\"Verifies: REQ-DOOR-003\"\"\"\n",
    )]);
    assert_eq!(verified(&analysis), "2: test_marked; 3: test_told");
    let told = rendered(&analysis, "T01");
    assert!(told.contains("REQ-DOOR-001") && told.contains("tests/test_doors.py:2:10 a remark mentions it"), "{told}");
    assert_eq!(
        rendered(&analysis, "T02"),
        String::from(
            "T02 warning tests/test_doors.py:5:5 `test_opens`\n  message: 1 of 3 tests in tests/test_doors.py traces to no requirement.\n  label:   no requirement\n  help:    Name what it verifies, or cite it in the matrix; a test of a helper gets the tag `support`.\n  subject: tests/test_doors.py\n\n"
        )
    );
}

#[test]
fn a_marker_in_a_helper_belongs_to_the_tests_that_call_it() {
    let analysis = tree(&[
        (
            "lift/test/ut/DoorTester.cpp",
            "void DoorTester::runOpen() {\n    REQUIREMENT(\"REQ-DOOR-001\");\n    check(1);\n}\n\nvoid DoorTester::runAll() {\n    runOpen();\n}\n\n\
             void DoorTester::unused() {\n    REQUIREMENT(\"REQ-DOOR-004\");\n}\n",
        ),
        (
            "lift/test/ut/DoorMain.cpp",
            "TEST(Door, Opens) {\n    tester.runAll();\n}\n\nTEST(Door, Stays) {\n    REQUIREMENT(\"REQ-DOOR-002\");\n}\n",
        ),
    ]);
    assert_eq!(verified(&analysis), "1: Opens; 2: Stays");
    let graph = &analysis.graph;
    let unused = graph.requirements.iter().find(|one| one.id == "REQ-DOOR-004").unwrap();
    assert_eq!(unused.rung, Rung::Exists);
    assert!(graph.requirements.iter().flat_map(|one| &one.evidence).all(|evidence| evidence.level == Some(Level::Unit)));
    assert_eq!(rendered(&analysis, "S01"), "");
    assert!(!rendered(&analysis, "T01").contains("REQ-DOOR-004"));
}

#[test]
fn a_provider_of_data_belongs_to_the_test_that_names_it() {
    let analysis = tree(&[(
        "src/test/java/TestDoor.java",
        "class TestDoor {\n    static Stream<Arguments> speeds() {\n        return Stream.of(\n            // [utest->REQ-DOOR-001]\n            arguments(1));\n    }\n\n\
         @ParameterizedTest\n    @MethodSource(\"speeds\")\n    void opens(int speed) {\n        assertEquals(1, speed);\n    }\n\n    @Test\n    void other() {\n        assertTrue(works());\n    }\n}\n",
    )]);
    assert_eq!(verified(&analysis), "1: opens");
}

#[test]
fn a_test_case_of_a_list_links_its_requirements_to_the_test_that_names_it() {
    let analysis = tree(&[
        (
            "docs/verification_cases.yml",
            "cases:\n  - id: SVC_0001\n    requirement_ids: [\"REQ-DOOR-001\", \"REQ-DOOR-003\"]\n    title: Doors open\n    description: WHEN the lift arrives THEN the doors open\n",
        ),
        (
            "tests/test_doors.py",
            "@Svcs(\"SVC_0001\")\ndef test_opens():\n    assert works()\n\n@data(\"REQ-DOOR-002\")\ndef test_data():\n    assert works()\n",
        ),
    ]);
    assert_eq!(verified(&analysis), "1: test_opens; 3: test_opens");
    assert_eq!(analysis.graph.requirements.len(), 4, "a case is no requirement");
}

#[test]
fn words_of_a_project_make_tests_too() {
    let analysis = tree(&[(
        "tests/doors.test.ts",
        "it.effect(\"opens (REQ-DOOR-001)\", () => {});\nit.live.skip(\"waits (REQ-DOOR-002)\", () => {});\n\
         test.step(\"steps (REQ-DOOR-003)\", () => {});\ntest.beforeEach(\"sets (REQ-DOOR-004)\", () => {});\ntest.use({ a: 1 });\n",
    )]);
    assert_eq!(verified(&analysis), "1: opens (REQ-DOOR-001); 2: waits (REQ-DOOR-002)");
}

#[test]
fn a_scenario_is_described_above_its_first_step() {
    let analysis = tree(&[(
        "features/doors.feature",
        "Feature: Doors\n\n  Scenario: They open\n    [utest->REQ-DOOR-001]\n    Given a lift with REQ-DOOR-002\n    Then it opens\n\n  Scenario: They close\n    Given a lift\n",
    )]);
    assert_eq!(verified(&analysis), "1: They open");
}

#[test]
fn items_of_a_list_are_read_to_their_end() {
    let analysis = tree(&[(
        "tests/test_doors.py",
        "\"\"\"Doors.\n\nTests cover:\n  - AC-1: doors open at once\n    and wide (REQ-DOOR-001)\n  - AC-2: doors stay closed (REQ-DOOR-002)\n\"\"\"\n\ndef test_all():\n    assert works()\n",
    )]);
    assert_eq!(verified(&analysis), "1: test_all; 2: test_all");
}

#[test]
fn a_list_for_the_file_is_not_that_of_a_test_with_a_marker() {
    let analysis = tree(&[(
        "tests/test_doors.py",
        "\"\"\"Verifies: REQ-DOOR-001, REQ-DOOR-002\"\"\"\n\ndef test_opens():\n    \"\"\"Verifies: REQ-DOOR-001\"\"\"\n\ndef test_v01():\n    assert works()\n",
    )]);
    assert_eq!(verified(&analysis), "1: test_opens, test_v01; 2: test_v01");
}

#[test]
fn a_first_part_more_or_less_is_a_near_miss_in_a_marker() {
    let analysis = tree(&[(
        "tests/test_doors.py",
        "def test_opens():\n    \"\"\"Verifies: DOOR-001\"\"\"\n\ndef test_stays():\n    \"\"\"Verifies: LIFT-REQ-DOOR-002\"\"\"\n",
    )]);
    let told = rendered(&analysis, "R02");
    assert!(told.contains("DOOR-001 is not defined") && told.contains("LIFT-REQ-DOOR-002 is not defined"), "{told}");
    assert_eq!(rendered(&analysis, "T03"), "");
}

#[test]
fn a_family_that_only_tests_know_is_told_once() {
    let claims = "def test_a():\n    \"\"\"Verifies: SRS-PUMP-001, SRS-PUMP-002\"\"\"\n\ndef test_b():\n    \"\"\"Verifies: TC-1, TC-2, TC-3, X-1\"\"\"\n";
    let analysis = tree(&[("tests/test_pump.py", claims)]);
    assert_eq!(
        rendered(&analysis, "T03").lines().nth(1).unwrap_or(""),
        "  message: A test file claims to verify SRS-PUMP-001 and SRS-PUMP-002, and nothing in this tree defines a SRS-PUMP-…."
    );
    assert_eq!(rendered(&analysis, "T03").matches("T03").count(), 1);
    assert_eq!(rendered(&tree(&[("tests/features/pump/tests/test_pump.py", claims)]), "T03"), "");
}

#[test]
fn a_family_that_a_document_seems_to_define_is_unread_and_not_undefined() {
    let claims = "def test_a():\n    \"\"\"Verifies: AC-LAMP-1, AC-LAMP-2, AC-LAMP-3\"\"\"\n";
    let stories = "# Backlog of the lamp\n\nAs a sailor I see it.\n\n- AC-LAMP-2: the lamp goes on at dusk by itself\n";
    let tests = [("tests/test_lamp.py", claims), ("tests/test_mast.py", claims)];
    let undefined = tree(&tests);
    assert!(rendered(&undefined, "T03").contains("nothing in this tree defines a AC-LAMP-"), "{}", rendered(&undefined, "T03"));
    let unread = tree(&[tests[0], tests[1], ("docs/backlog.md", stories)]);
    assert_eq!(rendered(&unread, "T03"), "");
    assert!(rendered(&unread, "Q04").contains("AC-LAMP-2"), "{}", rendered(&unread, "Q04"));
}

#[test]
fn what_only_one_file_numbers_may_be_its_own_list() {
    let claims = "\"\"\"Covers:\n- UPLOAD-1: a file\n- UPLOAD-2: a folder\n- UPLOAD-3: nothing\n\"\"\"\ndef test_a():\n    assert works()\n";
    assert_eq!(rendered(&tree(&[("tests/test_upload.py", claims)]), "T03"), "");
}

#[test]
fn test_cases_that_a_matrix_cites_are_no_requirements() {
    let claims = "def test_a():\n    \"\"\"Covers: T-CI-001, T-CI-002, T-CI-003\"\"\"\n";
    let rtm = "# Traceability matrix\n\n| Req ID | Test IDs |\n|---|---|\n| REQ-DOOR-001 | T-CI-001 |\n";
    let analysis = tree(&[("docs/rtm.md", rtm), ("tests/test_a.py", claims), ("tests/test_b.py", claims)]);
    assert_eq!(rendered(&analysis, "T03"), "");
}

#[test]
fn families_of_one_specification_that_is_not_there_are_told_together() {
    let claims = "def test_a():\n    \"\"\"Verifies: SRS-PUMP-001, SRS-PUMP-002, SRS-VALVE-001, SRS-VALVE-002\"\"\"\n";
    let told = rendered(&tree(&[("tests/test_pump.py", claims)]), "T03");
    assert_eq!(told.matches("T03").count(), 1);
    assert!(told.contains("nothing in this tree defines SRS-PUMP-… and SRS-VALVE-…."), "{told}");
}

#[test]
fn a_family_that_requirements_refine_is_specified_elsewhere() {
    let needs = ".. comp_req:: Heat\n   :id: comp_req__kiln__heat\n   :satisfies: feat_req__kiln__warm, feat_req__kiln__hot\n\n   It shall heat.\n";
    let claims = "@add_test_properties(fully_verifies=[\"comp_req__kiln__heat\", \"feat_req__kiln__warm\", \"feat_req__kiln__hot\"])\ndef test_a():\n    assert works()\n";
    assert_eq!(rendered(&tree(&[("docs/reqs.rst", needs), ("tests/test_kiln.py", claims)]), "T03"), "");
}

#[test]
fn a_level_that_an_attribute_names_is_not_missed_where_nothing_is_known_of_any_test() {
    let matrix = "# Traceability matrix\n\n| Requirement | Test cases |\n|---|---|\n| REQ-DOOR-001 | TC-01 |\n";
    assert_eq!(rendered(&tree(&[("docs/rtm.md", matrix)]), "S01"), "");
}

#[test]
fn a_test_that_names_what_a_document_knows_is_no_orphan() {
    let analysis = tree(&[
        ("docs/quality.md", "# Quality\n\n| Case | Goal |\n|---|---|\n| TC-07 | Bad input is told |\n"),
        (
            "tests/test_doors.py",
            "def test_a():\n    \"\"\"Verifies: REQ-DOOR-001\"\"\"\n\ndef test_b():\n    \"\"\"TC-07: bad input\"\"\"\n\ndef test_c():\n    \"\"\"Verifies: REQ-DOOR-002\"\"\"\n",
        ),
    ]);
    assert_eq!(rendered(&analysis, "T02"), "");
}

#[test]
fn an_identifier_may_begin_with_the_name_of_its_document() {
    let prd = (
        "docs/prd.md",
        "# Requirements\n\n| Req ID | Requirement |\n|---|---|\n| FR1 | The door shall open. |\n| FR2 | The door shall close. |\n",
    );
    let claims = "def test_a():\n    \"\"\"Verifies: PRD-FR1\"\"\"\n\ndef test_b():\n    \"\"\"Verifies: URS-FR2\"\"\"\n";
    let rows =
        ("docs/rtm.md", "# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| PRD-FR2 | test_b |\n| PRD-FR9 | test_b |\n");
    let analysis = tree(&[prd, rows, ("tests/test_doors.py", claims)]);
    let verifying = |id: &str| {
        let found = analysis.graph.requirements.iter().find(|one| one.id == id);
        found.map(|one| (one.markers.len(), one.rows.len()))
    };
    assert_eq!((verifying("FR1"), verifying("FR2")), (Some((1, 0)), Some((0, 1))), "URS is another document");
    let many = "def test_a():\n    \"\"\"Verifies: PRD-FR1\"\"\"\n\ndef test_b():\n    \"\"\"Verifies: PRD-FR2\"\"\"\n";
    assert_eq!(rendered(&tree(&[prd, ("tests/test_doors.py", many)]), "T03"), "");
    assert!(analysis.graph.requirements.iter().all(|one| !one.id.starts_with("PRD")), "a matrix defines none of them");
}

#[test]
fn a_claim_above_a_macro_or_a_gap_speaks_of_the_tests_that_follow() {
    let module = |body: &str| {
        let text = format!(
            "fn run() {{}}\n\n#[cfg(test)]\nmod tests {{\n    use super::*;\n\n    #[test]\n    fn first() {{}}\n\n{body}\n    #[test]\n    fn last() {{}}\n}}\n"
        );
        verified(&tree(&[("src/doors.rs", &text)]))
    };
    let block = "        #![config(cases = 9)]\n\n        #[test]\n        fn opens(n in 1..9) { run(); }\n";
    assert_eq!(module(&format!("    // Verifies: REQ-DOOR-001\n    proptest! {{\n{block}    }}\n")), "1: opens");
    let two = format!("{block}\n        #[test]\n        fn closes(n in 1..9) {{ run(); }}\n");
    assert_eq!(module(&format!("    // Verifies: REQ-DOOR-001\n    proptest! {{\n{two}    }}\n")), "1: opens, closes");
    assert_eq!(
        module("    // Verifies: REQ-DOOR-002\n\n    fn steps() -> u8 { 3 }\n\n    #[test]\n    fn waits() { steps(); }\n"),
        "2: waits"
    );
    let whole = "#[cfg(test)]\nmod tests {\n    // Verifies: REQ-DOOR-003\n\n    #[test]\n    fn first() {}\n\n    #[test]\n    fn second() {}\n}\n";
    assert_eq!(verified(&tree(&[("src/doors.rs", whole)])), "3: first, second", "the head of a module speaks of it");
}

#[test]
fn a_claim_names_the_feature_that_it_is_of() {
    let criteria =
        "### Requirement 2: Doors\n\n#### Acceptance Criteria\n\n1. The doors SHALL open.\n2. The doors SHALL close.\n";
    let spec = |name: &str| (format!("specs/{name}/requirements.md"), format!("# Requirements\n\n{criteria}"));
    let text = "#[cfg(test)]\nmod tests {\n    fn helper() {}\n\n    // Feature: fast-doors, Property 3: they open\n    // **Validates: Requirements 2.1**\n    proptest! {\n        #[test]\n        fn opens(n in 1..9) {}\n    }\n}\n";
    let files = [spec("slow-doors"), spec("fast-doors"), ("src/doors.rs".to_owned(), text.to_owned())];
    let analysis = analyze_files(files.iter().map(|(path, text)| (path.clone(), text.as_bytes().to_vec())).collect());
    let graph = &analysis.graph;
    let proved = graph.requirements.iter().filter(|one| !one.evidence.is_empty());
    let proved: Vec<&str> = proved.map(|one| graph.path(one.place.file)).collect();
    assert_eq!(proved, ["specs/fast-doors/requirements.md"]);
}

#[test]
fn numbers_in_a_claim_keep_the_dash_of_their_family() {
    for claim in ["REQ-DOOR-001, -002 and -003", "REQ-DOOR-001 thru -003", "REQ-DOOR-001/002/003"] {
        let text = format!("# Verifies: {claim}\ndef test_doors():\n    assert works()\n");
        assert_eq!(verified(&tree(&[("tests/test_doors.py", &text)])), "1: test_doors; 2: test_doors; 3: test_doors", "{claim}");
    }
}

#[test]
fn a_failure_behind_a_mention_closes_the_gate() {
    let spec = "# Requirements\n\n### REQ-DOOR-001: Shut\n\nIt shall shut.\n\n### REQ-DOOR-002: Open\n\nIt shall open.\n";
    let tests = "def test_shuts():\n    # REQ-DOOR-001\n    assert shut()\n\n\ndef test_opens():\n    \"\"\"Verifies: REQ-DOOR-002\"\"\"\n    assert opens()\n";
    let results = "<testsuite><testcase classname=\"tests.test_doors\" name=\"test_shuts\"><failure message=\"no\"/></testcase><testcase classname=\"tests.test_doors\" name=\"test_opens\"/></testsuite>";
    let files = [("docs/requirements.md", spec), ("tests/test_doors.py", tests), ("results/junit.xml", results)];
    let analysis = super::support::analyze_files(
        files.iter().map(|(path, text)| ((*path).to_owned(), (*text).as_bytes().to_vec())).collect(),
    );
    let told: Vec<&str> = analysis.findings.iter().map(|one| one.code).collect();
    assert!(told.contains(&"E02"), "{told:?}");
}

#[test]
fn a_row_that_says_that_it_failed_is_no_pass() {
    let matrix = |status: &str| {
        format!(
            "# Traceability matrix\n\n| Req ID | Test | Status |\n|---|---|---|\n| REQ-A-001 | tests/test_a.py::test_a | {status} |\n"
        )
    };
    let srs = "# Requirements\n\n### REQ-A-001: Stop\n\nThe pump shall stop.\n";
    let told = |status: &str, run: &str| {
        let files = [
            ("docs/srs.md", srs.to_owned()),
            ("docs/rtm.md", matrix(status)),
            ("tests/test_a.py", "def test_a():\n    assert works()\n".to_owned()),
            ("junit.xml", format!("<testsuite><testcase classname='tests.test_a' name='test_a'>{run}</testcase></testsuite>")),
        ];
        rendered(&analyze_files(files.map(|(path, text)| (path.to_owned(), text.into_bytes())).into()), "E02")
    };
    for status in ["FAIL", "failed", "❌ Failed", "fehlgeschlagen", "不合格"] {
        let found = told(status, "");
        assert!(
            found.starts_with("E02 error docs/rtm.md:5:") && found.contains("says that its verification failed"),
            "{status}: {found}"
        );
    }
    for status in ["PASS", "❌", "planned", "Fail-safe verified", "0 failed", "no failures", "failed in v1, fixed and passed"] {
        assert_eq!(told(status, ""), "", "{status}");
    }
    let once = told("FAIL", "<failure/>");
    assert!(once.matches("E02").count() == 1 && once.contains("failed in the run that was read"), "{once}");
}

#[test]
fn a_class_behind_the_method_of_another_is_itself() {
    let class = |name: &str, test: &str| {
        format!(
            "import org.junit.Test;\n\npublic class {name} {{\n  @Test\n  public void {test}() {{ assertTrue(works()); }}\n}}\n"
        )
    };
    let row = "| REQ-DOOR-001 | `OpenTest::opens`, `CloseTest` (1), `LockTest` |\n";
    let matrix = format!("# Traceability matrix\n\n| REQ ID | Test |\n|---|---|\n{row}");
    let (open, close) = (class("OpenTest", "opens"), class("CloseTest", "closes"));
    let analysis =
        tree(&[("docs/rtm.md", &matrix), ("test/OpenTest.java", open.as_str()), ("test/CloseTest.java", close.as_str())]);
    assert_eq!(verified(&analysis), "1: closes, opens");
    let told = rendered(&analysis, "M02");
    assert!(told.contains("`LockTest`") && !told.contains("`CloseTest`"), "{told}");
}

#[test]
fn what_a_fixture_of_googletest_verifies_its_tests_do() {
    let text = "using namespace lift;\n\n/**\n * @brief Doors\n * @verifies REQ-DOOR-001\n */\nclass DoorTest : public ::testing::Test {\n protected:\n  void SetUp() override { open(); }\n};\n\nTEST_F(DoorTest, Opens) { EXPECT_TRUE(works()); }\n\n/// @verifies REQ-DOOR-002\nTEST_F(DoorTest, Shuts) { EXPECT_TRUE(works()); }\n\nTEST(Lamp, Glows) { EXPECT_TRUE(works()); }\n";
    assert_eq!(verified(&tree(&[("tests/door_test.cpp", text)])), "1: Opens; 2: Shuts");
}

#[test]
fn an_identifier_without_its_first_part_is_seen() {
    let text = "\"\"\"Doors of the lift.\n\n- DOOR-002: they stay closed\n- DOOR-003: they reopen\n- DOOR-004: they close after ten seconds\n\"\"\"\n\ndef test_door_closes():\n    assert works()\n";
    let analysis = tree(&[("tests/test_doors.py", text)]);
    let told = rendered(&analysis, "T01");
    assert!(told.contains("REQ-DOOR-001") && !told.contains("REQ-DOOR-004"), "{told}");
}

#[test]
fn how_processes_ended_is_of_no_requirement() {
    let test = |name: &str, id: u32| format!("def {name}():\n    \"\"\"Verifies: REQ-DOOR-00{id}\"\"\"\n    assert works()\n\n");
    let three = test("test_a", 1) + &test("test_b", 2) + &test("test_c", 3);
    let told = |last: &str| {
        let text = format!("{three}def {last}():\n    assert works()\n");
        rendered(&tree(&[("tests/test_doors.py", &text)]), "T02")
    };
    assert_eq!(told("test_exit_codes"), "");
    assert!(told("test_lamp").contains("1 of 4 tests"));
}

#[test]
fn where_most_files_trace_a_few_tests_the_others_are_no_orphans() {
    let specification = "# Requirements\n\n- REQ-1: The pump shall start.\n- REQ-2: The pump shall stop.\n";
    let of = |marked: usize| {
        let mark = |at: usize| if at < marked { "    \"\"\"Verifies: REQ-1\"\"\"\n" } else { "" };
        (0..4).map(|at| format!("def test_{at}():\n{}    assert run({at})\n\n\n", mark(at))).collect::<String>()
    };
    let orphans = |files: &[(&str, String)]| {
        let own = [("requirements.md", specification.to_owned())];
        let files = own.iter().chain(files).map(|(path, text)| ((*path).to_owned(), text.clone().into_bytes())).collect();
        let analysis = analyze_files(files);
        analysis.findings.iter().filter(|one| one.code == "T02").map(|one| one.message.clone()).collect::<Vec<String>>()
    };
    let told = ["1 of 4 tests in tests/test_a.py traces to no requirement."];
    assert_eq!(orphans(&[("tests/test_a.py", of(3))]), told);
    assert_eq!(orphans(&[("tests/test_a.py", of(3)), ("tests/test_b.py", of(1))]), told);
    let files = [("tests/test_a.py", of(3)), ("tests/test_b.py", of(1)), ("tests/test_c.py", of(1)), ("tests/test_d.py", of(0))];
    assert_eq!(orphans(&files), [""; 0]);
}
