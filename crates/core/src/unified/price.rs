//! What things cost, and which of two prices is lower.

use crate::error::{Error, Result};
use crate::id::open_enum;
use crate::money::Money;
use crate::wire::record::Deserialize;
use rust_decimal::Decimal;
use serde::Serialize;

/// What something costs. Nothing is said of taxes: no provider names them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default)]
pub struct Price {
    /// Charged once, when it is bought.
    pub once: Option<Money>,
    /// Charged when it is bought, and again every `every_months`, until it is released.
    pub recurring: Option<Money>,
    /// How many months `recurring` is for.
    pub every_months: Option<u64>,
}

impl Price {
    /// Charged once and never again.
    pub(crate) const fn once(money: Option<Money>) -> Self {
        Self { once: money, recurring: None, every_months: None }
    }

    /// Charged every so many months, after a charge of its own at the beginning.
    pub(crate) fn monthly(setup: Option<Money>, monthly: Option<Money>, months: u64) -> Self {
        let recurring = monthly.map(|money| Money { amount: money.amount * Decimal::from(months), ..money });
        Self { once: setup, recurring, every_months: Some(months) }
    }

    /// What is charged when it is bought: `once` and the first `recurring`. `None` where the provider names no price, or names
    /// two currencies.
    pub fn at_purchase(&self) -> Option<Money> {
        match (&self.once, &self.recurring) {
            (Some(once), Some(recurring)) if once.currency == recurring.currency => {
                Some(Money { amount: once.amount + recurring.amount, currency: once.currency.clone() })
            }
            // A set-up that is free may be free in no currency.
            (Some(once), Some(recurring)) if once.amount.is_zero() => Some(recurring.clone()),
            (Some(_), Some(_)) => None,
            (only, None) | (None, only) => only.clone(),
        }
    }
}

open_enum! {
    /// For how long a number is bought.
    TermKind {
        /// For one message, or until a few minutes have passed without one.
        OneMessage = "one_message",
        /// For a time that is paid in advance; then it ends, unless it is renewed.
        Fixed = "fixed",
        /// Until it is released; what it costs is charged again and again.
        Subscription = "subscription",
    }
}

/// For how long a number is bought.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Term {
    /// What ends it.
    pub kind: TermKind,
    /// How many months, where it is months.
    pub months: Option<u64>,
    /// The provider's own word for it.
    pub native: Option<String>,
}

impl Term {
    pub(crate) const fn one_message() -> Self {
        Self { kind: TermKind::OneMessage, months: None, native: None }
    }

    pub(crate) const fn subscription(months: u64) -> Self {
        Self { kind: TermKind::Subscription, months: Some(months), native: None }
    }
}

/// What one unit of a currency is worth: `{"currency": "NGN", "worth": {"amount": "0.00065", "currency": "USD"}}`. Exchange
/// rates are the caller's; none is known here.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Rate {
    /// ISO 4217.
    pub currency: String,
    /// Of one unit of it. All rates of a search are in one and the same currency.
    pub worth: Money,
}

/// The caller's exchange rates, all into one currency.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rates<'a>(&'a [Rate]);

impl<'a> Rates<'a> {
    pub(crate) fn new(rates: &'a [Rate]) -> Result<Self> {
        let target = rates.first().and_then(|rate| rate.worth.currency.as_deref());
        for rate in rates {
            let wrong = if rate.worth.currency.is_none() || rate.worth.currency.as_deref() != target {
                "say what each currency is worth in one and the same other currency"
            } else if rate.worth.amount <= Decimal::ZERO {
                "what a currency is worth is more than nothing"
            } else {
                continue;
            };
            return Err(Error::invalid_input("rates", wrong));
        }
        Ok(Self(rates))
    }

    fn target(self) -> Option<&'a str> {
        self.0.first().and_then(|rate| rate.worth.currency.as_deref())
    }

    /// The same amount in the currency of the rates, where they know it.
    fn common(self, money: &Money) -> Option<Decimal> {
        let currency = money.currency.as_deref()?;
        if self.target() == Some(currency) {
            return Some(money.amount);
        }
        let rate = self.0.iter().find(|rate| rate.currency.eq_ignore_ascii_case(currency))?;
        money.amount.checked_mul(rate.worth.amount)
    }

    /// Whether this is no more than that; `None` where the two cannot be compared.
    pub(crate) fn is_within(self, money: &Money, limit: &Money) -> Option<bool> {
        if money.currency == limit.currency {
            return Some(money.amount <= limit.amount);
        }
        Some(self.common(money)? <= self.common(limit)?)
    }

    /// Sorts by price: what the rates can compare, then each other currency by itself, then what has none, then what has no
    /// price.
    pub(crate) fn order(self, money: Option<&Money>) -> (u8, String, Decimal) {
        let Some(money) = money else { return (3, String::new(), Decimal::ZERO) };
        match (self.common(money), &money.currency) {
            (Some(amount), _) => (0, String::new(), amount),
            (None, Some(currency)) => (1, currency.clone(), money.amount),
            (None, None) => (2, String::new(), money.amount),
        }
    }
}

/// Refuses a price that is more than the caller would pay, or of which that cannot be told.
pub(crate) fn check_limit(price: &Price, limit: &Money) -> Result<()> {
    let Some(asked) = price.at_purchase() else {
        let problem = "the provider names no price before it is bought, so nothing can be compared: leave max_price out to \
                       pay whatever it costs";
        return Err(Error::invalid_input("max_price", problem));
    };
    match Rates(&[]).is_within(&asked, limit) {
        Some(true) => Ok(()),
        Some(false) => {
            Err(Error::invalid_input("max_price", format!("it costs {asked} now, which is more than {limit}")))
        }
        None => Err(Error::invalid_input("max_price", format!("it is in another currency than the price, {asked}"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(text: &str) -> Money {
        let (amount, currency) = text.split_once(' ').unwrap_or((text, ""));
        let currency = Some(currency.to_owned()).filter(|currency| !currency.is_empty());
        Money { amount: amount.parse().unwrap(), currency }
    }

    #[test]
    fn what_is_paid_at_once_is_the_setup_and_the_first_period() {
        let price = |once: &str, monthly: &str, months| Price::monthly(Some(money(once)), Some(money(monthly)), months);
        assert_eq!(price("1.00 EUR", "0.80 EUR", 3).at_purchase(), Some(money("3.40 EUR")));
        assert_eq!(price("0.00", "0.80 EUR", 1).at_purchase(), Some(money("0.80 EUR")));
        assert_eq!(price("1.00 USD", "0.80 EUR", 1).at_purchase(), None);
        assert_eq!(Price::once(Some(money("450.00 NGN"))).at_purchase(), Some(money("450.00 NGN")));
        assert_eq!(Price::default().at_purchase(), None);
    }

    #[test]
    fn prices_are_compared_within_a_currency_or_by_the_callers_rates() {
        let rates = [
            Rate { currency: "NGN".to_owned(), worth: money("0.001 USD") },
            Rate { currency: "EUR".to_owned(), worth: money("1.10 USD") },
        ];
        let known = Rates::new(&rates).unwrap();
        let none = Rates::new(&[]).unwrap();
        assert_eq!(known.is_within(&money("450 NGN"), &money("0.45 USD")), Some(true));
        assert_eq!(known.is_within(&money("1 EUR"), &money("1.09 USD")), Some(false));
        assert_eq!(known.is_within(&money("1 CHF"), &money("9 USD")), None);
        assert_eq!(none.is_within(&money("450 NGN"), &money("9 USD")), None);
        assert_eq!(none.is_within(&money("450 NGN"), &money("450.00 NGN")), Some(true));
        let mut prices = ["2 CHF", "1 EUR", "450 NGN", "1 CHF", "7", "0.5 USD"].map(money).to_vec();
        prices.sort_by_key(|price| known.order(Some(price)));
        assert_eq!(prices, ["450 NGN", "0.5 USD", "1 EUR", "1 CHF", "2 CHF", "7"].map(money));
        assert!(none.order(Some(&money("7"))) < none.order(None));
    }

    #[test]
    fn rates_that_say_nothing_are_refused() {
        for worth in ["1.10", "0 USD", "-1 USD"] {
            assert!(Rates::new(&[Rate { currency: "EUR".to_owned(), worth: money(worth) }]).is_err(), "{worth}");
        }
        let two = ["1 USD", "1 GBP"].map(|worth| Rate { currency: "EUR".to_owned(), worth: money(worth) });
        assert!(Rates::new(&two).is_err());
    }
}
