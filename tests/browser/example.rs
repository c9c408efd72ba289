//! The report of the example: search, filter, order, dossiers, keys, paper.

use super::driver::Page;
use super::example;
use serde_json::json;

/// What a table shows, a line a row: the texts of one column.
fn column(page: &mut Page, section: &str, at: usize) -> Vec<String> {
    let cells = format!(
        "[...document.querySelectorAll('#{section} tbody tr')].map((row) => row.children[{at}].innerText.split('\\n')[0])"
    );
    page.value(&cells).as_array().unwrap().iter().map(|cell| cell.as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_reader_finds_filters_sorts_and_opens() {
    let mut page = Page::open(&example("reader"), 1400);
    assert!(page.text(".stamp").ends_with("FAIL"));

    // Search narrows every table and says so.
    page.click("#search");
    page.type_text("req-pump-010 s01");
    page.until("document.querySelector('#found').innerText.includes('1 row matches')");
    assert_eq!(column(&mut page, "findings", 1), ["S01"]);
    assert_eq!(page.text("#findings .count"), "1 that match, of 13 rows in all");
    page.click(".find button");
    page.until("document.querySelector('#found').innerText === ''");
    assert_eq!(page.text("#findings .count"), "13 rows");

    // Whatever the search finds has the word, and it finds what has it: in each table by the first cell of each row.
    let found = r#"(() => {
        const field = document.querySelector('#search'), form = document.querySelector('.find'), wrong = [];
        const search = (word) => { field.value = word; form.dispatchEvent(new Event('submit', { cancelable: true })); };
        const rows = () => [...document.querySelectorAll('#strength tbody tr')].map((row) => row.children[0].textContent.trim());
        const names = rows();
        for (const name of names) {
            search(`${name} e`);
            const shown = rows();
            if (!shown.includes(name) || shown.length > 3) wrong.push(`${name}: ${shown.join(' ')}`);
        }
        search('');
        return names.length > 9 ? wrong : ['too few'];
    })()"#;
    assert_eq!(page.value(found), json!([]));

    // One value of a column.
    page.value("{ const pick = [...document.querySelectorAll('#findings select')].find(one => one.querySelector('[value=S02]')); pick.value = 'S02'; pick.dispatchEvent(new Event('change')); 0 }");
    assert_eq!(column(&mut page, "findings", 1), ["S02", "S02", "S02"]);
    page.value("{ const pick = [...document.querySelectorAll('#findings select')].find(one => one.querySelector('[value=S02]')); pick.value = ''; pick.dispatchEvent(new Event('change')); 0 }");

    // Order, down and up, said in words that are heard.
    page.click("#forward thead th:nth-child(2) button");
    assert_eq!(page.value("document.querySelector('#forward thead th:nth-child(2)').ariaSort"), json!("ascending"));
    assert_eq!(column(&mut page, "forward", 1).first().unwrap(), "gap", "the most urgent first");
    page.click("#forward thead th:nth-child(2) button");
    assert_eq!(page.value("document.querySelector('#forward thead th:nth-child(2)').ariaSort"), json!("descending"));
    assert_eq!(column(&mut page, "forward", 1).first().unwrap(), "verified");

    // A dossier from a finding.
    page.click("#findings tbody a");
    assert!(page.text("dialog").contains("REQ-PUMP-010 Remote transport"), "{}", page.text("dialog"));
    assert!(page.text("dialog").contains("INV-003"), "what demands the level");
    assert_eq!(page.value("location.hash"), json!("#r-REQ-PUMP-010"));
    page.click("dialog .after");
    assert!(page.text("dialog h2").starts_with("REQ-PUMP-011"));
    page.press("Escape");
    assert_eq!(page.value("document.querySelector('dialog').open"), json!(false));
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn keys_alone_are_enough() {
    let mut page = Page::open(&example("keys"), 1400);
    page.press("Tab");
    assert_eq!(page.value("document.activeElement.innerText"), json!("Skip to the report"));
    page.press("Enter");
    page.until("document.activeElement.id === 'report'");
    page.press("Tab");
    page.press("Tab");
    assert_eq!(page.value("document.activeElement.id"), json!("search"));
    page.type_text("req-pump-003");
    page.press("Enter");
    page.until("document.querySelector('dialog').open");
    page.press("Escape");
    page.until("document.activeElement.id === 'search'");
    page.value("document.querySelector('.find').reset()");

    // The map is one stop, whatever its size; arrows go on from there.
    page.value("document.querySelector('.map a').focus()");
    page.press("ArrowRight");
    assert_eq!(page.value("document.activeElement.hash"), json!("#r-REQ-PUMP-002"));
    assert_eq!(page.count(".map a[tabindex='0']"), 1);
    page.press("Enter");
    assert!(page.text("dialog h2").starts_with("REQ-PUMP-002"));
    assert_eq!(page.value("document.activeElement.tagName"), json!("H2"));
    page.press("Escape");
    assert_eq!(page.value("document.activeElement.hash"), json!("#r-REQ-PUMP-002"), "back where it was opened");
    page.press("Tab");
    let outline = page.value("getComputedStyle(document.activeElement).outlineStyle");
    assert_eq!(outline, json!("solid"), "the focus is to be seen");
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn everything_that_can_be_used_has_a_name() {
    let mut page = Page::open(&example("names"), 1400);
    page.call("Accessibility.enable", json!({}));
    let tree = page.call("Accessibility.getFullAXTree", json!({}));
    let (mut landmarks, mut nameless) = (Vec::new(), Vec::new());
    for node in tree["nodes"].as_array().unwrap() {
        let (role, name) = (node["role"]["value"].as_str().unwrap_or(""), node["name"]["value"].as_str().unwrap_or(""));
        match role {
            "main" | "navigation" | "search" | "banner" => landmarks.push(role.to_owned()),
            "link" | "button" | "combobox" | "searchbox" | "table" | "region" | "heading" if name.trim().is_empty() => {
                nameless.push(node.to_string());
            }
            _ => {}
        }
    }
    assert!(["main", "navigation", "search"].iter().all(|one| landmarks.iter().any(|found| found == one)), "{landmarks:?}");
    assert_eq!(nameless, Vec::<String>::new());
    let levels = page.value("[...document.querySelectorAll('h1, h2, h3')].map((it) => Number(it.tagName[1]))");
    let levels: Vec<u64> = levels.as_array().unwrap().iter().map(|one| one.as_u64().unwrap()).collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "no level of headings is left out: {levels:?}");
}

#[test]
fn without_scripts_all_that_counts_is_there() {
    let file = example("without-scripts");
    let mut page = Page::start("without-scripts");
    page.call("Emulation.setScriptExecutionDisabled", json!({"value": true}));
    page.visit(&file);
    assert_eq!(page.count("#findings tbody tr"), 13);
    assert_eq!(page.count("#forward tbody tr[id]"), 15, "each requirement once is where links lead");
    assert!(page.text("#verdict .verdict").contains("12 of 15 requirements verified"));
    assert_eq!(page.count("form:not([hidden])"), 1);
    assert_eq!(
        page.value("getComputedStyle(document.querySelector('.find')).display"),
        json!("none"),
        "no search without scripts"
    );
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn paper_shows_all_rows_and_all_dossiers() {
    let mut page = Page::open(&example("paper"), 1400);
    page.click("#search");
    page.type_text("nothing is called so");
    page.until("document.querySelectorAll('#findings tbody tr').length === 0");
    page.value(
        "window.seen = null; addEventListener('beforeprint', () => { window.seen = \
        [document.querySelectorAll('#findings tbody tr').length, document.querySelectorAll('#dossiers article').length]; }); 0",
    );
    let paper = page.paper();
    assert!(paper.starts_with(b"%PDF-"));
    assert_eq!(page.value("window.seen"), json!([13, 15]));
    assert_eq!(
        page.value("document.querySelectorAll('#findings tbody tr, #dossiers article').length"),
        json!(0),
        "as it was before"
    );
    assert_eq!(page.complaints(), Vec::<String>::new());
}

#[test]
fn nothing_is_wider_than_a_narrow_window() {
    let mut page = Page::open(&example("narrow"), 400);
    assert_eq!(page.value("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), json!(true));
    // Nor is a table: its cells stand below each other, each with the name of its column.
    let wide = "[...document.querySelectorAll('.data .scroll')].filter((one) => one.scrollWidth > one.clientWidth).length";
    assert_eq!(page.value(wide), json!(0));
    assert_eq!(page.text("#findings tbody tr:first-child td:nth-child(4) .of"), "Finding");
    page.resize(1280);
    page.until("!document.querySelector('.stacked')");
    page.resize(400);
    page.until("!!document.querySelector('#findings .stacked')");
    page.click("#findings tbody a");
    assert_eq!(page.value("document.querySelector('dialog').open"), json!(true));
    assert_eq!(page.value("document.querySelector('dialog').scrollWidth <= document.documentElement.clientWidth"), json!(true));
    assert!(page.picture(false).starts_with(b"\x89PNG"));
}
