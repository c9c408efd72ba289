//! Words that documents use for the same things.

mod verification;

pub use verification::{Level, Method, levels, methods, stated_methods};

use super::mention::family;
use super::word_list::WordList;

/// The normal form of a heading or column name: lower-case words with single spaces.
pub fn words(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    if raw.is_ascii() {
        // Nearly all of them, and then a letter is a byte.
        let mut apart = false;
        for byte in raw.bytes() {
            if byte.is_ascii_alphanumeric() {
                if apart && !out.is_empty() {
                    out.push(' ');
                }
                apart = false;
                out.push(char::from(byte.to_ascii_lowercase()));
            } else {
                apart = true;
            }
        }
        return out;
    }
    for part in raw.split(|c: char| !c.is_alphanumeric()).filter(|part| !part.is_empty()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(part.chars().flat_map(char::to_lowercase));
    }
    out
}

/// Families of identifiers that name other things than requirements.
static FOREIGN: WordList = WordList::new(&[
    "CR",
    "APA",
    "OI",
    "INV",
    "SOP",
    "ADR",
    "TC",
    "JNY",
    "TP",
    "ER",
    "VAR",
    "CAPA",
    "RFC",
    "ISO",
    "IEC",
    "IEEE",
    "EN",
    "COSE",
    "UTF",
    "SHA",
    "MD",
    "CVE",
    "CWE",
    "PR",
    "GH",
    "ISSUE",
    "BUG",
    "JIRA",
    "TASK",
    "TEST",
    "DOC",
    "WI",
    "FORM",
    "RISK",
    "HAZ",
    "HAZARD",
    "FMEA",
    "CHG",
    "NCR",
    "EI",
    "PHASE",
    "MILESTONE",
    "HITO",
    "INC",
    "INCIDENT",
    "DEC",
    "RSK",
    "UT",
    "IT",
    "ST",
    "AT",
    "SYS-TC",
    "IQ",
    "OQ",
    "PQ",
    "VR",
    "DEV",
    "SPR",
    "CHK",
    "AES",
    "RSA",
    "DO",
    "ED",
    "ARP",
    "MIL-STD",
    "OWASP",
    "ASVS",
    "GDPR",
    "CFR",
    "PEP",
    "BIP",
    "EIP",
    "TICKET",
    "STEP",
    "SPRINT",
    "WP",
    "EPIC",
    "TODO",
    "GPT",
    "CLAUDE",
    "HTTP",
    "TLS",
    "SSL",
    "OAUTH",
    "OIDC",
    "SAML",
    "USB",
    "BLE",
    "MQTT",
    "CVSS",
    "IPV",
    "BASE",
    "CRC",
    "WCAG",
    "PCI",
    "SOC",
    "HIPAA",
    "NIST",
    "ECMA",
    "POSIX",
    "GAP",
    "FINDING",
    "AUDIT",
    "DEFECT",
    "UAT",
    "TST",
    "E2E",
    "MTC",
    "ATC",
    "UTC",
    "STC",
    "ITC",
    "TCASE",
    "TESTCASE",
    "ROADMAP",
    "REF",
    "FDA",
    "EU",
    "GMP",
    "ICH",
    "GAMP",
    "GXP",
    "ANNEX",
    "PART",
    "SIL",
    "ASIL",
]);

/// Whether an identifier is that of an OpenFastTrace specification item, `req~name~1`: type, name and revision.
pub fn is_item(id: &str) -> bool {
    let parts = id.rsplit_once('~').and_then(|(rest, revision)| Some((rest.split_once('~')?, revision)));
    parts.is_some_and(|((kind, name), revision)| {
        !kind.is_empty() && !name.is_empty() && !revision.is_empty() && revision.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// Whether an identifier belongs to a family that never names requirements: `ADR-7`, `UTF-8`, `TC-001`.
pub fn is_foreign(id: &str) -> bool {
    // Captions number tables and figures.
    let caption = ["表", "图", "圖", "図", "표", "그림"].iter().filter(|_| !id.is_ascii()).find_map(|word| id.strip_prefix(word));
    if caption.is_some_and(|rest| rest.trim_start_matches(['-', ' ']).starts_with(|c: char| c.is_ascii_digit())) {
        return true;
    }
    if is_dotted_case(id) {
        return true;
    }
    // `P0` to `P4` are priorities.
    if let [b'P', b'0'..=b'4'] = id.as_bytes() {
        return true;
    }
    if is_statement(id) {
        return false;
    }
    let family = family(id).trim_end_matches(['-', '_', '.', '\u{2011}', ' ']);
    let first = family.split(['-', '_']).next().unwrap_or(family);
    // `UT_PERF_1` is a test of performance, whatever else its parts could mean.
    let test = || ["UT", "TC", "UAT", "TEST", "TST", "E2E"].iter().any(|known| known.eq_ignore_ascii_case(first));
    let required = || family.split(['-', '_']).any(|part| part.to_ascii_uppercase().ends_with("REQ"));
    FOREIGN.has(family) || FOREIGN.has(first) && if test() { !required() } else { !is_requirement_word(family) }
}

/// Whether an identifier is that of a statement in the standard of a protocol, by section and number: `MQTT-3.1.2-4`. It demands
/// something, where `MQTT-3.1.1` is a version.
fn is_statement(id: &str) -> bool {
    const PROTOCOLS: &[&str] = &["COSE", "HTTP", "MQTT", "OAUTH", "OIDC", "SAML", "TLS"];
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts = id.split_once('-').and_then(|(root, rest)| Some((root, rest.rsplit_once('-')?)));
    parts.is_some_and(|(root, (section, number))| {
        PROTOCOLS.contains(&root) && digits(number) && section.contains('.') && section.split('.').all(digits)
    })
}

/// Whether the last of the headings above says that what follows lists requirements which something fulfils: "Implemented
/// requirements", "Requirements covered by this module". They are defined elsewhere.
pub fn lists_fulfilled(headings: &str) -> bool {
    const FULFILLED: &[&str] = &[
        "addressed",
        "allocated",
        "covered",
        "fulfilled",
        "implemented",
        "met",
        "realised",
        "realized",
        "satisfied",
        "supported",
        "traced",
        "verified",
    ];
    let title = words(
        headings.rsplit(" / ").next().unwrap_or("").trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ')),
    );
    let mut parts = title.split(' ');
    let (first, second) = (parts.next().unwrap_or(""), parts.next().unwrap_or(""));
    let required = |word: &str| matches!(word, "requirement" | "requirements" | "reqs");
    FULFILLED.contains(&first) && required(second) || required(first) && FULFILLED.contains(&second)
}

/// Whether a column or a field numbers the parts of an architecture: "Module ID".
pub fn numbers_parts(name: &str) -> bool {
    const PARTS: &[&str] = &["module", "component", "subsystem", "unit", "class", "element"];
    name.strip_suffix(" id").is_some_and(|part| PARTS.contains(&part))
}

/// Whether the title or the path of a document calls it a matrix that traces.
pub fn names_matrix(name: &str) -> bool {
    const NAMES: &[&str] = &["rtm", "traceability", "rvtm", "traçabilité", "rückverfolgbarkeit"];
    const BARE: &[&str] = &["matrix", "matriz", "matrice"];
    const OF: &[&str] = &["req", "test", "trac", "verif", "cover", "anforderung", "exigenc", "requisit"];
    const STEMS: &[&str] = &[
        "rastreabilidad",
        "trazabilidad",
        "tracciabilit",
        "nachverfolgbarkeit",
        "прослеживаемост",
        "追溯",
        "トレーサビリティ",
        "추적",
    ];
    let name = words(name);
    let any = |list: &[&str]| name.split(' ').any(|word| list.iter().any(|stem| word.starts_with(stem)));
    let bare = name.split(' ').any(|word| BARE.contains(&word)) && any(OF);
    bare || any(STEMS) || name.split(' ').any(|word| NAMES.contains(&word))
}

/// Whether what looks like an identifier names a technique or a norm in the middle of a text: `E2E`, `CRC-32`.
pub fn is_technique(id: &str) -> bool {
    static NAMES: WordList = WordList::new(&[
        "CRC", "SHA", "AES", "RSA", "HMAC", "TLS", "UTF", "MD", "ISO", "IEC", "IEEE", "RFC", "HTTP", "IPV", "E2E",
    ]);
    let first = id.split(['-', '_', ' ']).next().unwrap_or(id);
    // `TLS-001` may well be a requirement; `TLS 1.3` is a version.
    let padded = id.rsplit(['-', '_', ' ']).next().is_some_and(|number| number.starts_with('0'));
    first == "E2E" && id.len() == 3 || !padded && first != id && first != "E2E" && NAMES.has(first)
}

/// Whether one of the inner parts of an identifier with full stops says that it is a test case: `OVEN.CLI.TC.01.01`.
fn is_dotted_case(id: &str) -> bool {
    if !id.contains('.') {
        return false;
    }
    let parts: Vec<&str> = id.split('.').collect();
    let number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let case = |part: &&str| matches!(*part, "TC" | "TEST" | "TCASE");
    parts.iter().position(case).is_some_and(|at| at > 0 && at + 1 < parts.len() && parts.iter().skip(at + 1).all(number))
}

/// Whether an identifier names a test case: `TC-SA-006`, `TEST-LOGIN-2`.
pub fn is_test_case(id: &str) -> bool {
    const CASES: &[&str] = &[
        "TC", "TEST", "UT", "IT", "ST", "AT", "UAT", "TST", "E2E", "MTC", "ATC", "UTC", "STC", "ITC", "TCASE", "TESTCASE", "OQ",
        "IQ", "PQ",
    ];
    let first = id.split(['-', '_', '.', '\u{2011}']).next().unwrap_or(id);
    is_dotted_case(id)
        || is_foreign(id) && CASES.contains(&first.trim_end_matches(|c: char| c.is_ascii_digit()).to_uppercase().as_str())
}

/// Whether an identifier's first part is one of the usual words for requirements.
pub fn is_requirement_word(id: &str) -> bool {
    static WORDS: WordList = WordList::new(&[
        "REQ",
        "FR",
        "NFR",
        "SRS",
        "URS",
        "PRD",
        "SYS",
        "SWR",
        "SRD",
        "UR",
        "SR",
        "FRS",
        "SWREQ",
        "SYSREQ",
        "HLR",
        "LLR",
        "BR",
        "TR",
        "NF",
        "US",
        "REQUIREMENT",
        "SWRS",
        "SSR",
        "SHALL",
        "QR",
        "PERF",
        "SEC",
        "UX",
        "FUNC",
        "SW",
        "CON",
        "FUN",
        "RS",
        "AC",
        "SPEC",
    ]);
    id.split(['-', '_', '.', '~', '\u{2011}', ' ']).any(|part| WORDS.has(part.trim_end_matches(|c: char| c.is_ascii_digit())))
}

/// Whether the name of an identifier column says that it lists other things than requirements.
pub fn names_other_things(name: &str) -> bool {
    const OTHERS: &[&str] = &[
        "risk",
        "hazard",
        "test",
        "tests",
        "defect",
        "bug",
        "issue",
        "issues",
        "ticket",
        "tickets",
        "document",
        "doc",
        "task",
        "action",
        "capa",
        "finding",
        "step",
        "phase",
        "adr",
        "decision",
        "component",
        "commit",
        "date",
        "version",
        "file",
        "path",
        "endpoint",
        "tool",
        "field",
        "code",
        "metric",
        "cr",
        "change",
        "question",
        "gap",
        "plan",
        "milestone",
        "scenario",
        "error",
        "case",
        "threat",
        "event",
        "model",
        "device",
        "standard",
        "clause",
        "regulation",
        "control",
        "article",
        "package",
        "library",
        "crate",
        "dependency",
        "item",
        "note",
        "open",
        "assumption",
        "objective",
        "goal",
        "dependencies",
        "environment",
        "variable",
        "sprint",
        "slice",
        "wave",
        "increment",
        "iteration",
        "course",
        "exam",
        "training",
        "role",
        "position",
        "person",
        "employee",
        "supplier",
        "vendor",
        "equipment",
        "asset",
        "batch",
        "product",
        "sku",
        "element",
        "segment",
        "layer",
        "level",
        "niveau",
        "stufe",
        "ebene",
        "mode",
        "state",
    ];
    const PARTS: &[&str] = &[
        "状态",
        "狀態",
        "状態",
        "模式",
        "用例",
        "等级",
        "级别",
        "测试",
        "測試",
        "风险",
        "テスト",
        "错误",
        "接口",
        "命令",
        "문서",
        "文档",
        "文書",
        "위험",
    ];
    // "Product requirement" is a requirement; a "test requirement" may be either.
    if name.contains("requirement") && !name.contains("test") {
        return false;
    }
    name.split(' ').any(|word| OTHERS.contains(&word)) || PARTS.iter().any(|part| name.contains(part))
}

/// Whether a heading, a key or the name of a file says that what is listed below is something else than requirements:
/// assumptions, risks, decisions, debts. "Risks and requirements" says no such thing.
pub fn lists_other_things(title: &str) -> bool {
    const THINGS: &[&str] = &[
        "abhängigkeiten",
        "actors",
        "actores",
        "annahmen",
        "applicable documents",
        "assumptions",
        "assumptions and constraints",
        "assumptions constraints",
        "constraints and assumptions",
        "constraints assumptions",
        "assumptions and dependencies",
        "bibliography",
        "decisions",
        "dependencias",
        "dependencies",
        "design decisions",
        "excluded features",
        "exclusions",
        "external dependencies",
        "external documents",
        "findings",
        "fuera de alcance",
        "hallazgos",
        "hallazgos resueltos",
        "defectos",
        "defects",
        "hors périmètre",
        "internal documents",
        "key decisions",
        "known issues",
        "normative references",
        "open issues",
        "open items",
        "open questions",
        "out of scope",
        "personas",
        "primary actors",
        "reference documents",
        "referenced documents",
        "references",
        "related documents",
        "risks",
        "scope exclusions",
        "stakeholders",
        "system actors",
        "user personas",
        "users and personas",
        "hypothèses",
        "hypothèses et dépendances",
        "key risks",
        "supuestos",
        "supuestos y dependencias",
        "suposições",
        "technical debt",
        "tech debt",
        "исключенные функции",
        "исключённые функции",
        "технические ограничения",
    ];
    const LISTS: &[&str] = &["decision", "risk", "technical debt", "tech debt", "debt", "assumption", "assumptions", "issue"];
    let said = words(title.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ')));
    let list = said.strip_suffix(" register").or_else(|| said.strip_suffix(" log"));
    // "Depth legend" says what `L0` to `L3` mean.
    let legend = said.split(' ').next_back() == Some("legend");
    legend || THINGS.contains(&said.as_str()) || list.is_some_and(|of| LISTS.contains(&of))
}

/// Whether a word, in its normal form, is one for requirements in any of the languages that documents are written in.
pub fn means_requirements(word: &str) -> bool {
    const PARTS: &[&str] = &["需求", "要求仕様", "要件", "요구사항"];
    begins_with_requirement(word) || PARTS.iter().any(|part| word.contains(part))
}

/// Whether a word of a language that separates its words is one for requirements.
pub fn begins_with_requirement(word: &str) -> bool {
    const STEMS: &[&str] = &[
        "requirement",
        "requisit",
        "requerimi",
        "exigenc",
        "anforderung",
        "kravspec",
        "wymagan",
        "vereiste",
        "требовани",
        "вимог",
        "gereksinim",
    ];
    STEMS.iter().any(|stem| word.starts_with(stem))
}
