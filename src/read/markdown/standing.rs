//! Whether a heading or a title says that what it names is not in force.

use crate::model::requirement::Standing;
use crate::model::vocabulary::words;

/// Words by which a heading or title says that what it names is not in force.
const RETIRED: &[&str] =
    &["removed", "cancelled", "canceled", "withdrawn", "obsolete", "retired", "deleted", "superseded", "deprecated"];
const PLANNED: &[&str] = &[
    "future",
    "deferred",
    "backlog",
    "wishlist",
    "proposed",
    "later",
    "planned",
    "geplant",
    "später",
    "zukünftig",
    "prévu",
    "ultérieur",
    "futuro",
    "futura",
    "planificado",
    "planejado",
    "запланировано",
    "後続リリース",
    "後続",
    "次期リリース",
    "将来対応",
    "将来",
    "対象外",
    "后续版本",
    "未来版本",
    "향후",
];

/// Whether a heading says that all below it is planned for later or was removed. Only short
/// headings do: "Removed requirements", but not "Agent handles removed workloads".
pub(super) fn of_heading(heading: &str) -> Standing {
    let text = words(heading.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ')));
    let short = text.split(' ').count() <= 3;
    let has = |list: &[&str]| short && text.split(' ').any(|word| list.contains(&word));
    let subject = text.contains("requirement") || text.split(' ').count() == 1;
    if has(RETIRED) && subject {
        return Standing::Retired;
    }
    let phrases = [
        "out of scope",
        "fuera de",
        "hors",
        "범위 외",
        "außerhalb",
        "post mvp",
        "nice to have",
        "v2 requirements",
        "version 2",
        "not in scope",
        "later release",
        "next release",
        "future release",
        "subsequent release",
        "future work",
        "future enhancements",
        "missing requirements",
    ];
    let first = text.split(' ').next().unwrap_or("");
    let leads = matches!(first, "planned" | "deferred" | "future") && text.split(' ').count() <= 6;
    if has(PLANNED) || leads || phrases.iter().any(|phrase| text.starts_with(phrase)) || marked(heading, PLANNED) {
        return Standing::Planned;
    }
    Standing::Active
}

/// Whether a title carries a note that the requirement is not in force: "Export (removed)", "Export — DEFERRED".
pub(super) fn noted(title: &str) -> Standing {
    if marked(title, RETIRED) {
        Standing::Retired
    } else if marked(title, PLANNED) {
        Standing::Planned
    } else {
        Standing::Active
    }
}

/// A word of the list alone in brackets, behind a dash, or in capitals.
fn marked(title: &str, list: &[&str]) -> bool {
    let parts = title.split(['(', ')', '（', '）', '[', ']', '—', '–', ':', '：']).flat_map(|part| part.split(" - "));
    let alone = |part: &str| {
        words(part).split(' ').next().is_some_and(|first| list.contains(&first)) && words(part).split(' ').count() <= 3
    };
    // A loud word opens or closes a title; inside of a sentence, or as code, it is what the sentence speaks of.
    let loud = |word: &str| {
        let word = word.trim_matches(['*', '_', '.', ',', '!']);
        word.len() > 4 && word.chars().all(|c| c.is_ascii_uppercase()) && list.contains(&word.to_lowercase().as_str())
    };
    let mut ends = [title.split(' ').next(), title.split(' ').next_back()].into_iter().flatten();
    parts.skip(1).any(alone) || ends.any(loud)
}

/// Whether a paragraph puts off all requirements of its document: "Unless noted otherwise, requirements in this document are
/// version 2 future work."
pub(super) fn puts_off(paragraph: &str) -> bool {
    const LATER: &[&str] = &["deferred", "future", "planned", "postponed", "backlog"];
    let plain = paragraph.replace(['>', '*', '_', '\n'], " ");
    plain.split(". ").map(words).any(|said| {
        let of = |about: &str| {
            let subject = ["in", "of"]
                .iter()
                .any(|joint| DOCUMENTS.iter().any(|noun| about.ends_with(&format!("requirements {joint} this {noun}"))));
            subject && !about.contains("some ") && !about.contains("not all ")
        };
        let Some((about, told)) = said.split_once(" are ") else { return false };
        let first = told.split(' ').take(4).find(|word| LATER.contains(word) || matches!(*word, "not" | "no"));
        of(about) && first.is_some_and(|first| LATER.contains(&first))
    })
}

/// What a document calls itself.
const DOCUMENTS: &[&str] = &["document", "file", "page", "spec", "specification"];
