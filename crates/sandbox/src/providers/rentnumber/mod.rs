//! RentNumber, pretended.

use crate::http::{Request, Response};
use crate::provider::{Context, Provider};

/// The credentials that work.
pub const CREDENTIALS: &[(&str, &str)] = &[("api_key", "rn_sandbox_key")];

/// What RentNumber's page leaves open.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {}

/// One account at RentNumber.
pub struct RentNumber {}

impl RentNumber {
    /// An account as it is when the sandbox starts.
    pub fn new(_settings: &crate::settings::Settings) -> Self {
        Self {}
    }
}

impl Provider for RentNumber {
    fn handle(&mut self, _context: &mut Context<'_>, _request: &Request) -> Response {
        Response::text(501, "text/plain", "not written yet")
    }

    fn advance(&mut self, _context: &mut Context<'_>) {}

    fn receive_sms(&mut self, _context: &mut Context<'_>, _to: &str, _from: &str, _text: &str) -> Result<(), String> {
        Err("not written yet".to_owned())
    }

    fn state(&self) -> serde_json::Value {
        serde_json::Value::Null
    }
}
