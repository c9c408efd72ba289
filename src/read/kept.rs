//! Sidecars and audit trails of records: JSON, lines of JSON, and the flat part of YAML.
//!
//! Fields come in any order, under the names that are usual, among others that mean nothing here.

use crate::model::kept::{Copy, Event, Kept, Sidecar};
use crate::model::time::Time;
use crate::model::vocabulary::words;
use crate::model::{Facts, Problem};
use crate::read::grammar::identifier;
use crate::read::yaml_items;
use crate::source::{Span, Spanned, Text};
use serde_json::{Map, Value};

/// The reader of sidecars and trails, by name.
pub const READER: &str = "sidecar";

/// The reader of copies of former versions, by name.
pub const COPY_READER: &str = "archive";

const ID: &[&str] = &[
    "doc id",
    "document id",
    "record id",
    "docid",
    "documentid",
    "recordid",
    "id",
    "doc no",
    "document number",
    "doc number",
    "record number",
    "number",
    "identifier",
    "uid",
];
const KIND: &[&str] = &["doc type", "document type", "record type", "doctype", "documenttype", "type", "kind", "category"];
const STATUS: &[&str] =
    &["status", "state", "lifecycle state", "lifecycle status", "workflow state", "document status", "lifecycle"];
const VERSION: &[&str] = &["version", "rev", "revision", "current version", "doc version", "document version"];
const EFFECTIVE: &[&str] = &["effective version", "effectiveversion", "approved version"];
const PARENT: &[&str] = &["parent", "parent id", "parent document", "parent doc", "parent record", "parentid"];
const TITLE: &[&str] = &["title", "name", "subject"];
const TIME: &[&str] = &["ts", "timestamp", "time", "datetime", "date", "at", "when", "occurred at", "created at"];
const NAME: &[&str] = &["event", "event type", "action", "activity", "operation", "type", "eventtype"];
const USER: &[&str] = &["user", "by", "actor", "author", "who", "performed by", "user id", "username", "signer", "person"];
const FROM: &[&str] = &["from status", "from", "old status", "from state", "previous status", "old state", "fromstatus"];
const TO: &[&str] = &["to status", "to", "new status", "to state", "new state", "tostatus"];
const OUTCOME: &[&str] = &["outcome", "result", "decision", "verdict"];
const EVENTS: &[&str] = &["events", "history", "audit trail", "audit", "trail", "log", "entries", "audittrail", "audit log"];

/// Reads a sidecar, an audit trail or both; any other data says nothing.
pub fn read(path: &str, text: &Text) -> Facts {
    let source = text.as_str();
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    let mut reader = Reader { text: source, stem: stem(path), kept: Kept::default(), problems: Vec::new() };
    match extension.as_str() {
        "yaml" | "yml" => reader.yaml(),
        "jsonl" | "ndjson" => reader.lines(),
        _ => reader.json(),
    }
    let Reader { kept, problems, .. } = reader;
    let kept = (kept != Kept::default()).then(|| Box::new(kept));
    Facts { kept, problems, ..Facts::default() }
}

/// The facts of a copy of a former version: that it is one.
pub fn copy(id: &str, version: &str) -> Facts {
    let copy = Copy { id: id.to_owned(), version: version.to_owned() };
    Facts { kept: Some(Box::new(Kept { copy: Some(copy), ..Kept::default() })), ..Facts::default() }
}

/// The identifier in the name of a file: `CR-042` of `CR-042.meta.json`.
pub fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let endings = [".meta", "_meta", "-meta", ".audit", "_audit", "-audit", "-draft", ".md"];
    endings.iter().find_map(|ending| stem.strip_suffix(ending)).unwrap_or(stem)
}

struct Reader<'t> {
    text: &'t str,
    stem: &'t str,
    kept: Kept,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn json(&mut self) {
        match serde_json::from_str::<Value>(self.text) {
            Ok(value) => self.value(&value),
            // Lines of JSON are often called JSON.
            Err(_) if self.text.lines().take(2).filter(|line| is_object(line)).count() == 2 => self.lines(),
            Err(error) if self.is_meant() => {
                self.problem(Span::default(), true, format!("the sidecar is not valid JSON: {}", told(&error)));
            }
            Err(_) => {}
        }
    }

    fn value(&mut self, value: &Value) {
        match value {
            Value::Object(fields) => {
                self.sidecar(fields);
                for events in EVENTS.iter().filter_map(|name| field(fields, &[name])) {
                    self.events(events);
                }
            }
            Value::Array(_) => self.events(value),
            _ => {}
        }
    }

    /// Whether a text that is no JSON was to be some: it begins like it, or keeps something of one record by its name.
    fn is_meant(&self) -> bool {
        let text = self.text.trim_start();
        text.starts_with(['{', '[']) || !text.is_empty() && self.is_named()
    }

    /// Whether the file is called after one record.
    fn is_named(&self) -> bool {
        identifier::leading(self.stem, false).is_some_and(|(_, end)| end == self.stem.len())
    }

    fn lines(&mut self) {
        let (mut at, mut valid) = (0, false);
        // The first line that is JSON and no event.
        let mut strange = None;
        for line in self.text.split_inclusive('\n') {
            let span = Span::new(at, at + line.trim_end().len());
            at += line.len();
            match serde_json::from_str::<Value>(line) {
                Ok(Value::Object(fields)) => {
                    valid = true;
                    let before = self.kept.events.len();
                    self.event(&fields, span);
                    if self.kept.events.len() == before {
                        strange = strange.or(Some(span));
                    }
                }
                Ok(_) => {
                    valid = true;
                    strange = strange.or(Some(span));
                }
                Err(_) if line.trim().is_empty() => {}
                Err(error) => self.problem(span, false, format!("the event is not valid JSON: {}", told(&error))),
            }
        }
        if !valid {
            self.no_line();
        }
        if let Some(span) = strange.filter(|_| self.kept.events.is_empty() && self.is_named()) {
            self.problem(span, true, String::from("no line of the audit trail is an event with a name and a time"));
        }
    }

    /// Not one line could be read: all of it is one value over several lines, or the whole trail is lost.
    fn no_line(&mut self) {
        let problems = std::mem::take(&mut self.problems);
        let Some(first) = problems.into_iter().next().filter(|_| self.is_meant()) else { return };
        match serde_json::from_str::<Value>(self.text) {
            Ok(value) => self.value(&value),
            Err(_) => {
                let reason = first.reason.replace("the event is not", "no line of the audit trail is");
                self.problem(first.span, true, reason);
            }
        }
    }

    /// `key: value` lines without indentation.
    fn yaml(&mut self) {
        // What is no YAML tells nothing: a line that looks like a status may be a part of anything.
        if let Some(fault) = yaml_items::fault(self.text) {
            if self.is_named() {
                self.problem(fault.span, true, fault.reason.replacen("this is not", "the sidecar is not", 1));
            }
            return;
        }
        let (mut fields, mut twice) = (Map::new(), false);
        for line in self.text.lines().filter(|line| !line.starts_with([' ', '\t', '#', '-'])) {
            if let Some((key, value)) = line.split_once(':') {
                let value = value.trim().trim_matches(['"', '\'']);
                let key = key.trim_matches(['"', '\'']).to_owned();
                twice |= STATUS.contains(&words(&key).as_str()) && fields.get(&key).is_some_and(|other| other != value);
                fields.insert(key, Value::String(value.to_owned()));
            }
        }
        if twice {
            return self.problem(Span::default(), true, String::from("the sidecar tells two statuses"));
        }
        self.sidecar(&fields);
    }

    fn sidecar(&mut self, fields: &Map<String, Value>) {
        let spanned = |names: &[&str]| names.iter().find_map(|name| self.spanned(fields, name));
        let worded = !STATUS.iter().find_map(|name| field(fields, &[name])).is_some_and(Value::is_number);
        let (status, version) = (spanned(STATUS).filter(|_| worded), spanned(VERSION));
        let id = spanned(ID).filter(|id| !id.text.contains(char::is_whitespace));
        // Data with a version is mostly something else; a record has a status too, or is named. What is called after a record may
        // say nothing but its status.
        let known = |name: &&str| [STATUS, KIND, PARENT, TITLE, TIME, USER].iter().any(|list| list.contains(name));
        let spare = || self.is_named() && fields.keys().all(|key| known(&words(key).as_str()));
        if status.is_none() || version.is_none() && id.is_none() && !spare() {
            return self.misshapen(fields, id.is_some_and(|id| id.text == self.stem));
        }
        let id = id.unwrap_or_else(|| Spanned { text: self.stem.to_owned(), span: Span::default() });
        let version = version.map(|version| Spanned { text: bare_version(&version.text).to_owned(), ..version });
        let effective = spanned(EFFECTIVE).map(|one| Spanned { text: bare_version(&one.text).to_owned(), ..one });
        let sidecar = Sidecar {
            id,
            kind: spanned(KIND),
            status,
            version,
            effective,
            parent: spanned(PARENT),
            title: spanned(TITLE),
            listed: false,
        };
        self.kept.sidecars.push(sidecar);
    }

    /// What names its record and has a status that is no word keeps nothing that could be read.
    fn misshapen(&mut self, fields: &Map<String, Value>, named: bool) {
        let status = STATUS.iter().find_map(|name| field(fields, &[name]));
        let kind = match status {
            Some(Value::Array(_)) => "a list",
            Some(Value::Object(_)) => "a group of fields",
            Some(Value::Bool(_)) => "yes or no",
            Some(Value::Number(_)) => "a number",
            _ => return,
        };
        if named && self.is_named() {
            self.problem(Span::default(), true, format!("the status in the sidecar is {kind}, and no word"));
        }
    }

    fn events(&mut self, list: &Value) {
        let Value::Array(list) = list else { return };
        // Where in the text an element stands is not told: its time is looked for.
        let mut from = 0;
        for fields in list.iter().filter_map(Value::as_object) {
            let written = TIME.iter().find_map(|name| field(fields, &[name])).and_then(scalar).unwrap_or_default();
            let found = self.text.get(from..).filter(|_| !written.is_empty()).and_then(|rest| rest.find(&written));
            let start = from + found.unwrap_or(0);
            let span = Span::new(start, start + found.map_or(0, |_| written.len()));
            from = span.end() as usize;
            self.event(fields, span);
        }
    }

    fn event(&mut self, fields: &Map<String, Value>, span: Span) {
        let one = |names: &[&str]| names.iter().find_map(|name| field(fields, &[name])).and_then(scalar);
        let (Some(name), Some(written)) = (one(NAME), one(TIME)) else { return };
        let time = Time::parse(&written).or_else(|| epoch(&written));
        // `from` and `to` name people in a message and versions in a migration.
        let (from, to) = (one(FROM), one(TO).or_else(|| one(&["status"])));
        let numbered = |names: &[&str]| names.iter().find_map(|name| field(fields, &[name])).is_some_and(Value::is_number);
        // Versions are numbers: what went from 1 to 2 changed no status.
        if numbered(&["to status", "new status", "from status", "old status"]) && self.is_named() {
            let reason = "the status in the event is a number, and no word";
            if !self.problems.iter().any(|problem| problem.reason == reason) {
                self.problem(span, false, reason.to_owned());
            }
        }
        self.kept.events.push(Event {
            record: one(ID).filter(|id| !id.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-') && id.len() < 80),
            span,
            time,
            written,
            name,
            user: one(USER).unwrap_or_default(),
            version: one(VERSION).map(|version| bare_version(&version).to_owned()),
            from,
            to,
            outcome: one(OUTCOME),
        });
    }

    /// The value of a field with its place: where its key and then the value stand first.
    fn spanned(&self, fields: &Map<String, Value>, name: &str) -> Option<Spanned> {
        let (key, value) = fields.iter().find(|(key, _)| words(&spaced(key)) == *name)?;
        let text = scalar(value).filter(|text| !text.is_empty())?;
        let behind = self.text.find(key.as_str()).map(|at| at + key.len());
        let found = behind.and_then(|at| Some(at + self.text.get(at..)?.lines().next()?.find(&text)?));
        let span = found.map_or(Span::default(), |at| Span::new(at, at + text.len()));
        Some(Spanned { text, span })
    }

    fn problem(&mut self, span: Span, whole_file: bool, reason: String) {
        let help = String::from("Write it anew with the tool that keeps it, or name the file under `ignore`.");
        self.problems.push(Problem { span, whole_file, reason, help });
    }
}

/// What is wrong with JSON, without the place, which the finding has.
fn told(error: &serde_json::Error) -> String {
    let text = error.to_string();
    text.split(" at line ").next().unwrap_or(&text).to_owned()
}

fn is_object(line: &str) -> bool {
    line.trim_start().starts_with('{') && line.trim_end().ends_with('}')
}

/// The field of one of several names.
fn field<'v>(fields: &'v Map<String, Value>, names: &[&str]) -> Option<&'v Value> {
    fields.iter().find(|(key, _)| names.contains(&words(&spaced(key)).as_str())).map(|(_, value)| value)
}

/// `fromStatus` as `from Status`.
pub(in crate::read) fn spaced(key: &str) -> String {
    let mut out = String::with_capacity(key.len() + 4);
    let mut small = false;
    for c in key.chars() {
        if c.is_ascii_uppercase() && small {
            out.push(' ');
        }
        small = c.is_ascii_lowercase();
        out.push(c);
    }
    out
}

/// Text and numbers as text; anything else is no value of a field that is read.
fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// `2.0` of `v2.0`.
pub fn bare_version(version: &str) -> &str {
    version.trim().trim_start_matches(['v', 'V'])
}

/// Seconds or milliseconds since 1970.
fn epoch(written: &str) -> Option<Time> {
    let number: i64 = written.split('.').next()?.parse().ok()?;
    let seconds = if number > 100_000_000_000 { number / 1000 } else { number };
    (seconds > 100_000_000).then_some(Time { seconds, zoned: true, precise: true })
}
