use super::{cut_everywhere, facts, told};
use tracegate::read::results::{Format, format};

const RUN: &str = r#"{"Time":"2025-01-01T00:00:00Z","Action":"start","Package":"example.org/pump/flow"}
{"Action":"run","Package":"example.org/pump/flow","Test":"TestStarts"}
{"Action":"output","Package":"example.org/pump/flow","Test":"TestStarts","Output":"=== RUN   TestStarts\n"}
{"Action":"run","Package":"example.org/pump/flow","Test":"TestStarts/with_water"}
{"Action":"pass","Package":"example.org/pump/flow","Test":"TestStarts/with_water","Elapsed":0}
{"Action":"pass","Package":"example.org/pump/flow","Test":"TestStarts","Elapsed":0}
{"Action":"run","Package":"example.org/pump/flow","Test":"TestStops"}
{"Action":"output","Package":"example.org/pump/flow","Test":"TestStops","Output":"=== RUN   TestStops\n"}
{"Action":"output","Package":"example.org/pump/flow","Test":"TestStops","Output":"    flow_test.go:9: it runs on\n"}
{"Action":"output","Package":"example.org/pump/flow","Test":"TestStops","Output":"--- FAIL: TestStops (0.00s)\n"}
{"Action":"fail","Package":"example.org/pump/flow","Test":"TestStops","Elapsed":0}
{"Action":"run","Package":"example.org/pump/flow","Test":"TestLater"}
{"Action":"output","Package":"example.org/pump/flow","Test":"TestLater","Output":"    flow_test.go:20: no \u003cpump\u003e\n"}
{"Action":"skip","Package":"example.org/pump/flow","Test":"TestLater","Elapsed":0}
{"Action":"output","Package":"example.org/pump/flow","Output":"FAIL\n"}
{"Action":"fail","Package":"example.org/pump/flow","Elapsed":0.2}
"#;

#[test]
fn the_end_of_each_test_is_its_outcome() {
    assert_eq!(
        told(RUN),
        "6: passed | example.org/pump/flow | TestStarts | \n\
         5: passed | example.org/pump/flow | TestStarts/with_water | \n\
         11: failed | example.org/pump/flow | TestStops | flow_test.go:9: it runs on\n\
         14: skipped | example.org/pump/flow | TestLater | flow_test.go:20: no <pump>\n"
    );
}

/// A run of one package with these events, `+`, `-` and `=` for the end of a test and of the package.
fn run(events: &[(&str, &str)]) -> String {
    let line = |(action, test): &(&str, &str)| match test.is_empty() {
        true => format!("{{\"Action\":\"{action}\",\"Package\":\"p\"}}\n"),
        false => format!("{{\"Action\":\"{action}\",\"Package\":\"p\",\"Test\":\"{test}\"}}\n"),
    };
    events.iter().map(line).collect()
}

#[test]
fn of_several_ends_the_last_counts_and_a_pass_by_chance_is_flaky() {
    let twice = |first: &str, second: &str| {
        let text = run(&[("start", ""), ("run", "TestA"), (first, "TestA"), ("run", "TestA"), (second, "TestA"), ("pass", "")]);
        facts(&text).results[0].outcome.name()
    };
    assert_eq!(twice("pass", "fail"), "failed");
    assert_eq!(twice("skip", "pass"), "passed");
    assert_eq!(twice("pass", "skip"), "skipped");
    assert_eq!(twice("fail", "pass"), "flaky");
}

#[test]
fn a_package_that_fails_by_itself_passes_none_of_its_tests() {
    let text = run(&[("start", ""), ("run", "TestA"), ("pass", "TestA"), ("fail", "")]);
    assert_eq!(
        told(&text),
        "3: error | p | TestA | its package failed outside of its tests\n4: problem: the package `p` failed outside of its tests\n"
    );
    let again = format!("{text}{}", run(&[("start", ""), ("run", "TestA"), ("pass", "TestA"), ("pass", "")]));
    assert_eq!(told(&again), "7: passed | p | TestA | \n");
}

#[test]
fn a_package_that_does_not_build_is_told() {
    let text = r#"{"ImportPath":"p","Action":"build-output","Output":"./p.go:3:1: syntax error\n"}
{"ImportPath":"p","Action":"build-fail"}
{"Action":"start","Package":"p"}
{"Action":"output","Package":"p","Output":"FAIL\tp [build failed]\n"}
{"Action":"fail","Package":"p","Elapsed":0,"FailedBuild":"p"}
"#;
    assert_eq!(
        told(text),
        "5: problem: the package `p` failed outside of its tests: p [build failed]\n1: lost: the file has no result of a test\n"
    );
}

#[test]
fn what_does_not_end_is_an_error() {
    let text = run(&[("start", ""), ("run", "TestA"), ("run", "TestB"), ("pass", "TestB"), ("fail", "")]);
    assert!(told(&text).starts_with("2: error | p | TestA | it began and did not end\n"), "{}", told(&text));
    let open = run(&[("start", ""), ("run", "TestA"), ("pass", "TestA")]);
    assert_eq!(told(&open), "3: passed | p | TestA | \n4: lost: the file ends before the run of the package `p` does\n");
}

#[test]
fn a_file_cut_off_is_told() {
    cut_everywhere(RUN, Format::Go);
}

#[test]
fn lines_of_other_programs_are_counted_and_not_read() {
    let text = format!("go: downloading x\n{RUN}--- PASS: TestStops (0.00s)\n{{\"Action\":7}}\n");
    assert_eq!(format(&text), Some(Format::Go));
    let told = told(&text);
    assert!(told.contains("failed | example.org/pump/flow | TestStops"), "{told}");
    assert!(told.ends_with("1: problem: 3 lines are no events of `go test -json`; this is the first\n"), "{told}");
}

#[test]
fn other_json_is_no_run() {
    for text in ["", "{}", "{\"Action\":\"run\"}", "[1]", "{\"name\":\"test\",\"Package\":\"x\"}", "x\ny"] {
        assert_eq!(format(text), None, "{text}");
    }
}
