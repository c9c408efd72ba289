//! What the names of tests and the paths of files look like, whatever stands around them.

/// Whether a file extension, without its dot, is one of source code.
pub fn is_source_extension(extension: &str) -> bool {
    const SOURCE: &[&str] = &[
        "py", "rs", "ts", "tsx", "js", "jsx", "mjs", "cjs", "java", "kt", "kts", "c", "cc", "cpp", "cxx", "h", "hh", "hpp", "cu",
        "go", "cs", "fs", "jl", "robot", "feature", "R", "sh", "bats", "ps1", "psm1", "rb", "php", "pl", "lua", "swift", "dart",
        "move", "scala", "groovy", "clj", "ex", "exs", "erl", "hs", "ml", "zig", "nim", "sol", "sv", "vhd", "adb", "ads", "md",
        "json", "yaml", "yml", "toml", "txt", "html",
    ];
    SOURCE.contains(&extension)
}

/// Whether what reads like an identifier is the name of a file: `pump-19.17.yaml`, `Door2Test.php`.
pub fn is_file_name(word: &str) -> bool {
    word.rsplit_once('.').is_some_and(|(_, extension)| is_source_extension(extension))
}

/// Whether a word is the code of a suite of tests: `TEST-SYNC`, `TC-LOGIN`.
pub fn is_suite(word: &str) -> bool {
    let Some((lead, rest)) = word.split_once('-') else { return false };
    let parts = || rest.split('-');
    matches!(lead, "TEST" | "TESTS" | "TC" | "TS" | "SUITE" | "UT" | "IT" | "ST")
        && parts().all(|part| part.len() > 1 && part.bytes().all(|byte| byte.is_ascii_uppercase()))
        && parts().any(|part| part.len() > 2)
}

/// Whether a name alone says that it is a test: `test_x`, `TestX`, `XTest`, `x_test`, `should_x`.
pub fn looks_like_test(name: &str) -> bool {
    let upper = |rest: &str| rest.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '_');
    let prefixed = ["test", "Test", "should", "Should"].iter().any(|lead| name.strip_prefix(lead).is_some_and(upper));
    let suffixed = ["Test", "Tests", "_test", "_tests", "Spec", "IT"]
        .iter()
        .any(|tail| name.strip_suffix(tail).is_some_and(|stem| stem.ends_with(|c: char| c.is_lowercase() || c.is_ascii_digit())));
    prefixed || suffixed
}

/// Whether a path is a pattern, or that of a document or of data.
pub(super) fn is_data(path: &str) -> bool {
    const DATA: &[&str] = &["md", "json", "yaml", "yml", "toml", "txt", "html", "csv", "pdf", "xml", "log"];
    path.contains(['*', '…']) || path.rsplit_once('.').is_some_and(|(_, extension)| DATA.contains(&extension))
}

/// Whether a name is composed by capitals: `rejectsUnknownUser`, but not `iOS`.
pub(super) fn hump(name: &str) -> bool {
    !name.ends_with("OS")
        && name.as_bytes().windows(2).any(|pair| matches!(pair, [a, b] if a.is_ascii_lowercase() && b.is_ascii_uppercase()))
}

pub(super) fn clean_path(path: &str) -> String {
    let mut path = path.trim_start_matches("./");
    while let Some(shorter) = path.strip_prefix("../") {
        path = shorter;
    }
    path.trim_start_matches('/').to_owned()
}

/// Whether a file may be the one in which the names behind it stand: no configuration, and no script that is not called a test.
pub(super) fn may_hold_tests(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    match extension {
        "xml" | "json" | "yaml" | "yml" | "toml" | "ini" | "cfg" | "conf" | "properties" | "sql" | "css" | "html" => false,
        "sh" | "bat" | "ps1" => path.to_lowercase().contains("test"),
        _ => true,
    }
}
