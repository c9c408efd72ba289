//! Whether a document says of itself, right below its title, that it is no longer in force.

use crate::model::vocabulary::words;

/// A notice stands in the first lines below the title; further down a text speaks of its subject.
const LINES: usize = 10;

/// Words for what is no longer in force.
const OLD: &[&str] = &["archived", "superseded", "historical", "deprecated", "obsolete", "withdrawn"];

/// What a document calls itself.
const DOCUMENTS: &[&str] = &[
    "baseline",
    "copy",
    "document",
    "draft",
    "file",
    "matrix",
    "page",
    "record",
    "reference",
    "revision",
    "snapshot",
    "spec",
    "specification",
    "version",
];

/// Whether a notice below the title puts the document out of force.
pub(super) fn is_ended(head: &str, title: &str) -> bool {
    let start = head.find(title).map_or(0, |at| at + title.len());
    let near: Vec<&str> = head.get(start..).unwrap_or("").lines().take(LINES).collect();
    let blank = |line: &str| line.trim_start().trim_start_matches(['>', ' ']).trim_end().is_empty();
    near.split(|line| blank(line)).any(|lines| is_notice(&lines.join("\n")))
}

/// Whether the status that a document states says so: "Superseded by the pump handbook".
pub(super) fn is_old(status: &str) -> bool {
    let status = words(status);
    let first = status.split(' ').next().unwrap_or("");
    // A single requirement or a version may be retired; of a whole document it is said like this.
    OLD.contains(&first) || matches!(first, "retired" | "inactive") && status == first
}

/// Whether a paragraph speaks of the document as a whole: in a sentence about it, or as a label that stands out.
fn is_notice(paragraph: &str) -> bool {
    const LABELS: &[&str] = &["caution", "important", "note", "notice", "tip", "warning"];
    let first = paragraph.trim_start();
    let label = first.starts_with('>') || first.starts_with("**") || first.starts_with(['*', '_']) && !first.starts_with("* ");
    let plain = paragraph.replace(['>', '*', '\n'], " ");
    let sentences = plain.split(". ").flat_map(|part| part.split(['!', ';', '—']));
    let said = sentences.map(words).map(|said| match said.split_once(' ') {
        Some((first, rest)) if LABELS.contains(&first) => rest.to_owned(),
        _ => said,
    });
    said.filter(|said| !said.is_empty())
        .enumerate()
        .any(|(at, said)| speaks_of_itself(&said) || label && at == 0 && labels(&said))
}

/// "Archived requirements baseline", "Superseded by the handbook", "Deprecated".
fn labels(said: &str) -> bool {
    const LINKS: &[&str] = &["and", "as", "by", "for", "in", "on", "see", "since", "use"];
    const VERBS: &[&str] = &["are", "can", "have", "has", "is", "may", "must", "shall", "was", "were", "will"];
    let mut words = said.split(' ');
    if !words.next().is_some_and(|first| OLD.contains(&first)) {
        return false;
    }
    let rest: Vec<&str> = words.collect();
    let about = rest.len() <= 7 && rest.last().is_some_and(|last| DOCUMENTS.contains(last));
    let linked = rest.first().is_some_and(|next| LINKS.contains(next));
    rest.is_empty() || !rest.iter().any(|word| VERBS.contains(word)) && (about || linked)
}

/// "This document is superseded by the handbook", "The specification is no longer current", "Retained for reference".
fn speaks_of_itself(said: &str) -> bool {
    let mut rest = said;
    if let Some(about) = rest.strip_prefix("this ").or_else(|| rest.strip_prefix("the ")) {
        let copula = about
            .split_once(' ')
            .filter(|(noun, _)| DOCUMENTS.contains(noun))
            .and_then(|(_, said)| ["is ", "was ", "has been "].iter().find_map(|verb| said.strip_prefix(verb)));
        let Some(told) = copula else { return false };
        let old =
            told.trim_start_matches("now ").trim_start_matches("an ").trim_start_matches("a ").split(' ').next().unwrap_or("");
        if OLD.contains(&old) || told.starts_with("no longer ") && is_force(told.trim_start_matches("no longer ")) {
            return !is_conditional(told);
        }
        rest = told;
    }
    let kept = ["retained ", "kept ", "preserved "].iter().find_map(|verb| rest.trim_start_matches("now ").strip_prefix(verb));
    kept.and_then(|kept| kept.strip_prefix("only ").unwrap_or(kept).strip_prefix("for "))
        .is_some_and(|purpose| ["reference", "historical ", "history", "the record"].iter().any(|why| purpose.starts_with(why)))
}

/// What a document is no longer that is out of force.
fn is_force(told: &str) -> bool {
    const FORCE: &[&str] =
        &["active", "applicable", "authoritative", "binding", "current", "in force", "in use", "maintained", "valid"];
    FORCE.iter().any(|word| told.starts_with(word))
}

/// "Superseded once the handbook is approved" has not happened yet.
fn is_conditional(told: &str) -> bool {
    told.split(' ').any(|word| matches!(word, "if" | "once" | "unless" | "until" | "when"))
}
