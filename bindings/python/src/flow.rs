//! One running call. Python steps it, does what it asks for, and resolves that.

use crate::error::raise;
use crate::message::{Request, Response};
use crate::outcome::Outcome;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};
use std::sync::{Mutex, MutexGuard, PoisonError};
use trunkline_core::{Action, ActionId, HostFlow, HostStep, Timestamp};

/// One running call: see `step`.
#[pyclass(frozen, module = "trunkline")]
pub(crate) struct Flow {
    inner: Mutex<HostFlow>,
}

impl From<HostFlow> for Flow {
    fn from(flow: HostFlow) -> Self {
        Self { inner: Mutex::new(flow) }
    }
}

impl Flow {
    /// Held across no call into Python, which could come back here.
    fn lock(&self) -> MutexGuard<'_, HostFlow> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl Flow {
    /// What the flow wants next at this time, in nanoseconds since 1970: `("send", id, request)`,
    /// `("sleep", id, seconds, why)`, `("record", id, line)`, `("consult", id, question)`, `("abort", id)`, `("item", json)`,
    /// `("waiting",)`, `("done", json, response)` or `("end",)` after items. Raises the error in which it ends.
    fn step<'py>(&self, py: Python<'py>, now: i64) -> PyResult<Bound<'py, PyTuple>> {
        let now = Timestamp::from_nanos(now);
        let next = self.lock().step(now);
        match next {
            HostStep::Perform(ActionId(id), Action::Send { request: inner, deadline, body_limit }) => {
                let timeout = deadline.since(now).as_secs_f64();
                (intern!(py, "send"), id, Request { inner, body_limit, timeout }).into_pyobject(py)
            }
            HostStep::Perform(ActionId(id), Action::Sleep(duration, why)) => {
                (intern!(py, "sleep"), id, duration.as_secs_f64(), why.as_str()).into_pyobject(py)
            }
            HostStep::Perform(ActionId(id), Action::Record(entry)) => {
                (intern!(py, "record"), id, entry.to_line()).into_pyobject(py)
            }
            HostStep::Perform(ActionId(id), Action::Consult(question)) => {
                (intern!(py, "consult"), id, question.to_json()).into_pyobject(py)
            }
            HostStep::Abort(ActionId(id)) => (intern!(py, "abort"), id).into_pyobject(py),
            HostStep::Item(json) => (intern!(py, "item"), PyBytes::new(py, json.as_bytes())).into_pyobject(py),
            HostStep::Waiting => (intern!(py, "waiting"),).into_pyobject(py),
            HostStep::Done(json, response) => {
                let json = PyBytes::new(py, json.as_bytes());
                (intern!(py, "done"), json, Response::from(response)).into_pyobject(py)
            }
            HostStep::End => (intern!(py, "end"),).into_pyobject(py),
            HostStep::Failed(error) => Err(raise(py, &error)),
        }
    }

    /// Says how an action ended. One that is not outstanding is passed over.
    fn resolve(&self, now: i64, id: u64, outcome: &Bound<'_, Outcome>) -> PyResult<()> {
        let outcome = outcome.get().take()?;
        self.lock().resolve(Timestamp::from_nanos(now), ActionId(id), outcome);
        Ok(())
    }

    /// Gives the flow up: it asks for its actions to be aborted, and ends as cancelled.
    fn cancel(&self) {
        self.lock().cancel();
    }
}
