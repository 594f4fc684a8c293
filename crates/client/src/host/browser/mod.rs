//! Browsers, their workers, and what else offers `fetch` to wasm: one thread, and what JavaScript gives.

mod clock;
mod http;
mod timer;

pub(crate) use clock::Clock;
pub use http::HttpTransport;
pub(crate) use timer::sleep;

/// A future that can be kept in a list. Not `Send`: what it waits for is JavaScript's, and stays on its thread.
pub type BoxFuture<'a, T> = futures_util::future::LocalBoxFuture<'a, T>;

/// There is no environment, and asking the standard library for it panics.
pub(crate) fn environment() -> impl Iterator<Item = (String, String)> {
    std::iter::empty()
}
