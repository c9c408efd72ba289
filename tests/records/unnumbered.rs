//! Records that nobody numbered, actions without identifiers, and logs.

use super::checks::told;
use super::records;
use tracegate::finding::Severity;

const POSTMORTEM: &str = "# The ovens went cold\n\n## Summary\n\nAll ovens went cold.\n\n## Timeline\n\n| Time | Event |\n|---|---|\n\
    | 10:02 | The first oven goes cold |\n\n## Contributing factors\n\n- The fuse is shared\n\n## Action items\n\n- A fuse for each oven\n\n\
    ## Lessons learned\n\nFuses are cheap.\n";

#[test]
fn an_account_of_what_went_wrong_is_a_record_called_as_its_file() {
    let files = [("PM2024-003 - Ovens.md", POSTMORTEM), ("2024-05-01-cold-ovens.md", POSTMORTEM)];
    assert_eq!(records(&files), ["2024-05-01-cold-ovens investigation unknown - -", "PM2024-003 investigation unknown - -"]);
    let titled = POSTMORTEM.replace("The ovens went cold", "Postmortem of the ovens").replace("## Timeline", "## Events");
    assert_eq!(records(&[("ovens.md", &titled.replace("Lessons learned", "Thanks"))]), ["ovens investigation unknown - -"]);
}

#[test]
fn what_only_looks_like_one_is_none() {
    for title in ["Incident response", "Runbook of the ovens", "Template of an investigation", "Guide to the ovens"] {
        assert_eq!(records(&[("a.md", &POSTMORTEM.replace("The ovens went cold", title))]), [""; 0], "{title}");
    }
    for (gone, other) in [("## Contributing factors", "## Reasons"), ("## Action items", "## Next")] {
        assert_eq!(records(&[("a.md", &POSTMORTEM.replace(gone, other))]), [""; 0], "{gone}");
    }
    let requirements =
        format!("{POSTMORTEM}\n| REQ ID | Requirement |\n|---|---|\n| REQ-OVEN-001 | The oven shall stay warm. |\n");
    assert_eq!(records(&[("a.md", &requirements)]), [""; 0]);
}

fn deviation(status: &str, table: &str) -> String {
    format!("# NCR-004: Cold oven\n\n**Status:** {status}\n\n## Root cause\n\nThe fuse.\n\n## Corrective actions\n\n{table}\n")
}

const TABLE: &str = "| Action | Owner | Due Date | Status |\n|---|---|---|---|\n| Change the fuse | lind | 2024-03-01 | Done |\n\
    | Order more fuses | wu | 2024-03-15 | Open |\n| Label the fuses | wu | 2024-03-15 | Merged in 4f2c91e |\n";

#[test]
fn actions_without_identifiers_are_counted() {
    let open = deviation("In execution", TABLE);
    let told_of = |text: &str| told("P07", &[("qms/NCR-004.md", text)]);
    let expected = "NCR-004 (in execution): 1 of 3 actions is open: action 2";
    assert_eq!(told_of(&open), [(Severity::Warning, expected.to_owned())]);
    let boxes = deviation("In execution", "- [x] Change the fuse\n- [ ] Order more fuses\n- Label the fuses\n");
    let expected = "NCR-004 (in execution): 1 of 2 actions is open: action 2";
    assert_eq!(told_of(&boxes), [(Severity::Warning, expected.to_owned())]);
    assert_eq!(told_of(&deviation("In execution", &TABLE.replace("Open", "Closed"))), []);
    assert_eq!(told_of(&deviation("In execution", &TABLE.replace("| Status |", "| Remark |"))), [], "nothing says how far it is");
}

#[test]
fn a_closed_record_has_no_action_that_calls_itself_open() {
    let told_of = |text: &str| told("P07", &[("qms/NCR-004.md", text)]);
    let expected = "NCR-004 (closed): 1 of 3 actions is open: action 2";
    assert_eq!(told_of(&deviation("Closed", TABLE)), [(Severity::Warning, expected.to_owned())]);
    assert_eq!(told_of(&deviation("Closed", &TABLE.replace("Open", ""))), [], "nobody filled it in");
    assert_eq!(told_of(&deviation("Cancelled", TABLE)), []);
}

#[test]
fn entries_of_a_log_are_its_items() {
    let log = "# Deviation log\n\n| ID | Description | Owner | Due | Status |\n|---|---|---|---|---|\n\
        | DEV-2024-001 | Cold oven | lind | 2024-03-01 | Closed |\n| DEV-2024-002 | Hot oven | wu | 2024-03-15 | Open |\n";
    assert_eq!(records(&[("docs/DEVIATION_LOG.md", log)]), ["DEVIATION_LOG deviation unknown - -"]);
    let expected = "DEVIATION_LOG (not closed): 1 of 2 entries is open: DEV-2024-002";
    assert_eq!(told("P07", &[("docs/DEVIATION_LOG.md", log)]), [(Severity::Info, expected.to_owned())]);
    assert_eq!(records(&[("docs/DEVIATION_LOG.md", "# Deviation log\n\nNo deviations yet.\n")]), [""; 0]);
    assert_eq!(records(&[("docs/CHANGELOG.md", &log.replace("Deviation log", "Changelog"))]), [""; 0]);
}

#[test]
fn entries_of_a_log_may_be_sections() {
    let log = "# NCR log\n\n## NCR-001: Cold oven\n\n| | |\n|---|---|\n| Severity | Major |\n| Status | **Closed — corrected** |\n\nText.\n\n\
        ## NCR-002: Hot oven\n\n- **Status:** Open\n\n## NCR-003: Loud oven\n\n**Status:** In progress\n\n## Legend\n\n**Status:** Open\n";
    let expected = "NCR-LOG (not closed): 2 of 3 entries are open: NCR-002 and NCR-003";
    let files = [("docs/NCR-LOG.md", log.replace("NCR log", "Nonconformance log"))];
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (*path, text.as_str())).collect();
    assert_eq!(told("P07", &files), [(Severity::Info, expected.to_owned())]);
}

#[test]
fn a_sheet_may_be_a_log() {
    let sheet = "CAPAID,Description,Owner,DueDate,Status\nCAPA-2024-001,Another fuse,lind,2024-03-01,Implemented\n\
        CAPA-2024-002,Label the fuses,wu,2024-03-15,Open\n";
    assert_eq!(records(&[("docs/capa_log.csv", sheet)]), ["capa_log action unknown - -"], "a log, whose lines are its entries");
    let expected = "capa_log (not closed): 1 of 2 entries is open: CAPA-2024-002";
    assert_eq!(told("P07", &[("docs/capa_log.csv", sheet)]), [(Severity::Info, expected.to_owned())]);
    assert_eq!(records(&[("data/capa_log.csv", sheet)]), [""; 0], "the data of an application");
}

#[test]
fn decisions_are_numbered_by_their_files() {
    let decision = "# Gas\n\n## Status\n\nAccepted\n";
    assert_eq!(records(&[("docs/adr/000012.md", decision)]), ["ADR-000012 decision approved - -"]);
    assert_eq!(records(&[("docs/notes/000012.md", decision)]), [""; 0]);
}

#[test]
fn a_decision_with_tables_of_tests_is_a_decision() {
    let decision = "---\ntitle: Gas\nstatus: accepted\n---\n# Gas\n\n## Verification\n\n| Requirement | Test | Status |\n|---|---|---|\n\
        | REQ-GAS-001 | test_gas | PASS |\n| REQ-GAS-002 | test_fire | PASS |\n";
    assert_eq!(records(&[("docs/ADR/000012.md", decision)]), ["ADR-000012 decision approved - -"]);
    let specification = decision.replace("status: accepted\n", "");
    assert_eq!(records(&[("docs/ADR/000012.md", &specification)]), [""; 0], "nothing says that it was decided");
}

#[test]
fn actions_in_other_languages_are_read() {
    for (heading, head, open, done) in [
        ("Maßnahmen", "Maßnahme | Verantwortlich | Fällig | Status", "Offen", "Erledigt"),
        ("Actions correctives", "Mesure | Responsable | Échéance | Statut", "En cours", "Terminé"),
        ("Acciones correctivas", "Acción | Responsable | Plazo | Estado", "Pendiente", "Cerrado"),
        ("Plano de ação", "Ação | Responsável | Prazo | Situação", "Em andamento", "Concluído"),
        ("再発防止策", "対応 | 担当 | 期限 | 状態", "未着手", "完了"),
        ("改进措施", "措施 | 负责人 | 截止日期 | 状态", "进行中", "已完成"),
        ("시정 조치", "조치 | 담당자 | 기한 | 상태", "진행 중", "완료"),
    ] {
        let record = |second: &str| {
            format!(
                "# NCR-004: Cold oven\n\n**Status:** In execution\n\n## {heading}\n\n| {head} |\n|---|---|---|---|\n\
                 | Fuse | lind | 2024-03-01 | {done} |\n| Label | wu | 2024-03-15 | {second} |\n"
            )
        };
        let expected = "NCR-004 (in execution): 1 of 2 actions is open: action 2";
        assert_eq!(told("P07", &[("qms/NCR-004.md", &record(open))]), [(Severity::Warning, expected.to_owned())], "{heading}");
        assert_eq!(told("P07", &[("qms/NCR-004.md", &record(done))]), [], "{heading}");
    }
}

#[test]
fn actions_that_a_table_numbers_below_their_heading_are_read() {
    let rows = "| P-1 | Change the fuse | lind | 2024-03-01 | Done |\n| P-2 | Label it | wu | 2024-03-15 | Open |\n";
    let of = |head: &str, rows: &str| {
        let text = deviation("In execution", &format!("| {head} |\n|---|---|---|---|---|\n{rows}"));
        told("P07", &[("qms/NCR-004.md", &text)])
    };
    let expected = [(Severity::Warning, "NCR-004 (in execution): 1 of 2 actions is open: P-2".to_owned())];
    assert_eq!(of("# | Action | Owner | Due | Status", rows), expected);
    assert_eq!(of("番号 | アクション | 担当 | 期限 | 状態", &rows.replace("Open", "未着手")), expected);
    assert_eq!(of("Action ID | Description | Owner | Due | Status", rows), expected, "once");
}

#[test]
fn an_account_in_a_folder_of_such_is_one_whatever_tables_it_has() {
    let text = POSTMORTEM.replace("The ovens", "PM-2026-001: The ovens")
        + "\n| Requirement | Test | Status |\n|---|---|---|\n| REQ-GAS-001 | test_gas | PASS |\n| REQ-GAS-002 | test_gas | PASS |\n";
    assert_eq!(records(&[("docs/postmortems/PM-2026-001-ovens.md", &text)]), ["PM-2026-001 investigation unknown - -"]);
    assert_eq!(records(&[("docs/notes/PM-2026-001-ovens.md", &text)]), [""; 0]);
}
