//! How the frameworks of many languages say which requirement a test verifies.

use super::evidence::{tree, verified};

/// What the tests of one file verify.
fn of(path: &str, text: &str) -> String {
    verified(&tree(&[(path, text)]))
}

#[test]
fn playwright_tags_and_annotations_belong_to_their_test() {
    let text = "test('opens', { tag: ['@REQ-DOOR-001', '@smoke'] }, async ({ page }) => { expect(page).toBeOpen(); });\n\
        test('closes', {\n  annotation: { type: 'requirement', description: 'REQ-DOOR-002' },\n}, async ({ page }) => { expect(page).toBeShut(); });\n\
        test('reopens', { annotation: [covers('REQ-DOOR-003')] }, async () => { expect(door('REQ-DOOR-001')).toBe(1); });\n";
    assert_eq!(of("e2e/door.spec.ts", text), "1: opens; 2: closes; 3: reopens");
}

#[test]
fn playwright_details_of_a_group_belong_to_all_its_tests() {
    let text = "test.describe('door', { tag: '@REQ-DOOR-001' }, () => {\n  test('opens', async () => {});\n  test('closes', async () => {});\n});\n\
        test('reopens', async () => {});\n";
    assert_eq!(of("e2e/door.spec.ts", text), "1: opens, closes");
}

#[test]
fn annotations_that_are_made_while_a_test_runs() {
    let text = "test('opens', async () => {\n  test.info().annotations.push({ type: 'requirement', description: 'REQ-DOOR-001' });\n  expect(works()).toBe(1);\n});\n\
        test('closes', async ({}, testInfo) => {\n  testInfo.annotations.push({ type: 'requirement', description: 'REQ-DOOR-002' });\n  log.push({ type: 'x', description: 'REQ-DOOR-004' });\n});\n";
    assert_eq!(of("e2e/door.spec.ts", text), "1: opens; 2: closes");
}

#[test]
fn allure_in_scripts() {
    let text = "it('opens', async () => {\n  allure.label('requirement', 'REQ-DOOR-001');\n  expect(works()).toBe(1);\n});\n\
        it('closes', async () => {\n  await allure.tms('REQ-DOOR-002');\n});\n\
        it('reopens', async () => {\n  allure.link('https://tracker/REQ-DOOR-003', 'REQ-DOOR-003');\n});\n";
    assert_eq!(of("test/door.test.js", text), "1: opens; 2: closes; 3: reopens");
}

#[test]
fn allure_and_pytest_marks() {
    let text = "import allure\nimport pytest\n\n@allure.story(\"REQ-DOOR-001\")\ndef test_opens():\n    assert works()\n\n\
        @allure.link(\"https://tracker/REQ-DOOR-002\", name=\"REQ-DOOR-002\")\ndef test_closes():\n    assert works()\n\n\
        @pytest.mark.requirement(\"REQ-DOOR-003\")\ndef test_reopens():\n    assert works()\n\n\
        @pytest.mark.req_door_004\ndef test_waits():\n    assert works()\n";
    assert_eq!(of("tests/test_door.py", text), "1: test_opens; 2: test_closes; 3: test_reopens; 4: test_waits");
}

#[test]
fn properties_of_results() {
    let text = "def test_opens(record_property):\n    record_property(\"requirement\", \"REQ-DOOR-001\")\n    assert works()\n\n\
        def test_closes(request):\n    request.node.user_properties.append((\"requirement\", \"REQ-DOOR-002\"))\n    assert works()\n";
    assert_eq!(of("tests/test_door.py", text), "1: test_opens; 2: test_closes");
    let text = "TEST(Door, Opens) {\n  RecordProperty(\"requirement\", \"REQ-DOOR-001\");\n  EXPECT_TRUE(1);\n}\n\
        TEST(Door, Closes) {\n  ::testing::Test::RecordProperty(\"requirement_id\", \"REQ-DOOR-002\");\n}\n";
    assert_eq!(of("tests/door_test.cpp", text), "1: Opens; 2: Closes");
}

#[test]
fn rows_of_parametrised_tests() {
    let text = "import pytest\n\n@pytest.mark.parametrize(\"badge\", [\n    pytest.param(1, id=\"REQ-DOOR-001-valid\"),\n    pytest.param(2, id=\"REQ-DOOR-002\"),\n])\n\
        def test_opens(badge):\n    assert badge\n\n\
        @pytest.mark.parametrize(\"req\", [\"REQ-DOOR-003\", \"REQ-DOOR-004\"])\ndef test_all(req):\n    assert check(req)\n";
    assert_eq!(of("tests/test_door.py", text), "1: test_opens; 2: test_opens; 3: test_all; 4: test_all");
}

#[test]
fn tables_of_identifiers_in_a_loop() {
    let text = "for (const id of ['REQ-DOOR-001', 'REQ-DOOR-002']) {\n  test(`${id} opens`, async () => { expect(works()).toBe(1); });\n}\n\
        const CASES = [{ id: 'REQ-DOOR-003', wait: 1 }, { id: 'REQ-DOOR-004', wait: 2 }];\n\
        for (const { id, wait } of CASES) {\n  test(`${id}: waits`, () => {});\n}\n";
    assert_eq!(of("e2e/door.spec.ts", text), "1: ${id} opens; 2: ${id} opens; 3: ${id}: waits; 4: ${id}: waits");
    let text = "test.each([\n  ['REQ-DOOR-001', 1],\n  ['REQ-DOOR-002', 2],\n])('%s opens', (id, n) => { expect(n).toBe(n); });\n\
        ['REQ-DOOR-003'].forEach((id) => {\n  it(`closes ${id}`, () => {});\n});\n";
    assert_eq!(of("test/door.test.ts", text), "1: %s opens; 2: %s opens; 3: closes ${id}");
}

#[test]
fn junit_annotations() {
    let text = "class DoorTest {\n  @Test\n  @Tag(\"REQ-DOOR-001\")\n  void opens() { assertTrue(works()); }\n\n\
          @Test\n  @DisplayName(\"REQ-DOOR-002: closes\")\n  void closes() { assertTrue(works()); }\n\n\
          @Test\n  @TmsLink(\"REQ-DOOR-003\")\n  void reopens() { assertTrue(works()); }\n\n\
          @Test\n  @Requirement(\"REQ-DOOR-004\")\n  void waits() { assertTrue(works()); }\n}\n";
    assert_eq!(of("src/test/java/DoorTest.java", text), "1: opens; 2: closes; 3: reopens; 4: waits");
    let text = "class DoorTest {\n  @Test\n  @Story(\"REQ-DOOR-001\")\n  void opens() { assertTrue(works()); }\n\n\
          @Test\n  @Link(name = \"REQ-DOOR-002\", url = \"https://tracker/REQ-DOOR-002\")\n  void closes() { assertTrue(works()); }\n\n\
          @Test\n  @XrayTest(key = \"T-1\")\n  @Requirements({\"REQ-DOOR-003\", \"REQ-DOOR-004\"})\n  void reopens() { assertTrue(works()); }\n}\n";
    assert_eq!(of("src/test/java/DoorTest.java", text), "1: opens; 2: closes; 3: reopens; 4: reopens");
}

#[test]
fn subtests_of_go() {
    let text = "func TestDoor(t *testing.T) {\n\tt.Run(\"REQ-DOOR-001 opens\", func(t *testing.T) {})\n\tfor _, tc := range []struct{ name string }{\n\t\t{name: \"REQ-DOOR-002 closes\"},\n\t\t{name: \"REQ-DOOR-003/reopens\"},\n\t} {\n\t\tt.Run(tc.name, func(t *testing.T) {})\n\t}\n}\n\n\
        func TestREQ_DOOR_004_Waits(t *testing.T) {}\n";
    assert_eq!(of("door/door_test.go", text), "1: REQ-DOOR-001_opens; 2: TestDoor; 3: TestDoor; 4: TestREQ_DOOR_004_Waits");
}

#[test]
fn tags_of_sentences() {
    let text = "*** Test Cases ***\nOpens\n    [Tags]    REQ-DOOR-001    smoke\n    Log    x\nCloses\n    [Documentation]    Verifies REQ-DOOR-002\n    Log    x\n";
    assert_eq!(of("tests/door.robot", text), "1: Opens; 2: Closes");
    let text = "@REQ-DOOR-001\nFeature: Doors\n\n  @REQ-DOOR-002 @smoke\n  Scenario: closes\n    Given a door\n\n  @req:REQ-DOOR-003\n  Scenario: reopens\n    Given a door\n\n  Rule: waits (REQ-DOOR-004)\n    Scenario: waits\n      Given a door\n";
    assert_eq!(of("features/door.feature", text), "1: waits; 2: closes; 3: reopens; 4: waits");
}

#[test]
fn attributes_of_other_languages() {
    let text = "public class DoorTests {\n  [Fact]\n  [Trait(\"Requirement\", \"REQ-DOOR-001\")]\n  public void Opens() { }\n\n  [Test, Property(\"Requirement\", \"REQ-DOOR-002\")]\n  public void Closes() { }\n\n  [TestMethod]\n  [TestCategory(\"REQ-DOOR-003\")]\n  public void Reopens() { }\n\n  [Fact(DisplayName = \"REQ-DOOR-004 waits\")]\n  public void Waits() { }\n}\n";
    assert_eq!(of("tests/DoorTests.cs", text), "1: Opens; 2: Closes; 3: Reopens; 4: Waits");
    let text = "#[cfg(test)]\nmod tests {\n    #[test]\n    fn req_door_001_opens() {}\n\n    /// Verifies REQ-DOOR-002.\n    #[test]\n    fn closes() {}\n\n    #[rstest]\n    #[case::req_door_003(1)]\n    #[case::req_door_004(2)]\n    fn waits(#[case] n: u32) {}\n}\n";
    assert_eq!(of("src/door.rs", text), "1: req_door_001_opens; 2: closes; 3: waits; 4: waits");
    let text = "TEST_CASE(\"opens\", \"[REQ-DOOR-001][door]\") {\n  CHECK(true);\n}\n\nSCENARIO(\"REQ-DOOR-002: closes\") {\n  CHECK(true);\n}\n";
    assert_eq!(of("tests/door.cpp", text), "1: opens; 2: REQ-DOOR-002: closes");
    let text = "RSpec.describe Door do\n  it \"opens\", requirement: \"REQ-DOOR-001\" do\n    expect(1).to eq 1\n  end\n\n  it \"closes\", :smoke, req: [\"REQ-DOOR-002\"] do\n    expect(1).to eq 1\n  end\nend\n";
    assert_eq!(of("spec/door_spec.rb", text), "1: opens; 2: closes");
}

#[test]
fn sets_of_julia() {
    let text = "using Test\n\n#=\n@testset \"old\" begin\nend\n=#\n@testset \"door\" begin\n    @testset \"REQ-DOOR-001 opens\" begin\n        if true\n            @test 1 == 1\n        end\n    end\n\n\
        # Verifies: REQ-DOOR-002\n    @testset verbose = true \"closes\" begin\n        @test f() == \"end\"\n    end\nend\n";
    assert_eq!(of("test/runtests.jl", text), "1: REQ-DOOR-001 opens; 2: closes");
}

#[test]
fn programs_that_are_one_test() {
    let text =
        "/* Verifies: REQ-DOOR-001 */\n#include <assert.h>\nint main(void) {\n    assert(door() == 1);\n    return 0;\n}\n";
    assert_eq!(of("tests/door_open.c", text), "1: door_open");
    let text =
        "// Verifies: REQ-DOOR-001\nstatic void TestOpens(void) { assert(1); }\nint main(void) { TestOpens(); return 0; }\n";
    assert_eq!(of("Tests/door_test.c", text), "1: TestOpens");
    let text = "#!/bin/sh\n# Verifies: REQ-DOOR-002\nset -e\ncase \"$1\" in a) echo x ;; esac\n./door | grep -q open\n";
    assert_eq!(of("tests/test_door.sh", text), "2: test_door");
    assert_eq!(of("tests/prepare.sh", text), "");
    let text = "#!/bin/sh\n# Verifies: REQ-DOOR-003\ntest_reopens() {\n  assertEquals 1 1\n}\n. shunit2\n";
    assert_eq!(of("tests/door_test.sh", text), "3: test_reopens");
}

#[test]
fn identifiers_with_other_signs() {
    let text = "def test_opens():\n    \"\"\"Verifies: REQ_DOOR_001\"\"\"\n    assert works()\n\ndef test_req_door_002_closes():\n    assert works()\n\n\
        def test_reopens():\n    \"\"\"Verifies: REQDOOR003, REQ-DOOR-4\"\"\"\n    assert works()\n";
    let analysis = tree(&[("tests/test_door.py", text)]);
    assert_eq!(verified(&analysis), "1: test_opens; 2: test_req_door_002_closes");
}
