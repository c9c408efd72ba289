//! Folders of files that are one requirement each, and the tables that lead from tests or themes to them.

use super::{analyzed, messages, requirements};

const TITLES: [&str; 6] =
    ["Status reports", "Balance management", "Order workflow", "Zebra stripes", "Decision log", "Assessment of risk"];

fn rules(family: &str, body: &str) -> Vec<(String, String)> {
    let file = |(at, title): (usize, &&str)| {
        let id = format!("{family}-{:02}-v1", at + 1);
        (
            format!("docs/rules/{id}.md"),
            format!("# {id}: {title}\n\n**Category:** `x` | **Priority:** LOW | **Status:** ACTIVE\n\n{body}\n"),
        )
    };
    TITLES.iter().enumerate().map(file).collect()
}

fn all<'f>(rules: &'f [(String, String)], more: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    rules.iter().map(|(path, text)| (path.as_str(), text.as_str())).chain(more.iter().copied()).collect()
}

const TEST: (&str, &str) = (
    "tests/test_shop.py",
    "# Verifies: SHOP-CART-01-v1\ndef test_a():\n    assert shop\n\n# Verifies: SHOP-CART-02-v1\ndef test_b():\n    assert shop\n\n# Verifies: SHOP-CART-05-v1\ndef test_c():\n    assert shop\n",
);

#[test]
fn like_files_of_a_folder_are_requirements_whatever_their_titles_say() {
    let told = rules("SHOP-CART", "## Directive\n\nThe cart MUST show it.");
    let ids: Vec<String> = (1..=6).map(|at| format!("SHOP-CART-{at:02}-v1")).collect();
    assert_eq!(requirements(&all(&told, &[TEST])), ids);
    assert_eq!(requirements(&all(&told, &[])), [""; 0], "nothing names them");
    assert_eq!(requirements(&all(&told[..4], &[TEST])), [""; 0], "four are no convention");
    let notes = rules("SHOP-CART", "What we saw on that day.");
    assert_eq!(requirements(&all(&notes, &[TEST])), [""; 0], "they demand nothing");
}

#[test]
fn their_status_is_their_own() {
    let mut told = rules("SHOP-CART", "The cart MUST show it.");
    told[3].1 = told[3].1.replace("ACTIVE", "DEPRECATED");
    assert_eq!(requirements(&all(&told, &[TEST]))[3], "SHOP-CART-04-v1 retired");
    let graph = analyzed(&all(&told, &[TEST])).graph;
    assert!(graph.requirements.iter().all(|one| one.namespace == 0), "a folder is one specification");
    assert_eq!(graph.requirements[1].title, "Balance management");
}

#[test]
fn a_registry_leads_from_files_of_tests_to_rules() {
    let told = rules("SHOP-CART", "The cart MUST show it.");
    let registry = "# Test Registry - Rule Traceability\n\n| Test File | Rule(s) | Category |\n|---|---|---|\n| test_cart.py | SHOP-CART-01-v1, SHOP-CART-02-v1 | Cart |\n| test_sums.py | SHOP-CART-03-v1 | Sums |\n| test_gone.py | SHOP-CART-04-v1 | Sums |\n";
    let test = "def test_a():\n    assert shop\n";
    let files = all(&told, &[("tests/TEST_REGISTRY.md", registry), ("tests/test_cart.py", test), ("tests/test_sums.py", test)]);
    let graph = analyzed(&files).graph;
    assert_eq!(graph.rows.len(), 3);
    let cited = graph.requirements.iter().filter(|one| !one.evidence.is_empty()).count();
    assert_eq!(cited, 3);
    let ghosts = messages(&files, "M02");
    assert!(ghosts.len() == 1 && ghosts[0].contains("test_gone.py"), "{ghosts:?}");
}

#[test]
fn the_identifiers_behind_a_theme_are_what_its_row_is_about() {
    let specification = "# Requisitos\n\n- **RF-079** Log de acoes.\n- **RF-080** Detalhe do log.\n- **RF-012** Aulas avulsas.\n- **RF-013** Cancelamento.\n";
    let matrix = "# Rastreabilidade — requisito e código\n\n| Tema | Entidade(s) | Arquivos |\n|---|---|---|\n| Auditoria (RF-079/080) | `Log` | `src/log.ts` |\n| Aulas e cancelamento (RF-012..013) | `Aula` | `src/aula.ts` |\n| Paleta de cores | — | `src/cores.css` |\n";
    let files =
        [("docs/requisitos.md", specification), ("docs/rastreabilidade.md", matrix), ("src/log.ts", "export const a = 1;\n")];
    let graph = analyzed(&files).graph;
    assert_eq!(graph.rows.len(), 2);
    assert_eq!(graph.requirements.len(), 4);
    assert!(graph.requirements.iter().all(|one| one.rows.len() == 1));
    // A legend, and words in brackets, name nothing.
    let legend = matrix.replace("(RF-079/080)", "(UTF-8)").replace("(RF-012..013)", "(em 2024)");
    let graph = analyzed(&[("docs/requisitos.md", specification), ("docs/rastreabilidade.md", &legend)]).graph;
    assert_eq!(graph.rows.len(), 0);
}

#[test]
fn steps_that_name_requirements_are_test_cases_by_hand() {
    let specification = "# Kiln requirements\n\n- **KILN-1**: The kiln shall log.\n- **KILN-2**: The door shall lock.\n- **KILN-3**: The lamp shall be lit.\n";
    for header in [
        "| # | Step | Expected result | Requirement(s) |",
        "| # | 操作 | 期待結果 | 対応要件 |",
        "| No | Action | Expected | Verifies |",
    ] {
        let steps = format!(
            "# Checks by hand\n\n{header}\n|---|---|---|---|\n| 1 | Fire the kiln | A line in the log | `KILN-1` |\n| 2 | Pull the door | It stays shut | `KILN-2`, `KILN-3` |\n| 3 | Go home | Nothing | — |\n"
        );
        let files = [("docs/kiln.md", specification), ("docs/checks.md", steps.as_str())];
        let graph = analyzed(&files).graph;
        assert_eq!(graph.rows.len(), 2, "{header}");
        assert!(graph.requirements.iter().all(|one| one.rows.len() == 1), "{header}");
        assert_eq!(messages(&files, "T01"), [""; 0], "{header}");
        assert!(graph.requirements.iter().all(|one| one.evidence.is_empty()), "words are no test");
    }
    let legend = "# Modes\n\n| # | Rule | Expected | Scope |\n|---|---|---|---|\n| 1 | Fire slowly | Warm | KILN |\n";
    assert_eq!(analyzed(&[("docs/kiln.md", specification), ("docs/modes.md", legend)]).graph.rows.len(), 0);
}

#[test]
fn a_table_below_confirmed_requirements_defines_them_in_any_document() {
    let table = |heading: &str| {
        format!(
            "# 概要\n\n## {heading}\n\n| ID | 要件 |\n|---|---|\n| SEC-001 | 外部へ送らないこと。 |\n| SEC-002 | 記録すること。 |\n"
        )
    };
    assert_eq!(requirements(&[("docs/overview.md", &table("機密情報の確定要件"))]), ["SEC-001", "SEC-002"]);
    assert_eq!(requirements(&[("docs/overview.md", &table("用語"))]), [""; 0]);
}

#[test]
fn a_class_of_tests_may_be_written_with_a_blank() {
    let rows = |cell: &str| {
        format!("# Traceability matrix\n\n| Requirement | Tests |\n|---|---|\n| KILN-1 | {cell} |\n| KILN-2 | `KilnLampTest` |\n")
    };
    let class = |name: &str| format!("class {name} {{\n    @Test\n    void works() {{ assertEquals(1, 1); }}\n}}\n");
    let (door, lamp) = (class("KilnDoorTest"), class("KilnLampTest"));
    let found = |cell: &str, more: &[(&str, &str)]| {
        let matrix = rows(cell);
        let mut files = vec![
            ("docs/matrix.md", matrix.as_str()),
            ("src/test/java/KilnDoorTest.java", door.as_str()),
            ("src/test/java/KilnLampTest.java", lamp.as_str()),
        ];
        files.extend(more);
        let graph = analyzed(&files).graph;
        graph.requirements.iter().find(|one| one.id == *"KILN-1").map_or(0, |one| one.evidence.len())
    };
    assert_eq!(found("KilnDoor test", &[]), 1);
    assert_eq!(found("KilnDoor tests, web page test", &[]), 1);
    assert_eq!(found("KilnFan test", &[]), 0, "there is none");
    assert_eq!(found("door test", &[]), 0, "words");
    assert_eq!(found("KilnDoor test", &[("other/src/test/java/KilnDoorTest.java", &door)]), 0, "two are called so");
}

#[test]
fn a_title_of_dart_goes_on_in_the_next_literal() {
    let test = "void main() {\n  test('shows names, dates '\n      'and \\'places\\'', () {\n    expect(1, 1);\n  });\n  test('one' , () { expect(1, 1); });\n}\n";
    let graph = analyzed(&[("test/list_test.dart", test)]).graph;
    let names: Vec<&str> = graph.tests().map(|(id, _)| graph.test(id).name.as_str()).collect();
    assert_eq!(names, ["shows names, dates and 'places'", "one"]);
}

#[test]
fn files_beside_one_that_calls_itself_a_specification_are_of_its_kind() {
    let case = |id: &str, title: &str| {
        (
            format!("docs/{id}.md"),
            format!("# {id}: {title}\n\n**Версия:** 1.0 | **Статус:** В работе\n\n## Шаги\n\n1. See OVEN-F-9.\n"),
        )
    };
    let titles = ["Requirements of the door", "Close the door", "Ring the bell", "Turn the plate"];
    let cases: Vec<(String, String)> = (1..).zip(titles).map(|(at, title)| case(&format!("UC-90{at}"), title)).collect();
    let matrix = ("docs/RTM.md", "# Traceability matrix\n\n| Requirement | Test |\n|---|---|\n| UC-903 | TC-1 |\n");
    assert_eq!(requirements(&all(&cases, &[matrix])), ["UC-901", "UC-902", "UC-903", "UC-904"]);
    let undefined: Vec<String> =
        messages(&all(&cases, &[matrix]), "M01").into_iter().filter(|one| one.contains("define")).collect();
    assert_eq!(undefined, [""; 0]);
    // Another family, another form, or one file alone is something else.
    let notes: Vec<(String, String)> =
        [("NOTE-1", "One"), ("NOTE-2", "Two"), ("NOTE-3", "Three")].map(|(id, title)| case(id, title)).into();
    assert_eq!(requirements(&all(&[cases[..1].to_vec(), notes].concat(), &[])), ["UC-901"]);
    assert_eq!(requirements(&all(&cases[..2], &[])), ["UC-901"]);
    // Rows that name most of them do as well.
    let plain: Vec<(String, String)> = (1..).zip(&titles[1..]).map(|(at, title)| case(&format!("UC-80{at}"), title)).collect();
    let spec =
        ("docs/brd.md", "# Requirements\n\n### OVEN-F-1: Heat\n\nIt shall heat.\n\n### OVEN-F-2: Cool\n\nIt shall cool.\n");
    let rows = "# Traceability matrix\n\n| Requirement | UC | Test |\n|---|---|---|\n| OVEN-F-1 | UC-801, UC-802 | TC-1 |\n| OVEN-F-2 | UC-803 | TC-2 |\n";
    assert_eq!(
        requirements(&all(&plain, &[spec, ("docs/RTM.md", rows)])),
        ["OVEN-F-1", "OVEN-F-2", "UC-801", "UC-802", "UC-803"]
    );
    assert_eq!(requirements(&all(&plain, &[spec])), ["OVEN-F-1", "OVEN-F-2"]);
}
