//! JSON bodies, strictly: an object of named strings.

use super::replies::Refusal;
use super::settings::Settings;
use crate::http::Request;
use serde_json::{Map, Value};

/// The fields of a body; an empty body has none.
pub(super) fn read(
    request: &Request,
    allowed: &[&str],
    settings: &Settings,
    lenient: bool,
) -> Result<Map<String, Value>, Refusal> {
    if request.body.is_empty() {
        return Ok(Map::new());
    }
    let declared = request.header("content-type").unwrap_or_default();
    if !declared.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case("application/json") {
        return Err(Refusal::new(415, "Content-Type must be application/json."));
    }
    let value: Value =
        serde_json::from_slice(&request.body).map_err(|_| Refusal::new(400, "The body is not valid JSON."))?;
    let Value::Object(fields) = value else {
        return Err(Refusal::new(400, "The body must be a JSON object."));
    };
    match fields.keys().find(|name| !allowed.contains(&name.as_str())).filter(|_| !lenient) {
        Some(unknown) => Err(Refusal::invalid(settings, unknown, "is not a known parameter")),
        None => Ok(fields),
    }
}

/// A field that is a string if it is there.
pub(super) fn text<'a>(
    fields: &'a Map<String, Value>,
    name: &str,
    settings: &Settings,
) -> Result<Option<&'a str>, Refusal> {
    match fields.get(name) {
        None => Ok(None),
        Some(Value::String(text)) => Ok(Some(text)),
        Some(_) => Err(Refusal::invalid(settings, name, "must be a string")),
    }
}

/// A field that has to be there.
pub(super) fn required<'a>(
    fields: &'a Map<String, Value>,
    name: &str,
    settings: &Settings,
) -> Result<&'a str, Refusal> {
    text(fields, name, settings)?.ok_or_else(|| Refusal::invalid(settings, name, "is required"))
}
