//! Text of inputs in a page: as text between tags and in attributes, as a string of a style, and as data of a script.

use crate::report::visible;
use serde::Serialize;
use std::fmt::{self, Display, Formatter, Write};

/// Text on one line in which nothing is markup, between tags or in an attribute with quotes.
pub(super) struct Text<'t>(pub(super) &'t str);

impl Display for Text<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        named(f, &visible::line(self.0))
    }
}

/// The same; what stands between two backticks is shown as code.
pub(super) struct Prose<'t>(pub(super) &'t str);

impl Display for Prose<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let raw = visible::line(self.0);
        let mut rest: &str = &raw;
        while let Some((before, behind)) = rest.split_once('`') {
            // A backtick without a partner belongs to the text behind it.
            let Some((code, after)) = behind.split_once('`') else { break };
            named(f, before)?;
            f.write_str("<code>")?;
            named(f, code)?;
            f.write_str("</code>")?;
            rest = after;
        }
        named(f, rest)
    }
}

fn named(f: &mut Formatter<'_>, text: &str) -> fmt::Result {
    let mut rest = text;
    while let Some(at) = rest.find(['&', '<', '>', '"', '\'']) {
        let (before, found) = rest.split_at(at);
        f.write_str(before)?;
        f.write_str(match found.as_bytes().first() {
            Some(b'&') => "&amp;",
            Some(b'<') => "&lt;",
            Some(b'>') => "&gt;",
            Some(b'"') => "&quot;",
            _ => "&#39;",
        })?;
        rest = found.get(1..).unwrap_or("");
    }
    f.write_str(rest)
}

/// A string of a style sheet, with its quotes.
pub(super) struct Quoted<'t>(pub(super) &'t str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_char('"')?;
        for c in visible::line(self.0).chars() {
            match c {
                ' ' | '.' | ',' | ':' | '-' | '_' => f.write_char(c)?,
                c if c.is_alphanumeric() => f.write_char(c)?,
                // The space ends the number and is no part of the text.
                c => write!(f, "\\{:x} ", u32::from(c))?,
            }
        }
        f.write_char('"')
    }
}

/// Data that a script reads out of its own element: no `<` in it, so that nothing ends the element or opens a comment.
pub(super) fn data(value: &impl Serialize) -> Result<String, serde_json::Error> {
    Ok(serde_json::to_string(value)?.replace('<', "\\u003c"))
}

/// The place of a requirement in the page: its identifier as far as that is plain, behind a letter that keeps it apart from
/// the names of sections.
pub(super) fn anchor(id: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-') { c } else { '-' };
    format!("r-{}", id.chars().map(plain).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::{Prose, Quoted, Text, anchor, data};

    #[test]
    fn markup_is_text() {
        assert_eq!(Text("<b a='x' c=\"y\">&amp;</b>").to_string(), "&lt;b a=&#39;x&#39; c=&quot;y&quot;&gt;&amp;amp;&lt;/b&gt;");
        assert_eq!(Text("a\nb\u{202e}c").to_string(), "a\\nb\\u{202e}c");
    }

    #[test]
    fn pairs_of_backticks_are_code() {
        assert_eq!(Prose("run `a < b` or `c").to_string(), "run <code>a &lt; b</code> or `c");
        assert_eq!(Prose("``").to_string(), "<code></code>");
    }

    #[test]
    fn a_string_of_a_style_ends_where_it_should() {
        assert_eq!(Quoted("a\";}</style>").to_string(), "\"a\\22 \\3b \\7d \\3c \\2f style\\3e \"");
    }

    #[test]
    fn data_cannot_end_its_element() {
        assert_eq!(data(&["</script><!--"]).unwrap(), "[\"\\u003c/script>\\u003c!--\"]");
    }

    #[test]
    fn anchors_are_plain() {
        assert_eq!(anchor("REQ-1.2"), "r-REQ-1.2");
        assert_eq!(anchor("a b\"ü"), "r-a-b--");
    }
}
