//! A value's own text: valid JSON, to be read later, or in another way than serde reads it.

use super::reader::RAW;
use super::record::Blank;
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde_json::value::RawValue;
use std::borrow::Cow;
use std::fmt;

/// The text of one value, borrowed from the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Raw<'de>(&'de str);

impl<'de> Raw<'de> {
    pub(crate) const fn get(self) -> &'de str {
        self.0
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Raw<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match text(deserializer)? {
            Cow::Borrowed(text) => Ok(Self(text)),
            Cow::Owned(_) => Err(D::Error::custom("read by another reader than the core's")),
        }
    }
}

impl Blank for Raw<'_> {
    fn blank() -> Self {
        Self("null")
    }
}

/// The text of one value, from whatever reads it: what we give to programs they may read again with serde_json.
pub(crate) fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Cow<'de, str>, D::Error> {
    struct TextVisitor;
    impl<'de> Visitor<'de> for TextVisitor {
        type Value = Cow<'de, str>;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("any value")
        }
        /// Our reader knows the name.
        fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Cow<'de, str>, E> {
            Ok(Cow::Borrowed(text))
        }
        /// Another does not.
        fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<Cow<'de, str>, D::Error> {
            let raw = <Box<RawValue>>::deserialize(deserializer)?;
            Ok(Cow::Owned(raw.get().to_owned()))
        }
    }
    deserializer.deserialize_newtype_struct(RAW, TextVisitor)
}
