//! `trunkline.search`: what can be bought, at every account.

use super::accounts::{Answered, Asked};
use super::number::{NumberCapability, NumberKind};
use super::offer::Offer;
use super::price::{Rate, Rates, TermKind};
use super::{Failure, Scope, Unified, without_reply};
use crate::call::{Answer, Call, Options};
use crate::client::{Client, default_timeout};
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::flow::Flow;
use crate::money::Money;
use crate::operation::Endpoint;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Search what can be bought, at every account at the same time. Sorted by what is charged at once: within a currency, or
/// over all of them where exchange rates are given.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Search {
    /// ISO 3166-1 alpha-2. Sinch, Voepy and Vonage need it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
    /// Only of this kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<NumberKind>,
    /// Only what can do all of this.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub capabilities: Vec<NumberCapability>,
    /// Only with these digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub digits: Option<Digits>,
    /// For messages of this service: `service` of one that `trunkline.services` gives. What is good for any service is found
    /// with it too. RentNumber needs it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub service: Option<String>,
    /// Only for so long.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<TermKind>,
    /// Only what charges no more than this at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_price: Option<Money>,
    /// Exchange rates to compare prices by.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rates: Vec<Rate>,
    /// Only these accounts; by default all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub accounts: Vec<String>,
    /// How many of each account at most; by default 20.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// Digits of a number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Digits {
    /// At its start, with the country code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub start: Option<String>,
    /// Anywhere in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub anywhere: Option<String>,
    /// At its end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub end: Option<String>,
}

/// Where in a number digits are looked for, and which.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pattern<'a> {
    Start(&'a str),
    Anywhere(&'a str),
    End(&'a str),
}

/// What can be bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Offers {
    /// Cheapest first.
    pub offers: Vec<Offer>,
    /// The accounts that did not answer, or cannot search for this.
    pub failures: Vec<Failure>,
}

/// What can be bought at one account.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct AccountOffers {
    /// The account's name.
    pub account: String,
    /// `rentnumber`
    pub provider: String,
    /// Cheapest first.
    pub offers: Vec<Offer>,
    /// Why there are none, where it did not answer or cannot search for this.
    pub failure: Option<Failure>,
}

impl Offers {
    /// What each account has, as one result: as if all had been asked for at once.
    pub fn of(search: &Search, mut accounts: Vec<AccountOffers>) -> Result<Self> {
        let rates = Rates::new(&search.rates)?;
        accounts.sort_by(|left, right| left.account.cmp(&right.account));
        let (offers, failures): (Vec<_>, Vec<_>) =
            accounts.into_iter().map(|account| (account.offers, account.failure)).unzip();
        Ok(Self::sorted(offers, failures.into_iter().flatten().collect(), rates))
    }

    fn sorted(offers: Vec<Vec<Offer>>, failures: Vec<Failure>, rates: Rates<'_>) -> Self {
        let mut offers: Vec<Offer> = offers.into_iter().flatten().collect();
        sort(&mut offers, rates);
        Self { offers, failures }
    }
}

impl Search {
    /// How many offers of one account.
    pub(crate) fn limit(&self) -> u32 {
        self.limit.unwrap_or(20).max(1)
    }

    /// The country, for a provider that cannot do without.
    pub(crate) fn needed_country(&self, call: &Call) -> Result<String> {
        self.country().ok_or_else(|| {
            let name = call.session.provider.facts().name;
            Error::invalid_input("country", format!("{name} can be searched by country only"))
        })
    }

    /// The country, in capitals.
    pub(crate) fn country(&self) -> Option<String> {
        self.country.as_ref().map(|country| country.to_ascii_uppercase())
    }

    /// The digits that are looked for.
    pub(crate) fn pattern(&self) -> Option<Pattern<'_>> {
        let digits = self.digits.as_ref()?;
        let start = digits.start.as_deref().map(Pattern::Start);
        let anywhere = digits.anywhere.as_deref().map(Pattern::Anywhere);
        start.or(anywhere).or(digits.end.as_deref().map(Pattern::End))
    }

    /// For a provider that chooses the number itself, of which nothing but this is known.
    pub(crate) fn no_digits(&self, call: &Call) -> Result<()> {
        match self.digits {
            Some(_) => Err(cannot(call, "digits", "chooses the number itself, so that its digits cannot be")),
            None => Ok(()),
        }
    }

    /// For a provider whose numbers can do only this.
    pub(crate) fn only_capabilities(&self, call: &Call, known: &[NumberCapability]) -> Result<()> {
        match self.capabilities.iter().find(|wanted| !known.contains(wanted)) {
            Some(wanted) => Err(cannot(call, "capabilities", &format!("has no numbers for {wanted}"))),
            None => Ok(()),
        }
    }

    fn check(&self) -> Result<()> {
        let country = |country: &&String| country.len() != 2 || !country.bytes().all(|byte| byte.is_ascii_alphabetic());
        if self.country.as_ref().is_some_and(|it| country(&it)) {
            return Err(Error::invalid_input("country", "it is two letters (ISO 3166-1 alpha-2), such as GB"));
        }
        if let Some(Digits { start, anywhere, end }) = &self.digits {
            let given: Vec<&String> = [start, anywhere, end].into_iter().flatten().collect();
            let are_digits = |text: &String| {
                let bare = text.strip_prefix('+').unwrap_or(text);
                !bare.is_empty() && bare.len() <= 15 && bare.bytes().all(|byte| byte.is_ascii_digit())
            };
            match given.as_slice() {
                [only] if are_digits(only) => {}
                [_] => return Err(Error::invalid_input("digits", "they are 1 to 15 digits")),
                _ => return Err(Error::invalid_input("digits", "say one of start, anywhere and end")),
            }
        }
        Rates::new(&self.rates).map(|_| ())
    }

    /// What is left of an account's offers, cheapest first.
    fn choose(&self, call: &Call, mut offers: Vec<Offer>) -> Result<Vec<Offer>> {
        let rates = Rates::new(&self.rates)?;
        let fits = |offer: &Offer| {
            self.kind.as_ref().is_none_or(|kind| offer.kind.as_ref().is_none_or(|it| it == kind))
                && self.term.as_ref().is_none_or(|term| offer.term.kind == *term)
                && (offer.capabilities.is_empty() || self.capabilities.iter().all(|it| offer.capabilities.contains(it)))
        };
        offers.retain(fits);
        if let Some(limit) = &self.max_price {
            let asked: Vec<Option<Money>> = offers.iter().map(|offer| offer.price.at_purchase()).collect();
            let within = |price: &Option<Money>| price.as_ref().and_then(|price| rates.is_within(price, limit));
            if !asked.is_empty() && asked.iter().all(|price| within(price).is_none()) {
                return Err(incomparable(call, limit, asked.into_iter().flatten().next()));
            }
            offers.retain(|offer| within(&offer.price.at_purchase()) == Some(true));
        }
        sort(&mut offers, rates);
        offers.truncate(self.limit() as usize);
        Ok(offers)
    }

    async fn at<'a>(&'a self, call: &'a Call, ask: super::abilities::Ability<Self, Vec<Offer>>) -> Result<Vec<Offer>> {
        let offers = ask(call, self).await?;
        self.choose(call, offers)
    }

    fn ask<'a>(&'a self, calls: &'a [Call]) -> Asked<'a, Vec<Offer>> {
        Asked::each(calls, "search", |call, abilities| {
            let ask = abilities.search?;
            Some(Box::pin(self.at(call, ask)))
        })
    }
}

fn sort(offers: &mut [Offer], rates: Rates<'_>) {
    offers.sort_by_key(|offer| rates.order(offer.price.at_purchase().as_ref()));
}

#[cold]
fn cannot(call: &Call, field: &str, why: &str) -> Error {
    let message = format!("{} {why}", call.session.provider.facts().name);
    Error::new(ErrorKind::Unsupported, Delivery::NotSent, message)
        .with(|details| details.field = Some(field.to_owned()))
}

#[cold]
fn incomparable(call: &Call, limit: &Money, asked: Option<Money>) -> Error {
    let name = call.session.provider.facts().name;
    let currency = |money: &Money| money.currency.clone().unwrap_or_else(|| "no currency".to_owned());
    let problem = match asked {
        Some(asked) => {
            format!("the prices of {name} are in {}, the limit is in {}: give rates", currency(&asked), currency(limit))
        }
        None => format!("{name} names no prices, so that none can be compared"),
    };
    Error::invalid_input("max_price", problem)
}

impl Unified for Search {
    type Output = Offers;
    const ENDPOINT: Endpoint = Endpoint::get("trunkline.search", "");

    async fn run(self, scope: Scope) -> Result<Answer<Offers>> {
        self.check()?;
        let calls = scope.accounts(&self.accounts, true)?;
        let (offers, failures) = self.ask(&calls).all().await;
        Ok(without_reply(Offers::sorted(offers, failures, Rates::new(&self.rates)?)))
    }
}

impl Client {
    /// Searches every account at the same time: what each has, as it answers.
    pub fn search(&self, search: Search, options: Options) -> Flow<(), AccountOffers> {
        self.search_as(search, options, |offers| offers)
    }

    pub(crate) fn search_as<I: Send + 'static>(
        &self,
        search: Search,
        options: Options,
        show: fn(AccountOffers) -> I,
    ) -> Flow<(), I> {
        let client = self.clone();
        Flow::new(default_timeout(Search::ENDPOINT.effect, &options), move |cx, emitter| async move {
            let scope = Scope { client, cx, options };
            let begin = || {
                search.check()?;
                scope.accounts(&search.accounts, true)
            };
            let calls = begin().map_err(|error| error.of(Search::ENDPOINT.id))?;
            let mut asked = search.ask(&calls);
            while let Some(Answered { call, result }) = asked.next().await {
                let (account, provider) = (call.session.account.clone(), call.session.provider.facts().slug.to_owned());
                let failure = result.as_ref().err().map(|error| Failure::of(call, error));
                let offers = result.unwrap_or_default();
                emitter.emit([show(AccountOffers { account, provider, offers, failure })]).await;
            }
            Ok(())
        })
    }
}
