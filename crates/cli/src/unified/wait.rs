//! `trunkline wait`: until a number has received a message.

use super::{call, number, number_argument, timeout_option};
use crate::call::unless_interrupted;
use crate::command::{JSON, flag};
use crate::exit::Failure;
use crate::values::time;
use crate::{client, output, progress};
use clap::{Arg, ArgAction, ArgMatches, Command};
use std::future::IntoFuture;
use std::time::Duration;
use trunkline::operation::Effect;
use trunkline::unified::{ListCapabilities, Message, WaitForMessage};
use trunkline::{Callable, Delivery, Error, ErrorKind, Id, Timestamp, Trunkline, WAIT_TIMEOUT};

pub(crate) const NAME: &str = "wait";

const AFTER: &str = "\
A message that was there before counts too. Providers that send messages to a server of yours, as events, cannot be asked \
for them: that server has to wait.
";

/// The command.
pub(crate) fn command() -> Command {
    let text = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let code = Arg::new("code").long("code").action(ArgAction::SetTrue);
    Command::new(NAME).about("Wait until a number has received a message").after_help(AFTER).args([
        number_argument(),
        text("sender", "WHO", "Only from this sender, a number or a name"),
        text("contains", "TEXT", "Only with this in it"),
        text("after", "TIME", "Only what came after this: 2026-01-31T12:00:00Z").value_parser(time),
        code.help("Wait for a message with a code, and show the code alone"),
        timeout_option().help("How long: 30s, 2m [default: 5m]"),
    ])
}

/// Waits, and shows the message.
pub(crate) async fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let client = client::open(matches)?;
    let wait = wanted(matches);
    let limit = matches.get_one::<Duration>("timeout").copied().unwrap_or(WAIT_TIMEOUT);
    let waiting = async {
        can_be_asked(&client, &wait.number).await?;
        let what = format!("a message to {}", wait.number);
        Ok(progress::shown(&what, Some(limit), call(&client, wait, matches).into_future()).await?)
    };
    let message = unless_interrupted(Effect::Reads, waiting).await?;
    match &message.code {
        _ if flag(matches, JSON) => output::json(&message),
        Some(code) if flag(matches, "code") => output::line(code),
        _ => output::line(&told(&message)),
    }
}

fn wanted(matches: &ArgMatches) -> WaitForMessage {
    let text = |name| matches.get_one::<String>(name).cloned();
    WaitForMessage {
        number: number(matches),
        sender: text("sender"),
        contains: text("contains"),
        after: matches.get_one::<Timestamp>("after").copied(),
        with_code: flag(matches, "code").then_some(true),
    }
}

/// Refuses to wait for what will not come here.
async fn can_be_asked(client: &Trunkline, number: &Id) -> Result<(), Failure> {
    let known = client.call(ListCapabilities {}).await?.providers;
    let is_at = |account: &String| number.as_str().strip_prefix(account.as_str()).is_some_and(|it| it.starts_with(':'));
    let accounts = known.iter().flat_map(|provider| provider.accounts.iter().map(move |account| (provider, account)));
    // Of accounts that are named alike at their beginnings the longest is meant.
    let found = accounts.filter(|(_, account)| is_at(account)).max_by_key(|(_, account)| account.len());
    match found {
        Some((provider, _)) if provider.pushes_messages && !provider.operations.iter().any(|it| it == "messages") => {
            let message = format!(
                "{} cannot be asked for messages: it sends them, as events, to the URL that the number was given",
                provider.name
            );
            let error = Error::new(ErrorKind::Unsupported, Delivery::NotSent, message);
            Err(Failure::Api(error.with(|it| it.operation = WaitForMessage::ENDPOINT.id.to_owned())))
        }
        _ => Ok(()),
    }
}

fn told(message: &Message) -> String {
    let Message { code, sender, received_at, text, .. } = message;
    let time = received_at.map(|time| time.to_string());
    let lines = [("code", code.clone()), ("from", sender.clone()), ("received", time), ("text", Some(text.clone()))];
    let lines: Vec<_> = lines.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    output::facts(&lines)
}
