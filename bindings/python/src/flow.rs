//! One running call. Python steps it, does what it asks for, and resolves that.

use crate::error::raise;
use crate::message::{Request, Response};
use crate::outcome::Outcome;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple};
use std::sync::{Mutex, MutexGuard, PoisonError};
use trunkline_core::client::JsonAnswer;
use trunkline_core::{self as core, Action, ActionId, Answer, Error, Step, Timestamp, Why};

/// One running call: see `step`.
#[pyclass(frozen, module = "trunkline")]
pub(crate) struct Flow {
    inner: Mutex<Erased>,
}

enum Erased {
    Call(core::Flow<JsonAnswer>),
    All(core::Flow<(), String>),
    Request(core::Flow<core::Response>),
}

/// A step of any of them.
enum Next {
    Perform(ActionId, Action),
    Abort(ActionId),
    Item(String),
    Waiting,
    Done(String, core::Response),
    /// There were only items.
    End,
    Failed(Error),
}

impl Erased {
    fn step(&mut self, now: Timestamp) -> Next {
        match self {
            Self::Call(flow) => {
                next(flow.step(now), |never| match never {}, |Answer { value, response }| Next::Done(value, response))
            }
            Self::All(flow) => next(flow.step(now), |item| item, |()| Next::End),
            Self::Request(flow) => {
                next(flow.step(now), |never| match never {}, |response| Next::Done(String::new(), response))
            }
        }
    }

    fn resolve(&mut self, now: Timestamp, id: ActionId, outcome: core::Outcome) {
        match self {
            Self::Call(flow) => flow.resolve(now, id, outcome),
            Self::All(flow) => flow.resolve(now, id, outcome),
            Self::Request(flow) => flow.resolve(now, id, outcome),
        }
    }

    fn cancel(&mut self) {
        match self {
            Self::Call(flow) => flow.cancel(),
            Self::All(flow) => flow.cancel(),
            Self::Request(flow) => flow.cancel(),
        }
    }
}

fn next<T, I>(step: Step<T, I>, item: impl FnOnce(I) -> String, done: impl FnOnce(T) -> Next) -> Next {
    match step {
        Step::Perform(id, action) => Next::Perform(id, action),
        Step::Abort(id) => Next::Abort(id),
        Step::Item(value) => Next::Item(item(value)),
        Step::Waiting => Next::Waiting,
        Step::Done(Ok(value)) => done(value),
        Step::Done(Err(error)) => Next::Failed(error),
    }
}

impl From<core::Flow<JsonAnswer>> for Flow {
    fn from(flow: core::Flow<JsonAnswer>) -> Self {
        Self { inner: Mutex::new(Erased::Call(flow)) }
    }
}

impl From<core::Flow<(), String>> for Flow {
    fn from(flow: core::Flow<(), String>) -> Self {
        Self { inner: Mutex::new(Erased::All(flow)) }
    }
}

impl From<core::Flow<core::Response>> for Flow {
    fn from(flow: core::Flow<core::Response>) -> Self {
        Self { inner: Mutex::new(Erased::Request(flow)) }
    }
}

impl Flow {
    /// Held across no call into Python, which could come back here.
    fn lock(&self) -> MutexGuard<'_, Erased> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[pymethods]
impl Flow {
    /// What the flow wants next at this time, in nanoseconds since 1970: `("send", id, request)`,
    /// `("sleep", id, seconds, why)`, `("record", id, line)`, `("abort", id)`, `("item", json)`, `("waiting",)`,
    /// `("done", json, response)` or `("end",)` after items. Raises the error in which it ends.
    fn step<'py>(&self, py: Python<'py>, now: i64) -> PyResult<Bound<'py, PyTuple>> {
        let now = Timestamp::from_nanos(now);
        let next = self.lock().step(now);
        match next {
            Next::Perform(ActionId(id), Action::Send { request: inner, deadline, body_limit }) => {
                let timeout = deadline.since(now).as_secs_f64();
                (intern!(py, "send"), id, Request { inner, body_limit, timeout }).into_pyobject(py)
            }
            Next::Perform(ActionId(id), Action::Sleep(duration, why)) => {
                (intern!(py, "sleep"), id, duration.as_secs_f64(), name(why)).into_pyobject(py)
            }
            Next::Perform(ActionId(id), Action::Record(entry)) => {
                (intern!(py, "record"), id, entry.to_line()).into_pyobject(py)
            }
            Next::Abort(ActionId(id)) => (intern!(py, "abort"), id).into_pyobject(py),
            Next::Item(json) => (intern!(py, "item"), PyBytes::new(py, json.as_bytes())).into_pyobject(py),
            Next::Waiting => (intern!(py, "waiting"),).into_pyobject(py),
            Next::Done(json, response) => {
                let json = PyBytes::new(py, json.as_bytes());
                (intern!(py, "done"), json, Response::from(response)).into_pyobject(py)
            }
            Next::End => (intern!(py, "end"),).into_pyobject(py),
            Next::Failed(error) => Err(raise(py, &error)),
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

fn name(why: Why) -> &'static str {
    match why {
        Why::RateLimit => "rate_limit",
        Why::Retry => "retry",
        Why::Lease => "lease",
        Why::Poll => "poll",
        Why::Settle => "settle",
    }
}
