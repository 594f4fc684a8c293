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
            return Ok(Self { amount: read_amount(object.amount.get())?, currency });
        }
        Ok(Self { amount: read_amount(&text)?, currency: None })
    }
}

/// For fields of a provider that documents euros for everything and never says so in a reply.
pub(crate) fn euros<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Money, D::Error> {
    Money::deserialize(deserializer).map(|money| money.or_currency("EUR"))
}

fn read_amount<E: serde::de::Error>(token: &str) -> Result<Decimal, E> {
    decimal(token.trim_matches('"')).ok_or_else(|| E::custom("not a decimal amount"))
}

/// `-12.50`, `1.25e1`: all digits are kept, or it is refused. As rust_decimal's own parser, in a tenth of its code.
fn decimal(text: &str) -> Option<Decimal> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (mut mantissa, mut digits, mut point, mut exponent) = (0_i128, 0_i64, None, 0_i64);
    for (at, byte) in unsigned.bytes().enumerate() {
        match byte {
            // More than a `Decimal` holds, and no more than is held here.
            b'0'..=b'9' if digits < 38 => {
                mantissa = mantissa * 10 + i128::from(byte - b'0');
                digits += 1;
            }
            b'.' if point.is_none() => point = Some(digits),
            b'e' | b'E' => {
                exponent = unsigned.get(at + 1..)?.parse().ok()?;
                break;
            }
            _ => return None,
        }
    }
    let scale = (digits - point.unwrap_or(digits)).checked_sub(exponent)?;
    let zeroes = u32::try_from(scale.checked_neg()?).unwrap_or(0);
    let mantissa = mantissa.checked_mul(10_i128.checked_pow(zeroes)?)?;
    let mantissa = if text.starts_with('-') { -mantissa } else { mantissa };
    let read = Decimal::try_from_i128_with_scale(mantissa, u32::try_from(scale).unwrap_or(0)).ok();
    read.filter(|_| digits > 0)
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
    fn an_amount_is_read_as_rust_decimal_reads_it() {
        let whole = ["", "0", "00", "7", "450", "-0", "-12", "+3", "-", "79228162514264337593543950335"];
        let behind = [
            "",
            ".",
            ".0",
            ".00",
            ".5",
            ".03330000",
            ".79228162514264337593543950335",
            "e0",
            "e3",
            "E-4",
            ".25e1",
            ".25e-30",
            ".5e28",
            "e400",
            "e",
            ".1.2",
            "x",
            ",5",
            " ",
            ".0000000000000000000000000001",
        ];
        for text in whole.iter().flat_map(|whole| behind.map(|behind| format!("{whole}{behind}"))) {
            let theirs = match text.contains(['e', 'E']) {
                true => Decimal::from_scientific(&text),
                false => Decimal::from_str_exact(&text),
            };
            let digits = |read: Decimal| read.to_string();
            assert_eq!(decimal(&text).map(digits), theirs.ok().map(digits), "{text}");
        }
    }

    #[test]
    fn what_is_no_amount_is_refused() {
        for text in ["\"\"", "true", "[1]", "\"1,5\"", "{}", "99999999999999999999999999999999", "null"] {
            assert!(serde_json::from_str::<Money>(text).is_err(), "{text}");
        }
    }
}
