//! How JavaScript writes times, headers and errors, and how to say the same in Rust.

use std::time::Duration;

/// The longest wait that `setTimeout` takes, 24.8 days. It wraps a longer one round and fires at once.
const LONGEST_TIMEOUT: u32 = i32::MAX as u32;

/// Milliseconds as a clock gives them. What is no length of time is none.
pub(crate) fn duration(milliseconds: f64) -> Duration {
    if !milliseconds.is_finite() {
        return Duration::ZERO;
    }
    // In two parts: a date in seconds or in nanoseconds has more digits than an `f64` keeps. `as` makes a zero of what is
    // below it.
    let nanoseconds = milliseconds.fract() * 1e6;
    Duration::from_millis(milliseconds as u64) + Duration::from_nanos(nanoseconds as u64)
}

/// Milliseconds for `setTimeout`: rounded up, since waking early would only mean to wait again.
pub(crate) fn timeout(duration: Duration) -> u32 {
    let rounded_up = duration.as_nanos().div_ceil(1_000_000);
    u32::try_from(rounded_up).unwrap_or(u32::MAX).min(LONGEST_TIMEOUT)
}

/// A header value for fetch, which takes a text for its bytes: each character is one, and any above 255 is refused.
/// So UTF-8 reaches the wire as it would from any other host.
pub(crate) fn header_to_fetch(value: &str) -> String {
    value.bytes().map(char::from).collect()
}

/// A header value that fetch gave, each of whose characters stands for a byte.
pub(crate) fn header_from_fetch(value: &str) -> String {
    match value.chars().map(u8::try_from).collect::<Result<Vec<u8>, _>>() {
        Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
        // A page has put something else in fetch's place.
        Err(_) => value.to_owned(),
    }
}

/// What a browser says of an error, without the URL, which may hold credentials and which some browsers quote.
pub(crate) fn without_urls(message: &str) -> String {
    let words = message.split_whitespace().map(|word| if word.contains("://") { "(URL)" } else { word });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_cannot_bring_the_driver_down() {
        assert_eq!(duration(1_776_007_800_123.0), Duration::from_millis(1_776_007_800_123));
        assert_eq!(duration(1.5), Duration::from_micros(1500));
        for none in [0.0, -0.0, -5.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
            assert_eq!(duration(none), Duration::ZERO, "{none}");
        }
    }

    #[test]
    fn a_timeout_is_never_early_and_never_wraps_round() {
        for (nanoseconds, milliseconds) in [(0, 0), (1, 1), (1_000_000, 1), (1_000_001, 2), (89_999_999_999, 90_000)] {
            assert_eq!(timeout(Duration::from_nanos(nanoseconds)), milliseconds, "{nanoseconds}");
        }
        for long in [Duration::from_millis(1 << 31), Duration::from_secs(60 * 60 * 24 * 365), Duration::MAX] {
            assert_eq!(timeout(long), LONGEST_TIMEOUT, "{long:?}");
        }
    }

    #[test]
    fn a_header_keeps_its_bytes() {
        for value in ["", "Bearer abc", "Zoë", "☎ €"] {
            let byte_string = header_to_fetch(value);
            assert!(byte_string.chars().all(|character| u32::from(character) < 256), "{byte_string:?}");
            assert_eq!(byte_string.chars().count(), value.len());
            assert_eq!(header_from_fetch(&byte_string), value);
        }
        assert_eq!(header_from_fetch("Zo\u{eb}"), "Zo\u{fffd}", "Latin-1 reads as it does natively");
        assert_eq!(header_from_fetch("☎"), "☎");
    }

    #[test]
    fn an_error_quotes_no_url() {
        for (message, left) in [
            ("TypeError: Failed to fetch", "TypeError: Failed to fetch"),
            (
                "TypeError: Refused to connect to 'https://x/y?api_secret=hunter2' because of the policy",
                "TypeError: Refused to connect to (URL) because of the policy",
            ),
            ("https://user:hunter2@x/ has credentials", "(URL) has credentials"),
        ] {
            assert_eq!(without_urls(message), left);
        }
    }
}
