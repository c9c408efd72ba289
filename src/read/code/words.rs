//! Looking up words of a language without hashing the many that mean nothing.

use std::sync::OnceLock;

use super::table::{CLAIMS, MARKERS, ROWS, Row, Word};

/// The words of one language.
pub(super) struct Words {
    /// Lengths that occur for a first byte, one bit each.
    lengths: [u32; 256],
    words: Vec<(&'static [u8], Word)>,
}

impl Words {
    /// The words of a row, built once.
    pub(super) fn of(row: &'static Row) -> &'static Self {
        static ALL: OnceLock<Vec<Words>> = OnceLock::new();
        let all = ALL.get_or_init(|| ROWS.iter().map(Self::new).collect());
        all.get(row.language as usize).unwrap_or(&EMPTY)
    }

    fn new(row: &'static Row) -> Self {
        let markers = MARKERS.iter().map(|name| (*name, Word::Marker));
        let markers = markers.chain(CLAIMS.iter().map(|name| (*name, Word::Claim)));
        let words: Vec<_> = row.words.iter().copied().chain(markers).map(|(name, word)| (name.as_bytes(), word)).collect();
        let mut lengths = [0; 256];
        for (name, _) in &words {
            lengths[name.first().copied().unwrap_or(0) as usize] |= 1 << (name.len() & 31);
        }
        Self { lengths, words }
    }

    /// The meaning of a word.
    pub(super) fn find(&self, text: &[u8]) -> Option<Word> {
        let first = *text.first()?;
        if self.lengths[first as usize] & (1 << (text.len() & 31)) == 0 {
            return None;
        }
        self.words.iter().find(|(name, _)| *name == text).map(|(_, word)| *word)
    }
}

static EMPTY: Words = Words { lengths: [0; 256], words: Vec::new() };
