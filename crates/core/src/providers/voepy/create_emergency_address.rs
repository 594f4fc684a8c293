//! `POST /v1/emergency-addresses`: register an address for emergency calls.

use super::Voepy;
use super::shapes::{Loose, read_one};
use crate::draft::Draft;
use crate::error::Result;
use crate::id::Id;
use crate::operation::{Endpoint, Operation};
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Register an address for emergency calls (911) in the US and Canada. A number without one refuses them. The call that
/// gives a number its address is mentioned on the page and not shown: only a request of one's own reaches it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CreateEmergencyAddress {
    /// House and street.
    pub street_address: String,
    /// Suite, floor or flat.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extended_address: Option<String>,
    /// City.
    pub locality: String,
    /// State or province, in short.
    pub administrative_area: String,
    /// ZIP or postal code.
    pub postal_code: String,
    /// `US` or `CA`.
    pub country_code: String,
}

/// A registered address. The page does not show the answer: names are assumed to be those of the parameters, and what is
/// not found is absent; the raw reply has all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct EmergencyAddress {
    /// Its id.
    pub id: Option<Id>,
    /// How far along it is, in Voepy's word.
    pub status: Option<String>,
    /// House and street.
    pub street_address: Option<String>,
    /// Suite, floor or flat.
    pub extended_address: Option<String>,
    /// City.
    pub locality: Option<String>,
    /// State or province.
    pub administrative_area: Option<String>,
    /// ZIP or postal code.
    pub postal_code: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country_code: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wire {
    id: Loose<Id>,
    emergency_address_id: Loose<Id>,
    status: Loose<String>,
    street_address: Loose<String>,
    extended_address: Loose<String>,
    locality: Loose<String>,
    administrative_area: Loose<String>,
    postal_code: Loose<String>,
    country_code: Loose<String>,
}

impl From<Wire> for EmergencyAddress {
    fn from(wire: Wire) -> Self {
        Self {
            id: wire.id.0.or(wire.emergency_address_id.0),
            status: wire.status.0,
            street_address: wire.street_address.0,
            extended_address: wire.extended_address.0,
            locality: wire.locality.0,
            administrative_area: wire.administrative_area.0,
            postal_code: wire.postal_code.0,
            country_code: wire.country_code.0,
        }
    }
}

impl Operation for CreateEmergencyAddress {
    type Provider = Voepy;
    type Output = EmergencyAddress;
    const ENDPOINT: Endpoint = Endpoint::post("voepy.create_emergency_address", "/v1/emergency-addresses");

    fn encode(&self, _: &Voepy, draft: &mut Draft) -> Result<()> {
        draft.json(self);
        Ok(())
    }

    fn decode(&self, _: &Voepy, reply: &Reply<'_>) -> Result<EmergencyAddress> {
        read_one::<Wire>(reply).map(EmergencyAddress::from)
    }
}
