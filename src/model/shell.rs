//! Commands that a person pastes.

/// A word as a shell takes it.
pub fn word(text: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:=@,+".contains(c);
    if !text.is_empty() && text.chars().all(plain) { text.to_owned() } else { format!("'{}'", text.replace('\'', "'\\''")) }
}

#[cfg(test)]
mod tests {
    use super::word;

    #[test]
    fn what_a_shell_would_take_apart_is_quoted() {
        assert_eq!(word("REQ-A-001"), "REQ-A-001");
        assert_eq!(word(""), "''");
        assert_eq!(word("Requirement 1.2"), "'Requirement 1.2'");
        assert_eq!(word("it's $HOME"), "'it'\\''s $HOME'");
    }
}
