//! Requirements that the rows of a table define.

use super::ids::title_start;
use super::{LOOKED_AT, View, is_blank};
use crate::model::id::Id;
use crate::model::mention::{Mention, family};
use crate::model::record::Kind;
use crate::model::requirement::{Certainty, Definition, Shape, Standing};
use crate::model::vocabulary;
use crate::read::grammar::identifier::members;
use crate::read::grammar::struck::is_struck;
use crate::read::grammar::{identifier, row as cells};
use crate::read::markdown::inline;
use crate::read::table::GridRow;
use crate::read::table::cells::{calls_requirements, stands_alone};
use crate::read::table::columns::Column;
use crate::read::table::says::shouts_retired;
use crate::source::{Span, Spanned};
use rustc_hash::FxHashSet;
use smallvec::SmallVec;

/// That a requirement is one of another document is said at the beginning of its text.
const REUSED: usize = 60;

/// Whether a text says in brackets that it is reused.
fn says_reused(text: &str) -> bool {
    if memchr::memchr2(b'(', b'[', text.as_bytes()).is_none() {
        return false;
    }
    let lower = text.to_lowercase();
    ["(reused from", "(reused)", "(inherited from", "(carried over from", "[reused from", "(unchanged from"]
        .iter()
        .any(|said| lower.contains(said))
}

impl View<'_> {
    /// Whether the rows define requirements, and how sure that is.
    pub(super) fn defines(&self) -> Option<Certainty> {
        let id = self.first(Column::Id)?;
        let has_text = self.columns.contains(&Column::Text);
        let inverted = self.has_tests() && id > 0 && matches!(self.columns.first(), Some(Column::Tests | Column::TestName));
        // "Missing requirement ID": what stands below is wanted, and nothing defines it yet.
        let wanted = self.names.get(id).is_some_and(|name| name.starts_with("missing "));
        if !(has_text || self.registers())
            || inverted
            || wanted
            || self.lists_states(id)
            || self.lists_clauses(id)
            || self.lists_parts(id)
            || self.refers(id)
            || self.lists_devices(id)
        {
            return None;
        }
        // What a module says of itself there stands elsewhere.
        if self.section.kind == Kind::Other && vocabulary::lists_fulfilled(&self.section.heading) {
            return None;
        }
        match self.section.kind {
            Kind::Specification if !self.is_explicit(id) && self.is_bare(id) => Some(Certainty::Possible),
            Kind::Specification => Some(Certainty::Certain),
            // A table that cites tests claims more than it defines.
            Kind::Other if self.layout().is_some() => None,
            Kind::Other if self.is_explicit(id) => Some(Certainty::Certain),
            Kind::Other => Some(Certainty::Possible),
            Kind::Matrix if self.specifies() => Some(Certainty::Certain),
            Kind::Matrix | Kind::Investigation | Kind::Record | Kind::Template => None,
        }
    }

    /// Whether the table of a specification lists requirements with how far each is, and leaves their texts to another document.
    fn registers(&self) -> bool {
        let required = |row: &&GridRow| {
            let cell = self.first(Column::Id).map_or("", |at| row.cell(self.section.text, at));
            identifier::leading(cell, false).is_some_and(|(id, _)| vocabulary::is_requirement_word(id))
        };
        let rows = || self.grid.rows.iter().take(LOOKED_AT);
        let told = self.section.kind == Kind::Specification && self.columns.contains(&Column::Status) && !self.has_tests();
        told && self.all(Column::Id).count() == 1 && rows().filter(required).count() * 2 > rows().count()
    }

    /// Whether a table of a matrix is the specification under another name: it gives each identifier a text, and
    /// no column tells how far or by what a requirement is verified. Beside the identifiers of another level it
    /// takes a priority or a criterion, for else it allocates the one to the other.
    pub(super) fn specifies(&self) -> bool {
        // A module or a component is what a requirement is about, a source file what fulfils it.
        let sources = |at: usize| {
            let name = self.names.get(at).map_or("", String::as_str);
            ["implement", "source", "file", "code", "location"].iter().any(|word| name.contains(word))
        };
        let claiming = [Column::Method, Column::Evidence, Column::Status];
        let claims = self.has_tests()
            || self.columns.iter().any(|column| claiming.contains(column))
            || self.all(Column::Code).any(sources);
        let told = self.columns.contains(&Column::Priority) || self.names.iter().any(|name| name.contains("criteri"));
        let ids = self.all(Column::Id).count();
        self.section.kind == Kind::Matrix && !claims && self.columns.contains(&Column::Text) && (ids == 1 || ids > 1 && told)
    }

    /// Whether the table says that it holds requirements: in a name, or by what most of its cells demand.
    fn is_explicit(&self, id: usize) -> bool {
        let named =
            |at: usize, stem: &str| self.names.get(at).is_some_and(|name| name.split(' ').any(|word| word.starts_with(stem)));
        // Words that are written in one piece with others need a heading that says so too: "診断の確定要件".
        let section = self.section.heading.rsplit(" / ").next().unwrap_or("");
        let headed = |word: &str| vocabulary::means_requirements(word) && vocabulary::means_requirements(section);
        let required = |at: usize| {
            let word = |word: &str| vocabulary::begins_with_requirement(word) || headed(word);
            self.names.get(at).is_some_and(|name| name.split(' ').any(word))
        };
        self.is_demanding() || self.all(Column::Text).any(required) || named(id, "req")
    }

    /// Whether the rows allocate requirements to something, or trace them, by the heading above: they tell again what another
    /// table or document demands, and define it only where none does.
    fn allocates(&self) -> bool {
        const HEADINGS: &[&str] = &["mapping", "allocation", "traceability", "trace"];
        const TO: &[&str] = &["architectur", "module", "component", "design", "element", "implement", "test", "verif"];
        let section = vocabulary::words(self.section.heading.rsplit(" / ").next().unwrap_or(""));
        let named = |word: &str| self.names.iter().any(|name| name.split(' ').any(|part| part.starts_with(word)));
        let allocated = section.split(' ').any(|word| HEADINGS.contains(&word)) && TO.iter().any(|word| named(word));
        (allocated || vocabulary::lists_fulfilled(&self.section.heading)) && !self.is_demanding()
    }

    /// Whether the rows are the parts of an architecture, by what their identifiers are called: `MOD-001` in a column of modules.
    fn lists_parts(&self, id: usize) -> bool {
        self.names.get(id).is_some_and(|name| vocabulary::numbers_parts(name)) && !self.is_demanding()
    }

    /// Whether the column of identifiers stands behind what the rows are about and says to which requirements, or to which documents,
    /// each leads: `| Function | Description | Req trace |`, `| Package | Title | Spec |`.
    fn refers(&self, id: usize) -> bool {
        const TRACES: &[&str] =
            &["addresses", "covers", "fulfils", "fulfills", "implements", "related", "requirements", "reqs", "satisfies"];
        const DOCUMENTS: &[&str] = &["adr", "doc", "document", "prd", "rfc", "spec", "specs"];
        let traces = |word: &str| word.starts_with("trac") || TRACES.contains(&word);
        let leads = self.names.get(id).is_some_and(|name| name.split(' ').any(traces) || DOCUMENTS.contains(&name.as_str()));
        let told = |from: usize, to: usize| self.columns.get(from..to).is_some_and(|columns| columns.contains(&Column::Text));
        leads && told(0, id) && !told(id + 1, self.columns.len())
    }

    /// Whether the rows are devices and other parts that are called by a type, each by its own: `TIM2`, `USART2`, `TPS3823`.
    fn lists_devices(&self, id: usize) -> bool {
        let named =
            |name: &String| name.split(' ').any(|word| matches!(word, "id" | "ids" | "identifier" | "no" | "code" | "key"));
        if self.names.get(id).is_none_or(|name| named(name) || calls_requirements(name)) || self.is_demanding() {
            return false;
        }
        let rows = || self.grid.rows.iter().take(LOOKED_AT).filter_map(|row| Some((self.ids(row, id).into_iter().next()?, row)));
        let (mut count, mut composed, mut behind, mut families) = (0, 0, false, FxHashSet::default());
        for (one, row) in rows() {
            let Some(device) = one.id().filter(|id| !vocabulary::is_requirement_word(id)) else { return false };
            // "Brown-out detection" has no number.
            let numbered = device.bytes().any(|byte| byte.is_ascii_digit());
            if numbered && device.contains(['-', '_', '.', '~', ' ', '\u{2011}']) {
                composed += 1;
                continue;
            }
            count += 1;
            behind |= !stands_alone(row.cell(self.section.text, id));
            families.insert(family(device).to_owned());
        }
        count > composed && families.len() * 2 > count && (count > 1 || behind)
    }

    /// Whether most rows demand something in a sentence.
    fn is_demanding(&self) -> bool {
        let demands = |row: &GridRow| {
            self.all(Column::Text)
                .any(|at| [" shall ", " must ", " должн"].iter().any(|word| row.cell(self.section.text, at).contains(word)))
        };
        self.grid.rows.iter().take(40).filter(|row| demands(row)).count() * 2 > self.grid.rows.len().min(40)
    }

    /// Whether the rows are the states of something, each under a code: by the names of their first columns, or by the
    /// heading above.
    fn lists_states(&self, id: usize) -> bool {
        const CODES: &[&str] = &["code", "код", "state code", "status code"];
        const STATES: &[&str] = &["state", "status", "статус", "состояние"];
        const HEADINGS: &[&str] =
            &["states", "state transitions", "transitions", "состояния", "переходы", "переходы между состояниями"];
        let is = |at: usize, known: &[&str]| self.names.get(at).is_some_and(|name| known.contains(&name.as_str()));
        let section = self.section.heading.rsplit(" / ").next().unwrap_or("");
        let heading = vocabulary::words(section.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ')));
        (is(id, CODES) && is(id + 1, STATES) || HEADINGS.contains(&heading.as_str())) && !self.is_explicit(id)
    }

    /// Whether the rows are rules of a standard, numbered by a letter and each with its clause: what a standard demands of those who
    /// work by it is no requirement of what they make.
    fn lists_clauses(&self, id: usize) -> bool {
        const CLAUSES: &[&str] = &["clause", "clauses", "norm", "regulation", "standard", "standards"];
        let clause = |name: &String| name.split(' ').any(|word| CLAUSES.contains(&word));
        let required = |at: usize| self.names.get(at).is_some_and(|name| name.split(' ').any(|word| word.starts_with("req")));
        self.names.iter().any(clause) && self.is_bare(id) && !self.all(Column::Text).chain([id]).any(required)
    }

    /// Whether the rows are the evidence of a safety case, numbered by a letter: `E1` to `E15` show that it holds.
    pub(super) fn lists_evidence(&self, id: usize) -> bool {
        const STEMS: &[&str] = &["evidenc", "evidênc", "nachweis", "preuve", "доказательств", "근거", "증거", "证据", "証拠"];
        let section = vocabulary::words(self.section.heading.rsplit(" / ").next().unwrap_or(""));
        section.split(' ').any(|word| STEMS.iter().any(|stem| word.starts_with(stem))) && self.is_bare(id)
    }

    /// Whether the identifiers are a letter or two and a number: levels, segments and modes are numbered like
    /// that too, so it takes a word to make them requirements.
    fn is_bare(&self, id: usize) -> bool {
        let ids = || self.grid.rows.iter().take(40).filter_map(|row| self.ids(row, id).into_iter().next());
        let bare = |one: &Mention| {
            one.id().is_some_and(|id| {
                let letters = family(id);
                letters.len() <= 2 && letters.chars().all(char::is_alphabetic) && !vocabulary::is_requirement_word(id)
            })
        };
        ids().next().is_some() && ids().filter(bare).count() * 2 > ids().count()
    }

    /// What a row defines: one requirement, or in a specification all of a range or a list, `REQ-1..4` and `REQ-1/2`, which count
    /// where others of their family do or something names them.
    pub(super) fn definitions(&self, row: &GridRow, certainty: Certainty) -> SmallVec<[Definition; 1]> {
        let Some(at) = self.first(Column::Id) else { return SmallVec::new() };
        let ids = self.ids(row, at);
        if let [only] = ids.as_slice()
            && only.id().is_some()
        {
            return self.definition(row, at, only, certainty).into_iter().collect();
        }
        if self.section.kind != Kind::Specification || self.all(Column::Id).count() > 1 {
            return SmallVec::new();
        }
        let members = members(&ids).unwrap_or_default().into_iter();
        let defined = members.filter_map(|(id, span)| self.definition(row, at, &Mention::one(id, span), Certainty::Possible));
        defined.map(|one| Definition { shape: Shape::MatrixRow, ..one }).collect()
    }

    fn definition(&self, row: &GridRow, at: usize, only: &Mention, certainty: Certainty) -> Option<Definition> {
        let id = Id::from(only.id()?);
        let name = self.names.get(at).map_or("", String::as_str);
        // `kiln_door_1` below "Fault ID" is a name in code.
        let code =
            || name != "id" && id.contains('_') && !id.contains(char::is_uppercase) && !vocabulary::is_requirement_word(&id);
        if (vocabulary::is_foreign(&id) || code()) && !calls_requirements(name) {
            return None;
        }
        let texts = || self.all(Column::Text).filter_map(|at| row.cells.get(at).copied());
        let text = texts().max_by_key(|span| span.len).unwrap_or_default();
        let (raw, base) = self.raw(row, at);
        // A cell that ends with its identifier has no title behind it.
        let behind = if only.span.end() as usize == base + raw.len() { None } else { title_behind(raw) };
        let title = self.title(behind, texts().next().unwrap_or_default());
        // "(Reused from release 1.)" recalls what is defined elsewhere.
        let told = |text: &str| says_reused(text.get(..text.len().min(REUSED)).unwrap_or(text));
        if told(raw) || texts().any(|span| told(self.section.text.get(span.range()).unwrap_or(""))) {
            return None;
        }
        // A form that was not filled in demands nothing.
        if title.is_empty() && is_blank(self.section.text.get(text.range()).unwrap_or("")) && !self.registers() {
            return None;
        }
        let status = self.cell(row, Column::Status);
        let priority = self.cell(row, Column::Priority);
        let marked = shouts_retired(first_text(self, row));
        let declined = priority.as_ref().filter(|cell| cell.text.to_lowercase().replace('’', "'").starts_with("won't"));
        let (standing, standing_span) = match declined {
            Some(cell) => (Standing::Planned, Some(cell.span)),
            None if marked => (Standing::Retired, texts().next()),
            None => match self.standing(raw, status.as_ref(), text) {
                (Standing::Active, _) if self.put_off(row, at).is_some() => (Standing::Planned, self.put_off(row, at)),
                told => told,
            },
        };
        Some(Definition {
            id,
            span: only.span,
            block: row.span,
            title,
            text,
            shape: if self.allocates() { Shape::MatrixRow } else { self.section.shape },
            group: self.section.group,
            certainty,
            standing,
            standing_span,
            method: self
                .untestable(row)
                .map(|span| Spanned { text: String::from("none"), span })
                .or_else(|| self.cell(row, Column::Method)),
            method_expected: self.columns.contains(&Column::Method),
            level: self.cell(row, Column::Level),
            priority,
            parents: self.parents(row),
            children: Vec::new(),
            criteria: self.criteria(row),
        })
    }

    /// The title of a requirement: what its cell says behind the identifier, or how the first text begins.
    fn title(&self, behind: Option<&str>, text: Span) -> String {
        let first = self.section.text.get(text.range()).unwrap_or("");
        let bold = first.strip_prefix("**").and_then(|rest| rest.split_once("**")).map(|(bold, _)| bold);
        let title = inline::plain(behind.or(bold).unwrap_or(first));
        first_chars(title.trim_matches([':', '.', ' ', '-', '—', '*']), 160).to_owned()
    }

    /// The cell that puts a requirement off to a later step of the project.
    fn put_off(&self, row: &GridRow, id: usize) -> Option<Span> {
        let short = |span: &&Span| span.len < 60 && self.section.text.get(span.range()).is_some_and(cells::puts_off);
        row.cells.iter().enumerate().filter(|(at, _)| *at != id).map(|(_, span)| span).find(short).copied()
    }

    fn standing(&self, id_cell: &str, status: Option<&Spanned>, text: Span) -> (Standing, Option<Span>) {
        let raw = self.section.text.get(text.range()).unwrap_or("");
        if is_struck(id_cell) || raw.starts_with("~~") || shouts_retired(raw) {
            return (Standing::Retired, Some(text));
        }
        match status.map(|status| (cells::standing(&status.text), status.span)) {
            Some((standing @ (Standing::Retired | Standing::Planned), span)) => (standing, Some(span)),
            Some((Standing::Active, span)) if status.is_some_and(|cell| is_draft(&cell.text)) && self.is_approving() => {
                (Standing::Planned, Some(span))
            }
            _ => (self.section.standing, None),
        }
    }

    /// Whether most rows of the table are approved, so that a draft among them is not in force yet.
    fn is_approving(&self) -> bool {
        const LATER: &[&str] = &["approved", "implemented", "validated", "verified", "released", "baselined", "done", "complete"];
        let approved = |row: &&GridRow| {
            let said = self.cell(row, Column::Status).map(|cell| vocabulary::words(&cell.text)).unwrap_or_default();
            LATER.contains(&said.as_str())
        };
        let rows = self.grid.rows.iter().take(40);
        rows.clone().filter(approved).count() * 2 > rows.count()
    }

    /// The criteria that a column of them names by identifier.
    fn criteria(&self, row: &GridRow) -> Vec<Mention> {
        let named = |name: &String| name.split(' ').any(|word| matches!(word, "acceptance" | "criteria" | "criterion" | "ac"));
        let columns = self.names.iter().enumerate().filter(|(_, name)| named(name)).map(|(at, _)| self.raw(row, at));
        let listed = columns.map(|(raw, base)| (identifier::list(raw, 0), identifier::list(raw, base), raw));
        listed.filter(|(found, _, raw)| identifier::is_list(raw, found)).flat_map(|(_, found, _)| found).collect()
    }

    fn parents(&self, row: &GridRow) -> Vec<Mention> {
        self.all(Column::Parent)
            .flat_map(|at| {
                let (raw, base) = self.raw(row, at);
                identifier::list(raw, base)
            })
            .collect()
    }
}

fn is_draft(status: &str) -> bool {
    matches!(vocabulary::words(status).as_str(), "draft" | "proposed" | "under review" | "in review")
}

/// The first text of a row: its title, where it has one.
fn first_text<'v>(view: &'v View<'_>, row: &GridRow) -> &'v str {
    view.first(Column::Text).map_or("", |at| view.raw(row, at).0)
}

/// What follows the identifier in a cell that begins with one.
fn title_behind(cell: &str) -> Option<&str> {
    let end = identifier::mentions(cell, 0).first()?.span.end() as usize;
    cell.get(title_start(cell, end)?..)
}

/// So many characters of a text from its beginning.
fn first_chars(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text;
    }
    text.char_indices().nth(most).and_then(|(end, _)| text.get(..end)).unwrap_or(text)
}
