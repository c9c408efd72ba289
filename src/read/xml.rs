//! What the readers of XML have in common: one pass over the elements, with bounds.
//!
//! No entity is expanded but the predefined ones, and a document type is neither fetched nor read.

use crate::source::Span;
use quick_xml::XmlVersion;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;

/// What a reader of one format does with the elements.
pub(super) trait Elements {
    /// Elements within elements that are read.
    const MAX_DEPTH: usize = 64;
    /// What to do about a file whose rest cannot be trusted.
    const AGAIN: &'static str;

    /// An element begins.
    fn start(&mut self, name: &str, element: &BytesStart<'_>, span: Span);
    /// An element ends.
    fn end(&mut self, name: &str);
    /// Text within the element that is open.
    fn text(&mut self, text: &str);
    /// The rest of the file cannot be trusted.
    fn lost(&mut self, span: Span, reason: String, help: &str);
}

/// Hands all elements of a text over.
pub(super) fn walk<E: Elements>(text: &str, to: &mut E) {
    let body = text.trim_start_matches('\u{FEFF}');
    let base = text.len() - body.len();
    let mut reader = Reader::from_str(body);
    let (mut depth, mut roots) = (0usize, 0usize);
    let offset = |position: u64| usize::try_from(position).unwrap_or(usize::MAX);
    loop {
        let start = base + offset(reader.buffer_position());
        let event = reader.read_event();
        let span = Span::new(start, base + offset(reader.buffer_position()));
        if depth == 0 && matches!(event, Ok(Event::Start(_) | Event::Empty(_))) {
            roots += 1;
            if roots > 1 {
                return to.lost(span, "a second document begins behind the first".into(), E::AGAIN);
            }
        }
        match event {
            Ok(Event::Eof) if depth > 0 => return to.lost(span, "the file ends before its elements do".into(), E::AGAIN),
            Ok(Event::Eof) => return,
            Ok(Event::Start(element)) => {
                depth += 1;
                if depth > E::MAX_DEPTH {
                    return to.lost(span, format!("elements are nested more than {} deep", E::MAX_DEPTH), E::AGAIN);
                }
                to.start(element.local_name().as_ref(), &element, span);
            }
            Ok(Event::Empty(element)) => {
                to.start(element.local_name().as_ref(), &element, span);
                to.end(element.local_name().as_ref());
            }
            Ok(Event::End(element)) => {
                depth = depth.saturating_sub(1);
                to.end(element.local_name().as_ref());
            }
            Ok(Event::Text(text)) => to.text(&text),
            Ok(Event::CData(text)) => to.text(&text),
            // What is no predefined entity is left out: it is not expanded.
            Ok(Event::GeneralRef(name)) => {
                if let Ok(text) = quick_xml::escape::unescape(&format!("&{};", &*name)) {
                    to.text(&text);
                }
            }
            Ok(Event::DocType(doctype)) if doctype.contains("<!ENTITY") => {
                return to.lost(span, "the document type declares entities, which are not expanded".into(), E::AGAIN);
            }
            Ok(_) => {}
            Err(error) => {
                let at = base + offset(reader.error_position());
                return to.lost(Span::new(at, at), format!("the XML is damaged: {error}"), E::AGAIN);
            }
        }
    }
}

/// A count as an attribute writes it; nothing written is 0, and what is larger than any number is the largest.
pub(super) fn number(text: &str) -> Option<u64> {
    let text = text.trim();
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if text.is_empty() { Some(0) } else { digits.then(|| text.parse().unwrap_or(u64::MAX)) }
}

/// The value of an attribute, if it can be read.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let mut attributes = element.attributes();
    let found = attributes.find_map(|attribute| attribute.ok().filter(|one| AsRef::<str>::as_ref(&one.key) == name))?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(std::borrow::Cow::into_owned)
}
