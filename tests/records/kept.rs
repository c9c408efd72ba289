//! Sidecars, audit trails and copies of former versions.

use super::{analyzed, records};
use proptest::prelude::*;
use tracegate::analysis::analyze;
use tracegate::discover::tree::Memory;
use tracegate::model::Role;
use tracegate::read::kept;
use tracegate::settings::Settings;
use tracegate::source::Text;

const DOCUMENT: (&str, &str) = ("qms/CR/CR-001/CR-001.md", "---\nstatus: Draft\n---\n# CR-001: Quieter pump\n");

#[test]
fn a_sidecar_outweighs_the_document_in_any_order_of_fields() {
    for sidecar in [
        r#"{"doc_id": "CR-001", "status": "CLOSED", "version": "2.0"}"#,
        r#"{"version": 2.0, "reviewers": [{"status": "x"}], "extra": {"a": null}, "status": "CLOSED", "doc_id": "CR-001"}"#,
        r#"{"docId": "CR-001", "Document-Status": "CLOSED", "documentVersion": "v2.0"}"#,
    ] {
        assert_eq!(records(&[DOCUMENT, (".meta/CR/CR-001.json", sidecar)]), ["CR-001 change closed 2.0 -"], "{sidecar}");
    }
    let yaml = "status: CLOSED\nversion: 'v2.0'\nsigned:\n  status: other\n";
    assert_eq!(records(&[DOCUMENT, ("qms/.meta/CR-001.yaml", yaml)]), ["CR-001 change closed 2.0 -"]);
    assert_eq!(
        records(&[DOCUMENT, ("qms/CR/CR-001.meta.json", r#"{"status": "CLOSED", "version": "2"}"#)]),
        ["CR-001 change closed 2 -"]
    );
}

#[test]
fn a_sidecar_alone_is_a_record_where_it_says_of_what_kind() {
    let found = records(&[
        (".meta/VAR/CR-001-VAR-001.json", r#"{"doc_id": "CR-001-VAR-001", "status": "PRE_APPROVED", "version": "1.0"}"#),
        (".meta/X/PUMP.json", r#"{"doc_id": "PUMP", "doc_type": "SOP", "status": "EFFECTIVE", "version": "3.0"}"#),
        (".meta/X/THING.json", r#"{"doc_id": "THING", "status": "EFFECTIVE", "version": "3.0"}"#),
    ]);
    assert_eq!(found, ["CR-001-VAR-001 deviation pre-approved 1.0 -", "PUMP procedure effective 3.0 -"]);
}

#[test]
fn a_sidecar_in_a_configured_folder_is_one_too() {
    let files = [
        ("records/CR-001.md", "# CR-001: Quieter pump\n"),
        ("records/CR-001.json", r#"{"doc_id": "CR-001", "status": "CLOSED", "version": "2.0"}"#),
    ];
    let settings = Settings { records: vec!["records/**".to_owned()], ..Settings::default() };
    let analysis = analyze(&Memory::new(files), &settings);
    assert!(analysis.graph.records().get("CR-001").unwrap().is_closed());
}

#[test]
fn specifications_with_a_sidecar_are_records() {
    let rs = ("docs/PUMP-RS.md", "# PUMP-RS: Requirements\n\n### REQ-PUMP-001: Flow\n\nThe pump shall deliver.\n");
    let sidecar = (".meta/RS/PUMP-RS.json", r#"{"doc_id": "PUMP-RS", "status": "EFFECTIVE", "version": "5.0"}"#);
    assert_eq!(records(&[rs, sidecar]), ["PUMP-RS specification effective 5.0 -"]);
    assert_eq!(analyzed(&[rs, sidecar]).graph.requirements.len(), 1);
}

#[test]
fn trails_keep_their_order_and_tell_the_status_where_nothing_else_does() {
    let trail = concat!(
        r#"{"event": "CREATE", "ts": "2024-03-01T10:00:00Z", "user": "ann", "version": "0.1"}"#,
        "\n",
        r#"{"to_status": "IN_REVIEW", "from_status": "DRAFT", "event": "STATUS_CHANGE", "ts": "2024-03-01T11:00:00Z", "by": "ann", "mood": 3}"#,
        "\n\n",
        "not json\n",
    );
    let files = [("qms/CR-001.md", "# CR-001: Quieter pump\n"), ("qms/.audit/CR/CR-001.jsonl", trail)];
    assert_eq!(records(&files), ["CR-001 change in review 0.1 -"]);
    let analysis = analyzed(&files);
    let record = analysis.graph.records().get("CR-001").unwrap();
    let events: Vec<(&str, &str)> =
        analysis.graph.events(record).map(|(_, event)| (event.name.as_str(), event.user.as_str())).collect();
    assert_eq!(events, [("CREATE", "ann"), ("STATUS_CHANGE", "ann")]);
    let told: Vec<&str> = analysis.findings.iter().filter(|one| one.code == "Q04").map(|one| one.message.as_str()).collect();
    assert!(told.iter().any(|message| message.contains("the event is not valid JSON")), "{told:?}");
}

#[test]
fn a_journal_of_something_else_is_no_trail_of_the_record() {
    let event = r#"{"event": "CLOSE", "ts": "2024-03-01T10:00:00Z", "user": "ann", "to_status": "CLOSED"}"#;
    let files = [("qms/CR-001.md", "# CR-001: Quieter pump\n"), ("qms/.audit/CR/CR-001.source.jsonl", event)];
    assert_eq!(records(&files), ["CR-001 change unknown - -"]);
}

#[test]
fn one_trail_may_tell_of_many_records() {
    let trail = r#"[{"doc_id": "CR-001", "action": "approve", "timestamp": "2024-03-01", "user": "ann"},
        {"doc_id": "CR-002", "action": "close", "timestamp": "2024-03-02", "user": "bob"}]"#;
    let files = [("qms/CR-001.md", "# CR-001: One\n"), ("qms/CR-002.md", "# CR-002: Two\n"), ("qms/.audit/all.json", trail)];
    let analysis = analyzed(&files);
    for (id, name) in [("CR-001", "approve"), ("CR-002", "close")] {
        let record = analysis.graph.records().get(id).unwrap();
        let events: Vec<&str> = analysis.graph.events(record).map(|(_, event)| event.name.as_str()).collect();
        assert_eq!(events, [name], "{id}");
    }
}

#[test]
fn copies_of_former_versions_belong_to_their_record_and_define_nothing() {
    let old = "# PUMP-RS: Requirements\n\n### REQ-PUMP-002: Heat\n\nThe pump shall heat.\n";
    let files = [
        ("docs/PUMP-RS.md", "# PUMP-RS: Requirements\n\nVersion: 10.0\n\n### REQ-PUMP-001: Flow\n\nThe pump shall deliver.\n"),
        (".archive/PUMP-RS-v9.1.md", old),
        (".archive/PUMP-RS-v10.0.md", old),
        (".archive/PUMP-RS.md", old),
        (".archive/pump.py", "def test_pump():\n    assert works()\n"),
        (".meta/notes.md", "# Notes\n\n### REQ-PUMP-003: Noise\n\nThe pump shall hum.\n"),
        (".meta/PUMP-RS.json", r#"{"doc_id": "PUMP-RS", "status": "EFFECTIVE", "version": "10.0"}"#),
    ];
    let analysis = analyzed(&files);
    assert_eq!(analysis.graph.requirements.len(), 1);
    assert!(analysis.graph.tests.is_empty());
    let record = analysis.graph.records().get("PUMP-RS").unwrap();
    let former: Vec<(&str, &str)> =
        record.former.iter().map(|one| (one.version.as_str(), analysis.graph.path(one.file))).collect();
    assert_eq!(former, [("9.1", ".archive/PUMP-RS-v9.1.md"), ("10.0", ".archive/PUMP-RS-v10.0.md")]);
    let roles: Vec<Option<Role>> = analysis.graph.inputs.iter().map(|input| input.role).collect();
    assert_eq!(roles, [Some(Role::Archive), Some(Role::Archive), Some(Role::Sidecar), Some(Role::Specification)]);
}

#[test]
fn a_damaged_sidecar_is_told() {
    let analysis = analyzed(&[DOCUMENT, ("qms/.meta/CR/CR-001.json", r#"{"doc_id": "CR-001", "status": "#)]);
    let told: Vec<&str> = analysis.findings.iter().filter(|one| one.code == "Q04").map(|one| one.message.as_str()).collect();
    assert!(told.iter().any(|message| message.contains("the sidecar is not valid JSON")), "{told:?}");
}

/// What the check of unread input says, with its severity.
fn unread(files: &[(&str, &str)]) -> Vec<String> {
    let found = analyzed(files).findings.into_iter().filter(|one| one.code == "Q04");
    found.map(|one| format!("{:?}: {}", one.severity, one.message)).collect()
}

#[test]
fn what_is_json_and_keeps_nothing_of_its_record_is_told() {
    let told = |path: &str, text: &str| -> Vec<String> {
        let files = [("records/CR-042.md", "# CR-042: Another door\n\n**Status:** DRAFT\n"), (path, text)];
        let found = analyzed(&files).findings.into_iter().filter(|one| one.code == "Q04");
        found.map(|one| format!("{} {}", one.severity.name(), one.message)).collect()
    };
    let list = told(".meta/CR-042.json", "{\"doc_id\": \"CR-042\", \"status\": [\"CLOSED\"], \"version\": \"1.0\"}");
    assert!(
        list.len() == 1 && list[0].starts_with("error") && list[0].contains("the status in the sidecar is a list"),
        "{list:?}"
    );
    let trail = "{\"ts\": 17, \"event\": {}}\n[]\n\"x\"\nnull\n";
    let lost = told(".audit/CR-042.jsonl", trail);
    assert!(lost.len() == 1 && lost[0].contains("no line of the audit trail is an event with a name and a time"), "{lost:?}");
    for (path, text) in [
        (".meta/CR-042.json", "{\"doc_id\": \"CR-042\", \"status\": \"DRAFT\", \"version\": \"1.0\"}"),
        (".audit/CR-042.jsonl", "{\"ts\": \"2026-01-05T10:00:00Z\", \"event\": \"CREATE\"}\n{\"note\": 1}\n"),
        ("data/notes.jsonl", trail),
    ] {
        assert_eq!(told(path, text), Vec::<String>::new(), "{path}");
    }
}

#[test]
fn a_trail_or_a_sidecar_that_is_lost_as_a_whole_is_an_error() {
    for (path, text) in [
        (".audit/CR-001.jsonl", "{bad\n"),
        (".audit/CR/CR-001.jsonl", "bad\nworse\n"),
        (".audit/all.jsonl", "{bad}\n{worse}\n"),
        (".meta/CR-001.json", "bad"),
    ] {
        let told = unread(&[DOCUMENT, (path, text)]);
        assert!(
            matches!(told.as_slice(), [one] if one.starts_with(&format!("Error: {path} could not be read")) && one.contains("valid JSON")),
            "{path}: {told:?}"
        );
    }
    for (path, text) in [
        (".audit/CR-001.jsonl", ""),
        (".audit/notes.jsonl", "bad\nworse\n"),
        (".audit/other.jsonl", "{\"a\": 1}\nworse\n"),
        (".audit/CR-001.jsonl", "{\"event\": \"CREATE\",\n \"ts\": \"2024-03-01\"\n}\n"),
    ] {
        assert_eq!(unread(&[DOCUMENT, (path, text)]), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn a_trail_in_one_value_over_several_lines_is_read() {
    let trail = "[\n  {\"event\": \"CREATE\", \"ts\": \"2024-03-01\",\n   \"user\": \"ann\"}\n]\n";
    let analysis = analyzed(&[DOCUMENT, ("qms/.audit/CR/CR-001.jsonl", trail)]);
    let record = analysis.graph.records().get("CR-001").unwrap();
    assert_eq!(analysis.graph.events(record).count(), 1);
}

#[test]
fn the_list_of_files_tells_why_one_is_lost() {
    let analysis = analyzed(&[DOCUMENT, (".audit/CR-001.jsonl", "{bad\n")]);
    let mut out = Vec::new();
    tracegate::report::list::files(&analysis.graph, &analysis.passed_over).write(false, &mut out).unwrap();
    let out = String::from_utf8(out).unwrap();
    let line = out.lines().find(|line| line.starts_with(".audit/CR-001.jsonl")).unwrap();
    assert!(line.contains("no line of the audit trail is valid JSON"), "{line}");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the bytes are, nothing panics, and spans lie within the text.
    #[test]
    fn any_data_is_read(
        text in prop_oneof![
            "\\PC*",
            r#"(\{("(id|status|version|ts|event|x)": ("(é|a|2024-01-01)*"|1|null|\[\]),? ?){0,5}\}\n?){0,4}"#,
        ],
        name in prop::sample::select(vec![".meta/CR-1.json", ".audit/CR-1.jsonl", ".meta/CR-1.yaml"]),
    ) {
        let facts = kept::read(name, &Text::decode(text.clone().into_bytes()));
        if let Some(kept) = facts.kept {
            for event in &kept.events {
                prop_assert!(text.get(event.span.range()).is_some());
            }
            for sidecar in &kept.sidecars {
                for told in sidecar.status.iter().chain(&sidecar.version) {
                    prop_assert!(told.span.len == 0 || text.get(told.span.range()).is_some());
                }
            }
        }
    }
}

#[test]
fn a_status_that_is_a_number_and_a_record_that_is_no_text_are_told() {
    let event = |to: &str| format!("{{\"ts\": \"2024-03-01T10:00:00Z\", \"event\": \"STATUS\", \"to_status\": {to}}}\n");
    let numbers = event("3") + &event("4");
    let told = unread(&[DOCUMENT, (".audit/CR-001.jsonl", &numbers)]);
    assert!(matches!(told.as_slice(), [one] if one.contains("the status in the event is a number, and no word")), "{told:?}");
    assert_eq!(unread(&[DOCUMENT, (".audit/CR-001.jsonl", &event("\"DRAFT\""))]), Vec::<String>::new());
    let told = unread(&[DOCUMENT, (".meta/CR-001.json", "{\"doc_id\": \"CR-001\", \"status\": 3, \"version\": \"1.0\"}")]);
    assert!(matches!(told.as_slice(), [one] if one.contains("the status in the sidecar is a number, and no word")), "{told:?}");
    let told = unread(&[DOCUMENT, ("records/CR-002.md", "PK\u{3}\u{4}\0\0")]);
    assert!(matches!(told.as_slice(), [one] if one.starts_with("Error: records/CR-002.md could not be read")), "{told:?}");
    assert_eq!(unread(&[DOCUMENT, ("roms/game.md", "SEGA\0\0")]), Vec::<String>::new());
}

#[test]
fn a_file_that_is_called_as_a_record_may_say_nothing_but_its_status() {
    for (path, text) in [
        ("qms/CR/CR-001.json", r#"{"status": "CLOSED"}"#),
        ("qms/.meta/CR-001.json", r#"{"status": "CLOSED", "title": "Quieter pump"}"#),
        ("qms/.meta/CR-001.yaml", "status: CLOSED\n"),
    ] {
        assert_eq!(records(&[DOCUMENT, (path, text)]), ["CR-001 change closed - -"], "{path}");
    }
    // What has more to say is something else, and so is what is called otherwise.
    for (path, text) in
        [("qms/CR/CR-001.json", r#"{"status": "closed", "pump": 3}"#), ("qms/CR/state.json", r#"{"status": "closed"}"#)]
    {
        assert_eq!(records(&[DOCUMENT, (path, text)]), ["CR-001 change draft - -"], "{path}");
    }
}
