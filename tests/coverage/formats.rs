use super::{read, told};

const PYTHON: &str = r#"{"meta": {"format": 3, "version": "7.17.5", "branch_coverage": true, "show_contexts": true},
"files": {"kiln/oven.py": {"executed_lines": [9, 2, 1, 4], "summary": {"covered_lines": 4}, "missing_lines": [5, 9],
"excluded_lines": [11], "contexts": {"1": [""], "4": ["tests/test_oven.py::TestOven::test_heat[a|b]|run", "tests/test_oven.py::test_cool|setup"]},
"executed_branches": [[4, 5]], "missing_branches": [[4, -2]],
"functions": {"heat": {"executed_lines": [77], "contexts": {"4": ["other"]}}}, "classes": {}},
"kiln/\u00e9.py": {"executed_lines": [0], "missing_lines": [1]}}, "totals": {"covered_lines": 4}}"#;

#[test]
fn json_of_coverage_py() {
    assert_eq!(
        told(PYTHON),
        "coverage.py\n\
         kiln/oven.py ran [1, 2, 4, 9] not [5] | 4: 1 of 2\n  \
         \"\" [1]\n  \
         \"tests/test_oven.py::TestOven::test_heat[a|b]|run\" [4]\n  \
         \"tests/test_oven.py::test_cool|setup\" [4]\n\
         kiln/é.py ran [] not [1]\n"
    );
    let file = &read(PYTHON).coverage.unwrap().files[0];
    assert_eq!(PYTHON.get(file.span.range()), Some("kiln/oven.py"));
}

#[test]
fn lcov_with_tests_and_records_of_later_versions() {
    let text = "# made by hand\nTN:heats\nSF:src/oven.c\nVER:1\nFNL:0,1,4\nFNA:0,1,heat\nDA:1,1\nDA:2,0\nBRDA:1,0,jump to line 2, then out,1\nBRDA:1,0,exit,-\nMCDC:1,2,t,1,0,x\nLF:2\nLH:1\nend_of_record\n\
         TN:cools,diff\nSF:src/oven.c\nDA:1,0\nDA:2,1e3,checksum\nBRDA:1,0,exit,4\nend_of_record\nTN:\nSF:src/door.c\nDA:7,2\nend_of_record\n";
    assert_eq!(
        told(text),
        "lcov\n\
         src/oven.c ran [1, 2] not [] | 1: 2 of 2\n  \
         \"heats\" [1]\n  \
         \"cools\" [2]\n\
         src/door.c ran [7] not []\n"
    );
}

#[test]
fn cobertura() {
    let text = "<?xml version=\"1.0\"?>\n<!DOCTYPE coverage SYSTEM \"http://example.org/coverage-04.dtd\">\n<coverage line-rate=\"0.5\"><sources><source>/ci/kiln/src</source><source/></sources><packages><package><classes>\
         <class name=\"Oven\" filename=\"oven.py\"><methods><method><lines><line number=\"3\" hits=\"2\"/></lines></method></methods>\
         <lines><line number=\"3\" hits=\"2\" branch=\"true\" condition-coverage=\"50% (1/2)\"/><line number=\"4\" hits=\"0\"/></lines></class>\
         </classes></package></packages></coverage>";
    assert_eq!(told(text), "cobertura\nsources [\"/ci/kiln/src\"]\noven.py ran [3] not [4] | 3: 1 of 2\n");
}

#[test]
fn jacoco() {
    let text = "<?xml version=\"1.0\"?><!DOCTYPE report PUBLIC \"-//JACOCO//DTD Report 1.1//EN\" \"report.dtd\"><report name=\"kiln\"><sessioninfo id=\"x\"/>\
         <package name=\"org/kiln\"><class name=\"org/kiln/Oven\"><method name=\"heat\" line=\"3\"><counter type=\"LINE\" missed=\"0\" covered=\"1\"/></method></class>\
         <sourcefile name=\"Oven.java\"><line nr=\"3\" mi=\"0\" ci=\"4\" mb=\"1\" cb=\"1\"/><line nr=\"5\" mi=\"2\" ci=\"0\" mb=\"0\" cb=\"0\"/></sourcefile></package></report>";
    assert_eq!(told(text), "jacoco\norg/kiln/Oven.java ran [3] not [5] | 3: 1 of 2\n");
}

#[test]
fn regions_of_llvm_become_lines() {
    // A function of seven lines with a branch that was never taken, and a gap behind it.
    let text = r#"{"data":[{"files":[{"filename":"/ci/kiln/src/oven.rs","branches":[[3,8,3,12,5,0,0,0,4]],"expansions":[],
        "segments":[[2,1,5,true,true,false],[3,13,0,true,true,false],[5,6,5,true,false,false],[8,2,0,false,false,false]]}],
        "functions":[{"name":"x","regions":[[1,1,1,1,1,0,0,0]]}],"totals":{}}],"type":"llvm.coverage.json.export","version":"3.1.0"}"#;
    assert_eq!(told(text), "llvm-cov\n/ci/kiln/src/oven.rs ran [2, 3, 6, 7, 8] not [4, 5] | 3: 1 of 2\n");
}

#[test]
fn what_only_looks_like_coverage_is_none() {
    for text in [
        "{\"name\": \"kiln\", \"version\": \"1\"}",
        "{\"/ci/kiln/oven.ts\": {\"path\": \"/ci/kiln/oven.ts\", \"statementMap\": {}}}",
        "<coverage generated=\"1\"><project timestamp=\"1\"><metrics files=\"1\"/></project></coverage>",
        "<report><row/></report>",
        "Some words.\nTN:\n",
        "",
    ] {
        assert_eq!(tracegate::read::coverage::format(text), None, "{text}");
    }
}
