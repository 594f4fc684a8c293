//! The pool and what has been bought from it: buy, cancel, and what time does to a rental.

use super::account::Account;
use super::parameters::Parameters;
use super::refusal::{Refusal, code_and_label};
use super::rental::{Rental, buy_back_end};
use super::settings::Settings;
use super::stock::{self, Number, Place};
use super::{API_KEY, document::Value};
use crate::time::Time;
use std::collections::BTreeMap;

/// Every number, wherever it is.
#[derive(Debug)]
pub(super) struct Numbers {
    all: Vec<Number>,
}

/// As the SDKs' fixtures have it, word for word.
const REGULATED: &str = "Numbers from this country can be requested from the Dashboard \
    (https://dashboard.nexmo.com/buy-numbers) as they require a valid local address to be provided before being \
    purchased.";

impl Numbers {
    pub(super) fn new() -> Self {
        Self { all: stock::fill() }
    }

    /// What can be bought.
    pub(super) fn pool(&self) -> impl Iterator<Item = &Number> {
        self.all.iter().filter(|number| matches!(number.place, Place::Pool))
    }

    /// What is ours.
    pub(super) fn owned(&self) -> impl Iterator<Item = (&Number, &Rental)> {
        self.all.iter().filter_map(|number| number.rental().map(|rental| (number, rental)))
    }

    /// `POST /number/buy`. Who cannot pay is told the same as who asks for somebody else's number.
    pub(super) fn buy(
        &mut self,
        parameters: &Parameters,
        settings: &Settings,
        account: &mut Account,
        now: Time,
    ) -> Result<Value, Refusal> {
        let (country, msisdn) = addressed(parameters)?;
        if settings.trial_account {
            return Err(Refusal::authentication_failed());
        }
        if settings.regulated_countries.contains(&country) {
            return Err(Refusal::failed(420, REGULATED));
        }
        let number = self.all.iter_mut().find(|number| number.msisdn == msisdn && number.country == country);
        let number = number.ok_or_else(Refusal::method_failed)?;
        let free = number.rental().is_none() && !settings.sold_meanwhile.contains(&msisdn);
        if !free || !account.pay(number.cost) {
            return Err(Refusal::method_failed());
        }
        number.place = Place::Owned(Rental::new(now));
        Ok(code_and_label(200, "success"))
    }

    /// `POST /number/cancel`. Nothing is refunded.
    pub(super) fn cancel(&mut self, parameters: &Parameters, settings: &Settings) -> Result<Value, Refusal> {
        let (country, msisdn) = addressed(parameters)?;
        let number = self.all.iter_mut().find(|number| number.msisdn == msisdn && number.country == country);
        match number.map(|number| &mut number.place) {
            Some(Place::Owned(rental)) if settings.cancel_at_period_end && !rental.cancelled => rental.cancelled = true,
            Some(place @ Place::Owned(_)) if !settings.cancel_at_period_end => *place = Place::Pool,
            _ => return Err(Refusal::method_failed()),
        }
        Ok(code_and_label(200, "success"))
    }

    /// The rental of a number of ours, to be changed.
    pub(super) fn owned_mut(&mut self, country: &str, msisdn: &str) -> Option<&mut Rental> {
        let mut matching = self.all.iter_mut().filter(|number| number.msisdn == msisdn && number.country == country);
        matching.find_map(|number| match &mut number.place {
            Place::Owned(rental) => Some(rental),
            Place::Pool | Place::Lapsed { .. } => None,
        })
    }

    /// Renewals in the order in which they fall due, then the end of buy-back windows.
    pub(super) fn advance(&mut self, now: Time, settings: &Settings, account: &mut Account) {
        while let Some((at, number)) = self.next_due(now, settings) {
            let cost = number.cost;
            match &mut number.place {
                Place::Owned(rental) if rental.cancelled => number.place = Place::Pool,
                Place::Owned(rental) if account.pay_renewal(cost) => rental.renew(),
                place => *place = Place::Lapsed { until: buy_back_end(at, settings) },
            }
        }
        for number in &mut self.all {
            if matches!(number.place, Place::Lapsed { until } if until <= now) {
                number.place = Place::Pool;
            }
        }
    }

    fn next_due(&mut self, now: Time, settings: &Settings) -> Option<(Time, &mut Number)> {
        let due = |number: &Number| number.rental()?.due(settings).filter(|at| *at <= now);
        let dated = self.all.iter_mut().filter_map(|number| due(number).map(|at| (at, number)));
        dated.min_by_key(|(at, _)| *at)
    }

    /// How many numbers of each country are in the pool.
    pub(super) fn stock(&self) -> BTreeMap<&'static str, usize> {
        let mut counts = BTreeMap::new();
        for number in self.pool() {
            *counts.entry(number.country).or_default() += 1;
        }
        counts
    }
}

/// Which number a write is about. `target_api_key` may name this account; it has no subaccounts.
pub(super) fn addressed(parameters: &Parameters) -> Result<(String, String), Refusal> {
    let country = parameters.country()?;
    let msisdn = parameters.digits("msisdn")?;
    match parameters.get("target_api_key") {
        Some(key) if key != API_KEY => Err(Refusal::method_failed()),
        _ => Ok((country, msisdn)),
    }
}
