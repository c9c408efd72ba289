//! Tests that may start another process, or speak to one: what happens there is not told under the test.

use super::graph::{Graph, TestId};
use crate::model::test_case::Kind;
use crate::source::FileId;
use rustc_hash::FxHashSet;

/// Words of code that starts a process or speaks to one.
const WORDS: &[&str] = &[
    "subprocess",
    "Popen",
    "multiprocessing",
    "ProcessPoolExecutor",
    "create_subprocess_",
    "os.system",
    "os.fork",
    "os.spawn",
    "os.exec",
    "pexpect",
    "pytester",
    "testdir",
    "testcontainers",
    "docker.",
    "requests.",
    "httpx.",
    "aiohttp.",
    "urllib.",
    "urlopen",
    "socket.",
    "grpc.",
    "playwright",
    "selenium",
    "webdriver",
    "ProcessBuilder",
    "child_process",
    "spawn(",
    "spawnSync",
    "execSync",
    "execFile",
    "fetch(",
    "Command::new",
    "exec.Command",
    "system(",
    "fork(",
];

/// So many steps of one helper calling another are followed.
const STEPS: usize = 4;

/// Names of helpers and fixtures that start processes, of the tree as a whole.
#[derive(Debug, Default)]
pub struct Starters(FxHashSet<String>);

impl Starters {
    fn of(graph: &Graph) -> Self {
        let helpers: Vec<(&str, &str)> = graph
            .tests()
            .map(|(id, _)| id)
            .filter(|id| matches!(graph.test(*id).kind, Kind::Helper | Kind::Fixture))
            .map(|id| (graph.test(id).name.as_str(), body(graph, id)))
            .collect();
        let mut names: FxHashSet<String> = FxHashSet::default();
        for _ in 0..STEPS {
            let starts = |(name, body): &&(&str, &str)| !names.contains(*name) && (starts(body) || calls(body, &names));
            let more: Vec<String> = helpers.iter().filter(starts).map(|(name, _)| (*name).to_owned()).collect();
            if more.is_empty() {
                break;
            }
            names.extend(more);
        }
        Self(names)
    }
}

fn body(graph: &Graph, id: TestId) -> &str {
    graph.input(graph.test_node(id).fact.file).text.slice(graph.test(id).body)
}

/// Whether any of the words stands in a body, and not in the middle of another one.
fn starts(body: &str) -> bool {
    let joins = |c: char| c.is_alphanumeric() || c == '_';
    let free = |at: usize, word: &str| {
        let before = body.get(..at).is_some_and(|before| before.ends_with(joins));
        let after = body.get(at + word.len()..).is_some_and(|after| after.starts_with(joins));
        !(before || after && word.ends_with(char::is_alphanumeric))
    };
    WORDS.iter().any(|word| body.match_indices(word).any(|(at, _)| free(at, word)))
}

/// Whether any word of a body is one of these names.
fn calls(body: &str, names: &FxHashSet<String>) -> bool {
    !names.is_empty() && body.split(|c: char| !(c.is_alphanumeric() || c == '_')).any(|word| names.contains(word))
}

impl Graph {
    /// Whether a test may start another process: by itself, by a helper or fixture that it names, or by one that runs
    /// without being named.
    pub(super) fn may_start(&self, test: TestId) -> bool {
        let starters = self.starters.get_or_init(|| Starters::of(self));
        let own = body(self, test);
        if starts(own) || calls(own, &starters.0) {
            return true;
        }
        let file = self.test_node(test).fact.file;
        self.beside(file).any(|id| {
            let fixture = self.test(id);
            let around = fixture.scope.iter().zip(&self.test(test).scope).all(|(a, b)| a == b);
            around && runs_unnamed(body(self, id)) && starters.0.contains(fixture.name.as_str())
        })
    }

    /// The fixtures of a file, and those of the `conftest.py` in its folder and above.
    fn beside(&self, file: FileId) -> impl Iterator<Item = TestId> {
        let path = self.path(file);
        let shared = self.files().filter(move |(other, input)| {
            let folder = input.path.strip_suffix("conftest.py");
            *other == file || folder.is_some_and(|folder| path.starts_with(folder))
        });
        shared.flat_map(|(file, _)| self.tests_of(file)).filter(|id| self.test(*id).kind == Kind::Fixture)
    }
}

/// Whether a fixture runs for tests that do not name it.
pub(super) fn runs_unnamed(body: &str) -> bool {
    body.contains("autouse") || !body.trim_start().starts_with('@')
}
