//! What the driver takes from the place it runs in: a clock, a timer, a transport, the environment. Both hosts offer the
//! same names, and only this file asks which one it is.

#[cfg(not(target_arch = "wasm32"))]
mod native;
#[cfg(not(target_arch = "wasm32"))]
pub use native::*;

#[cfg(target_arch = "wasm32")]
mod browser;
#[cfg(target_arch = "wasm32")]
pub use browser::*;

mod body;
// Needs no browser, and is tested without one.
#[cfg(any(target_arch = "wasm32", test))]
mod javascript;
