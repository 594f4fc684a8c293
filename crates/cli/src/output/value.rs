//! JSON whose fields keep their order, which is that of the operation's declaration, and whose numbers keep their digits.

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// A JSON value, for showing.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Null,
    /// Text, a number's digits, `yes` or `no`.
    Scalar(String),
    /// A number; it is aligned to the right.
    Number(String),
    List(Vec<Value>),
    Fields(Vec<(String, Value)>),
}

impl Value {
    pub(crate) fn get(&self, name: &str) -> Option<&Self> {
        match self {
            Self::Fields(fields) => fields.iter().find(|(field, _)| field == name).map(|(_, value)| value),
            _ => None,
        }
    }

    pub(crate) fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// A list of objects: rows.
    pub(crate) fn as_rows(&self) -> Option<&[Self]> {
        match self {
            Self::List(items) if !items.is_empty() && items.iter().all(|item| matches!(item, Self::Fields(_))) => {
                Some(items)
            }
            _ => None,
        }
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Reader)
    }
}

struct Reader;

impl<'de> Visitor<'de> for Reader {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Scalar(if value { "yes" } else { "no" }.to_owned()))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Value, E> {
        Ok(Value::Number(value.to_string()))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Value, E> {
        Ok(Value::Number(value.to_string()))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Ok(Value::Number(value.to_string()))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Value, E> {
        Ok(Value::Scalar(value.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut fields = Vec::new();
        while let Some(entry) = entries.next_entry()? {
            fields.push(entry);
        }
        Ok(Value::Fields(fields))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_keep_their_order() {
        let value: Value = serde_json::from_str(r#"{"z":1,"a":{"y":true,"b":null}}"#).unwrap();
        let Value::Fields(fields) = &value else { panic!("{value:?}") };
        assert_eq!(fields.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), ["z", "a"]);
        assert_eq!(value.get("a").and_then(|a| a.get("y")), Some(&Value::Scalar("yes".to_owned())));
    }
}
