//! What the tests of a requirement ran of the code that implements it.

use super::Item;
use crate::link::alternatives::{Alternative, Reach};
use crate::link::cited::Cited;
use crate::link::code::{Part, Source};
use crate::link::executed::Ran;
use crate::link::graph::{Graph, ReqId, Requirement};
use crate::link::mutated::{Change, Killing};
use crate::model::mutation::Fate;
use crate::source::Place;
use std::collections::BTreeSet;

/// The code that implements a requirement, a piece each, with what each test ran of it.
pub(super) fn implementation(graph: &Graph, one: &Requirement) -> Vec<Item> {
    let tests = graph.cited(one);
    one.parts.iter().map(|part| piece(graph, part, &tests).with_source(graph, part, "implements it")).collect()
}

/// The mutants of the code that implements a requirement, and what became of each.
pub(super) fn mutants(graph: &Graph, one: &Requirement) -> Vec<Item> {
    if !graph.mutated.any {
        return Vec::new();
    }
    let (changes, _) = graph.changes_of(one);
    let item = |change: &Change<'_>| {
        let line = graph.input(change.file).text.line_span(change.mutant.line).unwrap_or_default();
        let killers: Vec<String> = graph.killers(change).map(|test| graph.test(test).qualified()).collect();
        let fate = match change.mutant.fate {
            Fate::Killed if killers.is_empty() => "killed".to_owned(),
            Fate::Killed => format!("killed by {}", killers.join(", ")),
            Fate::Survived => "survived".to_owned(),
            Fate::Uncovered => "no test runs it".to_owned(),
            Fate::Untried | Fate::Invalid => "not tried".to_owned(),
        };
        Item::at(graph, Place::new(change.file, line), format!("{}: {fate}", change.mutant.what))
    };
    let open = match one.killing {
        Killing::NotAssessed(unknown) => Some(Item::new(format!("not assessed: {}", unknown.text()))),
        Killing::Kills | Killing::KillsNone => None,
    };
    changes.iter().map(item).chain(open).collect()
}

/// The places at which the evidence of a requirement must enter the code.
pub(super) fn entries(graph: &Graph, id: ReqId) -> Vec<Item> {
    let own = graph.code.entries.iter().filter(|entry| entry.requirements.contains(&id));
    let tests = graph.cited(graph.requirement(id));
    own.map(|entry| piece(graph, &entry.part, &tests).with_source(graph, &entry.part, "is its entry point")).collect()
}

/// The alternatives that the text of a requirement writes out, with what its tests do for each.
pub(super) fn alternatives(graph: &Graph, one: &Requirement) -> Vec<Item> {
    let item = |alternative: Alternative| {
        let value = format!("`{}`", alternative.value);
        let text = match alternative.reach {
            Reach::Spoken => format!("{value} is named by the tests"),
            Reach::Ran(line) => format!("{value} is reached: a test takes the way of line {line}"),
            Reach::Unspoken => format!("{value} is not found in the tests"),
            Reach::Untaken(line) => format!("{value} is chosen on line {line}, of which not all ways were taken"),
            Reach::NotAssessed(why) => format!("{value} is not assessed: {why}"),
        };
        Item::at(graph, alternative.place, text)
    };
    graph.alternatives(one).into_iter().flatten().map(item).collect()
}

impl Item {
    fn with_source(mut self, graph: &Graph, part: &Part, what: &str) -> Self {
        let item = match part.source {
            Source::Marker(fact) => {
                Self::at(graph, Place::new(fact.file, graph.marker(fact).span), format!("a marker says that it {what}"))
            }
            Source::Row(row) => {
                let node = graph.row_node(row);
                Self::at(graph, Place::new(node.fact.file, graph.row(node).span), format!("a row says that it {what}"))
            }
            Source::Policy => Self::new(format!("the configuration says that it {what}")),
        };
        self.items.insert(0, item);
        self
    }
}

fn piece(graph: &Graph, part: &Part, tests: &[Cited<'_>]) -> Item {
    let item = Item::at(graph, graph.part_place(part), graph.part_name(part));
    let callable = match graph.callable(part) {
        Ok(lines) => lines,
        Err(unknown) => return item.with(vec![Item::new(format!("not assessed: {}", unknown.text()))]),
    };
    let mut ran: BTreeSet<u32> = BTreeSet::new();
    let mut items = Vec::new();
    for test in tests {
        let name = test.name(graph);
        let text = match graph.ran(part, test) {
            Some(Ran::Lines(lines)) if lines.is_empty() => format!("{name} ran none of its lines"),
            Some(Ran::Lines(lines)) => {
                ran.extend(&lines);
                format!("{name} ran {}", listed(&lines))
            }
            Some(Ran::Together(lines)) => {
                let name = graph.test(test.test).qualified();
                format!("some case of {name} ran {}: the coverage does not tell its cases apart", listed(&lines))
            }
            Some(Ran::Unmeasured) | None => format!("{name} is not in the coverage of it"),
        };
        items.push(Item::at(graph, graph.test_place(test.test), text));
    }
    let open: Vec<u32> = callable.iter().copied().filter(|line| !ran.contains(line)).collect();
    if !open.is_empty() {
        items.push(Item::new(format!("no test of it ran {}", listed(&open))));
    }
    let choices = graph.outline(part.file).map_or(&[][..], |outline| &outline.choices);
    let chosen: Vec<u32> = ran.iter().copied().filter(|line| choices.binary_search(line).is_ok()).collect();
    if !chosen.is_empty() {
        items.push(Item::new(format!("which way was taken on {} is not known: lines do not say it", listed(&chosen))));
    }
    // Of a line that no test of it ran nothing more is to be told.
    for (line, open, ways) in graph.untaken(part).into_iter().filter(|(line, ..)| ran.contains(line)) {
        items.push(Item::new(format!("{open} of {ways} ways on from line {line} were never taken by any test")));
    }
    item.with(items)
}

/// Lines as a sentence has them: `line 3`, `lines 3 to 5 and 9`.
fn listed(lines: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for line in lines {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *line => *last = *line,
            _ => runs.push((*line, *line)),
        }
    }
    let words: Vec<String> =
        runs.iter().map(|(first, last)| if first == last { first.to_string() } else { format!("{first} to {last}") }).collect();
    let noun = if lines.len() == 1 { "line" } else { "lines" };
    match words.split_last() {
        Some((last, [])) => format!("{noun} {last}"),
        Some((last, others)) => format!("{noun} {} and {last}", others.join(", ")),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn lines_in_words() {
        assert_eq!(listed(&[3]), "line 3");
        assert_eq!(listed(&[3, 4]), "lines 3 to 4");
        assert_eq!(listed(&[3, 4, 5, 9, 11]), "lines 3 to 5, 9 and 11");
    }
}
