//! Numbers of documents in a table: `SPEC-027` of `spec-027-old-entry.md` is that file and no requirement.

use crate::link::graph::Input;
use crate::model::requirement::Shape;
use crate::model::vocabulary::words;
use rustc_hash::FxHashSet;

/// Families that number documents as well as requirements.
const FAMILIES: &[&str] = &["DOC", "PRD", "RFC", "SPEC", "SRS", "URS"];

/// The identifiers in tables after which files are called that do not define them themselves.
pub(super) fn numbers(inputs: &[Input]) -> FxHashSet<&str> {
    let family = |id: &str| id.split(['-', '_']).next().is_some_and(|first| FAMILIES.contains(&first));
    let row = |shape: Shape| matches!(shape, Shape::TableRow | Shape::MatrixRow | Shape::CsvRecord);
    let definitions = || inputs.iter().flat_map(|input| &input.facts.definitions).filter(|one| family(&one.id));
    let mut found: FxHashSet<&str> = definitions().filter(|one| row(one.shape)).map(|one| one.id.as_str()).collect();
    if found.is_empty() {
        return found;
    }
    for one in definitions().filter(|one| !row(one.shape)) {
        found.remove(one.id.as_str());
    }
    let mut named: FxHashSet<String> = FxHashSet::default();
    for input in inputs {
        let name = input.path.rsplit('/').next().unwrap_or(&input.path);
        let name = words(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
        let mut parts = name.splitn(3, ' ');
        if let (Some(first), Some(second)) = (parts.next(), parts.next()) {
            named.insert(format!("{first} {second}"));
        }
    }
    found.retain(|id| named.contains(&words(id)));
    found
}
