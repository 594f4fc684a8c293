//! Admission: one pure function from a request to what is to be run, or to why not.

use super::events;
use super::head::{self, Head, Header, Pass, Refusal};
use super::policy::Policy;
use super::spent::{Held, Spent, Ticket};
use crate::call::Options;
use crate::error::{Delivery, ErrorKind};
use crate::events::Event;
use crate::operation::{Effect, Endpoint};
use crate::purchase::how_many;
use crate::registry::{self, Entry};
use crate::time::Timestamp;
use crate::wire::json;
use crate::wire::raw::Raw;
use serde::Deserialize;
use std::time::Duration;

/// More attempts than this only burden a provider.
const MAX_ATTEMPTS: u32 = 10;

/// A request, for those who wrote none.
const FORM: &str = "{operation, params, mode: call, wait or all, \
                    options: {account, timeout, attempts, idempotency_key}, response, id}";

/// Every member of a request, and of its options.
const MEMBERS: [&str; 10] =
    ["operation", "params", "mode", "options", "account", "timeout", "attempts", "idempotency_key", "response", "id"];

/// Characters of a call's `id`, which is kept for a period.
const LONGEST_ID: usize = 64;

/// How an operation is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Once.
    #[default]
    Call,
    /// Until its result has settled.
    Wait,
    /// Over all its pages.
    All,
}

impl Mode {
    /// As in JSON.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Wait => "wait",
            Self::All => "all",
        }
    }
}

/// What to do with a request that was not refused.
#[derive(Debug)]
pub enum Admission {
    /// Answer 204 with these headers.
    Preflight(Vec<Header>),
    /// A provider's event: feed it to the client, then answer 200 as [`answer_to_event`]. None is a provider's look whether
    /// anybody answers: 200 as well.
    Event(Option<Box<Event>>),
    /// Run this.
    Run(Admitted),
}

/// Headers and body of the answer to an event.
pub fn answer_to_event() -> (Vec<Header>, String) {
    (head::basic(), "{}".to_owned())
}

/// An operation that may be run, and how.
pub struct Admitted {
    /// Which.
    pub entry: &'static Entry,
    /// Its parameters, as JSON text.
    pub params: String,
    /// How.
    pub mode: Mode,
    /// The caller's, within what the policy allows.
    pub options: Options,
    /// The raw reply was asked for.
    pub response: bool,
    /// The caller's name for this very call.
    id: Option<String>,
    /// For what spends: to be given back with its result.
    pub ticket: Option<Ticket>,
    /// Headers of the answer, which is 200 whatever comes of it.
    pub headers: Vec<Header>,
}

impl std::fmt::Debug for Admitted {
    // Parameters may hold a secret.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Admitted").field(&self.entry.endpoint.id).field(&self.mode).finish()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Asked<'a> {
    operation: String,
    #[serde(default, borrow)]
    params: Option<Raw<'a>>,
    #[serde(default)]
    mode: Mode,
    #[serde(default, borrow)]
    options: Option<Raw<'a>>,
    #[serde(default)]
    response: bool,
    #[serde(default)]
    id: Option<String>,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct AskedOptions {
    account: Option<String>,
    timeout: Option<f64>,
    attempts: Option<u32>,
    idempotency_key: Option<String>,
}

/// Whether the body is worth reading: what [`admit`] asks first, for hosts that can answer before a body has come.
pub fn check_head(policy: &Policy, head: &Head<'_>) -> Result<(), Refusal> {
    match events::arrival(policy, head) {
        Some(arrival) => arrival.check(head),
        None => head::check(policy, head).map(|_| ()),
    }
}

/// Lets a request in, or says why not. What spends is counted in `spent` from here on.
pub fn admit(
    policy: &Policy,
    spent: &mut Spent,
    now: Timestamp,
    head: &Head<'_>,
    body: &[u8],
) -> Result<Admission, Refusal> {
    if let Some(arrival) = events::arrival(policy, head) {
        arrival.check(head)?;
        return arrival.read(now, head, body).map(|event| Admission::Event(event.map(Box::new)));
    }
    let (headers, origin) = match head::check(policy, head)? {
        Pass::Preflight(headers) => return Ok(Admission::Preflight(headers)),
        Pass::Call(headers, origin) => (headers, origin),
    };
    let admitted = read(policy, body).and_then(|mut admitted| {
        admitted.ticket = buy(policy, spent, now, &mut admitted)?;
        Ok(Admission::Run(Admitted { headers: of_mode(headers, admitted.mode), ..admitted }))
    });
    admitted.map_err(|refusal| refusal.readable_by(origin))
}

fn of_mode(mut headers: Vec<Header>, mode: Mode) -> Vec<Header> {
    if mode == Mode::All {
        let kind = headers.iter_mut().filter(|(name, _)| *name == "content-type");
        kind.for_each(|(_, value)| "application/x-ndjson".clone_into(value));
    }
    headers
}

fn read(policy: &Policy, body: &[u8]) -> Result<Admitted, Refusal> {
    if body.len() > policy.body_limit {
        return Err(head::too_long(policy.body_limit));
    }
    let asked: Asked<'_> = object(body, "body")?;
    let entry =
        registry::find(&asked.operation).ok().filter(|entry| policy.allows(&entry.endpoint)).ok_or_else(|| {
            let why = format!("operation: this gateway does not run it; it runs: {}", policy.operations.join(", "));
            Refusal::new(403, ErrorKind::Forbidden, why).of_field("operation")
        })?;
    let params = asked.params.map_or("{}", Raw::get);
    if !params.starts_with('{') {
        return Err(Refusal::invalid("params", "it must be an object"));
    }
    if asked.id.as_ref().is_some_and(|id| id.is_empty() || id.len() > LONGEST_ID) {
        return Err(Refusal::invalid("id", format!("it must have 1 to {LONGEST_ID} characters")));
    }
    let options = match asked.options.map(Raw::get) {
        None | Some("null") => AskedOptions::default(),
        Some(options) => object(options.as_bytes(), "options")?,
    };
    Ok(Admitted {
        entry,
        params: params.to_owned(),
        mode: asked.mode,
        options: Options {
            account: account(policy, &entry.endpoint, options.account)?,
            timeout: timeout(policy, entry, asked.mode, options.timeout)?,
            attempts: options.attempts.map(|attempts| attempts.min(MAX_ATTEMPTS)),
            idempotency_key: options.idempotency_key,
        },
        response: asked.response,
        id: asked.id,
        ticket: None,
        headers: Vec::new(),
    })
}

/// serde would take a list for an object as well, its members in order.
fn object<'a, T: Deserialize<'a>>(text: &'a [u8], place: &str) -> Result<T, Refusal> {
    let read = match text.trim_ascii_start() {
        [b'{', ..] => json::decode(text),
        _ => Err(json::Unreadable { path: String::new(), message: "it must be an object".to_owned() }),
    };
    // What the caller wrote is not repeated: neither values nor names that nobody knows.
    read.map_err(|json::Unreadable { path, message }| {
        let field = MEMBERS.into_iter().find(|name| *name == path).unwrap_or(place);
        let problem = message.split(['`', '"']).next().unwrap_or_default().trim_end();
        Refusal::invalid(field, format!("{problem}; a request is {FORM}"))
    })
}

fn account(policy: &Policy, endpoint: &Endpoint, asked: Option<String>) -> Result<Option<String>, Refusal> {
    let listed = |name: &str| policy.accounts.iter().any(|listed| listed == name);
    let refused =
        |why: String| Err(Refusal::new(403, ErrorKind::Forbidden, format!("account: {why}")).of_field("account"));
    let names = || policy.accounts.join(", ");
    match (asked, policy.accounts.as_slice()) {
        (None, []) => Ok(None),
        (Some(_), []) => refused("this gateway lets nobody choose one; leave it out".to_owned()),
        (Some(name), _) if listed(&name) => Ok(Some(name)),
        (Some(_), _) => refused(format!("this gateway lets you use: {}", names())),
        // All that are listed: the client that runs it has no other.
        (None, _) if endpoint.is_unified() => Ok(None),
        (None, _) if listed(endpoint.provider()) => Ok(Some(endpoint.provider().to_owned())),
        (None, [only]) => Ok(Some(only.clone())),
        (None, _) => refused(format!("say which: {}", names())),
    }
}

/// Never more than the policy has, whether asked for or by default.
fn timeout(policy: &Policy, entry: &Entry, mode: Mode, asked: Option<f64>) -> Result<Option<Duration>, Refusal> {
    let wished = match asked {
        Some(seconds) if seconds > 0.0 => Duration::try_from_secs_f64(seconds).unwrap_or(policy.max_timeout),
        Some(_) => return Err(Refusal::invalid("timeout", "it must be more than 0 seconds")),
        None => entry.usual_timeout(mode),
    };
    Ok(Some(wished.min(policy.max_timeout)))
}

fn buy(policy: &Policy, spent: &mut Spent, now: Timestamp, admitted: &mut Admitted) -> Result<Option<Ticket>, Refusal> {
    if !matches!(admitted.entry.endpoint.effect, Effect::Spends(_)) {
        return Ok(None);
    }
    let (count, max) = (how_many(&admitted.params), policy.max_purchases);
    let limit = format!("{max} in {} s", policy.period.as_secs());
    if count > max {
        let why = format!("purchases: these are {count} at once, and this gateway makes at most {limit}");
        return Err(Refusal::new(403, ErrorKind::Forbidden, why).of_field("params"));
    }
    match spent.begin(now, admitted.id.take(), count, max, policy.period) {
        Ok(ticket) => Ok(Some(ticket)),
        Err(Held::Begun) => Err(begun()),
        Err(Held::For(wait)) => {
            // Rounded up: a second too late is better than one too early.
            let wait = Duration::from_secs(wait.as_secs() + 1);
            let seconds = wait.as_secs();
            let why = format!("purchases: this gateway makes at most {limit}; the next can be made in {seconds} s");
            let mut refusal =
                Refusal::new(429, ErrorKind::RateLimited, why).with_header("retry-after", seconds.to_string());
            refusal.error = refusal.error.with(|details| details.retry_after = Some(wait));
            Err(refusal)
        }
    }
}

/// It is not made again, and what became of it the other answer says.
fn begun() -> Refusal {
    let why = "this very call was here before, and its answer was lost: what it began is finished and not begun again";
    let mut refusal = Refusal::new(409, ErrorKind::PurchaseUnknown, why);
    refusal.error = refusal.error.with(|details| details.delivery = Delivery::Unknown);
    refusal
}
