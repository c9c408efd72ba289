//! What documents define, and what they only talk about.

mod alone;
mod definitions;
mod dotted;
mod ended;
mod families;
mod formats;
mod html;
mod items;
mod kinds;
mod methods;
mod obliged;
mod references;
mod samples;
mod sdoc;
mod several;
mod shaped;
mod specified;
mod spelled;
mod told;
mod traced;

use tracegate::analysis::{Analysis, analyze};
use tracegate::discover::tree::Memory;
use tracegate::model::requirement::Standing;
use tracegate::settings::Settings;

fn analyzed(files: &[(&str, &str)]) -> Analysis {
    analyze(&Memory::new(files.iter().copied()), &Settings::default())
}

/// The requirements that are found, each with its standing where it is not in force.
fn requirements(files: &[(&str, &str)]) -> Vec<String> {
    let analysis = analyzed(files);
    let told = analysis.graph.requirements.iter().map(|one| match one.standing {
        Standing::Active => one.id.to_string(),
        Standing::Planned => format!("{} planned", one.id),
        Standing::Retired => format!("{} retired", one.id),
    });
    let mut told: Vec<String> = told.collect();
    told.sort();
    told
}

/// The messages of one check.
fn messages(files: &[(&str, &str)], code: &str) -> Vec<String> {
    analyzed(files).findings.into_iter().filter(|one| one.code == code).map(|one| one.message).collect()
}

/// Requirements with children, and which these are.
fn refined(files: &[(&str, &str)]) -> Vec<String> {
    let graph = analyzed(files).graph;
    let id = |id: &tracegate::link::graph::ReqId| graph.requirement(*id).id.to_string();
    let told = graph.requirements.iter().filter(|one| !one.children.is_empty());
    let mut told: Vec<String> =
        told.map(|one| format!("{} by {}", one.id, one.children.iter().map(id).collect::<Vec<_>>().join(" "))).collect();
    told.sort();
    told
}
