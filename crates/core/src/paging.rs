//! Lists that come in pages.

use crate::call::{Call, Options};
use crate::erased::{AnyOutput, AnyPaged};
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::flow::Emitter;
use crate::operation::{BoxFuture, Operation};
use crate::purchase::run;
use crate::session::Session;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

/// One page of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Page<T> {
    /// What is on it.
    pub items: Vec<T>,
    /// What to ask the next page with; absent on the last.
    pub next: Option<String>,
    /// How many there are on all pages, where the provider says.
    pub total: Option<u64>,
}

impl<T> Page<T> {
    /// A page with this token for the next; an empty token means none (Sinch).
    pub(crate) fn new(items: Vec<T>, next: Option<String>, total: Option<u64>) -> Self {
        Self { items, next: next.filter(|token| !token.is_empty()), total }
    }
}

/// A list whose pages follow each other.
pub trait Paged: Operation<Output = Page<Self::Item>> {
    /// What is on the pages.
    type Item: Serialize + Send + 'static;

    /// The same list, at the page of that token.
    #[must_use]
    fn at_page(self, token: &str) -> Self;
}

/// The items of a page, and what to ask the next one with.
pub(crate) type Split<I> = (Vec<I>, Option<String>);

/// Every item of every page, each page fetched when the host has taken the one before.
pub(crate) async fn all<I>(
    emitter: Emitter<I>,
    session: Arc<Session>,
    options: Options,
    mut operation: Box<dyn AnyPaged>,
    timeout: Duration,
    split: fn(AnyOutput) -> Result<Split<I>>,
) -> Result<()> {
    let mut seen = BTreeSet::new();
    loop {
        emitter.cx().extend_deadline(timeout);
        let call = Call::new(emitter.cx().clone(), Arc::clone(&session), options.clone());
        let page: BoxFuture<'_, _> = Box::pin(run(&call, &*operation));
        let (items, next) = split(page.await?.value)?;
        emitter.emit(items).await;
        let Some(token) = next else { return Ok(()) };
        if !seen.insert(token.clone()) {
            return Err(endless(operation.facts().id));
        }
        operation = operation.at(&token);
    }
}

#[cold]
pub(crate) fn endless(operation: &str) -> Error {
    let message = "the provider gave the same page token twice, so the list would never end";
    Error::new(ErrorKind::Malformed, Delivery::Unknown, message).of(operation)
}
