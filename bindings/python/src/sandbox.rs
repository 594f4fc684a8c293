//! The five providers, pretended: in this process, or behind a port of this machine.

use crate::error::wrong;
use pyo3::exceptions::PyOSError;
use pyo3::prelude::*;
use serde::de::DeserializeOwned;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};
use tokio::runtime::{Builder, Runtime};
use trunkline::sandbox::{Settings, accounts};
use trunkline_sandbox::http::{Request, Response};
use trunkline_sandbox::serve::{self, Addresses, Options, serve};

fn read<T: DeserializeOwned>(json: &str) -> PyResult<T> {
    serde_json::from_str(json).map_err(wrong)
}

fn read_settings(json: Option<&str>) -> PyResult<Settings> {
    json.map_or_else(|| Ok(Settings::default()), read)
}

/// The five providers, pretended, in this process: a transport for a `Host`, without a port.
#[pyclass(frozen, module = "trunkline")]
pub(crate) struct Sandbox {
    pub(crate) inner: trunkline::sandbox::Sandbox,
}

#[pymethods]
impl Sandbox {
    /// Settings as JSON.
    #[new]
    #[pyo3(signature = (settings = None))]
    fn new(settings: Option<&str>) -> PyResult<Self> {
        Ok(Self { inner: trunkline::sandbox::Sandbox::with_settings(read_settings(settings)?) })
    }

    /// Its accounts, for `Client`.
    fn accounts(&self) -> String {
        trunkline::sandbox::Sandbox::config().to_json()
    }

    /// A call of the sandbox itself, as its server takes them below `/_sandbox/`; JSON in, JSON out.
    fn control(&self, method: &str, path: &str, body: &[u8]) -> PyResult<String> {
        read_control(self.inner.control(&control(method, path, body)))
    }
}

fn control(method: &str, path: &str, body: &[u8]) -> Request {
    let (method, path) = (method.to_owned(), format!("/_sandbox/{path}"));
    Request { method, path, query: String::new(), headers: Vec::new(), body: body.to_vec() }
}

fn read_control(response: Response) -> PyResult<String> {
    let body = String::from_utf8_lossy(&response.body).into_owned();
    if response.status == 200 { Ok(body) } else { Err(wrong(body)) }
}

/// The same behind a port of this machine, on a thread of its own.
#[pyclass(frozen, module = "trunkline")]
pub(crate) struct Server {
    addresses: Addresses,
    running: Mutex<Option<(Runtime, serve::Server)>>,
    process: u32,
}

impl Server {
    /// In a fork its thread is missing: there it is forgotten.
    fn take(&self) -> Option<(Runtime, serve::Server)> {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner).take();
        if self.process == std::process::id() {
            return running;
        }
        std::mem::forget(running);
        None
    }
}

#[pymethods]
impl Server {
    /// Settings as JSON, an address of this machine, and a port; 0 lets the system choose one.
    #[new]
    #[pyo3(signature = (settings = None, host = "127.0.0.1", port = 0))]
    fn new(py: Python<'_>, settings: Option<&str>, host: &str, port: u16) -> PyResult<Self> {
        let settings = read_settings(settings)?;
        let address = if host == "localhost" { "127.0.0.1" } else { host };
        let host: IpAddr = address.parse().map_err(|_| wrong(format!("host is an IP address, not {host:?}")))?;
        let options = Options { settings, host, port, ..Options::default() };
        let start = || {
            let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("sandbox").enable_all().build()?;
            let server = runtime.block_on(serve(options))?;
            Ok((runtime, server))
        };
        let running = py.detach(start).map_err(|error: std::io::Error| {
            PyOSError::new_err(format!("the sandbox cannot listen at {host}, port {port}: {error}"))
        })?;
        let addresses = running.1.addresses.clone().as_seen_from_here();
        Ok(Self { addresses, running: Mutex::new(Some(running)), process: std::process::id() })
    }

    /// Where it is; `/_sandbox/…` below it controls it.
    #[getter]
    fn url(&self) -> String {
        format!("http://{}", self.addresses.all)
    }

    /// Its accounts, for `Client`.
    fn accounts(&self) -> String {
        accounts(|provider| self.addresses.base_url(provider)).to_json()
    }

    /// A call of the sandbox itself, as below `/_sandbox/`; JSON in, JSON out.
    fn control(&self, method: &str, path: &str, body: &[u8]) -> PyResult<String> {
        let running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        let (_, server) = running.as_ref().ok_or_else(|| wrong("the sandbox is closed"))?;
        read_control(server.control(&control(method, path, body)))
    }

    /// Ends it; its port is free again when this returns.
    fn close(&self, py: Python<'_>) {
        if let Some((runtime, server)) = self.take() {
            py.detach(|| {
                runtime.block_on(server.shutdown());
                runtime.shutdown_background();
            });
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some((runtime, server)) = self.take() {
            drop(server);
            runtime.shutdown_background();
        }
    }
}
