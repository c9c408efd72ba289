//! Files, folders and documents that a record names as affected or modified.

use super::bullet;
use crate::model::contents::Affected;
use crate::model::vocabulary::words;
use crate::read::grammar::identifier;
use crate::read::markdown::inline;
use crate::read::table::Grid;
use crate::source::{Span, Spanned};

/// What the items of a list name: `- pump/link.py - start of the link`. Only what stands in front counts.
pub(super) fn in_item(text: &str, span: Span, told: bool) -> Vec<Affected> {
    let raw = text.get(span.range()).unwrap_or("");
    let lead = bullet(raw);
    let body = raw.get(lead..).unwrap_or("");
    let cut = [" - ", " – ", " — ", ": ", " ("].iter().filter_map(|sign| body.find(sign)).min().unwrap_or(body.len());
    let front = body.get(..cut).unwrap_or("");
    let rest = body.get(cut..).unwrap_or("");
    let mut found = names(front, span.start as usize + lead);
    if found.is_empty() {
        found.extend(submodule(front, rest, span.start as usize + lead));
    }
    found.into_iter().map(|name| affected(name, raw, rest, told)).collect()
}

/// `winch` of "`winch` - the submodule": the folder that it is.
fn submodule(front: &str, rest: &str, base: usize) -> Option<Spanned> {
    let is_one = |text: &str| words(text).split(' ').any(|word| matches!(word, "submodule" | "submodules"));
    let mut pieces = front.split('`');
    let (before, name) = (pieces.next()?, pieces.next()?);
    let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'));
    let at = base + before.len() + 1;
    (plain && (is_one(before) || is_one(rest)))
        .then(|| Spanned { text: format!("{name}/"), span: Span::new(at, at + name.len()) })
}

/// What a table names in its first column of files or documents.
pub(super) fn in_table(text: &str, grid: &Grid, told: bool) -> Vec<Affected> {
    let names_of = |span: &Span| words(text.get(span.range()).unwrap_or(""));
    let column = grid.header.cells.iter().position(|span| {
        let name = names_of(span);
        let first = name.split(' ').next().unwrap_or("");
        matches!(
            first,
            "file" | "files" | "path" | "document" | "documents" | "module" | "component" | "artifact" | "item" | "system"
        )
    });
    let Some(column) = column else { return Vec::new() };
    let mut found = Vec::new();
    for row in &grid.rows {
        let Some(span) = row.cells.get(column) else { continue };
        let line = text.get(row.span.range()).unwrap_or("");
        let rest: Vec<String> = row.cells.iter().skip(column + 1).map(|cell| inline::spanned(text, *cell).text).collect();
        let cell = text.get(span.range()).unwrap_or("");
        let rest = rest.join(", ");
        let mut listed = names(cell, span.start as usize);
        if listed.is_empty() {
            listed.extend(submodule(cell, &rest, span.start as usize));
        }
        found.extend(listed.into_iter().map(|name| affected(name, line, &rest, told)));
    }
    found
}

fn affected(name: Spanned, line: &str, rest: &str, told: bool) -> Affected {
    let what = inline::plain(rest.trim_start_matches([' ', '-', '–', '—', ':'])).trim_end_matches(['.', ' ']).to_owned();
    Affected { unauthorised: told || is_unauthorised(line), name, what }
}

/// Whether words call a change unauthorised. "Authorised later", "was it unauthorised?" and "nothing was changed without approval" do not.
pub(super) fn is_unauthorised(text: &str) -> bool {
    const SAID: &[&str] = &[
        "unauthorized",
        "unauthorised",
        "without authorization",
        "without authorisation",
        "without approval",
        "not authorized",
        "not authorised",
    ];
    /// "Preventing unauthorised changes" is about a safeguard.
    const DENIED: &[&str] = &[
        "against",
        "avoid",
        "avoiding",
        "detect",
        "detecting",
        "detection",
        "neither",
        "never",
        "no",
        "nobody",
        "none",
        "not",
        "nothing",
        "prevent",
        "preventing",
        "prevention",
    ];
    /// What stands further in front is said of something else.
    const NEAR: usize = 5;
    let said = |clause: &str| {
        let spoken = format!(" {} ", words(clause));
        let at = SAID.iter().filter_map(|phrase| spoken.find(&format!(" {phrase} "))).min();
        let before = at.and_then(|at| spoken.get(..at));
        before.is_some_and(|before| !before.split(' ').rev().take(NEAR).any(|word| DENIED.contains(&word)))
    };
    // "Unauthorised changes: none" tells of nothing.
    let none = words(text).ends_with(" none");
    !none && !text.contains('?') && text.split(['.', ';', ',', ':']).any(said)
}

/// The names in the front of an item or in a cell: code spans, else words in the form of a path or of an identifier.
fn names(front: &str, base: usize) -> Vec<Spanned> {
    let mut found = Vec::new();
    let mut at = 0;
    // reStructuredText marks code by two signs.
    let sign = if front.contains("``") { "``" } else { "`" };
    for (index, piece) in front.split(sign).enumerate() {
        if index % 2 == 1 && is_name(piece) {
            found.push(Spanned { text: clean(piece), span: Span::new(base + at, base + at + piece.len()) });
        }
        at += piece.len() + sign.len();
    }
    if !found.is_empty() {
        return found;
    }
    let mut at = 0;
    for piece in front.split_inclusive([' ', ',', ';', '\n']) {
        let word = piece.trim_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '*' | '(' | ')' | '"' | '\''));
        let from = piece.find(word).unwrap_or(0);
        if is_path(word) && !is_bare(word) || is_document(word) {
            found.push(Spanned { text: clean(word), span: Span::new(base + at + from, base + at + from + word.len()) });
        }
        at += piece.len();
    }
    found
}

/// A path as everybody writes it: without `./` and with `/`.
fn clean(name: &str) -> String {
    name.trim().replace('\\', "/").trim_start_matches("./").to_owned()
}

fn is_name(piece: &str) -> bool {
    is_path(piece.trim()) || is_document(piece.trim())
}

/// `pump/link.py`, `docker/`, `Makefile`, `.mcp.json`: no words, no address, no call.
fn is_path(word: &str) -> bool {
    const PLAIN: &[&str] = &["Makefile", "Dockerfile", "Justfile", "LICENSE", "README", "CHANGELOG"];
    if word.is_empty() || word.len() > 200 || word.contains("://") || word.contains(['(', ' ', '=', '<', '|', '"', '$']) {
        return false;
    }
    let stem = word.rsplit('/').next().unwrap_or(word);
    let extension = stem.rsplit_once('.').is_some_and(|(_, ext)| {
        (1..=8).contains(&ext.len())
            && ext.bytes().all(|byte| byte.is_ascii_alphanumeric())
            && ext.starts_with(|c: char| c.is_ascii_alphabetic())
    });
    let folder = word.ends_with('/') && word.len() > 1 || word.contains('/') && word.contains('*');
    let typed = word.bytes().any(|byte| byte.is_ascii_alphabetic());
    typed && (extension || folder || PLAIN.contains(&stem)) && !word.starts_with('/')
}

/// `.meta`: in prose the name of a thing as often as that of a file.
fn is_bare(word: &str) -> bool {
    word.strip_prefix('.').is_some_and(|rest| !rest.contains(['.', '/']))
}

/// `SDLC-PUMP-RS`, `SOP-002`: the identifier of a document and nothing else.
fn is_document(word: &str) -> bool {
    let composed = word.contains('-') && word.len() >= 5 && word.starts_with(|c: char| c.is_ascii_uppercase());
    composed && word.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'-')
}

/// The identifiers of documents in a piece of text.
pub(super) fn documents(text: &str, base: usize) -> Vec<Spanned> {
    let found = identifier::mentions(text, base);
    let named = found.iter().filter_map(|mention| Some((mention.id()?, mention.span)));
    named.filter(|(id, _)| is_document(id)).map(|(id, span)| Spanned { text: id.to_owned(), span }).collect()
}

#[cfg(test)]
mod tests {
    use super::{in_item, is_unauthorised};
    use crate::source::Span;

    fn names(text: &str) -> Vec<String> {
        in_item(text, Span::new(0, text.len()), false).into_iter().map(|one| one.name.text).collect()
    }

    #[test]
    fn the_front_of_an_item_names_files_and_documents() {
        assert_eq!(names("- `pump/link.py` - Start the link, see `other.py`"), ["pump/link.py"]);
        assert_eq!(names("* ``pump/link.py``"), ["pump/link.py"]);
        assert_eq!(names("- **SOP-002**: Clarify"), ["SOP-002"]);
        assert_eq!(names("1. docker/, `a/b.md`: both"), ["a/b.md"]);
        assert_eq!(names("- pump/link.py and docker/ (new)"), ["pump/link.py", "docker/"]);
        assert_eq!(names("- `--verbose` flag - of the command line"), Vec::<String>::new());
        assert_eq!(names("- https://example.org/a.md - a page"), Vec::<String>::new());
        assert_eq!(names("- `winch` - the submodule of the drive"), ["winch/"]);
        assert_eq!(names("- Submodule `winch`: moved"), ["winch/"]);
        assert_eq!(names("- `winch` - the motor"), Vec::<String>::new());
    }

    #[test]
    fn what_is_unauthorised_is_said() {
        assert!(is_unauthorised("Files modified (pump - unauthorized)") && is_unauthorised("done without authorisation"));
        assert!(is_unauthorised("Changed without approval; a lock is to prevent that"));
        assert!(is_unauthorised("Files modified without approval") && is_unauthorised("No record exists; it was not authorised"));
        assert!(!is_unauthorised("No unauthorised change was made") && !is_unauthorised("Was it unauthorised?"));
        assert!(!is_unauthorised("Preventing unauthorized changes") && !is_unauthorised("Unauthorised modifications: none"));
        assert!(
            !is_unauthorised("Files not modified without authorization")
                && !is_unauthorised("Nothing was changed without approval")
        );
    }
}
