//! Events that came to a program's own server.

use crate::error::raise;
use pyo3::prelude::*;
use pyo3::types::PyBytes;
use trunkline_core::{EventRequest, Timestamp, parse_event_in_host};

/// The event as JSON, or None for what is no event. `verification` is JSON: what it is checked by.
#[pyfunction]
#[expect(clippy::too_many_arguments, reason = "Python has names for them")]
pub(crate) fn parse_event<'py>(
    py: Python<'py>,
    provider: &str,
    method: &str,
    query: &str,
    headers: Vec<(String, String)>,
    body: &[u8],
    verification: &str,
    now: i64,
) -> PyResult<Option<Bound<'py, PyBytes>>> {
    let request = EventRequest { method, query, headers: &headers, body };
    let event = parse_event_in_host(provider, &request, verification, Timestamp::from_nanos(now));
    let event = event.map_err(|error| raise(py, &error))?;
    Ok(event.map(|event| PyBytes::new(py, event.as_bytes())))
}
