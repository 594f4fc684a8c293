//! `trunkline.wait_until_active`: until a number can be used.

use super::{Number, Scope, Unified, without_reply};
use crate::call::{Answer, Options};
use crate::client::WAIT_TIMEOUT;
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::id::Id;
use crate::operation::Endpoint;
use crate::wait::{Looks, passes, time_is_over};
use crate::wire::record::Deserialize;
use serde::Serialize;
use std::time::Duration;

/// Nothing is documented; a set-up takes seconds to minutes.
const EVERY: Duration = Duration::from_secs(5);

/// Look until a number can be used: its set-up is done, or it has been allocated. For five minutes, unless the timeout says
/// otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WaitUntilActive {
    /// `id` of the number.
    pub number: Id,
}

impl Unified for WaitUntilActive {
    type Output = Number;
    const ENDPOINT: Endpoint = Endpoint::get("trunkline.wait_until_active", "");

    fn timeout(options: &Options) -> Duration {
        options.timeout.unwrap_or(WAIT_TIMEOUT)
    }

    async fn run(self, scope: Scope) -> Result<Answer<Number>> {
        let (call, native_id) = scope.number(self.number.as_str())?;
        let ask = Scope::ability(&call, "wait_until_active", |abilities| abilities.get_number)?;
        let mut looks = Looks::begin(call, EVERY)?;
        let mut last = String::new();
        while let Some(call) = looks.next().await {
            match ask(call, native_id).await {
                Ok(number) if number.status.is_active() => return Ok(without_reply(number)),
                Ok(number) if number.status.is_over() => {
                    let message = format!("it will not become active: it is {}", number.status);
                    return Err(Error::new(ErrorKind::Ended, Delivery::Refused, message));
                }
                Ok(number) => last = format!("it is still {}", number.status),
                Err(error) if passes(&error) => last = error.message.clone(),
                Err(error) => return Err(error),
            }
        }
        Err(time_is_over(&last))
    }
}
