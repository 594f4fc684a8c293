//! A number of one's own.

use super::shapes::{Cents, Dollars, read_one};
use crate::error::Result;
use crate::id::{Id, open_enum};
use crate::money::Money;
use crate::phone::PhoneNumber;
use crate::reply::Reply;
use crate::time::Timestamp;
use crate::wire::json;
use crate::wire::record::Deserialize;
use serde::Serialize;
use serde::de::IgnoredAny;

open_enum! {
    /// The kind of a number. It decides the price, and some kinds do not exist in some countries: see
    /// `voepy.search_available` before ordering.
    NumberType {
        /// Geographic; the cheapest, and available in most countries.
        Local = "local",
        /// US and Canada only; free for the caller, and its owner pays for both directions.
        TollFree = "toll_free",
        /// Of a whole country.
        National = "national",
        /// Needed in some countries before SMS works.
        Mobile = "mobile",
    }
}

open_enum! {
    /// How far along a number is.
    NumberStatus {
        /// Ordered and paid, not yet active: for seconds, sometimes minutes.
        Pending = "pending",
        /// In use.
        Active = "active",
        /// Given back; it stays in the list.
        Released = "released",
    }
}

open_enum! {
    /// What a number can do. (A search calls these `features`, a number `capabilities`.)
    Capability {
        /// Calls.
        Voice = "voice",
        /// SMS.
        Sms = "sms",
    }
}

open_enum! {
    /// What is done about incoming calls that look suspicious.
    InboundCallScreening {
        /// Nothing.
        Disabled = "disabled",
        /// They are marked in their headers.
        FlagCalls = "flag_calls",
        /// They are refused.
        RejectCalls = "reject_calls",
    }
}

/// A number of one's own. The settings at its end are those of `voepy.update_number`; the page says that they are shown
/// back, its example does not show them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Number {
    /// For `voepy.update_number` and `voepy.release_number`.
    pub id: Id,
    /// The number. (`e164` at Voepy; a search calls the same `phone_number`.)
    pub phone_number: PhoneNumber,
    /// ISO 3166-1 alpha-2.
    pub country_code: Option<String>,
    /// Its kind.
    pub number_type: Option<NumberType>,
    /// What it can do.
    pub capabilities: Vec<Capability>,
    /// How far along it is.
    pub status: NumberStatus,
    /// What it costs a month, from the first of a month to the next. (`monthly_price_cents_customer`)
    pub monthly_fee: Option<Money>,
    /// What the order cost, debited at once. (`activation_price_cents_customer`)
    pub activation_fee: Option<Money>,
    /// The connection it belongs to.
    pub connection_id: Option<Id>,
    /// When it was ordered.
    pub ordered_at: Option<Timestamp>,
    /// When it became active.
    pub activated_at: Option<Timestamp>,
    /// When it was given back.
    pub released_at: Option<Timestamp>,
    /// A tag of one's own.
    pub customer_reference: Option<String>,
    /// Whether callers' names are looked up; each costs.
    pub cnam_lookup_enabled: Option<bool>,
    /// The name that is shown to those who are called.
    pub cnam_display_name: Option<String>,
    /// Whether SIP signalling has the technical prefix.
    pub tech_prefix_enabled: Option<bool>,
    /// What is done about suspicious calls.
    pub inbound_call_screening: Option<InboundCallScreening>,
    /// Whether it has the tenant's messaging profile.
    pub messaging_enabled: Option<bool>,
}

/// What is known of a number after `voepy.update_number` or `voepy.release_number` was carried out.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NumberAfter {
    /// As it is now; absent where Voepy answers without it. (The page does not show these answers.)
    pub number: Option<Number>,
}

/// A number on the wire.
#[derive(Deserialize)]
pub(super) struct WireNumber {
    id: Id,
    e164: PhoneNumber,
    country_code: Option<String>,
    number_type: Option<NumberType>,
    #[serde(default, deserialize_with = "json::null_default")]
    capabilities: Vec<Capability>,
    status: NumberStatus,
    monthly_price_cents_customer: Option<Cents>,
    activation_price_cents_customer: Option<Cents>,
    #[serde(default, rename = "currency")]
    _currency: Dollars,
    connection_id: Option<Id>,
    ordered_at: Option<Timestamp>,
    activated_at: Option<Timestamp>,
    released_at: Option<Timestamp>,
    customer_reference: Option<String>,
    cnam_lookup_enabled: Option<bool>,
    cnam_display_name: Option<String>,
    tech_prefix_enabled: Option<bool>,
    inbound_call_screening: Option<InboundCallScreening>,
    messaging_enabled: Option<bool>,
}

impl From<WireNumber> for Number {
    fn from(wire: WireNumber) -> Self {
        Self {
            id: wire.id,
            phone_number: wire.e164,
            country_code: wire.country_code,
            number_type: wire.number_type,
            capabilities: wire.capabilities,
            status: wire.status,
            monthly_fee: wire.monthly_price_cents_customer.map(Money::from),
            activation_fee: wire.activation_price_cents_customer.map(Money::from),
            connection_id: wire.connection_id,
            ordered_at: wire.ordered_at,
            activated_at: wire.activated_at,
            released_at: wire.released_at,
            customer_reference: wire.customer_reference,
            cnam_lookup_enabled: wire.cnam_lookup_enabled,
            cnam_display_name: wire.cnam_display_name,
            tech_prefix_enabled: wire.tech_prefix_enabled,
            inbound_call_screening: wire.inbound_call_screening,
            messaging_enabled: wire.messaging_enabled,
        }
    }
}

/// Reads the number as it is now: with status 200 it may be there, with 202 or 204 perhaps nothing is.
pub(super) fn read_number_after(reply: &Reply<'_>) -> Result<NumberAfter> {
    #[derive(Deserialize)]
    struct Named {
        id: Option<IgnoredAny>,
        e164: Option<IgnoredAny>,
    }
    if reply.is_empty() {
        return Ok(NumberAfter::default());
    }
    let Named { id: Some(_), e164: Some(_) } = read_one(reply)? else { return Ok(NumberAfter::default()) };
    let number: WireNumber = read_one(reply)?;
    Ok(NumberAfter { number: Some(number.into()) })
}
