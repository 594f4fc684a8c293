//! Voepy: a number of Austin, ordered; it becomes active a little later.

use super::stage::{Stage, Stop};
use futures_util::TryStreamExt;
use std::time::Duration;
use trunkline::voepy::{self, NumberStatus, NumberType};
use trunkline::{Money, Trunkline};

pub(super) async fn run(client: &Trunkline, stage: &mut Stage) -> Result<(), Stop> {
    let search = client.call(voepy::SearchAvailable {
        country_code: "US".to_owned(),
        number_type: Some(NumberType::Local),
        national_destination_code: None,
        locality: Some("Austin".to_owned()),
        features: Vec::new(),
        limit: Some(5),
    });
    let found = stage
        .step("find", search, |it| format!("{} numbers of Austin, the first for {}", it.len(), price(it.first())))
        .await?;
    let offer = found.into_iter().next().ok_or_else(|| Stop::Other("nothing to order".to_owned()))?;
    let price = price(Some(&offer));

    let ordered = client.call(voepy::OrderNumbers {
        phone_numbers: vec![offer.phone_number.clone()],
        country_code: "US".to_owned(),
        number_type: NumberType::Local,
    });
    let ordered = stage.step("buy", ordered, |it| format!("{} number for {price}", it.len())).await?;
    let number = ordered.into_iter().next().ok_or_else(|| Stop::Other("an order without a number".to_owned()))?;
    stage.bought(&offer.phone_number, price);
    stage.no_sms()?;

    stage.step("list", active_numbers(client), |numbers| format!("{} number(s) active", numbers.len())).await?;
    let released = client.call(voepy::ReleaseNumber { number_id: number.id });
    stage.step("release", released, |_| "it is given back".to_owned()).await?;
    Ok(())
}

/// Looks until one is active: a number that is still pending cannot be released.
async fn active_numbers(client: &Trunkline) -> trunkline::Result<Vec<voepy::Number>> {
    loop {
        let active = voepy::ListNumbers { status: Some(NumberStatus::Active), ..Default::default() };
        let numbers: Vec<voepy::Number> = client.call(active).all().try_collect().await?;
        if !numbers.is_empty() {
            return Ok(numbers);
        }
        tokio::time::sleep(Duration::from_millis(200)).await;
    }
}

fn price(offer: Option<&voepy::AvailableNumber>) -> String {
    offer.and_then(|offer| offer.activation_fee.as_ref()).map(Money::to_string).unwrap_or_default()
}
