//! A journal in a directory, beside the runtime's own threads: a disk can be slow.

use crate::journal::Journal;
use crate::transport::BoxFuture;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::runtime::Handle;
use trunkline_core::{Consult, Consulted, Error, JournalEntry, Result};
use trunkline_journal::Directory;

/// Purchases recorded in a directory that processes share; see [`trunkline_journal`]. [`Trunkline::recover`] settles what a
/// crash left open.
///
/// ```no_run
/// use futures_util::StreamExt;
/// use std::{pin::pin, sync::Arc};
/// use trunkline::{DirectoryJournal, Trunkline};
///
/// # async fn example() -> trunkline::Result<()> {
/// let journal = Arc::new(DirectoryJournal::open("/var/lib/shop/purchases")?);
/// let client = Trunkline::builder().environment().journal(journal).build()?;
/// let mut recovered = pin!(client.recover());
/// while let Some(purchase) = recovered.next().await {
///     println!("{:?}", purchase?);
/// }
/// # Ok(())
/// # }
/// ```
///
/// [`Trunkline::recover`]: crate::Trunkline::recover
#[derive(Debug)]
pub struct DirectoryJournal(Arc<Directory>);

impl DirectoryJournal {
    /// Opens the directory, and makes it where there is none. It has to be on a local disk.
    pub fn open(folder: impl Into<PathBuf>) -> Result<Self> {
        let mut random = [0; 16];
        getrandom::fill(&mut random)
            .map_err(|error| Error::journal_failed(format!("no source of randomness: {error}")))?;
        let name: String = random.iter().map(|byte| format!("{byte:02x}")).collect();
        let directory = Directory::open(folder, &name).map_err(Error::journal_failed)?;
        Ok(Self(Arc::new(directory)))
    }
}

impl Journal for DirectoryJournal {
    fn record(&self, entry: JournalEntry) -> BoxFuture<'_, Result<(), String>> {
        beside(&self.0, move |directory| directory.record(entry))
    }

    fn is_shared(&self) -> bool {
        true
    }

    fn consult(&self, question: Consult) -> BoxFuture<'_, Result<Consulted, String>> {
        beside(&self.0, move |directory| directory.consult(question))
    }
}

/// On a thread for what blocks, where there is a runtime that has them.
fn beside<T: Send + 'static>(
    directory: &Arc<Directory>,
    work: impl FnOnce(&Directory) -> Result<T, String> + Send + 'static,
) -> BoxFuture<'static, Result<T, String>> {
    let directory = Arc::clone(directory);
    match Handle::try_current() {
        Ok(runtime) => {
            let working = runtime.spawn_blocking(move || work(&directory));
            Box::pin(async move { working.await.unwrap_or_else(|error| Err(format!("the journal's thread: {error}"))) })
        }
        Err(_) => Box::pin(std::future::ready(work(&directory))),
    }
}
