//! Plans, accounts, scopes, causes and actions in headings, lists and prose.

use super::{contents, texts};
use tracegate::model::record::ActionKind;

const CHANGE: &str = "\
# CR-009: Tests of the kettle

## 1. Scope

### Files Affected

- `kettle/lid.py` - the lid
- SOP-003 - how lids are fitted
- docs/ and `./kettle/base.py`: both

### Out of scope

- `kettle/cable.py`

## 2. Current state

Tests are `test_old_lid` and nothing else.

- `test_background` is slow

## 3. Change description

Add `test_lid_opens` and `test_lid_shuts` for the lid. Enhance `test_old_lid` as well.

1. Remove the mark of `test_old_lid`
2. Create test `test_lid_clicks`

> Add `test_quoted_lid` as the old plan said.

```python
def test_in_code():
    pass
```

## 4. Testing

| Test | Description |
|---|---|
| `lid_holds_water` | turned upside down |
| Update `test_old_lid` | with a second case |
| Look at the lid | by hand |

- `test_lid_is_cold` - waits for ten minutes
- run `test_old_lid` again

## 5. Execution summary

- Added 2 tests: test_lid_opens, test_lid_shuts in test_lid.py
- `test_lid_clicks` was deferred

**Files modified (not authorised):**

- `kettle/spout.py` - a drip

**Qualified release:** 4.0 (commit 57451cd)

## 6. References

- **SOP-003:** Lids
- CR-008, CR-007

## 7. Next steps

1. Fit the lid
2. Boil water
";

#[test]
fn plans_name_what_is_to_be_made_and_nothing_else() {
    let contents = contents("records/CR-009.md", CHANGE);
    let expected = ["test_lid_opens", "test_lid_shuts", "test_lid_clicks", "lid_holds_water", "test_lid_is_cold"];
    let mut planned = texts(CHANGE, &contents.planned);
    // Of a line that plans one test, another that it names may be planned as well: the same line says what becomes of it.
    planned.retain(|name| name != "test_old_lid");
    assert_eq!(planned, expected);
}

#[test]
fn what_is_renamed_is_planned_under_its_new_name() {
    let text = "\
# CR-010: Names

## Testing

**Rename 1 test:**

- `test_old_name` → `test_new_name`

**Delete 1 test:**

- `test_gone` - nobody needs it

**Add 1 test:**

- `test_fresh` - the rest
";
    assert_eq!(texts(text, &contents("records/CR-010.md", text).planned), ["test_new_name", "test_fresh"]);
}

#[test]
fn accounts_name_what_was_made_and_what_was_put_off() {
    let contents = contents("records/CR-009.md", CHANGE);
    assert_eq!(texts(CHANGE, &contents.delivered), ["test_lid_opens", "test_lid_shuts"]);
    assert_eq!(contents.deferred.len(), 1);
}

#[test]
fn scopes_and_lists_of_modified_files_are_apart() {
    let contents = contents("records/CR-009.md", CHANGE);
    let affected: Vec<&str> = contents.affected.iter().map(|one| one.name.text.as_str()).collect();
    assert_eq!(affected, ["kettle/lid.py", "SOP-003", "kettle/base.py"]);
    let modified: Vec<(&str, bool)> = contents.modified.iter().map(|one| (one.name.text.as_str(), one.unauthorised)).collect();
    assert_eq!(modified, [("kettle/spout.py", true)]);
}

#[test]
fn references_steps_and_releases_keep_their_order() {
    let contents = contents("records/CR-009.md", CHANGE);
    assert_eq!(texts(CHANGE, &contents.references), ["SOP-003", "CR-008"]);
    let steps: Vec<&str> = contents.steps.iter().map(|step| step.text.as_str()).collect();
    assert_eq!(steps, ["1. Fit the lid", "2. Boil water"]);
    assert_eq!(contents.qualified[0].text, "4.0 (commit 57451cd)");
}

#[test]
fn causes_and_actions_stand_in_headings_and_lists() {
    let text = "\
# INV-002: The kettle whistled

## Root cause analysis

### Contributing factors

1. **Noise:** it was loud

### Root cause(s)

**RC-1: The spout is narrow**

The steam has nowhere to go.

- RC-2: Nobody listened

## Corrective actions

### CAPA-001: Widen the spout

**Owner:** a.kowal

**Due:** 2026-05-01

- **CAPA-002** - Listen
- CR-011 is closed

## Preventive actions

1. **CAPA-003**: Listen every week
";
    let contents = contents("records/INV-002.md", text);
    let causes: Vec<(&str, &str)> = contents.causes.iter().map(|one| (one.id.as_str(), one.text.text.as_str())).collect();
    assert_eq!(causes, [("RC-1", "RC-1: The spout is narrow"), ("RC-2", "RC-2: Nobody listened")]);
    let actions: Vec<(&str, Option<ActionKind>)> = contents.actions.iter().map(|one| (one.id.as_str(), one.kind)).collect();
    let (corrective, preventive) = (Some(ActionKind::Corrective), Some(ActionKind::Preventive));
    assert_eq!(actions, [("CAPA-001", corrective), ("CAPA-002", corrective), ("CAPA-003", preventive)]);
    let details = &contents.actions[0].details;
    assert_eq!(details.owner.as_ref().unwrap().text, "a.kowal");
    assert_eq!(details.due.as_ref().unwrap().text, "2026-05-01");
}

#[test]
fn templates_and_specifications_have_no_contents() {
    let text = "# Template of changes\n\n## Testing\n\n- `test_lid_opens` - opens\n";
    assert!(contents("records/CR-TEMPLATE.md", text).is_empty());
    assert!(contents("docs/kettle-requirements.md", &text.replace("Template of changes", "Kettle requirements")).is_empty());
}
