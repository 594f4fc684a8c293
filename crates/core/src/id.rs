//! Values that providers hand out and take back unread, and values that are kept, cleared or set.

use crate::wire::json::Text;
use crate::wire::record::Blank;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// An id that a provider gave. Opaque text, also where the provider writes a JSON number: a `u64` would lose digits in
/// JavaScript.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct Id(String);

impl Id {
    /// As it is sent.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<&str> for Id {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl From<String> for Id {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<u64> for Id {
    fn from(number: u64) -> Self {
        Self(number.to_string())
    }
}

impl Blank for Id {
    fn blank() -> Self {
        Self(String::new())
    }
}

impl<'de> Deserialize<'de> for Id {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Text::deserialize(deserializer).map(|text| Self(text.0.into_owned()))
    }
}

#[cfg(feature = "schema")]
impl schemars::JsonSchema for Id {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Id".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": "string", "format": "id" })
    }
}

/// What an update does to one field. In JSON: absent, `null`, or the new value. Fields of this type carry
/// `#[serde(default, skip_serializing_if = "Change::is_keep")]`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Change<T> {
    /// Leave it as it is.
    #[default]
    Keep,
    /// Take the value away.
    Clear,
    /// Put this value in.
    Set(T),
}

impl<T> Change<T> {
    /// True for [`Change::Keep`].
    pub const fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }
}

impl<T> Blank for Change<T> {
    fn blank() -> Self {
        Self::Keep
    }
}

impl<T: Serialize> Serialize for Change<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Keep | Self::Clear => serializer.serialize_none(),
            Self::Set(value) => serializer.serialize_some(value),
        }
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Change<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(|value| value.map_or(Self::Clear, Self::Set))
    }
}

#[cfg(feature = "schema")]
impl<T: schemars::JsonSchema> schemars::JsonSchema for Change<T> {
    fn inline_schema() -> bool {
        true
    }
    fn schema_name() -> std::borrow::Cow<'static, str> {
        format!("Change_{}", T::schema_name()).into()
    }
    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut schema = <Option<T>>::json_schema(generator);
        // Else it could not be told from a parameter that may merely be left out.
        schema.insert("x-change".to_owned(), true.into());
        schema
    }
}

/// Declares an enum of the words a provider uses. Words that it does not know are kept in `Other`, so that a new one
/// never fails a listing; the words are the same on the wire and in hosts. (A macro, because derive cannot say it and
/// each of the providers has several.)
macro_rules! open_enum {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$variant_meta])* #[doc = concat!("`", $word, "`")] $variant,)+
            /// A word that this version does not know.
            Other(String),
        }

        impl $name {
            /// The provider's word.
            pub fn as_str(&self) -> &str {
                match self {
                    $(Self::$variant => $word,)+
                    Self::Other(word) => word,
                }
            }
        }

        impl From<&str> for $name {
            fn from(word: &str) -> Self {
                match word {
                    $($word => Self::$variant,)+
                    other => Self::Other(other.to_owned()),
                }
            }
        }

        impl crate::wire::record::Blank for $name {
            fn blank() -> Self {
                Self::Other(String::new())
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl serde::Serialize for $name {
            fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> serde::Deserialize<'de> for $name {
            fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                <std::borrow::Cow<'de, str>>::deserialize(deserializer).map(|word| Self::from(&*word))
            }
        }

        #[cfg(feature = "schema")]
        impl schemars::JsonSchema for $name {
            fn schema_name() -> std::borrow::Cow<'static, str> {
                stringify!($name).into()
            }
            fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
                schemars::json_schema!({ "anyOf": [{ "enum": [$($word),+] }, { "type": "string" }] })
            }
        }
    };
}
pub(crate) use open_enum;

#[cfg(test)]
mod tests {
    #![allow(unreachable_pub, reason = "the macro makes public enums")]

    use super::*;

    open_enum! {
        /// For this test.
        Colour { Red = "RED", Green = "GREEN", }
    }

    #[test]
    fn a_word_that_is_not_known_comes_back_as_it_came() {
        let colours: Vec<Colour> = serde_json::from_str(r#"["RED","MAUVE"]"#).unwrap();
        assert_eq!(colours, [Colour::Red, Colour::Other("MAUVE".to_owned())]);
        assert_eq!(serde_json::to_string(&colours).unwrap(), r#"["RED","MAUVE"]"#);
    }

    #[test]
    fn an_id_is_text_also_where_the_provider_writes_a_number() {
        let ids: Vec<Id> = serde_json::from_str(r#"[101,"101",18446744073709551615]"#).unwrap();
        assert_eq!(ids, [Id::from(101), Id::from("101"), Id::from(u64::MAX)]);
    }

    #[test]
    fn a_change_is_absent_null_or_a_value() {
        #[derive(Serialize, Deserialize, PartialEq, Debug)]
        struct Update {
            #[serde(default, skip_serializing_if = "Change::is_keep")]
            connection_id: Change<Id>,
        }
        for (text, change) in [
            ("{}", Change::Keep),
            (r#"{"connection_id":null}"#, Change::Clear),
            (r#"{"connection_id":"9a8d1c"}"#, Change::Set(Id::from("9a8d1c"))),
        ] {
            let update: Update = serde_json::from_str(text).unwrap();
            assert_eq!(update.connection_id, change);
            assert_eq!(serde_json::to_string(&update).unwrap(), text);
        }
    }
}
