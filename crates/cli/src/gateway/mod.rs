//! `trunkline gateway`: the accounts of this machine, for pages that must not hold their keys.

mod policy;
mod token;

use crate::command::{JSON, flag};
use crate::exit::Failure;
use crate::sandbox::address;
use crate::terminal::Paint;
use crate::values::duration;
use crate::{client, interrupt, output};
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use serde_json::json;
use std::collections::BTreeMap;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::PathBuf;
use std::pin::pin;
use std::time::Duration;
use trunkline::gateway::{Gateway, Options, Policy, Server, serve};

pub(crate) const NAME: &str = "gateway";

const AFTER: &str = "\
The token comes from $TRUNKLINE_GATEWAY_TOKEN, --token-file, or \"tokens\" in the policy; on a terminal one is made, and \
shown once. Nothing runs that is not listed; what changes, spends, or returns a secret must be listed by its own name.
Each request is one line on standard error, without secrets. Purchases are counted while it runs: a restart begins anew.

The policy, a JSON file; options go before it, lists are joined:
  {\"operations\": [\"rentnumber.*\", \"rentnumber.rent\"],
   \"origins\": [\"https://app.example.com\"], \"accounts\": [],
   \"max_purchases\": 20, \"period\": 86400, \"max_timeout\": 300,
   \"events\": {\"vonage\": {\"secrets\": [\"…\"], \"algorithm\": \"hmac_sha256\"}},
   \"path\": \"/\", \"body_limit\": 1048576, \"body_timeout\": 10}

Asking it:
  curl http://127.0.0.1:8080/ -H 'content-type: application/json' \\
    -H \"authorization: Bearer $TRUNKLINE_GATEWAY_TOKEN\" \\
    -d '{\"operation\": \"rentnumber.list_services\"}'
";

/// The command.
pub(crate) fn command() -> Command {
    let about = "Run listed operations for pages and programs that must not hold the accounts' keys";
    let list = |name: &'static str, value: &'static str| {
        Arg::new(name).long(name).value_name(value).action(ArgAction::Append).value_delimiter(',')
    };
    let file = |name: &'static str| Arg::new(name).long(name).value_name("FILE").value_parser(value_parser!(PathBuf));
    let time = |name: &'static str| Arg::new(name).long(name).value_name("TIME").value_parser(duration);
    Command::new(NAME).about(about).after_help(AFTER).args([
        Arg::new("listen")
            .long("listen")
            .value_name("ADDR")
            .value_parser(address)
            .help("Where: an address, a port, or both [default: this machine alone, a free port]"),
        list("operations", "ID").help("What may be run: rentnumber.rent, or rentnumber.* for what only reads there"),
        list("origins", "URL").help("Pages from here may ask: https://app.example.com"),
        list("accounts", "NAME").help("Only these accounts [default: the provider's own, and none by name]"),
        Arg::new("max-purchases")
            .long("max-purchases")
            .value_name("N")
            .value_parser(value_parser!(u32))
            .help("How many purchases there may be in a period [default: 0]"),
        time("period").help("How long a period is [default: 24h]"),
        time("max-timeout").help("No call takes longer [default: 5m]"),
        file("policy").help("A JSON file that says all of this"),
        file("token-file").help("A file that holds the token"),
    ])
}

/// Serves until it is asked to end.
pub(crate) async fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let mut policy = policy::read(matches)?;
    let shown = token::add(matches, &mut policy)?;
    let client = client::open_with_journal(matches)?;
    let gateway = Gateway::new(client, policy)?;
    let mut options = Options::default();
    if let Some(address) = matches.get_one::<SocketAddr>("listen") {
        options.address = *address;
    }
    if !options.address.ip().is_loopback() {
        output::complain(
            "warning: others on the network can reach this gateway, and the token goes to it in the clear: put TLS before it",
        );
    }
    let place = options.address;
    let server = serve(gateway.clone(), options).await;
    let server = server.map_err(|error| Failure::Local(format!("cannot listen at {place}: {error}")))?;
    announce(matches, &server, gateway.policy(), shown.as_deref())?;
    interrupt::asked().await;
    end(server).await
}

fn announce(matches: &ArgMatches, server: &Server, policy: &Policy, token: Option<&str>) -> Result<(), Failure> {
    let url = format!("http://{}{}", as_seen_from_here(server.address), policy.path);
    let event_url = |account: &String| (account.clone(), format!("{}/events/{account}", url.trim_end_matches('/')));
    let events: BTreeMap<String, String> = policy.events.keys().map(event_url).collect();
    if flag(matches, JSON) {
        return output::line(&json!({ "url": url, "token": token, "events": events }).to_string());
    }
    let note = |text: &str| Paint::for_stdout().dim(&format!("# {text}"));
    let mut lines =
        vec![note(&format!("The gateway is at {url} until Ctrl-C. It runs {}.", policy.operations.join(", ")))];
    if policy.max_purchases > 0 {
        let period = policy.period.as_secs();
        lines.push(note(&format!("At most {} purchases in {period} s, whatever each costs.", policy.max_purchases)));
    }
    lines.extend(events.iter().map(|(account, url)| note(&format!("Events of {account} go to {url}."))));
    if let Some(token) = token {
        lines.push(note("Its token, shown only now:"));
        lines.push(format!("export TRUNKLINE_GATEWAY_TOKEN={token}"));
    }
    output::line(&lines.join("\n"))
}

/// "Every address" is none to connect to.
fn as_seen_from_here(mut address: SocketAddr) -> SocketAddr {
    match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => address.set_ip(Ipv4Addr::LOCALHOST.into()),
        IpAddr::V6(ip) if ip.is_unspecified() => address.set_ip(Ipv6Addr::LOCALHOST.into()),
        _ => {}
    }
    address
}

/// Answers what is under way, and no more; a second Ctrl-C does not wait for that.
async fn end(server: Server) -> Result<(), Failure> {
    let mut ending = pin!(server.shutdown());
    tokio::select! {
        () = &mut ending => return Ok(()),
        () = tokio::time::sleep(Duration::from_millis(300)) => {}
    }
    output::complain("ending when what is under way has been answered; Ctrl-C again ends at once");
    tokio::select! {
        () = ending => Ok(()),
        () = interrupt::asked() => Err(Failure::Interrupted(
            "interrupted; what was under way may have been carried out: look at the accounts before buying again".to_owned(),
        )),
    }
}
