//! `trunkline.inbox`: what all numbers receive, in one stream.

use super::abilities::{Ability, Pushing};
use super::messages::{Message, Received};
use super::{Failure, Scope, Unified, without_reply};
use crate::call::{Answer, Call, Options};
use crate::client::{Client, WAIT_TIMEOUT};
use crate::error::{Error, Result};
use crate::flow::{Cx, Emitter, Flow, Why, lock};
use crate::id::Id;
use crate::operation::{BoxFuture, Endpoint};
use crate::unified::accounts::all_of;
use crate::unified::list_numbers::active_numbers;
use crate::wait::{Looks, passes};
use crate::wire::record::Deserialize;
use serde::Serialize;
use std::time::Duration;

/// How often a provider is asked for one number, where there are few.
const EVERY: Duration = Duration::from_secs(5);

/// How often it is looked what came as events.
const LISTEN: Duration = Duration::from_millis(500);

/// Read what numbers have received, of every account. As a stream: what is there, then what comes, message by message, until
/// the time is over (five minutes unless the timeout says otherwise) or every number is. Numbers that can be asked for are,
/// in turn; messages that providers send as events come in by `feed`, or by a gateway that providers send them to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReadInbox {
    /// `id` of the numbers; by default all that are in use, of all accounts.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub numbers: Vec<Id>,
}

/// What numbers have received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Inbox {
    /// Number by number, newest first.
    pub messages: Vec<InboxMessage>,
    /// The numbers and accounts that could not be asked.
    pub failures: Vec<Failure>,
}

/// A message, and whose it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InboxMessage {
    /// `id` of the number.
    pub number: Id,
    /// The message.
    pub message: Message,
}

/// What a stream of messages brings.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct InboxItem {
    /// `id` of the number; absent where it is an account's that failed.
    pub number: Option<Id>,
    /// A message.
    pub message: Option<Message>,
    /// Why nothing more will come of it.
    pub failure: Option<Failure>,
}

impl InboxItem {
    fn message(number: &Id, message: Message) -> Self {
        Self { number: Some(number.clone()), message: Some(message), failure: None }
    }

    fn failure(number: Option<&Id>, failure: Failure) -> Self {
        Self { number: number.cloned(), message: None, failure: Some(failure) }
    }
}

/// One number that is read.
struct Source<'a> {
    id: &'a Id,
    call: Call,
    native_id: &'a str,
}

impl<'a> Source<'a> {
    fn of(scope: &Scope, id: &'a Id) -> Result<Self> {
        let (call, native_id) = scope.number(id.as_str())?;
        Ok(Self { id, call, native_id })
    }

    /// What there is now.
    async fn read(&self, client: &Client) -> Result<Vec<Message>> {
        match (self.call.session.abilities.messages, &self.call.session.abilities.pushes) {
            (Some(ask), _) => Ok(ask(&self.call, self.native_id).await?.messages),
            (None, Some(pushing)) => self.since(client, pushing, &mut 0),
            (None, None) => Err(super::abilities::unsupported(&self.call, "wait_for_message")),
        }
    }

    /// What came as events, newest first.
    fn since(&self, client: &Client, pushing: &Pushing, seen: &mut u64) -> Result<Vec<Message>> {
        let number = (pushing.phone_number)(self.native_id)?;
        let mut mail = lock(&client.mail);
        let (came, next) = mail.since(self.call.cx.now(), *seen);
        *seen = next;
        let ours = came.filter(|event| (pushing.recipient)(event) == Some(&number));
        let mut messages: Vec<Message> = ours.filter_map(|event| (pushing.message)(&self.call, event)).collect();
        messages.reverse();
        Ok(messages)
    }

    /// Hands on what comes, until the time is over or the number is.
    async fn follow(&self, client: &Client, hand_on: &(dyn HandsOn + Sync)) -> Result<()> {
        match (self.call.session.abilities.messages, &self.call.session.abilities.pushes) {
            (Some(ask), _) => self.look(ask, hand_on).await,
            (None, Some(pushing)) => {
                let mut seen = 0;
                loop {
                    let messages = self.since(client, pushing, &mut seen)?;
                    hand_on
                        .hand_on(messages.into_iter().rev().map(|it| InboxItem::message(self.id, it)).collect())
                        .await;
                    if self.call.cx.sleep(LISTEN, Why::Poll).await.is_err() {
                        return Ok(());
                    }
                }
            }
            (None, None) => Err(super::abilities::unsupported(&self.call, "wait_for_message")),
        }
    }

    async fn look(&self, ask: Ability<str, Received>, hand_on: &(dyn HandsOn + Sync)) -> Result<()> {
        let mut looks = Looks::begin(self.call.clone(), EVERY)?;
        let mut known: Vec<Message> = Vec::new();
        while let Some(call) = looks.next().await {
            let Received { status, messages } = match ask(call, self.native_id).await {
                Ok(received) => received,
                Err(error) if passes(&error) => continue,
                Err(error) => return Err(error),
            };
            let new: Vec<Message> = messages.iter().rev().filter(|it| !known.contains(it)).cloned().collect();
            known = messages;
            hand_on.hand_on(new.into_iter().map(|it| InboxItem::message(self.id, it)).collect()).await;
            if status.is_over() {
                return Ok(());
            }
        }
        Ok(())
    }
}

/// Where items go: to a host, as what it takes.
trait HandsOn {
    fn hand_on(&self, items: Vec<InboxItem>) -> BoxFuture<'_, ()>;
}

struct ShownTo<I> {
    emitter: Emitter<I>,
    show: fn(InboxItem) -> I,
}

impl<I: Send> HandsOn for ShownTo<I> {
    fn hand_on(&self, items: Vec<InboxItem>) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            if !items.is_empty() {
                self.emitter.emit(items.into_iter().map(self.show)).await;
            }
        })
    }
}

impl ReadInbox {
    /// The numbers: those that were named, or all that are in use.
    async fn numbers(self, scope: &Scope) -> Result<(Vec<Id>, Vec<Failure>)> {
        match self.numbers.is_empty() {
            true => active_numbers(scope).await,
            false => Ok((self.numbers, Vec::new())),
        }
    }
}

impl Unified for ReadInbox {
    type Output = Inbox;
    const ENDPOINT: Endpoint = Endpoint::get("trunkline.inbox", "");

    async fn run(self, scope: Scope) -> Result<Answer<Inbox>> {
        let (numbers, mut failures) = self.numbers(&scope).await?;
        let sources: Result<Vec<Source<'_>>> = numbers.iter().map(|id| Source::of(&scope, id)).collect();
        let sources = sources?;
        let reads = sources.iter().map(|source| -> BoxFuture<'_, _> { Box::pin(source.read(&scope.client)) });
        let mut messages = Vec::new();
        for (source, read) in sources.iter().zip(all_of(reads.collect()).await) {
            match read {
                Ok(read) => {
                    messages.extend(read.into_iter().map(|message| InboxMessage { number: source.id.clone(), message }))
                }
                Err(error) => failures.push(Failure::of(&source.call, &error)),
            }
        }
        Ok(without_reply(Inbox { messages, failures }))
    }
}

impl Client {
    /// What numbers receive: what is there, then what comes.
    pub fn inbox(&self, inbox: ReadInbox, options: Options) -> Flow<(), InboxItem> {
        self.inbox_as(inbox, options, |item| item)
    }

    pub(crate) fn inbox_as<I: Send + 'static>(
        &self,
        inbox: ReadInbox,
        options: Options,
        show: fn(InboxItem) -> I,
    ) -> Flow<(), I> {
        let client = self.clone();
        Flow::new(options.timeout.unwrap_or(WAIT_TIMEOUT), move |cx: Cx, emitter| async move {
            let scope = Scope { client, cx, options };
            let host = ShownTo { emitter, show };
            let failed = |error: Error| error.of(ReadInbox::ENDPOINT.id);
            let (numbers, failures) = inbox.numbers(&scope).await.map_err(failed)?;
            host.hand_on(failures.into_iter().map(|failure| InboxItem::failure(None, failure)).collect()).await;
            let sources: Result<Vec<Source<'_>>> = numbers.iter().map(|id| Source::of(&scope, id)).collect();
            let sources = sources.map_err(failed)?;
            let follow = |source| follow(source, &scope.client, &host);
            let following: Vec<BoxFuture<'_, ()>> =
                sources.iter().map(|source| -> BoxFuture<'_, ()> { Box::pin(follow(source)) }).collect();
            all_of(following).await;
            Ok(())
        })
    }
}

/// One number's failure is told beside what the others receive.
async fn follow(source: &Source<'_>, client: &Client, host: &(dyn HandsOn + Sync)) {
    if let Err(error) = source.follow(client, host).await {
        let failure = Failure::of(&source.call, &error);
        host.hand_on(vec![InboxItem::failure(Some(source.id), failure)]).await;
    }
}
