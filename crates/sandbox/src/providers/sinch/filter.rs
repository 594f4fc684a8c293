//! Filters that searches and lists share: region, type, capability, pattern.

use super::input::{Body, Query};
use super::refusal::Refusal;
use super::stock::NumberType;

const CAPABILITIES: [&str; 2] = ["SMS", "VOICE"];

/// The two names of the capability filter. Each call documents one of them.
const CAPABILITY_NAMES: [&str; 2] = ["capability", "capabilities"];

/// What a number has to be.
#[derive(Debug, Default)]
pub(super) struct Filter {
    pub(super) region_code: Option<String>,
    pub(super) number_type: Option<NumberType>,
    /// All of them.
    pub(super) capabilities: Vec<String>,
    pattern: Option<(Place, String)>,
}

/// Where a pattern has to occur.
#[derive(Debug, Clone, Copy)]
enum Place {
    Start,
    Contains,
    End,
}

impl Filter {
    /// From a query, where `capability_name` is the version's word for it.
    pub(super) fn from_query(query: &Query, capability_name: &str, lenient: bool) -> Result<Self, Refusal> {
        let (search_pattern, pattern) = (query.get("numberPattern.searchPattern"), query.get("numberPattern.pattern"));
        Ok(Self {
            region_code: query.get("regionCode").map(|code| region_code(code, lenient)).transpose()?,
            number_type: query.get("type").map(number_type).transpose()?.flatten(),
            capabilities: capabilities(capability_name, CAPABILITY_NAMES.into_iter().flat_map(|name| query.all(name)))?,
            pattern: read_pattern(search_pattern, pattern, lenient)?,
        })
    }

    /// From the body of `:rentAny`.
    pub(super) fn from_body(body: &Body, lenient: bool) -> Result<Self, Refusal> {
        let pattern = body.part("numberPattern", &["pattern", "searchPattern"], lenient)?;
        let pattern = match &pattern {
            Some(part) => read_pattern(part.text("searchPattern")?, part.text("pattern")?, lenient)?,
            None => None,
        };
        Ok(Self {
            region_code: Some(region_code(body.required_text("regionCode")?, lenient)?),
            number_type: number_type(body.required_text("type")?)?,
            capabilities: capabilities("capabilities", body.texts("capabilities")?.into_iter())?,
            pattern,
        })
    }

    pub(super) fn matches(&self, number: &str, region: &str, kind: NumberType, capabilities: &[&str]) -> bool {
        self.region_code.as_deref().is_none_or(|code| code == region)
            && self.number_type.is_none_or(|wanted| wanted == kind)
            && self.capabilities.iter().all(|wanted| capabilities.contains(&wanted.as_str()))
            && self.pattern.as_ref().is_none_or(|(place, pattern)| place.holds(number, pattern))
    }
}

/// The names under which a call takes the filter. Lenient: both, since the Python SDK always says `capabilities`.
pub(super) fn capability_names<'a>(documented: &'a &'a str, lenient: bool) -> &'a [&'a str] {
    if lenient { &CAPABILITY_NAMES } else { std::slice::from_ref(documented) }
}

impl Place {
    /// Against the number with its `+`: a `START` pattern needs it.
    fn holds(self, number: &str, pattern: &str) -> bool {
        match self {
            Self::Start => number.starts_with(pattern),
            Self::Contains => number.contains(pattern),
            Self::End => number.ends_with(pattern),
        }
    }
}

fn region_code(code: &str, lenient: bool) -> Result<String, Refusal> {
    let code = if lenient { code.to_ascii_uppercase() } else { code.to_owned() };
    let right = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if right { Ok(code) } else { Err(Refusal::field("regionCode", "must be ISO 3166-1 alpha-2, as US")) }
}

/// `NUMBER_TYPE_UNSPECIFIED` is as good as no type.
fn number_type(value: &str) -> Result<Option<NumberType>, Refusal> {
    if value == "NUMBER_TYPE_UNSPECIFIED" {
        return Ok(None);
    }
    NumberType::from_name(value).map(Some).ok_or_else(|| Refusal::not_a_value("type", value))
}

fn capabilities<'a>(name: &str, values: impl Iterator<Item = &'a str>) -> Result<Vec<String>, Refusal> {
    let mut wanted = Vec::new();
    for value in values.filter(|value| *value != "NUMBER_CAPABILITY_UNSPECIFIED") {
        if !CAPABILITIES.contains(&value) {
            return Err(Refusal::not_a_value(name, value));
        }
        wanted.push(value.to_owned());
    }
    Ok(wanted)
}

/// A place without a pattern means nothing; a pattern without a place is taken as `CONTAINS`.
fn read_pattern(place: Option<&str>, pattern: Option<&str>, lenient: bool) -> Result<Option<(Place, String)>, Refusal> {
    let place = match place {
        None | Some("SEARCH_PATTERN_UNSPECIFIED" | "CONTAINS") => Place::Contains,
        Some("START") => Place::Start,
        Some("END") => Place::End,
        Some(other) => return Err(Refusal::not_a_value("numberPattern.searchPattern", other)),
    };
    let Some(pattern) = pattern else { return Ok(None) };
    // A raw `+` in a query has become a space.
    let pattern = if lenient { pattern.replacen(' ', "+", 1) } else { pattern.to_owned() };
    let digits = pattern.strip_prefix('+').unwrap_or(&pattern);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Refusal::field("numberPattern.pattern", "must be digits, after a + (%2B) at most"));
    }
    Ok(Some((place, pattern)))
}
