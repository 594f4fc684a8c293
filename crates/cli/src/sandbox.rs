//! `trunkline sandbox`: the five providers, pretended, behind real sockets.

use crate::command::{JSON, flag};
use crate::exit::Failure;
use crate::terminal::Paint;
use crate::{interrupt, output, ui};
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Map, Value, json};
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use trunkline_sandbox::serve::{Addresses, Options, serve};
use trunkline_sandbox::{ProviderName, Sandbox, Settings};

pub(crate) const NAME: &str = "sandbox";

/// The command.
pub(crate) fn command() -> Command {
    Command::new(NAME).about("Serve all five providers, pretended, for trying things without an account").args([
        Arg::new("listen")
            .long("listen")
            .value_name("ADDR")
            .value_parser(address)
            .help("Where: an address, a port, or both [default: this machine alone, a free port]"),
        Arg::new("ui")
            .long("ui")
            .value_name("FOLDER")
            .num_args(0..=1)
            .value_parser(clap::value_parser!(PathBuf))
            .help("Serve a page for browsers as well, with the npm package from there [default: where it is built]"),
        Arg::new("lenient")
            .long("lenient")
            .action(ArgAction::SetTrue)
            .help("Tolerate what the providers' own SDKs are known to send"),
        Arg::new("seed")
            .long("seed")
            .value_name("N")
            .value_parser(clap::value_parser!(u64))
            .help("Seed of ids and stock: the same seed and calls give the same answers [default: 1]"),
    ])
}

/// `127.0.0.1:8080`, `127.0.0.1`, `:8080` or `8080`.
pub(crate) fn address(text: &str) -> Result<SocketAddr, String> {
    let loopback = IpAddr::V4(Ipv4Addr::LOCALHOST);
    let port = text.strip_prefix(':').unwrap_or(text).parse::<u16>().map(|port| SocketAddr::new(loopback, port));
    let host = text.replace("localhost", "127.0.0.1");
    port.or_else(|_| host.parse::<SocketAddr>())
        .or_else(|_| host.parse::<IpAddr>().map(|host| SocketAddr::new(host, 0)))
        .map_err(|_| "write 127.0.0.1:8080, an address, or a port".to_owned())
}

/// Serves until it is asked to end.
pub(crate) async fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let listen = matches.get_one::<SocketAddr>("listen").copied();
    let mut options = Options::default();
    if let Some(listen) = listen {
        (options.host, options.port) = (listen.ip(), listen.port());
    }
    let defaults = Settings::default();
    let seed = matches.get_one::<u64>("seed").copied().unwrap_or(defaults.seed);
    options.settings = Settings { seed, lenient: flag(matches, "lenient"), ..defaults };
    let ui = matches.contains_id("ui");
    if ui {
        options.files = ui::files(matches.get_one::<PathBuf>("ui").map(PathBuf::as_path))?;
    }
    if !options.host.is_loopback() {
        output::complain(
            "warning: others on the network can reach this sandbox; it checks only credentials that everybody knows",
        );
    }
    let place = SocketAddr::new(options.host, options.port);
    let server = serve(options).await.map_err(|error| Failure::Local(format!("cannot listen at {place}: {error}")))?;
    let addresses = server.addresses.clone().as_seen_from_here();
    let told = async {
        match flag(matches, JSON) {
            true => output::line(&as_json(&addresses).to_string())?,
            false => output::line(&as_text(&addresses, Paint::for_stdout()))?,
        }
        if ui && !flag(matches, JSON) {
            output::line(&format!("The page: http://{}/", addresses.all))?;
        }
        std::future::pending::<Result<(), Failure>>().await
    };
    tokio::select! {
        // Listens before the addresses are told: whoever reads them may end it at once.
        biased;
        () = interrupt::asked() => {}
        failed = told => failed?,
    }
    server.shutdown().await;
    Ok(())
}

/// The settings of an account there, by name.
fn settings(addresses: &Addresses, provider: ProviderName) -> Vec<(&'static str, String)> {
    Sandbox::account_settings(provider, &addresses.base_url(provider))
}

fn variable(provider: ProviderName, setting: &str) -> String {
    format!("TRUNKLINE_{}_{setting}", provider.slug()).to_ascii_uppercase()
}

fn as_json(addresses: &Addresses) -> Value {
    let mut environment = Map::new();
    let mut providers = Map::new();
    for provider in ProviderName::ALL {
        let settings = settings(addresses, provider);
        environment.extend(settings.iter().map(|(name, value)| (variable(provider, name), json!(value))));
        let settings: Map<String, Value> =
            settings.into_iter().map(|(name, value)| (name.to_owned(), json!(value))).collect();
        let own = addresses.providers.get(&provider).map(|address| format!("http://{address}"));
        providers.insert(
            provider.slug().to_owned(),
            json!({ "base_url": addresses.base_url(provider), "own_url": own, "settings": settings }),
        );
    }
    let url = format!("http://{}", addresses.all);
    json!({ "url": url, "control_url": format!("{url}/_sandbox"), "providers": providers, "environment": environment })
}

fn as_text(addresses: &Addresses, paint: Paint) -> String {
    let note = |text: &str| paint.dim(&format!("# {text}"));
    let mut lines = vec![note(&format!("The sandbox is at http://{} until Ctrl-C. For another shell:", addresses.all))];
    for provider in ProviderName::ALL {
        for (name, value) in settings(addresses, provider) {
            lines.push(format!("export {}={value}", variable(provider, name)));
        }
    }
    lines.push(note("Then, for example: trunkline rentnumber list-services"));
    let control = format!("http://{}/_sandbox", addresses.all);
    lines.push(note(&format!(
        "Send SMS, break things, move time: POST {control}/messages, faults, event_faults, advance"
    )));
    lines.push(note(&format!("Events go to webhooks on this machine; what did not arrive: GET {control}/state")));
    lines.push(note("Each provider alone, for clients that can set a host but no path:"));
    for (provider, address) in &addresses.providers {
        lines.push(note(&format!("  {:<10}  http://{address}", provider.slug())));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_a_host_a_port_or_both() {
        for (text, read) in [
            ("8080", "127.0.0.1:8080"),
            (":8080", "127.0.0.1:8080"),
            ("localhost:80", "127.0.0.1:80"),
            ("0.0.0.0", "0.0.0.0:0"),
            ("[::1]:9", "[::1]:9"),
        ] {
            assert_eq!(address(text).unwrap().to_string(), read, "{text}");
        }
        assert!(address("example.org").is_err());
    }
}
