//! `GET /numbers`: the account's numbers.

use super::guess::Rows;
use super::{Number, TempNumber};
use crate::draft::Draft;
use crate::error::Result;
use crate::id::open_enum;
use crate::operation::{Endpoint, Operation};
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

open_enum! {
    /// Which numbers to list.
    NumberFilter {
        /// That receive SMS.
        Active = "active",
        /// That end soon. Whether `active` lists them as well is not documented.
        ExpiringSoon = "expiring_soon",
        /// Whose time is over.
        Expired = "expired",
        /// That were given up.
        Cancelled = "cancelled",
        /// All of them.
        All = "all",
    }
}

/// List the numbers on the account, newest first; no paging is documented.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListNumbers {
    /// Which; by default all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<NumberFilter>,
}

impl Operation for ListNumbers {
    type Provider = TempNumber;
    type Output = Vec<Number>;
    const ENDPOINT: Endpoint = Endpoint::get("tempnumber.list_numbers", "/numbers");

    fn encode(&self, _: &TempNumber, draft: &mut Draft) -> Result<()> {
        draft.query_option("status", self.status.as_ref());
        Ok(())
    }

    fn decode(&self, _: &TempNumber, reply: &Reply<'_>) -> Result<Vec<Number>> {
        let Rows(numbers) = reply.json::<Rows<Number>>()?;
        Ok(numbers.into_iter().map(|number| number.in_zone(reply.utc_offset)).collect())
    }
}
