//! What time does by itself: activations, fees, expiries, ports.

use super::call::{Market, Tenant};
use super::inventory::{Availability, Offer};
use super::ledger::{next_month, prorated};
use super::numbers::{PhoneNumber, Status};
use super::porting::PortingStatus;
use super::settings::Settings;
use super::webhooks::Event;
use crate::provider::Ids;
use crate::time::Time;
use serde_json::json;

impl Market {
    pub(super) fn advance(&mut self, now: Time) {
        self.reservations.retain(|reservation| reservation.expires_at > now);
        for offer in &mut self.offers {
            if matches!(offer.availability, Availability::Quarantined(until) if until <= now) {
                offer.availability = Availability::Free;
            }
        }
    }

    /// A ported number may be none of ours: then nothing happens.
    pub(super) fn quarantine(&mut self, number: &str, until: Time) {
        self.set_availability(number, Availability::Quarantined(until));
    }

    fn set_availability(&mut self, number: &str, availability: Availability) {
        if let Some(offer) = self.offers.iter_mut().find(|offer| offer.phone_number == number) {
            offer.availability = availability;
        }
    }

    fn is_owned(&self, number: &str) -> bool {
        let owned = |offer: &&Offer| offer.availability == Availability::Owned;
        self.offers.iter().filter(owned).any(|offer| offer.phone_number == number)
    }
}

impl Tenant {
    pub(super) fn advance(&mut self, market: &mut Market, now: Time, ids: &mut Ids, settings: &Settings) {
        self.replays.forget_expired(now);
        self.activate(market, now, ids, settings);
        self.port(market, now, ids, settings);
        if settings.monthly_fees {
            self.take_monthly_fees(now);
        }
    }

    fn activate(&mut self, market: &mut Market, now: Time, ids: &mut Ids, settings: &Settings) {
        let mut completed = Vec::new();
        for number in &mut self.numbers {
            if number.status != Status::Pending || number.activation_due_at > now {
                continue;
            }
            if settings.failing_numbers.contains(&number.e164) {
                number.status = Status::Failed;
                self.ledger.balance_cents += number.activation_cents;
                market.set_availability(&number.e164, Availability::Free);
            } else {
                number.activate(number.activation_due_at);
                completed.push(Event {
                    event_type: "number_order.completed".to_owned(),
                    resource_id: number.id.clone(),
                    data: json!({"status": "completed", "numbers": [number.resource()]}),
                    scope: number.connection_id.clone(),
                    at: number.activation_due_at,
                });
            }
        }
        completed.iter().for_each(|event| self.announce(event, ids, settings));
    }

    fn port(&mut self, market: &mut Market, now: Time, ids: &mut Ids, settings: &Settings) {
        for at in 0..self.porting_orders.len() {
            while let Some((next, delay)) = self.porting_orders[at].status.next(settings) {
                let due = self.porting_orders[at].updated_at.after(delay);
                if due > now {
                    break;
                }
                self.move_port(at, next, due, market, ids, settings);
            }
        }
    }

    fn move_port(
        &mut self,
        at: usize,
        next: PortingStatus,
        due: Time,
        market: &mut Market,
        ids: &mut Ids,
        settings: &Settings,
    ) {
        let order = &mut self.porting_orders[at];
        let taken = order.phone_numbers.iter().any(|number| market.is_owned(number));
        order.status = match next {
            PortingStatus::Completed if taken => PortingStatus::Exception,
            next => next,
        };
        order.updated_at = due;
        if order.status == PortingStatus::FocScheduled {
            order.foc_at = order.status.next(settings).map(|(_, delay)| due.after(delay));
        }
        let (resource_id, data, status) = (order.id.clone(), order.resource(), order.status);
        let arrived = order.phone_numbers.clone();
        if status == PortingStatus::Completed {
            for number in arrived {
                market.set_availability(&number, Availability::Owned);
                market.end_reservation(&number);
                self.numbers.push(ported(ids.uuid(), number, due, settings));
            }
        }
        let event_type = format!("porting_order.{}", status.name());
        self.announce(&Event { event_type, resource_id, data, scope: None, at: due }, ids, settings);
    }

    /// Billed on the 1st; the first month is prorated and taken with the second. A fee is owed even without funds.
    fn take_monthly_fees(&mut self, now: Time) {
        for number in &mut self.numbers {
            while let Some(due) = number.next_fee_at.filter(|&due| due <= now) {
                let first = number.activated_at.filter(|&since| next_month(since) == due);
                let ended = number.released_at.is_some_and(|at| at < due);
                let arrears = first.map_or(0, |since| prorated(number.monthly_cents, since));
                let advance = if ended { 0 } else { number.monthly_cents };
                if arrears + advance > 0 {
                    self.ledger.balance_cents -= arrears + advance;
                    self.ledger.monthly_charges += 1;
                }
                // At the end of the calendar the next month is this one.
                number.next_fee_at = (!ended).then(|| next_month(due)).filter(|&next| next > due);
            }
        }
    }
}

fn ported(id: String, e164: String, at: Time, settings: &Settings) -> PhoneNumber {
    let offer = Offer {
        phone_number: e164,
        country_code: "US",
        region: None,
        locality: None,
        national_destination_code: "",
        number_type: "local",
        capabilities: &["voice", "sms"],
        activation_fee_cents: 0,
        monthly_fee_cents: settings.porting.monthly_cents,
        availability: Availability::Owned,
    };
    let mut number = PhoneNumber::ordered(id, &offer, at, settings);
    number.activate(at);
    number
}
