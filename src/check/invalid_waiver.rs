//! # P08 invalid-waiver
//!
//! Each waiver of `tracegate.waivers.toml` is in force and accepts something: it has not expired, it was approved by somebody
//! else than who asked for it, it says why and at what risk, it is for named subjects and at most ten findings, what it was
//! given for has not changed, and there is a finding that it fits. A waiver that is not in force accepts nothing: its findings
//! count again. E12, P08 and the Q codes can't be waived, because they say that something was not looked at.
//!
//! ## Why it matters
//! A waiver is a decision about one known gap. The one that outlives its reason, or that somebody gave to himself, or that
//! covers whatever comes next, hides gaps that nobody ever accepted.
//!
//! ## Bad
//! ```file tracegate.waivers.toml
//! [[waiver]]
//! id = "W-001"
//! check = "T01"
//! subject = "REQ-LIFT-002"
//! fingerprint = "1193145af3ec87c7"
//! reason = "The light curtain comes with the next door."
//! risk = "low: a guard stands at the door"
//! requested_by = "R. Okafor"
//! approved_by = "R. Okafor"
//! expires = 2999-06-30
//! ```
//! ```file docs/srs.md
//! # LIFT-SRS: Lift Requirements Specification
//!
//! ### REQ-LIFT-001: Remote call
//! The lift shall be callable over the network.
//!
//! ### REQ-LIFT-002: Doors
//! The doors shall stay open while somebody stands between them.
//! ```
//! ```file tests/test_lift.py
//! def test_call():
//!     """Verifies: REQ-LIFT-001"""
//!     assert call(3) == 3
//! ```
//!
//! ## Good
//! ```file tracegate.waivers.toml
//! [[waiver]]
//! id = "W-001"
//! check = "T01"                       # code or name
//! subject = "REQ-LIFT-002"            # identifiers, or the subject of the findings; REQ-*, *-002, REQ-LIFT-001..003
//! # path = "docs/*.md"                # only findings in these files
//! fingerprint = "1193145af3ec87c7"  # of the text: `tracegate trace REQ-LIFT-002`; one or a list
//! # baseline = "v2.0"                 # in its place: only for evidence of this baseline
//! reason = "The light curtain comes with the next door."
//! risk = "low: a guard stands at the door"
//! requested_by = "R. Okafor"
//! approved_by = "M. Lindqvist"        # somebody else
//! expires = 2999-06-30                # the last day, or the last baseline
//! ticket = "LIFT-77"                  # optional
//! ```
//! ```file docs/srs.md
//! # LIFT-SRS: Lift Requirements Specification
//!
//! ### REQ-LIFT-001: Remote call
//! The lift shall be callable over the network.
//!
//! ### REQ-LIFT-002: Doors
//! The doors shall stay open while somebody stands between them.
//! ```
//! ```file tests/test_lift.py
//! def test_call():
//!     """Verifies: REQ-LIFT-001"""
//!     assert call(3) == 3
//! ```
//!
//! ## What to do
//! Close the gap and remove the waiver, or have it decided again: the good example shows every key. The fingerprint of a
//! requirement's text stands in `tracegate trace ID`, that of a finding about no requirement in `tracegate check --format json`.
//!
//! ## Serves
//! MISRA Compliance 4.2

mod settled;

pub(super) use settled::settle;

use super::{Check, tells_of_the_run};
use crate::finding::{Finding, Severity};
use crate::link::graph::Graph;
use crate::model::vocabulary::words;
use crate::settings::{Baseline, Settings, WAIVERS, Waiver};
use crate::source::{Place, Spanned};

/// The check.
pub(super) const CHECK: Check =
    Check { code: "P08", name: "invalid-waiver", severity: Severity::Error, source: include_str!("invalid_waiver.rs"), run };

/// What a waiver says of itself; what only the other findings tell is told by [`settle`].
fn run(graph: &Graph, settings: &Settings, findings: &mut Vec<Finding>) {
    for waiver in settings.waivers.iter().flat_map(|waivers| &waivers.list) {
        let faults: Vec<String> = faults(waiver, settings).collect();
        if !faults.is_empty() {
            let message = format!("The waiver `{}` is void: {}", waiver.id.text, faults.join("; "));
            let found = told(graph, waiver, &waiver.id, message).label("accepts nothing");
            findings.push(found.help(
                "Close the gap and remove the waiver, or have it decided again: `tracegate explain P08` shows what it must say.",
            ));
        }
    }
}

/// A finding about a waiver, at one of its keys.
fn told(graph: &Graph, waiver: &Waiver, at: &Spanned, message: String) -> Finding {
    let file = graph.files().find(|(_, input)| input.reader == WAIVERS).map(|(file, _)| file);
    let place = file.map_or_else(Place::default, |file| Place::new(file, at.span));
    Finding::new(place, waiver.id.text.as_str(), message)
}

/// Why a waiver is not in force, whatever it is for.
fn faults<'s>(waiver: &'s Waiver, settings: &'s Settings) -> impl Iterator<Item = String> + 's {
    let code = waiver.check.text.as_str();
    let unwaivable = tells_of_the_run(code).then(|| format!("{code} can't be waived"));
    let pinned = !waiver.fingerprints.is_empty() || waiver.baseline.is_some();
    let unpinned =
        (!pinned).then(|| "it says neither `fingerprint` nor `baseline`, so what it was given for may have changed".to_owned());
    let baseline = waiver.baseline.as_ref().and_then(|name| other_baseline(name, settings));
    let baseline = baseline.map(|why| format!("it was given for {why}"));
    unwaivable
        .into_iter()
        .chain(too_broad(waiver))
        .chain(unsaid(waiver))
        .chain(alone(waiver))
        .chain(unpinned)
        .chain(baseline)
        .chain(ended(waiver, settings))
}

/// Whether it is for whatever a check finds.
fn too_broad(waiver: &Waiver) -> Option<String> {
    match &waiver.subject {
        None => Some(format!("it has no `subject`, and so is for whatever {} finds", waiver.check.text)),
        Some(subject) if !subject.text.contains(char::is_alphanumeric) => {
            Some(format!("its subject `{}` is for whatever {} finds", subject.text, waiver.check.text))
        }
        Some(_) => None,
    }
}

/// What a decision must say and this one does not.
fn unsaid(waiver: &Waiver) -> Option<String> {
    let keys = [
        ("`reason`", &waiver.reason),
        ("`risk`", &waiver.risk),
        ("`requested_by`", &waiver.requested_by),
        ("`approved_by`", &waiver.approved_by),
        ("`expires`", &waiver.expires),
    ];
    let says = |value: &Option<Spanned>| value.as_ref().is_some_and(|value| !is_left_open(&value.text));
    let missing: Vec<&str> = keys.into_iter().filter(|(_, value)| !says(value)).map(|(key, _)| key).collect();
    (!missing.is_empty()).then(|| format!("it does not say {}", missing.join(", ")))
}

/// Whether a text only holds the place of what somebody is to write there.
fn is_left_open(text: &str) -> bool {
    matches!(words(text).as_str(), "" | "tba" | "tbc" | "tbd" | "to be decided" | "to be defined" | "to do" | "todo" | "pending")
}

/// Whether somebody approved what he asked for himself: `R. Okafor` and `r okafor` are one name.
fn alone(waiver: &Waiver) -> Option<String> {
    let name = |who: &Spanned| words(&who.text);
    let (asked, agreed) = (waiver.requested_by.as_ref()?, waiver.approved_by.as_ref()?);
    (name(asked) == name(agreed)).then(|| format!("{} both asked for it and approved it", agreed.text.trim()))
}

/// Whether its last day is over, or the run is of another baseline than its last.
fn ended(waiver: &Waiver, settings: &Settings) -> Option<String> {
    let expires = waiver.expires.as_ref()?;
    let Some(last) = day(&expires.text) else {
        return other_baseline(expires, settings).map(|why| format!("it ends with {why}"));
    };
    // The settings name the day after today.
    let tomorrow = settings.today.as_deref().and_then(day)?;
    (last + 1 < tomorrow).then(|| format!("it expired on {}", expires.text))
}

/// A baseline that is not the one of this run, and which that is.
fn other_baseline(name: &Spanned, settings: &Settings) -> Option<String> {
    let named = name.text.trim();
    let is = |baseline: &Baseline| baseline.name == named || named.len() >= 7 && baseline.id.starts_with(&named.to_lowercase());
    match &settings.baseline {
        Some(baseline) if is(baseline) => None,
        Some(baseline) => Some(format!("the baseline `{named}`, and this run is of `{}`", baseline.name)),
        None => Some(format!("the baseline `{named}`, and this run names none")),
    }
}

/// The number of a day that is written as `2024-03-01`, counted so that the next day has the next number.
pub(super) fn day(text: &str) -> Option<i64> {
    let mut parts = text.trim().splitn(3, '-');
    let mut part = |len: usize| parts.next().filter(|part| part.len() == len).and_then(|part| part.parse::<u16>().ok());
    let (year, month, day) = (i64::from(part(4)?), i64::from(part(2)?), i64::from(part(2)?));
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let lengths = [31, if leap { 29 } else { 28 }, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let (before, rest) = lengths.split_at_checked(usize::try_from(month).ok()?.checked_sub(1)?)?;
    let valid = rest.first().is_some_and(|length| (1..=*length).contains(&day));
    let years = year - 1;
    valid.then(|| years * 365 + years / 4 - years / 100 + years / 400 + before.iter().sum::<i64>() + day)
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn days_follow_each_other() {
        for (one, next) in [
            ("2024-02-28", "2024-02-29"),
            ("2024-02-29", "2024-03-01"),
            ("2023-12-31", "2024-01-01"),
            ("2100-02-28", "2100-03-01"),
        ] {
            assert_eq!(day(one).map(|day| day + 1), day(next), "{one}");
        }
        for text in ["2025-13-01", "2025-00-01", "2025-02-29", "31.12.2025", "v2.0", "2025-1-1", "2025-01-32"] {
            assert_eq!(day(text), None, "{text}");
        }
    }
}
