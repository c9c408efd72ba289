//! One small file a runner, in the shape that the runner writes.

use super::{read, told};
use tracegate::model::evidence::Outcome;

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "../../snapshots/junit",
        prepend_module_to_snapshot => false,
        description => text,
        omit_expression => true,
    }, { insta::assert_snapshot!(name, told(text)) });
}

#[test]
fn pytest() {
    snapshot(
        "pytest",
        r#"<?xml version="1.0" encoding="utf-8"?>
<testsuites name="pytest tests">
<testsuite name="pytest" errors="3" failures="3" skipped="2" tests="9" time="0.038" hostname="here">
<testcase classname="tests.test_pump.TestRun" name="test_starts[fast]" time="0.000">
<properties><property name="requirement" value="REQ-1" /><property name="requirement" value="REQ-2" /></properties>
</testcase>
<testcase classname="tests.test_pump" name="test_set_up" time="0.000"><error message="failed on setup with &quot;RuntimeError: no pump&quot;">@pytest.fixture</error></testcase>
<testcase classname="tests.test_pump" name="test_tear_down" time="0.000"><error message="failed on teardown with &quot;RuntimeError: stuck&quot;">…</error></testcase>
<testcase classname="tests.test_pump" name="test_both" time="0.000"><failure message="assert 0">def test_both</failure></testcase>
<testcase classname="tests.test_pump" name="test_both" time="0.000"><error message="failed on teardown with &quot;RuntimeError: stuck&quot;">…</error></testcase>
<testcase classname="tests.test_pump" name="test_strict" time="0.000"><failure message="[XPASS(strict)] later">[XPASS(strict)] later</failure></testcase>
<testcase classname="tests.test_pump" name="test_xfail" time="0.000"><skipped type="pytest.xfail" message="later" /></testcase>
<testcase classname="tests.test_pump" name="test_skip" time="NaN"><skipped type="pytest.skip" message="no &lt;pump&gt;">/here/test_pump.py:18: no &lt;pump&gt;</skipped></testcase>
<testcase classname="tests.test_pump" name="test_text[a&amp;b]" time="0.000"><failure message="AssertionError: many&#10;  lines&#10;#x1B[31mred">…</failure></testcase>
</testsuite></testsuites>"#,
    );
}

#[test]
fn nextest() {
    snapshot(
        "nextest",
        r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="nextest-run" tests="3" failures="1" errors="0" uuid="7c2f" timestamp="2025-01-01T00:00:00Z" time="0.02">
    <testsuite name="pump::flow" tests="3" disabled="0" errors="0" failures="1">
        <testcase name="tests::holds" classname="pump::flow" timestamp="2025-01-01T00:00:00Z" time="0.004">
        </testcase>
        <testcase name="tests::shaky" classname="pump::flow" time="0.004">
            <flakyFailure timestamp="2025-01-01T00:00:00Z" time="0.1" type="test failure with exit code 101">
                <system-out>thread 'tests::shaky' panicked</system-out>
            </flakyFailure>
        </testcase>
        <testcase name="tests::breaks" classname="pump::flow" time="0.003">
            <failure message="thread 'tests::breaks' panicked at src/lib.rs:9:5" type="test failure with exit code 101">stderr</failure>
            <rerunFailure type="test failure with exit code 101"/>
            <system-out>running 1 test</system-out>
        </testcase>
    </testsuite>
</testsuites>
"#,
    );
}

#[test]
fn googletest() {
    snapshot(
        "googletest",
        r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites tests="5" failures="1" disabled="1" errors="0" time="0.001" timestamp="2025-01-01T00:00:00.000" name="AllTests">
  <testsuite name="Sizes/Pump" tests="5" failures="1" disabled="1" skipped="1" errors="0" time="0.">
    <testcase name="Starts/0" value_param="4" file="pump_test.cc" line="12" status="run" result="completed" time="0." classname="Sizes/Pump">
      <properties>
        <property name="requirement" value="REQ-1"/>
      </properties>
    </testcase>
    <testcase name="Old" file="pump_test.cc" line="20" status="run" result="completed" time="0." classname="Sizes/Pump" requirement="REQ-2" />
    <testcase name="DISABLED_Later" file="pump_test.cc" line="28" status="notrun" result="suppressed" time="0." classname="Sizes/Pump" />
    <testcase name="Maybe" file="pump_test.cc" line="30" status="run" result="skipped" time="0." classname="Sizes/Pump">
      <skipped message="pump_test.cc:31&#x0A;no pump"><![CDATA[pump_test.cc:31
no pump]]></skipped>
    </testcase>
    <testcase name="Fails" file="pump_test.cc" line="40" status="run" result="completed" time="0." classname="Sizes/Pump">
      <failure message="pump_test.cc:41&#x0A;Expected equality" type=""><![CDATA[pump_test.cc:41
Expected equality]]></failure>
    </testcase>
  </testsuite>
</testsuites>
"#,
    );
}

#[test]
fn surefire() {
    snapshot(
        "surefire",
        r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuite xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:noNamespaceSchemaLocation="https://maven.apache.org/surefire.xsd" version="3.0" name="org.pump.FlowTest" time="0.1" tests="5" errors="1" skipped="1" failures="0" flakes="1">
  <properties><property name="java.version" value="21"/></properties>
  <testcase name="starts" classname="org.pump.FlowTest" time="0.01"/>
  <testcase name="shaky" classname="org.pump.FlowTest" time="0.01">
    <flakyError message="late" type="java.lang.IllegalStateException"><stackTrace><![CDATA[at org.pump]]></stackTrace><system-out/></flakyError>
  </testcase>
  <testcase name="broken" classname="org.pump.FlowTest" time="0.01">
    <error type="java.lang.NullPointerException"><![CDATA[
java.lang.NullPointerException: no flow
	at org.pump]]></error>
    <rerunError message="again" type="java.lang.NullPointerException"/>
  </testcase>
  <testcase name="ignored" classname="org.pump.FlowTest" time="0"><skipped message="later"/></testcase>
  <testcase name="[1] 5, &quot;x&quot;" classname="org.pump.FlowTest" time="0,003"/>
</testsuite>"#,
    );
}

#[test]
fn nested_suites_of_node() {
    snapshot(
        "node",
        r#"<?xml version="1.0" encoding="utf-8"?>
<testsuites>
	<testsuite name="pump" time="0.003" disabled="0" errors="0" tests="3" failures="1" skipped="1" hostname="here">
		<testcase name="starts" time="0.0005" classname="test"/>
		<testcase name="stops" time="0.0007" classname="test" failure="1 == 2">
			<failure type="testCodeFailure" message="1 == 2">
Error [ERR_TEST_FAILURE]: 1 == 2
			</failure>
		</testcase>
		<testsuite name="inner" time="0.001" disabled="0" errors="0" tests="1" failures="0" skipped="0">
			<testcase name="later" time="0.0009" classname="test"><skipped type="todo" message="true"/></testcase>
		</testsuite>
	</testsuite>
	<testcase name="alone" time="0.1" classname="test"/>
	<!-- tests 4 -->
</testsuites>
"#,
    );
}

#[test]
fn go_jest_catch2_and_ctest() {
    snapshot(
        "others",
        r#"<testsuites name="jest tests">
<testsuite name="example.org/pump/flow" tests="1"><properties><property name="go.version" value="go1.24"></property></properties>
<testcase classname="example.org/pump/flow" name="TestStarts/with_water" time="0.000000"></testcase></testsuite>
<testsuite name="pump starts" errors="0" failures="1" skipped="0" tests="1">
<testcase classname="pump starts when told" name="pump starts when told" time="0.001" file="src/pump.test.ts"><failure>Error: expect(received).toBe(expected)
    at Object</failure></testcase></testsuite>
<testsuite name="pump_tests" errors="0" failures="0" skipped="1" tests="2" hostname="tbd">
<testcase classname="pump_tests.global" name="starts/at once" time="0.000" status="run"/>
<testcase classname="pump_tests.global" name="may fail" time="0.000" status="run"><skipped message="TEST_CASE tagged with !mayfail"/></testcase></testsuite>
<testsuite name="Linux-c++" tests="2" failures="1" disabled="1" skipped="0">
<testcase name="flow" classname="flow" time="0.1" status="fail"/>
<testcase name="later" classname="later" time="0" status="disabled"><skipped message="Disabled"/></testcase></testsuite>
</testsuites>"#,
    );
}

#[test]
fn a_property_may_hold_its_value_as_text() {
    let facts = read(
        "<testsuite><testcase name='a' classname='b'><properties>\
         <property name='requirement'> REQ-1 &amp; REQ-2</property></properties></testcase></testsuite>",
    );
    let result = &facts.results[0];
    assert_eq!(result.properties, [("requirement".to_owned(), "REQ-1 & REQ-2".to_owned())]);
    assert_eq!(result.outcome, Outcome::Passed);
}

#[test]
fn the_gravest_child_of_a_case_counts() {
    let facts = read(
        "<testsuite><testcase name='a'><skipped message='half'/><error message='late'/>\
         <failure message='wrong'/></testcase></testsuite>",
    );
    assert_eq!(facts.results[0].outcome, Outcome::Failed);
    assert_eq!(facts.results[0].message, "wrong");
}

#[test]
fn two_tests_of_one_name_stay_two() {
    let facts = read(
        "<testsuite><testcase name='a' classname='c'/><testcase name='a' classname='c'>\
         <error message='broke'/></testcase></testsuite>",
    );
    assert_eq!(facts.results.len(), 2);
}

#[test]
fn names_with_a_prefix_are_read_without_it() {
    let facts = read("<j:testsuite xmlns:j='urn:j'><j:testcase j:name='a'/></j:testsuite>");
    assert_eq!(facts.results[0].name, "a");
    assert_eq!(facts.problems, []);
}
