//! Reading queries and JSON bodies: what a page does not name is refused.

use super::refusal::Refusal;
use crate::http::Request;
use serde_json::{Map, Value};

/// Query parameters of one call.
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    /// `known` may be given once, `repeatable` more often.
    pub(super) fn read(request: &Request, known: &[&str], repeatable: &[&str], lenient: bool) -> Result<Self, Refusal> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for (name, value) in request.query_pairs() {
            let again = repeatable.contains(&name.as_str());
            let unknown = !again && !known.contains(&name.as_str());
            if unknown && lenient {
                continue;
            }
            if unknown {
                return Err(Refusal::field(&name, "unknown parameter"));
            }
            if !again && pairs.iter().any(|(earlier, _)| *earlier == name) {
                return Err(Refusal::field(&name, "given twice"));
            }
            pairs.push((name, value));
        }
        Ok(Self(pairs))
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// `size` and `pageSize` are the same thing under two names.
    pub(super) fn size(&self, max: usize) -> Result<Option<usize>, Refusal> {
        let (size, page_size) = (self.get("size"), self.get("pageSize"));
        if size.is_some() && page_size.is_some() {
            return Err(Refusal::field("pageSize", "given as size too"));
        }
        let name = if size.is_some() { "size" } else { "pageSize" };
        let Some(text) = size.or(page_size) else { return Ok(None) };
        match text.parse::<usize>() {
            Ok(size) if (1..=max).contains(&size) => Ok(Some(size)),
            _ => Err(Refusal::field(name, &format!("must be a whole number from 1 to {max}"))),
        }
    }
}

/// Fields of a JSON object, all of them named by a page.
#[derive(Debug)]
pub(super) struct Body(Map<String, Value>);

impl Body {
    /// A body that may be missing: then it has no fields.
    pub(super) fn optional(request: &Request, known: &[&str], lenient: bool) -> Result<Self, Refusal> {
        if request.body.is_empty() { Ok(Self(Map::new())) } else { Self::read(request, known, lenient) }
    }

    pub(super) fn read(request: &Request, known: &[&str], lenient: bool) -> Result<Self, Refusal> {
        let value = request.json_body().map_err(Refusal::malformed)?;
        Self::object("body", value, known, lenient)
    }

    fn object(name: &str, value: Value, known: &[&str], lenient: bool) -> Result<Self, Refusal> {
        let Value::Object(mut fields) = value else { return Err(Refusal::field(name, "must be an object")) };
        if lenient {
            fields.retain(|field, _| known.contains(&field.as_str()));
        }
        match fields.keys().find(|field| !known.contains(&field.as_str())) {
            Some(field) if name == "body" => Err(Refusal::field(field, "unknown field")),
            Some(field) => Err(Refusal::field(&format!("{name}.{field}"), "unknown field")),
            None => Ok(Self(fields)),
        }
    }

    /// A nested object. "An empty configuration is an error" holds for every one of them.
    pub(super) fn part(&self, name: &str, known: &[&str], lenient: bool) -> Result<Option<Self>, Refusal> {
        let Some(value) = self.0.get(name) else { return Ok(None) };
        let part = Self::object(name, value.clone(), known, lenient)?;
        if part.0.is_empty() { Err(Refusal::field(name, "must not be empty")) } else { Ok(Some(part)) }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, Refusal> {
        match self.0.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Refusal::field(name, "must be a string")),
        }
    }

    pub(super) fn required_text(&self, name: &str) -> Result<&str, Refusal> {
        let text = self.text(name)?.filter(|text| !text.is_empty());
        text.ok_or_else(|| Refusal::field(name, "is required"))
    }

    pub(super) fn texts(&self, name: &str) -> Result<Vec<&str>, Refusal> {
        let Some(value) = self.0.get(name) else { return Ok(Vec::new()) };
        let items = value.as_array().ok_or_else(|| Refusal::field(name, "must be an array"))?;
        let texts: Option<Vec<&str>> = items.iter().map(Value::as_str).collect();
        texts.ok_or_else(|| Refusal::field(name, "must hold strings"))
    }
}

/// For `GET`, `:release` and `:deprovision`.
pub(super) fn no_body(request: &Request, lenient: bool) -> Result<(), Refusal> {
    let empty_object = lenient && request.body == b"{}";
    if request.body.is_empty() || empty_object {
        return Ok(());
    }
    Err(Refusal::malformed(format!("{} takes no body here", request.method)))
}
