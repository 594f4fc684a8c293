//! Values as they are written on the command line: times, amounts of money, exchange rates.

use serde_json::json;
use std::time::Duration;
use trunkline::unified::Rate;
use trunkline::{Money, Timestamp};

/// `30s`, `2m`, `1h`, `500ms`; a number alone is seconds.
pub(crate) fn duration(text: &str) -> Result<Duration, String> {
    let digits = text.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let seconds_each = match text.get(digits.len()..).unwrap_or_default() {
        "" | "s" => 1.0,
        "ms" => 0.001,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return Err("write 30s, 2m, 1h or 500ms".to_owned()),
    };
    let number: f64 = digits.parse().map_err(|_| "write 30s, 2m, 1h or 500ms".to_owned())?;
    let duration = Duration::try_from_secs_f64(number * seconds_each).map_err(|_| "out of range".to_owned())?;
    if duration.is_zero() { Err("it must be more than nothing".to_owned()) } else { Ok(duration) }
}

/// `2026-01-31T12:00:00Z`
pub(crate) fn time(text: &str) -> Result<Timestamp, String> {
    Timestamp::parse(text).ok_or_else(|| "write 2026-01-31T12:00:00Z".to_owned())
}

/// `5 USD`, `0.99EUR`.
pub(crate) fn money(text: &str) -> Result<Money, String> {
    let wrong = || "write an amount and its currency: 5 USD, 0.99EUR".to_owned();
    let at = text.find(|c: char| c.is_ascii_alphabetic()).ok_or_else(wrong)?;
    let (amount, currency) = (text[..at].trim(), text[at..].trim());
    let is_code = currency.len() == 3 && currency.bytes().all(|byte| byte.is_ascii_alphabetic());
    // A sign would be none of an amount that is paid.
    if !is_code || !amount.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
        return Err(wrong());
    }
    let read = json!({ "amount": amount, "currency": currency.to_ascii_uppercase() });
    serde_json::from_value(read).map_err(|_| wrong())
}

/// `NGN=0.00065USD`: what one unit is worth.
pub(crate) fn rate(text: &str) -> Result<Rate, String> {
    let wrong = || "write what one unit is worth: NGN=0.00065USD".to_owned();
    let (currency, worth) = text.split_once('=').ok_or_else(wrong)?;
    let currency = currency.trim();
    if currency.len() != 3 || !currency.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return Err(wrong());
    }
    Ok(Rate { currency: currency.to_ascii_uppercase(), worth: money(worth).map_err(|_| wrong())? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_written_with_their_unit() {
        for (text, milliseconds) in
            [("30s", 30_000), ("2m", 120_000), ("500ms", 500), ("1.5", 1_500), ("1h", 3_600_000)]
        {
            assert_eq!(duration(text), Ok(Duration::from_millis(milliseconds)), "{text}");
        }
        for text in ["", "s", "0", "-1s", "1d", "1 s", "nan", "1e999"] {
            assert!(duration(text).is_err(), "{text}");
        }
    }

    #[test]
    fn times_are_written_as_they_are_shown() {
        assert_eq!(
            time("2026-01-31T12:00:00+01:00").map(|time| time.to_string()).as_deref(),
            Ok("2026-01-31T11:00:00Z")
        );
        for text in ["", "2026-01-31", "noon", "12:00"] {
            assert!(time(text).is_err(), "{text}");
        }
    }

    #[test]
    fn money_is_written_with_its_currency() {
        for (text, shown) in [("5 USD", "5 USD"), ("0.99EUR", "0.99 EUR"), (" 450.00  ngn ", "450.00 NGN")] {
            assert_eq!(money(text).map(|money| money.to_string()).as_deref(), Ok(shown), "{text}");
        }
        for text in ["", "5", "USD", "5 dollars", "$5", "5,00 EUR", "-5 EUR", "1e3 EUR", "5 EUR 3", "5.0.0 EUR", "5€"]
        {
            assert!(money(text).is_err_and(|problem| problem.contains("5 USD")), "{text}");
        }
    }

    #[test]
    fn a_rate_is_written_as_what_one_unit_is_worth() {
        let read = rate("ngn=0.00065USD").expect("a rate");
        assert_eq!((read.currency.as_str(), read.worth.to_string().as_str()), ("NGN", "0.00065 USD"));
        for text in ["NGN", "NGN=", "NGN=5", "=5 USD", "naira=1 USD", "NGN:1 USD"] {
            assert!(rate(text).is_err_and(|problem| problem.contains("NGN=0.00065USD")), "{text}");
        }
    }
}
