//! What the help of each command shows behind its options.

pub(super) const EXIT_CODES: &str = "\
Exit codes:
  0  nothing found at or above the threshold (--fail-on)
  1  findings
  2  could not check: wrong usage, unreadable input or configuration, nothing found to check

No output format changes them.";

pub(super) const CHECK_EXAMPLES: &str = "\
Examples:
  tracegate check                        the current folder
  tracegate check docs/ tests/           two folders, linked with each other
  tracegate check --fail-on warning      warnings close the gate, too
  tracegate check --no-results           before the tests have run
  tracegate check --staged               what the next commit adds, as in a commit hook
  tracegate check --new-since main       only what is new closes the gate
  tracegate check --format json --output build/trace.json
  tracegate check --also sarif=build/trace.sarif --also junit=build/trace.xml
                                         text on the terminal and two files, from one analysis";

pub(super) const INIT_EXAMPLES: &str = "\
Examples:
  tracegate init             what is in the current folder, into ./tracegate.toml
  tracegate init --stdout    look at it first
  tracegate init --force     write it anew after the documents moved";

pub(super) const COMPLETIONS_EXAMPLES: &str = "\
Examples:
  tracegate completions bash > ~/.local/share/bash-completion/completions/tracegate
  tracegate completions fish > ~/.config/fish/completions/tracegate.fish
  tracegate completions zsh  > a folder of $fpath, as _tracegate";

pub(super) const TRACE_EXAMPLES: &str = "\
Examples:
  tracegate trace REQ-SEC-004            a requirement: its rows, tests, results, findings
  tracegate trace test_lockout           a test: the requirements that it verifies
  tracegate trace INV-008/CAPA-3         an action of a record, or INV-008 for all of it
  tracegate trace docs/RTM.md            a file: what was read from it
  tracegate trace src/link.py::Link.run  code: which requirements it implements
  tracegate trace REQ-SEC-004 ../docs    the same in another folder";

pub(super) const DIFF_EXAMPLES: &str = "\
Examples:
  tracegate diff v1.0                    a tag and the working tree
  tracegate diff v1.0 v1.1               two tags
  tracegate diff before.json after.json  two saved reports
  tracegate diff v1.0 --fail-on lost     exit with 1 where something is gone";

pub(super) const ACCEPT_EXAMPLES: &str = "\
Examples:
  tracegate accept --all                 every link: this begins a lock
  tracegate accept REQ-SEC-004 --by 'R. Okafor' --date 2026-03-01
  tracegate accept REQ-SEC-001..009      a range
  tracegate accept 'REQ-SEC-*'           all that fit a pattern";

pub(super) const REPORT_EXAMPLES: &str = "\
Examples:
  tracegate report --format markdown --output report.md
  tracegate report --format csv --section forward     the forward matrix
  tracegate report --format csv --output report/      each section into a file of its own
  tracegate report --new-since v1.0 --format markdown with what changed since a tag

The exit code is 0 when the report was written, whatever its verdict; with --fail-on it is that of `check`.";

pub(super) const GRAPH_EXAMPLES: &str = "\
Examples:
  tracegate graph REQ-SEC-004 --output req.svg
  tracegate graph docs/RTM.md --format dot | dot -Tpng > rtm.png
  tracegate graph REQ-SEC-004 --format mermaid --depth 1";

pub(super) const MATRIX_EXAMPLES: &str = "\
Examples:
  tracegate matrix                            in the shape of the matrix that the tree has
  tracegate matrix --links markers            only what tests and results say themselves
  tracegate matrix --output docs/RTM.md       instead of typing it";

pub(super) const LIST_EXAMPLES: &str = "\
Examples:
  tracegate list files           what each file was taken for, and why others were passed over
  tracegate list requirements    with the rung that their evidence reaches: none, cited, exists, passes, asserts, executes, kills";
