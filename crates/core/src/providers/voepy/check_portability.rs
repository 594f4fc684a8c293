//! `GET /v1/numbers/portability-check`: whether numbers can be brought to Voepy.

use super::shapes::{Listed, Loose};
use super::{Voepy, check_phone_numbers, comma_list};
use crate::draft::Draft;
use crate::error::Result;
use crate::operation::{Endpoint, Operation};
use crate::phone::PhoneNumber;
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Check whether numbers can be ported from another carrier: the first step of porting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CheckPortability {
    /// Which.
    pub phone_numbers: Vec<PhoneNumber>,
}

/// Whether one number can be ported. The page does not show the answer: every name here is assumed, and what is not found
/// is absent; the raw reply has all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Portability {
    /// The number.
    pub phone_number: Option<PhoneNumber>,
    /// Whether it can be ported.
    pub portable: Option<bool>,
    /// Why not, in Voepy's words.
    pub reason: Option<String>,
    /// Who carries it now.
    pub carrier_name: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wire {
    phone_number: Loose<PhoneNumber>,
    e164: Loose<PhoneNumber>,
    portable: Loose<bool>,
    is_portable: Loose<bool>,
    reason: Loose<String>,
    not_portable_reason: Loose<String>,
    carrier_name: Loose<String>,
    carrier: Loose<String>,
    losing_carrier: Loose<String>,
}

impl From<Wire> for Portability {
    fn from(wire: Wire) -> Self {
        Self {
            phone_number: wire.phone_number.0.or(wire.e164.0),
            portable: wire.portable.0.or(wire.is_portable.0),
            reason: wire.reason.0.or(wire.not_portable_reason.0),
            carrier_name: wire.carrier_name.0.or(wire.carrier.0).or(wire.losing_carrier.0),
        }
    }
}

impl Operation for CheckPortability {
    type Provider = Voepy;
    type Output = Vec<Portability>;
    const ENDPOINT: Endpoint = Endpoint::get("voepy.check_portability", "/v1/numbers/portability-check");

    fn encode(&self, _: &Voepy, draft: &mut Draft) -> Result<()> {
        check_phone_numbers(&self.phone_numbers)?;
        draft.query_option("phone_numbers", comma_list(&self.phone_numbers));
        Ok(())
    }

    fn decode(&self, _: &Voepy, reply: &Reply<'_>) -> Result<Vec<Portability>> {
        reply.json::<Listed<Wire>>().map(Listed::into_items)
    }
}
