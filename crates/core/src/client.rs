//! A client: accounts, and the flows that calls are.

use crate::call::{Answer, Call, Options};
use crate::config::Config;
use crate::draft::RawRequest;
use crate::erased::{self, AnyOperation, AnyOutput, AnyPaged, typed};
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::events::Event;
use crate::flow::{Flow, lock};
use crate::http::{Method, Response};
use crate::ledger::OpenIntent;
use crate::operation::{BoxFuture, Callable, Effect, Endpoint, Operation, Recovery};
use crate::paging::{self, Page, Paged, Split};
use crate::provider::ProviderEntry;
use crate::providers::PROVIDERS;
use crate::purchase::{Books, run};
use crate::registry;
use crate::reply::{Reply, read_reply};
use crate::session::{Random, Session};
use crate::setting::COMMON_SETTINGS;
use crate::time::Timestamp;
use crate::unified::mail::Mail;
use crate::wait::{Progress, Waits, wait};
use serde_json::{Map, Value};
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub(crate) fn find_provider(slug: &str) -> Option<&'static ProviderEntry> {
    PROVIDERS.iter().find(|entry| entry.facts.slug == slug)
}

/// A client: it makes flows, which the host steps. Cloning it shares its accounts.
#[derive(Clone)]
pub struct Client {
    /// In the order of their names.
    accounts: Vec<Arc<Session>>,
    pub(crate) books: Arc<Books>,
    pub(crate) mail: Arc<Mutex<Mail>>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Client").field(&self.accounts().collect::<Vec<_>>()).finish()
    }
}

impl Client {
    /// Opens the accounts. The seed must come from a good source of randomness, and never be used twice: idempotency keys
    /// and jitter are made from it.
    pub fn new(config: Config, seed: [u8; 16]) -> Result<Self> {
        Self::open(config, seed, false)
    }

    /// The same, over a journal that other processes write as well: it answers claims and surveys.
    pub fn with_shared_journal(config: Config, seed: [u8; 16]) -> Result<Self> {
        Self::open(config, seed, true)
    }

    fn open(config: Config, seed: [u8; 16], shared: bool) -> Result<Self> {
        let books = Arc::new(Books::new(shared));
        let mut random = Random::from_seed(seed);
        let mut accounts = Vec::with_capacity(config.accounts.len());
        for (name, settings) in config.accounts {
            let session =
                open_account(&name, settings, random.fork(), &books).map_err(|error| in_account(&name, error))?;
            accounts.push(Arc::new(session));
        }
        // What is public needs no account.
        for entry in PROVIDERS.iter().filter(|entry| entry.operations.iter().any(|operation| operation.endpoint.public))
        {
            if let Err(place) = find_account(&accounts, entry.facts.slug) {
                let session = Session::open(entry.facts.slug, entry, Map::new(), random.fork(), &books)?;
                accounts.insert(place, Arc::new(session));
            }
        }
        Ok(Self { accounts, books, mail: Arc::default() })
    }

    /// The purchases of this client of which nobody knows how they ended, those under way included.
    pub fn open_intents(&self) -> Vec<OpenIntent> {
        lock(&self.books.ledger).open().cloned().collect()
    }

    /// Takes what a provider sent by itself, as [`parse_event`](crate::parse_event) gave it at `now`: a message in it goes to
    /// who waits for one (`trunkline.wait_for_message`), or will within ten minutes. Gives what is new in it, as
    /// [`Inbox::accept`](crate::Inbox::accept) does: nothing for what came before and for a part of a message that is not
    /// whole.
    pub fn feed(&self, now: Timestamp, event: &Event) -> Vec<Event> {
        lock(&self.mail).feed(now, event.clone())
    }

    pub(crate) fn sessions(&self) -> &[Arc<Session>] {
        &self.accounts
    }

    /// The same client with these of its accounts only.
    pub(crate) fn only(&self, keep: impl Fn(&Session) -> bool) -> Self {
        let accounts = self.accounts.iter().filter(|session| keep(session)).cloned().collect();
        Self { accounts, books: Arc::clone(&self.books), mail: Arc::clone(&self.mail) }
    }

    /// The names of the accounts.
    pub fn accounts(&self) -> impl Iterator<Item = &str> {
        self.accounts.iter().map(|session| session.account.as_str())
    }

    /// Runs one operation, of a provider or of the unified layer.
    pub fn call<C: Callable>(&self, operation: C, options: Options) -> Flow<Answer<C::Output>> {
        operation.flow(self, options)
    }

    /// Runs a list to its end: every item of every page. The timeout is for each page.
    pub fn all<O: Paged>(&self, operation: O, options: Options) -> Flow<(), O::Item> {
        self.all_any(Box::new(operation), options, |output| {
            let page = typed::<Page<O::Item>>(output)?;
            Ok((page.items, page.next))
        })
    }

    /// Looks until the operation's result has settled; by default for five minutes.
    pub fn wait<O: Waits>(&self, operation: O, options: Options) -> Flow<Answer<O::Output>> {
        self.wait_any(Box::new(operation), O::EVERY, erased::progress::<O>, options, typed)
    }

    pub(crate) fn call_any<T: 'static>(
        &self,
        operation: Box<dyn AnyOperation>,
        options: Options,
        finish: fn(AnyOutput) -> Result<T>,
    ) -> Flow<Answer<T>> {
        let endpoint = operation.facts();
        let session = self.session(endpoint.provider(), &options);
        Flow::new(default_timeout(endpoint.effect, &options), move |cx, _| async move {
            let session = session.map_err(|error| error.of(endpoint.id))?;
            let Answer { value, response } = run(&Call::new(cx, session, options), &*operation).await?;
            Ok(Answer { value: finish(value)?, response })
        })
    }

    pub(crate) fn wait_any<T: 'static>(
        &self,
        operation: Box<dyn AnyOperation>,
        every: Duration,
        progress: fn(&AnyOutput) -> Progress,
        options: Options,
        finish: fn(AnyOutput) -> Result<T>,
    ) -> Flow<Answer<T>> {
        let endpoint = operation.facts();
        let session = self.session(endpoint.provider(), &options);
        Flow::new(options.timeout.unwrap_or(WAIT_TIMEOUT), move |cx, _| async move {
            let session = session.map_err(|error| error.of(endpoint.id))?;
            let call = Call::new(cx, session, options);
            let Answer { value, response } = wait(call, operation, every, progress).await?;
            Ok(Answer { value: finish(value)?, response })
        })
    }

    pub(crate) fn all_any<I: Send + 'static>(
        &self,
        operation: Box<dyn AnyPaged>,
        options: Options,
        split: fn(AnyOutput) -> Result<Split<I>>,
    ) -> Flow<(), I> {
        let endpoint = operation.facts();
        let session = self.session(endpoint.provider(), &options);
        let timeout = default_timeout(endpoint.effect, &options);
        Flow::new(timeout, move |_, emitter| async move {
            let session = session.map_err(|error| error.of(endpoint.id))?;
            paging::all(emitter, session, options, operation, timeout, split).await
        })
    }

    /// Signs and sends what no operation covers, and gives the reply that the provider has not refused. Anything but a
    /// `GET` is sent at most once.
    pub fn request(&self, provider: &str, request: RawRequest, options: Options) -> Flow<Response> {
        let effect = if request.method == Method::Get { Effect::Reads } else { Effect::Spends(Recovery::Never) };
        let endpoint = Endpoint {
            id: "request",
            method: request.method,
            path: "",
            effect,
            public: true,
            seed: false,
            limit: "",
            returns_secret: false,
        };
        let session = self.session(provider, &options);
        Flow::new(default_timeout(effect, &options), move |cx, _| async move {
            let call = Call::new(cx, session?, options);
            let mut draft = request.draft(endpoint)?;
            if let Some(key) = &call.options.idempotency_key {
                draft.header("idempotency-key", key.as_str());
            }
            let mut ignore = |_: &Reply<'_>| Ok(());
            let exchange: BoxFuture<'_, Result<Response>> = Box::pin(call.exchange(draft, &mut ignore));
            exchange.await
        })
    }

    /// Reads a reply that was had in another way than by a flow: from a log, or in a test.
    pub fn read<O: Operation>(&self, operation: &O, response: &Response) -> Result<O::Output> {
        let session = self.session(O::ENDPOINT.provider(), &Options::default())?;
        let provider = session.provider::<O::Provider>()?;
        let mut output = None;
        let mut decode = |reply: &Reply<'_>| {
            output = Some(operation.decode(provider, reply)?);
            Ok(())
        };
        read_reply(&session, response, &mut decode).map_err(|error| error.of(O::ENDPOINT.id))?;
        output.ok_or_else(|| Error::new(ErrorKind::Malformed, Delivery::Unknown, "nothing was read").of(O::ENDPOINT.id))
    }

    /// The account that a line of the journal is of.
    pub(crate) fn session_in_journal(&self, name: &str) -> Result<Arc<Session>> {
        let found = self.accounts.iter().find(|session| session.name_in_journal == name);
        found.cloned().ok_or_else(|| {
            Error::invalid_input(
                "account",
                format!("this client has no account {name:?}: recover with one that has it"),
            )
        })
    }

    /// The account that a call is for: the named one, the one named after the provider, or the only one there.
    pub(crate) fn session(&self, provider: &str, options: &Options) -> Result<Arc<Session>> {
        let named = |name: &str| find_account(&self.accounts, name).ok().and_then(|at| self.accounts.get(at));
        let is_there = |session: &&Arc<Session>| session.provider.facts().slug == provider;
        let at_provider = || self.accounts.iter().filter(is_there);
        if let Some(name) = &options.account {
            let found = named(name).filter(is_there);
            return found.cloned().ok_or_else(|| {
                let names: Vec<&str> = at_provider().map(|session| session.account.as_str()).collect();
                let problem = format!("no account {name:?} at {provider}; there are: {}", names.join(", "));
                Error::invalid_input("account", problem)
            });
        }
        let mut found = at_provider();
        match (named(provider), found.next(), found.next()) {
            (Some(session), ..) => Ok(Arc::clone(session)),
            (None, Some(only), None) => Ok(Arc::clone(only)),
            (None, Some(_), Some(_)) => {
                Err(Error::invalid_input("account", format!("several accounts are at {provider}: say which")))
            }
            (None, None, _) => Err(no_account(provider)),
        }
    }
}

/// Where the account of that name is, or would be.
fn find_account(accounts: &[Arc<Session>], name: &str) -> Result<usize, usize> {
    accounts.binary_search_by(|session| session.account.as_str().cmp(name))
}

fn no_account(provider: &str) -> Error {
    let Some(entry) = find_provider(provider) else {
        let slugs: Vec<&str> = PROVIDERS.iter().map(|entry| entry.facts.slug).collect();
        return Error::invalid_input("provider", format!("no provider {provider:?}; there are: {}", slugs.join(", ")));
    };
    let mut needed: Vec<String> =
        entry.facts.settings.iter().filter(|setting| setting.required).map(|setting| setting.name.to_owned()).collect();
    if entry.facts.base_url.is_none() {
        needed.push("base_url".to_owned());
    }
    let variables: Vec<String> =
        needed.iter().map(|name| format!("TRUNKLINE_{provider}_{name}").to_ascii_uppercase()).collect();
    let problem = format!(
        "no account at {}: set {} (in the environment: {})",
        entry.facts.name,
        needed.join(", "),
        variables.join(", ")
    );
    Error::invalid_input(provider, problem)
}

fn in_account(name: &str, error: Error) -> Error {
    error.with(|details| {
        details.message = format!("account {name:?}: {}", details.message);
        details.field = details.field.take().map(|field| format!("{name}.{field}"));
    })
}

fn open_account(name: &str, settings: Value, random: Random, books: &Arc<Books>) -> Result<Session> {
    let Value::Object(mut settings) = settings else {
        return Err(Error::invalid_input("settings", "the settings of an account are an object"));
    };
    let slug = match settings.remove("provider") {
        Some(Value::String(slug)) => slug,
        Some(_) => return Err(Error::invalid_input("provider", "it must be a text")),
        None => name.to_owned(),
    };
    let entry = find_provider(&slug).ok_or_else(|| no_account(&slug))?;
    check_setting_names(entry, &settings)?;
    check_setting_values(&settings)?;
    Session::open(name, entry, settings, random, books)
}

/// A line break in a credential would end the header that carries it.
fn check_setting_values(settings: &Map<String, Value>) -> Result<()> {
    let broken = |value: &Value| value.as_str().is_some_and(|text| text.chars().any(char::is_control));
    match settings.iter().find(|(_, value)| broken(value)) {
        Some((name, _)) => Err(Error::invalid_input(
            name,
            "it contains a line break or another control character: check how it was copied",
        )),
        None => Ok(()),
    }
}

fn check_setting_names(entry: &ProviderEntry, settings: &Map<String, Value>) -> Result<()> {
    let mut known: Vec<String> = entry.facts.settings.iter().map(|setting| setting.name.to_owned()).collect();
    known.extend(COMMON_SETTINGS.iter().map(|setting| setting.name.to_owned()));
    known.extend(entry.facts.rate_limit_settings());
    match settings.keys().find(|name| !known.contains(name)) {
        Some(name) => Err(Error::invalid_input(
            name,
            format!("{} has no such setting; it has: {}", entry.facts.name, known.join(", ")),
        )),
        None => Ok(()),
    }
}

pub(crate) fn default_timeout(effect: Effect, options: &Options) -> Duration {
    let default = match effect {
        Effect::Spends(_) => PURCHASE_TIMEOUT,
        Effect::Reads | Effect::Sets => CALL_TIMEOUT,
    };
    options.timeout.unwrap_or(default)
}

/// How long a call may take that spends nothing, unless the caller says otherwise.
pub const CALL_TIMEOUT: Duration = Duration::from_secs(30);

/// How long a purchase may take, unless the caller says otherwise.
pub const PURCHASE_TIMEOUT: Duration = Duration::from_secs(90);

/// How long to wait for something to settle, unless the caller says otherwise.
pub const WAIT_TIMEOUT: Duration = Duration::from_secs(300);

/// A result as JSON text, with the reply it was read from.
pub type JsonAnswer = Answer<String>;

impl Client {
    /// Starts an operation by its id, with its parameters as JSON text: how hosts call.
    pub fn start(&self, operation: &str, params: &str, options: Options) -> Flow<JsonAnswer> {
        match registry::find(operation) {
            Ok(entry) => (entry.call)(self, params, options),
            Err(error) => Flow::failed(error),
        }
    }
}
