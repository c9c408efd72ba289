//! Files that are damaged, hostile, empty or of another kind.

use super::{read, told};
use tracegate::model::evidence::Outcome;
use tracegate::read::results::{Format, format};

const START: &str = "<testsuites><testsuite name=\"s\"><testcase name=\"a\" classname=\"c\"/>";

fn reasons(text: &str) -> Vec<String> {
    read(text).problems.into_iter().map(|problem| problem.reason).collect()
}

#[test]
fn a_file_cut_off_keeps_the_cases_before_the_cut() {
    let whole =
        format!("{START}<testcase name=\"b\" classname=\"c\"><failure message=\"x\"/></testcase></testsuite></testsuites>");
    assert_eq!(reasons(&whole), [""; 0]);
    for end in 1..whole.len() {
        let facts = read(&whole[..end]);
        assert!(facts.problems.iter().any(|problem| problem.whole_file), "cut at {end}");
        // A case that is not whole has no outcome: its failure may be in the lost part.
        let bad = facts.results.iter().filter(|result| result.name == "b");
        assert!(bad.into_iter().all(|result| result.outcome == Outcome::Failed), "cut at {end}");
        assert!(end < START.len() || !facts.results.is_empty(), "cut at {end}");
    }
}

#[test]
fn what_is_lost_is_told_with_its_place() {
    let texts = [
        format!("{START}<testcase name=\"b\"><failure>x"),
        format!("{START}</testcase>"),
        format!("{START}<testcase name=\"b"),
        "<testsuites>\n</testsuites>".to_owned(),
        "<testsuite name=\"s\" tests=\"0\"/>".to_owned(),
        "<coverage line-rate=\"1\"><packages/></coverage>".to_owned(),
        String::new(),
        "PASSED 3 tests".to_owned(),
        format!("{START}</testsuite></testsuites>\n<testsuite><testcase name=\"z\"/></testsuite>\ndone"),
        "<testsuite name=\"s\" failures=\"2\"><testcase name=\"a\"/></testsuite>".to_owned(),
        "<testsuite name=\"s\"><testcase name=\"a\"/><error message=\"fixture broke\"/></testsuite>".to_owned(),
        "<testsuite><testcase classname=\"c\"/></testsuite>".to_owned(),
        "<testsuite><testcase name=\"a &nbsp; b\"/></testsuite>".to_owned(),
        "<testsuite><testcase name=\"a\" name=\"b\"/></testsuite>".to_owned(),
        "<testsuite><testcase name=a /></testsuite>".to_owned(),
        "<testsuite><testcase name=\"a\"><failure>&odd;</failure></testcase></testsuite>".to_owned(),
        "<testsuite><testcase name=\"a\"/>fish & chips</testsuite>".to_owned(),
    ];
    let told: Vec<_> = texts.iter().map(|text| format!("{text}\n=>\n{}\n", told(text))).collect();
    insta::with_settings!({
        snapshot_path => "../../snapshots/junit",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { insta::assert_snapshot!("damage", told.join("\n")) });
}

#[test]
fn entities_of_the_file_are_refused_before_anything_expands() {
    let mut text = String::from("<!DOCTYPE testsuites [\n<!ENTITY a \"laugh\">\n");
    for (name, before) in ('b'..='j').zip('a'..='i') {
        text += &format!("<!ENTITY {name} \"{}\">\n", format!("&{before};").repeat(10));
    }
    text += "]>\n<testsuites><testsuite><testcase name=\"&j;\"/></testsuite></testsuites>";
    let facts = read(&text);
    assert_eq!(facts.results, []);
    assert_eq!(facts.problems.len(), 1);
    assert!(facts.problems[0].whole_file);
    assert!(facts.problems[0].reason.contains("entities"));
}

#[test]
fn a_document_type_without_entities_does_no_harm() {
    let text = "<!DOCTYPE testsuites SYSTEM \"http://example.org/x.dtd\"><testsuite><testcase name=\"a\"/></testsuite>";
    let facts = read(text);
    assert_eq!((facts.results.len(), facts.problems.len()), (1, 0));
}

#[test]
fn depth_is_bounded() {
    let facts = read(&"<testsuite>".repeat(100_000));
    assert_eq!(facts.problems.len(), 1);
    assert!(facts.problems[0].reason.contains("deep"));
}

#[test]
fn the_name_of_a_suite_is_bounded() {
    let cases = "<testcase name='a'/>".repeat(1000);
    let facts = read(&format!("<testsuite name='{}'>{cases}</testsuite>", "n".repeat(1_000_000)));
    assert_eq!(facts.results.len(), 1000);
    assert!(facts.results.iter().all(|result| result.suites.is_empty()));
    assert!(facts.problems[0].reason.contains("more than 1000 bytes"));
}

#[test]
fn attributes_are_bounded() {
    let mut text = String::from("<testsuite><testcase name='a'");
    for n in 0..100_000 {
        text += &format!(" a{n}='1'");
    }
    text += "/></testsuite>";
    let facts = read(&text);
    assert_eq!(facts.results.len(), 1);
    assert!(facts.problems[0].reason.contains("attributes"));
}

#[test]
fn a_result_file_is_known_by_its_root() {
    for text in [
        "<testsuite/>",
        "<?xml version=\"1.0\"?>\n<!-- run\n--><testsuites name=\"x\">",
        "\u{FEFF}  <!DOCTYPE testsuites [<!ELEMENT a ANY>]>\n<testsuites>",
        "<!DOCTYPE testsuites><testsuite\n name='[]'>",
        "<j:testsuite xmlns:j='urn:j'>",
    ] {
        assert!(format(text) == Some(Format::Junit), "{text}");
    }
    for text in ["", "<", "testsuite", "<testsuitesx>", "<project>", "<!-- <testsuite>", "<?xml"] {
        assert!(format(text).is_none(), "{text}");
    }
}

#[test]
fn counts_that_are_no_numbers_are_told_and_large_ones_count() {
    let suite = |counts: &str| reasons(&format!("<testsuite name=\"s\" {counts}><testcase name=\"a\"/></testsuite>"));
    for counts in ["", "failures=\"0\" errors=\"\"", "failures=\" 0 \""] {
        assert_eq!(suite(counts), [""; 0], "{counts}");
    }
    for count in ["-1", "NaN", "1e400", "0x1", "many"] {
        assert_eq!(suite(&format!("failures=\"{count}\"")), [format!("`{count}` is no number of failures")], "{count}");
    }
    // Sums of the largest numbers do not begin again at nothing.
    for counts in ["failures=\"18446744073709551615\" errors=\"1\"", "errors=\"99999999999999999999999\""] {
        let told = suite(counts);
        assert!(told.len() == 1 && told[0].contains("failures or errors, and no case in it shows one"), "{counts}: {told:?}");
    }
    assert!(suite("failures=\"1\"")[0].contains("counts 1 failure or error, and"));
}
