//! `trunkline.wait_for_message`: until a number has received a message.

use super::abilities::{Ability, Pushing, unsupported};
use super::messages::{Message, Received};
use super::{Scope, Unified, without_reply};
use crate::call::{Answer, Call, Options};
use crate::client::WAIT_TIMEOUT;
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::flow::{Why, lock};
use crate::id::Id;
use crate::operation::Endpoint;
use crate::time::Timestamp;
use crate::wait::{Looks, passes, time_is_over};
use crate::wire::record::Deserialize;
use serde::Serialize;
use std::time::Duration;

/// How often a provider is asked, where nobody else waits: RentNumber's page looks as often, and TempNumber's allows it.
const EVERY: Duration = Duration::from_secs(5);

/// How often who listens looks at what came.
const LISTEN: Duration = Duration::from_millis(500);

/// Wait until a number has received a message: the oldest one that fits. For five minutes, unless the timeout says otherwise.
/// TempNumber and RentNumber are asked every 5 s; all who wait on one account share its rate limit, and take turns where they
/// are many: a time to wait that is shorter than a turn is refused at once (`timed_out`). Vonage sends messages as events: hand them to the client (`feed`), before or during the wait.
///
/// A message that was there before counts too, so that it does not matter which is faster, the message or who waits for it:
/// whoever waits a second time has the same one again, unless `after` says which was the last. Vonage's are kept for ten
/// minutes after they were fed, 4,096 at most. A number that is over ends the wait (`ended`).
///
/// What a provider does not say of a message speaks not against it: at RentNumber, which tells neither sender nor time, `sender`
/// and `after` rule nothing out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct WaitForMessage {
    /// `id` of the number.
    pub number: Id,
    /// Only from this sender: a number or a name, whatever its case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sender: Option<String>,
    /// Only with this in the text, whatever its case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub contains: Option<String>,
    /// Only what came after this: a time, or `received_at` of the last message that was had. Providers write whole seconds:
    /// what came in the second of a time is not ruled out by it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<Timestamp>,
    /// Only with a code in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with_code: Option<bool>,
}

impl Unified for WaitForMessage {
    type Output = Message;
    const ENDPOINT: Endpoint = Endpoint::get("trunkline.wait_for_message", "");

    fn timeout(options: &Options) -> Duration {
        options.timeout.unwrap_or(WAIT_TIMEOUT)
    }

    async fn run(self, scope: Scope) -> Result<Answer<Message>> {
        let (call, native_id) = scope.number(self.number.as_str())?;
        let message = match (call.session.abilities.messages, &call.session.abilities.pushes) {
            (Some(ask), _) => self.look(call, native_id, ask).await?,
            (None, Some(pushing)) => self.listen(&scope, &call, native_id, pushing).await?,
            (None, None) => return Err(unsupported(&call, "wait_for_message")),
        };
        Ok(without_reply(message))
    }
}

impl WaitForMessage {
    async fn look(&self, call: Call, native_id: &str, ask: Ability<str, Received>) -> Result<Message> {
        let mut looks = Looks::begin(call, EVERY)?;
        let mut last = String::new();
        while let Some(call) = looks.next().await {
            match ask(call, native_id).await {
                Ok(Received { status, messages }) => {
                    if let Some(message) = messages.into_iter().rev().find(|message| self.fits(message)) {
                        return Ok(message);
                    }
                    if status.is_over() {
                        let message = format!("no message will come any more: the number is {status}");
                        return Err(Error::new(ErrorKind::Ended, Delivery::Refused, message));
                    }
                    last = NOTHING_CAME.to_owned();
                }
                Err(error) if passes(&error) => last = error.message.clone(),
                Err(error) => return Err(error),
            }
        }
        Err(time_is_over(&last))
    }

    async fn listen(&self, scope: &Scope, call: &Call, native_id: &str, pushing: &Pushing) -> Result<Message> {
        let number = (pushing.phone_number)(native_id)?;
        let mut seen = 0;
        loop {
            let found = {
                let mut mail = lock(&scope.client.mail);
                let (came, next) = mail.since(call.cx.now(), seen);
                seen = next;
                let ours = came.filter(|event| (pushing.recipient)(event) == Some(&number));
                let mut messages = ours.filter_map(|event| (pushing.message)(call, event));
                messages.find(|message| self.fits(message))
            };
            if let Some(message) = found {
                return Ok(message);
            }
            call.cx.sleep(LISTEN, Why::Poll).await.map_err(|_| time_is_over(NOTHING_CAME))?;
        }
    }

    fn fits(&self, message: &Message) -> bool {
        let is_from = |wanted: &String| message.sender.as_ref().is_none_or(|it| bare(it) == bare(wanted));
        let contains = |wanted: &String| message.text.to_lowercase().contains(&wanted.to_lowercase());
        let after = |wanted: Timestamp| message.received_at.is_none_or(|came| may_be_after(came, wanted));
        self.sender.as_ref().is_none_or(is_from)
            && self.contains.as_ref().is_none_or(contains)
            && self.after.is_none_or(after)
            && (self.with_code != Some(true) || message.code.is_some())
    }
}

/// What is dated with a whole second may have come at any time in it; what was dated just so was had before.
fn may_be_after(came: Timestamp, wanted: Timestamp) -> bool {
    let second = Duration::from_secs(1);
    let is_whole = came.as_nanos() % 1_000_000_000 == 0;
    came > wanted || (is_whole && came < wanted && wanted < came + second)
}

const NOTHING_CAME: &str = "no message that fits has come";

/// A sender as it is compared: some providers write numbers without their `+`.
fn bare(text: &str) -> String {
    text.trim_start_matches('+').to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_dated_with_a_whole_second_may_have_come_at_any_time_in_it() {
        let may = |came: &str, wanted: &str| {
            may_be_after(Timestamp::parse(came).expect("a time"), Timestamp::parse(wanted).expect("a time"))
        };
        assert!(may("2026-01-31T12:00:00Z", "2026-01-31T12:00:00.7Z"));
        assert!(may("2026-01-31T12:00:01Z", "2026-01-31T12:00:00.7Z"));
        assert!(!may("2026-01-31T11:59:59Z", "2026-01-31T12:00:00.7Z"));
        // The last that was had.
        assert!(!may("2026-01-31T12:00:00Z", "2026-01-31T12:00:00Z"));
        // Dated more finely than that.
        assert!(!may("2026-01-31T12:00:00.2Z", "2026-01-31T12:00:00.7Z"));
    }
}
