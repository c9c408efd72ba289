//! Markers: found in comments, titles and annotations, attached to what they stand on.

mod banner;
mod follow;
mod reach;

use super::claim::{Claims, signs, uncommented};
use super::items::{Items, Note, Source};
use super::mask::Masked;
use super::work;
use super::{Language, language, looks_like_test};
use crate::model::Facts;
use crate::model::mention::Mentions;
use crate::model::test_case::{Grade, Kind, Marker, TestCase, Verb};
use crate::read::grammar::marker::{self, Notation, Sense};
use crate::read::grammar::spelled;
use crate::source::Span;
use banner::Banner;
use follow::Follow;

/// Finds the markers of a file and puts its facts together.
pub(super) fn facts(masked: &Masked<'_>, path: &str, items: Items) -> Facts {
    let Items { tests: mut found, parents, notes, docs, .. } = items;
    // What shrinks where it is keeps half of its room, and tests stay to the end.
    let mut tests = Vec::with_capacity(found.len());
    tests.append(&mut found);
    drop(found);
    let test_file = looks_like_test(path);
    let code = masked.code.iter().position(|byte| !byte.is_ascii_whitespace()).unwrap_or(masked.code.len());
    let feature = path.ends_with(".feature");
    let alone = language(path) == Some(Language::Lit);
    let markers = Vec::with_capacity(notes.len() + docs.len());
    let mut pass = Pass { masked, tests, parents, test_file, feature, alone, code, markers, banner: None, class: None };
    pass.comments(&docs);
    pass.close_banner(masked.text.len());
    for note in &notes {
        pass.note(note);
    }
    // A label whose list never came names nothing.
    pass.markers.retain(|marker| !marker.ids.is_empty());
    pass.markers.sort_by_key(|marker| (marker.span, marker.verb));
    // Two at one place are rare: to compare the places settles it.
    pass.markers.dedup_by(|next, kept| next.span == kept.span && next == kept);
    pass.markers.shrink_to_fit();
    Facts { tests: pass.tests, markers: pass.markers, ..Facts::default() }
}

struct Pass<'m, 't> {
    masked: &'m Masked<'t>,
    tests: Vec<TestCase>,
    parents: Vec<Option<u32>>,
    test_file: bool,
    /// The whole file is one feature.
    feature: bool,
    /// The whole file is one test.
    alone: bool,
    /// Where the code begins.
    code: usize,
    markers: Vec<Marker>,
    banner: Option<Banner>,
    /// The class that was asked for last, and what it reaches.
    class: Option<(u32, Span)>,
}

/// What a comment, a docstring or a note stands on.
#[derive(Clone, Copy)]
struct Spot {
    item: Option<u32>,
    kind: SpotKind,
    /// What it speaks of where it is a claim of tests.
    follow: Option<Follow>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum SpotKind {
    /// It may be the title of the item, or of the file.
    Title,
    /// It may be the title of the tests up to the next of its kind.
    Banner,
    /// It stands inside, or beside.
    Remark,
}

/// Signs before the items of a list; a star is part of the comment.
const BULLETS: [char; 3] = ['-', '•', '+'];

/// Lists do not stand further to the right.
const MAX_COLUMN: usize = 400;

/// A marker whose list goes on in the next line.
#[derive(Clone, Copy)]
struct Open {
    index: usize,
    /// How the list below a label is written, once its first item is read.
    list: Option<Listed>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Listed {
    /// With bullets in this column.
    Bullets(usize),
    /// An item a line, up to an empty one.
    Lines,
}

/// Where the markers of a group of comments go; found once, when the first turns up.
#[derive(Default)]
struct Target<'t> {
    known: Option<Spot>,
    claims: Claims<'t>,
}

impl<'t> Pass<'_, 't> {
    fn comments(&mut self, docs: &[(u32, u32)]) {
        let comments = &self.masked.comments;
        let mut docs = docs.iter().copied().peekable();
        let mut at = 0;
        while let Some(first) = comments.get(at).copied() {
            while let Some(doc) = docs.next_if(|doc| doc.0 < first.0) {
                self.doc(doc);
            }
            let mut end = at + 1;
            if self.alone(first.0) {
                while let (Some(last), Some(next)) = (comments.get(end - 1), comments.get(end)) {
                    if !self.adjacent(last.1, next.0) {
                        break;
                    }
                    end += 1;
                }
            }
            self.group(at, end);
            at = end;
        }
        docs.for_each(|doc| self.doc(doc));
    }

    fn doc(&mut self, doc: (u32, u32)) {
        let item = self.around(doc.0);
        let first = self.tests.first().is_none_or(|test| doc.1 <= test.body.start);
        let title = item.is_some() || (first && self.test_file);
        let kind = if title { SpotKind::Title } else { SpotKind::Remark };
        let mut target = Target { known: Some(Spot { item, kind, follow: None }), ..Target::default() };
        let mut open = None;
        self.lines(doc, doc, &mut open, &mut target);
    }

    /// Comments on adjacent lines: a list may go on from one to the next.
    fn group(&mut self, from: usize, to: usize) {
        let comments = self.masked.comments.get(from..to).unwrap_or_default();
        let (Some(first), Some(last)) = (comments.first(), comments.last()) else {
            return;
        };
        let whole = (first.0, last.1);
        let mut target = Target::default();
        let mut open = None;
        if self.is_banner(whole) {
            target.known = Some(self.open_banner(whole));
        }
        for comment in comments {
            self.lines(*comment, whole, &mut open, &mut target);
        }
    }

    fn lines(&mut self, part: (u32, u32), whole: (u32, u32), open: &mut Option<Open>, target: &mut Target<'t>) {
        let text = self.masked.slice(part.0, part.1);
        let mut at = part.0 as usize;
        let mut rest = text;
        while !rest.is_empty() {
            let (length, telling) = marker::first_line(rest);
            let (line, below) = rest.split_at(length);
            rest = below;
            target.claims.next(line);
            let lead = signs(line);
            let start = at + lead;
            at += line.len();
            // Most lines name nothing, and what they are made of shows it.
            if !telling && open.is_none() && !marker::begins_claim(line.get(lead..).unwrap_or("")) {
                continue;
            }
            let body = uncommented(line);
            if body.is_empty() {
                *open = open.filter(|open| open.list != Some(Listed::Lines));
                continue;
            }
            if let Some(list) = open.take() {
                let bullets = matches!(list.list, Some(Listed::Bullets(_)));
                let item = !bullets || body.starts_with(BULLETS);
                let ids = if item { marker::continued(body, start) } else { Mentions::new() };
                if let Some(last) = ids.iter().map(|id| id.span.end()).max() {
                    *open = self.extend(list, ids, body, start);
                    self.tail(body, start, last, whole, target);
                    continue;
                }
                // The text of an item may go on in lines of its own.
                *open = Some(list).filter(|it| matches!(it.list, Some(Listed::Bullets(column)) if self.column(start) > column));
            }
            work::spend(body.len());
            for notation in marker::line(body, start) {
                let spot = *target.known.get_or_insert_with(|| self.target(whole));
                let opens = notation.open;
                self.claimed(notation, spot, start, target);
                if opens {
                    *open = self.markers.len().checked_sub(1).map(|index| Open { index, list: None });
                }
            }
        }
    }

    /// What else an item of a list names: `- AC-1: opens at once (REQ-2)`.
    fn tail(&mut self, body: &str, start: usize, from: u32, whole: (u32, u32), target: &mut Target<'_>) {
        work::spend(body.len());
        for mut notation in marker::line(body, start).into_iter().filter(|notation| notation.sense == Sense::Mentions) {
            notation.ids.retain(|id| id.span.start >= from);
            if !notation.ids.is_empty() {
                let spot = *target.known.get_or_insert_with(|| self.target(whole));
                self.claimed(notation, spot, start, target);
            }
        }
    }

    fn extend(&mut self, open: Open, ids: Mentions, body: &str, at: usize) -> Option<Open> {
        let bullet = body.starts_with(BULLETS);
        let column = if bullet { self.column(at) } else { 0 };
        let marker = self.markers.get_mut(open.index)?;
        let end = ids.iter().map(|id| id.span.end()).max().unwrap_or(0);
        marker.span.len = end.max(marker.span.end()) - marker.span.start;
        let alone = marker.ids.is_empty();
        marker.ids.extend(ids);
        let list = match open.list {
            // A label on a line of its own has a list below it.
            None if alone && bullet => Some(Listed::Bullets(column)),
            None if alone => Some(Listed::Lines),
            list => list,
        };
        let more = list.is_some() || bullet || body.ends_with([',', ';', '&']);
        more.then_some(Open { index: open.index, list })
    }

    /// How far from the start of its line an offset stands.
    fn column(&self, at: usize) -> usize {
        let first = at.saturating_sub(MAX_COLUMN);
        let before = self.masked.text.as_bytes().get(first..at).unwrap_or_default();
        before.len() - memchr::memrchr(b'\n', before).map_or(0, |n| n + 1)
    }

    /// Adds what the line that begins at `start` names; whether that is a claim is asked only where it matters.
    fn claimed(&mut self, notation: Notation, spot: Spot, start: usize, target: &mut Target<'_>) {
        if notation.sense != Sense::Mentions || spot.kind == SpotKind::Remark {
            return self.add(notation, spot);
        }
        let claim = start + target.claims.last();
        self.split(notation, spot, claim as u32);
    }

    /// What a line names where it is a claim, and what it only mentions after that.
    fn split(&mut self, mut notation: Notation, spot: Spot, claim: u32) {
        let remark = Spot { kind: SpotKind::Remark, ..spot };
        let at = notation.ids.iter().position(|id| id.span.start >= claim).unwrap_or(notation.ids.len());
        let rest: Mentions = notation.ids.drain(at..).collect();
        if !notation.ids.is_empty() {
            self.add(Notation { span: notation.span, ids: notation.ids, ..notation }, spot);
        }
        if !rest.is_empty() {
            self.add(Notation { sense: Sense::Mentions, span: notation.span, ids: rest, open: false }, remark);
        }
    }

    fn add(&mut self, notation: Notation, spot: Spot) {
        let claims = matches!(notation.sense, Sense::Verifies | Sense::Traces | Sense::Refers);
        let spot = match spot.follow.filter(|_| claims) {
            Some(follow) => Spot { item: follow.item, kind: SpotKind::Title, follow: Some(follow) },
            None => Spot { follow: None, ..spot },
        };
        let index = spot.item;
        if notation.sense == Sense::TestCase {
            let id = notation.ids.first().and_then(|id| id.id()).map(str::to_string);
            let test = index.and_then(|index| self.tests.get_mut(index as usize));
            if let Some(test) = test.filter(|test| test.kind == Kind::Test && test.case_id.is_none()) {
                test.case_id = id;
            }
            return;
        }
        let verb = match notation.sense {
            Sense::Verifies => Verb::Verifies,
            Sense::Implements => Verb::Implements,
            Sense::Enters if !self.test_file && !self.is_test(index) => Verb::Enters,
            Sense::Traces if index.is_some() || self.test_file => Verb::Verifies,
            Sense::Traces => Verb::Implements,
            Sense::Realises if !self.test_file && !self.is_test(index) => Verb::Implements,
            Sense::Refers if self.test_file || self.is_test(index) => Verb::Verifies,
            Sense::Refers | Sense::Enters | Sense::Realises | Sense::Mentions | Sense::TestCase => Verb::Mentions,
        };
        self.push(notation.ids, notation.span, verb, spot);
    }

    /// Adds what a tag or a trait holds and nothing else.
    fn add_alone(&mut self, notation: Notation, spot: Spot) {
        if notation.sense == Sense::Mentions {
            self.push(notation.ids, notation.span, Verb::Tagged, spot);
        } else {
            self.add(notation, spot);
        }
    }

    fn is_test(&self, index: Option<u32>) -> bool {
        index.and_then(|index| self.tests.get(index as usize)).is_some_and(|test| test.kind == Kind::Test)
    }

    fn push(&mut self, ids: Mentions, span: Span, verb: Verb, spot: Spot) {
        let item = spot.item.and_then(|index| self.tests.get(index as usize));
        let grade = match item.map(|test| test.kind) {
            None => Grade::File,
            Some(Kind::Class) if self.feature => Grade::File,
            Some(Kind::Class) => Grade::Class,
            Some(_) => Grade::Function,
        };
        let titled = match item.map(|test| test.kind) {
            Some(Kind::Test) => true,
            Some(Kind::Helper | Kind::Fixture) => false,
            Some(Kind::Class) | None => spot.kind == SpotKind::Title,
        };
        let tests = spot.follow.and_then(|follow| follow.reach);
        let grade = if tests.is_some() { Grade::Class } else { grade };
        let reach = match verb {
            _ if tests.is_some() => tests.unwrap_or_default(),
            Verb::Mentions | Verb::Tagged if !titled => Span::default(),
            _ if grade == Grade::Class && tests.is_none() => spot.item.map_or_else(Span::default, |at| self.reach_of_class(at)),
            _ => item.map_or(Span::new(0, self.masked.text.len()), |test| test.body),
        };
        if let Some(banner) = self.banner.as_mut().filter(|_| spot.kind == SpotKind::Banner && verb == Verb::Mentions) {
            banner.markers.push(self.markers.len());
        }
        self.markers.push(Marker { ids, span, grade, verb, test: spot.item, reach });
    }

    fn note(&mut self, note: &Note) {
        let text = self.masked.slice(note.text.0, note.text.1);
        let base = note.text.0 as usize;
        // The title of what was not kept is the title of nothing.
        let kind = if note.item.is_some() { SpotKind::Title } else { SpotKind::Remark };
        let spot = Spot { item: note.item, kind, follow: None };
        match note.source {
            Source::Title => marker::line(text, base).into_iter().for_each(|found| self.add(found, spot)),
            Source::Printed => {
                let labelled = marker::line(text, base).into_iter().filter(|found| found.sense != Sense::Mentions);
                labelled.for_each(|found| self.add(found, spot));
            }
            Source::Name => {
                let ids = spelled::name(text, base);
                if let Some(span) = ids.first().map(|id| id.span) {
                    self.push(ids, span, Verb::Mentions, spot);
                }
            }
            Source::Claim => {
                let name = self.masked.slice(note.name.0, note.name.1);
                if let Some(found) = marker::claimed(name, text, base) {
                    self.add(found, spot);
                }
            }
            Source::Tag => {
                let whole = Span::new(base, base + text.len());
                for found in marker::line(text, base) {
                    if found.span == whole { self.add_alone(found, spot) } else { self.add(found, spot) }
                }
            }
            Source::Arguments | Source::Pair => {
                let name = self.masked.slice(note.name.0, note.name.1);
                if let Some(found) = marker::arguments(name, text, base) {
                    let item = note.item.or_else(|| self.around(note.name.0));
                    let spot = Spot { item, kind, follow: None };
                    if note.source == Source::Pair { self.add_alone(found, spot) } else { self.add(found, spot) }
                }
            }
        }
    }

    /// What a group of comments stands on: the item below it, or the one around it.
    fn target(&self, whole: (u32, u32)) -> Spot {
        let spot = |item, title| Spot { item, kind: if title { SpotKind::Title } else { SpotKind::Remark }, follow: None };
        if !self.alone(whole.0) {
            return spot(self.beside(whole.0).or_else(|| self.around(whole.0)), false);
        }
        if self.is_header(whole) {
            return spot(None, self.test_file);
        }
        if let Some(below) = self.below(whole.1) {
            return spot(Some(below), true);
        }
        let around = self.around(whole.0);
        let headline = if self.alone { self.is_first(whole) } else { around.is_none() && self.is_headline(whole) };
        let found = spot(around, headline);
        Spot { follow: self.follow(whole, around), ..found }
    }

    /// The item that begins on the next line.
    fn below(&self, end: u32) -> Option<u32> {
        let next = self.tests.partition_point(|test| test.body.start < end);
        let below = self.tests.get(next).filter(|test| self.adjacent(end, test.body.start));
        below.and_then(|_| u32::try_from(next).ok())
    }

    /// Whether comments before the first item are the title of the file: nothing stands above them, or
    /// they speak of tests and of nothing right below.
    fn is_headline(&self, whole: (u32, u32)) -> bool {
        let first = self.tests.first().is_none_or(|test| whole.1 <= test.body.start);
        let text = self.masked.text.as_bytes().get(whole.1 as usize..).unwrap_or_default();
        let gap = text.iter().take_while(|byte| byte.is_ascii_whitespace()).filter(|byte| **byte == b'\n').count();
        let tests = || self.masked.slice(whole.0, whole.1.min(whole.0 + 300)).to_ascii_lowercase().contains("test");
        self.test_file && first && (self.code >= whole.1 as usize || (gap > 1 && tests()))
    }

    /// Whether comments are the first of the file.
    fn is_first(&self, whole: (u32, u32)) -> bool {
        self.masked.comments.first().is_some_and(|comment| comment.0 == whole.0)
    }

    /// Whether comments speak of the file, although the first item may follow at once.
    fn is_header(&self, whole: (u32, u32)) -> bool {
        let text = self.masked.slice(whole.0, whole.1);
        self.is_first(whole) && ["@file", "\\file", "Copyright", "SPDX-", "License"].iter().any(|word| text.contains(word))
    }

    /// The item whose end, or whose only line, a trailing comment stands beside.
    fn beside(&self, at: u32) -> Option<u32> {
        let last = self.tests.partition_point(|test| test.body.start <= at).checked_sub(1)?;
        let test = self.tests.get(last)?;
        let gap = self.masked.text.get(test.body.end() as usize..at as usize)?;
        (!gap.contains('\n')).then(|| u32::try_from(last).ok()).flatten()
    }

    /// The innermost item around an offset.
    fn around(&self, at: u32) -> Option<u32> {
        let last = self.tests.partition_point(|test| test.body.start <= at).checked_sub(1)?;
        let mut index = u32::try_from(last).ok();
        while let Some(here) = index {
            work::spend(1);
            let test = self.tests.get(here as usize)?;
            if at < test.body.end() {
                return Some(here);
            }
            index = self.parents.get(here as usize).copied().flatten();
        }
        None
    }

    /// Whether a comment has its line to itself, at least on the left.
    fn alone(&self, at: u32) -> bool {
        let before = self.masked.text.as_bytes().get(..at as usize).unwrap_or_default();
        before.iter().rev().find(|byte| !matches!(byte, b' ' | b'\t')).is_none_or(|byte| *byte == b'\n')
    }

    /// Whether one line break, and nothing else but blanks, stands between two offsets.
    fn adjacent(&self, end: u32, start: u32) -> bool {
        let Some(gap) = self.masked.text.as_bytes().get(end as usize..start as usize) else {
            return false;
        };
        let mut breaks = 0;
        for byte in gap {
            match byte {
                b'\n' => breaks += 1,
                b' ' | b'\t' | b'\r' => {}
                _ => return false,
            }
            if breaks > 1 {
                return false;
            }
        }
        true
    }
}
