//! The sandbox's own calls, under `/_sandbox`: messages, faults, time, state.

use crate::events::EventFault;
use crate::faults::Fault;
use crate::http::{Request, Response};
use crate::provider::ProviderName;
use crate::sandbox::Sandbox;
use crate::schedule::Script;
use crate::time::Time;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use std::time::Duration;

const CALLS: &str = "POST /_sandbox/messages, POST or DELETE /_sandbox/faults and /_sandbox/event_faults, \
                     POST /_sandbox/advance, GET /_sandbox/state, GET /_sandbox/credentials";

/// Further than this no calendar has to go.
const MOST_MS: u64 = 31_557_600_000_000;

const MESSAGE: &str = "{provider, to, from, text}, or {provider, script: {after_ms, from, text, to?}}";

const FAULT: &str = "a fault or a list of faults: {kind, provider?, operation?, skip?, times?, probability?, \
                     delay_ms?, retry_after?, http_date?, hang?, keep_bytes?}";

const EVENT_FAULT: &str = "a fault or a list of faults: {kind, provider?, skip?, times?, probability?, delay_ms?}";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Message {
    provider: ProviderName,
    to: String,
    from: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScriptedMessage {
    provider: ProviderName,
    script: ScriptBody,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ScriptBody {
    after_ms: u64,
    from: String,
    text: String,
    #[serde(default)]
    to: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Advance {
    ms: u64,
}

impl Sandbox {
    /// A request to the sandbox itself; its path begins with `/_sandbox`.
    pub fn control(&mut self, now: Time, request: &Request) -> Response {
        let answer = match (request.method.as_str(), request.path.as_str()) {
            ("POST", "/_sandbox/messages") => self.control_messages(now, &request.body),
            ("POST", "/_sandbox/faults") => self.control_faults(&request.body),
            ("DELETE", "/_sandbox/faults") => {
                self.clear_faults();
                Ok(json!({ "ok": true }))
            }
            ("POST", "/_sandbox/event_faults") => self.control_event_faults(&request.body),
            ("DELETE", "/_sandbox/event_faults") => {
                self.clear_event_faults();
                Ok(json!({ "ok": true }))
            }
            ("POST", "/_sandbox/advance") => self.control_advance(now, &request.body),
            ("GET", "/_sandbox/state") => Ok(self.state(now)),
            ("GET", "/_sandbox/credentials") => Ok(all_credentials()),
            _ => return refusal(404, &format!("no such call; there are {CALLS}")),
        };
        answer.map_or_else(|wrong| refusal(400, &wrong), |body| Response::json(200, &body))
    }

    fn control_messages(&mut self, now: Time, body: &[u8]) -> Result<Value, String> {
        let value: Value = read(body, MESSAGE)?;
        if value.get("script").is_some() {
            let ScriptedMessage { provider, script } = typed(value, MESSAGE)?;
            let ScriptBody { after_ms, from, text, to } = script;
            self.script_sms(now, Script { provider, to, after_ms, from, text });
        } else {
            let message: Message = typed(value, MESSAGE)?;
            self.receive_sms(now, message.provider, &message.to, &message.from, &message.text)?;
        }
        Ok(json!({ "ok": true }))
    }

    fn control_advance(&mut self, now: Time, body: &[u8]) -> Result<Value, String> {
        let Advance { ms } = read(body, "{ms}")?;
        if ms > MOST_MS {
            return Err(format!("ms is at most {MOST_MS}, a thousand years"));
        }
        self.move_ahead(now, Duration::from_millis(ms));
        Ok(json!({ "ok": true }))
    }

    fn control_faults(&mut self, body: &[u8]) -> Result<Value, String> {
        let faults: Vec<Fault> = one_or_several(body, FAULT)?;
        faults.iter().try_for_each(Fault::check)?;
        let added = faults.len();
        faults.into_iter().for_each(|fault| self.add_fault(fault));
        Ok(json!({ "ok": true, "added": added }))
    }

    fn control_event_faults(&mut self, body: &[u8]) -> Result<Value, String> {
        let faults: Vec<EventFault> = one_or_several(body, EVENT_FAULT)?;
        faults.iter().try_for_each(EventFault::check)?;
        let added = faults.len();
        faults.into_iter().for_each(|fault| self.add_event_fault(fault));
        Ok(json!({ "ok": true, "added": added }))
    }
}

fn all_credentials() -> Value {
    let of = |name: ProviderName| {
        let pairs = Sandbox::credentials(name).iter().map(|(key, value)| ((*key).to_owned(), json!(value)));
        (name.slug().to_owned(), Value::Object(pairs.collect()))
    };
    Value::Object(ProviderName::ALL.into_iter().map(of).collect::<Map<String, Value>>())
}

fn one_or_several<T: DeserializeOwned>(body: &[u8], allowed: &str) -> Result<Vec<T>, String> {
    let value: Value = read(body, allowed)?;
    typed(if value.is_array() { value } else { Value::Array(vec![value]) }, allowed)
}

fn read<T: DeserializeOwned>(body: &[u8], allowed: &str) -> Result<T, String> {
    serde_json::from_slice(body).map_err(|error| format!("{error}; allowed is {allowed}"))
}

fn typed<T: DeserializeOwned>(value: Value, allowed: &str) -> Result<T, String> {
    serde_json::from_value(value).map_err(|error| format!("{error}; allowed is {allowed}"))
}

fn refusal(status: u16, message: &str) -> Response {
    Response::json(status, &json!({ "ok": false, "error": message }))
}
