//! The answers of a provider in trouble, and good answers spoilt.

use crate::faults::{Fault, FaultKind};
use crate::http::Response;
use crate::provider::ProviderName;
use crate::reply::{Outcome, Reply};
use crate::time::Time;
use serde_json::{Value, json};
use std::time::Duration;

/// A proxy's page, as nginx writes it.
const BAD_GATEWAY: &str = "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway\
                           </h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n";

/// The answer to a call that was not executed.
pub(crate) fn refuse(provider: ProviderName, now: Time, fault: &Fault) -> Response {
    match fault.kind {
        FaultKind::BadGatewayHtml => Response::text(502, "text/html", BAD_GATEWAY),
        FaultKind::RateLimited => error(provider, 429),
        FaultKind::RateLimitedWithRetryAfter => {
            let until = now.after(Duration::from_secs(fault.retry_after));
            let date = fault.http_date.then(|| until.format("%a, %d %b %Y %H:%M:%S GMT"));
            error(provider, 429).with_header("retry-after", date.unwrap_or_else(|| fault.retry_after.to_string()))
        }
        _ => error(provider, 500),
    }
}

/// Each provider's own error shape.
fn error(provider: ProviderName, status: u16) -> Response {
    let limited = status == 429;
    let message = if limited { "Too many requests." } else { "Internal server error." };
    let body = match provider {
        ProviderName::TempNumber => json!({ "success": false, "message": message }),
        ProviderName::RentNumber => json!({ "success": false, "error": message }),
        ProviderName::Sinch => {
            let name = if limited { "RESOURCE_EXHAUSTED" } else { "INTERNAL" };
            json!({ "error": { "code": status, "message": message, "status": name, "details": [] } })
        }
        ProviderName::Voepy => {
            let code = if limited { "rate_limited" } else { "internal_error" };
            json!({ "error": { "code": code, "message": message } })
        }
        ProviderName::Vonage => json!({ "error-code": status.to_string(), "error-code-label": message }),
    };
    Response::json(status, &body)
}

/// What the client gets of an answer to a call that was executed.
pub(crate) fn spoil(fault: &Fault, response: Response) -> Reply {
    let outcome = match fault.kind {
        FaultKind::LostAfterActing => Outcome::Drop,
        FaultKind::CutMidBody => {
            // At least one announced byte is missing, else nothing would be cut.
            let most = response.body.len().saturating_sub(1);
            let kept = fault.keep_bytes.unwrap_or(response.body.len() / 2).min(most);
            Outcome::Cut(response, kept)
        }
        FaultKind::GarbageJson => Outcome::Respond(garbage(response)),
        FaultKind::WrongTypes => Outcome::Respond(wrong_types(response)),
        FaultKind::EmptyObject => Outcome::Respond(Response::text(200, "application/json", "{}")),
        _ => Outcome::Respond(response),
    };
    let after = if fault.kind == FaultKind::Slow { Duration::from_millis(fault.delay_ms) } else { Duration::ZERO };
    Reply { after, outcome }
}

fn garbage(response: Response) -> Response {
    let (content_type, text) =
        if response.is_xml() { ("text/xml", "<response><") } else { ("application/json", "{\"success\":tru") };
    // 204 has no body to be garbage.
    Response::text(if response.status == 204 { 200 } else { response.status }, content_type, text)
}

fn wrong_types(mut response: Response) -> Response {
    if response.is_xml() {
        response.body = wrong_text(&String::from_utf8_lossy(&response.body)).into_bytes();
    } else if let Ok(mut value) = serde_json::from_slice::<Value>(&response.body) {
        wrong_type(&mut value);
        response.body = value.to_string().into_bytes();
    }
    response
}

fn wrong_type(value: &mut Value) {
    match value {
        Value::Object(fields) => fields.values_mut().for_each(wrong_type),
        Value::Array(items) => items.iter_mut().for_each(wrong_type),
        Value::Number(number) => *value = json!({ "value": number }),
        Value::String(text) => *value = json!([text]),
        Value::Bool(flag) => *value = json!(flag.to_string()),
        Value::Null => *value = json!(true),
    }
}

/// XML has no types: every text between two tags becomes a word that no field expects.
fn wrong_text(xml: &str) -> String {
    let mut out = String::with_capacity(xml.len());
    for part in xml.split_inclusive('>') {
        let (text, tag) = part.find('<').map_or((part, ""), |at| part.split_at(at));
        out.push_str(if text.trim().is_empty() { text } else { "unexpected" });
        out.push_str(tag);
    }
    out
}
