//! The same document in two languages, side by side: `guide.md` and `guide_EN.md`.

use super::passed_over::{Family, family};
use super::tree::Tree;

/// Endings by which a document says that it is in another language than the one beside it, in lower case.
const OTHERS: [&str; 12] = ["cn", "zh", "zh-cn", "zh_cn", "ja", "jp", "ko", "de", "fr", "es", "ru", "pt"];

/// Whether a document tells in another language what a document beside it tells. Of the two the English one is
/// read, because the words that the checks look for are English.
pub fn is_translated(tree: &dyn Tree, path: &str) -> bool {
    if !matches!(family(path), Some(Family::Markdown | Family::ReStructuredText | Family::Csv)) {
        return false;
    }
    let Some((stem, extension)) = path.rsplit_once('.') else { return false };
    let beside = |name: String| tree.find(&name).is_some();
    if ["_EN", "-EN", "_en", "-en", ".en"].iter().any(|mark| beside(format!("{stem}{mark}.{extension}"))) {
        return true;
    }
    let lower = stem.to_ascii_lowercase();
    OTHERS.iter().any(|language| {
        let original = lower.strip_suffix(language).and_then(|rest| rest.strip_suffix(['_', '-']));
        original.and_then(|rest| stem.get(..rest.len())).is_some_and(|stem| {
            beside(format!("{stem}.{extension}"))
                || ["_EN", "_en", "-en"].iter().any(|mark| beside(format!("{stem}{mark}.{extension}")))
        })
    })
}
