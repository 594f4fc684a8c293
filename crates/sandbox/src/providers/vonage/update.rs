//! `POST /number/update`: where the calls and messages of a number go.

use super::account::callback_accepted;
use super::document::Value;
use super::numbers::{Numbers, addressed};
use super::parameters::Parameters;
use super::refusal::{Refusal, code_and_label};
use super::rental::Routing;
use super::settings::Settings;

/// Everything is checked before anything is changed.
pub(super) fn update(numbers: &mut Numbers, parameters: &Parameters, settings: &Settings) -> Result<Value, Refusal> {
    let (country, msisdn) = addressed(parameters)?;
    let rental = numbers.owned_mut(&country, &msisdn).ok_or_else(Refusal::method_failed)?;
    let mut routing = if settings.update_clears_what_it_omits { Routing::default() } else { rental.routing.clone() };
    set(&mut routing.app_id, parameters.get("app_id"), is_uuid)?;
    set(&mut routing.mo_http_url, parameters.get("moHttpUrl"), |url| callback_accepted(url, settings))?;
    set(&mut routing.mo_smpp_sys_type, parameters.get("moSmppSysType"), |_| true)?;
    let status_callback = parameters.get("voiceStatusCallback");
    set(&mut routing.voice_status_callback, status_callback, |url| callback_accepted(url, settings))?;
    if let Some((kind, value)) = pair(parameters, "voiceCallbackType", "voiceCallbackValue")? {
        check_voice(kind, value, settings)?;
        routing.voice_callback = Some((kind.to_owned(), value.to_owned()));
    }
    if let Some((kind, value)) = pair(parameters, "messagesCallbackType", "messagesCallbackValue")? {
        if kind != "app" || !is_uuid(value) {
            return Err(Refusal::method_failed());
        }
        routing.messages_callback = Some((kind.to_owned(), value.to_owned()));
    }
    rental.routing = routing;
    Ok(code_and_label(200, "success"))
}

/// Sent empty, it is cleared; not sent, it stays.
fn set(held: &mut Option<String>, sent: Option<&str>, valid: impl Fn(&str) -> bool) -> Result<(), Refusal> {
    match sent {
        None => {}
        Some("") => *held = None,
        Some(value) if valid(value) => *held = Some(value.to_owned()),
        Some(_) => return Err(Refusal::method_failed()),
    }
    Ok(())
}

/// A type and its value come together or not at all.
fn pair<'a>(parameters: &'a Parameters, kind: &str, value: &str) -> Result<Option<(&'a str, &'a str)>, Refusal> {
    match (parameters.get(kind), parameters.get(value)) {
        (None, None) => Ok(None),
        (Some(kind), Some(value)) => Ok(Some((kind, value))),
        _ => Err(Refusal::method_failed()),
    }
}

/// `vxml` is the type of 2017 which later pages dropped.
fn check_voice(kind: &str, value: &str, settings: &Settings) -> Result<(), Refusal> {
    let fits = match kind {
        "app" => is_uuid(value),
        "tel" => !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()),
        "sip" => value.strip_prefix("sip:").unwrap_or(value).contains('@'),
        "vxml" => !value.is_empty() && callback_accepted(value, settings),
        _ => return Err(Refusal::method_failed()),
    };
    match (fits, settings.bad_voice_value_is_500) {
        (true, _) => Ok(()),
        (false, true) => Err(Refusal::failed(500, "unknown error")),
        (false, false) => Err(Refusal::method_failed()),
    }
}

fn is_uuid(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let hex = text.bytes().all(|byte| byte == b'-' || byte.is_ascii_hexdigit());
    hex && parts.iter().map(|part| part.len()).eq([8, 4, 4, 4, 12])
}
