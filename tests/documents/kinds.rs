use super::{messages, requirements};

pub(super) const SPEC: &str =
    "# Requirements\n\n| ID | Requirement |\n|---|---|\n| REQ-1 | It shall heat. |\n| REQ-2 | It shall cool. |\n";

#[test]
fn a_matrix_does_not_define_what_a_specification_defines() {
    let matrix = "# Traceability of the stories\n\n- Story 1\n  - **CM-02-001** (`kiln.md`): Each kiln MUST have one door.\n  - **CM-02-002** (`kiln.md`): Doors MUST close.\n";
    let items = "groups:\n- id: CM-02\n  title: Doors\n  specs:\n  - id: CM-02-001\n    statement: Each kiln MUST have exactly one door\n  - id: CM-02-003\n    statement: Doors MUST be red\n";
    assert_eq!(
        requirements(&[("docs/traceability.md", matrix), ("specs/kiln.yaml", items)]),
        ["CM-02", "CM-02-001", "CM-02-003"]
    );
    assert_eq!(requirements(&[("docs/traceability.md", matrix)]), ["CM-02-001", "CM-02-002"]);
}

#[test]
fn a_matrix_without_any_verification_is_the_specification() {
    let matrix = "# Requirements matrix\n\n| ID | Requirement | Acceptance criteria |\n|---|---|---|\n| R-01 | One oven | It is one. |\n| R-02 | Two doors | They are two. |\n";
    assert_eq!(requirements(&[("docs/requirements-matrix.md", matrix)]), ["R-01", "R-02"]);
    let csv = "ID,Requirement#,Description,Test requirements,Pass criteria,Priority\nREQ-1,FR-A-1,Heats,look,hot,P0\nREQ-2,FR-A-1,Cools,look,cold,P0\nREQ-3,FR-A-2,Rings,hear,loud,P1\n";
    let design = "# Low-level design\n\n| Requirement ID | Requirement | Priority |\n|---|---|---|\n| REQ-1 | Heating | P0 |\n";
    assert_eq!(requirements(&[("REQUIREMENTS_MATRIX.csv", csv), ("docs/design.md", design)]), ["REQ-1", "REQ-2", "REQ-3"]);
    // A list of a matrix that only repeats the specification adds nothing to it.
    let list = "# Requirements matrix\n\n| ID | Requirement |\n|---|---|\n| REQ-1 | Heats |\n| REQ-3 | Rings |\n";
    assert_eq!(requirements(&[("docs/matrix.md", list), ("docs/requirements.md", SPEC)]), ["REQ-1", "REQ-2"]);
}

#[test]
fn dated_notes_and_history_define_nothing() {
    let note = "---\ntype: idea\ntimestamp: '2026-01-02'\n---\n\n# Ideas\n\n### REQ-7: Fly\n\nIt should fly.\n";
    let old = "# Requirements\n\n### REQ-8: Float\n\nIt shall float.\n";
    for path in ["plan/history/requirements.md", "archived_notes/requirements.md", "learnings/requirements.md"] {
        assert_eq!(
            requirements(&[("docs/requirements.md", SPEC), ("docs/note.md", note), (path, old)]),
            ["REQ-1", "REQ-2"],
            "{path}"
        );
    }
}

#[test]
fn only_the_title_says_what_a_document_is() {
    let told = |path: &str, text: &str| messages(&[("docs/requirements.md", SPEC), (path, text)], "Q04");
    let table = "| Thing | What |\n|---|---|\n| REQ-1 and more | It is about the heating. |\n";
    assert_eq!(
        told("docs/helper.md", &format!("You are an engineer.\n\n## Traceability\n\nName what you do.\n\n{table}")),
        [""; 0]
    );
    assert_eq!(told("docs/5-1-plan.md", &format!("# Story 5.1: Traceability matrix\n\n{table}")), [""; 0]);
    assert_eq!(
        told("docs/matrix.md", "# Traceability matrix\n\nSee https://example.org/one and https://example.org/two.\n"),
        [""; 0]
    );
    let lost = told("docs/matrix.md", &format!("# Traceability matrix\n\n{table}"));
    assert!(lost.len() == 1 && lost[0].contains("calls itself a matrix"), "{lost:?}");
}

#[test]
fn the_title_of_a_matrix_names_the_matrix() {
    let matrix = "# Trace table (TRC-001)\n\n| Requirement ID | Test |\n|---|---|\n| REQ-1 | tests/test_kiln.py |\n";
    let validation = "# R-08: Validation of the diagrams\n\n### Boxes\n\nThey are right.\n";
    let files = [("docs/requirements.md", SPEC), ("docs/TRACEABILITY.md", matrix), ("docs/07-diagram-validation.md", validation)];
    assert_eq!(requirements(&files), ["REQ-1", "REQ-2"]);
}

#[test]
fn of_two_translations_one_is_read() {
    let files = [
        ("docs/requirements.md", "# 需求\n\n| 需求 ID | 描述 |\n|---|---|\n| REQ-1 | 加热 |\n"),
        ("docs/requirements_EN.md", SPEC),
    ];
    assert_eq!(requirements(&files), ["REQ-1", "REQ-2"]);
    let over = super::analyzed(&files).passed_over;
    assert_eq!(over, [("docs/requirements.md".to_owned(), "a translation of a document that is read".to_owned())]);
    let files = [
        ("docs/requirements.md", SPEC),
        ("docs/requirements_zh-CN.md", "# 需求\n\n| 需求 ID | 描述 |\n|---|---|\n| REQ-3 | 加热 |\n"),
    ];
    assert_eq!(requirements(&files), ["REQ-1", "REQ-2"]);
}

#[test]
fn a_change_that_is_proposed_is_not_in_force() {
    let text = "# Kiln\n\n## ADDED Requirements\n\n### Requirement: KILN_0001 Heat\n\nThe kiln SHALL heat.\n\n\
        ### Requirement: KILN_0002 Cool\n\nThe kiln SHALL cool.\n";
    assert_eq!(requirements(&[("openspec/specs/kiln/spec.md", text)]), ["KILN_0001", "KILN_0002"]);
    assert_eq!(requirements(&[("openspec/changes/kiln/specs/kiln/spec.md", text)]), [""; 0]);
}

#[test]
fn a_section_that_only_points_at_a_requirement_is_none_of_its_own() {
    let yaml = "requirements:\n- id: KILN_0001\n  title: Heat\n  description: Pots are burned in there.\n";
    let spec = "# Kiln specification\n\n### Requirement: KILN_0001\n\nThe system SHALL implement KILN_0001.\n";
    assert_eq!(requirements(&[("docs/requirements.yml", yaml), ("openspec/specs/kiln/spec.md", spec)]), ["KILN_0001"]);
    assert_eq!(requirements(&[("openspec/specs/kiln/spec.md", spec)]), ["KILN_0001"]);
}

#[test]
fn a_folder_of_requirements_holds_specifications() {
    let part = "# Quality and limits\n\n- NF-001: It shall be fast.\n- NF-002: It shall be small.\n";
    assert_eq!(requirements(&[("docs/requirements/quality.md", part)]), ["NF-001", "NF-002"]);
    let minutes = "# Minutes of a meeting\n\n- NF-001: somebody spoke of it.\n";
    assert_eq!(requirements(&[("docs/requirements/quality.md", minutes), ("docs/requirements/README.md", part)]), [""; 0]);
}

#[test]
fn a_form_whose_title_has_a_field_defines_nothing() {
    let form = |title: &str| format!("# {title}\n\n## UC-001: [Title of the use case]\n\nThe baker shall [do something].\n");
    for title in
        ["Use cases of [Project Name]", "Requirements: {{ cookiecutter.project_name }}", "Specification of {your product}"]
    {
        let text = form(title);
        assert_eq!(requirements(&[("docs/requirements.md", SPEC), ("docs/use-case-requirements.md", &text)]), ["REQ-1", "REQ-2"]);
    }
    for title in ["[Feature] Use case requirements", "Requirements of [the project](project.md)", "Requirements [draft]"] {
        let text = form(title);
        assert!(requirements(&[("docs/use-case-requirements.md", &text)]).contains(&String::from("UC-001")), "{title}");
    }
}

#[test]
fn a_table_that_nobody_names_in_a_document_about_other_things_is_no_specification() {
    let rules = "# Caches of the build\n\n| Rule | Requirement |\n|---|---|\n| R1 | Jobs shall read the cache. |\n| R2 | Jobs shall not write it. |\n";
    assert_eq!(requirements(&[("docs/requirements.md", SPEC), ("docs/caches.md", rules)]), ["REQ-1", "REQ-2"]);
    assert_eq!(requirements(&[("docs/caches.md", rules)]), ["R1", "R2"]);
    let test = "def test_reads():\n    \"\"\"Verifies: R1\"\"\"\n    assert read()\n";
    let files = [("docs/requirements.md", SPEC), ("docs/caches.md", rules), ("tests/test_cache.py", test)];
    assert_eq!(requirements(&files), ["R1", "R2", "REQ-1", "REQ-2"]);
}

#[test]
fn the_first_word_of_a_name_outweighs_what_the_requirements_are_about() {
    let text = "# Requirements Document\n\n### REQ-CLI-01: Run\n\nIt shall run.\n\n### REQ-CLI-02: Stop\n\nIt shall stop.\n";
    assert_eq!(requirements(&[("docs/f/REQ-orchestrate-dev-workflow.md", text)]), ["REQ-CLI-01", "REQ-CLI-02"]);
    assert_eq!(requirements(&[("docs/f/REQ-review.md", text)]), [""; 0]);
    assert_eq!(requirements(&[("docs/backlog/f/REQ-workflow.md", text)]), [""; 0]);
}

#[test]
fn requirements_may_be_about_workflows_and_prompts() {
    let text = "# Subsystem Requirements: Clinical Workflow (SUB-CW)\n\n| Req ID | Requirement |\n|---|---|\n| SUB-CW-0001 | It shall book. |\n| SUB-CW-0002 | It shall cancel. |\n\n```json\n\"test\": \"node ./out/test/run.js\"\n```\n";
    assert_eq!(requirements(&[("docs/SUB-CW.md", text)]), ["SUB-CW-0001", "SUB-CW-0002"]);
    let analysis = super::analyzed(&[("docs/SUB-CW.md", text)]);
    assert_eq!(analysis.graph.rows.len(), 0);
}

#[test]
fn a_report_on_one_requirement_takes_no_family_from_the_matrix() {
    let report = "# Benchmark of the kiln\n\n**Requirement (NFR-02):** the kiln shall be warm within a minute.\n";
    let rows: String =
        (1..=6).map(|n| format!("| NFR-0{n} | Warm feet in room {n} | tests/test_kiln.py::test_{n} |\n")).collect();
    let matrix = format!("# Traceability matrix\n\n| Req ID | Requirement | Test |\n|---|---|---|\n{rows}");
    let files = [("docs/benchmark.md", report), ("docs/rtm.md", matrix.as_str())];
    assert_eq!(requirements(&files), ["NFR-01", "NFR-02", "NFR-03", "NFR-04", "NFR-05", "NFR-06"]);
}

#[test]
fn stories_that_a_matrix_lists_are_defined_where_they_are_told() {
    let stories: String =
        (1..=8).map(|n| format!("#### **HU00{n} \\- Sala {n}**\n\nComo vecino quiero la sala {n}.\n\n")).collect();
    let rows: String = (1..=6).map(|n| format!("| HU00{n} | Sala {n} | SalaTest | OK |\n")).collect();
    let text = format!("# Documento HU\n\n{stories}");
    let matrix = format!("# Matriz de trazabilidad\n\n| HU | Descripción | Prueba | Estado |\n|---|---|---|---|\n{rows}");
    let files = [("docs/hu.md", text.as_str()), ("docs/rtm.md", matrix.as_str())];
    assert_eq!(requirements(&files).len(), 8);
}

#[test]
fn engineering_requirements_are_requirements_below_their_heading() {
    let text = "# Design\n\n## Requirements\n\n### SR-001 — Gravity\n\nIt shall weigh.\n\n## Engineering requirements\n\n### ER-001 — Model\n\nIt shall compute.\n\n## Records\n\n### ER-002 — Ran on Monday\n\nIt ran.\n";
    assert_eq!(requirements(&[("docs/design-requirements.md", text)]), ["ER-001", "SR-001"]);
}

#[test]
fn actors_and_what_is_reused_are_defined_by_nobody_here() {
    let first = "# Requirements of the kiln\n\n## Actors\n\n### ACT-001: Baker\n\nA human.\n\n## Requirements\n\n### SCALE-001: Load\n\nIt shall bake ten loaves.\n";
    let second = "# Requirements of phase two\n\n| ID | Requirement |\n|---|---|\n| SCALE-001 | (Reused from phase one.) It still bakes ten. |\n| SCALE-002 | It shall bake twenty. |\n";
    assert_eq!(
        requirements(&[("docs/one-requirements.md", first), ("docs/two-requirements.md", second)]),
        ["SCALE-001", "SCALE-002"]
    );
}

#[test]
fn what_a_list_says_of_a_decision_defines_none() {
    let text = "# Lamp requirements\n\n## Queue requirements\n\n- LAMP-0740 records the decision.\n- LAMP-0741 once.\n- LAMP-0742 absent.\n- **LAMP-0743**: The lamp shall burn.\n";
    assert_eq!(requirements(&[("docs/lamp-requirements.md", text)]), ["LAMP-0743"]);
}

#[test]
fn what_stands_in_one_code_span_is_quoted() {
    let text = "# Lamp requirements\n\n### LAMP-1: Light\n\nIt shall burn.\n\n## Next requirements\n\nThe next one is:\n\n`LAMP-2 -- Dim at night`\n\n## Handoff\n\nRestore:\n\n`LAMP-2 -- Dim at night`\n";
    let files = [("docs/lamp-requirements.md", text)];
    assert_eq!((requirements(&files), messages(&files, "R01")), (vec![String::from("LAMP-1")], Vec::new()));
}
