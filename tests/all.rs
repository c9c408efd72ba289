//! All tests in one binary.

mod checks;
mod grammar;
