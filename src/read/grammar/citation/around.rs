//! What stands around an item of a cell: whether it is code, in brackets, in a sentence or a word of a command.

use super::rules::Rule;
use pest::iterators::Pair;

/// Whether an item is the whole cell.
pub(super) fn alone(item: &Pair<'_, Rule>) -> bool {
    item.get_input().trim() == item.as_str()
}

/// Whether an item stands in a sentence: more than a few plain words around it, outside of code and quotes.
pub(super) fn in_sentence(item: &Pair<'_, Rule>) -> bool {
    let mut code = false;
    let plain: String = item
        .get_input()
        .chars()
        .filter(|c| {
            if *c == '`' {
                code = !code;
                false
            } else {
                !code
            }
        })
        .collect();
    plain
        .split_whitespace()
        .filter(|word| word.len() > 1 && word.chars().all(|c| c.is_lowercase() || c == ',' || c == '.'))
        .count()
        > 3
}

/// The words of letters only in a text, outside of code and without those that tell a level.
fn plain_words(text: &str) -> usize {
    let outside = text.split('`').step_by(2).flat_map(str::split_whitespace);
    outside
        .map(|word| word.trim_matches([',', '.', ':', ';', '(', ')', '*', '"', '-', '–', '—']))
        .filter(|word| word.chars().count() > 1 && word.chars().all(char::is_alphabetic))
        .filter(|word| !matches!(word.to_lowercase().as_str(), "unit" | "integration" | "system" | "test" | "tests"))
        .count()
}

/// Whether words that are no name stand beside an item between the separators of its list.
pub(super) fn among_words(item: &Pair<'_, Rule>) -> bool {
    let (text, span) = (item.get_input(), item.as_span());
    let ends = |c: char| matches!(c, ',' | ';' | '\n' | '|');
    let from = text.get(..span.start()).and_then(|before| before.rfind(ends)).map_or(0, |at| at + 1);
    let to = text.get(span.end()..).and_then(|after| after.find(ends)).map_or(text.len(), |at| span.end() + at);
    let (before, after) = (text.get(from..span.start()).unwrap_or(""), text.get(span.end()..to).unwrap_or(""));
    plain_words(before) + plain_words(after) > 1
}

/// Whether an identifier is mentioned in passing: the cell has many more words than identifiers.
pub(super) fn in_long_sentence(item: &Pair<'_, Rule>) -> bool {
    let text = item.get_input();
    let named = text.split_whitespace().filter(|word| word.contains('-') && word.contains(|c: char| c.is_ascii_digit())).count();
    plain_words(text) > 6 * named.max(1)
}

/// Whether an item stands between code marks.
pub(super) fn in_code(item: &Pair<'_, Rule>) -> bool {
    code_around(item).is_some()
}

/// Whether an item is a word of a command: code of several words, of which the first is no test.
pub(super) fn in_command(item: &Pair<'_, Rule>) -> bool {
    let name =
        |word: &str| word.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ',' | ';' | '(' | ')' | ':' | '[' | ']'));
    code_around(item).is_some_and(|code| code.trim().contains(' ') && !code.split_whitespace().all(name))
}

/// The code in which an item stands.
fn code_around<'t>(item: &Pair<'t, Rule>) -> Option<&'t str> {
    let (text, span) = (item.get_input(), item.as_span());
    let before = text.get(..span.start())?;
    let open = before.rfind('`').filter(|_| before.matches('`').count() % 2 == 1)?;
    let rest = text.get(open + 1..)?;
    Some(rest.split('`').next().unwrap_or(rest))
}

/// Whether only blanks, code marks and a commit stand between the end of a citation and an item.
pub(super) fn follows(item: &Pair<'_, Rule>, end: usize) -> bool {
    let between = item.get_input().get(end..item.as_span().start()).unwrap_or("x y z");
    between.split_whitespace().filter(|word| word.chars().any(char::is_alphanumeric)).count() <= 1
}

/// Whether an item stands inside of round brackets of its cell.
pub(super) fn bracketed(item: &Pair<'_, Rule>) -> bool {
    let before = item.get_input().get(..item.as_span().start()).unwrap_or("");
    before.matches('(').count() > before.matches(')').count()
}

/// Whether an item is a word of a command that searches or lists: `grep -r unsafe --include='*.rs'`.
pub(super) fn in_search(item: &Pair<'_, Rule>) -> bool {
    const SEARCHES: &[&str] = &["ag", "awk", "cat", "find", "git", "grep", "ls", "rg", "sed", "wc"];
    let first = code_around(item).and_then(|code| code.split_whitespace().next());
    first.is_some_and(|first| SEARCHES.contains(&first)) && in_command(item)
}

/// Whether an item is the task of a build tool: `./gradlew connectedAndroidTest`. What stands behind an option that selects tests
/// is none.
pub(super) fn is_task(item: &Pair<'_, Rule>) -> bool {
    const TOOLS: &[&str] =
        &["bazel", "gradle", "gradlew", "just", "make", "mvn", "mvnw", "nox", "npm", "pnpm", "rake", "sbt", "tox", "yarn"];
    if !in_code(item) {
        return false;
    }
    let cell = item.get_input().get(..item.as_span().start()).unwrap_or("");
    let before: Vec<&str> = cell.rsplit('`').next().unwrap_or("").split_whitespace().collect();
    let tool = before.iter().any(|word| TOOLS.contains(&word.trim_start_matches("./")));
    tool && before.last().is_none_or(|word| !word.starts_with('-') && !word.contains(['"', '\'', '=']))
}

/// Whether a cell tells of something else than a test: "Code review: no `Canvas.draw_text` is left".
pub(super) fn in_review(item: &Pair<'_, Rule>) -> bool {
    const REVIEWS: &[&str] = &["code review", "design review", "peer review", "review", "code inspection", "inspection"];
    let cell = item.get_input().trim_start_matches([' ', '*', '_']);
    let head: String = cell.chars().take(20).flat_map(char::to_lowercase).collect();
    REVIEWS.iter().any(|review| {
        head.strip_prefix(review).is_some_and(|rest| rest.trim_start_matches(['*', '_']).starts_with([':', ' ', '—', '–']))
    })
}
