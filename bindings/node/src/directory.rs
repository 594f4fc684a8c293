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
    inner: Arc<trunkline_journal::Directory>,
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
        AsyncTask::new(Recording { directory: Arc::clone(&self.inner), line })
    }

    /// The answer, for all processes; both as JSON.
    #[napi(catch_unwind)]
    pub fn consult(&self, question: String) -> AsyncTask<Consulting> {
        AsyncTask::new(Consulting { directory: Arc::clone(&self.inner), question })
    }
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
        Ok(Directory { inner: Arc::new(opened) })
    }
}

pub struct Recording {
    directory: Arc<trunkline_journal::Directory>,
    line: String,
}

impl Task for Recording {
    type Output = ();
    type JsValue = ();

    fn compute(&mut self) -> Result<()> {
        let entry = JournalEntry::from_line(&self.line).ok_or("the line cannot be read".to_owned());
        entry.and_then(|entry| self.directory.record(entry)).map_err(Error::from_reason)
    }

    fn resolve(&mut self, _: Env, (): ()) -> Result<()> {
        Ok(())
    }
}

pub struct Consulting {
    directory: Arc<trunkline_journal::Directory>,
    question: String,
}

impl Task for Consulting {
    type Output = String;
    type JsValue = String;

    fn compute(&mut self) -> Result<String> {
        let question = Consult::from_json(&self.question);
        let answered = question.and_then(|question| self.directory.consult(question));
        answered.map(|answer| answer.to_json()).map_err(Error::from_reason)
    }

    fn resolve(&mut self, _: Env, answer: String) -> Result<String> {
        Ok(answer)
    }
}
