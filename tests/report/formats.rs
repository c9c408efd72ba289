//! Outputs for services: what they say, recounted and recomputed without the code that wrote it.

use super::command::{folder, outcome};
use super::{VIEW, graph, place, report, report_with, snapshot};
use crate::checks::support::analyze_files;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use tracegate::analysis::Analysis;
use tracegate::check::CHECKS;
use tracegate::finding::{Finding, Severity};
use tracegate::report::{FORMATS, Report};
use tracegate::verdict::{Threshold, Verdict};

/// A small tree of which something is right, something wrong and something not known.
pub(super) fn lamp() -> Analysis {
    let files = [
        (
            "docs/srs.md",
            "# LAMP-SRS: Lamp Requirements Specification\n\n### REQ-LAMP-001: 💡 On\nThe lamp shall light.\n\n### REQ-LAMP-002: Off\nThe lamp shall go out.\n\n### REQ-LAMP-003: Dim\nThe lamp shall dim.\n",
        ),
        (
            "docs/rtm.md",
            "# LAMP-RTM: Lamp Traceability Matrix\n\n| Req ID | Requirement | Test |\n|---|---|---|\n| REQ-LAMP-001 | 💡 On | tests/test_lamp.py::test_on |\n| REQ-LAMP-002 | 💡💡 Off | tests/test_lamp.py::test_gone |\n| REQ-LAMP-003 | Dim | inspection |\n",
        ),
        ("tests/test_lamp.py", "def test_on():\n    assert lamp()\n\ndef test_other():\n    assert works()\n"),
        (
            "junit.xml",
            "<testsuite name='pytest' tests='2'><testcase classname='tests.test_lamp' name='test_on'/><testcase classname='tests.test_lamp' name='test_other'/></testsuite>",
        ),
    ];
    analyze_files(files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect())
}

fn written(analysis: &Analysis, format: &str) -> String {
    report(&analysis.graph, &analysis.findings, format, VIEW)
}

fn json_of(analysis: &Analysis, format: &str) -> Value {
    serde_json::from_str(&written(analysis, format)).unwrap()
}

/// Findings of one check each, with a severity.
fn made_up(count: usize, code: &'static str, severity: Severity) -> Vec<Finding> {
    let graph = graph(&[("a.md", "one two")]);
    let one = |at| Finding::new(place(&graph, 0, "two"), format!("s{at}"), format!("{code} says {at}")).of(code, severity);
    (0..count).map(one).collect()
}

#[test]
fn reports_for_services_look_like_this() {
    let lamp = lamp();
    for format in ["github", "gitlab", "markdown"] {
        snapshot(&format!("lamp_{format}"), &written(&lamp, format));
    }
    let mut sarif = json_of(&lamp, "sarif");
    let run = &mut sarif["runs"][0];
    // The number of a check changes with each that is added, and that of JUnit's suites does.
    run["results"][0].as_object_mut().unwrap().remove("ruleIndex");
    let parts =
        serde_json::json!({"results": run["results"], "invocations": run["invocations"], "properties": run["properties"]});
    snapshot("lamp_sarif", &serde_json::to_string_pretty(&parts).unwrap());
    let junit = written(&lamp, "junit");
    let suites = junit.split_inclusive("</testsuite>\n").filter(|suite| suite.contains("<failure"));
    let suites: Vec<&str> = suites.map(|suite| suite.split_once("  <testsuite ").unwrap().1).collect();
    snapshot("lamp_junit", &suites.join(""));
}

#[test]
fn regions_of_sarif_hold_what_the_findings_point_at() {
    let lamp = lamp();
    let value = json_of(&lamp, "sarif");
    let run = &value["runs"][0];
    assert_eq!((&run["columnKind"], &value["version"]), (&"utf16CodeUnits".into(), &"2.1.0".into()));
    let results = run["results"].as_array().unwrap();
    assert_eq!(results.len(), lamp.findings.len());
    let mut beyond = 0;
    for (result, finding) in results.iter().zip(&lamp.findings) {
        let place = &result["locations"][0]["physicalLocation"];
        let (region, number) = (&place["region"], |key: &str| place["region"][key].as_u64().unwrap() as usize);
        let input = lamp.graph.inputs.iter().find(|input| place["artifactLocation"]["uri"] == input.path).unwrap();
        assert_eq!(region["startLine"], region["endLine"]);
        let line = input.text.as_str().split('\n').nth(number("startLine") - 1).unwrap();
        let units: Vec<u16> = line.encode_utf16().collect();
        let shown = String::from_utf16(&units[number("startColumn") - 1..number("endColumn") - 1]).unwrap();
        assert_eq!(shown, input.text.slice(finding.place.span));
        beyond += usize::from(line.contains('💡') && number("startColumn") > 20);
    }
    assert!(beyond > 0, "one stands behind a character of two units");
}

#[test]
fn rules_of_sarif_are_the_checks_with_their_pages() {
    let value = json_of(&lamp(), "sarif");
    let rules = value["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    assert_eq!(rules.len(), CHECKS.len());
    for (rule, check) in rules.iter().zip(CHECKS) {
        assert_eq!((rule["id"].as_str(), rule["name"].as_str()), (Some(check.code), Some(check.name)));
        assert_eq!(rule["help"]["markdown"].as_str().unwrap().trim(), tracegate::explain::page(check.code).unwrap().trim());
        assert!(rule.get("helpUri").is_none(), "no page of the project is public");
    }
    for result in value["runs"][0]["results"].as_array().unwrap() {
        let at = result["ruleIndex"].as_u64().unwrap() as usize;
        assert_eq!(rules[at]["id"], result["ruleId"]);
    }
}

#[test]
fn every_finding_has_the_fingerprint_of_json_in_the_formats_that_know_one() {
    let lamp = lamp();
    let prints = |value: &Value, pointer: &str| -> Vec<String> {
        value.as_array().unwrap().iter().map(|one| one.pointer(pointer).unwrap().as_str().unwrap().to_owned()).collect()
    };
    let expected = prints(&json_of(&lamp, "json")["findings"], "/fingerprint");
    assert_eq!(prints(&json_of(&lamp, "sarif")["runs"][0]["results"], "/partialFingerprints/tracegate~1v1"), expected);
    assert_eq!(prints(&json_of(&lamp, "gitlab"), "/fingerprint"), expected);
    assert_eq!(expected.iter().collect::<BTreeSet<_>>().len(), expected.len());
}

#[test]
fn severities_of_a_person_are_told_in_sarif_and_junit() {
    let lamp = lamp();
    let severity = BTreeMap::from([("M02".to_owned(), None), ("T01".to_owned(), Some(Severity::Info)), ("E12".to_owned(), None)]);
    let findings: Vec<Finding> = lamp.findings.iter().filter(|finding| finding.code != "M02").cloned().collect();
    let change = |report: Report<'_>, format: &str| {
        let mut out = Vec::new();
        (tracegate::report::format(format).unwrap().write)(&Report { severity: &severity, base: "docs/", ..report }, &mut out)
            .unwrap();
        String::from_utf8(out).unwrap()
    };
    let sarif: Value = serde_json::from_str(&report_with(&lamp.graph, &findings, |report| change(report, "sarif"))).unwrap();
    let overrides = sarif["runs"][0]["invocations"][0]["ruleConfigurationOverrides"].as_array().unwrap();
    let told: Vec<(&str, &Value)> =
        overrides.iter().map(|one| (one["descriptor"]["id"].as_str().unwrap(), &one["configuration"])).collect();
    let (off, note) = (serde_json::json!({"enabled": false}), serde_json::json!({"level": "note"}));
    assert_eq!(told, [("M02", &off), ("T01", &note)], "E12 can't be turned off");
    let junit = report_with(&lamp.graph, &findings, |report| change(report, "junit"));
    assert!(junit.contains("turned off by the configuration"), "{junit}");
    assert!(junit.contains("file=\"docs/docs/srs.md\""), "paths are from the folder that the command was started in: {junit}");
}

/// Cases of a JUnit report: name, and the tag of what came out.
fn cases(junit: &str) -> Vec<(String, &'static str)> {
    junit
        .split("<testcase ")
        .skip(1)
        .map(|case| {
            let name = case.split(" name=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
            let tags = [("<failure", "failure"), ("<skipped", "skipped"), ("<system-out", "remark")];
            (name, tags.iter().find(|(tag, _)| case.contains(tag)).map_or("passed", |(_, word)| word))
        })
        .collect()
}

#[test]
fn requirements_of_junit_pass_fail_or_are_skipped_with_their_state() {
    let junit = written(&lamp(), "junit");
    let cases = cases(&junit);
    let of = |name: &str| cases.iter().find(|(known, _)| known.starts_with(name)).map(|(_, outcome)| *outcome).unwrap();
    assert_eq!((of("REQ-LAMP-001"), of("REQ-LAMP-002"), of("REQ-LAMP-003")), ("passed", "failure", "skipped"));
    assert!(junit.contains("<skipped message=\"not assessed: the evidence is described in words\"/>"), "{junit}");
    let declared =
        |key: &str| junit.split(&format!(" {key}=\"")).nth(1).unwrap().split('"').next().unwrap().parse::<usize>().unwrap();
    let count = |word: &str| cases.iter().filter(|(_, outcome)| *outcome == word).count();
    assert_eq!((declared("tests"), declared("failures"), declared("skipped")), (cases.len(), count("failure"), count("skipped")));
}

#[test]
fn a_check_that_had_nothing_to_look_at_has_not_passed_in_junit() {
    let junit = written(&lamp(), "junit");
    for (code, why) in [("S02", "no coverage file was read"), ("S12", "no mutation results were read")] {
        let suite = junit.split("<testsuite ").find(|suite| suite.starts_with(&format!("name=\"{code} "))).unwrap();
        assert!(suite.contains(&format!("<skipped message=\"not assessed: {why}\"/>")), "{suite}");
    }
    let ghosts = junit.split("<testsuite ").find(|suite| suite.starts_with("name=\"R01 ")).unwrap();
    assert!(ghosts.contains("name=\"no finding\"/>"), "{ghosts}");
}

#[test]
fn junit_fails_exactly_where_the_gate_does() {
    let graph = graph(&[("a.md", "one two")]);
    for severity in [Severity::Error, Severity::Warning, Severity::Info] {
        for threshold in [Threshold::Error, Threshold::Warning] {
            let findings = made_up(2, "M02", severity);
            let verdict = threshold.verdict(&findings);
            let junit = report_with(&graph, &findings, |report| {
                let mut out = Vec::new();
                (tracegate::report::format("junit").unwrap().write)(&Report { threshold, verdict, ..report }, &mut out).unwrap();
                String::from_utf8(out).unwrap()
            });
            assert_eq!(junit.contains("<failure"), verdict == Verdict::Fail, "{severity:?} {threshold:?}");
        }
    }
}

#[test]
fn errors_fail_in_junit_also_where_nothing_closes_the_gate() {
    let junit = report_with(&graph(&[("a.md", "one two")]), &made_up(1, "M02", Severity::Error), |report| {
        let mut out = Vec::new();
        let report = Report { threshold: Threshold::Never, verdict: Verdict::Pass, ..report };
        (tracegate::report::format("junit").unwrap().write)(&report, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    });
    assert!(junit.contains("<failure"), "green would say that there is none: {junit}");
}

#[test]
fn cases_of_one_name_are_told_apart_in_junit() {
    let graph = graph(&[("a.md", "one two")]);
    let one = |subject: &str| Finding::new(place(&graph, 0, "two"), subject, "m").of("M02", Severity::Error);
    let junit = report(&graph, &[one("x #2"), one("x"), one("x"), one("x")], "junit", VIEW);
    let names: Vec<String> =
        cases(&junit).into_iter().filter(|(_, outcome)| *outcome == "failure").map(|(name, _)| name).collect();
    assert_eq!(names, ["x #2", "x", "x #3", "x #4"]);
}

#[test]
fn github_shows_each_check_before_it_shows_more_of_one_and_tells_what_is_left_out() {
    let graph = graph(&[("a.md", "one two")]);
    let mut findings = made_up(12, "M02", Severity::Error);
    findings.extend(made_up(1, "T01", Severity::Error));
    findings.extend(made_up(11, "T02", Severity::Warning));
    findings.extend(made_up(11, "S09", Severity::Info));
    let shown = report(&graph, &findings, "github", VIEW);
    let of = |command: &str| shown.lines().filter(|line| line.starts_with(&format!("::{command} "))).count();
    assert_eq!((of("error"), of("warning"), of("notice")), (10, 10, 10), "{shown}");
    let second = shown.lines().nth(1).unwrap();
    assert!(
        second.starts_with("::error file=a.md,line=1,endLine=1,col=5,endColumn=7,title=T01 unverified-requirement::"),
        "{second}"
    );
    assert!(shown.lines().last().unwrap().contains("6 findings not shown here"), "{shown}");
}

#[test]
fn github_has_its_signs_escaped_and_no_columns_of_several_lines() {
    let graph = graph(&[("a,b:c%.md", "one\ntwo")]);
    let finding = Finding::new(place(&graph, 0, "one\ntwo"), "s", "100% ::error::\r\nof").of("M02", Severity::Error);
    let shown = report(&graph, &[finding], "github", VIEW);
    let first = shown.lines().next().unwrap();
    assert_eq!(first, "::error file=a%2Cb%3Ac%25.md,line=1,endLine=2,title=M02 ghost-test::100%25 ::error::\\r\\nof");
}

#[test]
fn paths_of_sarif_are_references() {
    let graph = graph(&[("a b/ä#?:%.md", "one")]);
    let finding = Finding::new(place(&graph, 0, "one"), "s", "m").of("M02", Severity::Error);
    let value: Value = serde_json::from_str(&report(&graph, &[finding], "sarif", VIEW)).unwrap();
    let uri = value.pointer("/runs/0/results/0/locations/0/physicalLocation/artifactLocation/uri").unwrap();
    assert_eq!(uri, "a%20b/%C3%A4%23%3F%3A%25.md");
}

#[test]
fn sarif_names_no_place_twice() {
    let graph = graph(&[("a.md", "one two")]);
    let finding = Finding::new(place(&graph, 0, "one"), "s", "m").of("M02", Severity::Error);
    let finding = finding.related(place(&graph, 0, "two"), "here").related(place(&graph, 0, "two"), "here");
    let value: Value = serde_json::from_str(&report(&graph, &[finding], "sarif", VIEW)).unwrap();
    assert_eq!(value.pointer("/runs/0/results/0/relatedLocations").unwrap().as_array().unwrap().len(), 1);
}

#[test]
fn markdown_shows_a_part_of_many_findings_and_says_so() {
    let graph = graph(&[("a.md", "one two")]);
    let findings = made_up(27, "M02", Severity::Error);
    let rows = |all| report(&graph, &findings, "markdown", tracegate::report::View { all, ..VIEW });
    assert_eq!(rows(false).matches("| error |").count(), 25);
    assert!(rows(false).contains("… and 2 further findings (`--all` lists each)"));
    assert_eq!(rows(true).matches("| error |").count(), 27);
}

#[test]
fn markdown_has_no_markup_of_inputs() {
    let graph = graph(&[("a|b.md", "one two")]);
    let words = "<b> @someone #12 `a|b` `c` ` https://example.org www.example.org [x](y) *z* | \\";
    let finding = Finding::new(place(&graph, 0, "two"), "s", words).of("M02", Severity::Error);
    let shown = report(&graph, &[finding], "markdown", VIEW);
    snapshot("hostile_markdown", shown.split("### ").nth(1).unwrap());
}

#[test]
fn counts_and_verdict_are_the_same_in_every_format() {
    let lamp = lamp();
    let errors = lamp.findings.iter().filter(|finding| finding.severity == Severity::Error).count();
    for format in FORMATS {
        let text = written(&lamp, format.name);
        let counted = match format.name {
            "json" => json_of(&lamp, "json")["summary"]["findings"]["error"].as_u64().unwrap() as usize,
            "sarif" => {
                let value = json_of(&lamp, "sarif");
                value["runs"][0]["results"].as_array().unwrap().iter().filter(|one| one["level"] == "error").count()
            }
            "junit" => cases(&text).iter().filter(|(name, outcome)| *outcome == "failure" && name != "REQ-LAMP-002 Off").count(),
            "gitlab" => text.matches("\"critical\"").count(),
            _ => {
                assert!(text.contains("1 of 3 requirements verified, 1 not assessed"), "{}: {text}", format.name);
                errors
            }
        };
        assert_eq!(counted, errors, "{}: {text}", format.name);
    }
}

#[test]
fn github_is_told_that_nothing_could_be_checked() {
    let folder = folder("github-nothing");
    let path = folder.to_str().unwrap();
    let (code, out, err) = outcome(&["check", "--format", "github", path]);
    assert_eq!(code, 2);
    assert!(err.starts_with("error: nothing to check"), "{err}");
    assert!(out.starts_with("::error title=tracegate%3A could not check::nothing to check: "), "{out}");
    assert_eq!(out.lines().count(), 1, "{out}");
}
