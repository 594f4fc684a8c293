//! `GET /numbers/{number_id}/sms`: one number, and the SMS it received.

use super::guess::Rows;
use super::number::read_number;
use super::{Number, Sms, TempNumber};
use crate::draft::Draft;
use crate::error::Result;
use crate::id::Id;
use crate::operation::{Endpoint, Operation};
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Read one number and the SMS it received. The only way to read one number: TempNumber has no other. Sixty requests a
/// minute are allowed in all, so that looking every two seconds takes half of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListNumberSms {
    /// `id` of a number that `tempnumber.list_numbers` gives.
    pub number_id: Id,
}

/// A number and the SMS it received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct NumberSms {
    /// The number.
    pub number: Number,
    /// What it received, newest first.
    pub sms: Vec<Sms>,
}

impl Operation for ListNumberSms {
    type Provider = TempNumber;
    type Output = NumberSms;
    const ENDPOINT: Endpoint = Endpoint::get("tempnumber.list_number_sms", "/numbers/{number_id}/sms");

    fn encode(&self, _: &TempNumber, draft: &mut Draft) -> Result<()> {
        draft.fill("number_id", self.number_id.as_str())
    }

    fn decode(&self, _: &TempNumber, reply: &Reply<'_>) -> Result<NumberSms> {
        let Rows(sms) = reply.json::<Rows<Sms>>()?;
        let sms = sms.into_iter().map(|sms| sms.in_zone(reply.utc_offset)).collect();
        Ok(NumberSms { number: read_number(reply, Some(&self.number_id))?, sms })
    }
}
