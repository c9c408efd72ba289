//! Points in time as documents and machines write them.

/// Seconds of a day.
pub const DAY: i64 = 86_400;

/// A point in time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Time {
    /// Seconds since 1970: of UTC where the zone is told, else of whatever clock was looked at.
    pub seconds: i64,
    /// Whether the zone is told.
    pub zoned: bool,
    /// Whether more than the day is told.
    pub precise: bool,
}

impl Time {
    /// Reads `2024-03-01`, `2024-03-01T10:20:30+01:00`, `2024-03-01 10:20` and the like; what follows is left alone.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let day = i64::from(date(text)?);
        let rest = text.get(10..).unwrap_or("");
        let clock = rest.strip_prefix(['T', 't', ' ']).and_then(clock);
        let Some((seconds, zone)) = clock else {
            // `2024-03-012` is no date.
            let ends = !rest.starts_with(|c: char| c.is_ascii_digit());
            return ends.then_some(Self { seconds: day * DAY, zoned: false, precise: false });
        };
        let offset = offset(zone);
        Some(Self { seconds: day * DAY + seconds - offset.unwrap_or(0), zoned: offset.is_some(), precise: true })
    }

    /// The number of its day since 1970.
    pub fn day(self) -> i64 {
        self.seconds.div_euclid(DAY)
    }

    /// How much earlier than another it can be and still be told as the same or later, because clocks and zones differ.
    pub fn tolerance(self, other: Self) -> i64 {
        if self.zoned && other.zoned { 0 } else { DAY }
    }
}

/// The days since 1970 of a text that begins with `2024-03-01`, if that is a day of the calendar.
pub fn date(text: &str) -> Option<i32> {
    let bytes = text.as_bytes();
    let number = |from: usize, to: usize| -> Option<i32> {
        let digits = bytes.get(from..to)?;
        let all = digits.iter().all(u8::is_ascii_digit);
        all.then(|| digits.iter().fold(0, |sum, digit| sum * 10 + i32::from(digit - b'0')))
    };
    let separator = *bytes.get(4)?;
    if !matches!(separator, b'-' | b'/' | b'.') || bytes.get(7) != Some(&separator) {
        return None;
    }
    let (year, month, day) = (number(0, 4)?, number(5, 7)?, number(8, 10)?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + i32::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    ((1..=12).contains(&month) && (1..=last).contains(&day)).then(|| days(year, month, day))
}

/// The first day of the calendar that a text names, as days since 1970: that of `Session 2026-02-01-002`.
pub fn first_date(text: &str) -> Option<i32> {
    let bytes = text.as_bytes();
    let starts = bytes.iter().enumerate().filter(|(at, byte)| {
        byte.is_ascii_digit() && !at.checked_sub(1).and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit)
    });
    starts.filter_map(|(at, _)| date(text.get(at..)?)).next()
}

/// Days since 1970 (the calendar of Gregory, in years that begin in March).
fn days(year: i32, month: i32, day: i32) -> i32 {
    let year = year - i32::from(month <= 2);
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let month_from_march = if month > 2 { month - 3 } else { month + 9 };
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468
}

/// A day since 1970 as a date: `2024-03-01`.
pub fn written(day: i32) -> String {
    let shifted = i64::from(day) + 719_468;
    let (era, day_of_era) = (shifted.div_euclid(146_097), shifted.rem_euclid(146_097));
    let year_of_era = (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 { month_from_march + 3 } else { month_from_march - 9 };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    format!("{year:04}-{month:02}-{day:02}")
}

/// Seconds since midnight of `10:20` or `10:20:30.5`, and what follows.
fn clock(text: &str) -> Option<(i64, &str)> {
    let part = |text: &str, most: i64| -> Option<i64> {
        let number: i64 = text.get(..2).filter(|two| two.bytes().all(|byte| byte.is_ascii_digit()))?.parse().ok()?;
        (number <= most).then_some(number)
    };
    let minutes = part(text, 23)? * 60 + part(text.get(2..)?.strip_prefix(':')?, 59)?;
    let rest = text.get(5..)?;
    let Some(seconds) = rest.strip_prefix(':').and_then(|rest| part(rest, 60)) else { return Some((minutes * 60, rest)) };
    let rest = rest.get(3..)?;
    let fraction = rest.strip_prefix(['.', ',']).map_or(rest, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
    Some((minutes * 60 + seconds, fraction))
}

/// The seconds by which a zone is ahead of UTC; `None` where none is told.
fn offset(zone: &str) -> Option<i64> {
    let zone = zone.trim();
    if zone.starts_with(['Z', 'z']) || zone.starts_with("UTC") || zone.starts_with("GMT") {
        return Some(0);
    }
    let sign = if zone.starts_with('+') { 1 } else { -1 };
    let digits: String = zone.strip_prefix(['+', '-'])?.chars().filter(|c| *c != ':').take(4).collect();
    let digits =
        digits.get(..2).filter(|two| two.bytes().all(|byte| byte.is_ascii_digit())).map(|hours| (hours, digits.get(2..)))?;
    let hours: i64 = digits.0.parse().ok()?;
    let minutes: i64 = digits.1.and_then(|minutes| minutes.parse().ok()).unwrap_or(0);
    Some(sign * (hours * 60 + minutes) * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_are_taken_off() {
        let seconds = |text: &str| Time::parse(text).map(|time| (time.seconds, time.zoned, time.precise));
        assert_eq!(seconds("1970-01-02"), Some((DAY, false, false)));
        assert_eq!(seconds("1970-01-02T00:00:10Z"), Some((DAY + 10, true, true)));
        assert_eq!(seconds("1970-01-02T01:00:10.25+01:00"), Some((DAY + 10, true, true)));
        assert_eq!(seconds("1970-01-01 23:00:10-0100"), Some((DAY + 10, true, true)));
        assert_eq!(seconds("1970-01-02 03:04"), Some((DAY + 3 * 3600 + 240, false, true)));
        assert_eq!(seconds("2024-02-30"), None);
        assert_eq!(seconds("2024-02-012"), None);
        assert_eq!(seconds("v1.0"), None);
    }

    #[test]
    fn days_are_those_of_the_calendar() {
        for (text, expected) in [("2000-02-29", 11_016), ("2024-03-01", 19_783), ("2025-12-31", 20_453), ("1969-12-31", -1)] {
            assert_eq!(date(text), Some(expected), "{text}");
            assert_eq!(written(expected), text);
        }
    }
}
