//! Readers that deliver plain rows, items and directives with spans.

mod crossing;
mod csv;
mod matrix;
mod rst;
mod written;
mod yaml;
