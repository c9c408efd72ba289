#!/usr/bin/env bash
# Makes the artifacts in `results` of this example, and of ../pump-fixed, by the runners themselves. Nothing else needs them:
# the artifacts are kept, so that the example is checked without any runner.
#
# It needs Python 3 with pytest and pytest-cov; a Rust toolchain with `llvm-tools`, cargo-nextest and cargo-llvm-cov; g++,
# googletest (libgtest-dev) and lcov.
#
# All runs happen in a copy of the tree. What would differ from one run to the next is taken out afterwards: times, time
# stamps, host names, identifiers of runs and the path of the copy. A second run gives the same bytes, unless a tool of
# another version writes something else.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

junit() { sed -E 's/ (time|timestamp|hostname|uuid)="[^"]*"//g' "$1" > "$2"; }

# Each test is a context: `tests/test_link.py::test_remote_flag|run`. Contexts come in no order, so they are sorted.
python_part() {
  (cd "$1" && python3 -B -m pytest -q -p no:cacheprovider --junit-xml=junit.xml --cov --cov-context=test --cov-report= tests &&
    python3 -m coverage json -q --show-contexts -o coverage.json)
  junit "$1/junit.xml" "$2/python.xml"
  python3 - "$1/coverage.json" > "$2/python-coverage.json" <<'PYTHON'
import json, sys
def sort(node):
    if isinstance(node, dict):
        for key, value in node.items():
            node[key] = by_line(value) if key == "contexts" else sort(value)
    return node
def by_line(contexts):
    return {line: sorted(contexts[line]) for line in sorted(contexts, key=int)}
report = json.load(open(sys.argv[1]))
del report["meta"]["timestamp"]
for file in report["files"].values():
    # The same lines once more, a function and a class at a time.
    del file["functions"], file["classes"]
print(json.dumps(sort(report)))
PYTHON
}

# The lines of one test below its name. Records of functions go: their names hold a hash of the compiler.
lcov_of() {
  echo "TN:$1"
  sed "/^TN:/d; /^FN/d; s|^SF:.*/$2/|SF:$2/|" "$3"
  echo
}

# One run a test, for a profile does not say which test ran a line; `TN:` names it.
rust_part() {
  cd "$1/alarms"
  unset CARGO_TARGET_DIR
  printf '[profile.ci.junit]\npath = "junit.xml"\n' > nextest.toml
  cargo nextest run --config-file nextest.toml --profile ci --test-threads 1
  junit target/nextest/ci/junit.xml "$2/alarms.xml"
  : > "$2/alarms.lcov"
  cargo nextest list --message-format oneline | sed 's/.* //' | while read -r test; do
    cargo llvm-cov nextest --lcov --output-path one.lcov -E "test(=$test)"
    lcov_of "$test" alarms one.lcov >> "$2/alarms.lcov"
  done
}

cpp_part() {
  cd "$1/motor"
  g++ -O0 --coverage -o motor_test motor.cc motor_test.cc -lgtest -lgtest_main -pthread
  ./motor_test --gtest_output=xml:junit.xml
  junit junit.xml "$2/motor.xml"
  : > "$2/motor.lcov"
  ./motor_test --gtest_list_tests | awk '/^[^ ]/ { suite = $1 } /^  / { print suite $1 }' | while read -r test; do
    rm -f ./*.gcda
    ./motor_test --gtest_filter="$test"
    # Perl walks its tables in another order each time unless told not to.
    PERL_HASH_SEED=0 PERL_PERTURB_KEYS=0 lcov -q --capture --no-external --base-directory . --directory . -o one.info
    lcov_of "$test" motor one.info >> "$2/motor.lcov"
  done
}

results=$PWD/results
mkdir -p "$work/results" "$work/fixed"
cp -r alarms motor pump tests "$work"
python_part "$work" "$results"
(rust_part "$work" "$results")
(cpp_part "$work" "$results")

# The state after the fix differs in its Python part alone.
cp -r pump tests "$work/fixed"
cp -r ../pump-fixed/pump ../pump-fixed/tests "$work/fixed"
python_part "$work/fixed" "$PWD/../pump-fixed/results"
