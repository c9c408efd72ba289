//! All integration tests in one binary: one link step, one place to share helpers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::disallowed_methods, missing_docs)]

mod browser;
mod checks;
mod code;
mod contents;
mod coverage;
mod discover;
mod documents;
mod grammar;
mod house;
mod junit;
mod mutation;
mod records;
mod report;
mod results;
mod tables;
