//! A command for every provider, and below it one for every operation, from the registry.

use crate::arguments::{self, Parameters};
use crate::exit::Failure;
use crate::values::duration;
use clap::{Arg, ArgAction, Command};
use trunkline::provider::ProviderEntry;
use trunkline::registry::Entry;
use trunkline_core::surface;

/// Options that operations have, besides their parameters. A parameter of one of these names is `--param-…`.
const RESERVED: &[&str] = &[
    arguments::PARAMS,
    "timeout",
    "attempts",
    "idempotency-key",
    "account",
    "all",
    "wait",
    "raw",
    "show-secrets",
    "config",
    "json",
    "verbose",
    "help",
];

/// A command for each provider. Its operations, and their options, are made when they are needed: schemas take time.
pub(crate) fn providers() -> impl Iterator<Item = Command> {
    trunkline::PROVIDERS.iter().map(|provider| {
        let facts = provider.facts;
        let about = format!("{} operations at {}", provider.operations.len(), facts.name);
        Command::new(facts.slug)
            .about(about)
            .subcommand_required(true)
            .arg_required_else_help(true)
            .defer(with_operations)
    })
}

/// clap takes no closure here: the command's name says whose it is.
fn with_operations(command: Command) -> Command {
    let Some(provider) = find_provider(command.get_name()) else { return command };
    let operations = provider.operations.iter().map(|entry| operation(provider, entry));
    command.after_help(settings(provider)).subcommand_help_heading("Operations").subcommands(operations)
}

fn find_provider(slug: &str) -> Option<&'static ProviderEntry> {
    trunkline::PROVIDERS.iter().find(|entry| entry.facts.slug == slug)
}

/// The operation of that name on the command line.
pub(crate) fn find(provider: &str, name: &str) -> Option<&'static Entry> {
    find_provider(provider)?.operations.iter().find(|entry| command_name(entry) == name)
}

/// The parameters of an operation.
pub(crate) fn parameters(entry: &Entry) -> Result<Parameters, Failure> {
    described(entry).map(|(_, parameters)| parameters).map_err(Failure::Local)
}

/// What an operation does, and its parameters.
fn described(entry: &Entry) -> Result<(String, Parameters), String> {
    let (signature, types) = surface::operation(entry)?;
    Ok((signature.about, Parameters { fields: signature.parameters, types }))
}

fn command_name(entry: &Entry) -> String {
    entry.endpoint.name().replace('_', "-")
}

/// The description is above the usage, whole; its first sentence is for the list of operations.
const TEMPLATE: &str = "{before-help}{usage-heading} {usage}\n\n{all-args}{after-help}";

fn operation(provider: &'static ProviderEntry, entry: &'static Entry) -> Command {
    // What is wrong with a schema is said when the operation is called.
    let (about, parameters) = described(entry).unwrap_or_default();
    let endpoint = &entry.endpoint;
    let facts = format!("{} {} · {}", endpoint.method, endpoint.path, endpoint.effect.as_str());
    Command::new(command_name(entry))
        .about(first_sentence(&about))
        .before_help(format!("{about}\n\n{facts}"))
        .help_template(TEMPLATE)
        .next_help_heading("Parameters")
        .args(arguments::options(&parameters, RESERVED))
        .next_help_heading("Calling")
        .args(common(provider, entry))
}

fn first_sentence(text: &str) -> String {
    let end = text.find(". ").or_else(|| text.find(".\n")).unwrap_or(text.len());
    text[..end].trim_end_matches('.').to_owned()
}

fn common(provider: &ProviderEntry, entry: &Entry) -> Vec<Arg> {
    let params = Arg::new(arguments::PARAMS)
        .long(arguments::PARAMS)
        .value_name("JSON")
        .help("All parameters as a JSON object, as @FILE, or as - for standard input; options go before it");
    let timeout = Arg::new("timeout")
        .long("timeout")
        .value_name("TIME")
        .value_parser(duration)
        .help("For the whole call, retries included: 30s, 2m, 500ms");
    let attempts = Arg::new("attempts")
        .long("attempts")
        .value_name("N")
        .value_parser(clap::value_parser!(u32).range(1..))
        .help("How often it is sent at most [default: 4]");
    let account = Arg::new("account").long("account").value_name("NAME").help("Which account, where there are several");
    let flag = |name, about| Arg::new(name).long(name).action(ArgAction::SetTrue).help(about);
    let mut options = vec![params, timeout, attempts, account];
    if provider.facts.keys.on(entry.endpoint.method) {
        let key = Arg::new("idempotency-key").long("idempotency-key").value_name("KEY");
        options.push(key.help("Your own idempotency key; otherwise one is made"));
    }
    if entry.all.is_some() {
        options.push(flag("all", "Every item of every page; with --json one a line").conflicts_with("raw"));
    }
    if entry.wait.is_some() {
        options.push(flag("wait", "Wait until the result has settled, 5 minutes unless --timeout says otherwise"));
    }
    options.push(flag("raw", "The reply itself: status, headers and body"));
    options.push(flag("show-secrets", "Show secrets in results, which are *** otherwise"));
    options
}

fn settings(provider: &ProviderEntry) -> String {
    let facts = provider.facts;
    let variable = |name: &str| format!("TRUNKLINE_{}_{}", facts.slug, name).to_ascii_uppercase();
    let mut lines: Vec<(String, String)> = Vec::new();
    for setting in facts.settings {
        let required = if setting.required { " (required)" } else { "" };
        lines.push((variable(setting.name), format!("{}{required}", setting.about)));
    }
    lines.push((
        variable("base_url"),
        match facts.base_url {
            Some(url) => format!("where it is, unless at {url}"),
            None => "where it is (required)".to_owned(),
        },
    ));
    let width = lines.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let lines: Vec<String> = lines.into_iter().map(|(name, about)| format!("  {name:<width$}  {about}")).collect();
    format!("Settings, in the environment:\n{}", lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_sentence_is_the_short_help() {
        assert_eq!(first_sentence("Rent a number. Spends: money."), "Rent a number");
        assert_eq!(first_sentence("Rent a number."), "Rent a number");
    }
}
