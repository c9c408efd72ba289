//! Lists of digests, as `sha256sum` writes them: `SHA256SUMS`, `results.sha256`.

use crate::source::Span;

/// How inputs are read that are such lists.
pub const READER: &str = "checksums";

/// As many digests of one list are looked at.
const MAX_SUMS: usize = 10_000;

/// A digest and the file that it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sum<'t> {
    /// The path as it is written; none where the list is called after its only file.
    pub path: Option<&'t str>,
    /// SHA-256 in hexadecimal, as it is written.
    pub digest: &'t str,
    /// Where the digest stands.
    pub span: Span,
}

/// Whether a file is a list of SHA-256 digests, by its name.
pub fn is_list(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let known = ["sha256sums", "sha256sums.txt", "sha256sum.txt", "sha256sum", "checksums.sha256", "manifest.sha256"];
    known.iter().any(|known| name.eq_ignore_ascii_case(known)) || name.ends_with(".sha256") || name.ends_with(".sha256sum")
}

/// The digests of a list; lines of another form say nothing.
pub fn sums(text: &str) -> Vec<Sum<'_>> {
    let mut at = 0;
    let lines = text.split_inclusive('\n').map(|line| {
        at += line.len();
        (at - line.len(), line.trim_end())
    });
    lines.filter_map(|(start, line)| sum(start, line)).take(MAX_SUMS).collect()
}

fn sum(start: usize, line: &str) -> Option<Sum<'_>> {
    // `SHA256 (path) = digest`, as BSD has it, or `digest  path`, with a star where the file was read as it is.
    let (path, digest) = match line.strip_prefix("SHA256 (").and_then(|rest| rest.rsplit_once(") = ")) {
        Some((path, digest)) => (Some(path), digest),
        None => match line.split_once([' ', '\t']) {
            Some((digest, path)) => (Some(path.trim_start().trim_start_matches('*')), digest),
            None => (None, line),
        },
    };
    let digest = digest.trim();
    let formed = digest.len() == 64 && digest.bytes().all(|byte| byte.is_ascii_hexdigit());
    let path = path.map(|path| path.trim_start_matches("./")).filter(|path| !path.is_empty());
    let from = start + line.find(digest)?;
    formed.then(|| Sum { path, digest, span: Span::new(from, from + digest.len()) })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_lines() {
        let digest = "0123456789abcdef".repeat(4);
        let text =
            format!("# of run 7\n{digest}  a.xml\n{digest} *./b c.xml\r\nSHA256 (d (1).xml) = {digest}\n{digest}\nabc  e.xml\n");
        let paths: Vec<Option<&str>> = sums(&text).iter().map(|sum| sum.path).collect();
        assert_eq!(paths, [Some("a.xml"), Some("b c.xml"), Some("d (1).xml"), None]);
        for sum in sums(&text) {
            assert_eq!(text.get(sum.span.range()), Some(digest.as_str()));
        }
    }
}
