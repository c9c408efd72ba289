//! What a heading of a record says about the text below it.

use super::files::is_unauthorised;
use super::tongues;
use crate::model::contents::Sections;
use crate::model::vocabulary::words;

/// What stands below a heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub(super) enum Section {
    /// What the record affects.
    Scope,
    /// What it leaves out.
    Excluded,
    /// What was modified.
    Modified,
    /// How the change is to be tested.
    Testing,
    /// What is to be done.
    Plan,
    /// The items that are filled in while the work is done.
    Execution,
    /// What was done.
    Account,
    /// Root causes.
    Causes,
    /// Corrective and preventive actions.
    Actions,
    /// Remarks that nobody has to make.
    Comments,
    /// Other documents.
    References,
    /// What is to be done next.
    Steps,
    /// Anything else: background, evidence, reasons.
    #[default]
    Other,
}

/// What a heading says about the text below it; `None` where it depends on the headings above.
pub(super) fn of(title: &str) -> Option<Section> {
    let all = words(title);
    let title = all.trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ');
    let list: Vec<&str> = title.split(' ').collect();
    // What an item is about says nothing of what stands below it: "EI-2: Correct the CAPA".
    if list.first() == Some(&"ei") && list.get(1).is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit())) {
        return None;
    }
    let has = |names: &[&str]| list.iter().any(|word| names.contains(word));
    let phrase = |text: &str| format!(" {title} ").contains(&format!(" {text} "));
    let things = has(&["file", "files", "document", "documents", "code"]);
    let affected = has(&["affected", "impacted"]) || phrase("in scope") || has(&["touched"]) && phrase("to be touched") && things;
    let found = match title {
        "" => return None,
        _ if phrase("out of scope") || phrase("not in scope") || has(&["exclusions", "excluded", "deferred", "non goals"]) => {
            Section::Excluded
        }
        _ if things && has(&["modified", "changed", "touched", "updated", "edited"]) => Section::Modified,
        _ if has(CHANGES) && is_unauthorised(title) => Section::Modified,
        _ if affected => Section::Scope,
        _ if has(&["comment", "comments", "remark", "remarks", "notes"]) => Section::Comments,
        _ if has(&["contributing"]) => Section::Other,
        _ if has(&["cause", "causes"]) => Section::Causes,
        _ if has(&["capa", "capas", "remediation"]) || has(&["action", "actions"]) && has(ACTIONS) => Section::Actions,
        _ if tongues::is_causes(title) => Section::Causes,
        _ if tongues::is_actions(title) => Section::Actions,
        _ if has(&["references", "bibliography"]) || has(&["related", "associated"]) && things => Section::References,
        "next steps" | "next step" | "next actions" => Section::Steps,
        _ if has(&["scope"]) => Section::Scope,
        _ if is_account(&list) => Section::Account,
        _ if has(&["execution", "resolution"]) && !has(&["plan", "proposed", "strategy"]) => Section::Execution,
        _ if has(TESTING) && !has(&["current", "existing", "gap", "gaps", "background"]) => Section::Testing,
        _ if has(PLAN) => Section::Plan,
        _ if has(TOLD) => Section::Other,
        _ => return None,
    };
    Some(found)
}

const CHANGES: &[&str] = &["change", "changes", "edits", "modification", "modifications"];

const ACTIONS: &[&str] = &["corrective", "preventive", "recommended", "remedial", "follow", "planned", "proposed", "action"];

const TESTING: &[&str] = &["test", "tests", "testing", "qualification", "verification", "validation"];

const PLAN: &[&str] = &[
    "approach",
    "change",
    "changes",
    "design",
    "implementation",
    "plan",
    "proposal",
    "proposed",
    "solution",
    "steps",
    "strategy",
    "tasks",
];

const TOLD: &[&str] = &[
    "background",
    "context",
    "current",
    "description",
    "deviation",
    "deviations",
    "discovery",
    "evidence",
    "finding",
    "findings",
    "history",
    "impact",
    "introduction",
    "issue",
    "justification",
    "lessons",
    "motivation",
    "problem",
    "purpose",
    "rationale",
    "timeline",
];

/// Notes a section that accounts of what went wrong have. The title of the document is none.
pub(super) fn tell(title: &str, level: u8, sections: &mut Sections) {
    let spoken = words(title);
    let has = |names: &[&str]| spoken.split(' ').any(|word| names.contains(&word));
    let phrase = |names: &[&str]| names.iter().any(|name| format!(" {spoken} ").contains(&format!(" {name} ")));
    if level == 1 && *sections == Sections::default() {
        return;
    }
    sections.timeline |= has(&["timeline", "chronology"]);
    sections.causes |= phrase(&["root cause", "root causes", "contributing factors", "five whys", "5 whys"]);
    sections.actions |= of(title) == Some(Section::Actions);
    sections.lessons |= has(&["lessons"]) || phrase(&["what went well", "what went wrong"]);
}

/// "Execution summary", "Test results", "Deliverables": what was done.
fn is_account(list: &[&str]) -> bool {
    let has = |names: &[&str]| list.iter().any(|word| names.contains(word));
    let done = has(&["execution", "implementation", "completion", "closure", "resolution", "outcome", "work"]);
    has(&["results", "deliverables", "outcome", "outcomes", "closure", "completed", "accomplishments", "achievements"])
        || done && has(&["summary", "report", "record", "log"])
        || list == ["summary"]
        || has(&["report"]) && has(TESTING)
}

/// "5. Actions" and nothing else.
fn is_actions(title: &str) -> bool {
    words(title).trim_start_matches(|c: char| c.is_ascii_digit() || c == ' ') == "actions"
}

/// "Sign-off", "Approvals": below it people sign.
fn is_signing(title: &str) -> bool {
    const SIGNING: &[&str] = &["approval", "approvals", "sign", "signature", "signatures", "signing", "signoff"];
    words(title).split(' ').any(|word| SIGNING.contains(&word))
}

/// The headings above a place.
#[derive(Debug, Default)]
pub(super) struct Headings {
    stack: Vec<(u8, String, Option<Section>)>,
    /// The levels of those of them that speak of signatures.
    signing: Vec<u8>,
    /// The paragraph that leads a list in: "Files modified:".
    lead: Option<(String, Option<Section>)>,
    /// The document is about what went wrong: its "Actions" are what is done about that.
    investigates: bool,
}

impl Headings {
    /// Those of a document that is about what went wrong, or about anything else.
    pub(super) fn of(investigates: bool) -> Self {
        Self { investigates, ..Self::default() }
    }

    /// Goes below a heading.
    pub(super) fn enter(&mut self, level: u8, title: &str) {
        self.lead = None;
        while self.stack.last().is_some_and(|(above, ..)| *above >= level) {
            self.stack.pop();
        }
        self.signing.retain(|above| *above < level);
        if level > 1 && is_signing(title) {
            self.signing.push(level);
        }
        // The title of the document says what it is about, and not what stands below.
        let actions = || (self.investigates && is_actions(title)).then_some(Section::Actions);
        let section = if self.stack.is_empty() && level == 1 { None } else { of(title).or_else(actions) };
        self.stack.push((level, title.to_owned(), section));
    }

    /// Notes a paragraph that leads in what follows; any other ends the last one.
    pub(super) fn lead(&mut self, paragraph: &str) {
        let text = paragraph.trim().trim_end_matches('*');
        let bold = paragraph.trim_start().starts_with("**") && paragraph.trim_end().ends_with("**");
        let leads = text.ends_with(':') || bold;
        let title = text.trim_matches(['*', ':', ' ', '_']);
        self.lead = (leads && title.len() < 80).then(|| (title.to_owned(), of(title)));
    }

    /// What stands here.
    pub(super) fn section(&self) -> Section {
        let lead = self.lead.as_ref().and_then(|(_, section)| *section);
        // A lead-in tells what was modified or affected; what is a plan and what was done, headings tell.
        let lead = lead.filter(|section| matches!(section, Section::Modified | Section::Scope | Section::Testing));
        let own = || self.stack.iter().rev().find_map(|(.., section)| *section).unwrap_or_default();
        let own = own();
        match lead {
            Some(Section::Testing) if own != Section::Plan => own,
            Some(lead) => lead,
            None => own,
        }
    }

    /// Whether a heading above says that it tells what was done, whatever stands nearer.
    pub(super) fn is_done(&self) -> bool {
        self.stack.iter().any(|(.., section)| matches!(section, Some(Section::Execution | Section::Account)))
    }

    /// Whether a heading above, below the title, is that of signatures.
    pub(super) fn is_signing(&self) -> bool {
        !self.signing.is_empty()
    }

    /// What the nearest heading says of which something can be told, the lead-in first.
    pub(super) fn nearest<T>(&self, tell: impl Fn(&str) -> Option<T>) -> Option<T> {
        tell(self.lead_in()).or_else(|| self.stack.iter().rev().find_map(|(_, title, _)| tell(title)))
    }

    /// Whether nothing but the title of the document stands above.
    pub(super) fn is_head(&self) -> bool {
        self.stack.len() < 2 && self.stack.first().is_none_or(|(level, ..)| *level == 1)
    }

    /// The nearest heading.
    pub(super) fn title(&self) -> &str {
        self.stack.last().map_or("", |(_, title, _)| title)
    }

    /// What leads in what follows.
    pub(super) fn lead_in(&self) -> &str {
        self.lead.as_ref().map_or("", |(title, _)| title)
    }
}

#[cfg(test)]
mod tests {
    use super::{Headings, Section, of};

    #[test]
    fn headings_tell_what_stands_below() {
        let cases = [
            ("2.3 Files Affected", Some(Section::Scope)),
            ("2.3 Systems/Documents Affected", Some(Section::Scope)),
            ("Out of scope", Some(Section::Excluded)),
            ("Files Modified (pump firmware - unauthorized)", Some(Section::Modified)),
            ("Unauthorised modifications", Some(Section::Modified)),
            ("No unauthorised changes", Some(Section::Plan)),
            ("8. Testing Summary", Some(Section::Testing)),
            ("Qualification", Some(Section::Testing)),
            ("11. Execution Summary", Some(Section::Account)),
            ("10. Execution", Some(Section::Execution)),
            ("4. Execution Plan", Some(Section::Plan)),
            ("9. Implementation Plan", Some(Section::Plan)),
            ("6.1 Contributing Factors", Some(Section::Other)),
            ("6.2 Root Cause(s)", Some(Section::Causes)),
            ("7. Remediation Plan (CAPAs)", Some(Section::Actions)),
            ("Execution Comments", Some(Section::Comments)),
            ("Next Steps", Some(Section::Steps)),
            ("3. Current State", Some(Section::Other)),
            ("5.1 CLI argument parsing", None),
            ("EI-2: Test the CAPA", None),
        ];
        for (title, section) in cases {
            assert_eq!(of(title), section, "{title}");
        }
    }

    #[test]
    fn the_title_of_the_document_says_nothing_and_the_nearest_heading_counts() {
        let mut headings = Headings::default();
        headings.enter(1, "CR-007: Test coverage");
        assert_eq!(headings.section(), Section::Other);
        headings.enter(2, "Change description");
        headings.enter(3, "5.1 Buttons");
        assert_eq!(headings.section(), Section::Plan);
        headings.lead("**Files modified:**");
        assert_eq!(headings.section(), Section::Modified);
        headings.lead("That is all.");
        assert_eq!(headings.section(), Section::Plan);
    }
}
