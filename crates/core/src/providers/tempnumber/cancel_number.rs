//! `POST /numbers/{number_id}/cancel`: give a number up.

use super::number::read_number;
use super::{Number, TempNumber};
use crate::draft::Draft;
use crate::error::Result;
use crate::id::Id;
use crate::operation::{Endpoint, Operation};
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Give a number up: it receives no more SMS. No refund is documented. The page does not say what the answer holds; the
/// `id` is given in any case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CancelNumber {
    /// `id` of a number that `tempnumber.list_numbers` gives.
    pub number_id: Id,
}

impl Operation for CancelNumber {
    type Provider = TempNumber;
    type Output = Number;
    const ENDPOINT: Endpoint = Endpoint::post("tempnumber.cancel_number", "/numbers/{number_id}/cancel");

    fn encode(&self, _: &TempNumber, draft: &mut Draft) -> Result<()> {
        draft.fill("number_id", self.number_id.as_str())
    }

    fn decode(&self, _: &TempNumber, reply: &Reply<'_>) -> Result<Number> {
        read_number(reply, Some(&self.number_id))
    }
}
