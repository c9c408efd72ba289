//! The names that columns have in other languages than English.
//!
//! Each line holds names of one meaning with `|` between them, in the normal form of
//! [`words`](crate::model::vocabulary::words), with and without accents.

use super::columns::Column;

/// Spanish and Portuguese, French and Italian, German, Russian, Chinese, Japanese and Korean.
const NAMES: &[(Column, &str)] = &[
    (
        Column::Text,
        "descripción|descripcion|descrição|descricao|título|titulo|nombre|nome|enunciado|funcionalidad|funcionalidade",
    ),
    (Column::Text, "titre|libellé|libelle|énoncé|enonce|descrizione|titolo|enunciato|atributo|bezeichnung|name der anforderung"),
    (
        Column::Text,
        "наименование|текст требования|需求描述|需求名称|功能描述|説明|名称|タイトル|要件内容|설명|제목|요구사항 설명|요구사항명|내용",
    ),
    (Column::Status, "estado|situación|situacion|situação|situacao|statut|état|etat|stato|zustand|ergebnis|resultado|résultat"),
    (Column::Status, "risultato|состояние|результат|测试结果|结果|実装状況|結果|ステータス|상태|결과"),
    (
        Column::Status,
        "검증 상태|시험 상태|테스트 상태|구현 상태|진행 상태|验证状态|测试状态|検証状態|テスト状態|estado de verificación|statut de vérification|stato della verifica",
    ),
    (Column::Method, "método de verificación|metodo de verificacion|método de verificação|metodo de verificacao|método|metodo"),
    (
        Column::Method,
        "méthode de vérification|methode de verification|méthode|metodo di verifica|verifikationsmethode|prüfmethode",
    ),
    (Column::Method, "nachweismethode|методика|метод проверки|метод верификации|验证方法|検証方法|검증 방법|검증방법"),
    (
        Column::Level,
        "nivel|nível|nivel de prueba|nível de teste|niveau|niveau de test|livello|teststufe|prüfebene|уровень|测试级别",
    ),
    (Column::Level, "テストレベル|시험 수준"),
    (Column::Priority, "prioridad|prioridade|priorité|priorite|priorità|priorita|priorität|приоритет|优先级|優先度|우선순위"),
    (
        Column::Parent,
        "requisito padre|requisito pai|exigence parente|requisito padre id|übergeordnete anforderung|родитель|父需求|親要件",
    ),
    (
        Column::Code,
        "arquivos|ficheiros|archivos|fichiers|dateien|implementación|implementacion|implementação|implementacao|implémentation|implementazione|implementierung|umsetzung",
    ),
    (
        Column::Code,
        "componente|componentes|módulo|modulo|composant|komponente|quellcode|quelldatei|quelldateien|código|código fuente|codigo fuente|code source|codice|codice sorgente|исходный код|源码|源代码|ソースコード|소스 코드|реализация|модуль|实现|模块|実装|구현",
    ),
    (
        Column::Evidence,
        "evidencia|evidencias|evidência|evidências|preuve|preuves|evidenza|nachweis|nachweise|доказательство|证据|証跡|증거|근거",
    ),
    (
        Column::Notes,
        "notas|observaciones|observações|observacoes|comentarios|comentários|remarques|commentaires|note|osservazioni",
    ),
    (Column::Notes, "bemerkung|bemerkungen|anmerkung|anmerkungen|kommentar|примечание|примечания|комментарий|备注|備考|비고"),
    (
        Column::Tests,
        "prueba|pruebas|caso de prueba|casos de prueba|verificado por|cubierto por|teste|testes|caso de teste|casos de teste",
    ),
    (
        Column::Tests,
        "coberto por|essai|essais|cas de test|cas d essai|vérifié par|verifie par|prova|prove|caso di prova|casi di prova",
    ),
    (Column::Tests, "caso di test|casi di test|verificato da|prüfung|prüfungen|prüffall|prüffälle|testfall id|verifiziert durch"),
    (
        Column::Tests,
        "тест кейс|тест кейсы|проверка|тестовый случай|试验|验证用例|检验|試験|試験項目|検証|시험|테스트|테스트 케이스|검증",
    ),
];

/// Names of columns of identifiers.
const IDS: &str = "requisito|requisitos|id requisito|id de requisito|código|codigo|id req|identificador|requerimiento|requerimientos\
|requisito id|exigences|id exigence|identifiant|anforderungen|anforderungsnummer|anforderung id|anf id|id anforderung|id требования|требование|требования\
|идентификатор|需求标识|需求号|要件|要件id|要件 id|要求番号|要件番号|요구사항|요구사항 id|요구사항id|요구사항 번호";

/// The meaning of a name.
pub(super) fn meaning(name: &str) -> Option<Column> {
    let has = |names: &str| names.split('|').any(|one| one == name);
    NAMES.iter().find(|(_, names)| has(names)).map(|(column, _)| *column)
}

/// Whether a column of this name may hold the identifiers of requirements.
pub(super) fn is_id(name: &str) -> bool {
    IDS.split('|').any(|one| one == name)
}

/// Whether a name contains the word for "test" of a language that is written in one piece with others.
pub(super) fn speaks_of_tests(name: &str) -> bool {
    const PARTS: &[&str] = &["测试", "測試", "テスト", "тест", "테스트", "ケースid"];
    const WORDS: &[&str] = &["prueba", "pruebas", "teste", "testes", "testfälle", "testfall", "essais"];
    let other = [
        "tipo",
        "type",
        "plan",
        "nivel",
        "estado",
        "resultado",
        "datos",
        "fecha",
        "方法",
        "要求",
        "结果",
        "类型",
        "状态",
        "ユース",
    ];
    let named = PARTS.iter().any(|part| name.contains(part)) || name.split(' ').any(|word| WORDS.contains(&word));
    named && !other.iter().any(|part| name.contains(part))
}

/// What a name says of a requirement: "description" of "description of the requirement", "descrição" of "descrição do requisito".
pub(super) fn of_a_requirement(name: &str) -> Option<&str> {
    const ENDS: &[&str] = &[
        " of the requirement",
        " of requirement",
        " do requisito",
        " de requisito",
        " del requisito",
        " del requerimiento",
        " de requerimiento",
        " de l exigence",
        " de exigence",
        " der anforderung",
        " требования",
    ];
    ENDS.iter().find_map(|end| name.strip_suffix(end))
}
