//! Files that rows name as evidence: in a column of evidence, or beside the tests that they cite. Nobody needs to be able to
//! read them; what counts is that they are what somebody looked at.

use super::graph::{Graph, RowId, RowNode};
use crate::model::Role;
use crate::model::vocabulary::words;
use crate::read::code::language;
use crate::settings::Settings;
use crate::source::{FileId, Place, Span};
use rustc_hash::FxHashMap;

/// A file that a row names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Where the row names it.
    pub place: Place,
    /// Its path.
    pub path: String,
    /// SHA-256 of its bytes.
    pub digest: String,
}

/// The files that rows name.
pub type Proofs = FxHashMap<RowId, Vec<Proof>>;

/// Words in the names of columns of evidence.
const COLUMNS: &[&str] =
    &["evidence", "proof", "record", "records", "report", "reports", "artifact", "artifacts", "attachment", "attachments"];

/// Looks the files up where links are reviewed; `digest` has that of a path.
pub fn look(graph: &mut Graph, settings: &Settings, digest: &dyn Fn(&str) -> Option<String>) {
    if settings.reviews.is_none() && !settings.reviewing {
        return;
    }
    let found = graph.rows().map(|(id, node)| (id, of(graph, node, digest)));
    graph.proofs = found.filter(|(_, proofs)| !proofs.is_empty()).collect();
}

fn of(graph: &Graph, node: &RowNode, digest: &dyn Fn(&str) -> Option<String>) -> Vec<Proof> {
    let file = node.fact.file;
    let (row, text) = (graph.row(node), graph.input(file).text.as_str());
    let folder = graph.path(file).rsplit_once('/').map_or("", |(folder, _)| folder);
    let header = cells(text, graph.table(node).header);
    let own = cells(text, row.span);
    let names = |span: &Span| {
        let name = words(text.get(span.range()).unwrap_or(""));
        name.split(' ').any(|word| COLUMNS.contains(&word))
    };
    let columns = header.iter().zip(&own).filter(|(name, _)| header.len() == own.len() && names(name)).map(|(_, cell)| *cell);
    let mut found: Vec<Proof> = Vec::new();
    for cell in row.cited.iter().map(|cell| cell.span).chain(columns) {
        for span in paths(text, cell) {
            let named = text.get(span.range()).unwrap_or("");
            let path = [joined(folder, named), joined("", named)].into_iter().flatten();
            let path = path.filter(|path| is_proof(graph, path)).find_map(|path| Some((digest(&path)?, path)));
            if let Some((digest, path)) = path.filter(|(_, path)| !found.iter().any(|one| one.path == *path)) {
                found.push(Proof { place: Place::new(file, span), path, digest });
            }
        }
    }
    found
}

/// Whether a file can be evidence by itself: it is no code, no document that says what is evidence, and nothing that each run
/// of the tests writes anew.
fn is_proof(graph: &Graph, path: &str) -> bool {
    let input = graph.inputs.binary_search_by(|input| input.path.as_str().cmp(path)).ok();
    let input = input.and_then(|at| graph.inputs.get(at));
    let free =
        input.is_none_or(|input| matches!(input.role, None | Some(Role::Document | Role::Record)) && input.facts.rows.is_empty());
    free && language(path).is_none()
}

/// The cells of a line of a table that is drawn with bars.
fn cells(text: &str, span: Span) -> Vec<Span> {
    let line = text.get(span.range()).and_then(|text| text.lines().next()).unwrap_or("");
    if !line.trim_start().starts_with('|') || line.contains("\\|") {
        return Vec::new();
    }
    let mut at = span.start as usize + line.find('|').unwrap_or(0) + 1;
    let inner = line.trim().trim_start_matches('|');
    let inner = inner.strip_suffix('|').unwrap_or(inner);
    let cell = |cell: &str| {
        let span = Span::new(at, at + cell.len());
        at += cell.len() + 1;
        span
    };
    inner.split('|').map(cell).collect()
}

/// The words of a cell that may be paths: they end in an extension.
fn paths(text: &str, cell: Span) -> Vec<Span> {
    let apart = |c: char| {
        c.is_whitespace() || matches!(c, ',' | ';' | '(' | ')' | '[' | ']' | '<' | '>' | '"' | '\'' | '`' | '*' | '|' | '#')
    };
    let mut at = cell.start as usize;
    let mut found = Vec::new();
    for word in text.get(cell.range()).unwrap_or("").split_inclusive(apart) {
        let bare = word.trim_end_matches(apart).trim_end_matches(['.', ':']);
        let extension = bare.rsplit_once('.').map_or("", |(_, extension)| extension);
        let named = (1..=5).contains(&extension.len()) && extension.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if named && !bare.contains("://") {
            found.push(Span::new(at, at + bare.len()));
        }
        at += word.len();
    }
    found
}

/// A path below a folder, without `.` and `..`; `None` where it leads out of the tree.
fn joined(folder: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop()?,
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// The file itself, among the inputs or not.
pub(super) fn place(graph: &Graph, proof: &Proof) -> Place {
    let known = graph.inputs.binary_search_by(|input| input.path.as_str().cmp(&proof.path));
    known.map_or(proof.place, |at| Place::new(FileId(super::graph::index(at)), Span::default()))
}
