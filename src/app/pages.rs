//! What is made of the command line's own definition: completions and pages of the manual.

use super::failure::Failure;
use super::output::Output;
use crate::cli::Cli;
use clap::CommandFactory;
use clap_complete::Shell;
use std::path::Path;

/// Prints what completes commands and options in a shell.
pub(super) fn completions(shell: Shell) -> Result<u8, Failure> {
    let mut text = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "tracegate", &mut text);
    Output::terminal().write(|out| out.write_all(&text)).map(|()| 0)
}

/// Prints the page of the manual, or writes a page of each command into a folder.
pub(super) fn manual(folder: Option<&Path>) -> Result<u8, Failure> {
    match folder {
        None => Output::terminal().write(|out| clap_mangen::Man::new(Cli::command()).render(out)).map(|()| 0),
        Some(folder) => clap_mangen::generate_to(Cli::command(), folder).map(|()| 0).map_err(|error| {
            let doing = format!("failed to write the pages of the manual into `{}`", folder.display());
            Failure::io(&doing, &error, "Name a folder that exists and can be written to.")
        }),
    }
}
