//! A number of one's own, whoever sold it.

use super::native::Native;
use super::price::{Price, Term};
use crate::call::Call;
use crate::error::{Error, Result};
use crate::id::{Id, open_enum};
use crate::phone::PhoneNumber;
use crate::time::Timestamp;
use crate::wire::record::Deserialize;
use serde::Serialize;

open_enum! {
    /// What kind of number it is.
    NumberKind {
        /// Of a mobile network.
        Mobile = "mobile",
        /// Of a place; a landline.
        Local = "local",
        /// Of a whole country.
        National = "national",
        /// Free for who calls.
        TollFree = "toll_free",
        /// On the internet; some services refuse such numbers.
        Voip = "voip",
    }
}

open_enum! {
    /// What a number can do.
    NumberCapability {
        /// Texts.
        Sms = "sms",
        /// Pictures.
        Mms = "mms",
        /// Calls.
        Voice = "voice",
    }
}

open_enum! {
    /// How far along a number is.
    NumberStatus {
        /// Bought, and not yet of use.
        Pending = "pending",
        /// In use.
        Active = "active",
        /// In use, and no message has come yet.
        AwaitingMessage = "awaiting_message",
        /// In use, and its message is there.
        MessageReceived = "message_received",
        /// Over, as it was meant to be.
        Completed = "completed",
        /// Given up, and still there until what was paid for ends.
        Releasing = "releasing",
        /// Given up.
        Released = "released",
        /// Given up before its time.
        Cancelled = "cancelled",
        /// Over, and the money returned.
        Refunded = "refunded",
        /// Its time is over.
        Expired = "expired",
        /// It could not be set up.
        Failed = "failed",
        /// The provider does not say.
        Unknown = "unknown",
    }
}

impl NumberStatus {
    /// Nothing will ever come of it again.
    pub const fn is_over(&self) -> bool {
        matches!(
            self,
            Self::Completed | Self::Released | Self::Cancelled | Self::Refunded | Self::Expired | Self::Failed
        )
    }

    /// It can be used now.
    pub const fn is_active(&self) -> bool {
        matches!(self, Self::Active | Self::AwaitingMessage | Self::MessageReceived)
    }
}

/// A number of one's own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Number {
    /// For `trunkline.get_number`, `trunkline.messages`, `trunkline.release` and the rest, in this process or another: the
    /// account's name, a colon, and how the provider names it.
    pub id: Id,
    /// Whose account it is on.
    pub account: String,
    /// `rentnumber`
    pub provider: String,
    /// How the provider names it.
    pub native_id: Id,
    /// Absent while it is still being allocated.
    pub phone_number: Option<PhoneNumber>,
    /// ISO 3166-1 alpha-2, where the provider says.
    pub country: Option<String>,
    /// What kind of number it is, where the provider says.
    pub kind: Option<NumberKind>,
    /// What it can do.
    pub capabilities: Vec<NumberCapability>,
    /// How far along it is.
    pub status: NumberStatus,
    /// The provider's own word for it, where it has one.
    pub native_status: Option<String>,
    /// What it cost, and goes on to cost.
    pub price: Price,
    /// For how long it is one's own.
    pub term: Term,
    /// When it was bought, where the provider says.
    pub created_at: Option<Timestamp>,
    /// When it ends, where it does.
    pub expires_at: Option<Timestamp>,
    /// When it is charged next, where the provider says.
    pub next_charge_at: Option<Timestamp>,
    /// The provider's own record of it.
    pub native: Native,
}

impl Number {
    /// A number of which only this is known.
    pub(crate) fn new(call: &Call, native_id: &str, status: NumberStatus, term: Term, native: &impl Serialize) -> Self {
        let account = call.session.account.clone();
        Self {
            id: format!("{account}:{native_id}").into(),
            account,
            provider: call.session.provider.facts().slug.to_owned(),
            native_id: native_id.into(),
            phone_number: None,
            country: None,
            kind: None,
            capabilities: Vec::new(),
            status,
            native_status: None,
            price: Price::default(),
            term,
            created_at: None,
            expires_at: None,
            next_charge_at: None,
            native: Native::of(native),
        }
    }
}

/// How a provider names a number that goes by the number itself.
pub(crate) fn native_phone_number(native_id: &str) -> Result<PhoneNumber> {
    native_id.parse().map_err(|problem| Error::invalid_input("number", format!("{problem}")))
}
