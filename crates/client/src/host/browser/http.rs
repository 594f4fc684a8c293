//! HTTP by fetch. A browser says too little of what went wrong to prove that a request was not sent: nothing here is
//! `NotSent`.

use crate::host::BoxFuture;
use crate::host::body::Body;
use crate::host::javascript::{header_from_fetch, header_to_fetch, without_urls};
use crate::transport::Transport;
use gloo_net::http::{Headers, Request as Fetch, Response as Fetched};
use js_sys::Uint8Array;
use trunkline_core::{Error, Method, Outcome, Request, Response};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, ReadableStreamReadResult, RequestCache, RequestCredentials,
    RequestRedirect,
};

/// HTTP by the browser's fetch: without cookies, without a cache. Of a reply from another origin the browser shows the
/// headers that the provider exposes; of a redirect, nothing.
#[derive(Debug, Clone)]
pub struct HttpTransport {
    // Made by `new` alone, as natively.
    _private: (),
}

impl HttpTransport {
    /// A transport. The connections are the browser's.
    pub fn new() -> Result<Self, Error> {
        Ok(Self { _private: () })
    }
}

impl Transport for HttpTransport {
    fn send(&self, request: Request, body_limit: usize) -> BoxFuture<'_, Outcome> {
        Box::pin(async move { exchange(request, body_limit).await.unwrap_or_else(Outcome::Lost) })
    }
}

/// Dropped with the exchange, whether that has ended, has read enough, or is given up at its deadline.
struct AbortOnDrop(AbortController);

impl Drop for AbortOnDrop {
    fn drop(&mut self) {
        self.0.abort();
    }
}

async fn exchange(request: Request, body_limit: usize) -> Result<Outcome, String> {
    let abort = AbortOnDrop(AbortController::new().map_err(describe)?);
    let outgoing = build(request, &abort.0)?;
    let incoming = outgoing.send().await.map_err(|error| without_urls(&error.to_string()))?;
    let status = incoming.status();
    if status == 0 {
        return Err("redirected, and the browser does not say how or where to".to_owned());
    }
    let headers = incoming.headers().entries().map(|(name, value)| (name, header_from_fetch(&value))).collect();
    let body = read(&incoming, body_limit).await?;
    Ok(Outcome::Answered(Response { status, headers, body }))
}

fn build(request: Request, abort: &AbortController) -> Result<Fetch, String> {
    // gloo-net's own way to add a header panics at one that the browser refuses.
    let headers = web_sys::Headers::new().map_err(describe)?;
    for (name, value) in &request.headers {
        // What the browser says of a value that it refuses quotes it.
        headers.append(name, &header_to_fetch(value)).map_err(|_| format!("the browser refuses the header {name}"))?;
    }
    let start = match request.method {
        Method::Get => Fetch::get,
        Method::Post => Fetch::post,
        Method::Put => Fetch::put,
        Method::Patch => Fetch::patch,
        Method::Delete => Fetch::delete,
    };
    let builder = start(&request.url)
        .headers(Headers::from_raw(headers))
        .redirect(RequestRedirect::Manual)
        .credentials(RequestCredentials::Omit)
        .cache(RequestCache::NoStore)
        .abort_signal(Some(&abort.signal()));
    let built = match request.body.as_slice() {
        [] => builder.build(),
        // As bytes: a text would bring a content type of its own.
        bytes => builder.body(Uint8Array::from(bytes)),
    };
    built.map_err(|_| "the browser refuses the request".to_owned())
}

async fn read(incoming: &Fetched, body_limit: usize) -> Result<Vec<u8>, String> {
    let mut body = Body::new(body_limit);
    let Some(stream) = incoming.body() else { return Ok(body.into_bytes()) };
    let reader = ReadableStreamDefaultReader::new(&stream).map_err(describe)?;
    while body.room() > 0 {
        let result = JsFuture::from(reader.read()).await.map_err(describe)?;
        let result: ReadableStreamReadResult = result.unchecked_into();
        if result.get_done() == Some(true) {
            break;
        }
        let chunk: Uint8Array =
            result.get_value().dyn_into().map_err(|_| "the body is not made of bytes".to_owned())?;
        body.push(&chunk.to_vec());
    }
    Ok(body.into_bytes())
}

fn describe(error: JsValue) -> String {
    match error.dyn_into::<js_sys::Error>() {
        Ok(error) => without_urls(&String::from(error.to_string())),
        Err(_) => "the browser does not say why".to_owned(),
    }
}
