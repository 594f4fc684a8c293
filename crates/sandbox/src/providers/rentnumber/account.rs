//! The account: wallet, stock and rentals, and what the calls do to them.

use super::catalogue::{COUNTRIES, PAGE_NUMBER, Price, SERVICES, prices};
use super::rentals::{Cancelled, Rental, Status};
use super::replies::{CancelBody, PriceBody, Refusal, ServiceBody};
use super::settings::Settings;
use crate::money::Hundredths;
use crate::provider::Ids;
use crate::time::Time;
use serde_json::{Value, json};
use std::time::Duration;

/// The page's example rental is the first.
const FIRST_RENTAL: u64 = 101;

/// How often a free number is looked for before there is said to be none.
const ATTEMPTS: usize = 1000;

pub(super) struct Account {
    pub wallet: Hundredths,
    prices: Vec<Price>,
    /// Their ids count up from [`FIRST_RENTAL`] without a gap.
    rentals: Vec<Rental>,
    /// Places in `rentals` of those that time still changes.
    unsettled: Vec<usize>,
    purchases: u64,
    refunds: u64,
}

impl Account {
    /// How often money was taken.
    pub(super) fn purchases(&self) -> u64 {
        self.purchases
    }

    pub(super) fn new(settings: &Settings) -> Self {
        let wallet = Hundredths(settings.wallet_kobo);
        let mut prices = prices();
        prices.iter_mut().for_each(|price| price.stock = settings.stock.unwrap_or(price.stock));
        Self { wallet, prices, rentals: Vec::new(), unsettled: Vec::new(), purchases: 0, refunds: 0 }
    }

    /// Services with what their prices say about them.
    pub(super) fn services(&self) -> Vec<ServiceBody> {
        let body = |service: &super::catalogue::Service| {
            let prices = self.prices.iter().filter(|price| price.service.id == service.id);
            let mut providers: Vec<u64> = prices.clone().map(|price| price.upstream.id).collect();
            providers.sort_unstable();
            providers.dedup();
            // The cheapest that can be had: "min_price" of a row without stock would lure people.
            let cheapest = prices.filter(|price| price.stock > 0).map(|price| price.amount).min();
            ServiceBody {
                id: service.id,
                slug: service.slug,
                name: service.name,
                provider_count: providers.len(),
                min_price: cheapest.unwrap_or_default(),
            }
        };
        SERVICES.iter().map(body).collect()
    }

    pub(super) fn prices(&self, service: u64, country: Option<u64>) -> Vec<PriceBody> {
        let wanted = |price: &&Price| price.service.id == service && country.is_none_or(|id| price.country.id == id);
        self.prices.iter().filter(wanted).map(PriceBody::of).collect()
    }

    /// The last 100, newest first.
    pub(super) fn history(&self) -> impl Iterator<Item = &Rental> {
        self.rentals.iter().rev().take(100)
    }

    pub(super) fn rent(
        &mut self,
        pricing_id: u64,
        now: Time,
        ids: &mut Ids,
        settings: &Settings,
    ) -> Result<&Rental, Refusal> {
        let Some(at) = self.prices.iter().position(|price| price.id == pricing_id) else {
            return Err(Refusal(settings.unknown_pricing_status, "Pricing option not found".to_owned()));
        };
        let price = &self.prices[at];
        if price.stock == 0 {
            return Err(out_of_stock(settings));
        }
        if price.amount > self.wallet {
            let error = format!("Insufficient balance. Need ₦{}", price.amount);
            return Err(Refusal(settings.insufficient_balance_status, error));
        }
        let is_down = price.upstream.is_down;
        if is_down && !settings.rents_despite_provider_error {
            return Err(provider_error());
        }
        let phone = self.new_phone(at, ids).ok_or_else(|| out_of_stock(settings))?;
        let place = self.take(at, phone, now, settings);
        if is_down { Err(provider_error()) } else { Ok(&self.rentals[place]) }
    }

    /// The purchase itself: money, stock and rental at once.
    fn take(&mut self, at: usize, phone: String, now: Time, settings: &Settings) -> usize {
        let price = &mut self.prices[at];
        price.stock -= 1;
        self.wallet.0 -= price.amount.0;
        self.purchases += 1;
        let place = self.rentals.len();
        self.rentals.push(Rental {
            id: FIRST_RENTAL + place as u64,
            pricing_id: price.id,
            service: price.service,
            country: price.country,
            upstream: price.upstream,
            phone,
            cost: price.amount,
            created: now,
            expires: now.after(Duration::from_secs(u64::from(settings.rental_minutes) * 60)),
            status: if settings.pending_seconds > 0 { Status::Pending } else { Status::Waiting },
            unpolled: None,
            sms: None,
        });
        self.unsettled.push(place);
        place
    }

    /// A number that no open rental has; the page's own for the first in Nigeria.
    fn new_phone(&self, at: usize, ids: &mut Ids) -> Option<String> {
        let country = self.prices[at].country;
        if country.id == COUNTRIES[0].id && !self.rentals.iter().any(|rental| rental.phone == PAGE_NUMBER) {
            return Some(PAGE_NUMBER.to_owned());
        }
        let is_taken = |phone: &str| {
            self.unsettled.iter().any(|place| self.rentals[*place].phone == phone && self.rentals[*place].is_open())
        };
        let drawn =
            std::iter::repeat_with(|| format!("{}{}", country.number.prefix, ids.digits(country.number.digits)));
        drawn.take(ATTEMPTS).find(|phone| !is_taken(phone) && phone != PAGE_NUMBER)
    }

    /// The rental of that id, after asking its upstream provider for messages.
    pub(super) fn polled(&mut self, id: u64) -> Result<&Rental, Refusal> {
        let rental = self.rental(id)?;
        if rental.upstream.is_down {
            return Err(provider_error());
        }
        if rental.is_open() {
            rental.poll();
        }
        Ok(rental)
    }

    pub(super) fn cancel(&mut self, id: u64, settings: &Settings) -> Result<CancelBody, Refusal> {
        let rental = self.rental(id)?;
        if rental.upstream.is_down {
            return Err(provider_error());
        }
        let outcome = rental.cancel(settings);
        let (status, cost, pricing_id) = (rental.status, rental.cost, rental.pricing_id);
        match outcome {
            Cancelled::Refused => Err(Refusal(400, "Rental cannot be cancelled".to_owned())),
            Cancelled::Kept => Ok(CancelBody { success: true, status, refunded: false, amount: Hundredths(0) }),
            Cancelled::Refunded => {
                self.refund(cost);
                // A number that got no SMS can be rented again.
                self.prices.iter_mut().filter(|price| price.id == pricing_id).for_each(|price| price.stock += 1);
                Ok(CancelBody { success: true, status, refunded: true, amount: cost })
            }
        }
    }

    fn rental(&mut self, id: u64) -> Result<&mut Rental, Refusal> {
        let place = id.checked_sub(FIRST_RENTAL).and_then(|place| usize::try_from(place).ok());
        let rental = place.and_then(|place| self.rentals.get_mut(place));
        rental.ok_or_else(|| Refusal(404, "Rental not found".to_owned()))
    }

    fn refund(&mut self, amount: Hundredths) {
        self.wallet.0 += amount.0;
        self.refunds += 1;
    }

    pub(super) fn advance(&mut self, now: Time, settings: &Settings) {
        for place in std::mem::take(&mut self.unsettled) {
            let refunded = self.rentals[place].advance(now, settings);
            if refunded > Hundredths(0) {
                self.refund(refunded);
            }
            if !self.rentals[place].is_settled(settings) {
                self.unsettled.push(place);
            }
        }
    }

    pub(super) fn receive_sms(&mut self, to: &str, text: &str) -> Result<(), String> {
        let digits = to.trim_start_matches('+');
        let open = self.rentals.iter_mut().rev().filter(|rental| rental.is_open());
        let mut same = open.filter(|rental| rental.phone.trim_start_matches('+') == digits);
        let rental = same.next().ok_or_else(|| format!("no open rental has the number {to}"))?;
        rental.unpolled = Some(text.to_owned());
        Ok(())
    }

    pub(super) fn open_numbers(&self) -> Vec<String> {
        let places = self.unsettled.iter().map(|place| &self.rentals[*place]);
        places.filter(|rental| rental.is_open()).map(|rental| rental.phone.clone()).collect()
    }

    pub(super) fn state(&self) -> Value {
        let stock = self.prices.iter().map(|price| (price.id.to_string(), json!(price.stock)));
        let number = |rental: &Rental| {
            json!({
                "rental_id": rental.id,
                "phone": rental.phone,
                "status": rental.status,
                "cost": rental.cost.to_string(),
                "pricing_id": rental.pricing_id,
            })
        };
        json!({
            "wallet": self.wallet.to_string(),
            "currency": "NGN",
            "stock": stock.collect::<serde_json::Map<String, Value>>(),
            "numbers": self.rentals.iter().map(number).collect::<Vec<Value>>(),
            "purchases": self.purchases,
            "refunds": self.refunds,
        })
    }
}

fn out_of_stock(settings: &Settings) -> Refusal {
    Refusal(settings.out_of_stock_status, "No numbers available".to_owned())
}

fn provider_error() -> Refusal {
    Refusal(502, "Provider error. Please try again.".to_owned())
}
