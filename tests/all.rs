//! All tests in one binary.

mod checks;
mod code;
mod grammar;
