//! Actions in other languages than English: headings above them, names of columns, and what stands for what is not done.

/// Headings of actions; those of languages without blanks may stand anywhere in a heading.
const HEADINGS: &[&str] = &[
    // German.
    "maßnahme",
    "maßnahmen",
    "massnahmen",
    "korrekturmaßnahmen",
    "korrekturmassnahmen",
    "vorbeugungsmaßnahmen",
    "vorbeugemaßnahmen",
    "maßnahmenplan",
    // French.
    "actions correctives",
    "action corrective",
    "actions préventives",
    "actions correctives et préventives",
    "plan d actions",
    "plan d action",
    "mesures correctives",
    "mesures préventives",
    // Spanish.
    "acciones",
    "acciones correctivas",
    "acciones preventivas",
    "medidas correctivas",
    "medidas preventivas",
    "plan de acción",
    // Portuguese.
    "ações",
    "ações corretivas",
    "ações preventivas",
    "plano de ação",
    "medidas corretivas",
    // Japanese.
    "アクション",
    "再発防止",
    "是正処置",
    "是正措置",
    "予防処置",
    "予防措置",
    // Chinese.
    "纠正措施",
    "预防措施",
    "改进措施",
    "整改措施",
    "行动项",
    // Korean.
    "시정 조치",
    "예방 조치",
    "재발 방지",
    "조치 사항",
];

/// Headings of root causes.
const CAUSES: &[&str] = &[
    "ursache",
    "ursachen",
    "ursachenanalyse",
    "cause racine",
    "causes racines",
    "cause profonde",
    "causa raíz",
    "causas raíz",
    "causa raiz",
    "causas raiz",
    "根本原因",
    "原因分析",
    "근본 원인",
];

/// Names of columns that say what is to be done.
pub(in crate::read) const WHAT: &[&str] = &[
    "maßnahme",
    "aufgabe",
    "beschreibung",
    "mesure",
    "tâche",
    "description de l action",
    "acción",
    "acciones",
    "medida",
    "tarea",
    "descripción",
    "ação",
    "tarefa",
    "descrição",
    "アクション",
    "対応",
    "対策",
    "内容",
    "施策",
    "措施",
    "行动",
    "任务",
    "조치",
    "작업",
    "내용",
];

/// Names of columns that say how far it is.
pub(in crate::read) const STATUSES: &[&str] =
    &["stand", "zustand", "statut", "état", "estado", "situação", "situación", "ステータス", "状態", "状况", "状态", "상태"];

/// Names of columns that say whose it is.
pub(in crate::read) const OWNERS: &[&str] = &[
    "verantwortlich",
    "verantwortlicher",
    "zuständig",
    "responsable",
    "responsável",
    "担当",
    "担当者",
    "負責人",
    "负责人",
    "담당",
    "담당자",
];

/// Names of columns that say by when.
pub(in crate::read) const DUE: &[&str] = &[
    "fällig",
    "fällig am",
    "frist",
    "termin",
    "échéance",
    "date limite",
    "fecha límite",
    "plazo",
    "prazo",
    "data limite",
    "期限",
    "期日",
    "截止日期",
    "기한",
];

/// What a status says of something that is not done.
const PENDING: &[&str] = &[
    "offen",
    "in arbeit",
    "in bearbeitung",
    "ausstehend",
    "geplant",
    "nicht begonnen",
    "ouvert",
    "ouverte",
    "en cours",
    "à faire",
    "en attente",
    "abierto",
    "abierta",
    "pendiente",
    "en curso",
    "en progreso",
    "aberto",
    "aberta",
    "pendente",
    "em andamento",
    "em curso",
    "未着手",
    "未対応",
    "未完了",
    "対応中",
    "進行中",
    "検討中",
    "未开始",
    "未完成",
    "进行中",
    "待处理",
    "미완료",
    "미착수",
    "진행 중",
    "진행중",
    "예정",
];

/// Whether a heading stands above actions.
pub(super) fn is_actions(title: &str) -> bool {
    is_one(title, HEADINGS)
}

/// Whether a heading stands above root causes.
pub(super) fn is_causes(title: &str) -> bool {
    is_one(title, CAUSES)
}

/// Whether a status says that something is not done.
pub(super) fn is_pending(status: &str) -> bool {
    let begins = |phrase: &&str| {
        let rest = status.strip_prefix(*phrase);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(' ') || is_unparted(phrase))
    };
    PENDING.iter().any(begins)
}

/// Whether a title, in words, is one of these words or has one of these phrases.
fn is_one(title: &str, list: &[&str]) -> bool {
    let has = |phrase: &str| match (is_unparted(phrase), phrase.contains(' ')) {
        (true, _) => title.contains(phrase),
        (false, true) => format!(" {title} ").contains(&format!(" {phrase} ")),
        (false, false) => title == phrase,
    };
    list.iter().any(|phrase| has(phrase))
}

/// Whether a word is of a script that does not part words.
fn is_unparted(phrase: &str) -> bool {
    phrase.chars().any(|c| matches!(u32::from(c), 0x3040..=0x30FF | 0x4E00..=0x9FFF))
}

/// Whether the name of a column is one of a list in English or of one in other languages.
pub(in crate::read) fn is_named(name: &str, english: &[&str], others: &[&str]) -> bool {
    english.contains(&name) || others.contains(&name)
}

/// Names of the columns of steps: what is expected, what was seen, what came of it.
pub(super) const EXPECTED: &[&str] = &[
    "kriterium",
    "akzeptanzkriterium",
    "erwartet",
    "erwartetes ergebnis",
    "sollwert",
    "critère",
    "attendu",
    "résultat attendu",
    "criterio",
    "resultado esperado",
    "critério",
    "期待結果",
    "预期结果",
    "기대 결과",
];
pub(super) const SEEN: &[&str] = &[
    "beobachtung",
    "tatsächlich",
    "tatsächliches ergebnis",
    "istwert",
    "résultat obtenu",
    "résultat réel",
    "observación",
    "resultado obtenido",
    "resultado real",
    "observação",
    "resultado obtido",
    "実際の結果",
    "实际结果",
    "실제 결과",
];
pub(super) const OUTCOMES: &[&str] = &[
    "ergebnis",
    "bewertung",
    "résultat",
    "verdict",
    "resultado",
    "conclusión",
    "resultat",
    "判定",
    "結果",
    "结果",
    "判定结果",
    "결과",
];
pub(super) const STEPS: &[&str] =
    &["schritt", "prüfschritt", "testschritt", "étape", "paso", "passo", "prüfung", "手順", "步骤", "단계"];

/// Whether the name of a column says who did it: "Geprüft von", "Réalisé par", "Firma".
pub(super) fn is_signature(name: &str) -> bool {
    const NAMES: &[&str] = &[
        "prüfer",
        "unterschrift",
        "testeur",
        "firma",
        "assinatura",
        "実施者",
        "確認者",
        "执行人",
        "检查人",
        "测试人",
        "수행자",
        "확인자",
    ];
    const STARTS: &[&str] = &[
        "geprüft von",
        "durchgeführt von",
        "ausgeführt von",
        "getestet von",
        "testé par",
        "exécuté par",
        "réalisé par",
        "vérifié par",
        "effectué par",
        "realizado por",
        "ejecutado por",
        "verificado por",
        "probado por",
        "executado por",
        "testado por",
    ];
    NAMES.contains(&name) || STARTS.iter().any(|start| name.starts_with(start))
}

/// Whether an outcome says that all is well, or that it is not.
pub fn is_passed(said: &str) -> Option<bool> {
    match said {
        "bestanden" | "erfüllt" | "i o" | "réussi" | "réussie" | "conforme" | "aprobado" | "aprovado" | "合格" | "通过"
        | "합격" => Some(true),
        "nicht bestanden" | "nicht erfüllt" | "fehlgeschlagen" | "n i o" | "échec" | "échoué" | "non conforme"
        | "no conforme" | "fallido" | "reprovado" | "não conforme" | "不合格" | "未通过" | "불합격" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{is_actions, is_pending};
    use crate::model::vocabulary::words;

    #[test]
    fn headings_and_statuses() {
        for title in [
            "Maßnahmen",
            "Actions préventives",
            "Plan d'action",
            "Plan de acción",
            "Ações",
            "再発防止策",
            "改进措施（行动项）",
            "시정 조치",
        ] {
            assert!(is_actions(&words(title)), "{title}");
        }
        for title in ["Anforderungen", "Fonctions", "Acciones del usuario en pantalla", "Actions", "背景"] {
            assert!(!is_actions(&words(title)), "{title}");
        }
        for status in ["Offen", "en cours", "Pendiente (proveedor)", "対応中（来週）", "进行中"] {
            assert!(is_pending(&words(status)), "{status}");
        }
        for status in ["erledigt", "terminé", "完了", "offenbar erledigt", "Cerrado"] {
            assert!(!is_pending(&words(status)), "{status}");
        }
    }
}
