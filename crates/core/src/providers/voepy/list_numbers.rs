//! `GET /v1/numbers`: numbers of one's own.

use super::number::WireNumber;
use super::shapes::Listed;
use super::{Number, NumberStatus, NumberType, Voepy};
use crate::draft::Draft;
use crate::error::Result;
use crate::id::Id;
use crate::operation::{Endpoint, Operation};
use crate::paging::{Page, Paged};
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// List the numbers of the account, those that were given back included. The page shows no answer; lists in general are
/// said to be paged, by `cursor` and `next_cursor`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListNumbers {
    /// Only with this status.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<NumberStatus>,
    /// Only of this kind.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_type: Option<NumberType>,
    /// Only of this connection.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub connection_id: Option<Id>,
    /// `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many on a page at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

impl Operation for ListNumbers {
    type Provider = Voepy;
    type Output = Page<Number>;
    const ENDPOINT: Endpoint = Endpoint::get("voepy.list_numbers", "/v1/numbers");

    fn encode(&self, _: &Voepy, draft: &mut Draft) -> Result<()> {
        draft.query_option("status", self.status.as_ref());
        draft.query_option("number_type", self.number_type.as_ref());
        draft.query_option("connection_id", self.connection_id.as_ref());
        draft.query_option("cursor", self.cursor.as_ref());
        draft.query_option("limit", self.limit);
        Ok(())
    }

    fn decode(&self, _: &Voepy, reply: &Reply<'_>) -> Result<Page<Number>> {
        reply.json::<Listed<WireNumber>>().map(Listed::into_page)
    }
}

impl Paged for ListNumbers {
    type Item = Number;

    fn at_page(self, token: &str) -> Self {
        Self { cursor: Some(token.to_owned()), ..self }
    }
}
