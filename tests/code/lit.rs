//! Files that are one test to lit.

use tracegate::analysis::{Analysis, analyze};
use tracegate::discover::tree::Memory;
use tracegate::model::test_case::{Kind, State};
use tracegate::settings::Settings;

const SPEC: (&str, &str) = (
    "docs/requirements.md",
    "# Requirements\n\n### WEAVE-1: Pull\n\nIt shall pull.\n\n### WEAVE-2: Cut\n\nIt shall cut.\n\n### WEAVE-3: Knot\n\nIt shall knot.\n",
);

fn analyzed(files: &[(&str, &str)]) -> Analysis {
    analyze(&Memory::new([SPEC].iter().chain(files).copied()), &Settings::default())
}

/// The tests by their paths and names, with their states where they do not always run.
fn tests(files: &[(&str, &str)]) -> Vec<String> {
    let graph = analyzed(files).graph;
    let cases = graph.tests().map(|(id, node)| (graph.path(node.fact.file), graph.test(id)));
    let told = cases.filter(|(_, test)| test.kind == Kind::Test).map(|(path, test)| match test.state {
        State::Active => format!("{path} {}", test.name),
        state => format!("{path} {} {state:?}", test.name),
    });
    told.collect()
}

/// The requirements that a test verifies.
fn verified(files: &[(&str, &str)]) -> Vec<String> {
    let graph = analyzed(files).graph;
    graph.requirements.iter().filter(|one| !one.evidence.is_empty()).map(|one| one.id.to_string()).collect()
}

const PULLS: &str = "#\n# @relation(WEAVE-1, scope=file)\n#\n\nRUN: %loom pull %S/warp.txt | filecheck %s\nCHECK: pulled # WEAVE-2\n\
    CHECK: @relation(WEAVE-2, scope=file)\n";

#[test]
fn a_file_with_commands_of_lit_is_one_test_and_its_comments_name_what_it_verifies() {
    let cuts = "; Cuts the weft. WEAVE-2\n; RUN: loom-cut %s | FileCheck %s\n; CHECK: @relation(WEAVE-3, scope=file)\n\
        define i32 @main() {\n  ret i32 0 ; Verifies: WEAVE-3\n}\n";
    let knots = "// RUN: loom-knot %s\n\n// Verifies: WEAVE-3\nmodule {\n}\n";
    let config = ("test/lit.cfg.py", "config.suffixes = ['.ll']\n");
    let files = [("test/pull/test.itest", PULLS), ("test/cut/weft.ll", cuts), ("test/knot.mlir", knots), config];
    assert_eq!(tests(&files), ["test/cut/weft.ll weft.ll", "test/knot.mlir knot.mlir", "test/pull/test.itest test.itest"]);
    assert_eq!(verified(&files), ["WEAVE-1", "WEAVE-2", "WEAVE-3"]);
    assert_eq!(verified(&files[..1]), ["WEAVE-1"]);
    assert_eq!(verified(&[files[1], config]), ["WEAVE-2"]);
    let silent: Vec<_> = analyzed(&files).findings.into_iter().filter(|one| matches!(one.code, "T01" | "S05")).collect();
    assert_eq!(silent, []);
}

#[test]
fn what_holds_no_command_or_stands_where_lit_is_not_set_up_is_no_test() {
    let commands = "# RUN: loom %s\n# Verifies: WEAVE-1\n";
    assert_eq!(tests(&[("asm/boot.s", commands), ("code/weft.ll", commands)]), Vec::<String>::new());
    assert_eq!(tests(&[("test/lit.cfg", ""), ("asm/boot.s", commands)]), Vec::<String>::new());
    assert_eq!(tests(&[("test/lit.cfg", ""), ("test/a/boot.s", commands)]), ["test/a/boot.s boot.s"]);
    assert_eq!(tests(&[("lit.site.cfg.py.in", ""), ("a/boot.s", commands)]), ["a/boot.s boot.s"]);
    // Other tools have such files too.
    let script = ("test/select.test", "# Verifies: WEAVE-1\ndo_test select-1 { execsql }\n");
    assert_eq!(tests(&[script, ("test/plan.itest", "# Verifies: WEAVE-1\n")]), Vec::<String>::new());
    assert_eq!(tests(&[("test/tool.test", commands)]), ["test/tool.test tool.test"]);
    let findings = analyzed(&[("test/lit.cfg", ""), ("asm/boot.s", commands)]).findings;
    assert!(findings.iter().any(|one| one.code == "T01"), "{findings:?}");
}

#[test]
fn keywords_say_where_a_test_does_not_run() {
    let with = |keyword: &str| format!("# {keyword}\nRUN: loom %s\n# Verifies: WEAVE-1\n");
    let states = [
        ("XFAIL: *", "ExpectedFailure"),
        ("XFAIL: windows", "Conditional"),
        ("UNSUPPORTED: true", "Ignored"),
        ("REQUIRES: gpu", "Conditional"),
    ];
    for (keyword, state) in states {
        assert_eq!(tests(&[("test/a.test", &with(keyword))]), [format!("test/a.test a.test {state}")], "{keyword}");
    }
    let ignored = with("UNSUPPORTED: true");
    let files = [("test/a.test", ignored.as_str())];
    let told: Vec<_> = analyzed(&files).findings.into_iter().filter(|one| one.code == "E01" || one.code == "E06").collect();
    assert!(told.iter().all(|one| !one.message.contains("passed")), "{told:?}");
}

#[test]
fn the_result_of_a_file_is_that_of_its_test() {
    let run = "<testsuites><testsuite name='Loom' tests='1' failures='1'><testcase classname='Loom.pull' name='test.itest' time='0.1'>\
        <failure>command failed</failure></testcase></testsuite></testsuites>";
    let files = [("test/pull/test.itest", PULLS), ("junit.xml", run)];
    let analysis = analyzed(&files);
    let failed = analysis.findings.iter().any(|one| one.message.contains("test.itest") && one.message.contains("fail"));
    assert!(failed, "{:?}", analysis.findings);
}
