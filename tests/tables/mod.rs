//! Readers that deliver plain rows, items and directives with spans.

mod csv;
mod matrix;
mod rst;
mod yaml;
