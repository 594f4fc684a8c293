//! Reading queries and JSON bodies: what a page does not name is refused.

use super::refusal::Refusal;
use crate::http::Request;
use serde_json::{Map, Value};

/// Query parameters of one call, each named by the page and given once.
pub(super) struct Query(Vec<(String, String)>);

impl Query {
    pub(super) fn read(request: &Request, known: &[&str], lenient: bool) -> Result<Self, Refusal> {
        let mut pairs: Vec<(String, String)> = Vec::new();
        for (name, value) in request.query_pairs() {
            let unknown = !known.contains(&name.as_str());
            if unknown && lenient {
                continue;
            }
            if unknown {
                return Err(Refusal::invalid(&name, "unknown parameter"));
            }
            if pairs.iter().any(|(earlier, _)| *earlier == name) {
                return Err(Refusal::invalid(&name, "given twice"));
            }
            pairs.push((name, value));
        }
        Ok(Self(pairs))
    }

    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    pub(super) fn required(&self, name: &str) -> Result<&str, Refusal> {
        self.get(name).ok_or_else(|| Refusal::invalid(name, "is required"))
    }

    pub(super) fn limit(&self, default: usize, max: usize) -> Result<usize, Refusal> {
        let Some(text) = self.get("limit") else { return Ok(default) };
        match text.parse::<usize>() {
            Ok(limit) if (1..=max).contains(&limit) => Ok(limit),
            _ => Err(Refusal::invalid("limit", &format!("must be a whole number from 1 to {max}"))),
        }
    }

    /// One of `allowed`, if it is given.
    pub(super) fn one_of(&self, name: &str, allowed: &[&str]) -> Result<Option<&str>, Refusal> {
        match self.get(name) {
            Some(value) if !allowed.contains(&value) => Err(not_one_of(name, allowed)),
            other => Ok(other),
        }
    }
}

/// Fields of a JSON object, all of them named by the page.
pub(super) struct Body(Map<String, Value>);

impl Body {
    pub(super) fn read(request: &Request, known: &[&str], lenient: bool) -> Result<Self, Refusal> {
        let value = request.json_body().map_err(Refusal::malformed)?;
        Self::object("body", value, known, lenient)
    }

    pub(super) fn object(name: &str, value: Value, known: &[&str], lenient: bool) -> Result<Self, Refusal> {
        let Value::Object(mut fields) = value else { return Err(Refusal::invalid(name, "must be an object")) };
        if lenient {
            fields.retain(|field, _| known.contains(&field.as_str()));
        }
        match fields.keys().find(|field| !known.contains(&field.as_str())) {
            Some(field) => Err(Refusal::invalid(field, "unknown parameter")),
            None => Ok(Self(fields)),
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<&Value> {
        self.0.get(name)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn text(&self, name: &str) -> Result<Option<&str>, Refusal> {
        match self.0.get(name) {
            None => Ok(None),
            Some(Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(Refusal::invalid(name, "must be a string")),
        }
    }

    pub(super) fn required_text(&self, name: &str) -> Result<&str, Refusal> {
        match self.text(name)? {
            Some(text) if !text.trim().is_empty() => Ok(text),
            Some(_) => Err(Refusal::invalid(name, "must not be empty")),
            None => Err(Refusal::invalid(name, "is required")),
        }
    }

    pub(super) fn flag(&self, name: &str) -> Result<Option<bool>, Refusal> {
        match self.0.get(name) {
            None => Ok(None),
            Some(Value::Bool(flag)) => Ok(Some(*flag)),
            Some(_) => Err(Refusal::invalid(name, "must be true or false")),
        }
    }

    pub(super) fn texts(&self, name: &str) -> Result<Option<Vec<String>>, Refusal> {
        let Some(value) = self.0.get(name) else { return Ok(None) };
        let items = value.as_array().ok_or_else(|| Refusal::invalid(name, "must be an array of strings"))?;
        let texts: Option<Vec<String>> = items.iter().map(|item| item.as_str().map(str::to_owned)).collect();
        texts.map(Some).ok_or_else(|| Refusal::invalid(name, "must be an array of strings"))
    }

    /// `phone_numbers`: at least one, none twice, each in E.164.
    pub(super) fn phone_numbers(&self, max: usize) -> Result<Vec<String>, Refusal> {
        let numbers = self.texts("phone_numbers")?.ok_or_else(|| Refusal::invalid("phone_numbers", "is required"))?;
        check_phone_numbers(&numbers, max)?;
        Ok(numbers)
    }
}

pub(super) fn not_one_of(name: &str, allowed: &[&str]) -> Refusal {
    Refusal::invalid(name, &format!("must be one of {}", allowed.join(", ")))
}

pub(super) fn check_phone_numbers(numbers: &[String], max: usize) -> Result<(), Refusal> {
    if numbers.is_empty() || numbers.len() > max {
        return Err(Refusal::invalid("phone_numbers", &format!("must hold 1 to {max} numbers")));
    }
    for (at, number) in numbers.iter().enumerate() {
        check_phone_number("phone_numbers", number)?;
        if numbers[..at].contains(number) {
            return Err(Refusal::invalid("phone_numbers", &format!("{number} is given twice")));
        }
    }
    Ok(())
}

/// `+` and 6 to 15 digits, as the overview says.
pub(super) fn check_phone_number(name: &str, number: &str) -> Result<(), Refusal> {
    let digits = number.strip_prefix('+').unwrap_or_default();
    let right = (6..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if right { Ok(()) } else { Err(Refusal::invalid(name, "must be E.164: + and 6 to 15 digits")) }
}

/// `GET` and `DELETE` carry no body.
pub(super) fn no_body(request: &Request) -> Result<(), Refusal> {
    if request.body.is_empty() {
        return Ok(());
    }
    Err(Refusal::malformed(format!("{} takes no body", request.method)))
}

/// Undoes what a raw `+` in a query becomes; only with `lenient`, because the server reads it as a space.
pub(super) fn restore_plus(text: &str, lenient: bool) -> String {
    match text.strip_prefix(' ') {
        Some(digits) if lenient => format!("+{digits}"),
        _ => text.to_owned(),
    }
}
