//! `POST /account/top-up`: add credit to the account. Charges the account's means of payment.

use super::Vonage;
use super::confirmation::Code;
use crate::draft::Draft;
use crate::error::{Error, Result};
use crate::id::Id;
use crate::operation::{Endpoint, Operation, Recovery};
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Add credit, as much as the payment did with which auto-reload was enabled. Spends: nothing tells one top-up from
/// another, so that it is never sent again after a lost answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct TopUp {
    /// Reference of that payment.
    pub trx: Id,
}

/// Vonage did it. Its reply holds neither the sum nor the new balance: see `vonage.get_balance`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct TopUpConfirmation {
    /// `200`.
    pub error_code: String,
    /// `success`.
    pub error_code_label: Option<String>,
}

impl Operation for TopUp {
    type Provider = Vonage;
    type Output = TopUpConfirmation;
    const ENDPOINT: Endpoint = Endpoint::post("vonage.top_up", "/account/top-up").spends(Recovery::Never).beyond_seed();

    fn encode(&self, _: &Vonage, draft: &mut Draft) -> Result<()> {
        if self.trx.as_str().is_empty() {
            return Err(Error::invalid_input("trx", "it is required"));
        }
        draft.form([("trx", self.trx.as_str())]);
        Ok(())
    }

    fn decode(&self, _: &Vonage, reply: &Reply<'_>) -> Result<TopUpConfirmation> {
        let Code { error_code, label } = reply.json()?;
        Ok(TopUpConfirmation { error_code: error_code.to_string(), error_code_label: label })
    }
}
