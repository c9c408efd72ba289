//! Counts what reading costs, in builds with debug assertions only: tests hold readers to work that grows
//! as the input does by this count, for a clock would measure how busy the machine is.

use std::cell::Cell;

thread_local! {
    static SPENT: Cell<u64> = const { Cell::new(0) };
}

/// The bytes that this thread has looked at so far.
pub fn spent() -> u64 {
    SPENT.get()
}

/// Counts bytes that are looked at.
pub(super) fn spend(bytes: usize) {
    if cfg!(debug_assertions) {
        SPENT.set(SPENT.get().saturating_add(bytes as u64));
    }
}
