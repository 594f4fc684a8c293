//! Vonage: a British number, bought and cancelled.

use super::stage::{Stage, Stop};
use futures_util::TryStreamExt;
use trunkline::{Money, Trunkline, vonage};

pub(super) async fn run(client: &Trunkline, stage: &mut Stage) -> Result<(), Stop> {
    let search = client.call(vonage::SearchAvailable { country: "GB".to_owned(), ..Default::default() });
    let told = |it: &trunkline::Page<vonage::AvailableNumber>| {
        let first = it.items.first().and_then(|number| number.cost.as_ref()).map(Money::to_string).unwrap_or_default();
        format!("{} British numbers, the first for {first} a month", it.total.unwrap_or(it.items.len() as u64))
    };
    let found = stage.step("find", search, told).await?;
    let offer = found.items.into_iter().next().ok_or_else(|| Stop::Other("nothing to buy".to_owned()))?;
    let price = offer.cost.as_ref().map(Money::to_string).unwrap_or_default();

    let (country, phone_number) = (offer.country, offer.phone_number);
    let bought = client.call(vonage::BuyNumber {
        country: country.clone(),
        phone_number: phone_number.clone(),
        target_api_key: None,
    });
    stage.step("buy", bought, |it| format!("{} for {price} a month", it.phone_number)).await?;
    stage.bought(&phone_number, price);
    stage.no_sms()?;

    let listed = client.call(vonage::ListNumbers::default()).all().try_collect::<Vec<_>>();
    stage.step("list", listed, |numbers| format!("{} number(s) on the account", numbers.len())).await?;
    let cancelled = client.call(vonage::CancelNumber { country, phone_number, target_api_key: None });
    stage.step("release", cancelled, |it| format!("{} is given back", it.phone_number)).await?;
    Ok(())
}
