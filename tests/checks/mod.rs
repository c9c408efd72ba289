//! Every check on trees with a seeded defect, on clean ones, and on the examples of its page.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod absence;
mod bound;
mod catalogues;
mod cited_code;
mod configured;
mod evidence;
mod faults;
mod fixtures;
mod frameworks;
mod negative;
mod obligations;
mod oracles;
mod pages;
mod registry;
mod sightings;
pub(crate) mod support;
mod together;
