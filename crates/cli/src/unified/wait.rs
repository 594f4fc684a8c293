//! `trunkline wait`: until a number has received a message.

use super::{number, number_argument, timeout_option};
use crate::call::unless_interrupted;
use crate::command::{JSON, flag};
use crate::exit::Failure;
use crate::{client, output, progress};
use clap::{Arg, ArgAction, ArgMatches, Command};
use serde_json::{Map, Value, json};
use std::time::Duration;
use trunkline::operation::Effect;
use trunkline::unified::{ListCapabilities, Message};
use trunkline::{Answer, Delivery, Error, ErrorKind, Id, Options, Trunkline, WAIT_TIMEOUT};

pub(crate) const NAME: &str = "wait";

const OPERATION: &str = "trunkline.wait_for_message";

const AFTER: &str = "\
A message that was there before counts too. Providers that send messages to a server of yours, as events, cannot be asked for \
them: that server has to wait.
";

/// The command.
pub(crate) fn command() -> Command {
    let text = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let code = Arg::new("code").long("code").action(ArgAction::SetTrue);
    Command::new(NAME).about("Wait until a number has received a message").after_help(AFTER).args([
        number_argument(),
        text("from", "WHO", "Only from this sender, a number or a name"),
        text("contains", "TEXT", "Only with this in it"),
        text("after", "TIME", "Only what came after this: 2026-01-31T12:00:00Z"),
        code.help("Wait for a message with a code, and show the code alone"),
        timeout_option().help("How long: 30s, 2m [default: 5m]"),
    ])
}

/// Waits, and shows the message.
pub(crate) async fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let client = client::open(matches)?;
    let number = number(matches);
    let timeout = matches.get_one::<Duration>("timeout").copied();
    let options = Options { timeout, ..Options::default() };
    let waiting = async {
        can_be_asked(&client, &number).await?;
        let params = params(&number, matches);
        let wait = client.call_json(OPERATION, &params, options);
        let what = format!("a message to {number}");
        Ok(progress::shown(&what, Some(timeout.unwrap_or(WAIT_TIMEOUT)), wait).await?)
    };
    let Answer { value, .. } = unless_interrupted(Effect::Reads, waiting).await?;
    if flag(matches, JSON) {
        return output::line(&value);
    }
    let message: Message = serde_json::from_str(&value)
        .map_err(|error| Failure::Local(format!("the message cannot be shown: {error}")))?;
    match &message.code {
        Some(code) if flag(matches, "code") => output::line(code),
        _ => output::line(&told(&message)),
    }
}

fn params(number: &Id, matches: &ArgMatches) -> String {
    let mut params = Map::from_iter([("number".to_owned(), json!(number))]);
    for name in ["from", "contains", "after"] {
        if let Some(said) = matches.get_one::<String>(name) {
            params.insert(name.to_owned(), json!(said));
        }
    }
    if flag(matches, "code") {
        params.insert("with_code".to_owned(), json!(true));
    }
    Value::Object(params).to_string()
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
                "{} cannot be asked for messages: it sends them, as events, to the URL that the number is configured with",
                provider.name
            );
            let error = Error::new(ErrorKind::Unsupported, Delivery::NotSent, message);
            Err(Failure::Api(error.with(|it| it.operation = OPERATION.to_owned())))
        }
        _ => Ok(()),
    }
}

fn told(message: &Message) -> String {
    let Message { code, from, received_at, text, .. } = message;
    let time = received_at.map(|time| time.to_string());
    let lines = [("code", code.clone()), ("from", from.clone()), ("received", time), ("text", Some(text.clone()))];
    let lines: Vec<_> = lines.into_iter().filter_map(|(name, value)| Some((name, value?))).collect();
    output::facts(&lines)
}
