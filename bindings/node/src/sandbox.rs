//! The five providers, pretended, in this process.

use crate::js;
use napi::bindgen_prelude::{Error, Result, Unknown};
use napi::{Env, Status};
use napi_derive::napi;
use serde_json::{Map, Value};
use trunkline_sandbox::http::{Request, Response};
use trunkline_sandbox::{Outcome, ProviderName, Settings, Time};

/// Where the pretended providers are for a client: no socket listens there.
const HOST: &str = "http://localhost/sandbox";

/// The five providers, pretended. Times are milliseconds since 1970.
#[napi]
pub struct Sandbox {
    inner: trunkline_sandbox::Sandbox,
}

#[napi]
impl Sandbox {
    /// Settings as JSON.
    #[napi(constructor)]
    pub fn new(settings: Option<String>) -> Result<Self> {
        let settings: Option<Settings> = settings.map(|json| serde_json::from_str(&json)).transpose().map_err(wrong)?;
        Ok(Self { inner: trunkline_sandbox::Sandbox::new(settings.unwrap_or_default()) })
    }

    /// Its accounts, for `Client`.
    #[napi]
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

    /// A client's request; its headers as name, value, name, value… What becomes of it, and after how many milliseconds:
    /// `["respond", after, reply]`, `["cut", after, reply, bytes]`, `["drop", after]`, `["hang", after]` or `["elsewhere"]`.
    #[napi]
    pub fn handle<'env>(
        &mut self,
        env: &'env Env,
        now: f64,
        method: String,
        url: String,
        headers: Vec<String>,
        body: &[u8],
    ) -> Result<Unknown<'env>> {
        let below = url.strip_prefix(HOST).unwrap_or_default();
        let (path, query) = below.split_once('?').unwrap_or((below, ""));
        let Some((provider, path)) = ProviderName::split_path(path) else { return js::array(env, ("elsewhere",)) };
        let (headers, body) = (js::pairs(headers), body.to_vec());
        let handled =
            self.inner.handle(at(now), provider, Request { method, path, query: query.to_owned(), headers, body });
        let after = handled.after.as_secs_f64() * 1000.0;
        match handled.outcome {
            Outcome::Respond(response) => js::array(env, ("respond", after, show(env, response)?)),
            Outcome::Cut(response, bytes) => js::array(env, ("cut", after, show(env, response)?, bytes as f64)),
            Outcome::Drop => js::array(env, ("drop", after)),
            Outcome::Hang => js::array(env, ("hang", after)),
        }
    }

    /// A call of the sandbox itself, as its server takes them below `/_sandbox/`; JSON in, JSON out. Throws what is wrong.
    #[napi]
    pub fn control(&mut self, now: f64, method: String, path: String, body: &[u8]) -> Result<String> {
        let path = format!("/_sandbox/{path}");
        let request = Request { method, path, query: String::new(), headers: Vec::new(), body: body.to_vec() };
        let response = self.inner.control(at(now), &request);
        let body = String::from_utf8_lossy(&response.body).into_owned();
        if response.status == 200 { Ok(body) } else { Err(wrong(body)) }
    }
}

fn at(now: f64) -> Time {
    Time(now as i64)
}

fn show(env: &Env, Response { status, headers, body }: Response) -> Result<Unknown<'_>> {
    js::array(env, (u32::from(status), js::flat(headers), js::bytes(env, &body)?))
}

fn wrong(problem: impl std::fmt::Display) -> Error {
    Error::new(Status::InvalidArg, problem.to_string())
}
