//! One call of one operation: what the caller said of it, and how it is written and sent.

use crate::draft::Draft;
use crate::erased::{AnyOperation, AnyOutput, typed};
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::flow::Cx;
use crate::http::Response;
use crate::limiter::Priority;
use crate::money::Money;
use crate::operation::{BoxFuture, Endpoint, Operation};
use crate::paging::{self, Paged};
use crate::purchase;
use crate::reply::Reply;
use crate::session::Session;
use crate::time::Timestamp;
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

/// What a caller may say of one call.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Options {
    /// Which account; needed only where several are at one provider.
    pub account: Option<String>,
    /// For the whole call, retries included. By default 30 s, for purchases 90 s, for waiting 5 minutes.
    pub timeout: Option<Duration>,
    /// How often a request is handed to the host at most. By default 4.
    pub attempts: Option<u32>,
    /// The caller's own idempotency key, where the provider takes one.
    pub idempotency_key: Option<String>,
}

/// A result and the reply it was read from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer<T> {
    /// The result.
    pub value: T,
    /// The reply, raw.
    pub response: Response,
}

/// Something at the provider that a lost purchase may have become.
pub struct Found<T> {
    /// How the provider names it.
    pub id: String,
    /// When it was bought, where the provider says.
    pub at: Option<Timestamp>,
    /// It was bought no later than this, where the provider says no more.
    pub no_later_than: Option<Timestamp>,
    /// What the purchase would have answered.
    pub answer: Answer<T>,
}

/// One call under way: whose, and how far it may go.
#[derive(Clone)]
pub struct Call {
    pub(crate) cx: Cx,
    pub(crate) session: Arc<Session>,
    pub(crate) options: Options,
    pub(crate) priority: Priority,
    pub(crate) deadline: Timestamp,
    /// What it would cost, where that was asked before.
    pub(crate) price: Option<Money>,
}

impl Call {
    pub(crate) fn new(cx: Cx, session: Arc<Session>, options: Options) -> Self {
        let deadline = cx.deadline();
        Self { cx, session, options, priority: Priority::Call, deadline, price: None }
    }

    /// Runs another operation of the same account inside this call: without the caller's key.
    pub(crate) fn read<'a, O: Operation>(&'a self, operation: &'a O) -> BoxFuture<'a, Result<Answer<O::Output>>> {
        let options = Options { idempotency_key: None, ..self.options.clone() };
        let call = Self { options, ..self.clone() };
        Box::pin(async move {
            let Answer { value, response } = send(&call, operation, None).await?;
            Ok(Answer { value: typed(value)?, response })
        })
    }

    /// Runs an operation that changes something of the same account inside this call.
    pub(crate) fn change<'a, O: Operation>(&'a self, operation: &'a O) -> BoxFuture<'a, Result<Answer<O::Output>>> {
        Box::pin(async move {
            let Answer { value, response } = purchase::run(self, operation).await?;
            Ok(Answer { value: typed(value)?, response })
        })
    }

    /// Reads a list of the same account to its end.
    pub(crate) async fn read_all<O: Paged>(&self, mut list: O) -> Result<Vec<O::Item>> {
        let (mut items, mut seen) = (Vec::new(), BTreeSet::new());
        loop {
            let page = self.read(&list).await?.value;
            items.extend(page.items);
            let Some(token) = page.next else { return Ok(items) };
            if !seen.insert(token.clone()) {
                return Err(paging::endless(O::ENDPOINT.id));
            }
            list = list.at_page(&token);
        }
    }
}

/// Sends one operation, under this key.
pub(crate) async fn send(call: &Call, operation: &dyn AnyOperation, key: Option<&str>) -> Result<Answer<AnyOutput>> {
    let draft = encode(call, operation, key)?;
    let mut output = None;
    let mut decode = |reply: &Reply<'_>| {
        output = Some(operation.read(&call.session, reply)?);
        Ok(())
    };
    // Boxed, so that a flow that sleeps between two exchanges does not carry the room for one.
    let exchange: BoxFuture<'_, Result<Response>> = Box::pin(call.exchange(draft, &mut decode));
    let response = exchange.await?;
    let value = output.ok_or_else(|| {
        Error::new(ErrorKind::Malformed, Delivery::Unknown, "nothing was read").of(operation.facts().id)
    })?;
    if let Some(secret) = operation.secret_in(&value) {
        call.session.replace_secret(secret);
    }
    Ok(Answer { value, response })
}

/// Writes the request of one operation, under this key; everything that cannot be sent is found here.
pub(crate) fn encode(call: &Call, operation: &dyn AnyOperation, key: Option<&str>) -> Result<Draft> {
    let facts = operation.facts();
    let mut draft = Draft::new(facts);
    operation.write(&call.session, &mut draft).map_err(|error| error.of(facts.id))?;
    if let Some(key) = key {
        draft.header("idempotency-key", key);
    }
    Ok(draft)
}

/// The key for a new call: the caller's, or a new one where the provider takes keys.
pub(crate) fn choose_key(call: &Call, endpoint: &Endpoint) -> Result<Option<String>> {
    let takes_keys = call.session.provider.facts().keys.on(endpoint.method);
    match &call.options.idempotency_key {
        Some(_) if !takes_keys => {
            let problem =
                format!("{} takes no idempotency key here, and would ignore it", call.session.provider.facts().name);
            Err(Error::invalid_input("idempotency_key", problem).of(endpoint.id))
        }
        Some(key) if key.is_empty() || key.len() > 255 || !key.bytes().all(|byte| byte.is_ascii_graphic()) => {
            let problem = "it must be 1 to 255 printable ASCII characters, without spaces; a UUID is best";
            Err(Error::invalid_input("idempotency_key", problem).of(endpoint.id))
        }
        Some(key) => Ok(Some(key.clone())),
        None => Ok(takes_keys.then(|| call.session.new_uuid())),
    }
}
