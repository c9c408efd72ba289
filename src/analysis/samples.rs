//! Projects that stand in a folder of examples.
//!
//! Documents below `examples` are passed over, and code is not: examples are often run. Where the tests of a tree stand there
//! and nowhere else, the folder is the project, and its documents are read by the same rule as its code.

use super::{Choice, Taken, take};
use crate::discover::samples::folder;
use crate::discover::tree::Tree;
use crate::link::graph::Input;
use crate::model::test_case::Kind;
use rayon::prelude::*;
use std::collections::BTreeSet;

/// Reads the documents of such folders, which were passed over before.
pub(super) fn read<'c>(tree: &dyn Tree, choice: &'c Choice, taken: &mut [Taken<'c>]) {
    let projects = projects(taken);
    if projects.is_empty() {
        return;
    }
    taken.par_iter_mut().zip(tree.files().par_iter()).enumerate().for_each(|(at, (taken, entry))| {
        let path = entry.path.as_str();
        let own = projects.iter().find_map(|folder| path.strip_prefix(folder.as_str())?.strip_prefix('/'));
        if let (Err(Some(_)), Some(own)) = (&taken, own) {
            *taken = choice.reader(tree, path, own).and_then(|family| take(tree, at, path, family, choice));
        }
    });
}

/// The folders of samples that hold all tests of the tree, if these name requirements.
fn projects(taken: &[Taken<'_>]) -> BTreeSet<String> {
    let mut folders = BTreeSet::new();
    for input in taken.iter().filter_map(|taken| taken.as_ref().ok()).filter(|input| has_tests(input)) {
        let Some(folder) = folder(&input.path) else { return BTreeSet::new() };
        if !input.facts.markers.is_empty() {
            folders.insert(folder.to_owned());
        }
    }
    folders
}

fn has_tests(input: &Input) -> bool {
    input.facts.tests.iter().any(|test| test.kind == Kind::Test)
}
