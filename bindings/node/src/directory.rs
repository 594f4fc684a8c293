//! A journal in a directory. Whatever waits for the disk runs on a thread of Node.js's pool, and gives a promise.

use napi::bindgen_prelude::{AsyncTask, Error, Result};
use napi::{Env, Task};
use napi_derive::napi;
use std::path::PathBuf;
use std::sync::Arc;
use trunkline_core::{Consult, JournalEntry};

/// Purchases recorded in a directory that processes share.
#[napi]
pub struct Directory {
    inner: Opened,
}

#[napi]
impl Directory {
    /// Opens it, and makes it where there is none. The name is of letters and digits, and never used twice. A promise: of a
    /// `Directory`, or of an error that names the file and says what is wrong with it, as of the others.
    #[napi(catch_unwind)]
    pub fn open(folder: String, name: String) -> AsyncTask<Opening> {
        AsyncTask::new(Opening { folder: folder.into(), name })
    }

    /// Makes the line durable.
    #[napi(catch_unwind)]
    pub fn record(&self, line: String) -> AsyncTask<Recording> {
        AsyncTask::new(Recording { directory: self.inner.clone(), line })
    }

    /// The answer, for all processes; both as JSON.
    #[napi(catch_unwind)]
    pub fn consult(&self, question: String) -> AsyncTask<Consulting> {
        AsyncTask::new(Consulting { directory: self.inner.clone(), question })
    }

    /// Leaves what is open in it for others to take over.
    #[napi(catch_unwind)]
    pub fn close(&mut self) {
        self.inner = None;
    }
}

type Opened = Option<Arc<trunkline_journal::Directory>>;

fn run<T>(
    opened: &Opened,
    work: impl FnOnce(&trunkline_journal::Directory) -> std::result::Result<T, String>,
) -> Result<T> {
    let directory = opened.as_ref().ok_or_else(|| Error::from_reason("it is closed"))?;
    work(directory).map_err(Error::from_reason)
}

pub struct Opening {
    folder: PathBuf,
    name: String,
}

impl Task for Opening {
    type Output = trunkline_journal::Directory;
    type JsValue = Directory;

    fn compute(&mut self) -> Result<Self::Output> {
        trunkline_journal::Directory::open(&self.folder, &self.name).map_err(Error::from_reason)
    }

    fn resolve(&mut self, _: Env, opened: Self::Output) -> Result<Directory> {
        Ok(Directory { inner: Some(Arc::new(opened)) })
    }
}

pub struct Recording {
    directory: Opened,
    line: String,
}

impl Task for Recording {
    type Output = ();
    type JsValue = ();

    fn compute(&mut self) -> Result<()> {
        let entry = JournalEntry::from_line(&self.line).ok_or_else(|| "the line cannot be read".to_owned());
        run(&self.directory, |directory| directory.record(entry?))
    }

    fn resolve(&mut self, _: Env, (): ()) -> Result<()> {
        Ok(())
    }
}

pub struct Consulting {
    directory: Opened,
    question: String,
}

impl Task for Consulting {
    type Output = String;
    type JsValue = String;

    fn compute(&mut self) -> Result<String> {
        let question = Consult::from_json(&self.question);
        run(&self.directory, |directory| Ok(directory.consult(question?)?.to_json()))
    }

    fn resolve(&mut self, _: Env, answer: String) -> Result<String> {
        Ok(answer)
    }
}
