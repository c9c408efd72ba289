//! What a path is read as, and which paths are passed over.
//!
//! Repositories are full of text that looks like requirements and is none: old versions,
//! templates, other people's code, instructions for tools. Two copies of one document
//! make every identifier in it a duplicate. What is passed over stands in tables here,
//! each row with the reason that `list files` prints. A path that the configuration
//! names is read whatever these tables say: use [`family`] for it.

pub mod called;

use super::samples;
use crate::model::lifecycle::is_numbered_id;
use called::{
    data, is_called_coverage, is_called_mutation, is_called_record, is_called_register, is_called_results,
    is_called_specification, is_called_trace, is_coverage_database,
};

/// Which kind of reader a path is for, by its name alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Family {
    /// Markdown.
    Markdown,
    /// AsciiDoc.
    AsciiDoc,
    /// reStructuredText.
    ReStructuredText,
    /// StrictDoc.
    StrictDoc,
    /// TRLC.
    Trlc,
    /// Tables as comma, semicolon or tab separated values.
    Csv,
    /// YAML.
    Yaml,
    /// JSON that is called after requirements or their trace: most other data is something else.
    Json,
    /// XML, which may hold results of a test run.
    Xml,
    /// Coverage of a test run that is no XML: by its name alone, since most data of such extensions is something else.
    Coverage,
    /// Results of a test run or of mutation tests and lists of tests that are no XML, by name as well.
    Results,
    /// JSON of any other name: it is read where its first bytes say that it holds results, coverage or the like.
    Data,
    /// Plain text that is called like a specification.
    PlainText,
    /// Source code, which may hold tests.
    Code,
    /// A file that may be one test of lit: it is read where its first bytes hold a command of such.
    Lit,
    /// Named tasks of a project: a Makefile, a justfile, the scripts of a package.
    Tasks,
    /// The sidecar or the audit trail of a record.
    Kept,
}

/// What the name of a path says about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// A reader may take it.
    Candidate(Family),
    /// A reader could take it, and the reason why none should.
    PassedOver(&'static str),
    /// No reader knows the extension.
    Unknown,
}

/// Extensions and the family that they stand for, in lower case.
const EXTENSIONS: [(Family, &[&str]); 10] = [
    (Family::Markdown, &["md", "markdown", "mdx", "mkd", "qmd"]),
    (Family::AsciiDoc, &["adoc", "asciidoc"]),
    (Family::ReStructuredText, &["rst", "rest"]),
    (Family::StrictDoc, &["sdoc"]),
    (Family::Trlc, &["trlc"]),
    (Family::Csv, &["csv", "tsv"]),
    (Family::Yaml, &["yaml", "yml"]),
    (Family::Xml, &["xml", "trx"]),
    (
        Family::Code,
        &[
            "bats", "c", "cc", "cjs", "clj", "cljs", "cpp", "cs", "cts", "cxx", "dart", "erl", "ex", "exs", "f90", "feature",
            "fs", "go", "groovy", "h", "hh", "hpp", "hs", "hxx", "ino", "java", "jl", "js", "jsx", "kt", "kts", "lua", "m",
            "mjs", "ml", "mm", "move", "mts", "nim", "php", "pl", "pm", "ps1", "py", "pyi", "pyx", "r", "rb", "robot", "rs",
            "scala", "sh", "spec", "sv", "swift", "t", "th", "ts", "tsx", "v", "vb", "vhd", "vue", "zig",
        ],
    ),
    (Family::Lit, &["cu", "hlsl", "itest", "lit", "ll", "mir", "mlir", "s", "td", "test"]),
];

/// Of the extensions of tests of lit those that hold something else wherever no lit is set up.
const LIT_INPUT: [&str; 7] = ["cu", "hlsl", "ll", "mir", "mlir", "s", "td"];

/// Files that name the tasks of a project.
const TASKS: [&str; 4] = ["makefile", "gnumakefile", "justfile", "package.json"];

/// Extensions of documents in which requirements are often kept and that no reader knows.
const UNREAD: [&str; 8] = ["doc", "docx", "odt", "ods", "reqif", "reqifz", "xls", "xlsx"];

/// Which families a rule passes over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    /// Everything below the folder; the folder need not be walked.
    All,
    /// Everything, unless the folder lies among sources, where the name means something
    /// else: `src/target` of a compiler is not the output of a build.
    OutsideSources,
    /// Documents and data, not code: `archive/zip.rs` is a library, `archive/RS.md` is old.
    Documents,
    /// Everything but what is kept of records. The folder is walked.
    Kept,
}

/// Who asks of a folder whether it is passed over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Asking {
    /// A walk.
    Walk,
    /// For a document or data.
    Document,
    /// For code.
    Code,
    /// For what is kept of a record.
    Kept,
}

const ARCHIVE: &str = "an archive of old versions";
const TEMPLATE: &str = "a template";
const SAMPLE: &str = "sample data of examples or tests";
const VENDORED: &str = "code of other projects";
const BUILD: &str = "the output of a build";
const TOOL: &str = "instructions or data of a tool";
const TRANSLATION: &str = "a translation";
const LOCK: &str = "a lock file";
const NO_READER: &str = "no reader for this format";
const HIDDEN: &str = "a hidden file or folder";
/// Why a database of coverage.py is passed over.
pub const DATABASE: &str = "a database of coverage.py, which is read where `coverage` in the section [tests] names it";

/// Folders by name, in lower case; a name with `/` stands for folders within folders.
const FOLDERS: [(&str, Scope, &str); 111] = [
    (".git", Scope::All, TOOL),
    (".hg", Scope::All, TOOL),
    (".svn", Scope::All, TOOL),
    // Old versions: they define identifiers that no current document has.
    (".archive", Scope::Kept, ARCHIVE),
    (".archived", Scope::Kept, ARCHIVE),
    ("_archive", Scope::Documents, ARCHIVE),
    ("_archived", Scope::Documents, ARCHIVE),
    ("archive", Scope::Documents, ARCHIVE),
    ("archived", Scope::Documents, ARCHIVE),
    ("archives", Scope::Documents, ARCHIVE),
    ("old", Scope::Documents, ARCHIVE),
    ("_old", Scope::Documents, ARCHIVE),
    ("deprecated", Scope::Documents, ARCHIVE),
    ("superseded", Scope::Documents, ARCHIVE),
    ("obsolete", Scope::Documents, ARCHIVE),
    ("retired", Scope::Documents, ARCHIVE),
    ("backup", Scope::Documents, ARCHIVE),
    ("backups", Scope::Documents, ARCHIVE),
    (".planning/milestones", Scope::Documents, ARCHIVE),
    // Sidecars and audit trails of records are data beside them; whatever else lies there is hidden.
    (".meta", Scope::Kept, HIDDEN),
    (".audit", Scope::Kept, HIDDEN),
    (".audit-trail", Scope::Kept, HIDDEN),
    // Forms to be filled in.
    ("template", Scope::Documents, TEMPLATE),
    ("templates", Scope::Documents, TEMPLATE),
    ("_templates", Scope::Documents, TEMPLATE),
    (".github/issue_template", Scope::Documents, TEMPLATE),
    (".github/pull_request_template", Scope::Documents, TEMPLATE),
    (".gitlab/issue_templates", Scope::Documents, TEMPLATE),
    (".gitlab/merge_request_templates", Scope::Documents, TEMPLATE),
    (".specify/templates", Scope::All, TEMPLATE),
    // Input of tests and of demonstrations. Code in them is read: examples are often run.
    ("example", Scope::Documents, SAMPLE),
    ("examples", Scope::Documents, SAMPLE),
    ("sample", Scope::Documents, SAMPLE),
    ("samples", Scope::Documents, SAMPLE),
    ("fixture", Scope::Documents, SAMPLE),
    ("fixtures", Scope::Documents, SAMPLE),
    ("__fixtures__", Scope::Documents, SAMPLE),
    ("__snapshots__", Scope::Documents, SAMPLE),
    ("testdata", Scope::Documents, SAMPLE),
    ("test-data", Scope::Documents, SAMPLE),
    ("test_data", Scope::Documents, SAMPLE),
    ("test_fixtures", Scope::Documents, SAMPLE),
    ("test-fixtures", Scope::Documents, SAMPLE),
    ("test_files", Scope::Documents, SAMPLE),
    ("tests/files", Scope::Documents, SAMPLE),
    ("test/resources", Scope::Documents, SAMPLE),
    ("tests/resources", Scope::Documents, SAMPLE),
    ("tests/data", Scope::Documents, SAMPLE),
    ("test/data", Scope::Documents, SAMPLE),
    ("_snaps", Scope::Documents, SAMPLE),
    (".augment", Scope::All, TOOL),
    // Other people's code and documents.
    ("node_modules", Scope::All, VENDORED),
    ("bower_components", Scope::All, VENDORED),
    ("jspm_packages", Scope::All, VENDORED),
    ("vendor", Scope::All, VENDORED),
    ("vendored", Scope::All, VENDORED),
    ("third_party", Scope::All, VENDORED),
    ("third-party", Scope::All, VENDORED),
    ("thirdparty", Scope::All, VENDORED),
    ("site-packages", Scope::All, VENDORED),
    ("dist-packages", Scope::All, VENDORED),
    ("pods", Scope::All, VENDORED),
    ("carthage", Scope::All, VENDORED),
    (".venv", Scope::All, VENDORED),
    ("venv", Scope::All, VENDORED),
    (".tox", Scope::All, VENDORED),
    (".nox", Scope::All, VENDORED),
    (".eggs", Scope::All, VENDORED),
    (".cargo", Scope::All, VENDORED),
    // Made from sources that are read themselves.
    ("build", Scope::OutsideSources, BUILD),
    ("_build", Scope::All, BUILD),
    ("cmake-build-debug", Scope::All, BUILD),
    ("cmake-build-release", Scope::All, BUILD),
    ("dist", Scope::OutsideSources, BUILD),
    ("obj", Scope::OutsideSources, BUILD),
    ("out", Scope::OutsideSources, BUILD),
    ("target", Scope::OutsideSources, BUILD),
    ("htmlcov", Scope::All, BUILD),
    ("__pycache__", Scope::All, BUILD),
    (".gradle", Scope::All, BUILD),
    (".next", Scope::All, BUILD),
    (".cache", Scope::All, BUILD),
    (".mypy_cache", Scope::All, BUILD),
    (".pytest_cache", Scope::All, BUILD),
    (".ruff_cache", Scope::All, BUILD),
    (".terraform", Scope::All, BUILD),
    // Prompts and skills of coding assistants are full of made-up identifiers.
    (".claude", Scope::All, TOOL),
    (".codex", Scope::All, TOOL),
    (".cursor", Scope::All, TOOL),
    (".gemini", Scope::All, TOOL),
    (".windsurf", Scope::All, TOOL),
    (".opencode", Scope::All, TOOL),
    (".roo", Scope::All, TOOL),
    (".github/skills", Scope::All, TOOL),
    (".github/prompts", Scope::All, TOOL),
    (".github/agents", Scope::All, TOOL),
    (".github/instructions", Scope::All, TOOL),
    (".github/chatmodes", Scope::All, TOOL),
    (".specify/scripts", Scope::All, TOOL),
    ("_bmad", Scope::All, TOOL),
    ("bmad", Scope::All, TOOL),
    (".bmad", Scope::All, TOOL),
    (".bmad-core", Scope::All, TOOL),
    (".idea", Scope::All, TOOL),
    (".vscode", Scope::All, TOOL),
    // The same requirements in another language are the same requirements.
    ("i18n", Scope::Documents, TRANSLATION),
    ("l10n", Scope::Documents, TRANSLATION),
    ("locale", Scope::Documents, TRANSLATION),
    ("locales", Scope::Documents, TRANSLATION),
    ("translation", Scope::Documents, TRANSLATION),
    ("translations", Scope::Documents, TRANSLATION),
];

/// Folders that hold sources, for [`Scope::OutsideSources`].
const SOURCES: [&str; 15] = [
    "catalog",
    "catalogs",
    "crates",
    "doc",
    "docs",
    "include",
    "internal",
    "lib",
    "packages",
    "pkg",
    "requirements",
    "specs",
    "src",
    "test",
    "tests",
];

/// Hidden folders and files in which real requirements are kept, or results: pytest-json-report writes `.report.json`.
const NOT_HIDDEN: [&str; 10] =
    [".doorstop.yml", ".github", ".gitlab", ".kiro", ".planning", ".report.json", ".requirements", ".rtmx", ".specify", ".specs"];

/// Folders of sidecars and audit trails that are not hidden: there the name of a file must be that of a record.
const KEEPERS: [&str; 8] = ["_meta", "audit", "audit-trail", "audit_trail", "audits", "meta", "metadata", "sidecars"];

/// How the stem of a file name is compared, in lower case.
#[derive(Debug, Clone, Copy)]
enum Stem {
    /// The whole stem, or the stem before a version: `history`, `history-2.0`.
    Is(&'static str),
    /// The beginning of the stem.
    Begins(&'static str),
    /// The end of the stem.
    Ends(&'static str),
}

/// Documents and data by the stem of their names.
const STEMS: [(Stem, &str); 26] = [
    (Stem::Ends("_backup"), ARCHIVE),
    (Stem::Ends("-backup"), ARCHIVE),
    (Stem::Ends(".bak"), ARCHIVE),
    (Stem::Is("template"), TEMPLATE),
    (Stem::Begins("template-"), TEMPLATE),
    (Stem::Begins("template_"), TEMPLATE),
    (Stem::Ends("-template"), TEMPLATE),
    (Stem::Ends("_template"), TEMPLATE),
    (Stem::Ends(".template"), TEMPLATE),
    (Stem::Is("issue_template"), TEMPLATE),
    (Stem::Is("pull_request_template"), TEMPLATE),
    (Stem::Begins("changelog"), "a change log"),
    (Stem::Is("changes"), "a change log"),
    (Stem::Is("history"), "a change log"),
    (Stem::Is("news"), "a change log"),
    (Stem::Is("release_notes"), "a change log"),
    (Stem::Is("release-notes"), "a change log"),
    (Stem::Is("releasenotes"), "a change log"),
    (Stem::Is("license"), "a licence"),
    (Stem::Is("agents"), TOOL),
    (Stem::Is("claude"), TOOL),
    (Stem::Is("gemini"), TOOL),
    (Stem::Is("copilot-instructions"), TOOL),
    (Stem::Ends("-lock"), LOCK),
    (Stem::Ends(".lock"), LOCK),
    (Stem::Is("docker-compose"), TOOL),
];

/// Endings of code that nobody wrote by hand.
const GENERATED: [(&str, &str); 7] = [
    (".min.js", "minified code"),
    (".min.mjs", "minified code"),
    (".bundle.js", "bundled code"),
    ("-min.js", "minified code"),
    // What SpecFlow and Reqnroll write beside a feature has its scenarios once more.
    (".feature.cs", "generated code"),
    (".designer.cs", "generated code"),
    (".g.cs", "generated code"),
];

/// Languages of translated documents, as in `guide.zh-cn.md`.
const LANGUAGES: [&str; 36] = [
    "ar", "bg", "cs", "da", "de", "el", "es", "fa", "fi", "fr", "he", "hi", "hu", "id", "it", "ja", "ko", "nl", "no", "pl", "pt",
    "pt-br", "pt_br", "ro", "ru", "sv", "th", "tr", "uk", "vi", "zh", "zh-cn", "zh-hans", "zh-hant", "zh-tw", "zh_cn",
];

/// The family of a path by its name or its extension, whether it is passed over or not.
pub fn family(path: &str) -> Option<Family> {
    let name = file_name(path);
    if TASKS.iter().any(|known| name.eq_ignore_ascii_case(known)) {
        return Some(Family::Tasks);
    }
    let (_, extension) = name.rsplit_once('.')?;
    let extension = extension.to_ascii_lowercase();
    let mut families = EXTENSIONS.iter();
    families.find(|(_, known)| known.contains(&extension.as_str())).map(|(family, _)| *family)
}

/// What the name of a path, relative to the root of a scan, says about it.
///
/// A scan that begins inside of a folder does not see its name: the examples of a
/// project are read when the scan begins in `examples`.
pub fn classify(path: &str) -> Class {
    if is_kept(path) {
        return Class::Candidate(Family::Kept);
    }
    if is_coverage_database(path) {
        return Class::PassedOver(DATABASE);
    }
    let coverage = || is_called_coverage(path).then_some(Family::Coverage);
    let results = || (is_called_results(path) || is_called_mutation(path)).then_some(Family::Results);
    let trace = || (is_called_trace(path) || is_called_register(path)).then_some(Family::Json);
    let text = || (is_called_specification(path) || is_called_record(path)).then_some(Family::PlainText);
    let Some(family) = family(path).or_else(trace).or_else(coverage).or_else(results).or_else(text).or_else(|| data(path)) else {
        let extension = file_name(path).rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
        return if UNREAD.contains(&extension.as_str()) { Class::PassedOver(NO_READER) } else { Class::Unknown };
    };
    let lower = path.to_ascii_lowercase();
    let (folders, name) = match lower.rsplit_once('/') {
        Some((folders, name)) => (folders.split('/').collect(), name),
        None => (Vec::new(), lower.as_str()),
    };
    let documents = !matches!(family, Family::Code | Family::Lit | Family::Tasks);
    let reason = by_folder(&folders, if documents { Asking::Document } else { Asking::Code })
        .or_else(|| is_hidden(name).then_some(HIDDEN))
        .or_else(|| is_test_data(family, &folders).then_some(SAMPLE))
        .or_else(|| if documents { by_stem(name, family) } else { by_ending(name) });
    match reason {
        // Of data that is called like anything nobody expects to be told.
        Some(_) if matches!(family, Family::Data | Family::Lit) => Class::Unknown,
        // The packages of Python stand in `requirements.txt`.
        Some(_) if family == Family::PlainText && name.contains("requirements") => Class::Unknown,
        Some(reason) => Class::PassedOver(reason),
        None => Class::Candidate(family),
    }
}

/// The folder for which a path sets up lit, the runner of LLVM.
pub fn set_up_for_lit(path: &str) -> Option<&str> {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let rest = name.strip_prefix("lit.")?;
    ["cfg", "site.cfg", "local.cfg"].iter().any(|begin| rest.starts_with(begin)).then_some(folder)
}

/// Whether a file is a test of lit only below a folder for which that is set up.
pub fn needs_lit(path: &str) -> bool {
    let extension = file_name(path).rsplit_once('.').map_or("", |(_, extension)| extension);
    LIT_INPUT.iter().any(|known| extension.eq_ignore_ascii_case(known))
}

/// Whether a path lies so deep among tests that it is their input: a project that works on such documents or
/// results tests itself with hundreds of them.
fn is_test_data(family: Family, folders: &[&str]) -> bool {
    // A notation that is written for nothing else than requirements is data in any folder of tests.
    let own = |one: &str| matches!(family, Family::StrictDoc | Family::Trlc) && one.starts_with("tests_");
    let Some(at) = folders.iter().position(|one| matches!(*one, "test" | "tests") || own(one)) else { return false };
    let below = folders.get(at + 1..).unwrap_or_default();
    let results = |one: &&str| {
        ["result", "output", "coverage"].iter().any(|word| one.contains(word)) || matches!(*one, "reports" | "report" | "junit")
    };
    match family {
        Family::StrictDoc | Family::Trlc => true,
        Family::Xml | Family::Coverage | Family::Results | Family::Data => below.len() > 1 && !below.iter().any(results),
        _ => false,
    }
}

/// Why nothing below a folder is read, for walks that need not enter it.
pub fn folder_passed_over(path: &str) -> Option<&'static str> {
    let lower = path.to_ascii_lowercase();
    by_folder(&lower.split('/').collect::<Vec<_>>(), Asking::Walk)
}

/// Whether a path is that of a sidecar or an audit trail: data in a folder of such, or data that is called as a record is.
pub fn is_kept(path: &str) -> bool {
    let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
    let Some((stem, extension)) = name.rsplit_once('.') else { return false };
    let data = ["json", "jsonl", "ndjson"].iter().any(|known| extension.eq_ignore_ascii_case(known));
    let yaml = || ["yaml", "yml"].iter().any(|known| extension.eq_ignore_ascii_case(known));
    if !data && !yaml() {
        return false;
    }
    let hidden = folder.contains("/.") || folder.starts_with('.');
    let numbered = || is_numbered_id(stem.split('.').next().unwrap_or(stem).trim_end_matches("_meta").trim_end_matches("_audit"));
    // Results may be called like a record: `TEST-1.json`.
    let results = || is_called_results(path) || is_called_coverage(path) || is_called_mutation(path);
    if !hidden && (!numbered() || results()) {
        return false;
    }
    let lower = folder.to_ascii_lowercase();
    let folders: Vec<&str> = lower.split('/').collect();
    let keeper = |folder: &&str| matches!(*folder, ".meta" | ".audit" | ".audit-trail");
    let kept = folders.iter().any(|folder| keeper(folder) || !hidden && KEEPERS.contains(folder));
    // Data that is called as a record is may be its sidecar anywhere, unless it is YAML, which holds requirements.
    (kept || data && numbered()) && by_folder(&folders, Asking::Kept).is_none() && !is_hidden(name)
}

/// The record and the version of which a document is a former one: `CR-042` and `1.0` of `.archive/CR/CR-042-v1.0.md`.
pub fn former(path: &str) -> Option<(&str, &str)> {
    if !matches!(family(path), Some(Family::Markdown | Family::AsciiDoc | Family::ReStructuredText)) {
        return None;
    }
    let (folder, name) = path.rsplit_once('/')?;
    let lower = folder.to_ascii_lowercase();
    let archived = |folder: &str| FOLDERS.iter().any(|(name, _, reason)| *reason == ARCHIVE && *name == folder);
    if !lower.split('/').any(archived) {
        return None;
    }
    let (stem, _) = name.rsplit_once('.')?;
    let digits = stem.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.');
    let version = stem.get(digits.len()..).filter(|version| version.starts_with(|c: char| c.is_ascii_digit()))?;
    let marked = ["rev", "Rev", "v", "V", "r"].iter().find_map(|mark| digits.strip_suffix(mark));
    // `CR-042` ends with the number of the record.
    let id = marked.or(Some(digits).filter(|_| version.contains('.')))?;
    let bare = id.trim_end_matches(['-', '_', ' ', '.']);
    (bare.len() < id.len() && !bare.is_empty()).then_some((bare, version))
}

/// The first folder that is passed over, from the root down.
fn by_folder(folders: &[&str], asking: Asking) -> Option<&'static str> {
    folders.iter().enumerate().find_map(|(at, folder)| {
        let parent = at.checked_sub(1).and_then(|at| folders.get(at)).copied();
        let (_, scope, reason) = FOLDERS
            .iter()
            .find(|(name, ..)| matches(name, parent, folder))
            .copied()
            .or_else(|| samples::is_called(folder).then_some(("", Scope::Documents, SAMPLE)))
            .or_else(|| is_hidden(folder).then_some(("", Scope::All, HIDDEN)))?;
        let above = folders.get(..at).unwrap_or_default();
        let applies = match scope {
            Scope::All => true,
            Scope::Documents => matches!(asking, Asking::Document | Asking::Kept),
            Scope::Kept => matches!(asking, Asking::Document | Asking::Code),
            Scope::OutsideSources => !above.iter().any(|folder| SOURCES.contains(folder)),
        };
        applies.then_some(reason)
    })
}

/// Whether a row of [`FOLDERS`] names this folder.
fn matches(row: &str, parent: Option<&str>, folder: &str) -> bool {
    // Nearly every row is another one: its end tells that at once.
    row.ends_with(folder)
        && match row.split_once('/') {
            Some((outer, inner)) => parent == Some(outer) && inner == folder,
            None => row == folder,
        }
}

fn by_stem(name: &str, family: Family) -> Option<&'static str> {
    let (stem, _) = name.rsplit_once('.')?;
    // Programs lock versions in data; a document may be about a lock.
    let prose = matches!(family, Family::Markdown | Family::AsciiDoc | Family::ReStructuredText);
    let known = STEMS.iter().filter(|(_, reason)| !(prose && *reason == LOCK)).find(|(rule, _)| match rule {
        Stem::Is(word) => stem.strip_prefix(word).is_some_and(is_version),
        Stem::Begins(word) => stem.starts_with(word),
        Stem::Ends(word) => stem.ends_with(word),
    });
    let translated = || {
        let (_, language) = stem.rsplit_once('.')?;
        LANGUAGES.contains(&language).then_some(TRANSLATION)
    };
    known.map(|(_, reason)| *reason).or_else(translated)
}

fn by_ending(name: &str) -> Option<&'static str> {
    GENERATED.iter().find(|(ending, _)| name.ends_with(ending)).map(|(_, reason)| *reason)
}

/// Nothing, or a version behind a separator: `-2.0`, `_v3`, `.1`.
fn is_version(rest: &str) -> bool {
    let number = rest.trim_start_matches(['-', '_', '.', 'v']);
    rest.is_empty() || (number.len() < rest.len() && number.starts_with(|c: char| c.is_ascii_digit()))
}

fn is_hidden(name: &str) -> bool {
    name.starts_with('.') && !NOT_HIDDEN.contains(&name)
}

fn file_name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}
