//! Citations that name several tests at once: by a pattern of paths, or by a part of their names.

use super::graph::{Ghost, Input, Resolution, TestId, index};
use super::inventory::Inventory;
use crate::model::citation::TestName;
use crate::model::test_case::Kind;
use crate::read::grammar::citation::looks_like_test;
use crate::source::FileId;
use globset::Glob;

impl Inventory<'_> {
    /// `suite::rejects*`, `Suite.*`: the tests of a file or suite whose names begin alike. `*stop*`, which a command selects: those of a
    /// file, of a package or of all, which hold these letters.
    pub(super) fn resolve_pattern(&self, name: &TestName) -> Resolution {
        let found = match (&name.file, name.name.strip_prefix('*')) {
            (Some(file), rest) => {
                let (part, within) = (rest.unwrap_or(&name.name).trim_end_matches('*'), rest.is_some());
                let tests = self.files(file).into_iter().flat_map(|file| self.tests_in(file));
                tests.filter(|id| self.fits(*id, part, within) && self.in_scope(*id, &name.scope)).collect()
            }
            (None, Some(part)) if self.may_search() => self.selected(part.trim_end_matches('*'), &name.scope),
            (None, None) if self.may_search() => {
                let part = name.name.trim_end_matches('*');
                let tests = (0..self.inputs.len()).flat_map(|at| self.tests_in(FileId(index(at))));
                tests.filter(|id| self.fits(*id, part, false) && self.in_scope(*id, &name.scope)).collect()
            }
            (None, _) => Vec::new(),
        };
        let file = name.file.as_ref().map(|file| self.files(file)).unwrap_or_default();
        match file.first() {
            _ if !found.is_empty() => Resolution::Tests(found),
            // A pattern that fits no test of a file with tests names none.
            Some(first) if looks_like_test(&name.name) && !self.tests_in(*first).is_empty() => {
                Resolution::Ghost(Ghost::NoTest(*first, self.near_test(*first, name.name.trim_end_matches('*'))))
            }
            _ => Resolution::NoTest,
        }
    }

    /// Whether the name of a test begins with a part, or holds it.
    fn fits(&self, id: TestId, part: &str, within: bool) -> bool {
        let (file, test) = self.test(id);
        let fits = |name: &str| if within { name.contains(part) } else { name.starts_with(part) };
        let aliases = self.inputs.get(file.index()).map(|input| input.facts.aliases.as_slice()).unwrap_or_default();
        fits(&test.name) || aliases.iter().any(|(alias, at)| self.id(file, *at) == id && fits(alias))
    }

    /// The tests that hold a part in their names, or in the name of what they stand in, below the folders, modules and
    /// classes of the scope.
    fn selected(&self, part: &str, scope: &[String]) -> Vec<TestId> {
        let forms = |name: &str| [name.to_owned(), name.replace('-', "_"), name.replace('_', "-")];
        let scope: Vec<[String; 3]> = scope.iter().map(|one| forms(one)).collect();
        let mut found = Vec::new();
        for (at, input) in self.inputs.iter().enumerate().filter(|(_, input)| !input.facts.tests.is_empty()) {
            let stem = input.path.rsplit_once('.').map_or(input.path.as_str(), |(stem, _)| stem);
            let places: Vec<&str> = stem.split('/').collect();
            for (number, test) in (0..).zip(&input.facts.tests).filter(|(_, test)| test.kind == Kind::Test) {
                let stands = |name: &str| places.contains(&name) || test.scope.iter().any(|one| one == name);
                let below = scope.iter().all(|one| one.iter().any(|form| stands(form)));
                if below && (part.is_empty() || test.name.contains(part) || stands(part)) {
                    found.push(self.id(FileId(index(at)), number));
                }
            }
        }
        found
    }

    pub(super) fn resolve_glob(&self, pattern: &str, elsewhere: bool) -> Resolution {
        if !pattern.contains('*') {
            // Words with a slash between them: "e2e/smoke tests" are a folder only where there is one.
            let folder = format!("{pattern}/");
            let holds = |input: &Input| input.path.starts_with(&folder) || input.path.contains(&format!("/{folder}"));
            return match self.inputs.iter().any(holds) {
                true => self.resolve_glob(&format!("{folder}**"), elsewhere),
                false => self.resolve_place(pattern).unwrap_or(Resolution::NoTest),
            };
        }
        let Ok(glob) = Glob::new(&format!("**/{pattern}")).map(|glob| glob.compile_matcher()) else { return Resolution::NoTest };
        let mut matched = self.matching(|path| glob.is_match(path));
        if let Some(stem) = pattern.strip_suffix("/**").filter(|_| matched.is_empty()) {
            matched = self.beginning(stem);
        }
        let tests: Vec<TestId> = matched.iter().flat_map(|file| self.tests_in(*file)).collect();
        match matched.first() {
            Some(_) if !tests.is_empty() => Resolution::Tests(tests),
            Some(first) => Resolution::File(*first),
            None => match (self.resolve_place(pattern.trim_end_matches("/**")), self.out_of_reach(pattern, elsewhere, true)) {
                (Some(place), _) => place,
                (None, Some(way)) => Resolution::NotAssessed(way),
                (None, None) => Resolution::Ghost(Ghost::NoMatch),
            },
        }
    }

    /// The files whose paths fit.
    fn matching(&self, fits: impl Fn(&str) -> bool) -> Vec<FileId> {
        let files = self.inputs.iter().enumerate().filter(|(_, input)| fits(&input.path));
        files.map(|(at, _)| FileId(index(at))).collect()
    }

    /// The files that `features/US-1.2` begins to name: `features/US-1.2-sign-in.feature`.
    fn beginning(&self, stem: &str) -> Vec<FileId> {
        if stem.contains('*') || !stem.contains('/') {
            return Vec::new();
        }
        let begins = |path: &str| {
            let rest = path.strip_prefix(stem).or_else(|| path.split_once(&format!("/{stem}")).map(|(_, rest)| rest));
            // `US-1` does not begin `US-1.2`.
            let numbered = |rest: &str| rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            rest.is_some_and(|rest| rest.starts_with(['.', '-', '_']) && !numbered(rest) && !rest.contains('/'))
        };
        self.matching(begins)
    }

    /// `Pump.Tests/StartTests` is no folder: what stands last is a file without its extension, or a class, below a project
    /// that is named by its last part.
    fn resolve_place(&self, path: &str) -> Option<Resolution> {
        let (folder, name) = path.rsplit_once('/').filter(|(_, name)| !name.contains(['*', '.']))?;
        if !self.files(path).is_empty() {
            return Some(self.resolve_file(path, &[], false));
        }
        let project = folder.rsplit('/').next().unwrap_or(folder);
        let below = |id: &TestId| {
            let file = self.test(*id).0;
            let path = self.inputs.get(file.index()).map_or("", |input| input.path.as_str());
            path.split('/').any(|part| part == project || part.strip_suffix(project).is_some_and(|rest| rest.ends_with('.')))
        };
        let named = self.by_name.get(name)?.iter().copied();
        let found: Vec<TestId> = named.filter(|id| self.test(*id).1.kind == Kind::Class && below(id)).collect();
        (!found.is_empty()).then(|| self.one_of(found))
    }
}
