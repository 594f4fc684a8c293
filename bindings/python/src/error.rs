//! The core's errors as Python's.

use crate::message::Response;
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use std::fmt::Display;
use trunkline_core::Error;

/// The exception that `trunkline.errors.from_json` makes of an error.
pub(crate) fn raise(py: Python<'_>, error: &Error) -> PyErr {
    let make = || {
        let response = error.response.clone().map(Response::from);
        py.import("trunkline.errors")?.call_method1("from_json", (error.to_json(), error.to_string(), response))
    };
    make().map_or_else(|problem| problem, PyErr::from_value)
}

/// For what is wrong with a value that no provider is concerned with.
pub(crate) fn wrong(problem: impl Display) -> PyErr {
    PyValueError::new_err(problem.to_string())
}
