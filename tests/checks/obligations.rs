//! S07: clauses that no test cites, and what leaves it open whether one does.

use super::support::{analyze_files, rendered};

const SPECIFICATION: &str = "# Requirements of the lift\n\n### REQ-LIFT-001: Doors\nThe doors shall (a) open at a floor, (b) shut again and (c) reopen on contact.\n";

/// What S07 says where tests carry these markers, and with these further files.
fn told(markers: &[&str], more: &[(&str, &str)]) -> String {
    let test =
        |(at, marker): (usize, &&str)| format!("def test_{at}():\n    \"\"\"{marker}\"\"\"\n    assert door.is_right()\n\n\n");
    let tests: String = markers.iter().enumerate().map(test).collect();
    let own = [("docs/srs.md", SPECIFICATION), ("tests/test_doors.py", tests.as_str())];
    let files = own.iter().chain(more).map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec())).collect();
    rendered(&analyze_files(files), "S07")
}

#[test]
fn a_clause_that_no_test_cites_is_told() {
    let one = told(&["Verifies: REQ-LIFT-001 (a)", "Verifies: REQ-LIFT-001 (c)"], &[]);
    assert!(one.contains("Clause (b) of REQ-LIFT-001 is cited by no test; those that verify it cite (a) and (c)"), "{one}");
    let two = told(&["Verifies: REQ-LIFT-001 clause c"], &[]);
    assert!(two.contains("Clauses (a) and (b) of REQ-LIFT-001 are cited by no test"), "{two}");
    for all in [
        vec!["Verifies: REQ-LIFT-001 (a)-(c)"],
        vec!["Verifies: REQ-LIFT-001 (a), REQ-LIFT-001 (b)", "Verifies: REQ-LIFT-001 (c)"],
        vec!["Verifies: REQ-LIFT-001(a, b)", "Verifies: REQ-LIFT-001 clause c"],
    ] {
        assert_eq!(told(&all, &[]), "", "{all:?}");
    }
}

#[test]
fn what_may_be_of_all_clauses_leaves_it_open() {
    for markers in [
        vec!["Verifies: REQ-LIFT-001"],
        vec!["Verifies: REQ-LIFT-001 (a)", "Verifies: REQ-LIFT-001"],
        vec!["Verifies: REQ-LIFT-001 (a)", "Verifies: REQ-LIFT-001 (d)"],
        vec!["Verifies: REQ-LIFT-001 (a)", "Checks REQ-LIFT-001-b and REQ-LIFT-001.c too"],
        vec!["Verifies: REQ-LIFT-001: a door opens"],
    ] {
        assert_eq!(told(&markers, &[]), "", "{markers:?}");
    }
    let matrix = "# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| REQ-LIFT-001 | test_0 |\n";
    assert_eq!(told(&["Verifies: REQ-LIFT-001 (a)"], &[("docs/rtm.md", matrix)]), "", "the row cites all of it");
    let row = |named: &str| {
        format!("# Traceability matrix\n\n| Req ID | Test |\n|---|---|\n| {named} | tests/test_doors.py::test_0 |\n")
    };
    let cited = [("docs/rtm.md", row("REQ-LIFT-001 (b)"))];
    let more: Vec<(&str, &str)> = cited.iter().map(|(path, text)| (*path, text.as_str())).collect();
    assert_eq!(told(&["Verifies: REQ-LIFT-001"], &more), "", "the marker of the same test cites all of it");
    let three = row("REQ-LIFT-001 (b)") + "| REQ-LIFT-001 (c) | tests/test_doors.py::test_0 |\n";
    assert_eq!(told(&["Verifies: REQ-LIFT-001 (a)"], &[("docs/rtm.md", &three)]), "", "one test is cited for all three");
    let elsewhere = "// REQ-LIFT-001 (b) and (c) are tested on the rig.\nit(\"rides\", () => expect(works()).toBe(1));\n";
    assert_eq!(told(&["Verifies: REQ-LIFT-001 (a)"], &[("tests/rig.test.js", elsewhere)]), "");
}

const ROOT: &str = "# Requirements of the kiln\n\n### REQ-KILN-001: Root\nThe kiln shall read its root from (1) the `--root` flag, or (2) \
    the `KILN_ROOT` variable. The flag shall take precedence over the variable.\n";

/// What S07 says of these tests of the root of the kiln.
fn root(tests: &str) -> String {
    let files = [("docs/srs.md", ROOT), ("tests/test_root.py", tests)];
    rendered(&analyze_files(files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).to_vec()), "S07")
}

#[test]
fn precedence_needs_a_test_that_has_both() {
    let mark = "\"\"\"Verifies: REQ-KILN-001\"\"\"";
    let flag = format!("def test_flag():\n    {mark}\n    assert start([\"--root\", \"a\"]).root == \"a\"\n\n\n");
    let variable = format!(
        "def test_variable(monkeypatch):\n    {mark}\n    monkeypatch.setenv(\"KILN_ROOT\", \"b\")\n    assert start([]).base == \"b\"\n\n\n"
    );
    let told = root(&(flag.clone() + &variable));
    assert!(told.contains("REQ-KILN-001 puts `--root` before `KILN_ROOT`, and no test of it has both"), "{told}");
    assert!(
        told.contains("tests/test_root.py:1:5 has `--root`") && told.contains("tests/test_root.py:6:5 has `KILN_ROOT`"),
        "{told}"
    );
    let both = variable.replace("start([])", "start([\"--root\", \"a\"])");
    for silent in [
        // One test has both, or may have: what stands beside the tests counts for all of them.
        flag.clone() + &both,
        flag.clone() + &variable + "def kiln_root():\n    return KILN_ROOT\n",
        // It says what it is about.
        flag.clone() + &variable.replace("test_variable", "test_flag_wins"),
        // One of them is not named at all, so that it may be called something else.
        flag.clone(),
        variable.clone(),
    ] {
        assert_eq!(root(&silent), "", "{silent}");
    }
}

/// What S07 says of a requirement of the kiln with these tests.
fn kiln(demand: &str, tests: &str) -> String {
    let specification = format!("# Requirements of the kiln\n\n### REQ-KILN-002: Firing\n{demand}\n");
    let files = [("docs/srs.md", specification.as_str()), ("tests/test_fire.py", tests)];
    rendered(&analyze_files(files.map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec())).to_vec()), "S07")
}

/// A test of the kiln.
fn fires(name: &str, body: &str) -> String {
    format!("def test_{name}():\n    \"\"\"Verifies: REQ-KILN-002\"\"\"\n    {body}\n\n\n")
}

#[test]
fn an_order_needs_a_test_that_has_both() {
    let vent = fires("vent", "assert kiln().open_vent() == 1");
    let fire = fires("heat", "assert kiln().light() == 1");
    let before = "The kiln shall call `open_vent` before it\ncalls `light`.";
    let told = kiln(before, &(vent.clone() + &fire));
    assert!(told.contains("REQ-KILN-002 says in which order `open_vent` and `light` come, and no test of it has both"), "{told}");
    assert!(told.contains("S07 warning docs/srs.md:4:33"), "{told}");
    let both = fires("vent_fire", "k = kiln()\n    assert [k.open_vent(), k.light()] == k.log");
    let named = fires("order", "assert kiln().fires()");
    for silent in [vent.clone() + &fire + &both, vent.clone() + &fire + &named, vent.clone(), fire.clone()] {
        assert_eq!(kiln(before, &silent), "", "{silent}");
    }
    let listed = "The kiln shall run `purge`, `open_vent` and `light` in that order.";
    let pair = fires("purges", "k = kiln()\n    assert [k.purge(), k.open_vent()] == k.log");
    let told = kiln(listed, &(pair.clone() + &fire));
    assert!(told.contains("in which order `open_vent` and `light` come"), "{told}");
    assert_eq!(kiln(listed, &(pair + &fire + &both)), "", "each with the next");
}

#[test]
fn what_is_forbidden_beside_what_is_asked_for_needs_a_word_in_a_test() {
    let demand = "The kiln shall shut down at 1300 degrees and shall not restart by itself.";
    let positive = fires("shuts_down", "assert kiln(1301).down()");
    let told = kiln(demand, &positive);
    let said = "REQ-KILN-002 says \"shall not restart by itself\", and `test_shuts_down` looks at nothing but success and has no word of it";
    assert!(told.contains(said) && told.contains("S07 warning docs/srs.md:4:46"), "{told}");
    for silent in [
        positive.clone() + &fires("stays_down", "k = kiln(1301)\n    assert k.wait(60).restarts == 0"),
        fires("shuts_down", "assert not kiln(1301).hot()"),
        fires("shuts_down", "assert kiln(1301).state == \"down\""),
        positive.clone() + "def restarted(kiln):\n    return kiln.starts\n",
    ] {
        assert_eq!(kiln(demand, &silent), "", "{silent}");
    }
    for other in [
        "The kiln shall not restart by itself.",
        "The kiln shall shut down at 1300 degrees.",
        "The kiln shall shut down at 1300 degrees and shall not be down before.",
    ] {
        assert_eq!(kiln(other, &positive), "", "{other}");
    }
}
