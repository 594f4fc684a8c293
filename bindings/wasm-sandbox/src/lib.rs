//! The five providers, pretended, in JavaScript's own process: a transport that needs no network. A module of its own, so
//! that nobody loads it who does not ask for it.

use serde_json::{Map, Value};
use std::time::Duration;
use trunkline_sandbox::http::{Request, Response};
use trunkline_sandbox::{Outcome, ProviderName, Settings, Time};
use wasm_bindgen::prelude::{JsError, JsValue, wasm_bindgen};

/// Where the pretended providers are for a client: no socket listens there.
const HOST: &str = "http://localhost/sandbox";

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A reply: status, its headers as name, value, name, value…, and its body. */
export type Reply = [status: number, headers: string[], body: Uint8Array];
/** What a request comes to, and after how many milliseconds: a reply; one that breaks off behind so many bytes of its
 *  body; the connection closed without an answer; nothing, for as long as anyone waits; no such host. */
export type Handled =
  | ["respond", afterMillis: number, reply: Reply]
  | ["cut", afterMillis: number, reply: Reply, bytes: number]
  | ["drop", afterMillis: number]
  | ["hang", afterMillis: number]
  | ["elsewhere"];
"#;

#[wasm_bindgen]
extern "C" {
    /// One of the arrays above.
    #[wasm_bindgen(typescript_type = "Handled")]
    pub type Handled;

    #[wasm_bindgen(js_namespace = Array, js_name = of)]
    fn respond(kind: &str, after: f64, reply: JsValue) -> Handled;
    #[wasm_bindgen(js_namespace = Array, js_name = of)]
    fn cut(kind: &str, after: f64, reply: JsValue, bytes: f64) -> Handled;
    #[wasm_bindgen(js_namespace = Array, js_name = of)]
    fn silent(kind: &str, after: f64) -> Handled;
    #[wasm_bindgen(js_namespace = Array, js_name = of)]
    fn elsewhere(kind: &str) -> Handled;
    #[wasm_bindgen(js_namespace = Array, js_name = of)]
    fn reply(status: u16, headers: Vec<String>, body: Vec<u8>) -> JsValue;
}

/// The five providers with one fresh account each. Every call tells it the time, in milliseconds since 1970.
#[wasm_bindgen]
pub struct Sandbox {
    inner: trunkline_sandbox::Sandbox,
}

#[wasm_bindgen]
impl Sandbox {
    /// Settings as JSON. Throws where they are wrong.
    #[wasm_bindgen(constructor)]
    pub fn new(settings: Option<String>) -> Result<Sandbox, JsError> {
        let settings = match settings {
            Some(json) => serde_json::from_str(&json).map_err(|error| JsError::new(&error.to_string()))?,
            None => Settings::default(),
        };
        Ok(Self { inner: trunkline_sandbox::Sandbox::new(settings) })
    }

    /// Its accounts, for `Client`.
    pub fn accounts() -> String {
        let accounts = ProviderName::ALL.into_iter().map(|provider| {
            let base = format!("{HOST}/{}{}", provider.slug(), trunkline_sandbox::Sandbox::base_path(provider));
            let settings = trunkline_sandbox::Sandbox::account_settings(provider, &base).into_iter();
            let settings: Map<String, Value> =
                settings.map(|(name, value)| (name.to_owned(), Value::String(value))).collect();
            (provider.slug().to_owned(), Value::Object(settings))
        });
        Value::Object(accounts.collect()).to_string()
    }

    /// A client's request; its headers as name, value, name, value…
    pub fn handle(&mut self, now: f64, method: String, url: &str, headers: Vec<String>, body: Vec<u8>) -> Handled {
        let below = url.strip_prefix(HOST).unwrap_or_default();
        let (path, query) = below.split_once('?').unwrap_or((below, ""));
        let Some((provider, path)) = ProviderName::split_path(path) else { return elsewhere("elsewhere") };
        let mut texts = headers.into_iter();
        let headers = std::iter::from_fn(|| texts.next().zip(texts.next())).collect();
        let request = Request { method, path, query: query.to_owned(), headers, body };
        let handled = self.inner.handle(at(now), provider, request);
        let after = millis(handled.after);
        match handled.outcome {
            Outcome::Respond(response) => respond("respond", after, show(response)),
            Outcome::Cut(response, bytes) => cut("cut", after, show(response), bytes as f64),
            Outcome::Drop => silent("drop", after),
            Outcome::Hang => silent("hang", after),
        }
    }

    /// A call of the sandbox itself, as its server takes them below `/_sandbox/`; JSON in, JSON out. Throws what is wrong.
    pub fn control(&mut self, now: f64, method: String, path: &str, body: Vec<u8>) -> Result<String, JsError> {
        let path = format!("/_sandbox/{path}");
        let request = Request { method, path, query: String::new(), headers: Vec::new(), body };
        let response = self.inner.control(at(now), &request);
        let body = String::from_utf8_lossy(&response.body).into_owned();
        if response.status == 200 { Ok(body) } else { Err(JsError::new(&body)) }
    }
}

fn at(now: f64) -> Time {
    Time(now as i64)
}

fn millis(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}

fn show(response: Response) -> JsValue {
    let Response { status, headers, body } = response;
    reply(status, headers.into_iter().flat_map(<[String; 2]>::from).collect(), body)
}
