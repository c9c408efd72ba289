//! The page of a check is complete, and its examples do what they say.

use super::support::{analyze_files, codes, rendered};
use tracegate::check::page::{HEADINGS, Page};
use tracegate::check::{CHECKS, Check};

fn page(check: &Check) -> Page {
    Page::of(check.source)
}

#[test]
fn pages_have_their_parts() {
    for check in CHECKS {
        let page = page(check);
        assert_eq!(page.title(), format!("{} {}", check.code, check.name));
        assert_eq!(page.headings(), HEADINGS, "{}", check.name);
        assert!(!page.summary().is_empty(), "{} does not say what is checked", check.name);
        for heading in HEADINGS {
            assert!(!page.section(heading).is_empty(), "{}: `## {heading}` is empty", check.name);
        }
        for heading in ["Bad", "Good"] {
            assert!(!page.examples(heading).is_empty(), "{}: `## {heading}` shows no file", check.name);
        }
    }
}

#[test]
fn bad_examples_are_found_and_good_ones_are_not() {
    let mut wrong = String::new();
    for check in CHECKS {
        for (heading, expected) in [("Bad", true), ("Good", false)] {
            let files = page(check).examples(heading);
            let analysis = analyze_files(files.into_iter().map(|(path, text)| (path, text.into_bytes())).collect());
            if codes(&analysis).contains(&check.code) != expected {
                wrong += &format!("{} {heading}: {:?}\n{}\n", check.name, codes(&analysis), rendered(&analysis, check.code));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn examples_keep_their_lines_and_their_own_headings() {
    let page = Page::of(
        "//! # X01 name\n//!\n//! What.\n//!\n//! ## Bad\n//! ````file docs/a.md\n//! ## Not a heading\n//!\n//! ```\n//! ````\n//! ## Good\n//! text\nuse x;\n",
    );
    assert_eq!(page.title(), "X01 name");
    assert_eq!(page.summary(), "What.");
    assert_eq!(page.headings(), ["Bad", "Good"]);
    assert_eq!(page.examples("Bad"), [(String::from("docs/a.md"), String::from("## Not a heading\n\n```\n"))]);
    assert_eq!(page.section("Good"), "text");
}
