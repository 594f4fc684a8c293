//! JSON, read tolerantly: straight from bytes to the output type, no tree in between.

use super::path;
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
    check_depth(bytes)?;
    serde_json::from_slice(bytes).map_err(|error| unreadable(bytes, &error))
}

/// Where and why. Found afterwards, from the position alone: keeping track of the path always would cost 1.9 times the
/// time, and a second reader of every type twice the code.
pub(crate) fn unreadable(bytes: &[u8], error: &serde_json::Error) -> Unreadable {
    let line_start = match error.line() {
        0 | 1 => 0,
        line => bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(line - 2).map_or(0, |(at, _)| at + 1),
    };
    let message = without_values(&error.to_string());
    let path = path::at(bytes, line_start + error.column(), message.starts_with("missing field"));
    Unreadable { path, message }
}

/// serde quotes the value that it did not expect, which may be a secret: `string "hunter2"` becomes `string`, and so does
/// what it puts in backticks behind the name of a type. (A field's name in backticks is kept.)
fn without_values(message: &str) -> String {
    const TYPES: [&str; 5] = ["integer", "floating point", "boolean", "character", "number"];
    let mut out = String::with_capacity(message.len());
    let mut rest = message;
    while let Some(at) = rest.find(['"', '`']) {
        let (before, quoted) = rest.split_at(at);
        let is_value = quoted.starts_with('"') || TYPES.iter().any(|name| before.trim_end().ends_with(name));
        if !is_value {
            let (kept, behind) = quoted.split_at(1);
            out.extend([before, kept]);
            rest = behind;
            continue;
        }
        out.push_str(before.trim_end());
        rest = quoted.get(quoted_length(quoted)..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// Bytes from the opening quote to the closing one, both included; all of them where it does not close.
fn quoted_length(quoted: &str) -> usize {
    let quote = quoted.chars().next();
    let mut escaped = false;
    let closes = |&(at, c): &(usize, char)| {
        let closes = at > 0 && Some(c) == quote && !escaped;
        escaped = c == '\\' && !escaped;
        closes
    };
    quoted.char_indices().find(closes).map_or(quoted.len(), |(at, _)| at + 1)
}

/// Refuses what is nested deeper than any provider's reply. Parsing would not run out of stack (serde_json has a limit of
/// its own, and skips what is not read without recursion), but it would accept.
fn check_depth(bytes: &[u8]) -> Result<(), Unreadable> {
    let too_deep = || Unreadable { path: String::new(), message: format!("nested deeper than {MAX_DEPTH} levels") };
    // Nothing is too deep that opens fewer levels than allowed at the start of every chunk plus inside it. Counting by
    // chunks is vectorised and some ten times faster than following strings byte by byte; brackets inside strings only
    // make it look more closely.
    let mut depth: isize = 0;
    let mut suspicious = false;
    for chunk in bytes.chunks(48) {
        let opens = chunk.iter().map(|&byte| u8::from(byte == b'[' || byte == b'{')).sum::<u8>();
        let closes = chunk.iter().map(|&byte| u8::from(byte == b']' || byte == b'}')).sum::<u8>();
        suspicious |=
            depth + isize::from(opens) > MAX_DEPTH.cast_signed() || depth < isize::from(closes) - isize::from(opens);
        depth += isize::from(opens) - isize::from(closes);
    }
    if suspicious && exact_depth(bytes) > MAX_DEPTH { Err(too_deep()) } else { Ok(()) }
}

fn exact_depth(bytes: &[u8]) -> usize {
    let (mut depth, mut deepest, mut in_string, mut escaped) = (0_usize, 0, false, false);
    for &byte in bytes {
        match byte {
            _ if escaped => escaped = false,
            b'\\' if in_string => escaped = true,
            b'"' => in_string = !in_string,
            b'[' | b'{' if !in_string => depth += 1,
            b']' | b'}' if !in_string => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
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
    fn what_serde_quotes_is_left_out_and_what_it_names_is_kept() {
        for (message, left) in [
            (r#"invalid type: string "a\"b", expected u64"#, "invalid type: string, expected u64"),
            ("invalid type: integer `4242`, expected a string", "invalid type: integer, expected a string"),
            ("invalid value: floating point `1.5`, expected x", "invalid value: floating point, expected x"),
            ("missing field `id` at line 1", "missing field `id` at line 1"),
            ("unknown field `x`, expected `a` or `b`", "unknown field `x`, expected `a` or `b`"),
            (r#"invalid type: string "cut"#, "invalid type: string"),
        ] {
            assert_eq!(without_values(message), left);
        }
    }

    #[test]
    fn deep_nesting_is_refused_also_where_it_is_not_read() {
        let nested = |levels: usize| format!(r#"{{"data":[],"x":{}1{}}}"#, "[".repeat(levels), "]".repeat(levels));
        assert!(decode::<Page>(nested(60).as_bytes()).is_ok());
        assert_eq!(decode::<Page>(nested(64).as_bytes()).unwrap_err().message, "nested deeper than 64 levels");
        assert_eq!(decode::<Page>("[".repeat(1 << 20).as_bytes()).unwrap_err().message, "nested deeper than 64 levels");
    }

    #[test]
    fn brackets_in_text_are_not_nesting() {
        let text = format!(r#"{{"data":[],"x":"{}"}}"#, "[\\\"".repeat(500));
        assert!(decode::<Page>(text.as_bytes()).is_ok());
        let hidden = format!(r#"{{"y":"{}","data":[],"x":{}1{}}}"#, "]".repeat(500), "[".repeat(100), "]".repeat(100));
        assert_eq!(decode::<Page>(hidden.as_bytes()).unwrap_err().message, "nested deeper than 64 levels");
    }
}
