//! All integration tests in one binary: one link step, one place to share helpers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, missing_docs)]

mod checks;
mod code;
mod discover;
mod grammar;
mod junit;
mod tables;
