//! The file of waivers as it is read, and what reports tell of it.

use super::command::{folder, outcome, refused};
use std::fs;
use std::path::{Path, PathBuf};
use tracegate::config::parse_waivers;
use tracegate::source::Text;

const WAIVER: &str = "[[waiver]]\nid = \"W-1\"\ncheck = \"T01\"\nsubject = \"REQ-A-002\"\nfingerprint = \"@\"\n\
    reason = \"The siren is bought\"\nrisk = \"low\"\nrequested_by = \"I. Hay\"\napproved_by = \"O. Bell\"\n\
    expires = 2031-01-31\nticket = \"SIR-4\"\n";

#[test]
fn what_makes_the_file_unreadable_is_refused_where_it_stands() {
    let cases = [
        ("[[waver]]\n", "waver", "unknown field"),
        ("[[waiver]]\ncheck = \"T01\"\n", "[[waiver]]", "missing field `id`"),
        ("[[waiver]]\nid = \"W\"\n", "[[waiver]]", "missing field `check`"),
        ("[[waiver]]\nid = \"W\"\ncheck = \"T99\"\n", "\"T99\"", "there is no check `T99`"),
        ("[[waiver]]\nid = \"W\"\ncheck = \"T01\"\nreasons = \"x\"\n", "reasons", "unknown field"),
        ("[[waiver]]\nid = \"W\"\ncheck = \"T01\"\nrisk = 3\n", "3", "invalid type"),
        ("[[waiver]]\nid = \" \"\ncheck = \"T01\"\n", "\" \"", "no identifier"),
        ("[[waiver]]\nid = \"W\"\ncheck = \"T01\"\npath = \"a[\"\n", "\"a[\"", "not a valid pattern"),
        (
            "[[waiver]]\nid = \"W\"\ncheck = \"T01\"\n[[waiver]]\nid = \"W\"\ncheck = \"T02\"\n",
            "\"W\"",
            "two waivers are called `W`",
        ),
    ];
    for (text, at, message) in cases {
        let invalid = parse_waivers(Text::decode(text.as_bytes().to_vec())).unwrap_err();
        assert!(invalid.text.slice(invalid.span).starts_with(at), "{text}: {}", invalid.text.slice(invalid.span));
        assert!(invalid.message.contains(message) && !invalid.help.is_empty(), "{text}: {}", invalid.message);
    }
    for wrong in ["expires = 12", "expires = true", "fingerprint = 12", "fingerprint = [1]"] {
        let text = format!("[[waiver]]\nid = \"W\"\ncheck = \"T01\"\n{wrong}\n");
        assert!(parse_waivers(Text::decode(text.into_bytes())).is_err(), "{wrong}");
    }
    let list = parse_waivers(Text::decode(WAIVER.as_bytes().to_vec())).unwrap();
    let day = list[0].expires.as_ref().unwrap();
    assert_eq!((day.text.as_str(), &WAIVER[day.span.range()]), ("2031-01-31", "2031-01-31"));
    assert_eq!(parse_waivers(Text::decode(Vec::new())).unwrap(), []);
}

/// A set of two requirements, of which one has no test.
fn siren(name: &str) -> PathBuf {
    let folder = folder(name);
    let text = "# Requirements\n\n### REQ-A-001: Stop\n\nThe pump shall stop.\n\n### REQ-A-002: Siren\n\nThe siren shall howl.\n";
    fs::write(folder.join("srs.md"), text).unwrap();
    fs::write(folder.join("test_a.py"), "def test_stop():\n    \"\"\"Verifies: REQ-A-001\"\"\"\n    assert stop()\n").unwrap();
    let run = "<testsuite name='pytest' tests='1'><testcase classname='test_a' name='test_stop'/></testsuite>";
    fs::write(folder.join("junit.xml"), run).unwrap();
    folder
}

/// The waiver with the fingerprint that `trace` prints.
fn waiver(folder: &Path) -> String {
    let (_, out, _) = outcome(&["trace", "REQ-A-002", folder.to_str().unwrap()]);
    let (_, mark) = out.split_once("fingerprint of the text: ").unwrap();
    WAIVER.replace('@', &mark[..16])
}

#[test]
fn a_waived_finding_opens_the_gate_and_stays_visible() {
    let folder = siren("waived");
    let path = folder.to_str().unwrap();
    assert_eq!(outcome(&["check", path]).0, 1);
    fs::write(folder.join("tracegate.waivers.toml"), waiver(&folder)).unwrap();
    let (code, out, err) = outcome(&["check", path]);
    assert_eq!((code, err.as_str()), (0, ""), "{out}");
    assert!(out.contains("T01 unverified-requirement · 1 waived\n\nwaived error[T01]"), "{out}");
    assert!(out.contains("waiver: W-1 (SIR-4), approved by O. Bell, until 2031-01-31: The siren is bought (risk: low)"), "{out}");
    assert!(out.contains("pass with waivers: 0 errors, 0 warnings, 0 remarks, 1 waived; 1 of 2 requirements verified"), "{out}");
    let json: serde_json::Value = serde_json::from_str(&outcome(&["check", path, "--format", "json"]).1).unwrap();
    super::json::assert_valid(&json);
    assert_eq!((&json["verdict"], &json["summary"]["findings"]["waived"]), (&"pass".into(), &1.into()));
    assert_eq!(json["requirements"][1]["verdict"], "waived");
    assert_eq!(json["findings"][0]["waiver"]["approved_by"], "O. Bell");
    assert!(WAIVER.replace('@', json["requirements"][1]["fingerprint"].as_str().unwrap()) == waiver(&folder));
    let trace = outcome(&["trace", "REQ-A-002", path]).1;
    assert!(trace.contains("waived by W-1: error[T01]"), "{trace}");
    // After its last day.
    let later = super::command::command(&["check", path]).env("SOURCE_DATE_EPOCH", "1927756800").output().unwrap();
    let out = String::from_utf8(later.stdout).unwrap();
    assert!(later.status.code() == Some(1) && out.contains("it expired on 2031-01-31") && out.contains("error[T01]"), "{out}");
}

#[test]
fn waivers_may_stand_elsewhere_and_an_unreadable_file_exits_with_2() {
    let folder = siren("waivers-elsewhere");
    let path = folder.to_str().unwrap();
    fs::create_dir_all(folder.join("quality")).unwrap();
    fs::write(folder.join("tracegate.toml"), "[waivers]\nfile = \"quality/accepted.toml\"\n").unwrap();
    assert!(refused(&["check", path]).contains("`file` in the section [waivers]"));
    fs::write(folder.join("quality/accepted.toml"), "").unwrap();
    fs::write(folder.join("quality/accepted.toml"), waiver(&folder)).unwrap();
    assert_eq!(outcome(&["check", path]).0, 0);
    fs::write(folder.join("quality/accepted.toml"), "[[waiver]]\nid = 1\n").unwrap();
    let text = refused(&["check", path]);
    assert!(text.contains("accepted.toml:2:6: invalid type") && text.contains("`tracegate explain P08`"), "{text}");
}
