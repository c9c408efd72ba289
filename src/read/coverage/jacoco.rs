//! JaCoCo XML: instructions and branches of each line of a source file. It knows neither hits nor tests, and no folder of
//! sources: a path is that of the package.

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
    package: String,
    file: Option<u32>,
}

impl Elements for Report {
    const AGAIN: &'static str = AGAIN;

    fn start(&mut self, name: &str, element: &BytesStart<'_>, span: Span) {
        match name {
            "package" => self.package = attribute(element, "name").unwrap_or_default(),
            "sourcefile" => {
                let name = attribute(element, "name").unwrap_or_default();
                let path = if self.package.is_empty() { name } else { format!("{}/{name}", self.package) };
                self.file = Some(self.builder.file(&path, span));
            }
            "line" => self.line(element),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) {
        match name {
            "package" => self.package.clear(),
            "sourcefile" => self.file = None,
            _ => {}
        }
    }

    fn text(&mut self, _: &str) {}

    fn lost(&mut self, span: Span, reason: String, help: &str) {
        self.builder.problem(span, true, reason, help);
    }
}

impl Report {
    fn line(&mut self, element: &BytesStart<'_>) {
        let Some(file) = self.file else { return };
        let number = attribute(element, "nr").unwrap_or_default();
        let Some(line) = self.builder.line(file, number.trim().parse().ok(), || number.clone()) else { return };
        let mut count = |name: &str| {
            let value = attribute(element, name).unwrap_or_default();
            let known = value.trim().parse::<u64>().ok();
            if known.is_none() {
                _ = self.builder.line(file, None, || format!("{name}={value}"));
            }
            known
        };
        let (Some(covered), Some(missed), Some(taken)) = (count("ci"), count("mb"), count("cb")) else { return };
        self.builder.add(file, line, covered > 0);
        (0..missed.saturating_add(taken).min(64)).for_each(|way| self.builder.way(file, line, way, way < taken));
    }
}
