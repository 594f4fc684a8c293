//! What may be done: a file, and options.

use crate::config::warn_if_others_can_read;
use crate::exit::Failure;
use clap::ArgMatches;
use std::path::PathBuf;
use std::time::Duration;
use trunkline::gateway::Policy;

/// The policy, without the token.
pub(super) fn read(matches: &ArgMatches) -> Result<Policy, Failure> {
    let mut policy = match matches.get_one::<PathBuf>("policy") {
        Some(path) => from_file(path)?,
        None => Policy::default(),
    };
    let given = |name: &str| matches.get_many::<String>(name).into_iter().flatten().cloned().collect::<Vec<_>>();
    policy.operations.extend(given("operations"));
    policy.origins.extend(given("origins"));
    policy.accounts.extend(given("accounts"));
    if let Some(most) = matches.get_one::<u32>("max-purchases") {
        policy.max_purchases = *most;
    }
    if let Some(period) = matches.get_one::<Duration>("period") {
        policy.period = *period;
    }
    if let Some(timeout) = matches.get_one::<Duration>("max-timeout") {
        policy.max_timeout = *timeout;
    }
    Ok(policy)
}

fn from_file(path: &PathBuf) -> Result<Policy, Failure> {
    let shown = path.display();
    let text = std::fs::read_to_string(path)
        .map_err(|error| Failure::Local(format!("the policy cannot be read from {shown}: {error}")))?;
    let policy = Policy::from_json(&text)
        .map_err(|error| Failure::Api(error.with(|it| it.message = format!("{shown}: {}", it.message))))?;
    if !policy.tokens.is_empty() {
        warn_if_others_can_read(path, "tokens");
    }
    if policy.events.values().any(|events| !events.secrets.is_empty()) {
        warn_if_others_can_read(path, "the secrets of events");
    }
    Ok(policy)
}
