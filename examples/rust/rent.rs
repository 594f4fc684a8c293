//! Rents a number, waits for the code that it receives, and prints it: `cargo run -p trunkline --example rent --features
//! sandbox`. Against the pretended RentNumber, in this process; with `Trunkline::from_env()` it is the real one.

use std::time::Duration;
use trunkline::sandbox::{ProviderName, Sandbox, Script};
use trunkline::{ErrorKind, rentnumber};

#[tokio::main(flavor = "current_thread")]
async fn main() -> trunkline::Result<()> {
    let sandbox = Sandbox::start();
    let (from, text) = ("Acme".to_owned(), "Your Acme code is 481516".to_owned());
    sandbox.script_sms(Script { provider: ProviderName::RentNumber, to: None, after_ms: 500, from, text });
    let client = sandbox.client()?;

    let offers = client.call(rentnumber::ListPrices { slug: "whatsapp".to_owned(), country_id: None }).await?;
    let Some(cheapest) = offers.prices.into_iter().min_by_key(|offer| offer.final_price.amount) else {
        println!("nothing on offer");
        return Ok(());
    };
    println!("the cheapest costs {}", cheapest.final_price);

    let rental = match client.call(rentnumber::Rent { pricing_id: cheapest.id }).await {
        Ok(rental) => rental,
        Err(error) if error.kind == ErrorKind::PurchaseUnknown => {
            println!("it may have been rented; look at {:?}", error.candidates);
            return Err(error);
        }
        Err(error) => return Err(error),
    };
    let rental_id = rental.rental_id;
    let received = client.call(rentnumber::GetRental { rental_id }).timeout(Duration::from_secs(60)).wait().await?;
    println!("the code is {}", received.code.unwrap_or_default());
    Ok(())
}
