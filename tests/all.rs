//! All tests in one binary.

mod code;
mod grammar;
