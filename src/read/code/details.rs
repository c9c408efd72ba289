//! What is told of a test beside its title: details, calls while it runs, and the tables of its cases.

use super::annotation::{Annotation, strings};
use super::braced::Pass;
use super::items::{Items, Source};
use super::mask::{Masked, is_word};
use super::table::Row;
use super::{Language, work};
use crate::model::vocabulary::words;
use crate::read::grammar::identifier;

/// More strings of one table are not looked at.
const MAX_CELLS: usize = 400;

/// Lists of so many names are looked up in one file.
const MAX_LISTS: usize = 32;

/// How far the two brackets of details, or of the head of a loop, may stand apart.
const MAX_HEADER: usize = 2_000;

/// Calls that tell something of a step or a file, and nothing of the test.
const ASIDE: &[&str] = &["step", "logStep", "attachment", "attach", "addAttachment", "parameter", "addParameter"];

impl Pass<'_, '_> {
    /// `{ tag: "@X", annotation: { … } }` between the title of a test and its function.
    pub(super) fn details(&mut self, item: u32, end: usize) {
        let comma = self.masked.skip_space(end);
        let open = self.masked.skip_space(comma + 1);
        if self.masked.at(comma) != b',' || self.masked.at(open) != b'{' {
            return;
        }
        let close = self.closes(open);
        // Behind the details stands what runs: an object that ends the call is data.
        let Some(close) = close.filter(|close| self.masked.at(self.masked.skip_space(*close)) == b',') else { return };
        for text in strings(self.masked, (open as u32, close as u32)) {
            self.items.note(Some(item), Source::Title, text);
        }
    }

    /// `allure.tms("X")`, `annotations.push({ description: "X" })`: the strings belong to the test around the call.
    pub(super) fn told(&mut self, end: usize) {
        let stop = self.masked.word_end(end + 1);
        let name = self.masked.slice(end as u32 + 1, stop as u32);
        if self.masked.at(end) != b'.' || ASIDE.contains(&name) {
            return;
        }
        if let (Some(item), Some(close)) = (self.around(), self.closed_by(stop)) {
            for text in strings(self.masked, (stop as u32, close as u32)) {
                self.items.note(Some(item), Source::Title, text);
            }
        }
    }

    /// The cases of a test that stands for several: the identifiers of its own table, `test.each([…])`, or of the list
    /// that the loop around it goes through.
    pub(super) fn cases(&mut self, item: u32, table: (u32, u32), varies: bool) {
        let cells = Some(table).filter(|table| table.0 < table.1 && self.names_any(*table));
        let list = cells.or_else(|| self.looped().filter(|_| varies));
        for cell in list.into_iter().flat_map(|list| strings(self.masked, list)).take(MAX_CELLS) {
            work::spend(1);
            if is_identifier(self.masked.slice(cell.0, cell.1)) {
                self.items.note(Some(item), Source::Title, cell);
            }
        }
    }

    /// `t.Run(tc.name, …)`: the names of the cases stand in a table before it, `{name: "X closes", …}`.
    pub(super) fn named_cases(&mut self, test: u32, end: usize) {
        let Some(body) = self.items.get(Some(test)).map(|test| test.body) else { return };
        for cell in strings(self.masked, (body.start, end as u32)).take(MAX_CELLS) {
            work::spend(1);
            let before = self.masked.code.get(..(cell.0 as usize).saturating_sub(1)).unwrap_or_default().trim_ascii_end();
            let label = labelled(self.masked, cell);
            let text = self.masked.slice(label.0, label.1);
            let first = text.split([' ', ':', '/']).next().unwrap_or(text);
            if (before.ends_with(b":") || before.ends_with(b"{")) && is_identifier(first) {
                self.items.note(Some(test), Source::Title, (label.0, label.0 + first.len() as u32));
            }
        }
    }

    fn names_any(&self, table: (u32, u32)) -> bool {
        strings(self.masked, table).take(MAX_CELLS).any(|cell| is_identifier(self.masked.slice(cell.0, cell.1)))
    }

    /// The list that the loop goes through whose block is the innermost bracket.
    fn looped(&mut self) -> Option<(u32, u32)> {
        let mut frames = self.frames.iter().rev();
        let block = frames.next().filter(|frame| frame.close == b'}')?;
        let call = frames.next().map_or(0, |frame| frame.open as usize);
        let before = self.masked.code.get(..block.open as usize)?.trim_ascii_end();
        if before.ends_with(b")") {
            let open = self.opens(before.len() - 1, (b'(', b')'))?;
            let header = (open as u32, before.len() as u32);
            let keyword = self.masked.code.get(..open)?.trim_ascii_end();
            if !(keyword.ends_with(b"for") || keyword.ends_with(b"await")) {
                return None;
            }
            return if self.names_any(header) { Some(header) } else { self.list(self.masked.slice(header.0, header.1 - 1)) };
        }
        if !before.ends_with(b"=>") {
            return None;
        }
        let caller = self.masked.code.get(..call)?;
        let source = [b".forEach".as_slice(), b".map"].iter().find_map(|each| caller.strip_suffix(*each))?.trim_ascii_end();
        if source.ends_with(b"]") {
            return Some((self.opens(source.len() - 1, (b'[', b']'))? as u32, source.len() as u32));
        }
        let last = source.len().saturating_sub(80);
        self.list(self.masked.text.get(last..source.len())?)
    }

    /// Just past the bracket that closes the one at an offset, if it is near.
    fn closes(&self, open: usize) -> Option<usize> {
        let mut depth = 0usize;
        let rest = self.masked.code.get(open..(open + MAX_HEADER).min(self.masked.code.len()))?;
        let at = rest.iter().position(|byte| {
            work::spend(1);
            depth += usize::from(matches!(byte, b'(' | b'[' | b'{'));
            depth = depth.saturating_sub(usize::from(matches!(byte, b')' | b']' | b'}')));
            depth == 0
        })?;
        Some(open + at + 1)
    }

    /// Where the bracket opens that closes at an offset.
    fn opens(&self, close: usize, (opening, closing): (u8, u8)) -> Option<usize> {
        let from = close.saturating_sub(MAX_HEADER);
        let mut depth = 0usize;
        let at = self.masked.code.get(from..=close)?.iter().rposition(|byte| {
            work::spend(1);
            depth += usize::from(*byte == closing);
            depth -= usize::from(*byte == opening && depth > 0);
            *byte == opening && depth == 0
        })?;
        Some(from + at)
    }

    /// The list with the name at the end of an expression, where the file declares it: `const CASES = […]`.
    fn list(&mut self, expression: &'_ str) -> Option<(u32, u32)> {
        let word = |c: char| c.is_alphanumeric() || c == '_' || c == '$';
        let name = expression.trim_end().rsplit(|c: char| !word(c)).next().filter(|name| !name.is_empty())?;
        if let Some(known) = self.lists.get(name) {
            return *known;
        }
        if self.lists.len() >= MAX_LISTS {
            return None;
        }
        let declared = format!("const {name}");
        work::spend(self.masked.code.len());
        let whole = |at: &usize| !is_word(self.masked.at(at + declared.len()));
        let at = memchr::memmem::find_iter(&self.masked.code, declared.as_bytes()).find(whole)?;
        let key = self.masked.text.get(at + "const ".len()..at + declared.len())?;
        let found = self.declared(at + declared.len());
        self.lists.insert(key, found);
        found
    }

    /// The list behind the sign of equality that follows a name and its type.
    fn declared(&self, end: usize) -> Option<(u32, u32)> {
        let rest = self.masked.code.get(end..(end + 200).min(self.masked.code.len()))?;
        let open = self.masked.skip_space(end + memchr::memchr(b'=', rest)? + 1);
        if self.masked.at(open) != b'[' {
            return None;
        }
        self.masked.close(open).map(|close| (open as u32, close as u32))
    }
}

/// Names of parametrised cases: `pytest.param(…, id="X")`, `ids=["X"]`, `#[case::x]`, and all values of a parameter
/// that is called after requirements.
pub(super) fn of_parameters(masked: &Masked<'_>, row: &Row, annotation: &Annotation, index: Option<u32>, items: &mut Items) {
    let within = annotation.arguments;
    match row.language {
        Language::Rust => {
            let name = masked.slice(annotation.name.0, annotation.name.1);
            if let Some(label) = name.strip_prefix("case::") {
                items.note(index, Source::Name, (annotation.name.1 - label.len() as u32, annotation.name.1));
            }
        }
        Language::Python => {
            let code = masked.code.get(..within.1 as usize).unwrap_or_default();
            let listed = code.get(within.0 as usize..).and_then(|code| memchr::memmem::find(code, b"ids="));
            let listed = listed.map_or(within.1, |at| within.0 + at as u32);
            let mut cells = strings(masked, within);
            let first = cells.next().map_or("", |first| masked.slice(first.0, first.1));
            let about = words(first).split(' ').any(|word| matches!(word, "req" | "reqs" | "requirement" | "requirements"));
            for cell in cells.take(MAX_CELLS) {
                let before = code.get(..(cell.0 as usize).saturating_sub(1)).unwrap_or_default();
                if about || cell.0 > listed || before.ends_with(b"id=") {
                    items.note(index, Source::Title, labelled(masked, cell));
                }
            }
        }
        _ => {}
    }
}

/// The identifier of a label such as `REQ-1-closed`, without the words behind it.
fn labelled(masked: &Masked<'_>, cell: (u32, u32)) -> (u32, u32) {
    let text = masked.slice(cell.0, cell.1).as_bytes();
    let word = |three: &[u8]| matches!(three, [a, b'-' | b'_' | b'/' | b':', b] if a.is_ascii_digit() && b.is_ascii_lowercase());
    let end = text.windows(3).position(word).map_or(cell.1, |at| cell.0 + at as u32 + 1);
    (cell.0, end)
}

/// Whether a string is one identifier with a number and nothing else.
fn is_identifier(text: &str) -> bool {
    let shaped = text.bytes().any(|byte| byte.is_ascii_digit()) && text.bytes().any(|byte| matches!(byte, b'-' | b'_' | b'.'));
    shaped && identifier::leading(text, false).is_some_and(|(_, end)| end == text.len())
}
