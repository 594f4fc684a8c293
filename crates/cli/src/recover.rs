//! `trunkline recover`: what became of the purchases that a crash, or a lost answer, left open.

use crate::command::{JSON, flag};
use crate::exit::Failure;
use crate::{client, output};
use clap::{ArgMatches, Command};
use futures_util::StreamExt;
use serde_json::json;
use std::pin::pin;
use trunkline::{ErrorKind, Recovered, RecoveredOutcome};

pub(crate) const NAME: &str = "recover";

const AFTER: &str = "\
Looks at the provider for every purchase that the journal holds open: of processes that are gone, and of answers that were \
lost. Nothing is sent again but under an idempotency key that the provider still knows; that may carry the purchase out now. \
What cannot be told yet stays open, and the exit code says so: recover again later.
";

/// The command.
pub(crate) fn command() -> Command {
    Command::new(NAME).about("Settle the purchases that a crash or a lost answer left open").after_help(AFTER)
}

/// Recovers, and shows each purchase as it is settled.
pub(crate) async fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let client = client::open_with_journal(matches)?;
    let mut recovered = pin!(client.recover());
    let (mut count, mut is_open) = (0, false);
    while let Some(purchase) = recovered.next().await {
        let purchase = purchase?;
        count += 1;
        is_open |= matches!(purchase.outcome, RecoveredOutcome::Unknown { .. });
        if flag(matches, JSON) {
            output::line(&to_json(&purchase))?;
        } else {
            output::line(&sentence(&purchase))?;
        }
    }
    if count == 0 && !flag(matches, JSON) {
        output::line("No purchase is open.")?;
    }
    if is_open { Err(Failure::Told(ErrorKind::PurchaseUnknown)) } else { Ok(()) }
}

fn to_json(purchase: &Recovered) -> String {
    let Recovered { intent, at, account, operation, params, outcome } = purchase;
    let params: serde_json::Value = serde_json::from_str(params).unwrap_or_default();
    json!({
        "intent": intent, "at": at, "account": account, "operation": operation, "params": params, "outcome": outcome,
    })
    .to_string()
}

fn sentence(purchase: &Recovered) -> String {
    let Recovered { at, account, operation, params, outcome, .. } = purchase;
    let end = match outcome {
        RecoveredOutcome::Bought { ids, .. } => format!("bought: {}", ids.join(", ")),
        RecoveredOutcome::NotBought { reason } => format!("not bought: {reason}"),
        RecoveredOutcome::Unknown { candidates, reason } if candidates.is_empty() => format!("not known: {reason}"),
        RecoveredOutcome::Unknown { candidates, reason } => {
            format!("not known: {reason} (it may be {})", candidates.join(" or "))
        }
    };
    format!("{at}  {operation} {params} on {account}: {end}")
}
