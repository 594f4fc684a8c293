//! `POST /v1/numbers/csr-coverage`: whether the losing carrier's records of numbers can be had.

use super::shapes::{Listed, Loose};
use super::{Voepy, check_phone_numbers};
use crate::draft::Draft;
use crate::error::Result;
use crate::operation::{Endpoint, Operation};
use crate::phone::PhoneNumber;
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Check the customer service records (CSR) of numbers, to confirm what the losing carrier has on file: the second step of
/// porting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CheckCsrCoverage {
    /// Which.
    pub phone_numbers: Vec<PhoneNumber>,
}

/// What is on file of one number. The page does not show the answer: every name here is assumed, and what is not found is
/// absent; the raw reply has all.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CsrCoverage {
    /// The number.
    pub phone_number: Option<PhoneNumber>,
    /// Whether its record can be had.
    pub covered: Option<bool>,
    /// Who carries it now.
    pub carrier_name: Option<String>,
    /// Why its record cannot be had, in Voepy's words.
    pub reason: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wire {
    phone_number: Loose<PhoneNumber>,
    e164: Loose<PhoneNumber>,
    covered: Loose<bool>,
    csr_available: Loose<bool>,
    has_coverage: Loose<bool>,
    coverage: Loose<bool>,
    carrier_name: Loose<String>,
    carrier: Loose<String>,
    losing_carrier: Loose<String>,
    reason: Loose<String>,
}

impl From<Wire> for CsrCoverage {
    fn from(wire: Wire) -> Self {
        Self {
            phone_number: wire.phone_number.0.or(wire.e164.0),
            covered: wire.covered.0.or(wire.csr_available.0).or(wire.has_coverage.0).or(wire.coverage.0),
            carrier_name: wire.carrier_name.0.or(wire.carrier.0).or(wire.losing_carrier.0),
            reason: wire.reason.0,
        }
    }
}

impl Operation for CheckCsrCoverage {
    type Provider = Voepy;
    type Output = Vec<CsrCoverage>;
    const ENDPOINT: Endpoint = Endpoint::post("voepy.check_csr_coverage", "/v1/numbers/csr-coverage");

    fn encode(&self, _: &Voepy, draft: &mut Draft) -> Result<()> {
        check_phone_numbers(&self.phone_numbers)?;
        draft.json(self);
        Ok(())
    }

    fn decode(&self, _: &Voepy, reply: &Reply<'_>) -> Result<Vec<CsrCoverage>> {
        reply.json::<Listed<Wire>>().map(Listed::into_items)
    }
}
