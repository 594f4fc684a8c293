//! The five providers, pretended, in this process: for tests of your own program, without account or port.
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> trunkline::Result<()> {
//! use trunkline::{rentnumber, sandbox::Sandbox};
//!
//! let sandbox = Sandbox::start();
//! let client = sandbox.client()?;
//! let rental = client.call(rentnumber::Rent { pricing_id: 42.into() }).await?;
//! let number = rental.phone_number.expect("allocated");
//! sandbox.receive_sms("rentnumber", number.as_str(), "Acme", "Your code is 123456").expect("a number of ours");
//! let rental = client.call(rentnumber::GetRental { rental_id: rental.rental_id }).wait().await?;
//! assert_eq!(rental.code.as_deref(), Some("123456"));
//! # Ok(())
//! # }
//! ```

use crate::client::Trunkline;
use crate::host::{Clock, sleep};
use crate::transport::{BoxFuture, Transport};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use trunkline_core::{Config, Outcome, Request, Response, Result};
pub use trunkline_sandbox::{Fault, FaultKind, ProviderName, Script, Settings};
use trunkline_sandbox::{Time, http, reply};

/// A sandbox in this process. Cloning it shares its state.
#[derive(Clone)]
pub struct Sandbox {
    state: Arc<Mutex<trunkline_sandbox::Sandbox>>,
    clock: Clock,
}

/// Where the pretended providers are for a client: no socket listens there.
const HOST: &str = "http://localhost/sandbox";

impl Sandbox {
    /// A sandbox with fresh accounts.
    pub fn start() -> Self {
        Self::with_settings(Settings::default())
    }

    /// A sandbox in which the undocumented things are as you say.
    pub fn with_settings(settings: Settings) -> Self {
        Self { state: Arc::new(Mutex::new(trunkline_sandbox::Sandbox::new(settings))), clock: Clock::start() }
    }

    /// A client with an account at each of the five.
    pub fn client(&self) -> Result<Trunkline> {
        Trunkline::builder().config(Self::config()).transport(self.clone()).build()
    }

    /// The accounts of [`Sandbox::client`].
    pub fn config() -> Config {
        accounts(|provider| format!("{HOST}/{}{}", provider.slug(), trunkline_sandbox::Sandbox::base_path(provider)))
    }

    /// An SMS arrives for a number that was bought here. The error says why it cannot.
    pub fn receive_sms(&self, provider: &str, to: &str, from: &str, text: &str) -> Result<(), String> {
        let name = ProviderName::from_slug(provider).ok_or_else(|| format!("no provider {provider:?}"))?;
        self.lock().receive_sms(self.now(), name, to, from, text)
    }

    /// Messages that arrive by themselves.
    pub fn script_sms(&self, script: Script) {
        self.lock().script_sms(self.now(), script);
    }

    /// From now on these calls go wrong.
    pub fn add_fault(&self, fault: Fault) {
        self.lock().add_fault(fault);
    }

    /// No call goes wrong any more.
    pub fn clear_faults(&self) {
        self.lock().clear_faults();
    }

    /// What the providers hold, as JSON text: wallets, stock, numbers.
    pub fn state(&self) -> String {
        self.lock().state(self.now()).to_string()
    }

    /// A request to the sandbox itself, as its server takes them below `/_sandbox`.
    pub fn control(&self, request: &http::Request) -> http::Response {
        self.lock().control(self.now(), request)
    }

    fn now(&self) -> Time {
        Time(self.clock.now().as_millis())
    }

    fn lock(&self) -> MutexGuard<'_, trunkline_sandbox::Sandbox> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Accounts with the sandbox's credentials, at these base URLs.
pub fn accounts(base_url: impl Fn(ProviderName) -> String) -> Config {
    let mut config = Config::default();
    for provider in ProviderName::ALL {
        for (name, value) in trunkline_sandbox::Sandbox::account_settings(provider, &base_url(provider)) {
            config.set(provider.slug(), name, value);
        }
    }
    config
}

impl Transport for Sandbox {
    fn send(&self, request: Request, body_limit: usize) -> BoxFuture<'_, Outcome> {
        Box::pin(async move {
            let Some((provider, incoming)) = incoming(request, HOST) else {
                return Outcome::NotSent("the sandbox is not at this URL".to_owned());
            };
            let reply = self.lock().handle(self.now(), provider, incoming);
            if reply.after > Duration::ZERO {
                sleep(reply.after).await;
            }
            match reply.outcome {
                reply::Outcome::Respond(response) => {
                    let http::Response { status, headers, mut body } = response;
                    body.truncate(body_limit.saturating_add(1));
                    Outcome::Answered(Response { status, headers, body })
                }
                reply::Outcome::Cut(..) => Outcome::Lost("the reply broke off".to_owned()),
                reply::Outcome::Drop => Outcome::Lost("the connection was closed without an answer".to_owned()),
                reply::Outcome::Hang => std::future::pending().await,
            }
        })
    }
}

/// A client's request as the sandbox takes it, when it goes to one of the providers below `host`.
pub fn incoming(request: Request, host: &str) -> Option<(ProviderName, http::Request)> {
    let below = request.url.strip_prefix(host)?;
    let (path, query) = below.split_once('?').unwrap_or((below, ""));
    let (provider, path) = ProviderName::split_path(path)?;
    let (query, method) = (query.to_owned(), request.method.to_string());
    Some((provider, http::Request { method, path, query, headers: request.headers, body: request.body }))
}
