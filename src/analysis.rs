//! From a tree of files to findings, without side effects.

mod artifact;
mod past;
mod samples;

use crate::check;
use crate::discover::passed_over::called::is_record_name;
use crate::discover::passed_over::{Class, DATABASE, Family, classify, family, former, is_kept, needs_lit, set_up_for_lit};
use crate::discover::translation;
use crate::discover::tree::Tree;
use crate::finding::Finding;
use crate::link::graph::{Graph, ITEM, Input};
use crate::link::sightings::look;
use crate::link::{anomalies, bound, committed, drift, link, plans, proof, records, sealed};
use crate::model::citation::{Target, TestName};
use crate::model::kept::Kept;
use crate::model::lifecycle::is_numbered_id;
use crate::model::record::Kind;
use crate::model::{Facts, Problem, Role, own_report, test_case};
use crate::read::{adoc, checksums, code, coverage, items, kept, needs, plain_text, sdoc, tasks, trlc};
use crate::settings::{CONFIGURATION, REVIEWS, Settings, WAIVERS};
use crate::source::{Damage, Span, Text};
use globset::{Glob, GlobSet, GlobSetBuilder};
use rayon::prelude::*;
use rustc_hash::FxHashSet;

/// What an analysis gives.
#[derive(Debug, Default)]
pub struct Analysis {
    /// Everything that is known, linked.
    pub graph: Graph,
    /// What the checks found, in their total order.
    pub findings: Vec<Finding>,
    /// Paths that a reader could have taken and none did, with the reason.
    pub passed_over: Vec<(String, String)>,
}

/// Reads a tree, links what it says and runs all checks.
pub fn analyze(tree: &dyn Tree, settings: &Settings) -> Analysis {
    let choice = Choice::new(settings, tree);
    let mut passed_over: Vec<(String, String)> =
        tree.absent().iter().map(|absent| (absent.path.clone(), absent.reason.clone())).collect();
    let files = tree.files().par_iter().enumerate();
    let mut taken: Vec<Taken<'_>> = files
        .map(|(at, entry)| take(tree, at, &entry.path, choice.reader(tree, &entry.path, choice.own(&entry.path))?, &choice))
        .collect();
    samples::read(tree, &choice, &mut taken);
    let (mut inputs, mut places, mut unread) = (Vec::with_capacity(taken.len()), Vec::with_capacity(taken.len()), Vec::new());
    for (at, (taken, entry)) in taken.into_iter().zip(tree.files()).enumerate() {
        match taken {
            Ok(input) => {
                inputs.push(input);
                places.push(at);
            }
            Err(reason) => {
                unread.push(entry.path.clone());
                passed_over.extend(reason.map(|reason| (entry.path.clone(), reason.to_owned())));
            }
        }
    }
    keep_cited(tree, &places, &mut inputs, settings);
    if let Some(origin) = &settings.origin {
        add_said(&mut inputs, &origin.path, &origin.bytes, CONFIGURATION);
    }
    if let Some(waivers) = &settings.waivers {
        add_said(&mut inputs, &waivers.path, &waivers.bytes, WAIVERS);
    }
    if let Some(reviews) = &settings.reviews {
        add_said(&mut inputs, &reviews.path, &reviews.bytes, REVIEWS);
    }
    add_checksums(tree, &choice, &mut inputs);
    let mut settings = settings.clone();
    if !settings.without_results && inputs.iter().all(|input| input.facts.results.is_empty()) {
        settings.hidden_results = tree.hidden_results();
        let hidden = settings.hidden_results.iter().map(|path| (path.clone(), HIDDEN.to_owned()));
        passed_over.extend(hidden);
    }
    settings.unread = unread;
    settings.absent.extend(tree.absent().iter().map(|absent| absent.path.clone()));
    let submodules = tree.absent().iter().filter(|absent| absent.reason.contains("submodule"));
    settings.submodules.extend(submodules.map(|absent| absent.path.clone()));
    let mut graph = link(inputs, &settings);
    let reread = |path: &str| tree.find(path).and_then(|at| tree.bytes(at).ok()).map(Text::decode);
    look(&mut graph, &reread);
    records::look(&mut graph, &reread);
    anomalies::look(&mut graph, &reread);
    plans::look(&mut graph, &settings, &reread);
    bound::look(&mut graph, &|wanted| tree.revisions(wanted));
    proof::look(&mut graph, &settings, &|path| reread(path).map(|text| text.digest().to_owned()));
    sealed::look(&mut graph, &|path| tree.find(path).and_then(|at| tree.bytes(at).ok()));
    let history = past::History::new(tree, &choice);
    drift::look(&mut graph, &settings, &history);
    bound::date(&mut graph, &history);
    committed::look(&mut graph, &history);
    let findings = check::run(&graph, &settings);
    passed_over.sort_unstable();
    Analysis { graph, findings, passed_over }
}

/// Why results that seem to be there were not read.
const HIDDEN: &str = "an ignore file names it, and it seems to hold results";

/// Bytes of data in which it must show what it is.
const HEAD: usize = 4096;

/// Bytes of the head of a database.
const DATABASE_HEAD: usize = 100;

/// What came of a file: an input, or why it was passed over.
type Taken<'c> = Result<Input, Option<&'c str>>;

/// Reads a file, unless it turns out to be none that counts.
fn take<'c>(tree: &dyn Tree, at: usize, path: &str, family: Family, choice: &'c Choice) -> Taken<'c> {
    // Data of any name is no input before its first bytes say what it holds.
    if family == Family::Data && !tree.head(at, HEAD).is_ok_and(|head| artifact::is_one(&head)) {
        return Err(None);
    }
    if family == Family::Lit && !(choice.runs_lit(path) && tree.head(at, HEAD).is_ok_and(|head| code::holds_command(&head))) {
        return Err(None);
    }
    let input = read(tree, at, path.to_owned(), family, choice);
    if own_report::is_own(input.text.as_str()) {
        return Err(Some(own_report::REASON));
    }
    // Most data that is called results or like a record is something else.
    let maybe = matches!(family, Family::Results | Family::Data | Family::Kept | Family::PlainText);
    // Plain text may be a record in which nothing but its status is told.
    let record = family == Family::PlainText && input.facts.document.is_some();
    if maybe && input.facts.is_empty() && !record { Err(None) } else { Ok(input) }
}

/// Texts that said nothing were dropped. Those of which a matrix or a policy names a part are read again: the part may stand
/// there.
fn keep_cited(tree: &dyn Tree, places: &[usize], inputs: &mut [Input], settings: &Settings) {
    if !inputs.iter().any(|input| input.facts.is_empty()) {
        return;
    }
    let citations = inputs.iter().flat_map(|input| &input.facts.rows).flat_map(|row| &row.citations);
    let files = citations.filter_map(|citation| match &citation.target {
        Target::Test(TestName { file: Some(file), .. }) => file.rsplit('/').next(),
        _ => None,
    });
    let mut named: FxHashSet<String> = files.map(str::to_owned).collect();
    let rows =
        inputs.iter().flat_map(|input| input.facts.rows.iter().flat_map(|row| &row.code).map(|cell| input.text.slice(*cell)));
    let policies = settings.policies.iter().flat_map(|policy| policy.code()).map(|(name, _)| name.text.as_str());
    named.extend(rows.chain(policies).flat_map(file_names).map(str::to_owned));
    if named.is_empty() {
        return;
    }
    for (input, at) in inputs.iter_mut().zip(places).filter(|(input, _)| input.facts.is_empty()) {
        let name = input.path.rsplit('/').next().unwrap_or_default();
        let cited = named.contains(name) || name.rsplit_once('.').is_some_and(|(stem, _)| named.contains(stem));
        if let Some(bytes) = cited.then(|| tree.bytes(*at).ok()).flatten() {
            input.text = Text::decode(bytes);
        }
    }
}

/// Words of a text that may be names of files.
fn file_names(text: &str) -> impl Iterator<Item = &str> {
    let words = text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '_' | '-')));
    words.filter(|word| word.contains('.'))
}

/// Configuration, waivers and reviews are inputs that state nothing, so that findings can point at their lines.
fn add_said(inputs: &mut Vec<Input>, path: &str, bytes: &[u8], reader: &'static str) {
    let at = inputs.partition_point(|input| input.path.as_str() < path);
    let known = inputs.get(at).is_some_and(|input| input.path == path);
    if !known {
        let text = Text::decode(bytes.to_vec());
        inputs.insert(at, Input { path: path.to_owned(), text, reader, ..Input::default() });
    }
}

/// Lists of digests are inputs where they vouch for others, and where nobody can tell whether they do.
fn add_checksums(tree: &dyn Tree, choice: &Choice, inputs: &mut Vec<Input>) {
    let lists = tree.files().iter().enumerate().filter(|(_, entry)| checksums::is_list(&entry.path));
    for (at, entry) in lists.filter(|(_, entry)| !matches(&choice.ignore, &entry.path)) {
        match tree.bytes(at) {
            Ok(bytes) if sealed::vouches(inputs, &entry.path, &String::from_utf8_lossy(&bytes)) => {
                add_said(inputs, &entry.path, &bytes, checksums::READER);
            }
            Ok(bytes) if sealed::is_emptied(inputs, &entry.path, &String::from_utf8_lossy(&bytes)) => {
                insert(inputs, emptied(entry.path.clone(), bytes));
            }
            Ok(_) => {}
            Err(error) => insert(inputs, unreadable(entry.path.clone(), &error.to_string())),
        }
    }
}

fn insert(inputs: &mut Vec<Input>, input: Input) {
    let place = inputs.partition_point(|one| one.path < input.path);
    inputs.insert(place, input);
}

/// A list of digests beside evidence that states none.
fn emptied(path: String, bytes: Vec<u8>) -> Input {
    let problem = Problem {
        span: Span::default(),
        whole_file: true,
        reason: String::from("the list states no SHA-256 digest: it vouches for nothing that lies beside it"),
        help: String::from("Seal the evidence anew, or delete the list."),
    };
    let facts = Facts { problems: vec![problem], ..Facts::default() };
    Input { path, text: Text::decode(bytes), reader: checksums::READER, facts, ..Input::default() }
}

/// Which files are read, and in which role: the configuration first, then the path.
struct Choice {
    specifications: GlobSet,
    matrices: GlobSet,
    records: GlobSet,
    tests: GlobSet,
    results: GlobSet,
    inventory: GlobSet,
    coverage: GlobSet,
    mutation: GlobSet,
    ignore: GlobSet,
    named: Vec<String>,
    /// Folders for which lit is set up.
    lit: Vec<String>,
}

impl Choice {
    fn new(settings: &Settings, tree: &dyn Tree) -> Self {
        Self {
            specifications: globs(&settings.specifications),
            matrices: globs(&settings.matrices),
            records: globs(&settings.records),
            tests: globs(&settings.tests),
            results: globs(&settings.results),
            inventory: globs(&settings.inventory),
            coverage: globs(&settings.coverage),
            mutation: globs(&settings.mutation),
            ignore: globs(&settings.ignore),
            named: settings.named.clone(),
            lit: tree.files().iter().filter_map(|entry| set_up_for_lit(&entry.path)).map(str::to_owned).collect(),
        }
    }

    /// A path below the hidden folder that the command line names, which hides nothing any more.
    fn own<'p>(&self, path: &'p str) -> &'p str {
        let below = |folder: &String| path.strip_prefix(folder.as_str())?.strip_prefix('/');
        self.named.iter().filter_map(below).min_by_key(|rest| rest.len()).unwrap_or(path)
    }

    /// Whether lit would run a file, where a command for it stands in that.
    fn runs_lit(&self, path: &str) -> bool {
        let below =
            |folder: &String| folder.is_empty() || path.strip_prefix(folder.as_str()).is_some_and(|rest| rest.starts_with('/'));
        !needs_lit(path) || self.lit.iter().any(below)
    }

    /// The reader family of a path, or why none takes it; `own` is the path in the project that it belongs to.
    fn reader(&self, tree: &dyn Tree, path: &str, own: &str) -> Result<Family, Option<&'static str>> {
        let configured = self.is_configured(path);
        if !configured && translation::is_translated(tree, path) {
            return Err(Some("a translation of a document that is read"));
        }
        if matches(&self.ignore, path) {
            return Err(Some("the configuration says to ignore it"));
        }
        if configured {
            // Its content tells the format, whatever it is called.
            let coverage = matches(&self.coverage, path).then_some(Family::Coverage);
            let artifacts = [&self.results, &self.inventory, &self.mutation];
            let results = artifacts.iter().any(|set| matches(set, path)).then_some(Family::Results);
            let kept = || is_kept(path).then_some(Family::Kept);
            let plain = || path.to_ascii_lowercase().ends_with(".txt").then_some(Family::PlainText);
            return coverage
                .or(results)
                .or_else(kept)
                .or_else(|| family(path))
                .or_else(plain)
                .ok_or(Some("no reader knows its extension"));
        }
        match classify(own) {
            Class::Candidate(family) => Ok(family),
            // A database of coverage is read where it is named; what is called so and is none is told.
            Class::PassedOver(reason) if reason == DATABASE => {
                let head = tree.find(path).and_then(|at| tree.head(at, DATABASE_HEAD).ok());
                let sound = head.is_none_or(|head| head.len() >= DATABASE_HEAD && coverage::is_database(&head));
                if sound { Err(Some(reason)) } else { Ok(Family::Coverage) }
            }
            // Copies of former versions are kept to compare with, and nothing else is read from them.
            Class::PassedOver(_) if former(path).is_some() => Ok(Family::Kept),
            Class::PassedOver(reason) => Err(Some(reason)),
            Class::Unknown => Err(None),
        }
    }

    /// Whether the configuration says what a path is.
    fn is_configured(&self, path: &str) -> bool {
        let documents = [&self.specifications, &self.matrices, &self.records];
        let artifacts = [&self.tests, &self.results, &self.inventory, &self.coverage, &self.mutation];
        documents.iter().chain(&artifacts).any(|set| matches(set, path))
    }

    /// What the configuration says a document is, above what it calls itself.
    fn kind(&self, path: &str) -> Option<Kind> {
        let kinds =
            [(&self.specifications, Kind::Specification), (&self.matrices, Kind::Matrix), (&self.records, Kind::Investigation)];
        kinds.into_iter().find(|(set, _)| matches(set, path)).map(|(_, kind)| kind)
    }
}

/// Whether a path is one of a set; most sets are empty, and then its parts need not be looked at.
fn matches(set: &GlobSet, path: &str) -> bool {
    !set.is_empty() && set.is_match(path)
}

/// Patterns that do not parse are refused when the configuration is read.
fn globs(patterns: &[String]) -> GlobSet {
    let mut builder = GlobSetBuilder::new();
    for pattern in patterns {
        if let Ok(glob) = Glob::new(pattern) {
            builder.add(glob);
        }
    }
    builder.build().unwrap_or_default()
}

/// Reads one file. A text that said nothing is not kept.
fn read(tree: &dyn Tree, at: usize, path: String, family: Family, choice: &Choice) -> Input {
    let bytes = match tree.bytes(at) {
        Ok(bytes) => bytes,
        Err(error) => return unreadable(path, &error.to_string()),
    };
    if bytes.starts_with(b"\0GITCRYPT\0") {
        return unreadable(path, "it is encrypted");
    }
    if family == Family::Coverage && coverage::is_database(&bytes) {
        let facts = coverage::read_database(&bytes);
        // Its bytes are no text that anybody could be shown.
        let (role, text) = (role(&facts, &path), Text::decode(bytes).dropped());
        return Input { path, text, reader: coverage::DATABASE_READER, role, facts };
    }
    let text = Text::decode(bytes);
    let (reader, mut facts) = facts(&path, family, &text, choice);
    let lost = facts.problems.iter().any(|problem| problem.whole_file);
    if let Some(Damage::InvalidUtf8(first)) = text.damage().filter(|_| !facts.is_empty() && !lost) {
        facts.problems.push(Problem {
            span: Span::new(first, first + 1),
            whole_file: false,
            reason: String::from("bytes from here on are not UTF-8 and were replaced"),
            help: String::from("Save the file as UTF-8."),
        });
    }
    if is_numbered_document(&path, family) && text.as_str().bytes().take(HEAD).any(|byte| byte == 0) {
        facts.problems.push(Problem {
            span: Span::default(),
            whole_file: true,
            reason: String::from("it is called like a record and is no text"),
            help: String::from("Write the document as text, or name the file under `ignore`."),
        });
    }
    let role = role(&facts, &path);
    let keep = !facts.is_empty() || own_report::is_own(text.as_str());
    let text = if keep { text } else { text.dropped() };
    Input { path, text, reader, role, facts }
}

/// Whether a path is that of a document that is called as a record is: `records/CR-042.md`.
fn is_numbered_document(path: &str, family: Family) -> bool {
    matches!(family, Family::Markdown | Family::AsciiDoc | Family::ReStructuredText) && is_numbered(path)
}

/// Whether a file is called by the number of a record.
fn is_numbered(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    is_numbered_id(name.rsplit_once('.').map_or(name, |(stem, _)| stem))
}

fn unreadable(path: String, error: &str) -> Input {
    let problem = Problem {
        span: Span::default(),
        whole_file: true,
        reason: format!("the file could not be read: {error}"),
        help: String::from("Make the file readable, or name it under `ignore`."),
    };
    let facts = Facts { problems: vec![problem], ..Facts::default() };
    Input { path, text: Text::unread(), reader: "none", facts, ..Input::default() }
}

fn facts(path: &str, family: Family, text: &Text, choice: &Choice) -> (&'static str, Facts) {
    match family {
        Family::Markdown => match items::doorstop(path, text) {
            Some(facts) => (ITEM, facts),
            None => match items::markdown(path, text, choice.kind(path)) {
                (true, facts) => (ITEM, facts),
                (false, facts) => ("markdown", facts),
            },
        },
        Family::AsciiDoc => ("adoc", adoc::read(path, text, choice.kind(path))),
        Family::Csv => ("csv", items::csv(path, text, choice.kind(path))),
        Family::Yaml => match items::yaml(path, text, choice.kind(path)) {
            // What is called as a record is and holds no requirements may be its sidecar.
            facts if facts.definitions.is_empty() && facts.rows.is_empty() && is_numbered(path) => {
                (kept::READER, with_actions(path, text, kept::read(path, text)))
            }
            facts => ("yaml", facts),
        },
        Family::Json => ("json", items::yaml(path, text, choice.kind(path))),
        Family::ReStructuredText => ("rst", needs::read(path, text, choice.kind(path))),
        // What is called as a record, or named as one, is read as such.
        Family::PlainText if is_record_text(path, choice) => ("text", items::markdown(path, text, choice.kind(path)).1),
        Family::PlainText => ("text", plain_text::read(path, text, choice.kind(path))),
        Family::StrictDoc => ("sdoc", sdoc::read(path, text, choice.kind(path))),
        Family::Trlc => ("trlc", trlc::read(path, text, choice.kind(path))),
        Family::Xml | Family::Coverage | Family::Results | Family::Data => artifact::read(path, family, text, choice),
        Family::Tasks => ("tasks", tasks::read(path, text)),
        Family::Kept => match former(path) {
            Some((id, version)) => (kept::COPY_READER, kept::copy(id, version)),
            None => (kept::READER, with_actions(path, text, kept::read(path, text))),
        },
        Family::Code | Family::Lit => match code::language(path) {
            Some(language) => ("code", code::read(language, path, text)),
            None => ("code", Facts::default()),
        },
    }
}

/// Whether plain text is that of a record, by its name or by the configuration.
fn is_record_text(path: &str, choice: &Choice) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    choice.kind(path).map_or_else(|| is_record_name(stem), |kind| kind == Kind::Investigation)
}

/// What keeps something of one record, with the actions that it lists.
fn with_actions(path: &str, text: &Text, mut facts: Facts) -> Facts {
    if facts.kept.as_ref().is_some_and(|kept| kept.sidecars.len() == 1) {
        facts.contents = items::listed_actions(path, text);
    }
    facts
}

/// What a file is that keeps something of records.
fn kept_role(kept: &Kept) -> Role {
    match kept {
        Kept { copy: Some(_), .. } => Role::Archive,
        Kept { sidecars, .. } if sidecars.iter().any(|one| one.listed) => Role::Record,
        Kept { sidecars, .. } if !sidecars.is_empty() => Role::Sidecar,
        Kept { .. } => Role::Trail,
    }
}

/// What a file turned out to be, by what it says.
fn role(facts: &Facts, path: &str) -> Option<Role> {
    let kind = facts.document.as_ref().map(|document| document.kind);
    match kind {
        _ if !facts.results.is_empty() => Some(Role::Results),
        _ if facts.coverage.is_some() => Some(Role::Coverage),
        _ if facts.mutation.is_some() => Some(Role::Mutation),
        _ if facts.inventory.is_some() => Some(Role::Inventory),
        _ if facts.kept.is_some() => facts.kept.as_deref().map(kept_role),
        _ if facts.tests.iter().any(|test| test.kind == test_case::Kind::Test) => Some(Role::Tests),
        _ if code::language(path).is_some() || !facts.tasks.is_empty() => Some(Role::Source),
        _ if !facts.rows.is_empty() && facts.definitions.is_empty() => Some(Role::Matrix),
        Some(Kind::Matrix) if !facts.rows.is_empty() => Some(Role::Matrix),
        _ if !facts.definitions.is_empty() => Some(Role::Specification),
        Some(Kind::Investigation | Kind::Record) => Some(Role::Record),
        _ => Some(Role::Document),
    }
}
