//! The reader of coverage beside yardsticks: how long does a report of coverage.py of about 40 MB take, compared with the
//! bare parser of JSON that keeps nothing, and with one look at each byte?
//!
//! All read the same text in memory, in turn; medians and the ratio are printed, and on Linux the most memory that the
//! process ever had, the text included. Run with `cargo bench --bench coverage`.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program for developers, not input"
)]

use serde::de::IgnoredAny;
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::{Duration, Instant};
use tracegate::read::coverage::{self, Format};
use tracegate::source::Text;

const FILES: usize = 120;
const LINES: usize = 150;
const TESTS: usize = 900;
/// On each line a run of this many tests, another run for another line.
const CONTEXTS: usize = 35;
const RUNS: usize = 9;

fn main() {
    let text = Text::decode(report().into_bytes());
    assert_eq!(coverage::format(text.as_str()), Some(Format::Python), "the report is recognised");
    let facts = coverage::read(Format::Python, &text);
    let read = facts.coverage.expect("the report is read");
    let ran: usize = read.files.iter().map(|file| file.ran.len()).sum();
    let megabytes = text.as_str().len() as f64 / 1e6;
    println!("{megabytes:.1} MB: {} files, {} contexts, {ran} lines under tests", read.files.len(), read.contexts.len());
    if let Some(peak) = peak() {
        println!("most memory ever, with the text: {peak}");
    }
    drop(read);
    let (mut ours, mut parser, mut bytes) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..RUNS {
        ours.push(timed(|| coverage::read(Format::Python, &text)));
        parser.push(timed(|| serde_json::from_str::<IgnoredAny>(text.as_str()).expect("the report is JSON")));
        bytes.push(timed(|| memchr::memchr_iter(b'\n', text.as_str().as_bytes()).count()));
    }
    println!("\nmedian of {RUNS} (least to most)");
    println!("coverage read     {}", shown(&mut ours));
    println!("JSON, nothing kept{}", shown(&mut parser));
    println!("memchr            {}", shown(&mut bytes));
    println!("ratio to JSON     {:>8.2}", median(&ours) / median(&parser));
}

/// A report with contexts, as `coverage json --show-contexts` writes it.
fn report() -> String {
    let mut json = String::with_capacity(48_000_000);
    json.push_str(r#"{"meta": {"format": 3, "version": "7.10.0", "branch_coverage": true, "show_contexts": true}, "files": {"#);
    for file in 0..FILES {
        if file > 0 {
            json.push_str(", ");
        }
        let lines = (1..=LINES).map(|line| (line * 2).to_string()).collect::<Vec<_>>().join(", ");
        write!(json, r#""src/plant/unit_{file:03}.py": {{"executed_lines": [{lines}], "missing_lines": [{}], "#, LINES * 2 + 1)
            .unwrap();
        json.push_str(r#""summary": {"covered_lines": 150, "percent_covered": 99.3}, "contexts": {"#);
        for line in 1..=LINES {
            let comma = if line > 1 { ", " } else { "" };
            write!(json, r#"{comma}"{}": ["#, line * 2).unwrap();
            for at in 0..CONTEXTS {
                let test = (file * 7 + line / 10 * 3 + at) % TESTS;
                let comma = if at > 0 { ", " } else { "" };
                write!(
                    json,
                    r#"{comma}"tests/unit/test_unit_{:03}.py::TestUnit::test_case_{test:04}[mode-{}]|run""#,
                    test / 9,
                    test % 4
                )
                .unwrap();
            }
            json.push(']');
        }
        json.push_str("}}");
    }
    json.push_str("}, \"totals\": {}}");
    json
}

fn timed<T>(run: impl Fn() -> T) -> Duration {
    let start = Instant::now();
    black_box(run());
    start.elapsed()
}

/// Sorts times and shows what they come to.
fn shown(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let [least, middle, most] = [0, times.len() / 2, times.len() - 1].map(|at| times[at].as_secs_f64() * 1e3);
    format!("{middle:>8.1} ms ({least:.1} to {most:.1})")
}

/// The one in the middle of sorted times, in seconds.
fn median(times: &[Duration]) -> f64 {
    times[times.len() / 2].as_secs_f64()
}

/// The most memory that the process ever had, as Linux tells it.
fn peak() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map(|rest| rest.trim().to_owned())
}
