//! tracegate reads requirements, traceability matrices and tests as they are,
//! links them into one graph and says what is missing, false, stale or hollow.
//!
//! ```text
//! discover → read → link → check → report
//! files      facts  graph  findings text, JSON
//! ```
//!
//! Each stage hands plain data to the next and imports nothing to its right.

pub mod analysis;
pub mod app;
pub mod check;
pub mod cli;
pub mod compare;
pub mod config;
pub mod discover;
pub mod explain;
pub mod finding;
pub mod link;
pub mod model;
pub mod read;
pub mod report;
pub mod review;
pub mod settings;
pub mod source;
pub mod suggest;
pub mod verdict;
