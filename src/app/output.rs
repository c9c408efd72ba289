//! Where reports go: the terminal, or a file that is replaced as a whole.

use super::environment;
use super::failure::Failure;
use crate::cli::{Common, When};
use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::{Path, PathBuf};

/// Where a report goes and whether in colour.
#[derive(Debug)]
pub(super) struct Output {
    file: Option<PathBuf>,
    color: When,
}

impl Output {
    /// What the options say.
    pub(super) fn new(common: &Common) -> Self {
        Self { file: common.output.clone(), color: common.color }
    }

    /// The standard output.
    pub(super) fn terminal() -> Self {
        Self { file: None, color: When::Auto }
    }

    /// A file.
    pub(super) fn file(path: &Path) -> Self {
        Self { file: Some(path.to_owned()), color: When::Never }
    }

    /// Whether to use colours: never in files, unless asked for.
    pub(super) fn color(&self) -> bool {
        match self.color {
            When::Always => true,
            When::Never => false,
            When::Auto => self.file.is_none() && environment::color(io::stdout().is_terminal()),
        }
    }

    /// Writes a text.
    pub(super) fn text(&self, text: &str) -> Result<(), Failure> {
        self.write(|out| out.write_all(text.as_bytes()))
    }

    /// Writes what the function writes.
    pub(super) fn write(&self, report: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        match &self.file {
            None => {
                let mut out = BufWriter::new(io::stdout().lock());
                let written = report(&mut out).and_then(|()| out.flush());
                written.map_err(|error| Failure::io("failed to write the report", &error, "Check where the output goes."))
            }
            Some(path) => replace(path, report).map_err(|error| {
                let doing = format!("failed to write `{}`", path.display());
                // A pipe that a file name leads to is still a file that was asked for.
                let error = io::Error::other(error.to_string());
                Failure::io(&doing, &error, "Name a file in a folder that exists and can be written to.")
            }),
        }
    }
}

/// Makes a folder for reports, unless it is there.
pub(super) fn make_folder(path: &Path) -> Result<(), Failure> {
    fs::create_dir_all(path).map_err(|error| {
        Failure::io(&format!("failed to make the folder `{}`", path.display()), &error, "Name a folder that can be written to.")
    })
}

/// Writes beside the file and renames: readers see the old report or the new one, never a half. Of a link it is the file
/// that it leads to, and what is no file, such as a pipe or `/dev/null`, is written to and stays what it is.
fn replace(path: &Path, report: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let path = real.as_path();
    if fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir()) {
        let mut out = BufWriter::new(File::options().write(true).open(path)?);
        return report(&mut out).and_then(|()| out.flush());
    }
    let name = path.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "it names no file"))?;
    if path.is_dir() {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is a folder"));
    }
    let mut beside = OsString::from(".");
    beside.push(name);
    beside.push(format!(".{}.tmp", std::process::id()));
    let beside = path.with_file_name(beside);
    let written = File::create_new(&beside).and_then(|file| {
        let mut out = BufWriter::new(file);
        report(&mut out)?;
        out.flush()?;
        out.get_ref().sync_all()?;
        fs::rename(&beside, path)
    });
    if written.is_err() {
        // What is left of a failed attempt helps nobody; the first error is the one to tell.
        let _ = fs::remove_file(&beside);
    }
    written
}
