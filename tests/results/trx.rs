use super::{cut_everywhere, facts, told};
use tracegate::read::results::{Format, format};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
    <TestRun id=\"r\" name=\"here\" xmlns=\"http://microsoft.com/schemas/VisualStudio/TeamTest/2010\">\n";

fn run() -> String {
    format!(
        r#"{HEAD}<Times start="2025-01-01" />
<Results>
<UnitTestResult testId="1" testName="Pumps.StartTests.Starts" outcome="Passed" duration="00:00:00.1"><Output><StdOut>Message</StdOut></Output></UnitTestResult>
<UnitTestResult testId="2" testName="Stops(speed: 5)" outcome="Failed"><Output><ErrorInfo><Message>it &lt;runs&gt; on
more</Message><StackTrace>at x</StackTrace></ErrorInfo></Output></UnitTestResult>
<UnitTestResult testId="3" testName="The pump drains by itself" outcome="NotExecuted" />
<UnitTestResult testId="4" testName="Silent" />
<UnitTestResult testId="5" testName="Rows" outcome="Passed"><InnerResults>
<UnitTestResult testId="5" testName="Rows (1)" outcome="Passed" />
</InnerResults></UnitTestResult>
</Results>
<TestDefinitions>
<UnitTest name="Pumps.StartTests.Starts" storage="pumps.dll" id="1"><TestMethod codeBase="pumps.dll" className="Pumps.StartTests" name="Starts" /></UnitTest>
<UnitTest name="Stops" id="2"><TestMethod className="Pumps.StopTests+Inner, Pumps, Version=1.0.0.0" name="Stops" /></UnitTest>
<UnitTest name="Drains" id="3"><TestMethod className="Pumps.StopTests" name="Drains" /></UnitTest>
<UnitTest name="Silent" id="4"><TestMethod className="Pumps.StopTests" name="Silent" /></UnitTest>
<UnitTest name="Rows" id="5"><TestMethod className="Pumps.StopTests" name="Rows" /></UnitTest>
</TestDefinitions>
<ResultSummary outcome="Failed"><Counters total="5" passed="2" failed="1" error="1" /></ResultSummary>
</TestRun>
"#
    )
}

#[test]
fn results_are_joined_with_their_classes() {
    assert_eq!(
        told(&run()),
        "5: passed | Pumps.StartTests | Starts | \n\
         6: failed | Pumps.StopTests.Inner | Stops(speed: 5) | it <runs> on\n\
         8: skipped | Pumps.StopTests | Drains | \n\
         9: error | Pumps.StopTests | Silent | \n\
         11: passed | Pumps.StopTests | Rows (1) | \n\
         10: passed | Pumps.StopTests | Rows | \n"
    );
}

#[test]
fn only_passed_is_a_pass() {
    for (word, expected) in [
        ("Passed", "passed"),
        ("Failed", "failed"),
        ("Error", "error"),
        ("Timeout", "error"),
        ("Aborted", "error"),
        ("PassedButRunAborted", "error"),
        ("Disconnected", "error"),
        ("NotExecuted", "skipped"),
        ("Inconclusive", "skipped"),
        ("Warning", "skipped"),
        ("NotRunnable", "not run"),
        ("Completed", "not run"),
        ("InProgress", "not run"),
        ("Pending", "not run"),
        ("passed", "not run"),
        ("Fine", "not run"),
    ] {
        let text = format!("{HEAD}<Results><UnitTestResult testId='1' testName='A' outcome='{word}'/></Results></TestRun>");
        assert_eq!(facts(&text).results[0].outcome.name(), expected, "{word}");
    }
}

#[test]
fn a_file_cut_off_names_no_test_without_its_class() {
    cut_everywhere(&run(), Format::Trx);
    let run = run();
    let cut = &run[..run.find("<TestDefinitions>").unwrap()];
    assert_eq!(facts(cut).results, []);
}

#[test]
fn what_the_summary_counts_must_be_there() {
    let text = format!(
        "{HEAD}<Results><UnitTestResult testId='1' testName='A' outcome='Passed'/></Results>\
         <TestDefinitions><UnitTest id='1'><TestMethod className='C' name='A'/></UnitTest></TestDefinitions>\
         <ResultSummary outcome='Failed'><Counters total='2' passed='1' failed='1'/></ResultSummary></TestRun>"
    );
    assert!(told(&text).contains("problem: the run counts 1 failure or error, and no test in it shows one"));
    let odd = text.replace("failed='1'", "failed='-1' error='NaN' timeout='99999999999999999999999'");
    let told = told(&odd);
    assert!(
        told.contains("problem: `-1` is no number of failures\n") && told.contains("`NaN` is no number of failures"),
        "{told}"
    );
    assert!(told.contains("the run counts 18446744073709551615 failures or errors, and no test in it shows one"), "{told}");
    let twice = super::told(&text.repeat(2));
    assert!(twice.contains("lost: a second document begins behind the first"), "{twice}");
}

#[test]
fn another_test_run_is_none() {
    assert_eq!(format("<TestRun name=\"x\"><Results/></TestRun>"), None);
    let entity = format!("<!DOCTYPE TestRun [<!ENTITY a \"b\">]>{}", HEAD.split_once('\n').unwrap().1);
    assert!(told(&format!("{entity}</TestRun>")).contains("lost: the document type declares entities"));
}

#[test]
fn a_run_that_says_that_it_failed_hides_something() {
    let of = |outcome: &str, summary: &str| {
        format!(
            "{HEAD}<Results><UnitTestResult testId=\"1\" testName=\"Starts\" outcome=\"{outcome}\" /></Results>\n\
             <TestDefinitions><UnitTest id=\"1\"><TestMethod className=\"Pumps.StartTests\" name=\"Starts\" /></UnitTest></TestDefinitions>\n\
             <ResultSummary outcome=\"{summary}\"><Counters total=\"1\" failed=\"0\" /></ResultSummary>\n</TestRun>\n"
        )
    };
    for word in ["Failed", "Aborted", "Error"] {
        assert!(told(&of("Passed", word)).contains("the run says that it failed, and no test in it shows one"), "{word}");
    }
    assert!(!told(&of("Passed", "Completed")).contains("problem"));
    assert!(!told(&of("Inconclusive", "Failed")).contains("problem"), "that may be what it means");
    let web = of("Passed", "Completed").replace("UnitTestResult", "WebTestResult");
    assert!(told(&web).contains("passed | Pumps.StartTests | Starts"), "{}", told(&web));
}
