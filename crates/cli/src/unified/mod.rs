//! The commands over all accounts at once. They are thin: what they do, the unified operations do.

pub(crate) mod balances;
pub(crate) mod buy;
mod confirm;
mod kept;
pub(crate) mod numbers;
pub(crate) mod release;
pub(crate) mod search;
mod terms;
pub(crate) mod wait;

use crate::command::{JSON, flag};
use crate::exit::Failure;
use crate::output;
use crate::terminal::Paint;
use crate::values::duration;
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::time::Duration;
use trunkline::unified::Failure as Missing;
use trunkline::{Call, Callable, Trunkline};

/// The commands, in the order in which one comes to need them.
pub(crate) fn commands() -> [Command; 6] {
    [search::command(), buy::command(), wait::command(), release::command(), numbers::command(), balances::command()]
}

fn account_option() -> Arg {
    let option = Arg::new("account").long("account").value_name("NAME").action(ArgAction::Append).value_delimiter(',');
    option.help("Only this account (several: with commas, or given several times) [default: all]")
}

fn timeout_option() -> Arg {
    let option = Arg::new("timeout").long("timeout").value_name("TIME").value_parser(duration);
    option.help("For the whole call, retries included: 30s, 2m, 500ms")
}

fn number_argument() -> Arg {
    Arg::new("number").value_name("NUMBER").required(true).help("The number's id, as trunkline numbers gives it")
}

fn accounts(matches: &ArgMatches) -> Vec<String> {
    several(matches, "account")
}

fn number(matches: &ArgMatches) -> trunkline::Id {
    matches.get_one::<String>("number").map_or("", String::as_str).into()
}

fn several<T: Clone + Send + Sync + 'static>(matches: &ArgMatches, name: &str) -> Vec<T> {
    matches.get_many::<T>(name).map(|values| values.cloned().collect()).unwrap_or_default()
}

/// The call, with the time that it is given.
fn call<O: Callable>(client: &Trunkline, operation: O, matches: &ArgMatches) -> Call<O> {
    let call = client.call(operation);
    match matches.get_one::<Duration>("timeout") {
        Some(timeout) => call.timeout(*timeout),
        None => call,
    }
}

/// Says below a result, on standard error, what is missing in it. JSON has it in itself.
fn tell_missing(missing: &[Missing], matches: &ArgMatches) {
    if flag(matches, JSON) {
        return;
    }
    let paint = Paint::for_stderr();
    for Missing { account, kind, message, .. } in missing {
        output::complain(&format!(
            "{} {message} {}",
            paint.red(&format!("{account}:")),
            paint.dim(&format!("({kind})"))
        ));
    }
}

/// Where nothing was found and accounts are missing, it may be that there is something.
fn unless_missing(is_empty: bool, missing: &[Missing]) -> Result<(), Failure> {
    match missing.first() {
        Some(first) if is_empty => Err(Failure::Told(first.kind)),
        _ => Ok(()),
    }
}
