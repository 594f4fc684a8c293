//! The account: wallet, stock, numbers and their messages, and what the calls do to them.

use super::catalogue::{COUNTRIES, Country, FIRST_US_NUMBER, NumberType, Package};
use super::numbers::{Message, Number, end_of};
use super::replies::Refusal;
use super::settings::{SecondCancel, Settings};
use crate::money::Hundredths;
use crate::provider::{Context, Ids};
use crate::time::Time;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

const FIRST_NUMBER: u64 = 1001;

/// How often a free number is looked for before there is said to be none.
const ATTEMPTS: usize = 1000;

pub(super) struct Account {
    pub wallet: Hundredths,
    stock: BTreeMap<(&'static str, NumberType), u32>,
    /// Their ids count up from [`FIRST_NUMBER`] without a gap.
    numbers: Vec<Number>,
    /// Places in `numbers`, by the number's digits. No number is sold twice.
    by_digits: BTreeMap<String, usize>,
    messages: u64,
    purchases: u64,
    renewals: u64,
}

impl Account {
    /// How often money was taken.
    pub(super) fn purchases(&self) -> u64 {
        self.purchases
    }

    pub(super) fn new(settings: &Settings) -> Self {
        let of = |country: &'static Country| {
            country
                .stock
                .iter()
                .map(|(number_type, count)| ((country.code, *number_type), settings.stock.unwrap_or(*count)))
        };
        Self {
            wallet: Hundredths(settings.wallet_cents),
            stock: COUNTRIES.iter().flat_map(of).collect(),
            numbers: Vec::new(),
            by_digits: BTreeMap::new(),
            messages: 0,
            purchases: 0,
            renewals: 0,
        }
    }

    /// How many numbers there are; without a type, of both.
    pub(super) fn available(&self, country: &Country, number_type: Option<NumberType>) -> u32 {
        let types = [NumberType::NonVoip, NumberType::Voip].into_iter();
        let wanted = types.filter(|each| number_type.is_none_or(|number_type| number_type == *each));
        wanted.filter_map(|each| self.stock.get(&(country.code, each))).sum()
    }

    /// Without a type it is the cheapest package that is in stock.
    pub(super) fn buy(
        &mut self,
        context: &mut Context<'_>,
        country: &'static Country,
        packages: &[&'static Package],
    ) -> Result<&Number, Refusal> {
        let settings = &context.settings.tempnumber;
        let in_stock = packages.iter().filter(|package| self.available(country, Some(package.number_type)) > 0);
        let none = || Refusal::business(settings.out_of_stock_status, "No numbers available for this country.");
        let package = in_stock.min_by_key(|package| package.price).ok_or_else(none)?;
        self.check_funds(package.price, settings)?;
        let phone = self.free_phone(country, context.ids).ok_or_else(none)?;
        let stock = self.stock.get_mut(&(country.code, package.number_type)).ok_or_else(none)?;
        *stock -= 1;
        self.pay(package.price);
        let place = self.numbers.len();
        self.by_digits.insert(digits(&phone).to_owned(), place);
        self.numbers.push(Number {
            id: FIRST_NUMBER + place as u64,
            phone,
            country,
            number_type: package.number_type,
            expires: end_of(package.term(), context.now),
            cancelled: false,
            price: package.price,
            messages: Vec::new(),
        });
        Ok(&self.numbers[place])
    }

    pub(super) fn renew(
        &mut self,
        id: &str,
        package: &str,
        now: Time,
        settings: &Settings,
    ) -> Result<&Number, Refusal> {
        let place = self.place(id)?;
        let number = &self.numbers[place];
        if !number.is_usable(now) {
            let message = "Only an active number can be renewed.";
            return Err(Refusal::business(settings.ended_number_status, message));
        }
        let Some(package) = number.country.package(package, number.number_type) else {
            return Err(Refusal::invalid(settings, "package", "is not sold for this number"));
        };
        self.check_funds(package.price, settings)?;
        self.pay(package.price);
        self.renewals += 1;
        let number = &mut self.numbers[place];
        number.expires = end_of(package.term(), number.expires);
        number.price = package.price;
        Ok(number)
    }

    pub(super) fn cancel(&mut self, id: &str, now: Time, settings: &Settings) -> Result<&Number, Refusal> {
        let place = self.place(id)?;
        let number = &mut self.numbers[place];
        let again = number.cancelled && settings.second_cancel == SecondCancel::Unchanged;
        if !again && !number.is_usable(now) {
            let message = "Only an active number can be cancelled.";
            return Err(Refusal::business(settings.ended_number_status, message));
        }
        number.cancelled = true;
        Ok(number)
    }

    /// Newest first.
    pub(super) fn numbers(&self) -> impl Iterator<Item = &Number> {
        self.numbers.iter().rev()
    }

    pub(super) fn number(&self, id: &str) -> Result<&Number, Refusal> {
        self.place(id).map(|place| &self.numbers[place])
    }

    pub(super) fn by_phone(&self, digits: &str) -> Result<&Number, Refusal> {
        let place = self.by_digits.get(digits);
        place.map(|place| &self.numbers[*place]).ok_or_else(not_found)
    }

    pub(super) fn receive_sms(&mut self, now: Time, to: &str, from: &str, text: &str) -> Result<(), String> {
        let place = self.by_digits.get(digits(to)).copied().ok_or_else(|| format!("no number is {to}"))?;
        let number = &mut self.numbers[place];
        if !number.is_usable(now) {
            return Err(format!("{to} has ended and receives no more messages"));
        }
        self.messages += 1;
        let (from, text) = (from.to_owned(), text.to_owned());
        number.messages.push(Message { id: self.messages, from, text, received: now });
        Ok(())
    }

    pub(super) fn phones(&self) -> Vec<String> {
        self.numbers.iter().map(|number| number.phone.clone()).collect()
    }

    pub(super) fn state(&self, now: Time, settings: &Settings) -> Value {
        let stock = self
            .stock
            .iter()
            .map(|((code, number_type), count)| (format!("{code}/{}", number_type.name()), json!(count)));
        let number = |number: &Number| {
            json!({
                "id": number.id.to_string(),
                "phone_number": number.phone,
                "country_code": number.country.code,
                "number_type": number.number_type,
                "status": number.status(now, settings),
                "expires_at": number.expires.format("%Y-%m-%dT%H:%M:%SZ"),
                "messages": number.messages.len(),
            })
        };
        json!({
            "wallet": self.wallet.to_string(),
            "currency": "USD",
            "stock": stock.collect::<Map<String, Value>>(),
            "numbers": self.numbers.iter().map(number).collect::<Vec<Value>>(),
            "purchases": self.purchases,
            "renewals": self.renewals,
        })
    }

    fn check_funds(&self, price: Hundredths, settings: &Settings) -> Result<(), Refusal> {
        if price <= self.wallet {
            return Ok(());
        }
        Err(Refusal::business(settings.insufficient_funds_status, "Insufficient wallet balance."))
    }

    fn pay(&mut self, price: Hundredths) {
        self.wallet.0 -= price.0;
        self.purchases += 1;
    }

    fn free_phone(&self, country: &Country, ids: &mut Ids) -> Option<String> {
        let is_free = |phone: &String| !self.by_digits.contains_key(digits(phone));
        if country.code == "US" && is_free(&FIRST_US_NUMBER.to_owned()) {
            return Some(FIRST_US_NUMBER.to_owned());
        }
        let mut drawn = (0..ATTEMPTS).map(|_| format!("{}{}", country.prefix, ids.digits(country.digits)));
        drawn.find(is_free)
    }

    fn place(&self, id: &str) -> Result<usize, Refusal> {
        let place = id.parse().ok().and_then(|id: u64| usize::try_from(id.checked_sub(FIRST_NUMBER)?).ok());
        place.filter(|place| *place < self.numbers.len()).ok_or_else(not_found)
    }
}

fn not_found() -> Refusal {
    Refusal::new(404, "Number not found.")
}

fn digits(phone: &str) -> &str {
    phone.strip_prefix('+').unwrap_or(phone)
}
