//! Two registers that give the same identifiers to different requirements.

use super::support::analyze_files;
use tracegate::analysis::Analysis;

fn analyzed(files: &[(&str, &str)]) -> Analysis {
    analyze_files(files.iter().map(|(path, text)| ((*path).to_owned(), (*text).as_bytes().to_vec())).collect())
}

fn told(analysis: &Analysis, code: &str) -> Vec<String> {
    analysis.findings.iter().filter(|one| one.code == code).map(|one| one.message.clone()).collect()
}

const TEXTS: [&str; 6] = [
    "The oven shall lock its door while the heater burns",
    "The display shall count down the remaining baking minutes",
    "The alarm shall ring when baking minutes have passed",
    "The heater shall never burn above three hundred degrees",
    "The lamp shall glow while somebody opens the door",
    "The fan shall spread heat evenly across every tray",
];

fn specification() -> String {
    let rows = TEXTS.iter().enumerate().map(|(at, text)| format!("| REQ-00{at} | {text} |\n"));
    format!("# Oven requirements\n\n| ID | Requirement |\n|---|---|\n{}", rows.collect::<String>())
}

fn matrix<'t>(texts: impl Iterator<Item = &'t str>) -> String {
    let rows = texts.enumerate().map(|(at, text)| format!("| REQ-00{at} | {text} | tests/test_oven.py::test_{at} |\n"));
    format!("# Traceability matrix\n\n| ID | Requirement | Test |\n|---|---|---|\n{}", rows.collect::<String>())
}

fn tests() -> String {
    (0..6).map(|at| format!("def test_{at}():\n    assert oven({at})\n\n\n")).collect()
}

fn run(matrix: &str) -> Analysis {
    let (specification, tests) = (specification(), tests());
    analyzed(&[("docs/requirements.md", &specification), ("docs/rtm.md", matrix), ("tests/test_oven.py", &tests)])
}

#[test]
fn other_requirements_under_the_same_numbers_are_told_once_and_not_credited() {
    let analysis = run(&matrix((0..6).map(|at| TEXTS[(at + 2) % 6])));
    let [found] = &told(&analysis, "M08")[..] else { panic!("{:?}", analysis.findings) };
    assert!(
        found.starts_with("docs/rtm.md and docs/requirements.md give the same identifiers to different requirements"),
        "{found}"
    );
    assert!(found.contains("of 6 texts") && found.contains("REQ-000 is “The alarm shall ring"), "{found}");
    let one = analysis.graph.requirements.iter().find(|one| one.id == "REQ-000").unwrap();
    assert!(one.evidence.is_empty() && one.rows.is_empty(), "the test is of another requirement");
    assert_eq!(told(&analysis, "M01"), [""; 0], "no row is unknown or missing on top");
}

#[test]
fn a_retelling_or_a_translation_or_a_chance_is_none() {
    let short = ["Door lock", "Countdown display", "Alarm", "Heater limit of degrees", "Door lamp glow", "Even heat by fan"];
    let german = [
        "Der Ofen muss beim Heizen die Klappe verriegeln",
        "Die Anzeige muss die restliche Backzeit herunterzaehlen",
        "Der Wecker muss nach Ablauf der Backzeit klingeln",
        "Die Heizung darf niemals heisser als dreihundert Grad werden",
        "Die Leuchte muss bei offener Klappe leuchten",
        "Das Geblaese muss die Waerme gleichmaessig verteilen",
    ];
    let few = (0..6).map(|at| if at < 2 { TEXTS[at + 2] } else { TEXTS[at] });
    let components = ["Motor board", "Screen unit", "Buzzer box", "Power stage", "Bulb socket", "Rotor axle"];
    for matrix in [
        matrix(TEXTS.into_iter()),
        matrix(short.into_iter()),
        matrix(german.into_iter()),
        matrix(few),
        matrix(components.into_iter()),
    ] {
        let analysis = run(&matrix);
        assert!(told(&analysis, "M08").iter().all(|one| !one.contains("same identifiers")), "{matrix}");
        assert!(analysis.graph.requirements.iter().all(|one| one.evidence.len() == 1), "{matrix}");
    }
}
