use super::{cut_everywhere, facts, told};
use tracegate::read::results::{Format, format};

const RUN: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<robot generator="Robot 7.0 (Python 3.12 on linux)" generated="2025-01-01T00:00:00" rpa="false" schemaversion="5">
<suite id="s1" name="Tests" source="/srv/pump/tests">
<suite id="s1-s1" name="Pump" source="/srv/pump/tests/pump.robot">
<test id="s1-s1-t1" name="Starts With Water" line="5">
<kw name="Should Fail And Be Caught"><status status="FAIL" start="x">caught</status></kw>
<tag>REQ-1</tag>
<status status="PASS" start="2025-01-01T00:00:00" elapsed="0.1"/>
</test>
<test id="s1-s1-t2" name="Stops" line="12">
<kw name="Run"><kw name="Log" owner="BuiltIn"><status status="PASS"/></kw><status status="FAIL">no</status></kw>
<status status="FAIL" start="x" elapsed="0.1">It &lt;runs&gt; on
and on</status>
</test>
<test id="s1-s1-t3" name="Later" line="20"><status status="SKIP">no pump</status></test>
<test id="s1-s1-t4" name="Dry" line="24"><status status="NOT RUN"/></test>
<status status="FAIL"/>
</suite>
<status status="FAIL"/>
</suite>
<statistics><total><stat pass="1" fail="1" skip="1">All Tests</stat></total></statistics>
<errors/>
</robot>
"#;

#[test]
fn the_status_of_a_test_is_its_last_child() {
    assert_eq!(
        told(RUN),
        "5: passed | Pump | Starts With Water |  /srv/pump/tests/pump.robot:Some(5)\n\
         10: failed | Pump | Stops | It <runs> on /srv/pump/tests/pump.robot:Some(12)\n\
         15: skipped | Pump | Later | no pump /srv/pump/tests/pump.robot:Some(20)\n\
         16: not run | Pump | Dry |  /srv/pump/tests/pump.robot:Some(24)\n"
    );
    assert_eq!(facts(RUN).results[0].suites, ["Tests", "Pump"]);
}

fn suite(inner: &str) -> String {
    format!("<robot generator='Robot 7'><suite name='A'>{inner}</suite></robot>")
}

#[test]
fn a_suite_that_fails_at_its_end_passes_none_of_its_tests() {
    let test = "<test name='a'><status status='PASS'/></test><test name='b'><status status='SKIP'/></test>";
    let failing = format!("<suite name='B'>{test}</suite><kw name='x' type='TEARDOWN'><status status='FAIL'>gone</status></kw>");
    let outcomes = |text: &str| facts(text).results.iter().map(|one| one.outcome.name()).collect::<Vec<_>>();
    assert_eq!(outcomes(&suite(&failing)), ["failed", "skipped"]);
    assert_eq!(outcomes(&suite(&failing.replace("FAIL", "PASS"))), ["passed", "skipped"]);
    assert_eq!(outcomes(&suite(&failing.replace("FAIL", "SKIP"))), ["skipped", "skipped"]);
    assert_eq!(outcomes(&suite(&failing.replace("TEARDOWN", "SETUP"))), ["passed", "skipped"]);
    let of_test = "<test name='a'><kw type='TEARDOWN'><status status='FAIL'/></kw><status status='PASS'/></test>";
    assert_eq!(outcomes(&suite(of_test)), ["passed"], "the status of the test tells its own tear-down");
}

#[test]
fn a_dry_run_passes_nothing() {
    let leaf = |status: &str| format!("<kw name='Should Be Equal'><status status='{status}'/></kw>");
    let outer = |inner: &str| format!("<kw name='Check'>{inner}<status status='PASS'/></kw>");
    let outcome = |body: &str| {
        let text = suite(&format!("<test name='a'>{body}<status status='PASS'/></test>"));
        facts(&text).results[0].outcome.name()
    };
    assert_eq!(outcome(&leaf("NOT RUN")), "not run");
    assert_eq!(outcome(&outer(&leaf("NOT RUN"))), "not run");
    assert_eq!(outcome(&format!("{}{}", leaf("NOT RUN"), leaf("PASS"))), "passed", "a branch that was not taken");
    assert_eq!(outcome(&outer(&leaf("PASS"))), "passed");
    assert_eq!(outcome(&leaf("FAIL")), "passed", "a failure that was expected and caught");
}

#[test]
fn without_a_status_nothing_passes() {
    assert_eq!(told(&suite("<test name='a'></test>")), "1: not run | A | a | it has no status\n");
    assert_eq!(told(&suite("")), "1: lost: the file has no result of a test\n");
    assert_eq!(
        told(&suite("<test><status status='PASS'/></test><test name='b'><status status='PASS'/></test>")),
        "1: passed | A | b | \n1: problem: a test has no name that can be looked up\n"
    );
}

#[test]
fn a_file_cut_off_is_told() {
    cut_everywhere(RUN, Format::Robot);
}

#[test]
fn keywords_may_call_keywords_and_there_is_an_end() {
    let deep = |depth: usize| {
        let (open, close) = ("<kw name='k'>".repeat(depth), "<status status='PASS'/></kw>".repeat(depth));
        suite(&format!("<test name='a'>{open}{close}<status status='PASS'/></test>"))
    };
    assert_eq!(told(&deep(420)), "1: passed | A | a | \n");
    assert!(told(&deep(5000)).contains("lost: elements are nested more than"));
}

#[test]
fn the_description_of_a_robot_is_no_run() {
    assert_eq!(format("<robot name=\"arm\"><link name=\"base\"/></robot>"), None);
}
