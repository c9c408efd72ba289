//! Tables in which people write down what they did.

use super::contents;
use tracegate::model::contents::{Filled, Item, ItemKind};

fn items(text: &str) -> Vec<Item> {
    contents("records/CR-009.md", &format!("# CR-009: Kettle\n\n## Execution\n\n{text}")).items
}

#[test]
fn items_are_learnt_from_the_names_of_columns() {
    let found = items(
        "| EI | Task Description | Execution Summary | Task Outcome | Performed By - Date |\n|---|---|---|---|---|\n\
         | EI-1 | Fit the lid | Fitted | Pass | kowal - 2026-02-01 |\n| EI-2 | Boil | [SUMMARY] | [Pass/Fail] | [PERFORMER] - [DATE] |\n\
         | EI-3 | Pour | | | |\n",
    );
    let told: Vec<(&str, bool, Option<&str>)> =
        found.iter().map(|item| (item.id.as_str(), item.passed(), item.day.as_ref().map(|day| day.text.as_str()))).collect();
    assert_eq!(told, [("EI-1", true, Some("2026-02-01")), ("EI-2", false, None), ("EI-3", false, None)]);
    let filled: Vec<Filled> = found.iter().map(|item| item.outcome.as_ref().unwrap().filled).collect();
    assert_eq!(filled, [Filled::Yes, Filled::Form, Filled::Empty]);
}

#[test]
fn steps_of_a_test_have_criteria_and_observations() {
    let found = items(
        "| # | Step | Expected result | Actual result | Pass/Fail | Tester | Date |\n|---|---|---|---|---|---|---|\n\
         | 1 | Open | It opens | It opened | Pass | kowal | 2026/02/01 |\n",
    );
    let [step] = found.as_slice() else { panic!("{found:?}") };
    assert_eq!(step.expected.as_ref().unwrap().text, "It opens");
    assert_eq!(step.summary.as_ref().unwrap().text, "It opened");
    assert_eq!(step.day.as_ref().unwrap().text, "2026-02-01");
}

#[test]
fn signatures_and_comments_are_lines_of_their_own_kind() {
    let found = items(
        "| Role | Signature | Date |\n|---|---|---|\n| Author | kowal | 2026-02-01 |\n| Approver | | |\n\n### Comments\n\n\
         | Comment | Performed By - Date |\n|---|---|\n| [COMMENT] | [PERFORMER] - [DATE] |\n",
    );
    let kinds: Vec<(ItemKind, bool)> = found.iter().map(|item| (item.kind, item.optional)).collect();
    assert_eq!(kinds, [(ItemKind::Signature, false), (ItemKind::Signature, false), (ItemKind::Comment, true)]);
}

#[test]
fn a_table_of_tests_with_outcomes_tells_what_was_made() {
    let text = |cells: [&str; 2]| {
        let [first, second] = cells;
        format!(
            "# CR-009: Kettle\n\n## Tests\n\n| Test name | Exists |\n|---|---|\n| `test_lid` | {first} |\n| `test_spout` | {second} |\n"
        )
    };
    let names = |cells: [&str; 2]| {
        let found = contents("records/CR-009.md", &text(cells));
        let plain = |list: &[tracegate::source::Spanned]| list.iter().map(|one| one.text.clone()).collect::<Vec<_>>();
        (plain(&found.planned), plain(&found.delivered))
    };
    assert_eq!(names(["Yes (line 7)", "No"]), (vec![], vec!["test_lid".to_owned()]));
    assert_eq!(names(["", ""]), (vec!["test_lid".to_owned(), "test_spout".to_owned()], vec![]));
}

#[test]
fn a_row_that_a_pipe_broke_is_no_item_unless_the_pipe_stands_in_code() {
    let table = "| EI | Task | Outcome | Performed By |\n|---|---|---|---|\n| EI-1 | Run `a || b` | Pass | kowal |\n";
    let found = items(table);
    assert!(matches!(found.as_slice(), [item] if item.passed() && item.task.as_ref().unwrap().text == "Run a || b"));
    assert_eq!(items(&table.replace('`', "")), []);
}

#[test]
fn other_tables_hold_no_items() {
    for table in [
        "| Version | Date | Author | Description |\n|---|---|---|---|\n| 1.0 | 2026-02-01 | kowal | First |\n",
        "| Document | Status | Version |\n|---|---|---|\n| CR-009 | CLOSED | 2.0 |\n",
        "| Date | Event |\n|---|---|\n| 2026-02-01 | Begun |\n",
        "| File | Change Type | Description |\n|---|---|---|\n| a.py | Modify | The lid |\n",
        "| Name | Status |\n|---|---|\n| Lid | open |\n",
    ] {
        assert_eq!(items(table), [], "{table}");
    }
}
