//! Documents that say of themselves that they are no longer in force.

use super::{messages, requirements};

const NEW: (&str, &str) = ("docs/kiln-requirements.md", "# Kiln requirements\n\n### REQ-1: Heating\n\nIt shall heat.\n");

fn old(notice: &str) -> String {
    format!(
        "# First kiln requirements\n\n{notice}\n\n## Doors\n\n### REQ-8: Doors\n\nDoors shall be TBD.\n\n| ID | Requirement |\n|---|---|\n| REQ-9 | It shall ring. |\n"
    )
}

#[test]
fn a_notice_below_the_title_puts_a_document_out_of_force() {
    for notice in [
        "> **Archived v0.1 kiln baseline.** What stands below is kept as it was.",
        "> [!WARNING]\n> This document is superseded by the kiln requirements.",
        "**Superseded by the kiln requirements**",
        "*Historical document. Use the new one.*",
        "**DEPRECATED**",
        "_Note: this specification is no longer current._",
        "This document has been archived.",
        "> Retained for reference only.",
        "**Version**: 1.0\n**Status**: Superseded by the kiln requirements",
        "| Field | Value |\n|---|---|\n| Status | Obsolete |",
    ] {
        let files = [NEW, ("docs/first-requirements.md", &old(notice))];
        assert_eq!(requirements(&files), ["REQ-1"], "{notice}");
        assert_eq!(messages(&files, "R05"), [""; 0], "{notice}");
    }
}

#[test]
fn what_is_said_of_a_part_or_of_another_document_ends_nothing() {
    for notice in [
        "> This document supersedes the first kiln requirements.",
        "> **Deprecated requirements** are struck out below.",
        "> This document lists what is deprecated in a kiln.",
        "> This document is superseded once the handbook is approved.",
        "> Parts of this document are superseded by the handbook.",
        "> The first baseline was archived in the spring; this is the second.",
        "**Obsolete requirements are kept in another document.**",
        "Historical kilns had one door.",
        "**Version**: 1.0\n**Status**: Approved, supersedes 0.9",
    ] {
        assert_eq!(requirements(&[("docs/first-requirements.md", &old(notice))]), ["REQ-8", "REQ-9"], "{notice}");
    }
    let one = "# REQ-7: Doors\n\n**Status**: Deprecated\n\nDoors shall close.\n";
    assert_eq!(requirements(&[NEW, ("docs/requirements/doors.md", one)]), ["REQ-1", "REQ-7 retired"]);
}

#[test]
fn what_sphinx_documents_show_is_no_requirement() {
    let text = "Kiln requirements\n=================\n\n.. syntax-example:: A kiln\n\n   .. req:: Shown\n      :id: REQ-7\n\n      .. req:: Inside\n         :id: REQ-8\n\n   ===== =====\n   ID    Requirement\n   ===== =====\n   REQ-6 It rings.\n   ===== =====\n\n.. req:: Meant\n   :id: REQ-1\n\n   It shall have :np:`(1) a lid` and :need_part:`(2) a door`.\n\n**Examples**\n\n.. req:: Shown too\n   :id: REQ-9\n\nThe text goes on.\n\n.. req:: By its own words\n   :id: REQ-4\n   :tags: kiln, example\n\n.. code-block:: rst\n\n   .. req:: In code\n      :id: REQ-5\n\n.. req:: What comes of it\n   :id: REQ-5\n\n.. req:: Meant too\n   :id: REQ-2\n   :links: REQ-1.1, REQ-1.3\n";
    let files = [("docs/kiln.rst", text)];
    assert_eq!(requirements(&files), ["REQ-1", "REQ-2"]);
    let told = messages(&files, "T03");
    assert!(matches!(told.as_slice(), [one] if one.contains("REQ-1.3")), "{told:?}");
}

#[test]
fn sphinx_documents_end_as_well() {
    let old = "Kiln requirements\n=================\n\n*This document is obsolete.*\n\n.. req:: Doors\n   :id: REQ-8\n\n   Doors shall close.\n";
    assert_eq!(requirements(&[NEW, ("docs/old.rst", old)]), ["REQ-1"]);
}
