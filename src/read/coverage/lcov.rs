//! LCOV: lines of records, a section for each source file.
//!
//! `TN:` names the test under which all that follows ran, where a producer writes one file for several tests. Records of
//! later versions (functions by index, MC/DC) say nothing about lines and are passed over.

use super::AGAIN;
use super::builder::Builder;
use crate::model::Facts;
use crate::source::Span;
use rustc_hash::FxHasher;
use std::hash::{Hash, Hasher};

/// The records of a section that say nothing here, and those that only count.
const OTHERS: &[&str] =
    &["FN", "FNDA", "FNL", "FNA", "FNF", "FNH", "BRF", "BRH", "LF", "LH", "MCDC", "MCF", "MCH", "VER", "BA", "KILL"];

/// Whether the beginning of a text looks like LCOV: its first line is a record of it.
pub(super) fn looks_like(head: &str) -> bool {
    let first = head.lines().map(str::trim).find(|line| !line.is_empty() && !line.starts_with('#')).unwrap_or("");
    first.starts_with("TN:") || first.starts_with("SF:")
}

/// Reads a file.
pub(super) fn read(text: &str) -> Facts {
    let mut state = Sections { builder: Builder::default(), test: None, open: None };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::new(at, at + line.trim_end().len());
        at += line.len();
        state.line(line.trim(), span);
    }
    if let Some((_, path)) = state.open {
        let reason = format!("the file ends in the middle of the section of `{path}`");
        state.builder.problem(Span::new(text.len(), text.len()), true, reason, AGAIN);
    }
    state.builder.finish()
}

struct Sections<'t> {
    builder: Builder,
    /// The context of the test that is named.
    test: Option<u32>,
    /// The file of the section that is open.
    open: Option<(u32, &'t str)>,
}

impl<'t> Sections<'t> {
    fn line(&mut self, line: &'t str, span: Span) {
        let (record, value) = line.split_once(':').unwrap_or((line, ""));
        match (record, self.open) {
            ("" | "#", _) => {}
            ("TN", _) => {
                // A diff of two runs writes its name behind a comma.
                let name = value.split(',').next().unwrap_or("").trim();
                self.test = (!name.is_empty()).then(|| self.builder.context(name));
            }
            ("SF", None) => self.open = Some((self.builder.file(value, span), value)),
            ("end_of_record", _) => self.open = None,
            ("DA", Some((file, _))) => self.data(file, value, span),
            ("BRDA", Some((file, _))) => self.branch(file, value),
            (known, _) if OTHERS.contains(&known) || line.starts_with('#') => {}
            _ => self.unreadable(line, span),
        }
    }

    /// `DA:line,count[,checksum]`.
    fn data(&mut self, file: u32, value: &str, span: Span) {
        let mut parts = value.split(',');
        let (number, count) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
        // Large counts are written as decimal fractions by some; more than a counter holds was counted by none.
        let counted = |count: &f64| (0.0..=super::MOST_COUNTED).contains(count);
        let Some(count) = count.trim().parse::<f64>().ok().filter(counted) else {
            return self.unreadable(value, span);
        };
        let Some(line) = self.builder.line(file, number.trim().parse().ok(), || number.to_owned()) else { return };
        self.builder.add(file, line, count > 0.0);
        if let (true, Some(test)) = (count > 0.0, self.test) {
            self.builder.ran(file, test, line);
        }
    }

    /// `BRDA:line,block,branch,taken`; the branch may be free text, and hold commas.
    fn branch(&mut self, file: u32, value: &str) {
        let Some((number, rest)) = value.split_once(',') else { return };
        let Some((way, taken)) = rest.rsplit_once(',') else { return };
        let Some(line) = self.builder.line(file, number.trim().parse().ok(), || number.to_owned()) else { return };
        let mut hasher = FxHasher::default();
        way.hash(&mut hasher);
        self.builder.way(file, line, hasher.finish(), !matches!(taken.trim(), "-" | "0"));
    }

    fn unreadable(&mut self, line: &str, span: Span) {
        if self.builder.problems() == 0 {
            let shown: String = line.chars().take(60).collect();
            self.builder.problem(span, true, format!("`{shown}` is no record of LCOV"), AGAIN);
        }
    }
}
