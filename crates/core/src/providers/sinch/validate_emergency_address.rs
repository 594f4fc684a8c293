//! `POST /activeNumbers/{phone_number}/emergencyAddress:validate`: check an emergency address.

use super::active_number::unless_empty;
use super::{EmergencyAddress, PostalAddress, Sinch, ValidationResult, emergency_address};
use crate::draft::Draft;
use crate::error::Result;
use crate::operation::{Endpoint, Operation};
use crate::phone::PhoneNumber;
use crate::wire::json;
use crate::wire::record::Deserialize;
use serde::{Deserializer, Serialize};

/// Check whether an emergency address will do for a number, without giving it to the number. v1 only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ValidateEmergencyAddress {
    /// Which number.
    pub phone_number: PhoneNumber,
    /// Who calls, for those who help.
    pub display_name: String,
    /// Where from.
    pub address: PostalAddress,
}

/// What became of the check.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Validation {
    /// The number.
    #[serde(alias = "phoneNumber")]
    pub phone_number: Option<PhoneNumber>,
    /// Who calls.
    #[serde(alias = "displayName", default, deserialize_with = "unless_empty")]
    pub display_name: Option<String>,
    /// The address that was checked.
    #[serde(alias = "validatedAddress", default, deserialize_with = "unless_blank")]
    pub validated_address: Option<EmergencyAddress>,
    /// Whether it will do.
    #[serde(alias = "validationResult")]
    pub validation_result: ValidationResult,
    /// Why, for people: sentences with `|` between them.
    #[serde(alias = "validationMessage", default, deserialize_with = "unless_empty")]
    pub validation_message: Option<String>,
    /// The address as it should be; absent when there is none (Sinch writes one of empty texts).
    #[serde(alias = "correctedAddress", default, deserialize_with = "unless_blank")]
    pub corrected_address: Option<EmergencyAddress>,
    /// Addresses that may have been meant.
    #[serde(alias = "candidateAddresses", default, deserialize_with = "json::null_default")]
    pub candidate_addresses: Vec<EmergencyAddress>,
}

impl Operation for ValidateEmergencyAddress {
    type Provider = Sinch;
    type Output = Validation;
    const ENDPOINT: Endpoint = Endpoint::post(
        "sinch.validate_emergency_address",
        "/{version}/projects/{project_id}/activeNumbers/{phone_number}/emergencyAddress:validate",
    )
    .beyond_seed();

    fn encode(&self, provider: &Sinch, draft: &mut Draft) -> Result<()> {
        draft.fill("phone_number", self.phone_number.as_str())?;
        emergency_address::write(provider, draft, &self.display_name, &self.address)
    }
}

fn unless_blank<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<EmergencyAddress>, D::Error> {
    let address = <Option<EmergencyAddress>>::deserialize(deserializer)?;
    Ok(address.filter(|address| *address != EmergencyAddress::default()))
}
