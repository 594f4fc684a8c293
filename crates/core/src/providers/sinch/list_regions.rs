//! `GET /availableRegions`: where numbers can be from.

use super::{NumberType, Sinch};
use crate::draft::Draft;
use crate::error::Result;
use crate::operation::{Endpoint, Operation};
use crate::reply::Reply;
use crate::wire::json;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// List the countries that numbers can be from. v1 only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListRegions {
    /// Only those that have numbers of these kinds. (`types` at Sinch.)
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub number_types: Vec<NumberType>,
}

/// A country that numbers can be from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Region {
    /// ISO 3166-1 alpha-2.
    #[serde(alias = "regionCode")]
    pub region_code: String,
    /// For people.
    #[serde(alias = "regionName")]
    pub region_name: Option<String>,
    /// Which kinds of numbers it has. (`types` at Sinch.)
    #[serde(alias = "types", default, deserialize_with = "json::null_default")]
    pub number_types: Vec<NumberType>,
}

impl Operation for ListRegions {
    type Provider = Sinch;
    type Output = Vec<Region>;
    const ENDPOINT: Endpoint =
        Endpoint::get("sinch.list_regions", "/{version}/projects/{project_id}/availableRegions").beyond_seed();

    fn encode(&self, provider: &Sinch, draft: &mut Draft) -> Result<()> {
        provider.needs_v1()?;
        for number_type in &self.number_types {
            draft.query("types", number_type);
        }
        Ok(())
    }

    fn decode(&self, _: &Sinch, reply: &Reply<'_>) -> Result<Vec<Region>> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Wire {
            #[serde(default, deserialize_with = "json::null_default")]
            available_regions: Vec<Region>,
        }
        reply.json::<Wire>().map(|wire| wire.available_regions)
    }
}
