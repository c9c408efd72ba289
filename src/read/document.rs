//! What a document calls itself: identifier, title, kind, version and status.

mod force;
mod subject;

use crate::model::lifecycle::{self, Class, is_incident};
use crate::model::mention::worded_root;
use crate::model::record::{Document, Kind};
use crate::model::vocabulary::{self, words};
use crate::read::contents::children;
use crate::read::identity;
use crate::source::{Span, Spanned};

/// Describes a document by its path and first title; `head` is the text before its first table or second heading.
pub fn describe(path: &str, title: &str, text: &str, head: Span) -> Document {
    let stem = stem(path);
    let id = title_id(title).unwrap_or(stem).to_owned();
    let mut document = Document { kind: kind(path, &id, title), id, title: title.to_owned(), ..Document::default() };
    if is_note(text) {
        document.kind = Kind::Record;
    }
    let start = head.start as usize;
    for (key, value) in fields(text.get(head.range()).unwrap_or(""), start) {
        // What has several columns is no pair of a field and its value.
        if !value.text.contains('|') {
            identity::field(&key, &value, &mut document.identity);
        }
        match key.as_str() {
            "version" | "document version" | "doc version" | "revision" | "rev" if document.version.is_none() => {
                document.version = version(text, value);
            }
            "status" | "document status" if document.status.is_none() => document.status = Some(value),
            _ => {}
        }
    }
    if document.identity.children.is_none() {
        document.identity.children = children::listed(text.get(head.range()).unwrap_or(""), start);
    }
    name_by_field(&mut document);
    // A title with an identifier is that of a requirement, and its status the requirement's own.
    let one =
        crate::read::grammar::identifier::leading(title, false).is_some_and(|(id, _)| id.ends_with(|c: char| c.is_ascii_digit()));
    let old = document.status.as_ref().is_some_and(|status| force::is_old(&status.text));
    document.ended = !one && old || force::is_ended(text.get(head.range()).unwrap_or(""), title);
    document
}

/// Takes identifier and kind from the field that numbers a record, where neither name nor title do: `id: INV-004` in `pump-stall.md`.
fn name_by_field(document: &mut Document) {
    let Some(own) = document.identity.id.as_ref().map(|id| id.text.clone()) else { return };
    let class = Class::of_family(lifecycle::family(&own));
    let record = class.is_some_and(|class| class.is_executed() || class == Class::Verification);
    let unnamed = document.kind == Kind::Other && title_id(&document.title).is_none();
    if record && unnamed && lifecycle::is_numbered_id(&own) && vocabulary::is_foreign(&own) {
        let investigates = matches!(class, Some(Class::Investigation | Class::Deviation | Class::Action));
        document.kind = if investigates { Kind::Investigation } else { Kind::Record };
        document.id = own;
    }
}

/// Whether fields in a text tell the number of a document.
pub fn tells_number(text: &str) -> bool {
    let number = |key: &str| matches!(key, "document id" | "doc id" | "document number" | "document no" | "record id");
    fields(text, 0).iter().any(|(key, _)| number(key))
}

/// Decides what a document is: what a person says, or else a record where it says itself that it has ended.
pub fn settle(document: &mut Document, configured: Option<Kind>) {
    document.ended &= configured.is_none();
    document.kind = configured.unwrap_or(if document.ended { Kind::Record } else { document.kind });
}

/// Whether the front matter says that this is a dated note: an idea, a lesson, a log. What it says of a requirement
/// was so on that day.
fn is_note(text: &str) -> bool {
    const NOTES: &[&str] = &[
        "concern",
        "decision",
        "idea",
        "implementation",
        "incident",
        "journal",
        "learning",
        "log",
        "meeting",
        "note",
        "notes",
        "retrospective",
        "report",
    ];
    const DATES: &[&str] = &["created", "date", "timestamp"];
    let Some(front) = text.strip_prefix("---").and_then(|rest| rest.split_once("\n---")).map(|(front, _)| front) else {
        return false;
    };
    let fields = fields(front, 0);
    let is_type = |key: &str, value: &Spanned| matches!(key, "type" | "kind") && NOTES.contains(&words(&value.text).as_str());
    fields.iter().any(|(key, value)| is_type(key, value)) && fields.iter().any(|(key, _)| DATES.contains(&key.as_str()))
}

fn version(text: &str, value: Spanned) -> Option<Spanned> {
    let raw = text.get(value.span.range())?;
    let start = raw.find(|c: char| c.is_ascii_digit())?;
    let end = raw.get(start..)?.find(|c: char| !c.is_ascii_digit() && c != '.').map_or(raw.len(), |end| start + end);
    let number = raw.get(start..end)?.trim_end_matches('.');
    let at = value.span.start as usize + start;
    Some(Spanned { text: number.to_owned(), span: Span::new(at, at + number.len()) })
}

/// `key: value` lines in any of their notations: front matter, bold keys, list items, two-column tables.
pub fn fields(text: &str, base: usize) -> Vec<(String, Spanned)> {
    let mut found = Vec::new();
    let mut at = base;
    // TOML stands between lines of `+++`.
    let mut toml = text.lines().next().is_some_and(|line| line.trim_end() == TOML);
    for (number, line) in text.split_inclusive('\n').enumerate() {
        toml &= number == 0 || line.trim_end() != TOML;
        let told = if toml { assignment(line) } else { field(line) };
        if let Some((key, start, value)) = told {
            let span = Span::new(at + start, at + start + value.len());
            found.push((key, Spanned { text: crate::read::markdown::inline::plain(value), span }));
        }
        at += line.len();
    }
    found
}

/// The fields of a text, of which a line may have several: `**Level**: PRD | **Status**: Draft`.
pub fn joined_fields(text: &str, base: usize) -> Vec<(String, Spanned)> {
    const JOINT: &str = " | ";
    let (mut found, mut at) = (Vec::new(), base);
    for line in text.split_inclusive('\n') {
        let mut start = at;
        if line.trim_start().starts_with('|') || !line.contains(" | **") {
            found.extend(fields(line, start));
        } else {
            for piece in line.split(JOINT) {
                found.extend(fields(piece, start));
                start += piece.len() + JOINT.len();
            }
        }
        at += line.len();
    }
    found
}

/// The line above and below the front matter in TOML.
pub(in crate::read) const TOML: &str = "+++";

/// `status = "closed"` in TOML.
fn assignment(line: &str) -> Option<(String, usize, &str)> {
    let (key, rest) = line.trim_end().split_once('=')?;
    let value = rest.trim_start_matches([' ', '\t', '"', '\'']);
    let start = key.len() + 1 + rest.len() - value.len();
    // A remark may stand behind what is quoted.
    let value = match value.find(['"', '\'']).filter(|_| value.len() < rest.trim_start().len()) {
        Some(end) => value.get(..end)?,
        None => value.split('#').next()?.trim_end(),
    };
    let key = words(key);
    (!key.is_empty() && !value.is_empty()).then_some((key, start, value))
}

fn field(line: &str) -> Option<(String, usize, &str)> {
    let body = line.trim_end();
    let row = body.trim_start().starts_with('|');
    let open = body.len() - body.trim_start_matches([' ', '\t', '-', '*', '>', '|', '•', '+', '_']).len();
    // A list of fields in reStructuredText: `:status: closed`.
    let open = open + usize::from(body.get(open..)?.strip_prefix(':').is_some_and(is_rst_field));
    let rest = body.get(open..)?;
    let colon = if row { rest.find('|')? } else { rest.find([':', '：'])? };
    let key = words(rest.get(..colon)?);
    if key.is_empty() || colon > 60 {
        return None;
    }
    let after = rest.get(colon..)?.char_indices().nth(1).map(|(at, _)| colon + at)?;
    let value = rest.get(after..)?;
    let lead = value.len() - value.trim_start_matches([' ', '\t', '*', '_', '"', '\'']).len();
    let value = value.get(lead..)?.trim_end_matches([' ', '\t', '|', '*', '"', '\'']);
    (!value.is_empty()).then_some((key, open + after + lead, value))
}

/// Whether a text behind a colon goes on as a field of reStructuredText does.
fn is_rst_field(rest: &str) -> bool {
    rest.starts_with(char::is_alphabetic) && rest.split_once(':').is_some_and(|(_, value)| value.starts_with(' '))
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    stem.strip_suffix("-draft").unwrap_or(stem)
}

/// `SDLC-X-RTM: Title` begins with the identifier of the document.
fn title_id(title: &str) -> Option<&str> {
    let id = title.split([':', ' ']).next()?.trim();
    let composed = id.contains('-') && id.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-');
    (composed && id.len() >= 4).then_some(id)
}

/// What a document is: one that nothing else is known of may be a single requirement.
fn kind(path: &str, id: &str, title: &str) -> Kind {
    let kind = usual_kind(path, id, title);
    if kind == Kind::Other && single_requirement(path, title).is_some() { Kind::Specification } else { kind }
}

/// The requirement that a document is, where nothing but its name and its title say so. What stands in it speaks of others.
pub fn only_requirement<'t>(path: &str, title: &'t str) -> Option<&'t str> {
    let id = single_requirement(path, title)?;
    (usual_kind(path, title_id(title).unwrap_or(stem(path)), title) == Kind::Other).then_some(id)
}

/// The requirement that a document is by its name and its title, whatever else stands in it.
pub fn own_requirement<'t>(path: &str, title: &'t str) -> Option<&'t str> {
    single_requirement(path, title)
}

/// What a document is, by its name first and its title second.
fn usual_kind(path: &str, id: &str, title: &str) -> Kind {
    let (name, raw_title) = (words(stem(path)), title);
    let folder = words(path.rsplit_once('/').map_or("", |(folder, _)| folder.rsplit('/').next().unwrap_or(folder)));
    let title = words(subject::without_reference(title));
    // OpenSpec keeps what is proposed apart from what is in force.
    if path.split('/').rev().skip(1).any(is_history) || format!("/{path}").contains("/openspec/changes/") {
        return Kind::Record;
    }
    if folder.split(' ').any(|word| matches!(word, "checklists" | "checklist" | "reviews" | "reports")) {
        return Kind::Record;
    }
    if has_any(&name, &["template"]) || is_form(raw_title) {
        return Kind::Template;
    }
    // `TEST_REGISTRY.md` is no test with a number, and may be the matrix that its title says.
    let registry = !stem(path).bytes().any(|byte| byte.is_ascii_digit()) && by_words(&title) == Some(Kind::Matrix);
    // Who has words for a number may begin with any: "SHOP-DEV-use-of-caches" in `dev-caches.md` is no deviation.
    let first = raw_title.split([':', ' ']).next().unwrap_or("");
    let spelled = worded_root(first).is_some_and(|root| !vocabulary::is_foreign(&format!("{root}-1")));
    let foreign = || vocabulary::is_foreign(id) || vocabulary::is_foreign(stem(path));
    if !registry && !spelled && foreign() && told_beside_number(id, stem(path), &name, &title).is_none() || is_nested(id) {
        let investigates = ["INV", "CAPA", "NCR", "DEV"].iter().any(|family| id.starts_with(family));
        return if investigates { Kind::Investigation } else { Kind::Record };
    }
    // A folder of requirements holds parts of a specification, but for the page that leads to them.
    let part = (folder == "reqs" || !folder.contains(' ') && vocabulary::means_requirements(&folder))
        && !has_any(&name, &["readme", "index", "glossary", "overview", "introduction"]);
    let below = || part.then_some(Kind::Specification);
    // `REQ-orchestrate-workflow.md`: the first word outweighs what the requirements are about.
    let leads = ["req", "reqs", "srs", "urs", "prd", "fspec"].contains(&name.split(' ').next().unwrap_or(""))
        && by_words(&title).is_none_or(|kind| kind == Kind::Specification);
    if leads && by_words(&name) != Some(Kind::Matrix) && !has_any(&name, &["review", "report", "plan", "checklist"]) {
        return Kind::Specification;
    }
    let found = by_words(&name).or_else(|| by_words(&title)).or_else(below).unwrap_or_default();
    match found {
        Kind::Record | Kind::Investigation if spelled => Kind::Other,
        // `US-3-review-the-list.md` is a requirement, and its name what it is about.
        Kind::Record | Kind::Investigation
            if single_requirement(path, raw_title).is_some_and(|id| subject::demands(raw_title, id)) =>
        {
            below().unwrap_or_default()
        }
        // A task of a plan may be named after the matrix that it is to make, or after the specification it is about.
        Kind::Matrix | Kind::Specification if is_task(&title) => Kind::Other,
        // `validation.md`, "File validation requirements": the name is the subject.
        Kind::Matrix if name == "validation" && by_words(&title) == Some(Kind::Specification) => Kind::Specification,
        // `missing_prd_tests.md`, "PRD coverage report": the name is the subject of a report.
        Kind::Specification if is_report(&title) => Kind::Record,
        _ => found,
    }
}

/// What the words beside a number say that every document of a quality system has, records or not: `DOC-032_RTM` is the matrix
/// that it is called after. Any other number that begins a name or a title is that of a record.
fn told_beside_number(id: &str, stem: &str, name: &str, title: &str) -> Option<Kind> {
    let numbered = |id: &str| matches!(id.split(['-', '_', ' ', '.']).next(), Some("DOC" | "DOCUMENT" | "Doc" | "doc"));
    let by_number = |id: &str| !vocabulary::is_foreign(id) || numbered(id);
    let told = || by_words(name).or_else(|| by_words(title));
    (by_number(id) && by_number(stem)).then(told)?.filter(|kind| matches!(kind, Kind::Matrix | Kind::Specification))
}

/// Whether an identifier is that of a record which belongs to another: `CR-001-TR-001`.
fn is_nested(id: &str) -> bool {
    let class = |id: &str| Class::of_family(lifecycle::family(id));
    lifecycle::enclosing(id).and_then(class).is_some_and(Class::is_executed) && class(id).is_some()
}

/// The requirement that a title begins with, after which the file is called, below a folder of such files:
/// `specs/sp3/US-3.1.1.md` with "US-3.1.1: Tournaments".
fn single_requirement<'t>(path: &str, title: &'t str) -> Option<&'t str> {
    const FOLDERS: &[&str] = &["specs", "spec", "stories", "historias", "reqs"];
    let (id, _) = crate::read::grammar::identifier::leading(title, false)?;
    let family = id.split(['-', '_']).next().unwrap_or(id);
    if !vocabulary::is_requirement_word(id) || matches!(family, "SPEC" | "SRS" | "URS" | "PRD") {
        return None;
    }
    let (name, own) = (words(stem(path)), words(id));
    let named = name.strip_prefix(&own).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '));
    let is_folder = |word: &str| FOLDERS.contains(&word) || vocabulary::means_requirements(word);
    let below = || path.split('/').rev().skip(1).any(|folder| words(folder).split(' ').any(is_folder));
    (named && below()).then_some(id)
}

/// Whether a title has a field that is still to be filled in, "Use cases of [Project Name]": so has the title of a form.
fn is_form(title: &str) -> bool {
    const FIELDS: &[&str] =
        &["name", "title", "project", "product", "feature", "system", "module", "component", "company", "your"];
    const BRACKETS: &[(&str, char)] = &[("[", ']'), ("{{", '}'), ("{", '}')];
    BRACKETS.iter().any(|(open, close)| {
        let Some((before, rest)) = title.split_once(open) else { return false };
        let Some((field, behind)) = rest.split_once(*close) else { return false };
        let field = words(field);
        // `[name](path)` is a link, "[Feature] Login" has a tag.
        let tag = before.trim().is_empty() && !field.contains(' ');
        !behind.starts_with('(') && !tag && field.len() < 40 && has_any(&field, FIELDS)
    })
}

/// Whether a title ends as that of a report: what it says of requirements is what somebody found on some day.
fn is_report(title: &str) -> bool {
    let mut words = title.split(' ').rev();
    let last = words.next().unwrap_or("");
    // "Requirements of the report" are about one.
    matches!(last, "report" | "audit" | "checklist" | "retrospective" | "minutes")
        && !matches!(words.next(), None | Some("the" | "a" | "an" | "of" | "for"))
}

/// Folders of what was thought or decided on some day.
fn is_history(folder: &str) -> bool {
    let name = words(folder);
    name.starts_with("archive")
        || matches!(
            name.as_str(),
            "backlog"
                | "future"
                | "historico"
                | "historique"
                | "history"
                | "histórico"
                | "ideas"
                | "journal"
                | "learnings"
                | "minutes"
                | "notes archive"
                | "retrospectives"
        )
}

/// `Story 5.1: Traceability matrix`, `Epic 3`, `Task 12`.
fn is_task(title: &str) -> bool {
    let mut words = title.split(' ');
    let first = words.next().unwrap_or("");
    let number = words.next().is_some_and(|next| next.starts_with(|c: char| c.is_ascii_digit()));
    number && matches!(first, "story" | "task" | "epic" | "sprint" | "ticket" | "issue" | "milestone")
}

fn by_words(name: &str) -> Option<Kind> {
    let phrase = |text: &str| format!(" {name} ").contains(&format!(" {text} "));
    let matrix = phrase("rtm")
        || phrase("vcrm")
        || phrase("traceability")
        || phrase("tracematrix")
        || phrase("trace matrix")
        || (has_any(name, &["matrix"])
            && has_any(name, &["requirement", "requirements", "coverage", "verification", "trace", "test", "tests"]));
    // "Requirements: Clinical workflow" is about one.
    let subject = has_any(name, &["requirements"]);
    let record = name.split(' ').any(|word| RECORD_WORDS.contains(&word) && !(subject && SUBJECTS.contains(&word)));
    let coverage = has_any(name, &["coverage"]) && has_any(name, &["requirement", "requirements"]);
    // `07-VALIDATION` tells how a phase is validated; the validation of something is a report or a design.
    let validation = name.split(' ').all(|word| word == "validation" || word.bytes().all(|byte| byte.is_ascii_digit()));
    let matrix = matrix || coverage || validation && has_any(name, &["validation"]) || is_traceability(name);
    if matrix && !has_any(name, &["review", "audit", "gap", "procedure", "guide", "plan"]) {
        return Some(Kind::Matrix);
    }
    if has_any(name, &["investigation", "capa", "nonconformance", "postmortem", "deviation"])
        || is_incident(name)
        || phrase("session summary")
        || phrase("root cause analysis")
        || phrase("post mortem")
    {
        return Some(Kind::Investigation);
    }
    // "Бизнес-требования к системе", `exigences.md`.
    let required = name.split(' ').any(|word| vocabulary::means_requirements(word) && !word.starts_with("requirement"));
    if (required || has_any(name, SPECIFICATION_WORDS) || is_functional(name)) && !record {
        return Some(Kind::Specification);
    }
    if record {
        return Some(Kind::Record);
    }
    None
}

/// "Rastreabilidade — requisito e código", "Matriz de trazabilidad": the word opens the name, or says what the matrix is one of.
fn is_traceability(name: &str) -> bool {
    const WORDS: &[&str] =
        &["rastreabilidade", "trazabilidad", "traçabilité", "tracabilite", "tracciabilità", "rückverfolgbarkeit"];
    let first = name.split(' ').next().unwrap_or("");
    WORDS.contains(&first) || has_any(name, &["matriz", "matrice", "matrix"]) && has_any(name, WORDS)
}

/// "Especificación funcional del horno"; what names a story beside it is the page of that story.
fn is_functional(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "especificación funcional",
        "especificacion funcional",
        "especificaciones funcionales",
        "especificação funcional",
        "especificacao funcional",
    ];
    let of = |rest: &str| rest.is_empty() || rest.starts_with(" de ") || rest.starts_with(" del ") || rest.starts_with(" do ");
    NAMES.iter().any(|phrase| name.strip_prefix(phrase).is_some_and(of))
}

const SPECIFICATION_WORDS: &[&str] = &[
    "srs",
    "urs",
    "frs",
    "prd",
    "brd",
    "requirements",
    "requirement",
    "reqs",
    "rs",
    "spec",
    "specs",
    "specification",
    "specifications",
    "swdesign",
    "swrs",
    "sysrs",
    "fs",
    "ds",
    "nfr",
    "nfrs",
    "stories",
    "srd",
    "urd",
    "fds",
    "hlr",
    "llr",
];

const RECORD_WORDS: &[&str] = &[
    "review",
    "reviews",
    "report",
    "plan",
    "plans",
    "checklist",
    "minutes",
    "proposal",
    "proposals",
    "changelog",
    "notes",
    "audit",
    "gap",
    "gaps",
    "summary",
    "guide",
    "roadmap",
    "migration",
    "tasks",
    "research",
    "discussion",
    "adr",
    "decision",
    "decisions",
    "retrospective",
    "handoff",
    "prompt",
    "prompts",
    "tutorial",
    "howto",
    "procedure",
    "sop",
    "change",
    "assessment",
    "log",
    "worklog",
    "journal",
    "devlog",
    "findings",
    "differences",
    "contributing",
    "skill",
    "agents",
    "todo",
    "status",
    "backlog",
    "workflow",
    "policy",
    "standard",
    "handbook",
];

/// Of these, what requirements may be about.
const SUBJECTS: &[&str] = &[
    "agents",
    "change",
    "differences",
    "findings",
    "log",
    "migration",
    "policy",
    "prompt",
    "prompts",
    "research",
    "skill",
    "standard",
    "status",
    "tasks",
    "workflow",
];

fn has_any(name: &str, list: &[&str]) -> bool {
    name.split(' ').any(|word| list.contains(&word))
}
