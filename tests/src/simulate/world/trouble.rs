//! A world's accounts, and what goes wrong in it.

use serde_json::json;
use trunkline::sandbox::Settings;
use trunkline_sandbox::{Fault, FaultKind, Ids, Sandbox};

/// Accounts that can pay for everything, and stock that does not run out at once.
pub(super) fn settings(random: &mut Ids) -> Settings {
    let settings = json!({
        "seed": random.next() >> 12,
        "tempnumber": { "wallet_cents": 1_000_000_000, "stock": 100_000, "requests_per_minute": 1_000_000 },
        "rentnumber": { "wallet_kobo": 4_500_000_000_u64, "stock": 100_000, "throttle_per_second": 0 },
        "sinch": { "balance_minor": 1_000_000_000, "requests_per_second": null },
        "voepy": { "balance_cents": 1_000_000_000, "requests_per_second": null },
        "vonage": { "balance": "100000.00", "auto_reload": true, "numbers_interval_ms": 0, "pricing_interval_ms": 0 },
    });
    serde_json::from_value(settings).expect("settings of the sandbox")
}

/// Every kind of fault, on every call, each as rarely as the world is good.
pub(super) fn add_faults(sandbox: &mut Sandbox, random: &mut Ids) {
    let share = [0.0, 0.002, 0.01, 0.03][usize::try_from(random.below(4)).unwrap_or(0)];
    let mut add = |fault: Fault| sandbox.add_fault(Fault { probability: Some(share), ..fault });
    for kind in [
        FaultKind::RateLimitedWithRetryAfter,
        FaultKind::RateLimited,
        FaultKind::ServerError,
        FaultKind::BadGatewayHtml,
        FaultKind::LostBeforeActing,
        FaultKind::LostAfterActing,
        FaultKind::CutMidBody,
        FaultKind::Hang,
        FaultKind::GarbageJson,
    ] {
        add(Fault::new(kind));
    }
    for delay_ms in [800, 20_000] {
        add(Fault { delay_ms, ..Fault::new(FaultKind::Slow) });
    }
    for (delay_ms, hang) in [(900, false), (4_000, true), (12_000, false), (45_000, true), (200_000, false)] {
        add(Fault { delay_ms, hang, ..Fault::new(FaultKind::ActsLate) });
    }
}
