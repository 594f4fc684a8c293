//! Reading what nobody documents. Names and forms of a reply's fields are guesses here, and a wrong guess must not turn a
//! purchase that succeeded into an error: a guessed field that does not fit is absent. What the page does promise (a
//! balance, packages, a list) is required where it is read.

use crate::id::Id;
use crate::money::Money;
use crate::wire::{json, raw};
use serde::de::{DeserializeOwned, Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;
use std::marker::PhantomData;

/// A value that may be there, in a form that it may have. Everything else is `None`.
#[derive(Debug, Clone)]
pub(super) struct Guess<T>(pub(super) Option<T>);

impl<T> Default for Guess<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T> Guess<T> {
    /// This, or where it is absent the same thing under another name. (Not serde's aliases: a reply that has both would
    /// be refused.)
    pub(super) fn or(self, other: Self) -> Self {
        Self(self.0.or(other.0))
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Guess<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = raw::text(deserializer)?;
        Ok(Self(json::read(&text).ok()))
    }
}

impl Guess<Id> {
    /// Text, also where an integer stands.
    pub(super) fn into_text(self) -> Option<String> {
        self.0.map(|id| id.to_string()).filter(|text| !text.is_empty())
    }
}

impl Guess<Money> {
    /// Prices are documented to be in US dollars; a currency beside the amount is believed all the same.
    pub(super) fn into_price(self, currency: Guess<String>) -> Option<Money> {
        let currency = currency.0.filter(|code| !code.is_empty());
        self.0.map(|price| price.or_currency(currency.as_deref().unwrap_or("USD")))
    }
}

/// For fields of which presence itself matters: absent is `None`, `null` is the empty value.
pub(super) fn present<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(
    deserializer: D,
) -> Result<Option<T>, D::Error> {
    Option::deserialize(deserializer).map(|value: Option<T>| Some(value.unwrap_or_default()))
}

/// Names under which an object may hold the rows of a list.
const ROWS: [&str; 5] = ["sms", "messages", "numbers", "items", "data"];

/// The rows of a list: an array, or an object that holds one.
#[derive(Debug)]
pub(super) struct Rows<T>(pub(super) Vec<T>);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Rows<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RowsVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for RowsVisitor<T> {
            type Value = Rows<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Rows<T>, A::Error> {
                let mut rows = Vec::new();
                while let Some(row) = seq.next_element()? {
                    rows.push(row);
                }
                Ok(Rows(rows))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Rows<T>, A::Error> {
                let mut rows: Option<Vec<T>> = None;
                while let Some(name) = map.next_key::<String>()? {
                    if rows.is_none() && ROWS.contains(&name.as_str()) {
                        rows = Some(map.next_value::<Option<Vec<T>>>()?.unwrap_or_default());
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                rows.map(Rows).ok_or_else(|| A::Error::custom("an object without a list that is known"))
            }
        }
        deserializer.deserialize_any(RowsVisitor(PhantomData))
    }
}

/// The first key of a JSON object.
pub(super) fn first_key(object: &str) -> Option<String> {
    struct FirstKey(Option<String>);
    impl<'de> Deserialize<'de> for FirstKey {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            struct KeyVisitor;
            impl<'de> Visitor<'de> for KeyVisitor {
                type Value = FirstKey;
                fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                    f.write_str("an object")
                }
                fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<FirstKey, A::Error> {
                    let first = map.next_key()?;
                    if first.is_some() {
                        map.next_value::<IgnoredAny>()?;
                        while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
                    }
                    Ok(FirstKey(first))
                }
            }
            deserializer.deserialize_any(KeyVisitor)
        }
    }
    json::read::<FirstKey>(object).ok()?.0
}
