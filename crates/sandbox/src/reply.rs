//! What becomes of a request: an answer, or one of the ways in which there is none. The carrier performs it.

use crate::http::Response;
use std::time::Duration;

/// What the carrier does, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// How long the carrier waits first.
    pub after: Duration,
    /// What it does then.
    pub outcome: Outcome,
}

/// What the client gets to see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The whole answer.
    Respond(Response),
    /// The head, announcing the whole body, then that many bytes of the body, then the end of the connection.
    Cut(Response, usize),
    /// The connection is closed without an answer.
    Drop,
    /// Nothing, for as long as the client cares to wait.
    Hang,
}

impl Reply {
    /// That outcome, at once.
    pub fn now(outcome: Outcome) -> Self {
        Self { after: Duration::ZERO, outcome }
    }
}
