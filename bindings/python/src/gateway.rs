//! A gateway's requests, in; answers, or flows whose results are the bodies of answers, out.

use crate::client::Client;
use crate::error::raise;
use crate::flow::Flow;
use pyo3::prelude::*;
use trunkline_core::Timestamp;
use trunkline_core::gateway::{Head, Header, HostAdmission, HostAnswer, HostGateway, HostRun};

type Headers = Vec<(String, String)>;
/// Status, headers but for the body's length, and the body.
type Answer = (u16, Vec<Header>, String);

/// Who may run what, before a client's accounts.
#[pyclass(frozen, module = "trunkline")]
pub(crate) struct Gateway {
    inner: HostGateway,
}

/// What a gateway runs; the answer is 200 with these headers.
#[pyclass(frozen, get_all, module = "trunkline")]
pub(crate) struct Admitted {
    operation: &'static str,
    headers: Vec<Header>,
    lasting: bool,
    lines: bool,
    flow: Py<Flow>,
}

#[pymethods]
impl Gateway {
    /// A gateway with that policy, as JSON.
    #[new]
    fn new(py: Python<'_>, client: &Bound<'_, Client>, policy: &str) -> PyResult<Self> {
        let made = HostGateway::new(&client.get().core, policy);
        made.map(|inner| Self { inner }).map_err(|error| raise(py, &error))
    }

    /// How many bytes of a body, and how many seconds for it to come.
    #[getter]
    fn limits(&self) -> (usize, f64) {
        let policy = self.inner.policy();
        (policy.body_limit, policy.body_timeout.as_secs_f64())
    }

    /// The refusal of what is refused before its body is read.
    fn check(&self, method: &str, target: &str, headers: Headers) -> Option<Answer> {
        self.inner.check(&Head { method, target, headers: &headers }).map(answered)
    }

    /// The answer to a request whose body is not there; `why` is `late`, `broken` or `used`.
    fn refuse(&self, why: &str, method: &str, target: &str, headers: Headers) -> Answer {
        answered(self.inner.refuse(&Head { method, target, headers: &headers }, why))
    }

    /// What to answer, or what to run.
    fn admit<'py>(
        &self,
        py: Python<'py>,
        now: i64,
        method: &str,
        target: &str,
        headers: Headers,
        body: &[u8],
    ) -> PyResult<Bound<'py, PyAny>> {
        let head = Head { method, target, headers: &headers };
        match self.inner.admit(Timestamp::from_nanos(now), &head, body) {
            HostAdmission::Answer(given) => Ok(answered(given).into_pyobject(py)?.into_any()),
            HostAdmission::Run(HostRun { operation, headers, lasting, lines, flow }) => {
                let flow = Py::new(py, Flow::from(flow))?;
                Ok(Bound::new(py, Admitted { operation, headers, lasting, lines, flow })?.into_any())
            }
        }
    }
}

fn answered(HostAnswer { status, headers, body }: HostAnswer) -> Answer {
    (status, headers, body)
}
