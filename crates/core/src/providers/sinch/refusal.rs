//! How Sinch refuses: `{"error": {code, message, status, details}}`, and OAuth's `{"error": "…", "error_description": "…"}`.

use crate::error::ErrorKind;
use crate::http::Response;
use crate::provider::{Body, Refusal};
use crate::wire::json;
use crate::wire::raw::Raw;
use crate::wire::record::Deserialize;
use std::borrow::Cow;

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    error: Option<Raw<'a>>,
    #[serde(borrow)]
    error_description: Option<Cow<'a, str>>,
}

#[derive(Deserialize)]
struct Fault<'a> {
    #[serde(default, deserialize_with = "json::count_option")]
    code: Option<u64>,
    #[serde(borrow, default)]
    message: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    status: Option<Cow<'a, str>>,
    #[serde(borrow, default)]
    details: Option<Raw<'a>>,
}

/// Told apart by what they hold: their `type` is `ResourceInfo` or `BadRequest`, or not there at all.
#[derive(Deserialize, Default)]
#[serde(default)]
struct Detail {
    #[serde(rename = "resourceType")]
    resource_type: Option<String>,
    description: Option<String>,
    #[serde(rename = "fieldViolations")]
    field_violations: Vec<Violation>,
}

#[derive(Deserialize, Default, Clone)]
#[serde(default)]
struct Violation {
    field: Option<String>,
    description: Option<String>,
}

/// There is no envelope around an answer. Lists are left out of it when they are empty, so that anything but an object,
/// or a refusal inside a 200, would pass for an empty list.
pub(super) fn read(response: &Response) -> Result<Body<'_>, Refusal> {
    let body = response.body.trim_ascii();
    let by_status = Refusal::kind_of_status(response.status);
    let answers = by_status.is_none() && !begins_with_error(body);
    if answers && (body.is_empty() || body.starts_with(b"{")) {
        return Ok(Body::bare(&response.body));
    }
    if answers {
        return Err(Refusal::new(ErrorKind::Malformed, "it is no JSON object"));
    }
    let kind = by_status.unwrap_or(ErrorKind::Refused);
    let redirects = (300..400).contains(&response.status);
    let refusal = if redirects { None } else { read_envelope(body, response.status) };
    Err(refusal.unwrap_or_else(|| Refusal::unknown_form(kind, response)))
}

/// Looks at the first name only: no answer has it, and reading every answer twice would cost as much again.
fn begins_with_error(body: &[u8]) -> bool {
    let inside = body.strip_prefix(b"{").unwrap_or_default().trim_ascii_start();
    inside.strip_prefix(b"\"error\"").is_some_and(|rest| rest.trim_ascii_start().starts_with(b":"))
}

fn read_envelope(body: &[u8], status: u16) -> Option<Refusal> {
    let envelope: Envelope<'_> = json::decode(body).ok()?;
    let error = envelope.error?.get();
    if error.starts_with('"') {
        let code: String = json::read(error).ok()?;
        return Some(of_oauth(status, code, envelope.error_description.as_deref().unwrap_or_default()));
    }
    let fault: Fault<'_> = json::read(error).ok()?;
    // A body of 200 that refuses is judged by the status that it names.
    let named = fault.code.and_then(|code| u16::try_from(code).ok());
    let status = if status < 400 { named.unwrap_or(400) } else { status };
    Some(of_fault(status, &fault))
}

/// RFC 6749, 5.2: whose status is 400 for most of these.
fn of_oauth(status: u16, code: String, description: &str) -> Refusal {
    let kind = match (Refusal::kind_of_status(status), code.as_str()) {
        (Some(ErrorKind::InvalidInput) | None, "invalid_client" | "invalid_grant") => ErrorKind::Unauthenticated,
        (Some(ErrorKind::InvalidInput) | None, "unauthorized_client" | "invalid_scope") => ErrorKind::Forbidden,
        (kind, _) => kind.unwrap_or(ErrorKind::Refused),
    };
    let message = if description.is_empty() { code.clone() } else { description.to_owned() };
    Refusal::new(kind, message).code(code)
}

fn of_fault(status: u16, fault: &Fault<'_>) -> Refusal {
    let details: Vec<Detail> = fault.details.and_then(|details| json::read(details.get()).ok()).unwrap_or_default();
    let resource = details.iter().find_map(|detail| detail.resource_type.as_deref());
    let word = fault.status.as_deref().unwrap_or_default();
    let kind = match (Refusal::kind_of_status(status).unwrap_or(ErrorKind::Refused), word, resource) {
        // Rented by somebody else in the meantime, or not there when it was asked for.
        (ErrorKind::NotFound, _, Some("AvailableNumber")) => ErrorKind::OutOfStock,
        // gRPC's word for a state that forbids it, which comes with status 400.
        (ErrorKind::InvalidInput, "FAILED_PRECONDITION", _) => ErrorKind::Conflict,
        (kind, ..) => kind,
    };
    let violation = details.iter().find_map(|detail| detail.field_violations.first());
    let refusal = Refusal::new(kind, words(fault, &details, violation, kind));
    let refusal = if word.is_empty() { refusal } else { refusal.code(word) };
    match violation.and_then(|violation| our_name(violation.field.as_deref()?)) {
        Some(field) if kind == ErrorKind::InvalidInput => refusal.field(field),
        _ => refusal,
    }
}

/// Sinch's words, wherever it put them; its `message` is often empty.
fn words(fault: &Fault<'_>, details: &[Detail], violation: Option<&Violation>, kind: ErrorKind) -> String {
    let message = fault.message.as_deref().unwrap_or_default();
    let about_field = violation.and_then(|violation| violation.description.as_deref()).unwrap_or_default();
    let description = details.iter().filter_map(|detail| detail.description.as_deref()).find(|text| !text.is_empty());
    match (message, about_field, description) {
        ("", "", Some(description)) => description.to_owned(),
        ("", "", None) if kind == ErrorKind::OutOfStock => "the number is not available".to_owned(),
        ("", "", None) => details
            .iter()
            .find_map(|detail| detail.resource_type.as_deref())
            .map_or_else(|| "it gave no reason".to_owned(), |resource| format!("no such {resource}")),
        ("", about_field, _) => about_field.to_owned(),
        (message, "", _) => message.to_owned(),
        (message, about_field, _) => format!("{message}: {about_field}"),
    }
}

/// `smsConfiguration.servicePlanId` as our parameters are called; none for what looks like no name.
fn our_name(field: &str) -> Option<String> {
    let name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '[' | ']');
    if field.is_empty() || field.len() > 80 || !field.chars().all(name) {
        return None;
    }
    let mut out = String::with_capacity(field.len() + 8);
    for c in field.strip_prefix("numberPattern.").unwrap_or(field).chars() {
        if c.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(c.to_ascii_lowercase());
    }
    Some(match out.as_str() {
        "type" => "number_type".to_owned(),
        "capability" => "capabilities".to_owned(),
        "voice_configuration.type" => "voice_configuration.voice_type".to_owned(),
        _ => out,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn their_names_of_fields_become_ours() {
        for (theirs, ours) in [
            ("smsConfiguration.servicePlanId", Some("sms_configuration.service_plan_id")),
            ("numberPattern.searchPattern", Some("search_pattern")),
            ("type", Some("number_type")),
            ("", None),
            ("a b", None),
        ] {
            assert_eq!(our_name(theirs).as_deref(), ours, "{theirs}");
        }
    }

    #[test]
    fn an_answer_that_would_pass_for_an_empty_list_does_not() {
        for body in [&b"[]"[..], b"<html>", b"null", b"\"ok\"", b" {\n \"error\" : {\"code\":404}}"] {
            let response = Response { status: 200, headers: Vec::new(), body: body.to_vec() };
            assert!(read(&response).is_err(), "{body:?}");
        }
        let response = Response { status: 201, headers: Vec::new(), body: b"{\"errors\":1}".to_vec() };
        assert!(read(&response).is_ok());
    }
}
