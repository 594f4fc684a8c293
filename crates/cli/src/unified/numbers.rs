//! `trunkline numbers`: the numbers of every account.

use super::terms::then;
use super::{account_option, accounts, call, tell_missing, timeout_option, unless_missing};
use crate::call::unless_interrupted;
use crate::command::{JSON, flag};
use crate::exit::Failure;
use crate::output::cell::Cell;
use crate::output::column::{Entry, aligned};
use crate::output::rows::Rows;
use crate::output::table::Table;
use crate::{client, output};
use clap::{Arg, ArgAction, ArgMatches, Command};
use trunkline::operation::Effect;
use trunkline::unified::{ListNumbers, Number};

pub(crate) const NAME: &str = "numbers";

/// The command.
pub(crate) fn command() -> Command {
    let all = Arg::new("all").long("all").action(ArgAction::SetTrue).help("Those that are over as well");
    Command::new(NAME).about("List the numbers of every account").args([all, account_option(), timeout_option()])
}

/// Asks all accounts, and lists what they have.
pub(crate) async fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let client = client::open(matches)?;
    let asked = call(&client, ListNumbers { accounts: accounts(matches) }, matches);
    let mut listed = unless_interrupted(Effect::Reads, async { Ok(asked.await?) }).await?;
    if !flag(matches, "all") {
        listed.numbers.retain(|number| !number.status.is_over());
    }
    if flag(matches, JSON) {
        output::json(&listed)?;
    } else if !listed.numbers.is_empty() {
        output::line(&table(&listed.numbers).to_string())?;
    } else if listed.failures.is_empty() {
        output::line("No number.")?;
    }
    tell_missing(&listed.failures, matches);
    unless_missing(listed.numbers.is_empty(), &listed.failures)
}

fn table(numbers: &[Number]) -> Table {
    let costs = aligned(&numbers.iter().map(costs).collect::<Vec<_>>());
    let rows = numbers.iter().zip(costs).map(|(number, costs)| {
        let phone_number = number.phone_number.as_ref().map(ToString::to_string).unwrap_or_default();
        let ends = number.expires_at.as_ref().map(ToString::to_string).unwrap_or_default();
        let status = number.status.as_str().replace('_', " ");
        let [id, phone_number, status, ends] = [number.id.as_str(), &phone_number, &status, &ends].map(Cell::words);
        vec![id, phone_number, status, costs, ends]
    });
    Table::of(Rows::with(&["id", "number", "status", "costs", "ends"], rows.collect()))
}

/// What is charged for it again, else what it cost.
fn costs(number: &Number) -> Entry {
    match (&number.price.recurring, &number.price.once) {
        (Some(_), _) => then(&number.price, &number.term),
        (None, once) => Entry::money(once.as_ref()),
    }
}
