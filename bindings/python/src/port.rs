//! One blocking call's actions.

use crate::host::{Engine, duration};
use crate::message::Request;
use crate::outcome::Outcome;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use std::future::Future;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Duration;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::AbortHandle;
use trunkline_core as core;

/// How often a waiting thread looks whether Python has a signal for it.
const SIGNALS_EVERY: Duration = Duration::from_millis(100);

/// One blocking call's actions. Dropping it aborts those that are still performed.
#[pyclass(frozen, module = "trunkline")]
pub(crate) struct Port {
    engine: Arc<Engine>,
    outcomes: UnboundedSender<(u64, core::Outcome)>,
    ended: Mutex<UnboundedReceiver<(u64, core::Outcome)>>,
    performed: Mutex<Vec<(u64, AbortHandle)>>,
}

impl Port {
    pub(crate) fn new(engine: Arc<Engine>) -> Self {
        let (outcomes, ended) = unbounded_channel();
        Self { engine, outcomes, ended: Mutex::new(ended), performed: Mutex::default() }
    }

    fn performed(&self) -> MutexGuard<'_, Vec<(u64, AbortHandle)>> {
        self.performed.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn perform(&self, id: u64, action: impl Future<Output = core::Outcome> + Send + 'static) -> PyResult<()> {
        let outcomes = self.outcomes.clone();
        let (runtime, _) = self.engine.parts()?;
        let task = runtime.spawn(async move {
            // Nobody waits for it when the port is gone.
            let _ = outcomes.send((id, action.await));
        });
        self.performed().push((id, task.abort_handle()));
        Ok(())
    }

    fn forget(&self, id: u64) -> Option<AbortHandle> {
        let mut performed = self.performed();
        let at = performed.iter().position(|(other, _)| *other == id)?;
        Some(performed.swap_remove(at).1)
    }

    /// Waits for the next outcome, not longer than until signals are to be looked for.
    fn next(&self) -> PyResult<Option<(u64, core::Outcome)>> {
        let mut ended = match self.ended.try_lock() {
            Ok(ended) => ended,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => {
                return Err(PyRuntimeError::new_err("another thread waits here: a port is for one call"));
            }
        };
        let (runtime, _) = self.engine.parts()?;
        let next = runtime.block_on(async { tokio::time::timeout(SIGNALS_EVERY, ended.recv()).await });
        Ok(next.ok().flatten())
    }
}

#[pymethods]
impl Port {
    /// Sends by the host's transport. After so many seconds it is given up as lost.
    fn send(&self, id: u64, request: &Bound<'_, Request>, seconds: f64) -> PyResult<()> {
        self.perform(id, self.engine.send(request.get(), seconds)?)
    }

    /// Waits.
    fn sleep(&self, id: u64, seconds: f64) -> PyResult<()> {
        // Timers have a resolution of a millisecond; waking early would only mean to sleep again.
        let duration = duration(seconds).max(Duration::from_millis(1));
        self.perform(id, async move {
            tokio::time::sleep(duration).await;
            core::Outcome::Elapsed
        })
    }

    /// Says from any thread how an action ended that is performed elsewhere.
    fn complete(&self, id: u64, outcome: &Bound<'_, Outcome>) -> PyResult<()> {
        let sent = self.outcomes.send((id, outcome.get().take()?));
        sent.map_err(|_| PyRuntimeError::new_err("this port is closed"))
    }

    /// Stops performing an action.
    fn abort(&self, id: u64) {
        if let Some(handle) = self.forget(id).filter(|_| self.engine.is_here()) {
            handle.abort();
        }
    }

    /// Aborts what it still performs.
    fn close(&self) {
        self.abort_all();
    }

    /// The next action that has ended, and how. Lets other threads run; Python's signal handlers run meanwhile.
    fn wait(&self, py: Python<'_>) -> PyResult<(u64, Outcome)> {
        loop {
            if let Some((id, outcome)) = py.detach(|| self.next())? {
                self.forget(id);
                return Ok((id, outcome.into()));
            }
            py.check_signals()?;
        }
    }
}

impl Port {
    fn abort_all(&self) {
        let performed = std::mem::take(&mut *self.performed());
        if self.engine.is_here() {
            performed.iter().for_each(|(_, handle)| handle.abort());
        } else {
            std::mem::forget(performed);
        }
    }
}

impl Drop for Port {
    fn drop(&mut self) {
        self.abort_all();
    }
}
