//! Requirements that headings, paragraphs and list items define.

use crate::model::mention;
use crate::model::requirement::{Certainty, Definition, Shape, Standing};
use crate::model::vocabulary::{self, words};
use crate::read::grammar::identifier;
use crate::read::markdown::inline;
use crate::source::{Span, Spanned};

/// An identifier at the start of a construct, and the rest of it.
pub(super) struct Lead<'t> {
    /// The identifier.
    pub id: &'t str,
    /// Its offset in the text that was given.
    pub start: usize,
    /// What follows, without the separator.
    pub rest: &'t str,
    /// The identifier stands out: bold, code, brackets, or a colon or dash behind it.
    pub marked: bool,
    /// The identifier is bold or in code, which prose rarely is.
    pub strong: bool,
    /// A colon, a dash or the like stands behind the identifier.
    pub separated: bool,
}

/// Reads the identifier at the start of a heading, paragraph or item.
pub(super) fn lead(raw: &str) -> Option<Lead<'_>> {
    let open = raw.len() - raw.trim_start_matches([' ', '\t', '*', '`', '[', '~', '•', '_', '(']).len();
    let body = raw.get(open..)?;
    let (id, end) = identifier::leading(body, false).or_else(|| trace_item(body))?;
    let end = end + revision(body.get(end..)?);
    let after = body.get(end..)?;
    let opened = raw.get(..open)?;
    // "**REQ-1.** Doors close": the full stop inside of the mark-up ends the identifier; `REQ-1.*` is a pattern.
    let stopped = after.strip_prefix(".**").filter(|rest| opened.ends_with("**") && rest.starts_with(char::is_whitespace));
    let after = if stopped.is_some() { after.get(1..)? } else { after };
    // A call, or the beginning of a path.
    if after.starts_with(['(', '/', '\\']) || after.starts_with("..") {
        return None;
    }
    let closing = after.len() - after.trim_start_matches(['*', '`', ']', '~', ')', '_']).len();
    let rest = after.get(closing..)?;
    let dash = rest.trim_start();
    let separated = [":", "—", "–", "- ", "|", "=", "："].iter().any(|mark| dash.starts_with(mark));
    let inner = after.starts_with(':') || after.starts_with(" —") || after.starts_with(" -");
    // "`REQ-1 -- Doors`": what stands in one code span from end to end is quoted.
    let spanned = opened.ends_with('`') && !opened.contains('*') && after.starts_with(' ') && after.trim_end().ends_with('`');
    if spanned && after.matches('`').count() == 1 {
        return None;
    }
    let strong = opened.contains("**") || opened.contains('`') || opened.contains("__");
    let bracketed = opened.contains('[') && after.starts_with(']') && !rest.starts_with('(');
    // The dash of an arrow separates nothing.
    let glue = dash.trim_start_matches([':', '—', '–', '-', ' ', '*', '：', '\\']);
    // The sign of a number is part of the title.
    let signed = glue.starts_with(|c: char| c.is_ascii_digit()).then(|| dash.strip_suffix(glue)).flatten();
    let glue = match signed.filter(|before| before.ends_with(" -")) {
        Some(before) => dash.get(before.len() - 1..).unwrap_or(glue),
        None => glue,
    };
    let rest = if glue.starts_with('>') { dash.trim_start_matches([':', ' ', '*', '：']) } else { glue };
    Some(Lead { id, start: open, rest, marked: strong || bracketed || separated || inner, strong, separated: separated || inner })
}

/// The length of the revision that stands behind an identifier: `@r2` of `UC-1@r2`.
fn revision(after: &str) -> usize {
    let Some(number) = ["@r", "@v", "@rev"].iter().find_map(|mark| after.strip_prefix(mark)) else { return 0 };
    let behind = number.trim_start_matches(|c: char| c.is_ascii_digit());
    let whole = behind.len() < number.len() && !behind.starts_with(char::is_alphanumeric);
    if whole { after.len() - behind.len() } else { 0 }
}

/// `swdd~name~2`, the identifier of an OpenFastTrace specification item.
fn trace_item(body: &str) -> Option<(&str, usize)> {
    let (id, end) = identifier::leading(body, true)?;
    vocabulary::is_item(id).then_some((id, end))
}

/// Whether a lead can define a requirement at all.
pub(super) fn may_define(lead: &Lead<'_>) -> bool {
    !vocabulary::is_foreign(lead.id) && is_formed(lead)
}

/// Whether a heading below one of requirements may define what it begins with: `ER-001` is an engineering requirement there,
/// and elsewhere a record.
pub(super) fn may_define_among(lead: &Lead<'_>) -> bool {
    let family = lead.id.split(['-', '_']).next().unwrap_or("");
    may_define(lead) || matches!(family, "ER" | "PR") && is_formed(lead)
}

/// Whether a lead has the form of one that defines, whatever its family is.
pub(super) fn is_formed(lead: &Lead<'_>) -> bool {
    let rest = lead.rest.trim_start_matches(['*', '`', ' ']);
    let mapping = ["→", "->", "⇒", "=>", "←"].iter().any(|arrow| rest.starts_with(arrow));
    let file = crate::read::grammar::citation::is_file_name(lead.id);
    let wildcard = lead.rest.starts_with(".*") || lead.rest.starts_with("*)") || is_placeholder(lead.id);
    !mapping
        && !file
        && !wildcard
        && (!lead.id.contains('~') || vocabulary::is_item(lead.id))
        && !is_version(lead.id)
        && !is_section(lead.id)
        && is_name(lead.id)
        && !is_variable(lead.id)
}

/// `μ_1` is a variable of a formula.
fn is_variable(id: &str) -> bool {
    let mut letters = id.chars().filter(|c| c.is_alphabetic());
    letters.next().is_some_and(char::is_lowercase) && letters.next().is_none() && id.contains('_')
}

/// Whether a sentence about a requirement begins with its identifier: "REQ-7 mandated a second pump".
pub(super) fn is_told(lead: &Lead<'_>) -> bool {
    const VERBS: &[&str] = &[
        "adds",
        "absent",
        "added",
        "asks",
        "calls",
        "changed",
        "closed",
        "covers",
        "defines",
        "demands",
        "denotes",
        "identifies",
        "is",
        "mandated",
        "mandates",
        "means",
        "once",
        "records",
        "recorded",
        "remains",
        "requires",
        "required",
        "said",
        "says",
        "specified",
        "specifies",
        "stated",
        "states",
        "was",
        "were",
    ];
    let first = lead.rest.trim_start_matches(['*', '`', ' ']).split([' ', ',', '.', '\n']).next().unwrap_or("");
    !lead.separated && VERBS.contains(&first)
}

/// Whether a heading announces a remark on a requirement: "REQ-7 timing note".
pub(super) fn is_remarked(lead: &Lead<'_>) -> bool {
    const REMARKS: &[&str] = &[
        "background",
        "caveat",
        "caveats",
        "clarification",
        "clarifications",
        "discussion",
        "example",
        "examples",
        "limitation",
        "limitations",
        "note",
        "notes",
        "rationale",
        "walkthrough",
    ];
    let title = lead.rest.trim();
    let last = words(title).rsplit(' ').next().is_some_and(|last| REMARKS.contains(&last));
    !lead.separated && last && title.starts_with(|c: char| c.is_lowercase())
}

/// Whether a sentence says what shall be.
pub(super) fn obliges(rest: &str) -> bool {
    const WORDS: [&str; 4] = [" shall ", " SHALL ", " must ", " MUST "];
    let line = rest.lines().next().unwrap_or("");
    WORDS.iter().any(|word| line.contains(word))
}

/// `FR-10.x`, `REQ-NNN` and `US-XX` stand for others or for none yet.
fn is_placeholder(id: &str) -> bool {
    id.ends_with(".x") || id.ends_with(".X") || id.ends_with("__example") || mention::is_placeholder(id)
}

/// Without a capital, only slugs and specification items are identifiers: `gms_48` is a name in code.
fn is_name(id: &str) -> bool {
    id.contains(|c: char| c.is_uppercase() || !c.is_ascii()) || vocabulary::is_item(id) || id.contains("__")
}

/// `C.1` and `A.2.3` are numbers of sections, unless a matrix names them.
pub(super) fn is_section(id: &str) -> bool {
    let mut parts = id.split('.');
    let letter = parts.next().is_some_and(|first| first.len() == 1 && first.starts_with(|c: char| c.is_ascii_uppercase()));
    letter && id.contains('.') && parts.all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
}

fn is_version(id: &str) -> bool {
    let number = id.strip_prefix(['v', 'V']).unwrap_or("");
    // `v26.03_PUMP_1.2` is a release, whatever stands behind its number.
    let dotted = number.split_once('.').is_some_and(|(major, rest)| {
        !major.is_empty() && major.bytes().all(|byte| byte.is_ascii_digit()) && rest.starts_with(|c: char| c.is_ascii_digit())
    });
    if dotted {
        return true;
    }
    // `v0.5.1~v0.5.3` is a span of versions and no specification item.
    number.starts_with(|c: char| c.is_ascii_digit())
        && number.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | '~' | '-' | 'v' | 'V'))
}

/// A definition from its parts; attributes are added when its block is complete.
pub(super) fn definition(
    lead: &Lead<'_>,
    base: usize,
    block: Span,
    shape: Shape,
    group: u32,
    certainty: Certainty,
) -> Definition {
    let start = base + lead.start;
    let title = inline::plain(lead.rest.lines().next().unwrap_or(""));
    let title = title.trim_matches(['*', ':', ' ', ']', '·', '•']);
    // A bracket that closes nowhere stood around the text: `REQ-1: [The door opens.]`.
    let open = title.matches('[').count() > title.matches(']').count();
    let title = if open { title.trim_start_matches(['[', '*', ' ']) } else { title };
    Definition {
        id: lead.id.into(),
        span: Span::new(start, start + lead.id.len()),
        block,
        title: title.chars().take(160).collect(),
        text: block,
        shape,
        group,
        certainty,
        standing: Standing::Active,
        standing_span: None,
        method: None,
        method_expected: false,
        level: None,
        priority: None,
        parents: Vec::new(),
        children: Vec::new(),
        criteria: Vec::new(),
    }
}

/// The requirement that a line of plain text at this offset begins with its identifier, a colon or a dash, and its title.
pub fn titled(line: &str, at: usize) -> Option<Definition> {
    let lead = lead(line).filter(|lead| lead.start == 0 && lead.separated && !lead.rest.trim().is_empty() && may_define(lead))?;
    let numbered = lead.id.contains(['-', '_']) && lead.id.ends_with(|c: char| c.is_ascii_digit());
    let block = Span::new(at, at + line.len());
    numbered.then(|| definition(&lead, at, block, Shape::Paragraph, 0, Certainty::Certain))
}

/// Fills in what the lines of the block say of the requirement.
pub fn attributes(definition: &mut Definition, text: &str) {
    let start = definition.block.start as usize;
    let body = text.get(definition.block.range()).unwrap_or("");
    if body.contains("~~")
        && text
            .get(definition.span.start.saturating_sub(3) as usize..definition.span.start as usize)
            .is_some_and(|lead| lead.contains("~~"))
    {
        definition.standing = Standing::Retired;
        definition.standing_span = Some(definition.span);
    }
    if definition.standing == Standing::Active
        && let Some(note) = deferring_note(body)
    {
        definition.standing = Standing::Planned;
        definition.standing_span = Some(Span::new(start + note, start + note + 1));
    }
    for (key, value) in crate::read::document::joined_fields(body, start) {
        // Beside a status, the level is that of the requirement and not the one of its tests.
        let own = key == "level" && text.get(value.span.end() as usize..).is_some_and(|rest| rest.starts_with(" | **"));
        if is_type(&value.text) || own {
            continue;
        }
        attribute(definition, &key, value, text);
    }
    needs(definition, body, start);
    // The block of a heading holds those of others too.
    let own = if definition.shape == Shape::Heading { body.lines().next().unwrap_or("") } else { body };
    if let Some(at) = tag(own) {
        let span = Span::new(start + at, start + at + 1);
        definition.method.get_or_insert_with(|| Spanned { text: String::from("none"), span });
    }
    if definition.id.contains('~') {
        covers(definition, body, start);
    }
}

/// Where an item says in brackets that it is there to be read only: `[type: documentation-only]`, `[informative]`.
fn tag(body: &str) -> Option<usize> {
    const READ: &[&str] = &["documentation only", "informative", "informational", "heading", "process"];
    let open = memchr::memchr_iter(b'[', body.as_bytes());
    open.map(|at| at + 1).find(|at| {
        let inner = body.get(*at..).and_then(|rest| rest.split_once(']')).map_or("", |(inner, _)| inner);
        let (key, value) = inner.split_once(':').unwrap_or(("type", inner));
        let said = words(value);
        // A bare word may be a link: "[process](process.md)".
        let linked = body.get(at + inner.len() + 1..).is_some_and(|rest| rest.starts_with(['(', '[']));
        inner.len() < 40 && !linked && matches!(key.trim(), "type" | "kind") && READ.contains(&said.as_str())
    })
}

/// Whether a value is the type of a field of data, as in `method: enum (5_whys, fishbone)`.
fn is_type(value: &str) -> bool {
    const TYPES: &[&str] = &[
        "array",
        "bool",
        "boolean",
        "date",
        "datetime",
        "enum",
        "float",
        "inet",
        "int",
        "integer",
        "json",
        "jsonb",
        "list",
        "number",
        "object",
        "str",
        "string",
        "text",
        "timestamp",
        "uuid",
        "varchar",
    ];
    let end = value.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(value.len());
    let (first, rest) = value.split_at(end);
    let follows = rest.is_empty() || rest.trim_start().starts_with(['(', ',', '[', '<', '→', '|']);
    follows && TYPES.contains(&first.to_ascii_lowercase().as_str())
}

fn attribute(definition: &mut Definition, key: &str, value: Spanned, text: &str) {
    match key {
        "verification method"
        | "verification"
        | "method"
        | "verification methods"
        | "v v method"
        | "qualification"
        | "qualification method"
        | "verification type"
            // A long text is the method only where it begins with one; else it describes the verification in words.
            if value.text.len() < 80 || vocabulary::stated_methods(&value.text).is_some() =>
        {
            definition.method_expected = true;
            definition.method = definition.method.take().or(Some(value));
        }
        "verification level" | "test level" | "level" => definition.level = definition.level.take().or(Some(value)),
        "priority" | "criticality" | "asil" | "safety class" | "risk" => {
            definition.priority = definition.priority.take().or(Some(value))
        }
        "status" | "state" if stated(&value.text).split(' ').count() <= 3 => {
            let standing = crate::read::grammar::row::standing(stated(&value.text));
            if standing != Standing::Active {
                definition.standing = standing;
                definition.standing_span = Some(value.span);
            }
        }
        _ if is_parent_key(key) => {
            let raw = text.get(value.span.range()).unwrap_or("");
            definition.parents.extend(identifier::list(raw, value.span.start as usize));
        }
        _ => {}
    }
}

/// Where a note right below the heading says that the requirement is deferred: "*Note: This requirement is deferred to
/// phase 3.*"
fn deferring_note(body: &str) -> Option<usize> {
    let mut at = 0;
    for line in body.split_inclusive('\n').take(4) {
        let text = line.trim_start_matches(['>', '*', '_', ' ']);
        let said = words(text);
        let said = said.strip_prefix("note ").unwrap_or(&said);
        let subject = ["this requirement is ", "implementation ", "implementation is ", "requirement "];
        if at > 0
            && text.len() < line.len()
            && subject.iter().any(|begin| said.strip_prefix(begin).is_some_and(|rest| rest.starts_with("deferred")))
        {
            return Some(at + line.len() - text.len());
        }
        at += line.len();
    }
    None
}

/// A status without the reason that follows it: "Superseded (by ADR-7)", "Removed -- see REQ-9".
fn stated(value: &str) -> &str {
    let end = [" (", " --", " —", " –", " - ", ";"].iter().filter_map(|mark| value.find(mark)).min();
    value.get(..end.unwrap_or(value.len())).unwrap_or(value).trim()
}

/// Whether a key says that what it lists is of the level above: what the requirement was made from.
pub(super) fn is_parent_key(key: &str) -> bool {
    const KEYS: &[&str] = &[
        "derived from",
        "derives from",
        "implements",
        "parent",
        "parent requirement",
        "parent requirements",
        "parents",
        "refines",
        "satisfies",
        "source requirement",
        "srs trace",
        "sss trace",
        "trace",
        "traced from",
        "traced to",
        "traces to",
        "upstream",
    ];
    KEYS.contains(&key)
}

/// `Needs: impl, utest` on one line or as a list below it: the levels that OpenFastTrace demands.
fn needs(definition: &mut Definition, body: &str, base: usize) {
    let Some((at, kinds)) = listed(body, "Needs:") else { return };
    let start = base + at;
    set_needs(definition, kinds, Span::new(start, start + kinds.trim_end().len()));
}

/// The levels that an item needs; one that needs no test owes none.
pub(super) fn set_needs(definition: &mut Definition, kinds: &str, span: Span) {
    definition.level = Some(Spanned { text: words(kinds), span });
    if !kinds.contains("test") {
        definition.method = Some(Spanned { text: String::from("none"), span });
    }
}

/// `Covers:` lists the items that this one refines.
fn covers(definition: &mut Definition, body: &str, base: usize) {
    if let Some((at, items)) = listed(body, "Covers:") {
        definition.parents.extend(identifier::list(items, base + at));
    }
}

/// What a key lists, on its own line or as a list below it, with its offset.
fn listed<'b>(body: &'b str, key: &str) -> Option<(usize, &'b str)> {
    let at = body.find(key)? + key.len();
    let rest = body.get(at..)?;
    let mut end = rest.find('\n').unwrap_or(rest.len());
    if rest.get(..end).is_some_and(|line| line.trim().is_empty()) {
        for line in rest.get(end..).unwrap_or("").split_inclusive('\n') {
            let item = line.trim();
            if !(item.is_empty() || item.starts_with(['-', '*', '+'])) {
                break;
            }
            end += line.len();
        }
    }
    Some((at, rest.get(..end)?))
}
