//! `trunkline buy`: one number, bought once.

use super::confirm::{can_ask, confirmed};
use super::search::{self, max_price_option};
use super::terms::{length, sentence};
use super::{call, kept, several, timeout_option};
use crate::call::unless_interrupted;
use crate::command::{JSON, flag};
use crate::exit::Failure;
use crate::{client, output};
use clap::{Arg, ArgAction, ArgGroup, ArgMatches, Command};
use std::collections::BTreeSet;
use trunkline::operation::Effect;
use trunkline::unified::{Buy, Offer, Offers, Purchase, Quote, Rate, Search};
use trunkline::{Callable, Delivery, Error, ErrorKind, Id, Money, Trunkline};

pub(crate) const NAME: &str = "buy";

const AFTER: &str = "\
One number is bought, once. The offers are tried in their order, the next one only when the one before it is certainly \
not bought; each is asked for its price again right before. Without OFFER they are searched for, and go in order of price.
After a crash, and where nobody could tell: trunkline recover.
";

const USAGE: &str = "trunkline buy [OPTIONS] <OFFER>...
       trunkline buy [OPTIONS] --country <CODE> …";

/// The options that say what is searched for, of which one is enough.
const WANTED: &str = "wanted";

/// The command. Its options are made when it is asked for, as those of the search.
pub(crate) fn command() -> Command {
    let about = "Buy one number, the first of several offers that can be had";
    Command::new(NAME).about(about).after_help(AFTER).override_usage(USAGE).defer(with_options)
}

fn with_options(command: Command) -> Command {
    let offers = Arg::new("offer").value_name("OFFER").num_args(1..);
    let flag = |name, help| Arg::new(name).long(name).action(ArgAction::SetTrue).help(help);
    let wanted = search::options();
    let names: Vec<_> = wanted.iter().map(|option| option.get_id().clone()).collect();
    command
        .arg(offers.help("As trunkline search gives them, best first"))
        .next_help_heading("Searching")
        .args(wanted)
        .group(ArgGroup::new(WANTED).args(names).multiple(true))
        .next_help_heading("Buying")
        .args([
            max_price_option(),
            flag("dry-run", "Show what would be bought, and buy nothing"),
            flag("yes", "Do not ask; without a terminal this is needed").short('y'),
            timeout_option(),
        ])
}

/// So many offers are shown before it is asked whether to buy one of them.
const SHOWN: usize = 10;

/// What is to be bought: offers, best first.
struct Chosen {
    ids: Vec<Id>,
    /// What is known of them; of one that is held, and was not shown here, nothing.
    offers: Offers,
    max_price: Option<Money>,
}

/// Chooses, asks, buys, and shows what was bought.
pub(crate) async fn run(matches: &ArgMatches) -> Result<(), Failure> {
    if matches.contains_id("offer") == matches.contains_id(WANTED) {
        let problem = "name offers that trunkline search has given, or search here, by --country, --service and so on";
        return Err(wrong("offers", problem));
    }
    let (is_trial, ask) = (flag(matches, "dry-run"), !flag(matches, "yes"));
    if ask && !is_trial && !can_ask() {
        let problem = "there is no terminal to ask on: say --yes to buy without being asked, or --dry-run";
        return Err(wrong("yes", problem));
    }
    let client = if is_trial { client::open(matches)? } else { client::open_with_journal(matches)? };
    let asking = async {
        let chosen = match matches.contains_id("offer") {
            true => named(&client, matches, is_trial || ask).await?,
            false => found(&client, matches).await?,
        };
        let agreed = is_trial || !ask || confirmed(&question(&chosen)).await?;
        Ok((chosen, agreed))
    };
    let (chosen, agreed) = unless_interrupted(Effect::Reads, asking).await?;
    if is_trial {
        return show_trial(&chosen.offers, matches);
    }
    if !agreed {
        return Err(Failure::Interrupted("nothing was bought".to_owned()));
    }
    let buy = Buy { offers: chosen.ids, max_price: chosen.max_price };
    let purchase = unless_interrupted(Buy::ENDPOINT.effect, async { Ok(call(&client, buy, matches).await?) }).await?;
    match flag(matches, JSON) {
        true => output::json(&purchase),
        false => output::line(&told(&purchase)),
    }
}

/// The offers that were named.
async fn named(client: &Trunkline, matches: &ArgMatches, to_be_shown: bool) -> Result<Chosen, Failure> {
    let (mut ids, mut offers) = (Vec::new(), Vec::new());
    for said in several::<String>(matches, "offer") {
        let shown = kept::find(&said)?;
        let id = shown.as_ref().map_or_else(|| said.as_str().into(), |offer| offer.id.clone());
        let offer = match shown {
            None if to_be_shown => as_it_is_now(client, &id).await?,
            shown => shown,
        };
        ids.push(id);
        offers.extend(offer);
    }
    let max_price = matches.get_one::<Money>("max-price").cloned();
    Ok(Chosen { ids, offers: Offers { offers, failures: Vec::new() }, max_price })
}

/// What is held, or what nobody can be asked about, is bought at the price that it was offered for.
async fn as_it_is_now(client: &Trunkline, offer: &Id) -> Result<Option<Offer>, Failure> {
    match client.call(Quote { offer: offer.clone() }).await {
        Ok(offer) => Ok(Some(offer)),
        Err(error) if error.kind == ErrorKind::Unsupported => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// The offers that a search finds.
async fn found(client: &Trunkline, matches: &ArgMatches) -> Result<Chosen, Failure> {
    let search = search::wanted(matches);
    let found = search::found(client, &search, matches).await?;
    found.tell_missing(matches)?;
    let offers = found.offers;
    if offers.offers.is_empty() {
        let message = "nothing was found that fits, so that nothing was bought";
        return Err(Failure::Api(Error::new(ErrorKind::OutOfStock, Delivery::NotSent, message)));
    }
    comparable(&offers.offers, &search)?;
    // The search has kept to the highest price, in whatever currency: each is bought at its own price or not at all.
    Ok(Chosen { ids: offers.offers.iter().map(|offer| offer.id.clone()).collect(), offers, max_price: None })
}

/// Which of two prices is lower must be known before the cheapest is bought.
fn comparable(offers: &[Offer], search: &Search) -> Result<(), Failure> {
    let prices = offers.iter().filter_map(|offer| offer.price.at_purchase());
    let currencies: BTreeSet<String> =
        prices.map(|price| price.currency.unwrap_or_else(|| "no currency".to_owned())).collect();
    let is_known = |currency: &String| {
        let of = |rate: &Rate| rate.currency == *currency || rate.worth.currency.as_ref() == Some(currency);
        search.rates.iter().any(of)
    };
    if currencies.len() < 2 || currencies.iter().all(is_known) {
        return Ok(());
    }
    let currencies: Vec<String> = currencies.into_iter().collect();
    let problem = format!(
        "what was found is priced in {}: say what they are worth by --rate, or choose by --account or by OFFER",
        currencies.join(", ")
    );
    Err(wrong("rates", &problem))
}

fn wrong(field: &str, problem: &str) -> Failure {
    Failure::Api(Error::invalid_input(field, problem).with(|it| it.operation = Buy::ENDPOINT.id.to_owned()))
}

fn question(chosen: &Chosen) -> String {
    let offers = &chosen.offers.offers;
    let [offer] = offers.as_slice() else {
        let mut text = search::table(&offers[..offers.len().min(SHOWN)]).to_string();
        if offers.len() > SHOWN {
            let last = offers.last().and_then(|offer| offer.price.at_purchase());
            let last = last.map(|price| format!(", the last for {price}")).unwrap_or_default();
            text.push_str(&format!("\n… and {} more{last}", offers.len() - SHOWN));
        }
        return format!("{text}\n\nBuy the first of these {} that can be had?", chosen.ids.len());
    };
    let what = match (&offer.phone_number, &offer.country) {
        (Some(number), _) => number.to_string(),
        (None, Some(country)) => format!("a number of {country}"),
        (None, None) => "a number".to_owned(),
    };
    let ends = match &offer.price.recurring {
        Some(_) => String::new(),
        None => format!(" ({})", length(&offer.term)),
    };
    format!("Buy {what} at {} for {}{ends}?", offer.account, sentence(&offer.price))
}

fn show_trial(offers: &Offers, matches: &ArgMatches) -> Result<(), Failure> {
    match flag(matches, JSON) {
        true => output::json(offers),
        false => output::line(&format!("{}\n\nNothing was bought.", search::table(&offers.offers))),
    }
}

fn told(purchase: &Purchase) -> String {
    let Purchase { number, price, price_checked, passed_over, .. } = purchase;
    let checked =
        if *price_checked { "asked again right before" } else { "as it was offered; it could not be asked again" };
    let phone_number = number.phone_number.as_ref().map_or_else(|| "not known yet".to_owned(), ToString::to_string);
    let mut lines = vec![
        ("bought", phone_number),
        ("id", number.id.to_string()),
        ("price", format!("{} ({checked})", sentence(price))),
    ];
    lines
        .extend(passed_over.iter().map(|missing| ("passed over", format!("{}: {}", missing.account, missing.message))));
    output::facts(&lines)
}
