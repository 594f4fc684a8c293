//! How Vonage signs what it sends: the parameters in the order of their names, with a secret of their own. Off unless
//! Vonage's support turns it on.
//!
//! In values `&` and `=` are signed as `_`, so that the signature does not tell the three apart.

use crate::error::{Error, Result};
use crate::events::{Parameters, Signing, Trust, check_age, malformed, unauthenticated};
use crate::time::Timestamp;
use std::time::Duration;

/// Vonage sends again for 24 hours what was not taken, and documents no other limit. Five minutes are for clocks.
const TOLERANCE: Duration = Duration::from_secs(24 * 3600 + 300);

pub(super) fn check(parameters: &Parameters, signing: &Signing, now: Timestamp) -> Result<Trust> {
    let algorithm = signing.algorithm.ok_or_else(|| {
        Error::invalid_input(
            "algorithm",
            "say which one this account signs with: its dashboard has it under SMS settings",
        )
    })?;
    let signature = parameters
        .get("sig")
        .ok_or_else(|| unauthenticated("it is not signed: there is no sig; if this account signs nothing, say so"))?;
    let message = message(parameters)?;
    if !signing.signed(algorithm, &[message.as_bytes()], signature) {
        return Err(unauthenticated("sig does not fit: check the account's signature secret and algorithm"));
    }
    if let Some(text) = parameters.get("timestamp") {
        let seconds = text.parse::<i64>().ok().and_then(|seconds| seconds.checked_mul(1_000_000_000));
        let nanos = seconds.ok_or_else(|| malformed("timestamp", "not a number of seconds since 1970"))?;
        check_age(Timestamp::from_nanos(nanos), now, signing.tolerance.unwrap_or(TOLERANCE))?;
    }
    Ok(Trust::Signed)
}

/// `&name=value` for each of them.
fn message(parameters: &Parameters) -> Result<String> {
    let mut message = String::new();
    for (name, value) in parameters.iter().filter(|(name, _)| *name != "sig") {
        // `text=a&timestamp=1` as one name would be signed like two parameters, and hide them.
        if name.contains('&') {
            return Err(unauthenticated("a parameter's name holds &, which no signature can vouch for"));
        }
        message.extend(["&", name, "="]);
        message.extend(value.chars().map(|letter| if matches!(letter, '&' | '=') { '_' } else { letter }));
    }
    Ok(message)
}
