//! The bodies that RentNumber sends, fields in the page's order.

use super::catalogue::{Price, Service};
use super::rentals::{Rental, Status};
use super::settings::{BeforeSms, Settings};
use crate::http::Response;
use crate::money::Hundredths;
use crate::time::Time;
use serde::Serialize;
use serde_json::Value;

/// Why a call is refused: the status, and the text that is all there is in the body.
#[derive(Debug)]
pub(super) struct Refusal(pub u16, pub String);

impl Refusal {
    pub(super) fn response(&self) -> Response {
        Response::json_in_order(self.0, &ErrorBody { success: false, error: &self.1 })
    }
}

#[derive(Serialize)]
struct ErrorBody<'a> {
    success: bool,
    error: &'a str,
}

#[derive(Serialize)]
pub(super) struct BalanceBody {
    pub success: bool,
    pub balance: Hundredths,
    pub currency: &'static str,
}

#[derive(Serialize)]
pub(super) struct ListBody<T> {
    pub success: bool,
    pub data: Vec<T>,
}

#[derive(Serialize)]
pub(super) struct ServiceBody {
    pub id: u64,
    pub slug: &'static str,
    pub name: &'static str,
    pub provider_count: usize,
    pub min_price: Hundredths,
}

#[derive(Serialize)]
pub(super) struct PricesBody<'a> {
    pub success: bool,
    pub service: &'a Service,
    pub data: Vec<PriceBody>,
}

#[derive(Serialize)]
pub(super) struct PriceBody {
    id: u64,
    final_price: Hundredths,
    stock: u32,
    provider_id: u64,
    provider_name: &'static str,
    country_id: u64,
    country_name: &'static str,
    iso_code: &'static str,
}

impl PriceBody {
    pub(super) fn of(price: &Price) -> Self {
        Self {
            id: price.id,
            final_price: price.amount,
            stock: price.stock,
            provider_id: price.upstream.id,
            provider_name: price.upstream.name,
            country_id: price.country.id,
            country_name: price.country.name,
            iso_code: price.country.iso_code,
        }
    }
}

#[derive(Serialize)]
pub(super) struct RentBody<'a> {
    success: bool,
    rental_id: u64,
    phone: &'a str,
    cost: Hundredths,
    status: Status,
    expires_at: String,
}

impl<'a> RentBody<'a> {
    pub(super) fn of(rental: &'a Rental) -> Self {
        // The only time on the page that has a zone.
        let expires_at = rental.expires.format("%Y-%m-%dT%H:%M:%SZ");
        let Rental { id, phone, cost, status, .. } = rental;
        Self { success: true, rental_id: *id, phone, cost: *cost, status: *status, expires_at }
    }
}

#[derive(Serialize)]
pub(super) struct RentalBody<'a> {
    success: bool,
    rental_id: u64,
    phone: &'a str,
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sms: Option<Value>,
    cost: Hundredths,
    created_at: String,
    expires_at: String,
}

impl<'a> RentalBody<'a> {
    pub(super) fn of(rental: &'a Rental, settings: &Settings) -> Self {
        Self {
            success: true,
            rental_id: rental.id,
            phone: &rental.phone,
            status: rental.status,
            code: or_before_sms(rental.code(), settings.before_sms),
            sms: or_before_sms(rental.sms.as_deref(), settings.before_sms),
            cost: rental.cost,
            created_at: naive(rental.created, settings),
            expires_at: naive(rental.expires, settings),
        }
    }
}

#[derive(Serialize)]
pub(super) struct RentalRow<'a> {
    rental_id: u64,
    service: &'static str,
    country: &'static str,
    provider: &'static str,
    phone: &'a str,
    status: Status,
    cost: Hundredths,
    created_at: String,
}

impl<'a> RentalRow<'a> {
    pub(super) fn of(rental: &'a Rental, settings: &Settings) -> Self {
        Self {
            rental_id: rental.id,
            service: rental.service.name,
            country: rental.country.name,
            provider: rental.upstream.name,
            phone: &rental.phone,
            status: rental.status,
            cost: rental.cost,
            created_at: naive(rental.created, settings),
        }
    }
}

#[derive(Serialize)]
pub(super) struct CancelBody {
    pub success: bool,
    pub status: Status,
    pub refunded: bool,
    pub amount: Hundredths,
}

fn or_before_sms(text: Option<&str>, before_sms: BeforeSms) -> Option<Value> {
    match (text, before_sms) {
        (Some(text), _) => Some(Value::from(text)),
        (None, BeforeSms::Null) => Some(Value::Null),
        (None, BeforeSms::Absent) => None,
        (None, BeforeSms::Empty) => Some(Value::from("")),
    }
}

/// A time without a zone, in the zone that the business is set to.
fn naive(time: Time, settings: &Settings) -> String {
    let offset = i64::from(settings.utc_offset_minutes) * 60_000;
    Time(time.0.saturating_add(offset)).format("%Y-%m-%d %H:%M:%S")
}
