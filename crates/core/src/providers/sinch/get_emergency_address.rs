//! `GET /activeNumbers/{phone_number}/emergencyAddress`: where a number calls for help from.

use super::{EmergencyAddress, Sinch};
use crate::draft::Draft;
use crate::error::Result;
use crate::operation::{Endpoint, Operation};
use crate::phone::PhoneNumber;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Read the emergency address of a number. v1 only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GetEmergencyAddress {
    /// Of which number.
    pub phone_number: PhoneNumber,
}

impl Operation for GetEmergencyAddress {
    type Provider = Sinch;
    type Output = EmergencyAddress;
    const ENDPOINT: Endpoint = Endpoint::get(
        "sinch.get_emergency_address",
        "/{version}/projects/{project_id}/activeNumbers/{phone_number}/emergencyAddress",
    )
    .beyond_seed();

    fn encode(&self, provider: &Sinch, draft: &mut Draft) -> Result<()> {
        provider.needs_v1()?;
        draft.fill("phone_number", self.phone_number.as_str())
    }
}
