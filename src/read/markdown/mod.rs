//! Markdown documents: specifications, matrices and records.

pub mod blocks;
pub mod inline;
