//! Which facts of a section stand together in one column of the page.
//!
//! A section has a column for each fact, as a sheet needs it. On a page a dozen columns are too many to be read: what
//! explains another fact stands below it in smaller letters.

/// A column of the page.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shown {
    /// The column of the section whose cells are shown, and by which the page sorts.
    pub(super) main: &'static str,
    /// The columns that stand below.
    pub(super) below: &'static [&'static str],
    /// Whether a reader can pick one of its values.
    pub(super) pick: bool,
    /// Whether only the answer is shown, up to the reason that follows it: the dossier has that.
    pub(super) brief: bool,
}

/// A column by itself.
const fn one(main: &'static str) -> Shown {
    Shown { main, below: &[], pick: false, brief: false }
}

/// A column with others below.
const fn with(main: &'static str, below: &'static [&'static str]) -> Shown {
    Shown { main, below, pick: false, brief: false }
}

/// A column of few values.
const fn pick(main: &'static str) -> Shown {
    Shown { main, below: &[], pick: true, brief: false }
}

/// A column of answers without their reasons.
const fn brief(main: &'static str) -> Shown {
    Shown { main, below: &[], pick: false, brief: true }
}

/// Sections with a layout of their own; those that are not here are shown a column for each fact.
pub(super) const LAYOUTS: &[(&str, &[Shown])] = &[
    (
        "findings",
        &[
            pick("severity"),
            Shown { main: "code", below: &["name"], pick: true, brief: false },
            with("requirement", &["specification", "covers"]),
            with("message", &["help", "related", "waiver"]),
            with("place", &["fingerprint"]),
            pick("standing"),
        ],
    ),
    (
        "forward",
        &[
            with("id", &["specification", "title"]),
            pick("state"),
            with("cites", &["resolution"]),
            with("test", &["test_place"]),
            pick("level"),
            pick("outcome"),
            with("named", &["at", "claimed"]),
        ],
    ),
    (
        "backward",
        &[with("test", &["place"]), pick("level"), pick("runs"), pick("outcome"), with("id", &["specification"]), pick("link")],
    ),
    (
        "runs",
        &[
            with("path", &["reader"]),
            one("results"),
            one("passed"),
            one("failed"),
            one("skipped"),
            one("other"),
            one("unlinked"),
            one("commit"),
            one("environment"),
        ],
    ),
    ("results", &[with("name", &["suite"]), pick("outcome"), one("message"), one("place"), one("test")]),
    (
        "strength",
        &[
            with("id", &["specification"]),
            pick("state"),
            Shown { main: "rung", below: &["why"], pick: true, brief: false },
            brief("cited"),
            brief("exists"),
            brief("passes"),
            brief("asserts"),
            brief("executes"),
            brief("kills"),
        ],
    ),
    (
        "other-evidence",
        &[
            with("id", &["specification", "title"]),
            pick("state"),
            one("assigned"),
            one("claimed"),
            with("cites", &["resolution"]),
            one("status"),
            one("place"),
        ],
    ),
    (
        "records",
        &[
            with("id", &["title", "place"]),
            Shown { main: "type", below: &["parent"], pick: true, brief: false },
            with("status", &["version"]),
            with("days", &["begun"]),
            one("waits"),
            one("actions"),
        ],
    ),
    (
        "waivers",
        &[
            with("id", &["ticket"]),
            with("check", &["subject", "path"]),
            one("state"),
            one("findings"),
            with("reason", &["risk"]),
            with("approved_by", &["requested_by"]),
            with("expires", &["baseline"]),
            one("place"),
        ],
    ),
    ("not-checked", &[pick("kind"), one("what"), one("why"), one("count"), one("place")]),
    ("inputs", &[with("path", &["document", "version", "status"]), pick("role"), pick("reader"), one("records"), one("sha256")]),
];

/// The layout of a section, if it has one of its own.
pub(super) fn of(key: &str) -> Option<&'static [Shown]> {
    LAYOUTS.iter().find(|(name, _)| *name == key).map(|(_, layout)| *layout)
}

#[cfg(test)]
mod tests {
    use super::LAYOUTS;
    use crate::report::sections;

    #[test]
    fn layouts_name_columns_that_sections_have() {
        for (key, layout) in LAYOUTS {
            let about = sections::all().find(|about| about.key == *key).unwrap_or_else(|| panic!("no section `{key}`"));
            for name in layout.iter().flat_map(|shown| std::iter::once(&shown.main).chain(shown.below)) {
                assert!(about.columns.iter().any(|column| column.key == *name), "`{key}` has no column `{name}`");
            }
        }
    }
}
