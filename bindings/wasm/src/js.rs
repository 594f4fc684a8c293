//! What crosses to JavaScript and back. One call makes the whole array of a step: measured, it is both smaller and faster
//! than building it piece by piece, and needs neither js-sys nor serde-wasm-bindgen.

use crate::journal::Question;
use trunkline_core::{Error, Response, Result};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen(typescript_custom_section)]
const TYPES: &str = r#"
/** A reply: status, its headers as name, value, name, value…, and its body. */
export type Reply = [status: number, headers: string[], body: Uint8Array];
/** How a flow fails: the error as JSON, as text for people, and the reply that it is about, where there is one. */
export type Failed = ["failed", json: string, text: string, reply: Reply | undefined];
/** What a flow wants next. Times are milliseconds; deadlines are counted since 1970. */
export type Step =
  | ["send", id: number, method: string, url: string, headers: string[], body: Uint8Array, deadline: number, bodyLimit: number]
  | ["sleep", id: number, millis: number, why: "rate_limit" | "retry" | "lease" | "poll" | "settle"]
  | ["record", id: number, line: string]
  | ["consult", id: number, question: Question]
  | ["abort", id: number]
  | ["item", json: string]
  | ["waiting"]
  | ["done", json: string, reply: Reply]
  | ["end"]
  | Failed;
/** What a caller may say of one call. */
export interface Options {
  account?: string | null;
  timeoutMillis?: number | null;
  attempts?: number | null;
  idempotencyKey?: string | null;
}
"#;

#[wasm_bindgen]
extern "C" {
    /// One of the arrays above.
    #[wasm_bindgen(typescript_type = "Step")]
    pub type Step;

    #[wasm_bindgen(js_namespace = Array, js_name = of)]
    pub(crate) fn send(
        kind: &str,
        id: f64,
        method: &str,
        url: &str,
        headers: Vec<String>,
        body: Vec<u8>,
        deadline: f64,
        body_limit: f64,
    ) -> Step;
    #[wasm_bindgen(js_namespace = Array, js_name = of)]
    pub(crate) fn sleep(kind: &str, id: f64, millis: f64, why: &str) -> Step;
    #[wasm_bindgen(js_namespace = Array, js_name = of)]
    pub(crate) fn record(kind: &str, id: f64, line: &str) -> Step;
    #[wasm_bindgen(js_namespace = Array, js_name = of)]
    pub(crate) fn consult(kind: &str, id: f64, question: Question) -> Step;
    #[wasm_bindgen(js_namespace = Array, js_name = of)]
    pub(crate) fn abort(kind: &str, id: f64) -> Step;
    #[wasm_bindgen(js_namespace = Array, js_name = of)]
    pub(crate) fn item(kind: &str, json: &str) -> Step;
    #[wasm_bindgen(js_namespace = Array, js_name = of)]
    pub(crate) fn bare(kind: &str) -> Step;
    #[wasm_bindgen(js_namespace = Array, js_name = of)]
    pub(crate) fn done(kind: &str, json: &str, reply: JsValue) -> Step;
    #[wasm_bindgen(js_namespace = Array, js_name = of)]
    fn failure(kind: &str, json: &str, text: &str, reply: JsValue) -> Step;
    #[wasm_bindgen(js_namespace = Array, js_name = of)]
    fn array(status: u16, headers: Vec<String>, body: Vec<u8>) -> JsValue;

    /// What a caller may say of one call. Values come as they are, whatever their type: they are checked here.
    #[wasm_bindgen(typescript_type = "Options | undefined")]
    pub type Options;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn account(this: &Options) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = timeoutMillis)]
    pub(crate) fn timeout(this: &Options) -> JsValue;
    #[wasm_bindgen(method, getter)]
    pub(crate) fn attempts(this: &Options) -> JsValue;
    #[wasm_bindgen(method, getter, js_name = idempotencyKey)]
    pub(crate) fn idempotency_key(this: &Options) -> JsValue;
}

/// Where there is one, a text; else what is wrong.
pub(crate) fn text(name: &str, value: &JsValue) -> Result<Option<String>> {
    if value.is_undefined() || value.is_null() {
        return Ok(None);
    }
    value.as_string().map(Some).ok_or_else(|| Error::invalid_input(name, "it is a text"))
}

/// Where there is one, a number; else what is wrong.
pub(crate) fn number(name: &str, value: &JsValue) -> Result<Option<f64>> {
    if value.is_undefined() || value.is_null() {
        return Ok(None);
    }
    value.as_f64().map(Some).ok_or_else(|| Error::invalid_input(name, "it is a number"))
}

/// How a flow fails; also what is thrown where there is no flow yet.
pub(crate) fn failed(error: &Error) -> Step {
    let response = error.response.clone().map_or(JsValue::UNDEFINED, reply);
    failure("failed", &error.to_json(), &error.to_string(), response)
}

pub(crate) fn reply(response: Response) -> JsValue {
    array(response.status, flat(response.headers), response.body)
}

/// Name, value, name, value…: one array crosses faster than many.
pub(crate) fn flat(pairs: Vec<(String, String)>) -> Vec<String> {
    pairs.into_iter().flat_map(<[String; 2]>::from).collect()
}

/// The pairs of such an array; what has no partner is left out.
pub(crate) fn pairs(flat: Vec<String>) -> Vec<(String, String)> {
    let mut texts = flat.into_iter();
    std::iter::from_fn(|| texts.next().zip(texts.next())).collect()
}
