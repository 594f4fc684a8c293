//! `GET /v1/numbers/lookup`: what is known of any number. Billed per lookup.

use super::shapes::{Loose, read_one};
use super::{Voepy, check_phone_number};
use crate::draft::Draft;
use crate::error::Result;
use crate::id::open_enum;
use crate::operation::{Endpoint, Operation, Recovery};
use crate::phone::PhoneNumber;
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

open_enum! {
    /// What to look up.
    LookupType {
        /// The carrier's name and the type of its network.
        Carrier = "carrier",
        /// The caller's name (CNAM). (With a hyphen; all other words of Voepy's have underscores.)
        CallerName = "caller-name",
    }
}

/// Look up a number, one's own or not. Spends, although it only reads: each lookup is billed, a `GET` takes no idempotency
/// key, and so a lookup whose answer is lost is not sent again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct LookupNumber {
    /// Which.
    pub phone_number: PhoneNumber,
    /// What to look up. (`type` at Voepy.)
    pub lookup_type: LookupType,
}

/// What is known of a number. The page says what is in it and not how it is called: every name here is assumed, and what is
/// not found is absent; the raw reply has all.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Lookup {
    /// The number.
    pub phone_number: Option<PhoneNumber>,
    /// Who carries it.
    pub carrier_name: Option<String>,
    /// The type of the carrier's network, in Voepy's word.
    pub network_type: Option<String>,
    /// Whose it is (CNAM).
    pub caller_name: Option<String>,
    /// ISO 3166-1 alpha-2.
    pub country_code: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Wire {
    phone_number: Loose<PhoneNumber>,
    e164: Loose<PhoneNumber>,
    country_code: Loose<String>,
    carrier_name: Loose<String>,
    carrier: Loose<Carrier>,
    network_type: Loose<String>,
    line_type: Loose<String>,
    caller_name: Loose<Named>,
    cnam: Loose<Named>,
}

/// A carrier, alone or with its network.
#[derive(Deserialize)]
#[serde(untagged)]
enum Carrier {
    Name(String),
    Object {
        name: Option<String>,
        carrier_name: Option<String>,
        network_type: Option<String>,
        #[serde(rename = "type")]
        kind: Option<String>,
    },
}

/// A name, alone or in an object.
#[derive(Deserialize)]
#[serde(untagged)]
enum Named {
    Name(String),
    Object { name: Option<String>, caller_name: Option<String> },
}

impl From<Named> for Option<String> {
    fn from(named: Named) -> Self {
        match named {
            Named::Name(name) => Some(name),
            Named::Object { name, caller_name } => name.or(caller_name),
        }
    }
}

impl From<Wire> for Lookup {
    fn from(wire: Wire) -> Self {
        let (name, network_type) = match wire.carrier.0 {
            Some(Carrier::Name(name)) => (Some(name), None),
            Some(Carrier::Object { name, carrier_name, network_type, kind }) => {
                (name.or(carrier_name), network_type.or(kind))
            }
            None => (None, None),
        };
        Self {
            phone_number: wire.phone_number.0.or(wire.e164.0),
            carrier_name: wire.carrier_name.0.or(name),
            network_type: wire.network_type.0.or(network_type).or(wire.line_type.0),
            caller_name: wire.caller_name.0.or(wire.cnam.0).and_then(Into::into),
            country_code: wire.country_code.0,
        }
    }
}

impl Operation for LookupNumber {
    type Provider = Voepy;
    type Output = Lookup;
    const ENDPOINT: Endpoint = Endpoint::get("voepy.lookup_number", "/v1/numbers/lookup").spends(Recovery::Never);

    fn encode(&self, _: &Voepy, draft: &mut Draft) -> Result<()> {
        check_phone_number("phone_number", &self.phone_number)?;
        draft.query("phone_number", &self.phone_number);
        draft.query("type", &self.lookup_type);
        Ok(())
    }

    fn decode(&self, _: &Voepy, reply: &Reply<'_>) -> Result<Lookup> {
        read_one::<Wire>(reply).map(Lookup::from)
    }
}
