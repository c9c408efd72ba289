//! Names that are near to a name that does not exist.

/// At most three of the known names, nearest first.
pub fn near<'k>(wanted: &str, known: impl Iterator<Item = &'k str>) -> Vec<&'k str> {
    let wanted = folded(wanted);
    let most = (wanted.len() / 3).clamp(1, 4);
    let mut found: Vec<(usize, &str)> = known
        .filter_map(|name| {
            let folded = folded(name);
            let inside = wanted.len() >= 4 && contains(&folded, &wanted);
            let distance = if inside { Some(most) } else { distance(&wanted, &folded, most) };
            distance.map(|distance| (distance, name))
        })
        .collect();
    found.sort_unstable();
    found.dedup();
    found.into_iter().take(3).map(|(_, name)| name).collect()
}

/// The sentence that offers them.
pub fn did_you_mean(near: &[&str]) -> Option<String> {
    let quoted: Vec<String> = near.iter().map(|name| format!("`{name}`")).collect();
    let (last, first) = quoted.split_last()?;
    Some(match first.is_empty() {
        true => format!("Did you mean {last}?"),
        false => format!("Did you mean {} or {last}?", first.join(", ")),
    })
}

fn folded(name: &str) -> Vec<char> {
    name.chars().take(200).flat_map(char::to_lowercase).collect()
}

fn contains(text: &[char], part: &[char]) -> bool {
    text.windows(part.len()).any(|window| window == part)
}

/// The number of edits between two names, if it is at most `most`.
fn distance(a: &[char], b: &[char], most: usize) -> Option<usize> {
    if a.len().abs_diff(b.len()) > most {
        return None;
    }
    let mut previous: Vec<usize> = (0..=b.len()).collect();
    for (row, left) in a.iter().enumerate() {
        let mut current = vec![row + 1];
        for ((right, diagonal), above) in b.iter().zip(&previous).zip(previous.iter().skip(1)) {
            let beside = current.last().copied().unwrap_or(row);
            current.push((diagonal + usize::from(left != right)).min(above + 1).min(beside + 1));
        }
        if current.iter().min().is_none_or(|least| *least > most) {
            return None;
        }
        previous = current;
    }
    previous.last().copied().filter(|edits| *edits <= most)
}
