//! Words for how, and on which level, something is verified.

use super::words;

/// The verification methods of the closed set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// By test.
    Test,
    /// By analysis.
    Analysis,
    /// By inspection or review.
    Inspection,
    /// By demonstration.
    Demonstration,
}

/// The methods that a cell names, or `None` if it says something else.
///
/// The closed set is that of ISO/IEC/IEEE 29148: inspection, analysis, demonstration, test.
pub fn methods(cell: &str) -> Option<Vec<Method>> {
    // `tests/test_x.py::test_y` begins with the word "tests" and names no method.
    if cell.split_whitespace().any(|token| {
        token.contains("::")
            || token.contains('_')
            || token.contains('/') && token.contains('.')
            || token.contains('-')
                && (token.bytes().any(|byte| byte.is_ascii_digit())
                    || token.bytes().all(|byte| byte == b'-' || byte.is_ascii_uppercase()))
    }) {
        return None;
    }
    let mut found = Vec::new();
    for part in cell.split([',', '/', '+', ';', '&', '(', ')']).flat_map(|part| part.split(" and ")) {
        let part = words(part);
        let alone = !part.contains(' ');
        let name = part.split(' ').find_map(|word| match word {
            "test" | "tests" | "testing" | "tested" | "automated" => Some(Method::Test),
            "analysis" | "analyze" | "analyse" | "simulation" | "simulations" | "modelling" | "modeling" | "calculation" => {
                Some(Method::Analysis)
            }
            "inspection" | "review" | "inspect" => Some(Method::Inspection),
            "demonstration" | "demo" | "demonstrate" => Some(Method::Demonstration),
            "t" | "tst" if alone => Some(Method::Test),
            "a" | "ana" if alone => Some(Method::Analysis),
            "i" | "ins" | "insp" if alone => Some(Method::Inspection),
            "d" | "dem" if alone => Some(Method::Demonstration),
            _ => None,
        });
        match name {
            Some(method) if part.split(' ').count() <= 4 => found.push(method),
            None if part.is_empty() => {}
            _ if !found.is_empty() => {}
            _ => return None,
        }
    }
    (!found.is_empty()).then_some(found)
}

/// The methods that a text states: it names nothing else, or it begins with them and tells then what is done, as in
/// "Inspection (code review) — look at each lock".
pub fn stated_methods(text: &str) -> Option<Vec<Method>> {
    let lead = || text.split(['—', '–', '(', ':', '.', ';']).next().filter(|lead| lead.len() < text.len()).and_then(methods);
    // A letter alone is a word of the sentence.
    let first = || {
        text.split_whitespace().next().map(|first| first.trim_end_matches(',')).filter(|first| first.len() > 3).and_then(methods)
    };
    methods(text).or_else(lead).or_else(first)
}

/// The verification levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// One unit on its own.
    Unit,
    /// Several units together.
    Integration,
    /// The whole system.
    System,
    /// The system in its user's hands.
    Acceptance,
}

impl Level {
    /// The word that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unit => "unit",
            Self::Integration => "integration",
            Self::System => "system",
            Self::Acceptance => "acceptance",
        }
    }
}

/// The verification levels that a piece of text names, lowest first.
///
/// Alone, the words "system" and "unit" are too common to mean a level; they
/// count beside "test", or where the text is nothing else.
pub fn levels(text: &str) -> Vec<Level> {
    let text = words(text);
    let list: Vec<&str> = text.split(' ').collect();
    let mut found = Vec::new();
    for (at, word) in list.iter().enumerate() {
        let next = list.get(at + 1).copied().unwrap_or("");
        let before_test = next.starts_with("test") || next == "level" || next == "verification" || next == "qualification";
        let alone = list.len() <= 2;
        let level = match *word {
            "utest" | "unittest" | "unittests" | "ut" if alone || *word != "ut" => Level::Unit,
            "unit" if before_test || alone => Level::Unit,
            "itest" => Level::Integration,
            "integration" if before_test || alone || next == "and" || next == "e2e" => Level::Integration,
            "stest" | "e2e" | "sil" | "hil" => Level::System,
            "system" if before_test || alone => Level::System,
            "end" if list.get(at + 1..at + 3) == Some(&["to", "end"]) => Level::System,
            "acceptance" if before_test || alone => Level::Acceptance,
            "uat" | "atest" => Level::Acceptance,
            _ => continue,
        };
        found.push(level);
    }
    found.sort_unstable();
    found.dedup();
    found
}
