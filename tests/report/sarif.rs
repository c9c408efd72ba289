//! SARIF, held to the schema that OASIS publishes for it.

use super::command::outcome;
use super::since::crane;
use serde_json::Value;
use std::fs;

/// The schema as it is published, but for two patterns that are no regular expressions: a bracket ends what none begins.
fn validator() -> jsonschema::Validator {
    let schema = include_str!("../schema/sarif-2.1.0.schema.json").replace("{2}]?$", "{2}$");
    jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap()
}

fn assert_valid(report: &str) -> Value {
    let value: Value = serde_json::from_str(report).unwrap();
    let validator = validator();
    let errors: Vec<String> = validator.iter_errors(&value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    value
}

#[test]
fn a_report_keeps_to_the_published_schema() {
    let value = assert_valid(&outcome(&["check", "examples/pump", "--format", "sarif"]).1);
    assert!(value["runs"][0]["results"].as_array().is_some_and(|results| !results.is_empty()));
    let mut wrong = value;
    wrong["runs"][0]["results"][0]["level"] = "fatal".into();
    assert!(!validator().is_valid(&wrong), "the schema refuses something");
}

#[test]
fn suppressed_and_new_results_keep_to_it_too() {
    let folder = crane("sarif-waived");
    let path = folder.to_str().unwrap();
    let mark = outcome(&["trace", "REQ-B-002", path]).1;
    let mark = &mark.split_once("fingerprint of the text: ").unwrap().1[..16];
    let waiver = format!(
        "[[waiver]]\nid = \"W-1\"\ncheck = \"M02\"\nsubject = \"REQ-B-002\"\nfingerprint = \"{mark}\"\nreason = \"a {{0}} [b](c)\"\nrisk = \"b\"\n\
         requested_by = \"c\"\napproved_by = \"d\"\nexpires = 2031-01-31\n"
    );
    fs::write(folder.join("tracegate.waivers.toml"), waiver).unwrap();
    fs::write(
        folder.join("tracegate.toml"),
        "[severity]\nS10 = \"off\"\n[report]\npages = \"https://quality.example.org/{code}/{name}\"\n",
    )
    .unwrap();
    let value = assert_valid(&outcome(&["check", path, "--format", "sarif", "--new-since", "v1"]).1);
    let rules = value["runs"][0]["tool"]["driver"]["rules"].as_array().unwrap();
    let rule = rules.iter().find(|rule| rule["id"] == "S05").unwrap();
    assert_eq!(rule["helpUri"], "https://quality.example.org/S05/no-oracle");
    let results = value["runs"][0]["results"].as_array().unwrap();
    let suppressed: Vec<&Value> = results.iter().flat_map(|one| one["suppressions"].as_array()).flatten().collect();
    assert_eq!(suppressed.len(), 1, "{results:#?}");
    assert_eq!((&suppressed[0]["kind"], &suppressed[0]["status"]), (&"external".into(), &"accepted".into()));
}
