//! `trunkline balances`: what every account can spend.

use super::{account_option, accounts, call, tell_missing, timeout_option, unless_missing};
use crate::call::unless_interrupted;
use crate::command::{JSON, flag};
use crate::exit::Failure;
use crate::output::cell::Cell;
use crate::output::column::{Entry, aligned};
use crate::output::rows::Rows;
use crate::output::table::Table;
use crate::{client, output};
use clap::{ArgMatches, Command};
use trunkline::operation::Effect;
use trunkline::unified::{Balance, ListBalances};

pub(crate) const NAME: &str = "balances";

/// The command.
pub(crate) fn command() -> Command {
    Command::new(NAME).about("Show what every account can spend").args([account_option(), timeout_option()])
}

/// Asks all accounts, and shows what they have.
pub(crate) async fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let client = client::open(matches)?;
    let asked = call(&client, ListBalances { accounts: accounts(matches) }, matches);
    let found = unless_interrupted(Effect::Reads, async { Ok(asked.await?) }).await?;
    if flag(matches, JSON) {
        output::json(&found)?;
    } else if !found.balances.is_empty() {
        output::line(&table(&found.balances).to_string())?;
    }
    tell_missing(&found.failures, matches);
    unless_missing(found.balances.is_empty(), &found.failures)
}

fn table(balances: &[Balance]) -> Table {
    let column = |money: fn(&Balance) -> Entry| aligned(&balances.iter().map(money).collect::<Vec<_>>());
    let has = column(|it| Entry::money(Some(&it.balance)));
    let credit = column(|it| Entry::money(it.credit_limit.as_ref()));
    let rows = balances
        .iter()
        .zip(has)
        .zip(credit)
        .map(|((balance, has), credit)| vec![Cell::words(&balance.account), has, credit]);
    Table::of(Rows::with(&["account", "balance", "credit_limit"], rows.collect()))
}
