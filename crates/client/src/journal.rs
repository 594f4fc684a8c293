//! Where purchases are recorded before they are sent.

use crate::transport::BoxFuture;
use trunkline_core::{Consult, Consulted, JournalEntry};

/// Keeps lines. A purchase is sent only when its line is durable.
pub trait Journal: Send + Sync + 'static {
    /// Makes the line durable, or says why it cannot.
    fn record(&self, entry: JournalEntry) -> BoxFuture<'_, Result<(), String>>;

    /// Other processes write it too, so that only it knows who holds which number and what is open: it is then asked.
    fn is_shared(&self) -> bool {
        false
    }

    /// Answers, or says why it cannot. Only a journal that is shared is asked.
    fn consult(&self, question: Consult) -> BoxFuture<'_, Result<Consulted, String>> {
        let _ = question;
        Box::pin(std::future::ready(Err("this journal is not shared".to_owned())))
    }
}
