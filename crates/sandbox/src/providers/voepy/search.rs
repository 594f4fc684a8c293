//! `GET /v1/numbers/available`.

use super::call::Call;
use super::input::{Query, not_one_of};
use super::inventory::{NUMBER_TYPES, Offer};
use super::refusal::Refusal;
use crate::http::Response;
use serde_json::{Value, json};

const PARAMETERS: [&str; 6] =
    ["country_code", "number_type", "national_destination_code", "locality", "features", "limit"];

/// The page's example names these two.
const FEATURES: [&str; 2] = ["voice", "sms"];

pub(super) fn available(call: &mut Call<'_>) -> Result<Response, Refusal> {
    let query = call.query(&PARAMETERS)?;
    let filter = Filter::read(&query, call.settings.country_code_required, call.lenient)?;
    let limit = query.limit(call.settings.default_search_limit, call.settings.max_limit)?;
    let mine = |offer: &&Offer| !call.market.reserved_by_another(&offer.phone_number, &call.tenant.id);
    let found = call.market.offers.iter().filter(|offer| offer.is_free() && filter.matches(offer)).filter(mine);
    let data: Vec<Value> = found.take(limit).map(Offer::resource).collect();
    let count = data.len();
    Ok(Response::json(200, &json!({"data": data, "meta": {"count": count}})))
}

struct Filter<'a> {
    country_code: Option<String>,
    number_type: Option<&'a str>,
    national_destination_code: Option<&'a str>,
    locality: Option<&'a str>,
    features: Vec<&'a str>,
}

impl<'a> Filter<'a> {
    fn read(query: &'a Query, country_code_required: bool, lenient: bool) -> Result<Self, Refusal> {
        if country_code_required {
            query.required("country_code")?;
        }
        let country_code = query.get("country_code").map(|code| country_code("country_code", code, lenient));
        let features: Vec<&str> = query.get("features").map(|list| list.split(',').collect()).unwrap_or_default();
        if features.iter().any(|feature| !FEATURES.contains(feature)) {
            return Err(not_one_of("features", &FEATURES));
        }
        let national_destination_code = query.get("national_destination_code");
        if national_destination_code.is_some_and(|code| code.is_empty() || !is_digits(code)) {
            return Err(Refusal::invalid("national_destination_code", "must be digits"));
        }
        Ok(Self {
            country_code: country_code.transpose()?,
            number_type: query.one_of("number_type", &NUMBER_TYPES)?,
            national_destination_code,
            locality: query.get("locality"),
            features,
        })
    }

    fn matches(&self, offer: &Offer) -> bool {
        let same_city = |locality: &str| offer.locality.is_some_and(|city| city.eq_ignore_ascii_case(locality));
        self.country_code.as_deref().is_none_or(|code| code == offer.country_code)
            && self.number_type.is_none_or(|kind| kind == offer.number_type)
            && self.national_destination_code.is_none_or(|code| code == offer.national_destination_code)
            && self.locality.is_none_or(same_city)
            && self.features.iter().all(|feature| offer.capabilities.contains(feature))
    }
}

/// ISO 3166-1 alpha-2, upper case.
pub(super) fn country_code(name: &str, code: &str, lenient: bool) -> Result<String, Refusal> {
    let code = if lenient { code.to_ascii_uppercase() } else { code.to_owned() };
    let right = code.len() == 2 && code.bytes().all(|byte| byte.is_ascii_uppercase());
    if right { Ok(code) } else { Err(Refusal::invalid(name, "must be ISO 3166-1 alpha-2, as US")) }
}

fn is_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}
