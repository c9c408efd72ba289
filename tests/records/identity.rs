//! Which documents are records, and what they say of themselves.

use super::{analyzed, records};
use tracegate::analysis::analyze;
use tracegate::discover::tree::Memory;
use tracegate::model::lifecycle::{Class, State};
use tracegate::settings::Settings;

#[test]
fn front_matter_tables_and_sections_tell_the_status() {
    let found = records(&[
        ("qms/CR-001.md", "---\nstatus: Closed\nversion: 2.0\n---\n# CR-001: Quieter pump\n\nText.\n"),
        ("qms/ECO-7.md", "# ECO-7 New motor\n\n| Field | Value |\n|---|---|\n| Status | In review |\n| Version | 0.3 |\n"),
        ("qms/NCR-12.md", "# NCR-12: Noise\n\n**Status:** Open\n**Rev:** B1.2\n"),
        (
            "docs/adr/0003-use-a-queue.md",
            "# 3. Use a queue\n\nDate: 2024-01-03\n\n## Status\n\nAccepted\n\n## Context\n\nMany.\n",
        ),
        (
            "docs/adr/0004-use-a-stack.md",
            "# 4. Use a stack\n\n## Status\n\nSuperseded by [5](0005-use-both.md)\n\n## Context\n\nFew.\n",
        ),
        ("sop/SOP-002.md", "# SOP-002: Change control\n\nText.\n"),
    ]);
    assert_eq!(
        found,
        [
            "ADR-0003 decision approved - -",
            "ADR-0004 decision ended - -",
            "CR-001 change closed 2.0 -",
            "ECO-7 change in review 0.3 -",
            "NCR-12 deviation in execution 1.2 -",
            "SOP-002 procedure unknown - -",
        ]
    );
}

#[test]
fn what_is_no_record_is_none() {
    let found = records(&[
        ("docs/requirements.md", "# Requirements\n\n### REQ-1: Flow\n\nThe pump shall deliver.\n"),
        ("docs/TEMPLATE-CR.md", "# CR-XXX: [Title]\n\n**Status:** Draft\n"),
        ("templates/CR-001.md", "# CR-001: Example\n"),
        ("tasks/TASK-12.md", "# TASK-12: Paint it\n\nStatus: Done\n"),
        ("README.md", "# Pump\n\nSee CR-001.\n"),
        ("docs/adr/README.md", "# Decisions\n\nStatus: current\n"),
        ("data/REQ-001.json", "{\"id\": \"REQ-001\", \"status\": \"approved\", \"version\": \"1\"}"),
    ]);
    assert_eq!(found, Vec::<String>::new());
}

#[test]
fn parents_are_told_by_a_row_a_field_the_identifier_or_the_folder() {
    let row = "# VAR-001: Leak\n\n## 1. What\n\n| Parent Document | Failed Item | VAR Type |\n|---|---|---|\n| CR-001 | EI-3 | Type 2 |\n";
    let files = [
        ("qms/CR-001.md", "# CR-001: Quieter pump\n"),
        ("qms/CR-001-VAR-001.md", "# CR-001-VAR-001: Noise\n"),
        ("qms/VAR-001.md", row),
        ("qms/VAR-002.md", "---\nparent: CR-001 (see there)\n---\n# VAR-002: Heat\n"),
        ("qms/VAR-003.md", "---\nparent: None\n---\n# VAR-003: Dust\n"),
        ("qms/CR-001/CAPA-9.md", "# CAPA-9: Train people\n"),
    ];
    let told: Vec<String> = records(&files);
    let parents: Vec<(&str, &str)> =
        told.iter().map(|line| (line.split(' ').next().unwrap(), line.rsplit(' ').next().unwrap())).collect();
    assert_eq!(
        parents,
        [
            ("CAPA-9", "CR-001"),
            ("CR-001", "-"),
            ("CR-001-VAR-001", "CR-001"),
            ("VAR-001", "CR-001"),
            ("VAR-002", "CR-001"),
            ("VAR-003", "-"),
        ]
    );
    let analysis = analyzed(&files);
    let records = analysis.graph.records();
    assert_eq!(records.get("cr-001").unwrap().children.len(), 4);
    let identity = &analysis.graph.document(records.get("VAR-001").unwrap().file.unwrap()).unwrap().identity;
    assert_eq!(identity.failed.as_ref().unwrap().text, "EI-3");
    assert_eq!(identity.grade.as_ref().unwrap().text, "Type 2");
}

#[test]
fn a_draft_beside_a_document_is_its_draft_and_alone_it_is_the_document() {
    let analysis = analyzed(&[
        ("qms/CR-001.md", "# CR-001: Quieter pump\n"),
        ("qms/CR-001-draft.md", "# CR-001: Quieter pump\n"),
        ("qms/CR-002-draft.md", "# CR-002: Louder pump\n"),
    ]);
    let graph = &analysis.graph;
    let (one, two) = (graph.records().get("CR-001").unwrap(), graph.records().get("CR-002").unwrap());
    assert_eq!(graph.path(one.file.unwrap()), "qms/CR-001.md");
    assert_eq!(graph.path(one.draft.unwrap()), "qms/CR-001-draft.md");
    assert_eq!(graph.path(two.file.unwrap()), "qms/CR-002-draft.md");
    assert_eq!(two.draft, None);
}

#[test]
fn folders_may_number_their_own() {
    let files = [
        ("a/docs/adr/0001-x.md", "# 1. X\n\n## Status\n\nAccepted\n"),
        ("b/docs/adr/0001-y.md", "# 1. Y\n\n## Status\n\nProposed\n"),
    ];
    assert_eq!(records(&files), ["ADR-0001 decision approved - -", "ADR-0001 decision in review - -"]);
    assert!(analyzed(&files).graph.records().get("ADR-0001").is_none(), "which of the two is not told");
}

#[test]
fn a_configured_family_is_of_the_class_that_is_configured() {
    let files = [("qms/XYZ-1.md", "# XYZ-1: Pump\n\nStatus: open\n")];
    assert_eq!(records(&files), Vec::<String>::new());
    let settings = Settings { record_types: vec![("xyz".to_owned(), Class::Change)], ..Settings::default() };
    let analysis = analyze(&Memory::new(files), &settings);
    let record = analysis.graph.records().get("XYZ-1").unwrap();
    assert_eq!((record.class, record.state), (Class::Change, State::InExecution));
    for path in ["peps/pep-0345.md", "peps/pep-0345.rst"] {
        let files = [(path, "PEP: 345\nTitle: Metadata\nStatus: Superseded\n\nAbstract\n========\n\nText.\n")];
        let types = vec![("PEP".to_owned(), Class::Decision)];
        let settings = Settings { record_types: types, records: vec!["peps/*".to_owned()], ..Settings::default() };
        let analysis = analyze(&Memory::new(files), &settings);
        let record = analysis.graph.records().get("PEP-0345").unwrap();
        assert_eq!((record.class, record.state), (Class::Decision, State::Ended), "{path}: by the name of its file");
    }
}

#[test]
fn a_status_that_says_more_or_nothing_is_unknown() {
    for (status, expected) in [
        ("CLOSED", State::Closed),
        ("IN_PRE_REVIEW", State::InReview),
        ("PRE_APPROVED", State::PreApproved),
        ("**Approved** (2024-01-03)", State::Approved),
        ("Closed, effectiveness check pending", State::Unknown),
        ("Closed / Open", State::Unknown),
        ("Draft | In Review | Approved", State::Unknown),
        ("Not approved", State::Unknown),
        ("Superseded by ADR-0005", State::Ended),
        ("✅ Accepted", State::Approved),
        ("", State::Unknown),
        ("Frozen", State::Unknown),
    ] {
        assert_eq!(State::of(status, Class::Change), expected, "{status}");
    }
    assert_eq!(State::of("Active", Class::Procedure), State::Effective);
    assert_eq!(State::of("Active", Class::Change), State::InExecution);
}

#[test]
fn what_a_record_calls_itself_outweighs_its_letters() {
    let report = "---\nid: CR-001\ntype: Verification report\nstatus: approved\n---\n# CR-001: Pump\n\nText.\n";
    assert_eq!(records(&[("a/CR-001.md", report)]), ["CR-001 verification approved - -"]);
    assert_eq!(records(&[("a/CR-001.md", &report.replace("Verification report", "Corrective"))]), ["CR-001 change approved - -"]);
    let addendum = [("a/CR-001.md", "# CR-001: Pump\n"), ("a/CR-001-ADD-001.md", "# CR-001-ADD-001: Verification of the pump\n")];
    assert_eq!(records(&addendum), ["CR-001 change unknown - -", "CR-001-ADD-001 change unknown - CR-001"]);
    let ncr = "# Report\n\n## Information\n\n| Field | Value |\n|---|---|\n| **NCR ID** | NCR-P5-001 |\n| **Status** | OPEN |\n\nText.\n";
    assert_eq!(records(&[("a/pump.md", ncr)]), ["NCR-P5-001 deviation in execution - -"]);
}

#[test]
fn a_status_that_explains_itself_at_length_is_that_with_which_it_begins() {
    let long = "and so on, ".repeat(30);
    let decision = format!("# ADR-0007: Gas\n\n## Status\n\nAccepted (2026-07-03). The burner {long}\n");
    assert_eq!(records(&[("docs/adr/0007-gas.md", &decision)]), ["ADR-0007 decision approved - -"]);
}

#[test]
fn the_number_of_another_document_is_not_its_own() {
    let case = "---\ntitle: Trail\nurs_id: URS-AUD-001\nstatus: draft\n---\n# Test case TC-AUD-001: Trail\n";
    assert_eq!(records(&[("validation/TC-AUD-001.md", case)]), [""; 0]);
    let report = "---\ntitle: Cold oven\nncr_id: NCR-004\nstatus: draft\n---\n# Cold oven\n";
    assert_eq!(records(&[("qms/oven.md", report)]), ["NCR-004 deviation draft - -"]);
}

#[test]
fn a_decision_that_is_pending_is_not_made() {
    let decision = |status: &str| format!("# Gas\n\n## Status\n\n{status}\n");
    assert_eq!(records(&[("docs/adr/0012-gas.md", &decision("Pending"))]), ["ADR-0012 decision in review - -"]);
    assert_eq!(records(&[("docs/adr/0012-gas.md", &decision("Pending review of costs"))]), ["ADR-0012 decision in review - -"]);
}

#[test]
fn a_second_heading_above_the_number_goes_on_with_the_title() {
    let of = |text: &str| records(&[("docs/gate.md", text)]);
    let fields = "**Document ID**: CR-005\n\n**Status**: Draft\n\n## Scope\n\n**Status**: Closed\n";
    assert_eq!(of(&format!("# Change request\n## The gas\n\n{fields}")), ["CR-005 change draft - -"]);
    let item = "# CR-005: Gas\n\n## The first step\n\n**Status**: Closed\n";
    assert_eq!(of(item), ["CR-005 change unknown - -"], "a section tells its own");
}

#[test]
fn the_head_of_a_document_may_end_within_a_letter() {
    for pad in 0..3 {
        let text = format!("# CR-005: Gas{}\n\n**Status**: Draft\n\n{}\n", "x".repeat(pad), "é".repeat(3000));
        assert_eq!(records(&[("qms/CR-005.md", &text)]), ["CR-005 change draft - -"], "{pad}");
    }
}
