//! Lists of words that are asked far more often than they have an answer.

/// Words in any letter case. Most questions are settled by the first letter and the length.
pub(super) struct WordList {
    words: &'static [&'static str],
    /// The words that begin with each letter: one bit a word.
    by_letter: [u128; 26],
    /// The words of each length, those of the last and longer ones together.
    by_length: [u128; 16],
}

impl WordList {
    /// A list of at most 128 words in capital letters.
    pub(super) const fn new(words: &'static [&'static str]) -> Self {
        let (mut by_letter, mut by_length) = ([0; 26], [0; 16]);
        let mut at = 0;
        // Whatever does not fit is an index or a shift out of bounds, and those do not compile.
        while at < words.len() {
            by_letter[(words[at].as_bytes()[0] - b'A') as usize] |= 1 << at;
            let length = words[at].len();
            by_length[if length < 15 { length } else { 15 }] |= 1 << at;
            at += 1;
        }
        Self { words, by_letter, by_length }
    }

    /// Whether the list has a word, in whatever case.
    pub(super) fn has(&self, word: &str) -> bool {
        let letter = word.bytes().next().map_or(0, |first| first.to_ascii_uppercase());
        let begins = self.by_letter.get(usize::from(letter.wrapping_sub(b'A'))).copied().unwrap_or(0);
        let mut left = begins & self.by_length.get(word.len().min(15)).copied().unwrap_or(0);
        while left != 0 {
            let known = self.words.get(left.trailing_zeros() as usize);
            if known.is_some_and(|known| known.eq_ignore_ascii_case(word)) {
                return true;
            }
            left &= left - 1;
        }
        false
    }
}
