use super::{files, read, root};
use std::collections::{BTreeMap, BTreeSet};

/// The table of ARCHITECTURE.md: a module and what it may import.
fn allowed() -> BTreeMap<String, BTreeSet<String>> {
    let text = read("ARCHITECTURE.md");
    let table = text.split("<!-- imports -->").nth(1).unwrap();
    let rows = table.lines().filter(|line| line.starts_with("| `"));
    let names = |cell: &str| cell.split('`').skip(1).step_by(2).map(str::to_owned).collect::<BTreeSet<_>>();
    rows.map(|row| {
        let cells: Vec<&str> = row.split('|').collect();
        (names(cells[1]).pop_first().unwrap(), names(cells[3]))
    })
    .collect()
}

/// The modules that each module imports, from every `crate::` path outside of comments.
fn actual() -> BTreeMap<String, BTreeSet<String>> {
    let mut found: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for path in files("src", ".rs") {
        let relative = path.strip_prefix(root().join("src")).unwrap();
        let module = relative.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned();
        let code: Vec<String> =
            read(&path).lines().filter(|line| !line.trim_start().starts_with("//")).map(str::to_owned).collect();
        let code = code.join("\n");
        for after in code.split("crate::").skip(1) {
            let names: Vec<&str> = match after.strip_prefix('{') {
                Some(group) => group.split('}').next().unwrap().split(',').collect(),
                None => vec![after],
            };
            for name in names {
                let end = |c: char| !c.is_alphanumeric() && c != '_';
                let name = name.trim().split(end).next().unwrap().to_owned();
                if name != module && !name.is_empty() {
                    found.entry(module.clone()).or_default().insert(name);
                }
            }
        }
        found.entry(module).or_default();
    }
    found.remove("lib");
    found.remove("main");
    found
}

#[test]
fn modules_import_only_what_the_table_allows() {
    let allowed = allowed();
    for (module, imports) in actual() {
        let may = allowed.get(&module).unwrap_or_else(|| panic!("ARCHITECTURE.md has no row for `{module}`"));
        let extra: Vec<_> = imports.difference(may).collect();
        assert!(extra.is_empty(), "`{module}` imports {extra:?}, which ARCHITECTURE.md does not allow");
    }
}

#[test]
fn the_table_has_no_cycle_and_no_stale_row() {
    let allowed = allowed();
    let actual = actual();
    let rows: Vec<_> = allowed.keys().collect();
    assert_eq!(rows, actual.keys().collect::<Vec<_>>());
    // Taking away modules that import nothing that is left must take away all.
    let mut left = allowed.clone();
    while let Some(free) = left.iter().find(|(_, imports)| imports.iter().all(|name| !left.contains_key(name))) {
        let name = free.0.clone();
        left.remove(&name);
    }
    assert!(left.is_empty(), "a cycle within {:?}", left.keys());
}

#[test]
fn only_the_reader_knows_the_grammar_library_and_only_the_report_the_drawing_library() {
    for path in files("src", ".rs") {
        let name = path.strip_prefix(root().join("src")).unwrap().to_string_lossy().replace('\\', "/");
        let text = read(&path);
        let uses = |library: &str| {
            text.lines().any(|line| !line.trim_start().starts_with("//") && line.contains(&format!("{library}::")))
        };
        assert!(!uses("pest") || name.starts_with("read/grammar/"), "{name} uses pest");
        assert!(!uses("miette") || name.starts_with("report/"), "{name} uses miette");
    }
}
