//! Alternatives: sets of values that a requirement writes out plainly, and the words by which tests speak of them.

use std::ops::Range;

/// Names of types and of nothing, which `|` and "or" join for other reasons.
const TYPES: &[&str] = &[
    "null",
    "none",
    "nil",
    "undefined",
    "string",
    "str",
    "number",
    "int",
    "integer",
    "float",
    "double",
    "bool",
    "boolean",
    "object",
    "array",
    "list",
    "dict",
    "map",
    "any",
    "void",
    "true",
    "false",
    "bytes",
    "date",
    "nan",
];

/// What stands before a list of which each member is meant.
const LEADS: &[&str] = &["one of", "either", "any of", "one of the following", "one of these"];

/// Words of an obligation, one of which stands in the sentence that lists alternatives.
const OBLIGES: &[&str] = &["shall", "must", "one of", "either", "accepts", "supports", "allows", "values"];

/// Words after which a list shows examples, or what is free to do.
const LOOSE: &[&str] = &["e.g.", "for example", "such as", "for instance", "may", "optionally", "including", "like", "without"];

/// A value longer than this is a sentence.
const MAX_LEN: usize = 40;

/// One member of a set: where it stands in the text, and the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// The bytes of the value.
    pub range: Range<usize>,
    /// The value.
    pub value: String,
}

/// The sets of alternatives that a text writes out: `a | b`, "`a`, `b` or `c`", "one of: `a`, `b`".
pub fn sets(text: &str) -> Vec<Vec<Member>> {
    if memchr::memchr3(b'`', b'"', b'|', text.as_bytes()).is_none() && !text.contains('“') {
        return Vec::new();
    }
    let spans = spans(text);
    let mut found: Vec<Vec<Member>> = spans.iter().filter_map(|span| within(text, span)).collect();
    let mut rest = spans.as_slice();
    while let Some((first, others)) = rest.split_first() {
        let mut last = first;
        let mut joints = Vec::new();
        for next in others {
            match text.get(last.outer.end..next.outer.start).and_then(joint) {
                Some(joint) => joints.push(joint),
                None => break,
            }
            last = next;
        }
        let chain = rest.get(..=joints.len()).unwrap_or_default();
        rest = rest.get(joints.len() + 1..).unwrap_or_default();
        let choice = joints.contains(&Joint::Choice) || leads(text.get(..first.outer.start).unwrap_or(""));
        let together = joints.contains(&Joint::All) && !leads(text.get(..first.outer.start).unwrap_or(""));
        if !joints.is_empty() && choice && !together {
            found.extend(members(text, chain.iter().map(|span| span.inner.clone())));
        }
    }
    found.extend(bare(text, &spans));
    found.retain(|set| {
        let ends = set.first().zip(set.last());
        ends.is_some_and(|(first, last)| obliges(text, &first.range, &last.range) && !is_about_nothing(text, last.range.end))
    });
    found
}

/// Whether a list is of things that are missing, "if `handle` or `name` is NULL": a test hands over nothing in place of one, and
/// has no reason to name it.
fn is_about_nothing(text: &str, end: usize) -> bool {
    const NOTHING: &[&str] = &["null", "nullptr", "none", "nil", "empty", "undefined", "missing", "absent", "blank", "omitted"];
    let behind = text.get(end..).unwrap_or("").trim_start_matches(['`', '"', '”', ' ']);
    let behind = ["is ", "are ", "was ", "were "].iter().find_map(|verb| behind.strip_prefix(verb)).unwrap_or("");
    let word = behind.trim_start_matches(['`', '"']).split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    NOTHING.iter().any(|nothing| nothing.eq_ignore_ascii_case(word))
}

/// A span of code or a quotation.
struct Quoted {
    outer: Range<usize>,
    inner: Range<usize>,
}

fn spans(text: &str) -> Vec<Quoted> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text.get(at..).and_then(|rest| rest.find(['`', '"', '“'])).map(|n| at + n) {
        let open = text.get(start..).and_then(|rest| rest.chars().next()).unwrap_or('`');
        let close = if open == '“' { '”' } else { open };
        let inner = start + open.len_utf8();
        let Some(end) = text.get(inner..).and_then(|rest| rest.find(close)).map(|n| inner + n) else { break };
        found.push(Quoted { outer: start..end + close.len_utf8(), inner: inner..end });
        at = end + close.len_utf8();
    }
    found
}

/// What joins two members.
#[derive(PartialEq, Eq, Clone, Copy)]
enum Joint {
    Comma,
    Choice,
    All,
}

fn joint(between: &str) -> Option<Joint> {
    let words = between.replace('\\', "");
    // What a member means may stand in brackets behind it.
    let words = words.trim();
    let words = words.strip_prefix('(').and_then(|inner| inner.split_once(')')).map_or(words, |(_, rest)| rest);
    let words = words.trim().trim_start_matches(',').trim();
    let words = [" a", " an", " the", " with"].iter().find_map(|end| words.strip_suffix(end)).unwrap_or(words);
    let item = between.contains('\n') && matches!(words.trim_start_matches(['.', ';']).trim(), "-" | "*" | "•");
    match words {
        _ if item => Some(Joint::Comma),
        "" if between.contains(',') => Some(Joint::Comma),
        "/" => Some(Joint::Comma),
        "or" | "OR" | "|" => Some(Joint::Choice),
        "and" => Some(Joint::All),
        _ => None,
    }
}

fn leads(before: &str) -> bool {
    let before = before.trim_end().trim_end_matches(['-', '*', '•']).trim_end();
    // `format = "plain" / "html"` below the sentence that leads to it.
    let named = before.lines().next_back().and_then(|line| line.trim().strip_suffix('=')).map(str::trim);
    let word = |name: &str| name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
    let above = before.rsplit_once('\n').map_or("", |(above, _)| above);
    let before = if named.is_some_and(word) { above.trim_end() } else { before };
    let line = before.lines().next_back().unwrap_or("").to_lowercase();
    // "One of the following messages:" has a word of its own between.
    let told = line.ends_with(':') && line.rsplit(". ").next().is_some_and(|sentence| sentence.contains("one of the following"));
    let line = line.trim_end_matches(['(', ':']).trim_end();
    told || LEADS.iter().any(|lead| line.ends_with(lead))
}

/// `stdio | sse | http` in one span of code.
fn within(text: &str, span: &Quoted) -> Option<Vec<Member>> {
    let inner = text.get(span.inner.clone())?;
    let mut at = span.inner.start;
    let pieces = inner.contains('|').then(|| {
        let pieces = inner.split('|').map(|piece| {
            let range = at..at + piece.len();
            at = range.end + 1;
            range
        });
        pieces.collect::<Vec<_>>()
    })?;
    members(text, pieces.into_iter())
}

/// Words with ` | ` between them outside of quotes and of the rows of tables.
fn bare(text: &str, spans: &[Quoted]) -> Vec<Vec<Member>> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let at = start;
        start += line.len();
        let quoted = spans.iter().any(|span| at <= span.outer.start && span.outer.end <= start);
        if !line.contains(" | ") || quoted || line.trim_start().starts_with('|') || line.trim_end().ends_with('|') {
            continue;
        }
        let mut offset = at;
        let pieces: Vec<Range<usize>> = line
            .split('|')
            .map(|piece| {
                let range = offset..offset + piece.len();
                offset = range.end + 1;
                range
            })
            .collect();
        let last = pieces.len().saturating_sub(1);
        let words = pieces.iter().enumerate().filter_map(|(number, range)| {
            let piece = text.get(range.clone())?;
            // Of the first and the last piece the word next to the sign is meant.
            let word = match number {
                0 => piece.split_whitespace().next_back()?,
                _ if number == last => piece.split_whitespace().next()?.trim_end_matches(['.', ',', ';', ')', '\\']),
                _ => piece.trim().trim_end_matches('\\').trim(),
            };
            let from = if number == 0 { piece.rfind(word)? } else { piece.find(word)? };
            Some(range.start + from..range.start + from + word.len())
        });
        found.extend(members(text, words.collect::<Vec<_>>().into_iter()));
    }
    found
}

/// The members of a set, if each is a plain value and no two are the same.
fn members(text: &str, ranges: impl Iterator<Item = Range<usize>>) -> Option<Vec<Member>> {
    let mut found: Vec<Member> = Vec::new();
    for range in ranges {
        let raw = text.get(range.clone())?;
        let value = raw.trim().trim_end_matches('\\').trim().trim_end_matches(',').trim_start_matches('.');
        let start = range.start + raw.find(value)?;
        let plain = value.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-'));
        let named = value.starts_with(char::is_alphabetic) && value.len() > 1 && value.len() <= MAX_LEN;
        let same = found.iter().any(|other| parts(&other.value) == parts(value));
        if !plain || !named || same || TYPES.contains(&value.to_lowercase().as_str()) {
            return None;
        }
        found.push(Member { range: start..start + value.len(), value: value.to_owned() });
    }
    (found.len() > 1).then_some(found)
}

/// Whether the sentence around a set obliges to all of it: it has a word for that, and does not show examples.
fn obliges(text: &str, first: &Range<usize>, last: &Range<usize>) -> bool {
    let before = text.get(..first.start).unwrap_or("");
    let begin = [". ", ".\n", "; "].iter().filter_map(|end| Some(before.rfind(end)? + end.len())).max().unwrap_or(0);
    let after = text.get(last.end..).unwrap_or("");
    let end = [". ", ".\n", "\n\n"].iter().filter_map(|end| after.find(end)).min().unwrap_or(after.len());
    let sentence = text.get(begin..last.end + end).unwrap_or("").to_lowercase();
    let lead = text.get(begin..first.start).unwrap_or("").to_lowercase();
    let has = |text: &str, word: &str| {
        text.match_indices(word).any(|(at, _)| {
            let free = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
            free(text.get(..at).and_then(|text| text.chars().next_back()))
                && (word.ends_with('.') || free(text.get(at + word.len()..).and_then(|text| text.chars().next())))
        })
    };
    let shown = LOOSE.iter().any(|word| has(&lead, word));
    OBLIGES.iter().any(|word| has(&sentence, word)) && !shown && !has(&sentence, "default") && !has(&sentence, "defaults")
}

/// The words of a name in lower case: `runSSE` and `run_sse` have the same.
pub fn parts(text: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    let mut word = String::new();
    let chars: Vec<char> = text.chars().collect();
    for (at, c) in chars.iter().copied().enumerate() {
        let before = at.checked_sub(1).and_then(|at| chars.get(at)).copied().unwrap_or(' ');
        let after = chars.get(at + 1).copied().unwrap_or(' ');
        let begins =
            c.is_uppercase() && (before.is_lowercase() || before.is_numeric() || before.is_uppercase() && after.is_lowercase());
        if (!c.is_alphanumeric() || begins) && !word.is_empty() {
            found.push(std::mem::take(&mut word));
        }
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        }
    }
    found.extend((!word.is_empty()).then_some(word));
    found
}

/// Whether words have a value among them, whole or in another form: `fails` and `failed`, `read-only` and `readonly`.
pub fn speak_of(words: &[String], value: &str) -> bool {
    let wanted = parts(value);
    let whole = wanted.concat();
    (0..words.len()).any(|at| speaks_at(words, at, &wanted, &whole))
}

/// Whether the words of a value stand at a place among others, apart or as one word.
pub fn speaks_at(words: &[String], at: usize, wanted: &[String], whole: &str) -> bool {
    let apart = words.get(at..at + wanted.len()).is_some_and(|some| some.iter().zip(wanted).all(|(a, b)| is_form(a, b)));
    apart || words.get(at).is_some_and(|word| word == whole)
}

/// Letters that words have in common at least to be forms of one.
const STEM: usize = 4;

/// What all forms of a word begin with. A number at its end belongs to it: `mode1` is not `mode2`.
pub fn stem(word: &str) -> &str {
    let letters = word.char_indices().nth(STEM).map_or(word.len(), |(end, _)| end);
    let digits = word
        .rfind(char::is_numeric)
        .map_or(0, |at| at + word.get(at..).and_then(|rest| rest.chars().next()).map_or(0, char::len_utf8));
    word.get(..letters.max(digits)).unwrap_or(word)
}

/// Whether two words are forms of one.
fn is_form(a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    if a.bytes().next() != b.bytes().next() || stem(a) != stem(b) {
        return false;
    }
    let common = a.chars().zip(b.chars()).take_while(|(a, b)| a == b).count();
    let longer = a.chars().count().max(b.chars().count());
    common >= STEM && longer - common <= 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_that_are_written_out() {
        let values = |text: &str| -> Vec<String> {
            sets(text).iter().map(|set| set.iter().map(|one| one.value.as_str()).collect::<Vec<_>>().join(" ")).collect()
        };
        for (text, expected) in [
            ("The kiln shall burn `gas`, `coal` or `wood`.", "gas coal wood"),
            ("The kiln shall burn `gas`, `coal`, or `wood`.", "gas coal wood"),
            ("The kiln shall burn `gas` or \"coal\".", "gas coal"),
            ("The kiln shall burn `gas | coal | wood`.", "gas coal wood"),
            ("The kiln shall burn `gas \\| coal`.", "gas coal"),
            ("The kiln shall burn gas | coal | wood.", "gas coal wood"),
            ("The fuel shall be one of: `gas`, `coal`, `wood`.", "gas coal wood"),
            ("The fuel shall be either `gas` and `coal`.", "gas coal"),
            ("The kiln shall export `.csv` or `.json`.", "csv json"),
            ("The kiln shall burn one of the following fuels:\n\n- `gas`\n- `coal`;\n- `wood`", "gas coal wood"),
            ("The kiln shall take one of the following fuels:\n\n    fuel = \"gas\" / \"coal\"\n", "gas coal"),
            ("The kiln shall tell `hot` (it burns), `cold` (it does not), or `off`.", "hot cold off"),
            ("The kiln shall show `heat`/`time`.", ""),
            ("The kiln shall start without `gas` or `coal`.", ""),
            ("The kiln shall show the following:\n- `heat`\n- `time`", ""),
            // All of them at once, examples, what is free, types, sentences, and what is taken without being named.
            ("The kiln shall show `heat`, `time` and `fuel`.", ""),
            ("The kiln shall show `heat`, `time`, `fuel`.", ""),
            ("The kiln shall burn what burns, e.g. `gas` or `coal`.", ""),
            ("The kiln may burn `gas` or `coal`.", ""),
            ("Fuel is `gas` or `coal`.", ""),
            ("The kiln shall give `null` or `undefined`.", ""),
            ("The kiln shall call `burn()` or `cool()`.", ""),
            ("The kiln shall burn `gas` or `coal`, by default `gas`.", ""),
            ("The kiln shall take `-f` or `--fuel`.", ""),
            ("If `fuel` or `air_inlet` is NULL, `burn` shall fail.", ""),
            ("If `fuel` or `air_inlet` is `gas`, `burn` shall fail.", "fuel air_inlet"),
            ("| gas | coal |\n|---|---|", ""),
            ("The kiln shall burn.", ""),
        ] {
            assert_eq!(values(text).join("; "), expected, "{text}");
        }
    }

    #[test]
    fn words_of_names() {
        assert_eq!(parts("runSSE_server http2Server-X"), ["run", "sse", "server", "http2", "server", "x"]);
        let words = parts("assert kiln.burnCoal(readonly=True); failed assess");
        for (value, spoken) in
            [("coal", true), ("read-only", true), ("fails", true), ("sse", false), ("burn-coal", true), ("wood", false)]
        {
            assert_eq!(speak_of(&words, value), spoken, "{value}");
        }
    }

    #[test]
    fn numbers_are_no_endings() {
        let words = parts("start(mode1, http2, channels)");
        for (value, spoken) in
            [("mode1", true), ("mode2", false), ("mode12", false), ("http2", true), ("http3", false), ("channel", true)]
        {
            assert_eq!(speak_of(&words, value), spoken, "{value}");
        }
    }
}
