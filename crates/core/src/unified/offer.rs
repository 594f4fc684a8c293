//! Something that can be bought, whoever sells it.

use super::native::Native;
use super::number::{NumberCapability, NumberKind};
use super::price::{Price, Term};
use crate::call::Call;
use crate::erased::AnyOperation;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::operation::Operation;
use crate::phone::PhoneNumber;
use crate::purchase::how_many;
use crate::registry;
use crate::time::Timestamp;
use crate::wire::record::Deserialize;
use crate::wire::writer::to_text;
use crate::wire::{base64, json};
use serde::Serialize;

/// Something that can be bought. It may be kept, and bought in another process or host: all that a purchase needs is in its
/// `id`. Nothing holds it until it is bought, unless it was reserved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Offer {
    /// For `trunkline.buy`, `trunkline.quote` and `trunkline.reserve`. Opaque, and longer than ids are; it holds no secret.
    pub id: Id,
    /// Which account would buy it.
    pub account: String,
    /// `rentnumber`
    pub provider: String,
    /// The number, where it is one that can be chosen; else the provider chooses.
    pub phone_number: Option<PhoneNumber>,
    /// ISO 3166-1 alpha-2, where the provider says.
    pub country: Option<String>,
    /// What kind of number it is, where the provider says.
    pub kind: Option<NumberKind>,
    /// What it can do.
    pub capabilities: Vec<NumberCapability>,
    /// The one service whose messages it is for; absent where it is for any.
    pub service: Option<String>,
    /// For how long it would be one's own.
    pub term: Term,
    /// What it costs.
    pub price: Price,
    /// How many of it there are, where the provider says.
    pub stock: Option<u64>,
    /// Until when it is held, where it was reserved.
    pub expires_at: Option<Timestamp>,
    /// The provider's own record of it.
    pub native: Native,
}

impl Offer {
    /// An offer of which only this is known: bought by that purchase.
    pub(crate) fn new<O: Operation>(
        call: &Call,
        purchase: &O,
        term: Term,
        price: Price,
        native: &impl Serialize,
    ) -> Self {
        let account = call.session.account.clone();
        let provider = call.session.provider.facts().slug;
        let ticket = Ticket {
            account: account.clone(),
            operation: O::ENDPOINT.id.to_owned(),
            params: to_text(purchase),
            service: None,
            country: None,
            price: price.clone(),
            expires_at: None,
        };
        Self {
            id: ticket.to_id(),
            account,
            provider: provider.to_owned(),
            phone_number: None,
            country: None,
            kind: None,
            capabilities: Vec::new(),
            service: None,
            term,
            price,
            stock: None,
            expires_at: None,
            native: Native::of(native),
        }
    }

    /// The same offer, with what it is found by when it is quoted again in its id.
    pub(crate) fn found_by(mut self, country: Option<&str>, service: Option<&str>) -> Self {
        if let Ok(mut ticket) = Ticket::read(&self.id) {
            ticket.country = country.map(str::to_owned);
            ticket.service = service.map(str::to_owned);
            self.id = ticket.to_id();
        }
        self
    }

    pub(crate) fn of_country(self, country: String) -> Self {
        Self { country: Some(country), ..self }
    }

    /// The same offer, held until then.
    pub(crate) fn held_until(mut self, until: Timestamp) -> Self {
        if let Ok(mut ticket) = Ticket::read(&self.id) {
            ticket.expires_at = Some(until);
            self.id = ticket.to_id();
        }
        self.expires_at = Some(until);
        self
    }
}

/// What is in an offer's id: the purchase that it stands for, and how it is found again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Ticket {
    pub(crate) account: String,
    /// `rentnumber.rent`
    pub(crate) operation: String,
    /// The operation's parameters, as JSON text.
    pub(crate) params: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) service: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) country: Option<String>,
    pub(crate) price: Price,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) expires_at: Option<Timestamp>,
}

impl Ticket {
    /// In letters, digits, `-` and `_`: a shell and a URL take it as it is.
    fn to_id(&self) -> Id {
        let text = base64::encode(to_text(self).as_bytes());
        text.trim_end_matches('=').replace('+', "-").replace('/', "_").into()
    }

    pub(crate) fn read(id: &Id) -> Result<Self> {
        let standard = id.as_str().replace('-', "+").replace('_', "/");
        let text = base64::decode(&standard).and_then(|bytes| String::from_utf8(bytes).ok());
        text.and_then(|text| json::read(&text).ok()).ok_or_else(|| {
            Error::invalid_input("offers", "this is no offer's id: give the id of one that trunkline.search has found")
        })
    }

    /// The purchase of that provider's numbers; nothing else that may stand there.
    pub(crate) fn purchase(&self, buying: &str) -> Result<Box<dyn AnyOperation>> {
        let entry = registry::find(&self.operation)?;
        match &entry.purchase {
            // Only one number was offered: what is written by hand may name more.
            Some(purchase) if entry.endpoint.id == buying && how_many(&self.params) == 1 => {
                (purchase.parse)(&self.params)
            }
            _ => {
                Err(Error::invalid_input("offers", "this offer was made by another version, or by hand: search again"))
            }
        }
    }

    /// The purchase's parameters as what they are.
    pub(crate) fn params<'a, T: Deserialize<'a>>(&'a self) -> Result<T> {
        json::read(&self.params).map_err(|_| {
            Error::invalid_input("offers", "this offer was made by another version, or by hand: search again")
        })
    }
}
