//! `trunkline.configure`: a number's label, and where it sends what it receives.

use super::{Number, Scope, Unified, without_reply};
use crate::call::{Answer, Call};
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::id::{Change, Id};
use crate::operation::Endpoint;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Change a number's label, or where it sends what it receives. What is not given stays as it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Configure {
    /// `id` of the number.
    pub number: Id,
    /// For people. Sinch and Voepy have it.
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub label: Change<String>,
    /// The URL that its events are sent to: messages at Vonage, word of its set-up at Sinch (v1).
    #[serde(default, skip_serializing_if = "Change::is_keep")]
    pub webhook_url: Change<String>,
}

/// What changes of one number.
pub(crate) struct Configuration {
    pub(crate) native_id: String,
    pub(crate) label: Change<String>,
    pub(crate) webhook_url: Change<String>,
}

impl Configuration {
    /// Refuses what this provider's numbers do not have.
    pub(crate) fn lacks(&self, call: &Call, field: &str, change: &Change<String>) -> Result<()> {
        if change.is_keep() {
            return Ok(());
        }
        let message = format!("a number at {} has no {field}", call.session.provider.facts().name);
        Err(Error::new(ErrorKind::Unsupported, Delivery::NotSent, message)
            .with(|details| details.field = Some(field.to_owned())))
    }
}

impl Unified for Configure {
    type Output = Number;
    const ENDPOINT: Endpoint = Endpoint::post("trunkline.configure", "");

    async fn run(self, scope: Scope) -> Result<Answer<Number>> {
        let (call, native_id) = scope.number(self.number.as_str())?;
        let ask = Scope::ability(&call, "configure", |abilities| abilities.configure)?;
        if self.label.is_keep() && self.webhook_url.is_keep() {
            return Err(Error::invalid_input("label", "nothing would change: give it, or webhook_url"));
        }
        let native_id = native_id.to_owned();
        let configuration = Configuration { native_id, label: self.label, webhook_url: self.webhook_url };
        Ok(without_reply(ask(&call, &configuration).await?))
    }
}
