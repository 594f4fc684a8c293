//! `DELETE /v1/numbers/{id}`: give a number back.

use super::number::read_number_after;
use super::{NumberAfter, Voepy};
use crate::draft::Draft;
use crate::error::Result;
use crate::id::Id;
use crate::operation::{Endpoint, Operation};
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Give a number back. The monthly fee ends with the month, and no part of it comes back; `voepy.list_numbers` goes on
/// showing the number, as `released`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReleaseNumber {
    /// Which: `id` of a number that `voepy.list_numbers` gives.
    pub number_id: Id,
}

impl Operation for ReleaseNumber {
    type Provider = Voepy;
    type Output = NumberAfter;
    const ENDPOINT: Endpoint = Endpoint::delete("voepy.release_number", "/v1/numbers/{number_id}");

    fn encode(&self, _: &Voepy, draft: &mut Draft) -> Result<()> {
        draft.fill("number_id", self.number_id.as_str())
    }

    fn decode(&self, _: &Voepy, reply: &Reply<'_>) -> Result<NumberAfter> {
        read_number_after(reply)
    }
}
