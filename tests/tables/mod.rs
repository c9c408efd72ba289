//! Readers that deliver plain rows, items and directives with spans.

mod csv;
mod rst;
mod yaml;
