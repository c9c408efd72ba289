use super::{read, told};

/// A file of one damaged line: what is said of it, and that nothing of it counts.
fn lost(text: &str, reason: &str) {
    let facts = read(text);
    assert!(facts.coverage.is_none(), "{text}");
    let told = told(text);
    assert!(told.contains("lost: ") && told.contains(reason), "{text}: {told}");
}

const META: &str = "{\"meta\": {\"format\": 3}, \"files\": ";

#[test]
fn a_report_that_is_cut_off_counts_for_nothing() {
    let whole = format!("{META}{{\"a.py\": {{\"executed_lines\": [1], \"contexts\": {{\"1\": [\"t|run\"]}}}}}}}}");
    assert!(read(&whole).coverage.is_some());
    for end in META.len()..whole.len() {
        lost(whole.get(..end).unwrap(), "the file is cut off");
    }
    lost(&format!("{whole} {{}}"), "trailing characters");
}

#[test]
fn formats_that_are_not_known() {
    for (meta, reason) in [
        ("{\"meta\": {\"format\": 9}, \"files\": {}}", "format 9 of coverage.py is not known"),
        ("{\"meta\": {\"format\": \"3\"}, \"files\": {}}", "the JSON is damaged: invalid type"),
        ("{\"meta\": {\"format\": -3}, \"files\": {}}", "the JSON is damaged: invalid value"),
        ("{\"meta\": {\"branch_coverage\": true}, \"files\": {}}", "does not say in which format"),
        ("{\"a\": 1}", "in no format of coverage that is read"),
    ] {
        lost(meta, reason);
    }
}

#[test]
fn numbers_that_are_no_lines() {
    for (lines, reason) in [
        ("[1, -4, 900000000000]", "`-4` is no line of `a.py` and 1 more"),
        ("[1.5]", "`1.5` is no line"),
        ("[3000000]", "`3000000` is no line"),
        ("[NaN]", "the JSON is damaged"),
        ("[\"1\"]", "the JSON is damaged: invalid type"),
        ("7", "the JSON is damaged: invalid type"),
        ("null", "the JSON is damaged: invalid type"),
    ] {
        lost(&format!("{META}{{\"a.py\": {{\"executed_lines\": {lines}, \"missing_lines\": []}}}}}}"), reason);
    }
    lost(&format!("{META}{{\"a.py\": {{\"executed_lines\": [1], \"contexts\": {{\"one\": [\"t\"]}}}}}}}}"), "`one` is no line");
    lost("TN:\nSF:a.c\nDA:-1,1\nend_of_record\n", "`-1` is no line of `a.c`");
    lost("TN:\nSF:a.c\nDA:1,NaN\nend_of_record\n", "`1,NaN` is no record");
    lost("TN:\nSF:a.c\nDA:1,-2\nend_of_record\n", "`1,-2` is no record");
    lost(
        "<coverage line-rate=\"1\"><class filename=\"a\"><line number=\"1\" hits=\"x\"/></class></coverage>",
        "`x` is no number of times that a line of `a` ran",
    );
}

#[test]
fn depth_and_length_have_bounds() {
    lost(&format!("{META}{{\"a.py\": {}{}}}}}", "[".repeat(500), "]".repeat(500)), "damaged");
    let nested = format!("<coverage line-rate=\"1\">{}", "<packages>".repeat(100));
    lost(&nested, "nested more than 64 deep");
    let files: String = (0..30)
        .map(|at| format!("{{\"filename\":\"{at}\",\"segments\":[[1,1,1,true,true,false],[1999999,1,0,false,false,false]]}},"))
        .collect();
    let text = format!("{{\"data\":[{{\"files\":[{}]}}],\"type\":\"llvm.coverage.json.export\"}}", files.trim_end_matches(','));
    lost(&text, "span more than");
    lost("<coverage line-rate=\"1\"><packages>", "ends before its elements");
    lost("<!DOCTYPE coverage [<!ENTITY a \"b\">]><coverage line-rate=\"1\"></coverage>", "declares entities");
}

#[test]
fn records_and_sections_that_do_not_fit() {
    lost("TN:\nSF:a.c\nDA:1,1\n", "in the middle of the section of `a.c`");
    lost("TN:\nDA:1,1\n", "`DA:1,1` is no record");
    lost("TN:\nSF:a.c\nSF:b.c\nend_of_record\n", "`SF:b.c` is no record");
    lost("TN:\nwords\n", "`words` is no record");
}

#[test]
fn coverage_of_nothing_is_no_coverage() {
    lost(&format!("{META}{{}}}}"), "names no line of any source");
    lost("TN:\nSF:a.c\nend_of_record\n", "names no line of any source");
    lost("<coverage line-rate=\"1\"><packages/></coverage>", "names no line of any source");
}

/// A file that shows no format any more is told where its name says what it should be, in whatever folder.
#[test]
fn what_is_called_coverage_and_holds_none_is_told() {
    let told = |path: &str, text: &str| {
        let srs = ("srs.md".to_owned(), b"# Requirements\n\n### REQ-A-001: Stop\n\nIt shall stop.\n".to_vec());
        let analysis = crate::checks::support::analyze_files(vec![srs, (path.to_owned(), text.as_bytes().to_vec())]);
        analysis.findings.iter().any(|finding| finding.code == "Q04" && analysis.graph.path(finding.place.file) == path)
    };
    for (path, text) in [
        ("coverage.json", ""),
        ("build-output/coverage.json", "{\"me"),
        ("ci/coverage-unit.json", "No data was collected.\n"),
        ("ci/lcov.info", " \n"),
        ("ci/lcov.info", "a note\n"),
        ("ci/coverage.xml", "Traceback (most recent call last):\n"),
    ] {
        assert!(told(path, text), "{path}: {text}");
    }
    // Coverage of a kind that is not read, settings, and whatever only sounds like it.
    for (path, text) in [
        ("coverage/coverage-summary.json", "{\"total\": {\"lines\": {\"pct\": 80}}}"),
        ("coverage.json", "// settings\n{\"all\": true}"),
        ("coverage.json", "{\"all\": true, /* or not */}"),
        ("data/discovery.json", "{\"a"),
        ("ci/coverage.xml", "<report/>"),
    ] {
        assert!(!told(path, text), "{path}: {text}");
    }
}

#[test]
fn counts_that_no_counter_holds() {
    for count in ["99999999999999999999999999", "1e30", "-1"] {
        lost(&format!("TN:\nSF:a.c\nDA:1,{count}\nend_of_record\n"), "is no record");
    }
    let cobertura = |hits: &str| {
        format!(
            "<coverage line-rate=\"1\"><packages><class filename=\"a.c\"><line number=\"1\" hits=\"{hits}\"/></class></packages></coverage>"
        )
    };
    lost(&cobertura("-1"), "`-1` is no number of times that a line of `a.c` ran");
    lost(&cobertura(&"9".repeat(30)), "is no number of times");
    let llvm = |count: &str, version: &str| {
        format!(
            "{{\"data\":[{{\"files\":[{{\"filename\":\"a.c\",\"segments\":[[1,1,{count},true,true,false],[2,1,0,false,false,false]]}}]}}],\"type\":\"llvm.coverage.json.export\",\"version\":\"{version}\"}}"
        )
    };
    lost(&llvm("-1", "2.0.1"), "`-1` is no number of times");
    lost(&llvm("1e40", "3.0.1"), "is no number of times");
    lost(&llvm("1", "9.9.9"), "the version \"9.9.9\" of its format is not known");
    for (text, read) in [(llvm("7", "2.0.1"), true), (llvm("7", "3.1.0"), true)] {
        let facts = super::read(&text);
        assert_eq!(facts.coverage.is_some(), read, "{:?}", facts.problems);
    }
}

#[test]
fn an_export_that_is_cut_is_told_under_any_name() {
    let whole = "{\"data\":[{\"files\":[{\"branches\":[],\"expansions\":[],\"filename\":\"a.c\",\"segments\":[[1,1,1,true,true,false],[2,1,0,false,false,false]]}]}],\"type\":\"llvm.coverage.json.export\"}";
    let told = |text: &str| {
        let srs = ("srs.md".to_owned(), b"# Requirements\n\n### REQ-A-001: Stop\n\nIt shall stop.\n".to_vec());
        let files = vec![srs, ("coverage/hollow_one.json".to_owned(), text.as_bytes().to_vec())];
        let analysis = crate::checks::support::analyze_files(files);
        analysis.findings.iter().filter(|one| one.code == "Q04" && one.message.contains("hollow_one.json")).count()
    };
    assert_eq!((told(whole), told(&whole[..whole.len() * 4 / 5])), (0, 1));
}
