//! `GET /availableNumbers/{phone_number}`: whether one number can be rented, and for how much.

use super::{AvailableNumber, Sinch};
use crate::draft::Draft;
use crate::error::Result;
use crate::operation::{Endpoint, Operation};
use crate::phone::PhoneNumber;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Read one number that can be rented; it is out of stock when it cannot. v1 only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GetAvailable {
    /// Which.
    pub phone_number: PhoneNumber,
}

impl Operation for GetAvailable {
    type Provider = Sinch;
    type Output = AvailableNumber;
    const ENDPOINT: Endpoint =
        Endpoint::get("sinch.get_available", "/{version}/projects/{project_id}/availableNumbers/{phone_number}")
            .beyond_seed();

    fn encode(&self, provider: &Sinch, draft: &mut Draft) -> Result<()> {
        provider.needs_v1()?;
        draft.fill("phone_number", self.phone_number.as_str())
    }
}
