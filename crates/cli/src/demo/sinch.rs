//! Sinch: a local number of the United States, rented by the month.

use super::stage::{Stage, Stop};
use futures_util::TryStreamExt;
use trunkline::sinch::{self, NumberType};
use trunkline::{Money, Trunkline};

pub(super) async fn run(client: &Trunkline, stage: &mut Stage) -> Result<(), Stop> {
    let region_code = Some("US".to_owned());
    let number_type = Some(NumberType::Local);
    let search = client.call(sinch::SearchAvailable {
        region_code: region_code.clone(),
        number_type: number_type.clone(),
        ..Default::default()
    });
    let found = stage
        .step("find", search, |it| format!("{} local numbers, the first for {}", it.len(), price(it.first())))
        .await?;
    let offer = found.into_iter().next().ok_or_else(|| Stop::Other("nothing to rent".to_owned()))?;
    let price = price(Some(&offer));

    let rented = client.call(sinch::RentNumber {
        phone_number: offer.phone_number,
        sms_configuration: None,
        voice_configuration: None,
        callback_url: None,
    });
    let number = stage.step("buy", rented, |it| format!("{} for {price} a month", it.phone_number)).await?;
    stage.bought(&number.phone_number, price);
    stage.no_sms()?;

    let listed = client.call(sinch::ListNumbers { region_code, number_type, ..Default::default() }).all();
    let listed = listed.try_collect::<Vec<_>>();
    stage.step("list", listed, |numbers| format!("{} number(s) in the project", numbers.len())).await?;
    let released = client.call(sinch::ReleaseNumber { phone_number: number.phone_number });
    let ends = |it: &sinch::ActiveNumber| it.expire_at.map(|at| at.to_string()).unwrap_or_default();
    stage.step("release", released, |it| format!("it ends {}", ends(it))).await?;
    Ok(())
}

fn price(offer: Option<&sinch::AvailableNumber>) -> String {
    offer.and_then(|offer| offer.monthly_price.as_ref()).map(Money::to_string).unwrap_or_default()
}
