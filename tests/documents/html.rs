//! Tables that Markdown holds as HTML.

use super::{analyzed, requirements};
use tracegate::model::test_case::Kind;

const HEAD: &str = "<table border=\"1\">\n  <thead>\n    <tr style=\"text-align: right;\">\n";

fn table(head: &[&str], rows: &str) -> String {
    let cells: String = head.iter().map(|name| format!("      <th>{name}</th>\n")).collect();
    format!("{HEAD}{cells}    </tr>\n  </thead>\n  <tbody>\n{rows}  </tbody>\n</table>\n")
}

#[test]
fn a_table_of_requirements_is_read_with_the_lines_of_its_cells() {
    let rows = "    <tr>\n      <td>REQ-1</td>\n      <td>The pump shall start.</td>\n    </tr>\n\n    <tr><td><a href=\"a.md\">REQ-2</a></td><td>The pump\n shall stop.</td></tr>\n";
    let text = format!("# Requirements\n\n<br>\n{}\n- **REQ-3**: The pump shall hum.\n", table(&["ID", "Requirement"], rows));
    let graph = analyzed(&[("docs/requirements.md", &text)]).graph;
    let found: Vec<(&str, usize)> = graph
        .requirements
        .iter()
        .map(|one| (one.id.as_str(), graph.inputs[0].text.position(one.place.span.start).0 as usize))
        .collect();
    let line = |piece: &str| text.lines().position(|line| line.contains(piece)).unwrap() + 1;
    assert_eq!(found, [("REQ-1", line("REQ-1")), ("REQ-2", line("REQ-2")), ("REQ-3", line("REQ-3"))]);
}

#[test]
fn cells_that_span_rows_cite_for_each_of_them() {
    let specification =
        "# Requirements\n\n| ID | Requirement |\n|---|---|\n| REQ-1 | It shall start. |\n| REQ-2 | It shall stop. |\n";
    let rows = "<tr><td>REQ-1</td><td rowspan=\"2\">tests/test_pump.py::test_runs</td></tr>\n<tr><td>REQ-2</td></tr>\n";
    let matrix = format!("# Traceability matrix\n\n{}", table(&["Requirement ID", "Test"], rows));
    let tests = "def test_runs():\n    assert run()\n";
    let graph =
        analyzed(&[("docs/requirements.md", specification), ("docs/rtm.md", &matrix), ("tests/test_pump.py", tests)]).graph;
    assert_eq!(graph.rows.len(), 2);
    assert!(graph.tests().any(|(id, _)| graph.test(id).kind == Kind::Test));
    assert!(graph.requirements.iter().all(|one| one.evidence.len() == 1), "{:?}", graph.rows);
}

#[test]
fn what_stands_in_a_table_for_the_looks_is_read_as_before() {
    let text = "# Requirements\n\n<table><tr><td>\n\n- **REQ-1**: The pump shall start.\n\n</td><td>\n\n- **REQ-2**: The pump shall stop.\n\n</td></tr></table>\n";
    assert_eq!(requirements(&[("docs/requirements.md", text)]), ["REQ-1", "REQ-2"]);
    let shown = format!(
        "# Requirements\n\n```html\n{}```\n",
        table(&["ID", "Requirement"], "<tr><td>REQ-1</td><td>It shall.</td></tr>\n")
    );
    assert_eq!(requirements(&[("docs/requirements.md", &shown)]), [""; 0], "an example");
}

#[test]
fn tables_without_end_take_no_longer_than_others() {
    let open = "<table><tr><th>A</th><th>B</th></tr>\n\n".repeat(20_000);
    let nested = format!("{}{}", "<table>\n\n".repeat(20_000), "</table>\n\n".repeat(20_000));
    for text in [open, nested] {
        assert_eq!(requirements(&[("docs/requirements.md", &text)]), [""; 0]);
    }
}
