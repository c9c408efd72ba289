//! Reports of this program, which are written beside what it reads.
//!
//! They are full of identifiers, and in JUnit full of results: read again they would be evidence of what they only tell.

/// How its JUnit begins.
pub const JUNIT_HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites name=\"tracegate check\"";
/// How its Markdown begins.
pub const MARKDOWN_HEAD: &str = "## tracegate: ";
/// Why they are not read.
pub const REASON: &str = "a report of tracegate itself";

/// Whether a text is such a report.
pub fn is_own(text: &str) -> bool {
    text.starts_with(JUNIT_HEAD) || text.starts_with(MARKDOWN_HEAD)
}
