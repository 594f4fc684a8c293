//! TempNumber: a private number for a month, and the SMS it receives.

use super::sms::Sms;
use super::stage::{Stage, Stop};
use trunkline::{Trunkline, tempnumber};

pub(super) async fn run(client: &Trunkline, sms: &Sms, stage: &mut Stage) -> Result<(), Stop> {
    let pricing = client.call(tempnumber::GetCountryPricing { country_code: "US".to_owned() });
    let pricing = stage.step("price", pricing, |it| format!("{} packages for US numbers", it.packages.len())).await?;
    let package =
        pricing.packages.into_iter().find(|package| package.duration == "oneMonth" && package.price.is_some());
    let package = package.ok_or_else(|| Stop::Other("no package for a month".to_owned()))?;

    let inventory = client.call(tempnumber::GetInventory {
        country_code: "US".to_owned(),
        duration: Some(package.duration.clone()),
        number_type: package.number_type.clone(),
    });
    stage.step("find", inventory, |it| format!("{} in stock", it.available.unwrap_or_default())).await?;

    let purchase = client.call(tempnumber::BuyNumber {
        country_code: "US".to_owned(),
        duration: package.duration,
        number_type: package.number_type,
    });
    let price = package.price.map(|price| price.to_string()).unwrap_or_default();
    let number = stage.step("buy", purchase, |it| format!("number {} for {price}", it.id)).await?;
    let phone_number = number.phone_number.ok_or_else(|| Stop::Other("a number without its digits".to_owned()))?;
    stage.bought(&phone_number, price);

    sms.send("tempnumber", &phone_number).await?;
    let received = client.call(tempnumber::ListNumberSms { number_id: number.id.clone() });
    let received = stage.step("receive", received, |it| format!("{} SMS, “{}”", it.sms.len(), newest(it))).await?;
    // TempNumber leaves it to its customers to find the code.
    let text = newest(&received).to_owned();
    let code = text.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() >= 4);
    stage.code(code.ok_or_else(|| Stop::Other("an SMS without a code".to_owned()))?);

    let listed = client.call(tempnumber::ListNumbers::default());
    stage.step("list", listed, |numbers| format!("{} number(s) on the account", numbers.len())).await?;
    let cancelled = client.call(tempnumber::CancelNumber { number_id: number.id });
    let status = |it: &tempnumber::Number| it.status.as_ref().map(ToString::to_string).unwrap_or_default();
    stage.step("release", cancelled, |it| format!("it is {}", status(it))).await?;
    Ok(())
}

fn newest(received: &tempnumber::NumberSms) -> &str {
    received.sms.first().and_then(|sms| sms.text.as_deref()).unwrap_or_default()
}
