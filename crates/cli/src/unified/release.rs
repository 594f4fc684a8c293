//! `trunkline release`: a number given up.

use super::{call, number, number_argument, timeout_option};
use crate::call::unless_interrupted;
use crate::command::{JSON, flag};
use crate::exit::Failure;
use crate::{client, output};
use clap::{ArgMatches, Command};
use trunkline::operation::Effect;
use trunkline::unified::{Release, Released};

pub(crate) const NAME: &str = "release";

/// The command.
pub(crate) fn command() -> Command {
    let about = "Give a number up; it cannot be had back";
    Command::new(NAME).about(about).args([number_argument(), timeout_option()])
}

/// Releases it, and says what became of it.
pub(crate) async fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let client = client::open(matches)?;
    let number = number(matches);
    let asked = call(&client, Release { number: number.clone() }, matches);
    let released = unless_interrupted(Effect::Sets, async { Ok(asked.await?) }).await?;
    if flag(matches, JSON) {
        return output::json(&released);
    }
    let Released { status, refund, ends_at, .. } = released;
    let mut said = format!("{number}: {}", status.as_str().replace('_', " "));
    if let Some(ends) = ends_at {
        said.push_str(&format!(", until {ends}"));
    }
    if let Some(refund) = refund {
        said.push_str(&format!(", {refund} returned"));
    }
    output::line(&said)
}
