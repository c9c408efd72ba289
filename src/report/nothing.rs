//! Nothing to check: what was looked at, and what it would take.

use crate::finding::Finding;
use crate::link::graph::Graph;
use crate::link::sightings::is_file_name;
use crate::model::Role;
use crate::model::record::Kind;
use crate::model::test_case::{Grade, Verb};
use crate::model::vocabulary::{is_foreign, words};
use crate::report::visible;
use crate::source::Place;
use crate::verdict;
use std::collections::BTreeMap;

/// More reasons or clues than this are too many for an error.
const SHOWN: usize = 3;

/// More findings about records are only counted.
const TOLD: usize = 20;

/// So many identifiers of one family are more than words of the text.
const ENOUGH: usize = 3;

/// A run that found no requirement in force.
#[derive(Debug, Clone, Copy)]
pub struct Nothing<'a> {
    /// What was read, as a person would write it.
    pub named: &'a str,
    /// The number of files in it.
    pub files: usize,
    /// What was found all the same.
    pub graph: &'a Graph,
    /// What the checks said.
    pub findings: &'a [Finding],
    /// Whether the configuration names records.
    pub records_named: bool,
    /// Paths that no reader took, with the reason.
    pub passed_over: &'a [(String, String)],
}

impl Nothing<'_> {
    /// What is wrong, in one line.
    pub fn message(&self) -> String {
        let named = self.named;
        match (self.files, self.graph.requirements.len()) {
            (0, _) => format!("nothing to check: `{named}` has no files"),
            (_, 0) => match self.graph.records().len() {
                0 => format!("nothing to check in `{named}`: no requirement was found"),
                // Records were read and checked: that is no verdict on requirements that may stand where nobody looked.
                count => format!(
                    "no verdict on `{named}`: no requirement was found; {} read and checked",
                    if count == 1 { String::from("1 controlled record was") } else { format!("{count} controlled records were") }
                ),
            },
            (_, all) => {
                format!(
                    "nothing to check in `{named}`: no requirement is in force and verified by a test, of {all} in all, and nothing else is known to be wrong"
                )
            }
        }
    }

    /// What was looked at, and signs of requirements that are kept elsewhere or were not understood: a line each.
    pub fn lines(&self) -> String {
        if self.files == 0 {
            return String::new();
        }
        let clues = self.clues().into_iter().take(SHOWN).map(|clue| format!("  clue: {clue}"));
        std::iter::once(self.looked_at())
            .chain(clues)
            .chain(self.told())
            .map(|line| visible::line(&line).into_owned() + "\n")
            .collect()
    }

    /// What was found about records.
    fn of_records(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| verdict::is_about_records(finding.code))
    }

    /// What was found about records, a line each: it is no verdict, and it is true all the same.
    fn told(&self) -> Vec<String> {
        let line = |finding: &Finding| {
            let input = self.graph.input(finding.place.file);
            let (line, _) = input.text.position(finding.place.span.start);
            format!("  {} {} {}:{line} {}", finding.code, finding.severity.name(), input.path, finding.message)
        };
        let mut lines: Vec<String> = self.of_records().take(TOLD).map(line).collect();
        let more = self.of_records().count().saturating_sub(TOLD);
        lines.extend((more > 0).then(|| format!("  and {}", visible::count(more, "more finding"))));
        lines
    }

    /// What to do.
    pub fn help(&self) -> &'static str {
        match (self.files, self.graph.requirements.len()) {
            (0, _) => "Name the folder that holds the documents and the tests.",
            (_, 0) if !self.graph.records().is_empty() && !self.records_named => {
                "`tracegate check` takes records alone for what there is to check where tracegate.toml names them: `records = [\"records/**\"]` in the section `[documents]`. Where a document holds requirements, name it under `specifications` there; `tracegate list files` says what each file was taken for."
            }
            (_, 0) => {
                "Requirements are read from tables (`| REQ-1 | text |`), headings (`### REQ-1: text`), list items (`- **REQ-1**: text`), directives (`.. req::`), YAML and CSV. Where a document holds some, name it under `specifications` in the section `[documents]` of tracegate.toml; `tracegate list files` says what each file was taken for."
            }
            _ => "`tracegate list requirements` shows them with their places.",
        }
    }

    /// What the files were taken for, and why others were passed over.
    fn looked_at(&self) -> String {
        let (mut documents, mut code) = (0, 0);
        for input in &self.graph.inputs {
            match input.role {
                Some(Role::Tests | Role::Source) => code += 1,
                _ => documents += 1,
            }
        }
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        for (_, reason) in self.passed_over {
            *reasons.entry(reason).or_default() += 1;
        }
        let mut reasons: Vec<(&str, usize)> = reasons.into_iter().collect();
        reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let passed: Vec<String> = reasons.iter().take(SHOWN).map(|(reason, count)| format!("{reason}: {count}")).collect();
        let passed = if passed.is_empty() { String::new() } else { format!("; passed over: {}", passed.join(", ")) };
        let tests: usize = self.graph.tests.len();
        let some = |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
        let documents = some(documents, "document or data file", "documents and data files");
        let (code, tests) = (visible::count(code, "source file"), some(tests, "test or helper", "tests and helpers"));
        format!("  looked at: {documents}, {code} with {tests}{passed}")
    }

    /// Signs of requirements that are kept elsewhere or were not understood.
    fn clues(&self) -> Vec<String> {
        let graph = self.graph;
        let unread = graph.inputs.iter().flat_map(|input| {
            let lost = input.facts.problems.iter().filter(|problem| problem.whole_file);
            lost.map(move |problem| format!("{}: {}. {}", input.path, problem.reason, problem.help))
        });
        let absent = self.passed_over.iter().filter(|(_, reason)| reason.contains("submodule"));
        let absent = absent.map(|(path, reason)| format!("{path}: {reason}"));
        let archived = self.passed_over.iter().filter(|(path, reason)| reason.contains("archive") && tells_requirements(path));
        let archived = archived.map(|(path, reason)| format!("{path} was passed over: {reason}"));
        let ended = graph
            .inputs
            .iter()
            .filter(|input| input.facts.document.as_ref().is_some_and(|document| document.ended && !document.replaced));
        let ended = ended.map(|input| format!("{} says itself that it is no longer in force", input.path));
        let doubtful = self.findings.iter().filter(|finding| finding.code == "Q04").map(|finding| finding.message.clone());
        let told = doubtful.clone().collect::<Vec<_>>().join(" ");
        let matrices = graph.files().filter(|(file, input)| {
            !told.contains(&input.path)
                && input.facts.rows.is_empty()
                && graph.document(*file).is_some_and(|document| document.kind == Kind::Matrix)
        });
        let matrices = matrices.map(|(_, input)| {
            format!("{} calls itself a matrix, but none of its tables has a column of identifiers", input.path)
        });
        let records = (!graph.records().is_empty()).then(|| {
            let (count, verb) = (graph.records().len(), if graph.records().len() == 1 { "stands" } else { "stand" });
            let what = format!("{} {verb} here", visible::count(count, "controlled record"));
            let (them, are) = if count == 1 { ("it", "it is") } else { ("them", "they are") };
            match self.of_records().count() {
                0 => format!("{what}; `tracegate list records` shows {them}"),
                found => format!(
                    "{what}, with {} about {them}; nothing says that {are} all that there is to check",
                    visible::count(found, "finding")
                ),
            }
        });
        unread
            .chain(absent)
            .chain(records)
            .chain(claimed(graph))
            .chain(doubtful)
            .chain(matrices)
            .chain(ended)
            .chain(archived)
            .collect()
    }
}

/// Whether the name of a document says that it holds requirements or a matrix.
fn tells_requirements(path: &str) -> bool {
    let name = words(path.rsplit('/').next().unwrap_or(path));
    name.split(' ').any(|word| matches!(word, "requirements" | "srs" | "prd" | "traceability" | "rtm"))
}

/// Whether tests and code name requirements of which none is there: their specification was lost or is kept elsewhere.
pub fn names_requirements(graph: &Graph) -> bool {
    claimed(graph).is_some()
}

/// Identifiers that tests and code name in their markers, of which nothing is defined where nothing is.
fn claimed(graph: &Graph) -> Option<String> {
    let mut families: BTreeMap<&str, BTreeMap<&str, Place>> = BTreeMap::new();
    let is_unknown = |id: &str| !is_foreign(id) && !is_file_name(id) && graph.records().get(id).is_none();
    for (file, input) in graph.files() {
        let named = input.facts.markers.iter().filter(|marker| marker.grade == Grade::Function || marker.verb != Verb::Mentions);
        for mention in named.flat_map(|marker| &marker.ids) {
            if let Some((id, root)) =
                mention.id().filter(|id| is_unknown(id)).and_then(|id| Some((id, id.split_once(['-', '_', '~', ' '])?.0)))
            {
                families.entry(root).or_default().entry(id).or_insert(Place::new(file, mention.span));
            }
        }
    }
    // Of those that begin alike, the most: two or three mentions may name anything.
    let (_, ids) = families.into_iter().max_by_key(|(_, ids)| ids.len()).filter(|(_, ids)| ids.len() >= ENOUGH)?;
    let (id, place) = ids.iter().min_by_key(|(_, place)| **place)?;
    let input = graph.input(place.file);
    let (line, _) = input.text.position(place.span.start);
    Some(format!("tests and code name {} identifiers that nothing here defines, {id} first ({}:{line})", ids.len(), input.path))
}
