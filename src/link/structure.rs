//! How much of the code that implements a requirement ran, by all tests together, and what policies ask of it.
//!
//! Tools leave out what a comment in the code excludes; such lines stand in no coverage and count for nothing here either.

use super::code::Part;
use super::executed::has_moved;
use super::graph::{Found, Graph, ReqId, Requirement};
use super::lookup::Lookup;
use crate::model::coverage::{Coverage, CoveredFile};
use crate::read::grammar::identifier;
use crate::settings::{Extent, Settings};
use crate::source::FileId;
use std::collections::BTreeMap;

/// What one policy asks of the coverage of implementing code.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The requirements that it is for.
    pub requirements: Vec<ReqId>,
    /// As the policy names them.
    pub named: String,
    /// How much must run.
    pub extent: Extent,
}

/// Why it is not known how much of some code ran.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unmeasured {
    /// No coverage was read.
    NoCoverage,
    /// Nothing says which code implements the requirement.
    NoCode,
    /// The file is measured nowhere.
    NotMeasured,
    /// The lines of the coverage are not those of the file.
    OtherVersion,
    /// The format does not tell which lines did not run.
    OnlyRan,
    /// The code has no line that could run.
    NoLines,
    /// The coverage has no branches at all.
    NoBranches,
    /// Several coverage files have branches of one line, and it is not told which.
    BranchesApart,
}

impl Unmeasured {
    /// A clause that completes "not assessed: …".
    pub fn text(self) -> &'static str {
        match self {
            Self::NoCoverage => "no coverage file was read",
            Self::NoCode => "nothing says which code implements it",
            Self::NotMeasured => "the coverage does not have the implementing code",
            Self::OtherVersion => "the coverage is of another version of the implementing code",
            Self::OnlyRan => "the coverage does not tell which lines did not run",
            Self::NoLines => "the coverage has no line of the implementing code",
            Self::NoBranches => "the coverage has no branches",
            Self::BranchesApart => "several coverage files have branches of the same lines, and do not say which of them",
        }
    }
}

/// How much of some code ran.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ran {
    /// The lines that could run, and whether each did.
    pub lines: BTreeMap<(FileId, u32), bool>,
    /// The ways on from lines, or why they are not known.
    pub branches: Option<Ways>,
}

/// The ways on from lines: at least and at most so many were taken, of how many.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Ways(pub BTreeMap<(FileId, u32), (u32, u32, u32)>);

impl Ways {
    /// Sums over all lines: at least taken, at most taken, of how many.
    pub fn sums(&self) -> (u32, u32, u32) {
        self.0.values().fold((0, 0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1, sum.2 + one.2))
    }
}

impl Graph {
    /// How much of the code of a requirement ran.
    pub fn ran_of_code(&self, one: &Requirement) -> Result<Ran, Unmeasured> {
        if !self.measured.any {
            return Err(Unmeasured::NoCoverage);
        }
        if one.parts.is_empty() {
            return Err(Unmeasured::NoCode);
        }
        let mut ran = Ran { branches: Some(Ways::default()), ..Ran::default() };
        for part in &one.parts {
            self.add_part(part, &mut ran)?;
        }
        if ran.lines.is_empty() { Err(Unmeasured::NoLines) } else { Ok(ran) }
    }

    fn add_part(&self, part: &Part, ran: &mut Ran) -> Result<(), Unmeasured> {
        let measured: Vec<(&Coverage, &CoveredFile)> = self.measured_by_all(part.file).collect();
        if measured.is_empty() {
            return Err(Unmeasured::NotMeasured);
        }
        if self.is_of_other_lines(part, &measured) {
            return Err(Unmeasured::OtherVersion);
        }
        if measured.iter().all(|(_, file)| file.only_ran) {
            return Err(Unmeasured::OnlyRan);
        }
        let text = &self.input(part.file).text;
        let span = self.part_span(part);
        let own = text.position(span.start).0..=text.position(span.end().saturating_sub(1)).0;
        for (_, file) in &measured {
            for line in file.missing.iter().filter(|line| own.contains(line)) {
                ran.lines.entry((part.file, *line)).or_insert(false);
            }
            for line in file.executed.iter().filter(|line| own.contains(line)) {
                ran.lines.insert((part.file, *line), true);
            }
        }
        // A file without branches may be code without choices, where the tool tells those of other files.
        let told = |(coverage, _): &(&Coverage, &CoveredFile)| coverage.files.iter().any(|file| !file.branches.is_empty());
        match ran.branches.as_mut().filter(|_| measured.iter().any(told)) {
            None => ran.branches = None,
            Some(ways) => {
                for branch in measured.iter().flat_map(|(_, file)| &file.branches).filter(|one| own.contains(&one.line)) {
                    let known = ways.0.entry((part.file, branch.line)).or_default();
                    let of = known.2.max(branch.ways);
                    // Of two runs it is not told whether they took the same ways.
                    *known = (known.0.max(branch.taken), of.min(known.1.saturating_add(branch.taken)), of);
                }
            }
        }
        Ok(())
    }

    /// Whether the lines of coverage are not those of the file: they reach behind its end, or a function has moved.
    fn is_of_other_lines(&self, part: &Part, measured: &[(&Coverage, &CoveredFile)]) -> bool {
        let text = &self.input(part.file).text;
        let last = u32::try_from(text.line_count()).unwrap_or(u32::MAX);
        if measured.iter().any(|(_, file)| file.last_line() > last) {
            return true;
        }
        let Some(outline) = self.outline(part.file).filter(|outline| outline.exact) else { return false };
        let span = self.part_span(part);
        let mut within = outline.symbols.iter().filter(|symbol| span.contains(symbol.body) && symbol.running.len > 0);
        within.any(|symbol| measured.iter().any(|(_, file)| has_moved(symbol, file, |offset| text.position(offset).0)))
    }
}

/// What the policies ask for, with the requirements that they name.
pub(super) fn asked(lookup: &Lookup, settings: &Settings) -> Vec<Asked> {
    let asking = settings.policies.iter().filter_map(|policy| Some((policy, policy.coverage?)));
    let asked = asking.map(|(policy, extent)| {
        let mentions = identifier::list(&policy.requirements.text, 0);
        let targets = mentions.iter().flat_map(|mention| lookup.resolve(mention, ""));
        let one = |found: Found| match found {
            Found::One(id) => Some(id),
            Found::Ambiguous(_) | Found::Missing | Found::Foreign => None,
        };
        let mut requirements: Vec<ReqId> = targets.filter_map(|target| one(target.found)).collect();
        requirements.sort_unstable();
        requirements.dedup();
        Asked { requirements, named: policy.requirements.text.clone(), extent }
    });
    asked.collect()
}
