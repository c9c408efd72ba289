//! Every check on trees with a seeded defect, on clean ones, and on the examples of its page.
#![allow(clippy::unwrap_used, clippy::panic, missing_docs)]

mod absence;
mod alternatives;
mod artifacts;
mod bound;
mod catalogues;
mod cited_code;
mod claims;
mod columns;
mod configured;
mod denials;
mod evidence;
mod examples;
mod faults;
mod fixtures;
mod frameworks;
mod known;
mod mocks;
mod negative;
mod obligations;
mod oracles;
mod overviews;
mod pages;
mod provenance;
mod registers;
mod registry;
mod reviews;
mod rungs;
mod sightings;
pub(crate) mod support;
mod together;
mod waivers;
