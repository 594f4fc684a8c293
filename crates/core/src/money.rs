//! Amounts of money: exact decimals, never floats.

use crate::wire::json;
use crate::wire::raw::{self, Raw};
use crate::wire::record::{Blank, Deserialize};
use rust_decimal::Decimal;
use serde::de::Error as _;
use serde::{Deserializer, Serialize};
use std::fmt;

/// An amount and its currency. In JSON: `{"amount": "450.00", "currency": "NGN"}`; the digits are those the provider
/// sent, trailing zeros included.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct Money {
    /// Exact; as text in JSON.
    #[cfg_attr(feature = "schema", schemars(with = "String"))]
    #[serde(with = "rust_decimal::serde::str")]
    pub amount: Decimal,
    /// ISO 4217; absent where the provider names no currency.
    pub currency: Option<String>,
}

impl Money {
    /// An amount in a currency of which the provider gives minor units (Voepy's cents, two decimals).
    pub fn from_cents(cents: i64, currency: &str) -> Self {
        Self { amount: Decimal::new(cents, 2), currency: Some(currency.to_owned()) }
    }

    /// The same amount, in `currency` where it has none: for providers that document one currency for all they send.
    #[must_use]
    pub fn or_currency(mut self, currency: &str) -> Self {
        self.currency.get_or_insert_with(|| currency.to_owned());
        self
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.currency {
            Some(currency) => write!(f, "{} {currency}", self.amount),
            None => write!(f, "{}", self.amount),
        }
    }
}

impl Blank for Money {
    fn blank() -> Self {
        Self { amount: Decimal::ZERO, currency: None }
    }
}

/// Takes `450.00`, `"450.00"`, and an object with `amount` and `currency` (Sinch: `currencyCode`). A bare number is read
/// from its own digits: through an `f64`, 450.00 would come out as 450.
impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Object<'a> {
            #[serde(borrow)]
            amount: Raw<'a>,
            #[serde(alias = "currencyCode")]
            currency: Option<String>,
        }
        let text = raw::text(deserializer)?;
        if text.starts_with('{') {
            let object: Object<'_> = json::read(&text).map_err(|_| D::Error::custom("not an amount of money"))?;
            let currency = object.currency.filter(|code| !code.is_empty());
            return Ok(Self { amount: read_decimal(object.amount.get())?, currency });
        }
        Ok(Self { amount: read_decimal(&text)?, currency: None })
    }
}

/// For fields of a provider that documents euros for everything and never says so in a reply.
pub(crate) fn euros<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
    Money::deserialize(deserializer).map(|money| money.or_currency("EUR"))
}

fn read_decimal<E: serde::de::Error>(token: &str) -> Result<Decimal, E> {
    let digits = token.trim_matches('"');
    let read =
        if digits.contains(['e', 'E']) { Decimal::from_scientific(digits) } else { Decimal::from_str_exact(digits) };
    read.map_err(|_| E::custom("not a decimal amount"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_digits_of_an_amount_are_kept() {
        for (text, amount, currency) in [
            ("450.00", "450.00", None),
            ("\"0.03330000\"", "0.03330000", None),
            ("29.18202293", "29.18202293", None),
            (r#"{"currencyCode":"USD","amount":"2.0"}"#, "2.0", Some("USD")),
            (r#"{"amount":"2.00","currency":null}"#, "2.00", None),
            ("1e3", "1000", None),
        ] {
            let money: Money = serde_json::from_str(text).unwrap();
            assert_eq!((money.amount.to_string().as_str(), money.currency.as_deref()), (amount, currency), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in ["\"\"", "true", "[1]", "\"1,5\"", "{}", "99999999999999999999999999999999", "null"] {
            assert!(serde_json::from_str::<Money>(text).is_err(), "{text}");
        }
    }
}
