//! Every operation, as data.

use crate::call::Options;
use crate::client::{Client, JsonAnswer, WAIT_TIMEOUT, default_timeout};
use crate::erased::{self, AnyOperation, AnyOutput};
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::flow::Flow;
use crate::gateway::Mode;
use crate::operation::{Effect, Endpoint, Operation};
use crate::paging::{Page, Paged, Split};
use crate::providers::PROVIDERS;
use crate::unified::{self, ReadInbox, Search, UNIFIED, Unified};
#[cfg(feature = "schema")]
use crate::unified::{AccountOffers, Inbox, InboxItem, Offers};
use crate::wait::Waits;
use crate::wire::json;
use crate::wire::reader::Fault;
use crate::wire::writer::to_text;
use serde::Serialize;
use std::time::Duration;

/// Starts a flow that gives JSON text.
pub type Start = fn(&Client, &str, Options) -> Flow<JsonAnswer>;
/// Starts a flow that gives every item of every page as JSON text.
pub type StartAll = fn(&Client, &str, Options) -> Flow<(), String>;

/// One operation, its types forgotten.
pub struct Entry {
    /// Its facts.
    pub endpoint: Endpoint,
    /// Runs it.
    pub call: Start,
    /// Runs it over all pages, where it has pages.
    pub all: Option<StartAll>,
    /// Runs it until its result has settled, where that can be waited for.
    pub wait: Option<Start>,
    /// Run over all, it goes on with what comes, and may take as long as a wait.
    pub follows: bool,
    /// How long it may take, where that is not what its effect says.
    pub(crate) timeout: Option<fn(&Options) -> Duration>,
    /// Of what spends: how the journal's lines of it are read.
    pub(crate) purchase: Option<Purchase>,
    /// JSON Schemas of its parameters and its result.
    #[cfg(feature = "schema")]
    pub schema: fn() -> Schemas,
}

/// How a purchase is read from the journal, and what it came to is written.
pub(crate) struct Purchase {
    pub(crate) parse: fn(&str) -> Result<Box<dyn AnyOperation>>,
    pub(crate) to_json: ToJson,
}

impl std::fmt::Debug for Entry {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Entry").field(&self.endpoint.id).finish()
    }
}

/// JSON Schemas of an operation.
#[cfg(feature = "schema")]
#[derive(Debug, Clone, Serialize)]
pub struct Schemas {
    /// Of its parameters.
    pub params: schemars::Schema,
    /// Of its result.
    pub output: schemars::Schema,
    /// Of what it gives one after the other, where that is not on the pages of its result.
    pub item: Option<schemars::Schema>,
}

impl Entry {
    /// How it is run over all its pages.
    pub fn paging(&self) -> Result<StartAll> {
        self.all.ok_or_else(|| self.unsupported("it has no pages"))
    }

    /// How its result is waited for. What is a wait by itself is called for that.
    pub fn waiting(&self) -> Result<Start> {
        let itself = self.is_wait().then_some(self.call);
        self.wait.or(itself).ok_or_else(|| self.unsupported("there is nothing to wait for"))
    }

    /// It is a wait by itself, and may take as long as one.
    pub fn is_wait(&self) -> bool {
        self.usual_timeout(Mode::Call) >= WAIT_TIMEOUT
    }

    /// How long it may take, unless the caller says otherwise.
    pub fn usual_timeout(&self, mode: Mode) -> Duration {
        if mode == Mode::Wait || (mode == Mode::All && self.follows) {
            return WAIT_TIMEOUT;
        }
        let options = Options::default();
        self.timeout.map_or_else(|| default_timeout(self.endpoint.effect, &options), |timeout| timeout(&options))
    }

    fn unsupported(&self, why: &str) -> Error {
        Error::new(ErrorKind::Unsupported, Delivery::NotSent, why).of(self.endpoint.id)
    }

    pub(crate) const fn of<O: Operation>() -> Self {
        Self {
            endpoint: O::ENDPOINT,
            call: call::<O>,
            all: None,
            wait: None,
            follows: false,
            timeout: None,
            purchase: match O::ENDPOINT.effect {
                Effect::Spends(_) => Some(Purchase { parse: parse_again::<O>, to_json: to_json::<O::Output> }),
                Effect::Reads | Effect::Sets => None,
            },
            #[cfg(feature = "schema")]
            schema: schemas::<O>,
        }
    }

    /// An operation of the unified layer.
    pub(crate) const fn unified<U: Unified>() -> Self {
        Self {
            endpoint: U::ENDPOINT,
            call: call_unified::<U>,
            all: None,
            wait: None,
            follows: false,
            timeout: Some(U::timeout),
            // The provider's own operation is what its journal's lines are of.
            purchase: None,
            #[cfg(feature = "schema")]
            schema: schemas_of::<U, U::Output>,
        }
    }

    /// The search, which also gives what each account has as it answers.
    pub(crate) const fn searching() -> Self {
        let mut entry = Self::unified::<Search>();
        entry.all = Some(search_all);
        #[cfg(feature = "schema")]
        {
            entry.schema = || {
                let item = writing().into_root_schema_for::<AccountOffers>();
                Schemas { item: Some(item), ..schemas_of::<Search, Offers>() }
            };
        }
        entry
    }

    /// The inbox, which also gives what comes.
    pub(crate) const fn reading_inbox() -> Self {
        let mut entry = Self::unified::<ReadInbox>();
        entry.all = Some(inbox_all);
        entry.follows = true;
        #[cfg(feature = "schema")]
        {
            entry.schema = || {
                let item = writing().into_root_schema_for::<InboxItem>();
                Schemas { item: Some(item), ..schemas_of::<ReadInbox, Inbox>() }
            };
        }
        entry
    }

    pub(crate) const fn paged<O: Paged>() -> Self {
        let mut entry = Self::of::<O>();
        entry.all = Some(all::<O>);
        entry
    }

    pub(crate) const fn waits<O: Waits>() -> Self {
        let mut entry = Self::of::<O>();
        entry.wait = Some(wait_for::<O>);
        entry
    }
}

#[cfg(feature = "schema")]
fn schemas<O: Operation>() -> Schemas {
    schemas_of::<O, O::Output>()
}

/// Inputs are described as they are read, outputs as they are written.
#[cfg(feature = "schema")]
fn schemas_of<I: schemars::JsonSchema, O: schemars::JsonSchema>() -> Schemas {
    let reading = schemars::generate::SchemaSettings::draft2020_12().for_deserialize().into_generator();
    let params = reading.into_root_schema_for::<I>();
    Schemas { params, output: writing().into_root_schema_for::<O>(), item: None }
}

#[cfg(feature = "schema")]
fn writing() -> schemars::SchemaGenerator {
    schemars::generate::SchemaSettings::draft2020_12().for_serialize().into_generator()
}

/// Every operation of every provider.
pub fn operations() -> impl Iterator<Item = &'static Entry> {
    PROVIDERS.iter().flat_map(|provider| provider.operations)
}

/// Those of the unified layer first, then every operation of every provider.
pub fn entries() -> impl Iterator<Item = &'static Entry> {
    UNIFIED.iter().chain(operations())
}

/// The operation of that id.
pub fn find(id: &str) -> Result<&'static Entry> {
    entries().find(|entry| entry.endpoint.id == id).ok_or_else(|| {
        let provider = id.split('.').next().unwrap_or_default();
        let names: Vec<&str> = entries()
            .map(|entry| entry.endpoint.id)
            .filter(|known| known.split('.').next() == Some(provider))
            .collect();
        let known = if names.is_empty() {
            let slugs: Vec<&str> = PROVIDERS.iter().map(|entry| entry.facts.slug).collect();
            format!("they begin with trunkline, {}", slugs.join(", "))
        } else {
            format!("there are: {}", names.join(", "))
        };
        Error::invalid_input("operation", format!("no operation {id:?}; {known}"))
    })
}

fn read_params<O: Operation>(params: &str) -> Result<Box<O>> {
    json::read(some(params)).map(Box::new).map_err(|fault| wrong_params(params, fault, O::ENDPOINT.id))
}

/// Parameters, their type forgotten at once.
fn parse<O: Operation>(params: &str) -> Result<Box<dyn AnyOperation>, Fault> {
    Ok(Box::new(json::read::<O>(params)?))
}

/// Parameters that the journal kept.
fn parse_again<O: Operation>(params: &str) -> Result<Box<dyn AnyOperation>> {
    parse::<O>(params).map_err(|fault| wrong_params(params, fault, O::ENDPOINT.id))
}

/// No text at all is no parameters.
fn some(params: &str) -> &str {
    if params.trim().is_empty() { "{}" } else { params }
}

#[cold]
fn wrong_params(params: &str, fault: Fault, id: &str) -> Error {
    let (path, message) = fault.place(params.as_bytes());
    let message = message.as_str();
    // serde names a missing or unknown parameter in its message only.
    let named = message.split('`').nth(1).filter(|_| message.contains("field")).unwrap_or_default();
    let field = if named.is_empty() { path.as_str() } else { named };
    let problem = match message {
        _ if message.starts_with("missing field") => "it is required".to_owned(),
        _ if message.starts_with("unknown field") => message.replacen("unknown field", "there is no parameter", 1),
        _ => message.to_owned(),
    };
    Error::invalid_input(if field.is_empty() { "params" } else { field }, problem).of(id)
}

fn to_json<T: Serialize + 'static>(output: AnyOutput) -> Result<String> {
    erased::seen::<T>(&output).map(to_text)
}

fn items_to_json<T: Serialize + 'static>(output: AnyOutput) -> Result<Split<String>> {
    let page = erased::seen::<Page<T>>(&output)?;
    Ok((page.items.iter().map(to_text).collect(), page.next.clone()))
}

fn call<O: Operation>(client: &Client, params: &str, options: Options) -> Flow<JsonAnswer> {
    call_parsed(client, params, options, O::ENDPOINT.id, (parse::<O>, to_json::<O::Output>))
}

type ToJson = fn(AnyOutput) -> Result<String>;
type Parse = fn(&str) -> Result<Box<dyn AnyOperation>, Fault>;

/// Not in the function above, of which there is one for every operation.
fn call_parsed(
    client: &Client,
    params: &str,
    options: Options,
    id: &str,
    (parse, to_json): (Parse, ToJson),
) -> Flow<JsonAnswer> {
    match parse(some(params)) {
        Ok(operation) => client.call_any(operation, options, to_json),
        Err(fault) => Flow::failed(wrong_params(params, fault, id)),
    }
}

fn call_unified<U: Unified>(client: &Client, params: &str, options: Options) -> Flow<JsonAnswer> {
    match read_unified::<U>(params) {
        Ok(operation) => unified::flow(client, operation, options, |value| to_text(&value)),
        Err(error) => Flow::failed(error),
    }
}

fn search_all(client: &Client, params: &str, options: Options) -> Flow<(), String> {
    match read_unified::<Search>(params) {
        Ok(search) => client.search_as(search, options, |offers| to_text(&offers)),
        Err(error) => Flow::failed(error),
    }
}

fn inbox_all(client: &Client, params: &str, options: Options) -> Flow<(), String> {
    match read_unified::<ReadInbox>(params) {
        Ok(inbox) => client.inbox_as(inbox, options, |item| to_text(&item)),
        Err(error) => Flow::failed(error),
    }
}

fn read_unified<U: Unified>(params: &str) -> Result<U> {
    json::read(some(params)).map_err(|fault| wrong_params(params, fault, U::ENDPOINT.id))
}

fn wait_for<O: Waits>(client: &Client, params: &str, options: Options) -> Flow<JsonAnswer> {
    match read_params::<O>(params) {
        Ok(operation) => client.wait_any(operation, O::EVERY, erased::progress::<O>, options, to_json::<O::Output>),
        Err(error) => Flow::failed(error),
    }
}

fn all<O: Paged>(client: &Client, params: &str, options: Options) -> Flow<(), String> {
    match read_params::<O>(params) {
        Ok(operation) => client.all_any(operation, options, items_to_json::<O::Item>),
        Err(error) => Flow::failed(error),
    }
}
