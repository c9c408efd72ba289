//! The report in SARIF 2.1.0, which code hosts and editors read.
//!
//! Paths are relative to the folder that the command was started in, and columns count UTF-16 code units.

use super::json::{self, Counts, write_pretty};
use super::region::Region;
use super::text::accepted;
use super::{Report, visible};
use crate::check::page::Page;
use crate::check::{CHECKS, Check, is_mandatory};
use crate::explain;
use crate::finding::{Finding, Severity, fingerprints};
use crate::source::Place;
use crate::verdict::Verdict;
use serde::Serialize;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// Where its schema is published.
const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The name of the folder that paths are relative to.
const ROOT: &str = "%SRCROOT%";
/// The name of our fingerprint and the version of how it is made.
const FINGERPRINT: &str = "tracegate/v1";

#[derive(Serialize)]
struct Log<'r> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'r>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'r> {
    tool: Value,
    invocations: [Value; 1],
    original_uri_base_ids: Value,
    column_kind: &'static str,
    results: Vec<Hit<'r>>,
    properties: Properties,
}

/// What the verdict rests on: a list of findings alone does not say out of how many.
#[derive(Serialize)]
struct Properties {
    verdict: Verdict,
    summary: Counts,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Hit<'r> {
    rule_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rule_index: Option<usize>,
    level: &'static str,
    message: Message,
    locations: [Location; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location>,
    partial_fingerprints: Value,
    #[serde(skip_serializing_if = "Option::is_none")]
    suppressions: Option<[Value; 1]>,
    properties: About<'r>,
}

#[derive(Serialize)]
struct About<'r> {
    subject: &'r str,
    requirements: Vec<Value>,
}

#[derive(Serialize)]
struct Message {
    text: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location {
    physical_location: Physical,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Physical {
    artifact_location: Value,
    region: Value,
}

/// Writes the report.
pub fn write(report: &Report<'_>, out: &mut dyn Write) -> io::Result<()> {
    let fingerprints = fingerprints(report.findings, |file| report.graph.path(file));
    let run = Run {
        tool: json!({"driver": {
            "name": "tracegate",
            "semanticVersion": env!("CARGO_PKG_VERSION"),
            "rules": CHECKS.iter().map(|check| rule(check, report.pages)).collect::<Vec<_>>(),
        }}),
        invocations: [json!({
            "executionSuccessful": true,
            "exitCode": report.verdict.exit_code(),
            "ruleConfigurationOverrides": CHECKS.iter().enumerate().filter_map(|(at, check)| set(report, at, check)).collect::<Vec<_>>(),
        })],
        original_uri_base_ids: json!({ROOT: {"description": {"text": "The folder that the command was started in."}}}),
        column_kind: "utf16CodeUnits",
        results: report.findings.iter().zip(fingerprints).map(|(finding, print)| hit(report, finding, print)).collect(),
        properties: Properties { verdict: report.verdict, summary: json::counts(report.summary) },
    };
    write_pretty(&Log { schema: SCHEMA, version: "2.1.0", runs: [run] }, out)
}

/// A check with its page.
fn rule(check: &Check, pages: Option<&str>) -> Value {
    let page = Page::of(check.source);
    let text = page.text().trim_end();
    let mut rule = json!({
        "id": check.code,
        "name": check.name,
        "shortDescription": {"text": explain::summary(check)},
        "fullDescription": {"text": page.summary()},
        "help": {"text": text, "markdown": text},
        "defaultConfiguration": {"level": level(check.severity)},
        "properties": {"tags": ["requirements", "traceability"]},
    });
    if let Some(pages) = pages {
        rule["helpUri"] = pages.replace("{code}", check.code).replace("{name}", check.name).into();
    }
    rule
}

/// The severity that a person set for a check.
fn set(report: &Report<'_>, at: usize, check: &Check) -> Option<Value> {
    let configuration = match report.severity.get(check.code)? {
        Some(severity) => json!({"level": level(*severity)}),
        None if is_mandatory(check.code) => return None,
        None => json!({"enabled": false}),
    };
    Some(json!({"descriptor": {"id": check.code, "index": at}, "configuration": configuration}))
}

fn hit<'r>(report: &Report<'_>, finding: &'r Finding, fingerprint: String) -> Hit<'r> {
    // The format allows no place to be named twice in the same words.
    let mut named = BTreeSet::new();
    let distinct = finding
        .related
        .iter()
        .filter(|other| named.insert((other.place.file, Region::of(report.graph, other.place), &other.message)));
    let related = distinct.map(|other| location(report, other.place, Some(&other.message)));
    let requirements = finding.requirements().map(|(namespace, id)| json!({"namespace": namespace, "id": id}));
    Hit {
        rule_id: finding.code,
        rule_index: CHECKS.iter().position(|check| check.code == finding.code),
        level: level(finding.severity),
        message: advised(finding),
        locations: [location(report, finding.place, None)],
        related_locations: related.collect(),
        partial_fingerprints: json!({FINGERPRINT: fingerprint}),
        suppressions: finding
            .waiver
            .as_ref()
            .map(|waiver| [json!({"kind": "external", "status": "accepted", "justification": visible::line(&accepted(waiver))})]),
        properties: About { subject: &finding.subject, requirements: requirements.collect() },
    }
}

/// What is wrong, and in a second line what to do: viewers show the page of the check, but no help of a single finding.
fn advised(finding: &Finding) -> Message {
    let mut message = message(&finding.message);
    if !finding.help.is_empty() {
        message.text.push_str(&format!("\n{}", self::message(&finding.help).text));
    }
    message
}

fn location(report: &Report<'_>, place: Place, words: Option<&str>) -> Location {
    let at = Region::of(report.graph, place);
    Location {
        physical_location: Physical {
            artifact_location: json!({"uri": uri(&report.path(place.file)), "uriBaseId": ROOT}),
            region: json!({"startLine": at.line, "startColumn": at.column, "endLine": at.end_line, "endColumn": at.end_column}),
        },
        // A message may not be empty.
        message: words.filter(|words| !words.is_empty()).map(message),
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// A plain text in which nothing is a placeholder (`{0}`) or a link (`[text](target)`): the format wants literal braces
/// doubled, and a bracket that does not end the text of a link marked, if it is not by itself.
fn message(text: &str) -> Message {
    let safe = visible::line(text).replace('{', "{{").replace('}', "}}");
    let mut text = String::with_capacity(safe.len());
    for (at, part) in safe.split("](").enumerate() {
        if at > 0 {
            let marked = (text.len() - text.trim_end_matches('\\').len()) % 2 == 1;
            text.push_str(if marked { "](" } else { "\\](" });
        }
        text.push_str(part);
    }
    Message { text }
}

/// A path as a reference: bytes that stand for something else there are written as `%41`.
fn uri(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(char::from(byte)),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}
