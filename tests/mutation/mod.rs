//! Mutation results: the formats of the tools, what is wrong with a file, and what it says of tests and requirements.

mod damage;
mod formats;
mod linked;
mod robust;

use std::fmt::Write as _;
use tracegate::model::Facts;
use tracegate::read::mutation::{self, Format};
use tracegate::source::Text;

fn read(text: &str) -> Facts {
    let text = Text::decode(text.as_bytes().to_vec());
    mutation::format(text.as_str()).map_or_else(mutation::unknown, |format| mutation::read(format, &text))
}

/// The facts in lines: one a file, one a mutant, one a problem.
fn told(text: &str) -> String {
    let facts = read(text);
    let mut out = mutation::format(text).map_or("", Format::name).to_owned() + "\n";
    if let Some(mutation) = &facts.mutation {
        let names = |at: &[u32]| {
            let names = at.iter().filter_map(|at| mutation.tests.get(*at as usize));
            names.map(|one| format!("{}|{}|{}", one.file, one.class, one.name)).collect::<Vec<_>>().join(", ")
        };
        for file in &mutation.files {
            writeln!(out, "{}", file.path).unwrap();
            for one in &file.mutants {
                write!(out, "  {} {:?} {} `{}`", one.line, one.fate, one.function, one.what).unwrap();
                writeln!(out, " by [{}] ran {:?}", names(&one.killers), one.covering.as_deref().map(names)).unwrap();
            }
        }
    }
    for problem in &facts.problems {
        writeln!(out, "{}: {}", if problem.whole_file { "lost" } else { "problem" }, problem.reason).unwrap();
    }
    out
}
