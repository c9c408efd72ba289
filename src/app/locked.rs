//! The lock of reviews on disk: read as a whole, and changed by one process at a time.

use super::failure::Failure;
use crate::config;
use crate::settings::{Review, Reviews};
use crate::source::Text;
use same_file::Handle;
use std::ffi::OsString;
use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// How often a process asks whether another one is done, and how long it waits in between.
const TRIES: u32 = 1_500;
const PAUSE: Duration = Duration::from_millis(20);

/// The lock, which reports call by a name of its own; `None` where there is none.
pub(super) fn read(path: &Path, name: String) -> Result<Option<Reviews>, Failure> {
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => {
            let doing = format!("failed to read the lock of reviews `{}`", path.display());
            return Err(Failure::io(&doing, &error, "Make it a file that can be read, or remove it and review the links again."));
        }
    };
    let list = config::parse_reviews(Text::decode(bytes.clone())).map_err(|invalid| Failure::config(path, &invalid))?;
    Ok(Some(Reviews { path: name, bytes, list }))
}

/// Changes the lock. Nobody else does meanwhile, readers see the old one or the new one, and whoever is killed leaves the
/// old one behind.
///
/// The new lock is written beside the old one into a file that the system locks for this process, and takes its place by
/// its name. Who waited for that file then has the lock itself in hand, sees that the name leads elsewhere, and begins anew.
pub(super) fn change<T>(path: &Path, change: impl FnOnce(Vec<Review>) -> (String, T)) -> Result<T, Failure> {
    let real = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let failed = |error: io::Error| {
        let doing = format!("failed to write the lock of reviews `{}`", path.display());
        Failure::io(&doing, &error, "Check that its folder can be written to and that no other `tracegate accept` hangs.")
    };
    let beside = beside(&real).map_err(failed)?;
    let mut file = alone(&beside).map_err(failed)?;
    // What others accepted since the tree was read.
    let old = read(&real, String::new())?.map_or_else(Vec::new, |reviews| reviews.list);
    let (text, value) = change(old);
    let written = file.set_len(0).and_then(|()| file.write_all(text.as_bytes())).and_then(|()| file.sync_all());
    written.and_then(|()| fs::rename(&beside, &real)).map_err(failed)?;
    Ok(value)
}

/// The file beside a lock into which the next one is written.
fn beside(path: &Path) -> io::Result<PathBuf> {
    let name = path.file_name().ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "it names no file"))?;
    let mut beside = OsString::from(".");
    beside.push(name);
    beside.push(".new");
    Ok(path.with_file_name(beside))
}

/// Opens a file that no other process has for itself. What a killed process left in it is of no use to anybody.
fn alone(path: &Path) -> io::Result<File> {
    for _ in 0..TRIES {
        let file = File::options().create(true).truncate(false).write(true).open(path)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                std::thread::sleep(PAUSE);
                continue;
            }
            Err(TryLockError::Error(error)) => return Err(error),
        }
        // It may have become the lock between the two calls.
        let is_there = Handle::from_path(path).and_then(|named| Ok(named == Handle::from_file(file.try_clone()?)?));
        if is_there.unwrap_or(false) {
            return Ok(file);
        }
    }
    Err(io::Error::new(io::ErrorKind::TimedOut, "another process has been writing it all the time"))
}
