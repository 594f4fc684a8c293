//! Voepy, pretended: routes and authentication. Paths begin with `/v1`; the page leaves the host open.

mod account;
mod call;
mod configure;
mod documents;
mod emergency;
mod idempotency;
mod input;
mod inventory;
mod ledger;
mod lifecycle;
mod lookup;
mod multipart;
mod numbers;
mod orders;
mod portability;
mod porting;
mod refusal;
mod reply;
mod reservations;
mod search;
mod settings;
mod state;
#[cfg(test)]
mod tests;
mod webhooks;

pub use settings::{BalanceRule, DeleteReply, ListShape, PortingSettings, Settings};

use crate::events::{Notice, Progress};
use crate::http::{Request, Response};
use crate::provider::{Context, Provider};
use crate::time::Time;
use call::{Call, Market, Tenant};
use numbers::Status;
use refusal::Refusal;

/// What the client has to be given to be let in.
pub const CREDENTIALS: &[(&str, &str)] = &[("api_key", "voepy_sandbox_key")];

/// A key of the same tenant without the scopes that change anything: 403 `forbidden` on all but reads.
pub const READ_ONLY_API_KEY: &str = "voepy_sandbox_read_only_key";

/// A key of another tenant, with a wallet of its own, who buys from the same stock.
pub const OTHER_TENANT_API_KEY: &str = "voepy_sandbox_other_tenant_key";

/// Two accounts at Voepy that share one stock; [`CREDENTIALS`] opens the first.
pub struct Voepy {
    market: Market,
    tenants: [Tenant; 2],
    /// The second that is being counted, and the calls in it.
    calls_in_second: (i64, u32),
}

impl Voepy {
    /// The accounts as they are when the sandbox starts.
    pub fn new(settings: &crate::settings::Settings) -> Self {
        let market = Market { offers: inventory::opening_stock(), reservations: Vec::new() };
        let tenants = [state::first_tenant(settings), state::other_tenant(settings)];
        Self { market, tenants, calls_in_second: (0, 0) }
    }

    fn answer(&mut self, context: &mut Context<'_>, request: &Request) -> Result<Response, Refusal> {
        let settings = &context.settings.voepy;
        let (tenant, may_write) = authenticate(request)?;
        if settings.tenant_suspended {
            return Err(Refusal::new(403, "tenant_suspended", "The tenant is paused."));
        }
        self.count_call(context.now, settings)?;
        let route = Route::find(request)?;
        if !may_write && request.method != "GET" {
            return Err(Refusal::new(403, "forbidden", "The key lacks the scope for this."));
        }
        let key = idempotency::key(request, settings)?;
        let tenant = &mut self.tenants[tenant];
        if let Some(original) = key.map(|key| tenant.replays.find(key, request)).transpose()?.flatten() {
            return Ok(original);
        }
        let mut call = Call {
            tenant,
            market: &mut self.market,
            now: context.now,
            ids: context.ids,
            settings,
            lenient: context.settings.lenient,
            request,
        };
        let outcome = route.run(&mut call);
        if let Some(key) = key.filter(|_| outcome.is_ok() || settings.replay_refusals) {
            let response = outcome.as_ref().map_or_else(Refusal::response, Response::clone);
            call.tenant.replays.keep(key, request, &response, context.now, settings);
        }
        outcome
    }

    fn count_call(&mut self, now: Time, settings: &Settings) -> Result<(), Refusal> {
        let second = now.0.div_euclid(1_000);
        if self.calls_in_second.0 != second {
            self.calls_in_second = (second, 0);
        }
        self.calls_in_second.1 += 1;
        if settings.requests_per_second.is_none_or(|limit| self.calls_in_second.1 <= limit) {
            return Ok(());
        }
        let refusal = Refusal::new(429, "rate_limited", "Too many requests.");
        Err(refusal.with_header("retry-after", settings.retry_after_seconds.to_string()))
    }
}

impl Provider for Voepy {
    fn handle(&mut self, context: &mut Context<'_>, request: &Request) -> Response {
        self.advance(context);
        self.answer(context, request).unwrap_or_else(|refusal| refusal.response())
    }

    fn advance(&mut self, context: &mut Context<'_>) {
        self.market.advance(context.now);
        for tenant in &mut self.tenants {
            tenant.advance(&mut self.market, context.now, context.ids, &context.settings.voepy);
        }
    }

    /// Voepy shows no way to read messages: they are counted.
    fn receive_sms(&mut self, context: &mut Context<'_>, to: &str, _from: &str, _text: &str) -> Result<(), String> {
        self.advance(context);
        let mut owned = self.tenants.iter_mut().flat_map(|tenant| &mut tenant.numbers);
        let number = owned.find(|number| number.e164 == to && number.status == Status::Active);
        let number = number.ok_or_else(|| format!("{to} is no active number"))?;
        if !number.messaging_enabled() {
            return Err(format!("{to} has messaging_enabled off"));
        }
        number.messages_received += 1;
        Ok(())
    }

    fn take_notices(&mut self, _: &mut Context<'_>) -> Vec<Notice> {
        self.tenants.iter_mut().flat_map(|tenant| std::mem::take(&mut tenant.notices)).collect()
    }

    fn told(&mut self, reference: &str, progress: Progress) {
        self.tenants.iter_mut().for_each(|tenant| tenant.told(reference, progress));
    }

    fn purchases(&self) -> u64 {
        self.tenants[0].ledger.purchases
    }

    fn state(&self) -> serde_json::Value {
        state::show(&self.tenants[0], &self.market)
    }
}

/// The tenant of a key, and whether the key may change anything.
fn authenticate(request: &Request) -> Result<(usize, bool), Refusal> {
    let header = request.header("authorization").and_then(|value| value.split_once(' '));
    let Some((_, key)) = header.filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer")) else {
        return Err(Refusal::new(401, "authentication_required", "Send Authorization: Bearer <api-key>."));
    };
    match key {
        _ if CREDENTIALS.iter().any(|(_, value)| *value == key) => Ok((0, true)),
        READ_ONLY_API_KEY => Ok((0, false)),
        OTHER_TENANT_API_KEY => Ok((1, true)),
        _ => Err(Refusal::new(401, "invalid_credentials", "The key is unknown, revoked or expired.")),
    }
}

type Handler = fn(&mut Call<'_>) -> Result<Response, Refusal>;

/// What a path and a method lead to.
enum Route {
    Plain(Handler),
    Configure(String),
    Release(String),
}

impl Route {
    fn find(request: &Request) -> Result<Self, Refusal> {
        let segments = request.segments();
        let path: Vec<&str> = segments.iter().map(String::as_str).collect();
        let Some(("v1", rest)) = path.split_first().map(|(first, rest)| (*first, rest)) else {
            return Err(Refusal::not_found("path"));
        };
        let methods = methods(rest).ok_or_else(|| Refusal::not_found("path"))?;
        let allowed: Vec<&str> = methods.iter().map(|(method, _)| *method).collect();
        let route = methods.into_iter().find(|(method, _)| *method == request.method).map(|(_, route)| route);
        route.ok_or_else(|| {
            let message = format!("{} is not allowed here", request.method);
            Refusal::new(405, "method_not_allowed", message).with_header("allow", allowed.join(", "))
        })
    }

    fn run(self, call: &mut Call<'_>) -> Result<Response, Refusal> {
        match self {
            Self::Plain(handler) => handler(call),
            Self::Configure(id) => configure::configure(call, &id),
            Self::Release(id) => numbers::release(call, &id),
        }
    }
}

/// The methods of a path below `/v1`; none if there is no such path.
fn methods(path: &[&str]) -> Option<Vec<(&'static str, Route)>> {
    let get = |handler: Handler| vec![("GET", Route::Plain(handler))];
    let post = |handler: Handler| vec![("POST", Route::Plain(handler))];
    Some(match path {
        ["account"] => get(account::account),
        ["connection"] => get(account::default_connection),
        ["connections"] => get(account::connections),
        ["emergency-addresses"] => post(emergency::create),
        ["number-reservations"] => post(reservations::reserve),
        ["numbers"] => get(numbers::list),
        ["numbers", "available"] => get(search::available),
        ["numbers", "csr-coverage"] => post(portability::csr_coverage),
        ["numbers", "lookup"] => get(lookup::lookup),
        ["numbers", "order"] => post(orders::order),
        ["numbers", "portability-check"] => get(portability::portability_check),
        ["numbers", "porting-documents"] => post(documents::upload),
        ["numbers", "porting-orders"] => {
            vec![("GET", Route::Plain(porting::list)), ("POST", Route::Plain(porting::submit))]
        }
        ["numbers", id] => {
            vec![("PATCH", Route::Configure((*id).to_owned())), ("DELETE", Route::Release((*id).to_owned()))]
        }
        ["webhook-deliveries"] => get(webhooks::deliveries),
        ["webhook-subscriptions"] => post(webhooks::subscribe),
        _ => return None,
    })
}
