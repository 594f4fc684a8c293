//! Calls Python back from a thread of its own, so that the one that carries bytes never waits for the interpreter.

use crate::outcome::Outcome;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use trunkline_core as core;

/// An outcome, and who wants it.
struct Delivery {
    to: Py<PyAny>,
    outcome: core::Outcome,
}

/// A promise to call back: dropped with its host, it says that the outcome is lost, so that nobody waits for ever.
pub(crate) struct Promise {
    to: Option<Py<PyAny>>,
    queue: Sender<Delivery>,
    given_up: Arc<AtomicBool>,
}

impl Promise {
    pub(crate) fn new(to: Py<PyAny>) -> PyResult<Self> {
        Ok(Self { to: Some(to), queue: queue()?, given_up: Arc::default() })
    }

    /// Once this is true, nobody is called.
    pub(crate) fn given_up(&self) -> Arc<AtomicBool> {
        Arc::clone(&self.given_up)
    }

    pub(crate) fn keep(mut self, outcome: core::Outcome) {
        self.deliver(outcome);
    }

    fn deliver(&mut self, outcome: core::Outcome) {
        if let Some(to) = self.to.take().filter(|_| !self.given_up.load(Ordering::Acquire)) {
            // The thread ends only with the interpreter, and then nobody is called.
            let _ = self.queue.send(Delivery { to, outcome });
        }
    }
}

impl Drop for Promise {
    fn drop(&mut self) {
        self.deliver(core::Outcome::Lost("the client was closed before the answer came".to_owned()));
    }
}

/// The thread of one process.
struct Thread {
    process: u32,
    queue: Sender<Delivery>,
    /// Held while Python is called; true once the interpreter ends, when it must not be.
    ended: Arc<Mutex<bool>>,
}

/// Locked for a moment only, and never while waiting for the interpreter: a fork always finds it free.
static THREAD: Mutex<Option<Thread>> = Mutex::new(None);

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The queue of this process's thread, which is started when it is first needed.
fn queue() -> PyResult<Sender<Delivery>> {
    let mut thread = lock(&THREAD);
    let process = std::process::id();
    if let Some(thread) = thread.as_ref().filter(|thread| thread.process == process) {
        return Ok(thread.queue.clone());
    }
    let (queue, incoming) = channel();
    let ended = Arc::new(Mutex::new(false));
    let watched = Arc::clone(&ended);
    let started =
        std::thread::Builder::new().name("trunkline-deliver".to_owned()).spawn(move || run(incoming, &watched));
    started.map_err(|error| PyRuntimeError::new_err(format!("no thread can be started: {error}")))?;
    // In a fork, the parent's is forgotten as it is: its thread is not here.
    std::mem::forget(thread.replace(Thread { process, queue: queue.clone(), ended }));
    Ok(queue)
}

fn run(incoming: Receiver<Delivery>, ended: &Mutex<bool>) {
    while let Ok(first) = incoming.recv() {
        let ended = lock(ended);
        if *ended {
            return;
        }
        Python::try_attach(|py| {
            for Delivery { to, outcome } in std::iter::once(first).chain(incoming.try_iter()) {
                if let Err(error) = to.call1(py, (Outcome::from(outcome),)) {
                    error.write_unraisable(py, Some(to.bind(py)));
                }
            }
        });
    }
}

/// Nothing is delivered once the interpreter has begun to end: a thread that then waits for it is killed by it.
#[pyfunction]
fn end(py: Python<'_>) {
    let ours = lock(&THREAD)
        .as_ref()
        .filter(|thread| thread.process == std::process::id())
        .map(|thread| Arc::clone(&thread.ended));
    if let Some(ended) = ours {
        py.detach(|| *lock(&ended) = true);
    }
}

/// Has [`end`] called when the interpreter ends.
pub(crate) fn end_with_the_interpreter(py: Python<'_>) -> PyResult<()> {
    py.import("atexit")?.call_method1("register", (pyo3::wrap_pyfunction!(end, py)?,))?;
    Ok(())
}
