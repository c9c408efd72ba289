//! Requirements whose identifiers have full stops behind a word.

use super::{analyzed, requirements};

fn sections(ids: &[&str], below: &str) -> String {
    ids.iter().map(|id| format!("#### {id}\n{below}\n\n")).collect()
}

#[test]
fn several_of_a_kind_that_demand_something_are_requirements() {
    let demand = "The door SHALL be closed.";
    for ids in [
        ["DOOR.1.1", "DOOR.1.2", "DOOR.2.1"],
        ["GATE.DOOR.1.1v1", "GATE.DOOR.1.2v2", "GATE.DOOR.2.1v1"],
        ["REQ-1.1v1", "REQ-1.2v1", "REQ-2.1v3"],
        ["REQ-1v1", "REQ-2v1", "REQ-3v3"],
    ] {
        let text = format!("# Requirements\n\n## Doors\n\n{}", sections(&ids, demand));
        assert_eq!(requirements(&[("docs/requirements.md", &text)]), ids);
        let items: String = ids.iter().map(|id| format!("- **{id}**: {demand}\n")).collect();
        assert_eq!(requirements(&[("docs/requirements.md", &format!("# Requirements\n\n{items}"))]), ids);
    }
}

#[test]
fn what_only_looks_like_them_is_none() {
    let demand = "It shall be so.";
    for ids in [
        ["pump.txt.1", "pump.txt.2", "pump.txt.3"],
        ["v1.2.3", "v1.2.4", "v1.3.0"],
        ["v26.03_DOOR_1.2.1", "v26.03_DOOR_1.2.2", "v26.06_DOOR_1.3.0"],
        ["A.1.1", "A.1.2", "A.2.1"],
        ["Door.spec.1", "Door.spec.2", "Door.spec.3"],
        ["example.org.1", "example.org.2", "example.org.3"],
    ] {
        let text = format!("# Requirements\n\n{}", sections(&ids, demand));
        assert_eq!(requirements(&[("docs/requirements.md", &text)]), [""; 0]);
    }
    let ids = ["DOOR.1.1", "DOOR.1.2", "DOOR.2.1"];
    let told = format!("# Requirements\n\n{}", sections(&ids, "How the door is built."));
    assert_eq!(requirements(&[("docs/requirements.md", &told)]), [""; 0], "nothing is demanded");
    let few = format!("# Requirements\n\n{}", sections(&ids[..2], demand));
    assert_eq!(requirements(&[("docs/requirements.md", &few)]), [""; 0], "two are no kind");
}

#[test]
fn a_section_that_tells_more_of_one_defines_nothing_anew() {
    let ids = ["DOOR.1.1", "DOOR.1.2", "DOOR.2.1"];
    let more: String = ids.iter().map(|id| format!("#### {id} Instructions\n\nYou must press the knob.\n\n")).collect();
    let text = format!("# Requirements\n\n{}## Implementation\n\n{more}", sections(&ids, "The door SHALL be closed."));
    let graph = analyzed(&[("docs/requirements.md", &text)]).graph;
    let found: Vec<(&str, usize)> = graph.requirements.iter().map(|one| (one.id.as_str(), one.duplicates.len())).collect();
    assert_eq!(found, ids.map(|id| (id, 0)));
}

#[test]
fn words_behind_a_number_lead_to_the_requirement() {
    let text = "# Pump\n# Software Requirements Specification\n\n## Requirements\n\n### General\n\n##### RQ.SRS-026.Pump\nversion: 1.0\n\n\
                [Pump] SHALL be there.\n\n#### RQ.SRS-026.Pump.Start\nversion: 1.0\n\n[Pump] SHALL start.\n\n##### RQ.SRS-026.Pump.Start.Slow\n\
                version: 1.0\n\n[Pump] SHALL start slowly.\n";
    let test = "from testflows.core import *\n\n\n@TestScenario\n@Name(\"starts\")\n@Requirements(\n    RQ_SRS_026_Pump_Start(\"1.0\"),\n    \
                RQ_SRS_026_Pump_Start_Slow(\"1.0\"),\n)\ndef starts(self):\n    assert start()\n";
    let graph = analyzed(&[("requirements/requirements.md", text), ("tests/pump.py", test)]).graph;
    let told = graph.requirements.iter().map(|one| format!("{} {}", one.id, one.markers.len())).collect::<Vec<_>>();
    assert_eq!(told, ["RQ.SRS-026.Pump 0", "RQ.SRS-026.Pump.Start 1", "RQ.SRS-026.Pump.Start.Slow 1"]);
}
