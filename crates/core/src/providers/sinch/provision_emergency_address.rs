//! `POST /activeNumbers/{phone_number}/emergencyAddress:provision`: say where a number calls for help from. Charged.

use super::get_number::unless_absent;
use super::{EmergencyAddress, GetEmergencyAddress, PostalAddress, Sinch, emergency_address};
use crate::call::{Call, Found};
use crate::draft::Draft;
use crate::error::Result;
use crate::operation::{BoxFuture, Endpoint, Operation, Recovery};
use crate::phone::PhoneNumber;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Give a number an emergency address. Spends: when the answer is lost, the number's address is read, several times, and
/// that it has become this one is the answer; it is never sent again. If it was this one before, nothing can tell. v1 only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ProvisionEmergencyAddress {
    /// Which number.
    pub phone_number: PhoneNumber,
    /// Who calls, for those who help.
    pub display_name: String,
    /// Where from. `sinch.validate_emergency_address` says whether it will do.
    pub address: PostalAddress,
}

impl Operation for ProvisionEmergencyAddress {
    type Provider = Sinch;
    type Output = EmergencyAddress;
    const ENDPOINT: Endpoint = Endpoint::post(
        "sinch.provision_emergency_address",
        "/{version}/projects/{project_id}/activeNumbers/{phone_number}/emergencyAddress:provision",
    )
    .spends(Recovery::LookAndSettle)
    .beyond_seed();

    fn encode(&self, provider: &Sinch, draft: &mut Draft) -> Result<()> {
        draft.fill("phone_number", self.phone_number.as_str())?;
        emergency_address::write(provider, draft, &self.display_name, &self.address)
    }

    /// The number's address, if it is this one: what was not there before the purchase and is there after it.
    fn look<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Vec<Found<EmergencyAddress>>>> {
        Box::pin(async move {
            let get = GetEmergencyAddress { phone_number: self.phone_number.clone() };
            let there = unless_absent(call.read(&get).await)?.filter(|answer| answer.value.is(&self.address));
            let found = |answer| Found {
                id: format!("emergency address of {}", self.phone_number),
                at: None,
                no_later_than: None,
                answer,
            };
            Ok(there.map(found).into_iter().collect())
        })
    }
}
