use super::{VIEW, report};
use serde_json::Value;
use std::path::Path;
use tracegate::analysis::{Analysis, analyze};
use tracegate::discover::disk::Disk;
use tracegate::settings::Settings;

fn pump() -> Analysis {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/pump");
    analyze(&Disk::open(&root, &[]).unwrap(), &Settings::default())
}

pub(super) fn assert_valid(report: &Value) {
    let schema: Value = serde_json::from_str(include_str!("../schema/report.schema.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator.iter_errors(report).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
}

#[test]
fn a_report_keeps_to_its_schema() {
    let analysis = pump();
    let text = report(&analysis.graph, &analysis.findings, "json", VIEW);
    let value: Value = serde_json::from_str(&text).unwrap();
    assert_valid(&value);
    assert_eq!(value["findings"].as_array().unwrap().len(), analysis.findings.len());
    assert_eq!(value["summary"]["requirements"], 15);
}

#[test]
fn the_schema_refuses_what_is_not_in_it() {
    let analysis = pump();
    let mut value: Value = serde_json::from_str(&report(&analysis.graph, &analysis.findings, "json", VIEW)).unwrap();
    value["findings"][0]["surprise"] = Value::Bool(true);
    let schema: Value = serde_json::from_str(include_str!("../schema/report.schema.json")).unwrap();
    assert!(!jsonschema::validator_for(&schema).unwrap().is_valid(&value));
}

#[test]
fn the_counts_of_a_report_can_be_recounted_from_it() {
    let analysis = pump();
    let value: Value = serde_json::from_str(&report(&analysis.graph, &analysis.findings, "json", VIEW)).unwrap();
    let requirements = value["requirements"].as_array().unwrap();
    let count = |key: &str, word: &str| requirements.iter().filter(|one| one[key] == word).count();
    let summary = &value["summary"];
    for (key, word) in [("verified", "verified"), ("gap", "gap"), ("not_assessed", "not-assessed")] {
        assert_eq!(summary[key], count("verdict", word), "{key}");
    }
    let executing = count("rung", "executes");
    let asserting = count("rung", "asserts") + executing;
    assert_eq!(summary["ladder"]["passes"], count("rung", "passes") + asserting);
    assert_eq!(summary["ladder"]["asserts"], asserting, "nothing is open in the example");
    assert_eq!(summary["ladder"]["executes"], executing);
    let reasons = summary["ladder"]["not_assessed"].as_object().unwrap();
    let told = requirements.iter().filter_map(|one| one["not_assessed"].as_str());
    let told: usize = told.map(|reasons| 1 + reasons.matches("; executes: ").count()).sum();
    assert_eq!(reasons.values().filter_map(Value::as_u64).sum::<u64>(), told as u64, "each has one reason a rung");
    for severity in ["error", "warning", "info"] {
        let found = value["findings"].as_array().unwrap().iter().filter(|one| one["severity"] == severity).count();
        assert_eq!(summary["findings"][severity], found);
    }
}

#[test]
fn the_example_replays_the_incident() {
    let analysis = pump();
    let about = |code: &str| -> Vec<String> {
        let found = analysis.findings.iter().filter(|finding| finding.code == code);
        found.filter_map(|finding| finding.requirement.as_ref().map(|(_, id)| id.to_string())).collect()
    };
    assert_eq!(about("S01"), ["REQ-PUMP-010", "REQ-PUMP-011", "REQ-PUMP-012"]);
    for hollow in ["S02", "S03"] {
        assert_eq!(about(hollow), ["REQ-PUMP-010", "REQ-PUMP-011", "REQ-PUMP-012"], "{hollow}");
    }
    let investigation = analysis.findings.iter().filter(|finding| finding.code == "P07");
    assert_eq!(investigation.map(|finding| finding.subject.as_str()).collect::<Vec<_>>(), ["INV-003"]);
    let told = |code: &str| matches!(code, "S01" | "S02" | "S03" | "T08" | "P07");
    let others: Vec<_> = analysis.findings.iter().filter(|finding| !told(finding.code)).collect();
    assert!(others.is_empty(), "{others:#?}");
}
