//! A gateway's requests, in; answers, or flows whose results are the bodies of answers, out.

use crate::client::Client;
use crate::flow::{Flow, at};
use crate::js::{self, Step};
use trunkline_core::gateway::{Head, HostAdmission, HostAnswer, HostGateway, HostRun};
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = Array, js_name = of)]
    fn answer(kind: &str, status: u16, headers: Vec<String>, body: &str) -> JsValue;
    #[wasm_bindgen(js_namespace = Array, js_name = of)]
    fn run(kind: &str, operation: &str, lasting: bool, lines: bool, headers: Vec<String>, flow: Flow) -> JsValue;
}

/// Who may run what, before a client's accounts.
#[wasm_bindgen]
pub struct Gateway {
    inner: HostGateway,
}

#[wasm_bindgen]
impl Gateway {
    /// A gateway with that policy, as JSON.
    #[wasm_bindgen(constructor)]
    pub fn new(client: &Client, policy: &str) -> Result<Gateway, Step> {
        HostGateway::new(&client.core, policy).map(|inner| Self { inner }).map_err(|error| js::failed(&error))
    }

    /// How many bytes of a body, and how many milliseconds for it to come.
    #[wasm_bindgen(getter)]
    pub fn limits(&self) -> Vec<f64> {
        let policy = self.inner.policy();
        vec![policy.body_limit as f64, policy.body_timeout.as_secs_f64() * 1000.0]
    }

    /// The refusal of what is refused before its body is read, else undefined. Headers as name, value, name, value…
    pub fn check(&self, method: &str, target: &str, headers: Vec<String>) -> JsValue {
        let head = Head { method, target, headers: &js::pairs(headers) };
        self.inner.check(&head).map_or(JsValue::UNDEFINED, answered)
    }

    /// The answer to a request whose body is not there; `why` is `late`, `broken` or `used`.
    pub fn refuse(&self, why: &str, method: &str, target: &str, headers: Vec<String>) -> JsValue {
        let head = Head { method, target, headers: &js::pairs(headers) };
        answered(self.inner.refuse(&head, why))
    }

    /// `["answer", status, headers, body]`, or `["run", operation, lasting, lines, headers, flow]`.
    pub fn admit(&self, now: f64, method: &str, target: &str, headers: Vec<String>, body: &[u8]) -> JsValue {
        let head = Head { method, target, headers: &js::pairs(headers) };
        match self.inner.admit(at(now), &head, body) {
            HostAdmission::Answer(given) => answered(given),
            HostAdmission::Run(HostRun { operation, headers, lasting, lines, flow }) => {
                run("run", operation, lasting, lines, flat(headers), Flow::from(flow))
            }
        }
    }
}

fn answered(HostAnswer { status, headers, body }: HostAnswer) -> JsValue {
    answer("answer", status, flat(headers), &body)
}

fn flat(headers: Vec<(&str, String)>) -> Vec<String> {
    headers.into_iter().flat_map(|(name, value)| [name.to_owned(), value]).collect()
}
