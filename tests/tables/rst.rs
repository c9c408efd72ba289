use proptest::prelude::*;
use std::time::{Duration, Instant};
use tracegate::read::rst::{Rst, read};

/// What was read in lines, after checking that spans name what they stand for.
fn told(text: &str) -> String {
    let rst = read(text);
    check(text, &rst);
    let mut lines = Vec::new();
    for section in &rst.sections {
        lines.push(format!("{} {}", "#".repeat(section.level.into()), section.title.text));
    }
    for directive in &rst.directives {
        lines.push(format!("{}: {:?}", directive.name.text, directive.title.text));
        for (name, value) in &directive.options {
            lines.push(format!("    {} = {:?}", name.text, value.text));
        }
        lines.push(format!("    body {:?}", &text[directive.body.range()]));
        let last = text[directive.block.range()].lines().last().unwrap_or_default();
        lines.push(format!("    ends {:?}", last.trim()));
    }
    for table in &rst.tables {
        lines.push(format!("table {:?}, headers {}", table.title.text, table.headers));
        for row in &table.rows {
            let cells: Vec<_> = row.cells.iter().map(|cell| cell.text.as_str()).collect();
            lines.push(format!("    {cells:?}"));
        }
    }
    for problem in &rst.problems {
        lines.push(format!("problem: {}", problem.reason));
    }
    lines.join("\n")
}

fn check(text: &str, rst: &Rst) {
    let slice = |span: tracegate::source::Span| text.get(span.range()).unwrap();
    for section in &rst.sections {
        assert_eq!(slice(section.title.span), section.title.text);
        assert!(section.span.contains(section.title.span));
    }
    for directive in &rst.directives {
        assert_eq!(slice(directive.name.span), directive.name.text);
        assert!(slice(directive.block).starts_with(".."), "{directive:?}");
        assert!(directive.block.contains(directive.body), "{directive:?}");
        assert!(directive.block.contains(directive.title.span), "{directive:?}");
        for (name, value) in &directive.options {
            assert_eq!(slice(name.span), name.text);
            assert!(directive.block.contains(value.span), "{directive:?}");
            assert!(slice(value.span).contains('\n') || slice(value.span) == value.text);
        }
    }
    for table in &rst.tables {
        assert!(table.headers <= table.rows.len());
        for row in &table.rows {
            assert!(table.span.contains(row.span), "{table:?}");
            for cell in &row.cells {
                let first = cell.text.lines().next().unwrap_or_default();
                let unquoted = slice(cell.span).replace('"', "");
                assert!(unquoted.starts_with(&first.replace('"', "")) || cell.text.is_empty(), "{cell:?} {unquoted:?}");
            }
        }
    }
    for problem in &rst.problems {
        assert!(text.get(problem.span.range()).is_some());
    }
}

fn snapshot(name: &str, text: &str) {
    insta::with_settings!({
        snapshot_path => "../../snapshots/rst",
        prepend_module_to_snapshot => false,
        description => text,
        omit_expression => true,
    }, { insta::assert_snapshot!(name, told(text)) });
}

#[test]
fn directives() {
    snapshot(
        "directives",
        "\
.. req:: The pump stops
   when told
   :id: REQ-1
   :status: open
   :links: SYS-1,
           SYS-2
   :empty:

   It **shall** stop.

   .. test:: Stops
      :id: TEST-1

   Within 2 s – always.

.. note:: nothing of ours

   .. comp_req:: Starts
      :id: comp_req__pump__start

.. req:: No identifier

.. item:: REQ-3 In the title
    :validates: SYS-3
.. image:: x.png
   :alt: REQ-9

.. code-block:: rst

   .. req:: An example
      :id: REQ-8

Shown as it is::

   .. req:: Another example
      :id: REQ-7

.. A comment

   .. req:: Commented out
      :id: REQ-6

..

   .. req:: Quoted
      :id: REQ-5

.. _target:
.. |x| replace:: y

.. req:: Last
   :id: REQ-4
   :status: open",
    );
}

#[test]
fn sections() {
    snapshot(
        "sections",
        "\
=====
Title
=====

Part
====

 Überschrift
-------------

Chapter é
---------
Text under it
that has two lines
------------------

Other
====
----

No
--
A
~

Part two
========
",
    );
}

#[test]
fn lists_of_lists_and_values() {
    snapshot(
        "lists",
        "\
.. list-table:: Matrix
   :header-rows: 1
   :widths: 20 80

   * - ID
     - Text
   * - REQ-1
     - The pump
       shall stop.

       - at once
       - at all
   * - REQ-2
     -
   * -
     - only text

.. csv-table:: Values
   :header: ID, \"Test, first\"

   REQ-1, \"a, b\"
   REQ-2, c

.. list-table:: Empty

.. csv-table::
   :file: there.csv
",
    );
}

#[test]
fn drawn_tables() {
    snapshot(
        "drawn",
        "\
+-------+-----------------+--------+
| ID    | Text            | Test   |
+=======+=================+========+
| REQ-1 | The pump – it   | test_a |
|       | shall stop.     |        |
|       +-----------------+--------+
|       | And start.      | test_b |
+-------+-----------------+--------+
| REQ-2 with no text      | t|b    |
+-------+-----------------+--------+

=====  ===========  ======
ID     Text         Test
=====  ===========  ======
REQ-1  The pump     test_a
       shall stop.
REQ-2               test_b which is long
é-3    é – e        test_c
=====  ===========  ======

   ====  ====
   A     B
   C     D
   ====  ====

====  ====
open  table

+---+---+
",
    );
}

/// Input that makes a careless reader look at the same lines again and again.
#[test]
fn time_grows_with_the_text_only() {
    let nested: String = (0..600).map(|n| format!("{}.. list-table::\n", " ".repeat(n))).collect();
    let texts = [
        nested + &"\n".repeat(400_000),
        "== ==\n".repeat(60_000),
        "== ==\nx\n\n".repeat(60_000),
        "+--+\n".repeat(60_000),
        "+--+--+\n|  |\n".repeat(60_000),
        "x::\n".repeat(60_000),
        "..\n".repeat(60_000),
        ".. req::\n :id: x\n".repeat(60_000),
        "* - a\n".repeat(60_000),
        "====\nx\n".repeat(60_000),
    ];
    for text in texts {
        let start = Instant::now();
        let _ = read(&text);
        let spent = start.elapsed();
        assert!(spent < Duration::from_secs(5), "{spent:?} for {:.20?}", text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text(text in "\\PC*") {
        check(&text, &read(&text));
    }

    #[test]
    fn any_notation(parts in prop::collection::vec(prop::sample::select(vec![
        ".. req:: T", ".. list-table::", ".. csv-table:: c", "..", ".. c", ":id: R-1", ":header: a,b",
        "* - a", "  - b", "- c", "====", "====  ===", "----", "+---+---+", "+===+===+", "| a | b |", "|   +---+",
        "x::", "é – é", "\n", "\n", "\n", "\n   ", "\n      ", " ", "\t", "\r\n", "\"", "a  b"]), 0..50)) {
        let text = parts.concat();
        check(&text, &read(&text));
    }
}
