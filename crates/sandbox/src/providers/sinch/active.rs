//! `…/activeNumbers`: list, get one, `PATCH`, `:release`.

use super::active_number::ActiveNumber;
use super::call::{Call, Version};
use super::changes::{Changes, known_fields};
use super::filter::{Filter, capability_names};
use super::input::{Body, Query, no_body};
use super::paging::{page_token, position};
use super::refusal::Refusal;
use super::settings::{ListWithoutType, ReleaseReply};
use super::stock::NumberType;
use crate::http::Response;
use serde_json::{Value, json};

const LIST: [&str; 6] =
    ["regionCode", "type", "numberPattern.searchPattern", "numberPattern.pattern", "size", "pageSize"];

/// What the guide lets `updateMask` name.
const MASK_PATHS: [&str; 2] = ["displayName", "smsConfiguration.servicePlanId"];

pub(super) fn list(call: &mut Call<'_>, _: &str) -> Result<Response, Refusal> {
    let known = match call.version {
        Version::V1Alpha1 => LIST.to_vec(),
        Version::V1 => [&LIST[..], &["pageToken", "orderBy"]].concat(),
    };
    let query = call.query(&known, capability_names(&"capability", call.lenient))?;
    let mut filter = Filter::from_query(&query, "capability", call.lenient)?;
    if call.version == Version::V1 && filter.number_type.is_none() {
        filter.number_type = missing_type(call.settings.v1_list_without_type)?;
    }
    let fits = |number: &&ActiveNumber| {
        filter.matches(&number.phone_number, number.region_code, number.number_type, number.capability)
    };
    let mut numbers: Vec<&ActiveNumber> = call.project.active.iter().filter(fits).collect();
    match query.get("orderBy") {
        None => {}
        Some("phoneNumber") => numbers.sort_by(|left, right| left.phone_number.cmp(&right.phone_number)),
        Some("displayName") => numbers.sort_by(|left, right| left.display_name.cmp(&right.display_name)),
        Some(other) => return Err(Refusal::not_a_value("orderBy", other)),
    }
    let size = query.size(call.settings.max_size)?;
    let body = match call.version {
        Version::V1Alpha1 => call.list("activeNumbers", rows(call, &numbers, 0, size.unwrap_or(usize::MAX))),
        Version::V1 => paged(call, &numbers, &query, size.unwrap_or(call.settings.default_page_size))?,
    };
    Ok(Response::json(200, &body))
}

fn missing_type(rule: ListWithoutType) -> Result<Option<NumberType>, Refusal> {
    match rule {
        ListWithoutType::Mobile => Ok(Some(NumberType::Mobile)),
        ListWithoutType::All => Ok(None),
        ListWithoutType::Refused => Err(Refusal::field("type", "is required")),
    }
}

fn rows(call: &Call<'_>, numbers: &[&ActiveNumber], start: usize, size: usize) -> Vec<Value> {
    let shown = numbers.iter().skip(start).take(size);
    shown.map(|number| number.resource(call.version, call.project.id, call.settings)).collect()
}

fn paged(call: &Call<'_>, numbers: &[&ActiveNumber], query: &Query, size: usize) -> Result<Value, Refusal> {
    let start = position(query.get("pageToken").unwrap_or_default(), call.request)?;
    let end = start.saturating_add(size);
    let next = if end < numbers.len() { page_token(end, call.request) } else { String::new() };
    let mut body = call.list("activeNumbers", rows(call, numbers, start, size));
    body["nextPageToken"] = next.into();
    body["totalSize"] = numbers.len().into();
    Ok(body)
}

pub(super) fn get(call: &mut Call<'_>, number: &str) -> Result<Response, Refusal> {
    call.query(&[], &[])?;
    call.project.active(number)?;
    shown(call, number)
}

pub(super) fn patch(call: &mut Call<'_>, number: &str) -> Result<Response, Refusal> {
    let known = [&["displayName"], known_fields(call.version)].concat();
    let mask: &[&str] = if call.version == Version::V1Alpha1 { &["updateMask"] } else { &[] };
    let query = Query::read(call.request, mask, &[], call.lenient)?;
    let body = Body::read(call.request, &known, call.lenient)?;
    let mut changes = Changes::read(&body, call.version, call.lenient)?;
    match query.get("updateMask") {
        Some(mask) => apply_mask(&mut changes, mask, call.lenient)?,
        None if body.is_empty() => return Err(Refusal::field("body", "names no field to update")),
        None => {}
    }
    let (version, now, settings) = (call.version, call.now, call.settings);
    let active = call.project.active(number)?;
    changes.check(active, version, settings)?;
    changes.apply(active, now, settings);
    shown(call, number)
}

/// A field that the mask names and the body lacks becomes empty; one that only the body names is refused, because
/// the server would drop it without a word.
fn apply_mask(changes: &mut Changes, mask: &str, lenient: bool) -> Result<(), Refusal> {
    let paths: Vec<&str> = mask.split(',').map(str::trim).collect();
    if let Some(path) = paths.iter().find(|path| !MASK_PATHS.contains(path)) {
        return Err(Refusal::field("updateMask", &format!("\"{path}\" cannot be updated")));
    }
    for (path, value) in MASK_PATHS.into_iter().zip([&mut changes.display_name, &mut changes.service_plan_id]) {
        let is_masked = paths.contains(&path);
        if is_masked {
            value.get_or_insert_default();
        } else if lenient {
            *value = None;
        } else if value.is_some() {
            return Err(Refusal::field(path, "is not in updateMask"));
        }
    }
    Ok(())
}

/// The number stays until the end of what is paid; releasing it again changes nothing.
pub(super) fn release(call: &mut Call<'_>, number: &str) -> Result<Response, Refusal> {
    no_body(call.request, call.lenient)?;
    Query::read(call.request, &[], &[], call.lenient)?;
    call.project.active(number)?.is_released = true;
    let says_nothing = call.settings.v1alpha1_release_reply == ReleaseReply::Empty;
    if call.version == Version::V1Alpha1 && says_nothing {
        return Ok(Response::json(200, &json!({})));
    }
    shown(call, number)
}

fn shown(call: &mut Call<'_>, number: &str) -> Result<Response, Refusal> {
    let (version, settings, project_id) = (call.version, call.settings, call.project.id);
    let resource = call.project.active(number)?.resource(version, project_id, settings);
    Ok(Response::json(200, &resource))
}
