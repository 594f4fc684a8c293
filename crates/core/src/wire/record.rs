//! Reading structs: what `#[derive(Deserialize)]` makes in this crate is a table and one assignment for each field, and
//! what is done with them is here, once. serde's derive makes a loop of some kilobytes for every struct, which for the 150
//! of this crate was half of what a browser had to load.

use serde::de::{DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, Visitor};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

pub(crate) use serde::de::Deserialize;
pub(crate) use trunkline_derive::Deserialize;

/// The names of a struct's fields.
pub(crate) struct Shape {
    /// As they are in JSON, aliases among them.
    pub(crate) names: &'static [&'static str],
    /// Which field each name is of.
    pub(crate) fields: &'static [u8],
    /// A bit for each field that has to be there.
    pub(crate) required: u64,
    /// Other names are refused.
    pub(crate) strict: bool,
}

/// What stands in a field until it is read. Never seen: a field that has to be there and is not fails the whole struct.
pub(crate) trait Blank {
    fn blank() -> Self;
}

/// A struct that is read field by field.
pub(crate) trait Record<'de>: Blank {
    const SHAPE: &'static Shape;

    /// Reads one field.
    fn set<A: MapAccess<'de>>(&mut self, field: u8, map: &mut A) -> Result<(), A::Error>;
}

/// Reads a struct.
pub(crate) fn read<'de, T: Record<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_struct("", T::SHAPE.names, RecordVisitor(PhantomData))
}

struct RecordVisitor<T>(PhantomData<T>);

impl<'de, T: Record<'de>> Visitor<'de> for RecordVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let mut record = T::blank();
        fill(&mut map, T::SHAPE, &mut |field, map| record.set(field, map))?;
        Ok(record)
    }
}

/// Reads one field, of whatever struct.
type Set<'s, A, E> = dyn FnMut(u8, &mut A) -> Result<(), E> + 's;

/// The loop over all members of an object. Not generic over the struct.
fn fill<'de, A: MapAccess<'de>>(
    map: &mut A,
    shape: &'static Shape,
    set: &mut Set<'_, A, A::Error>,
) -> Result<(), A::Error> {
    let (mut seen, mut next) = (0_u64, 0);
    while let Some(found) = map.next_key_seed(Find { shape, next })? {
        let Some(at) = found else {
            map.next_value::<IgnoredAny>()?;
            continue;
        };
        let field = shape.fields.get(at).copied().unwrap_or_default();
        if seen >> field & 1 == 1 {
            return Err(A::Error::duplicate_field(name_of(shape, field)));
        }
        seen |= 1 << field;
        set(field, map)?;
        next = at + 1;
    }
    match shape.required & !seen {
        0 => Ok(()),
        // The first that is missing, in the order in which they are declared.
        missing => Err(A::Error::missing_field(name_of(shape, missing.trailing_zeros() as u8))),
    }
}

fn name_of(shape: &'static Shape, field: u8) -> &'static str {
    let at = shape.fields.iter().position(|known| *known == field);
    at.and_then(|at| shape.names.get(at)).copied().unwrap_or_default()
}

/// Finds a name in a shape. Members mostly come in the order of the fields: the search begins behind the last.
struct Find {
    shape: &'static Shape,
    next: usize,
}

impl<'de> DeserializeSeed<'de> for Find {
    type Value = Option<usize>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<usize>, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Find {
    type Value = Option<usize>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a name")
    }

    fn visit_str<E: Error>(self, name: &str) -> Result<Option<usize>, E> {
        let names = self.shape.names;
        if names.get(self.next).is_some_and(|known| *known == name) {
            return Ok(Some(self.next));
        }
        let found = names.iter().position(|known| *known == name);
        if found.is_none() && self.shape.strict {
            return Err(E::unknown_field(name, names));
        }
        Ok(found)
    }
}

/// Reads a value in the place of another. Once for each type, and not once for each field: therefore never inlined.
#[inline(never)]
pub(crate) fn put<'de, T: Deserialize<'de>, A: MapAccess<'de>>(field: &mut T, map: &mut A) -> Result<(), A::Error> {
    *field = map.next_value()?;
    Ok(())
}

macro_rules! blank {
    ($($kind:ty),+) => {
        $(impl Blank for $kind {
            fn blank() -> Self {
                Self::default()
            }
        })+
    };
}

blank!(bool, i64, u16, u32, u64, String);

impl<T> Blank for Option<T> {
    fn blank() -> Self {
        None
    }
}

impl<T> Blank for Vec<T> {
    fn blank() -> Self {
        Self::new()
    }
}

impl<K, V> Blank for BTreeMap<K, V> {
    fn blank() -> Self {
        Self::new()
    }
}

impl Blank for Cow<'_, str> {
    fn blank() -> Self {
        Cow::Borrowed("")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::json;

    #[derive(Deserialize, Debug, PartialEq)]
    #[serde(untagged)]
    enum Name {
        Alone(String),
        Within {
            name: String,
            #[serde(rename = "type")]
            kind: Option<u64>,
        },
        Several(Vec<Self>),
    }

    #[test]
    fn a_value_is_read_in_the_first_form_that_fits() {
        let alone = |name: &str| Name::Alone(name.to_owned());
        let text = r#" ["a", {"name":"b","type":7}, [{"name":"c","more":[1]}, "\n"] ] "#;
        let within = |name: &str, kind| Name::Within { name: name.to_owned(), kind };
        let several = Name::Several(vec![within("c", None), alone("\n")]);
        assert_eq!(json::read::<Name>(text).unwrap(), Name::Several(vec![alone("a"), within("b", Some(7)), several]));
        // Another reader than ours gives the same.
        assert_eq!(serde_json::from_str::<Name>(text).unwrap(), json::read::<Name>(text).unwrap());
        for text in ["7", "null", r#"{"type":7}"#, r#"{"name":"b","type":"x"}"#] {
            assert_eq!(json::read::<Name>(text).unwrap_err().to_string(), "in none of the forms of Name", "{text}");
        }
    }
}
