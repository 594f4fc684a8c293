//! Accounts, and the flows that calls are.

use crate::flow::{Flow, at};
use crate::js::{self, Options, Step};
use std::time::Duration;
use trunkline_core::{self as core, Config, Error, Result};
use wasm_bindgen::prelude::wasm_bindgen;

/// Accounts. It makes flows, which JavaScript steps.
#[wasm_bindgen]
pub struct Client {
    pub(crate) core: core::Client,
}

#[wasm_bindgen]
impl Client {
    /// Accounts as JSON, 16 random bytes that are never used twice, and environment variables (name, value, name, value…)
    /// that add to the accounts. A journal that several share is asked who holds what, and what is open.
    #[wasm_bindgen(constructor)]
    pub fn new(
        config: &str,
        seed: &[u8],
        environment: Option<Vec<String>>,
        shared_journal: Option<bool>,
    ) -> Result<Client, Step> {
        let open = || {
            let seed = seed.try_into().map_err(|_| Error::invalid_input("seed", "it is 16 random bytes"))?;
            let mut config = Config::from_json(config)?;
            config.add_environment(js::pairs(environment.unwrap_or_default()));
            match shared_journal.unwrap_or_default() {
                true => core::Client::with_shared_journal(config, seed),
                false => core::Client::new(config, seed),
            }
        };
        open().map(|core| Self { core }).map_err(|error| js::failed(&error))
    }

    /// Starts an operation by its id; `mode` is `call`, `all` (items) or `wait` (until it has settled).
    pub fn start(&self, mode: &str, operation: &str, params: &str, options: &Options) -> Result<Flow, Step> {
        let run = || self.core.start_in_host(mode, operation, params, read(options)?);
        run().map(Flow::from).map_err(|error| js::failed(&error))
    }

    /// Starts a request that no operation covers; the flow is done with an empty text and the reply. The query as name,
    /// value, name, value…
    #[expect(clippy::too_many_arguments, reason = "an object would have to be taken apart in as many steps")]
    pub fn request(
        &self,
        provider: &str,
        method: &str,
        path: String,
        query: Vec<String>,
        content_type: Option<String>,
        body: Vec<u8>,
        options: &Options,
    ) -> Result<Flow, Step> {
        let run = || {
            let body = content_type.map(|content_type| (content_type, body));
            self.core.request_in_host(provider, method, path, js::pairs(query), body, read(options)?)
        };
        run().map(Flow::from).map_err(|error| js::failed(&error))
    }

    /// Settles the purchases whose end nobody knows; items are `RecoveredPurchase`s.
    pub fn recover(&self) -> Flow {
        self.core.recover_in_host().into()
    }

    /// The purchases of this client whose end nobody knows: a list of `OpenPurchase`s, as JSON.
    #[wasm_bindgen(js_name = openPurchases)]
    pub fn open_purchases(&self) -> String {
        self.core.open_purchases_in_host()
    }

    /// Hands an event to whoever waits for it; gives what is new in it. Both as JSON: an event, and a list of them.
    pub fn feed(&self, now: f64, event: &str) -> Result<String, Step> {
        self.core.feed_in_host(at(now), event).map_err(|error| js::failed(&error))
    }

    /// The names of the accounts.
    #[wasm_bindgen(getter)]
    pub fn accounts(&self) -> Vec<String> {
        self.core.accounts().map(str::to_owned).collect()
    }
}

fn read(options: &Options) -> Result<core::Options> {
    if options.is_undefined() || options.is_null() {
        return Ok(core::Options::default());
    }
    let timeout = js::number("timeout", &options.timeout())?.map(|millis| {
        Duration::try_from_secs_f64(millis / 1000.0)
            .map_err(|_| Error::invalid_input("timeout", "it is a number of milliseconds, 0 or more"))
    });
    let attempts = js::number("attempts", &options.attempts())?;
    if attempts.is_some_and(|count| !(0.0..=f64::from(u32::MAX)).contains(&count)) {
        return Err(Error::invalid_input("attempts", "it is a number, and no more than 4294967295"));
    }
    Ok(core::Options {
        account: js::text("account", &options.account())?,
        timeout: timeout.transpose()?,
        attempts: attempts.map(|count| count as u32),
        idempotency_key: js::text("idempotency_key", &options.idempotency_key())?,
    })
}
