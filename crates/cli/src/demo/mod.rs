//! `trunkline demo`: the main job at each provider, by the real client over real HTTP, against the embedded sandbox.
//!
//! One file per provider; each reads as an example of the typed API. No real account is touched: neither the environment
//! nor a file is read.

mod rentnumber;
mod sinch;
mod sms;
mod stage;
mod summary;
mod tempnumber;
mod voepy;
mod vonage;

use crate::command::{JSON, flag};
use crate::exit::Failure;
use crate::interrupt;
use clap::{ArgMatches, Command};
use sms::Sms;
use stage::Stage;
use std::time::Instant;
use trunkline::Trunkline;
use trunkline_sandbox::serve::{self, Addresses, Options, Server};

pub(crate) const NAME: &str = "demo";

/// The command.
pub(crate) fn command() -> Command {
    Command::new(NAME).about("Find, buy, read and release a number at all five providers, pretended: no account needed")
}

/// Runs the job at each of the five.
pub(crate) async fn run(matches: &ArgMatches) -> Result<(), Failure> {
    tokio::select! {
        result = all(flag(matches, JSON)) => result,
        () = interrupt::asked() => Err(Failure::Interrupted("interrupted".to_owned())),
    }
}

async fn all(json: bool) -> Result<(), Failure> {
    let server = start().await.map_err(|error| Failure::Local(format!("the sandbox cannot start: {error}")))?;
    let client = connect(&server.addresses)?;
    let sms = Sms::new(&server.addresses)?;
    let started = Instant::now();
    let mut rows = Vec::new();
    for entry in trunkline::PROVIDERS {
        let provider = entry.facts.slug;
        let mut stage = Stage::open(provider, json);
        let result = match provider {
            "tempnumber" => tempnumber::run(&client, &sms, &mut stage).await,
            "rentnumber" => rentnumber::run(&client, &sms, &mut stage).await,
            "sinch" => sinch::run(&client, &mut stage).await,
            "voepy" => voepy::run(&client, &mut stage).await,
            "vonage" => vonage::run(&client, &mut stage).await,
            other => Err(stage::Stop::Other(format!("the demo does not know {other}"))),
        };
        rows.push(stage.close(result)?);
    }
    server.shutdown().await;
    summary::show(&rows, started.elapsed(), json)
}

/// A sandbox on ports that the kernel chooses, on this machine alone.
async fn start() -> std::io::Result<Server> {
    let mut options = Options::default();
    // Three seconds teach nothing that one does not.
    options.settings.voepy.activation_delay_seconds = 1;
    serve::serve(options).await
}

/// A client with the sandbox's accounts, and no others.
fn connect(addresses: &Addresses) -> trunkline::Result<Trunkline> {
    let accounts = trunkline::sandbox::accounts(|provider| addresses.base_url(provider));
    Trunkline::new(accounts)
}
