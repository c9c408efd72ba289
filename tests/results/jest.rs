use super::{cut_everywhere, facts, told};
use tracegate::read::results::{Format, format};

const RUN: &str = r#"{"numFailedTests":1,"numTotalTests":5,"startTime":1700000000000,"success":false,
"testResults":[{"assertionResults":[
{"ancestorTitles":["link","start"],"fullName":"link start starts","status":"passed","title":"starts","location":{"column":3,"line":7}},
{"ancestorTitles":["","link"],"fullName":"link stops","status":"failed","title":"stops","failureMessages":["Error: it \"runs\" on\n    at link.test.js:9"]},
{"ancestorTitles":[],"status":"pending","title":"rests"},
{"ancestorTitles":[],"status":"todo","title":"sings"},
{"ancestorTitles":[],"status":"passed","title":"wakes","invocations":2}],
"message":"","name":"/home/ci/pump/test/link.test.js","status":"failed","summary":""}],"wasInterrupted":false}
"#;

#[test]
fn tests_with_what_is_around_them() {
    assert_eq!(
        told(RUN),
        "3: passed |  | starts |  /home/ci/pump/test/link.test.js:Some(7)\n\
         4: failed |  | stops | Error: it \"runs\" on /home/ci/pump/test/link.test.js:None\n\
         5: skipped |  | rests |  /home/ci/pump/test/link.test.js:None\n\
         6: skipped |  | sings |  /home/ci/pump/test/link.test.js:None\n\
         7: flaky |  | wakes |  /home/ci/pump/test/link.test.js:None\n"
    );
    assert_eq!(facts(RUN).results[0].suites, ["link", "start"]);
    assert_eq!(facts(RUN).results[1].suites, ["link"], "a suite without a title is the file");
    assert_eq!(facts(RUN).run.unwrap().day.unwrap().text, "2023-11-14");
}

#[test]
fn what_is_cut_off_is_told() {
    assert_eq!(format(RUN), Some(Format::Jest));
    cut_everywhere(RUN, Format::Jest);
}

fn run(fields: &str, file: &str) -> String {
    format!("{{\"numTotalTests\":1,{fields}\"testResults\":[{{\"name\":\"a.test.js\",{file}}}]}}")
}

#[test]
fn what_no_test_shows_is_told() {
    let passed = "\"assertionResults\":[{\"title\":\"starts\",\"status\":\"passed\"}]";
    let line = "1: passed |  | starts |  a.test.js:None\n";
    assert_eq!(told(&run("", passed)), line);
    let hidden = "1: problem: the run counts 1 failure or error, and no test in it shows one\n";
    assert_eq!(told(&run("\"numFailedTests\":1,", passed)), format!("{line}{hidden}"));
    let says = "1: problem: the run says that it failed, and no test in it shows one\n";
    assert_eq!(told(&run("\"success\":false,", passed)), format!("{line}{says}"));
    let broken = format!("{passed},\"status\":\"failed\",\"message\":\"  Cannot find module\"");
    let outside = "1: problem: `a.test.js` failed outside of its tests: Cannot find module\n";
    assert_eq!(told(&run("\"success\":false,", &broken)), format!("{line}{outside}"));
    let lost = "1: lost: the run counts 2 tests and the file has 1\n";
    assert_eq!(told(&run("", passed).replace("Tests\":1", "Tests\":2")), format!("{line}{lost}"));
    let early = "1: problem: the run was interrupted before its end\n";
    assert_eq!(told(&run("\"wasInterrupted\":true,", passed)), format!("{line}{early}"));
    let strange = passed.replace("\"passed\"", "\"fine\"");
    let unknown = "1: problem: the outcome `fine` is not known\n";
    assert_eq!(told(&run("", &strange)), format!("{}{unknown}", line.replace("passed", "error")));
    assert_eq!(told(&run("", "\"assertionResults\":[]").replace(":1", ":0")), "1: lost: the file has no result of a test\n");
}
