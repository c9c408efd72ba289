//! Languages that are read line by line: Gherkin, Robot Framework, RSpec.

use super::gherkin_words::{Begins, is_step, keyword};
use super::items::{Items, New, Source};
use super::looks_like_test;
use super::mask::Masked;
use super::table::{Row, Word};
use super::words::Words;
use crate::model::test_case::{Kind, State};

/// One line: offset of its first byte, of its first character that is not blank, and its text from there.
struct Line<'t> {
    start: usize,
    at: usize,
    text: &'t str,
}

fn lines<'t>(text: &'t str) -> impl Iterator<Item = Line<'t>> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |whole| {
        let line = whole.trim_end();
        let text = line.trim_start();
        let found = Line { start, at: start + line.len() - text.len(), text };
        start += whole.len();
        found
    })
}

impl Line<'_> {
    fn end(&self) -> usize {
        self.at + self.text.len()
    }

    /// The span of what follows a prefix.
    fn after(&self, skip: usize) -> (u32, u32) {
        let rest = self.text.get(skip..).unwrap_or("");
        let at = self.at + skip + rest.len() - rest.trim_start().len();
        (at as u32, self.end().max(at) as u32)
    }
}

/// Features, rules and scenarios; tags are inherited.
pub(super) fn gherkin(masked: &Masked<'_>) -> Items {
    let mut items = Items::default();
    // Feature, rule and scenario that are open.
    let mut open: [Option<u32>; 3] = [None; 3];
    let mut tags: Vec<(u32, u32)> = Vec::new();
    let mut last = 0;
    // The fence of the string that is open: one stands below a step, and signs like it in a description are words.
    let mut fence: Option<&str> = None;
    let mut below_step = false;
    let mut description = false;
    let mut stepped = false;
    for line in lines(masked.text) {
        if let Some(open) = fence {
            fence = fence.filter(|_| !line.text.starts_with(open));
            last = line.end();
            continue;
        }
        fence = ["\"\"\"", "```"].into_iter().find(|sign| below_step && line.text.starts_with(sign));
        if fence.is_some() || line.text.is_empty() || line.text.starts_with('#') {
            description &= line.text.is_empty();
            continue;
        }
        below_step = is_step(line.text);
        // Lines of a description belong together: a label may have its list below it.
        let goes_on = std::mem::take(&mut description);
        if line.text.starts_with('@') {
            tags.extend(words(&line).filter(|(text, _)| text.starts_with('@')).map(|(_, at)| (at.0 + 1, at.1)));
            continue;
        }
        let start = tags.first().map_or(line.at, |tag| tag.0 as usize - 1);
        if let Some((level, many, skip)) = gherkin_keyword(line.text) {
            for item in open.iter_mut().skip(level).filter_map(Option::take) {
                items.close(item, last);
            }
            let span = line.after(skip);
            let name = masked.slice(span.0, span.1);
            let kind = if level == 2 { Kind::Test } else { Kind::Class };
            let parent = open.iter().take(level).rev().find_map(|item| *item);
            let item = items.open(New { kind, name, span, start: start as u32, parent, suite: None });
            items.note(item, Source::Title, span);
            for tag in tags.drain(..) {
                if matches!(masked.slice(tag.0, tag.1), "skip" | "ignore" | "wip" | "disabled") {
                    items.state(item, State::Ignored, tag);
                }
                items.tag(masked, item, tag);
            }
            if let Some(test) = items.get(item) {
                test.parametrised = many;
            }
            open[level] = item;
            stepped = false;
        } else if begins(line.text) == Some(Begins::Examples) {
            tags.clear();
            if let Some(test) = items.get(open[2]) {
                test.parametrised = true;
            }
        } else if begins(line.text) == Some(Begins::Background) {
            tags.clear();
        } else if open[2].is_none() || !(stepped || is_step(line.text)) {
            description = true;
            match items.docs.last_mut().filter(|_| goes_on) {
                Some(doc) => doc.1 = line.end() as u32,
                None => items.docs.push(line.after(0)),
            }
        } else {
            stepped = true;
        }
        last = line.end();
    }
    for item in open.into_iter().rev().flatten() {
        items.close(item, last);
    }
    items.settle(true, false);
    items
}

/// What the keyword of a line begins.
fn begins(line: &str) -> Option<Begins> {
    line.split_once(':').and_then(|(word, _)| keyword(word.trim_end()))
}

fn gherkin_keyword(line: &str) -> Option<(usize, bool, usize)> {
    let (level, many) = match begins(line)? {
        Begins::Feature => (0, false),
        Begins::Rule => (1, false),
        Begins::Scenario => (2, false),
        Begins::Outline => (2, true),
        Begins::Examples | Begins::Background => return None,
    };
    Some((level, many, line.find(':')? + 1))
}

fn words<'l>(line: &'l Line<'_>) -> impl Iterator<Item = (&'l str, (u32, u32))> {
    line.text.split_ascii_whitespace().map(|word| {
        let at = line.at + (word.as_ptr() as usize - line.text.as_ptr() as usize);
        (word, (at as u32, (at + word.len()) as u32))
    })
}

/// What a section of a Robot Framework file holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Section {
    Settings,
    Tests,
    Keywords,
    Other,
}

/// Test cases and keywords of a Robot Framework file.
pub(super) fn robot(masked: &Masked<'_>) -> Items {
    let mut items = Items::default();
    let mut section = Section::Other;
    let mut open: Option<u32> = None;
    let mut forced: Vec<(u32, u32)> = Vec::new();
    let mut forces = false;
    let mut tagging = false;
    let mut last = 0;
    for line in lines(masked.text) {
        if line.text.is_empty() || line.text.starts_with('#') {
            continue;
        }
        if let Some(found) = robot_section(line.text) {
            close(&mut items, &mut open, last);
            section = found;
        } else if section == Section::Settings {
            let setting = cells(&line).next().map_or("", |(text, _)| text);
            forces = matches!(setting, "Force Tags" | "Test Tags") || (forces && setting == "...");
            if forces {
                forced.extend(cells(&line).skip(1).map(|(_, at)| at));
            } else if setting == "Documentation" {
                items.docs.push(line.after(setting.len()));
            }
        } else if section != Section::Other && line.start == line.at {
            close(&mut items, &mut open, last);
            let kind = if section == Section::Tests { Kind::Test } else { Kind::Helper };
            let span = cells(&line).next().map_or((0, 0), |(_, at)| at);
            let name = masked.slice(span.0, span.1);
            open = items.open(New { kind, name, span, start: span.0, parent: None, suite: None });
            items.note(open, Source::Title, span);
            tagging = false;
        } else if open.is_some() {
            robot_setting(masked, &line, open, &mut items, &mut tagging);
        }
        last = line.end();
    }
    close(&mut items, &mut open, last);
    items.settle(true, false);
    for index in 0..items.tests.len() {
        let test = Some(index as u32);
        if items.get(test).is_some_and(|test| test.kind == Kind::Test) {
            forced.iter().for_each(|tag| items.tag(masked, test, *tag));
        }
    }
    items
}

fn close(items: &mut Items, open: &mut Option<u32>, end: usize) {
    if let Some(item) = open.take() {
        items.close(item, end);
    }
}

fn robot_setting(masked: &Masked<'_>, line: &Line<'_>, test: Option<u32>, items: &mut Items, tagging: &mut bool) {
    let first = cells(line).next().map_or("", |(text, _)| text);
    *tagging = first == "[Tags]" || (*tagging && first == "...");
    match first {
        _ if *tagging => {
            for (text, at) in cells(line).skip(1) {
                if matches!(text, "robot:skip" | "robot:exclude") {
                    items.state(test, State::Skipped, at);
                }
                items.tag(masked, test, at);
            }
        }
        "[Documentation]" => items.docs.push(line.after(first.len())),
        "[Template]" => {
            if let Some(test) = items.get(test) {
                test.parametrised = true;
            }
        }
        "Skip" => items.state(test, State::Skipped, (line.at as u32, line.end() as u32)),
        "Skip If" => items.state(test, State::Conditional, (line.at as u32, line.end() as u32)),
        _ => {}
    }
}

fn robot_section(line: &str) -> Option<Section> {
    let name = line.strip_prefix("***")?.trim_start_matches(['*', ' ']).to_ascii_lowercase();
    let is = |word: &str| name.starts_with(word);
    Some(match () {
        () if is("test case") || is("task") => Section::Tests,
        () if is("setting") => Section::Settings,
        () if is("keyword") => Section::Keywords,
        () => Section::Other,
    })
}

/// The cells of a Robot Framework line: two blanks or a tab stand between them.
fn cells<'l>(line: &'l Line<'_>) -> impl Iterator<Item = (&'l str, (u32, u32))> {
    let mut from = 0;
    std::iter::from_fn(move || {
        let rest = line.text.get(from..)?;
        let start = from + rest.len() - rest.trim_start().len();
        let rest = line.text.get(start..).filter(|rest| !rest.is_empty())?;
        let end = rest.find("  ").into_iter().chain(rest.find('\t')).min().unwrap_or(rest.len());
        from = start + end;
        let at = line.at + start;
        Some((rest.get(..end)?, (at as u32, (at + end) as u32)))
    })
    .take_while(|(text, _)| !text.starts_with('#'))
}

/// RSpec: blocks from `do` to the `end` in the same column.
pub(super) fn ruby(masked: &Masked<'_>, row: &'static Row, path: &str) -> Items {
    let mut items = Items::default();
    if !looks_like_test(path) {
        return items;
    }
    let table = Words::of(row);
    let mut open: Vec<(usize, u32)> = Vec::new();
    let mut at = 0;
    for line in masked.code.split_inclusive(|byte| *byte == b'\n') {
        // A comment is blank: to look past the line would read a long one once for each of its lines.
        let start = at + line.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(line.len());
        let next = at + line.len();
        let indent = start - at.min(start);
        if start < next {
            let end = masked.word_end(start);
            let word = line.get(indent..end - at).unwrap_or_default();
            if word == b"end" {
                while let Some((_, item)) = open.pop_if(|(column, _)| *column >= indent) {
                    items.close(item, end);
                }
            } else if let Some(Word::Title(kind, state)) = table.find(word) {
                let parent = open.last().map(|(_, item)| *item);
                let item = ruby_block(masked, (start, end), (kind, state), parent, &mut items);
                let block = line.trim_ascii_end();
                open.extend(item.filter(|_| block.ends_with(b"do") || block.ends_with(b"|")).map(|item| (indent, item)));
            }
        }
        at = next;
    }
    for (_, item) in open.into_iter().rev() {
        items.close(item, masked.code.len());
    }
    items.settle(true, false);
    items
}

fn ruby_block(
    masked: &Masked<'_>,
    (start, end): (usize, usize),
    (kind, state): (Kind, State),
    parent: Option<u32>,
    items: &mut Items,
) -> Option<u32> {
    let at = masked.skip_space(end);
    let at = if masked.at(at) == b'(' { masked.skip_space(at + 1) } else { at };
    let span = match masked.literal(at) {
        Some(found) => (found.inner, found.inner_end),
        None => (at as u32, masked.word_end(at) as u32),
    };
    let name = masked.slice(span.0, span.1);
    if name.is_empty() {
        return None;
    }
    let item = items.open(New { kind, name, span, start: start as u32, parent, suite: None })?;
    items.note(Some(item), Source::Title, span);
    // `it "opens", requirement: "X" do`: what the line tells beside the title.
    let rest = masked.code.get(span.1 as usize..).unwrap_or_default();
    let line = span.1 + memchr::memchr(b'\n', rest).unwrap_or(rest.len()) as u32;
    super::annotation::strings(masked, (span.1, line)).for_each(|text| items.note(Some(item), Source::Title, text));
    if state != State::Active {
        items.state(Some(item), state, (start as u32, end as u32));
    }
    Some(item)
}
