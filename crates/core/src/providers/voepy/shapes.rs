//! The shapes that Voepy's replies come in: lists in three, resources in one or perhaps two, amounts in cents.

use crate::error::Result;
use crate::id::Id;
use crate::money::Money;
use crate::paging::Page;
use crate::phone::PhoneNumber;
use crate::reply::Reply;
use crate::wire::json::{self, Text};
use crate::wire::raw::{self, Raw};
use crate::wire::record::{Blank, Deserialize};
use serde::Deserializer;
use serde::de::value::SeqAccessDeserializer;
use serde::de::{DeserializeOwned, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// A list: bare as an order is answered, in `data` as a search is, or with a `next_cursor` beside it as lists are said to
/// be. (`meta.count` is not read: the page shows 25 with one row.)
pub(super) struct Listed<T> {
    items: Vec<T>,
    next_cursor: Option<String>,
}

impl<T> Listed<T> {
    pub(super) fn into_items<U: From<T>>(self) -> Vec<U> {
        self.items.into_iter().map(U::from).collect()
    }

    pub(super) fn into_page<U: From<T>>(self) -> Page<U> {
        let items = self.items.into_iter().map(U::from).collect();
        Page::new(items, self.next_cursor, None)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Listed<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ListVisitor(PhantomData))
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for ListVisitor<T> {
    type Value = Listed<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list, or an object with one in `data`")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, rows: A) -> Result<Listed<T>, A::Error> {
        Ok(Listed { items: Vec::deserialize(SeqAccessDeserializer::new(rows))?, next_cursor: None })
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Listed<T>, A::Error> {
        #[derive(Deserialize)]
        struct Meta {
            next_cursor: Option<Id>,
        }
        let (mut data, mut results, mut next, mut next_in_meta) = (None, None, None, None);
        while let Some(key) = map.next_key::<Cow<'_, str>>()? {
            match &*key {
                "data" => data = Some(map.next_value::<Option<Vec<T>>>()?.unwrap_or_default()),
                "results" => results = map.next_value::<Loose<Vec<T>>>()?.0,
                // Not loose: a cursor that is passed over would end a list too early.
                "next_cursor" => next = map.next_value::<Option<Id>>()?,
                "meta" => next_in_meta = map.next_value::<Loose<Meta>>()?.0.and_then(|meta| meta.next_cursor),
                _ => _ = map.next_value::<IgnoredAny>()?,
            }
        }
        let items = data.or(results).ok_or_else(|| A::Error::missing_field("data"))?;
        Ok(Listed { items, next_cursor: next.or(next_in_meta).map(|cursor| cursor.to_string()) })
    }
}

/// Reads one resource: bare, as the page shows them, or in `data`. One without a single field is no resource.
pub(super) fn read_one<T: DeserializeOwned>(reply: &Reply<'_>) -> Result<T> {
    #[derive(serde::Deserialize)]
    struct Wrapped<T> {
        data: T,
    }
    if reply.json::<Outline>()?.wrapped { reply.json().map(|Wrapped { data }| data) } else { reply.json() }
}

/// An object, of which only the names are looked at. (A derived struct would take a list as well.)
struct Outline {
    wrapped: bool,
}

impl<'de> Deserialize<'de> for Outline {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Names;
        impl<'de> Visitor<'de> for Names {
            type Value = Outline;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Outline, A::Error> {
                let (mut wrapped, mut is_empty) = (false, true);
                while let Some((name, value)) = map.next_entry::<Cow<'_, str>, Option<IgnoredAny>>()? {
                    wrapped |= name == "data" && value.is_some();
                    is_empty = false;
                }
                if is_empty {
                    return Err(A::Error::custom("an object without a single field"));
                }
                Ok(Outline { wrapped })
            }
        }
        deserializer.deserialize_any(Names)
    }
}

/// What is not documented, where it has the form that was guessed; anything else is passed over. (With the raw text
/// between, because a value that does not fit has to be read to its end.)
pub(super) struct Loose<T>(pub(super) Option<T>);

impl<T> Default for Loose<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Loose<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = raw::text(deserializer)?;
        Ok(Self(json::read::<Option<T>>(&text).ok().flatten()))
    }
}

/// An amount in cents. Voepy has US dollars only "at launch": see [`Dollars`].
#[derive(Clone, Copy)]
pub(super) struct Cents(i64);

impl<'de> Deserialize<'de> for Cents {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Text::deserialize(deserializer)?;
        text.0.parse().map(Self).map_err(|_| D::Error::custom("not a whole number of cents"))
    }
}

impl Blank for Cents {
    fn blank() -> Self {
        Self(0)
    }
}

impl From<Cents> for Money {
    fn from(cents: Cents) -> Self {
        Self::from_cents(cents.0, "USD")
    }
}

/// The currency beside an amount in cents. Another than the dollar is refused: how many decimals its minor unit has is not
/// documented, so that the amount would be a guess.
#[derive(Default)]
pub(super) struct Dollars;

impl<'de> Deserialize<'de> for Dollars {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let code = <Option<Cow<'de, str>>>::deserialize(deserializer)?;
        match code.as_deref() {
            None | Some("" | "USD" | "usd") => Ok(Self),
            Some(_) => Err(D::Error::custom("the currency is not USD, and what its cents are is not documented")),
        }
    }
}

/// A telephone number, alone or in an object.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum NamedNumber {
    Alone(PhoneNumber),
    Within { phone_number: PhoneNumber },
    Owned { e164: PhoneNumber },
}

impl From<NamedNumber> for PhoneNumber {
    fn from(named: NamedNumber) -> Self {
        match named {
            NamedNumber::Alone(number)
            | NamedNumber::Within { phone_number: number }
            | NamedNumber::Owned { e164: number } => number,
        }
    }
}

/// An id, alone or in an object.
#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum NamedId {
    Alone(Id),
    Within { id: Id },
    Document { document_id: Id },
}

impl From<NamedId> for Id {
    fn from(named: NamedId) -> Self {
        match named {
            NamedId::Alone(id) | NamedId::Within { id } | NamedId::Document { document_id: id } => id,
        }
    }
}

/// What [`Loose`] found of a list.
pub(super) fn found<T, U: From<T>>(list: Loose<Vec<T>>) -> Vec<U> {
    list.0.unwrap_or_default().into_iter().map(U::from).collect()
}

/// What a refusal says: `{"code": …, "message": …}`, or a text.
#[derive(Default)]
pub(super) struct Refused {
    pub(super) code: Option<String>,
    pub(super) message: Option<String>,
}

impl Refused {
    pub(super) fn read(error: Option<Raw<'_>>) -> Self {
        #[derive(Default, Deserialize)]
        #[serde(default)]
        struct Object {
            code: Loose<Id>,
            message: Loose<String>,
        }
        let raw = error.map_or("null", Raw::get);
        if let Ok(message) = json::read(raw) {
            return Self { code: None, message };
        }
        let Object { code, message } = json::read(raw).unwrap_or_default();
        Self { code: code.0.map(|code| code.to_string()), message: message.0.filter(|words| !words.is_empty()) }
    }
}
