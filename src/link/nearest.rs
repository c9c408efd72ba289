//! The nearest of several names, for "did you mean".

/// The candidate with the smallest edit distance, if it is at most a third of the name's length.
/// Of equally near ones the first in alphabetical order.
pub(super) fn of<'a>(name: &str, candidates: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let limit = (name.chars().count() / 3).clamp(1, 12);
    let wanted: Vec<char> = name.chars().take(200).collect();
    candidates
        .filter(|candidate| candidate.len().abs_diff(name.len()) <= limit * 2)
        .filter_map(|candidate| Some((distance(&wanted, candidate, limit)?, candidate)))
        .min()
        .map(|(_, candidate)| candidate)
}

/// The edit distance (insert, delete, replace), or `None` above the limit.
fn distance(a: &[char], b: &str, limit: usize) -> Option<usize> {
    let b: Vec<char> = b.chars().take(200).collect();
    if a.len().abs_diff(b.len()) > limit {
        return None;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut least = left;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (slot, y) in row.iter_mut().skip(1).zip(&b) {
            let cost = (diagonal + usize::from(x != y)).min(*slot + 1).min(left + 1);
            diagonal = std::mem::replace(slot, cost);
            left = cost;
            least = least.min(cost);
        }
        if least > limit {
            return None;
        }
    }
    row.last().copied().filter(|distance| *distance <= limit)
}
