//! `POST /v1/numbers/order`: order numbers. Debits the balance.

use super::number::WireNumber;
use super::shapes::Listed;
use super::{ListNumbers, Number, NumberStatus, NumberType, Voepy, check_phone_numbers};
use crate::call::{Answer, Call, Found};
use crate::draft::Draft;
use crate::error::Result;
use crate::operation::{BoxFuture, Endpoint, Operation, Recovery};
use crate::phone::PhoneNumber;
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Order numbers. Spends: the activation fees are debited at once, and nothing is ordered where the balance does not cover
/// them. An order whose answer is lost is sent again under its idempotency key, for which Voepy replays its first answer.
/// The numbers are `pending` at first: `voepy.list_numbers` tells when they are active. Whether an order of several numbers
/// can succeed in part is not documented: compare the numbers that come back.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OrderNumbers {
    /// Which: `phone_number` of what `voepy.search_available` gives.
    pub phone_numbers: Vec<PhoneNumber>,
    /// Their country, ISO 3166-1 alpha-2.
    pub country_code: String,
    /// Their kind.
    pub number_type: NumberType,
}

impl Operation for OrderNumbers {
    type Provider = Voepy;
    type Output = Vec<Number>;
    const ENDPOINT: Endpoint =
        Endpoint::post("voepy.order_numbers", "/v1/numbers/order").spends(Recovery::ResendUnderKey);

    fn encode(&self, _: &Voepy, draft: &mut Draft) -> Result<()> {
        check_phone_numbers(&self.phone_numbers)?;
        draft.json(self);
        Ok(())
    }

    fn decode(&self, _: &Voepy, reply: &Reply<'_>) -> Result<Vec<Number>> {
        reply.json::<Listed<WireNumber>>().map(Listed::into_items)
    }

    fn names(&self) -> Vec<String> {
        self.phone_numbers.iter().map(PhoneNumber::to_string).collect()
    }

    /// Which of them are owned. Numbers that were given back stay in the list.
    fn look<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Vec<Found<Vec<Number>>>>> {
        Box::pin(async move {
            let mut owned = Vec::new();
            let mut list = ListNumbers { limit: Some(100), ..ListNumbers::default() };
            let response = loop {
                let Answer { value: page, response } = call.read(&list).await?;
                let ours = |number: &Number| {
                    number.status != NumberStatus::Released && self.phone_numbers.contains(&number.phone_number)
                };
                owned.extend(page.items.into_iter().filter(ours));
                match page.next {
                    None => break response,
                    Some(token) if list.cursor.as_ref() == Some(&token) => break response,
                    Some(token) => list.cursor = Some(token),
                }
            };
            let found = |number: &Number| Found {
                id: number.phone_number.to_string(),
                at: None,
                no_later_than: None,
                answer: Answer { value: owned.clone(), response: response.clone() },
            };
            Ok(owned.iter().map(found).collect())
        })
    }
}
