//! Annotations, attributes and decorators: where they end and what they mean.

use super::details;
use super::items::{Items, Note, Source};
use super::mask::{Masked, is_word};
use super::table::{Mark, Row};
use crate::model::test_case::{Kind, State};

/// One annotation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Annotation {
    /// The sign that begins it.
    pub(super) start: u32,
    /// Its name with dots or colons.
    pub(super) name: (u32, u32),
    /// What stands between its brackets, empty if nothing does.
    pub(super) arguments: (u32, u32),
    /// Just past it.
    pub(super) end: u32,
}

/// Reads annotations; remembers that a bracket was left open so that no text is scanned twice.
#[derive(Default)]
pub(super) struct Reader {
    unclosed: bool,
}

impl Reader {
    /// The annotation whose name begins at or after `at`; `start` is where its sign stands.
    pub(super) fn read(&mut self, masked: &Masked<'_>, start: usize, at: usize) -> Option<Annotation> {
        let at = masked.skip_space(at);
        let mut end = at;
        while is_word(masked.at(end)) || (end > at && matches!(masked.at(end), b'.' | b':' | b'!')) {
            end += 1;
        }
        if end == at {
            return None;
        }
        let (start, name) = (start as u32, (at as u32, end as u32));
        let open = (end..end + 4).find(|at| !matches!(masked.at(*at), b' ' | b'\t')).unwrap_or(end);
        let mut found = Annotation { start, name, arguments: (name.1, name.1), end: name.1 };
        if masked.at(open) == b'(' && !self.unclosed {
            match masked.close(open) {
                Some(close) => {
                    found.arguments = (open as u32 + 1, close as u32 - 1);
                    found.end = close as u32;
                }
                None => self.unclosed = true,
            }
        } else if masked.at(open) == b'=' {
            let rest = masked.code.get(open..).unwrap_or_default();
            let end = memchr::memchr2(b']', b'\n', rest).map_or(masked.code.len(), |n| open + n);
            found.arguments = (open as u32 + 1, end as u32);
            found.end = end as u32;
        }
        Some(found)
    }

    /// Just past the bracket that closes the one at `at`.
    pub(super) fn close(&mut self, masked: &Masked<'_>, at: usize) -> Option<usize> {
        if self.unclosed {
            return None;
        }
        let end = masked.close(at);
        self.unclosed = end.is_none();
        end
    }
}

/// The strings between two offsets.
pub(super) fn strings<'m>(masked: &'m Masked<'_>, within: (u32, u32)) -> impl Iterator<Item = (u32, u32)> + 'm {
    let first = masked.strings.partition_point(|it| it.start < within.0);
    let rest = masked.strings.get(first..).unwrap_or_default();
    rest.iter().take_while(move |it| it.end <= within.1).map(|it| (it.inner, it.inner_end))
}

/// The kind that annotations give to a function, if they say.
pub(super) fn kind(masked: &Masked<'_>, row: &Row, annotations: &[Annotation]) -> Option<Kind> {
    let mut kind = None;
    for annotation in annotations {
        match mark(masked, row, annotation) {
            Some(Mark::Test | Mark::Tests) => return Some(Kind::Test),
            Some(Mark::Fixture) => kind = Some(Kind::Fixture),
            _ => {}
        }
    }
    kind
}

/// Whether an annotation makes a function a test, whatever it is called.
pub(super) fn declares_test(masked: &Masked<'_>, row: &Row, annotations: &[Annotation]) -> bool {
    annotations.iter().any(|one| mark(masked, row, one) == Some(Mark::Test))
}

fn mark(masked: &Masked<'_>, row: &Row, annotation: &Annotation) -> Option<Mark> {
    let name = masked.slice(annotation.name.0, annotation.name.1);
    // `#[case::empty(…)]` gives a row of data its name.
    let name = name.strip_prefix("case::").map_or(name, |_| "case");
    let name = name.rsplit(['.', ':']).next().unwrap_or(name);
    let name = name.strip_suffix("Attribute").filter(|short| !short.is_empty()).unwrap_or(name);
    row.marks.iter().find(|(word, _)| *word == name).map(|(_, mark)| *mark)
}

/// Applies annotations to the item that they stand on.
pub(super) fn apply(masked: &Masked<'_>, row: &Row, annotations: &[Annotation], index: Option<u32>, items: &mut Items) {
    for annotation in annotations {
        let whole = (annotation.start, annotation.end);
        let arguments = annotation.arguments;
        match mark(masked, row, annotation) {
            Some(Mark::Tests | Mark::Data) => {
                if let Some(test) = items.get(index) {
                    test.parametrised = true;
                }
                named(masked, annotation, index, items);
                details::of_parameters(masked, row, annotation, index, items);
            }
            Some(Mark::State(State::ExpectedFailure)) if has_condition(masked.slice(arguments.0, arguments.1)) => {
                items.state(index, State::Conditional, whole);
            }
            Some(Mark::State(state)) => items.state(index, state, whole),
            Some(Mark::Condition) => {
                if let Some(state) = condition(masked.slice(arguments.0, arguments.1)) {
                    items.state(index, state, whole);
                }
            }
            Some(Mark::Tag) => {
                for tag in strings(masked, arguments) {
                    items.tag(masked, index, tag);
                }
            }
            Some(Mark::Pair) => pair(masked, annotation, index, items),
            Some(Mark::Told) => strings(masked, arguments).for_each(|text| items.note(index, Source::Title, text)),
            Some(Mark::Title) => {
                for title in strings(masked, arguments).take(1) {
                    items.note(index, Source::Title, title);
                }
            }
            Some(Mark::Test | Mark::Fixture) => named(masked, annotation, index, items),
            None => noted(annotation, index, items),
        }
    }
}

fn noted(annotation: &Annotation, index: Option<u32>, items: &mut Items) {
    if annotation.arguments.0 < annotation.arguments.1 {
        let (name, text) = (annotation.name, annotation.arguments);
        items.notes.push(Note { item: index, source: Source::Arguments, name, text });
    }
}

/// `[Trait("Category", "Slow")]` is a tag, `[Trait("Requirement", "FR-1")]` a marker.
fn pair(masked: &Masked<'_>, annotation: &Annotation, index: Option<u32>, items: &mut Items) {
    let mut strings = strings(masked, annotation.arguments);
    let (Some(key), Some(value)) = (strings.next(), strings.next()) else {
        return;
    };
    drop(strings);
    if masked.slice(key.0, key.1).to_ascii_lowercase().contains("category") {
        items.tag(masked, index, value);
    } else {
        items.notes.push(Note { item: index, source: Source::Pair, name: key, text: (value.0 - 1, annotation.arguments.1) });
    }
}

/// What the arguments of a test annotation say: `Skip = "…"`, `groups = {…}`, `enabled = false`.
fn named(masked: &Masked<'_>, annotation: &Annotation, index: Option<u32>, items: &mut Items) {
    let within = annotation.arguments;
    let Some(code) = masked.code.get(within.0 as usize..within.1 as usize).filter(|code| !code.is_empty()) else {
        return;
    };
    let after = |word: &[u8]| memchr::memmem::find(code, word).map(|n| within.0 + n as u32);
    if after(b"Skip").is_some() || after(b".disabled").is_some() {
        items.state(index, State::Skipped, (annotation.start, annotation.end));
    }
    if let Some(at) = after(b"enabled").filter(|at| masked.slice(*at, within.1).replace(' ', "").starts_with("enabled=false")) {
        items.state(index, State::Ignored, (at, within.1));
    }
    if let Some(at) = after(b"DisplayName") {
        strings(masked, (at, within.1)).take(1).for_each(|title| items.note(index, Source::Title, title));
    }
    if (after(b"dataProvider").is_some() || after(b"arguments:").is_some())
        && let Some(test) = items.get(index)
    {
        test.parametrised = true;
    }
    if let Some(at) = after(b"groups") {
        for tag in strings(masked, (at, within.1)) {
            items.tag(masked, index, tag);
        }
    }
}

/// `cfg(unix)` and `cfg_attr(miri, ignore)` run on some platforms only, `cfg(test)` always.
fn condition(arguments: &str) -> Option<State> {
    let platform = ["target_", "unix", "windows", "feature", "ignore"].iter().any(|word| arguments.contains(word));
    platform.then_some(State::Conditional)
}

/// Whether a failure is expected on a condition only: `xfail(sys.platform == "win32", reason="…")`.
fn has_condition(arguments: &str) -> bool {
    let first = arguments.split(',').next().unwrap_or_default().trim();
    let keyword = first.split_once('=').filter(|(name, value)| {
        let named = name.trim().bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        named && !value.starts_with('=')
    });
    let condition = match keyword {
        Some((name, value)) => (name.trim() == "condition").then_some(value.trim()),
        None => Some(first),
    };
    condition.is_some_and(|condition| !condition.is_empty() && condition != "True")
}
