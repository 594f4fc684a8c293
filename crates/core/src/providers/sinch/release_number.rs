//! `POST /activeNumbers/{phone_number}:release`: give a number up.

use super::{ActiveNumber, Sinch};
use crate::draft::Draft;
use crate::error::Result;
use crate::operation::{Endpoint, Operation};
use crate::phone::PhoneNumber;
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Give a number up. It stays the project's, and is listed, until the end of what has been paid: see `expire_at`. v1alpha1
/// documents no answer, so that there nothing but `phone_number` may be known.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReleaseNumber {
    /// Which.
    pub phone_number: PhoneNumber,
}

impl Operation for ReleaseNumber {
    type Provider = Sinch;
    type Output = ActiveNumber;
    const ENDPOINT: Endpoint =
        Endpoint::post("sinch.release_number", "/{version}/projects/{project_id}/activeNumbers/{phone_number}:release");

    fn encode(&self, _: &Sinch, draft: &mut Draft) -> Result<()> {
        draft.fill("phone_number", self.phone_number.as_str())
    }

    fn decode(&self, _: &Sinch, reply: &Reply<'_>) -> Result<ActiveNumber> {
        #[derive(Deserialize)]
        #[serde(rename_all = "camelCase")]
        struct Named {
            phone_number: Option<PhoneNumber>,
        }
        let silent = reply.is_empty() || reply.json::<Named>()?.phone_number.is_none();
        if silent { Ok(ActiveNumber::bare(self.phone_number.clone())) } else { reply.json() }
    }
}
