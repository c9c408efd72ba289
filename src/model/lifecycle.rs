//! What kind of record there is, and in which state of its life it can be.

use super::vocabulary::words;

/// What a record is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Class {
    /// Changes something: a change request, an engineering change order.
    Change,
    /// Finds out what went wrong.
    Investigation,
    /// Tells of a departure: a variance, a deviation, a nonconformance.
    Deviation,
    /// A corrective or preventive action.
    Action,
    /// Tells what a verification came to.
    Verification,
    /// A decision.
    Decision,
    /// Says how something is done.
    Procedure,
    /// Says what is to be done.
    Plan,
    /// Sums up.
    Summary,
    /// A requirements specification.
    Specification,
    /// A traceability matrix.
    Matrix,
    /// Something else, or nothing says what.
    #[default]
    Other,
}

/// All classes, with the word that reports and the configuration use.
const CLASSES: [(Class, &str); 12] = [
    (Class::Change, "change"),
    (Class::Investigation, "investigation"),
    (Class::Deviation, "deviation"),
    (Class::Action, "action"),
    (Class::Verification, "verification"),
    (Class::Decision, "decision"),
    (Class::Procedure, "procedure"),
    (Class::Plan, "plan"),
    (Class::Summary, "summary"),
    (Class::Specification, "specification"),
    (Class::Matrix, "matrix"),
    (Class::Other, "other"),
];

/// Families of identifiers by the class of their records. Some mean several things: those are left out.
const FAMILIES: &[(Class, &[&str])] = &[
    (Class::Change, &["CR", "CHG", "CO", "ECO", "ECR", "ECN", "DCR", "DCO", "DCN", "MOC", "PCR", "SCR", "CCR", "CRQ"]),
    (Class::Investigation, &["INV", "RCA", "INC", "PIR", "INVEST"]),
    (Class::Deviation, &["VAR", "DEV", "DEVN", "NC", "NCR", "NCMR", "OOS", "OOT"]),
    (Class::Action, &["CAPA", "CA", "PA", "AI", "CAR", "PAR", "SCAR"]),
    (Class::Verification, &["VR", "VER", "TR", "ER", "IQ", "OQ", "PQ", "VVR", "STR"]),
    (Class::Decision, &["ADR", "DEC", "MADR", "KDR", "TDR", "EDR"]),
    (Class::Procedure, &["SOP", "WI", "PROC", "QP", "POL"]),
    (Class::Plan, &["PLAN", "VP", "VMP", "TP", "QAP", "SDP", "VVP", "SVP", "SVVP"]),
    (Class::Summary, &["SUM", "VSR", "SUMMARY"]),
    (Class::Specification, &["RS", "SRS", "URS", "FRS", "PRS"]),
    (Class::Matrix, &["RTM", "VCRM"]),
];

/// Words of titles, folders and fields by class; the first that is met counts.
const WORDS: &[(Class, &[&str])] = &[
    (Class::Matrix, &["traceability matrix", "rtm"]),
    (Class::Summary, &["session summary", "summary report", "status report"]),
    (
        Class::Investigation,
        &[
            "investigation",
            "investigations",
            "root cause analysis",
            "root cause analyses",
            "postmortem",
            "postmortems",
            "post mortem",
            "post mortems",
        ],
    ),
    (
        Class::Deviation,
        &[
            "variance",
            "variances",
            "deviation",
            "deviations",
            "nonconformance",
            "nonconformances",
            "nonconformity",
            "non conformance",
            "non conformances",
            "non conformity",
        ],
    ),
    (Class::Action, &["capa", "capas", "corrective action", "preventive action", "corrective actions"]),
    (
        Class::Change,
        &[
            "change request",
            "change requests",
            "change record",
            "change records",
            "change order",
            "change orders",
            "change control",
            "change notice",
            "change proposal",
        ],
    ),
    (Class::Decision, &["architecture decision", "decision record", "adr", "adrs", "decision", "decisions"]),
    (
        Class::Procedure,
        &["procedure", "procedures", "work instruction", "work instructions", "sop", "sops", "policy", "policies"],
    ),
    (
        Class::Verification,
        &["verification report", "validation report", "test report", "test record", "verification record", "execution record"],
    ),
    (Class::Plan, &["plan", "plans", "protocol", "protocols"]),
    (Class::Specification, &["requirements specification", "specification"]),
];

impl Class {
    /// The word that reports and the configuration use.
    pub fn name(self) -> &'static str {
        CLASSES.iter().find(|(class, _)| *class == self).map_or("other", |(_, name)| name)
    }

    /// The class of a word of the configuration.
    pub fn named(name: &str) -> Option<Self> {
        CLASSES.iter().find(|(_, known)| *known == name).map(|(class, _)| *class)
    }

    /// All words of the configuration.
    pub fn names() -> impl Iterator<Item = &'static str> {
        CLASSES.iter().map(|(_, name)| *name)
    }

    /// The class of a family of identifiers: `CR`, `VAR`.
    pub fn of_family(family: &str) -> Option<Self> {
        let known = |list: &&[&str]| list.iter().any(|one| one.eq_ignore_ascii_case(family));
        FAMILIES.iter().find(|(_, list)| known(list)).map(|(class, _)| *class)
    }

    /// The class that a title, a folder or a field speaks of.
    pub fn in_words(text: &str) -> Option<Self> {
        let text = format!(" {} ", words(text));
        let has = |list: &&[&str]| list.iter().any(|phrase| text.contains(&format!(" {phrase} ")));
        let found = WORDS.iter().find(|(_, list)| has(list)).map(|(class, _)| *class);
        let earlier = matches!(found, Some(Self::Matrix | Self::Summary | Self::Investigation));
        if !earlier && is_incident(text.trim()) { Some(Self::Investigation) } else { found }
    }

    /// The class that a title ends with, where that is what the document is: "Incident response procedure". What is a record
    /// "from", "to" or "of" a procedure is none.
    pub fn in_head(title: &str) -> Option<Self> {
        const JOINING: &[&str] = &["about", "against", "by", "for", "from", "in", "of", "on", "the", "to", "update", "with"];
        let front = words(title.split([':', '(', '—', '–']).next().unwrap_or(title));
        let mut list: Vec<&str> = front.split(' ').collect();
        let last = list.pop()?;
        let head = matches!(last, "procedure" | "procedures" | "policy" | "policies" | "sop" | "guideline" | "guidelines");
        (head && !list.is_empty() && !list.iter().any(|word| JOINING.contains(word))).then_some(Self::Procedure)
    }

    /// Whether records of the class are carried out, and not only put into force.
    pub fn is_executed(self) -> bool {
        matches!(self, Self::Change | Self::Investigation | Self::Deviation | Self::Action)
    }
}

/// In which state of its life a record is. The order is that of the usual life.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum State {
    /// Nothing says so, or in no word that is known.
    #[default]
    Unknown,
    /// Being written.
    Draft,
    /// Being reviewed, or waiting for approval.
    InReview,
    /// Approved for execution.
    PreApproved,
    /// Being carried out.
    InExecution,
    /// Carried out, and being reviewed for that.
    InPostReview,
    /// Approved after it was carried out.
    PostApproved,
    /// Approved.
    Approved,
    /// In force.
    Effective,
    /// Done with.
    Closed,
    /// Superseded, retired, rejected or cancelled.
    Ended,
}

/// Phrases by the state that they stand for. Of those with which a status begins the longest counts.
const STATES: &[(State, &[&str])] = &[
    (
        State::Draft,
        &[
            "draft",
            "drafting",
            "new",
            "created",
            "wip",
            "work in progress",
            "planned",
            "not started",
            "initiated",
            "entwurf",
            "brouillon",
            "borrador",
            "rascunho",
            "bozza",
            "草稿",
            "草案",
            "下書き",
            "초안",
        ],
    ),
    (
        State::InReview,
        &[
            "in review",
            "under review",
            "review",
            "reviewed",
            "in pre review",
            "pre review",
            "pre reviewed",
            "in pre approval",
            "in approval",
            "pending approval",
            "awaiting approval",
            "pending review",
            "awaiting review",
            "submitted",
            "proposed",
            "proposal",
            "ready for review",
            "ready for approval",
            "under discussion",
            "in prüfung",
            "en revisión",
            "em revisão",
            "en cours de revue",
            "审核中",
            "レビュー中",
            "검토 중",
        ],
    ),
    (State::PreApproved, &["pre approved", "approved for execution", "released for execution", "approved for implementation"]),
    (
        State::InExecution,
        &[
            "in execution",
            "in progress",
            "executing",
            "execution",
            "open",
            "reopened",
            "in implementation",
            "implementing",
            "under investigation",
            "in investigation",
            "ongoing",
            "started",
            "assigned",
            "in work",
            "offen",
            "in bearbeitung",
            "in arbeit",
            "in umsetzung",
            "ouvert",
            "ouverte",
            "en cours",
            "abierto",
            "abierta",
            "en curso",
            "aberto",
            "aberta",
            "em andamento",
            "aperto",
            "进行中",
            "处理中",
            "未关闭",
            "対応中",
            "進行中",
            "진행 중",
        ],
    ),
    (
        State::InPostReview,
        &[
            "in post review",
            "post review",
            "post reviewed",
            "in post approval",
            "in verification",
            "pending verification",
            "awaiting verification",
            "pending closure",
            "ready for closure",
        ],
    ),
    (State::PostApproved, &["post approved", "approved for closure"]),
    (
        State::Approved,
        &[
            "approved",
            "accepted",
            "authorised",
            "authorized",
            "ratified",
            "adopted",
            "signed",
            "genehmigt",
            "approuvé",
            "approuvée",
            "aprobado",
            "aprobada",
            "aprovado",
            "aprovada",
            "approvato",
            "批准",
            "已批准",
            "承認済",
            "承認済み",
            "승인",
        ],
    ),
    (
        State::Effective,
        &[
            "effective",
            "in force",
            "released",
            "published",
            "current",
            "issued",
            "in kraft",
            "freigegeben",
            "en vigueur",
            "vigente",
            "en vigor",
            "em vigor",
            "已生效",
        ],
    ),
    (
        State::Closed,
        &[
            "closed",
            "complete",
            "completed",
            "done",
            "resolved",
            "finished",
            "implemented",
            "geschlossen",
            "abgeschlossen",
            "erledigt",
            "fermé",
            "fermée",
            "clos",
            "clôturé",
            "clôturée",
            "terminé",
            "terminée",
            "cerrado",
            "cerrada",
            "completado",
            "completada",
            "fechado",
            "fechada",
            "encerrado",
            "encerrada",
            "concluído",
            "concluída",
            "chiuso",
            "chiusa",
            "已关闭",
            "关闭",
            "已完成",
            "完了",
            "完了済み",
            "クローズ",
            "종료",
            "완료",
        ],
    ),
    (
        State::Ended,
        &[
            "superseded",
            "deprecated",
            "retired",
            "rejected",
            "cancelled",
            "canceled",
            "withdrawn",
            "obsolete",
            "archived",
            "void",
            "voided",
            "abandoned",
            "declined",
            "replaced",
            "won t fix",
            "wontfix",
            "duplicate",
        ],
    ),
];

/// Whether words call something an incident. "Incident management" is what somebody does, and "Creating an incident" what a
/// rule may be about.
pub fn is_incident(words: &str) -> bool {
    const BEFORE: &[&str] = &[
        "an", "any", "assign", "create", "creating", "each", "every", "handle", "handling", "manage", "managing", "per", "track",
        "tracking",
    ];
    const BEHIND: &[&str] = &[
        "api",
        "assignment",
        "category",
        "closure",
        "creation",
        "detection",
        "escalation",
        "guideline",
        "handling",
        "management",
        "module",
        "plan",
        "policy",
        "process",
        "procedure",
        "reporting",
        "response",
        "screen",
        "service",
        "severity",
        "status",
        "ticket",
        "tickets",
        "tracking",
        "type",
        "types",
        "workflow",
    ];
    let list: Vec<&str> = words.split(' ').collect();
    let Some(at) = list.iter().position(|word| matches!(*word, "incident" | "incidents")) else { return false };
    let about = |next: Option<&&str>, words: &[&str]| next.is_some_and(|word| words.contains(word));
    !about(list.get(at + 1), BEHIND) && !about(at.checked_sub(1).and_then(|before| list.get(before)), BEFORE)
}

impl State {
    /// The state that a status stands for. What is said with a condition or in other words is unknown.
    pub fn of(status: &str, class: Class) -> Self {
        const DOUBTS: &[&str] = &["not", "pending", "partially", "partly", "except", "awaiting", "until", "unless", "almost"];
        let said = words(status);
        if said == "active" {
            return if class.is_executed() { Self::InExecution } else { Self::Effective };
        }
        // Of a decision that is all that is open; of anything else nobody knows what is pending.
        if said == "pending" && class == Class::Decision {
            return Self::InReview;
        }
        let begins = |phrase: &str| said.strip_prefix(phrase).filter(|rest| rest.is_empty() || rest.starts_with(' '));
        let phrases = STATES.iter().flat_map(|(state, list)| list.iter().map(|phrase| (*state, *phrase)));
        let fit = phrases.filter_map(|(state, phrase)| Some((phrase.len(), state, begins(phrase)?)));
        let Some((_, state, rest)) = fit.max_by_key(|(len, ..)| *len) else { return Self::Unknown };
        // "Draft | In review | Approved" is a choice that nobody made.
        let choice =
            status.contains(['|', '/']) && rest.split(' ').any(|word| STATES.iter().any(|(_, list)| list.contains(&word)));
        // What is not approved yet may be pending as long as it likes.
        let doubted = !matches!(state, Self::Draft | Self::InReview) && rest.split(' ').any(|word| DOUBTS.contains(&word));
        if choice || doubted { Self::Unknown } else { state }
    }

    /// The word that reports use.
    pub fn name(self) -> &'static str {
        match self {
            Self::Unknown => "unknown",
            Self::Draft => "draft",
            Self::InReview => "in review",
            Self::PreApproved => "pre-approved",
            Self::InExecution => "in execution",
            Self::InPostReview => "in post-review",
            Self::PostApproved => "post-approved",
            Self::Approved => "approved",
            Self::Effective => "effective",
            Self::Closed => "closed",
            Self::Ended => "ended",
        }
    }
}

/// Whether a text has the form of the identifier of a controlled record: `CR-042`, `CR-043-VAR-001`, `ADR-7`.
pub fn is_numbered_id(id: &str) -> bool {
    let mut parts = id.split(['-', '_']);
    let family = parts.next().unwrap_or("");
    let formed = family.len() >= 2
        && family.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        && family.starts_with(|c: char| c.is_ascii_uppercase());
    let numbered = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let mut last = "";
    for part in parts {
        if part.is_empty() || !part.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()) {
            return false;
        }
        last = part;
    }
    formed && numbered(last)
}

/// The family of an identifier: `VAR` of `CR-043-VAR-001`, `RS` of `SDLC-QMS-RS`, `SOP` of `SOP-LAB-INC-001`.
pub fn family(id: &str) -> &str {
    let lettered = |part: &&str| part.starts_with(|c: char| c.is_ascii_alphabetic());
    // In a nested identifier what stands in front of the inner number belongs to the parent.
    let own = enclosing(id).and_then(|parent| id.get(parent.len()..)).unwrap_or(id);
    let parts = || own.split(['-', '_', ' ']).filter(lettered);
    let known = |part: &&str| Class::of_family(part).is_some();
    // DEV is development too: what stands behind it says more of what the document is.
    let own = || parts().find(|part| known(part) && *part != "DEV");
    own().or_else(|| parts().find(known)).or_else(|| parts().next_back()).unwrap_or(id)
}

/// The identifier around a nested one: `CR-043` of `CR-043-VAR-001`.
pub fn enclosing(id: &str) -> Option<&str> {
    let number = id.rfind(['-', '_'])?;
    let before = id.get(..number)?;
    let family = before.rfind(['-', '_'])?;
    let parent = before.get(..family)?;
    is_numbered_id(parent).then_some(parent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn families_are_those_of_the_record_and_not_of_its_parent() {
        for (id, expected) in [
            ("CR-042", "CR"),
            ("CR-043-VAR-001", "VAR"),
            ("INV-008-CAPA-001", "CAPA"),
            ("SDLC-QMS-RS", "RS"),
            ("SOP-LAB-INC-001", "SOP"),
            ("QMS-SOP-012", "SOP"),
            ("DEV-PLAN-001", "PLAN"),
            ("DEV-2024-001", "DEV"),
            ("PUMP-DEV-001", "DEV"),
            ("XYZ-1", "XYZ"),
            ("7", "7"),
        ] {
            assert_eq!(family(id), expected, "{id}");
        }
        assert_eq!(enclosing("CR-043-VAR-001"), Some("CR-043"));
        assert_eq!(enclosing("SOP-LAB-001"), None);
        assert_eq!(enclosing("CR-042"), None);
    }
}
