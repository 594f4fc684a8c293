//! `trunkline.messages`: what a number has received.

use super::native::Native;
use super::number::NumberStatus;
use super::{Scope, Unified, without_reply};
use crate::call::{Answer, Call};
use crate::code;
use crate::error::Result;
use crate::id::Id;
use crate::operation::Endpoint;
use crate::phone::PhoneNumber;
use crate::time::Timestamp;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// List what a number has received, newest first. Providers that send messages as events cannot be asked for them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListMessages {
    /// `id` of the number.
    pub number: Id,
}

/// A message that a number has received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Message {
    /// The provider's id of it, where it gives one.
    pub id: Option<Id>,
    /// The account's name.
    pub account: String,
    /// `rentnumber`
    pub provider: String,
    /// Who sent it: a number, or a name such as “Acme”; where the provider says.
    pub sender: Option<String>,
    /// The number that received it.
    pub to: Option<PhoneNumber>,
    /// What it says.
    pub text: String,
    /// The code in it: the one that the provider has found, else what stands in the text as one.
    pub code: Option<String>,
    /// When it came, where the provider says.
    pub received_at: Option<Timestamp>,
    /// The provider's own record of it.
    pub native: Native,
}

/// What a number has received, and how far along it is.
pub(crate) struct Received {
    pub(crate) status: NumberStatus,
    /// Newest first.
    pub(crate) messages: Vec<Message>,
}

impl Message {
    pub(crate) fn new(call: &Call, text: String, native: &impl Serialize) -> Self {
        Self {
            id: None,
            account: call.session.account.clone(),
            provider: call.session.provider.facts().slug.to_owned(),
            sender: None,
            to: None,
            code: code::find(&text),
            text,
            received_at: None,
            native: Native::of(native),
        }
    }
}

impl Unified for ListMessages {
    type Output = Vec<Message>;
    const ENDPOINT: Endpoint = Endpoint::get("trunkline.messages", "");

    async fn run(self, scope: Scope) -> Result<Answer<Vec<Message>>> {
        let (call, native_id) = scope.number(self.number.as_str())?;
        let ask = Scope::ability(&call, "messages", |abilities| abilities.messages)?;
        Ok(without_reply(ask(&call, native_id).await?.messages))
    }
}
