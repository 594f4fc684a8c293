//! `POST /activeNumbers/{phone_number}/emergencyAddress:deprovision`: take a number's emergency address away.

use super::Sinch;
use crate::draft::Draft;
use crate::error::Result;
use crate::operation::{Endpoint, Operation};
use crate::phone::PhoneNumber;
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Take a number's emergency address away. v1 only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct DeprovisionEmergencyAddress {
    /// Of which number.
    pub phone_number: PhoneNumber,
}

/// That it is gone; Sinch says nothing else.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Deprovisioned {}

impl Operation for DeprovisionEmergencyAddress {
    type Provider = Sinch;
    type Output = Deprovisioned;
    const ENDPOINT: Endpoint = Endpoint::post(
        "sinch.deprovision_emergency_address",
        "/{version}/projects/{project_id}/activeNumbers/{phone_number}/emergencyAddress:deprovision",
    )
    .beyond_seed();

    fn encode(&self, provider: &Sinch, draft: &mut Draft) -> Result<()> {
        provider.needs_v1()?;
        draft.fill("phone_number", self.phone_number.as_str())
    }

    fn decode(&self, _: &Sinch, reply: &Reply<'_>) -> Result<Deprovisioned> {
        if reply.is_empty() { Ok(Deprovisioned {}) } else { reply.json() }
    }
}
