//! A line with two ways on, as coverage.py really writes it: `make.sh` of the tree made the artifacts.

use super::linked::execution;
use crate::checks::support::{analyze_files, folder, read_folder, rendered};
use tracegate::analysis::Analysis;
use tracegate::link::executed::{Execution, Unknown};
use tracegate::link::graph::Rung;
use tracegate::verdict::Summary;

/// The tree with one of its coverage files.
fn buoy(coverage: &str) -> Analysis {
    let mut files = read_folder(&folder("hollow-evidence").join("choice"));
    files.retain(|(path, _)| !path.starts_with("results/") || path.ends_with(coverage) || path.ends_with("junit.xml"));
    files.push(("tracegate.toml".into(), format!("[tests]\ncoverage = [\"results/{coverage}\"]\n").into_bytes()));
    analyze_files(files)
}

#[test]
fn a_line_with_several_ways_is_not_called_run() {
    for coverage in ["lines.json", "ways.json", "ways.sqlite"] {
        let analysis = buoy(coverage);
        assert_eq!(execution(&analysis), Execution::NotAssessed(Unknown::Choices), "{coverage}");
        assert_eq!(analysis.graph.requirements[0].rung, Rung::Asserts, "{coverage}");
        assert_eq!(rendered(&analysis, "S02") + &rendered(&analysis, "E12"), "", "{coverage}");
        let ladder = Summary::of(&analysis.graph, &analysis.findings).ladder;
        let why = "each line that ran chooses one of several ways, and lines do not say which";
        assert_eq!((ladder.asserts, ladder.executes, ladder.not_executed.get(why)), (1, 0, Some(&1)), "{coverage}");
        let chains = tracegate::report::trace::find(&analysis.graph, &analysis.findings, "REQ-BUOY-001");
        let told = format!("{:?}", chains[0].sections.iter().find(|section| section.heading == "implementation").unwrap());
        assert!(told.contains("which way was taken on line 14 is not known"), "{coverage}: {told}");
    }
}

#[test]
fn a_demanded_rung_is_not_met_by_it() {
    let mut files = read_folder(&folder("hollow-evidence").join("choice"));
    let policy = "[tests]\ncoverage = [\"results/ways.json\"]\n\n[[policy]]\nrequirements = \"REQ-BUOY-001\"\nrung = \"executes\"\nentry_point = \"buoy/report.py:main\"\n";
    files.push(("tracegate.toml".into(), policy.into()));
    let analysis = analyze_files(files);
    for (code, what) in
        [("S13", "REQ-BUOY-001 must stand on the rung `executes`"), ("S03", "Whether the tests of REQ-BUOY-001 reach")]
    {
        let told = rendered(&analysis, code);
        assert!(told.contains(what) && told.contains("chooses one of several ways"), "{code}: {told}");
    }
}
