//! The client and how it is made.

use crate::call::Call;
use crate::driver;
use crate::host::{Clock, environment};
use crate::journal::Journal;
use crate::transport::{HttpTransport, Transport};
use futures_util::Stream;
use std::sync::Arc;
use trunkline_core::registry;
use trunkline_core::{
    Answer, Callable, Client, Config, Delivery, Error, ErrorKind, Event, OpenIntent, Options, RawRequest, Recovered,
    Response, Result,
};

pub(crate) struct Inner {
    pub(crate) core: Client,
    pub(crate) transport: Arc<dyn Transport>,
    pub(crate) journal: Option<Arc<dyn Journal>>,
    pub(crate) clock: Clock,
}

/// A client. Cloning it shares its accounts, their rate limits and its connections.
#[derive(Clone)]
pub struct Trunkline {
    pub(crate) inner: Arc<Inner>,
}

impl std::fmt::Debug for Trunkline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Trunkline").field(&self.inner.core).finish()
    }
}

impl Trunkline {
    /// A client with these accounts, over HTTP.
    pub fn new(config: Config) -> Result<Self> {
        Self::builder().config(config).build()
    }

    /// A client with the accounts that the environment describes: `TRUNKLINE_<PROVIDER>_<SETTING>`. On wasm32 there is
    /// none, and so no account.
    pub fn from_env() -> Result<Self> {
        let mut config = Config::default();
        config.add_environment(environment());
        Self::new(config)
    }

    /// The same client over others of its accounts.
    #[cfg(all(feature = "gateway", not(target_arch = "wasm32")))]
    pub(crate) fn with_core(&self, core: Client) -> Self {
        let Inner { transport, journal, clock, .. } = &*self.inner;
        let inner = Inner { core, transport: Arc::clone(transport), journal: journal.clone(), clock: *clock };
        Self { inner: Arc::new(inner) }
    }

    /// A client made piece by piece.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// One operation, of a provider or of [the unified layer](crate::unified), to be awaited; see [`Call`].
    pub fn call<O: Callable>(&self, operation: O) -> Call<O> {
        Call::new(self.clone(), operation)
    }

    /// Signs and sends what no operation covers, and gives the reply that the provider has not refused. Anything but a
    /// `GET` is sent at most once.
    pub async fn request(&self, provider: &str, request: RawRequest, options: Options) -> Result<Response> {
        let flow = self.inner.core.request(provider, request, options);
        driver::run(flow, Arc::clone(&self.inner), "request").await
    }

    /// Takes what a provider sent by itself, as [`parse_event`](crate::parse_event) gave it: a message in it goes to who waits
    /// for one with [`unified::WaitForMessage`](crate::unified::WaitForMessage), or will within ten minutes. Gives what is new
    /// in it, as [`Inbox::accept`](crate::Inbox::accept) does: nothing for what came before, and for a part of a message that is
    /// not whole.
    pub fn feed(&self, event: &Event) -> Vec<Event> {
        self.inner.core.feed(self.inner.clock.now(), event)
    }

    /// Settles the purchases that nobody works on any more and of which nobody knows how they ended: of this client, and where
    /// its journal is shared also of processes that are gone. What cannot be told yet stays open.
    pub fn recover(&self) -> impl Stream<Item = Result<Recovered>> + use<> {
        crate::call::stream(self.inner.core.recover(), Arc::clone(&self.inner), "recover")
    }

    /// The purchases of this client of which nobody knows how they ended, those under way included.
    pub fn open_purchases(&self) -> Vec<OpenIntent> {
        self.inner.core.open_intents()
    }

    /// An operation by its id, with parameters and result as JSON text.
    pub async fn call_json(&self, operation: &str, params: &str, options: Options) -> Result<Answer<String>> {
        let entry = registry::find(operation)?;
        driver::run((entry.call)(&self.inner.core, params, options), Arc::clone(&self.inner), entry.endpoint.id).await
    }

    /// As [`Trunkline::call_json`], until the result has settled.
    pub async fn wait_json(&self, operation: &str, params: &str, options: Options) -> Result<Answer<String>> {
        let entry = registry::find(operation)?;
        driver::run(entry.waiting()?(&self.inner.core, params, options), Arc::clone(&self.inner), entry.endpoint.id)
            .await
    }

    /// As [`Trunkline::call_json`], every item of every page.
    pub fn all_json(
        &self,
        operation: &str,
        params: &str,
        options: Options,
    ) -> Result<impl Stream<Item = Result<String>> + use<>> {
        let entry = registry::find(operation)?;
        Ok(crate::call::stream(
            entry.paging()?(&self.inner.core, params, options),
            Arc::clone(&self.inner),
            entry.endpoint.id,
        ))
    }
}

/// Makes a [`Trunkline`].
#[derive(Default)]
pub struct Builder {
    config: Config,
    transport: Option<Arc<dyn Transport>>,
    journal: Option<Arc<dyn Journal>>,
    seed: Option<[u8; 16]>,
}

impl Builder {
    /// The accounts.
    #[must_use]
    pub fn config(mut self, config: Config) -> Self {
        self.config = config;
        self
    }

    /// Adds what the environment says to the accounts; what [`Builder::config`] gave goes before it.
    #[must_use]
    pub fn environment(mut self) -> Self {
        self.config.add_environment(environment());
        self
    }

    /// Carries bytes in another way than [`HttpTransport`].
    #[must_use]
    pub fn transport(mut self, transport: impl Transport) -> Self {
        self.transport = Some(Arc::new(transport));
        self
    }

    /// Records purchases, so that [`Trunkline::recover`] can settle what a crash leaves open. Without one only the client
    /// itself keeps what is open.
    #[must_use]
    pub fn journal(mut self, journal: Arc<dyn Journal>) -> Self {
        self.journal = Some(journal);
        self
    }

    /// Sets the seed of idempotency keys and jitter, for tests. A seed that is used twice makes the same keys twice, and a
    /// provider then replays an old purchase in the place of a new one.
    #[must_use]
    pub fn seed(mut self, seed: [u8; 16]) -> Self {
        self.seed = Some(seed);
        self
    }

    /// The client, or what is wrong with its settings.
    pub fn build(self) -> Result<Trunkline> {
        let seed = match self.seed {
            Some(seed) => seed,
            None => random_seed()?,
        };
        let core = match self.journal.as_ref().is_some_and(|journal| journal.is_shared()) {
            true => Client::with_shared_journal(self.config, seed)?,
            false => Client::new(self.config, seed)?,
        };
        let transport = match self.transport {
            Some(transport) => transport,
            None => Arc::new(HttpTransport::new()?),
        };
        let inner = Inner { core, transport, journal: self.journal, clock: Clock::start() };
        Ok(Trunkline { inner: Arc::new(inner) })
    }
}

fn random_seed() -> Result<[u8; 16]> {
    let mut seed = [0; 16];
    getrandom::fill(&mut seed).map_err(|error| {
        let message = format!("the system gives no randomness, which idempotency keys need: {error}");
        Error::new(ErrorKind::Unsupported, Delivery::NotSent, message)
    })?;
    Ok(seed)
}
