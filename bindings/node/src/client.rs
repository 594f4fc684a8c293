//! Accounts, and the flows that calls are.

use crate::flow::{Flow, at};
use crate::js;
use napi::Env;
use napi::bindgen_prelude::{Object, Result};
use napi_derive::napi;
use std::time::Duration;
use trunkline_core::{self as core, Config, Error};

/// Accounts. It makes flows, which JavaScript steps.
#[napi]
pub struct Client {
    pub(crate) core: core::Client,
}

#[napi]
impl Client {
    /// Accounts as JSON, 16 random bytes that are never used twice, and environment variables (name, value, name, value…)
    /// that add to the accounts. A journal that several share is asked who holds what, and what is open.
    #[napi(constructor, catch_unwind)]
    pub fn new(
        env: Env,
        config: String,
        seed: &[u8],
        environment: Option<Vec<String>>,
        shared_journal: Option<bool>,
    ) -> Result<Self> {
        let open = || {
            let seed = seed.try_into().map_err(|_| Error::invalid_input("seed", "it is 16 random bytes"))?;
            let mut config = Config::from_json(&config)?;
            config.add_environment(js::pairs(environment.unwrap_or_default()));
            match shared_journal.unwrap_or_default() {
                true => core::Client::with_shared_journal(config, seed),
                false => core::Client::new(config, seed),
            }
        };
        open().map(|core| Self { core }).map_err(|error| js::thrown(&env, &error))
    }

    /// Starts an operation by its id; `mode` is `call`, `all` (items) or `wait` (until it has settled).
    #[napi(catch_unwind)]
    pub fn start(
        &self,
        env: Env,
        mode: String,
        operation: String,
        params: String,
        options: Option<Object<'_>>,
    ) -> Result<Flow> {
        let run = || self.core.start_in_host(&mode, &operation, &params, read(options)?);
        run().map(Flow::from).map_err(|error| js::thrown(&env, &error))
    }

    /// Starts a request that no operation covers; the flow is done with an empty text and the reply. The query as name,
    /// value, name, value…
    #[napi(catch_unwind)]
    #[allow(clippy::too_many_arguments, reason = "the interface is that of the module in WebAssembly")]
    pub fn request(
        &self,
        env: Env,
        provider: String,
        method: String,
        path: String,
        query: Vec<String>,
        content_type: Option<String>,
        body: &[u8],
        options: Option<Object<'_>>,
    ) -> Result<Flow> {
        let run = || {
            let body = content_type.map(|content_type| (content_type, body.to_vec()));
            self.core.request_in_host(&provider, &method, path, js::pairs(query), body, read(options)?)
        };
        run().map(Flow::from).map_err(|error| js::thrown(&env, &error))
    }

    /// Settles the purchases whose end nobody knows; items are `RecoveredPurchase`s.
    #[napi(catch_unwind)]
    pub fn recover(&self) -> Flow {
        self.core.recover_in_host().into()
    }

    /// The purchases of this client whose end nobody knows: a list of `OpenPurchase`s, as JSON.
    #[napi(catch_unwind)]
    pub fn open_purchases(&self) -> String {
        self.core.open_purchases_in_host()
    }

    /// Hands an event to whoever waits for it; gives what is new in it. Both as JSON: an event, and a list of them.
    #[napi(catch_unwind)]
    pub fn feed(&self, env: Env, now: f64, event: String) -> Result<String> {
        self.core.feed_in_host(at(now), &event).map_err(|error| js::thrown(&env, &error))
    }

    /// The names of the accounts.
    #[napi(getter)]
    pub fn accounts(&self) -> Vec<String> {
        self.core.accounts().map(str::to_owned).collect()
    }
}

fn read(options: Option<Object<'_>>) -> core::Result<core::Options> {
    let Some(options) = options else { return Ok(core::Options::default()) };
    let timeout = js::number(&options, "timeoutMillis", "timeout")?.map(|millis| {
        Duration::try_from_secs_f64(millis / 1000.0)
            .map_err(|_| Error::invalid_input("timeout", "it is a number of milliseconds, 0 or more"))
    });
    let attempts = js::number(&options, "attempts", "attempts")?;
    if attempts.is_some_and(|count| !(0.0..=f64::from(u32::MAX)).contains(&count)) {
        return Err(Error::invalid_input("attempts", "it is a number, and no more than 4294967295"));
    }
    Ok(core::Options {
        account: js::text(&options, "account", "account")?,
        timeout: timeout.transpose()?,
        attempts: attempts.map(|count| count as u32),
        idempotency_key: js::text(&options, "idempotencyKey", "idempotency_key")?,
    })
}
