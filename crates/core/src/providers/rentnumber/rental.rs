//! What is rented.

use super::naira;
use crate::id::{Id, open_enum};
use crate::money::Money;
use crate::phone::PhoneNumber;
use crate::time::{Timestamp, UtcOffset};
use crate::wait::Progress;
use crate::wire::record::Deserialize;
use serde::Serialize;

open_enum! {
    /// How far along a rental is. The page lists the words without saying how they follow each other.
    RentalStatus {
        /// The number is still being allocated.
        Pending = "pending",
        /// No SMS yet.
        Waiting = "waiting",
        /// The SMS is there.
        Received = "received",
        /// Over, with an SMS.
        Completed = "completed",
        /// Cancelled.
        Cancelled = "cancelled",
        /// Over, without an SMS.
        Expired = "expired",
        /// Cancelled or over, and the money returned.
        Refunded = "refunded",
    }
}

impl RentalStatus {
    pub(super) fn progress(&self) -> Progress {
        match self {
            Self::Received | Self::Completed => Progress::Settled,
            Self::Cancelled | Self::Expired | Self::Refunded => Progress::Ended(self.to_string()),
            Self::Pending | Self::Waiting | Self::Other(_) => Progress::Waiting(self.to_string()),
        }
    }
}

/// A number rented for one service, and the SMS it received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Rental {
    /// For `rentnumber.get_rental` and `rentnumber.cancel_rental`.
    pub rental_id: Id,
    /// Absent while it is still being allocated. (`phone` at RentNumber.)
    #[serde(alias = "phone")]
    pub phone_number: Option<PhoneNumber>,
    /// How far along it is.
    pub status: RentalStatus,
    /// The code that RentNumber found in the SMS; an SMS can be there without one.
    #[serde(default, deserialize_with = "empty_is_none")]
    pub code: Option<String>,
    /// The SMS.
    #[serde(default, deserialize_with = "empty_is_none")]
    pub sms: Option<String>,
    /// What it cost, in naira.
    #[serde(deserialize_with = "naira")]
    pub cost: Money,
    /// Absent in the answer to `rentnumber.rent`. Written without a zone: read in the account's `utc_offset`.
    pub created_at: Option<Timestamp>,
    /// When it ends. Written without a zone by `rentnumber.get_rental`: read in the account's `utc_offset`.
    pub expires_at: Option<Timestamp>,
}

impl Rental {
    pub(super) fn in_zone(mut self, offset: UtcOffset) -> Self {
        self.created_at = self.created_at.map(|at| at.in_zone(offset));
        self.expires_at = self.expires_at.map(|at| at.in_zone(offset));
        self
    }
}

/// While waiting, `code` and `sms` may be absent, null or empty.
fn empty_is_none<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    let text = <Option<crate::wire::json::Text<'de>>>::deserialize(deserializer)?;
    Ok(text.map(|text| text.0.into_owned()).filter(|text| !text.is_empty()))
}
