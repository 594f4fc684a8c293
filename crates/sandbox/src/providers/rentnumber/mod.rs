//! RentNumber, pretended: routes and authentication.
//!
//! Written from the page (<https://v2.rentnumber.net/api-docs>): eight calls, an API key in `X-API-KEY`, forms in, JSON
//! out, errors that are text alone.

mod account;
mod catalogue;
mod rentals;
mod replies;
mod settings;
#[cfg(test)]
mod tests;

pub use settings::{BeforeSms, CancelAfterSms, Settings};

use crate::http::{Request, Response};
use crate::parameters::{Parameters, Refused};
use crate::provider::{Context, Provider};
use crate::time::Time;
use account::Account;
use catalogue::{COUNTRIES, SERVICES};
use replies::{BalanceBody, ListBody, PricesBody, Refusal, RentBody, RentalBody, RentalRow};
use std::collections::VecDeque;
use std::time::Duration;

/// The credentials that work.
pub const CREDENTIALS: &[(&str, &str)] = &[("api_key", "rn_sandbox_key")];

/// One account at RentNumber.
pub struct RentNumber {
    account: Account,
    /// When the calls of the last second came, oldest first.
    recent_calls: VecDeque<Time>,
}

impl RentNumber {
    /// An account as it is when the sandbox starts.
    pub fn new(settings: &crate::settings::Settings) -> Self {
        Self { account: Account::new(&settings.rentnumber), recent_calls: VecDeque::new() }
    }

    fn answer(&mut self, context: &mut Context<'_>, request: &Request) -> Result<Response, Refusal> {
        self.throttle(context)?;
        let segments = request.segments();
        let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
        let (method, allowed) = match segments.as_slice() {
            ["services", _, "prices"] => ("GET", &["country_id"] as &[&str]),
            ["balance" | "services" | "countries" | "rentals"] | ["rental", _] => ("GET", &[] as &[&str]),
            ["rent"] | ["rental", _, "cancel"] => ("POST", &[] as &[&str]),
            _ => return Err(Refusal(404, "Not found".to_owned())),
        };
        if request.path.ends_with('/') {
            return Err(Refusal(404, "Not found".to_owned()));
        }
        if request.method != method {
            return Err(Refusal(405, format!("Method not allowed. Use {method}.")));
        }
        // The page says "on every request", then exempts these three: they are public.
        if !matches!(segments[0], "services" | "countries") {
            authenticate(request)?;
        }
        let query = read(request.query_pairs(), allowed, context)?;
        if method == "GET" && !request.body.is_empty() {
            return Err(Refusal(400, "A GET request takes no body".to_owned()));
        }
        self.dispatch(context, request, &segments, &query)
    }

    fn dispatch(
        &mut self,
        context: &mut Context<'_>,
        request: &Request,
        segments: &[&str],
        query: &Parameters,
    ) -> Result<Response, Refusal> {
        let settings = &context.settings.rentnumber;
        match segments {
            ["balance"] => {
                let body = BalanceBody { success: true, balance: self.account.wallet, currency: "NGN" };
                Ok(Response::json_in_order(200, &body))
            }
            ["services"] => Ok(list(self.account.services())),
            ["countries"] => Ok(list(COUNTRIES.iter().collect())),
            ["services", slug, "prices"] => self.prices(slug, query, settings),
            ["rent"] => {
                let form = read_form(request, context)?;
                let rental = self.account.rent(pricing_id(&form)?, context.now, context.ids, settings)?;
                Ok(Response::json_in_order(200, &RentBody::of(rental)))
            }
            ["rentals"] => Ok(list(self.account.history().map(|rental| RentalRow::of(rental, settings)).collect())),
            ["rental", id] => {
                let rental = self.account.polled(rental_id(id)?)?;
                Ok(Response::json_in_order(200, &RentalBody::of(rental, settings)))
            }
            ["rental", id, "cancel"] => {
                if !request.body.is_empty() && !context.settings.lenient {
                    return Err(Refusal(400, "This call takes no body".to_owned()));
                }
                Ok(Response::json_in_order(200, &self.account.cancel(rental_id(id)?, settings)?))
            }
            _ => Err(Refusal(404, "Not found".to_owned())),
        }
    }

    fn prices(&self, slug: &str, query: &Parameters, settings: &Settings) -> Result<Response, Refusal> {
        let country = query.get("country_id").map(|text| integer("country_id", text)).transpose()?;
        let Some(service) = SERVICES.iter().find(|service| service.slug == slug) else {
            return Err(Refusal(settings.unknown_service_status, "Service not found".to_owned()));
        };
        let body = PricesBody { success: true, service, data: self.account.prices(service.id, country) };
        Ok(Response::json_in_order(200, &body))
    }

    fn throttle(&mut self, context: &Context<'_>) -> Result<(), Refusal> {
        let limit = context.settings.rentnumber.throttle_per_second as usize;
        if limit == 0 {
            return Ok(());
        }
        while self.recent_calls.front().is_some_and(|time| context.now.since(*time) >= Duration::from_secs(1)) {
            self.recent_calls.pop_front();
        }
        if self.recent_calls.len() >= limit {
            return Err(Refusal(429, "Too many requests. Please slow down.".to_owned()));
        }
        self.recent_calls.push_back(context.now);
        Ok(())
    }
}

impl Provider for RentNumber {
    fn handle(&mut self, context: &mut Context<'_>, request: &Request) -> Response {
        self.advance(context);
        self.answer(context, request).unwrap_or_else(|refusal| refusal.response())
    }

    fn advance(&mut self, context: &mut Context<'_>) {
        self.account.advance(context.now, &context.settings.rentnumber);
    }

    fn receive_sms(&mut self, _context: &mut Context<'_>, to: &str, _from: &str, text: &str) -> Result<(), String> {
        self.account.receive_sms(to, text)
    }

    fn purchases(&self) -> u64 {
        self.account.purchases()
    }

    fn state(&self) -> serde_json::Value {
        self.account.state()
    }

    fn numbers(&self) -> Vec<String> {
        self.account.open_numbers()
    }
}

fn authenticate(request: &Request) -> Result<(), Refusal> {
    match request.header("x-api-key") {
        None => Err(Refusal(401, "API key required".to_owned())),
        Some(key) if CREDENTIALS.contains(&("api_key", key)) => Ok(()),
        Some(_) => Err(Refusal(401, "Invalid API key".to_owned())),
    }
}

fn read(pairs: Vec<(String, String)>, allowed: &[&str], context: &Context<'_>) -> Result<Parameters, Refusal> {
    Parameters::read(pairs, allowed, context.settings.lenient).map_err(|refused| match refused {
        Refused::Unknown(name) => Refusal(400, format!("Unknown parameter: {name}")),
        Refused::Twice(name) => Refusal(400, format!("Parameter given twice: {name}")),
    })
}

fn read_form(request: &Request, context: &Context<'_>) -> Result<Parameters, Refusal> {
    let declared = request.header("content-type").unwrap_or_default();
    let content_type = declared.split(';').next().unwrap_or_default().trim();
    if !content_type.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        return Err(Refusal(400, "Content-Type must be application/x-www-form-urlencoded".to_owned()));
    }
    read(request.form_pairs(), &["pricing_id"], context)
}

fn pricing_id(form: &Parameters) -> Result<u64, Refusal> {
    let text = form.get("pricing_id").ok_or_else(|| Refusal(400, "pricing_id is required".to_owned()))?;
    integer("pricing_id", text)
}

fn integer(name: &str, text: &str) -> Result<u64, Refusal> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse().ok().filter(|_| digits);
    number.ok_or_else(|| Refusal(400, format!("{name} must be an integer")))
}

fn rental_id(text: &str) -> Result<u64, Refusal> {
    integer("id", text).map_err(|_| Refusal(404, "Rental not found".to_owned()))
}

fn list<T: serde::Serialize>(data: Vec<T>) -> Response {
    Response::json_in_order(200, &ListBody { success: true, data })
}
