//! Who each controlled record is, in which state, and whose child.

mod actions;
mod approved;
mod around;
mod checks;
mod children;
mod complete;
mod forms;
mod identity;
mod kept;
mod listed;
mod logs;
mod named;
mod notations;
mod traced;
mod unnumbered;

use tracegate::analysis::{Analysis, analyze};
use tracegate::discover::tree::Memory;
use tracegate::link::records::{Record, Told};
use tracegate::settings::Settings;

fn analyzed(files: &[(&str, &str)]) -> Analysis {
    analyze(&Memory::new(files.iter().copied()), &Settings::default())
}

/// A line for each record: identifier, class, state, version and parent, `-` where nothing tells it.
fn records(files: &[(&str, &str)]) -> Vec<String> {
    let analysis = analyzed(files);
    let records = analysis.graph.records();
    let version = |one: &Record| one.version.as_ref().map_or("-".to_owned(), |told: &Told| told.text.clone());
    let parent = |one: &Record| one.parent.map_or("-", |parent| records.record(parent).id.as_str());
    records
        .iter()
        .map(|(_, one)| format!("{} {} {} {} {}", one.id, one.class.name(), one.state.name(), version(one), parent(one)))
        .collect()
}
