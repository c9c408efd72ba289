//! How far a long run is, for whoever waits at a terminal. It begins to speak after a second and leaves nothing behind.
//!
//! Nothing below the shell knows of it: it looks at how many files were asked for.

use super::environment;
use crate::discover::tree::Tree;
use crate::discover::watched::Watched;
use std::io::{self, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// What is done sooner needs no words.
const PATIENCE: Duration = Duration::from_secs(1);
/// Between two looks.
const PACE: Duration = Duration::from_millis(100);
/// The beginning of a line that replaces the one before.
const ANEW: &str = "\r\u{1b}[K";

/// Does something with a tree, and tells how far it is if somebody looks on.
pub(super) fn shown<T>(tree: &dyn Tree, quiet: bool, work: impl FnOnce(&dyn Tree) -> T) -> T {
    if quiet || !environment::is_watched() {
        return work(tree);
    }
    let watched = Watched::new(tree);
    let (done, waiting) = mpsc::channel();
    thread::scope(|scope| {
        // Dropped when the work ends, however it ends: then the other side stops.
        let _done: mpsc::Sender<()> = done;
        scope.spawn(|| tell(&watched, waiting, &mut io::stderr(), PATIENCE));
        work(&watched)
    })
}

/// Writes how far it is until the sender is gone, then wipes the line.
fn tell(watched: &Watched<'_>, waiting: Receiver<()>, out: &mut dyn Write, patience: Duration) {
    let ended = |after: Duration| waiting.recv_timeout(after) != Err(RecvTimeoutError::Timeout);
    if ended(patience) {
        return;
    }
    let mut ticks = 0_u64;
    let all = watched.files().len();
    loop {
        let (asked, seconds) = (watched.asked().min(all), patience.as_secs() + ticks / 10);
        // Whoever can't be told is not told.
        let _ = write!(out, "{ANEW}tracegate: read {asked} of at most {all} files, {seconds} s").and_then(|()| out.flush());
        if ended(PACE) {
            break;
        }
        ticks += 1;
    }
    let _ = write!(out, "{ANEW}").and_then(|()| out.flush());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::discover::tree::Memory;

    fn told(patience: Duration, hold: bool) -> String {
        let tree = Memory::new([("a.md", "a"), ("b.md", "b")]);
        let watched = Watched::new(&tree);
        assert_eq!(watched.bytes(1).unwrap(), b"b");
        let (done, waiting) = mpsc::channel::<()>();
        let mut out = Vec::new();
        thread::scope(|scope| {
            let told = scope.spawn(|| tell(&watched, waiting, &mut out, patience));
            if hold {
                thread::sleep(Duration::from_millis(30));
            }
            drop(done);
            told.join().unwrap();
        });
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_short_run_says_nothing() {
        assert_eq!(told(Duration::from_secs(60), false), "");
    }

    #[test]
    fn a_long_run_says_how_far_it_is_and_wipes_that() {
        let said = told(Duration::ZERO, true);
        assert!(said.starts_with(&format!("{ANEW}tracegate: read 1 of at most 2 files, 0 s")), "{said:?}");
        assert!(said.ends_with(ANEW), "{said:?}");
    }
}
