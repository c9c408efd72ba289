//! Python: `unittest.mock`, the fixtures `mocker` and `monkeypatch`, and mocks that are assigned.

use super::super::mask::is_word;
use super::super::oracle::meaning::Use;
use super::{FAR, File, Site, Subject};
use rustc_hash::FxHashMap;

/// Classes whose objects stand in for anything.
const STAND_INS: &[&str] = &["Mock", "MagicMock", "AsyncMock", "create_autospec"];

pub(super) fn sites(file: &File<'_>) -> Vec<Site> {
    let imports = imports(file);
    file.all_words().flat_map(|one| replaces(file, &imports, &one)).collect()
}

/// What a word replaces, if it does.
fn replaces(file: &File<'_>, imports: &FxHashMap<&str, String>, one: &Use<'_>) -> Vec<Site> {
    let of_patch = one.owner == "patch" && one.is_member;
    let known = match one.word {
        "patch" | "setattr" => one.after == b'(',
        "object" | "multiple" => of_patch && one.after == b'(',
        word => STAND_INS.contains(&word) && one.after == b'(',
    };
    if !known || one.word == "setattr" && !matches!(one.owner, "monkeypatch" | "mp" | "patcher" | "monkey") {
        return Vec::new();
    }
    let Some((arguments, close)) = file.arguments(one.end) else { return Vec::new() };
    let at = (one.at, close);
    if STAND_INS.contains(&one.word) {
        return assigned(file, imports, at).into_iter().collect();
    }
    // What is wrapped still runs.
    if arguments.iter().any(|(from, to)| file.code(*from, *to).starts_with(b"wraps")) {
        return Vec::new();
    }
    let Some(first) = arguments.first() else { return Vec::new() };
    let whole = file.string(*first).filter(|name| name.contains('.')).map(str::to_owned);
    let target = || whole.clone().or_else(|| resolve(imports, file.text(first.0, first.1)));
    let second = arguments.get(1).and_then(|argument| file.string(*argument));
    let names: Vec<String> = match (one.word, second) {
        ("patch", _) => whole.into_iter().collect(),
        ("setattr", _) if whole.is_some() => whole.into_iter().collect(),
        ("object" | "setattr", Some(name)) => target().map(|target| format!("{target}.{name}")).into_iter().collect(),
        ("multiple", _) => {
            let labels = arguments.iter().skip(1).filter_map(|(from, to)| file.text(*from, *to).split_once('='));
            labels.filter_map(|(name, _)| Some(format!("{}.{}", target()?, name.trim()))).collect()
        }
        _ => Vec::new(),
    };
    let until = block_end(file, one.at);
    names.into_iter().map(|name| site(at, *first, until, name)).collect()
}

fn site(at: (usize, usize), named: (usize, usize), until: Option<usize>, name: String) -> Site {
    let word = name.rsplit('.').next().unwrap_or("").to_owned();
    Site { at, named, until, word, variable: None, subject: Subject::Dotted(name) }
}

/// `oven.heat = Mock()`.
fn assigned(file: &File<'_>, imports: &FxHashMap<&str, String>, at: (usize, usize)) -> Option<Site> {
    let line = file.text(0, at.0).rfind('\n').map_or(0, |n| n + 1);
    let (target, rest) = file.text(line, at.0).split_once('=')?;
    let name = resolve(imports, target.trim()).filter(|_| target.contains('.'))?;
    let lead = target.len() - target.trim_start().len();
    let named = (line + lead, line + target.len());
    // `mock.Mock(`: nothing but the module stands between.
    rest.trim().trim_end_matches('.').bytes().all(|byte| is_word(byte) || byte == b'.').then_some(())?;
    Some(site((named.0, at.1), named, None, name))
}

/// An expression as the path of a module and names in it, if its first name is imported.
fn resolve(imports: &FxHashMap<&str, String>, expression: &str) -> Option<String> {
    let plain = !expression.is_empty() && expression.bytes().all(|byte| is_word(byte) || byte == b'.');
    let (first, rest) = expression.split_once('.').map_or((expression, ""), |(first, rest)| (first, rest));
    let module = imports.get(first).filter(|_| plain)?;
    Some(if rest.is_empty() { module.clone() } else { format!("{module}.{rest}") })
}

/// The names that the imports of a file bind, and what they stand for.
pub(super) fn imports<'m>(file: &File<'m>) -> FxHashMap<&'m str, String> {
    let mut found = FxHashMap::default();
    let code = &file.masked.code;
    for hit in memchr::memmem::find_iter(code, "import") {
        let line = code.get(..hit).and_then(|code| code.iter().rposition(|byte| *byte == b'\n')).map_or(0, |n| n + 1);
        let head = file.text(line, hit).trim();
        let (module, is_from) = match head.strip_prefix("from") {
            Some(module) if module.starts_with([' ', '\t']) => (module.trim(), true),
            None if head.is_empty() => ("", false),
            _ => continue,
        };
        let from = file.masked.skip_space(hit + "import".len());
        let end = match file.masked.at(from) {
            b'(' => file.close(from).unwrap_or(from),
            _ => code.get(from..).and_then(|code| code.iter().position(|byte| *byte == b'\n')).map_or(code.len(), |n| from + n),
        };
        let names = file.text(from, end).trim_matches(['(', ')']);
        for name in names.split(',') {
            let name = name.split('#').next().unwrap_or("").trim();
            let (name, alias) = match name.split_once(" as ") {
                Some((name, alias)) => (name.trim(), Some(alias.trim())),
                None => (name, None),
            };
            if name.is_empty() || !name.bytes().all(|byte| is_word(byte) || byte == b'.') {
                continue;
            }
            match (is_from, alias) {
                (true, alias) => {
                    let joint = if module.ends_with('.') { "" } else { "." };
                    found.insert(alias.unwrap_or(name), format!("{module}{joint}{name}"));
                }
                (false, Some(alias)) => _ = found.insert(alias, name.to_owned()),
                (false, None) => {
                    let first = name.split('.').next().unwrap_or(name);
                    found.insert(first, first.to_owned());
                }
            }
        }
    }
    found
}

/// Where the block of a `with` statement ends that replaces something in its header.
fn block_end(file: &File<'_>, at: usize) -> Option<usize> {
    let code = &file.masked.code;
    let starts = |at: usize| code.get(..at).and_then(|code| code.iter().rposition(|byte| *byte == b'\n')).map_or(0, |n| n + 1);
    let mut line = starts(at);
    // A header in parentheses may begin a few lines above.
    for _ in 0..12 {
        let indent = file.masked.skip_space(line);
        let rest = code.get(indent..at).unwrap_or_default();
        let rest = rest.strip_prefix(b"async ").unwrap_or(rest);
        if rest.starts_with(b"with ") || rest.starts_with(b"with(") {
            return Some(dedent(file, at, indent - line));
        }
        let carried =
            code.get(..line).is_some_and(|code| code.trim_ascii_end().ends_with(b",") || code.trim_ascii_end().ends_with(b"("));
        if line == 0 || !carried {
            return None;
        }
        line = starts(line - 1);
    }
    None
}

/// Where a line begins, behind the next, that is not indented deeper.
fn dedent(file: &File<'_>, at: usize, indent: usize) -> usize {
    let code = &file.masked.code;
    let mut depth = 0i64;
    let mut line = at;
    // To the colon that ends the header.
    while let Some(byte) = code.get(line).filter(|_| line < at + FAR) {
        depth += i64::from(b"([{".contains(byte)) - i64::from(b")]}".contains(byte));
        line += 1;
        if *byte == b':' && depth <= 0 {
            break;
        }
    }
    while let Some(next) = code.get(line..(at + FAR).min(code.len())).and_then(|rest| rest.iter().position(|byte| *byte == b'\n'))
    {
        line += next + 1;
        let rest = code.get(line..).unwrap_or_default();
        let lead = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        let blank = matches!(rest.get(lead), None | Some(b'\n' | b'\r'));
        if !blank && lead <= indent {
            return line;
        }
    }
    (at + FAR).min(code.len())
}
