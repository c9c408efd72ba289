//! Cobertura XML: lines of classes, whose paths are relative to one of the sources. It knows no tests.

use super::AGAIN;
use super::builder::Builder;
use crate::model::Facts;
use crate::read::xml::{Elements, attribute, walk};
use crate::source::Span;
use quick_xml::events::BytesStart;

/// Reads a file.
pub(super) fn read(text: &str) -> Facts {
    let mut report = Report::default();
    walk(text, &mut report);
    report.builder.finish()
}

#[derive(Default)]
struct Report {
    builder: Builder,
    /// The file of the class that is open.
    file: Option<u32>,
    /// The source that is open, as far as it is read.
    source: Option<String>,
}

impl Elements for Report {
    const AGAIN: &'static str = AGAIN;

    fn start(&mut self, name: &str, element: &BytesStart<'_>, span: Span) {
        match name {
            "source" => self.source = Some(String::new()),
            "class" => {
                let path = attribute(element, "filename");
                self.file = path.filter(|path| !path.is_empty()).map(|path| self.builder.file(&path, span));
            }
            "line" => self.line(element),
            // Clover has the same root element.
            "project" if self.builder.problems() == 0 => {
                let help = "Write Cobertura, LCOV or the JSON of coverage.py.";
                self.builder.problem(span, true, "the Clover format is not read", help);
            }
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "source" => {
                if let Some(source) = self.source.take() {
                    self.builder.source(source.trim());
                }
            }
            "class" => self.file = None,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(source) = self.source.as_mut().filter(|source| source.len() < 4096) {
            source.push_str(text);
        }
    }

    fn lost(&mut self, span: Span, reason: String, help: &str) {
        self.builder.problem(span, true, reason, help);
    }
}

impl Report {
    fn line(&mut self, element: &BytesStart<'_>) {
        let Some(file) = self.file else { return };
        let number = attribute(element, "number").unwrap_or_default();
        let hits = attribute(element, "hits").unwrap_or_default();
        let Some(line) = self.builder.line(file, number.trim().parse().ok(), || number.clone()) else { return };
        let counted = |hits: &f64| (0.0..=super::MOST_COUNTED).contains(hits);
        let Some(hits) = hits.trim().parse::<f64>().ok().filter(counted) else {
            self.builder.no_count(file, &hits);
            return;
        };
        self.builder.add(file, line, hits > 0.0);
        if let Some((taken, ways)) = attribute(element, "condition-coverage").as_deref().and_then(counts) {
            (0..ways.min(64)).for_each(|way| self.builder.way(file, line, way, way < taken));
        }
    }
}

/// `50% (1/2)`.
fn counts(text: &str) -> Option<(u64, u64)> {
    let (_, rest) = text.split_once('(')?;
    let (taken, ways) = rest.trim_end().strip_suffix(')')?.split_once('/')?;
    Some((taken.trim().parse().ok()?, ways.trim().parse().ok()?))
}
