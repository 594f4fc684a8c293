//! What the two lists of numbers have in common: how they are searched, and how they come in pages.

use crate::draft::Draft;
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::paging::Page;
use crate::reply::Reply;
use crate::wire::json;
use crate::wire::record::Deserialize;
use crate::wire::value::Object;
use serde::Serialize;

/// Where in a number the pattern must be. (0, 1 and 2 at Vonage.)
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, serde::Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum SearchPattern {
    /// At its start, the country's prefix included.
    #[default]
    StartsWith,
    /// Anywhere.
    Anywhere,
    /// At its end.
    EndsWith,
}

impl SearchPattern {
    const fn code(self) -> &'static str {
        match self {
            Self::StartsWith => "0",
            Self::Anywhere => "1",
            Self::EndsWith => "2",
        }
    }
}

/// Writes the pattern and always where it must be: the API's own default is the start, that of Vonage's Node SDK is not.
/// Numbers are digits at Vonage, so that a leading `+` would find nothing.
pub(super) fn write_pattern(draft: &mut Draft, pattern: Option<&str>, place: Option<SearchPattern>) {
    draft.query_option("pattern", pattern.map(|pattern| pattern.trim_start_matches('+')));
    let place = place.or_else(|| pattern.map(|_| SearchPattern::default()));
    draft.query_option("search_pattern", place.map(SearchPattern::code));
}

/// Writes which page, of what size.
pub(super) fn write_page(draft: &mut Draft, index: Option<u64>, size: Option<u64>) -> Result<()> {
    if size.is_some_and(|size| !(1..=100).contains(&size)) {
        return Err(Error::invalid_input("size", "a page holds 1 to 100"));
    }
    if index == Some(0) {
        return Err(Error::invalid_input("index", "the first page is 1"));
    }
    draft.query_option("size", size);
    draft.query_option("index", index);
    Ok(())
}

/// Reads a page. Where nothing is found the reply may be `{}`.
pub(super) fn read_page<T: serde::de::DeserializeOwned>(
    reply: &Reply<'_>,
    index: Option<u64>,
    size: Option<u64>,
) -> Result<Page<T>> {
    #[derive(Deserialize)]
    #[serde(bound = "T: serde::de::DeserializeOwned")]
    struct Wire<T> {
        #[serde(default, deserialize_with = "json::count_option")]
        count: Option<u64>,
        numbers: Option<Vec<T>>,
    }
    let Wire { count, numbers } = reply.json::<Wire<T>>()?;
    if count.is_none() && numbers.is_none() && !reply.json::<Object>()?.0.is_empty() {
        let message = "it has neither “count” nor “numbers”";
        return Err(Error::new(ErrorKind::Malformed, Delivery::Unknown, message));
    }
    let (index, size) = (index.unwrap_or(1), size.unwrap_or(10));
    let numbers = numbers.unwrap_or_default();
    // A count that is wrong must not make it ask for empty pages up to that count.
    let more = !numbers.is_empty() && count.is_some_and(|count| count > size.saturating_mul(index));
    let next = more.then(|| index.saturating_add(1).to_string());
    Ok(Page::new(numbers, next, count))
}
