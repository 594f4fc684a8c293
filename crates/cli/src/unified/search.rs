//! `trunkline search`: what can be bought, at every account.

use super::terms::{capabilities, now, then};
use super::{account_option, accounts, kept, several, tell_missing, timeout_option};
use crate::call::unless_interrupted;
use crate::command::{JSON, flag};
use crate::exit::Failure;
use crate::output::cell::Cell;
use crate::output::column::{Entry, aligned};
use crate::output::rows::Rows;
use crate::output::table::Table;
use crate::progress::Line;
use crate::values::{money, rate};
use crate::{client, output};
use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, ArgMatches, Command, value_parser};
use futures_util::StreamExt;
use std::pin::pin;
use trunkline::operation::Effect;
use trunkline::unified::{Digits, ListCapabilities, Offer, Offers, Search};
use trunkline::{Callable, Money, Trunkline, registry};
use trunkline_core::surface::{self, Definition};

pub(crate) const NAME: &str = "search";

const AFTER: &str = "\
Accounts that do not answer are told beside the others; it fails only where none answers. Cheapest first, by what is \
charged at once; over several currencies where --rate says what they are worth. What is under \"offer\" is for trunkline \
buy, for a day and on this machine; an offer's own id, which --json shows, is for good and for anywhere.
";

/// The command. Its options are made when it is asked for: they need the schemas, which take time.
pub(crate) fn command() -> Command {
    Command::new(NAME)
        .about("Search what can be bought, at every account at once")
        .after_help(AFTER)
        .defer(|command| command.args(options()).args([max_price_option(), timeout_option()]))
}

/// The options that say what is looked for, besides the highest price.
pub(super) fn options() -> Vec<Arg> {
    let text = |name: &'static str, value: &'static str, help: &'static str| {
        Arg::new(name).long(name).value_name(value).help(help)
    };
    let word = |name, value, words| text(name, value, "").value_parser(PossibleValuesParser::new(known(words)));
    vec![
        text("country", "CODE", "Its country, as two letters: US, GB"),
        text("service", "NAME", "The service that its messages are for: whatsapp"),
        word("kind", "KIND", "NumberKind").help("Only of this kind"),
        word("capability", "WHAT", "NumberCapability")
            .action(ArgAction::Append)
            .value_delimiter(',')
            .help("Only what can do this (several: with commas, or given several times)"),
        text("digits-start", "DIGITS", "Only with these digits at the start, country code first"),
        text("digits-anywhere", "DIGITS", "Only with these digits anywhere"),
        text("digits-end", "DIGITS", "Only with these digits at the end"),
        word("term", "TERM", "TermKind").help("Only for so long"),
        Arg::new("rate")
            .long("rate")
            .value_name("RATE")
            .value_parser(rate)
            .action(ArgAction::Append)
            .help("What one unit of a currency is worth, to compare prices by: NGN=0.00065USD"),
        account_option(),
        Arg::new("limit")
            .long("limit")
            .value_name("N")
            .value_parser(value_parser!(u32).range(1..))
            .help("How many of each account at most [default: 20]"),
    ]
}

pub(super) fn max_price_option() -> Arg {
    let option = Arg::new("max-price").long("max-price").value_name("PRICE").value_parser(money);
    option.help("What is charged at once may be no more than this: \"5 USD\"")
}

/// The words of one of the search's types.
fn known(name: &str) -> Vec<String> {
    let read = registry::find(Search::ENDPOINT.id).map_err(|error| error.to_string()).and_then(surface::operation);
    match read.ok().and_then(|(_, mut types)| types.remove(name)) {
        Some(Definition::Words { words, .. }) => words.into_iter().map(|(word, _)| word).collect(),
        _ => Vec::new(),
    }
}

/// What the options say.
pub(super) fn wanted(matches: &ArgMatches) -> Search {
    let text = |name| matches.get_one::<String>(name).cloned();
    let digits = Digits { start: text("digits-start"), anywhere: text("digits-anywhere"), end: text("digits-end") };
    let given = digits.start.is_some() || digits.anywhere.is_some() || digits.end.is_some();
    Search {
        country: text("country"),
        kind: text("kind").map(|kind| kind.as_str().into()),
        capabilities: several::<String>(matches, "capability").iter().map(|it| it.as_str().into()).collect(),
        digits: given.then_some(digits),
        service: text("service"),
        term: text("term").map(|term| term.as_str().into()),
        max_price: matches.get_one::<Money>("max-price").cloned(),
        rates: several(matches, "rate"),
        accounts: accounts(matches),
        limit: matches.get_one::<u32>("limit").copied(),
    }
}

/// Searches, and shows what there is.
pub(crate) async fn run(matches: &ArgMatches) -> Result<(), Failure> {
    let client = client::open(matches)?;
    let found = unless_interrupted(Effect::Reads, found(&client, &wanted(matches), matches)).await?;
    if flag(matches, JSON) {
        output::json(&found.offers)?;
    } else if found.offers.offers.is_empty() && found.anybody {
        output::line("Nothing there.")?;
    } else if found.anybody {
        output::line(&table(&found.offers.offers).to_string())?;
        if let Err(problem) = kept::keep(&found.offers.offers) {
            output::complain(&format!("warning: these offers cannot be kept, buy them by their ids: {problem}"));
        }
    }
    found.tell_missing(matches)
}

/// What a search came to.
pub(super) struct Found {
    pub(super) offers: Offers,
    anybody: bool,
}

impl Found {
    /// Says what is missing in it. Where nobody has answered that is all there is.
    pub(super) fn tell_missing(&self, matches: &ArgMatches) -> Result<(), Failure> {
        let missing = &self.offers.failures;
        tell_missing(missing, matches);
        match missing.first() {
            Some(first) if !self.anybody => Err(Failure::Told(first.kind)),
            _ => Ok(()),
        }
    }
}

/// Searches, and says meanwhile who has not answered yet.
pub(super) async fn found(client: &Trunkline, search: &Search, matches: &ArgMatches) -> Result<Found, Failure> {
    let mut line = Line::default();
    let mut asked = match search.accounts.is_empty() {
        true => all_accounts(client).await?,
        false => search.accounts.clone(),
    };
    let mut parts = Vec::new();
    let mut answers = pin!(super::call(client, search.clone(), matches).by_account());
    line.say(&progress(0, &asked));
    while let Some(part) = answers.next().await {
        let part = part?;
        asked.retain(|account| *account != part.account);
        parts.push(part);
        if !asked.is_empty() {
            line.say(&progress(parts.iter().map(|part| part.offers.len()).sum(), &asked));
        }
    }
    let anybody = parts.iter().any(|part| part.failure.is_none());
    Ok(Found { offers: Offers::of(search, parts)?, anybody })
}

async fn all_accounts(client: &Trunkline) -> Result<Vec<String>, Failure> {
    let known = client.call(ListCapabilities {}).await?;
    Ok(known.providers.into_iter().flat_map(|provider| provider.accounts).collect())
}

fn progress(found: usize, asked: &[String]) -> String {
    format!("{found} found · waiting for {}", asked.join(", "))
}

/// The table of these offers.
pub(super) fn table(offers: &[Offer]) -> Table {
    let column = |entry: fn(&Offer) -> Entry| aligned(&offers.iter().map(entry).collect::<Vec<_>>());
    let prices = column(|offer| now(&offer.price)).into_iter().zip(column(|offer| then(&offer.price, &offer.term)));
    let countries = offers.iter().any(|offer| offer.country != offers[0].country);
    let rows = offers.iter().zip(prices).map(|(offer, (now, then))| {
        let kind = offer.kind.as_ref().map(|kind| kind.to_string()).unwrap_or_default();
        let country = offer.country.as_deref().filter(|_| countries).unwrap_or_default();
        let [handle, country, number, account, kind, can] = [
            &kept::handle(&offer.id),
            country,
            &number(offer),
            &offer.account,
            &kind,
            &capabilities(&offer.capabilities),
        ]
        .map(Cell::words);
        vec![handle, now, then, country, number, account, kind, can]
    });
    let columns = ["offer", "now", "then", "country", "number", "account", "kind", "can"];
    Table::of(Rows::with(&columns, rows.collect()))
}

/// The number, or of how many the provider chooses one.
fn number(offer: &Offer) -> String {
    match (&offer.phone_number, offer.stock) {
        (Some(number), _) => number.to_string(),
        (None, Some(stock)) => format!("any of {stock}"),
        (None, None) => "any".to_owned(),
    }
}
