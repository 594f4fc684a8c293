//! Refusals: `{"error":{"code":"…","message":"…"}}`. Codes that the pages do not name are assumed from their status.

use crate::http::Response;
use serde_json::json;

/// Why a call is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refusal {
    status: u16,
    code: &'static str,
    message: String,
    header: Option<(&'static str, String)>,
}

impl Refusal {
    pub(super) fn new(status: u16, code: &'static str, message: impl Into<String>) -> Self {
        Self { status, code, message: message.into(), header: None }
    }

    pub(super) fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.header = Some((name, value.into()));
        self
    }

    pub(super) fn malformed(message: impl Into<String>) -> Self {
        Self::new(400, "invalid_request", message)
    }

    pub(super) fn invalid(parameter: &str, why: &str) -> Self {
        Self::new(422, "validation_failed", format!("{parameter}: {why}"))
    }

    pub(super) fn not_found(what: &str) -> Self {
        Self::new(404, "not_found", format!("{what} not found"))
    }

    pub(super) fn number_unavailable(number: &str) -> Self {
        Self::new(409, "number_unavailable", format!("{number} is not available"))
    }

    pub(super) fn response(&self) -> Response {
        let body = json!({"error": {"code": self.code, "message": self.message}});
        let response = Response::json(self.status, &body);
        match &self.header {
            Some((name, value)) => response.with_header(name, value.clone()),
            None => response,
        }
    }
}
