//! Files that were made alike: what their tests have in common is told once.

use super::finding;
use crate::check::support::count;
use crate::finding::Finding;
use crate::link::graph::{Graph, ReqId, TestId};
use std::collections::BTreeMap;

/// So many files whose tests are called alike but for a number were made by one hand.
const MANY: usize = 4;

/// More files than this are only counted.
const SHOWN: usize = 4;

/// Requirements, and the tests of one file that are evidence of all of them.
type Shared<'g> = (&'g [ReqId], &'g [TestId]);

/// One finding a file, or one for many files whose tests are called alike.
pub(super) fn findings(graph: &Graph, shared: Vec<Shared<'_>>) -> Vec<Finding> {
    let mut alike: BTreeMap<String, Vec<Shared<'_>>> = BTreeMap::new();
    for one in shared {
        let name = one.1.first().map_or_else(String::new, |test| graph.test(*test).qualified());
        alike.entry(name.replace(|c: char| c.is_ascii_digit(), "")).or_default().push(one);
    }
    let told = |groups: Vec<Shared<'_>>| match groups.len() {
        0..MANY => groups.into_iter().filter_map(|(shared, tests)| finding(graph, shared, tests)).collect(),
        _ => together(graph, &groups).into_iter().collect::<Vec<Finding>>(),
    };
    alike.into_values().flat_map(told).collect()
}

fn together(graph: &Graph, groups: &[Shared<'_>]) -> Option<Finding> {
    let ((_, tests), others) = groups.split_first()?;
    let first = tests.first()?;
    let name = graph.test(*first).qualified();
    let sizes = || groups.iter().map(|(shared, _)| shared.len());
    let (least, most) = (sizes().min()?, sizes().max()?);
    let range = if least == most { count(most, "requirement") } else { format!("{least} to {}", count(most, "requirement")) };
    let tests: usize = groups.iter().map(|(_, tests)| tests.len()).sum();
    let message = format!(
        "{name} and {} of {} that are called alike are each evidence of {range}.",
        count(tests.saturating_sub(1), "other test"),
        count(groups.len(), "file")
    );
    let finding = Finding::new(graph.test_place(*first), name, message)
        .label(format!("evidence of {range}"))
        .help("Name at each test only the requirements that it checks; if they do check them all, leave it.");
    let places = others.iter().take(SHOWN).filter_map(|(_, tests)| tests.first());
    Some(places.fold(finding, |finding, test| finding.related(graph.test_place(*test), "and here")))
}
