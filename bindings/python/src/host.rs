//! What performs actions: a runtime and a transport.

use crate::deliver::Promise;
use crate::error::raise;
use crate::message::Request;
use crate::port::Port;
use crate::sandbox::Sandbox;
use pyo3::exceptions::{PyRuntimeError, PyTypeError};
use pyo3::prelude::*;
use std::future::Future;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio::task::AbortHandle;
use trunkline::{HttpTransport, Outcome, Transport};

/// HTTP as Trunkline's Rust client does it. Every host that is given it has connections of its own.
#[pyclass(frozen, module = "trunkline")]
pub(crate) struct Http;

#[pymethods]
impl Http {
    #[new]
    fn new() -> Self {
        Self
    }
}

fn open(transport: &Bound<'_, PyAny>) -> PyResult<Arc<dyn Transport>> {
    if let Ok(sandbox) = transport.cast::<Sandbox>() {
        return Ok(Arc::new(sandbox.get().inner.clone()));
    }
    if !transport.is_instance_of::<Http>() {
        return Err(PyTypeError::new_err("a host's transport is Http(), a Sandbox or None"));
    }
    Ok(Arc::new(HttpTransport::new().map_err(|error| raise(transport.py(), &error))?))
}

/// A runtime and its connections. They belong to the process that made them: in a fork their threads are missing, and their
/// locks may be held by nobody, so that there they are forgotten rather than dropped.
pub(crate) struct Engine {
    parts: Option<(Runtime, Option<Arc<dyn Transport>>)>,
    process: u32,
}

impl Engine {
    fn new(transport: Option<Arc<dyn Transport>>, background: bool) -> std::io::Result<Self> {
        let mut builder = if background { Builder::new_multi_thread() } else { Builder::new_current_thread() };
        let runtime = builder.worker_threads(1).thread_name("trunkline").enable_all().build()?;
        Ok(Self { parts: Some((runtime, transport)), process: std::process::id() })
    }

    /// The runtime, and the transport where there is one.
    pub(crate) fn parts(&self) -> PyResult<(&Runtime, Option<&Arc<dyn Transport>>)> {
        match &self.parts {
            Some((runtime, transport)) if self.is_here() => Ok((runtime, transport.as_ref())),
            _ => Err(PyRuntimeError::new_err("this was made before a fork: make a new client in this process")),
        }
    }

    pub(crate) fn is_here(&self) -> bool {
        self.process == std::process::id()
    }

    /// What becomes of a request that is sent now.
    pub(crate) fn send(&self, request: &Request, seconds: f64) -> PyResult<impl Future<Output = Outcome> + use<>> {
        let (_, transport) = self.parts()?;
        let transport = Arc::clone(transport.ok_or_else(|| PyRuntimeError::new_err("this host has no transport"))?);
        let (request, body_limit, limit) = (request.inner.clone(), request.body_limit, duration(seconds));
        Ok(async move {
            // Without a thread of its own, the runtime has not seen which connections have been closed since the last call: it
            // looks now. A request sent over one of them would count as lost.
            tokio::task::yield_now().await;
            let sending = tokio::time::timeout(limit, transport.send(request, body_limit));
            let late = || Outcome::Lost(format!("no answer before the deadline, {} ms", limit.as_millis()));
            sending.await.unwrap_or_else(|_| late())
        })
    }
}

impl Drop for Engine {
    fn drop(&mut self) {
        let parts = self.parts.take();
        match parts {
            Some((runtime, _transport)) if self.is_here() => runtime.shutdown_background(),
            parts => std::mem::forget(parts),
        }
    }
}

/// Nothing, for what is not a time from now on.
pub(crate) fn duration(seconds: f64) -> Duration {
    let most = if seconds > 0.0 { Duration::MAX } else { Duration::ZERO };
    Duration::try_from_secs_f64(seconds).unwrap_or(most)
}

/// Performs actions: those of blocking calls through a `port`, those of async ones by `start`. Without `background` it has
/// no thread, and gets on only while a port waits.
#[pyclass(frozen, module = "trunkline")]
pub(crate) struct Host {
    engine: Mutex<Option<Arc<Engine>>>,
    background: bool,
}

impl Host {
    fn slot(&self) -> MutexGuard<'_, Option<Arc<Engine>>> {
        self.engine.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn engine(&self) -> PyResult<Arc<Engine>> {
        let engine = self.slot().clone();
        engine.ok_or_else(|| PyRuntimeError::new_err("this client is closed: make a new one"))
    }
}

#[pymethods]
impl Host {
    #[new]
    fn new(transport: Option<&Bound<'_, PyAny>>, background: bool) -> PyResult<Self> {
        let transport = transport.map(open).transpose()?;
        let engine = Engine::new(transport, background)
            .map_err(|error| PyRuntimeError::new_err(format!("the runtime cannot be started: {error}")))?;
        Ok(Self { engine: Mutex::new(Some(Arc::new(engine))), background })
    }

    /// For one blocking call. Dropping it aborts what it still performs.
    fn port(&self) -> PyResult<Port> {
        let engine = self.engine()?;
        engine.parts()?;
        Ok(Port::new(engine))
    }

    /// Sends, and calls `deliver` with the outcome from another thread, unless the task is aborted before.
    fn start(&self, request: &Bound<'_, Request>, seconds: f64, deliver: Py<PyAny>) -> PyResult<Task> {
        if !self.background {
            return Err(PyRuntimeError::new_err("this host has no thread: make it with background=True"));
        }
        let engine = self.engine()?;
        let sending = engine.send(request.get(), seconds)?;
        let promise = Promise::new(deliver)?;
        let given_up = promise.given_up();
        let (runtime, _) = engine.parts()?;
        let task = runtime.spawn(async move { promise.keep(sending.await) });
        Ok(Task { handle: task.abort_handle(), given_up, process: engine.process })
    }

    /// Ends it: what `start` has sent is lost, and a port that is in use goes on to the end of its call.
    fn close(&self) {
        let engine = self.slot().take();
        drop(engine);
    }
}

/// One request that `Host.start` sends.
#[pyclass(frozen, module = "trunkline")]
pub(crate) struct Task {
    handle: AbortHandle,
    given_up: Arc<AtomicBool>,
    process: u32,
}

#[pymethods]
impl Task {
    /// Stops it: nothing is delivered any more, unless it is on its way.
    fn abort(&self) {
        if self.process == std::process::id() {
            self.given_up.store(true, Ordering::Release);
            self.handle.abort();
        }
    }
}
