//! A gateway's requests, in; answers, or flows whose results are the bodies of answers, out.

use crate::client::Client;
use crate::flow::{Flow, at};
use crate::js::{self, Step};
use napi::bindgen_prelude::Result;
use napi::{Env, Unknown};
use napi_derive::napi;
use trunkline_core::gateway::{Head, HostAdmission, HostAnswer, HostGateway, HostRun};

/// Who may run what, before a client's accounts.
#[napi]
pub struct Gateway {
    inner: HostGateway,
}

#[napi]
impl Gateway {
    /// A gateway with that policy, as JSON.
    #[napi(constructor, catch_unwind)]
    pub fn new(env: Env, client: &Client, policy: String) -> Result<Self> {
        let made = HostGateway::new(&client.core, &policy);
        made.map(|inner| Self { inner }).map_err(|error| js::thrown(&env, &error))
    }

    /// How many bytes of a body, and how many milliseconds for it to come.
    #[napi(getter)]
    pub fn limits(&self) -> Vec<f64> {
        let policy = self.inner.policy();
        vec![policy.body_limit as f64, policy.body_timeout.as_secs_f64() * 1000.0]
    }

    /// The refusal of what is refused before its body is read, else undefined. Headers as name, value, name, value…
    #[napi(catch_unwind)]
    pub fn check<'env>(
        &self,
        env: &'env Env,
        method: String,
        target: String,
        headers: Vec<String>,
    ) -> Result<Option<Step<'env>>> {
        let head = Head { method: &method, target: &target, headers: &js::pairs(headers) };
        self.inner.check(&head).map(|refusal| answered(env, refusal)).transpose()
    }

    /// The answer to a request whose body is not there; `why` is `late`, `broken` or `used`.
    #[napi(catch_unwind)]
    pub fn refuse<'env>(
        &self,
        env: &'env Env,
        why: String,
        method: String,
        target: String,
        headers: Vec<String>,
    ) -> Result<Step<'env>> {
        let head = Head { method: &method, target: &target, headers: &js::pairs(headers) };
        answered(env, self.inner.refuse(&head, &why))
    }

    /// `["answer", status, headers, body]`, or `["run", operation, lasting, lines, headers, flow]`.
    #[napi(catch_unwind)]
    pub fn admit<'env>(
        &self,
        env: &'env Env,
        now: f64,
        method: String,
        target: String,
        headers: Vec<String>,
        body: &[u8],
    ) -> Result<Step<'env>> {
        let head = Head { method: &method, target: &target, headers: &js::pairs(headers) };
        match self.inner.admit(at(now), &head, body) {
            HostAdmission::Answer(given) => answered(env, given),
            HostAdmission::Run(HostRun { operation, headers, lasting, lines, flow }) => {
                js::array(env, ("run", operation, lasting, lines, flat(headers), Flow::from(flow)))
            }
        }
    }
}

fn answered(env: &Env, HostAnswer { status, headers, body }: HostAnswer) -> Result<Unknown<'_>> {
    js::array(env, ("answer", u32::from(status), flat(headers), body))
}

fn flat(headers: Vec<(&str, String)>) -> Vec<String> {
    headers.into_iter().flat_map(|(name, value)| [name.to_owned(), value]).collect()
}
