//! May a failed request be sent again, and when. One pure function decides.

use crate::error::{Delivery, ErrorKind};
use crate::operation::{Effect, Recovery};
use std::time::Duration;

/// What is known after a request failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Failure {
    /// What went wrong.
    pub kind: ErrorKind,
    /// Whether the provider may have acted.
    pub delivery: Delivery,
    /// It was refused because the access token had expired, and there is a way to get another.
    pub token_expired: bool,
    /// It went under an idempotency key that is still younger than the provider remembers.
    pub key_is_fresh: bool,
}

/// What to do with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Resend {
    /// Send it again.
    Yes,
    /// Look whether it happened; send it again if not.
    AfterLook,
    /// Never again.
    No,
}

/// The rule. A request that spends is sent again only if it was certainly not sent, or was refused as rate-limited or for
/// an expired token, or goes under a fresh idempotency key, or names one unique number, and then only after a look. What
/// reads or sets may be sent again after anything that passes.
pub const fn may_resend(effect: Effect, failure: Failure) -> Resend {
    let passes = matches!(
        failure.kind,
        ErrorKind::Unreachable | ErrorKind::TimedOut | ErrorKind::ProviderDown | ErrorKind::RateLimited
    );
    match (failure.delivery, effect) {
        (Delivery::NotSent, _) if passes => Resend::Yes,
        (Delivery::Refused, _) if failure.token_expired || matches!(failure.kind, ErrorKind::RateLimited) => {
            Resend::Yes
        }
        (Delivery::NotSent | Delivery::Refused, _) => Resend::No,
        (Delivery::Unknown, Effect::Reads | Effect::Sets) if passes => Resend::Yes,
        (Delivery::Unknown, Effect::Spends(Recovery::ResendUnderKey)) if failure.key_is_fresh => Resend::Yes,
        (Delivery::Unknown, Effect::Spends(Recovery::LookThenResend)) => Resend::AfterLook,
        (Delivery::Unknown, _) => Resend::No,
    }
}

/// Exponential back-off with full jitter.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Backoff {
    /// Upper bound of the first wait.
    pub base: Duration,
    /// The bound grows by this with each attempt.
    pub factor: u32,
    /// The bound grows no further.
    pub cap: Duration,
}

impl Backoff {
    /// For providers that say nothing.
    pub const DEFAULT: Self = Self { base: Duration::from_millis(500), factor: 2, cap: Duration::from_secs(20) };

    /// How long to wait after that many failures (1 for the first), for a random number of the whole range of `u64`.
    pub fn delay(&self, failures: u32, random: u64) -> Duration {
        let bound = self.base.saturating_mul(self.factor.saturating_pow(failures.saturating_sub(1))).min(self.cap);
        let nanos = (u128::from(random) * bound.as_nanos()) >> 64;
        Duration::from_nanos(u64::try_from(nanos).unwrap_or(u64::MAX))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Delivery::{NotSent, Refused, Unknown};
    use ErrorKind::*;
    use Resend::{AfterLook, No, Yes};

    const READS: Effect = Effect::Reads;
    const SETS: Effect = Effect::Sets;
    const KEYED: Effect = Effect::Spends(Recovery::ResendUnderKey);
    const UNIQUE: Effect = Effect::Spends(Recovery::LookThenResend);
    const UNKEYED: Effect = Effect::Spends(Recovery::LookAndSettle);
    const NEVER: Effect = Effect::Spends(Recovery::Never);

    #[test]
    fn the_rule_for_resending() {
        //                                                  reads sets keyed(fresh) keyed(old)  unique     unkeyed never
        let table: &[(Delivery, ErrorKind, bool, [Resend; 7])] = &[
            (NotSent, Unreachable, false, [Yes, Yes, Yes, Yes, Yes, Yes, Yes]),
            (NotSent, TimedOut, false, [Yes, Yes, Yes, Yes, Yes, Yes, Yes]),
            (NotSent, InvalidInput, false, [No, No, No, No, No, No, No]),
            (NotSent, JournalFailed, false, [No, No, No, No, No, No, No]),
            (Refused, RateLimited, false, [Yes, Yes, Yes, Yes, Yes, Yes, Yes]),
            (Refused, Unauthenticated, true, [Yes, Yes, Yes, Yes, Yes, Yes, Yes]),
            (Refused, Unauthenticated, false, [No, No, No, No, No, No, No]),
            (Refused, InsufficientFunds, false, [No, No, No, No, No, No, No]),
            (Refused, OutOfStock, false, [No, No, No, No, No, No, No]),
            (Unknown, Unreachable, false, [Yes, Yes, Yes, No, AfterLook, No, No]),
            (Unknown, TimedOut, false, [Yes, Yes, Yes, No, AfterLook, No, No]),
            (Unknown, ProviderDown, false, [Yes, Yes, Yes, No, AfterLook, No, No]),
            (Unknown, Malformed, false, [No, No, Yes, No, AfterLook, No, No]),
        ];
        for &(delivery, kind, token_expired, expected) in table {
            let effects = [
                (READS, false),
                (SETS, false),
                (KEYED, true),
                (KEYED, false),
                (UNIQUE, false),
                (UNKEYED, false),
                (NEVER, true),
            ];
            for ((effect, key_is_fresh), expected) in effects.into_iter().zip(expected) {
                let failure = Failure { kind, delivery, token_expired, key_is_fresh };
                assert_eq!(may_resend(effect, failure), expected, "{effect:?} {failure:?}");
            }
        }
    }

    #[test]
    fn the_wait_is_anything_up_to_a_bound_that_doubles() {
        let backoff = Backoff::DEFAULT;
        for (failures, bound) in [(1, 500), (2, 1000), (3, 2000), (40, 20_000)] {
            assert_eq!(backoff.delay(failures, 0), Duration::ZERO);
            let longest = backoff.delay(failures, u64::MAX);
            assert!(
                longest < Duration::from_millis(bound) && longest > Duration::from_millis(bound - 1),
                "{longest:?}"
            );
        }
    }
}
