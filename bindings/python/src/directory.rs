//! A journal in a directory. It waits for the disk, and lets other threads run meanwhile.

use crate::error::raise;
use pyo3::prelude::*;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use trunkline_core::{Consult, Error, JournalEntry};

/// Purchases recorded in a directory that processes share.
#[pyclass(frozen, weakref, module = "trunkline")]
pub(crate) struct Directory {
    /// Locked for a moment only, and never while waiting for the interpreter: a fork always finds it free.
    inner: Mutex<Option<Arc<trunkline_journal::Directory>>>,
}

impl Directory {
    fn slot(&self) -> MutexGuard<'_, Option<Arc<trunkline_journal::Directory>>> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn run<T: Send>(
        &self,
        py: Python<'_>,
        work: impl FnOnce(&trunkline_journal::Directory) -> Result<T, String> + Send,
    ) -> PyResult<T> {
        let opened = self.slot().clone().ok_or_else(|| "it is closed".to_owned());
        py.detach(|| work(&*opened?)).map_err(|problem| not_recorded(py, problem))
    }
}

#[pymethods]
impl Directory {
    /// Opens it, and makes it where there is none. The name is of letters and digits, and never used twice.
    #[new]
    fn new(py: Python<'_>, folder: PathBuf, name: &str) -> PyResult<Self> {
        let opened = py.detach(|| trunkline_journal::Directory::open(folder, name));
        let opened = opened.map_err(|problem| raise(py, &Error::journal_failed(problem)))?;
        Ok(Self { inner: Mutex::new(Some(Arc::new(opened))) })
    }

    /// Makes the line durable.
    fn record(&self, py: Python<'_>, line: &str) -> PyResult<()> {
        let entry = JournalEntry::from_line(line).ok_or_else(|| "the line cannot be read".to_owned());
        self.run(py, |directory| directory.record(entry?))
    }

    /// The answer, for all processes; both as JSON.
    fn consult(&self, py: Python<'_>, question: &str) -> PyResult<String> {
        let question = Consult::from_json(question);
        self.run(py, |directory| Ok(directory.consult(question?)?.to_json()))
    }

    /// Leaves what is open in it for others to take over. In a fork it is left to the parent.
    fn close(&self) {
        let opened = self.slot().take();
        drop(opened);
    }
}

/// `trunkline.NotRecorded`: it names the file and what is wrong with it, and may be shown.
fn not_recorded(py: Python<'_>, problem: String) -> PyErr {
    let make = || py.import("trunkline._journal")?.getattr("NotRecorded")?.call1((problem,));
    make().map_or_else(|problem| problem, PyErr::from_value)
}
