//! `GET …/availableRegions`.

use super::call::Call;
use super::refusal::Refusal;
use super::stock::{NumberType, Offer};
use crate::http::Response;
use serde_json::{Value, json};

const NAMES: [(&str, &str); 4] =
    [("CA", "Canada"), ("GB", "United Kingdom"), ("SE", "Sweden"), ("US", "United States")];

pub(super) fn list(call: &mut Call<'_>, _: &str) -> Result<Response, Refusal> {
    let query = call.query(&[], &["types"])?;
    let mut wanted = Vec::new();
    for name in query.all("types").filter(|name| *name != "NUMBER_TYPE_UNSPECIFIED") {
        wanted.push(NumberType::from_name(name).ok_or_else(|| Refusal::not_a_value("types", name))?);
    }
    let rows = NAMES.iter().filter_map(|(code, name)| region(code, name, &wanted, &call.project.offers));
    let rows = rows.collect();
    Ok(Response::json(200, &call.list("availableRegions", rows)))
}

/// A region with all its types, if it has one of the wanted.
fn region(code: &str, name: &str, wanted: &[NumberType], offers: &[Offer]) -> Option<Value> {
    let has = |kind: &NumberType| offers.iter().any(|offer| offer.region_code == code && offer.number_type == *kind);
    let kinds = [NumberType::Mobile, NumberType::Local, NumberType::TollFree];
    let types: Vec<NumberType> = kinds.into_iter().filter(has).collect();
    if !wanted.is_empty() && !types.iter().any(|kind| wanted.contains(kind)) {
        return None;
    }
    let types: Vec<&str> = types.into_iter().map(NumberType::name).collect();
    Some(json!({"regionCode": code, "regionName": name, "types": types}))
}
