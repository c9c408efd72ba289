//! Identifier expressions in every notation that documents use.

use proptest::prelude::*;
use tracegate::read::grammar::identifier::{list, mentions};

fn written(text: &str) -> Vec<String> {
    mentions(text, 0).iter().map(|mention| mention.written()).collect()
}

fn listed(text: &str) -> Vec<String> {
    list(text, 0).iter().map(|mention| mention.written()).collect()
}

#[test]
fn families_of_every_kind() {
    for id in [
        "REQ-SEC-001",
        "REQ-FS-ARCH-004",
        "PARSE-UTF8-001",
        "SRS-007-SHALL-030",
        "URS-SEC-003A",
        "FR-FILE-005-1",
        "FR-8.1",
        "NFR-7.5.1a",
        "SC-01",
        "REQ_MSG_012_E01",
        "feat_req_someip_538",
        "cES1000",
        "REQ003",
        "F16",
        "swdd~loads-config-file~2",
        "FR 1.1",
        "FR\u{2011}BAL\u{2011}001",
        "Ä-01",
    ] {
        assert_eq!(written(id), [id]);
        assert_eq!(written(&format!("see **{id}**, too.")), [id]);
        assert_eq!(written(&format!("({id})")), [id]);
    }
    for id in ["comp_req__kvs__key_naming", "conn.open", "NuGetInstaller-ReadConfig", "4.1.3"] {
        assert_eq!(listed(id), [id]);
        assert!(written(id).is_empty(), "{id} is no numbered identifier");
    }
}

#[test]
fn lists_and_shorthand() {
    assert_eq!(written("REQ-MCP-011/012/013"), ["REQ-MCP-011", "REQ-MCP-012", "REQ-MCP-013"]);
    assert_eq!(written("A-003, 004 and 005."), ["A-003", "A-004", "A-005"]);
    assert_eq!(written("REQ-1, REQ-10 / REQ-2"), ["REQ-1", "REQ-10", "REQ-2"]);
    assert_eq!(written("FR-1.1/1.2"), ["FR-1.1", "FR-1.2"]);
    assert_eq!(listed("FR-1, 2, 3"), ["FR-1", "FR-2", "FR-3"]);
    assert_eq!(written("REQ-1, 2 tests"), ["REQ-1"], "a count in prose is no identifier");
    assert_eq!(written("PRD-SYS-001, 21 CFR Part 11"), ["PRD-SYS-001"], "the numbers of a padded family are of one width");
}

#[test]
fn ranges() {
    assert_eq!(written("AB-016→AB-019"), written("AB-016..AB-019"));
    assert_eq!(written("AB-016 → AB-019"), ["AB-016", "AB-019"]);
    assert_eq!(written("AB-016→TC-1"), ["AB-016", "TC-1"]);
    for text in [
        "A-001 to A-005",
        "A-001 through A-005",
        "A-001..005",
        "A-001..A-005",
        "A-001 to 005",
        "A-001–005",
        "A-001 – A-005",
        "A-001~005",
        "A-001 - A-005",
        "A-001—A-005",
        "A-001 thru 005",
        "A-001...A-005",
    ] {
        assert_eq!(written(text), ["A-001..A-005"], "{text}");
    }
    assert_eq!(written("REQ-1 – 5 seconds"), ["REQ-1"]);
    assert_eq!(written("NFR-11.1.1-3"), ["NFR-11.1.1-3"], "decided when the definitions are known");
}

#[test]
fn numbers_that_keep_the_dash_of_their_family() {
    for text in ["L2-BAY-010 thru -070", "L2-BAY-010 to -070", "L2-BAY-010..-070", "L2-BAY-010 – L2-BAY-070"] {
        assert_eq!(written(text), ["L2-BAY-010..L2-BAY-070"], "{text}");
    }
    assert_eq!(written("L2-BAY-010, -020, \u{2011}030"), ["L2-BAY-010", "L2-BAY-020", "L2-BAY-030"]);
    assert_eq!(written("L2-BAY-010/-020"), ["L2-BAY-010", "L2-BAY-020"]);
    assert_eq!(written("SYS-BAY-001..009/012/014"), ["SYS-BAY-001..SYS-BAY-009", "SYS-BAY-012", "SYS-BAY-014"]);
    for text in ["REQ-10, -20 °C", "REQ-01 to -200 mbar", "REQ-010, -2000"] {
        assert_eq!(written(text).len(), 1, "{text}");
    }
}

#[test]
fn wildcards_and_versions() {
    assert_eq!(written("NFR-13.x"), ["NFR-13.*"]);
    assert_eq!(listed("SRS-AUTH-*"), ["SRS-AUTH-*"]);
    assert_eq!(written("REQ-1[version==1], REQ-2"), ["REQ-1", "REQ-2"]);
}

#[test]
fn spans_name_the_text() {
    let text = "x `REQ-A-001/002`";
    let found = mentions(text, 0);
    let slices: Vec<_> = found.iter().map(|mention| &text[mention.span.range()]).collect();
    assert_eq!(slices, ["REQ-A-001", "002"]);
    assert_eq!(mentions(text, 100)[0].span.start, 103);
}

proptest! {
    #[test]
    fn any_text_is_read(text in "\\PC{0,200}") {
        for mention in mentions(&text, 0).into_iter().chain(list(&text, 0)) {
            prop_assert!(text.get(mention.span.range()).is_some_and(|slice| !slice.is_empty()));
        }
    }

    #[test]
    fn identifiers_in_any_company(ids in proptest::collection::vec("[A-Z]{2,5}-[A-Z]{2,4}-[0-9]{3}", 1..6), glue in "(, | / |; | and |<br>| \\| )") {
        prop_assert_eq!(written(&ids.join(&glue)), ids);
    }
}
