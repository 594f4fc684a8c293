//! Vonage, the former Nexmo, pretended: account, pricing and numbers of `https://rest.nexmo.com`.
//!
//! Every call answers in JSON, or in XML if `Accept` asks for `application/xml` or `text/xml`. Where the pages show
//! XML, it is theirs. Where they show none, it follows from JSON as in their samples: an element per field, in the
//! same order; a list is an element of the list's name around one element per item, named in the singular
//! (`<countries><country>`, `<networks><network>`, `<prices><price>`, `<ranges><range>`, `<aliases><alias>`,
//! `<features><feature>`), but for `<numbers>`, which is repeated. Roots: `accountBalance`, `account-settings`,
//! `outbound-country-pricing` (one country, either shape), `outbound-pricing` (full and prefix pricing),
//! `inbound-numbers` (search and owned numbers) and `response` (all other writes). An error has the root of its call.
//! Elements are named as in JSON, but for the number lists, whose XML is in kebab-case (`<mo-http-url>`), and the
//! `<name>` of a network in the seed page's pricing.

mod account;
mod credentials;
mod document;
mod euros;
mod inbound;
mod limits;
mod listing;
mod messages;
mod numbers;
mod parameters;
mod parts;
mod pricing;
mod refusal;
mod rental;
mod reply;
mod routes;
mod settings;
mod signature;
mod stock;
mod tariff;
#[cfg(test)]
mod tests;
mod update;

pub use euros::Euros;
pub use settings::{EmptyList, InboundMethod, Settings};
pub use signature::SignatureMethod;

use crate::events::Notice;
use crate::http::{Request, Response};
use crate::provider::{Context, Provider};
use account::Account;
use document::Value;
use limits::Limits;
use messages::Message;
use numbers::Numbers;
use parameters::Parameters;
use refusal::Refusal;
use reply::Format;
use routes::Route;

const API_KEY: &str = "abcd1234";

/// What is accepted: the samples of the account page.
pub const CREDENTIALS: &[(&str, &str)] = &[("api_key", API_KEY), ("api_secret", "ABCDEFGH01234abc")];

/// One account at Vonage.
pub struct Vonage {
    account: Account,
    numbers: Numbers,
    limits: Limits,
    messages: Vec<Message>,
    notices: Vec<Notice>,
}

impl Vonage {
    /// An account as it is when the sandbox starts.
    pub fn new(settings: &crate::settings::Settings) -> Self {
        Self {
            account: Account::new(CREDENTIALS[1].1, &settings.vonage),
            numbers: Numbers::new(),
            limits: Limits::default(),
            messages: Vec::new(),
            notices: Vec::new(),
        }
    }

    fn answer(&mut self, context: &Context<'_>, route: Route, request: &Request) -> Result<Value, Refusal> {
        let (settings, lenient) = (&context.settings.vonage, context.settings.lenient);
        check_method_and_body(route, request, lenient)?;
        credentials::check(request, route, settings, (API_KEY, self.account.secret()))?;
        self.limits.admit(route, context.now, settings)?;
        let parameters = Parameters::collect(request, route, lenient)?;
        match route {
            Route::Balance => Ok(self.account.show_balance()),
            Route::Settings => self.account.change_settings(&parameters, settings),
            Route::TopUp => self.account.top_up(&parameters, settings),
            Route::BarePricing => pricing::bare(&parameters, settings),
            Route::CountryPricing(product) => pricing::country(&parameters, product, settings),
            Route::FullPricing(product) => Ok(pricing::full(product, settings)),
            Route::PrefixPricing(product) => pricing::prefix(&parameters, product, settings),
            Route::OwnedNumbers => listing::owned(&self.numbers, &parameters, settings),
            Route::Search => listing::search(&self.numbers, &parameters, settings),
            Route::Buy => self.numbers.buy(&parameters, settings, &mut self.account, context.now),
            Route::Cancel => self.numbers.cancel(&parameters, settings),
            Route::Update => update::update(&mut self.numbers, &parameters, settings),
        }
    }
}

impl Provider for Vonage {
    fn handle(&mut self, context: &mut Context<'_>, request: &Request) -> Response {
        self.advance(context);
        let settings = &context.settings.vonage;
        let response = match Route::of(&request.path) {
            None => reply::page(&Refusal::NoSuchPage),
            Some(route) => {
                let format = Format::of(request, settings);
                match self.answer(context, route, request) {
                    Ok(body) => reply::success(format, route, &body),
                    Err(refusal) => reply::refused(format, route, &refusal, settings),
                }
            }
        };
        let trace = context.ids.uuid().replace('-', "");
        response.with_header("x-nexmo-trace-id", trace)
    }

    fn advance(&mut self, context: &mut Context<'_>) {
        let settings = &context.settings.vonage;
        self.account.reload(context.now, settings);
        self.numbers.advance(context.now, settings, &mut self.account);
    }

    fn receive_sms(&mut self, context: &mut Context<'_>, to: &str, from: &str, text: &str) -> Result<(), String> {
        let to = to.trim_start_matches('+');
        let owned = self.numbers.owned().find(|(number, _)| number.msisdn == to);
        let (number, rental) = owned.ok_or_else(|| format!("{to} is not a number of this account"))?;
        if !number.features.contains(&"SMS") {
            return Err(format!("{to} takes no SMS"));
        }
        let url = rental.routing.mo_http_url.as_deref().or(self.account.mo_callback()).map(str::to_owned);
        let message = Message::new(context.ids, context.now, to, from, text, url);
        self.notices.extend(inbound::notices(&message, context.ids, &context.settings.vonage));
        self.messages.push(message);
        Ok(())
    }

    fn take_notices(&mut self, _: &mut Context<'_>) -> Vec<Notice> {
        std::mem::take(&mut self.notices)
    }

    fn purchases(&self) -> u64 {
        self.account.payments().0
    }

    fn state(&self) -> serde_json::Value {
        let (purchases, renewals) = self.account.payments();
        let numbers: Vec<serde_json::Value> = self
            .numbers
            .owned()
            .map(|(number, rental)| {
                let listed = listing::owned_number(number, rental).to_json();
                serde_json::json!({
                    "listed": serde_json::from_str::<serde_json::Value>(&listed).unwrap_or_default(),
                    "cost": number.cost.cost(),
                    "bought": rental.bought().format("%Y-%m-%d %H:%M:%S"),
                    "renews": rental.renews().map(|at| at.format("%Y-%m-%d %H:%M:%S")),
                    "cancelled": rental.cancelled,
                    "mo_smpp_sys_type": rental.routing.mo_smpp_sys_type,
                })
            })
            .collect();
        serde_json::json!({
            "wallet": self.account.state(),
            "stock": self.numbers.stock(),
            "numbers": numbers,
            "messages": self.messages.iter().map(Message::state).collect::<Vec<_>>(),
            "purchases": purchases,
            "renewals": renewals,
        })
    }
}

/// Method, body on a GET and the type of a body, before anything else is looked at.
fn check_method_and_body(route: Route, request: &Request, lenient: bool) -> Result<(), Refusal> {
    let allowed = route.method();
    if request.method != allowed {
        return Err(Refusal::WrongMethod { allowed });
    }
    if request.body.is_empty() || (allowed == "GET" && lenient) {
        return Ok(());
    }
    let media_type = request.header("content-type").map(|value| value.split(';').next().unwrap_or_default().trim());
    let form = match media_type {
        Some(media_type) if media_type.eq_ignore_ascii_case("application/json") => {
            // The Python SDK calls a form JSON once its client has sent any JSON.
            lenient && !request.body.starts_with(b"{")
        }
        Some(media_type) => media_type.eq_ignore_ascii_case("application/x-www-form-urlencoded"),
        None => lenient,
    };
    if allowed == "POST" && form { Ok(()) } else { Err(Refusal::Syntax) }
}
