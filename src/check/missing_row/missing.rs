//! Requirements in force without a row.

use crate::check::cited;
use crate::check::families::{Families, by_family};
use crate::check::naming::Naming;
use crate::check::owed::{Debt, Owed, is_unneeded};
use crate::check::support::{count, has_children};
use crate::finding::{Finding, Severity};
use crate::link::graph::{Found, Graph, ReqId, Requirement};
use crate::link::{is_of_kin, kin};
use crate::model::matrix::Layout;
use crate::model::mention::{Name, split_number};
use crate::model::record::Kind;
use crate::model::requirement::Standing;
use crate::source::{FileId, Place};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};

/// A matrix with so many rows of a specification speaks for all of it, however long it is.
const ENOUGH_ROWS: usize = 3;

/// A matrix that has rows for one in so many requirements speaks for the specification.
const ENOUGH_SHARE: usize = 4;

/// Where most of its rows are for other specifications, it must have rows for one in so many.
const ENOUGH_AMONG_OTHERS: usize = 2;

/// So many of one specification are told one by one; more have one cause.
const FEW: usize = 3;

/// Requirements in force for which the matrix of their specification has no row.
pub(super) fn report(graph: &Graph, naming: &Naming, owed: &Owed, findings: &mut Vec<Finding>) {
    for gap in gaps(graph, naming, owed) {
        let (doubtful, sure): (Vec<_>, Vec<_>) =
            gap.families.iter().partition(|(family, ids)| !gap.covered.contains(*family) && gap.untested(ids).is_empty());
        let flat = |families: Vec<(&&str, &Vec<ReqId>)>| families.into_iter().flat_map(|(_, ids)| ids).copied().collect();
        let (doubtful, sure): (Vec<ReqId>, Vec<ReqId>) = (flat(doubtful), flat(sure));
        if sure.len() <= FEW {
            findings.extend(sure.iter().map(|id| gap.one(*id)));
        } else {
            findings.extend(gap.many(&sure, Severity::Error));
        }
        // A whole family that tests verify may be left out on purpose.
        findings.extend(gap.many(&doubtful, Severity::Warning));
    }
}

/// The requirements that are reported for want of a row and that no test verifies.
pub(in crate::check) fn rowless(graph: &Graph, naming: &Naming, owed: &Owed) -> BTreeSet<ReqId> {
    let gaps = gaps(graph, naming, owed);
    let missing = gaps.iter().flat_map(|gap| gap.families.values().flatten().copied());
    missing.filter(|id| owed.of(*id) == Debt::All).collect()
}

/// A matrix, how much of its specification it has rows for, and for what it has none.
struct Gap<'g> {
    graph: &'g Graph,
    owed: &'g Owed,
    name: &'g str,
    matrix: Place,
    rows: usize,
    all: usize,
    /// Requirements without a row, by family.
    families: BTreeMap<&'g str, Vec<ReqId>>,
    /// The families of which others have rows.
    covered: BTreeSet<&'g str>,
}

fn gaps<'g>(graph: &'g Graph, naming: &Naming, owed: &'g Owed) -> Vec<Gap<'g>> {
    if graph.rows.is_empty() {
        return Vec::new();
    }
    let named = named(graph);
    let doubts = Families::new(graph);
    // A row that spells the identifier may mean a namesake; that is no row too few.
    let spelled: LazyCell<FxHashSet<&str>, _> = LazyCell::new(|| {
        let targets = graph.rows.iter().flat_map(|node| node.targets.iter().chain(&node.related));
        targets.map(|target| target.id.as_str()).collect()
    });
    let has_row =
        |id: ReqId| named.get(id.0 as usize).copied().unwrap_or(false) || spelled.contains(graph.requirement(id).id.as_str());
    let mut members: BTreeMap<u32, Vec<ReqId>> = BTreeMap::new();
    for (id, one) in graph.requirements().filter(|(_, one)| one.standing == Standing::Active && !doubts.is_doubtful(one)) {
        members.entry(one.namespace).or_default().push(id);
    }
    let mut gaps = Vec::new();
    // One matrix may speak for many specifications.
    let mut lists: FxHashMap<FileId, FxHashSet<&str>> = FxHashMap::default();
    for (number, members) in members {
        let Some(namespace) = graph.namespaces.get(number as usize).filter(|namespace| !namespace.by_matrix) else { continue };
        let Some((matrix, own)) = matrix(graph, number, &members) else { continue };
        let mut gap = Gap {
            graph,
            owed,
            name: &namespace.name,
            matrix,
            rows: members.iter().filter(|id| has_row(**id)).count(),
            all: members.len(),
            families: BTreeMap::new(),
            covered: BTreeSet::new(),
        };
        // A table of the matrix that is read as none of rows has a line for it all the same.
        let listed = LazyCell::new(|| lists.entry(matrix.file).or_insert_with(|| listed(graph.input(matrix.file).text.as_str())));
        // Neighbours are of one family.
        let mut last: Option<&str> = None;
        for id in members {
            let one = graph.requirement(id);
            if has_row(id) {
                if !last.is_some_and(|last| is_of_kin(&one.id, last)) {
                    last = Some(kin(&one.id));
                    gap.covered.extend(last);
                }
            } else if is_listed(&listed, &one.id) || graph.sightings.verified.contains_key(&id) {
                gap.rows += 1;
            } else if !has_children(graph, one) && !is_unneeded(graph, one) && !naming.is_ambiguous(id) {
                gap.families.entry(kin(&one.id)).or_default().push(id);
            }
        }
        // A matrix of `PHY-` alone is silent on `SIM-` on purpose, unless it names their common specification; the one of a
        // chapter, which has rows for the lesser part, on families of which it has none.
        let roots: BTreeSet<&str> = gap.covered.iter().map(|family| root(family)).collect();
        if !names(graph, gap.matrix.file, number) {
            let whole = own * 2 >= gap.all;
            gap.families.retain(|family, _| roots.contains(root(family)) && (whole || gap.covered.contains(family)));
        }
        gaps.push(gap);
    }
    gaps
}

/// What the lines of all tables name, whichever cell it stands in.
fn listed(text: &str) -> FxHashSet<&str> {
    let joins = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
    let lines = text.lines().filter(|line| line.trim_start().starts_with('|'));
    let words = lines.flat_map(|line| line.split(move |c: char| !joins(c))).map(|word| word.trim_matches(['.', '-', '_']));
    words.filter(|word| word.bytes().any(|byte| byte.is_ascii_digit())).collect()
}

/// Whether an identifier is named, in full or without its first parts: `REQ-A-001, A-002`.
fn is_listed(listed: &FxHashSet<&str>, id: &str) -> bool {
    let mut rest = id;
    while !listed.contains(rest) {
        match rest.split_once('-') {
            Some((_, tail)) if tail.contains('-') && tail.starts_with(char::is_alphabetic) => rest = tail,
            _ => return false,
        }
    }
    true
}

/// What the identifiers of related families begin with: `PHY` of `PHY-SNT-` and `PHY-RF-`.
fn root(family: &str) -> &str {
    family.split(['-', '_', '.']).next().unwrap_or(family)
}

impl Gap<'_> {
    /// A requirement is missing among others of its family.
    fn one(&self, id: ReqId) -> Finding {
        let requirement = self.graph.requirement(id);
        let path = self.graph.path(self.matrix.file);
        let named = match self.owed.of(id) {
            Debt::All => String::from(", and no test claims to verify it"),
            Debt::None | Debt::Unclear => String::new(),
        };
        let message = format!(
            "{} has no row in {path}{named}; the matrix has rows for {} of {} of {}",
            requirement.id,
            self.rows,
            count(self.all, "requirement"),
            self.name
        );
        let finding = Finding::new(requirement.place, requirement.id.clone(), message)
            .label("no row")
            .help("Add a row that names the tests which verify it, or mark it here as planned or removed.");
        cited::about_requirement(self.nearest(finding, requirement), self.graph, id)
    }

    /// Points at the row where it would stand: the one with the nearest number of its family.
    fn nearest(&self, finding: Finding, requirement: &Requirement) -> Finding {
        let number = |id: &str| split_number(id).map(|(_, number, ..)| number);
        let own = number(&requirement.id).unwrap_or(0);
        let here = self.graph.rows.iter().filter(|node| node.fact.file == self.matrix.file);
        let targets = here.flat_map(|node| node.targets.iter().map(move |target| (node, target)));
        let nearest = targets
            .filter(|(_, target)| matches!(target.found, Found::One(_)) && kin(&target.id) == kin(&requirement.id))
            .min_by_key(|(node, target)| (number(&target.id).unwrap_or(u64::MAX).abs_diff(own), node.fact));
        match nearest {
            Some((node, target)) => {
                finding.related(cited::place(node, target.span), format!("the nearest row, of {}", target.id))
            }
            None => finding.related(self.matrix, "the matrix that speaks for this specification"),
        }
    }

    /// Those that no test names.
    fn untested(&self, ids: &[ReqId]) -> Vec<ReqId> {
        ids.iter().copied().filter(|id| self.owed.of(*id) == Debt::All).collect()
    }

    fn names(&self, ids: &[ReqId]) -> String {
        by_family(&ids.iter().map(|id| self.graph.requirement(*id).id.as_str()).collect::<Vec<_>>())
    }

    /// Many are missing: told once, since each by itself would say the same.
    fn many(&self, ids: &[ReqId], severity: Severity) -> Option<Finding> {
        let mut ids = ids.to_vec();
        ids.sort_unstable_by_key(|id| self.graph.requirement(*id).place);
        let first = self.graph.requirement(*ids.first()?);
        let untested = self.untested(&ids);
        let tail = if untested.len() == ids.len() { "; no test claims to verify them either" } else { "" };
        let message = format!(
            "{} has no row for {} in force of {}: {}{tail}",
            self.graph.path(self.matrix.file),
            count(ids.len(), "requirement"),
            self.name,
            self.names(&ids)
        );
        let finding = Finding::new(first.place, format!("{} {}", self.name, severity.name()), message)
            .label("no row, nor for the others")
            .help("Add rows that name the tests which verify them, or mark them here as planned or removed.")
            .related(self.matrix, "the matrix that speaks for this specification")
            .severity(severity);
        let others = ids.iter().skip(1).map(|id| self.graph.requirement(*id));
        let finding = others.fold(finding, |finding, one| finding.related(one.place, format!("{} has no row either", one.id)));
        Some(cited::about_all(finding, self.graph, if untested.is_empty() { &ids } else { &untested }))
    }
}

/// Which requirements some row names, be it in passing.
fn named(graph: &Graph) -> Vec<bool> {
    let mut named: Vec<bool> = graph.requirements.iter().map(|one| !one.rows.is_empty()).collect();
    for target in graph.rows.iter().flat_map(|node| node.targets.iter().chain(&node.related)) {
        let ids = match &target.found {
            Found::One(id) => std::slice::from_ref(id),
            Found::Ambiguous(several) => several,
            Found::Missing | Found::Foreign => continue,
        };
        for id in ids {
            if let Some(slot) = named.get_mut(id.0 as usize) {
                *slot = true;
            }
        }
    }
    named
}

/// The table of the matrix that speaks for these requirements, the one with rows for most of them, and for how many.
fn matrix(graph: &Graph, namespace: u32, members: &[ReqId]) -> Option<(Place, usize)> {
    let mut files: BTreeMap<FileId, (usize, Place)> = BTreeMap::new();
    for id in members {
        let mut seen: Vec<FileId> = Vec::new();
        for row in &graph.requirement(*id).rows {
            let node = graph.row_node(*row);
            let table = graph.table(node);
            let file = node.fact.file;
            // "Verified by" or a table below a requirement is a link of that requirement, no matrix for the others.
            let inline =
                table.layout == Layout::Detail && graph.document(file).is_none_or(|document| document.kind != Kind::Matrix);
            // A row for a pattern, `REQ-*`, is one for whatever fits it and says nothing of the others.
            let pattern = graph.row(node).ids.iter().all(|one| matches!(one.name, Name::Prefix(_)));
            if inline || pattern || seen.contains(&file) {
                continue;
            }
            seen.push(file);
            files.entry(file).or_insert((0, Place::new(file, table.header))).0 += 1;
        }
    }
    let (file, (rows, place)) = files.into_iter().max_by_key(|(file, (rows, _))| (*rows, std::cmp::Reverse(*file)))?;
    speaks(graph, file, namespace, rows, members.len()).then_some((place, rows))
}

/// Whether a matrix with so many rows for a specification speaks for all of it.
fn speaks(graph: &Graph, file: FileId, namespace: u32, rows: usize, members: usize) -> bool {
    // What rows name beside their own requirement, in further columns, does not compete.
    let (mut own, mut all) = (0, 0);
    for target in graph.rows.iter().filter(|node| node.fact.file == file).flat_map(|node| &node.targets) {
        if let Found::One(id) = target.found {
            all += 1;
            own += usize::from(graph.requirement(id).namespace == namespace);
        }
    }
    if own * 2 < all {
        return rows * ENOUGH_AMONG_OTHERS >= members || names(graph, file, namespace);
    }
    // One row alone says little, unless there is hardly more to have rows for.
    rows >= ENOUGH_ROWS || rows * ENOUGH_SHARE >= members && (rows > 1 || members <= 2)
}

/// Whether a matrix names a specification: by its identifier, its title, or the end of its path.
pub(super) fn names(graph: &Graph, matrix: FileId, namespace: u32) -> bool {
    let Some(namespace) = graph.namespaces.get(namespace as usize) else { return false };
    let text = graph.input(matrix).text.as_str();
    let path = graph.path(namespace.file);
    let parts = path.split('/').count();
    let tail = path.splitn(parts.saturating_sub(1).max(1), '/').last().unwrap_or(path);
    let telling = |name: &str| name.len() > 3 && name.contains(['-', '_', '/', ' ']);
    let whole = |name: &str| {
        telling(name)
            && text.match_indices(name).any(|(at, _)| {
                let edge = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
                let before = text.get(..at).and_then(|text| text.chars().next_back());
                edge(before) && edge(text.get(at + name.len()..).and_then(|text| text.chars().next()))
            })
    };
    let document = graph.document(namespace.file);
    whole(&namespace.name) || whole(tail) || document.is_some_and(|document| whole(&document.id) || whole(&document.title))
}
