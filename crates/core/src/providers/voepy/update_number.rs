//! `PATCH /v1/numbers/{id}`: change the settings of a number.

use super::number::read_number_after;
use super::{InboundCallScreening, NumberAfter, Voepy, check_length};
use crate::draft::Draft;
use crate::error::Result;
use crate::id::{Change, Id};
use crate::operation::{Endpoint, Operation};
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Change the settings of a number; what is left out stays as it is. A number that is still pending is refused as
/// `not_ready`: try again when it is active.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateNumber {
    /// Which: `id` of a number that `voepy.list_numbers` gives.
    pub number_id: Id,
    /// A tag of one's own, of 120 characters at most; also Voepy's staff sees it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub customer_reference: Option<String>,
    /// Whether callers' names are looked up; each call then costs more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cnam_lookup_enabled: Option<bool>,
    /// The name that is shown to those who are called, where that is supported; of 15 characters at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cnam_display_name: Option<String>,
    /// Whether SIP signalling has the technical prefix; most leave it off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tech_prefix_enabled: Option<bool>,
    /// What is done about suspicious calls.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub inbound_call_screening: Option<InboundCallScreening>,
    /// Whether it has the tenant's messaging profile, and so can send and receive SMS. (No call is documented that reads
    /// them.)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub messaging_enabled: Option<bool>,
    /// The connection it belongs to; `null` detaches it.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub connection_id: Change<Id>,
}

/// Everything but the id, which is in the path.
#[derive(Serialize)]
struct Wire<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    customer_reference: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cnam_lookup_enabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cnam_display_name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tech_prefix_enabled: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    inbound_call_screening: Option<&'a InboundCallScreening>,
    #[serde(skip_serializing_if = "Option::is_none")]
    messaging_enabled: Option<bool>,
    #[serde(skip_serializing_if = "Change::is_keep")]
    connection_id: Change<Id>,
}

impl Operation for UpdateNumber {
    type Provider = Voepy;
    type Output = NumberAfter;
    const ENDPOINT: Endpoint = Endpoint::patch("voepy.update_number", "/v1/numbers/{number_id}");

    fn encode(&self, _: &Voepy, draft: &mut Draft) -> Result<()> {
        check_length("customer_reference", self.customer_reference.as_deref(), 120)?;
        check_length("cnam_display_name", self.cnam_display_name.as_deref(), 15)?;
        draft.fill("number_id", self.number_id.as_str())?;
        draft.json(&Wire {
            customer_reference: self.customer_reference.as_deref(),
            cnam_lookup_enabled: self.cnam_lookup_enabled,
            cnam_display_name: self.cnam_display_name.as_deref(),
            tech_prefix_enabled: self.tech_prefix_enabled,
            inbound_call_screening: self.inbound_call_screening.as_ref(),
            messaging_enabled: self.messaging_enabled,
            connection_id: self.connection_id.clone(),
        });
        Ok(())
    }

    fn decode(&self, _: &Voepy, reply: &Reply<'_>) -> Result<NumberAfter> {
        read_number_after(reply)
    }
}
