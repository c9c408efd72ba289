//! The date of today, which nothing below the shell asks for.

use crate::model::time;
use std::time::{SystemTime, UNIX_EPOCH};

const DAY: u64 = 86_400;

/// The date behind which a date lies in the future anywhere on earth: tomorrow of UTC, as `2024-03-01`.
/// `SOURCE_DATE_EPOCH` stands in for the clock, so that a run can be repeated.
pub(super) fn latest() -> Option<String> {
    let now = told().or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).ok().map(|since| since.as_secs()))?;
    written(now.checked_add(DAY)? / DAY)
}

/// The date of `SOURCE_DATE_EPOCH`, where somebody set it.
pub(super) fn set() -> Option<String> {
    told().and_then(|seconds| written(seconds / DAY))
}

/// The seconds since 1970 that stand in for the clock.
pub(super) fn told() -> Option<u64> {
    std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.trim().parse().ok())
}

/// The date of a day since 1970.
fn written(day: u64) -> Option<String> {
    i32::try_from(day).ok().map(time::written)
}
