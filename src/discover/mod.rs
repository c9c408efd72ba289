//! The only stage, beside the application shell, that touches the file system.
//!
//! It says which files there are and hands out their bytes. What a file means
//! is decided by the readers.

#![allow(clippy::disallowed_methods, reason = "the one stage that touches the file system")]

pub mod commit;
pub mod disk;
mod head;
mod history;
pub mod joined;
mod made;
pub mod passed_over;
mod revision;
pub mod samples;
pub mod translation;
pub mod tree;
pub mod watched;
