//! No text makes the reader panic or lead elsewhere.

use super::contents;
use proptest::prelude::*;
use std::time::{Duration, Instant};

/// Pieces of records, put together at random.
const PIECES: &[&str] = &[
    "## Root cause(s)\n",
    "## Files modified\n",
    "## Testing\n",
    "- ",
    "1. ",
    "`",
    "**",
    "test_é_ü",
    "RC-",
    "RC-1: ",
    "|",
    "[",
    "]",
    "\n",
    "\n\n",
    "| EI | Task | Outcome | Performed By |\n|---|---|---|---|\n",
    "> ",
    "CAPA-1: ",
    "Add `test_a_b`",
    ":",
    " - ",
    "é",
    "2026-02-",
    "01",
    "{{",
    "}}",
];

proptest! {
    #[test]
    fn any_text_is_read_and_every_span_lies_in_it(pieces in prop::collection::vec(prop::sample::select(PIECES), 0..40)) {
        let text = format!("# CR-001: A\n\n{}", pieces.concat());
        let found = contents("CR-001.md", &text);
        let lists = [&found.planned, &found.delivered, &found.references, &found.steps, &found.qualified, &found.deferred];
        for one in lists.into_iter().flatten() {
            prop_assert!(text.get(one.span.range()).is_some());
        }
        for item in &found.items {
            prop_assert!(item.fields().all(|(_, field)| text.get(field.span.range()).is_some()));
        }
        let named = found.affected.iter().chain(&found.modified);
        prop_assert!(named.map(|one| &one.name).all(|name| text.get(name.span.range()).is_some()));
    }
}

#[test]
fn long_documents_take_no_long_time() {
    let text = format!("# CR-001: A\n\n## Testing\n\n{}", "- `test_a_b` - says `[` and [SUMMARY and `test_c\n".repeat(40_000));
    let begun = Instant::now();
    assert_eq!(contents("CR-001.md", &text).planned.len(), 40_000);
    assert!(begun.elapsed() < Duration::from_secs(30));
}
