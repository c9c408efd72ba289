//! What a test source takes from other files of its tree: imports of JavaScript and Rust.

use super::Language;
use super::mask::{Masked, is_word};
use super::mocks;
use crate::source::Text;

/// Groups within groups of names are not looked into any deeper.
const MAX_DEPTH: usize = 6;

/// More names in one import are not looked at.
const MAX_NAMES: usize = 500;

/// Something that is taken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Taken {
    /// The file or the module, as the language writes it.
    pub from: String,
    /// What of it, and under which name.
    pub what: What,
}

/// What of a file or a module is taken.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// All of it stands behind one name: `common::press()`.
    Module(String),
    /// One thing of it, and the name under which it is used.
    Item(String, String),
    /// All of it by its own names.
    All,
}

/// What a source takes, in its order.
pub fn taken(language: Language, text: &Text) -> Vec<Taken> {
    let masked = Masked::new(text.as_str(), &language.row().syntax);
    match language {
        Language::JavaScript => script(text),
        Language::Rust => rust(&masked),
        _ => Vec::new(),
    }
}

/// `import { press as push } from './helpers'`, `import * as helpers from …`, `const { press } = require(…)`.
fn script(text: &Text) -> Vec<Taken> {
    let bound = mocks::bound(text).into_iter().filter(|(_, path, _)| path.starts_with('.'));
    let of = |(local, from, names): (String, String, Vec<String>)| {
        let what = match names.as_slice() {
            [] => What::Module(local),
            [only] if only == "default" => What::Item(local.clone(), local),
            [only] => What::Item(only.clone(), local),
            _ => return None,
        };
        Some(Taken { from, what })
    };
    let mut found: Vec<Taken> = bound.filter_map(of).collect();
    found.sort_unstable();
    found
}

/// `mod common;`, `use common::{press, hold as grip};`.
fn rust(masked: &Masked<'_>) -> Vec<Taken> {
    let (mut found, mut at) = (Vec::new(), 0);
    let mut modules: Vec<String> = Vec::new();
    while let Some(start) = masked.code.get(at..).and_then(|code| code.iter().position(|byte| is_word(*byte))) {
        let (from, end) = (at + start, masked.word_end(at + start));
        at = end.max(from + 1);
        let behind = masked.skip_space(end);
        match masked.text.get(from..end) {
            Some("mod") => {
                let close = masked.word_end(behind);
                let name = masked.text.get(behind..close).unwrap_or_default().to_owned();
                if !name.is_empty() && masked.at(masked.skip_space(close)) == b';' {
                    let path = placed(masked, from).unwrap_or_else(|| name.clone());
                    modules.push(name.clone());
                    found.push(Taken { from: path, what: What::Module(name) });
                }
            }
            Some("use") => {
                let stop = masked.code.get(behind..).and_then(|code| memchr::memchr(b';', code)).map_or(behind, |n| behind + n);
                expand("", masked.text.get(behind..stop).unwrap_or_default(), 0, &mut found);
                at = at.max(stop);
            }
            _ => {}
        }
    }
    // Whatever is neither of this crate nor declared here is another crate.
    found.retain(|one| {
        let first = one.from.split("::").next().unwrap_or_default();
        one.from.contains(".rs") || matches!(first, "crate" | "self" | "super") || modules.iter().any(|known| known == first)
    });
    found
}

/// The file that an attribute in front of a module names: `#[path = "../common/mod.rs"] mod common;`.
fn placed(masked: &Masked<'_>, at: usize) -> Option<String> {
    let before = masked.code.get(..at)?.trim_ascii_end();
    let open = memchr::memrchr(b'#', before.strip_suffix(b"]")?)?;
    let literal = (open..before.len()).find_map(|at| masked.literal(at))?;
    let name = masked.text.get(open..literal.start as usize)?;
    name.contains("path").then(|| masked.slice(literal.inner, literal.inner_end).to_owned())
}

/// The names in what stands behind `use`.
fn expand(before: &str, text: &str, depth: usize, found: &mut Vec<Taken>) {
    if depth > MAX_DEPTH || found.len() > MAX_NAMES {
        return;
    }
    let text = text.trim().trim_start_matches("::");
    let join = |path: &str| if before.is_empty() { path.to_owned() } else { format!("{before}::{path}") };
    if let Some((path, group)) = text.split_once('{') {
        let outer = join(path.trim().trim_end_matches("::"));
        let outer = outer.trim_end_matches("::");
        for part in parts(group.trim_end().strip_suffix('}').unwrap_or(group)) {
            expand(outer, part, depth + 1, found);
        }
        return;
    }
    let (path, local) = match text.split_once(" as ") {
        Some((path, local)) => (path.trim(), Some(local.trim())),
        None => (text, None),
    };
    let (module, last) = path.rsplit_once("::").map_or((before.to_owned(), path), |(module, last)| (join(module), last));
    match last {
        "" => {}
        "*" => found.push(Taken { from: module, what: What::All }),
        // `use common::{self}` binds the module.
        "self" => {
            let name = local.unwrap_or_else(|| module.rsplit("::").next().unwrap_or_default()).to_owned();
            found.push(Taken { from: module, what: What::Module(name) });
        }
        _ => {
            let name = local.unwrap_or(last).to_owned();
            found.push(Taken { from: join(path), what: What::Module(name.clone()) });
            found.push(Taken { from: module, what: What::Item(last.to_owned(), name) });
        }
    }
}

/// What commas part, brackets apart.
fn parts(text: &str) -> Vec<&str> {
    let (mut found, mut depth, mut start) = (Vec::new(), 0usize, 0);
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth = depth.saturating_sub(1),
            b',' if depth == 0 => {
                found.extend(text.get(start..at));
                start = at + 1;
            }
            _ => {}
        }
    }
    found.extend(text.get(start..));
    found
}

#[cfg(test)]
mod tests {
    use super::{Taken, What, taken};
    use crate::read::code::Language;
    use crate::source::Text;

    fn told(language: Language, text: &str) -> Vec<String> {
        let line = |Taken { from, what }: Taken| match what {
            What::Module(name) => format!("{from} as {name}"),
            What::Item(item, name) => format!("{item} of {from} as {name}"),
            What::All => format!("all of {from}"),
        };
        taken(language, &Text::decode(text.as_bytes().to_vec())).into_iter().map(line).collect()
    }

    #[test]
    fn imports_of_scripts() {
        let text = "import pull, { press as push } from './helpers';\nimport * as all from '../all.js';\n\
            const { hold } = require('./hold');\nimport x from 'vitest';\n// import { no } from './no';\n";
        assert_eq!(
            told(Language::JavaScript, text),
            ["../all.js as all", "press of ./helpers as push", "pull of ./helpers as pull", "hold of ./hold as hold"]
        );
    }

    #[test]
    fn modules_of_rust() {
        let text = "mod common;\n#[path = \"../far/mod.rs\"]\nmod far;\nuse common::{press, hold as grip, self};\nuse common::*;\n\
            use super::support::pump::start;\nuse std::fs;\n// use common::no;\nmod inner { use super::*; }\n";
        assert_eq!(
            told(Language::Rust, text),
            [
                "common as common",
                "../far/mod.rs as far",
                "common::press as press",
                "press of common as press",
                "common::hold as grip",
                "hold of common as grip",
                "common as common",
                "all of common",
                "super::support::pump::start as start",
                "start of super::support::pump as start",
                "all of super",
            ]
        );
        assert!(told(Language::Rust, &format!("mod a;\nuse a::{};\n", "{a::".repeat(5000))).len() < 10);
    }
}
