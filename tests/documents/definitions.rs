use super::kinds::SPEC;
use super::{messages, requirements};

#[test]
fn a_draft_is_in_force_and_what_is_deferred_is_not() {
    let table = "# Requirements of the kiln\n\n| ID | Requirement | Status |\n|---|---|---|\n\
        | FR-1 | It shall heat. | Draft |\n| FR-2 | It shall cool. | In review |\n| FR-3 | It shall ring. | Proposed |\n\
        | FR-4 | It shall sing. | Deferred |\n| FR-5 | It shall fly. | Backlog |\n| FR-6 | It shall glow. | Draft, planned for 2.0 |\n\
        | FR-7 | It shall smoke. | Withdrawn |\n| FR-8 | It shall log. | Not started |\n| FR-9 | It shall vent. | Open |\n";
    assert_eq!(
        requirements(&[("docs/requirements.md", table)]),
        ["FR-1", "FR-2", "FR-3", "FR-4 planned", "FR-5 planned", "FR-6 planned", "FR-7 retired", "FR-8 planned", "FR-9"]
    );
    let sections =
        "# Requirements\n\n### REQ-1: Heat\n\n**Status**: Draft\n\nIt shall heat.\n\n### REQ-2: Fly\n\n**Status**: Future\n";
    assert_eq!(requirements(&[("docs/requirements.md", sections)]), ["REQ-1", "REQ-2 planned"]);
    let directives = ".. req:: Heat\n   :id: REQ_1\n   :status: draft\n\n.. req:: Fly\n   :id: REQ_2\n   :status: deferred\n\n\
        .. req:: Ring\n   :id: REQ_3\n   :implemented: NO\n";
    assert_eq!(requirements(&[("docs/reqs.rst", directives)]), ["REQ_1", "REQ_2 planned", "REQ_3 planned"]);
}

#[test]
fn a_release_that_is_not_decided_is_no_release_yet() {
    let text = "# Requirements\n\n### REQ-1: Heat\n\nIt shall heat.\n\n#### Target release\n\nR1\n\n\
        ### REQ-2: Fly\n\nIt shall fly.\n\n#### Target release\n\nTBD\n";
    assert_eq!(requirements(&[("docs/requirements.md", text)]), ["REQ-1", "REQ-2 planned"]);
}

#[test]
fn placeholders_and_sentences_define_nothing() {
    let text = "# Requirements\n\n### FR-1: Heat\n\nIt shall heat.\n\n### FR-2: Cool\n\nIt shall cool.\n\n\
        ### Sounds (FR-10.x)\n\nSounds are many.\n\n### FR-3 mandated a second burner\n\n- **FR-4** requires more gas.\n- **FR-5**: is quiet\n\n- [`FR-6`](more.md#fr-6)\n";
    assert_eq!(requirements(&[("docs/requirements.md", text)]), ["FR-1", "FR-2"]);
}

#[test]
fn the_identifier_at_the_end_of_a_heading_is_found_behind_a_number_and_another_name() {
    let text = "# Requirements\n\n## 1.1 CRC-16 of a frame (REQ-COM-1)\n\nFrames shall be checked.\n\n## 1.2 Retry (REQ-COM-2)\n\nFrames shall be sent again.\n";
    assert_eq!(requirements(&[("docs/requirements.md", text)]), ["REQ-COM-1", "REQ-COM-2"]);
}

#[test]
fn a_heading_about_a_requirement_yields_to_the_item_that_defines_it() {
    let text = "# Specification\n\n- **SC-1**: The kiln heats in ten minutes.\n- **SC-2**: The kiln cools in an hour.\n\n\
        ## How it is verified (SC-1)\n\nA long text about thermometers, their makers and their price, longer than the item.\n";
    let files = [("docs/spec.md", text)];
    assert_eq!(requirements(&files), ["SC-1", "SC-2"]);
    let analysis = super::analyzed(&files);
    assert_eq!(analysis.graph.requirements[0].title, "The kiln heats in ten minutes.");
}

#[test]
fn headings_that_all_end_in_an_identifier_define_it_whatever_a_design_document_repeats() {
    let heading = |at: usize| format!("### 5.{at} Step {at} of the kiln (FR-KILN-{at:03})\n\nIt shall take step {at}.\n\n");
    let product: String = (1..=5).map(heading).collect();
    let product = format!("# Product requirements\n\n{product}");
    let design = "# Detailed design of the kiln\n\n## Implementation notes per requirement\n\n#### FR-KILN-001: Step 1 of the kiln\n\n\
        A callback takes it.\n\n#### FR-KILN-002: Step 2 of the kiln\n\nA timer takes it.\n";
    let files = [("docs/prd.md", product.as_str()), ("docs/lld.md", design)];
    let ids: Vec<String> = (1..=5).map(|at| format!("FR-KILN-{at:03}")).collect();
    assert_eq!(requirements(&files), ids);
    let analysis = super::analyzed(&files);
    let home = |one: &tracegate::link::graph::Requirement| analysis.graph.path(one.place.file).to_owned();
    assert_eq!(analysis.graph.requirements.iter().map(home).collect::<Vec<_>>(), ["docs/prd.md"; 5]);
}

#[test]
fn names_in_the_midst_of_a_sentence_define_nothing() {
    let text = "# Requirements\n\n**FR-1: Heat**\nIt shall heat.\n\n**FR-2: Cool**\nIt shall cool.\n\n**Mechanisms:** **FR-4 Fan**,\n\
        **FR-5: Second fan**, and\n**FR-6: Third fan**.\n";
    assert_eq!(requirements(&[("docs/requirements.md", text)]), ["FR-1", "FR-2"]);
}

#[test]
fn the_beginning_of_a_path_is_no_identifier() {
    let text = "# Requirements\n\n- **FR-1**: It shall heat.\n- **FR-2**: It shall cool.\n\n## Requirements material\n\n\
        - `KILN_BOX_Doc_1.../Heating/` — what the maker says\n- `KILN-2/Cooling` — what the buyer says\n";
    assert_eq!(requirements(&[("docs/requirements.md", text)]), ["FR-1", "FR-2"]);
}

#[test]
fn items_below_a_heading_of_requirements_are_some_if_there_are_several() {
    let text = "# Target of evaluation\n\n## Functional security requirements\n\n- FSR-1 Two signatures: both must verify.\n\
        - FSR-2 Time: deny outside of the schedule.\n- FSR-3 Log: entries are linked.\n\n## Remarks\n\n- ABC-1 has a price\n\n\
        ## Open requirements\n\n- XYZ-1 comes later\n";
    assert_eq!(requirements(&[("docs/target.md", text)]), ["FSR-1", "FSR-2", "FSR-3"]);
}

#[test]
fn a_field_below_a_heading_names_the_requirement() {
    let text = "# Requirements\n\n## Heat the kiln\n\n**Requirement ID**: KILN-1\n**Priority**: high\n\nIt shall heat.\n\n\
        ## Cool the kiln\n\n**Requirement ID**: KILN-2\n\nIt shall cool.\n\n## Others\n\nSee above.\n\n**Requirement ID**: KILN-3\n";
    let files = [("docs/requirements.md", text)];
    assert_eq!(requirements(&files), ["KILN-1", "KILN-2"]);
    assert_eq!(super::analyzed(&files).graph.requirements[0].title, "Heat the kiln");
}

#[test]
fn lists_of_identifiers_and_test_cases_define_nothing() {
    let spec = "# Requirements\n\n| ID | Requirement |\n|---|---|\n| BUF-1 | It shall copy. |\n| BUF-2 | It shall free. |\n";
    let cases = "# Unit test\n\n### One buffer\n\n**Requirements tested:**\n`BUF-1`,\n`BUF-7`,\n`BUF-8`\n\n## Security test cases\n\n\
        ### SEC-FD-1: Depth\n\nGo down.\n\n### SEC-FD-2: Depth again\n\nGo further down.\n\n### SEC-FD-3: Up\n\nGo up.\n";
    assert_eq!(requirements(&[("docs/requirements.md", spec), ("docs/security.md", cases)]), ["BUF-1", "BUF-2"]);
    let design =
        "# Design requirements\n\n| ID | Description |\n|---|---|\n| UT_PERF_1 | Time it |\n| UT_PERF_2 | Time it twice |\n";
    assert_eq!(requirements(&[("docs/requirements.md", design)]), [""; 0]);
}

#[test]
fn types_of_fields_are_no_attributes() {
    let text = "# Requirements\n\n### REQ-1: Sign\n\nA signature shall have:\n\n- user: UUID, not null\n- method: enum (pin, badge)\n- at: timestamp\n\n\
        ### REQ-2: Log\n\nIt shall log.\n\n- **Verification method**: divination\n\n\
        ### REQ-3: Heat\n\nIt shall heat.\n\n- **Verification method**: Test\n\n\
        ### REQ-4: Cool\n\nIt shall cool.\n\n- **Verification method**: Inspection\n";
    let told = messages(&[("docs/requirements.md", text)], "R06");
    assert!(told.iter().all(|message| !message.contains("enum")), "{told:?}");
    assert!(told.iter().any(|message| message.contains("divination")), "{told:?}");
}

#[test]
fn forms_with_the_same_words_are_two_requirements_if_their_titles_differ() {
    let section = |title: &str, text: &str| {
        format!(
            "# Requirements\n\n### FR-1: {title}\n\n**Priority**: high\n\n**Description**: {text}\n\n**Acceptance criteria**: done\n"
        )
    };
    let count = |title: &str, text: &str| {
        let (a, b) = (section("Create blog post", "Authors write posts."), section(title, text));
        requirements(&[("docs/requirements.md", &a), ("docs/srs.md", &b)]).len()
    };
    assert_eq!(count("Blog post deletion", "Posts vanish."), 2);
    assert_eq!(count("Blog post creation", "Authors can write posts."), 1);
}

#[test]
fn documents_among_tests_are_their_input_unless_others_name_what_they_define() {
    let real = ("docs/requirements.md", "# Requirements\n\n### REQ-1: Heat\n\nIt shall heat.\n");
    let data = ("tests/cases/one/input.md", "# Requirements\n\n### REQ-7: Sing\n\nIt shall sing.\n");
    let inside = ("tests/cases/one/test_a.py", "def test_a():\n    \"\"\"Verifies: REQ-7\"\"\"\n    assert works()\n");
    let outside = ("src/sing.rs", "/// Implements: REQ-7\nfn sing() {}\n");
    assert_eq!(requirements(&[real, data, inside]), ["REQ-1"]);
    assert_eq!(requirements(&[real, data, outside]), ["REQ-1", "REQ-7"]);
    assert_eq!(requirements(&[data, inside]), ["REQ-7"], "there is no other specification");
}

#[test]
fn a_table_whose_header_has_a_cell_more_than_its_separator_is_read() {
    let text = "# Requirements\n\nAll that the kiln does:\n| ID | Requirement | Phase |\n|---|---|\n| REQ-1 | It shall heat. | 1 |\n\
        | REQ-2 | It shall cool. | 2 |\nSee the plan.\n";
    let files = [("docs/requirements.md", text)];
    assert_eq!(requirements(&files), ["REQ-1", "REQ-2"]);
    assert_eq!(messages(&files, "Q04"), [""; 0]);
}

#[test]
fn what_an_identifier_is_called_may_stand_in_front_of_it() {
    let text = "# Requirements\n\n### Requirement FR-1: Heat\n\nIt shall heat.\n\n### User story US-2: Cool\n\nIt shall cool.\n\n\
        **Business rule: BR-3 - Ring**\n\nIt shall ring.\n\n### Release R-4: Sing\n\nSoon.\n\n\
        ### Changes to requirement FR-5\n\nMany.\n\nThe feature `FT-6` exists.\n";
    assert_eq!(requirements(&[("docs/requirements.md", text)]), ["BR-3", "FR-1", "US-2"]);
}

#[test]
fn a_matrix_in_sections_defines_what_nobody_else_does() {
    let matrix = "# Requirements traceability matrix\n\n## Heat\n\n**Business process: BR-1 - Heating**\n\n\
        | Test ID | Test case |\n|---|---|\n| TC-1-A | From cold |\n| TC-1-B | From hot |\n\n\
        **Business process: BR-2 - Cooling**\n\n| Test ID | Test case |\n|---|---|\n| TC-2-A | In winter |\n";
    let files = [("docs/rtm.md", matrix)];
    assert_eq!(requirements(&files), ["BR-1", "BR-2"]);
    let graph = super::analyzed(&files).graph;
    assert_eq!(graph.requirements.iter().map(|one| one.rows.len()).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn items_of_a_matrix_are_its_rows_if_they_cite_tests_or_are_split_into_cells() {
    let rows = |matrix: &str| {
        let tests = ("tests/test_heat.py", "def test_heat():\n    assert kiln.hot\n");
        let graph = super::analyzed(&[("docs/traceability.md", matrix), tests]).graph;
        let told = graph.requirements.iter().map(|one| format!("{} {} {}", one.id, one.rows.len(), one.evidence.len()));
        told.collect::<Vec<String>>()
    };
    let cells = "# Traceability matrix\n\nFormat: `REQ-ID | Status | Code | Test evidence`\n\n\
        - FR-1 | **Covered** | `kiln.py` | `tests/test_heat.py`\n- FR-2 | Not covered | Same as FR-1 | by eye\n";
    assert_eq!(rows(cells), ["FR-1 1 1", "FR-2 1 0"]);
    let cited = "# Traceability matrix\n\n- **FR-1** — `tests/test_heat.py`\n- **FR-2**: `tests/test_heat.py::test_heat`\n- **FR-1** is old\n";
    assert_eq!(rows(cited), ["FR-1 1 1", "FR-2 1 1"]);
}

#[test]
fn a_grid_is_a_table_and_its_continued_cells_are_no_rows() {
    let text = "# Requirements\n\n+-------+------------------+\n| ID    | Requirement      |\n+=======+==================+\n\
        | FR-1  | It shall heat    |\n|       | in ten minutes.  |\n+-------+------------------+\n| FR-2  | It shall cool.   |\n+-------+------------------+\n";
    let files = [("docs/requirements.md", text)];
    assert_eq!(requirements(&files), ["FR-1", "FR-2"]);
    let form = "# Test cases\n\n+:-----+:----------+\n| **TC** | **D1**  |\n+------+-----------+\n| Steps | 1. D1, |\n|       | D2) run   |\n+------+-----------+\n";
    assert_eq!(messages(&[files[0], ("docs/std.md", form)], "Q04"), [""; 0]);
}

#[test]
fn what_describes_test_cases_in_a_matrix_cites_none() {
    let matrix = "# Traceability matrix\n\n### BR-1: Heating\n\n| Test ID | Test case | Expected result |\n|---|---|---|\n\
        | TC-1-A | RunAllTests is refused at night | An error |\n| TC-1-B | Sketch in `kiln.xml` is drawn | A kiln |\n\n\
        ### BR-2: Cooling\n\n| Test ID | Test case | Expected result |\n|---|---|---|\n| TC-2-A | In winter | Cold |\n";
    let files = [("docs/rtm.md", matrix), ("tests/test_a.py", "def test_a():\n    assert works()\n")];
    assert_eq!(requirements(&files), ["BR-1", "BR-2"]);
    assert_eq!(messages(&files, "M02"), [""; 0], "the matrix itself describes the cases");
}

#[test]
fn a_matrix_defines_the_members_of_a_range_beside_others_of_the_family() {
    let rows = |more: &str| {
        format!("# Traceability matrix\n\n| Requirement ID | Test |\n|---|---|\n| PC-010..PC-012 | tests/test_a.py |\n{more}")
    };
    let tests = ("tests/test_a.py", "def test_a():\n    assert works()\n");
    let named = rows("| PC-001 | tests/test_a.py |\n");
    assert_eq!(requirements(&[("docs/rtm.md", &named), tests]), ["PC-001", "PC-010", "PC-011", "PC-012"]);
    assert_eq!(requirements(&[("docs/rtm.md", &rows("")), tests]), [""; 0]);
}

#[test]
fn a_chain_is_a_row_and_no_definition() {
    let spec = "# Requirements\n\n- **FR-001**: The kiln shall heat.\n- **FR-002**: The kiln shall cool.\n\n## Traceability\n\n\
        - FR-001 -> SP-001 -> DES-001 -> TC-001\n- **FR-002** → `SP-002` → TC-002, TC-003\n";
    let cases = "import unittest\n\n\ndef test_heat():\n    \"\"\"TC-001\"\"\"\n    assert works()\n";
    let files = [("docs/requirements.md", spec), ("tests/test_kiln.py", cases)];
    assert_eq!(requirements(&files), ["FR-001", "FR-002"]);
    let analysis = super::analyzed(&files);
    let titles: Vec<&str> = analysis.graph.requirements.iter().map(|one| one.title.as_str()).collect();
    assert_eq!(titles, ["The kiln shall heat.", "The kiln shall cool."]);
    let cited: Vec<usize> = analysis.graph.rows.iter().map(|row| row.citations.len()).collect();
    assert_eq!(cited, [1, 2]);
    // A chain to other things than tests makes no row, and one of a single family no parents.
    let order =
        "# Requirements\n\n- **FR-001**: Heat.\n- **FR-002**: Cool.\n\n- FR-001 -> DES-001 (the burner)\n- FR-001 -> FR-002\n";
    let analysis = super::analyzed(&[("docs/requirements.md", order)]);
    assert!(analysis.graph.rows.is_empty() && analysis.graph.requirements.iter().all(|one| one.parents.is_empty()));
}

#[test]
fn what_is_used_is_not_defined() {
    let text = "# Requirements\n\n| ID | Requirement |\n|---|---|\n| GO-1 | It shall never burn. |\n| GO-2 | It shall ring. |\n\n\
        ## 2.1 Inputs (of chapter 3)\n\n- **IN-1 Doors** for every door.\n- **IN-2**: The kiln shall read the thermometer.\n\n\
        ## 2.2 Mapping and verification\n\n- **GO-1:** KI-SR-001/002.\n- **GO-3:** KI-SR-003, KI-SR-004\n\n\
        ## 2.3 Rules\n\n### KI-SR-001: Heat\n\nIt shall heat.\n\n- **KI-SR-001**: a long remark about the one above, which says much and demands nothing at all.\n";
    let files = [("docs/requirements.md", text)];
    assert_eq!(requirements(&files), ["GO-1", "GO-2", "IN-2", "KI-SR-001"]);
    let checks = "# Requirements\n\n## Input validation\n\n- **VA-1**: Doors are looked at.\n- **VA-2**: Fires are looked at.\n";
    assert_eq!(requirements(&[("docs/requirements.md", checks)]), ["VA-1", "VA-2"]);
    let analysis = super::analyzed(&files);
    assert!(analysis.graph.requirements.iter().any(|one| one.title == "Heat"));
}

#[test]
fn a_column_is_known_by_what_it_holds_and_without_its_brackets() {
    let spanish = "# PRD\n\n| ID | Encabezado | Enunciado (“shall”) |\n|---|---|---|\n| KI-001 | Calor | El horno **shall** calentar. |\n| KI-002 | Frío | El horno **shall** enfriar. |\n";
    assert_eq!(requirements(&[("docs/prd.md", spanish)]), ["KI-001", "KI-002"]);
    let goals = "# Requirements\n\n| ID | Safety goal | Danger |\n|---|---|---|\n| SG-001 | Never let the oven get hotter than it may. | Fire |\n\
        | SG-002 | Tell everybody when the door is open. | Burns |\n\n\
        ## Risks\n\n| ID | What may happen |\n|---|---|\n| R-001 | The gas may run out in winter. |\n\n\
        ## Choices\n\n| Decision ID | Why |\n|---|---|\n| KD-001 | Bricks were cheaper than steel was then. |\n";
    assert_eq!(requirements(&[("docs/requirements.md", goals)]), ["SG-001", "SG-002"]);
}

#[test]
fn what_is_there_to_be_read_owes_no_test() {
    let text = "# Requirements\n\n- **FR-1**: The kiln shall heat.\n- **FR-2**: Doors are made of steel [type: documentation-only].\n\
        - **FR-3**: The word kiln means oven. [informative]\n- **FR-4**: It shall follow the [process](process.md).\n";
    let owes = |files: &[(&str, &str)]| -> Vec<String> {
        let analysis = super::analyzed(files);
        let owed = analysis.graph.requirements.iter().filter(|one| {
            !analysis.graph.definition(one).is_some_and(tracegate::model::requirement::Definition::needs_none)
                && !analysis.graph.is_excused(one)
        });
        owed.map(|one| one.id.to_string()).collect()
    };
    assert_eq!(owes(&[("docs/requirements.md", text)]), ["FR-1", "FR-4"]);
    let table = "# Requirements\n\n| ID | Requirement | Testable |\n|---|---|---|\n| FR-1 | It shall heat. | Yes |\n| FR-2 | It should look nice. | No |\n";
    assert_eq!(owes(&[("docs/requirements.md", table)]), ["FR-1"]);
    let matrix = "Requirement ID,Requirement,Is Testable,Test Name\nR-01,It heats,TRUE,test_heat\nR-02,It looks nice,FALSE,\n";
    assert_eq!(owes(&[("docs/traceability.csv", matrix)]), ["R-01"]);
}

#[test]
fn lines_of_ascending_identifiers_define_in_a_specification() {
    let text = "# Requirements (kiln)\n\nREQ-001  When the door opens -> stop.\nREQ-002  The fire shall burn,\n    also in winter.\nREQ-003  The bell shall ring.\n\n\
        FR-1 came first\nFR-2 came second\n";
    assert_eq!(requirements(&[("docs/requirements.md", text)]), ["REQ-001", "REQ-002", "REQ-003"]);
    assert_eq!(requirements(&[("docs/tale.md", &text.replace("Requirements (kiln)", "Tale"))]), [""; 0]);
}

#[test]
fn assumptions_risks_and_debts_are_no_requirements() {
    let spec = "# Requirements\n\n- **FR-1**: The kiln shall heat.\n- **FR-2**: The kiln shall cool.\n\n\
        ## 4. Assumptions\n\n- **AS-1**: Gas is cheap.\n\n### Technical Debt Register\n\n- **TD-001**: The door is old.\n\n\
        ## Risks\n\n| ID | Description |\n|---|---|\n| RK-1 | The gas runs out |\n";
    let oft = "# Design\n\n## Design decisions\n\n### Heat\n\n`dsn~heat~1`\n\nWith gas.\n\nCovers:\n- req~heat~1\n";
    assert_eq!(requirements(&[("docs/design.md", oft)]), ["dsn~heat~1"]);
    let items = "- id: A-01\n  summary: Numbers are whole\n- id: A-02\n  summary: Doors are flat\n";
    assert_eq!(requirements(&[("docs/requirements.md", spec), ("specs/assumptions.yaml", items)]), ["FR-1", "FR-2"]);
}

#[test]
fn a_range_with_a_tilde_defines_nothing() {
    let stages = "# Stages\n\n### Stage 8: Heat and cool (DIR-011~013)\n\nAll passed.\n\n### DIR-015~017: Doors\n\nAll passed.\n";
    assert_eq!(requirements(&[("docs/requirements.md", SPEC), ("docs/stages.md", stages)]), ["REQ-1", "REQ-2"]);
    let item = "# Design\n\n### Doors\n`dsn~oven-doors~2`\n\nDoors shut.\n\nNeeds: utest\n";
    assert!(
        requirements(&[("docs/requirements.md", SPEC), ("docs/design.md", item)]).contains(&String::from("dsn~oven-doors~2"))
    );
}

#[test]
fn a_status_may_give_its_reason_and_a_title_a_mark() {
    let spec = "# Requirements\n\n### REQ-1: Heat\n\n- Status: Superseded (by REQ-2 -- see there)\n\nIt shall heat.\n\n### REQ-2: Cool\n\n- Status: Active (since May)\n\nIt shall cool.\n";
    assert_eq!(requirements(&[("docs/requirements.md", spec)]), ["REQ-1 retired", "REQ-2"]);
}

#[test]
fn a_heading_that_ends_with_an_identifier_is_about_it() {
    let design = "# Design specification\n\n## 5 Parts\n\n### 5.1 The heater (REQ-1)\n\nIt has a coil.\n\n### 5.2 The fan (REQ-9)\n\nIt turns.\n";
    assert_eq!(
        requirements(&[("docs/requirements.md", SPEC), ("design/design-specification.md", design)]),
        ["REQ-1", "REQ-2", "REQ-9"]
    );
}

#[test]
fn an_item_with_a_link_in_its_text_is_one_of_the_list() {
    let list = "# Requirements\n\n- **REG-1 (M)** Bills shall be kept, see [the law](law.md).\n- **REG-2 (M)** Bills shall be signed.\n- [REG-3](other.md#reg-3)\n";
    assert_eq!(requirements(&[("docs/requirements.md", list)]), ["REG-1", "REG-2"]);
}

#[test]
fn one_title_in_two_documents_is_told_again_only_with_the_same_text() {
    let first = "# Requirements of the oven\n\n### NFR-1: Performance\n\nThe door shall open within two seconds after somebody pressed the button.\n";
    let other = "# Requirements of the mixer\n\n### NFR-1: Performance\n\nDough must be kneaded three hundred times by each hook before noon.\n";
    assert_eq!(requirements(&[("a/requirements.md", first), ("b/requirements.md", other)]), ["NFR-1", "NFR-1"]);
    assert_eq!(requirements(&[("a/requirements.md", first), ("b/requirements.md", first)]), ["NFR-1"]);
}

#[test]
fn a_draft_among_approved_requirements_is_not_in_force_yet() {
    let table = "# Requirements\n\n| ID | Requirement | Status |\n|---|---|---|\n| FR-1 | It shall heat. | Approved |\n| FR-2 | It shall cool. | Approved |\n| FR-3 | It shall ring. | Draft |\n";
    assert_eq!(requirements(&[("docs/requirements.md", table)]), ["FR-1", "FR-2", "FR-3 planned"]);
}

#[test]
fn a_mark_behind_the_title_of_a_section_is_no_requirement() {
    let prd = "# PRD\n\n### US-1: Heat\n\nIt shall heat.\n\n### US-2: Cool\n\nIt shall cool.\n\n## 6.1 Scenario tests (P2-A)\n\nWords.\n\n## 6.2 Metrics (P2-C)\n\nWords.\n";
    assert_eq!(requirements(&[("docs/prd.md", prd)]), ["US-1", "US-2"]);
}

#[test]
fn a_list_for_another_purpose_owns_no_requirement() {
    let list = "# Priorities\n\n#### NFR-1: Answers\n\nA must.\n\n#### NFR-2: Backups\n\nA should.\n";
    let spec = "# Requirements\n\n### NFR-1: Answers\n\nIt shall answer.\n\n### NFR-2: Backups\n\nIt shall be saved.\n";
    let analysis = super::analyzed(&[("docs/requirements/moscow.md", list), ("docs/requirements/nonfunctional.md", spec)]);
    let places = analysis.graph.requirements.iter().map(|one| analysis.graph.path(one.place.file)).collect::<Vec<_>>();
    assert_eq!(places, ["docs/requirements/nonfunctional.md"; 2]);
}

#[test]
fn a_note_below_the_heading_may_defer_the_requirement() {
    let spec = "# Requirements\n\n### FR-1: Heat (Phase 3+)\n\n*Note: This requirement is deferred to Phase 3 or later.*\n\nIt shall heat.\n\n\
        ### FR-2: Cool\n\n> **Note:** Implementation deferred to Phase 3.\n\nIt shall cool.\n\n### FR-3: Ring\n\nIt shall ring. Ringing twice is deferred.\n";
    assert_eq!(requirements(&[("docs/requirements.md", spec)]), ["FR-1 planned", "FR-2 planned", "FR-3"]);
}

#[test]
fn an_item_that_is_only_a_file_defines_nothing() {
    let notes = "# Requirements and tests\n\nThe suite looks at:\n\n- `ADMIN-01` (`admin.spec.ts`)\n- **ADMIN-02**: Users are listed.\n- **ADMIN-03**: Users are shown.\n";
    assert_eq!(requirements(&[("docs/requirements.md", notes)]), ["ADMIN-02", "ADMIN-03"]);
}

#[test]
fn numbers_of_documents_and_captions_are_no_requirements() {
    let spec = "# Contract Specification (SS-004)\n\n### REQ-1: Heat\n\nIt shall heat.\n\n**表3-1：需求追踪矩阵**\n\n**表3-2：版本变更记录**\n";
    assert_eq!(requirements(&[("docs/contract-specification.md", spec)]), ["REQ-1"]);
}

#[test]
fn a_column_that_counts_the_rows_names_no_requirement() {
    let spec = "# Requirements\n\n### OVEN-F-1: Heat\n\nIt shall heat.\n\n### OVEN-F-2: Cool\n\nIt shall cool.\n";
    for sign in ["#", "№", "No."] {
        let matrix = format!(
            "# Traceability matrix\n\n| {sign} | Requirement | Description | Test |\n|---|---|---|---|\n| R1-1 | OVEN-F-1 | Heat | `test_heats` |\n| R1-2 | OVEN-F-2 | Cool | `test_cools` |\n| R2-1 | OVEN-F-3 | Ring | `test_rings` |\n"
        );
        let files = [("docs/requirements.md", spec), ("docs/rtm.md", matrix.as_str())];
        assert_eq!(requirements(&files), ["OVEN-F-1", "OVEN-F-2"], "{sign}");
        assert!(messages(&files, "M01").iter().any(|one| one.contains("OVEN-F-3")), "{sign}");
    }
    // Below the same sign stand requirements where they are called so.
    let matrix = "# Traceability matrix\n\n| # | Requirement | Test |\n|---|---|---|\n| SR-1 | OVEN-F-1 | `test_heats` |\n| SR-2 | OVEN-F-2 | `test_cools` |\n";
    assert_eq!(
        requirements(&[("docs/requirements.md", spec), ("docs/rtm.md", matrix)]),
        ["OVEN-F-1", "OVEN-F-2", "SR-1", "SR-2"]
    );
}

#[test]
fn a_list_of_how_far_requirements_are_defines_them_where_it_is_configured() {
    let list = "# Functional requirements: status\n\n| Status | Meaning |\n|---|---|\n| ok | Done |\n\n| ID | Status | Remark |\n|---|---|---|\n| A00.FR.001 | ✅ | |\n| K01.FR.03 | | |\n| K01.FR.04 | ✅ | |\n";
    let tests = "TEST_F(ChargingTest, K01FR03_NoProfile_IsRejected) {\n  EXPECT_TRUE(rejected());\n}\n\nTEST_F(ChargingTest, K01_Other) {\n  EXPECT_TRUE(rejected());\n}\n";
    let tree = tracegate::discover::tree::Memory::new([("docs/status.md", list), ("tests/charging_test.cpp", tests)]);
    let settings = tracegate::settings::Settings { specifications: vec![String::from("docs/status.md")], ..Default::default() };
    let graph = tracegate::analysis::analyze(&tree, &settings).graph;
    let told: Vec<(String, usize)> = graph.requirements.iter().map(|one| (one.id.to_string(), one.evidence.len())).collect();
    let told: Vec<(&str, usize)> = told.iter().map(|(id, tests)| (id.as_str(), *tests)).collect();
    assert_eq!(told, [("A00.FR.001", 0), ("K01.FR.03", 1), ("K01.FR.04", 0)]);
    assert_eq!(requirements(&[("docs/status.md", list), ("tests/charging_test.cpp", tests)]), [""; 0]);
}
