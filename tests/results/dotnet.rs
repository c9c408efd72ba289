use super::{cut_everywhere, told};
use tracegate::read::results::{Format, format};

const NUNIT: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<test-run id="2" testcasecount="4" result="Failed" total="4" passed="1" failed="1">
<test-suite type="TestFixture" name="StopTests" fullname="Pumps.StopTests">
<test-case id="1" name="Stops(5)" fullname="Pumps.StopTests.Stops(5)" methodname="Stops" classname="Pumps.StopTests" result="Passed"><properties><property name="Requirement" value="REQ-A-001" /></properties></test-case>
<test-case id="2" name="at once" methodname="StopsAtOnce" classname="Pumps.StopTests+Inner" result="Failed"><failure><message><![CDATA[it runs
on]]></message></failure></test-case>
<test-case id="3" name="Later" methodname="Later" classname="Pumps.StopTests" result="Skipped" label="Ignored" />
<test-case id="4" name="Odd" methodname="Odd" classname="Pumps.StopTests" result="Perhaps" />
</test-suite>
</test-run>
"#;

#[test]
fn nunit_3() {
    assert_eq!(format(NUNIT), Some(Format::DotNet));
    assert_eq!(
        told(NUNIT),
        "4: passed | Pumps.StopTests | Stops(5) | \n\
         5: failed | Pumps.StopTests.Inner | StopsAtOnce | it runs\n\
         7: skipped | Pumps.StopTests | Later | \n\
         8: not run | Pumps.StopTests | Odd | \n\
         8: problem: the outcome `Perhaps` is not known\n"
    );
    cut_everywhere(NUNIT, Format::DotNet);
}

#[test]
fn nunit_2_has_the_whole_name_alone() {
    let text = r#"<test-results name="pumps.dll" total="4" errors="0" failures="1">
<test-suite name="Pumps"><results>
<test-case name="Pumps.StopTests.Stops(1.5)" executed="True" result="Success" success="True" />
<test-case name="Pumps.StopTests.Drains" executed="True" result="Failure" success="False"><failure><message>wet</message></failure></test-case>
<test-case name="Pumps.StopTests.Later" executed="False" result="Ignored" />
<test-case name="Pumps.StopTests.Older" executed="True" success="True" />
</results></test-suite>
</test-results>
"#;
    assert_eq!(
        told(text),
        "3: passed | Pumps.StopTests | Stops(1.5) | \n\
         4: failed | Pumps.StopTests | Drains | wet\n\
         5: skipped | Pumps.StopTests | Later | \n\
         6: passed | Pumps.StopTests | Older | \n"
    );
    cut_everywhere(text, Format::DotNet);
}

#[test]
fn xunit_2() {
    let text = r#"<assemblies timestamp="2025-01-01">
<assembly name="pumps.dll" total="3" passed="1" failed="1" skipped="1" errors="0">
<collection name="c">
<test name="Pumps.StopTests.Stops(speed: 5)" type="Pumps.StopTests" method="Stops" result="Pass"><traits><trait name="Requirement" value="REQ-A-001" /></traits></test>
<test name="The pump drains" type="Pumps.StopTests" method="Drains" result="Fail"><failure><message>wet</message></failure></test>
<test name="Pumps.StopTests.Later" type="Pumps.StopTests" method="Later" result="Skip" />
</collection>
</assembly>
</assemblies>
"#;
    assert_eq!(
        told(text),
        "4: passed | Pumps.StopTests | Stops(speed: 5) | \n\
         5: failed | Pumps.StopTests | Drains | wet\n\
         6: skipped | Pumps.StopTests | Later | \n"
    );
    cut_everywhere(text, Format::DotNet);
    let hidden = text.replace("result=\"Fail\"", "result=\"Pass\"").replace("errors=\"0\"", "errors=\"2\"");
    assert!(told(&hidden).contains("the run counts 3 failures or errors, and no test in it shows one"), "{}", told(&hidden));
}
