//! `tracegate explain`: the documentation of a check is the doc comment of its file; a few pages are about no check.

use crate::check::page::Page;
use crate::check::{self, CHECKS, Check};
use crate::suggest;

/// Pages that are about no check: the keys of the configuration, and the commands by which results and coverage are written.
pub const TOPICS: [(&str, &str); 2] =
    [("configuration", include_str!("../docs/configuration.md")), ("artifacts", include_str!("explain/artifacts.md"))];

/// The page of a check by its code or name, or the sentence that says that there is none.
pub fn page(name: &str) -> Result<String, (String, String)> {
    if let Some((_, page)) = TOPICS.iter().find(|(topic, _)| name.eq_ignore_ascii_case(topic)) {
        return Ok((*page).to_owned());
    }
    let Some(check) = check::find(name) else {
        let topics = CHECKS.iter().flat_map(|check| [check.code, check.name]).chain(TOPICS.map(|(topic, _)| topic));
        let near = suggest::near(name, topics);
        let help = suggest::did_you_mean(&near).unwrap_or_else(|| "`tracegate explain` lists all checks.".to_owned());
        return Err((format!("there is no check `{}`", name), help));
    };
    Ok(format!("{}\n", Page::of(check.source).text().trim_end()))
}

/// One line for each check: code, name, severity and what it looks for.
pub fn overview() -> String {
    let width = CHECKS.iter().map(|check| check.name.len()).max().unwrap_or(0);
    let line =
        |check: &Check| format!("{}  {:width$}  {:7}  {}\n", check.code, check.name, check.severity.name(), summary(check));
    let hint = "\n`tracegate explain CODE` prints a check's page: why it matters, an example, what to do.\n\
                `tracegate explain configuration` prints every key of tracegate.toml.\n\
                `tracegate explain artifacts` prints the commands that write results and coverage, for each ecosystem.\n";
    CHECKS.iter().map(line).chain([hint.to_owned()]).collect()
}

/// The first sentence of a page, on one line.
pub fn summary(check: &Check) -> String {
    let page = Page::of(check.source);
    let text = page.summary().split("\n\n").next().unwrap_or("").split_whitespace().collect::<Vec<_>>().join(" ");
    let end = text.find(". ").map_or(text.len(), |at| at + 1);
    text.get(..end).unwrap_or(&text).to_owned()
}
