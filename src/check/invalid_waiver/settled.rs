//! Which findings the waivers accept, and which waivers accept nothing.

use super::{faults, told};
use crate::check::support::count;
use crate::finding::{Acceptance, Finding, Severity, fingerprints};
use crate::link::drift::fingerprint;
use crate::link::graph::{Graph, Requirement};
use crate::settings::{MAX_WAIVED, Settings, Waiver};
use globset::{Glob, GlobMatcher};

/// Marks the findings that waivers in force accept, and yields what is wrong with waivers that fit none, too many, or what
/// has changed.
pub(in crate::check) fn settle(graph: &Graph, settings: &Settings, findings: &mut [Finding]) -> Vec<Finding> {
    let Some(waivers) = &settings.waivers else { return Vec::new() };
    let marks = fingerprints(findings, |file| graph.path(file));
    let mut wrong = Vec::new();
    for waiver in waivers.list.iter().filter(|waiver| faults(waiver, settings).next().is_none()) {
        let wanted = Wanted::new(waiver);
        let fits = findings.iter().enumerate().filter(|(_, finding)| wanted.fits(graph, finding)).map(|(at, _)| at);
        let fits: Vec<usize> = fits.collect();
        // A finding that tells of several requirements is as much as one for each.
        let each = |finding: &Finding| finding.requirements().count().max(1);
        let many: usize = fits.iter().filter_map(|at| findings.get(*at)).map(each).sum();
        if fits.is_empty() {
            wrong.push(idle(graph, settings, waiver, findings.iter().find(|finding| wanted.is_partly_about(finding))));
        } else if many > MAX_WAIVED {
            let message = format!(
                "The waiver `{}` is void: it is for {}, and nobody decides on more than {MAX_WAIVED} at once",
                waiver.id.text,
                count(many, "finding")
            );
            wrong.push(
                told(graph, waiver, waiver.subject.as_ref().unwrap_or(&waiver.id), message)
                    .label("too broad")
                    .help("Name fewer subjects, or write a waiver for each."),
            );
        } else {
            for at in fits {
                let (Some(finding), Some(mark)) = (findings.get_mut(at), marks.get(at)) else { continue };
                match changed(graph, waiver, finding, mark) {
                    Some(what) => wrong.push(void(graph, waiver, finding, &what)),
                    // Of two waivers the first is told.
                    None if finding.waiver.is_none() => finding.waiver = acceptance(waiver).map(Box::new),
                    None => {}
                }
            }
        }
    }
    wrong
}

/// What a waiver is for.
struct Wanted<'w> {
    waiver: &'w Waiver,
    subject: Option<GlobMatcher>,
    path: Option<GlobMatcher>,
}

impl<'w> Wanted<'w> {
    fn new(waiver: &'w Waiver) -> Self {
        let matcher = |text: &str| Glob::new(text).ok().map(|glob| glob.compile_matcher());
        let subject = waiver.subject.as_ref().and_then(|subject| matcher(&subject.text));
        let path = waiver.path.as_ref().and_then(|path| matcher(&path.text));
        Self { waiver, subject, path }
    }

    fn fits(&self, graph: &Graph, finding: &Finding) -> bool {
        let here = self.path.as_ref().is_none_or(|path| path.is_match(graph.path(finding.place.file)));
        here && finding.code == self.waiver.check.text && self.is_about(finding)
    }

    /// A finding that is about several requirements is accepted where each of them is; its subject counts where it is
    /// something else than one of them.
    fn is_about(&self, finding: &Finding) -> bool {
        let mut ids = finding.requirements().map(|(_, id)| id).peekable();
        let other = !finding.requirements().any(|(_, id)| id == finding.subject);
        ids.peek().is_some() && ids.all(|id| self.names(id)) || other && self.names(&finding.subject)
    }

    /// Whether a finding of the check is about a requirement that is named, whatever else it is about.
    fn is_partly_about(&self, finding: &Finding) -> bool {
        finding.code == self.waiver.check.text && finding.requirements().any(|(_, id)| self.names(id))
    }

    fn names(&self, name: &str) -> bool {
        let literal = self.waiver.subject.as_ref().is_some_and(|subject| subject.text == name);
        literal || self.subject.as_ref().is_some_and(|subject| subject.is_match(name))
    }
}

/// What has changed since a waiver was given, by its fingerprints: the text of a requirement, or else the finding itself.
fn changed(graph: &Graph, waiver: &Waiver, finding: &Finding, mark: &str) -> Option<String> {
    if waiver.fingerprints.is_empty() {
        return None;
    }
    let known = |mark: &str| waiver.fingerprints.iter().any(|known| known.trim().eq_ignore_ascii_case(mark));
    let texts: Vec<(&str, String)> = finding
        .requirements()
        .filter_map(|(space, id)| Some((id, fingerprint(graph, requirement(graph, space, id)?)?)))
        .collect();
    match texts.iter().find(|(_, text)| !known(text)) {
        Some((id, _)) => Some(format!("the text of {id}")),
        None if texts.is_empty() && !known(mark) => Some("the finding".to_owned()),
        None => None,
    }
}

fn requirement<'g>(graph: &'g Graph, namespace: &str, id: &str) -> Option<&'g Requirement> {
    graph.requirements.iter().find(|one| one.id == *id && graph.namespace(one) == namespace)
}

fn void(graph: &Graph, waiver: &Waiver, finding: &Finding, what: &str) -> Finding {
    let message = format!(
        "The waiver `{}` is void for {} of `{}`: its fingerprint is not that of {what}",
        waiver.id.text, finding.code, finding.subject
    );
    told(graph, waiver, &waiver.id, message)
        .label("given for something else")
        .help("Read what it says now and decide again. `tracegate trace ID` has the fingerprint of a requirement's text, `check --format json` that of a finding.")
        .related(finding.place, "the finding, which counts again")
}

/// A waiver that fits no finding. Where not all was there to look at, that is a remark.
fn idle(graph: &Graph, settings: &Settings, waiver: &Waiver, partly: Option<&Finding>) -> Finding {
    let subject = waiver.subject.as_ref().unwrap_or(&waiver.id);
    let lacks = if settings.without_results {
        Some("without results of tests")
    } else if settings.partial || !settings.submodules.is_empty() {
        Some("with a part of the tree alone")
    } else {
        None
    };
    let nothing = format!(
        "The waiver `{}` accepts {} of `{}`, and there is no such finding",
        waiver.id.text, waiver.check.text, subject.text
    );
    let found = |message| told(graph, waiver, subject, message).label("fits no finding");
    if let Some(partly) = partly {
        let message = format!(
            "The waiver `{}` accepts {} of `{}`, and the finding about it is about other requirements or files too",
            waiver.id.text, waiver.check.text, subject.text
        );
        let help = "A finding is accepted as a whole: name all requirements that it is about, and their files.";
        return found(message).help(help).related(partly.place, "the finding, which counts");
    }
    match lacks {
        Some(why) => found(format!("{nothing}; {why} that is not assessed"))
            .severity(Severity::Info)
            .help("Check the whole tree with its results to know."),
        None => found(nothing).help("Remove the waiver if the gap is closed; else correct `check`, `subject` or `path`."),
    }
}

fn acceptance(waiver: &Waiver) -> Option<Acceptance> {
    Some(Acceptance {
        id: waiver.id.text.clone(),
        reason: waiver.reason.as_ref()?.text.clone(),
        risk: waiver.risk.as_ref()?.text.clone(),
        approved_by: waiver.approved_by.as_ref()?.text.clone(),
        expires: waiver.expires.as_ref()?.text.clone(),
        ticket: waiver.ticket.as_ref().map(|ticket| ticket.text.clone()),
    })
}
