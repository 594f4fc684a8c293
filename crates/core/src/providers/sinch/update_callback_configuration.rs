//! `PATCH /callbackConfiguration`: sign callbacks with another key.

use super::{CallbackConfiguration, Sinch};
use crate::draft::Draft;
use crate::error::Result;
use crate::operation::{Endpoint, Operation};
use crate::secret::Secret;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Sign the project's callbacks with another key. v1 only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct UpdateCallbackConfiguration {
    /// The key. One of Sinch's SDKs asks for 32 to 64 letters, digits and hyphens; the tests of the others use what that
    /// would not allow.
    pub hmac_secret: Secret,
}

impl Operation for UpdateCallbackConfiguration {
    type Provider = Sinch;
    type Output = CallbackConfiguration;
    const ENDPOINT: Endpoint = Endpoint::patch(
        "sinch.update_callback_configuration",
        "/{version}/projects/{project_id}/callbackConfiguration",
    )
    .beyond_seed()
    .returns_secret();

    fn encode(&self, provider: &Sinch, draft: &mut Draft) -> Result<()> {
        #[derive(Serialize)]
        #[serde(rename_all = "camelCase")]
        struct Wire<'a> {
            hmac_secret: &'a Secret,
        }
        provider.needs_v1()?;
        draft.secret(&self.hmac_secret);
        draft.json(&Wire { hmac_secret: &self.hmac_secret });
        Ok(())
    }
}
