//! Programs with threads and sockets: tokio and reqwest.

mod clock;
mod http;
mod timer;

pub(crate) use clock::Clock;
pub use http::HttpTransport;
pub(crate) use timer::sleep;

/// A future that can be kept in a list. It is `Send`, except on wasm32.
pub type BoxFuture<'a, T> = futures_util::future::BoxFuture<'a, T>;

/// The process's environment, as far as it is text.
pub(crate) fn environment() -> impl Iterator<Item = (String, String)> {
    std::env::vars_os().filter_map(|(name, value)| Some((name.into_string().ok()?, value.into_string().ok()?)))
}
