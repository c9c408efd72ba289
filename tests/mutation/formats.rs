use super::{read, told};

fn fixture(path: &str) -> String {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/surviving-mutant").join(path);
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn what_stryker_wrote() {
    let told = told(&fixture("defect/panel/reports/mutation/mutation.json"));
    assert!(told.starts_with("stryker\nsrc/panel.js\n"), "{told}");
    for line in [
        "3 Uncovered  `StringLiteral: \"\"` by [] ran Some(\"\")",
        "3 Survived  `EqualityOperator: degrees >= 900` by [] ran Some(\"test/panel.test.js||panel shows the heat, test/panel.test.js||panel switches off\")",
        "2 Killed  `BlockStatement: {}` by [test/panel.test.js||panel shows the heat]",
        "11 Killed  `ObjectLiteral: {}` by [test/panel.test.js||panel shows the heat] ran None",
    ] {
        assert!(told.contains(line), "{line}: {told}");
    }
    assert_eq!(told.matches("  8 Uncovered").count() + told.matches("  7 Uncovered").count(), 5, "{told}");
}

#[test]
fn what_cargo_mutants_wrote() {
    assert_eq!(
        told(&fixture("defect/door/mutants.out/outcomes.json")),
        "cargo-mutants\nsrc/lib.rs\n  5 Survived may_open `replace may_open -> bool with true` by [] ran None\n  \
         5 Killed may_open `replace may_open -> bool with false` by [] ran None\n  \
         5 Killed may_open `replace <= with > in may_open` by [] ran None\n"
    );
}

#[test]
fn what_pit_writes() {
    let told = told(&fixture("defect/timer/pit-reports/mutations.xml"));
    assert!(told.starts_with("pit\norg/kiln/Timer.java\n"), "{told}");
    let by = "by [|org.kiln.TimerTest|ringsAtTheEnd] ran Some(\"|org.kiln.TimerTest|isMade, |org.kiln.TimerTest|ringsAtTheEnd\")";
    assert!(told.contains(&format!("7 Killed rings `changed conditional boundary` {by}")), "{told}");
    assert!(told.contains("7 Survived rings `replaced boolean return with true for org/kiln/Timer::rings` by []"), "{told}");
}

#[test]
fn tests_as_pit_names_them() {
    for (written, class, name) in [
        ("a.BTest.c(a.BTest)", "a.BTest", "c"),
        ("a.BTest.c", "a.BTest", "c"),
        ("a.BTest.[engine:junit-jupiter]/[class:a.BTest]/[nested-class:D]/[method:c(int)]", "a.BTest", "c"),
        ("a.BTest.[engine:junit-jupiter]/[class:a.BTest]/[test-template:c(int)]/[test-template-invocation:#1]", "a.BTest", "c"),
        ("a.BTest.[engine:junit-vintage]/[runner:a.BTest]/[test:c(a.BTest)]", "a.BTest", "c"),
        ("lone", "", "lone"),
    ] {
        let text = format!(
            "<mutations><mutation status='KILLED'><sourceFile>B.java</sourceFile><mutatedClass>a.B</mutatedClass>\
             <mutatedMethod>lambda$open$0</mutatedMethod><lineNumber>3</lineNumber><killingTest>{written}</killingTest></mutation></mutations>"
        );
        let told = told(&text);
        assert!(told.contains(&format!("3 Killed open `` by [|{class}|{name}]")), "{told}");
    }
}

#[test]
fn other_files_of_such_names_say_nothing() {
    for text in ["{}", "{\"mutants\": 3}", "<mutationsList/>", "<suite><mutations/></suite>", "words", ""] {
        assert!(tracegate::read::mutation::format(text).is_none(), "{text}");
    }
    assert!(read("{}").mutation.is_none());
}
