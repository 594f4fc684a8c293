//! How Vonage says no. There are as many shapes as there were teams:
//!
//! ```text
//! A  {"error-code":"420","error-code-label":"method failed"}            account and numbers, under status 420 or 200
//!    {"currency":"EUR","code":"401","error-code-label":"…"}             the same of pricing
//! B  {"country":"Is required."}                                         400
//! C  {"type":"BAD_REQUEST","error_title":"…","invalid_parameters":{…}}  400
//! D  {"type":"https://…","title":"…","detail":"…"}                      gateway, RFC 7807
//! ```

use crate::error::{Delivery, ErrorKind};
use crate::http::Response;
use crate::id::Id;
use crate::provider::Refusal;
use crate::wire::json::{self, Unreadable};
use crate::wire::raw::Raw;
use crate::wire::record::Deserialize;
use crate::wire::value::Object;
use serde_json::{Map, Value};

/// What any of the shapes may say.
#[derive(Deserialize)]
struct Said<'a> {
    #[serde(rename = "error-code")]
    error_code: Option<Id>,
    #[serde(rename = "error-code-label")]
    label: Option<Id>,
    code: Option<Id>,
    #[serde(rename = "type")]
    kind: Option<Id>,
    error_title: Option<Id>,
    title: Option<Id>,
    detail: Option<Id>,
    #[serde(borrow)]
    invalid_parameters: Option<Raw<'a>>,
}

/// The refusal in a reply, where there is one.
pub(super) fn find(response: &Response, json: &[u8]) -> Result<Option<Refusal>, Unreadable> {
    let by_status = Refusal::kind_of_status(response.status);
    let said: Said<'_> = json::decode(json)?;
    let words = |text: &Option<Id>| text.as_ref().map(|text| text.as_str().trim().to_owned()).unwrap_or_default();
    let label = words(&said.label);
    // A bare `code` is an error's only beside a label.
    let code = words(if said.error_code.is_some() || label.is_empty() { &said.error_code } else { &said.code });
    let by_code = code.parse().ok().map(Refusal::kind_of_status);
    let said_something = !code.is_empty() || !label.is_empty();
    Ok(match (by_status, by_code) {
        (None, Some(None)) => None,
        (Some(kind), Some(None)) => {
            let message = format!("status {}, though the reply says that it was done", response.status);
            Some(Refusal { delivery: Delivery::Unknown, ..Refusal::new(kind, message).code(code) })
        }
        (kind, by_code) if said_something => {
            let kind = by_code.flatten().or(kind).unwrap_or(ErrorKind::Refused);
            let refusal = labelled(kind, &label, response);
            Some(if code.is_empty() { refusal } else { refusal.code(code) })
        }
        (Some(kind), _) => Some(unlabelled(kind, &said, response, json)),
        (None, _) => None,
    })
}

/// Shape A. The label is all there is to tell one 420 from another.
fn labelled(kind: ErrorKind, label: &str, response: &Response) -> Refusal {
    match label {
        "" => Refusal::unknown_form(kind, response),
        "method failed" => {
            let causes = "method failed. Vonage says no more for any of these: the number is of another country; \
                          this account has it already; another account has it; this account does not have it; \
                          the credit does not suffice";
            Refusal::new(ErrorKind::Refused, causes)
        }
        "not auto-reload enabled" => Refusal::new(ErrorKind::Refused, label),
        "API key is required" => Refusal::new(ErrorKind::Unauthenticated, label),
        "8 char" | "alphanumeric" => new_secret(label),
        _ if label.starts_with("Please use at least one ") => new_secret(label),
        _ => Refusal::new(kind, label),
    }
}

/// What account/settings says of a `newSecret` that it does not take.
fn new_secret(label: &str) -> Refusal {
    Refusal::new(ErrorKind::InvalidInput, format!("new_secret: {label}")).field("new_secret")
}

/// Shapes B, C and D.
fn unlabelled(kind: ErrorKind, said: &Said<'_>, response: &Response, json: &[u8]) -> Refusal {
    let code = said.kind.as_ref().map(Id::as_str);
    let faults = said.invalid_parameters.map(|raw| named_parameters(raw.get())).unwrap_or_default();
    let title =
        [&said.detail, &said.title, &said.error_title].into_iter().flatten().find(|text| !text.as_str().is_empty());
    let refusal = match title {
        _ if !faults.is_empty() => about_parameters(kind, &faults),
        Some(words) => Refusal::new(kind, words.as_str()),
        None => {
            let faults = texts(json::decode(json).ok());
            let known = !faults.is_empty() && faults.keys().all(|name| parameter(name).is_some());
            if !known {
                return Refusal::unknown_form(kind, response);
            }
            about_parameters(kind, &faults)
        }
    };
    match code {
        Some(code) => refusal.code(code),
        None => refusal,
    }
}

fn about_parameters(kind: ErrorKind, faults: &Map<String, Value>) -> Refusal {
    let ours = |name: &str| parameter(name).unwrap_or(name).to_owned();
    let shown =
        |(name, problem): (&String, &Value)| format!("{}: {}", ours(name), problem.as_str().unwrap_or_default());
    let problems: Vec<String> = faults.iter().map(shown).collect();
    let refusal = Refusal::new(kind, problems.join("; "));
    match faults.keys().next() {
        Some(name) => refusal.field(ours(name)),
        None => refusal,
    }
}

/// `{"trx":"Is required."}`, as the PHP SDK's tests show it; drawn as `{parameter, message}` in the description of pricing,
/// and as a list of `{name, reason}` in that of the account.
fn named_parameters(text: &str) -> Map<String, Value> {
    #[derive(Deserialize)]
    struct Fault {
        #[serde(alias = "parameter")]
        name: String,
        #[serde(alias = "message")]
        reason: String,
    }
    let pairs = |faults: Vec<Fault>| {
        let mut pairs = Map::new();
        // Not collected: that would bring a sort.
        pairs.extend(faults.into_iter().map(|fault| (fault.name, Value::String(fault.reason))));
        pairs
    };
    if let Ok(faults) = json::read(text) {
        return pairs(faults);
    }
    match json::read(text) {
        Ok(fault) => pairs(vec![fault]),
        Err(_) => texts(json::read(text).ok()),
    }
}

/// An object in which there are only texts; nothing of any other.
fn texts(object: Option<Object>) -> Map<String, Value> {
    object.map(|Object(members)| members).filter(|members| members.values().all(Value::is_string)).unwrap_or_default()
}

/// Our name of a parameter of theirs.
fn parameter(name: &str) -> Option<&str> {
    Some(match name {
        "app_id" | "application_id" | "api_key" | "api_secret" | "country" | "features" | "has_application"
        | "index" | "pattern" | "prefix" | "search_pattern" | "size" | "target_api_key" | "trx" => name,
        "drCallBackUrl" => "dr_callback_url",
        "messagesCallbackType" => "messages_callback_type",
        "messagesCallbackValue" => "messages_callback_value",
        "moCallBackUrl" => "mo_callback_url",
        "moHttpUrl" => "mo_http_url",
        "moSmppSysType" => "mo_smpp_sys_type",
        "msisdn" => "phone_number",
        "newSecret" => "new_secret",
        "voiceCallbackType" => "voice_callback_type",
        "voiceCallbackValue" => "voice_callback_value",
        "voiceStatusCallback" => "voice_status_callback",
        _ => return None,
    })
}
