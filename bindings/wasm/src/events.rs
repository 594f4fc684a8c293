//! Events that came to a program's own server.

use crate::flow::at;
use crate::js::{self, Step};
use trunkline_core::{EventRequest, parse_event_in_host};
use wasm_bindgen::prelude::wasm_bindgen;

/// The event as JSON, or undefined for what is no event. Headers as name, value, name, value…; `verification` is JSON:
/// what it is checked by.
#[wasm_bindgen(js_name = parseEvent)]
pub fn parse_event(
    now: f64,
    provider: &str,
    method: &str,
    query: &str,
    headers: Vec<String>,
    body: &[u8],
    verification: &str,
) -> Result<Option<String>, Step> {
    let request = EventRequest { method, query, headers: &js::pairs(headers), body };
    parse_event_in_host(provider, &request, verification, at(now)).map_err(|error| js::failed(&error))
}
