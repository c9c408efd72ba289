//! Sentences as words, numbers, values and signs, without their markup.

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A word of prose.
    Word,
    /// A number.
    Number,
    /// A name that stands for itself: code, a flag, a constant.
    Value,
    /// What compares: `<`, "at least".
    Comparison,
    /// `shall`, `must`, `should`, `may`.
    Modal,
    /// A comma, a bracket.
    Sign,
}

/// A piece of a sentence.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Token {
    /// What it is.
    pub kind: Kind,
    /// As it is compared: small letters, and one sign for all that compare alike.
    pub norm: String,
    /// As it is written.
    pub written: String,
    /// Where it stands in the text.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

impl Token {
    /// The value of a number.
    pub(super) fn number(&self) -> Option<f64> {
        (self.kind == Kind::Number).then(|| self.norm.parse().ok()).flatten()
    }

    /// Whether two tokens say the same.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        match (self.number(), other.number()) {
            (Some(one), Some(two)) => one == two,
            _ => self.norm == other.norm,
        }
    }

    fn is(&self, word: &str) -> bool {
        self.norm == word
    }
}

/// A sentence with more pieces than this is compared by its beginning.
const MAX_TOKENS: usize = 160;

/// The sentences of a text.
pub(super) fn sentences(text: &str) -> Vec<Vec<Token>> {
    let mut found = Vec::new();
    let mut from = 0;
    let mut code = false;
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let next = |n: usize| bytes.get(at + n).copied();
        code ^= *byte == b'`';
        let stop = match byte {
            b'.' | b'!' | b'?' => {
                !code
                    && next(1).is_none_or(|byte| byte.is_ascii_whitespace() || matches!(byte, b'*' | b'"' | b')'))
                    && !abbreviates(text.get(from..at).unwrap_or(""))
            }
            b'|' => {
                !code
                    && at.checked_sub(1).and_then(|at| bytes.get(at)) != Some(&b'\\')
                    && next(1).is_none_or(|byte| byte.is_ascii_whitespace())
            }
            b'\n' => {
                next(1).is_none_or(|byte| matches!(byte, b'\n' | b'\r' | b'-' | b'*' | b'|' | b'#' | b'>'))
                    || text.get(at + 1..).is_some_and(|rest| rest.trim_start_matches(' ').starts_with(['-', '•']))
            }
            _ => false,
        };
        if stop {
            found.push(tokens(text, from, at));
            from = at + 1;
            code = false;
        }
    }
    found.push(tokens(text, from, text.len()));
    found.retain(|sentence| !sentence.is_empty());
    found
}

/// Whether a full stop behind a text ends no sentence.
fn abbreviates(before: &str) -> bool {
    let last = before.rsplit(|c: char| c.is_whitespace() || c == '(').next().unwrap_or("");
    ["e.g", "i.e", "etc", "vs", "approx", "min", "max", "no", "fig", "sec", "cf", "incl", "rev", "ver", "vol", "art", "nr"]
        .contains(&last.to_lowercase().as_str())
}

fn tokens(text: &str, from: usize, to: usize) -> Vec<Token> {
    let mut found: Vec<Token> = Vec::new();
    let mut at = from;
    let mut code = false;
    while at < to && found.len() < MAX_TOKENS {
        let Some(rest) = text.get(at..to) else { break };
        let Some(c) = rest.chars().next() else { break };
        let ends = |c: char| {
            c.is_whitespace()
                || matches!(
                    c,
                    ',' | ';' | '(' | ')' | '|' | '`' | '"' | '“' | '”' | '*' | '[' | ']' | '<' | '>' | '=' | '≤' | '≥' | '\\'
                )
        };
        match c {
            '`' => code ^= true,
            '<' | '>' | '≤' | '≥' | '=' if !code => {
                let len = comparison(rest);
                push(&mut found, Kind::Comparison, text, at, at + len);
                at += len;
                continue;
            }
            ',' | ';' | '(' | ')' | '|' => push(&mut found, Kind::Sign, text, at, at + 1),
            c if ends(c) => {}
            _ => {
                let len = rest.find(ends).unwrap_or(rest.len());
                word(&mut found, text, at, at + len, code);
                at += len;
                continue;
            }
        }
        at += c.len_utf8();
    }
    joined(without_numbering(found))
}

fn comparison(rest: &str) -> usize {
    match rest.as_bytes() {
        [b'<' | b'>' | b'=', b'=', ..] => 2,
        [b'<' | b'>' | b'=', ..] => 1,
        _ => rest.chars().next().map_or(1, char::len_utf8),
    }
}

/// A run without blanks: a word, a number with or without its unit, or a value.
fn word(found: &mut Vec<Token>, text: &str, start: usize, end: usize, code: bool) {
    let raw = text.get(start..end).unwrap_or("");
    let trimmed =
        if code { raw } else { raw.trim_end_matches(['.', ':', '!', '?', '\'', '’']).trim_start_matches(['\'', '‘']) };
    let start = start + raw.find(trimmed).unwrap_or(0);
    let end = start + trimmed.len();
    if trimmed.is_empty() {
        return;
    }
    let digits = trimmed.len() - trimmed.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
    let unit = trimmed.get(digits..).unwrap_or("");
    if digits > 0
        && !code
        && trimmed.get(..digits).is_some_and(|number| number.parse::<f64>().is_ok())
        && unit.chars().all(|c| c.is_alphabetic() || matches!(c, '%' | '°' | 'µ'))
    {
        push(found, Kind::Number, text, start, start + digits);
        if !unit.is_empty() {
            push(found, Kind::Word, text, start + digits, end);
        }
        return;
    }
    if let Some(slash) = trimmed.find('/').filter(|_| !code && plain_choice(trimmed)) {
        word(found, text, start, start + slash, code);
        push(found, Kind::Sign, text, start + slash, start + slash + 1);
        word(found, text, start + slash + 1, end, code);
        return;
    }
    let kind = match trimmed.to_lowercase().as_str() {
        _ if code || is_value(trimmed) => Kind::Value,
        "shall" | "must" | "will" | "should" | "may" | "can" => Kind::Modal,
        _ => Kind::Word,
    };
    push(found, kind, text, start, end);
}

/// Whether slashes stand between words, as in `stdio/sse`, and make no path.
fn plain_choice(word: &str) -> bool {
    let mut parts = word.split('/');
    !word.starts_with('/')
        && parts.all(|part| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-')))
}

/// Whether a word outside of code stands for itself: `--flag`, `PRE_REVIEWED`, `snake_case`, `file.json`.
fn is_value(word: &str) -> bool {
    let letters = || word.chars().filter(|c| c.is_alphabetic());
    let capitals = letters().count() > 1 && letters().all(char::is_uppercase);
    let joined = word.contains('_') && letters().count() > 1;
    word.starts_with("--") || capitals || joined
}

fn push(found: &mut Vec<Token>, kind: Kind, text: &str, start: usize, end: usize) {
    let written = text.get(start..end).unwrap_or("").to_owned();
    let norm = match written.as_str() {
        "≤" | "=<" => String::from("<="),
        "≥" | "=>" => String::from(">="),
        _ if kind == Kind::Value => written.clone(),
        _ => written.to_lowercase(),
    };
    found.push(Token { kind, norm, written, start, end });
}

/// Without the numbers of items, `(1)` or `(a)`, which say nothing.
fn without_numbering(tokens: Vec<Token>) -> Vec<Token> {
    let is_item = |three: &[Token]| match three {
        [open, item, close] => {
            let letter = item.norm.len() == 1 && item.norm.bytes().all(|byte| byte.is_ascii_alphabetic());
            open.is("(")
                && close.is(")")
                && (letter || item.number().is_some_and(|number| number < 30.0 && number.fract() == 0.0))
        }
        _ => false,
    };
    let mut kept = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        if tokens.get(at..at + 3).is_some_and(is_item) {
            at += 3;
            continue;
        }
        kept.push(token.clone());
        at += 1;
    }
    kept
}

/// Phrases that compare, before a number.
const PHRASES: &[(&[&str], &str)] = &[
    (&["no", "more", "than"], "<="),
    (&["not", "more", "than"], "<="),
    (&["no", "less", "than"], ">="),
    (&["not", "less", "than"], ">="),
    (&["no", "fewer", "than"], ">="),
    (&["at", "least"], ">="),
    (&["at", "most"], "<="),
    (&["up", "to"], "<="),
    (&["less", "than"], "<"),
    (&["fewer", "than"], "<"),
    (&["more", "than"], ">"),
    (&["greater", "than"], ">"),
    (&["within"], "<="),
    (&["after"], ">"),
    (&["below"], "<"),
    (&["above"], ">"),
];

/// Words for small numbers.
const NUMBERS: &[&str] =
    &["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

/// Phrases that compare become one token each, and words for numbers become numbers.
fn joined(mut tokens: Vec<Token>) -> Vec<Token> {
    for token in tokens.iter_mut().filter(|token| token.kind == Kind::Word) {
        // "One" stands for any and for each as well.
        if let Some(number) = NUMBERS.iter().position(|word| token.norm == *word).filter(|number| *number != 1) {
            token.kind = Kind::Number;
            token.norm = number.to_string();
        }
    }
    let mut kept: Vec<Token> = Vec::with_capacity(tokens.len());
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let phrase = PHRASES.iter().find(|(words, _)| {
            let here = tokens.get(at..at + words.len());
            let counts = tokens.get(at + words.len()).is_some_and(|next| next.kind == Kind::Number);
            counts && here.is_some_and(|here| here.iter().zip(*words).all(|(token, word)| token.is(word)))
        });
        if let Some((words, sign)) = phrase {
            let last = tokens.get(at + words.len() - 1).unwrap_or(token);
            let written = words.join(" ");
            kept.push(Token { kind: Kind::Comparison, norm: (*sign).to_owned(), written, start: token.start, end: last.end });
            at += words.len();
            continue;
        }
        kept.push(token.clone());
        at += 1;
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    fn norms(text: &str) -> Vec<Vec<String>> {
        sentences(text).into_iter().map(|sentence| sentence.into_iter().map(|token| token.norm).collect()).collect()
    }

    #[test]
    fn sentences_are_cut_and_cleaned() {
        assert_eq!(norms("**It** shall stop. At once."), [vec!["it", "shall", "stop"], vec!["at", "once"]]);
        assert_eq!(
            norms("It shall use (e.g. `a.b`) v1.2 in 50ms."),
            [["it", "shall", "use", "(", "e.g", "a.b", ")", "v1.2", "in", "50", "ms"]]
        );
        assert_eq!(
            norms("It shall: (1) start, and (2) wait at least three times"),
            [["it", "shall", "start", ",", "and", "wait", ">=", "3", "times"]]
        );
        assert_eq!(norms("It shall follow Rev. C of it."), [["it", "shall", "follow", "rev", "c", "of", "it"]]);
        assert_eq!(norms("stdio/sse or `a|b`"), [["stdio", "/", "sse", "or", "a", "|", "b"]]);
    }

    #[test]
    fn kinds_are_told_apart() {
        let kinds = |text: &str| sentences(text).remove(0).into_iter().map(|token| token.kind).collect::<Vec<_>>();
        use Kind::{Comparison, Modal, Number, Sign, Value, Word};
        assert_eq!(kinds("It shall accept --host, PRE_OK and `b`"), [Word, Modal, Word, Value, Sign, Value, Word, Value]);
        assert_eq!(
            kinds("below the line, below 60 C, <= 5"),
            [Word, Word, Word, Sign, Comparison, Number, Word, Sign, Comparison, Number]
        );
    }
}
