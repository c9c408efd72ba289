//! Files that a list of digests vouches for, and that are others now or gone.

use super::graph::{Graph, Input, index};
use super::paths::normal;
use crate::model::Role;
use crate::read::checksums::{self, READER, Sum};
use crate::source::{FileId, Place, Text};
use rustc_hash::FxHashSet;

/// A digest in a list that no longer stands for what is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// The digest in the list.
    pub stated: Place,
    /// What is there.
    pub now: Now,
}

/// What is there of a file whose digest a list states.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Now {
    /// A file with other bytes, of which this is the SHA-256.
    Other(FileId, String),
    /// No file of this path, as the list writes it, although others of its kind are there.
    Gone(String),
}

/// What can be evidence, or says what is: a list that vouches for other files is no matter of traces.
const SEALED: &[Role] =
    &[Role::Results, Role::Coverage, Role::Mutation, Role::Inventory, Role::Specification, Role::Matrix, Role::Record];

/// What runs write.
const EVIDENCE: &[Role] = &[Role::Results, Role::Coverage, Role::Mutation, Role::Inventory];

/// Compares files with the digests that lists beside them state; `bytes` has those of a path, if it is there.
pub fn look(graph: &mut Graph, bytes: &dyn Fn(&str) -> Option<Vec<u8>>) {
    let mut broken = Vec::new();
    for (list, input) in graph.files().filter(|(_, input)| input.reader == READER) {
        let sums = checksums::sums(input.text.as_str());
        let sealed: Vec<_> = sums.iter().map(|sum| named(&graph.inputs, &input.path, sum)).collect();
        let kinds: FxHashSet<&str> = sealed.iter().flatten().filter_map(|(_, path)| kind(path)).collect();
        for (sum, sealed) in sums.iter().zip(sealed) {
            let now = match sealed {
                Some((file, path)) => {
                    bytes(path).and_then(|bytes| differs(bytes, sum.digest)).map(|digest| Now::Other(file, digest))
                }
                None => gone(&input.path, sum, &kinds, bytes).map(Now::Gone),
            };
            broken.extend(now.map(|now| Broken { stated: Place::new(list, sum.span), now }));
        }
    }
    graph.broken = broken;
}

/// The path of a file that is not there, where the list vouches for evidence of its kind.
fn gone(list: &str, sum: &Sum<'_>, kinds: &FxHashSet<&str>, bytes: &dyn Fn(&str) -> Option<Vec<u8>>) -> Option<String> {
    // A path of another machine says nothing of what is here.
    let here = |path: &&str| !path.starts_with('/') && !path.contains(':');
    let path = sum.path.filter(here).filter(|path| kind(path).is_some_and(|kind| kinds.contains(kind)))?;
    (bytes(path).is_none() && bytes(&beside(list, path)).is_none()).then(|| path.to_owned())
}

/// What a file is by its extension.
fn kind(path: &str) -> Option<&str> {
    path.rsplit('/').next()?.rsplit_once('.').map(|(_, extension)| extension)
}

/// Whether a list that states no digest at all lies where evidence does: beside the file that it is called after, or beside any.
pub fn is_emptied(inputs: &[Input], list: &str, text: &str) -> bool {
    let (folder, name) = list.rsplit_once('/').map_or(("", list), |(folder, name)| (folder, name));
    let of_one = name.rsplit_once('.').filter(|(_, extension)| matches!(*extension, "sha256" | "sha256sum"));
    let evidence = inputs.iter().filter(|input| input.role.is_some_and(|role| EVIDENCE.contains(&role)));
    let mut beside = evidence.filter_map(|input| {
        let (other, name) = input.path.rsplit_once('/').unwrap_or(("", &input.path));
        (other == folder).then_some(name)
    });
    checksums::sums(text).is_empty() && beside.any(|name| of_one.is_none_or(|(file, _)| file == name))
}

/// Whether a list states the digest of any file that matters here.
pub fn vouches(inputs: &[Input], list: &str, text: &str) -> bool {
    checksums::sums(text).iter().any(|sum| named(inputs, list, sum).is_some())
}

/// The file that a list means: beside it, else from the root.
fn named<'i>(inputs: &'i [Input], list: &str, sum: &Sum<'_>) -> Option<(FileId, &'i str)> {
    let path = sum.path.or_else(|| list.rsplit('/').next()?.rsplit_once('.').map(|(file, _)| file))?;
    let beside = beside(list, path);
    let find = |path: &str| inputs.binary_search_by(|input| input.path.as_str().cmp(path)).ok();
    let at = find(&beside).or_else(|| find(path))?;
    let input = inputs.get(at)?;
    input.role.filter(|role| SEALED.contains(role))?;
    Some((FileId(index(at)), &input.path))
}

/// The path of a file beside a list.
fn beside(list: &str, path: &str) -> String {
    normal(&list.rsplit_once('/').map_or_else(|| path.to_owned(), |(folder, _)| format!("{folder}/{path}")))
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
