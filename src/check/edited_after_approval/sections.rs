//! The sections of a record.

use super::difference::{Token, tokens};
use crate::model::vocabulary::words;
use crate::read::markdown::blocks::{Block, BlockKind};
use crate::read::{adoc, markdown, rst};
use crate::source::Span;

/// The text between two headings.
#[derive(Debug)]
pub(super) struct Section {
    /// The heading.
    pub(super) name: String,
    /// The headings from the top, without their numbers.
    pub(super) path: String,
    /// Where the heading stands.
    pub(super) title: Span,
    /// The words of the text.
    pub(super) words: Vec<Token>,
    /// Where its text begins.
    body: usize,
    /// Something in it was still to be filled in.
    open: bool,
}

/// The blocks of a text in the notation that the name of its file tells.
fn blocks(path: &str, text: &str) -> Vec<Block> {
    match path.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "adoc" | "asciidoc" => adoc::blocks(text),
        "rst" | "rest" => rst::blocks(text, &rst::read(text)),
        _ => markdown::blocks::blocks(text),
    }
}

/// The sections of a text, in order; comments and front matter are left out.
pub(super) fn sections(path: &str, text: &str) -> Vec<Section> {
    let mut found: Vec<Section> = Vec::new();
    let mut above: Vec<(u8, String)> = Vec::new();
    let mut starts: Vec<usize> = Vec::new();
    let headings: Vec<_> = blocks(path, text).into_iter().filter(|block| matches!(block.kind, BlockKind::Heading(..))).collect();
    // What stands above the title is no section, whatever it looks like.
    let top = headings.iter().position(|block| matches!(block.kind, BlockKind::Heading(1, _))).unwrap_or(0);
    for block in headings.iter().skip(top) {
        let BlockKind::Heading(level, title) = &block.kind else { continue };
        above.retain(|(other, _)| other < level);
        above.push((*level, bare(&title.text)));
        // The title of the document is that of its file.
        let path: Vec<&str> = above.iter().filter(|(level, _)| *level > 1).map(|(_, name)| name.as_str()).collect();
        found.push(Section {
            name: title.text.clone(),
            path: path.join(" / "),
            title: title.span,
            words: Vec::new(),
            body: block.span.end().max(title.span.end()) as usize,
            open: false,
        });
        starts.push(block.span.start as usize);
    }
    let ends: Vec<usize> = starts.iter().skip(1).copied().chain([text.len()]).collect();
    for (section, end) in found.iter_mut().zip(ends) {
        // A line below the title may be a part of how it is drawn.
        let start = section.body;
        let body = plain(text.get(start..end).unwrap_or(""));
        section.open = has_form(&body.iter().map(|(_, line)| *line).collect::<String>());
        section.words = body.iter().flat_map(|(at, line)| tokens(line, start + at)).collect();
    }
    // What stands in front of the sections is the head: status, version and dates change with the record.
    found.retain(|section| !section.path.is_empty());
    found
}

/// A heading without its number.
fn bare(title: &str) -> String {
    words(title.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ' | ')')))
}

/// The lines of a text with their offsets, without comments and without the lines that only open and close code; what code
/// shows is part of the text.
fn plain(text: &str) -> Vec<(usize, &str)> {
    let mut out = Vec::new();
    let (mut code, mut comment, mut at) = (false, false, 0);
    for line in text.split_inclusive('\n') {
        let here = at;
        at += line.len();
        let start = line.trim_start();
        if !comment && (start.starts_with("```") || start.starts_with("~~~")) {
            code = !code;
            continue;
        }
        // An indented line may be code as well: only a comment at the beginning of a line is none of the text.
        if !code && !comment && line.starts_with("<!--") {
            comment = true;
        }
        if !comment {
            out.push((here, line));
        }
        comment &= !line.contains("-->");
    }
    out
}

/// Whether a text has fields that somebody is to fill in: `[SUMMARY]`, `{{TITLE}}`, `TBD`, an empty cell, an empty box, an
/// outcome that is pending.
fn has_form(text: &str) -> bool {
    let bracketed = text.split('[').skip(1).filter_map(|rest| rest.split_once(']')).any(|(inner, behind)| {
        let letters = inner.chars().filter(|c| c.is_alphabetic());
        // `[RFC 1]` is a source.
        let capitals = inner.len() > 2
            && !inner.contains(|c: char| c.is_ascii_digit())
            && letters.clone().next().is_some()
            && letters.clone().all(char::is_uppercase);
        let choice = inner.contains('/') && inner.len() < 30;
        !behind.starts_with('(') && (capitals || choice || inner == " ")
    });
    let empty_cell = text.lines().filter(|line| line.trim_start().starts_with('|')).any(|line| {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').collect();
        cells.len() > 1 && cells.iter().any(|cell| cell.trim().is_empty() || is_waiting(&words(cell)))
    });
    bracketed || empty_cell || text.contains("{{") || words(text).split(' ').any(|word| matches!(word, "tbd" | "tbc"))
}

/// Whether a cell says that its item is still to be done.
fn is_waiting(cell: &str) -> bool {
    matches!(cell, "pending" | "not started" | "not done" | "not run" | "to do" | "todo" | "in progress")
}

impl Section {
    /// Whether the section is the account of the execution, or what follows it.
    pub(super) fn is_account(&self) -> bool {
        const WORDS: &[&str] =
            &["account", "capas", "closure", "execution", "outcome", "remediation", "resolution", "results", "actions"];
        let top = self.path.split(" / ").next().unwrap_or("");
        // "Proposed resolution" and "Test results of the old motor" are none.
        let proposed =
            top.split(' ').any(|word| matches!(word, "proposed" | "planned" | "expected" | "background" | "description"));
        !proposed && top.split(' ').any(|word| WORDS.contains(&word))
    }

    /// Whether the section may change: it was still to be filled in when it was approved, or it grows with the record.
    pub(super) fn is_open(&self) -> bool {
        self.open || self.is_free()
    }

    /// Whether the section grows with the record.
    pub(super) fn is_free(&self) -> bool {
        const WORDS: &[&str] = &[
            "addenda",
            "addendum",
            "amendment",
            "amendments",
            "answer",
            "answers",
            "approval",
            "approvals",
            "comments",
            "history",
            "log",
            "references",
            "response",
            "responses",
            "revisions",
            "signatures",
        ];
        self.path.split([' ', '/']).any(|word| WORDS.contains(&word))
    }
}

#[cfg(test)]
mod tests {
    use super::super::difference::{changes, told};
    use super::*;

    fn difference(one: &Section, other: &Section) -> Option<String> {
        let found = changes(&one.words, &other.words);
        (!found.is_empty()).then(|| told(&found))
    }

    #[test]
    fn white_space_and_mark_up_make_no_difference() {
        let one = sections("a.md", "# CR\n\n## 1. Scope\n\nThe **pump** and\nits motor.\n\n- [ ] one\n");
        let other = sections("a.md", "# CR\n\n## 1. Scope\n\nThe pump and its\n  `motor`.\n\n* [x] one\n");
        assert_eq!(difference(&one[0], &other[0]), None);
    }

    #[test]
    fn what_stands_above_the_title_is_no_section() {
        let found = sections("a.md", "---\ntitle: A\n---\n\n---\ntitle: B\n---\n\n# CR\n\n## Scope\n\nThe motor.\n");
        assert_eq!(found.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["Scope"]);
    }

    #[test]
    fn code_is_text_whatever_shows_it_and_comments_are_none() {
        let one = sections("a.md", "# CR\n\n## Scope\n\n```text\n<!-- shown -->\nmotor\n```\n");
        let other = sections("a.md", "# CR\n\n## Scope\n\n<!-- a note\nover lines -->\n    <!-- shown -->\n    motor\n");
        assert_eq!(one[0].words.iter().map(|word| word.key.as_str()).collect::<Vec<_>>(), ["shown", "motor"]);
        assert_eq!(difference(&one[0], &other[0]), None);
    }

    #[test]
    fn what_was_to_be_filled_in_is_open() {
        for (text, expected) in [
            ("| a | |", true),
            ("| a | [Pass/Fail] |", true),
            ("Done by [NAME]", true),
            ("The version is TBD.", true),
            ("| EI-1 | Look | PENDING | - |", true),
            ("The answer is pending.", false),
            ("See [the plan](plan.md) and [RFC 1].", false),
            ("| a | b |\n|---|---|", false),
        ] {
            assert_eq!(has_form(text), expected, "{text}");
        }
    }
}
