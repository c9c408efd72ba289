//! Cases of pytest that are never run: `pytest.param("timer", marks=pytest.mark.skip)`.

use std::borrow::Cow;

/// A text without the parameters that are skipped whatever happens. Those with a condition may run.
pub(super) fn without(text: &str) -> Cow<'_, str> {
    const CALL: &str = "param(";
    if !(text.contains(CALL) && text.contains("mark.skip")) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(CALL) {
        let (before, call) = rest.split_at(at);
        let end = close(call).unwrap_or(call.len());
        let (call, behind) = call.split_at(end);
        kept.push_str(before);
        if !is_skipped(call) {
            kept.push_str(call);
        }
        rest = behind;
    }
    kept.push_str(rest);
    Cow::Owned(kept)
}

/// Just past the parenthesis that closes the first one; strings may hold others.
fn close(call: &str) -> Option<usize> {
    let (mut depth, mut quote) = (0usize, None);
    for (at, c) in call.char_indices() {
        match (c, quote) {
            (c, Some(open)) if c == open => quote = None,
            (_, Some(_)) => {}
            ('"' | '\'', None) => quote = Some(c),
            ('(' | '[' | '{', None) => depth += 1,
            (')' | ']' | '}', None) => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(at + 1);
                }
            }
            _ => {}
        }
    }
    None
}

fn is_skipped(call: &str) -> bool {
    call.match_indices("mark.skip").any(|(at, word)| {
        let behind = call.get(at + word.len()..).and_then(|rest| rest.chars().next());
        !behind.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}

#[cfg(test)]
mod tests {
    use super::without;

    #[test]
    fn what_is_skipped_is_left_out() {
        let text = "[\"stdio\", pytest.param(\"timer)\", marks=pytest.mark.skip(reason=\"no\")), pytest.param('sse', marks=[pytest.mark.skip])]";
        let kept = without(text);
        assert!(kept.contains("stdio") && !kept.contains("timer") && !kept.contains("sse"), "{kept}");
        let text = "[pytest.param(\"timer\", marks=pytest.mark.skipif(OLD)), pytest.param(\"sse\", id=\"mark.skipped\")]";
        assert_eq!(without(text), text);
        assert!(without("param(\"x\", marks=pytest.mark.skip").is_empty() || without("param(").len() == 6);
    }
}
