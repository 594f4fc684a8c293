//! Client against sandbox: every operation under every fault. The table is printed: `cargo test -p trunkline-tests --test
//! faults -- --nocapture`.

use trunkline_core::{Delivery, Effect, ErrorKind, Recovery, registry};
use trunkline_sandbox::{Fault, FaultKind, ProviderName};
use trunkline_tests::jobs::{JOBS, Job};
use trunkline_tests::world::World;

const FAULTS: [FaultKind; 13] = [
    FaultKind::RateLimitedWithRetryAfter,
    FaultKind::RateLimited,
    FaultKind::ServerError,
    FaultKind::BadGatewayHtml,
    FaultKind::LostBeforeActing,
    FaultKind::LostAfterActing,
    FaultKind::ActsLate,
    FaultKind::CutMidBody,
    FaultKind::Slow,
    FaultKind::Hang,
    FaultKind::GarbageJson,
    FaultKind::WrongTypes,
    FaultKind::EmptyObject,
];

/// What a user sees of one operation under one fault that strikes once.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Seen {
    Success,
    Error(ErrorKind, Delivery),
}

impl std::fmt::Display for Seen {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Success => f.pad("ok"),
            Self::Error(kind, Delivery::Unknown) => f.pad(&format!("{kind}?")),
            Self::Error(kind, _) => f.pad(kind.as_str()),
        }
    }
}

struct Run {
    seen: Seen,
    purchases: u64,
    sent: usize,
}

fn run(job: &Job, kind: FaultKind) -> Run {
    let mut world = World::new();
    let params = (job.prepare)(&mut world);
    let endpoint = registry::find(job.operation).expect("known").endpoint;
    let provider = ProviderName::from_slug(endpoint.provider()).expect("one of the five");
    // Whatever the preparation used up of a rate limit is over.
    world.pass(std::time::Duration::from_secs(61));
    let purchases_before = world.purchases(provider.slug());
    let path = endpoint.path.replace("/{version}", "/v1");
    let operation = Some(format!("{} {path}", endpoint.method));
    world.add_fault(Fault { provider: Some(provider), operation, times: Some(1), delay_ms: 2500, ..Fault::new(kind) });
    let sent_before = world.requests.len();
    let result = world.call(job.operation, &params);
    let sent = world.requests.len() - sent_before;
    // What comes late has come by then.
    world.pass(std::time::Duration::from_secs(60));
    let purchases = world.purchases(provider.slug()) - purchases_before;
    let seen = match result {
        Ok(_) => Seen::Success,
        Err(error) => Seen::Error(error.kind, error.delivery),
    };
    Run { seen, purchases, sent }
}

/// What a user is promised, from the effect alone; exceptions are named in [`exception`].
fn promised(effect: Effect, kind: FaultKind) -> Seen {
    use FaultKind::*;
    let unknown = Seen::Error(ErrorKind::PurchaseUnknown, Delivery::Unknown);
    match (kind, effect) {
        (RateLimitedWithRetryAfter | RateLimited | Slow, _) => Seen::Success,
        (_, Effect::Spends(Recovery::Never)) => unknown,
        (ServerError | BadGatewayHtml | LostBeforeActing | Hang, Effect::Spends(Recovery::LookAndSettle)) => unknown,
        (GarbageJson | WrongTypes | EmptyObject, Effect::Reads | Effect::Sets) => {
            Seen::Error(ErrorKind::Malformed, Delivery::Unknown)
        }
        _ => Seen::Success,
    }
}

/// Where an operation does not follow from its effect, and why.
fn exception(operation: &str, kind: FaultKind) -> Option<Seen> {
    use FaultKind::*;
    let maybe_done = |kind| Some(Seen::Error(kind, Delivery::Unknown));
    match (operation, kind) {
        // It was done, and cannot be done twice: the second attempt is refused. The error says that the first one, whose
        // answer was lost, may have gone through.
        ("rentnumber.cancel_rental", LostAfterActing | CutMidBody) => maybe_done(ErrorKind::InvalidInput),
        ("sinch.deprovision_emergency_address", LostAfterActing | CutMidBody) => maybe_done(ErrorKind::NotFound),
        ("vonage.cancel_number", LostAfterActing | CutMidBody) => maybe_done(ErrorKind::Refused),
        // Vonage means "none" by `{}`, Sinch leaves out lists that are empty.
        ("vonage.list_numbers" | "vonage.search_available", EmptyObject) => Some(Seen::Success),
        ("sinch.search_available" | "sinch.list_numbers" | "sinch.list_regions", EmptyObject) => Some(Seen::Success),
        // Sinch answers the one with `{}`, and under v1alpha1 the other with nothing that is documented.
        ("sinch.deprovision_emergency_address", EmptyObject | WrongTypes) => Some(Seen::Success),
        ("sinch.release_number", EmptyObject) => Some(Seen::Success),
        // Nothing of these replies is documented, so that no field is required and one of another type is passed over;
        // the raw reply is there.
        (
            "voepy.lookup_number"
            | "voepy.upload_porting_document"
            | "voepy.create_emergency_address"
            | "voepy.get_connection",
            WrongTypes,
        ) => Some(Seen::Success),
        _ => None,
    }
}

#[test]
fn every_operation_under_every_fault_ends_as_promised_and_buys_at_most_once() {
    let mut problems = Vec::new();
    println!(
        "{:38} {}",
        "",
        FAULTS.map(|kind| format!("{:20}", format!("{kind:?}").chars().take(19).collect::<String>())).concat()
    );
    for job in JOBS {
        let effect = registry::find(job.operation).expect("known").endpoint.effect;
        let mut row = format!("{:38} ", job.operation);
        for kind in FAULTS {
            let Run { seen, purchases, sent } = run(job, kind);
            row += &format!("{:20}", seen.to_string());
            let promised = exception(job.operation, kind).unwrap_or_else(|| promised(effect, kind));
            if seen != promised {
                problems.push(format!(
                    "{} under {kind:?}: promised {promised}, seen {seen} after {sent} requests",
                    job.operation
                ));
            }
            if purchases > 1 {
                problems.push(format!("{} under {kind:?}: bought {purchases} times", job.operation));
            }
        }
        println!("{row}");
    }
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

#[test]
fn there_is_a_job_for_every_operation() {
    let jobs: Vec<&str> = JOBS.iter().map(|job| job.operation).collect();
    let operations: Vec<&str> = registry::operations().map(|entry| entry.endpoint.id).collect();
    assert_eq!(jobs, operations);
    assert_eq!((jobs.len(), FAULTS.len()), (63, 13));
}
