//! `POST /v1/numbers/porting-orders`: bring numbers from another carrier.

use super::porting::WireOrder;
use super::shapes::read_one;
use super::{PortingOrder, Voepy, check_phone_numbers};
use crate::draft::Draft;
use crate::error::Result;
use crate::id::Id;
use crate::operation::{Endpoint, Operation, Recovery};
use crate::phone::PhoneNumber;
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Order numbers to be brought from another carrier. The page numbers this step before the upload of its documents, whose
/// ids it needs: call `voepy.upload_porting_document` first. Spends: what porting costs is not documented, so it is taken
/// to cost; an order whose answer is lost is sent again under its idempotency key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct CreatePortingOrder {
    /// Which.
    pub phone_numbers: Vec<PhoneNumber>,
    /// For those who carry it out. (`user_feedback.comment` at Voepy.)
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    /// `id` of each document that `voepy.upload_porting_document` gave: the letter of authorisation, a recent bill.
    /// (`documents` at Voepy.)
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub document_ids: Vec<Id>,
}

#[derive(Serialize)]
struct Wire<'a> {
    phone_numbers: &'a [PhoneNumber],
    #[serde(skip_serializing_if = "Option::is_none")]
    user_feedback: Option<Feedback<'a>>,
    #[serde(skip_serializing_if = "<[Id]>::is_empty")]
    documents: &'a [Id],
}

#[derive(Serialize)]
struct Feedback<'a> {
    comment: &'a str,
}

impl Operation for CreatePortingOrder {
    type Provider = Voepy;
    type Output = PortingOrder;
    const ENDPOINT: Endpoint =
        Endpoint::post("voepy.create_porting_order", "/v1/numbers/porting-orders").spends(Recovery::ResendUnderKey);

    fn encode(&self, _: &Voepy, draft: &mut Draft) -> Result<()> {
        check_phone_numbers(&self.phone_numbers)?;
        draft.json(&Wire {
            phone_numbers: &self.phone_numbers,
            user_feedback: self.comment.as_deref().map(|comment| Feedback { comment }),
            documents: &self.document_ids,
        });
        Ok(())
    }

    fn decode(&self, _: &Voepy, reply: &Reply<'_>) -> Result<PortingOrder> {
        read_one::<WireOrder>(reply).map(PortingOrder::from)
    }
}
