//! Two registers that give the same identifiers to different requirements.

use crate::check::cited::about_all;
use crate::check::support::count;
use crate::finding::Finding;
use crate::link::graph::Graph;
use crate::link::registers::Apart;
use crate::source::Place;

/// So many are shown.
const SHOWN: usize = 3;

/// A text is quoted up to so many characters.
const QUOTED: usize = 70;

/// One finding for a matrix and the register with which it shares its identifiers.
pub(super) fn finding(graph: &Graph, apart: &Apart) -> Option<Finding> {
    let (first, place) = *apart.other.first()?;
    let one = graph.requirement(first);
    let (matrix, register) = (graph.path(apart.matrix), graph.path(one.place.file));
    let body = one.definition.zip(graph.definition(one)).map(|(fact, definition)| Place::new(fact.file, definition.text));
    let said = match one.title.as_str() {
        "" => body.map_or("", |body| graph.text(body)),
        title => title,
    };
    let message = format!(
        "{matrix} and {register} give the same identifiers to different requirements: {} of {} have hardly a word in common. {} is \u{201c}{}\u{201d} here and \u{201c}{}\u{201d} there, so rows of the one are not counted for the other.",
        apart.other.len(),
        count(apart.compared, "text"),
        one.id,
        quoted(graph.text(place)),
        quoted(said)
    );
    let finding = Finding::new(place, format!("{matrix} {register}"), message)
        .label("another requirement")
        .help("Give each requirement an identifier of its own, or correct the texts of the register that is wrong.")
        .related(one.place, format!("{} here", one.id));
    let others = apart.other.iter().skip(1).take(SHOWN - 1);
    let finding = others.fold(finding, |finding, (id, place)| {
        let other = graph.requirement(*id);
        finding.related(*place, format!("{} here", other.id)).related(other.place, format!("{} there", other.id))
    });
    let ids: Vec<_> = apart.other.iter().map(|(id, _)| *id).collect();
    Some(about_all(finding, graph, &ids))
}

/// The beginning of a text, on one line.
pub(super) fn quoted(text: &str) -> String {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let short: String = words.chars().take(QUOTED).collect();
    if short.len() < words.len() { format!("{}…", short.trim_end()) } else { short }
}
