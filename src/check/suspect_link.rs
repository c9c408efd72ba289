//! # R10 suspect-link
//!
//! Where a project keeps a `tracegate.lock`, each link of a requirement in force to a test, or to a file that is cited as a
//! whole, is as it was when somebody reviewed it: the text of the requirement, the code of the test, the files of its
//! results and what became of it. Without a lock nothing is said.
//!
//! ## Why it matters
//! A link says that this test shows this requirement. Somebody has to have read both to know that, and it is true of what
//! was read: once one of them says something else, the link is a guess until somebody looks again.
//!
//! ## Bad
//! ```file docs/srs.md
//! # LIFT-SRS: Lift Requirements Specification
//!
//! ### REQ-LIFT-001: Doors
//! The doors shall stay open for 5 s.
//! ```
//! ```file tests/test_lift.py
//! def test_doors():
//!     """Verifies: REQ-LIFT-001"""
//!     assert open_for() == 3
//! ```
//! ```file tracegate.lock
//! version = 1
//! link = [
//!   { requirement = "REQ-LIFT-001", specification = "LIFT-SRS", file = "tests/test_lift.py", test = "test_doors", text = "05d0968c43b64081", body = "35e6948882da97a3" },
//! ]
//! ```
//!
//! ## Good
//! ```file docs/srs.md
//! # LIFT-SRS: Lift Requirements Specification
//!
//! ### REQ-LIFT-001: Doors
//! The doors shall stay
//! open for 3 s.
//! ```
//! ```file tests/test_lift.py
//! def test_doors():
//!     """Verifies: REQ-LIFT-001"""
//!     assert open_for() == 3  # seconds
//! ```
//! ```file tracegate.lock
//! version = 1
//! link = [
//!   { requirement = "REQ-LIFT-001", specification = "LIFT-SRS", file = "tests/test_lift.py", test = "test_doors", text = "05d0968c43b64081", body = "35e6948882da97a3" },
//! ]
//! ```
//!
//! ## What to do
//! Read the requirement beside its tests. If they still show it, say so: `tracegate accept REQ-LIFT-001 --by NAME`; else correct
//! them first. `tracegate accept --all` begins a lock. Nothing else writes it. Files that a row names in a column of evidence, or
//! beside its tests, are links too, whether anything can read them or not.
//!
//! A new layout, another order of lines in the file, comments and the markup of a text change nothing, nor does a test that moves
//! to another file or gets another name, as it is. Helpers, fixtures and the code under test are not looked at (E05 does, where a commit is named). Where
//! each run writes the results anew, review without them: `accept --no-evidence` keeps what became of each test and no file. A link
//! that nobody reviewed is a warning. A reviewed link that is gone is an error while its requirement is in force: what was shown
//! once may be shown no more. What can't be seen (a part of the tree, results before the tests ran) is not assessed.
//!
//! ## Serves
//! ISO 26262-8 8; IEC 62304 5.7.3

mod compared;

use super::Check;
use super::cited::{about_all, about_requirement, code, list};
use super::fold::{Many, fold};
use super::support::count;
use crate::finding::{Finding, Severity};
use crate::link::graph::{Graph, ReqId};
use crate::link::review::links;
use crate::model::shell::word;
use crate::settings::{REVIEWS, Review, Settings};
use crate::source::{FileId, Place, Span};
use compared::Compared;
use std::collections::{BTreeMap, BTreeSet};

/// The check.
pub(super) const CHECK: Check =
    Check { code: "R10", name: "suspect-link", severity: Severity::Error, source: include_str!("suspect_link.rs"), run };

/// Labels of the findings.
const TEXT: &str = "changed since its review";
const BODY: &str = "changed since it was reviewed";
const OUTCOME: &str = "not the outcome that was reviewed";
const EVIDENCE: &str = "not the evidence that was reviewed";
const ABSENT: &str = "reviewed evidence that is not there";
const NEVER: &str = "never reviewed";
const GONE: &str = "reviewed and gone";
const IDLE: &str = "of no requirement in force";

const ANEW: &str = "Look at it and accept the links again. If each run writes it anew, review without it: `tracegate accept --all --no-evidence`.";
/// More requirements than this are not written into a command.
const NAMED: usize = 12;

const REMOVE: &str = "`tracegate accept --all` removes it from the lock.";

fn run(graph: &Graph, settings: &Settings, findings: &mut Vec<Finding>) {
    let Some(reviews) = &settings.reviews else { return };
    let links = links(graph);
    let compared = Compared::of(graph, &reviews.list, &links);
    let lock = graph.files().find(|(_, input)| input.reader == REVIEWS).map(|(file, _)| file);
    let lock = Lock { graph, file: lock.unwrap_or_default() };
    let mut told = lock.texts(&compared);
    told.extend(lock.tests(&compared));
    told.extend(lock.unreviewed(&compared));
    // What was not looked at may hold what seems to be gone.
    let part = settings.partial || !settings.submodules.is_empty();
    let (absent, gone) = (lock.absent(&compared), lock.gone(&compared));
    findings.extend(lock.evidence(&compared));
    if part || settings.without_results {
        findings.extend(lock.not_assessed(absent.len(), "file", "of evidence is as it was reviewed", why(part)));
    } else {
        told.extend(absent);
    }
    if part {
        findings.extend(lock.not_assessed(gone.len(), "reviewed link", "is still there", why(part)));
    } else {
        told.extend(gone);
    }
    findings.extend(fold(graph, told, many).into_iter().map(|finding| helped(graph, finding)));
}

fn why(part: bool) -> &'static str {
    if part { "only a part of the tree was read" } else { "no results are asked for" }
}

/// What is told of many in one file.
fn many(label: &str, many: &Many<'_>) -> Option<String> {
    let Many { count, path, names } = many;
    Some(match label {
        TEXT => format!("{count} requirements of {path} say something else than when their links were reviewed: {names}"),
        BODY => format!("{count} tests of {path} changed since their links were reviewed: {names}"),
        OUTCOME => format!("{count} tests of {path} have another outcome than when their links were reviewed: {names}"),
        NEVER => format!("{count} requirements of {path} have links that nobody reviewed: {names}"),
        ABSENT => format!("{count} files of evidence that were reviewed are not there: {names}"),
        GONE => format!("{count} links that were reviewed are not there any more: {names}"),
        IDLE => format!("{count} reviewed links are of requirements that are not in force: {names}"),
        _ => return None,
    })
}

/// A test that is not as it was reviewed, and the requirements whose evidence it is.
struct Changed<'r> {
    test: &'r str,
    what: String,
    review: &'r Review,
    of: Vec<ReqId>,
}

/// The lock as the place of findings.
struct Lock<'g> {
    graph: &'g Graph,
    file: FileId,
}

impl Lock<'_> {
    fn place(&self, review: &Review) -> Place {
        Place::new(self.file, review.span)
    }

    /// Requirements of which the text changed.
    fn texts(&self, compared: &Compared<'_>) -> Vec<Finding> {
        let mut changed: BTreeMap<ReqId, &Review> = BTreeMap::new();
        for (link, review) in compared.pairs.iter().filter(|(link, review)| link.seen.text != review.seen.text) {
            changed.entry(link.requirement).or_insert(review);
        }
        let told = changed.into_iter().map(|(id, review)| {
            let one = self.graph.requirement(id);
            let message = format!("{} says something else than when its links were reviewed{}", one.id, whose(review));
            let finding = Finding::new(one.place, one.id.as_str(), message).label(TEXT);
            about_requirement(finding, self.graph, id).related(self.place(review), "the review")
        });
        told.collect()
    }

    /// Tests of which the code or the outcome changed, each with the requirements whose evidence it is.
    fn tests(&self, compared: &Compared<'_>) -> Vec<Finding> {
        let mut changed: BTreeMap<(Place, &str), Changed<'_>> = BTreeMap::new();
        for (link, review) in compared.pairs.iter().filter(|(link, _)| !link.name.test.is_empty()) {
            let (now, then) = (&link.seen, &review.seen);
            let is_known = !now.outcome.is_empty() && !then.outcome.is_empty();
            let of_code = (now.body != then.body).then(|| (BODY, String::from("changed since it was reviewed")));
            let of_outcome = (is_known && now.outcome != then.outcome)
                .then(|| (OUTCOME, format!("was `{}` and is `{}`: that is not what was reviewed", then.outcome, now.outcome)));
            for (label, what) in of_code.into_iter().chain(of_outcome) {
                let one = Changed { test: link.name.end(), what, review, of: Vec::new() };
                changed.entry((link.place, label)).or_insert(one).of.push(link.requirement);
            }
        }
        let told = changed.into_iter().map(|((place, label), Changed { test, what, review, of })| {
            let message = format!("{}, a test of {}, {what}{}", code(test), self.names(&of), whose(review));
            let finding = Finding::new(place, test, message).label(label);
            about_all(finding, self.graph, &of).related(self.place(review), "the review")
        });
        told.collect()
    }

    /// Files of evidence that hold something else.
    fn evidence(&self, compared: &Compared<'_>) -> Vec<Finding> {
        let told = compared.changed.iter().map(|(path, (place, (review, ids)))| {
            let names = self.names(ids);
            let message = format!("{path} is not what was reviewed as evidence of {names}{}", whose(review));
            let finding = Finding::new(*place, *path, message).label(EVIDENCE).help(ANEW);
            about_all(finding, self.graph, ids).related(self.place(review), "the review")
        });
        told.collect()
    }

    /// Files of evidence that are not there.
    fn absent(&self, compared: &Compared<'_>) -> Vec<Finding> {
        let told = compared.absent.iter().map(|(path, (review, ids))| {
            let message = format!("{path}, which was reviewed as evidence of {}, is not there{}", self.names(ids), whose(review));
            let finding = Finding::new(self.place(review), *path, message).label(ABSENT).help(ANEW);
            about_all(finding, self.graph, ids)
        });
        told.collect()
    }

    /// Requirements with links that are not in the lock.
    fn unreviewed(&self, compared: &Compared<'_>) -> Vec<Finding> {
        let mut open: BTreeMap<ReqId, Vec<String>> = BTreeMap::new();
        for link in &compared.unreviewed {
            open.entry(link.requirement).or_default().push(code(link.name.end()));
        }
        let told = open.into_iter().map(|(id, ends)| {
            let one = self.graph.requirement(id);
            let links = if ends.len() == 1 { String::from("the link") } else { count(ends.len(), "link") };
            let message = format!("Nobody reviewed {links} of {} to {}", one.id, list(&ends));
            let finding = Finding::new(one.place, one.id.as_str(), message).label(NEVER);
            about_requirement(finding, self.graph, id).severity(Severity::Warning)
        });
        told.collect()
    }

    /// Reviewed links that are not there any more.
    fn gone(&self, compared: &Compared<'_>) -> Vec<Finding> {
        let told = compared.gone.iter().map(|(review, requirement)| {
            let (name, who) = (&review.link, whose(review));
            let (id, end) = (name.requirement.as_str(), code(name.end()));
            let finding = |message| Finding::new(self.place(review), format!("{id} {}", name.end()), message);
            match requirement {
                Some(of) => {
                    let message = format!("{end} was reviewed as what verifies {id} and is linked to it no more{who}");
                    about_requirement(finding(message), self.graph, *of).label(GONE)
                }
                None => {
                    let message = format!("The reviewed link of {id} to {end} is of no requirement in force{who}");
                    finding(message).label(IDLE).help(REMOVE).severity(Severity::Warning)
                }
            }
        });
        told.collect()
    }

    fn not_assessed(&self, many: usize, noun: &str, what: &str, why: &str) -> Option<Finding> {
        let message = format!("Whether {} {what} is not assessed: {why}", count(many, noun));
        let finding = Finding::new(Place::new(self.file, Span::default()), "review", message);
        let help = "Check the whole tree with its results to know.";
        (many > 0).then(|| finding.label("not assessed").help(help).severity(Severity::Info))
    }

    fn names(&self, ids: &[ReqId]) -> String {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        list(&ids.iter().map(|id| self.graph.requirement(*id).id.as_str()).collect::<Vec<_>>())
    }
}

/// Says what to do, with the command for the requirements that the finding is about.
fn helped(graph: &Graph, finding: Finding) -> Finding {
    let help = match finding.label.as_ref() {
        TEXT | BODY | OUTCOME => {
            ["Read both ends. If the test still shows the requirement, `", "` says so; else correct them first."]
        }
        NEVER => ["Read it beside what verifies it, then `", "`."],
        GONE => ["Restore the link, or look at what is left and accept it: `", "`."],
        _ => return finding,
    };
    let [before, after] = help;
    let help = format!("{before}{}{after}", command(graph, &finding));
    finding.help(help)
}

/// The command that accepts the links of the requirements of a finding, to be pasted as it is.
fn command(graph: &Graph, finding: &Finding) -> String {
    let mut about: Vec<(&str, &str)> = finding.requirements().collect();
    about.sort_unstable();
    about.dedup();
    let spaces: BTreeSet<&str> = about.iter().map(|(space, _)| *space).collect();
    let elsewhere =
        |(space, id): &(&str, &str)| graph.requirements.iter().any(|one| one.id == *id && graph.namespace(one) != *space);
    // Several specifications may have the identifier: then the command has to say which is meant.
    let of = match (about.iter().any(elsewhere), spaces.len(), spaces.first()) {
        (false, ..) => String::new(),
        (true, 1, Some(space)) => format!(" --specification {}", word(space)),
        _ => return String::from("tracegate accept --all"),
    };
    if about.is_empty() || about.len() > NAMED {
        return String::from("tracegate accept --all");
    }
    format!("tracegate accept {}{of}", about.iter().map(|(_, id)| word(id)).collect::<Vec<_>>().join(" "))
}

/// Who reviewed it and when, as the end of a sentence.
fn whose(review: &Review) -> String {
    let said = [&review.by, &review.on].into_iter().flatten().map(String::as_str).collect::<Vec<_>>();
    if said.is_empty() { String::new() } else { format!(" ({})", said.join(", ")) }
}
