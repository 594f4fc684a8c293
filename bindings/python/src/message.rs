//! Requests and responses. Neither prints a value that may be a secret.

use crate::error::wrong;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyTuple, PyType};

/// What is to be sent, exactly as it is. Flows make it.
#[pyclass(frozen, module = "trunkline")]
pub(crate) struct Request {
    pub(crate) inner: trunkline_core::Request,
    pub(crate) body_limit: usize,
    /// Seconds that were left when it was made.
    pub(crate) timeout: f64,
}

#[pymethods]
impl Request {
    /// `GET`, `POST`, `PUT`, `PATCH` or `DELETE`.
    #[getter]
    fn method(&self) -> &'static str {
        self.inner.method.as_str()
    }

    /// Absolute, escaped.
    #[getter]
    fn url(&self) -> &str {
        &self.inner.url
    }

    /// Pairs; names in lower case.
    #[getter]
    fn headers(&self) -> Vec<(&str, &str)> {
        pairs(&self.inner.headers)
    }

    /// Empty when there is none.
    #[getter]
    fn body<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.inner.body)
    }

    /// Bytes of the reply's body to read at most; of a longer one, answer with one byte more than this.
    #[getter]
    fn body_limit(&self) -> usize {
        self.body_limit
    }

    /// Seconds until the deadline: what is not answered by then is lost.
    #[getter]
    fn timeout(&self) -> f64 {
        self.timeout
    }

    fn __repr__(&self) -> String {
        let Self { inner, .. } = self;
        let headers = names(&inner.headers);
        format!("<Request {} {}, {headers}, {} bytes>", inner.method, inner.url_without_query(), inner.body.len())
    }
}

/// A reply: `Response(status, headers, body)`.
#[pyclass(frozen, eq, hash, module = "trunkline")]
#[derive(PartialEq, Hash)]
pub(crate) struct Response {
    pub(crate) inner: trunkline_core::Response,
}

impl From<trunkline_core::Response> for Response {
    fn from(inner: trunkline_core::Response) -> Self {
        Self { inner }
    }
}

#[pymethods]
impl Response {
    #[new]
    #[pyo3(signature = (status, headers = None, body = None), text_signature = "(status, headers=(), body=b'')")]
    fn new(status: i64, headers: Option<&Bound<'_, PyAny>>, body: Option<&[u8]>) -> PyResult<Self> {
        let status = u16::try_from(status).map_err(|_| wrong("status is an HTTP status, such as 200"))?;
        let mut lowered = Vec::new();
        if let Some(headers) = headers {
            let items = headers.getattr_opt("items")?.map(|items| items.call0()).transpose()?;
            let pairs = items.unwrap_or_else(|| headers.clone());
            for pair in pairs.try_iter()? {
                let (mut name, value): (String, String) = pair?.extract()?;
                name.make_ascii_lowercase();
                lowered.push((name, value));
            }
        }
        let body = body.unwrap_or_default().to_vec();
        Ok(Self { inner: trunkline_core::Response { status, headers: lowered, body } })
    }

    /// HTTP status.
    #[getter]
    fn status(&self) -> u16 {
        self.inner.status
    }

    /// Pairs; names in lower case.
    #[getter]
    fn headers(&self) -> Vec<(&str, &str)> {
        pairs(&self.inner.headers)
    }

    /// The bytes as they came, after transfer and content coding.
    #[getter]
    fn body<'py>(&self, py: Python<'py>) -> Bound<'py, PyBytes> {
        PyBytes::new(py, &self.inner.body)
    }

    /// The first header of that name, whatever its case.
    fn header(&self, name: &str) -> Option<&str> {
        self.inner.header(name)
    }

    /// The body as text for people: values under names that look like a secret's are `***`.
    fn text(&self) -> String {
        self.inner.text()
    }

    /// The body read as JSON, nothing masked.
    fn json<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        py.import("json")?.call_method1("loads", (self.body(py),))
    }

    fn __repr__(&self) -> String {
        let Self { inner } = self;
        format!("<Response {}, {}, {} bytes>", inner.status, names(&inner.headers), inner.body.len())
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyType>, Bound<'py, PyTuple>)> {
        let this = slf.get();
        Ok((slf.get_type(), (this.status(), this.headers(), this.body(slf.py())).into_pyobject(slf.py())?))
    }
}

fn pairs(headers: &[(String, String)]) -> Vec<(&str, &str)> {
    headers.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect()
}

fn names(headers: &[(String, String)]) -> String {
    let names: Vec<&str> = headers.iter().map(|(name, _)| name.as_str()).collect();
    format!("headers: [{}]", names.join(", "))
}
