//! The words of which names of tests are made, and those that announce tests.

use crate::model::vocabulary;

/// Whether two names share most of their words, but for a slip of the finger in each.
pub(super) fn resemble(a: &str, b: &str) -> bool {
    let (a, mut b) = (parts(a), parts(b));
    let most = a.len().max(b.len());
    let mut shared = 0;
    for word in a {
        if let Some(at) = b.iter().position(|other| alike(&word, other)) {
            b.swap_remove(at);
            shared += 1;
        }
    }
    shared * 2 > most
}

/// The words of a name in lower case, without those that only say that it is a test.
fn parts(name: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut last = ' ';
    for c in name.chars() {
        let starts = !last.is_alphanumeric() || c.is_uppercase() && !last.is_uppercase();
        if c.is_alphanumeric() {
            if starts {
                words.push(String::new());
            }
            words.iter_mut().rev().take(1).for_each(|word| word.extend(c.to_lowercase()));
        }
        last = c;
    }
    words.retain(|word| !matches!(word.as_str(), "test" | "tests" | "spec" | "it" | "should"));
    words
}

/// Whether two words are the same, but for one letter in words of at least four.
fn alike(a: &str, b: &str) -> bool {
    let head = a.chars().zip(b.chars()).take_while(|(x, y)| x == y).count();
    let tail = a.chars().rev().zip(b.chars().rev()).take_while(|(x, y)| x == y).count();
    let (short, long) = (a.chars().count().min(b.chars().count()), a.chars().count().max(b.chars().count()));
    a == b || long >= 4 && long - short <= 1 && head + tail >= long - 1
}

/// Whether a heading says that the tests below it are missing or still to come. A word alone may be
/// the subject of requirements: "Planned maintenance", "Gap detection".
pub(super) fn heading_announces(heading: &str) -> bool {
    const PHRASES: &[&str] = &[
        "gap summary",
        "gap analysis",
        "coverage gap",
        "test gap",
        "proposed test",
        "planned test",
        "recommended test",
        "suggested test",
        "missing test",
        "future test",
        "tests to write",
        "to be written",
        "to be added",
        "not yet",
    ];
    let words = vocabulary::words(heading);
    words.split(' ').any(|word| word == "gaps") || PHRASES.iter().any(|phrase| words.contains(phrase))
}

/// Whether a status says that the test is missing or still to come.
pub(super) fn status_announces(status: &str) -> bool {
    const WORDS: &[&str] = &["gap", "gaps", "proposed", "planned", "missing", "todo"];
    let words = vocabulary::words(status);
    words.split(' ').any(|word| WORDS.contains(&word)) || words.contains("not yet") || words.contains("to do")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn resemblance() {
        for (a, b, same) in [
            ("test_stays_hoot", "test_stays_hot", true),
            ("test_tanks", "test_tank", true),
            ("RefundPolicyTest", "RefundPoliciesTest", false),
            ("CartItemEventTest", "CartHelpLinkTest", false),
            ("test_low", "test_hot", false),
            ("closes fast", "closes slowly", false),
            ("rejects_unknown_user", "rejects_unknown_users", true),
        ] {
            assert_eq!(resemble(a, b), same, "{a} {b}");
        }
    }

    #[test]
    fn announcements() {
        assert!(heading_announces("20. Gap Summary") && heading_announces("Proposed tests"));
        assert!(!heading_announces("Planned maintenance") && !heading_announces("Gap detection"));
        assert!(status_announces("GAP") && !status_announces("PASS"));
    }
}
