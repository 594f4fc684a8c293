//! Accounts, and the flows that calls are.

use crate::error::{raise, wrong};
use crate::flow::Flow;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};
use std::time::Duration;
use trunkline_core::{Config, Error, Options, Result, Timestamp};

/// Accounts. It makes flows, which Python steps.
#[pyclass(frozen, module = "trunkline")]
pub(crate) struct Client {
    pub(crate) core: trunkline_core::Client,
}

#[pymethods]
impl Client {
    /// Accounts as JSON, and what the environment adds to them. The seed is 16 random bytes, never used twice. A journal
    /// that processes share is asked who holds what, and what is open.
    #[new]
    fn new(
        py: Python<'_>,
        config: &str,
        environment: &Bound<'_, PyAny>,
        seed: &[u8],
        shared_journal: bool,
    ) -> PyResult<Self> {
        let seed = seed.try_into().map_err(|_| wrong("the seed is 16 random bytes"))?;
        let mut variables = Vec::new();
        for pair in environment.call_method0("items")?.try_iter()? {
            let (name, value): (Bound<'_, PyString>, Bound<'_, PyString>) = pair?.extract()?;
            // What is not text, as in a name with bytes of another encoding, is no setting.
            if let (Ok(name), Ok(value)) = (name.to_str(), value.to_str()) {
                variables.push((name.to_owned(), value.to_owned()));
            }
        }
        let open = || {
            let mut config = Config::from_json(config)?;
            config.add_environment(variables);
            match shared_journal {
                true => trunkline_core::Client::with_shared_journal(config, seed),
                false => trunkline_core::Client::new(config, seed),
            }
        };
        Ok(Self { core: open().map_err(|error| raise(py, &error))? })
    }

    /// Starts an operation by its id; `mode` is `call`, `all` (items) or `wait` (until it has settled).
    #[pyo3(signature = (mode, operation, params, account=None, timeout=None, attempts=None, idempotency_key=None))]
    #[expect(clippy::too_many_arguments, reason = "Python has names for them")]
    fn start(
        &self,
        py: Python<'_>,
        mode: &str,
        operation: &str,
        params: &[u8],
        account: Option<String>,
        timeout: Option<f64>,
        attempts: Option<i64>,
        idempotency_key: Option<String>,
    ) -> PyResult<Flow> {
        let run = || {
            let options = options(account, timeout, attempts, idempotency_key)?;
            let params = str::from_utf8(params).map_err(|_| Error::invalid_input("params", "it must be UTF-8"))?;
            self.core.start_in_host(mode, operation, params, options)
        };
        run().map(Flow::from).map_err(|error| raise(py, &error))
    }

    /// Starts a request that no operation covers; the flow is done with `b""` and the reply.
    #[pyo3(signature = (
        provider, method, path, query, body=None, account=None, timeout=None, attempts=None, idempotency_key=None
    ))]
    #[expect(clippy::too_many_arguments, reason = "Python has names for them")]
    fn request(
        &self,
        py: Python<'_>,
        provider: &str,
        method: &str,
        path: String,
        query: Vec<(String, String)>,
        body: Option<(String, &[u8])>,
        account: Option<String>,
        timeout: Option<f64>,
        attempts: Option<i64>,
        idempotency_key: Option<String>,
    ) -> PyResult<Flow> {
        let run = || {
            let options = options(account, timeout, attempts, idempotency_key)?;
            let body = body.map(|(content_type, bytes)| (content_type, bytes.to_vec()));
            self.core.request_in_host(provider, method, path, query, body, options)
        };
        run().map(Flow::from).map_err(|error| raise(py, &error))
    }

    /// Settles the purchases whose end nobody knows; items are `RecoveredPurchase`s.
    fn recover(&self) -> Flow {
        self.core.recover_in_host().into()
    }

    /// The purchases of this client whose end nobody knows: a list of `OpenPurchase`s, as JSON.
    fn open_purchases<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, self.core.open_purchases_in_host().as_bytes())
    }

    /// Hands an event to whoever waits for it; gives what is new in it. Both as JSON: an event, and a list of them.
    fn feed<'py>(&self, py: Python<'py>, now: i64, event: &[u8]) -> PyResult<Bound<'py, PyBytes>> {
        let run = || {
            let event = str::from_utf8(event).map_err(|_| Error::invalid_input("event", "it must be UTF-8"))?;
            self.core.feed_in_host(Timestamp::from_nanos(now), event)
        };
        let new = run().map_err(|error| raise(py, &error))?;
        Ok(PyBytes::new(py, new.as_bytes()))
    }

    /// The names of the accounts.
    #[getter]
    fn accounts(&self) -> Vec<&str> {
        self.core.accounts().collect()
    }

    fn __repr__(&self) -> String {
        format!("<Client {}>", self.accounts().join(", "))
    }
}

fn options(
    account: Option<String>,
    timeout: Option<f64>,
    attempts: Option<i64>,
    idempotency_key: Option<String>,
) -> Result<Options> {
    let seconds = |seconds| {
        Duration::try_from_secs_f64(seconds)
            .map_err(|_| Error::invalid_input("timeout", "it is a number of seconds, 0 or more"))
    };
    let count = |count| {
        u32::try_from(count)
            .map_err(|_| Error::invalid_input("attempts", "it is a number, and no more than 4294967295"))
    };
    let (timeout, attempts) = (timeout.map(seconds).transpose()?, attempts.map(count).transpose()?);
    Ok(Options { account, timeout, attempts, idempotency_key })
}
