//! A report as `check --format json` saved it: of its fields those that are compared.

use crate::model::Role;
use serde::Deserialize;
use std::collections::BTreeSet;

/// A saved report.
#[derive(Debug, Clone, Deserialize)]
pub struct Saved {
    /// The version of its schema.
    schema: u32,
    /// How much was read.
    pub summary: Counts,
    /// The files that were read.
    #[serde(default)]
    inputs: Vec<File>,
    /// The requirements.
    pub requirements: Vec<Obligation>,
    /// The findings.
    pub findings: Vec<Hit>,
}

/// A file.
#[derive(Debug, Clone, Deserialize)]
struct File {
    /// What it was taken for.
    role: Option<String>,
}

/// How much was read.
#[derive(Debug, Clone, Deserialize)]
pub struct Counts {
    /// Results of tests.
    pub results: usize,
}

/// A requirement.
#[derive(Debug, Clone, Deserialize)]
pub struct Obligation {
    /// Its identifier.
    pub id: String,
    /// Its specification.
    pub namespace: String,
    /// Its title.
    pub title: String,
    /// Where it is defined.
    pub path: String,
    /// In which line.
    pub line: u32,
    /// The state of its verification.
    pub verdict: String,
    /// Of what it says.
    pub fingerprint: Option<String>,
    /// The tests that are its evidence.
    pub tests: Vec<Proof>,
}

/// A test that is evidence.
#[derive(Debug, Clone, Deserialize)]
pub struct Proof {
    /// Its name with its scope.
    pub name: String,
    /// Where it stands.
    pub path: String,
    /// What came of it; `None` where it has no result.
    pub outcome: Option<String>,
    /// Of what it does.
    pub fingerprint: Option<String>,
}

/// A finding.
#[derive(Debug, Clone, Deserialize)]
pub struct Hit {
    /// The code of the check.
    pub code: String,
    /// How serious it is.
    pub severity: String,
    /// What is wrong.
    pub message: String,
    /// In which file.
    pub path: String,
    /// In which line.
    pub line: u32,
    /// The requirement that it is about.
    pub requirement: Option<String>,
    /// Its specification.
    pub namespace: Option<String>,
    /// What it is known by.
    pub fingerprint: String,
    /// Further requirements that it is about.
    #[serde(default)]
    pub covers: Vec<Named>,
    /// What those are known by that it tells together.
    #[serde(default)]
    pub parts: Vec<String>,
    /// Whether somebody accepted it, whoever that is.
    pub waiver: Option<serde::de::IgnoredAny>,
}

/// A requirement by its names.
#[derive(Debug, Clone, Deserialize)]
pub struct Named {
    /// Its identifier.
    pub id: String,
    /// Its specification.
    pub namespace: String,
}

impl Saved {
    /// What its run of tests left behind.
    pub fn run(&self) -> BTreeSet<Role> {
        let roles = [("results", Role::Results), ("coverage", Role::Coverage), ("mutation", Role::Mutation)];
        let has = |name: &str| self.inputs.iter().any(|file| file.role.as_deref() == Some(name));
        roles.into_iter().filter(|(name, _)| has(name)).map(|(_, role)| role).collect()
    }

    /// Reads a report of a version of the schema, or says why it is none.
    pub fn read(report: &[u8], schema: u32) -> Result<Self, String> {
        let saved: Self = serde_json::from_slice(report).map_err(|error| error.to_string())?;
        if saved.schema == schema { Ok(saved) } else { Err(format!("its schema is of version {}", saved.schema)) }
    }
}
