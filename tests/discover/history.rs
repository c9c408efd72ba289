//! What changed after the evidence, in repositories with a history.

use super::Folder;
use crate::checks::support::rendered;
use tracegate::analysis::{Analysis, analyze};
use tracegate::discover::commit::Commit;
use tracegate::discover::disk::Disk;
use tracegate::discover::joined::{Joined, Part};
use tracegate::discover::tree::{Memory, Tree};
use tracegate::finding::Severity;
use tracegate::model::revision::Why;
use tracegate::settings::Settings;

const SRS: &str = "# HOIST-SRS: Hoist Requirements Specification\n\n### REQ-HOIST-001: Load\n\
    The hoist shall refuse more than 200 kg.\n\n### REQ-HOIST-002: Brake\nThe hoist shall brake when power fails.\n";
const TESTS: &str = "from hoist import lift, brake\n\n\ndef test_refuses():\n    assert not lift(201)\n\n\n\
    def test_brakes():\n    assert brake(power=False)\n";
const CODE: &str = "def lift(load):\n    \"\"\"Implements: REQ-HOIST-001\"\"\"\n    return load <= 200\n\n\n\
    def brake(power):\n    \"\"\"Implements: REQ-HOIST-002\"\"\"\n    return not power\n";

fn matrix(commit: &str) -> String {
    format!(
        "# HOIST-RTM: Hoist Traceability Matrix\n\n| Attribute | Value |\n|---|---|\n| Commit | {commit} |\n\n\
         | Req ID | Test | Status |\n|---|---|---|\n| REQ-HOIST-001 | tests/test_hoist.py::test_refuses | PASS |\n\
         | REQ-HOIST-002 | tests/test_hoist.py::test_brakes | PASS |\n"
    )
}

/// A repository at the commit of the evidence.
fn repository() -> (Folder, String) {
    let folder = Folder::new(&[("docs/srs.md", SRS), ("src/hoist.py", CODE), ("tests/test_hoist.py", TESTS)]);
    folder.git(&["init", "--quiet", "--initial-branch=main"]);
    let first = folder.commit();
    folder.write("docs/rtm.md", &matrix(&first[..8]));
    folder.commit();
    (folder, first)
}

fn analyzed(folder: &Folder) -> Analysis {
    analyze(&Disk::open(folder.path(), &[]).unwrap(), &Settings::default())
}

/// What is told of changes and of ghosts.
fn told(folder: &Folder) -> String {
    let analysis = analyzed(folder);
    rendered(&analysis, "E05") + &rendered(&analysis, "M02")
}

fn edit(folder: &Folder, path: &str, from: &str, to: &str) {
    let text = std::fs::read_to_string(folder.path().join(path)).unwrap();
    assert!(text.contains(from));
    folder.write(path, &text.replace(from, to));
}

#[test]
fn evidence_of_what_did_not_change_is_fresh() {
    let (folder, _) = repository();
    assert_eq!(told(&folder), "");
    edit(&folder, "tests/test_hoist.py", "    assert brake", "    # It must hold.\n    assert  brake");
    edit(&folder, "src/hoist.py", "def brake(power):", "def unused():\n    return 1\n\n\ndef brake( power ):");
    edit(&folder, "docs/srs.md", "refuse more", "refuse\nmore");
    folder.commit();
    assert_eq!(told(&folder), "", "comments, layout and other things");
    folder.git(&["mv", "tests/test_hoist.py", "tests/test_moved.py"]);
    folder.git(&["mv", "docs/srs.md", "docs/requirements.md"]);
    folder.git(&["mv", "src/hoist.py", "src/winch.py"]);
    edit(&folder, "docs/rtm.md", "tests/test_hoist.py", "tests/test_moved.py");
    folder.commit();
    assert_eq!(told(&folder), "", "files of another name");
}

#[test]
fn the_requirement_changed_after_the_evidence() {
    let (folder, first) = repository();
    edit(&folder, "docs/srs.md", "200 kg", "250 kg");
    let text = told(&folder);
    assert!(text.starts_with("E05 error docs/srs.md:3:5 `REQ-HOIST-001`"), "{text}");
    assert!(text.contains(&format!("at `{}`", &first[..8])) && text.contains("in the working tree"), "{text}");
    let change = folder.commit();
    let text = told(&folder);
    assert!(text.contains(&format!("by {} (t, 2025-01-01)", &change[..7])), "{text}");
    assert!(text.contains("see:     docs/rtm.md:9:19 relies on it"), "{text}");
    assert!(text.contains("see:     docs/rtm.md:5:12 the commit of the evidence"), "{text}");
    assert_eq!(text.matches("E05").count(), 1, "{text}");
    // Run again on what there is now.
    folder.write("docs/rtm.md", &matrix(&change));
    assert_eq!(told(&folder), "");
}

#[test]
fn a_test_changed_after_the_evidence() {
    let (folder, _) = repository();
    edit(&folder, "tests/test_hoist.py", "lift(201)", "lift(999)");
    let first = folder.commit();
    edit(&folder, "tests/test_hoist.py", "def test_brakes", "def test_other():\n    assert lift(1)\n\n\ndef test_brakes");
    folder.commit();
    let text = told(&folder);
    assert!(text.starts_with("E05 error tests/test_hoist.py:4:5 `test_refuses`"), "{text}");
    assert!(
        text.contains(&format!("by {} (t, 2025-01-01)\n", &first[..7])),
        "not by the commit that changed other lines\n{text}"
    );
    edit(&folder, "tests/test_hoist.py", "lift(999)", "lift(500)");
    let last = folder.commit();
    let text = told(&folder);
    assert!(text.contains(&format!("by {} (t, 2025-01-01), the last of 2 commits", &last[..7])), "{text}");
    edit(&folder, "tests/test_hoist.py", "lift(500)", "lift(201)");
    folder.commit();
    assert_eq!(told(&folder), "", "it is as it was");
}

/// What E05 says where the first of these contents of a test file becomes the second one after the evidence.
fn helped(path: &str, shared: Option<(&str, &str)>, test: &str, before: &str, after: &str) -> String {
    let folder = Folder::new(&[("docs/srs.md", SRS), ("src/hoist.py", CODE), (path, test)]);
    if let Some((path, text)) = shared {
        folder.write(path, text);
    }
    folder.git(&["init", "--quiet", "--initial-branch=main"]);
    let first = folder.commit();
    folder.write("docs/rtm.md", &matrix(&first[..8]).replace("tests/test_hoist.py", path));
    folder.commit();
    assert_eq!(told(&folder), "", "{test}");
    edit(&folder, shared.map_or(path, |(path, ..)| path), before, after);
    folder.commit();
    rendered(&analyzed(&folder), "E05")
}

const HELPED: &str = "from hoist import lift, brake\n\n\ndef load():\n    return heavy()\n\n\ndef heavy():\n    return 201\n\n\n\
    def unused():\n    return 7\n\n\ndef test_refuses():\n    assert not lift(load())\n\n\n\
    def test_brakes():\n    # load() is another matter, and so is heavy\n    heavy = kit.load()\n    assert brake(power=False) == heavy\n";

#[test]
fn a_helper_that_a_test_calls_changed_after_the_evidence() {
    let told = helped("tests/test_hoist.py", None, HELPED, "return heavy()", "return heavy() + 1");
    assert!(told.starts_with("E05 error tests/test_hoist.py:4:5 `load`"), "{told}");
    assert!(told.contains("`load`, which tests of REQ-HOIST-001 call, changed after"), "{told}");
    assert!(told.contains(": by ") && told.contains("docs/rtm.md:9:19 relies on it"), "{told}");
    assert_eq!(told.matches("E05").count(), 1, "{told}");
    let told = helped("tests/test_hoist.py", None, HELPED, "return 201", "return 1");
    assert!(told.contains("`heavy`, which tests of REQ-HOIST-001 call, changed after"), "through another helper\n{told}");
    assert_eq!(told.matches("E05").count(), 1, "a variable calls nothing\n{told}");
    let silent = [
        ("return 7", "return 8"),
        ("return 201", "# heavy enough\n    return  201"),
        ("heavy():\n    return 201", "heavy():\n    return 201\n\n\ndef more():\n    return 1"),
    ];
    for (before, after) in silent {
        assert_eq!(helped("tests/test_hoist.py", None, HELPED, before, after), "", "{after}");
    }
}

#[test]
fn a_fixture_that_runs_for_a_test_changed_after_the_evidence() {
    let test = TESTS.replace("test_refuses()", "test_refuses(rope)").replace("test_brakes()", "test_brakes(hook)");
    let conftest = "import pytest\n\n\n@pytest.fixture\ndef rope():\n    yield make(1)\n\n\n@pytest.fixture\ndef hook():\n    return 1\n\n\ndef make(n):\n    return n\n";
    let of =
        |before: &str, after: &str| helped("tests/test_hoist.py", Some(("tests/conftest.py", conftest)), &test, before, after);
    let told = of("yield make(1)", "yield make(2)");
    assert!(told.contains("`rope`, which runs for tests of REQ-HOIST-001, changed after"), "{told}");
    let told = of("return n", "return n + 1");
    assert!(told.contains("`make`, which tests of REQ-HOIST-001 call, changed after"), "{told}");
    let own = "\n\n@pytest.fixture\ndef rope():\n    return 5\n";
    let test = format!("{test}{own}");
    let shadowed = helped("tests/test_hoist.py", Some(("tests/conftest.py", conftest)), &test, "yield make(1)", "yield make(2)");
    assert_eq!(shadowed, "", "the file has its own");
    let other = helped("tests/test_hoist.py", Some(("other/conftest.py", conftest)), TESTS, "yield make(1)", "yield make(2)");
    assert_eq!(other, "", "another folder");
}

#[test]
fn a_helper_that_a_test_imports_changed_after_the_evidence() {
    let test = TESTS.replace("def test_refuses():", "def test_refuses():\n    prepare(3)");
    let kit = "from .rig import wind\n\n\ndef ready(n):\n    return wind(n)\n\n\ndef spare(n):\n    return n\n";
    let of = |line: &str, path: &str, before: &str, after: &str| {
        helped("tests/test_hoist.py", Some((path, kit)), &format!("{line}\n{test}"), before, after)
    };
    for (line, path) in [
        ("from .kit import ready as prepare", "tests/kit.py"),
        ("from tests.kit import ready as prepare", "tests/kit.py"),
        ("from kit import (\n    spare,\n    ready as prepare,\n)", "tests/kit.py"),
        ("from .support.kit import ready as prepare", "tests/support/kit.py"),
    ] {
        let told = of(line, path, "return wind(n)", "return wind(n) + 1");
        assert!(told.contains("`ready`, which tests of REQ-HOIST-001 call, changed after"), "{line}: {told}");
        assert_eq!(of(line, path, "    return n\n", "    return 2\n"), "", "{line}: nothing calls the other one");
    }
    assert_eq!(of("from other.kit import ready as prepare", "tests/kit.py", "wind(n)\n", "wind(2)\n"), "", "another module");
    let own = format!("from .kit import prepare\n{test}\n\ndef prepare(n):\n    return n\n");
    let kit = "def prepare(n):\n    return n\n";
    let told = helped("tests/test_hoist.py", Some(("tests/kit.py", kit)), &own, "return n", "return 2");
    assert_eq!(told, "", "the file has its own");
}

#[test]
fn a_helper_in_another_file_of_other_languages_changed_after_the_evidence() {
    struct Case<'t> {
        test: (&'t str, &'t str),
        helper: (&'t str, &'t str),
        name: &'t str,
    }
    let script = |line: &str, call: &str| {
        format!(
            "{line}\nit('test_refuses', () => {{ {call}(201); expect(lift(201)).toBe(false); }});\n\
             it('test_brakes', () => {{ expect(brake()).toBe(true); }});\n"
        )
    };
    let rust = |line: &str, call: &str| {
        format!(
            "{line}\n#[test]\nfn test_refuses() {{ {call}(201); assert!(lift(2)); }}\n#[test]\nfn test_brakes() {{ assert!(brake()); }}\n"
        )
    };
    let (named, whole) =
        (script("import { ready as set } from './kit.js';", "set"), script("import * as kit from './kit';", "kit.ready"));
    let required = script("const { ready } = require('../tests/kit');", "ready");
    let (used, owned) = (rust("mod kit;\nuse kit::{ready, spare};", "ready"), rust("mod kit;", "kit::ready"));
    let above = rust("use crate::kit::ready;", "ready");
    let kit = "export function ready(n) { return wind(n); }\nexport function spare(n) { return n; }\n";
    let module = "pub fn ready(n: u32) -> u32 { wind(n) }\npub fn spare(n: u32) -> u32 { n }\n";
    let go = "package hoist\n\nfunc TestRefuses(t *testing.T) { ready(201); t.Fatal(lift(2)) }\n\nfunc TestBrakes(t *testing.T) { t.Fatal(brake()) }\n";
    let package = "package hoist\n\nfunc ready(n int) int { return wind(n) }\n\nfunc spare(n int) int { return n }\n";
    let java = "class HoistTest {\n  @Test void test_refuses() { Kit.ready(201); assertTrue(lift(2)); }\n  @Test void test_brakes() { assertTrue(brake()); }\n}\n";
    let class = "class Kit {\n  static int ready(int n) { return wind(n); }\n  static int spare(int n) { return n; }\n}\n";
    for case in [
        Case { test: ("tests/hoist.test.ts", &named), helper: ("tests/kit.ts", kit), name: "ready" },
        Case { test: ("tests/hoist.test.js", &whole), helper: ("tests/kit/index.js", kit), name: "ready" },
        Case { test: ("tests/hoist.test.js", &required), helper: ("tests/kit.js", kit), name: "ready" },
        Case { test: ("tests/hoist.rs", &used), helper: ("tests/kit/mod.rs", module), name: "ready" },
        Case { test: ("tests/hoist.rs", &owned), helper: ("tests/kit.rs", module), name: "ready" },
        Case { test: ("tests/all/hoist.rs", &above), helper: ("tests/kit.rs", module), name: "ready" },
        Case { test: ("tests/hoist_test.go", go), helper: ("tests/kit_test.go", package), name: "ready" },
        Case { test: ("src/test/java/HoistTest.java", java), helper: ("src/test/java/Kit.java", class), name: "ready" },
    ] {
        let of = |before: &str, after: &str| {
            let go = case.test.0.ends_with(".go");
            let (path, text) = case.test;
            let folder = Folder::new(&[("docs/srs.md", SRS), ("src/hoist.py", CODE), (path, text), case.helper]);
            folder.git(&["init", "--quiet", "--initial-branch=main"]);
            let first = folder.commit();
            let mut rows = matrix(&first[..8]).replace("tests/test_hoist.py", path);
            if go {
                rows = rows.replace("test_refuses", "TestRefuses").replace("test_brakes", "TestBrakes");
            }
            folder.write("docs/rtm.md", &rows);
            folder.commit();
            assert_eq!(told(&folder), "", "{path}");
            edit(&folder, case.helper.0, before, after);
            folder.commit();
            rendered(&analyzed(&folder), "E05")
        };
        let told = of("wind(n)", "wind(n + 1)");
        let expected = format!("`{}`, which tests of REQ-HOIST-001 call, changed after", case.name);
        assert!(told.contains(&expected), "{} {}: {told}", case.test.0, case.test.1);
        let (before, after) =
            if case.helper.1.contains("{ return n") { ("{ return n", "{ return 7") } else { ("{ n }", "{ 7 }") };
        assert_eq!(of(before, after), "", "{}: nothing calls the other one", case.test.0);
    }
}

#[test]
fn a_set_up_that_no_test_names_changed_after_the_evidence() {
    let python = "import unittest\n\n\nclass TestHoist(unittest.TestCase):\n    def setUp(self):\n        self.limit = 201\n\n    \
        def check(self, load):\n        assert not lift(load)\n\n    \
        def test_refuses(self):\n        self.check(self.limit)\n\n    def test_brakes(self):\n        assert brake(power=False)\n\n\n\
        class TestOther(unittest.TestCase):\n    def setUp(self):\n        self.other = 1\n\n    def check(self, load):\n        assert load\n\n    \
        def test_other(self):\n        self.check(3)\n";
    let path = "tests/test_hoist.py";
    let told = helped(path, None, python, "self.limit = 201", "self.limit = 1");
    assert!(told.contains("`setUp`, which runs for tests of REQ-HOIST-001 and REQ-HOIST-002, changed after"), "{told}");
    let told = helped(path, None, python, "assert not lift(load)", "assert lift(load)");
    assert!(told.contains("`check`, which tests of REQ-HOIST-001 call, changed after"), "{told}");
    assert_eq!(helped(path, None, python, "self.other = 1", "self.other = 2"), "", "another class");
    assert_eq!(helped(path, None, python, "assert load", "assert load == 3"), "", "another class");
    let script = "describe('hoist', () => {\n  beforeEach(() => { power(true); });\n  const cut = () => { power(false); };\n  function fall() { return cut(); }\n  \
        it('test_refuses', () => { expect(lift(201)).toBe(false); });\n  it('test_brakes', () => { fall(); expect(brake()).toBe(true); });\n});\n";
    let path = "tests/hoist.test.js";
    let told = helped(path, None, script, "power(true)", "power(false)");
    assert!(told.contains("which runs for tests of REQ-HOIST-001 and REQ-HOIST-002, changed after"), "{told}");
    let told = helped(path, None, script, "return cut()", "return cut(1)");
    assert!(told.contains("`fall`, which tests of REQ-HOIST-002 call, changed after"), "{told}");
}

#[test]
fn the_implementation_changed_after_the_evidence() {
    let (folder, _) = repository();
    edit(&folder, "src/hoist.py", "return not power", "return True");
    let change = folder.commit();
    let text = told(&folder);
    assert!(text.contains("`src/hoist.py:brake`, which implements REQ-HOIST-002, changed after"), "{text}");
    assert!(text.contains(&format!("by {} (t", &change[..7])), "{text}");
    assert_eq!(text.matches("E05").count(), 1, "{text}");
}

#[test]
fn a_test_that_was_deleted_is_told_from_one_that_never_was_and_one_that_came_later() {
    let (folder, first) = repository();
    edit(&folder, "tests/test_hoist.py", "def test_refuses():\n    assert not lift(201)\n", "");
    let removed = folder.commit();
    edit(&folder, "tests/test_hoist.py", "def test_brakes", "def test_later():\n    assert lift(3)\n\n\ndef test_brakes");
    let added = folder.commit();
    edit(&folder, "docs/rtm.md", "::test_brakes", "::test_later, tests/test_hoist.py::test_dreamt");
    let analysis = analyzed(&folder);
    let text = rendered(&analysis, "E05");
    let at = format!("`{}`, the commit of the evidence", &first[..8]);
    assert!(text.contains(&format!("`test_refuses`, which is cited for REQ-HOIST-001, existed at {at}, and does not")), "{text}");
    assert!(text.contains(&format!("removed by {}", &removed[..7])), "{text}");
    assert!(text.contains(&format!("`test_later`, a test of REQ-HOIST-002, did not exist at {at}: added by {}", &added[..7])));
    assert_eq!(text.matches("E05").count(), 2, "{text}");
    let ghosts = rendered(&analysis, "M02");
    assert!(ghosts.contains("test_dreamt") && !ghosts.contains("test_refuses"), "{ghosts}");
    assert!(ghosts.contains("it did not exist at"), "{ghosts}");
    // What was qualified has the one and not the other.
    let tree = Commit::open(folder.path(), &first).unwrap();
    folder.write("docs/rtm.md", &matrix(&first));
    let documents = Memory::new([("docs/srs.md", SRS), ("docs/rtm.md", matrix(&first).as_str())]);
    let code = |path: &str| path.ends_with(".py");
    let parts = vec![Part::whole(Box::new(documents), ""), Part { tree: Box::new(tree), prefix: String::new(), takes: code }];
    let analysis = analyze(&Joined::new(parts), &Settings::default());
    assert_eq!(rendered(&analysis, "M02"), "");
    let text = rendered(&analysis, "E05");
    assert!(!text.contains("error"), "{text}");
}

#[test]
fn a_file_of_tests_that_was_deleted_is_no_ghost() {
    let (folder, _) = repository();
    folder.write("tests/test_rope.py", "def test_rope():\n    assert works()\n");
    std::fs::remove_file(folder.path().join("tests/test_hoist.py")).unwrap();
    let removed = folder.commit();
    let text = told(&folder);
    assert_eq!((text.matches("M02").count(), text.matches("E05").count()), (0, 2), "{text}");
    assert!(text.contains(&format!("removed by {}", &removed[..7])), "{text}");
}

#[test]
fn what_a_shallow_clone_cannot_see_is_not_assessed() {
    let (folder, first) = repository();
    edit(&folder, "tests/test_hoist.py", "lift(201)", "lift(999)");
    folder.commit();
    let url = format!("file://{}", folder.path().display());
    folder.git(&["clone", "--quiet", "--depth=1", &url, "shallow"]);
    let tree = Disk::open(&folder.path().join("shallow"), &[]).unwrap();
    assert_eq!(tree.past("tests/test_hoist.py", &first).err(), Some(Why::Shallow));
    let analysis = analyze(&tree, &Settings::default());
    let text = rendered(&analysis, "E05");
    assert!(text.starts_with("E05 info docs/rtm.md:5:12") && text.contains("only a part of its history"), "{text}");
    assert_eq!(text.matches("E05").count(), 1);
    // With the commit at hand but not the way to it.
    folder.git(&["clone", "--quiet", "--depth=3", &url, "deeper"]);
    let deeper = folder.path().join("deeper");
    let git = |arguments: &[&str]| {
        let arguments: Vec<&str> = ["-C", deeper.to_str().unwrap()].iter().chain(arguments).copied().collect();
        folder.git(&arguments)
    };
    git(&["fetch", "--quiet", "--depth=1", "origin", "main"]);
    let analysis = analyze(&Disk::open(&deeper, &[]).unwrap(), &Settings::default());
    let text = rendered(&analysis, "E05");
    assert!(text.contains("`test_refuses`") && text.contains("which commit did it could not be seen"), "{text}");
}

#[test]
fn a_squashed_history_says_what_it_lost() {
    let (folder, first) = repository();
    edit(&folder, "tests/test_hoist.py", "lift(201)", "lift(999)");
    folder.commit();
    let tree = folder.git(&["rev-parse", "HEAD^{tree}"]);
    let squashed = folder.git(&["commit-tree", &tree, "-m", "all"]);
    folder.git(&["reset", "--quiet", "--hard", &squashed]);
    let analysis = analyzed(&folder);
    let text = rendered(&analysis, "E05");
    assert!(text.starts_with("E05 info") && text.contains("not in the history of what is checked out"), "{text}");
    assert!(rendered(&analysis, "E03").starts_with("E03 error"));
    folder.git(&["reflog", "expire", "--expire=now", "--all"]);
    folder.git(&["branch", "--quiet", "keep"]);
    folder.git(&["gc", "--quiet", "--prune=now"]);
    let analysis = analyzed(&folder);
    assert!(rendered(&analysis, "E03").contains(&format!("`{}`, which does not exist", &first[..8])));
    assert_eq!(rendered(&analysis, "E05"), "", "E03 has told it");
}

#[test]
fn without_a_repository_nothing_passes_silently() {
    let plain = Folder::new(&[("docs/srs.md", SRS), ("tests/test_hoist.py", TESTS), ("docs/rtm.md", &matrix("0123456"))]);
    let text = told(&plain);
    assert!(text.starts_with("E05 info docs/rtm.md:5:12") && text.contains("no repository"), "{text}");
}

#[test]
fn requirements_of_another_repository_are_not_compared() {
    let (folder, first) = repository();
    edit(&folder, "tests/test_hoist.py", "lift(201)", "lift(999)");
    folder.commit();
    let documents = Folder::new(&[("srs.md", SRS), ("rtm.md", &matrix(&first))]);
    documents.git(&["init", "--quiet", "--initial-branch=main"]);
    documents.commit();
    let parts = vec![
        Part::whole(Box::new(Disk::open(documents.path(), &[]).unwrap()), ""),
        Part::whole(Box::new(Disk::open(&folder.path().join("tests"), &[]).unwrap()), "hoist"),
    ];
    let analysis = analyze(&Joined::new(parts), &Settings { tests_root: true, ..Settings::default() });
    let text = rendered(&analysis, "E05");
    assert!(text.contains("E05 error hoist/test_hoist.py:4:5 `test_refuses`"), "{text}");
    assert!(
        text.contains("E05 info") && text.contains("2 things that rtm.md relies on (REQ-HOIST-001 and REQ-HOIST-002)"),
        "{text}"
    );
    assert_eq!(analysis.findings.iter().filter(|one| one.code == "E05" && one.severity == Severity::Error).count(), 1);
}

#[test]
fn a_test_of_the_same_name_elsewhere_is_another_one() {
    let (folder, _) = repository();
    folder
        .write("tests/test_winch.py", "def test_refuses():\n    assert not wind(1)\n\n\ndef test_winds():\n    assert wind(2)\n");
    folder.write("src/winch.txt", "");
    let added = folder.commit();
    edit(&folder, "docs/rtm.md", "tests/test_hoist.py::test_refuses", "tests/test_winch.py");
    let text = told(&folder);
    assert_eq!(text.matches("E05 error").count(), 2, "{text}");
    for name in ["test_refuses", "test_winds"] {
        assert!(text.contains(&format!("`{name}`, a test of REQ-HOIST-001, did not exist at")), "{text}");
    }
    assert!(text.contains(&format!("added by {}", &added[..7])), "{text}");
    // So is one in a file that is gone and had hardly any other test of this one.
    folder.write(
        "tests/test_winch.py",
        "def test_winds():\n    assert wind(2)\n\n\ndef test_a():\n    assert a()\n\n\n\
        def test_brakes():\n    assert wind(0)\n",
    );
    std::fs::remove_file(folder.path().join("tests/test_hoist.py")).unwrap();
    edit(&folder, "docs/rtm.md", "tests/test_hoist.py::test_brakes", "tests/test_winch.py::test_brakes");
    assert!(told(&folder).contains("`test_brakes`, a test of REQ-HOIST-001 and REQ-HOIST-002, did not exist"));
    folder.git(&["checkout", "--quiet", "HEAD", "tests", "docs"]);
    edit(&folder, "docs/rtm.md", "tests/test_hoist.py::test_refuses", "tests/test_winch.py");
    // More tests in a file that is cited as a whole change nothing, and neither does its new name.
    edit(&folder, "docs/rtm.md", "tests/test_winch.py", "tests/test_hoist.py");
    edit(&folder, "tests/test_hoist.py", "def test_brakes", "def test_more():\n    assert lift(2)\n\n\ndef test_brakes");
    assert_eq!(told(&folder), "");
    folder.commit();
    folder.git(&["mv", "tests/test_hoist.py", "tests/test_lift.py"]);
    edit(&folder, "docs/rtm.md", "tests/test_hoist.py", "tests/test_lift.py");
    assert_eq!(told(&folder), "");
}

#[test]
fn a_file_of_code_is_compared_as_a_whole() {
    let (folder, first) = repository();
    folder.git(&["checkout", "--quiet", &first]);
    folder.write("src/rope.py", "# The rope.\nLENGTH = 30\n");
    let with_rope = folder.commit();
    let matrix =
        matrix(&with_rope[..9]).replace("| Test | Status |\n|---|---|---|", "| Test | Status | Code |\n|---|---|---|---|");
    folder.write("docs/rtm.md", &matrix.replace("PASS |\n", "PASS | src/rope.py |\n"));
    folder.write("src/rope.py", "LENGTH = 30  # metres\n");
    assert_eq!(told(&folder), "");
    folder.write("src/rope.py", "LENGTH = 40\n");
    let change = folder.commit();
    let text = told(&folder);
    assert_eq!(text.matches("E05").count(), 1, "one finding for both requirements: {text}");
    assert!(text.contains("`src/rope.py`, which implements REQ-HOIST-001 and REQ-HOIST-002, changed"), "{text}");
    assert!(text.contains(&format!("by {} (t", &change[..7])), "{text}");
}

/// The file of a loose object.
fn object(folder: &Folder, revision: &str) -> String {
    let id = folder.git(&["rev-parse", revision]);
    format!(".git/objects/{}/{}", &id[..2], &id[2..])
}

#[test]
fn what_is_damaged_fails_and_what_is_missing_is_not_assessed() {
    let (folder, first) = repository();
    edit(&folder, "tests/test_hoist.py", "lift(201)", "lift(999)");
    folder.commit();
    let test = object(&folder, &format!("{first}:tests/test_hoist.py"));
    let objects = [test, object(&folder, &format!("{first}^{{tree}}")), object(&folder, &first)];
    for (at, object) in objects.iter().enumerate() {
        let path = folder.path().join(object);
        let whole = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        let missing = analyzed(&folder);
        let told = rendered(&missing, "E05") + &rendered(&missing, "E03");
        let expected = if at == 2 { "E03 error docs/rtm.md:5:12" } else { "E05 info docs/rtm.md:5:12" };
        assert!(told.starts_with(expected) && !told.contains("damaged"), "{object}: {told}");
        for bytes in [&b""[..], b"words", &whole[..whole.len() / 2]] {
            std::fs::write(&path, bytes).unwrap();
            let damaged = analyzed(&folder);
            let told = rendered(&damaged, "E05") + &rendered(&damaged, "E03");
            let code = if at == 2 { "E03" } else { "E05" };
            assert!(told.contains(&format!("{code} error docs/rtm.md:5:12")), "{object}: {told}");
            assert!(told.contains("the repository is damaged") && !told.contains("does not exist"), "{object}: {told}");
        }
        std::fs::write(&path, whole).unwrap();
    }
    assert!(told(&folder).contains("E05 error"), "what is whole again is compared again");
}

#[test]
fn a_file_that_a_commit_has_and_that_cannot_be_read_is_no_submodule() {
    let (folder, _) = repository();
    std::fs::write(folder.path().join(object(&folder, "HEAD:tests/test_hoist.py")), "words").unwrap();
    let commit = tracegate::discover::commit::Commit::open(folder.path(), "HEAD").unwrap();
    let told = rendered(&analyze(&commit, &Settings::default()), "E12");
    assert!(told.contains("2 citations") && told.contains("the cited file belongs to the tree and could not be read"), "{told}");
}

#[test]
fn what_stands_in_a_repository_within_belongs_to_that_one() {
    let (inner, first) = repository();
    let outer = Folder::new(&[("README.md", "# All of it\n")]);
    outer.git(&["init", "--quiet", "--initial-branch=main"]);
    outer.commit();
    outer.git(&["clone", "--quiet", inner.path().to_str().unwrap(), "hoist"]);
    let both = || {
        let analysis = analyzed(&outer);
        rendered(&analysis, "E03") + &rendered(&analysis, "E05")
    };
    assert_eq!(both(), "", "the commit is one of the repository within");
    edit(&outer, "hoist/tests/test_hoist.py", "lift(201)", "lift(999)");
    let told = both();
    assert!(told.contains("E05 error hoist/tests/test_hoist.py") && told.contains("not committed"), "{told}");
    // A commit of the outer one is none of it.
    let own = outer.git(&["rev-parse", "HEAD"]);
    edit(&outer, "hoist/docs/rtm.md", &first[..8], &own[..8]);
    assert!(both().contains("which does not exist in the repository of its tests"));
}

/// What E05 says where an edit follows the evidence of code and tests with constants and functions beside them.
fn beside(path: &str, from: &str, to: &str) -> String {
    let code = "LIMIT = 200\nOTHER = 7\n\n\ndef clamp(load):\n    return min(load, 500)\n\n\ndef lift(load):\n    \
        \"\"\"Implements: REQ-HOIST-001\"\"\"\n    return clamp(load) <= LIMIT\n\n\ndef brake(power, other=OTHER):\n    \
        \"\"\"Implements: REQ-HOIST-002\"\"\"\n    return not power\n";
    let tests = "from hoist import lift, brake\n\nHEAVY = 201\nLIGHT = 3\n\n\ndef test_refuses():\n    assert not lift(HEAVY)\n\n\n\
        def test_brakes():\n    LIGHT = 4\n    assert brake(power=False) and LIGHT\n";
    let folder = Folder::new(&[("docs/srs.md", SRS), ("src/hoist.py", code), ("tests/test_hoist.py", tests)]);
    folder.git(&["init", "--quiet", "--initial-branch=main"]);
    let first = folder.commit();
    folder.write("docs/rtm.md", &matrix(&first[..8]));
    folder.commit();
    assert_eq!(told(&folder), "");
    edit(&folder, path, from, to);
    folder.commit();
    told(&folder)
}

#[test]
fn what_code_and_tests_use_of_their_file_changed_after_the_evidence() {
    let text = beside("src/hoist.py", "LIMIT = 200", "LIMIT = 900");
    assert!(
        text.starts_with(
            "E05 error src/hoist.py:1:1 `LIMIT`\n  message: `LIMIT` of src/hoist.py, on which the code of REQ-HOIST-001 relies"
        ),
        "{text}"
    );
    assert!(text.contains("REQ-HOIST-001") && !text.contains("REQ-HOIST-002") && text.contains("(t, 2025-01-01)"), "{text}");
    let text = beside("src/hoist.py", "min(load, 500)", "min(load, 50)");
    assert!(text.starts_with("E05 error src/hoist.py:5:5 `clamp`\n") && text.matches("E05").count() == 1, "{text}");
    let text = beside("tests/test_hoist.py", "HEAVY = 201", "HEAVY = 301");
    assert!(
        text.starts_with("E05 error tests/test_hoist.py:3:1 `HEAVY`\n") && text.contains("on which tests of REQ-HOIST-001 rely,"),
        "{text}"
    );
    assert!(text.contains("REQ-HOIST-001") && !text.contains("REQ-HOIST-002"), "{text}");
}

#[test]
fn what_nobody_uses_and_what_only_looks_different_is_no_change_of_the_evidence() {
    assert_eq!(beside("src/hoist.py", "LIMIT = 200", "# in kilograms\nLIMIT  =  200  # at most"), "");
    assert_eq!(beside("src/hoist.py", "LIMIT = 200", "LIMIT = 200\nSPARE = 4\n\n\ndef spare():\n    return SPARE\n"), "");
    assert_eq!(beside("tests/test_hoist.py", "LIGHT = 3", "LIGHT = 5"), "", "the test has one of its own");
    let text = beside("src/hoist.py", "OTHER = 7", "OTHER = 8");
    assert!(text.contains("`OTHER` of src/hoist.py") && text.contains("REQ-HOIST-002"), "{text}");
}
