//! Bytes to facts: one reader a format.
//!
//! A reader never fails: what it cannot read becomes a [`Problem`](crate::model::Problem) with a span.

pub mod code;
pub mod csv_table;
pub mod grammar;
pub mod junit;
pub mod rst;
pub mod yaml_items;
