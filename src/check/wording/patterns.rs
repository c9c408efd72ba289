//! The words and forms that leave a requirement open, as patterns.

use regex::Regex;
use std::sync::LazyLock;

/// Words and forms that say that something is still open.
#[allow(clippy::expect_used, reason = "the pattern is a constant that a test compiles")]
pub(super) static OPEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)
        \b(?:TBD|TBC)\b | \?\?\?+ | \bXXX\b
        | \b(?i:still|yet)\ to\ be\ (?i:determined|defined|decided|confirmed|specified)\b
        | [(\[](?i:to\ be\ (?:determined|defined|decided|confirmed|specified))[)\]]
        | <(?i:placeholder|insert\ [^<>]{1,40}|fill\ in[^<>]{0,40}|tbd)>",
    )
    .expect("a valid pattern")
});

/// `[DATE]`, `{TITLE}`: upper-case words in brackets that are no link.
#[allow(clippy::expect_used, reason = "the pattern is a constant that a test compiles")]
pub(super) static FIELD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\[[A-Z][A-Z _-]*[A-Z]\]|\{[A-Z][A-Z _-]*[A-Z]\}|<[A-Z][A-Z _-]*[A-Z]>").expect("a valid pattern")
});

/// Something of everything that [`OPEN`], [`FIELD`] and [`VAGUE`] match in ASCII text.
#[allow(clippy::expect_used, reason = "the pattern is a constant that a test compiles")]
pub(super) static SIGNS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix-u: tbd | tbc | \?\?\? | xxx | to\ be | [\[{<] | appropriate | adequate | easily | friendly
        | possible | necessary | so\ on | and/or | enough | etc )",
    )
    .expect("a valid pattern")
});

/// Words that state an obligation.
#[allow(clippy::expect_used, reason = "the pattern is a constant that a test compiles")]
pub(super) static MODAL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?i)\b(?:shall|must|will|should)\b").expect("a valid pattern"));

/// Words without a measure.
#[allow(clippy::expect_used, reason = "the pattern is a constant that a test compiles")]
pub(super) static VAGUE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)
        \b(?:(?:as|if|when|where)\ appropriate | appropriately | appropriate\ (?:levels?|manner|measures?|times?) | adequate(?:ly)? | easily | user[-\ ]friendly
        | as\ (?:far|much|fast|quickly|soon)\ as\ possible | if\ necessary | when\ necessary | as\ necessary | if\ possible | where\ possible
        | when\ possible | and\ so\ on | fast\ enough)\b
        | \betc\b\.?",
    )
    .expect("a valid pattern")
});

/// A number with a unit: whoever gives one says what can be measured.
#[allow(clippy::expect_used, reason = "the pattern is a constant that a test compiles")]
pub(super) static MEASURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)\b\d+(?:[.,]\d+)?\s?(?:[nµμum]?s | (?i:sec(?:onds?)? | minutes? | min | hours? | days? | bytes? | [kmg]i?b | bits?)
        | [kMG]?Hz | [mkM]?[VAW] | °C | bar | [kM]?Pa | [µm]?m | cm | km | k?g)\b | \d\s?%",
    )
    .expect("a valid pattern")
});

/// A sentence may demand something about placeholders; then they are its subject and no gap in it.
#[allow(clippy::expect_used, reason = "the pattern is a constant that a test compiles")]
pub(super) static ABOUT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?ix)\b(?:placeholders? | templates? | tokens? | markers? | variables? | literals? | strings? | nodes? | tags? | elements? | format(?:s|ted)? | patterns? | prefix(?:es)? | syntax | notations?
        | replac\w+ | substitut\w+ | reject\w* | detect\w* | flag\w* | forbid\w* | contain\w* | scan\w* | lint\w* | resolv\w+ | unresolved | expand\w* | headings?
        | labels? | labell?ed | log(?:s|ged)? | print\w* | display\w* | shows? | render\w* | such\ as | e\.g | columns? | fields?\ named | sections?\ named | named)\b",
    )
    .expect("a valid pattern")
});

/// Keys of lines that say something about a requirement.
pub(super) const ATTRIBUTES: &[&str] = &[
    "status",
    "owner",
    "author",
    "assignee",
    "verification",
    "verified",
    "method",
    "priority",
    "rationale",
    "notes",
    "source",
    "parent",
    "parents",
    "implementation",
    "implemented",
    "test",
    "tests",
    "evidence",
    "commit",
    "risk",
    "date",
    "version",
    "phase",
    "comment",
    "comments",
    "question",
    "questions",
    "issue",
    "issues",
    "traceability",
    "traces",
    "level",
    "release",
    "effort",
    "approver",
    "reviewer",
    "approved",
    "reviewed",
    "ticket",
    "hazard",
    "category",
    "type",
    "state",
    "milestone",
    "sprint",
    "trace",
    "coverage",
    "component",
    "module",
    "file",
    "files",
    "dependencies",
];
