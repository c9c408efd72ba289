//! The date of today, which nothing below the shell asks for.

use std::time::{SystemTime, UNIX_EPOCH};

const DAY: u64 = 86_400;

/// The date behind which a date lies in the future anywhere on earth: tomorrow of UTC, as `2024-03-01`.
/// `SOURCE_DATE_EPOCH` stands in for the clock, so that a run can be repeated.
pub(super) fn latest() -> Option<String> {
    let now = told().or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).ok().map(|since| since.as_secs()))?;
    Some(date(now.checked_add(DAY)? / DAY))
}

/// The date of `SOURCE_DATE_EPOCH`, where somebody set it.
pub(super) fn set() -> Option<String> {
    told().map(|seconds| date(seconds / DAY))
}

/// The seconds since 1970 that stand in for the clock.
pub(super) fn told() -> Option<u64> {
    std::env::var("SOURCE_DATE_EPOCH").ok().and_then(|seconds| seconds.trim().parse().ok())
}

/// The date of a day since 1970 (the calendar of Gregory, in years that begin in March).
fn date(days: u64) -> String {
    let shifted = days.saturating_add(719_468);
    let (era, day_of_era) = (shifted / 146_097, shifted % 146_097);
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + u64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

#[cfg(test)]
mod tests {
    use super::date;

    #[test]
    fn days_are_dates() {
        for (days, expected) in
            [(0, "1970-01-01"), (59, "1970-03-01"), (11_016, "2000-02-29"), (19_783, "2024-03-01"), (20_453, "2025-12-31")]
        {
            assert_eq!(date(days), expected);
        }
    }
}
