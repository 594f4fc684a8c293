//! `GET /v1/connections`: all connections.

use super::connection::WireConnection;
use super::shapes::Listed;
use super::{Connection, Voepy};
use crate::draft::Draft;
use crate::error::Result;
use crate::operation::{Endpoint, Operation};
use crate::paging::{Page, Paged};
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// List all connections.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListConnections {
    /// `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many on a page at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

impl Operation for ListConnections {
    type Provider = Voepy;
    type Output = Page<Connection>;
    const ENDPOINT: Endpoint = Endpoint::get("voepy.list_connections", "/v1/connections");

    fn encode(&self, _: &Voepy, draft: &mut Draft) -> Result<()> {
        draft.query_option("cursor", self.cursor.as_ref());
        draft.query_option("limit", self.limit);
        Ok(())
    }

    fn decode(&self, _: &Voepy, reply: &Reply<'_>) -> Result<Page<Connection>> {
        reply.json::<Listed<WireConnection>>().map(Listed::into_page)
    }
}

impl Paged for ListConnections {
    type Item = Connection;

    fn at_page(self, token: &str) -> Self {
        Self { cursor: Some(token.to_owned()), ..self }
    }
}
