use proptest::prelude::*;
use tracegate::discover::passed_over::{Class, Family, classify, family, folder_passed_over, former};

#[test]
fn readers_are_found_by_extension() {
    let cases = [
        ("docs/RTM.md", Family::Markdown),
        ("docs/RTM.MD", Family::Markdown),
        ("spec.rst", Family::ReStructuredText),
        ("a/matrix.tsv", Family::Csv),
        ("reqs/REQ001.yml", Family::Yaml),
        ("reports/junit.xml", Family::Xml),
        ("tests/test_a.py", Family::Code),
        ("Makefile", Family::Tasks),
        ("web/package.json", Family::Tasks),
    ];
    for (path, expected) in cases {
        assert_eq!(classify(path), Class::Candidate(expected), "{path}");
    }
    for path in ["a.png", "Dockerfile", "", "a/.md/x", "md", "a.md/b"] {
        assert_eq!(classify(path), Class::Unknown, "{path}");
    }
}

#[test]
fn mutation_results_are_found_by_their_names() {
    for path in ["mutation.json", "reports/mutation/mutation.json", "kiln-Mutation-report.json", "a/mutants.out/outcomes.json"] {
        assert_eq!(classify(path), Class::Candidate(Family::Results), "{path}");
    }
    assert_eq!(classify("mutations.xml"), Class::Candidate(Family::Xml));
    for path in ["mutants.out.old/outcomes.json", "mutation.txt"] {
        assert_eq!(classify(path), Class::Unknown, "{path}");
    }
    for path in ["outcomes.json", "mutants.out/lock.json"] {
        assert_eq!(classify(path), Class::Candidate(Family::Data), "{path}");
    }
    assert_eq!(classify("target/pit-reports/mutations.xml"), Class::PassedOver("the output of a build"));
}

#[test]
fn coverage_is_found_by_its_name() {
    for path in ["coverage.json", "cov/Coverage-unit.json", "coverage/lcov.info", "door.lcov", "tests/unit/coverage/a.lcov"] {
        assert_eq!(classify(path), Class::Candidate(Family::Coverage), "{path}");
    }
    for path in ["data.info", "coverage.txt", "build/report.json", "tests/unit/in/report.json"] {
        assert_eq!(classify(path), Class::Unknown, "{path}");
    }
    for path in ["tsconfig.json", "a/cov/data.json", "reports/report.json", "reports/run.JSONL"] {
        assert_eq!(classify(path), Class::Candidate(Family::Data), "{path}");
    }
    assert_eq!(classify("build/coverage.json"), Class::PassedOver("the output of a build"));
    assert_eq!(classify(".coverage.json"), Class::PassedOver("a hidden file or folder"));
    for path in [".coverage", "ci/.coverage.bench.412.XaZ"] {
        assert!(matches!(classify(path), Class::PassedOver(reason) if reason.contains("database of coverage.py")), "{path}");
    }
}

#[test]
fn what_is_passed_over_has_a_reason() {
    let cases = [
        ("QMS/.archive/RS-v1.0.md", "an archive of old versions"),
        ("QMS/Archive/RS.md", "an archive of old versions"),
        ("docs/old/srs.csv", "an archive of old versions"),
        (".planning/milestones/v1.0-REQUIREMENTS.md", "an archive of old versions"),
        (".planning/archive/REQUIREMENTS.md", "an archive of old versions"),
        ("QMS/TEMPLATE/RTM.md", "a template"),
        ("docs/TEMPLATE-RTM.md", "a template"),
        ("docs/rtm_template.md", "a template"),
        (".github/ISSUE_TEMPLATE/bug.yml", "a template"),
        ("examples/demo/REQUIREMENTS.md", "sample data of examples or tests"),
        ("tests/fixtures/junit.xml", "sample data of examples or tests"),
        ("node_modules/x/README.md", "code of other projects"),
        ("src/vendor/lib.c", "code of other projects"),
        ("target/nextest/junit.xml", "the output of a build"),
        ("module/target/surefire-reports/TEST-a.xml", "the output of a build"),
        (".claude/skills/rtm/SKILL.md", "instructions or data of a tool"),
        (".github/skills/a.md", "instructions or data of a tool"),
        ("_bmad/x.md", "instructions or data of a tool"),
        ("AGENTS.md", "instructions or data of a tool"),
        (".hidden/a.md", "a hidden file or folder"),
        (".hidden.md", "a hidden file or folder"),
        ("CHANGELOG.md", "a change log"),
        ("docs/CHANGELOG-2.0.md", "a change log"),
        ("HISTORY.rst", "a change log"),
        ("pnpm-lock.yaml", "a lock file"),
        ("web/app.min.js", "minified code"),
        ("i18n/zh/srs.md", "a translation"),
        ("docs/srs.zh-CN.md", "a translation"),
    ];
    for (path, reason) in cases {
        assert_eq!(classify(path), Class::PassedOver(reason), "{path}");
        assert!(family(path).is_some(), "{path}");
    }
}

#[test]
fn documents_without_a_reader_are_told_and_data_of_tests_is_not_read() {
    for path in ["docs/srs.odt", "SRS.DOCX", "reqs/pump.reqif", "rtm.xlsx"] {
        assert_eq!(classify(path), Class::PassedOver("no reader for this format"), "{path}");
    }
    assert_eq!(classify("logo.png"), Class::Unknown);
    assert_eq!(classify("examples/demo/requirements.txt"), Class::Unknown);
    assert_eq!(classify("docs/archive/srs.txt"), Class::PassedOver("an archive of old versions"));
    assert!(matches!(classify("docs/srs.txt"), Class::Candidate(_)));
    assert_eq!(classify("tests/reader/nextest/junit.xml"), Class::PassedOver("sample data of examples or tests"));
    for run in ["tests/junit.xml", "tests/unit/junit.xml", "tests/build/test-results/junit.xml", "junit/a/b/c.xml"] {
        assert!(matches!(classify(run), Class::Candidate(_)), "{run}");
    }
    assert_eq!(classify("tests/unit/pump.sdoc"), Class::PassedOver("sample data of examples or tests"));
    assert!(matches!(classify("docs/pump.sdoc"), Class::Candidate(_)));
    assert!(matches!(classify("docs/door-lock.md"), Class::Candidate(_)));
}

#[test]
fn names_that_only_resemble_those_are_read() {
    for path in [
        ".planning/REQUIREMENTS.md",
        ".planning/phases/01/PLAN.md",
        ".kiro/specs/pump/requirements.md",
        ".specify/memory/constitution.md",
        "specs/001-archive/spec.md",
        "src/archive/zip.rs",
        "src/target/x86.rs",
        "docs/build/requirements.md",
        "catalogs/tools/build/controls.yaml",
        "test/build/twice.itest",
        "examples/test_demo.py",
        "tests/fixtures/conftest.py",
        "docs/SRS-v1.0.md",
        "docs/history-requirements.md",
        "docs/newsletter.md",
        "reqs/.doorstop.yml",
        "docs/design.notes.md",
    ] {
        assert!(matches!(classify(path), Class::Candidate(_)), "{path}: {:?}", classify(path));
    }
}

#[test]
fn what_is_kept_of_records_is_read_in_its_folders_and_under_their_names() {
    for path in [
        "QMS/.meta/CR/CR-042.json",
        "QMS/.audit/CR-042.jsonl",
        ".meta/PUMP-RS.yaml",
        "records/CR-042.json",
        "records/CR-042.meta.json",
        "quality/audit/CAPA-7.ndjson",
        "quality/metadata/CR-042.yml",
    ] {
        assert_eq!(classify(path), Class::Candidate(Family::Kept), "{path}");
    }
    for path in [
        "QMS/.meta/notes.md",
        ".meta/tool.py",
        "metadata/cities.json",
        "node_modules/.meta/CR-042.json",
        "templates/.meta/CR-042.json",
        "reqs/REQ-001.yml",
        "data/a-1.json",
        ".hidden/CR-042.json",
        "build-1/TEST-1.json",
        "CR-042.lcov",
    ] {
        assert_ne!(classify(path), Class::Candidate(Family::Kept), "{path}");
    }
    assert_eq!(former("QMS/.archive/CR/CR-042-v1.0.md"), Some(("CR-042", "1.0")));
    assert_eq!(former("archive/PUMP-RS_rev2.md"), Some(("PUMP-RS", "2")));
    assert_eq!(former("archive/CR-042-1.0.md"), Some(("CR-042", "1.0")));
    for path in ["archive/CR-042.md", "QMS/CR-042-v1.0.md", "archive/zip-v1.0.rs", "archive/v1.0.md"] {
        assert_eq!(former(path), None, "{path}");
    }
}

#[test]
fn folders_are_entered_unless_nothing_below_is_read() {
    for path in ["node_modules", "a/node_modules/b", "target", "_bmad", ".claude", ".git", ".any"] {
        assert!(folder_passed_over(path).is_some(), "{path}");
    }
    for path in
        ["archive", "examples", "src/target", "docs", ".github", ".planning", "", "templates", ".archive", "a/.meta", ".audit"]
    {
        assert_eq!(folder_passed_over(path), None, "{path}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    /// What a walk leaves out because of its folder is never something that would be read.
    #[test]
    fn a_folder_that_is_not_entered_holds_nothing_to_read(parts in prop::collection::vec(
        prop::sample::select(vec!["src", "target", ".archive", ".meta", "archive", "docs", ".github", "skills",
            "node_modules", "build", "Templates", ".planning", "milestones", "é", ""]), 1..5),
        name in prop::sample::select(vec!["a.md", "a.py", "CHANGELOG.md", ".x.yml", "j.xml", "CR-1.json"])) {
        let folder = parts.join("/");
        let path = format!("{folder}/{name}");
        if folder_passed_over(&folder).is_some() {
            prop_assert!(!matches!(classify(&path), Class::Candidate(_)), "{}", path);
        }
    }

    #[test]
    fn any_path_has_a_class(path in "\\PC*") {
        let _ = (classify(&path), folder_passed_over(&path));
    }
}
