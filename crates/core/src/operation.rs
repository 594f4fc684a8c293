//! What an operation is: a struct whose fields are its parameters, and facts that are data.

use crate::call::{Answer, Call, Found, Options};
use crate::client::Client;
use crate::draft::Draft;
use crate::erased::typed;
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::flow::Flow;
use crate::http::Method;
use crate::provider::Provider;
use crate::reply::Reply;
use crate::secret::Secret;
use crate::unified;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::future::Future;
use std::pin::Pin;

/// What sending a request twice would do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Effect {
    /// Nothing.
    Reads,
    /// Leave the same state as sending it once.
    Sets,
    /// Cost money twice, unless what the recovery says is done.
    Spends(Recovery),
}

impl Effect {
    /// `reads`, `sets` or `spends`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Reads => "reads",
            Self::Sets => "sets",
            Self::Spends(_) => "spends",
        }
    }
}

/// How a purchase whose answer was lost is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Recovery {
    /// Send it again under the same idempotency key: the provider replays its answer.
    ResendUnderKey,
    /// It names one unique number that the provider sells only once: look whether it is owned, else send it again.
    LookThenResend,
    /// Look for what is new, several times over a settling delay; adopt a single match; never send it again.
    LookAndSettle,
    /// Nothing can tell: never send it again.
    Never,
}

/// The facts of one operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Endpoint {
    /// `provider.verb_object`
    pub id: &'static str,
    /// HTTP method.
    pub method: Method,
    /// Below the base URL, with `{holes}`.
    pub path: &'static str,
    /// What sending it twice would do.
    pub effect: Effect,
    /// Works without credentials.
    pub public: bool,
    /// On the provider's page that the product began with (else beyond it).
    pub seed: bool,
    /// Name of the provider's rate limit that it counts against; empty for the common one.
    pub limit: &'static str,
    /// Its result holds a secret.
    pub returns_secret: bool,
}

impl Endpoint {
    const fn new(id: &'static str, method: Method, path: &'static str, effect: Effect) -> Self {
        Self { id, method, path, effect, public: false, seed: true, limit: "", returns_secret: false }
    }

    /// A read.
    pub const fn get(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Get, path, Effect::Reads)
    }

    /// A `POST` that sets something.
    pub const fn post(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Post, path, Effect::Sets)
    }

    /// A `PATCH`.
    pub const fn patch(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Patch, path, Effect::Sets)
    }

    /// A `DELETE`.
    pub const fn delete(id: &'static str, path: &'static str) -> Self {
        Self::new(id, Method::Delete, path, Effect::Sets)
    }

    /// It costs money.
    #[must_use]
    pub const fn spends(mut self, recovery: Recovery) -> Self {
        self.effect = Effect::Spends(recovery);
        self
    }

    /// It works without credentials, and sends them when there are any.
    #[must_use]
    pub const fn public(mut self) -> Self {
        self.public = true;
        self
    }

    /// It is not on the seed page.
    #[must_use]
    pub const fn beyond_seed(mut self) -> Self {
        self.seed = false;
        self
    }

    /// It counts against this limit of its provider.
    #[must_use]
    pub const fn limited(mut self, limit: &'static str) -> Self {
        self.limit = limit;
        self
    }

    /// Its result holds a [`Secret`].
    #[must_use]
    pub const fn returns_secret(mut self) -> Self {
        self.returns_secret = true;
        self
    }

    /// The part of the id before the dot.
    pub fn provider(&self) -> &'static str {
        self.id.split('.').next().unwrap_or_default()
    }

    /// It is of the unified layer, and so of no one provider.
    pub fn is_unified(&self) -> bool {
        self.provider() == unified::NAME
    }

    /// The part of the id behind the dot: `list_prices`.
    pub fn name(&self) -> &'static str {
        self.id.split('.').nth(1).unwrap_or_default()
    }
}

/// A future that a flow awaits.
pub(crate) type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// A type that has a JSON Schema, where schemas are asked for.
#[cfg(feature = "schema")]
pub trait Described: schemars::JsonSchema {}
#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> Described for T {}
/// A type that has a JSON Schema, where schemas are asked for.
#[cfg(not(feature = "schema"))]
pub trait Described {}
#[cfg(not(feature = "schema"))]
impl<T> Described for T {}

/// What a client can be asked to do: an operation of a provider, or one of the unified layer.
pub trait Callable: Send + Sized + 'static {
    /// What it gives.
    type Output: Send + 'static;

    /// Its facts.
    const ENDPOINT: Endpoint;

    /// The flow that does it.
    #[doc(hidden)]
    fn flow(self, client: &Client, options: Options) -> Flow<Answer<Self::Output>>;
}

impl<O: Operation> Callable for O {
    type Output = O::Output;
    const ENDPOINT: Endpoint = <O as Operation>::ENDPOINT;

    fn flow(self, client: &Client, options: Options) -> Flow<Answer<O::Output>> {
        client.call_any(Box::new(self), options, typed)
    }
}

/// One operation of one provider.
pub trait Operation: Serialize + DeserializeOwned + Described + Clone + Send + Sync + Sized + 'static {
    /// Whose it is.
    type Provider: Provider;
    /// What it gives.
    type Output: Serialize + DeserializeOwned + Described + Send + 'static;

    /// Its facts.
    const ENDPOINT: Endpoint;

    /// Writes the request, or says which parameter cannot be sent.
    #[doc(hidden)]
    fn encode(&self, provider: &Self::Provider, draft: &mut Draft) -> Result<()>;

    /// Reads the answer that its provider has not refused.
    #[doc(hidden)]
    fn decode(&self, provider: &Self::Provider, reply: &Reply<'_>) -> Result<Self::Output> {
        let _ = provider;
        reply.json()
    }

    /// What there is at the provider that a lost purchase may have become: of a purchase that names unique things only
    /// those, of any other everything of its kind, bought before included. An error of kind
    /// [`ErrorKind::Unsupported`] where nothing can tell.
    #[doc(hidden)]
    fn look<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Vec<Found<Self::Output>>>> {
        let _ = call;
        let message = "this provider has no way to tell: look at the account";
        Box::pin(std::future::ready(Err(Error::new(ErrorKind::Unsupported, Delivery::NotSent, message))))
    }

    /// The unique things that this purchase names, as [`Operation::look`] names what it finds.
    #[doc(hidden)]
    fn names(&self) -> Vec<String> {
        Vec::new()
    }

    /// How the provider names what was bought.
    #[doc(hidden)]
    fn bought(&self, output: &Self::Output) -> Vec<String> {
        let _ = output;
        self.names()
    }

    /// A new secret with which this account signs from now on.
    #[doc(hidden)]
    fn new_secret(&self, output: &Self::Output) -> Option<Secret> {
        let _ = output;
        None
    }
}
