//! Sandboxes for tests that need many, one after the other and at once: each line of the standard input is the settings of
//! one, as JSON; each line printed is where it is and its accounts. A line that is a number ends the one of that number,
//! counted from 0.
//!
//! Ends when its standard input does, so that it does not outlive whoever started it.

use serde_json::{Map, Value, json};
use std::error::Error;
use std::io::Write;
use std::sync::mpsc::channel;
use tokio::runtime::{Builder, Handle};
use trunkline_sandbox::serve::{Options, Server, serve};
use trunkline_sandbox::{ProviderName, Sandbox};

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = Builder::new_current_thread().enable_all().build()?;
    let handle = runtime.handle().clone();
    std::thread::spawn(move || runtime.block_on(std::future::pending::<()>()));
    let mut servers = Vec::new();
    for line in std::io::stdin().lines() {
        match serde_json::from_str(&line?)? {
            Value::Number(number) => {
                let index = number.as_u64().and_then(|index| usize::try_from(index).ok());
                // Dropping it ends it.
                index.and_then(|index| servers.get_mut(index)).map(Option::take);
            }
            settings => {
                let server = start(&handle, settings)?;
                let mut out = std::io::stdout().lock();
                writeln!(out, "{}", announcement(&server))?;
                out.flush()?;
                servers.push(Some(server));
            }
        }
    }
    Ok(())
}

fn start(handle: &Handle, settings: Value) -> Result<Server, Box<dyn Error>> {
    let settings = serde_json::from_value(settings)?;
    let options = Options { settings, open_to_pages: true, ..Options::default() };
    let (tell, told) = channel();
    handle.spawn(async move { tell.send(serve(options).await) });
    Ok(told.recv()??)
}

fn announcement(server: &Server) -> Value {
    let accounts = ProviderName::ALL.into_iter().map(|provider| {
        let settings = Sandbox::account_settings(provider, &server.addresses.base_url(provider)).into_iter();
        let settings: Map<String, Value> = settings.map(|(name, value)| (name.to_owned(), value.into())).collect();
        (provider.slug().to_owned(), Value::Object(settings))
    });
    json!({ "url": format!("http://{}", server.addresses.all), "accounts": accounts.collect::<Map<_, _>>() })
}
