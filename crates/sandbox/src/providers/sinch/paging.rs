//! Page tokens: opaque, and good only for the filters they were given for.

use super::refusal::Refusal;
use crate::http::Request;

/// Hides that the token is a position.
const MASK: u32 = 0x51C4_0A7E;

pub(super) fn page_token(position: usize, request: &Request) -> String {
    let position = u32::try_from(position).unwrap_or(u32::MAX);
    let filters = fingerprint(request);
    format!("{filters:08x}{:08x}", position ^ MASK ^ filters)
}

/// Where the page of this token begins; an empty token begins at the beginning.
pub(super) fn position(token: &str, request: &Request) -> Result<usize, Refusal> {
    if token.is_empty() {
        return Ok(0);
    }
    let refusal = || Refusal::field("pageToken", "is not one of ours, or was given for other filters");
    let (filters, position) = token.split_at_checked(8).ok_or_else(refusal)?;
    let number = |text: &str| u32::from_str_radix(text, 16).ok().filter(|_| text.len() == 8);
    let (filters, position) = number(filters).zip(number(position)).ok_or_else(refusal)?;
    if filters != fingerprint(request) {
        return Err(refusal());
    }
    usize::try_from(position ^ MASK ^ filters).map_err(|_| refusal())
}

/// FNV-1a over everything that selects and orders, but not over the page.
fn fingerprint(request: &Request) -> u32 {
    let mut pairs = request.query_pairs();
    pairs.retain(|(name, _)| !["pageToken", "pageSize", "size"].contains(&name.as_str()));
    pairs.sort();
    let text: String = pairs.into_iter().map(|(name, value)| format!("{name}={value}\n")).collect();
    text.bytes().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
