//! The only stage, beside the application shell, that touches the file system.
//!
//! It says which files there are and hands out their bytes. What a file means
//! is decided by the readers.

pub mod commit;
pub mod disk;
pub mod joined;
pub mod passed_over;
pub mod tree;
