//! One call: options, then how to run it.

use crate::client::{Inner, Trunkline};
use crate::driver::{Driver, Event, run};
use crate::transport::BoxFuture;
use futures_util::{Stream, stream};
use std::future::IntoFuture;
use std::sync::Arc;
use std::time::Duration;
use trunkline_core::unified::{AccountOffers, InboxItem, ReadInbox, Search};
use trunkline_core::{Answer, Callable, Flow, Operation, Options, Paged, Result, Waits};

/// An operation with its options, not yet run. Await it for the result.
#[derive(Debug, Clone)]
#[must_use = "a call does nothing until it is awaited"]
pub struct Call<O> {
    client: Trunkline,
    operation: O,
    options: Options,
}

impl<O: Callable> Call<O> {
    pub(crate) fn new(client: Trunkline, operation: O) -> Self {
        Self { client, operation, options: Options::default() }
    }

    /// For the whole call, retries included; 30 s unless said, for purchases 90 s, for [`Call::wait`] 5 minutes, for
    /// [`Call::all`] 30 s a page.
    pub fn timeout(mut self, timeout: Duration) -> Self {
        self.options.timeout = Some(timeout);
        self
    }

    /// How often a request is sent at most; 4 unless said.
    pub fn attempts(mut self, attempts: u32) -> Self {
        self.options.attempts = Some(attempts);
        self
    }

    /// Your own idempotency key, where the provider takes one; otherwise one is made.
    pub fn idempotency_key(mut self, key: impl Into<String>) -> Self {
        self.options.idempotency_key = Some(key.into());
        self
    }

    /// Which account, where several are at one provider.
    pub fn account(mut self, name: impl Into<String>) -> Self {
        self.options.account = Some(name.into());
        self
    }

    /// The result, and the raw reply it was read from.
    pub async fn with_response(self) -> Result<Answer<O::Output>> {
        let inner = Arc::clone(&self.client.inner);
        run(inner.core.call(self.operation, self.options), Arc::clone(&inner), O::ENDPOINT.id).await
    }

    /// The result once it has settled: a rental with its SMS.
    pub async fn wait(self) -> Result<<O as Operation>::Output>
    where
        O: Waits,
    {
        let inner = Arc::clone(&self.client.inner);
        let answer =
            run(inner.core.wait(self.operation, self.options), Arc::clone(&inner), <O as Operation>::ENDPOINT.id)
                .await?;
        Ok(answer.value)
    }

    /// Every item of every page; a page is fetched when the one before has been taken. The stream is `Send`, except on
    /// wasm32.
    pub fn all(self) -> impl Stream<Item = Result<O::Item>> + use<O>
    where
        O: Paged,
    {
        let inner = Arc::clone(&self.client.inner);
        stream(inner.core.all(self.operation, self.options), inner, <O as Operation>::ENDPOINT.id)
    }
}

impl Call<Search> {
    /// What each account has, as it answers.
    pub fn by_account(self) -> impl Stream<Item = Result<AccountOffers>> + use<> {
        let inner = Arc::clone(&self.client.inner);
        stream(inner.core.search(self.operation, self.options), inner, <Search as Callable>::ENDPOINT.id)
    }
}

impl Call<ReadInbox> {
    /// What is there, then what comes, message by message.
    pub fn live(self) -> impl Stream<Item = Result<InboxItem>> + use<> {
        let inner = Arc::clone(&self.client.inner);
        stream(inner.core.inbox(self.operation, self.options), inner, <ReadInbox as Callable>::ENDPOINT.id)
    }
}

impl<O: Callable> IntoFuture for Call<O> {
    type Output = Result<O::Output>;
    type IntoFuture = BoxFuture<'static, Self::Output>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(async move { Ok(self.with_response().await?.value) })
    }
}

/// A flow's items; an error is the last.
pub(crate) fn stream<I: Send + 'static>(
    flow: Flow<(), I>,
    inner: Arc<Inner>,
    operation: &'static str,
) -> impl Stream<Item = Result<I>> {
    let driver = Driver::new(flow, inner, operation);
    stream::unfold(Some(driver), |driver| async move {
        let mut driver = driver?;
        match driver.next().await {
            Event::Item(item) => Some((Ok(item), Some(driver))),
            Event::Done(Ok(())) => None,
            Event::Done(Err(error)) => Some((Err(error), None)),
        }
    })
}
