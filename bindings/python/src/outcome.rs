//! How an action ended.

use crate::error::wrong;
use crate::message::Response;
use pyo3::prelude::*;
use std::sync::{Mutex, PoisonError};
use trunkline_core as core;

/// How an action ended; to be handed to `Flow.resolve`, once.
#[pyclass(frozen, module = "trunkline")]
pub(crate) struct Outcome {
    /// `answered`, `not_sent`, `lost`, `elapsed`, `recorded`, `not_recorded` or `consulted`.
    #[pyo3(get)]
    kind: &'static str,
    /// The status of the reply, where there is one.
    #[pyo3(get)]
    status: Option<u16>,
    /// Why there is none.
    #[pyo3(get)]
    why: Option<String>,
    inner: Mutex<Option<core::Outcome>>,
}

impl Outcome {
    /// Replies are large: they are handed on, not copied.
    pub(crate) fn take(&self) -> PyResult<core::Outcome> {
        let taken = self.inner.lock().unwrap_or_else(PoisonError::into_inner).take();
        taken.ok_or_else(|| wrong("this outcome has been resolved before: make one for each action"))
    }
}

impl From<core::Outcome> for Outcome {
    fn from(inner: core::Outcome) -> Self {
        let (kind, status, why) = match &inner {
            core::Outcome::Answered(response) => ("answered", Some(response.status), None),
            core::Outcome::NotSent(why) => ("not_sent", None, Some(why.clone())),
            core::Outcome::Lost(why) => ("lost", None, Some(why.clone())),
            core::Outcome::Elapsed => ("elapsed", None, None),
            core::Outcome::Recorded => ("recorded", None, None),
            core::Outcome::NotRecorded(why) => ("not_recorded", None, Some(why.clone())),
            core::Outcome::Consulted(_) => ("consulted", None, None),
        };
        Self { kind, status, why, inner: Mutex::new(Some(inner)) }
    }
}

#[pymethods]
impl Outcome {
    fn __repr__(&self) -> String {
        let detail = self.status.map(|status| status.to_string()).or_else(|| self.why.clone());
        detail.map_or_else(|| format!("<Outcome {}>", self.kind), |detail| format!("<Outcome {}: {detail}>", self.kind))
    }
}

/// The whole reply.
#[pyfunction]
pub(crate) fn answered(response: &Bound<'_, Response>) -> Outcome {
    core::Outcome::Answered(response.get().inner.clone()).into()
}

/// Certainly never sent.
#[pyfunction]
pub(crate) fn not_sent(why: String) -> Outcome {
    core::Outcome::NotSent(why).into()
}

/// Perhaps sent, no whole reply.
#[pyfunction]
pub(crate) fn lost(why: String) -> Outcome {
    core::Outcome::Lost(why).into()
}

/// The time is over.
#[pyfunction]
pub(crate) fn elapsed() -> Outcome {
    core::Outcome::Elapsed.into()
}

/// The line is durable.
#[pyfunction]
pub(crate) fn recorded() -> Outcome {
    core::Outcome::Recorded.into()
}

/// What the journal answers, as JSON text.
#[pyfunction]
pub(crate) fn consulted(answer: &str) -> PyResult<Outcome> {
    Ok(core::Outcome::Consulted(core::Consulted::from_json(answer).map_err(wrong)?).into())
}

/// The journal could not be written or read.
#[pyfunction]
pub(crate) fn not_recorded(why: String) -> Outcome {
    core::Outcome::NotRecorded(why).into()
}
