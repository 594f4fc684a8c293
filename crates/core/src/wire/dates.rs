//! Dates as the providers write them. Civil dates are counted as in Howard Hinnant's "chrono-compatible low-level date
//! algorithms"; a date crate would bring a clock, which the core must not have.

use std::fmt;

const NANOS: i64 = 1_000_000_000;
const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/// Nanoseconds since 1970, and whether the text named no zone (it is then read as UTC). Takes RFC 3339, a space for its
/// `T` (RentNumber), and up to nine digits of a second (Sinch's callbacks).
pub(crate) fn parse_timestamp(text: &str) -> Option<(i64, bool)> {
    let (date, time) = (text.get(..10)?, text.get(11..)?);
    matches!(text.as_bytes().get(10)?, b'T' | b't' | b' ').then_some(())?;
    let [year, month, day] = fixed_fields(date, '-', [4, 2, 2])?;
    let zone_at = time.find(['Z', 'z', '+', '-']).unwrap_or(time.len());
    let (clock, zone) = time.split_at_checked(zone_at)?;
    let (clock, fraction) = clock.trim_end().split_once('.').unwrap_or((clock.trim_end(), ""));
    let [hour, minute, second] = fixed_fields(clock, ':', [2, 2, 2])?;
    let days = days_from_civil(year, month, day)?;
    // 60: a leap second is the first second of the next minute.
    (hour < 24 && minute < 60 && second <= 60).then_some(())?;
    let seconds = days * 86_400 + hour * 3600 + minute * 60 + second;
    let offset = if zone.is_empty() { 0 } else { i64::from(parse_offset_minutes(zone)?) };
    let nanos = (seconds - offset * 60).checked_mul(NANOS)?.checked_add(parse_fraction(fraction)?)?;
    Some((nanos, zone.is_empty()))
}

/// `Z`, `+01:00`, `-0530`, `+01`.
pub(crate) fn parse_offset_minutes(text: &str) -> Option<i16> {
    if text.eq_ignore_ascii_case("z") {
        return Some(0);
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits = text.get(1..)?.replace(':', "");
    let (hours, minutes) = (digits.get(..2)?, digits.get(2..)?);
    let minutes = if minutes.is_empty() { 0 } else { number(minutes, 2)? };
    let hours = number(hours, 2)?;
    (hours < 24 && minutes < 60).then(|| i16::try_from(sign * (hours * 60 + minutes)).ok()).flatten()
}

/// `Sun, 06 Nov 1994 08:49:37 GMT`, the form that HTTP asks senders to use; seconds since 1970.
pub(crate) fn parse_http_date(text: &str) -> Option<i64> {
    let mut words = text.split_once(", ")?.1.split(' ');
    let day = number(words.next()?, 2)?;
    let month_name = words.next()?;
    let month = MONTHS.iter().position(|name| name.eq_ignore_ascii_case(month_name))?;
    let year = number(words.next()?, 4)?;
    let [hour, minute, second] = fixed_fields(words.next()?, ':', [2, 2, 2])?;
    matches!(words.next(), Some("GMT" | "UTC")).then_some(())?;
    let days = days_from_civil(year, i64::try_from(month).ok()? + 1, day)?;
    (hour < 24 && minute < 60 && second <= 60).then_some(days * 86_400 + hour * 3600 + minute * 60 + second)
}

pub(crate) fn write_timestamp(f: &mut fmt::Formatter<'_>, nanos: i64) -> fmt::Result {
    let (seconds, fraction) = (nanos.div_euclid(NANOS), nanos.rem_euclid(NANOS));
    let (days, second_of_day) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = civil_from_days(days);
    let (hour, minute, second) = (second_of_day / 3600, second_of_day / 60 % 60, second_of_day % 60);
    write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")?;
    match fraction {
        0 => {}
        _ if fraction % 1_000_000 == 0 => write!(f, ".{:03}", fraction / 1_000_000)?,
        _ if fraction % 1_000 == 0 => write!(f, ".{:06}", fraction / 1_000)?,
        _ => write!(f, ".{fraction:09}")?,
    }
    f.write_str("Z")
}

fn fixed_fields(text: &str, separator: char, widths: [usize; 3]) -> Option<[i64; 3]> {
    let mut parts = text.split(separator);
    let mut field = |width| number(parts.next()?, width);
    let fields = [field(widths[0])?, field(widths[1])?, field(widths[2])?];
    parts.next().is_none().then_some(fields)
}

fn number(text: &str, width: usize) -> Option<i64> {
    (text.len() == width && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn parse_fraction(digits: &str) -> Option<i64> {
    digits.bytes().all(|byte| byte.is_ascii_digit()).then_some(())?;
    let kept = digits.get(..digits.len().min(9))?;
    format!("{kept:0<9}").parse().ok()
}

fn days_in_month(year: i64, month: i64) -> i64 {
    match month {
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

fn days_from_civil(year: i64, month: i64, day: i64) -> Option<i64> {
    ((1..=12).contains(&month) && (1..=days_in_month(year, month)).contains(&day)).then_some(())?;
    let year = if month <= 2 { year - 1 } else { year };
    let era = year.div_euclid(400);
    let year_of_era = year.rem_euclid(400);
    let day_of_year = (153 * ((month + 9) % 12) + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    Some(era * 146_097 + day_of_era - 719_468)
}

fn civil_from_days(days: i64) -> (i64, i64, i64) {
    let shifted = days + 719_468;
    let era = shifted.div_euclid(146_097);
    let day_of_era = shifted.rem_euclid(146_097);
    let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let shifted_month = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * shifted_month + 2) / 5 + 1;
    let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
    (year_of_era + era * 400 + i64::from(month <= 2), month, day)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::time::{Timestamp, UtcOffset};

    #[test]
    fn every_form_the_providers_write_is_read() {
        for (text, read) in [
            ("2026-04-12T15:30:00Z", "2026-04-12T15:30:00Z"),
            ("2026-04-12 14:30:00", "2026-04-12T14:30:00Z"),
            ("2026-05-12T14:32:18.000Z", "2026-05-12T14:32:18Z"),
            ("2024-06-06T14:42:42.022227Z", "2024-06-06T14:42:42.022227Z"),
            ("2024-02-10T17:22:09.412722588", "2024-02-10T17:22:09.412722588Z"),
            ("2026-04-12T15:30:00+01:00", "2026-04-12T14:30:00Z"),
            ("2026-02-28T23:59:60-05:30", "2026-03-01T05:30:00Z"),
            ("1969-12-31T23:59:59.5Z", "1969-12-31T23:59:59.500Z"),
        ] {
            assert_eq!(Timestamp::parse(text).unwrap().to_string(), read, "{text}");
        }
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for text in
            ["", "2026-02-30T00:00:00Z", "2026-13-01 00:00:00", "2026-04-12", "2026-04-12T24:00:00Z", "é026-04-12"]
        {
            assert_eq!(Timestamp::parse(text), None, "{text}");
        }
    }

    #[test]
    fn only_a_time_without_a_zone_moves_with_the_setting() {
        let offset = UtcOffset::parse("+01:00").unwrap();
        assert_eq!(
            Timestamp::parse("2026-04-12 14:30:00").unwrap().in_zone(offset).to_string(),
            "2026-04-12T13:30:00Z"
        );
        assert_eq!(
            Timestamp::parse("2026-04-12T14:30:00Z").unwrap().in_zone(offset).to_string(),
            "2026-04-12T14:30:00Z"
        );
    }

    #[test]
    fn an_http_date_is_read() {
        assert_eq!(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT"), Some(784_111_777));
        assert_eq!(parse_http_date("yesterday"), None);
    }

    #[test]
    fn days_count_there_and_back_over_four_centuries() {
        for days in (-146_097..146_097).step_by(13) {
            let (year, month, day) = civil_from_days(days);
            assert_eq!(days_from_civil(year, month, day), Some(days));
        }
    }
}
