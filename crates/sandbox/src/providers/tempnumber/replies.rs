//! The bodies that TempNumber sends. The envelopes are the page's; the names in `data` are the sandbox's own.

use super::catalogue::{Country, NumberType, Package};
use super::numbers::{Message, Number, Status};
use super::settings::{CursorName, LastCursor, MoneyForm, Settings, TimeForm};
use crate::http::Response;
use crate::money::Hundredths;
use crate::time::Time;
use serde::Serialize;
use serde_json::{Map, Value, json};

#[derive(Serialize)]
struct Envelope<T> {
    success: bool,
    data: T,
    meta: Map<String, Value>,
}

pub(super) fn success<T: Serialize>(status: u16, data: T) -> Response {
    success_with(status, data, Map::new())
}

pub(super) fn success_with<T: Serialize>(status: u16, data: T, meta: Map<String, Value>) -> Response {
    Response::json_in_order(status, &Envelope { success: true, data, meta })
}

/// Why a call is refused.
#[derive(Debug)]
pub(super) struct Refusal {
    status: u16,
    message: String,
    /// The parameter that is to blame, and what is wrong with it.
    parameter: Option<(String, String)>,
    /// The call was right, the account's state forbids it.
    is_business: bool,
}

#[derive(Serialize)]
struct ErrorBody<'a> {
    success: bool,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    errors: Option<Value>,
}

impl Refusal {
    pub(super) fn new(status: u16, message: &str) -> Self {
        Self { status, message: message.to_owned(), parameter: None, is_business: false }
    }

    /// What is true of the account, not of the call.
    pub(super) fn business(status: u16, message: &str) -> Self {
        Self { is_business: true, ..Self::new(status, message) }
    }

    pub(super) fn invalid(settings: &Settings, parameter: &str, wrong: &str) -> Self {
        let refusal = Self::new(settings.validation_status, &format!("{parameter} {wrong}."));
        Self { parameter: Some((parameter.to_owned(), refusal.message.clone())), ..refusal }
    }

    pub(super) fn is_business(&self) -> bool {
        self.is_business
    }

    pub(super) fn response(&self, settings: &Settings) -> Response {
        let named = self.parameter.as_ref().filter(|_| settings.errors_map);
        let errors = named.map(|(name, wrong)| json!({ name: [wrong] }));
        let status = if self.is_business && settings.failures_are_200 { 200 } else { self.status };
        Response::json_in_order(status, &ErrorBody { success: false, message: &self.message, errors })
    }
}

/// An amount in the form that is set.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Amount {
    Number(Hundredths),
    Text(String),
    Cents(i64),
}

impl Amount {
    fn of(amount: Hundredths, settings: &Settings) -> Self {
        match settings.money {
            MoneyForm::Number => Self::Number(amount),
            MoneyForm::String => Self::Text(amount.to_string()),
            MoneyForm::Cents => Self::Cents(amount.0),
        }
    }
}

#[derive(Serialize)]
pub(super) struct AccountBody {
    balance: Amount,
    currency: &'static str,
}

impl AccountBody {
    pub(super) fn of(wallet: Hundredths, settings: &Settings) -> Self {
        Self { balance: Amount::of(wallet, settings), currency: "USD" }
    }
}

#[derive(Serialize)]
pub(super) struct CountryBody {
    country_code: &'static str,
    country_name: &'static str,
    packages: Vec<PackageBody>,
}

#[derive(Serialize)]
struct PackageBody {
    duration: &'static str,
    number_type: NumberType,
    price: Amount,
    currency: &'static str,
}

impl CountryBody {
    pub(super) fn of(country: &Country, settings: &Settings) -> Self {
        let package = |package: &Package| PackageBody {
            duration: package.duration,
            number_type: package.number_type,
            price: Amount::of(package.price, settings),
            currency: "USD",
        };
        let packages = country.packages.iter().map(package).collect();
        Self { country_code: country.code, country_name: country.name, packages }
    }
}

#[derive(Serialize)]
pub(super) struct InventoryBody<'a> {
    pub country_code: &'a str,
    pub duration: Option<&'a str>,
    pub number_type: Option<NumberType>,
    pub available: u32,
}

#[derive(Serialize)]
pub(super) struct NumberBody<'a> {
    id: Value,
    phone_number: &'a str,
    country_code: &'static str,
    number_type: NumberType,
    status: Status,
    expires_at: String,
    price: Amount,
    currency: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sms: Option<Vec<MessageBody<'a>>>,
}

impl<'a> NumberBody<'a> {
    pub(super) fn of(number: &'a Number, now: Time, settings: &Settings) -> Self {
        Self {
            id: id(number.id, settings),
            phone_number: &number.phone,
            country_code: number.country.code,
            number_type: number.number_type,
            status: number.status(now, settings),
            expires_at: time(number.expires, settings),
            price: Amount::of(number.price, settings),
            currency: "USD",
            sms: None,
        }
    }

    pub(super) fn with_messages(number: &'a Number, now: Time, settings: &Settings) -> Self {
        let sms = number.messages.iter().rev().map(|message| MessageBody::of(message, settings)).collect();
        Self { sms: Some(sms), ..Self::of(number, now, settings) }
    }
}

#[derive(Serialize)]
pub(super) struct MessageBody<'a> {
    id: Value,
    from: &'a str,
    message: &'a str,
    received_at: String,
}

impl<'a> MessageBody<'a> {
    pub(super) fn of(message: &'a Message, settings: &Settings) -> Self {
        let received_at = time(message.received, settings);
        Self { id: id(message.id, settings), from: &message.from, message: &message.text, received_at }
    }
}

/// `meta` of a page, with the cursor of the next or without.
pub(super) fn paging(next: Option<String>, settings: &Settings) -> Map<String, Value> {
    let name = match settings.cursor_name {
        CursorName::NextCursor => "next_cursor",
        CursorName::Cursor => "cursor",
        CursorName::NextCursorCamel => "nextCursor",
    };
    let value = match (next, settings.last_cursor) {
        (Some(cursor), _) => Value::from(cursor),
        (None, LastCursor::Null) => Value::Null,
        (None, LastCursor::Empty) => Value::from(""),
        (None, LastCursor::Absent) => return Map::new(),
    };
    Map::from_iter([(name.to_owned(), value)])
}

fn id(id: u64, settings: &Settings) -> Value {
    if settings.ids_are_numbers { Value::from(id) } else { Value::from(id.to_string()) }
}

fn time(time: Time, settings: &Settings) -> String {
    time.format(match settings.times {
        TimeForm::Utc => "%Y-%m-%dT%H:%M:%SZ",
        TimeForm::Offset => "%Y-%m-%dT%H:%M:%S+00:00",
        TimeForm::Spaced => "%Y-%m-%d %H:%M:%S",
    })
}
