//! Parameters of a request: in its query, in a form, or as the members of a JSON object.

use super::{EventRequest, malformed};
use crate::error::{Error, Result};
use crate::wire::json::{self, Unreadable};
use crate::wire::raw::Raw;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt;

/// Each name once, in the order of their bytes.
#[derive(Debug)]
pub(crate) struct Parameters(BTreeMap<String, String>);

impl Parameters {
    /// Those of a GET are in its query, those of a POST in its body: the query is then the program's own.
    pub(crate) fn read(request: &EventRequest<'_>) -> Result<Self> {
        match request.method {
            "GET" => Self::of_form(request.query),
            "POST" if is_json(request)? => {
                let unreadable = |Unreadable { path, message }: Unreadable| malformed(&path, &message);
                json::decode::<Members<'_>>(request.body).map_err(unreadable).and_then(Self::of_members)
            }
            "POST" => Self::of_form(request.text()?),
            _ => Err(Error::invalid_input("method", "events of this provider come by GET or POST")),
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.get(name).map(String::as_str)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    fn of_form(form: &str) -> Result<Self> {
        let mut parameters = Self(BTreeMap::new());
        for pair in form.split('&').filter(|pair| !pair.is_empty()) {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            parameters.insert(decode(name)?, decode(value)?)?;
        }
        Ok(parameters)
    }

    fn of_members(members: Members<'_>) -> Result<Self> {
        let mut parameters = Self(BTreeMap::new());
        for (name, value) in members.0 {
            match value.get() {
                "null" => {}
                text if text.starts_with('"') => {
                    let text =
                        json::read::<String>(text).map_err(|_| malformed("", "a parameter of it cannot be read"))?;
                    parameters.insert(name, text)?;
                }
                // A number, a word, or something that nobody asks for: as it is written.
                token => parameters.insert(name, token.to_owned())?,
            }
        }
        Ok(parameters)
    }

    fn insert(&mut self, name: String, value: String) -> Result<()> {
        match self.0.contains_key(&name) {
            true => Err(malformed("", "one of its parameters is there more than once")),
            false => {
                self.0.insert(name, value);
                Ok(())
            }
        }
    }
}

/// By its type, and without one by its first letter.
fn is_json(request: &EventRequest<'_>) -> Result<bool> {
    let content_type = request.header("content-type")?.unwrap_or_default();
    let essence = content_type.split(';').next().unwrap_or_default().trim();
    match essence.to_ascii_lowercase().as_str() {
        "application/json" => Ok(true),
        "application/x-www-form-urlencoded" => Ok(false),
        "" => Ok(request.body.trim_ascii_start().starts_with(b"{")),
        _ => Err(Error::invalid_input("content-type", "events of this provider come as JSON or as a form")),
    }
}

/// Undoes the coding of a form. A `%` that begins no byte is itself, as browsers have it.
fn decode(text: &str) -> Result<String> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, behind)) = rest.split_first() {
        let coded = || super::hex::decode(std::str::from_utf8(behind.get(..2)?).ok()?);
        rest = behind;
        match first {
            b'%' => match coded() {
                Some(coded) => {
                    bytes.extend(coded);
                    rest = behind.get(2..).unwrap_or_default();
                }
                None => bytes.push(b'%'),
            },
            b'+' => bytes.push(b' '),
            plain => bytes.push(plain),
        }
    }
    String::from_utf8(bytes).map_err(|_| malformed("", "a parameter of it is not UTF-8"))
}

/// The members of an object, in whatever order, the same name perhaps twice.
struct Members<'a>(Vec<(String, Raw<'a>)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MembersVisitor;
        impl<'de> Visitor<'de> for MembersVisitor {
            type Value = Members<'de>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some((name, value)) = map.next_entry::<Cow<'_, str>, Raw<'de>>()? {
                    members.push((name.into_owned(), value));
                }
                Ok(Members(members))
            }
        }
        deserializer.deserialize_map(MembersVisitor)
    }
}
