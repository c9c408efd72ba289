//! `[records]` of the configuration: what families of identifiers stand for, and what records wait for.

use super::{Checked, wrong};
use crate::model::lifecycle::{Class, State};
use crate::settings::{Gate, Relation};
use serde::Deserialize;
use std::collections::BTreeMap;
use toml::Spanned;

/// The section as it is written.
#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub(super) struct Raw {
    pub(super) types: BTreeMap<Spanned<String>, Spanned<String>>,
    pub(super) gate: Vec<RawGate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawGate {
    record: String,
    before: Spanned<String>,
    needs: String,
    of: Option<Spanned<String>>,
    status: Spanned<String>,
}

/// The classes of families.
pub(super) fn types(raw: BTreeMap<Spanned<String>, Spanned<String>>) -> Checked<Vec<(String, Class)>> {
    let class = |(family, name): (Spanned<String>, Spanned<String>)| match Class::named(name.as_ref()) {
        Some(class) => Ok((family.into_inner(), class)),
        None => {
            let names = Class::names().collect::<Vec<_>>().join(", ");
            Err(wrong(&name, format!("`{}` is no class of records", name.as_ref()), format!("The classes are {names}.")))
        }
    };
    raw.into_iter().map(class).collect()
}

/// The gates, in their order.
pub(super) fn gates(raw: Vec<RawGate>) -> Checked<Vec<Gate>> {
    raw.into_iter().map(gate).collect()
}

fn gate(raw: RawGate) -> Checked<Gate> {
    let relation = match raw.of.as_ref().map(|of| of.as_ref().as_str()) {
        None | Some("named") => Relation::Named,
        Some("children") => Relation::Children,
        Some("parent") => Relation::Parent,
        Some(other) => {
            let help = "Write `children`, `parent` or `named` (those that the text names).";
            return Err(wrong(
                raw.of.as_ref().unwrap_or(&raw.before),
                format!("`{other}` does not say whose records these are"),
                help,
            ));
        }
    };
    let (before, status) = (state(&raw.before)?, state(&raw.status)?);
    Ok(Gate { record: raw.record, before, needs: raw.needs, relation, status })
}

fn state(name: &Spanned<String>) -> Checked<State> {
    match State::of(name.as_ref(), Class::Other) {
        State::Unknown => {
            let message = format!("`{}` is no status that is known", name.as_ref());
            Err(wrong(
                name,
                message,
                "Write a word such as draft, in review, pre-approved, in execution, approved, effective or closed.",
            ))
        }
        state => Ok(state),
    }
}
