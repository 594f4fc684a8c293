//! Pages of messages: newest first, a cursor says where the next page begins.

use super::numbers::{Message, Number};
use super::replies::Refusal;
use super::settings::Settings;
use crate::parameters::Parameters;

const DEFAULT_LIMIT: usize = 50;
const MOST: usize = 100;

pub(super) struct Page<'a> {
    pub messages: Vec<&'a Message>,
    pub next: Option<String>,
}

/// Messages that arrive between two pages do not shift the second: a cursor names the message before it.
pub(super) fn page<'a>(number: &'a Number, query: &Parameters, settings: &Settings) -> Result<Page<'a>, Refusal> {
    let limit = limit(query, settings)?;
    let before = match query.get("cursor") {
        None => u64::MAX,
        Some(text) => read_cursor(text, number).ok_or_else(|| Refusal::invalid(settings, "cursor", "is not valid"))?,
    };
    let mut older = number.messages.iter().rev().filter(|message| message.id < before);
    let messages: Vec<&Message> = older.by_ref().take(limit).collect();
    let next = older.next().and_then(|_| messages.last()).map(|message| cursor(number, message.id));
    Ok(Page { messages, next })
}

fn limit(query: &Parameters, settings: &Settings) -> Result<usize, Refusal> {
    let Some(text) = query.get("limit") else {
        return Ok(DEFAULT_LIMIT);
    };
    let limit = text.parse().ok().filter(|limit| (1..=MOST).contains(limit));
    limit.ok_or_else(|| Refusal::invalid(settings, "limit", "must be an integer from 1 to 100"))
}

/// With every letter that a client could forget to escape.
fn cursor(number: &Number, message: u64) -> String {
    format!("{}/{message}+==", number.id)
}

fn read_cursor(text: &str, number: &Number) -> Option<u64> {
    let (owner, message) = text.strip_suffix("+==")?.split_once('/')?;
    message.parse().ok().filter(|_| owner == number.id.to_string())
}
