//! The modules that sources of Python name, as files of the tree.

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
        let mut folder = self.graph.path(from).rsplit_once('/').map_or("", |(folder, _)| folder);
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

    /// Whether what stands before the path of a module is a folder from which modules are found: no package, and near to the
    /// test.
    fn is_below_root(&self, file: FileId, module: &str, from: FileId) -> bool {
        let path = self.graph.path(file);
        let root = path.get(..path.len().saturating_sub(module.len())).unwrap_or("");
        let above = root.trim_end_matches('/').rsplit_once('/').map_or("", |(above, _)| above);
        self.paths.exact(&format!("{root}__init__.py")).is_none() && self.graph.path(from).starts_with(above)
    }
}
