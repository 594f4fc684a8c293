//! `GET /v1/numbers/porting-orders`: numbers on their way to Voepy.

use super::porting::WireOrder;
use super::shapes::Listed;
use super::{PortingOrder, Voepy};
use crate::draft::Draft;
use crate::error::Result;
use crate::operation::{Endpoint, Operation};
use crate::paging::{Page, Paged};
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// List the porting orders, to see how far along they are.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct ListPortingOrders {
    /// `next` of the page before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// How many on a page at most.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

impl Operation for ListPortingOrders {
    type Provider = Voepy;
    type Output = Page<PortingOrder>;
    const ENDPOINT: Endpoint = Endpoint::get("voepy.list_porting_orders", "/v1/numbers/porting-orders");

    fn encode(&self, _: &Voepy, draft: &mut Draft) -> Result<()> {
        draft.query_option("cursor", self.cursor.as_ref());
        draft.query_option("limit", self.limit);
        Ok(())
    }

    fn decode(&self, _: &Voepy, reply: &Reply<'_>) -> Result<Page<PortingOrder>> {
        reply.json::<Listed<WireOrder>>().map(Listed::into_page)
    }
}

impl Paged for ListPortingOrders {
    type Item = PortingOrder;

    fn at_page(self, token: &str) -> Self {
        Self { cursor: Some(token.to_owned()), ..self }
    }
}
