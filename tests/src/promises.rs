//! What users are promised of every operation under every fault.

use trunkline_core::{Delivery, Effect, ErrorKind, Recovery, registry};
use trunkline_sandbox::{Fault, FaultKind, ProviderName};

/// Every fault of the sandbox.
pub const FAULTS: [FaultKind; 13] = [
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
pub enum Seen {
    /// A result.
    Success,
    /// An error of that kind, and whether the provider may have acted.
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

/// What follows from the effect alone.
fn by_effect(effect: Effect, kind: FaultKind) -> Seen {
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

/// What a user is promised of this operation under this fault, when it strikes once.
pub fn promised(operation: &str, kind: FaultKind) -> Seen {
    let effect = registry::find(operation).expect("known").endpoint.effect;
    exception(operation, kind).unwrap_or_else(|| by_effect(effect, kind))
}

/// The fault, once, on this operation alone.
pub fn once(operation: &str, kind: FaultKind) -> Fault {
    let endpoint = registry::find(operation).expect("known").endpoint;
    let provider = ProviderName::from_slug(endpoint.provider());
    let path = endpoint.path.replace("/{version}", "/v1");
    let operation = Some(format!("{} {path}", endpoint.method));
    Fault { provider, operation, times: Some(1), delay_ms: 2500, ..Fault::new(kind) }
}

impl Seen {
    /// What a result was.
    pub fn of<T>(result: &trunkline_core::Result<T>) -> Self {
        match result {
            Ok(_) => Self::Success,
            Err(error) => Self::Error(error.kind, error.delivery),
        }
    }
}

/// All of it as JSON, for the suites of other hosts: of each operation the call that faults are put on, whether it spends,
/// and for each fault null (a result), or the kind of the error and its delivery.
pub fn table() -> String {
    let rows: Vec<String> = registry::operations()
        .map(|entry| {
            let (id, spends) = (entry.endpoint.id, matches!(entry.endpoint.effect, Effect::Spends(_)));
            let cells: Vec<String> = FAULTS.iter().map(|kind| cell(id, *kind)).collect();
            let call = once(id, FaultKind::Hang).operation;
            let head = format!("    \"call\": {},\n    \"spends\": {spends},", json(call));
            format!("  {}: {{\n{head}\n    \"faults\": {{\n{}\n    }}\n  }}", json(id), cells.join(",\n"))
        })
        .collect();
    format!("{{\n{}\n}}\n", rows.join(",\n"))
}

fn cell(operation: &str, kind: FaultKind) -> String {
    let seen = match promised(operation, kind) {
        Seen::Success => "null".to_owned(),
        Seen::Error(kind, delivery) => format!("[{}, {}]", json(kind), json(delivery)),
    };
    format!("      {}: {seen}", json(kind))
}

fn json(value: impl serde::Serialize) -> String {
    serde_json::to_string(&value).expect("plain text")
}
