//! Serves the sandbox until it is ended; a file of settings is the only argument, and may be left out:
//! `cargo run -p trunkline-sandbox --features serve --example serve settings.json`
//!
//! The first line it prints is JSON: where it listens, and the credentials that are let in.

use serde_json::{Map, Value, json};
use std::error::Error;
use std::io::Write;
use trunkline_sandbox::serve::{Options, Server, serve};
use trunkline_sandbox::{ProviderName, Sandbox, Settings};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let settings = match std::env::args().nth(1) {
        Some(path) => serde_json::from_slice(&std::fs::read(path)?)?,
        None => Settings::default(),
    };
    let server = serve(Options { settings, ..Options::default() }).await?;
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}", announcement(&server))?;
    // Whoever started this reads the line from a pipe, and waits for it.
    out.flush()?;
    std::future::pending().await
}

fn announcement(server: &Server) -> Value {
    let addresses = &server.addresses;
    let providers = ProviderName::ALL.map(|name| {
        let credentials =
            Sandbox::credentials(name).iter().map(|(key, value)| ((*key).to_owned(), Value::from(*value)));
        let described = json!({
            "base_url": addresses.base_url(name),
            "own_address": addresses.providers[&name].to_string(),
            "credentials": credentials.collect::<Map<String, Value>>(),
        });
        (name.slug().to_owned(), described)
    });
    json!({"all": addresses.all.to_string(), "providers": providers.into_iter().collect::<Map<String, Value>>()})
}
