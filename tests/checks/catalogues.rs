//! Lists of test cases that name the requirements which each verifies, and the test that automates it.

use super::evidence::{tree, verified};
use super::support::rendered;

const DOOR: (&str, &str) = (
    "e2e/door/open.spec.ts",
    "test('opens at once', async () => { expect(works()).toBe(1); });\ntest('closes, then locks', async () => { expect(works()).toBe(1); });\n",
);
const LOG: (&str, &str) = ("e2e/door/log.spec.ts", "test('writes a line', async () => { expect(works()).toBe(1); });\n");

#[test]
fn a_case_is_automated_by_the_test_of_its_title_or_by_its_file() {
    let list = "test_case_id,name,suite,automated_test,spec_file,tags,requirements,known_bug\n\
        TC-001,Opening,Door,opens at once,door/open.spec.ts,@smoke,REQ-DOOR-001,\n\
        TC-002,Closing,Door,\"closes, then locks\",door/open.spec.ts,@smoke,REQ-DOOR-002;REQ-DOOR-003,\n\
        TC-003,Gone,Door,was removed,door/open.spec.ts,,REQ-DOOR-004,\n";
    let analysis = tree(&[("docs/test-cases.csv", list), DOOR, LOG]);
    assert_eq!(verified(&analysis), "1: opens at once; 2: closes, then locks; 3: closes, then locks");
    assert_eq!((rendered(&analysis, "M01"), rendered(&analysis, "M02")), (String::new(), String::new()));
    let list = "id;test case;type;req_ids;script\n1;TC-001;system;REQ-DOOR-001 REQ-DOOR-004;e2e/door/log.spec.ts\n";
    assert_eq!(verified(&tree(&[("qa/cases.csv", list), DOOR, LOG])), "1: writes a line; 4: writes a line");
}

#[test]
fn a_matrix_that_cites_cases_leads_to_their_tests() {
    let list =
        "case_id,title,automated_test,spec_file,requirement\nTC-001,Opening,opens at once,door/open.spec.ts,REQ-DOOR-001\n";
    let matrix = "# Traceability matrix\n\n| Requirement ID | Test cases | Status |\n|---|---|---|\n| REQ-DOOR-001 | TC-001 | Covered |\n| REQ-DOOR-002 | TC-001 | Covered |\n";
    let analysis = tree(&[("docs/test-cases.csv", list), ("docs/rtm.md", matrix), DOOR]);
    assert_eq!(verified(&analysis), "1: opens at once; 2: opens at once");
}

#[test]
fn a_case_that_its_test_names_itself_is_that_test() {
    let list = "# Coverage of tests\n\n| Test Case | Title | Requirement(s) covered | File |\n|---|---|---|---|\n| `TC-001` | Opening | REQ-DOOR-001 | door/lock.spec.ts |\n";
    let text = "test('locks', { annotation: [testCase('TC-001')] }, async () => { expect(works()).toBe(1); });\ntest('rings', async () => { expect(works()).toBe(1); });\n";
    assert_eq!(verified(&tree(&[("docs/coverage.md", list), ("e2e/door/lock.spec.ts", text)])), "1: locks");
}

#[test]
fn tables_of_test_cases_in_documents() {
    let list = "# Tests\n\n| Test case | Requirement(s) covered | Result |\n|---|---|---|\n| `test_opens` | REQ-DOOR-001, REQ-DOOR-002 | pass |\n| `test_closes` | REQ-DOOR-003 | pass |\n";
    let text = "def test_opens():\n    assert works()\n\ndef test_closes():\n    assert works()\n";
    assert_eq!(
        verified(&tree(&[("docs/overview.md", list), ("tests/test_door.py", text)])),
        "1: test_opens; 2: test_opens; 3: test_closes"
    );
    let list = "# Test cases\n\n| Test Case ID | Title | Requirement | Script |\n|---|---|---|---|\n| TC-01 | Opens | REQ-DOOR-004 | tests/test_door.py |\n";
    assert_eq!(verified(&tree(&[("docs/test-cases.md", list), ("tests/test_door.py", text)])), "4: test_opens, test_closes");
}
