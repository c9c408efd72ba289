//! Stated numbers of requirements against those that are defined.

use crate::check::support::count;
use crate::finding::Finding;
use crate::link::graph::{Found, Graph, Input, Requirement};
use crate::model::claim::What;
use crate::model::requirement::Standing;
use crate::source::{FileId, Place};
use std::collections::BTreeSet;

/// The requirements that a matrix speaks for, and those that it has rows for.
struct Facts<'g> {
    /// Per specification, the one with most rows first.
    defined: Vec<(&'g str, Place, Vec<&'g Requirement>)>,
    rows: BTreeSet<&'g str>,
}

pub(super) fn check(graph: &Graph, file: FileId, input: &Input, findings: &mut Vec<Finding>) {
    let about = |what: &What| matches!(what, What::Requirements(_) | What::Family(..));
    if !input.facts.claims.iter().any(|claim| about(&claim.what)) {
        return;
    }
    let facts = facts(graph, file);
    for claim in &input.facts.claims {
        let place = Place::new(file, claim.span);
        let finding = match &claim.what {
            What::Requirements(stated) => facts.compare(*stated, None).map(|told| report(place, "requirements", *stated, &told)),
            What::Family(name, stated) => {
                facts.compare(*stated, Some(name)).map(|told| report(place, &format!("{name} requirements"), *stated, &told))
            }
            _ => None,
        };
        findings.extend(finding.map(|finding| match facts.defined.first() {
            Some((_, place, _)) => finding.related(*place, "the first requirement of the specification"),
            None => finding,
        }));
    }
}

fn report(place: Place, what: &str, stated: u64, told: &str) -> Finding {
    Finding::new(place, format!("{stated} {what}"), format!("The matrix states {stated} {what}, but {told}"))
        .label("not so many")
        .help("Count again and correct the number; if it was right once, find out which requirement was lost.")
}

fn facts<'g>(graph: &'g Graph, file: FileId) -> Facts<'g> {
    let mut rows = BTreeSet::new();
    for target in graph.rows.iter().filter(|node| node.fact.file == file).flat_map(|node| &node.targets) {
        if target.found != Found::Foreign {
            rows.insert(target.id.as_str());
        }
    }
    let mut bound: Vec<(u32, u32)> = graph.bindings.iter().filter(|one| one.0 == file).map(|one| (one.1, one.2)).collect();
    bound.sort_by_key(|(namespace, rows)| (std::cmp::Reverse(*rows), *namespace));
    let defined = bound.into_iter().filter_map(|(at, _)| {
        let namespace = graph.namespaces.get(at as usize).filter(|namespace| !namespace.by_matrix)?;
        let members: Vec<&Requirement> = graph.requirements.iter().filter(|one| one.namespace == at).collect();
        let place = members.first()?.place;
        Some((namespace.name.as_str(), place, members))
    });
    Facts { defined: defined.collect(), rows }
}

impl Facts<'_> {
    /// What is wrong with a stated number, if it fits no way of counting.
    fn compare(&self, stated: u64, family: Option<&str>) -> Option<String> {
        let member = |id: &str| family.is_none_or(|family| in_family(id, family));
        let own = |id: &str| {
            family.is_none_or(|family| {
                let number = id.strip_prefix(family).map(|rest| rest.trim_start_matches(['-', '_']));
                number.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
            })
        };
        let mut possible: BTreeSet<u64> = BTreeSet::new();
        let rows = self.rows.iter().filter(|id| member(id)).count();
        possible.insert(number(rows));
        let mut sums = [0; 4];
        for (_, _, members) in &self.defined {
            let members: Vec<&&Requirement> = members.iter().filter(|one| member(&one.id)).collect();
            let counts = counts(&members);
            for (sum, count) in sums.iter_mut().zip(counts) {
                *sum += count;
            }
            possible.extend(counts);
            let direct: Vec<&&Requirement> = members.into_iter().filter(|one| own(&one.id)).collect();
            possible.extend(self::counts(&direct));
        }
        possible.extend(sums);
        let [active, with_planned, all, _] = sums;
        if possible.contains(&stated) || all == 0 && rows == 0 {
            return None;
        }
        let Some((name, ..)) = self.defined.first() else {
            return Some(format!("it has rows for {}", count(rows, "requirement")));
        };
        let name = if self.defined.len() == 1 { (*name).to_owned() } else { format!("{} specifications", self.defined.len()) };
        let verb = if self.defined.len() == 1 { "defines" } else { "define" };
        let mut parts = Vec::new();
        for (count, word) in [(with_planned - active, "planned"), (all - with_planned, "retired")] {
            if count > 0 {
                parts.push(format!("{count} {word}"));
            }
        }
        let rest = if parts.is_empty() { String::new() } else { format!(" and {}", parts.join(" and ")) };
        let force = if parts.is_empty() { "" } else { " in force" };
        Some(format!("{name} {verb} {active}{force}{rest}, and the matrix has rows for {rows}"))
    }
}

/// Ways of counting: in force, with the planned ones, all, without group headings.
fn counts(members: &[&&Requirement]) -> [u64; 4] {
    let of = |keep: &dyn Fn(&Requirement) -> bool| number(members.iter().filter(|one| keep(one)).count());
    [
        of(&|one| one.standing == Standing::Active),
        of(&|one| one.standing != Standing::Retired),
        number(members.len()),
        of(&|one| one.standing == Standing::Active && one.children.is_empty()),
    ]
}

fn in_family(id: &str, family: &str) -> bool {
    id.strip_prefix(family).is_some_and(|rest| rest.starts_with(|c: char| matches!(c, '-' | '_') || c.is_ascii_digit()))
}

fn number(count: usize) -> u64 {
    u64::try_from(count).unwrap_or(u64::MAX)
}
