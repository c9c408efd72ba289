//! Texts in words, in which a value is found without going through all of them.

use crate::read::alternatives::{parts, speaks_at, stem};
use rustc_hash::FxHashMap;

/// Texts, and where in them each word stands.
#[derive(Debug, Default)]
pub(super) struct Spoken {
    texts: Vec<Vec<String>>,
    /// The text and the place in it of the words of a stem.
    places: FxHashMap<String, Vec<(usize, usize)>>,
}

impl Spoken {
    /// Adds a text; one without words says nothing.
    pub(super) fn add(&mut self, words: Vec<String>) {
        if words.is_empty() {
            return;
        }
        let text = self.texts.len();
        for (at, word) in words.iter().enumerate() {
            match self.places.get_mut(stem(word)) {
                Some(places) => places.push((text, at)),
                None => _ = self.places.insert(stem(word).to_owned(), vec![(text, at)]),
            }
        }
        self.texts.push(words);
    }

    /// The texts that have a value among their words, as `speak_of` tells; one may come more than once.
    pub(super) fn of<'s>(&'s self, value: &str) -> impl Iterator<Item = &'s [String]> + use<'s> {
        let wanted = parts(value);
        let whole = wanted.concat();
        let places = |word: Option<&str>| word.and_then(|word| self.places.get(stem(word))).map_or(&[][..], Vec::as_slice);
        let joined = if wanted.len() > 1 { places(Some(&whole)) } else { &[] };
        let found = places(wanted.first().map(String::as_str)).iter().chain(joined);
        found.filter_map(move |(text, at)| {
            let words = self.texts.get(*text)?;
            speaks_at(words, *at, &wanted, &whole).then_some(words.as_slice())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Spoken;
    use crate::read::alternatives::{parts, speak_of};

    #[test]
    fn what_is_found_is_what_a_search_would_find() {
        let texts = ["burn(coal, read_only=True)", "assert failed == http2", "mode12 readonly", "slow fast slowly", ""];
        let mut spoken = Spoken::default();
        texts.iter().for_each(|text| spoken.add(parts(text)));
        for value in
            ["coal", "coals", "read-only", "readonly", "fails", "http2", "http1", "mode1", "mode12", "slow", "wood", "fast-slow"]
        {
            let searched: Vec<Vec<String>> =
                texts.iter().map(|text| parts(text)).filter(|words| speak_of(words, value)).collect();
            let mut found: Vec<&[String]> = spoken.of(value).collect();
            found.sort_by_key(|words| texts.iter().position(|text| parts(text) == *words));
            found.dedup();
            assert_eq!(found, searched, "{value}");
        }
    }
}
