//! Words of inputs that would do something if they were more than words.

use super::driver::Page;
use super::{folder, report};
use serde_json::json;
use std::fs;

const EVIL: &str = "</script><script>window.evil=1</script><img src=x onerror=window.evil=1><!--";

#[test]
fn words_of_inputs_do_nothing() {
    let tree = folder("hostile-tree");
    let requirements = format!(
        "# {EVIL} Requirements\n\n| ID | Requirement | Verification Method |\n|---|---|---|\n\
         | REQ-A-001 | The unit shall show `{EVIL}` and [a link](javascript:window.evil=1). | Test |\n\
         | REQ-A-002 | The unit shall stop \"'><a href=\"javascript:window.evil=1\">here</a>. | Test |\n"
    );
    fs::write(tree.join("requirements.md"), requirements).unwrap();
    let rows = format!(
        "# Traceability matrix\n\n| Requirement | Test | Status |\n|---|---|---|\n\
         | REQ-A-001 | `test_a.py::test_{EVIL}` | {EVIL} |\n| REQ-A-002 | test_a.py::test_a | PASS |\n"
    );
    fs::write(tree.join("rtm.md"), rows).unwrap();
    fs::write(tree.join("test_a.py"), format!("def test_a():\n    \"\"\"{EVIL} Verifies: REQ-A-002\"\"\"\n    assert x()\n"))
        .unwrap();
    let mut page = Page::open(&report(&tree, "hostile"), 1400);
    assert_eq!(page.count("img, iframe, object, embed, base, a[href]:not([href^='#'])"), 0);
    let scripts = page.value("[...document.scripts].filter((it) => it.type !== 'application/json').length");
    assert_eq!(scripts, json!(1));
    for id in ["REQ-A-001", "REQ-A-002"] {
        page.value(&format!("location.hash = 'r-{id}'; 0"));
        page.until(&format!("document.querySelector('dialog h2')?.innerText.startsWith('{id}')"));
        assert_eq!(page.count("img, a[href]:not([href^='#'])"), 0);
    }
    assert!(page.text("dialog").contains("<a href=\"javascript:window.evil=1\">here</a>"), "{}", page.text("dialog"));
    page.value("document.querySelector('#search').value = '<img'; document.querySelector('.find').requestSubmit(); 0");
    page.paper();
    assert_eq!(page.value("window.evil ?? null"), json!(null));
    assert_eq!(page.complaints(), Vec::<String>::new());
}
