//! Markdown documents: specifications, matrices and records.

mod alone;
pub mod blocks;
mod cases;
mod condensed;
mod design;
mod disposal;
mod dotted;
mod html;
pub mod inline;
mod leads;
mod malformed;
mod parts;
mod reader;
mod settle;
mod specification;
mod standing;
mod valtools;

pub use reader::{read, read_blocks};
pub use specification::{attributes, titled};
