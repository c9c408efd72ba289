//! Requirements whose identifier, heading or file has a form of its own.

use super::{analyzed, messages, requirements};

#[test]
fn a_word_may_stand_where_others_have_a_number() {
    let text = "# Requirements\n\n### FR-CORE-001  Pipeline\nIt has four layers.\n\n### FR-CORE-002  Times\nEach record has two.\n\n### FR-LINK-LINE  Line framer\nIt makes a frame of each line.\n\n### Non-functional words\n\nNone.\n\n### NOTE-ON-LINES  Old\n\nNone.\n";
    assert_eq!(requirements(&[("docs/requirements.md", text)]), ["FR-CORE-001", "FR-CORE-002", "FR-LINK-LINE"]);
    let rtm = "# Traceability matrix\n\n| Requirement | Test |\n|---|---|\n| FR-CORE-001 | tests/test_a.py::test_a |\n| FR-CORE-002 | tests/test_a.py::test_a |\n| FR-LINK-LINE | tests/test_a.py::test_a |\n";
    let files =
        [("docs/requirements.md", text), ("docs/rtm.md", rtm), ("tests/test_a.py", "def test_a():\n    assert works()\n")];
    assert!(analyzed(&files).graph.requirements.iter().all(|one| one.tests().len() == 1));
    let text = "# Requirements\n\n- **FR-001**: It heats.\n- **FR-002**: It cools.\n- **FR-SAFE-STOP**: It stops.\n";
    assert_eq!(requirements(&[("docs/requirements.md", text)]), ["FR-001", "FR-002", "FR-SAFE-STOP"]);
    // Without numbers beside it, a title in capitals is a title.
    let text =
        "# Requirements\n\n### FR-LINK-LINE  Line framer\nIt makes a frame of each line.\n\n### REQ-1: Heat\n\nIt heats.\n";
    assert_eq!(requirements(&[("docs/requirements.md", text)]), ["REQ-1"]);
}

#[test]
fn a_story_in_a_file_of_its_own_needs_no_colon_and_may_be_about_a_review() {
    let stories = [
        ("docs/user-stories/a/us-001-start.md", "# US-001: Start the kiln\n\nAs a potter I start it.\n"),
        (
            "docs/user-stories/a/us-002-link.md",
            "# US-002 Configure the link\n\nAs a potter I set it.\n\n## Criteria\n\n- US-001 is done.\n",
        ),
        ("docs/user-stories/b/us-003-change-own-number.md", "# US-003: Keep my own number\n\nAs a potter I change it.\n"),
        ("docs/user-stories/b/us-004-review-firing-status.md", "# US-004 Review the firing status\n\nAs a potter I see it.\n"),
        ("docs/requirements/US-005-stop.md", "# US-005 Stop the kiln\n\nAs a potter I stop it.\n"),
        ("docs/user-stories/b/us-001-test-report.md", "# US-001 Test report\n\nAll is well.\n"),
        ("docs/notes/us-009-idea.md", "# US-009 Sing at the kiln\n\nNot now.\n"),
    ];
    assert_eq!(requirements(&stories), ["US-001", "US-002", "US-003", "US-004", "US-005"]);
    assert_eq!(messages(&stories, "R01"), [""; 0]);
}

#[test]
fn a_use_case_that_a_matrix_names_is_one() {
    let cases = "# Kiln\n## Use cases document\n\n### Use Case 1: Start\n\nThe potter starts it.\n\n### Use Case 2B: Watch\n\nThe potter watches it.\n";
    let rtm = "# Requirements traceability\n\n| Use-case revision | Story revision | Increment | Delivery |\n|---|---|---|---|\n| UC-1@r1 | US-001@r2 | INC-01 | verified |\n| UC-2B@r1 | US-002@r1 | INC-02 | planned |\n";
    let stories = [
        ("docs/stories/us-001-start.md", "# US-001: Start\n\nAs a potter I start it.\n"),
        ("docs/stories/us-002-watch.md", "# US-002: Watch\n\nAs a potter I watch it.\n"),
    ];
    let files = [("docs/use-cases.md", cases), ("docs/traceability.md", rtm), stories[0], stories[1]];
    assert_eq!(requirements(&files), ["UC-1", "UC-2B", "US-001", "US-002"]);
    // What is planned is owed nothing yet.
    let told = messages(&files, "T01");
    assert!(matches!(told.as_slice(), [one] if one.contains("US-001") && !one.contains("US-002")), "{told:?}");
    assert_eq!(requirements(&[("docs/use-cases.md", cases)]), [""; 0]);
}

#[test]
fn statements_of_a_protocol_are_requirements() {
    for item in ["- [MQTT-2.2.1-{}]: The client MUST send a number.", "- MQTT-2.2.1-{}: The client MUST send a number."] {
        let items: String = (2..6).map(|n| item.replace("{}", &n.to_string()) + "\n    * Told.\n").collect();
        let text = format!("# Requirements of the client\n\n{items}\n- MQTT-3.1.1: the old version\n");
        let found = requirements(&[("docs/requirements.md", &text)]);
        assert_eq!(found, ["MQTT-2.2.1-2", "MQTT-2.2.1-3", "MQTT-2.2.1-4", "MQTT-2.2.1-5"], "{item}");
    }
    let test = "def test_sends():\n    \"\"\"Verifies: MQTT-2.2.1-2\"\"\"\n    assert works()\n";
    let text = "# Requirements\n\n- [MQTT-2.2.1-2]: The client MUST send a number.\n";
    let graph = analyzed(&[("docs/requirements.md", text), ("tests/test_a.py", test)]).graph;
    assert_eq!(graph.requirements[0].tests().len(), 1);
}

#[test]
fn a_hexadecimal_number_is_of_the_family() {
    let text = "# Requirements\n\n- **REQ-FUN-200**: It heats.\n- **REQ-FUN-210**: It cools.\n- **REQ-FUN-2A0**: It talks.\n- **REQ-FUN-7B1**: It listens.\n- **REQ-FUN-300**: It stops.\n";
    let found = requirements(&[("docs/requirements.md", text)]);
    assert_eq!(found, ["REQ-FUN-200", "REQ-FUN-210", "REQ-FUN-2A0", "REQ-FUN-300", "REQ-FUN-7B1"]);
    let text = "# Requirements\n\n**Requirement ID:** REQ-FUN-200\n\n**Title:** Heat\n\n**Description:** It heats.\n\n**Requirement ID:** REQ-FUN-2A0\n\n**Title:** Talk\n\n**Description:** It talks.\n\n**Requirement ID:** REQ-FUN-210\n\n**Title:** Cool\n\n**Description:** It cools.\n\n**Requirement ID:** REQ-FUN-220\n\n**Title:** Stop\n\n**Description:** It stops.\n";
    assert_eq!(requirements(&[("docs/requirements.md", text)]), ["REQ-FUN-200", "REQ-FUN-210", "REQ-FUN-220", "REQ-FUN-2A0"]);
}

#[test]
fn an_item_that_calls_itself_information_is_owed_no_test() {
    for (key, value) in [("reqtype", "Information"), ("object_type", "heading"), ("type", "comment"), ("requirementType", "Note")]
    {
        let text = format!(
            "[{{\"id\": \"feat_req_kiln_1\", \"{key}\": \"{value}\", \"text\": \"This part is about heat.\"}},\n {{\"id\": \"feat_req_kiln_2\", \"{key}\": \"Requirement\", \"text\": \"The kiln shall heat.\"}}]\n"
        );
        let told = messages(&[("spec/requirements.json", &text)], "T01");
        assert!(matches!(told.as_slice(), [one] if one.contains("kiln_2") && !one.contains("kiln_1")), "{key}: {told:?}");
    }
}

#[test]
fn a_criterion_of_what_is_verified_is_owed_nothing_of_its_own() {
    let srs = "# Requirements\n\n| ID | Requirement | Acceptance |\n|---|---|---|\n| **FR-001** | The kiln shall heat. | AC-FR-001 |\n| **FR-002** | The kiln shall cool. | AC-102 |\n| **FR-003** | The kiln shall talk. | AC-FR-003 |\n\n## Acceptance\n\n### AC-FR-001\n\nIt is hot after an hour.\n\n### AC-102\n\nIt is cold after an hour.\n\n### AC-FR-003\n\nIt is heard.\n";
    let test = "def test_heats():\n    \"\"\"Verifies: FR-001, FR-002\"\"\"\n    assert works()\n";
    let files = [("docs/requirements.md", srs), ("tests/test_a.py", test)];
    let told = messages(&files, "T01").join(" ");
    assert!(!told.contains("AC-FR-001") && !told.contains("AC-FR-002"), "{told}");
    assert!(told.contains("FR-003"), "{told}");
    // Where criteria are named themselves, each has to be.
    let test = format!("{test}\ndef test_hot():\n    \"\"\"Verifies: AC-FR-001\"\"\"\n    assert works()\n");
    let told = messages(&[("docs/requirements.md", srs), ("tests/test_a.py", &test)], "T01").join(" ");
    assert!(told.contains("AC-102") && !told.contains("AC-FR-001"), "{told}");
}

#[test]
fn the_validation_of_a_package_of_r_is_read() {
    let spec = "#' @title 01. Basic\n#' @riskAssessment\n#' 01.01: Low risk\n\n## 01. Basic {-}\n\nIn the simplest case:\n\n  *\tLevel,\n\n  *\t01.01: Calculate the mean.\n  *\t01.02: Calculate the median.\n  *\t01.03: Calculate the mode.\n";
    let cases = "#' @title 01. Basic cases\n#' @coverage\n#' 01.01: 01.01, 01.02\n<!-- #' 01.03: 01.03 -->\n#' 01.02: 01.02\n\n## 01. Basic cases {-}\n\n### 01.01 (shows that req. 01.01 and 01.02 are met): {-}\nCall the function.\n";
    let code = "#' @editor Ann\ntest_that(\"01.01\", {\n  expect_equal(mean2(c(1, 2)), 1.5)\n})\n\ntest_that(\"01.02\", {\n  expect_equal(median2(c(1, 2)), 1.5)\n})\n";
    let files = [
        ("inst/validation/requirements/01_Basic.md", spec),
        ("validation/requirements/01_Basic.md", spec),
        ("validation/test_cases/01_Cases.md", cases),
        ("validation/test_code/01_Code.R", code),
    ];
    assert_eq!(requirements(&files), ["Requirement 01.01", "Requirement 01.02", "Requirement 01.03"]);
    let graph = analyzed(&files).graph;
    let tests: Vec<usize> = graph.requirements.iter().map(|one| one.tests().len()).collect();
    assert_eq!(tests, [1, 2, 0]);
    let told: Vec<String> =
        analyzed(&files).findings.iter().filter(|one| one.code != "E01").map(|one| one.message.clone()).collect();
    assert!(told.iter().any(|one| one.contains("Requirement 01.03")), "{told:?}");
    assert!(told.iter().all(|one| !one.contains("01.01")), "{told:?}");
    // A case that no test carries is a ghost.
    let files = [files[1], files[2], ("validation/test_code/01_Code.R", "test_that(\"01.01\", {\n  expect_equal(1, 1)\n})\n")];
    assert!(messages(&files, "M02").iter().any(|one| one.contains("01.02")));
}
