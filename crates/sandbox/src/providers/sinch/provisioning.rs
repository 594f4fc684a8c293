//! Connecting a number to the SMS and voice platforms takes time:
//!
//! ```text
//! WAITING -> IN_PROGRESS -> done: nothing is scheduled any more, and the number shows what it is linked to
//!                       \-> FAILED: stays shown, with error codes
//! ```

use super::settings::Settings;
use crate::time::Time;
use std::time::Duration;

/// How far a connection has come. There is no value for success.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stage {
    Waiting,
    InProgress,
    Failed,
}

impl Stage {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Waiting => "WAITING",
            Self::InProgress => "IN_PROGRESS",
            Self::Failed => "FAILED",
        }
    }
}

/// A link that is being made.
#[derive(Debug, Clone)]
pub(super) struct Scheduled<T> {
    pub(super) target: T,
    pub(super) stage: Stage,
    pub(super) updated_at: Time,
    pub(super) error_code: Option<String>,
}

impl<T> Scheduled<T> {
    pub(super) fn new(target: T, now: Time) -> Self {
        Self { target, stage: Stage::Waiting, updated_at: now, error_code: None }
    }

    /// Moves on; gives the time when this ends. `failure` is the code it ends with instead of the target.
    pub(super) fn advance(&mut self, now: Time, failure: Option<&str>, settings: &Settings) -> Option<Time> {
        let waiting = self.updated_at.after(Duration::from_secs(settings.provisioning_waiting_seconds));
        if self.stage == Stage::Waiting && waiting <= now {
            (self.stage, self.updated_at) = (Stage::InProgress, waiting);
        }
        let done = self.updated_at.after(Duration::from_secs(settings.provisioning_in_progress_seconds));
        if self.stage != Stage::InProgress || done > now {
            return None;
        }
        if let Some(code) = failure {
            (self.stage, self.updated_at, self.error_code) = (Stage::Failed, done, Some(code.to_owned()));
        }
        Some(done)
    }
}
