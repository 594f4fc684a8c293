//! JSON, read tolerantly: straight from bytes to the output type, no tree in between.

use super::reader::{self, Fault};
use serde::de::{self, Deserialize, Deserializer, Visitor};
use std::borrow::Cow;
use std::fmt;

/// Levels of arrays and objects that a reply may have, also where its content is not read.
pub(crate) const MAX_DEPTH: usize = 64;

/// Why a reply could not be read: where (`data[3].msisdn`; empty at the top) and what was wrong, without its values.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unreadable {
    pub(crate) path: String,
    pub(crate) message: String,
}

/// Reads a whole JSON text, also into what borrows from it: envelopes with raw parts.
pub(crate) fn decode<'a, T: Deserialize<'a>>(bytes: &'a [u8]) -> Result<T, Unreadable> {
    reader::read(bytes).map_err(|fault| fault.unreadable(bytes))
}

/// The same of a text whose faults nobody is told about in full.
pub(crate) fn read<'a, T: Deserialize<'a>>(text: &'a str) -> Result<T, Fault> {
    reader::read(text.as_bytes())
}

/// Text, or an integer taken as text; borrowed where it can be.
#[derive(Debug, Clone)]
pub(crate) struct Text<'de>(pub(crate) Cow<'de, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("text or an integer")
            }
            fn visit_borrowed_str<E: de::Error>(self, text: &'de str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Borrowed(text)))
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(text.to_owned())))
            }
            fn visit_u64<E: de::Error>(self, number: u64) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(number.to_string())))
            }
            fn visit_i64<E: de::Error>(self, number: i64) -> Result<Text<'de>, E> {
                Ok(Text(Cow::Owned(number.to_string())))
            }
        }
        deserializer.deserialize_any(TextVisitor)
    }
}

/// An integer, or one written as text: XML has only text, and Vonage's `count` is a string in some replies.
pub(crate) fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
    Text::deserialize(deserializer)?.0.parse().map_err(|_| de::Error::custom("not a whole number"))
}

/// As [`count`], for a field that may be absent or null.
pub(crate) fn count_option<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    let text = <Option<Text<'de>>>::deserialize(deserializer)?;
    text.map(|text| text.0.parse().map_err(|_| de::Error::custom("not a whole number"))).transpose()
}

/// A boolean, or the words `true` and `false`.
pub(crate) fn flag<'de, D: Deserializer<'de>>(deserializer: D) -> Result<bool, D::Error> {
    struct FlagVisitor;
    impl Visitor<'_> for FlagVisitor {
        type Value = bool;
        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("true or false")
        }
        fn visit_bool<E: de::Error>(self, value: bool) -> Result<bool, E> {
            Ok(value)
        }
        fn visit_str<E: de::Error>(self, text: &str) -> Result<bool, E> {
            text.parse().map_err(|_| E::custom("neither true nor false"))
        }
    }
    deserializer.deserialize_any(FlagVisitor)
}

/// `null` as the empty value: lists that a provider may leave out or null.
pub(crate) fn null_default<'de, D: Deserializer<'de>, T: Default + Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    Option::deserialize(deserializer).map(Option::unwrap_or_default)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(serde::Deserialize, Debug, PartialEq)]
    struct Page {
        data: Vec<Row>,
    }

    #[derive(serde::Deserialize, Debug, PartialEq)]
    struct Row {
        id: u64,
    }

    #[test]
    fn an_unreadable_reply_says_where_and_never_what() {
        let fault = decode::<Page>(br#"{"data":[{"id":1},{"id":"hunter\"2"}]}"#).unwrap_err();
        assert_eq!(
            (fault.path.as_str(), fault.message.as_str()),
            ("data[1].id", "invalid type: string, expected u64 at line 1 column 35")
        );
        assert_eq!(decode::<Page>(br#"{"data":[]} x"#).unwrap_err().message, "trailing characters at line 1 column 13");
    }

    #[test]
    fn deep_nesting_is_refused_also_where_it_is_not_read() {
        let nested = |levels: usize| format!(r#"{{"data":[],"x":{}1{}}}"#, "[".repeat(levels), "]".repeat(levels));
        assert!(decode::<Page>(nested(60).as_bytes()).is_ok());
        assert_eq!(decode::<Page>(nested(64).as_bytes()).unwrap_err().message, "nested deeper than 64 levels");
        let endless = "[".repeat(1 << 20);
        assert_eq!(decode::<de::IgnoredAny>(endless.as_bytes()).unwrap_err().message, "nested deeper than 64 levels");
    }

    #[test]
    fn bytes_that_are_no_text_are_refused_only_where_they_are_read() {
        let passed_over = b"{\"x\":\"\xFF\",\"data\":[{\"id\":7}]}";
        assert_eq!(decode::<Page>(passed_over).unwrap().data, [Row { id: 7 }]);
        let fault = decode::<Vec<String>>(b"[\"\xC3\xA9\",\"\xFF\"]").unwrap_err();
        assert_eq!((fault.path.as_str(), fault.message.starts_with("text that is not UTF-8")), ("[1]", true));
        assert_eq!(decode::<Vec<String>>("[\"é\",\"\\u00e9é\"]".as_bytes()).unwrap(), ["é", "éé"]);
    }

    #[test]
    fn brackets_in_text_are_not_nesting() {
        let text = format!(r#"{{"data":[],"x":"{}"}}"#, "[\\\"".repeat(500));
        assert!(decode::<Page>(text.as_bytes()).is_ok());
        let hidden = format!(r#"{{"y":"{}","data":[],"x":{}1{}}}"#, "]".repeat(500), "[".repeat(100), "]".repeat(100));
        assert_eq!(decode::<Page>(hidden.as_bytes()).unwrap_err().message, "nested deeper than 64 levels");
    }
}
