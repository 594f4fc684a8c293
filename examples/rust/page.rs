//! A page's own program in Rust: rents a number and gives the code that it receives. For wasm32-unknown-unknown and
//! wasm-bindgen: `await init(); await rent(accounts)`, the accounts as JSON. It is tried in Chromium, against the sandbox.

#![cfg(target_arch = "wasm32")]

use std::time::Duration;
use trunkline::{Config, Trunkline, rentnumber};
use wasm_bindgen::JsError;
use wasm_bindgen::prelude::wasm_bindgen;

/// Rents what is behind that price; gives the code.
#[wasm_bindgen]
pub async fn rent(accounts: String, pricing_id: String) -> Result<Option<String>, JsError> {
    let client = Trunkline::new(Config::from_json(&accounts)?)?;
    let rental_id = client.call(rentnumber::Rent { pricing_id: pricing_id.into() }).await?.rental_id;
    let minute = Duration::from_secs(60);
    Ok(client.call(rentnumber::GetRental { rental_id }).timeout(minute).wait().await?.code)
}
