//! `trunkline.get_number`: one number.

use super::{Number, Scope, Unified, without_reply};
use crate::call::Answer;
use crate::error::Result;
use crate::id::Id;
use crate::operation::Endpoint;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Read one number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GetNumber {
    /// `id` of the number.
    pub number: Id,
}

impl Unified for GetNumber {
    type Output = Number;
    const ENDPOINT: Endpoint = Endpoint::get("trunkline.get_number", "");

    async fn run(self, scope: Scope) -> Result<Answer<Number>> {
        let (call, native_id) = scope.number(self.number.as_str())?;
        let ask = Scope::ability(&call, "get_number", |abilities| abilities.get_number)?;
        Ok(without_reply(ask(&call, native_id).await?))
    }
}
