//! What a waiver accepts, and when it accepts nothing (P08).

use super::support::{folder, read_folder, rendered};
use tracegate::analysis::{Analysis, analyze};
use tracegate::check::find;
use tracegate::config::parse_waivers;
use tracegate::discover::tree::Memory;
use tracegate::finding::Severity;
use tracegate::link::drift::fingerprint;
use tracegate::settings::{Baseline, Settings, Waivers};
use tracegate::source::Text;
use tracegate::verdict::{State, States, Summary, Threshold, Verdict};

const SPECIFICATION: &str = "# Winch requirements\n\n### REQ-1: Pull\nThe winch shall pull 90 kg.\n\n\
    ### REQ-2: Stop\nThe winch shall stop on release.\n\n### REQ-3: Horn\nThe winch shall sound a horn.\n";
const TESTS: &str = "def test_pulls():\n    \"\"\"Verifies: REQ-1\"\"\"\n    assert pull(90)\n";
const RUN: &str = "<testsuite name='w' tests='1'><testcase classname='tests.test_winch' name='test_pulls'/></testsuite>";

/// A waiver of the finding that nothing verifies REQ-2, with some of its lines in another way; an empty line is left out.
fn waiver(changes: &[(&str, &str)]) -> String {
    let mark = mark("REQ-2");
    let mut lines = vec![
        ("id", "\"W-7\"".to_owned()),
        ("check", "\"T01\"".to_owned()),
        ("subject", "\"REQ-2\"".to_owned()),
        ("fingerprint", format!("\"{mark}\"")),
        ("reason", "\"The brake is tested by its maker\"".to_owned()),
        ("risk", "\"low\"".to_owned()),
        ("requested_by", "\"N. Fox\"".to_owned()),
        ("approved_by", "\"E. Marsh\"".to_owned()),
        ("expires", "2026-06-30".to_owned()),
    ];
    for (key, value) in changes {
        lines.retain(|(known, _)| known != key);
        if !value.is_empty() {
            lines.push((key, (*value).to_owned()));
        }
    }
    let lines: String = lines.into_iter().map(|(key, value)| format!("{key} = {value}\n")).collect();
    format!("[[waiver]]\n{lines}")
}

fn tree(specification: &str) -> Memory {
    Memory::new([("docs/requirements.md", specification), ("tests/test_winch.py", TESTS), ("junit.xml", RUN)])
}

fn mark(id: &str) -> String {
    let analysis = analyze(&tree(SPECIFICATION), &Settings::default());
    let one = analysis.graph.requirements.iter().find(|one| one.id == *id).unwrap();
    fingerprint(&analysis.graph, one).unwrap()
}

fn settings(waivers: &str) -> Settings {
    let bytes = waivers.as_bytes().to_vec();
    let list = parse_waivers(Text::decode(bytes.clone())).unwrap();
    let waivers = Waivers { path: "tracegate.waivers.toml".to_owned(), bytes, list };
    Settings { waivers: Some(waivers), today: Some("2026-03-02".to_owned()), ..Settings::default() }
}

fn analyzed(waivers: &str) -> Analysis {
    analyze(&tree(SPECIFICATION), &settings(waivers))
}

/// What P08 tells, and the identifiers of what is accepted.
fn outcome(analysis: &Analysis) -> (String, Vec<String>) {
    let accepted = analysis.findings.iter().filter(|finding| finding.waiver.is_some());
    let ids = accepted.flat_map(|finding| finding.requirements().map(|(_, id)| id.to_owned()).collect::<Vec<_>>());
    (rendered(analysis, "P08"), ids.collect())
}

fn states(analysis: &Analysis) -> Vec<(&str, State)> {
    let states = States::of(&analysis.graph, &analysis.findings);
    analysis.graph.requirements().map(|(id, one)| (one.id.as_str(), states.get(id))).collect()
}

#[test]
fn a_requirement_is_accepted_and_the_others_count() {
    let analysis = analyzed(&waiver(&[]));
    assert_eq!(outcome(&analysis), (String::new(), vec!["REQ-2".to_owned()]));
    assert_eq!(states(&analysis), [("REQ-1", State::Verified), ("REQ-2", State::Waived), ("REQ-3", State::Gap)]);
    let open: Vec<&str> =
        analysis.findings.iter().filter(|one| one.counts()).flat_map(|one| one.requirements()).map(|(_, id)| id).collect();
    assert_eq!(open, ["REQ-3"]);
    assert_eq!(Threshold::Error.verdict(&analysis.findings), Verdict::Fail);
    let summary = Summary::of(&analysis.graph, &analysis.findings);
    assert_eq!((summary.findings.error, summary.findings.waived), (1, 1));
}

#[test]
fn a_finding_about_several_requirements_is_accepted_for_those_that_are_named() {
    let more: String = (4..7).map(|n| format!("\n### REQ-{n}: Part {n}\nThe winch shall have part {n}.\n")).collect();
    let analysis = analyze(&tree(&format!("{SPECIFICATION}{more}")), &settings(&waiver(&[])));
    let found: Vec<(bool, Vec<&str>)> = analysis
        .findings
        .iter()
        .filter(|one| one.code == "T01")
        .map(|one| (one.counts(), one.requirements().map(|(_, id)| id).collect()))
        .collect();
    assert_eq!(found, [(false, vec!["REQ-2"]), (true, vec!["REQ-3", "REQ-4", "REQ-5", "REQ-6"])]);
    assert_eq!(outcome(&analysis).0, "");
    assert_eq!(states(&analysis)[1..3], [("REQ-2", State::Waived), ("REQ-3", State::Gap)]);
}

#[test]
fn what_is_accepted_opens_the_gate_and_is_not_verified() {
    let both = format!("[\"{}\", \"{}\"]", mark("REQ-2"), mark("REQ-3"));
    let analysis = analyzed(&waiver(&[("subject", "\"REQ-[23]\""), ("fingerprint", &both)]));
    assert_eq!(outcome(&analysis), (String::new(), vec!["REQ-2".to_owned(), "REQ-3".to_owned()]));
    assert_eq!(Threshold::Warning.verdict(&analysis.findings), Verdict::Pass);
    let summary = Summary::of(&analysis.graph, &analysis.findings);
    assert_eq!((summary.verified, summary.waived, summary.gap), (1, 2, 0));
    assert_eq!((summary.findings.error, summary.findings.waived), (0, 2));
    let all = outcome(&analyzed(&waiver(&[("check", "\"unverified-requirement\""), ("path", "\"docs/*.md\"")])));
    assert_eq!(all.1, ["REQ-2"], "by the name of the check, in named files");
}

#[test]
fn what_is_accepted_does_not_hide_another_error() {
    let text = SPECIFICATION.replace("stop on release", "stop within TBD seconds");
    let base = analyze(&tree(&text), &Settings::default());
    let mark = fingerprint(&base.graph, &base.graph.requirements[1]).unwrap();
    let analysis = analyze(&tree(&text), &settings(&waiver(&[("fingerprint", &format!("\"{mark}\""))])));
    assert_eq!(outcome(&analysis).1, ["REQ-2"]);
    assert!(analysis.findings.iter().any(|one| one.code == "R05" && one.counts()));
    assert_eq!(states(&analysis)[1], ("REQ-2", State::Gap));
}

#[test]
fn a_waiver_that_is_not_in_force_accepts_nothing_and_is_told() {
    let cases = [
        (("expires", "2026-02-28"), "it expired on 2026-02-28"),
        (("expires", "\"2025-12-31\""), "it expired on 2025-12-31"),
        (("expires", "\"30.06.2026\""), "it ends with the baseline `30.06.2026`, and this run names none"),
        (("expires", ""), "it does not say `expires`"),
        (("approved_by", "\"n. FOX \""), "n. FOX both asked for it and approved it"),
        (("approved_by", "\"N Fox\""), "N Fox both asked for it and approved it"),
        (("reason", "\"TBD\""), "it does not say `reason`"),
        (("approved_by", "\"To be decided.\""), "it does not say `approved_by`"),
        (("approved_by", ""), "it does not say `approved_by`"),
        (("requested_by", "\"\""), "it does not say `requested_by`"),
        (("reason", "\" \""), "it does not say `reason`"),
        (("risk", ""), "it does not say `risk`"),
        (("subject", ""), "it has no `subject`, and so is for whatever T01 finds"),
        (("subject", "\"*\""), "its subject `*` is for whatever T01 finds"),
        (("subject", "\"**\""), "its subject `**` is for whatever T01 finds"),
        (("fingerprint", ""), "it says neither `fingerprint` nor `baseline`"),
        (("fingerprint", "\"0123456789abcdef\""), "its fingerprint is not that of the text of REQ-2"),
        (("baseline", "\"v3\""), "it was given for the baseline `v3`, and this run names none"),
        (("check", "\"E12\""), "E12 can't be waived"),
        (("check", "\"Q04\""), "Q04 can't be waived"),
        (("check", "\"P08\""), "P08 can't be waived"),
        (("subject", "\"REQ-1\""), "accepts T01 of `REQ-1`, and there is no such finding"),
        (("path", "\"other/*.md\""), "accepts T01 of `REQ-2`, and there is no such finding"),
    ];
    for (change, why) in cases {
        let analysis = analyzed(&waiver(&[change]));
        let (told, accepted) = outcome(&analysis);
        assert!(told.starts_with("P08 error tracegate.waivers.toml:") && told.contains(why), "{change:?}: {told}");
        assert_eq!(told.matches("P08 error").count(), 1, "{told}");
        assert_eq!(accepted, Vec::<String>::new(), "{change:?}");
        assert_eq!(Threshold::Error.verdict(&analysis.findings), Verdict::Fail);
    }
}

#[test]
fn the_last_day_is_a_day_of_it() {
    let expired = |today: &str| {
        let settings = Settings { today: Some(today.to_owned()), ..settings(&waiver(&[("expires", "2026-02-28")])) };
        !outcome(&analyze(&tree(SPECIFICATION), &settings)).0.is_empty()
    };
    // The settings name the day after that of the run.
    assert!(!expired("2026-02-28") && !expired("2026-03-01") && expired("2026-03-02") && expired("2027-01-01"));
}

#[test]
fn a_waiver_of_a_baseline_is_for_that_baseline_alone() {
    let text = waiver(&[("fingerprint", ""), ("baseline", "\"v3\""), ("expires", "\"v3\"")]);
    let at = |name: &str| {
        let baseline = Some(Baseline { id: "5d0c2aa1b".to_owned(), name: name.to_owned() });
        outcome(&analyze(&tree(SPECIFICATION), &Settings { baseline, ..settings(&text) }))
    };
    assert_eq!(at("v3"), (String::new(), vec!["REQ-2".to_owned()]));
    let (told, accepted) = at("v4");
    assert!(told.contains("for the baseline `v3`, and this run is of `v4`") && accepted.is_empty(), "{told}");
    let by_hash = settings(&waiver(&[("fingerprint", ""), ("baseline", "\"5d0c2aa\"")]));
    let baseline = Some(Baseline { id: "5d0c2aa1b".to_owned(), name: "v3".to_owned() });
    assert_eq!(outcome(&analyze(&tree(SPECIFICATION), &Settings { baseline, ..by_hash })).1, ["REQ-2"]);
}

#[test]
fn the_text_that_was_accepted_may_be_set_otherwise_but_not_say_something_else() {
    let with = |text: &str| outcome(&analyze(&tree(text), &settings(&waiver(&[]))));
    assert_eq!(with(&SPECIFICATION.replace("shall stop on", "shall\n**stop** on")).1, ["REQ-2"]);
    let (told, accepted) = with(&SPECIFICATION.replace("stop on release", "stop on release at once"));
    assert!(
        told.contains("`W-7` is void: its fingerprint") && told.contains("the text of REQ-2") && accepted.is_empty(),
        "{told}"
    );
}

#[test]
fn a_waiver_of_many_findings_is_too_broad() {
    let many: String = (10..21).map(|n| format!("### REQ-{n}: Part {n}\nThe winch shall have part {n}.\n\n")).collect();
    let marks = {
        let base = analyze(&tree(&format!("# Winch requirements\n\n{many}")), &Settings::default());
        let marks: Vec<String> =
            base.graph.requirements.iter().map(|one| format!("\"{}\"", fingerprint(&base.graph, one).unwrap())).collect();
        format!("[{}]", marks.join(", "))
    };
    let text = |subject: &str| waiver(&[("subject", subject), ("fingerprint", &marks)]);
    let specification = format!("# Winch requirements\n\n### REQ-1: Pull\nThe winch shall pull 90 kg.\n\n{many}");
    let (told, accepted) = outcome(&analyze(&tree(&specification), &settings(&text("\"REQ-*\""))));
    assert!(told.contains("it is for 11 findings, and nobody decides on more than 10 at once"), "{told}");
    assert!(accepted.is_empty());
    let (told, accepted) = outcome(&analyze(&tree(&specification), &settings(&text("\"REQ-1[0-9]\""))));
    assert_eq!((told.as_str(), accepted.len()), ("", 10));
    let two = format!("{}]", marks.splitn(3, ", ").take(2).collect::<Vec<_>>().join(", "));
    let some = waiver(&[("subject", "\"REQ-1[0-2]\""), ("fingerprint", &two)]);
    let (told, accepted) = outcome(&analyze(&tree(&specification), &settings(&some)));
    assert!(told.contains("is void for REQ-12, though not for all of its subjects"), "{told}");
    assert_eq!(accepted, ["REQ-10", "REQ-11"]);
}

#[test]
fn a_finding_about_no_requirement_is_known_by_its_own_fingerprint() {
    let tree = Memory::new(read_folder(&folder("orphan-test").join("defect")));
    let base = analyze(&tree, &Settings::default());
    let at = base.findings.iter().position(|one| one.code == "T02").unwrap();
    let (subject, mark) =
        (base.findings[at].subject.clone(), &tracegate::finding::fingerprints(&base.findings, |file| base.graph.path(file))[at]);
    let with = |mark: &str| {
        let changes = [("check", "\"orphan-test\""), ("subject", &format!("{subject:?}")), ("fingerprint", &format!("{mark:?}"))];
        let analysis = analyze(&tree, &settings(&waiver(&changes.map(|(key, value)| (key, value as &str)))));
        let waived = analysis.findings.iter().any(|one| one.code == "T02" && one.waiver.is_some());
        (waived, rendered(&analysis, "P08"))
    };
    assert_eq!(with(mark), (true, String::new()));
    let (waived, told) = with("00000000deadbeef");
    assert!(!waived && told.contains("its fingerprint is not that of the finding"), "{told}");
}

#[test]
fn where_not_all_was_looked_at_a_waiver_that_fits_nothing_is_a_remark() {
    let idle = settings(&waiver(&[("check", "\"E02\"")]));
    let told = |settings: Settings| {
        let analysis = analyze(&tree(SPECIFICATION), &settings);
        let found: Vec<_> =
            analysis.findings.iter().filter(|one| one.code == "P08").map(|one| (one.severity, one.message.clone())).collect();
        assert_eq!(found.len(), 1);
        found[0].clone()
    };
    assert_eq!(told(idle.clone()).0, Severity::Error);
    let (severity, message) = told(Settings { without_results: true, ..idle.clone() });
    assert!(severity == Severity::Info && message.contains("without results of tests that is not assessed"), "{message}");
    let (severity, message) = told(Settings { partial: true, ..idle });
    assert!(severity == Severity::Info && message.contains("with a part of the tree alone"), "{message}");
}

#[test]
fn the_page_has_a_template_that_is_valid() {
    let page = tracegate::check::page::Page::of(find("P08").unwrap().source);
    let files = page.examples("Good");
    let (_, template) = files.iter().find(|(path, _)| path == "tracegate.waivers.toml").unwrap();
    let waivers = parse_waivers(Text::decode(template.as_bytes().to_vec())).unwrap();
    assert!(waivers[0].ticket.is_some() && template.contains("# baseline = ") && template.contains("# path = "));
}

#[test]
fn the_same_identifier_of_another_specification_is_not_accepted_and_voids_nothing() {
    let other = "# Hoist requirements\n\n### REQ-2: Brake\nThe hoist shall brake.\n";
    let tree = Memory::new([
        ("docs/requirements.md", SPECIFICATION),
        ("hoist/requirements.md", other),
        ("tests/test_winch.py", TESTS),
        ("junit.xml", RUN),
    ]);
    let analysis = analyze(&tree, &settings(&waiver(&[])));
    assert_eq!(outcome(&analysis), (String::new(), vec!["REQ-2".to_owned()]));
    let open = |one: &&tracegate::finding::Finding| one.code == "T01" && one.counts();
    let open: Vec<String> =
        analysis.findings.iter().filter(open).map(|one| analysis.graph.path(one.place.file).to_owned()).collect();
    assert_eq!(open, ["docs/requirements.md", "hoist/requirements.md"], "REQ-3, and REQ-2 of the hoist");
}
