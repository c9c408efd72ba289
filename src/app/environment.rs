//! What the environment says: which colours and lines a terminal takes, who watches, and what git is about to commit.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

/// Whether a variable is there and says something.
fn says(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

fn is(name: &str, value: &str) -> bool {
    std::env::var_os(name).is_some_and(|found| found == value)
}

/// Whether to use colours on what may be a terminal, by the usual conventions: `NO_COLOR` first, then `CLICOLOR_FORCE`,
/// then what the terminal can do.
pub(super) fn color(terminal: bool) -> bool {
    if says("NO_COLOR") {
        return false;
    }
    if says("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0") {
        return true;
    }
    terminal && !is("CLICOLOR", "0") && !is("TERM", "dumb")
}

/// Whether somebody looks on who wants to know how far it is: at a terminal, and not in the log of a build service.
pub(super) fn is_watched() -> bool {
    io::stderr().is_terminal() && !is("TERM", "dumb") && !says("CI")
}

/// Whether lines may be drawn in Unicode: unless the locale says that they may not.
pub(super) fn unicode() -> bool {
    let locale =
        ["LC_ALL", "LC_CTYPE", "LANG"].iter().filter_map(|name| std::env::var(name).ok()).find(|value| !value.is_empty());
    locale.is_none_or(|locale| {
        let locale = locale.to_ascii_lowercase();
        locale.contains("utf-8") || locale.contains("utf8")
    })
}

/// The index that git made for one commit alone, as it does for `git commit FILE`, where its hooks find it.
pub(super) fn index() -> Option<PathBuf> {
    std::env::var_os("GIT_INDEX_FILE").filter(|name| !name.is_empty()).map(PathBuf::from)
}
