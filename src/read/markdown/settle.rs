//! What is known of a document's requirements only when all of it has been read.

use super::{dotted, malformed, specification};
use crate::model::Facts;
use crate::model::citation::Target;
use crate::model::id::Id;
use crate::model::matrix::{Layout, Row, Table};
use crate::model::mention::{Mention, Mentions, WORDED, dotted_root, ends_in_word, family, worded_root};
use crate::model::record::Kind;
use crate::model::requirement::{Certainty, Definition, Shape, Standing};
use crate::model::vocabulary::{is_item, is_requirement_word, words};
use crate::read::document;
use crate::read::grammar::citation::{Expect, citations};
use crate::source::{Span, Spanned};
use rustc_hash::{FxHashMap, FxHashSet};

/// Completes the definitions of a document: attributes, groups, and how sure they are. `ticked` says that some
/// box of a list is ticked, so that an empty one means "not done yet".
pub(super) fn definitions(facts: &mut Facts, text: &str, kind: Kind, ticked: bool) {
    trim_items(facts);
    drop_title(facts, text);
    drop_summaries(facts);
    dotted::drop_repeats(facts, text);
    malformed::tell(facts, text);
    for definition in &mut facts.definitions {
        if matches!(definition.shape, Shape::Heading | Shape::Paragraph | Shape::ListItem) {
            specification::attributes(definition, text);
        }
        if definition.group == UNTICKED {
            definition.group = 0;
            if ticked && definition.standing == Standing::Active {
                definition.standing = Standing::Planned;
                definition.standing_span = Some(definition.span);
            }
        }
    }
    if kind == Kind::Matrix {
        settle_matrix(facts);
    }
    group_headings(facts);
    needless(facts);
    inline_rows(facts, text);
    doubt_lonely(facts, &dotted::obliging(facts, text), kind == Kind::Specification);
}

/// Drops the title of a specification that is called by a number of its own, `# SRS-001: Requirements of the oven`: where requirements
/// of another family follow and nothing in front of them obliges, it is the name of the document. So it is of any family that does
/// not name requirements, where the title ends as that of a specification: `# LAB-DIR-004: Oven requirements`.
fn drop_title(facts: &mut Facts, text: &str) {
    const NAMES: &[&str] =
        &["BRD", "FRD", "FRS", "PRD", "PRS", "RS", "SPEC", "SRD", "SRS", "SWRS", "SYRS", "SYSRS", "URD", "URS"];
    let first = |id: &str| id.split(['-', '_']).next().map_or_else(String::new, str::to_ascii_uppercase);
    let Some(title) = facts.definitions.first().filter(|one| one.shape == Shape::Heading && one.group == 1) else { return };
    let called = matches!(words(&title.title).rsplit(' ').next(), Some("requirements" | "specification" | "specifications"));
    if called && !is_requirement_word(&title.id) {
        let title = facts.definitions.remove(0);
        facts.named.push(Mention::one(title.id, title.span));
        return;
    }
    let other = |one: &&Definition| first(&one.id) != first(&title.id) && first(&one.id) != "AC";
    let Some(next) = facts.definitions.iter().skip(1).find(other) else { return };
    let own = text.get(title.span.start as usize..next.span.start as usize).unwrap_or("");
    let obliges = words(own).split(' ').any(|word| matches!(word, "shall" | "must"));
    if NAMES.contains(&first(&title.id).as_str()) && !obliges {
        let title = facts.definitions.remove(0);
        facts.named.push(Mention::one(title.id, title.span));
    }
}

/// Drops what turns out to define nothing.
///
/// `## Verification (REQ-7)`, one of `suffixed`, is about a requirement that a row or an item of the same document
/// defines. Items of `listed` stand below a heading of requirements: a few of a family are some, one is a remark.
/// Of several such items they say for certain that they are requirements. Those of `titled` are the title of what follows: a few
/// of a family are some, too.
pub(super) fn doubtful(facts: &mut Facts, text: &str, suffixed: &[usize], listed: &[usize], titled: &[usize]) {
    let suffixed: FxHashSet<usize> = suffixed.iter().copied().collect();
    let listed: FxHashSet<usize> = listed.iter().copied().collect();
    let titled: FxHashSet<usize> = titled.iter().copied().collect();
    let mut members: FxHashMap<String, FxHashSet<&str>> = FxHashMap::default();
    let mut defined: FxHashSet<&str> = FxHashSet::default();
    for (at, one) in facts.definitions.iter().enumerate() {
        if listed.contains(&at) || titled.contains(&at) {
            members.entry(family(&one.id).to_owned()).or_default().insert(&one.id);
        }
        if !suffixed.contains(&at) {
            defined.insert(&one.id);
        }
    }
    let sure: Vec<bool> =
        facts.definitions.iter().map(|one| members.get(family(&one.id)).is_some_and(|ids| ids.len() > 2)).collect();
    let told: Vec<bool> = facts.definitions.iter().map(|one| defined.contains(one.id.as_str())).collect();
    // Where requirements head their sections, an identifier behind a title is a mark of something else.
    let heads = facts.definitions.iter().enumerate().filter(|(at, one)| one.shape == Shape::Heading && !suffixed.contains(at));
    let marks = heads.count() > 1;
    let lone = lone(facts, text, &suffixed);
    let mut at = 0;
    let Facts { definitions, named, .. } = facts;
    definitions.retain_mut(|one| {
        let (sure, again) = (sure.get(at) == Some(&true), told.get(at) == Some(&true));
        let keeps = match () {
            () if !suffixed.contains(&at) => sure || !listed.contains(&at) && !titled.contains(&at),
            // A document that defines nothing else may be about this one, unless a letter or two number hazards or tasks.
            () if lone.contains(&at) && !is_requirement_word(&one.id) && (told.len() > 1 || family(&one.id).len() < 4) => {
                named.push(Mention::one(one.id.clone(), one.span));
                false
            }
            () => !again && !marks,
        };
        if lone.contains(&at) && told.len() > 1 {
            one.certainty = Certainty::Possible;
        }
        if listed.contains(&at) && sure {
            one.certainty = Certainty::Certain;
        }
        at += 1;
        keeps
    });
}

/// Those of `suffixed` that are the only ones of their family, below which nothing obliges: "Audit trail (H-07)" is a section about a
/// hazard.
fn lone(facts: &Facts, text: &str, suffixed: &FxHashSet<usize>) -> FxHashSet<usize> {
    let mut members: FxHashMap<String, FxHashSet<&str>> = FxHashMap::default();
    for one in facts.definitions.iter().filter(|_| !suffixed.is_empty()) {
        members.entry(family(&one.id).to_owned()).or_default().insert(&one.id);
    }
    let alone = |one: &Definition| members.get(family(&one.id)).is_none_or(|ids| ids.len() < 2);
    let obliges = |one: &Definition| {
        let said = words(text.get(one.block.range()).unwrap_or(""));
        said.split(' ').any(|word| matches!(word, "shall" | "must"))
    };
    let lone = |at: &usize| facts.definitions.get(*at).is_some_and(|one| alone(one) && !obliges(one));
    suffixed.iter().copied().filter(lone).collect()
}

/// An item ends where the next defined item begins, so that no line belongs to every level of a deep list.
fn trim_items(facts: &mut Facts) {
    let starts: Vec<u32> = facts.definitions.iter().skip(1).map(|next| next.block.start).chain([u32::MAX]).collect();
    for (definition, next) in facts.definitions.iter_mut().zip(starts).filter(|(one, _)| one.shape == Shape::ListItem) {
        if next > definition.span.start && next < definition.block.end() {
            definition.block.len = next - definition.block.start;
            definition.text = definition.block;
        }
    }
}

/// `REQ-1..9` defines all nine where nothing else in the document defines any of them. Else it sums up what does, and a number that
/// is missing there is free.
fn drop_summaries(facts: &mut Facts) {
    let shared =
        |one: &Definition| one.certainty == Certainty::Possible && matches!(one.shape, Shape::MatrixRow | Shape::ListItem);
    let place = |one: &Definition| (one.block.start, one.block.len);
    let mut sizes: FxHashMap<(u32, u32), usize> = FxHashMap::default();
    for one in facts.definitions.iter().filter(|one| shared(one)) {
        *sizes.entry(place(one)).or_default() += 1;
    }
    sizes.retain(|_, size| *size > 1);
    if sizes.is_empty() {
        return;
    }
    let grouped = |one: &Definition| shared(one) && sizes.contains_key(&place(one));
    let alone: FxHashSet<&str> = facts.definitions.iter().filter(|one| !grouped(one)).map(|one| one.id.as_str()).collect();
    let told = facts.definitions.iter().filter(|one| grouped(one) && alone.contains(one.id.as_str()));
    let told: FxHashSet<(u32, u32)> = told.map(place).collect();
    facts.definitions.retain(|one| !(grouped(one) && told.contains(&place(one))));
}

/// A document that calls itself a matrix lists its requirements in tables; only one without rows does so in another
/// way, and one whose rows stand below the requirements that they are about, if these are several of a family.
fn settle_matrix(facts: &mut Facts) {
    drop_tests(facts);
    list_gaps(facts);
    let detail = |row: &Row| facts.tables.get(row.table as usize).is_some_and(|table| table.layout == Layout::Detail);
    let (none, details) = (facts.rows.is_empty(), facts.rows.iter().all(detail));
    let mut members: FxHashMap<String, FxHashSet<Id>> = FxHashMap::default();
    for one in facts.definitions.iter().filter(|_| details) {
        members.entry(family(&one.id).to_owned()).or_default().insert(one.id.clone());
    }
    let several = |one: &Definition| members.get(family(&one.id)).is_some_and(|ids| ids.len() > 1);
    let tabled = |one: &Definition| one.shape == Shape::TableRow;
    facts.definitions.retain(|one| none || several(one) || tabled(one) || is_item(&one.id));
    for definition in &mut facts.definitions {
        definition.certainty = Certainty::Certain;
    }
}

/// Headings of a matrix that number tests, `## T1: Unit test` and `### T1.2 Test of the door`, define no requirements.
fn drop_tests(facts: &mut Facts) {
    let headed = |one: &&Definition| one.shape == Shape::Heading;
    let tests = |one: &&Definition| words(&one.title).split(' ').any(|word| matches!(word, "test" | "tests" | "testing"));
    let mut counts: FxHashMap<String, (usize, usize)> = FxHashMap::default();
    for one in facts.definitions.iter().filter(headed) {
        let (all, tested) = counts.entry(family(&one.id).to_owned()).or_default();
        *all += 1;
        *tested += usize::from(tests(&one));
    }
    counts.retain(|_, (all, tested)| *tested * 2 >= *all);
    if !counts.is_empty() {
        let (out, kept) = std::mem::take(&mut facts.definitions)
            .into_iter()
            .partition(|one| headed(&one) && counts.contains_key(family(&one.id)));
        facts.definitions = kept;
        let out: Vec<Definition> = out;
        facts.named.extend(out.into_iter().map(|one| Mention::one(one.id, one.span)));
    }
}

/// Beside the rows of a matrix a table without tests, "Requirements without tests", lists what is left: rows that cite
/// nothing. It is no specification, or most rows would be of requirements that nobody defines.
fn list_gaps(facts: &mut Facts) {
    let root = |id: &str| id.split(['-', '_']).next().unwrap_or(id).to_owned();
    let mut named: FxHashMap<String, FxHashSet<&str>> = FxHashMap::default();
    for id in facts.rows.iter().flat_map(|row| &row.ids).filter_map(Mention::id) {
        named.entry(root(id)).or_default().insert(id);
    }
    let mut defined: FxHashMap<String, usize> = FxHashMap::default();
    for one in facts.definitions.iter().filter(|one| one.shape == Shape::TableRow) {
        *defined.entry(root(&one.id)).or_default() += 1;
        named.entry(root(&one.id)).and_modify(|ids| {
            ids.remove(one.id.as_str());
        });
    }
    let few: FxHashSet<String> = defined
        .into_iter()
        .filter(|(root, count)| named.get(root).is_some_and(|ids| ids.len() > *count))
        .map(|(root, _)| root)
        .collect();
    if few.is_empty() {
        return;
    }
    let is_gap = |one: &Definition| one.shape == Shape::TableRow && few.contains(&root(&one.id));
    let (gaps, kept) = std::mem::take(&mut facts.definitions).into_iter().partition(is_gap);
    facts.definitions = kept;
    let gaps: Vec<Definition> = gaps;
    let table = facts.tables.len();
    let header = gaps.first().map(|one| one.block).unwrap_or_default();
    facts.tables.push(Table { header, layout: Layout::Forward, has_tests: true, has_status: false, heading: String::new() });
    facts.rows.extend(gaps.into_iter().map(|one| {
        let mut row = Row::bare(table, one.block, Mentions::from_buf([Mention::one(one.id, one.span)]));
        row.title = Some(Spanned { text: one.title, span: one.text });
        row
    }));
}

/// `Verified by: tests/test_x.py::test_y` below a requirement is a row of a matrix.
fn inline_rows(facts: &mut Facts, text: &str) {
    let mut rows = Vec::new();
    let told = |one: &&Definition| match one.shape {
        Shape::Heading | Shape::Paragraph | Shape::ListItem => true,
        // An item that traces is no row of a table.
        Shape::MatrixRow => text.get(one.block.range()).is_some_and(|block| block.starts_with(['-', '*', '+'])),
        _ => false,
    };
    for definition in facts.definitions.iter().filter(told) {
        let body = text.get(definition.block.range()).unwrap_or("");
        let fenced = fences(body);
        for (key, value) in document::fields(body, definition.block.start as usize) {
            let at = (value.span.start - definition.block.start) as usize;
            if fenced.iter().any(|fence| fence.contains(&at)) {
                continue;
            }
            let tests = matches!(
                key.as_str(),
                "verified by"
                    | "tests"
                    | "test cases"
                    | "covered by"
                    | "tested by"
                    | "test"
                    | "test case"
                    | "validated by"
                    | "verification test"
                    | "verification tests"
            );
            if !tests {
                continue;
            }
            let raw = text.get(value.span.range()).unwrap_or("");
            let found = citations(raw, value.span.start as usize, Expect::Anything);
            if found.iter().any(|one| !matches!(one.target, Target::Prose(_) | Target::Elided)) {
                rows.push((Mention::one(definition.id.clone(), definition.span), value, found));
            }
        }
    }
    if rows.is_empty() {
        return;
    }
    let table = facts.tables.len();
    let header = rows.first().map(|(_, value, _)| value.span).unwrap_or_default();
    facts.tables.push(Table { header, layout: Layout::Detail, has_tests: true, has_status: false, heading: String::new() });
    facts.rows.extend(rows.into_iter().map(|(id, value, citations)| {
        let mut row = Row::bare(table, value.span, Mentions::from_buf([id]));
        row.citations = citations;
        row.cited = vec![value];
        row
    }));
}

/// The code blocks of a text, from fence to fence: what they hold is an example or data.
fn fences(text: &str) -> Vec<std::ops::Range<usize>> {
    let (mut found, mut open, mut at) = (Vec::new(), None, 0);
    for line in text.split_inclusive('\n') {
        if line.trim_start().starts_with("```") {
            match open.take() {
                Some(start) => found.push(start..at + line.len()),
                None => open = Some(at),
            }
        }
        at += line.len();
    }
    found.extend(open.map(|start| start..text.len()));
    found
}

/// Group of list items whose box is empty, until the whole list is known.
pub(super) const UNTICKED: u32 = u32::MAX;

/// A heading above several requirements groups them: they are its children.
fn group_headings(facts: &mut Facts) {
    if facts.definitions.iter().all(|one| one.shape != Shape::Heading) {
        return;
    }
    let places: Vec<(Span, Id)> = facts.definitions.iter().map(|one| (one.span, one.id.clone())).collect();
    for (at, definition) in facts.definitions.iter_mut().enumerate().filter(|(_, one)| one.shape == Shape::Heading) {
        let below = places.iter().skip(at + 1).take_while(|(span, _)| definition.block.contains(*span));
        let members: Vec<Mention> =
            below.filter(|(_, id)| *id != definition.id).map(|(span, id)| Mention::one(id.clone(), *span)).collect();
        if members.len() > 1 {
            definition.children.extend(members);
        }
    }
}

/// Where specification items say what they need, one that says nothing needs nothing.
fn needless(facts: &mut Facts) {
    let stated = |one: &Definition| is_item(&one.id) && one.level.is_some();
    if facts.definitions.iter().any(stated) {
        for definition in
            facts.definitions.iter_mut().filter(|one| is_item(&one.id) && one.level.is_none() && one.method.is_none())
        {
            definition.method = Some(Spanned { text: String::from("none"), span: definition.span });
        }
    }
}

/// A family with a single member, or without a separator and few members, is no
/// certain family: `UTF-8` or `V2` at the start of a heading.
fn doubt_lonely(facts: &mut Facts, obliging: &FxHashSet<(Shape, String)>, specifies: bool) {
    // Rows of a table are not lonely, whatever they are called.
    if facts.definitions.iter().all(|one| one.shape == Shape::TableRow) {
        return;
    }
    let mut counts: FxHashMap<String, u32> = FxHashMap::default();
    let mut ids: FxHashSet<&str> = FxHashSet::default();
    let mut repeated: FxHashSet<String> = FxHashSet::default();
    for definition in &facts.definitions {
        if !ids.insert(&definition.id) && definition.id.contains(' ') {
            repeated.insert(family(&definition.id).to_owned());
        }
    }
    let mut ids: Vec<&str> = ids.into_iter().collect();
    ids.sort_unstable();
    for id in ids {
        *counts.entry(family(id).to_owned()).or_default() += 1;
        // `DS-KM-001` is not lonely where forty others begin with `DS-`.
        if let Some((root, _)) = id.split_once('-') {
            *counts.entry(format!("{root}-*")).or_default() += 1;
        }
    }
    let most = counts.values().copied().max().unwrap_or(0);
    for definition in &mut facts.definitions {
        let family = family(&definition.id);
        let count = counts.get(family).copied().unwrap_or(0);
        let bare = !family.ends_with(['-', '_', '.', '~', '\u{2011}', ' ']);
        let kindred = definition.id.split_once('-').and_then(|(root, _)| counts.get(&format!("{root}-*"))).copied().unwrap_or(0);
        let lonely = count == 1 && kindred < 4 && most > 2 && !is_requirement_word(&definition.id);
        // `AC 1` is numbered anew in every story, and `RSS 2.0` is a version.
        let spaced = definition.id.contains(' ') && !definition.id.starts_with(WORDED);
        let anew = family == "AC " || repeated.contains(family);
        let local = spaced && (count < 3 || !is_requirement_word(&definition.id) || anew);
        // `AUTH_FR001`: a word for requirements before the number, in a document that specifies.
        let word = family.rsplit(['_', '-']).next().unwrap_or(family);
        let worded = bare && specifies && word.bytes().all(|byte| byte.is_ascii_uppercase()) && is_requirement_word(word);
        let exempt = definition.shape == Shape::TableRow
            || worded
            || is_item(&definition.id)
            || worded_root(&definition.id).is_some()
            || ends_in_word(&definition.id);
        let dotted = || dotted_root(&definition.id).is_some_and(|root| obliging.contains(&(definition.shape, root.to_owned())));
        if (lonely || local || bare) && !exempt && !dotted() {
            definition.certainty = Certainty::Possible;
        }
    }
}
