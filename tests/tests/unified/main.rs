//! The unified layer, against all five sandboxes.

mod bad_input;
mod buying;
mod everywhere;
mod inbox;
mod searching;
mod spending;

use serde_json::{Value, json};
use trunkline_tests::world::World;

/// The accounts of a world, in the order of the providers.
const ACCOUNTS: [&str; 5] = ["tempnumber", "rentnumber", "sinch", "voepy", "vonage"];

/// The offers of one account, cheapest first.
fn offers(world: &mut World, account: &str) -> Vec<Value> {
    let search = json!({ "country": "US", "service": "whatsapp", "accounts": [account] });
    let found = world.call("trunkline.search", &search).expect("searched");
    assert_eq!(found["failures"], json!([]), "{account}");
    found["offers"].as_array().expect("a list").clone()
}

/// The cheapest offer of one account.
fn offer(world: &mut World, account: &str) -> Value {
    offers(world, account).into_iter().next().expect("it has something to sell")
}

/// A number bought at one account.
fn bought(world: &mut World, account: &str) -> Value {
    let offer = offer(world, account);
    world.call("trunkline.buy", &json!({ "offers": [offer["id"]] })).expect("bought")["number"].clone()
}
