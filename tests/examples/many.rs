//! Sandboxes, and gateways before them, for tests that need many, one after the other and at once. What is served has a
//! number, counted from 0. Each line of the standard input is one of
//!
//! - the settings of a sandbox, as JSON: the line printed is where it is and its accounts;
//! - `{"gateway": <policy>, "sandbox": <number>}`: a gateway with accounts there; the line printed is where it is;
//! - a number: what has that number ends, and nothing is printed.
//!
//! Ends when its standard input does, so that it does not outlive whoever started it.

use serde_json::{Map, Value, json};
use std::error::Error;
use std::future::Future;
use std::io::Write;
use std::sync::mpsc::channel;
use tokio::runtime::{Builder, Handle};
use trunkline::Trunkline;
use trunkline::gateway::{self, Gateway, Policy};
use trunkline::sandbox::accounts;
use trunkline_sandbox::serve::{self, serve};
use trunkline_sandbox::{ProviderName, Sandbox};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Dropping it ends it.
enum Served {
    Sandbox(serve::Server),
    /// Its fields are looked at by nobody: it is kept.
    Gateway(#[allow(dead_code, reason = "it serves as long as it is there")] gateway::Server),
}

fn main() -> Result<()> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    std::thread::spawn(move || runtime.block_on(std::future::pending::<()>()));
    let mut served: Vec<Option<Served>> = Vec::new();
    for line in std::io::stdin().lines() {
        let value: Value = serde_json::from_str(&line?)?;
        if value.is_number() {
            number(&value).and_then(|number| served.get_mut(number)).map(Option::take);
            continue;
        }
        let (one, announcement) = match value.get("gateway") {
            Some(policy) => {
                let sandbox = number(&value["sandbox"]).and_then(|number| served.get(number));
                let Some(Some(Served::Sandbox(sandbox))) = sandbox else { return Err("no such sandbox".into()) };
                start_gateway(&handle, sandbox, &policy.to_string())?
            }
            None => start_sandbox(&handle, value)?,
        };
        let mut out = std::io::stdout().lock();
        writeln!(out, "{announcement}")?;
        out.flush()?;
        served.push(Some(one));
    }
    Ok(())
}

fn number(value: &Value) -> Option<usize> {
    value.as_u64().and_then(|number| usize::try_from(number).ok())
}

/// Where sockets belong to that runtime.
fn there<T: Send + 'static>(handle: &Handle, work: impl Future<Output = T> + Send + 'static) -> Result<T> {
    let (tell, told) = channel();
    handle.spawn(async move { tell.send(work.await) });
    Ok(told.recv()?)
}

fn start_sandbox(handle: &Handle, settings: Value) -> Result<(Served, Value)> {
    let settings = serde_json::from_value(settings)?;
    let options = serve::Options { settings, open_to_pages: true, ..serve::Options::default() };
    let server = there(handle, serve(options))??;
    let accounts = ProviderName::ALL.into_iter().map(|provider| {
        let settings = Sandbox::account_settings(provider, &server.addresses.base_url(provider)).into_iter();
        let settings: Map<String, Value> = settings.map(|(name, value)| (name.to_owned(), value.into())).collect();
        (provider.slug().to_owned(), Value::Object(settings))
    });
    let url = format!("http://{}", server.addresses.all);
    let announcement = json!({ "url": url, "accounts": accounts.collect::<Map<_, _>>() });
    Ok((Served::Sandbox(server), announcement))
}

fn start_gateway(handle: &Handle, sandbox: &serve::Server, policy: &str) -> Result<(Served, Value)> {
    let policy = Policy::from_json(policy)?;
    let path = policy.path.clone();
    let mut config = accounts(|provider| sandbox.addresses.base_url(provider));
    // Its own limit is waited for in real time.
    config.set("rentnumber", "rate_limit", "none");
    let gateway = Gateway::new(Trunkline::new(config)?, policy)?;
    let server = there(handle, gateway::serve(gateway, gateway::Options::default()))??;
    let announcement = json!({ "url": format!("http://{}{path}", server.address) });
    Ok((Served::Gateway(server), announcement))
}
