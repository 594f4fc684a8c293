//! `trunkline`: phone numbers of five providers from the command line. What it can do falls out of the client's registry;
//! no provider, operation or parameter is written here, except in the demo.

mod arguments;
mod call;
mod catalogue;
mod client;
mod command;
mod config;
mod demo;
mod exit;
mod folders;
mod gateway;
mod interrupt;
mod log;
mod looks;
mod operations;
mod output;
mod progress;
mod recover;
mod sandbox;
mod terminal;
mod ui;
mod unified;
mod values;

use clap::ArgMatches;
use clap::error::ErrorKind as ClapKind;
use exit::Failure;
use std::process::ExitCode;
use terminal::Paint;

fn main() -> ExitCode {
    let matches = match command::root().try_get_matches() {
        Ok(matches) => matches,
        Err(error) => return not_understood(&error),
    };
    let json = command::wants_json(&matches);
    log::start(&matches);
    match run(&matches) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if let Some(text) = failure.text(json, Paint::for_stderr()) {
                output::complain(&text);
            }
            ExitCode::from(failure.code())
        }
    }
}

/// Help and version are asked for, too.
fn not_understood(error: &clap::Error) -> ExitCode {
    let wanted = matches!(error.kind(), ClapKind::DisplayHelp | ClapKind::DisplayVersion);
    if !wanted && std::env::args_os().any(|argument| argument == "--json") {
        let text = error.to_string();
        let message = text.trim_start_matches("error: ").split("\n\n").next().unwrap_or_default();
        let message = message.split_whitespace().collect::<Vec<_>>().join(" ");
        output::complain(&trunkline::Error::invalid_input("arguments", message).to_json());
    } else {
        // Whoever read it has gone: nothing to be done.
        let _ = error.print();
    }
    ExitCode::from(if wanted { 0 } else { exit::USAGE })
}

fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
    let runtime = runtime.map_err(|error| Failure::Local(format!("the program cannot start: {error}")))?;
    runtime.block_on(async {
        match matches.subcommand() {
            Some((catalogue::NAME, matches)) => catalogue::run(matches),
            Some((demo::NAME, matches)) => demo::run(matches).await,
            Some((gateway::NAME, matches)) => gateway::run(matches).await,
            Some((recover::NAME, matches)) => recover::run(matches).await,
            Some((sandbox::NAME, matches)) => sandbox::run(matches).await,
            Some((unified::balances::NAME, matches)) => unified::balances::run(matches).await,
            Some((unified::buy::NAME, matches)) => unified::buy::run(matches).await,
            Some((unified::numbers::NAME, matches)) => unified::numbers::run(matches).await,
            Some((unified::release::NAME, matches)) => unified::release::run(matches).await,
            Some((unified::search::NAME, matches)) => unified::search::run(matches).await,
            Some((unified::wait::NAME, matches)) => unified::wait::run(matches).await,
            Some((provider, matches)) => call::run(provider, matches).await,
            None => Ok(()),
        }
    })
}
