//! The whole report as a page: what is markup is ours, and what comes from inputs is text.

use super::hostile::hostile;
use super::hostile_whole::spoiled;
use super::{account_with, snapshot};
use crate::checks::support::{analyze_files, read_folder};
use proptest::prelude::*;
use serde_json::Value;
use std::collections::BTreeMap;
use std::path::Path;
use tracegate::analysis::Analysis;
use tracegate::report::html;
use tracegate::report::visible::{self, is_hidden};
use tracegate::settings::Settings;

/// The page of an analysis.
fn page(analysis: &Analysis) -> String {
    account_with(analysis, &Settings::default(), |account| {
        let mut out = Vec::new();
        html::write(account, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    })
}

/// A page as a browser takes it apart.
#[derive(Default)]
struct Read {
    /// Tags in order, closing ones with `/`.
    tags: Vec<String>,
    /// Names of attributes with their values.
    attributes: Vec<(String, String)>,
    /// The text between tags.
    text: String,
    /// The contents of scripts and styles.
    raw: Vec<(String, String)>,
}

/// Takes a page apart. Every `<` in it must begin a tag that is written by this program.
fn read(page: &str) -> Read {
    let mut read = Read::default();
    let mut rest = page;
    while let Some((text, behind)) = rest.split_once('<') {
        read.text.push_str(&unnamed(text));
        let (tag, after) = behind.split_once('>').unwrap();
        let name: String = tag.chars().take_while(|c| !c.is_whitespace()).collect();
        attributes(tag[name.len()..].trim_end_matches('/'), &mut read.attributes);
        rest = after;
        if matches!(name.as_str(), "script" | "style") {
            let (raw, behind) = rest.split_once(&format!("</{name}>")).unwrap();
            read.raw.push((tag.to_owned(), raw.to_owned()));
            rest = behind;
        }
        read.tags.push(name);
    }
    read.text.push_str(rest);
    read
}

fn attributes(tag: &str, found: &mut Vec<(String, String)>) {
    let mut rest = tag.trim_start();
    while !rest.is_empty() {
        let end = rest.find(|c: char| c == '=' || c.is_whitespace()).unwrap_or(rest.len());
        let (name, behind) = rest.split_at(end);
        let (value, behind) = match behind.strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"').unwrap(),
            None => match behind.strip_prefix('=') {
                Some(bare) => bare.split_once(' ').unwrap_or((bare, "")),
                None => ("", behind),
            },
        };
        found.push((name.to_owned(), unnamed(value)));
        rest = behind.trim_start();
    }
}

fn unnamed(text: &str) -> String {
    let names = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    names.iter().fold(text.to_owned(), |text, (name, sign)| text.replace(name, sign))
}

const TAGS: &[&str] = &[
    "!DOCTYPE", "html", "head", "meta", "title", "style", "body", "a", "div", "nav", "h1", "h2", "h3", "ol", "ul", "li", "span",
    "main", "header", "section", "p", "b", "i", "dl", "dt", "dd", "small", "svg", "rect", "table", "thead", "tbody", "tr", "th",
    "td", "code", "form", "label", "input", "button", "output", "noscript", "footer", "dialog", "script",
];

const ATTRIBUTES: &[&str] = &[
    "lang",
    "charset",
    "http-equiv",
    "content",
    "name",
    "class",
    "href",
    "id",
    "tabindex",
    "role",
    "for",
    "type",
    "placeholder",
    "autocomplete",
    "spellcheck",
    "scope",
    "viewBox",
    "preserveAspectRatio",
    "width",
    "height",
    "x",
    "html",
];

/// Holds a page to what this program writes by itself.
fn assert_ours(page: &str) -> Read {
    let read = read(page);
    for tag in &read.tags {
        assert!(TAGS.contains(&tag.trim_start_matches('/')), "<{tag}>");
    }
    for (name, value) in &read.attributes {
        let ours = ATTRIBUTES.contains(&name.as_str()) || name.starts_with("aria-") || name.starts_with("data-");
        assert!(ours, "{name}=\"{value}\"");
        assert!(name != "href" || value.starts_with('#'), "a link to {value}");
    }
    let scripts = read.raw.iter().filter(|(tag, _)| tag == "script").count();
    assert_eq!(scripts, 1);
    for (tag, raw) in read.raw.iter().filter(|(tag, _)| tag.starts_with("script type=\"application/json\"")) {
        assert!(!raw.contains('<'), "{tag}: {raw}");
        serde_json::from_str::<Value>(raw).unwrap();
    }
    assert_eq!(page.chars().find(|c| *c != '\n' && is_hidden(*c)), None);
    read
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn words_of_inputs_arrive_as_text(words in hostile()) {
        let read = assert_ours(&page(&spoiled(&words)));
        // Two backticks are shown as code, and are then no part of the text.
        let plain = |text: &str| text.replace('`', "");
        let expected = plain(&visible::line(&words));
        prop_assert!(plain(&read.text).matches(&expected).count() >= 10, "{:?} in {:?}", expected, read.text);
        prop_assert!(!read.text.contains("##[") && !read.text.contains("##vso["));
        let told = read.raw.iter().filter(|(tag, _)| tag.contains("application/json"));
        let told = told.map(|(_, raw)| texts(&serde_json::from_str(raw).unwrap())).collect::<String>();
        prop_assert!(told.contains(&*visible::line(&words)), "{:?} in {:?}", words, told);
    }
}

fn texts(value: &Value) -> String {
    match value {
        Value::String(text) => format!("{text}\n"),
        Value::Array(items) => items.iter().map(texts).collect(),
        Value::Object(fields) => fields.values().map(texts).collect(),
        _ => String::new(),
    }
}

/// The page of the example.
fn example() -> String {
    page(&analyze_files(read_folder(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/pump"))))
}

#[test]
fn links_lead_to_places_of_the_page_and_no_place_is_named_twice() {
    let read = assert_ours(&example());
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for (_, id) in read.attributes.iter().filter(|(name, _)| name == "id") {
        *places.entry(id).or_default() += 1;
    }
    let twice: Vec<_> = places.iter().filter(|(_, n)| **n > 1).collect();
    assert!(twice.is_empty(), "{twice:?}");
    let links = read.attributes.iter().filter(|(name, _)| name == "href").map(|(_, to)| to.trim_start_matches('#'));
    let lost: Vec<&str> = links.filter(|to| !places.contains_key(to)).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn the_policy_of_the_page_lets_run_what_it_has_and_nothing_else() {
    use sha2::{Digest, Sha256};
    let read = read(&example());
    let policy = read.attributes.iter().find(|(name, value)| name == "content" && value.contains("default-src 'none'"));
    let policy = &policy.unwrap().1;
    assert!(!policy.contains("unsafe"), "{policy}");
    let run = read.raw.iter().filter(|(tag, _)| !tag.contains("application/json"));
    let digests: Vec<String> =
        run.map(|(_, raw)| format!("'sha256-{}'", data_encoding::BASE64.encode(&Sha256::digest(raw)))).collect();
    assert_eq!(digests.len(), 3);
    assert!(digests.iter().all(|digest| policy.contains(digest.as_str())), "{digests:?} in {policy}");
}

#[test]
fn the_script_stays_small() {
    let read = read(&example());
    let (_, script) = read.raw.iter().find(|(tag, _)| tag == "script").unwrap();
    assert!(script.len() < 17 * 1024, "{} bytes", script.len());
    assert!(!script.contains("http"), "it asks no network");
}

/// Tags, places and texts of the body, a line each, without styles, scripts and the rows of tables after the first.
#[test]
fn the_structure_of_the_page() {
    let page = example();
    let body = page.split_once("<body>").unwrap().1.split_once("<script").unwrap().0;
    let mut rows = 0;
    let lines = body.lines().filter(|line| {
        rows = if line.starts_with("<tr") || line.starts_with("<li>") { rows + 1 } else { 0 };
        rows <= 2
    });
    let commit =
        |line: &str| if line.contains(">Check set<") { "<tr>the digest of the checks</tr>".to_owned() } else { line.to_owned() };
    snapshot("page", &lines.map(commit).collect::<Vec<_>>().join("\n"));
}
