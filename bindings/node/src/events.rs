//! Events that came to a program's own server.

use crate::flow::at;
use crate::js;
use napi::Env;
use napi::bindgen_prelude::Result;
use napi_derive::napi;
use trunkline_core::{EventRequest, parse_event_in_host};

/// The event as JSON, or null for what is no event. Headers as name, value, name, value…; `verification` is JSON: what it
/// is checked by.
#[napi(catch_unwind)]
#[allow(clippy::too_many_arguments, reason = "the interface is that of the module in WebAssembly")]
pub fn parse_event(
    env: Env,
    now: f64,
    provider: String,
    method: String,
    query: String,
    headers: Vec<String>,
    body: &[u8],
    verification: String,
) -> Result<Option<String>> {
    let request = EventRequest { method: &method, query: &query, headers: &js::pairs(headers), body };
    parse_event_in_host(&provider, &request, &verification, at(now)).map_err(|error| js::thrown(&env, &error))
}
