//! One call: what was asked for on the command line, made, and its result shown.

use crate::command::{JSON, flag};
use crate::exit::Failure;
use crate::output::{self, Shape};
use crate::{arguments, client, interrupt, operations, progress};
use clap::ArgMatches;
use futures_util::StreamExt;
use std::future::Future;
use std::pin::pin;
use std::time::Duration;
use trunkline::operation::Effect;
use trunkline::registry::Entry;
use trunkline::{Answer, Options, Trunkline};
use trunkline_core::surface;

/// Runs the operation that was asked for.
pub(crate) async fn run(provider: &str, matches: &ArgMatches) -> Result<(), Failure> {
    let Some((name, matches)) = matches.subcommand() else { return Ok(()) };
    let Some(entry) = operations::find(provider, name) else { return Ok(()) };
    let params = arguments::read(&operations::parameters(entry)?, matches)?;
    let params = serde_json::Value::Object(params).to_string();
    let client = match entry.endpoint.effect {
        Effect::Spends(_) => client::open_with_journal(matches)?,
        Effect::Reads | Effect::Sets => client::open(matches)?,
    };
    let options = options(matches);
    let work = async {
        if flag(matches, "all") {
            return all(entry, &client, &params, options, matches).await;
        }
        let result = if flag(matches, "wait") {
            let limit = options.timeout.unwrap_or(trunkline::WAIT_TIMEOUT);
            progress::shown(entry.endpoint.id, Some(limit), client.wait_json(entry.endpoint.id, &params, options)).await
        } else {
            client.call_json(entry.endpoint.id, &params, options).await
        };
        show(entry, matches, result)
    };
    unless_interrupted(entry.endpoint.effect, work).await
}

fn options(matches: &ArgMatches) -> Options {
    let text = |name| matches.try_get_one::<String>(name).ok().flatten().cloned();
    Options {
        account: text("account"),
        timeout: matches.get_one::<Duration>("timeout").copied(),
        attempts: matches.get_one::<u32>("attempts").copied(),
        idempotency_key: text("idempotency-key"),
    }
}

fn show(entry: &Entry, matches: &ArgMatches, result: trunkline::Result<Answer<String>>) -> Result<(), Failure> {
    let json = flag(matches, JSON);
    if flag(matches, "raw") {
        let response = match &result {
            Ok(answer) => Some(&answer.response),
            Err(error) => error.response.as_ref(),
        };
        if let Some(response) = response {
            output::raw(response, json)?;
        }
        return result.map(|_| ()).map_err(Failure::Api);
    }
    let answer = result?;
    if json {
        return output::line(&answer.value);
    }
    output::people(&answer.value, &shape(entry, matches)?)
}

fn shape(entry: &Entry, matches: &ArgMatches) -> Result<Shape, Failure> {
    let (signature, types) = surface::operation(entry).map_err(Failure::Local)?;
    let show_secrets = flag(matches, "show-secrets");
    Ok(Shape { result: signature.output, types, show_secrets, has_all: entry.all.is_some() })
}

/// Every item of every page: with `--json` as it comes, else as one table.
async fn all(
    entry: &Entry,
    client: &Trunkline,
    params: &str,
    options: Options,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    let mut items = pin!(client.all_json(entry.endpoint.id, params, options)?);
    let mut collected = Vec::new();
    let mut failure = None;
    while let Some(item) = items.next().await {
        match item {
            Ok(item) if flag(matches, JSON) => output::line(&item)?,
            Ok(item) => collected.push(item),
            Err(error) => failure = Some(error),
        }
    }
    if !flag(matches, JSON) && (failure.is_none() || !collected.is_empty()) {
        // What came before the error is shown; the shape is that of a page.
        output::people(
            &format!("{{\"items\":[{}],\"next\":null,\"total\":null}}", collected.join(",")),
            &shape(entry, matches)?,
        )?;
    }
    failure.map_or(Ok(()), |error| Err(Failure::Api(error)))
}

/// An interrupted purchase says that it may have happened.
pub(crate) async fn unless_interrupted<T>(
    effect: Effect,
    work: impl Future<Output = Result<T, Failure>>,
) -> Result<T, Failure> {
    tokio::select! {
        biased;
        result = work => result,
        () = interrupt::asked() => Err(Failure::Interrupted(match effect {
            Effect::Reads => "interrupted".to_owned(),
            Effect::Sets => "interrupted; it may have been carried out".to_owned(),
            Effect::Spends(_) => {
                "interrupted; it may have been carried out: run trunkline recover before buying again".to_owned()
            }
        })),
    }
}
