//! Test programs in C and C++ with a harness of their own.

use super::listing::listing;
use tracegate::analysis::analyze;
use tracegate::discover::tree::Memory;
use tracegate::model::test_case::Kind;
use tracegate::settings::Settings;

fn tests(path: &str, text: &str) -> Vec<String> {
    let graph = analyze(&Memory::new([(path, text)]), &Settings::default()).graph;
    let tests = graph.tests().filter(|(id, _)| graph.test(*id).kind == Kind::Test);
    tests.map(|(id, _)| graph.test(id).name.to_string()).collect()
}

#[test]
fn a_macro_that_declares_a_function_declares_a_test() {
    let text = "#include \"test.hpp\"\n\nTEST_CASE(log_001_keeps_order) {\n    REQUIRE_EQ(order(), 1);\n}\n\nTEST_CASE(log_002_rotates) {\n    REQUIRE(rotated());\n}\n";
    assert_eq!(tests("tests/test_log.cpp", text), ["log_001_keeps_order", "log_002_rotates"]);
    let titled = "#include <catch.hpp>\n\nTEST_CASE(\"keeps order\", \"[log]\") {\n    REQUIRE(order() == 1);\n}\n";
    assert_eq!(tests("tests/test_log.cpp", titled), ["keeps order"]);
}

#[test]
fn functions_that_a_macro_runs_are_the_tests_and_not_the_program() {
    let text = "#include \"own.h\"\n\n// Verifies: REQ-1\nstatic void opens_in_time()\n{\n    OWN_CHECK(opens() < 2);\n}\n\n// Verifies: REQ-2\n\
                static void closes()\n{\n    OWN_CHECK(closed());\n}\n\nstatic void helper()\n{\n}\n\nint main()\n{\n    OWN_RUN(opens_in_time);\n    \
                OWN_RUN(closes);\n    return OWN_DONE();\n}\n";
    assert_eq!(tests("tests/tst_door.cpp", text), ["opens_in_time", "closes"]);
    let program = text.replace("OWN_RUN(opens_in_time);", "opens_in_time();").replace("OWN_RUN(closes);", "closes();");
    assert_eq!(tests("tests/tst_door.cpp", &program), ["tst_door"]);
}

#[test]
fn a_function_that_a_macro_names_is_a_test_with_what_the_comments_above_say() {
    let test = "#include \"testrunnerswitcher.h\"\n\nTEST_FUNCTION_INITIALIZE(init)\n{\n    reset();\n}\n\n\
                /* Tests_SRS_VALVE_01_004: [ valve_open shall return zero on success. ]*/\n\
                /* Tests_SRS_VALVE_01_005: [ valve_open shall fail if the handle is NULL. ]*/\nTEST_FUNCTION(valve_open_succeeds)\n{\n    \
                ASSERT_ARE_EQUAL(int, 0, valve_open(h));\n}\n\nTEST_METHOD(Closes)\n{\n    Assert::AreEqual(0, valve_close(h));\n}\n";
    assert_eq!(
        listing("tests/valve_ut/valve_ut.c", test),
        "Helper TEST_FUNCTION_INITIALIZE [3-6]\nTest valve_open_succeeds [10-13]\nTest Closes [15-18]\n\
         Verifies Function SRS_VALVE_01_004 on valve_open_succeeds [8]\nVerifies Function SRS_VALVE_01_005 on valve_open_succeeds [9]\n"
    );
    let code = "int valve_open(void* h)\n{\n    /* Codes_SRS_VALVE_01_005: [ valve_open shall fail if the handle is NULL. ]*/\n    \
                if (h == 0) return 1;\n    return Tests_SRS_VALVE_01_005;\n}\n";
    assert_eq!(listing("src/valve.c", code), "Implements File SRS_VALVE_01_005 on - [3]\n");
}
