//! Carrying bytes. A transport sends a request as it is, follows no redirect, reads no more of a body than it is told to,
//! and says `NotSent` only when that is certain.

pub use crate::host::{BoxFuture, HttpTransport};
use trunkline_core::{Outcome, Request};

/// Carries requests to providers. The driver drops the future at the request's deadline.
pub trait Transport: Send + Sync + 'static {
    /// Sends, and gives [`Outcome::Answered`], [`Outcome::NotSent`] or [`Outcome::Lost`]. Of a body longer than
    /// `body_limit` it gives one byte more than that.
    fn send(&self, request: Request, body_limit: usize) -> BoxFuture<'_, Outcome>;
}
