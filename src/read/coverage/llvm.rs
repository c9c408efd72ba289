//! The JSON export of llvm-cov: regions of each file, from which the lines follow.
//!
//! It knows no tests. A run of one test alone writes a file of its own.

use super::builder::Builder;
use super::{AGAIN, place, reason};
use crate::model::Facts;
use crate::model::coverage::MAX_LINE;
use crate::source::{Span, Text};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Lines that one file may have in all its regions together: a region may claim to be endless.
const MOST: usize = 20_000_000;

/// Reads an export.
pub(super) fn read(text: &Text) -> Facts {
    let mut state = Export { builder: Builder::default(), left: MOST };
    let mut json = serde_json::Deserializer::from_str(text.as_str().trim_start_matches('\u{FEFF}'));
    let done = Root(&mut state).deserialize(&mut json).and_then(|()| json.end());
    if let Err(error) = done {
        state.builder.problem(place(text, &error), true, reason(&error), AGAIN);
    } else if state.left == 0 {
        let help = "Write the coverage again: no sources are that long.";
        state.builder.problem(Span::default(), true, format!("its regions span more than {MOST} lines"), help);
    }
    state.builder.finish()
}

/// What is known while an export is read.
struct Export {
    builder: Builder,
    /// Lines that may still be counted.
    left: usize,
}

/// A file with its regions.
#[derive(Deserialize)]
struct File {
    filename: String,
    #[serde(default)]
    segments: Vec<Segment>,
    /// Conditions: from line and column to line and column, how often each was true, how often false, and more.
    #[serde(default)]
    branches: Vec<Vec<f64>>,
}

/// Where a region begins or ends: line, column, count, whether it has one, whether a region begins, whether it is a gap.
#[derive(Deserialize)]
struct Segment(f64, IgnoredAny, f64, bool, bool, #[serde(default)] bool);

/// The export as a whole, one of its parts, or a list of either.
struct Root<'e>(&'e mut Export);

impl<'de> DeserializeSeed<'de> for Root<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Root<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an export of llvm-cov")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(key) = map.next_key::<String>()? {
            match key.as_str() {
                "data" => map.next_value_seed(Root(self.0))?,
                "files" => map.next_value_seed(Files(self.0))?,
                "version" => self.0.version(&map.next_value::<serde_json::Value>()?),
                _ => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Root(self.0))?.is_some() {}
        Ok(())
    }
}

/// The list of files.
struct Files<'e>(&'e mut Export);

impl<'de> DeserializeSeed<'de> for Files<'_> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, json: D) -> Result<(), D::Error> {
        json.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Files<'_> {
    type Value = ();
    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list of files")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(file) = list.next_element::<File>()? {
            self.0.file(&file);
        }
        Ok(())
    }
}

impl Export {
    /// The format changed once with its first number: another one may mean something else by the same names.
    fn version(&mut self, version: &serde_json::Value) {
        let known = version.as_str().is_some_and(|version| version.starts_with("2.") || version.starts_with("3."));
        if !known {
            let help = "Write the coverage with a version of llvm-cov that is known, or as LCOV.";
            self.builder.problem(Span::default(), true, format!("the version {version} of its format is not known"), help);
        }
    }

    fn file(&mut self, file: &File) {
        let id = self.builder.file(&file.filename, Span::default());
        let counted = |count: f64| (0.0..=super::MOST_COUNTED).contains(&count);
        if let Some(odd) = file.segments.iter().find(|segment| !counted(segment.2)) {
            self.builder.no_count(id, &odd.2.to_string());
            return;
        }
        for branch in &file.branches {
            let [line, column, _, _, yes, no, ..] = branch.as_slice() else { continue };
            let Some(line) = self.line(id, *line) else { continue };
            // Several conditions may stand on one line: the column tells them apart.
            let at = column.to_bits().wrapping_mul(2);
            self.builder.way(id, line, at, *yes > 0.0);
            self.builder.way(id, line, at.wrapping_add(1), *no > 0.0);
        }
        self.lines(id, &file.segments);
    }

    /// The lines of a file: one counts as often as the region that it lies in, or the busiest that begins on it.
    fn lines(&mut self, file: u32, segments: &[Segment]) {
        let mut around: Option<&Segment> = None;
        for here in segments.chunk_by(|a, b| a.0 == b.0) {
            let (Some(first), Some(last)) = (here.first(), here.last()) else { continue };
            let Some(line) = self.line(file, first.0) else { continue };
            if let Some(before) = around.filter(|before| before.3)
                && let Some(begin) = self.line(file, before.0)
            {
                for between in begin.saturating_add(1)..line.min(MAX_LINE) {
                    if self.left == 0 {
                        return;
                    }
                    self.left -= 1;
                    self.builder.add(file, between, before.2 > 0.0);
                }
            }
            let begins = || here.iter().filter(|segment| segment.3 && segment.4 && !segment.5);
            let skipped = first.4 && !first.3;
            let counted = around.is_some_and(|around| around.3);
            if !skipped && (counted || begins().next().is_some()) {
                let busiest = begins().map(|segment| segment.2).chain(around.map(|around| around.2)).fold(0.0, f64::max);
                self.builder.add(file, line, busiest > 0.0);
            }
            around = Some(last);
        }
    }

    /// A number as a line; one that is none is told at the end.
    fn line(&mut self, file: u32, number: f64) -> Option<u32> {
        let whole = number.fract() == 0.0 && (0.0..=f64::from(u32::MAX)).contains(&number);
        let line = whole.then(|| number.to_string().parse().ok()).flatten();
        self.builder.line(file, line, || number.to_string())
    }
}
