//! Where a quotation says something else than what it quotes: values, comparisons, negations, obligations.

use super::tokens::{Kind, Token};

/// So many words must be the same, and so large a part of the quotation, for it to be one.
const LEAST: usize = 5;
const SHARE: f64 = 0.75;
/// For a word of obligation more of it must be.
const CLOSE: f64 = 0.9;

/// One contradiction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Contradiction {
    /// What differs.
    pub what: What,
    /// Where in the quotation: the bytes of its text.
    pub start: usize,
    /// Where it ends.
    pub end: usize,
}

/// What differs; the quoted side first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What {
    /// Another number, comparison, value or modal verb.
    Other(String, String),
    /// Members of a set that the quotation lacks.
    Lacks(String),
    /// Members of a set that the quotation adds.
    Adds(String),
    /// The quotation denies what the requirement demands.
    Denies(String),
    /// The quotation demands what the requirement denies.
    Affirms(String),
    /// An obligation at the end of the sentence is missing.
    Loses(String),
}

/// Compares a sentence of a quotation with the sentence of the requirement that is nearest to it.
pub(super) fn contradictions(source: &[Vec<Token>], quote: &[Token]) -> Vec<Contradiction> {
    let words = |tokens: &[Token]| tokens.iter().filter(|token| token.kind != Kind::Sign).count();
    if !quote.iter().any(|token| token.kind == Kind::Modal) || words(quote) < LEAST {
        return Vec::new();
    }
    let aligned = source.iter().map(|sentence| Alignment::of(sentence, quote));
    let best =
        aligned.enumerate().max_by(|(a, one), (b, two)| one.score().cmp(&two.score()).then(b.cmp(a))).map(|(_, best)| best);
    let Some(best) = best.filter(|best| best.matched >= LEAST && best.share() >= SHARE) else { return Vec::new() };
    // What stands elsewhere in the requirement as it is quoted is taken from there.
    let mut found = best.hunks().filter_map(|hunk| best.contradiction(&hunk)).collect::<Vec<_>>();
    found.extend(best.lost());
    found
}

/// A sentence of a requirement beside one of a quotation.
struct Alignment<'t> {
    source: &'t [Token],
    quote: &'t [Token],
    /// Positions of tokens that are the same, in their order.
    pairs: Vec<(usize, usize)>,
    /// How many of them are more than signs.
    matched: usize,
}

/// What stands between two pairs: positions in the requirement and in the quotation.
#[derive(Debug, Clone)]
struct Hunk {
    source: std::ops::Range<usize>,
    quote: std::ops::Range<usize>,
}

impl<'t> Alignment<'t> {
    /// The longest sequence that both have, in which values count for more than what joins them.
    fn of(source: &'t [Token], quote: &'t [Token]) -> Self {
        let width = quote.len() + 1;
        let mut table = vec![0_u32; (source.len() + 1) * width];
        let at = |table: &[u32], row: usize, column: usize| table.get(row * width + column).copied().unwrap_or(0);
        for (row, one) in source.iter().enumerate().rev() {
            for (column, two) in quote.iter().enumerate().rev() {
                let apart = at(&table, row + 1, column).max(at(&table, row, column + 1));
                let best = if one.is_same(two) { apart.max(at(&table, row + 1, column + 1) + weight(one)) } else { apart };
                if let Some(cell) = table.get_mut(row * width + column) {
                    *cell = best;
                }
            }
        }
        let mut pairs = Vec::new();
        let (mut row, mut column) = (0, 0);
        while let (Some(one), Some(two)) = (source.get(row), quote.get(column)) {
            if one.is_same(two) && at(&table, row, column) == at(&table, row + 1, column + 1) + weight(one) {
                pairs.push((row, column));
                (row, column) = (row + 1, column + 1);
            } else if at(&table, row + 1, column) >= at(&table, row, column + 1) {
                row += 1;
            } else {
                column += 1;
            }
        }
        let matched = pairs.iter().filter(|(row, _)| source.get(*row).is_some_and(|token| token.kind != Kind::Sign)).count();
        Self { source, quote, pairs, matched }
    }

    fn score(&self) -> (usize, usize) {
        (self.matched, self.pairs.len())
    }

    /// The part of the quotation that the requirement has.
    fn share(&self) -> f64 {
        self.share_but(0)
    }

    /// The same, so many words of the quotation left out.
    fn share_but(&self, out: usize) -> f64 {
        let words = self.quote.iter().filter(|token| token.kind != Kind::Sign).count();
        self.matched as f64 / words.saturating_sub(out).max(1) as f64
    }

    fn hunks(&self) -> impl Iterator<Item = Hunk> + '_ {
        let ends = std::iter::once((self.source.len(), self.quote.len()));
        let mut from = (0, 0);
        let all = self.pairs.iter().copied().chain(ends).map(move |(row, column)| {
            let hunk = Hunk { source: from.0..row, quote: from.1..column };
            from = (row + 1, column + 1);
            hunk
        });
        all.filter(|hunk| !hunk.source.is_empty() || !hunk.quote.is_empty())
    }

    fn contradiction(&self, hunk: &Hunk) -> Option<Contradiction> {
        let (source, quote) = (self.source.get(hunk.source.clone())?, self.quote.get(hunk.quote.clone())?);
        let place = quote.first().zip(quote.last()).map(|(first, last)| (first.start, last.end));
        let around =
            hunk.quote.start.checked_sub(1).and_then(|at| self.quote.get(at)).or_else(|| self.quote.get(hunk.quote.end))?;
        let (start, end) = place.unwrap_or((around.start, around.end));
        let what = self
            .denial(hunk, source, quote)
            .or_else(|| self.unit(hunk, source, quote))
            .or_else(|| self.other(hunk, source, quote))
            .or_else(|| self.set(hunk, source, quote))?;
        Some(Contradiction { what, start, end })
    }

    /// Whether the tokens around a hunk are the same: so many before it, and the one behind it if there is one.
    fn is_framed(&self, hunk: &Hunk, before: usize) -> bool {
        let is_pair = |row: usize, column: usize| self.pairs.binary_search(&(row, column)).is_ok();
        let front = (1..=before).all(|back| match (hunk.source.start.checked_sub(back), hunk.quote.start.checked_sub(back)) {
            (Some(row), Some(column)) => is_pair(row, column),
            _ => false,
        });
        let ends = hunk.source.end == self.source.len() && hunk.quote.end == self.quote.len();
        front && (ends || is_pair(hunk.source.end, hunk.quote.end))
    }

    /// "shall" against "shall not".
    fn denial(&self, hunk: &Hunk, source: &[Token], quote: &[Token]) -> Option<What> {
        let is_not = |tokens: &[Token]| matches!(tokens, [one] if matches!(one.norm.as_str(), "not" | "never"));
        let verb = hunk.quote.start.checked_sub(1).and_then(|at| self.quote.get(at)).filter(|one| one.kind == Kind::Modal)?;
        // "Shall not only" denies nothing.
        let only = |tokens: &[Token], at: usize| tokens.get(at).is_some_and(|next| next.norm == "only");
        if !self.is_framed(hunk, 2) || only(self.quote, hunk.quote.end) || hunk.quote.end == self.quote.len() {
            return None;
        }
        match (is_not(source) && quote.is_empty(), is_not(quote) && source.is_empty()) {
            (true, _) => Some(What::Affirms(verb.written.clone())),
            (_, true) => Some(What::Denies(verb.written.clone())),
            _ => None,
        }
    }

    /// Another unit behind the same number: "50 s" for "50 ms".
    fn unit(&self, hunk: &Hunk, source: &[Token], quote: &[Token]) -> Option<What> {
        let ([one], [two]) = (source, quote) else { return None };
        let number = hunk.quote.start.checked_sub(1).and_then(|at| self.quote.get(at)).filter(|_| self.is_framed(hunk, 1))?;
        let amount = number.number()?;
        is_other_amount((amount, &one.norm), (amount, &two.norm))
            .then(|| What::Other(format!("{} {}", number.written, two.written), format!("{} {}", number.written, one.written)))
    }

    /// One thing that stands in the place of another of its kind.
    fn other(&self, hunk: &Hunk, source: &[Token], quote: &[Token]) -> Option<What> {
        let differs = match (source, quote) {
            ([one], [two]) if one.kind == two.kind && self.is_framed(hunk, 1) => match one.kind {
                Kind::Number => !self.is_reference(hunk),
                Kind::Comparison => true,
                Kind::Value => self.is_framed(hunk, 2) && !is_spelling(&one.norm, &two.norm),
                Kind::Modal => weakens(&one.norm, &two.norm) && self.share_but(1) >= CLOSE,
                Kind::Word | Kind::Sign => false,
            },
            ([one, unit], [two, other]) if self.is_framed(hunk, 1) => {
                let amounts = one.number().zip(two.number());
                amounts.is_some_and(|(one, two)| is_other_amount((one, &unit.norm), (two, &other.norm)))
            }
            _ => false,
        };
        // A number is told with its unit, which is the same here.
        let unit = self.quote.get(hunk.quote.end).filter(|next| is_unit(&next.norm) && quote.len() == 1);
        let unit = unit.filter(|_| quote.iter().all(|one| one.kind == Kind::Number));
        let unit = unit.map_or_else(String::new, |unit| format!(" {}", unit.written));
        differs.then(|| What::Other(written(quote) + &unit, written(source) + &unit))
    }

    /// Whether a number only says where something stands: a section, a version.
    fn is_reference(&self, hunk: &Hunk) -> bool {
        const WORDS: &[&str] = &[
            "section",
            "sections",
            "table",
            "figure",
            "chapter",
            "version",
            "v",
            "rev",
            "revision",
            "clause",
            "step",
            "appendix",
            "annex",
            "release",
            "requirement",
            "part",
            "phase",
            "page",
            "level",
            "class",
            "type",
            "item",
            "no",
            "number",
        ];
        let before = hunk.quote.start.checked_sub(1).and_then(|at| self.quote.get(at));
        before.is_some_and(|token| WORDS.contains(&token.norm.as_str()))
    }

    /// Members of a set of values that only one side has, beside such that both have.
    fn set(&self, hunk: &Hunk, source: &[Token], quote: &[Token]) -> Option<What> {
        let joins = |token: &Token| match token.kind {
            Kind::Sign => matches!(token.norm.as_str(), "," | "|" | "/"),
            Kind::Word => matches!(token.norm.as_str(), "or" | "and"),
            _ => false,
        };
        let is_member = |token: &Token| matches!(token.kind, Kind::Value | Kind::Number);
        let all = || source.iter().chain(quote);
        if !all().all(|token| joins(token) || is_member(token)) || !all().any(joins) || !self.borders(hunk) {
            return None;
        }
        let members = |tokens: &[Token]| tokens.iter().filter(|token| is_member(token)).cloned().collect::<Vec<_>>();
        let (theirs, ours) = (members(source), members(quote));
        // What stands elsewhere in the sentence was only set in another order.
        let only = |list: &[Token], other: &[Token]| {
            list.iter().filter(|one| !other.iter().any(|two| one.is_same(two))).cloned().collect::<Vec<_>>()
        };
        let (theirs, ours) = (only(&theirs, self.quote), only(&ours, self.source));
        match (theirs.is_empty(), ours.is_empty()) {
            (true, true) => None,
            (false, true) => Some(What::Lacks(listed(&theirs))),
            (true, false) => Some(What::Adds(listed(&ours))),
            (false, false) => Some(What::Other(listed(&ours), listed(&theirs))),
        }
    }

    /// Whether a member that both sides have stands right before or behind a hunk.
    fn borders(&self, hunk: &Hunk) -> bool {
        let is_value = |at: Option<usize>| {
            at.and_then(|at| self.quote.get(at)).is_some_and(|token| token.kind == Kind::Value || token.kind == Kind::Number)
        };
        let sign = |at: Option<usize>| {
            at.and_then(|at| self.quote.get(at))
                .is_some_and(|token| matches!(token.norm.as_str(), "," | "|" | "/" | "or" | "and"))
        };
        let before = hunk.quote.start.checked_sub(1);
        let behind = Some(hunk.quote.end);
        let further = |at: Option<usize>, step: isize| at.and_then(|at| at.checked_add_signed(step));
        is_value(before)
            || is_value(behind)
            || sign(before) && is_value(further(before, -1))
            || sign(behind) && is_value(further(behind, 1))
    }

    /// What the sentence of the requirement goes on to demand where the quotation ends.
    fn lost(&self) -> Option<Contradiction> {
        let (row, column) = self.pairs.last().copied()?;
        let rest = self.source.get(row + 1..)?;
        let rest = if rest.first().is_some_and(|token| token.norm == ",") { rest.get(1..)? } else { rest };
        let [joint, verb, ..] = rest else { return None };
        let goes_on = matches!(joint.norm.as_str(), "and" | "but")
            && verb.kind == Kind::Modal
            && matches!(verb.norm.as_str(), "shall" | "must");
        let words = |tokens: &[Token]| tokens.iter().filter(|token| token.kind != Kind::Sign).count();
        // The quotation has the sentence up to there as it is.
        let whole = column + 1 == self.quote.len() && self.share() >= CLOSE;
        let verbatim = self.source.get(..=row).is_some_and(|before| self.matched as f64 >= CLOSE * words(before) as f64);
        let last = self.quote.get(column)?;
        (goes_on && whole && verbatim && !ends_open(last)).then(|| Contradiction {
            what: What::Loses(written(rest)),
            start: last.start,
            end: last.end,
        })
    }
}

fn weight(token: &Token) -> u32 {
    match token.kind {
        Kind::Value | Kind::Number => 6,
        Kind::Sign => 1,
        Kind::Word if matches!(token.norm.as_str(), "and" | "or") => 1,
        Kind::Word | Kind::Modal | Kind::Comparison => 4,
    }
}

/// Whether a quotation says itself that it goes on.
fn ends_open(last: &Token) -> bool {
    last.written.ends_with('…') || last.written.ends_with("...")
}

/// Whether two names differ in how they are written alone.
fn is_spelling(one: &str, two: &str) -> bool {
    let plain = |name: &str| name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let (one, two) = (plain(one), plain(two));
    one == two || one.trim_end_matches('s') == two.trim_end_matches('s') || one.contains(&two) || two.contains(&one)
}

/// Whether a modal verb demands where the other one only wishes or allows.
fn weakens(one: &str, two: &str) -> bool {
    let strength = |verb: &str| match verb {
        "shall" | "must" | "will" => 2,
        "should" => 1,
        _ => 0,
    };
    strength(one) != strength(two)
}

/// Units, what they measure, and by which factor.
const UNITS: &[(&str, u8, f64)] = &[
    ("us", 0, 1e-6),
    ("µs", 0, 1e-6),
    ("microseconds", 0, 1e-6),
    ("ms", 0, 1e-3),
    ("msec", 0, 1e-3),
    ("millisecond", 0, 1e-3),
    ("milliseconds", 0, 1e-3),
    ("s", 0, 1.0),
    ("sec", 0, 1.0),
    ("second", 0, 1.0),
    ("seconds", 0, 1.0),
    ("min", 0, 60.0),
    ("minute", 0, 60.0),
    ("minutes", 0, 60.0),
    ("h", 0, 3600.0),
    ("hour", 0, 3600.0),
    ("hours", 0, 3600.0),
    ("day", 0, 86400.0),
    ("days", 0, 86400.0),
    ("hz", 1, 1.0),
    ("khz", 1, 1e3),
    ("mhz", 1, 1e6),
    ("ghz", 1, 1e9),
    ("mm", 2, 1e-3),
    ("cm", 2, 1e-2),
    ("m", 2, 1.0),
    ("km", 2, 1e3),
    ("mv", 3, 1e-3),
    ("v", 3, 1.0),
    ("kv", 3, 1e3),
    ("ma", 4, 1e-3),
    ("a", 4, 1.0),
    ("kg", 5, 1.0),
    ("g", 5, 1e-3),
];

fn is_unit(word: &str) -> bool {
    word == "%" || UNITS.iter().any(|(unit, ..)| *unit == word)
}

/// Whether two amounts are of units that are known, and are not the same.
fn is_other_amount(one: (f64, &str), two: (f64, &str)) -> bool {
    let known = |name: &str| UNITS.iter().find(|(unit, ..)| *unit == name);
    match (known(one.1), known(two.1)) {
        (Some((_, kind, factor)), Some((_, other, times))) if kind == other => {
            let (one, two) = (one.0 * factor, two.0 * times);
            (one - two).abs() > 1e-9 * one.abs().max(two.abs())
        }
        // "5 m" may be minutes, and "5 a" no current at all.
        (Some(_), Some(_)) => ![one.1, two.1].iter().any(|unit| matches!(*unit, "m" | "a")),
        _ => false,
    }
}

fn written(tokens: &[Token]) -> String {
    let mut out = String::new();
    for token in tokens {
        let tight = matches!(token.norm.as_str(), "," | ")" | ";");
        if !out.is_empty() && !tight && !out.ends_with('(') {
            out.push(' ');
        }
        out.push_str(&token.written);
    }
    out
}

fn listed(tokens: &[Token]) -> String {
    tokens.iter().map(|token| token.written.as_str()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::super::tokens::sentences;
    use super::*;

    fn told(source: &str, quote: &str) -> Vec<What> {
        let source = sentences(source);
        sentences(quote).iter().flat_map(|sentence| contradictions(&source, sentence)).map(|one| one.what).collect()
    }

    fn other(ours: &str, theirs: &str) -> Vec<What> {
        vec![What::Other(ours.to_owned(), theirs.to_owned())]
    }

    #[test]
    fn values_that_differ_are_found() {
        let stop = "The pump shall stop within 50 ms of the alarm.";
        assert_eq!(told(stop, "The pump shall stop within 90 ms of the alarm."), other("90 ms", "50 ms"));
        assert_eq!(told(stop, "The pump shall stop within 2 s of the alarm"), other("2 s", "50 ms"));
        assert_eq!(told(stop, "The pump shall stop within 50 s of the alarm"), other("50 s", "50 ms"));
        assert_eq!(told(stop, "The pump shall stop within 50 kg of the alarm"), other("50 kg", "50 ms"));
        assert_eq!(told(stop, "The pump shall stop within 50 milliseconds of the alarm"), []);
        assert_eq!(told("The pump shall rest for 5 min after each stop.", "The pump shall rest for 5 m after each stop."), []);
        assert_eq!(told(stop, "The pump shall stop after 50 ms of the alarm."), other("after", "within"));
        assert_eq!(told(stop, "The pump shall stop more than 50 ms of the alarm."), other("more than", "within"));
        assert_eq!(
            told("The log shall keep at least 30 entries a day.", "The log shall keep at most 30 entries a day."),
            other("at most", "at least")
        );
        assert_eq!(told("The version shall be < 1.0 for a draft.", "The version shall be <= 1.0 for a draft."), other("<=", "<"));
        assert_eq!(
            told(
                "The server shall listen on `stdio` by default when started.",
                "The server shall listen on `sse` by default when started."
            ),
            other("sse", "stdio")
        );
        assert_eq!(
            told("The valve shall stay open while heating.", "The valve should stay open while heating."),
            other("should", "shall")
        );
    }

    #[test]
    fn sets_that_differ_are_found() {
        let states = "When a file in NEW, OPEN or LATE state is saved, the tool shall set it to DONE and clear its fields.";
        assert_eq!(
            told(states, "When a file in NEW state is saved, the tool shall set it to DONE."),
            [What::Lacks("OPEN, LATE".to_owned())]
        );
        let modes = "The tool shall accept the modes `a`, `b` and `c` on start.";
        assert_eq!(told(modes, "The tool shall accept the modes `a`, `b`, `c` and `d` on start."), [What::Adds("d".to_owned())]);
        assert_eq!(told(modes, "The tool shall accept the modes a and `b` on start."), [What::Lacks("c".to_owned())]);
        assert_eq!(told(modes, "The tool shall accept the modes `a`, `b` and `x` on start."), other("x", "c"));
        assert_eq!(told(modes, "The tool shall accept the modes c, a and b on start."), []);
    }

    #[test]
    fn negations_and_lost_obligations_are_found() {
        let door = "The door shall not open while the drum turns.";
        assert_eq!(told(door, "The door shall open while the drum turns."), [What::Affirms("shall".to_owned())]);
        assert_eq!(
            told("The door shall open when the drum stops.", "The door shall not open when the drum stops."),
            [What::Denies("shall".to_owned())]
        );
        let twice = "The door shall open when the drum stops and shall sound the bell.";
        assert_eq!(told(twice, "The door shall open when the drum stops."), [What::Loses("and shall sound the bell".to_owned())]);
        assert_eq!(told(twice, "The door shall open when the drum stops and shall ring the bell."), []);
    }

    #[test]
    fn other_words_and_less_detail_are_no_drift() {
        for (source, quote) in [
            ("The pump shall stop within 50 ms of the alarm.", "The pump shall stop within 0.05 s of the alarm."),
            ("The pump shall stop within 50 ms of the alarm.", "Stops within 90 ms"),
            ("The pump shall retry three times before it gives up.", "The pump shall retry 3 times before it gives up."),
            (
                "The tool shall follow section 4.2 of the plan in all cases.",
                "The tool shall follow section 4.3 of the plan in all cases.",
            ),
            (
                "Commands (`init`, `user`) shall not be exposed as tools. They need access.",
                "Commands shall not be exposed as tools.",
            ),
            (
                "The server shall accept `--host` (default 127.0.0.1) and `--port` (default 8000) at its start.",
                "The server shall accept `--host` and `--port` at its start.",
            ),
            ("The tool shall log events: A_1, B_2, C_3.", "The tool shall log events of all types."),
            ("Each event shall include: time (ISO 8601), type, and user.", "Each event shall include time, type, and user."),
            ("The tool shall accept the `--root` flag for the path.", "The tool shall accept the `root` flag for the path."),
            ("The drum shall turn at 60 rpm and shall stop at 90 C.", "The drum shall turn at 60 rpm when it washes."),
        ] {
            assert_eq!(told(source, quote), [], "{source} / {quote}");
        }
    }
}
