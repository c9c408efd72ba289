//! The modules and files that sources name, as files of the tree.

use super::graph::Graph;
use super::paths::{Paths, normal};
use crate::settings::Settings;
use crate::source::FileId;

/// Leads names of modules to files.
pub(super) struct Modules<'g> {
    graph: &'g Graph,
    paths: Paths<'g>,
}

impl<'g> Modules<'g> {
    pub(super) fn new(graph: &'g Graph, settings: &'g Settings) -> Self {
        Self { graph, paths: Paths::new(&graph.inputs, &settings.unread) }
    }

    /// The files of the tree.
    pub(super) fn paths(&self) -> &Paths<'g> {
        &self.paths
    }

    /// The file of the module that a dotted name begins with, and what is left of the name.
    pub(super) fn dotted<'n>(&self, from: FileId, name: &'n str) -> Option<(FileId, &'n str)> {
        let bare = name.trim_start_matches('.');
        let up = name.len() - bare.len();
        let mut folder = self.folder(from);
        for _ in 1..up {
            folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        }
        let ends = bare.char_indices().filter(|(_, c)| *c == '.').map(|(at, _)| at).chain([bare.len()]);
        let ends: Vec<usize> = ends.collect();
        ends.into_iter().rev().find_map(|end| {
            let module = bare.get(..end)?.replace('.', "/");
            let rest = bare.get(end..)?;
            let forms = [format!("{module}.py"), format!("{module}/__init__.py")];
            let file = forms.iter().find_map(|form| match up {
                0 => self.paths.named(form).filter(|file| self.is_below_root(*file, form, from)),
                _ => self.paths.exact(&normal(&format!("{folder}/{form}"))),
            })?;
            Some((file, rest))
        })
    }

    /// The file that a source of JavaScript or TypeScript means by a path that begins with a dot: with its ending or without, or
    /// a folder with an index. TypeScript writes the ending of what is made of a file.
    pub(super) fn script(&self, from: FileId, path: &str) -> Option<FileId> {
        const ENDINGS: &[&str] = &["ts", "tsx", "js", "jsx", "mjs", "cjs", "mts", "cts"];
        let whole = normal(&format!("{}/{path}", self.folder(from)));
        let stem = ENDINGS.iter().find_map(|ending| whole.strip_suffix(*ending)?.strip_suffix('.'));
        let ended = |base: &str| ENDINGS.iter().find_map(|ending| self.paths.exact(&format!("{base}.{ending}")));
        self.paths.exact(&whole).or_else(|| ended(&whole)).or_else(|| ended(stem?)).or_else(|| ended(&format!("{whole}/index")))
    }

    /// The file of a module of Rust: beside the source or below it, or, from the root of the crate, in a folder above. A path
    /// with an ending is that of the file.
    pub(super) fn rust(&self, from: FileId, path: &str) -> Option<FileId> {
        let folder = self.folder(from);
        if path.contains(".rs") {
            return self.paths.exact(&normal(&format!("{folder}/{path}")));
        }
        let names: Vec<&str> = path.split("::").filter(|part| !matches!(*part, "crate" | "self" | "super")).collect();
        let (first, others) = names.split_first()?;
        let stem = self.graph.path(from).trim_end_matches(".rs");
        // Tests and sources are crates of their own: nothing is looked for above them.
        let above = std::iter::successors(Some(folder), |folder| {
            let last = folder.rsplit('/').next().unwrap_or(folder);
            if matches!(last, "tests" | "src" | "benches" | "examples") { None } else { Some(folder.rsplit_once('/')?.0) }
        });
        let module = |folder: &str, name: &str| {
            let base = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
            let file = self.paths.exact(&format!("{base}.rs")).or_else(|| self.paths.exact(&format!("{base}/mod.rs")))?;
            Some((file, base))
        };
        let (mut file, mut base) = std::iter::once(stem).chain(above).find_map(|folder| module(folder, first))?;
        for name in others {
            (file, base) = module(&base, name)?;
        }
        Some(file)
    }

    fn folder(&self, file: FileId) -> &'g str {
        self.graph.path(file).rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// Whether what stands before the path of a module is a folder from which modules are found: no package, and near to the
    /// test.
    fn is_below_root(&self, file: FileId, module: &str, from: FileId) -> bool {
        let path = self.graph.path(file);
        let root = path.get(..path.len().saturating_sub(module.len())).unwrap_or("");
        let above = root.trim_end_matches('/').rsplit_once('/').map_or("", |(above, _)| above);
        self.paths.exact(&format!("{root}__init__.py")).is_none() && self.graph.path(from).starts_with(above)
    }
}
