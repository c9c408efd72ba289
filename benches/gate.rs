//! The gate beside a yardstick: how long does a check of 10,000 requirements with 50,000
//! test cases and markers take, compared with counting the lines that ripgrep finds in
//! the same files?
//!
//! Both run as whole processes, in turn, on a warm cache; the ratio of the medians is printed. The same is told
//! of a tree that has a matrix with a row for each requirement beside that.
//! Run with `cargo bench --bench gate`. Without ripgrep only the own time is printed.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "a program for developers, not input"
)]

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const REQUIREMENTS: usize = 10_000;
const TESTS: usize = 50_000;
const TESTS_PER_FILE: usize = 100;
const RUNS: usize = 9;

fn main() {
    let root = std::env::temp_dir().join(format!("tracegate-bench-{}", std::process::id()));
    println!("{REQUIREMENTS} requirements, {TESTS} tests in {} files", TESTS / TESTS_PER_FILE);
    write_tree(&root);
    measure(&root, "without a matrix");
    write_matrix(&root);
    measure(&root, "with a matrix");
    fs::remove_dir_all(&root).unwrap();
}

fn measure(root: &Path, what: &str) {
    let own = || {
        Command::new(env!("CARGO_BIN_EXE_tracegate"))
            .args(["check", "--quiet", "--fail-on", "never"])
            .arg(root)
            .stdout(Stdio::null())
            .status()
    };
    let yardstick = || Command::new("rg").args(["-c", "REQ-"]).arg(root).stdout(Stdio::null()).status();
    let has_yardstick = Command::new("rg").arg("--version").stdout(Stdio::null()).status().is_ok();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for run in 0..=RUNS {
        let (a, b) = (timed(own), if has_yardstick { timed(yardstick) } else { Duration::ZERO });
        // The first pair warms the cache.
        if run > 0 {
            ours.push(a);
            theirs.push(b);
        }
    }
    println!("\n{what}, median of {RUNS} (least to most)");
    println!("tracegate check   {}", shown(&mut ours));
    if has_yardstick {
        println!("rg -c 'REQ-'      {}", shown(&mut theirs));
        println!("ratio             {:>8.2}", median(&ours).as_secs_f64() / median(&theirs).as_secs_f64());
    }
}

fn timed(run: impl Fn() -> std::io::Result<std::process::ExitStatus>) -> Duration {
    let start = Instant::now();
    run().expect("the program runs");
    start.elapsed()
}

/// Sorts times and shows what they come to.
fn shown(times: &mut [Duration]) -> String {
    times.sort_unstable();
    let [least, middle, most] = [0, times.len() / 2, times.len() - 1].map(|at| times[at].as_secs_f64() * 1e3);
    format!("{middle:>8.1} ms ({least:.1} to {most:.1})")
}

/// The one in the middle of sorted times.
fn median(times: &[Duration]) -> Duration {
    times[times.len() / 2]
}

/// The matrix: a row for each requirement, citing its first test.
fn write_matrix(root: &Path) {
    let mut matrix = String::from("# Traceability matrix\n\n| Requirement | Test | Status |\n|---|---|---|\n");
    for at in 0..REQUIREMENTS {
        let (area, number, test) = (at / 1000, at % 1000, at * (TESTS / REQUIREMENTS));
        writeln!(matrix, "| REQ-A{area}-{number:03} | tests/test_{:04}.py::test_case_{test:05} | PASS |", test / TESTS_PER_FILE)
            .unwrap();
    }
    fs::write(root.join("docs/traceability.md"), matrix).unwrap();
}

/// A specification, and test sources in which every test carries a marker.
fn write_tree(root: &Path) {
    fs::create_dir_all(root.join("docs")).unwrap();
    fs::create_dir_all(root.join("tests")).unwrap();
    let mut specification = String::from("# Requirements\n\n| ID | Requirement | Verification Method |\n|---|---|---|\n");
    for at in 0..REQUIREMENTS {
        let (area, number) = (at / 1000, at % 1000);
        writeln!(
            specification,
            "| REQ-A{area}-{number:03} | The unit shall open valve {at} within {} ms of the command. | Test |",
            at % 97 + 3
        )
        .unwrap();
    }
    fs::write(root.join("docs/requirements.md"), specification).unwrap();
    for file in 0..TESTS / TESTS_PER_FILE {
        let mut source = String::from("\"\"\"Valves.\"\"\"\nfrom unit import Valve\n");
        for test in file * TESTS_PER_FILE..(file + 1) * TESTS_PER_FILE {
            let requirement = test / (TESTS / REQUIREMENTS);
            writeln!(source, "\n\ndef test_case_{test:05}():").unwrap();
            writeln!(
                source,
                "    \"\"\"Opens in time.\n\n    Verifies: REQ-A{}-{:03}\n    \"\"\"",
                requirement / 1000,
                requirement % 1000
            )
            .unwrap();
            writeln!(source, "    valve = Valve({test})\n    valve.open()\n    assert valve.position == 100").unwrap();
        }
        fs::write(root.join(format!("tests/test_{file:04}.py")), source).unwrap();
    }
}
