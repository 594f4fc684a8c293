//! `trunkline.release`: a number given up.

use super::native::Native;
use super::number::NumberStatus;
use super::{Scope, Unified, without_reply};
use crate::call::Answer;
use crate::error::Result;
use crate::id::Id;
use crate::money::Money;
use crate::operation::Endpoint;
use crate::time::Timestamp;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Give a number up. It cannot be had back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Release {
    /// `id` of the number.
    pub number: Id,
}

/// What became of a number that was given up.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Released {
    /// `released`, `cancelled`, `refunded`, or `releasing` where it is there until what was paid for ends.
    pub status: NumberStatus,
    /// What came back, where anything did.
    pub refund: Option<Money>,
    /// When it ends, where that is later and the provider says.
    pub ends_at: Option<Timestamp>,
    /// The provider's own record.
    pub native: Native,
}

impl Released {
    pub(crate) fn new(status: NumberStatus, native: &impl Serialize) -> Self {
        Self { status, refund: None, ends_at: None, native: Native::of(native) }
    }
}

impl Unified for Release {
    type Output = Released;
    const ENDPOINT: Endpoint = Endpoint::post("trunkline.release", "");

    async fn run(self, scope: Scope) -> Result<Answer<Released>> {
        let (call, native_id) = scope.number(self.number.as_str())?;
        let ask = Scope::ability(&call, "release", |abilities| abilities.release)?;
        Ok(without_reply(ask(&call, native_id).await?))
    }
}
