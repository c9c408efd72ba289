//! Former versions of a matrix, and the changes that the matrix is made from: what they claim is claimed by the one in force, or
//! no more.

use super::graph::Input;
use crate::model::mention::Mention;
use crate::model::record::Kind;
use crate::model::vocabulary::words;
use rustc_hash::FxHashSet;
use std::collections::BTreeMap;

/// Of ten identifiers so many stand in the newer version too.
const SHARED: usize = 9;

/// Fewer identifiers say nothing of a matrix.
const SEVERAL: usize = 5;

/// Takes the rows out of documents that another one replaces: `rtm-v1.4.csv` beside `rtm-v1.12.csv`, and `rtm.csv` beside either
/// where it has but a part of the rows. So it is with `rtm-delta-1.5.json`, whose rows all stand in a matrix.
pub(super) fn settle(inputs: &mut [Input]) {
    let mut versions: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
    for (at, input) in inputs.iter().enumerate().filter(|(_, input)| input.facts.rows.len() >= SEVERAL) {
        let (stem, _) = versioned(&input.path);
        versions.entry((stem.to_owned(), input.path.rsplit('.').next().unwrap_or("").to_owned())).or_default().push(at);
    }
    let deltas: Vec<usize> = inputs
        .iter()
        .enumerate()
        .filter(|(_, input)| !input.facts.rows.is_empty() && is_delta(&input.path))
        .map(|(at, _)| at)
        .collect();
    let mut old: Vec<usize> = Vec::new();
    for files in versions.values().filter(|files| files.len() > 1) {
        let replaced = |one: usize| files.iter().any(|other| *other != one && is_older(inputs, one, *other));
        old.extend(files.iter().copied().filter(|one| replaced(*one)));
    }
    if !deltas.is_empty() {
        let matrix = |input: &Input| {
            let called = input.facts.document.as_ref().is_some_and(|document| document.kind == Kind::Matrix);
            called && !is_delta(&input.path)
        };
        let known: FxHashSet<&str> = inputs.iter().filter(|input| matrix(input)).flat_map(ids).collect();
        old.extend(deltas.into_iter().filter(|at| {
            let own: FxHashSet<&str> = inputs.get(*at).into_iter().flat_map(ids).collect();
            most(&own, &known)
        }));
    }
    for at in old {
        let Some(input) = inputs.get_mut(at) else { continue };
        input.facts.rows.clear();
        input.facts.tables.clear();
        if let Some(document) = &mut input.facts.document {
            document.kind = Kind::Record;
            document.ended = true;
            document.replaced = true;
        }
    }
}

/// The identifiers that the rows of a document name.
fn ids(input: &Input) -> impl Iterator<Item = &str> {
    input.facts.rows.iter().flat_map(|row| &row.ids).filter_map(Mention::id)
}

fn most(some: &FxHashSet<&str>, all: &FxHashSet<&str>) -> bool {
    !some.is_empty() && some.intersection(all).count() * 10 >= some.len() * SHARED
}

/// Whether the second of two documents of one name replaces the first.
fn is_older(inputs: &[Input], one: usize, other: usize) -> bool {
    let (Some(one), Some(other)) = (inputs.get(one), inputs.get(other)) else { return false };
    let (a, b): (FxHashSet<&str>, FxHashSet<&str>) = (ids(one).collect(), ids(other).collect());
    let (first, second) = (versioned(&one.path).1, versioned(&other.path).1);
    let newer = match (first.is_empty(), second.is_empty()) {
        (false, false) => first < second,
        // Which of the two a document without a version is, the current one or the first, its rows tell.
        (true, true) => false,
        _ => a.len() < b.len(),
    };
    newer && most(&a, &b)
}

/// A path without its extension and the version at its end, and that version.
fn versioned(path: &str) -> (&str, Vec<u32>) {
    let name = path.rfind('/').map_or(0, |at| at + 1);
    let stem = path.rfind('.').filter(|at| *at > name).and_then(|at| path.get(..at)).unwrap_or(path);
    let bare = stem.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = stem.get(bare.len()..).unwrap_or("").trim_matches('.');
    let marked = bare.strip_suffix(['v', 'V']).unwrap_or(bare);
    let Some(base) = marked.strip_suffix(['-', '_', ' ', '.']).filter(|_| !number.is_empty()) else { return (stem, Vec::new()) };
    // `rtm-2` is a part as often as a version.
    if marked.len() == bare.len() && !number.contains('.') {
        return (stem, Vec::new());
    }
    (base, number.split('.').filter_map(|part| part.parse().ok()).collect())
}

/// Whether a document is called after the changes that it holds.
fn is_delta(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    words(name).split(' ').any(|word| matches!(word, "delta" | "deltas"))
}

#[cfg(test)]
mod tests {
    use super::versioned;

    #[test]
    fn versions_end_names() {
        for (path, base, version) in [
            ("docs/rtm-v1.12.0.csv", "docs/rtm", &[1, 12, 0][..]),
            ("docs/rtm_2.1.md", "docs/rtm", &[2, 1]),
            ("docs/rtm.v3.md", "docs/rtm", &[3]),
            ("docs/rtm.csv", "docs/rtm", &[]),
            ("docs/rtm-2.csv", "docs/rtm-2", &[]),
            ("v1.2/rtm.csv", "v1.2/rtm", &[]),
            ("docs/1.2.csv", "docs/1.2", &[]),
        ] {
            assert_eq!(versioned(path), (base, version.to_vec()), "{path}");
        }
    }
}
