//! `POST /numbers/buy`: buy a number. Debits the wallet.

use super::number::read_number;
use super::{ListNumbers, Number, NumberType, RenewalPackage, TempNumber, country_code};
use crate::call::{Answer, Call, Found};
use crate::draft::Draft;
use crate::error::{Error, Result};
use crate::operation::{BoxFuture, Endpoint, Operation, Recovery};
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;
use std::time::Duration;

/// Buy a new private number, paid from the wallet. Which number it is cannot be chosen. Spends: a purchase whose answer is
/// lost is sent again under the same idempotency key, while TempNumber remembers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BuyNumber {
    /// `country_code` of a country that `tempnumber.list_pricing` gives, in capitals or not.
    pub country_code: String,
    /// `duration` of one of that country's packages.
    pub duration: String,
    /// The kind of line; by default whatever TempNumber chooses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number_type: Option<NumberType>,
}

impl Operation for BuyNumber {
    type Provider = TempNumber;
    type Output = Number;
    const ENDPOINT: Endpoint = Endpoint::post("tempnumber.buy_number", "/numbers/buy").spends(Recovery::ResendUnderKey);

    fn encode(&self, _: &TempNumber, draft: &mut Draft) -> Result<()> {
        if self.duration.is_empty() {
            return Err(Error::invalid_input("duration", "it must be the duration of one of the country's packages"));
        }
        draft.json(&Self { country_code: country_code(&self.country_code)?, ..self.clone() });
        Ok(())
    }

    fn decode(&self, _: &TempNumber, reply: &Reply<'_>) -> Result<Number> {
        read_number(reply, None)
    }

    fn bought(&self, number: &Number) -> Vec<String> {
        vec![number.id.to_string()]
    }

    /// The numbers of this country, and of this kind and package where the list says of which they are. It says when they end;
    /// they began at least a package before.
    fn look<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Vec<Found<Number>>>> {
        Box::pin(async move {
            let Answer { value, response } = call.read(&ListNumbers::default()).await?;
            let fits = |number: &Number| {
                let country = number.country_code.as_ref().is_none_or(|it| it.eq_ignore_ascii_case(&self.country_code));
                let package = number.duration.as_ref().is_none_or(|duration| *duration == self.duration);
                let kinds = number.number_type.as_ref().zip(self.number_type.as_ref());
                country && package && kinds.is_none_or(|(kind, wanted)| kind == wanted)
            };
            let found = |number: Number| {
                let (id, at) = (number.id.to_string(), number.created_at);
                let no_later_than = number.expires_at.zip(self.shortest()).map(|(end, shortest)| end - shortest);
                Found { id, at, no_later_than, answer: Answer { value: number, response: response.clone() } }
            };
            Ok(value.into_iter().filter(fits).map(found).collect())
        })
    }
}

impl BuyNumber {
    /// How long its package is at least, whatever a month is taken to be.
    fn shortest(&self) -> Option<Duration> {
        let months = RenewalPackage::from(self.duration.as_str()).months()?;
        Some(Duration::from_secs(86_400) * (30 * months - 2))
    }
}
