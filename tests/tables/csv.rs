use proptest::prelude::*;
use tracegate::read::csv_table::{Csv, rows};

/// The rows as text, after checking that every span names its cell.
fn read(text: &str) -> (Vec<Vec<String>>, Vec<String>) {
    let csv = rows(text, 0);
    check(text, &csv);
    let cells = csv.rows.iter().map(|row| row.cells.iter().map(|cell| cell.text.clone()).collect());
    let problems = csv.problems.iter().map(|problem| {
        let at = &text[problem.span.range()];
        format!("{}: {at}", problem.reason)
    });
    (cells.collect(), problems.collect())
}

fn check(text: &str, csv: &Csv) {
    for row in &csv.rows {
        assert!(text.get(row.span.range()).is_some());
        for cell in &row.cells {
            assert!(row.span.contains(cell.span));
            let slice = text.get(cell.span.range()).unwrap();
            let unescaped = slice.replace("\"\"", "\"");
            let loose = slice.replace('"', "");
            assert!(
                slice == cell.text || unescaped == cell.text || loose == cell.text.replace('"', ""),
                "{slice:?} is not {:?}",
                cell.text
            );
        }
    }
    for problem in &csv.problems {
        assert!(text.get(problem.span.range()).is_some());
    }
}

fn strings(rows: &[&[&str]]) -> Vec<Vec<String>> {
    rows.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
}

#[test]
fn separators_are_found_quotes_and_line_breaks_read() {
    let cases: [(&str, &[&[&str]]); 9] = [
        ("ID,Text\r\nREQ-1,\"a, b\"\r\n", &[&["ID", "Text"], &["REQ-1", "a, b"]]),
        ("ID;Text;Tests\nR-1;a, b;t1, t2\n", &[&["ID", "Text", "Tests"], &["R-1", "a, b", "t1, t2"]]),
        ("ID\tText\nR-1\ta; b, c", &[&["ID", "Text"], &["R-1", "a; b, c"]]),
        ("ID,Text\nR-1,\"two\nlines; \"\"so\"\"\"\n", &[&["ID", "Text"], &["R-1", "two\nlines; \"so\""]]),
        ("sep=;\nID;Text\nR-1;a,b,c,d\n", &[&["ID", "Text"], &["R-1", "a,b,c,d"]]),
        ("ID, Text\nR-1,  \"a, b\" \n\n,\n", &[&["ID", "Text"], &["R-1", "a, b"]]),
        ("ID,Text\rR-1,a\r", &[&["ID", "Text"], &["R-1", "a"]]),
        ("ID\nR-1\n", &[&["ID"], &["R-1"]]),
        ("", &[]),
    ];
    for (text, expected) in cases {
        assert_eq!(read(text), (strings(expected), vec![]), "{text:?}");
    }
}

#[test]
fn ragged_rows_are_read_and_told_once() {
    let (rows, problems) = read("ID,Text,Test\nR-1,a\nR-2,b,t\nR-3,c\nR-4,d, e,t,u\nR-5,f,t,,,\n");
    assert_eq!(rows.len(), 6);
    assert_eq!(
        problems,
        [
            "the row has more cells than the 3 of other rows: R-4,d, e,t,u",
            "2 rows have fewer cells than the 3 of other rows; the first: R-1,a",
        ]
    );
}

#[test]
fn a_column_that_is_mostly_empty_is_a_column() {
    assert_eq!(read("ID,Text,Note\nR-1,a,\nR-2,b,\nR-3,c,x\n").1, [""; 0]);
}

#[test]
fn an_open_quote_costs_one_cell_and_not_the_rest_of_the_file() {
    let (rows, problems) = read("ID,Text\nR-1,\"open\nR-2,b\n");
    assert_eq!(rows, strings(&[&["ID", "Text"], &["R-1", "\"open"], &["R-2", "b"]]));
    assert_eq!(problems, ["a quote is not closed before the end of the text: \""]);
}

#[test]
fn text_behind_a_quote_is_kept_and_told() {
    let (rows, problems) = read("ID,Text\nR-1,\"a\" b\nR-2,\"c\"\n");
    assert_eq!(rows[1], ["R-1", "a b"]);
    assert_eq!(problems, ["text stands behind a closing quote: \"a\" b"]);
}

#[test]
fn columns_are_bounded() {
    let csv = rows(&"a,".repeat(100_000), 0);
    assert_eq!(csv.rows[0].cells.len(), 16_384);
    assert!(csv.problems[0].reason.contains("more than 16384 cells"));
}

#[test]
fn a_slice_of_a_file_gives_offsets_in_the_file() {
    let csv = rows("ID,Text\nR-1,a\n", 100);
    assert_eq!(csv.rows[1].span.start, 108);
    assert_eq!(csv.rows[1].cells[1].span.range(), 112..113);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "\\PC*") {
        check(&text, &rows(&text, 0));
    }

    #[test]
    fn any_notation(parts in prop::collection::vec(prop::sample::select(vec![
        "\"", "\"\"", ",", ";", "\t", "\n", "\r\n", "\r", " ", "a", "é", "REQ-1", "sep=;"]), 0..40)) {
        let text = parts.concat();
        check(&text, &rows(&text, 0));
    }

    /// Whatever is quoted as RFC 4180 says is read back.
    #[test]
    fn quoted_cells_come_back(table in prop::collection::vec(
        prop::collection::vec("[a-zé\",;\n]{1,6}", 3), 1..6)) {
        let quote = |cell: &String| format!("\"{}\"", cell.replace('"', "\"\""));
        let line = |row: &Vec<String>| row.iter().map(quote).collect::<Vec<_>>().join(",");
        let text = table.iter().map(line).collect::<Vec<_>>().join("\n");
        let csv = rows(&text, 0);
        check(&text, &csv);
        let expected: Vec<Vec<String>> = table.iter()
            .map(|row| row.iter().map(|cell| cell.trim().to_owned()).collect::<Vec<_>>())
            .filter(|row| row.iter().any(|cell| !cell.is_empty()))
            .collect();
        let found: Vec<Vec<String>> = csv.rows.iter()
            .map(|row| row.cells.iter().map(|cell| cell.text.clone()).collect())
            .collect();
        prop_assert_eq!(found, expected);
    }
}
