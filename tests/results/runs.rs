//! Several files with results of the same tests: which of them counts.

use super::linked::{stands, tree};
use crate::checks::support::rendered;
use tracegate::analysis::Analysis;
use tracegate::link::graph::Rung;

const TESTS: (&str, &str) = ("tests/test_link.py", "def test_starts():\n    assert up()\n");

fn junit(attributes: &str, passed: bool) -> String {
    let failure = if passed { "" } else { "<failure message=\"no\"/>" };
    format!(
        "<testsuite name=\"pytest\" tests=\"1\" {attributes}><testcase classname=\"tests.test_link\" name=\"test_starts\">{failure}</testcase></testsuite>"
    )
}

fn of(one: (&str, &str), two: (&str, &str)) -> Analysis {
    tree("test_starts", &[TESTS, one, two])
}

const MONDAY: &str = "timestamp=\"2026-03-02T10:00:00+00:00\" hostname=\"ci\"";
const TUESDAY: &str = "timestamp=\"2026-03-03T10:00:00+00:00\" hostname=\"ci\"";

#[test]
fn a_later_run_takes_the_place_of_an_earlier_one() {
    let (failed, passed) = (junit(MONDAY, false), junit(TUESDAY, true));
    let mended = of(("results/old.xml", &failed), ("results/new.xml", &passed));
    assert_eq!(stands(&mended).0, Rung::Asserts);
    let told = rendered(&mended, "E02");
    assert!(
        told.starts_with("E02 info")
            && told.contains("1 result ended otherwise in results/new.xml than before in results/old.xml"),
        "{told}"
    );
    assert!(told.contains("2026-03-02, then 2026-03-03"), "{told}");
    assert_eq!(rendered(&mended, "E10"), "", "the earlier failure is over");
    // The name of a file says nothing of its age.
    assert_eq!(stands(&of(("results/new.xml", &failed), ("results/old.xml", &passed))).0, Rung::Asserts);
    for (one, two) in
        [("results/2026-03-02/junit.xml", "results/2026-03-03/junit.xml"), ("results/run-1.xml", "results/run-2.xml")]
    {
        assert_eq!(stands(&of((one, &failed), (two, &passed))).0, Rung::Asserts, "{one}");
    }
    let broken = of(("results/old.xml", &junit(MONDAY, true)), ("results/new.xml", &junit(TUESDAY, false)));
    assert_eq!(stands(&broken).0, Rung::Exists);
    assert!(rendered(&broken, "E02").contains("E02 error"));
}

#[test]
fn runs_side_by_side_all_count() {
    let worse = |one: (&str, &str), two: (&str, &str)| {
        let analysis = of(one, two);
        let told = rendered(&analysis, "E02");
        assert_eq!(stands(&analysis).0, Rung::Exists, "{told}");
        assert!(told.contains("E02 error") && told.contains("nothing tells that one of these runs takes the place"), "{told}");
    };
    let (failed, passed) = (junit(MONDAY, false), junit(TUESDAY, true));
    worse(("results/old.xml", &junit("", false)), ("results/new.xml", &junit("", true)));
    worse(("results/old.xml", &failed), ("results/new.xml", &junit("", true)));
    worse(("results/linux.xml", &failed), ("results/windows.xml", &passed));
    worse(("results/motor-on.xml", &failed), ("results/motor-off.xml", &passed));
    worse(("results/3.11/junit.xml", &failed), ("results/3.12/junit.xml", &passed));
    worse(("results/junit-1.xml", &failed), ("results/junit-2.xml", &passed));
    worse(("results/py311/junit.xml", &failed), ("results/py312/junit.xml", &passed));
    worse(("results/old.xml", &failed), ("results/new.xml", &junit(&TUESDAY.replace("ci", "ci-2"), true)));
    worse(("results/old.xml", &failed), ("results/new.xml", &passed.replace("name=\"pytest\"", "name=\"nightly\"")));
    // Without zones two clocks may be a day apart.
    let zoneless = TUESDAY.replace("+00:00", "");
    worse(("results/old.xml", &failed), ("results/new.xml", &junit(&zoneless.replace("03-03T10", "03-02T20"), true)));
}

#[test]
fn what_the_later_run_has_not_stays() {
    let cases = |attributes: &str, list: &[(&str, bool)]| {
        let case = |(name, passed): &(&str, bool)| {
            let failure = if *passed { "" } else { "<failure message=\"no\"/>" };
            format!("<testcase classname=\"tests.test_link\" name=\"test_starts[{name}]\">{failure}</testcase>")
        };
        format!(
            "<testsuite name=\"pytest\" tests=\"{}\" {attributes}>{}</testsuite>",
            list.len(),
            list.iter().map(case).collect::<String>()
        )
    };
    let old = cases(MONDAY, &[("a", false), ("b", false)]);
    let analysis = of(("results/old.xml", &old), ("results/new.xml", &cases(TUESDAY, &[("b", true)])));
    assert!(rendered(&analysis, "E02").contains("E02 error"), "the case `a` was not run again");
    let whole = of(("results/old.xml", &old), ("results/new.xml", &cases(TUESDAY, &[("a", true), ("b", true)])));
    assert_eq!(stands(&whole).0, Rung::Asserts);
}
