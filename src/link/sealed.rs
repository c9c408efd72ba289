//! Files that a list of digests vouches for, and that are others now.

use super::graph::{Graph, Input, index};
use crate::model::Role;
use crate::read::checksums::{self, READER, Sum};
use crate::source::{FileId, Place, Text};

/// A file whose bytes are not those of which a list states the digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The digest in the list.
    pub stated: Place,
    /// The file.
    pub file: FileId,
    /// The SHA-256 of its bytes.
    pub digest: String,
}

/// What can be evidence, or says what is: a list that vouches for other files is no matter of traces.
const SEALED: &[Role] =
    &[Role::Results, Role::Coverage, Role::Mutation, Role::Inventory, Role::Specification, Role::Matrix, Role::Record];

/// Compares files with the digests that lists beside them state; `bytes` has those of a path.
pub fn look(graph: &mut Graph, bytes: &dyn Fn(&str) -> Option<Vec<u8>>) {
    let mut broken = Vec::new();
    for (list, input) in graph.files().filter(|(_, input)| input.reader == READER) {
        for sum in checksums::sums(input.text.as_str()) {
            let Some((file, path)) = named(&graph.inputs, &input.path, &sum) else { continue };
            if let Some(digest) = bytes(path).and_then(|bytes| differs(bytes, sum.digest)) {
                broken.push(Broken { stated: Place::new(list, sum.span), file, digest });
            }
        }
    }
    graph.broken = broken;
}

/// Whether a list states the digest of any file that matters here.
pub fn vouches(inputs: &[Input], list: &str, text: &str) -> bool {
    checksums::sums(text).iter().any(|sum| named(inputs, list, sum).is_some())
}

/// The file that a list means: beside it, else from the root.
fn named<'i>(inputs: &'i [Input], list: &str, sum: &Sum<'_>) -> Option<(FileId, &'i str)> {
    let folder = list.rsplit_once('/').map(|(folder, _)| folder);
    let path = sum.path.or_else(|| list.rsplit('/').next()?.rsplit_once('.').map(|(file, _)| file))?;
    let beside = folder.map_or_else(|| path.to_owned(), |folder| format!("{folder}/{path}"));
    let find = |path: &str| inputs.binary_search_by(|input| input.path.as_str().cmp(path)).ok();
    let at = find(&beside).or_else(|| find(path))?;
    let input = inputs.get(at)?;
    input.role.filter(|role| SEALED.contains(role))?;
    Some((FileId(index(at)), &input.path))
}

/// The digest of the bytes, where neither they nor their text with the line breaks of another system have the one that is stated.
fn differs(bytes: Vec<u8>, stated: &str) -> Option<String> {
    let of = |bytes: Vec<u8>| Text::decode(bytes).digest().to_owned();
    let is_stated = |digest: &str| digest.eq_ignore_ascii_case(stated);
    let found = of(bytes.clone());
    if is_stated(&found) {
        return None;
    }
    let text = String::from_utf8(bytes).ok();
    let unix = text.map(|text| text.replace("\r\n", "\n"));
    let same =
        unix.is_some_and(|unix| is_stated(&of(unix.replace('\n', "\r\n").into_bytes())) || is_stated(&of(unix.into_bytes())));
    (!same).then_some(found)
}
