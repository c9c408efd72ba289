//! The code that implements a requirement, and the code that it must be entered by.

use super::bound;
use super::graph::{FactRef, Found, Graph, ReqId, Requirement, RowId};
use super::lookup::Lookup;
use super::mocked;
use super::paths::Paths;
use crate::model::citation::Target;
use crate::model::outline::{Outline, Speaks, Symbol};
use crate::model::test_case::Kind;
use crate::read::code::{Language, language, looks_like_test, outline};
use crate::read::grammar::citation::{Expect, citations};
use crate::read::grammar::identifier;
use crate::settings::Settings;
use crate::source::{FileId, Place, Span, Spanned};
use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

/// A piece of code: a function, a class, or a whole file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Part {
    /// The file.
    pub file: FileId,
    /// The symbol, by its position in the outline of the file; `None` for the file as a whole.
    pub symbol: Option<u32>,
    /// What says so.
    pub source: Source,
}

/// What says that a piece of code implements a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// A marker in the code.
    Marker(FactRef),
    /// A row of a matrix.
    Row(RowId),
    /// The configuration.
    Policy,
}

/// A demand that evidence enters the code at one place.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The requirements that it is for.
    pub requirements: Vec<ReqId>,
    /// The place as the configuration writes it, and where; none where a marker in the code says it.
    pub name: Option<Spanned>,
    /// The code.
    pub part: Part,
    /// The same function for other parameters, where it is written more than once: to enter one of them is enough.
    pub overloads: Vec<Part>,
}

impl Entry {
    /// The code, of which to enter one piece is enough.
    pub fn parts(&self) -> Vec<Part> {
        std::iter::once(self.part).chain(self.overloads.iter().copied()).collect()
    }
}

/// What is known of the code beside its tests.
#[derive(Debug, Default)]
pub struct Code {
    /// The outlines of the files in which implementing code stands.
    outlines: FxHashMap<FileId, Outline>,
    /// The places at which evidence must enter the code.
    pub entries: Vec<Entry>,
    /// Names of the configuration that nothing has, and what is missing.
    pub unknown: Vec<(Spanned, &'static str)>,
    /// Names in columns of code that nothing has.
    pub unnamed: Vec<Unnamed>,
}

/// A name in a column of code that nothing has: the row, where it stands, the name, and what is missing.
pub type Unnamed = (RowId, Place, String, &'static str);

/// A place of code as somebody names it: a path, and a symbol or a line in the file.
struct Name<'n> {
    path: &'n str,
    symbol: &'n str,
    line: Option<u32>,
}

impl<'n> Name<'n> {
    /// `path`, `path:symbol` or `path::symbol`.
    fn of(text: &'n str) -> Self {
        let drive = usize::from(text.get(1..2) == Some(":")) * 2;
        let at = text.get(drive..).and_then(|rest| rest.find(':')).map_or(text.len(), |at| at + drive);
        let symbol = text.get(at..).unwrap_or("").trim_start_matches(':').trim_end_matches("()");
        Self { path: text.get(..at).unwrap_or(text).trim(), symbol: symbol.trim(), line: None }
    }
}

impl Graph {
    /// The outline of a file, if any code in it matters.
    pub fn outline(&self, file: FileId) -> Option<&Outline> {
        self.code.outlines.get(&file)
    }

    /// The bytes of a piece of code.
    pub fn part_span(&self, part: &Part) -> Span {
        let symbol = part.symbol.and_then(|at| self.outline(part.file)?.symbols.get(at as usize));
        symbol.map_or(Span::new(0, self.input(part.file).text.as_str().len()), |symbol| symbol.body)
    }

    /// Where the name of a piece of code stands; the first line for a file.
    pub fn part_place(&self, part: &Part) -> Place {
        let symbol = part.symbol.and_then(|at| self.outline(part.file)?.symbols.get(at as usize));
        let first = || self.input(part.file).text.line_span(1).unwrap_or_default();
        Place::new(part.file, symbol.map_or_else(first, |symbol| symbol.span))
    }

    /// A piece of code as a person would call it.
    pub fn part_name(&self, part: &Part) -> String {
        match part.symbol.and_then(|at| self.outline(part.file)?.symbols.get(at as usize)) {
            Some(symbol) => format!("{}:{}", self.path(part.file), symbol.qualified()),
            None => self.path(part.file).to_owned(),
        }
    }
}

/// Finds the implementing code of all requirements. Nobody needs it where nothing says what ran, where no policy names
/// any, where no evidence is bound to a commit, and where no test that is evidence replaces anything.
pub(super) fn attach(graph: &mut Graph, lookup: &Lookup, settings: &Settings) {
    let (code, parts) = link(graph, lookup, settings);
    graph.code = code;
    for (requirement, part) in parts {
        if let Some(requirement) = graph.requirements.get_mut(requirement.0 as usize) {
            requirement.parts.push(part);
        }
    }
}

/// What implements each requirement.
type Parts = Vec<(ReqId, Part)>;

fn link(graph: &Graph, lookup: &Lookup, settings: &Settings) -> (Code, Parts) {
    let policies = settings.policies.iter().any(|policy| !policy.implementation.is_empty() || !policy.entry_points.is_empty());
    let tied = settings.baseline.is_some() || bound::any(graph);
    // What a column names is looked up in any case: a name that nothing has is told.
    let told = graph.rows().any(|(_, node)| !graph.row(node).code.is_empty());
    if !graph.measured.any && !graph.mutated.any && !policies && !tied && !told && !mocked::is_needed(graph) {
        return (Code::default(), Parts::new());
    }
    let paths = Paths::new(&graph.inputs, &settings.unread);
    let named = named(graph, lookup, settings, &paths);
    let (marked, entered) = (self::marked(graph, |one| &one.implemented), self::marked(graph, |one| &one.entered));
    let mut files: Vec<FileId> =
        marked.iter().chain(&entered).map(|(_, fact)| fact.file).chain(named.iter().map(|one| one.file)).collect();
    files.sort_unstable();
    files.dedup();
    let mut markers: FxHashMap<FileId, Vec<u32>> = FxHashMap::default();
    for (_, fact) in marked.iter().chain(&entered) {
        markers.entry(fact.file).or_default().push(fact.index);
    }
    let markers_of = |file: FileId| markers.get(&file).cloned().unwrap_or_default();
    let read: Vec<Read> = files.into_par_iter().map(|file| read(graph, file, markers_of(file))).collect();
    let mut code = Code { unnamed: absent(graph, settings, &paths), ..Code::default() };
    let mut speaks: FxHashMap<FactRef, Speaks> = FxHashMap::default();
    for (file, outline, spoken) in read {
        speaks.extend(spoken.into_iter().map(|(index, what)| (FactRef { file, index }, what)));
        code.outlines.insert(file, outline);
    }
    let spoken = |(requirement, fact): (ReqId, FactRef)| {
        let symbol = match speaks.get(&fact)? {
            Speaks::Symbol(at) => Some(*at),
            Speaks::File => None,
            Speaks::Nothing => return None,
        };
        Some((requirement, Part { file: fact.file, symbol, source: Source::Marker(fact) }))
    };
    let mut parts: Parts = marked.into_iter().filter_map(spoken).collect();
    code.entries = tagged(entered.into_iter().filter_map(spoken).collect());
    for one in named {
        one.settle(&mut code, graph, &mut parts);
    }
    code.entries = without_repeats(std::mem::take(&mut code.entries));
    code.unknown.extend(unknown_files(settings, &paths));
    parts.sort_unstable();
    parts.dedup_by_key(|(requirement, part)| (*requirement, part.file, part.symbol));
    (code, parts)
}

/// The entry points that markers name, each with all requirements that its marker names.
fn tagged(mut parts: Parts) -> Vec<Entry> {
    parts.sort_unstable_by_key(|(requirement, part)| (*part, *requirement));
    parts.dedup();
    let groups = parts.chunk_by(|(_, one), (_, next)| one == next);
    let entry = |group: &[(ReqId, Part)]| {
        let requirements = group.iter().map(|(requirement, _)| *requirement).collect();
        group.first().map(|(_, part)| Entry { requirements, name: None, part: *part, overloads: Vec::new() })
    };
    groups.filter_map(entry).collect()
}

/// Entry points, each told once for a requirement: what a policy demands counts before what a marker says.
fn without_repeats(mut entries: Vec<Entry>) -> Vec<Entry> {
    entries.sort_by_key(|entry| entry.name.is_none());
    let mut seen = FxHashSet::default();
    for entry in &mut entries {
        let part = entry.part;
        entry.requirements.retain(|id| seen.insert((part.file, part.symbol, *id)));
    }
    entries
}

/// The markers of one kind in code that is no test, with the requirements that they name.
fn marked(graph: &Graph, kind: impl Fn(&Requirement) -> &Vec<FactRef>) -> Vec<(ReqId, FactRef)> {
    let in_code = |fact: &FactRef| {
        let test = graph.marker(*fact).test.map(|at| graph.test_at(FactRef { file: fact.file, index: at }));
        !looks_like_test(graph.path(fact.file)) && test.is_none_or(|test| graph.test(test).kind != Kind::Test)
    };
    let all = graph.requirements().flat_map(|(id, one)| kind(one).iter().map(move |fact| (id, *fact)));
    all.filter(|(_, fact)| in_code(fact)).collect()
}

/// A file, its outline, and what each of its markers speaks of.
type Read = (FileId, Outline, Vec<(u32, Speaks)>);

/// The outline of a file, and what its markers speak of.
fn read(graph: &Graph, file: FileId, mut facts: Vec<u32>) -> Read {
    facts.sort_unstable();
    facts.dedup();
    let spans: Vec<Span> = facts.iter().map(|index| graph.marker(FactRef { file, index: *index }).span).collect();
    let Some(language) = language(graph.path(file)) else {
        return (file, Outline::default(), facts.into_iter().map(|index| (index, Speaks::File)).collect());
    };
    let (outline, speaks) = outline(language, graph.path(file), &graph.input(file).text, &spans);
    (file, outline, facts.into_iter().zip(speaks).collect())
}

/// Code that a row or the configuration names, in a file that exists.
struct Named {
    file: FileId,
    symbol: String,
    line: Option<u32>,
    requirements: Vec<ReqId>,
    source: Source,
    /// Where a row names it.
    place: Option<Place>,
    /// As the configuration writes it, and whether it is an entry point.
    configured: Option<(Spanned, bool)>,
}

impl Named {
    /// Turns the name into a piece of code once the outlines are known.
    fn settle(self, code: &mut Code, graph: &Graph, parts: &mut Parts) {
        let known = code.outlines.get(&self.file);
        let symbol = match (&self.line, self.symbol.as_str()) {
            (Some(line), _) => {
                let span = graph.input(self.file).text.line_span(*line);
                known.zip(span).and_then(|(outline, span)| outline.around(span))
            }
            (None, "") => None,
            (None, name) => {
                let found: Vec<u32> = known.into_iter().flat_map(|outline| outline.named(name)).collect();
                match found.as_slice() {
                    [one] => Some(*one),
                    // Overloads are one function; of several others of one name none is meant for sure.
                    several if is_overloaded(graph, self.file, known, several) => {
                        return self.overloads(several, code, graph, parts);
                    }
                    several => return self.unsettled(code, graph, several.is_empty()),
                }
            }
        };
        let part = Part { file: self.file, symbol, source: self.source };
        match self.configured {
            Some((name, true)) => {
                code.entries.push(Entry { requirements: self.requirements, name: Some(name), part, overloads: Vec::new() });
            }
            _ => parts.extend(self.requirements.into_iter().map(|requirement| (requirement, part))),
        }
    }
}

impl Named {
    /// Takes a function that is written more than once. In Python the last one is what runs, whatever the others declare.
    fn overloads(self, symbols: &[u32], code: &mut Code, graph: &Graph, parts: &mut Parts) {
        let part = |symbol: u32| Part { file: self.file, symbol: Some(symbol), source: self.source };
        if let Some((name, true)) = &self.configured {
            let python = language(graph.path(self.file)) == Some(Language::Python);
            let all = symbols.iter().rev().take(if python { 1 } else { symbols.len() });
            let mut all: Vec<Part> = all.map(|symbol| part(*symbol)).collect();
            let Some(first) = all.pop() else { return };
            let requirements = self.requirements.clone();
            code.entries.push(Entry { requirements, name: Some(name.clone()), part: first, overloads: all });
            return;
        }
        let each = symbols.iter().flat_map(|symbol| self.requirements.iter().map(move |one| (*one, *symbol)));
        parts.extend(each.map(|(one, symbol)| (one, part(symbol))));
    }

    /// Notes a name that leads to no symbol, or to several. What a row names may be written in a form that no reader knows, as
    /// long as its last word stands in the file.
    fn unsettled(self, code: &mut Code, graph: &Graph, absent: bool) {
        let what = if absent { "its file has no such symbol" } else { "several symbols of its file have that name" };
        if let (Source::Row(row), Some(place)) = (self.source, self.place) {
            let last = self.symbol.rsplit(['.', ':', '#']).next().unwrap_or(&self.symbol);
            let text = graph.input(self.file).text.as_str();
            let stands = text.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| word == last);
            if !stands || !absent {
                code.unnamed.push((row, place, format!("{}:{}", graph.path(self.file), self.symbol), what));
            }
        }
        code.unknown.extend(self.configured.map(|(name, _)| (name, what)));
    }
}

/// Whether several symbols are one function that is written more than once: where the language takes several of one name, and in
/// Python where all but the last are marked as such.
fn is_overloaded(graph: &Graph, file: FileId, outline: Option<&Outline>, symbols: &[u32]) -> bool {
    let all: Vec<&Symbol> = symbols.iter().filter_map(|at| outline?.symbols.get(*at as usize)).collect();
    let Some((last, others)) = all.split_last() else { return false };
    let same = |one: &&Symbol| !one.class && one.scope == last.scope && one.name == last.name;
    let marked = |one: &&Symbol| {
        let head = graph.input(file).text.as_str().get(one.body.start as usize..one.span.start as usize);
        head.is_some_and(|head| head.contains("overload"))
    };
    let takes = match language(graph.path(file)) {
        Some(Language::Java | Language::Kotlin | Language::CSharp | Language::C) => true,
        Some(Language::Python) => others.iter().all(marked),
        _ => false,
    };
    takes && !last.class && !others.is_empty() && others.iter().all(same)
}

fn named(graph: &Graph, lookup: &Lookup, settings: &Settings, paths: &Paths<'_>) -> Vec<Named> {
    let mut found = Vec::new();
    for (id, node) in graph.rows() {
        let requirements: Vec<ReqId> = node.targets.iter().filter_map(|target| one(&target.found)).collect();
        for cell in &graph.row(node).code {
            let text = graph.text(Place::new(node.fact.file, *cell));
            for citation in citations(text, 0, Expect::Anything) {
                let Some(name) = cited(text, &citation.target, citation.span) else { continue };
                // A name that stands behind a file need not be meant to stand in it.
                let apart = matches!(&citation.target, Target::Test(name) if name.inherited);
                let file = paths.named(name.path).filter(|file| !looks_like_test(graph.path(*file)));
                found.extend(file.map(|file| Named {
                    file,
                    symbol: name.symbol.to_owned(),
                    line: name.line,
                    requirements: requirements.clone(),
                    source: Source::Row(id),
                    place: (!apart).then(|| Place::new(node.fact.file, *cell)),
                    configured: None,
                }));
            }
        }
    }
    for policy in &settings.policies {
        let targets = identifier::list(&policy.requirements.text, 0);
        let targets = targets.iter().flat_map(|mention| lookup.resolve(mention, ""));
        let requirements: Vec<ReqId> = targets.filter_map(|target| one(&target.found)).collect();
        for (written, enters) in policy.code() {
            let name = Name::of(&written.text);
            found.extend(paths.named(name.path).map(|file| Named {
                file,
                symbol: name.symbol.to_owned(),
                line: None,
                requirements: requirements.clone(),
                source: Source::Policy,
                place: None,
                configured: Some((written.clone(), enters)),
            }));
        }
    }
    found
}

/// The files that columns of code name and that are not there. Where no other source of their language is, the matrix speaks of another
/// tree, and of what no reader takes nothing is known.
fn absent(graph: &Graph, settings: &Settings, paths: &Paths<'_>) -> Vec<Unnamed> {
    if settings.partial || !settings.submodules.is_empty() {
        return Vec::new();
    }
    let cells = graph.rows().flat_map(|(id, node)| graph.row(node).code.iter().map(move |cell| (id, node.fact.file, *cell)));
    let mut here: Option<FxHashSet<Language>> = None;
    let mut found = Vec::new();
    for (row, file, cell) in cells {
        let text = graph.text(Place::new(file, cell));
        for citation in citations(text, 0, Expect::Anything) {
            let Some(name) = cited(text, &citation.target, citation.span) else { continue };
            // A name that several files have, or one of another folder, may be meant in a way that its author knows.
            let Some(language) = language(name.path).filter(|_| !paths.knows(name.path)) else { continue };
            let sources = || graph.inputs.iter().map(|input| input.path.as_str()).filter(|path| !looks_like_test(path));
            let here = here.get_or_insert_with(|| sources().filter_map(self::language).collect());
            if here.contains(&language) {
                found.push((row, Place::new(file, cell), name.path.to_owned(), "there is no such file"));
            }
        }
    }
    found
}

fn one(found: &Found) -> Option<ReqId> {
    match found {
        Found::One(id) => Some(*id),
        Found::Ambiguous(_) | Found::Missing | Found::Foreign => None,
    }
}

/// What a cell of a column of code names.
fn cited<'t>(cell: &'t str, target: &'t Target, span: Span) -> Option<Name<'t>> {
    match target {
        Target::Test(name) => {
            let path = name.file.as_deref()?;
            // `path:Server.run`: what stands behind the dot belongs to the name.
            let written = cell.get(span.range())?;
            let end = cell.get(span.end() as usize..)?;
            let more = end.bytes().take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.')).count();
            let whole = cell.get(span.start as usize..span.end() as usize + if end.starts_with('.') { more } else { 0 })?;
            let at = if written.starts_with(path) { path.len() } else { whole.rfind(name.name.as_str())? };
            let symbol = whole.get(at..)?.trim_start_matches(':').trim_start_matches('#').trim_end_matches(['.', '`', ')', '(']);
            Some(Name { path, symbol, line: None })
        }
        Target::File { path, lines, .. } => Some(Name { path, symbol: "", line: lines.first().copied() }),
        _ => None,
    }
}

/// Names of the configuration whose file is not there.
fn unknown_files(settings: &Settings, paths: &Paths<'_>) -> Vec<(Spanned, &'static str)> {
    let all = settings.policies.iter().flat_map(|policy| policy.code());
    let lost = all.filter(|(written, _)| paths.named(Name::of(&written.text).path).is_none());
    let why = |path: &str| match paths.is_unread(path) {
        true => "the file is there, and no reader takes its kind",
        false => "there is no such file",
    };
    lost.map(|(written, _)| (written.clone(), why(Name::of(&written.text).path))).collect()
}
