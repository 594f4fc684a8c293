//! A number on the account.

use super::guess::Guess;
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::id::{Id, open_enum};
use crate::money::Money;
use crate::phone::PhoneNumber;
use crate::reply::Reply;
use crate::time::{Timestamp, UtcOffset};
use crate::wire::record::Deserialize;
use serde::de::Error as _;
use serde::{Deserializer, Serialize};

open_enum! {
    /// What kind of line a number is on.
    NumberType {
        /// On the internet; some services refuse such numbers.
        Voip = "voip",
        /// On a mobile network.
        NonVoip = "non_voip",
    }
}

open_enum! {
    /// How far along a number is. The words are those that `tempnumber.list_numbers` can filter by; that numbers carry them
    /// is assumed.
    NumberStatus {
        /// It receives SMS.
        Active = "active",
        /// It receives SMS, and ends soon; how soon is not documented.
        ExpiringSoon = "expiring_soon",
        /// Its time is over.
        Expired = "expired",
        /// It was given up.
        Cancelled = "cancelled",
    }
}

/// A number on the account. TempNumber documents no field of it: all but `id` is absent where the reply has it under no
/// name that is known here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Number {
    /// For `tempnumber.renew_number`, `tempnumber.cancel_number` and `tempnumber.list_number_sms`.
    pub id: Id,
    /// In E.164.
    pub phone_number: Option<PhoneNumber>,
    /// ISO 3166-1 alpha-2.
    pub country_code: Option<String>,
    /// The kind of line.
    pub number_type: Option<NumberType>,
    /// How far along it is.
    pub status: Option<NumberStatus>,
    /// The package that it was bought or renewed for.
    pub duration: Option<String>,
    /// What it cost, in US dollars unless the reply says otherwise.
    pub price: Option<Money>,
    /// When it was bought. A time written without a zone is read in the account's `utc_offset`.
    pub created_at: Option<Timestamp>,
    /// When it ends, unless it is renewed. A time written without a zone is read in the account's `utc_offset`.
    pub expires_at: Option<Timestamp>,
}

impl Number {
    pub(super) fn in_zone(mut self, offset: UtcOffset) -> Self {
        self.created_at = self.created_at.map(|at| at.in_zone(offset));
        self.expires_at = self.expires_at.map(|at| at.in_zone(offset));
        self
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Wire::deserialize(deserializer)?.into_number(None).ok_or_else(|| D::Error::missing_field("id"))
    }
}

/// Every name that a field may have.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Wire {
    id: Guess<Id>,
    #[serde(alias = "numberId")]
    number_id: Guess<Id>,
    #[serde(alias = "phoneNumber")]
    phone_number: Guess<PhoneNumber>,
    number: Guess<PhoneNumber>,
    phone: Guess<PhoneNumber>,
    #[serde(alias = "countryCode")]
    country_code: Guess<String>,
    country: Guess<String>,
    #[serde(alias = "numberType")]
    number_type: Guess<NumberType>,
    r#type: Guess<NumberType>,
    status: Guess<NumberStatus>,
    duration: Guess<Id>,
    package: Guess<Id>,
    price: Guess<Money>,
    cost: Guess<Money>,
    currency: Guess<String>,
    #[serde(alias = "createdAt")]
    created_at: Guess<Timestamp>,
    #[serde(alias = "purchasedAt")]
    purchased_at: Guess<Timestamp>,
    #[serde(alias = "expiresAt")]
    expires_at: Guess<Timestamp>,
    #[serde(alias = "expiryDate")]
    expiry_date: Guess<Timestamp>,
}

impl Wire {
    fn into_number(self, asked_for: Option<&Id>) -> Option<Number> {
        // A country may be given by its name.
        let country = Guess(self.country.0.filter(|country| country.len() == 2));
        Some(Number {
            id: self.id.or(self.number_id).0.or_else(|| asked_for.cloned())?,
            phone_number: self.phone_number.or(self.number).or(self.phone).0,
            country_code: self.country_code.or(country).0,
            number_type: self.number_type.or(self.r#type).0,
            status: self.status.0,
            duration: self.duration.or(self.package).into_text(),
            price: self.price.or(self.cost).into_price(self.currency),
            created_at: self.created_at.or(self.purchased_at).0,
            expires_at: self.expires_at.or(self.expiry_date).0,
        })
    }
}

/// The number that a reply is, or holds under `number`; the one that was asked for, where the reply does not say which.
pub(super) fn read_number(reply: &Reply<'_>, asked_for: Option<&Id>) -> Result<Number> {
    #[derive(Deserialize)]
    struct Holder {
        #[serde(default)]
        number: Guess<Wire>,
    }
    let held = reply.json::<Guess<Holder>>()?.0.and_then(|holder| holder.number.0);
    let wire = match held {
        Some(wire) => wire,
        None => reply.json::<Guess<Wire>>()?.0.unwrap_or_default(),
    };
    let number = wire
        .into_number(asked_for)
        .ok_or_else(|| Error::new(ErrorKind::Malformed, Delivery::Unknown, "missing field `id`"))?;
    Ok(number.in_zone(reply.utc_offset))
}
