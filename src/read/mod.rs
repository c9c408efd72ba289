//! Bytes to facts: one reader a format.
//!
//! A reader never fails: what it cannot read becomes a [`Problem`](crate::model::Problem) with a span.

pub mod adoc;
pub mod alternatives;
pub mod checksums;
pub mod claims;
pub mod code;
pub mod contents;
pub mod coverage;
pub mod csv_table;
pub mod denial;
pub mod document;
pub mod grammar;
pub mod identity;
pub mod inventory;
pub mod items;
pub mod junit;
pub mod kept;
pub mod markdown;
pub mod mutation;
pub mod needs;
pub mod plain_text;
pub mod precedence;
pub mod record;
pub mod results;
pub mod rst;
pub mod sdoc;
pub mod stated;
pub mod table;
pub mod tasks;
pub mod trlc;
mod xml;
pub mod yaml_items;
