//! Records that nobody numbered: accounts of what went wrong, and logs of such things, by what stands in them. Such a record is
//! called as its file is.

use super::stem;
use crate::link::graph::Input;
use crate::model::lifecycle::Class;
use crate::model::record::{Document, Kind};
use crate::model::vocabulary::words;

/// Words of what tells how something is done in general, or may be.
const GENERAL: &[&str] = &[
    "checklist",
    "draft",
    "example",
    "form",
    "format",
    "guide",
    "guideline",
    "guidelines",
    "handbook",
    "howto",
    "index",
    "playbook",
    "policy",
    "plan",
    "procedure",
    "prompt",
    "readme",
    "response",
    "runbook",
    "skill",
    "sop",
    "standard",
    "template",
    "training",
    "yyyy",
];

/// The name and the class of a document that is a record by what stands in it.
pub(super) fn identify(input: &Input, document: &Document) -> Option<(String, Class)> {
    let contents = input.facts.contents.as_deref()?;
    let requires = !input.facts.definitions.is_empty() || !input.facts.rows.is_empty();
    let name = stem(&input.path);
    let spoken = words(&format!("{} {name}", document.title));
    if requires || document.ended || document.kind == Kind::Template || spoken.split(' ').any(|word| GENERAL.contains(&word)) {
        return None;
    }
    if let Some(class) = contents.log {
        return Some((name.to_owned(), class));
    }
    let sections = contents.sections;
    let folders = input.path.split('/').rev().skip(1).map(Class::in_words);
    let called = [Class::in_words(&document.title), Class::in_words(name)].into_iter().chain(folders).flatten().next();
    let told = sections.causes && sections.actions && (sections.timeline || sections.lessons);
    let class = match called {
        Some(class @ (Class::Investigation | Class::Deviation | Class::Action)) if sections.causes || sections.actions => class,
        None if told => Class::Investigation,
        _ => return None,
    };
    Some((number(name).unwrap_or(name).to_owned(), class))
}

/// `PM2019-009` of `PM2019-009 - Nodes went away`, `PM-2026-007` of `PM-2026-007-deadlock`.
fn number(name: &str) -> Option<&str> {
    let letters = name.bytes().take_while(u8::is_ascii_uppercase).count();
    let (mut at, mut end, mut digits) = (letters, letters, 0);
    for part in name.get(letters..)?.split_inclusive(['-', ' ', '_']) {
        let bare = part.trim_end_matches(['-', ' ', '_']);
        if !bare.bytes().all(|byte| byte.is_ascii_digit()) {
            break;
        }
        digits += bare.len();
        end = if bare.is_empty() { end } else { at + bare.len() };
        at += part.len();
        if part.ends_with(' ') {
            break;
        }
    }
    ((1..7).contains(&letters) && digits > 0).then(|| name.get(..end)).flatten()
}

#[cfg(test)]
mod tests {
    use super::number;

    #[test]
    fn names_of_files_begin_with_numbers() {
        for (name, expected) in [
            ("PM2019-009 - Nodes went away", Some("PM2019-009")),
            ("PM-2026-007-deadlock", Some("PM-2026-007")),
            ("PM12", Some("PM12")),
            ("2024-03-01-nodes-went-away", None),
            ("Nodes went away", None),
            ("", None),
        ] {
            assert_eq!(number(name), expected, "{name}");
        }
    }
}
