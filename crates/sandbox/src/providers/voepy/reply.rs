//! Successful replies and their envelopes.

use super::input::Query;
use super::refusal::Refusal;
use super::settings::{ListShape, Settings};
use crate::http::Response;
use crate::time::Time;
use serde_json::{Value, json};

/// Cursors are opaque: this hides that they are positions.
const CURSOR_MASK: usize = 0x5A17_C0DE;

/// `2026-05-12T14:32:18.000Z`
pub(super) fn date_time(time: Time) -> String {
    time.format("%Y-%m-%dT%H:%M:%S%.3fZ")
}

/// A single resource in a reply that no page shows.
pub(super) fn single(status: u16, resource: Value, settings: &Settings) -> Response {
    let body = if settings.wrap_single_resources { json!({"data": resource}) } else { resource };
    Response::json(status, &body)
}

/// A list that is always complete.
pub(super) fn whole_list(status: u16, rows: Vec<Value>, settings: &Settings) -> Response {
    Response::json(status, &envelope(rows, None, settings.list_shape))
}

/// One page of the rows that `keep` lets through, oldest first.
pub(super) fn page<T>(
    rows: &[T],
    keep: impl Fn(&T) -> bool,
    show: impl Fn(&T) -> Value,
    query: &Query,
    settings: &Settings,
) -> Result<Response, Refusal> {
    let limit = query.limit(settings.default_list_limit, settings.max_limit)?;
    let start = query.get("cursor").map(position).transpose()?.unwrap_or(0);
    if start > rows.len() {
        return Err(Refusal::invalid("cursor", "is not one of ours"));
    }
    let mut kept = rows.iter().enumerate().skip(start).filter(|(_, row)| keep(row));
    let shown: Vec<Value> = kept.by_ref().take(limit).map(|(_, row)| show(row)).collect();
    let next = kept.next().map(|(at, _)| format!("cur_{:08x}", at ^ CURSOR_MASK));
    Ok(Response::json(200, &envelope(shown, next, settings.list_shape)))
}

fn position(cursor: &str) -> Result<usize, Refusal> {
    let digits = cursor.strip_prefix("cur_").unwrap_or_default();
    let masked = usize::from_str_radix(digits, 16).map_err(|_| Refusal::invalid("cursor", "is not one of ours"))?;
    Ok(masked ^ CURSOR_MASK)
}

fn envelope(rows: Vec<Value>, next_cursor: Option<String>, shape: ListShape) -> Value {
    match shape {
        ListShape::BareArray => Value::Array(rows),
        ListShape::DataMeta => {
            let count = rows.len();
            json!({"data": rows, "meta": {"count": count}})
        }
        ListShape::DataNextCursor => json!({"data": rows, "next_cursor": next_cursor}),
    }
}
