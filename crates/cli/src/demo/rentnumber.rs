//! RentNumber: a number for one service and some minutes, and the code that comes.

use super::sms::Sms;
use super::stage::{Stage, Stop};
use trunkline::{Trunkline, rentnumber};

pub(super) async fn run(client: &Trunkline, sms: &Sms, stage: &mut Stage) -> Result<(), Stop> {
    let prices = client.call(rentnumber::ListPrices { slug: "whatsapp".to_owned(), country_id: None });
    let told = |it: &rentnumber::Prices| {
        let first = it.prices.first().map(|offer| offer.final_price.to_string()).unwrap_or_default();
        format!("{} offers for WhatsApp, the first for {first}", it.prices.len())
    };
    let found = stage.step("find", prices, told).await?;
    let in_stock = |price: &rentnumber::Price| price.stock.is_none_or(|stock| stock > 0);
    let offer = found.prices.into_iter().find(in_stock).ok_or_else(|| Stop::Other("nothing in stock".to_owned()))?;

    let rental = client.call(rentnumber::Rent { pricing_id: offer.id });
    let rental = stage.step("buy", rental, |it| format!("rental {} for {}", it.rental_id, it.cost)).await?;
    let phone_number = rental.phone_number.ok_or_else(|| Stop::Other("a rental without its number".to_owned()))?;
    stage.bought(&phone_number, &rental.cost);

    sms.send("rentnumber", &phone_number).await?;
    let received = client.call(rentnumber::GetRental { rental_id: rental.rental_id.clone() }).wait();
    let text = |it: &rentnumber::Rental| it.sms.clone().unwrap_or_default();
    let received = stage.step("receive", received, |it| format!("it is {}, “{}”", it.status, text(it))).await?;
    stage.code(received.code.as_deref().ok_or_else(|| Stop::Other("an SMS without a code".to_owned()))?);

    let listed = client.call(rentnumber::ListRentals {});
    stage.step("list", listed, |rentals| format!("{} rental(s) on the account", rentals.len())).await?;
    let cancelled = client.call(rentnumber::CancelRental { rental_id: rental.rental_id });
    let money = |it: &rentnumber::Cancellation| if it.refunded { "came back" } else { "is spent: an SMS was received" };
    stage.step("release", cancelled, |it| format!("it is {}; the money {}", it.status, money(it))).await?;
    Ok(())
}
