//! `POST /numbers/{number_id}/renew`: extend a number. Debits the wallet.

use super::number::read_number;
use super::{Number, TempNumber};
use crate::draft::Draft;
use crate::error::Result;
use crate::id::{Id, open_enum};
use crate::operation::{Endpoint, Operation, Recovery};
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

open_enum! {
    /// For how long a number is extended. Words of its own: not declared to be those of a package's `duration`.
    RenewalPackage {
        /// A month.
        OneMonth = "oneMonth",
        /// Three months.
        ThreeMonths = "threeMonths",
        /// Six months.
        SixMonths = "sixMonths",
        /// A year.
        OneYear = "oneYear",
    }
}

impl RenewalPackage {
    /// How many months it is. The packages of a purchase have no declared words; those of a renewal do, and are used for both
    /// where they are known.
    pub(super) fn months(&self) -> Option<u32> {
        match self {
            Self::OneMonth => Some(1),
            Self::ThreeMonths => Some(3),
            Self::SixMonths => Some(6),
            Self::OneYear => Some(12),
            Self::Other(_) => None,
        }
    }
}

/// Extend a number. What it costs is not asked before: see `tempnumber.get_country_pricing`. Spends: a renewal whose answer
/// is lost is sent again under the same idempotency key, while TempNumber remembers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct RenewNumber {
    /// `id` of a number that `tempnumber.list_numbers` gives.
    pub number_id: Id,
    /// For how long; by default a month.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub package: Option<RenewalPackage>,
}

impl Operation for RenewNumber {
    type Provider = TempNumber;
    type Output = Number;
    const ENDPOINT: Endpoint =
        Endpoint::post("tempnumber.renew_number", "/numbers/{number_id}/renew").spends(Recovery::ResendUnderKey);

    fn encode(&self, _: &TempNumber, draft: &mut Draft) -> Result<()> {
        #[derive(Serialize)]
        struct Wire<'a> {
            #[serde(skip_serializing_if = "Option::is_none")]
            package: Option<&'a RenewalPackage>,
        }
        draft.fill("number_id", self.number_id.as_str())?;
        draft.json(&Wire { package: self.package.as_ref() });
        Ok(())
    }

    fn decode(&self, _: &TempNumber, reply: &Reply<'_>) -> Result<Number> {
        read_number(reply, Some(&self.number_id))
    }
}
