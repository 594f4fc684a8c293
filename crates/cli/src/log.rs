//! `-v`: the client's own events on standard error. They hold no secret: no header, no body, no query. The gateway says
//! without being asked what it was asked for.

use crate::command::VERBOSE;
use crate::gateway;
use crate::looks::Looks;
use crate::terminal::Paint;
use clap::ArgMatches;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

/// Starts showing events, as often as `-v` was given. Only the client's: those of HTTP libraries may hold headers.
pub(crate) fn start(matches: &ArgMatches) {
    let layer =
        fmt::layer().with_writer(std::io::stderr).with_ansi(Paint::for_stderr().is_on()).with_target(false).compact();
    let only = |level| Targets::new().with_target("trunkline", level);
    let registry = tracing_subscriber::registry().with(Looks);
    match verbosity(matches) {
        0 if matches.subcommand_name() == Some(gateway::NAME) => {
            let requests = Targets::new().with_target("trunkline::gateway", LevelFilter::INFO);
            registry.with(layer).with(requests).init();
        }
        0 => registry.with(only(LevelFilter::DEBUG)).init(),
        1 => registry.with(layer.without_time()).with(only(LevelFilter::DEBUG)).init(),
        _ => {
            let layer = layer.with_timer(fmt::time::uptime()).with_span_events(fmt::format::FmtSpan::CLOSE);
            registry.with(layer).with(only(LevelFilter::TRACE)).init();
        }
    }
}

fn verbosity(matches: &ArgMatches) -> u8 {
    let here = matches.try_get_one::<u8>(VERBOSE).ok().flatten().copied().unwrap_or(0);
    let below = matches.subcommand().map_or(0, |(_, inner)| verbosity(inner));
    here.max(below)
}
