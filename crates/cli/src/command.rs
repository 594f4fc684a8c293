//! The command line as a whole.

use crate::{catalogue, demo, exit, gateway, operations, recover, sandbox, unified};
use clap::{Arg, ArgAction, ArgMatches, Command};

const ABOUT: &str = "Find, buy, read and release phone numbers at five providers, and never buy twice";

const ACCOUNTS: &str = "\
Accounts:
  Credentials come from the environment, as TRUNKLINE_<PROVIDER>_<SETTING>, and from a JSON file: --config, else \
$TRUNKLINE_CONFIG, else trunkline/config.json in your configuration directory. The environment goes before the file. \
`trunkline <PROVIDER> --help` lists the settings. No option takes a credential: other users can see options.
  The file: {\"vonage\": {\"api_key\": \"…\", \"api_secret\": \"…\"}, \"second\": {\"provider\": \"vonage\", …}}
  Without an account: trunkline demo, and trunkline sandbox.

Journal:
  Every purchase is recorded before it is sent, and its end after it: in --journal, else $TRUNKLINE_JOURNAL, else \
trunkline/journal in your state directory. After a crash: trunkline recover.
";

/// `--config`
pub(crate) const CONFIG: &str = "config";
/// `--journal`
pub(crate) const JOURNAL: &str = "journal";
/// `--json`
pub(crate) const JSON: &str = "json";
/// `-v`
pub(crate) const VERBOSE: &str = "verbose";

/// The whole command. What belongs to one provider is made when that provider is asked for.
pub(crate) fn root() -> Command {
    let config = Arg::new(CONFIG).long(CONFIG).global(true).value_name("FILE").help("The file that holds the accounts");
    let journal =
        Arg::new(JOURNAL).long(JOURNAL).global(true).value_name("FOLDER").help("Where purchases are recorded");
    let path = || clap::value_parser!(std::path::PathBuf);
    let json = Arg::new(JSON)
        .long(JSON)
        .global(true)
        .action(ArgAction::SetTrue)
        .help("JSON: results on standard output, errors on standard error");
    let verbose = Arg::new(VERBOSE)
        .long(VERBOSE)
        .short('v')
        .global(true)
        .action(ArgAction::Count)
        .help("Show what is sent and waited for on standard error; -vv with times");
    let help = Arg::new("help").long("help").short('h').global(true).action(ArgAction::HelpShort).help("Print help");
    let everywhere = [config.value_parser(path()), journal.value_parser(path()), json, verbose, help];
    Command::new("trunkline")
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .version(env!("CARGO_PKG_VERSION"))
        .about(ABOUT)
        .after_help(format!("{ACCOUNTS}\n{}", exit::describe_codes()))
        .subcommand_required(true)
        .arg_required_else_help(true)
        .subcommand_help_heading("Commands")
        .args(everywhere.map(|option| option.help_heading("General")))
        .subcommands(unified::commands())
        .subcommands(operations::providers())
        .subcommands([
            catalogue::command(),
            demo::command(),
            gateway::command(),
            recover::command(),
            sandbox::command(),
        ])
}

/// Whether `--json` was given at whatever level.
pub(crate) fn wants_json(matches: &ArgMatches) -> bool {
    flag(matches, JSON) || matches.subcommand().is_some_and(|(_, inner)| wants_json(inner))
}

/// A flag that some commands do not have.
pub(crate) fn flag(matches: &ArgMatches, name: &str) -> bool {
    matches.try_get_one::<bool>(name).ok().flatten().copied().unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_of_every_provider_is_well_formed() {
        // Also what is made only when it is asked for.
        fn check(command: &Command, path: &[String]) {
            for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help") {
                let path: Vec<String> = path.iter().cloned().chain([inner.get_name().to_owned()]).collect();
                let arguments = std::iter::once("trunkline").chain(path.iter().map(String::as_str)).chain(["--help"]);
                let shown = root().try_get_matches_from(arguments).unwrap_err();
                assert_eq!(shown.kind(), clap::error::ErrorKind::DisplayHelp, "{path:?}: {shown}");
                check(inner, &path);
            }
        }
        let mut command = root();
        command.build();
        check(&command, &[]);
        let made = command.get_subcommands().map(|provider| provider.get_subcommands().count()).sum::<usize>();
        assert!(made >= trunkline::registry::operations().count(), "{made} subcommands");
    }
}
