//! All tests in one binary.

mod grammar;
