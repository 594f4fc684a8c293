//! TempNumber, pretended: routes, authentication, rate limit and idempotency.
//!
//! Written from the page (<https://temp-number.com/llms.txt>): ten calls, a bearer token, JSON in and out, one envelope.
//! The page shows no field of `data`: their names are the sandbox's own, and a client must need few of them.

mod account;
mod body;
mod calls;
mod catalogue;
mod idempotency;
mod limit;
mod messages;
mod numbers;
mod replies;
mod settings;
#[cfg(test)]
mod tests;

pub use settings::{CursorName, LastCursor, MoneyForm, SecondCancel, Settings, TimeForm};

use crate::http::{Request, Response};
use crate::parameters::{Parameters, Refused};
use crate::provider::{Context, Provider};
use crate::time::Time;
use account::Account;
use idempotency::Idempotency;
use limit::Limit;
use replies::Refusal;

/// The credentials that work.
pub const CREDENTIALS: &[(&str, &str)] = &[("token", "tn_sandbox_token")];

/// One account at TempNumber.
pub struct TempNumber {
    account: Account,
    idempotency: Idempotency,
    limit: Limit,
    settings: Settings,
    now: Time,
}

impl TempNumber {
    /// An account as it is when the sandbox starts.
    pub fn new(settings: &crate::settings::Settings) -> Self {
        Self {
            account: Account::new(&settings.tempnumber),
            idempotency: Idempotency::default(),
            limit: Limit::default(),
            settings: settings.tempnumber.clone(),
            now: Time::default(),
        }
    }

    fn answer(&mut self, context: &mut Context<'_>, request: &Request) -> Result<Response, Refusal> {
        let settings = &context.settings.tempnumber;
        let segments = request.segments();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let (method, allowed) = route(&segments)?;
        if request.path.ends_with('/') {
            return Err(Refusal::new(404, "Not found."));
        }
        if request.method != method {
            return Err(Refusal::new(405, &format!("Method not allowed. Use {method}.")));
        }
        authenticate(request)?;
        if let Some(refused) = self.limit.refuse(context.now, settings) {
            return Ok(refused);
        }
        let query = Parameters::read(request.query_pairs(), allowed, context.settings.lenient);
        let query = query.map_err(|refused| match refused {
            Refused::Unknown(name) => Refusal::invalid(settings, &name, "is not a known parameter"),
            Refused::Twice(name) => Refusal::invalid(settings, &name, "is given twice"),
        })?;
        let takes_body = matches!(segments.as_slice(), ["numbers", "buy"] | ["numbers", _, "renew"]);
        if !takes_body && !request.body.is_empty() && !context.settings.lenient {
            return Err(Refusal::new(settings.validation_status, "This call takes no body."));
        }
        if method == "GET" {
            return self.dispatch(context, request, &segments, &query);
        }
        self.once(context, request, &segments, &query)
    }

    /// A POST: under a key that is remembered, it is not done again.
    fn once(
        &mut self,
        context: &mut Context<'_>,
        request: &Request,
        segments: &[&str],
        query: &Parameters,
    ) -> Result<Response, Refusal> {
        let settings = &context.settings.tempnumber;
        if let Some(response) = self.idempotency.replay(request, settings)? {
            return Ok(response);
        }
        let result = self.dispatch(context, request, segments, query);
        match &result {
            Ok(response) => self.idempotency.remember(request, response, context.now),
            Err(refusal) if refusal.is_business() && settings.idempotency_keeps_refusals => {
                self.idempotency.remember(request, &refusal.response(settings), context.now);
            }
            Err(_) => {}
        }
        result
    }
}

impl Provider for TempNumber {
    fn handle(&mut self, context: &mut Context<'_>, request: &Request) -> Response {
        self.advance(context);
        let settings = &context.settings.tempnumber;
        self.answer(context, request).unwrap_or_else(|refusal| refusal.response(settings))
    }

    fn advance(&mut self, context: &mut Context<'_>) {
        self.now = context.now;
        self.idempotency.forget_old(context.now, &context.settings.tempnumber);
    }

    fn receive_sms(&mut self, context: &mut Context<'_>, to: &str, from: &str, text: &str) -> Result<(), String> {
        self.account.receive_sms(context.now, to, from, text)
    }

    fn purchases(&self) -> u64 {
        self.account.purchases()
    }

    fn state(&self) -> serde_json::Value {
        self.account.state(self.now, &self.settings)
    }

    fn numbers(&self) -> Vec<String> {
        self.account.phones()
    }
}

/// The method of a path, and the query parameters it takes.
fn route(segments: &[&str]) -> Result<(&'static str, &'static [&'static str]), Refusal> {
    match segments {
        ["account" | "pricing"] | ["pricing", _] | ["numbers", _, "sms"] => Ok(("GET", &[])),
        ["inventory"] => Ok(("GET", &["country_code", "duration", "number_type"])),
        ["numbers"] => Ok(("GET", &["status"])),
        ["receive-sms"] => Ok(("GET", &["phoneNumber", "limit", "cursor"])),
        ["numbers", "buy"] | ["numbers", _, "renew" | "cancel"] => Ok(("POST", &[])),
        _ => Err(Refusal::new(404, "Not found.")),
    }
}

fn authenticate(request: &Request) -> Result<(), Refusal> {
    let (scheme, token) = request.header("authorization").and_then(|value| value.split_once(' ')).unwrap_or_default();
    if scheme.eq_ignore_ascii_case("bearer") && CREDENTIALS.contains(&("token", token)) {
        return Ok(());
    }
    Err(Refusal::new(401, "Unauthenticated."))
}
