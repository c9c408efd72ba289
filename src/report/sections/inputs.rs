//! The files that were read, with their digests.

use super::{Account, Anchor, Cell, Entry, Kind, Made, Row, column, entry, or_note};
use crate::report::json::records;
use crate::verdict::role_name;
use std::borrow::Cow;

/// All inputs.
pub(super) const DIGESTS: Entry = entry(
    "inputs",
    "Inputs and their digests",
    "Each file that was read: what it was taken for, how much it says, and the SHA-256 of its bytes.",
    &[
        column("path", "File", Kind::Id),
        column("role", "Taken for", Kind::Text),
        column("document", "Document", Kind::Text),
        column("version", "Version", Kind::Text),
        column("status", "Status", Kind::Text),
        column("reader", "Reader", Kind::Text),
        column("records", "Records", Kind::Number),
        column("sha256", "SHA-256", Kind::Text),
    ],
    inputs,
);

fn inputs<'r>(account: &Account<'r>) -> Made<'r> {
    let rows = account.graph().files().map(|(file, input)| {
        let document = input.facts.document.as_ref();
        let spanned = |one: Option<&'r crate::source::Spanned>| Cell::maybe(one.map(|one| one.text.as_str()));
        Row::of(
            Anchor::Input(file),
            vec![
                Cell::Link(Cow::Borrowed(&input.path), Anchor::Input(file)),
                Cell::text(role_name(input.role)),
                Cell::maybe(document.map(|document| document.id.as_str())),
                spanned(document.and_then(|document| document.version.as_ref())),
                spanned(document.and_then(|document| document.status.as_ref())),
                Cell::text(input.reader),
                Cell::Number(records(&input.facts)),
                Cell::text(input.text.digest()),
            ],
        )
    });
    or_note(rows.collect(), || "No file was read.".into())
}
