//! Who is asking: HTTP Basic, or `api_key` and `api_secret` in the query or in the form.

use super::refusal::Refusal;
use super::routes::Route;
use super::settings::Settings;
use crate::http::Request;

/// Names of the credential parameters.
pub(super) const NAMES: [&str; 2] = ["api_key", "api_secret"];

/// Passes if every pair of credentials in the request is right, and there is at least one.
pub(super) fn check(
    request: &Request,
    route: Route,
    settings: &Settings,
    expected: (&str, &str),
) -> Result<(), Refusal> {
    let mut presented = Vec::new();
    if let Some(header) = request.header("authorization") {
        presented.push(basic(header).ok_or_else(Refusal::authentication_failed)?);
    }
    presented.extend(pair(&request.query_pairs()));
    if route.method() == "POST" && settings.body_credentials {
        presented.extend(pair(&request.form_pairs()));
    }
    // Settings without a key is told so in a way of its own (Go SDK's test).
    if presented.is_empty() && route == Route::Settings {
        return Err(Refusal::SettingsRejected { label: "API key is required".to_owned() });
    }
    let right = |(key, secret): &(String, String)| (key.as_str(), secret.as_str()) == expected;
    if presented.is_empty() || !presented.iter().all(right) { Err(Refusal::authentication_failed()) } else { Ok(()) }
}

/// The pair among those parameters; half a pair counts, with the other half empty.
fn pair(parameters: &[(String, String)]) -> Option<(String, String)> {
    let value = |name: &str| parameters.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone());
    match NAMES.map(value) {
        [None, None] => None,
        [key, secret] => Some((key.unwrap_or_default(), secret.unwrap_or_default())),
    }
}

fn basic(header: &str) -> Option<(String, String)> {
    let (scheme, encoded) = header.split_once(' ')?;
    let decoded = scheme.eq_ignore_ascii_case("basic").then(|| base64_decode(encoded.trim())).flatten()?;
    let text = String::from_utf8(decoded).ok()?;
    text.split_once(':').map(|(key, secret)| (key.to_owned(), secret.to_owned()))
}

/// Standard alphabet, padding required.
fn base64_decode(text: &str) -> Option<Vec<u8>> {
    if text.is_empty() || !text.len().is_multiple_of(4) {
        return None;
    }
    let digits = text.trim_end_matches('=');
    let padding = text.len() - digits.len();
    let mut out = Vec::new();
    let (mut bits, mut held) = (0_u32, 0);
    for byte in digits.bytes() {
        bits = (bits << 6) | base64_digit(byte)?;
        held += 6;
        if held >= 8 {
            held -= 8;
            out.push(((bits >> held) & 0xFF) as u8);
        }
    }
    let leftover = bits & ((1 << held) - 1);
    (padding <= 2 && leftover == 0).then_some(out)
}

fn base64_digit(byte: u8) -> Option<u32> {
    match byte {
        b'A'..=b'Z' => Some(u32::from(byte - b'A')),
        b'a'..=b'z' => Some(u32::from(byte - b'a') + 26),
        b'0'..=b'9' => Some(u32::from(byte - b'0') + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    }
}
