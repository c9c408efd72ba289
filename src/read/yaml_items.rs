//! Lists of identified items in YAML: requirement lists, and item files of Doorstop.
//!
//! An item is a mapping with an identifier and a text, wherever it stands:
//!
//! ```yaml
//! requirements:
//!   - id: REQ-1
//!     text: The pump shall stop.
//!     verification: {method: test, tests: [test_stop]}
//! REQ-2:
//!   title: The pump shall start.
//! ```
//!
//! Nothing is interpreted here. Aliases are not expanded: nine lines of them can stand for
//! more text than memory holds (YAML 1.2.2, 7.1).

mod nodes;

use crate::model::Problem;
use crate::source::{Span, Spanned};
use nodes::{Node, Pair, parse};
use rustc_hash::FxHashMap;

/// Keys that hold the identifier of an item, compared without case, `-` and `_`.
const ID_KEYS: [&str; 6] = ["id", "uid", "reqid", "requirementid", "identifier", "itemid"];

/// Those of them that say what it is the identifier of.
const REQUIREMENT_KEYS: [&str; 2] = ["reqid", "requirementid"];

/// Keys that make a mapping with an identifier an item, compared in the same way.
const TEXT_KEYS: [&str; 10] = [
    "text",
    "title",
    "statement",
    "shall",
    "description",
    "requirement",
    "summary",
    "header",
    "acceptancecriteria",
    "shall_statement",
];

/// Keys below which an item names what tests it. An identifier and one of these make a row without any text.
const TEST_KEYS: [&str; 14] = [
    "tests",
    "testedby",
    "verifiedby",
    "validatedby",
    "coveredby",
    "verification",
    "verificationref",
    "testcases",
    "testids",
    "testfiles",
    "testrefs",
    "automatedtests",
    "automatedtestids",
    "relatedtests",
];

/// Keys of a Doorstop item (its file format 3); the identifier is the name of the file.
const DOORSTOP_KEYS: [&str; 6] = ["active", "derived", "level", "links", "normative", "reviewed"];

/// Mappings and lists within a field whose values are taken.
const FIELD_DEPTH: usize = 4;

/// One mapping that has an identifier.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Item {
    /// The identifier. For a Doorstop item it is the stem of the file, and its span is empty.
    pub id: Spanned,
    /// The whole item.
    pub block: Span,
    /// The keys around it, outermost first: `requirements`, or `requirements` and `tests`
    /// for what a requirement lists.
    pub under: Vec<String>,
    /// The fields in their order, without the identifier. A field may have several values;
    /// values of a mapping in a field are named with a dot, `verification.method`.
    pub fields: Vec<(String, Vec<Spanned>)>,
    /// The identifiers of the items directly within this one.
    pub members: Vec<Spanned>,
    /// The key of its identifier says that it is a requirement: `requirement_id`.
    pub called_requirement: bool,
}

/// What was read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Items {
    /// The items in the order of the text.
    pub items: Vec<Item>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// Whether a YAML text may hold items; cheap, so that it can be asked of every YAML file.
///
/// It may say yes too often, so a text that is no YAML after all is no problem then.
pub fn looks_like(text: &str) -> bool {
    let (mut id, mut content, mut doorstop) = (false, false, 0);
    // Keys begin lines, and flow mappings may hold several in one.
    for part in text.split(['\n', ',', '{']) {
        let Some((key, _)) = part.split_once(':') else {
            continue;
        };
        let key = key.trim_matches(['"', '\'', ' ', '-', '[', '\t']);
        id |= is_key(key, &ID_KEYS) || is_identifier(key);
        content |= is_key(key, &TEXT_KEYS) || is_key(key, &TEST_KEYS);
        doorstop += usize::from(DOORSTOP_KEYS.contains(&key));
        if content && (id || doorstop > 2) {
            return true;
        }
    }
    false
}

/// What is wrong with a YAML text, if something is.
pub fn fault(text: &str) -> Option<Problem> {
    parse(text).problems.into_iter().next()
}

/// The items of a YAML text; `path` names a Doorstop item.
///
/// What stands before an error is kept.
pub fn items(text: &str, path: &str) -> Items {
    let stream = parse(text);
    let mut found = Items { items: Vec::new(), problems: stream.problems };
    for document in &stream.documents {
        match document {
            Node::Map { span, pairs, .. } if is_doorstop(pairs) => {
                let id = Spanned { text: stem(path).to_owned(), span: Span::new(span.start as usize, span.start as usize) };
                found.items.push(item(id, *span, pairs, None, &[]));
            }
            other => collect(other, &mut Vec::new(), None, &mut found.items),
        }
    }
    found
}

/// The item of a Doorstop file in Markdown: attributes in its front matter, the text of the requirement below.
pub fn front_matter(text: &str, path: &str) -> Option<Item> {
    let front = front(text)?;
    let known = |line: &str| line.split_once(':').is_some_and(|(key, _)| DOORSTOP_KEYS.contains(&key));
    if front.lines().filter(|line| known(line)).count() < 3 {
        return None;
    }
    let stream = parse(front);
    let [Node::Map { pairs, .. }] = stream.documents.as_slice() else { return None };
    if !has_keys_of_doorstop(pairs) {
        return None;
    }
    let id = Spanned { text: stem(path).to_owned(), span: Span::default() };
    let mut found = item(id, Span::new(0, text.len()), pairs, None, &[]);
    let (title, stated) = body(text, front.len())?;
    found.fields.extend(title.map(|title| (String::from("title"), vec![title])));
    found.fields.push((String::from("text"), vec![stated]));
    Some(found)
}

/// The item of a Markdown file whose front matter names its identifier: the file is that one requirement, test case or
/// other thing. Where the front matter is no valid YAML, its lines are read for themselves: `title: REQ-1: Start`.
pub fn identified(text: &str) -> Option<Item> {
    let front = front(text)?;
    let may = |line: &str| line.split_once(':').is_some_and(|(key, _)| is_key(key, &ID_KEYS) || is_key(key, &["title"]));
    if !front.lines().any(may) {
        return None;
    }
    let stream = parse(front);
    let whole = Span::new(0, text.len());
    let mut found = match stream.documents.as_slice() {
        [Node::Map { pairs, .. }] if stream.problems.is_empty() => {
            let own = own_id(pairs)?;
            // `id: acct-br-004` may say in small letters what `requirement_id: ACCT-BR-004` says.
            let first = own.value.scalar()?;
            let same = |pair: &&Pair| pair.value.scalar().is_some_and(|id| id.text.eq_ignore_ascii_case(&first.text));
            let called = pairs.iter().filter(same).find(|pair| is_key(&pair.key.text, &REQUIREMENT_KEYS));
            let own = called.unwrap_or(own);
            let id = own.value.scalar()?.clone();
            Item { called_requirement: called.is_some(), ..item(id, whole, pairs, Some(&own.key.text), &[]) }
        }
        _ => by_lines(front, whole)?,
    };
    // `itemTitle` and `itemHasParent` beside `itemId` are title and parent.
    for (key, _) in &mut found.fields {
        let own = key.strip_prefix("item").filter(|rest| rest.starts_with(char::is_uppercase));
        if let Some(own) = own.map(|rest| rest.strip_prefix("Has").unwrap_or(rest)) {
            *key = own.to_lowercase();
        }
    }
    if let Some((title, stated)) = body(text, front.len()) {
        let titled = found.fields.iter().any(|(key, values)| is_key(key, &["title", "name"]) && !values.is_empty());
        found.fields.extend(title.filter(|_| !titled).map(|title| (String::from("title"), vec![title])));
        let stated = (String::from("text"), vec![stated]);
        found.fields.retain(|(key, _)| key != "text");
        found.fields.push(stated);
    }
    Some(found)
}

/// The identifier and the fields of a front matter, line by line. Without a key for the identifier the title begins with it.
fn by_lines(front: &str, block: Span) -> Option<Item> {
    let mut found = Item { block, ..Item::default() };
    let mut at = 0;
    for line in front.split_inclusive('\n') {
        if let Some((key, value)) = line.split_once(':').filter(|(key, _)| key.starts_with(char::is_alphabetic)) {
            let text = value.trim().trim_matches(['"', '\'']);
            let start = at + key.len() + 1 + value.find(text).unwrap_or(0);
            let value = Spanned { text: text.to_owned(), span: Span::new(start, start + text.len()) };
            match is_key(key, &ID_KEYS) && found.id.text.is_empty() {
                true => found.id = value,
                false => found.fields.push((key.trim().to_owned(), vec![value])),
            }
        }
        at += line.len();
    }
    if found.id.text.is_empty() {
        let (_, titles) = found.fields.iter_mut().find(|(key, _)| is_key(key, &["title"]))?;
        let title = titles.first_mut()?;
        let (id, rest) = title.text.split_once(':').map(|(id, rest)| (id.trim().to_owned(), rest.trim().to_owned()))?;
        let start = title.span.start as usize;
        found.id = Spanned { span: Span::new(start, start + id.len()), text: id };
        title.text = rest;
    }
    Some(found)
}

/// The front matter with the dashes above it.
fn front(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("---")?;
    text.get(.."---".len() + rest.find("\n---")?)
}

/// What stands below the front matter: the heading on top, which is the title, and what is stated.
fn body(text: &str, end: usize) -> Option<(Option<Spanned>, Spanned)> {
    let body = text.get(end..)?.trim_start_matches(['-', '\n', '\r']);
    let start = text.len() - body.len();
    let body = body.trim_end();
    let heading = body.strip_prefix('#').map(|rest| rest.split_once('\n').unwrap_or((rest, "")));
    let title = heading.map(|(title, _)| {
        let title = title.trim_start_matches('#').trim();
        let at = title.as_ptr() as usize - text.as_ptr() as usize;
        Spanned { text: title.to_owned(), span: Span::new(at, at + title.len()) }
    });
    let stated = heading.map_or(body, |(_, stated)| stated.trim_start());
    let stated = if stated.is_empty() { body } else { stated };
    let at = start + body.len() - stated.len();
    (!stated.is_empty()).then(|| (title, Spanned { text: stated.to_owned(), span: Span::new(at, at + stated.len()) }))
}

/// Adds the items in a node; recursion ends at the depth that the parser allows. `owner` is the
/// place in `items` of the item that the node is part of.
fn collect(node: &Node, under: &mut Vec<String>, owner: Option<usize>, items: &mut Vec<Item>) {
    match node {
        Node::Scalar(_) | Node::Alias => {}
        Node::List { entries } => {
            for entry in entries {
                collect(entry, under, owner, items);
            }
        }
        Node::Map { span, pairs, whole } => {
            let own = own_id(pairs).filter(|_| *whole && has_content(pairs)).map(|own| {
                let id = own.value.scalar().cloned().unwrap_or_default();
                add(item(id, *span, pairs, Some(&own.key.text), under), owner, items)
            });
            for pair in pairs {
                let keyed = keyed_item(pair, under).map(|item| add(item, own.or(owner), items));
                under.push(pair.key.text.clone());
                collect(&pair.value, under, keyed.or(own).or(owner), items);
                under.pop();
            }
        }
    }
}

/// Adds an item, also as a member of the one around it.
fn add(item: Item, owner: Option<usize>, items: &mut Vec<Item>) -> usize {
    if let Some(owner) = owner.and_then(|owner| items.get_mut(owner)) {
        owner.members.push(item.id.clone());
    }
    items.push(item);
    items.len() - 1
}

/// A mapping whose key is its identifier.
fn keyed_item(pair: &Pair, under: &[String]) -> Option<Item> {
    let Node::Map { span, pairs, whole: true } = &pair.value else { return None };
    let named = is_identifier(&pair.key.text) && has_content(pairs) && own_id(pairs).is_none();
    let block = Span::new(pair.key.span.start as usize, span.range().end);
    named.then(|| item(pair.key.clone(), block, pairs, None, under))
}

fn item(id: Spanned, block: Span, pairs: &[Pair], id_key: Option<&str>, under: &[String]) -> Item {
    let mut fields = Fields::default();
    for pair in pairs.iter().filter(|pair| Some(pair.key.text.as_str()) != id_key) {
        // A field without a value is a field all the same: a place for the method, not filled.
        fields.values(&pair.key.text);
        values(&pair.key.text, &pair.value, FIELD_DEPTH, &mut fields);
    }
    Item { id, block, under: under.to_vec(), fields: fields.fields, ..Item::default() }
}

/// Fields in their order, found by name.
#[derive(Default)]
struct Fields {
    fields: Vec<(String, Vec<Spanned>)>,
    places: FxHashMap<String, usize>,
}

impl Fields {
    /// The values of a field, which is added if there is none.
    fn values(&mut self, name: &str) -> Option<&mut Vec<Spanned>> {
        let place = self.places.get(name).copied().unwrap_or_else(|| {
            self.fields.push((name.to_owned(), Vec::new()));
            self.places.insert(name.to_owned(), self.fields.len() - 1);
            self.fields.len() - 1
        });
        self.fields.get_mut(place).map(|(_, values)| values)
    }
}

/// Adds the values of a node to the field of this name.
fn values(name: &str, node: &Node, depth: usize, fields: &mut Fields) {
    match node {
        Node::Scalar(value) if value.text.is_empty() => {}
        Node::Scalar(value) => {
            if let Some(values) = fields.values(name) {
                values.push(value.clone());
            }
        }
        Node::List { entries } if depth > 0 => {
            for entry in entries {
                match entry {
                    // `- REQ-1: fingerprint`, a link of Doorstop, names REQ-1.
                    Node::Map { pairs, .. } if is_link(pairs) => {
                        let keys = pairs.iter().map(|pair| Node::Scalar(pair.key.clone()));
                        keys.for_each(|key| values(name, &key, depth - 1, fields));
                    }
                    entry => values(name, entry, depth - 1, fields),
                }
            }
        }
        Node::Map { pairs, .. } if depth > 0 => {
            for pair in pairs {
                let name = format!("{name}.{}", pair.key.text);
                values(&name, &pair.value, depth - 1, fields);
            }
        }
        Node::List { .. } | Node::Map { .. } | Node::Alias => {}
    }
}

fn is_link(pairs: &[Pair]) -> bool {
    matches!(pairs, [pair] if is_identifier(&pair.key.text) && pair.value.scalar().is_some())
}

/// The pair that holds the identifier.
fn own_id(pairs: &[Pair]) -> Option<&Pair> {
    let is_id = |pair: &&Pair| {
        is_key(&pair.key.text, &ID_KEYS) && pair.value.scalar().is_some_and(|id| !id.text.is_empty() && !id.text.contains('\n'))
    };
    pairs.iter().find(is_id)
}

/// Whether a mapping says something of what it identifies: a text, or what tests it.
fn has_content(pairs: &[Pair]) -> bool {
    pairs.iter().any(|pair| is_key(&pair.key.text, &TEXT_KEYS) || is_key(&pair.key.text, &TEST_KEYS))
}

fn is_doorstop(pairs: &[Pair]) -> bool {
    pairs.iter().any(|pair| pair.key.text == "text") && has_keys_of_doorstop(pairs)
}

fn has_keys_of_doorstop(pairs: &[Pair]) -> bool {
    let has = |key: &str| pairs.iter().any(|pair| pair.key.text == key);
    own_id(pairs).is_none() && DOORSTOP_KEYS.iter().filter(|key| has(key)).count() > 2
}

/// Whether a key is among these without regard to case, `-`, `_` and blanks.
fn is_key(key: &str, known: &[&str]) -> bool {
    // Longer keys are none of ours, and texts have such "keys" in every sentence.
    if key.len() > 32 {
        return false;
    }
    let letters = key.chars().filter(|c| !matches!(c, '-' | '_' | ' '));
    let plain: String = letters.map(|c| c.to_ascii_lowercase()).collect();
    known.contains(&plain.as_str())
}

/// Whether a key looks like an identifier: one word, a letter first, a digit in it.
fn is_identifier(key: &str) -> bool {
    let word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | '~' | '/');
    key.len() <= 80 && key.starts_with(char::is_alphabetic) && key.contains(|c: char| c.is_ascii_digit()) && key.chars().all(word)
}

fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
