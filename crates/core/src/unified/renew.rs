//! `trunkline.renew`: a number kept for longer.

use super::{Number, Scope, Unified};
use crate::call::Answer;
use crate::error::Result;
use crate::id::Id;
use crate::operation::{Endpoint, Recovery};
use crate::purchase;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Keep a number for longer. Spends; what it costs is told by no provider beforehand.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Renew {
    /// `id` of the number.
    pub number: Id,
    /// For how many months; by default one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub months: Option<u32>,
}

/// Which number is renewed, for how long.
pub(crate) struct Renewal {
    pub(crate) native_id: String,
    pub(crate) months: u32,
}

impl Unified for Renew {
    type Output = Number;
    const ENDPOINT: Endpoint = Endpoint::post("trunkline.renew", "").spends(Recovery::Never);

    async fn run(self, scope: Scope) -> Result<Answer<Number>> {
        let (call, native_id) = scope.number(self.number.as_str())?;
        let renewing = Scope::ability(&call, "renew", |abilities| abilities.renew.as_ref())?;
        let renewal = Renewal { native_id: native_id.to_owned(), months: self.months.unwrap_or(1) };
        let operation = (renewing.operation)(&renewal)?;
        let Answer { value, response } = purchase::run(&call, &*operation).await?;
        Ok(Answer { value: (renewing.number)(&call, value)?, response })
    }
}
