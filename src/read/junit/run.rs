//! Properties of suites: what they say of the run as a whole.

use crate::model::evidence::Run;
use crate::model::time::Time;
use crate::source::{Span, Spanned};

/// Names of properties that hold the tested commit, in small letters and without what joins their words.
const COMMITS: &[&str] = &[
    "buildsourceversion",
    "buildvcsnumber",
    "cicommitsha",
    "commit",
    "commithash",
    "commitid",
    "commitsha",
    "envgithubsha",
    "gitcommit",
    "gitcommithash",
    "gitcommitid",
    "gitcommitsha",
    "githubsha",
    "gitrevision",
    "gitsha",
    "revision",
    "scmrevision",
    "vcsrevision",
];

/// Names of properties that hold the tested branch, written alike.
const BRANCHES: &[&str] = &[
    "branch",
    "branchname",
    "buildsourcebranch",
    "buildsourcebranchname",
    "cicommitbranch",
    "cicommitrefname",
    "envgithubrefname",
    "gitbranch",
    "githubrefname",
    "scmbranch",
    "vcsbranch",
];

/// Words in the names of properties that say on what the tests ran.
const ENVIRONMENT: &[&str] = &[
    "arch",
    "browser",
    "compiler",
    "device",
    "environment",
    "host",
    "hostname",
    "machine",
    "os",
    "platform",
    "python",
    "runner",
    "toolchain",
    "version",
];

/// Takes the moment at which a suite ran, `2024-03-01T12:00:00`; the latest of all counts.
pub(super) fn ran_on(run: &mut Option<Box<Run>>, moment: Option<&str>, span: Span) {
    let Some(day) = moment.and_then(|moment| moment.trim().get(..10)).filter(|day| is_day(day)) else { return };
    let run = run.get_or_insert_default();
    moment.and_then(Time::parse).filter(|moment| moment.precise).into_iter().for_each(|moment| run.began(moment));
    if run.day.as_ref().is_none_or(|known| known.text.as_str() < day) {
        run.day = Some(Spanned { text: day.to_owned(), span });
    }
}

/// Whether a text has the form of a day. Runners that know none write 1970.
fn is_day(text: &str) -> bool {
    let digit = |(at, byte): (usize, u8)| if matches!(at, 4 | 7) { byte == b'-' } else { byte.is_ascii_digit() };
    text.bytes().enumerate().all(digit) && text > "1980"
}

/// Takes a property of a suite.
pub(super) fn take(run: &mut Option<Box<Run>>, name: &str, value: &str, span: Span) {
    if value.is_empty() {
        return;
    }
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect();
    if COMMITS.contains(&plain.as_str()) {
        let hash = (7..=40).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_hexdigit());
        let run = run.get_or_insert_default();
        if hash && run.commit.is_none() {
            run.commit = Some(Spanned { text: value.to_lowercase(), span });
        }
        return;
    }
    if BRANCHES.contains(&plain.as_str()) {
        let run = run.get_or_insert_default();
        if run.branch.is_none() && !value.contains(char::is_whitespace) {
            let text = value.strip_prefix("refs/heads/").unwrap_or(value).to_owned();
            run.branch = Some(Spanned { text, span });
        }
        return;
    }
    let lower = name.to_lowercase();
    if lower.split(|c: char| !c.is_alphanumeric()).any(|word| ENVIRONMENT.contains(&word)) {
        run.get_or_insert_default().environment = true;
    }
}
