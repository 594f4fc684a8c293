//! `GET /receive-sms`: the SMS that a number received, in pages.

use super::guess::{Guess, Rows, present};
use super::{Sms, TempNumber};
use crate::draft::Draft;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::operation::{Endpoint, Operation};
use crate::paging::{Page, Paged};
use crate::phone::PhoneNumber;
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Read the SMS that a number of the account received, by its phone number instead of its id.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ReceiveSms {
    /// The number. (`phoneNumber` at TempNumber; sent without the `+`, which a query would turn into a space where it is
    /// not escaped.)
    pub phone_number: PhoneNumber,
    /// How many to a page, 1 to 100; by default 50.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
}

/// Where `meta` may hold the next page's cursor.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Cursors {
    #[serde(deserialize_with = "present")]
    next_cursor: Option<Guess<Id>>,
    #[serde(deserialize_with = "present")]
    cursor: Option<Guess<Id>>,
    #[serde(rename = "nextCursor", deserialize_with = "present")]
    next_cursor_camel: Option<Guess<Id>>,
}

impl Cursors {
    /// The first that is there decides, also where it is null: behind it `cursor` may be the present page's.
    fn next(self) -> Option<String> {
        self.next_cursor.or(self.cursor).or(self.next_cursor_camel)?.into_text()
    }
}

impl Operation for ReceiveSms {
    type Provider = TempNumber;
    type Output = Page<Sms>;
    const ENDPOINT: Endpoint = Endpoint::get("tempnumber.receive_sms", "/receive-sms");

    fn encode(&self, _: &TempNumber, draft: &mut Draft) -> Result<()> {
        if self.limit.is_some_and(|limit| !(1..=100).contains(&limit)) {
            return Err(Error::invalid_input("limit", "it must be 1 to 100"));
        }
        draft.query("phoneNumber", self.phone_number.digits());
        draft.query_option("limit", self.limit);
        draft.query_option("cursor", self.cursor.as_ref());
        Ok(())
    }

    fn decode(&self, _: &TempNumber, reply: &Reply<'_>) -> Result<Page<Sms>> {
        let Rows(sms) = reply.json::<Rows<Sms>>()?;
        let sms = sms.into_iter().map(|sms| sms.in_zone(reply.utc_offset)).collect();
        let next = reply.meta::<Guess<Cursors>>()?.0.and_then(Cursors::next);
        Ok(Page::new(sms, next, None))
    }
}

impl Paged for ReceiveSms {
    type Item = Sms;

    fn at_page(self, token: &str) -> Self {
        Self { cursor: Some(token.to_owned()), ..self }
    }
}
