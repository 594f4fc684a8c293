//! Settings, of any type. serde_json reads its `Value` too, but brings its whole reader with it, which nothing else here
//! uses.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};
use std::fmt;

/// An object, whatever is in it.
pub(crate) struct Object(pub(crate) Map<String, Value>);

struct Any(Value);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Any::deserialize(deserializer)? {
            Any(Value::Object(members)) => Ok(Self(members)),
            Any(_) => Err(D::Error::custom("not an object")),
        }
    }
}

impl<'de> Deserialize<'de> for Any {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(AnyVisitor)
    }
}

struct AnyVisitor;

impl<'de> Visitor<'de> for AnyVisitor {
    type Value = Any;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E: Error>(self) -> Result<Any, E> {
        Ok(Any(Value::Null))
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Any, E> {
        Ok(Any(value.into()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Any, E> {
        Ok(Any(value.into()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Any, E> {
        Ok(Any(value.into()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Any, E> {
        Ok(Any(value.into()))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Any, E> {
        Ok(Any(value.into()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Any, A::Error> {
        let mut values = Vec::new();
        while let Some(Any(value)) = list.next_element()? {
            values.push(value);
        }
        Ok(Any(Value::Array(values)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Any, A::Error> {
        let mut members = Map::new();
        while let Some(name) = map.next_key()? {
            let Any(value) = map.next_value()?;
            members.insert(name, value);
        }
        Ok(Any(Value::Object(members)))
    }
}
