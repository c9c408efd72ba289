use tracegate::config::{Config, Invalid, parse};
use tracegate::finding::Severity;
use tracegate::model::vocabulary::Level;
use tracegate::settings::Matcher;
use tracegate::source::Text;

fn read(text: &str) -> Result<Config, Box<Invalid>> {
    parse(Text::decode(text.as_bytes().to_vec()))
}

/// The text at which a configuration is refused, and why.
fn refused(text: &str) -> (String, String) {
    let invalid = read(text).unwrap_err();
    assert!(!invalid.help.is_empty(), "{invalid:?}");
    (invalid.text.slice(invalid.span).to_owned(), invalid.message)
}

#[test]
fn every_key_has_its_effect() {
    let config = read(include_str!("full.toml")).unwrap();
    let settings = config.settings;
    assert_eq!(settings.specifications, ["QMS/SDLC-*/*-RS.md"]);
    assert_eq!(
        (settings.results, settings.coverage),
        (vec!["build/junit.xml".to_owned()], vec!["build/coverage.json".to_owned()])
    );
    assert_eq!(settings.mutation, ["build/mutations.xml"]);
    assert_eq!((config.tests_root.as_deref(), config.baseline.as_deref()), (Some("../other"), Some("cd4d456")));
    assert_eq!((config.documents_baseline.as_deref(), config.previous.as_deref()), (Some("v3.0"), Some("v2.9")));
    assert!(settings.tests_root);
    let levels: Vec<_> = settings.levels.iter().map(|(level, matchers)| (*level, matchers.len())).collect();
    assert_eq!(levels, [(Level::System, 1), (Level::Integration, 3)], "in the order of the file");
    assert_eq!(settings.levels[1].1[1], Matcher::Marker("integration".to_owned()));
    assert_eq!(settings.policies[0].level, Some(Level::Integration));
    let extent = settings.policies[0].coverage.unwrap();
    assert_eq!((extent.lines, extent.branches), (Some(90), Some(80)));
    assert_eq!(settings.pages.as_deref(), Some("https://quality.example.org/checks/{code}.html"));
    assert_eq!(settings.severity["T02"], None);
    assert_eq!(settings.severity["S10"], Some(Severity::Warning), "a check can be named by its name, too");
}

#[test]
fn nothing_is_a_configuration() {
    assert_eq!(read("").unwrap(), Config::default());
}

#[test]
fn whatever_has_no_effect_is_refused_where_it_stands() {
    let cases = [
        ("[documents]\nspecs = []\n", "specs", "unknown field"),
        ("[document]\n", "document", "unknown field"),
        ("[documents]\nrecords = [\"a[\"]\n", "\"a[\"", "not a valid pattern"),
        ("[documents]\nrecords = \"a\"\n", "\"a\"", "invalid type"),
        ("[levels]\nunti = [\"path:a\"]\n", "unti", "no verification level"),
        ("[levels]\nunit = [\"folder:a\"]\n", "\"folder:a\"", "how a test is recognised"),
        ("[levels]\nunit = [\"path:[\"]\n", "\"path:[\"", "not a valid pattern"),
        ("[report]\npages = \"quality.example.org/{code}\"\n", "\"quality.example.org/{code}\"", "no address of the page"),
        ("[report]\npages = \"https://quality.example.org\"\n", "\"https://quality.example.org\"", "no address of the page"),
        ("[report]\npages = \"https://q.example/{code} x\"\n", "\"https://q.example/{code} x\"", "no address of the page"),
        ("[severity]\nX99 = \"off\"\n", "X99", "no check `X99`"),
        ("[severity]\nT01 = \"of\"\n", "\"of\"", "no severity"),
        ("[severity]\nQ04 = \"off\"\n", "\"off\"", "can't be turned off"),
        ("[[policy]]\nrequirements = \"REQ-A-001\"\n", "\"REQ-A-001\"", "demands nothing"),
        ("[[policy]]\nrequirements = \"REQ-A-001\"\nlevel = \"x\"\n", "\"x\"", "no verification level"),
        ("[[policy]]\nrequirements = \"REQ-A-001\"\nrung = \"covers\"\n", "\"covers\"", "no rung"),
        ("[[policy]]\nrequirements = \"everything\"\nlevel = \"unit\"\n", "\"everything\"", "names no requirement"),
    ];
    for (text, at, message) in cases {
        let (found_at, found) = refused(text);
        assert_eq!(found_at, at, "{text}");
        assert!(found.contains(message), "{text}: {found}");
    }
    assert!(refused("[documents\n").1.contains("table"), "{:?}", refused("[documents\n"));
}

#[test]
fn a_near_miss_is_answered_with_what_may_be_meant() {
    let invalid = read("[severity]\norphan-tests = \"off\"\n").unwrap_err();
    assert_eq!(invalid.help, "Did you mean `orphan-test`?");
}

#[test]
fn a_share_of_coverage_is_a_percentage() {
    let policy = |asked: &str| format!("[[policy]]\nrequirements = \"REQ-A-1\"\ncoverage = {asked}\n");
    for (asked, at, message) in [
        ("{ lines = 0 }", "0", "`0` is no share in percent"),
        ("{ branches = 101 }", "101", "`101` is no share in percent"),
        ("{ lines = -1 }", "-1", "`-1` is no share in percent"),
        ("{}", "{}", "it asks for no coverage"),
    ] {
        assert_eq!(refused(&policy(asked)), (at.to_owned(), message.to_owned()));
    }
    for asked in ["{ lines = 90.5 }", "{ line = 90 }", "90", "{ lines = \"90\" }"] {
        assert!(read(&policy(asked)).is_err(), "{asked}");
    }
    assert!(read(&policy("{ lines = 100 }")).is_ok());
}
