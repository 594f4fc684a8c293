//! `GET /callbackConfiguration`: how callbacks are signed.

use super::Sinch;
use super::active_number::unless_empty;
use crate::draft::Draft;
use crate::error::Result;
use crate::id::Id;
use crate::operation::{Endpoint, Operation};
use crate::secret::Secret;
use serde::{Deserialize, Serialize};

/// Read how the project's callbacks are signed. v1 only.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GetCallbackConfiguration {}

/// How the project's callbacks are signed. Where they go is said per number: `callback_url`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct CallbackConfiguration {
    /// The project.
    #[serde(alias = "projectId")]
    pub project_id: Id,
    /// The key of the signature in `X-Sinch-Signature`; absent when unset.
    #[serde(alias = "hmacSecret", default, deserialize_with = "unless_empty")]
    pub hmac_secret: Option<Secret>,
}

impl Operation for GetCallbackConfiguration {
    type Provider = Sinch;
    type Output = CallbackConfiguration;
    const ENDPOINT: Endpoint =
        Endpoint::get("sinch.get_callback_configuration", "/{version}/projects/{project_id}/callbackConfiguration")
            .beyond_seed()
            .returns_secret();

    fn encode(&self, provider: &Sinch, _: &mut Draft) -> Result<()> {
        provider.needs_v1()
    }
}
