//! Buying: once, at no more than the price that was seen, the next offer only when the one before is certainly not bought.

use super::{ACCOUNTS, offer, offers};
use serde_json::{Value, json};
use trunkline_core::{Delivery, ErrorKind, Options, registry};
use trunkline_sandbox::{Fault, FaultKind, ProviderName};
use trunkline_tests::world::World;

/// A fault of the one request that buys at that provider.
pub(crate) fn on_purchase(account: &str, kind: FaultKind) -> Fault {
    let id = match account {
        "tempnumber" => "tempnumber.buy_number",
        "rentnumber" => "rentnumber.rent",
        "sinch" => "sinch.rent_number",
        "voepy" => "voepy.order_numbers",
        _ => "vonage.buy_number",
    };
    let endpoint = registry::find(id).expect("an operation").endpoint;
    let operation = Some(format!("{} {}", endpoint.method, endpoint.path));
    Fault { provider: ProviderName::from_slug(account), operation, ..Fault::new(kind) }
}

/// How many requests a purchase takes that nothing befalls.
fn requests_undisturbed(account: &str) -> usize {
    let mut world = World::new();
    let offer = offer(&mut world, account);
    let before = world.requests.len();
    buy(&mut world, &[&offer["id"]]).expect("bought");
    world.requests.len() - before
}

fn buy(world: &mut World, ids: &[&Value]) -> trunkline_core::Result<Value> {
    world.call("trunkline.buy", &json!({ "offers": ids }))
}

#[test]
fn a_purchase_whose_answer_is_lost_is_bought_once_at_every_provider() {
    for account in ACCOUNTS {
        for kind in [FaultKind::LostAfterActing, FaultKind::LostBeforeActing, FaultKind::CutMidBody] {
            let mut world = World::new();
            let offer = offer(&mut world, account);
            let before = world.requests.len();
            world.add_fault(Fault { times: Some(1), ..on_purchase(account, kind) });
            let bought = buy(&mut world, &[&offer["id"]]);
            assert!(
                world.requests.len() - before > requests_undisturbed(account),
                "{account} {kind:?}: it was disturbed"
            );
            let purchases = world.purchases(account);
            match bought {
                Ok(bought) => {
                    assert_eq!(purchases, 1, "{account} {kind:?}");
                    assert!(bought["number"]["id"].is_string());
                }
                // RentNumber has no way to be asked again: what was lost before it acted stays unknown.
                Err(error) => {
                    assert_eq!(error.kind, ErrorKind::PurchaseUnknown, "{account} {kind:?}: {error}");
                    assert_eq!((account, kind, purchases), ("rentnumber", FaultKind::LostBeforeActing, 0));
                }
            }
        }
    }
}

#[test]
fn the_next_offer_is_bought_when_the_one_before_is_refused() {
    let mut world = World::new();
    let (first, second) = (offer(&mut world, "vonage"), offer(&mut world, "voepy"));
    // Somebody else buys it first.
    let native = &first["native"];
    let number = json!({ "country": native["country"], "phone_number": native["phone_number"] });
    world.call("vonage.buy_number", &number).expect("bought by somebody else");
    let bought = buy(&mut world, &[&first["id"], &second["id"]]).expect("the second");
    assert_eq!((&bought["number"]["account"], &bought["offer"]), (&json!("voepy"), &second["id"]));
    let passed_over = bought["passed_over"].as_array().expect("a list");
    assert_eq!(passed_over.len(), 1);
    assert_eq!((&passed_over[0]["account"], &passed_over[0]["kind"]), (&json!("vonage"), &json!("out_of_stock")));
    assert_eq!((world.purchases("vonage"), world.purchases("voepy")), (1, 1));
}

#[test]
fn the_next_offer_is_not_tried_while_the_one_before_may_have_been_bought() {
    let mut world = World::new();
    let (first, second) = (offer(&mut world, "rentnumber"), offer(&mut world, "voepy"));
    world.add_fault(Fault { times: Some(1), ..on_purchase("rentnumber", FaultKind::LostBeforeActing) });
    let error = buy(&mut world, &[&first["id"], &second["id"]]).expect_err("nobody can tell");
    assert_eq!((error.kind, error.delivery), (ErrorKind::PurchaseUnknown, Delivery::Unknown));
    assert_eq!((world.purchases("rentnumber"), world.purchases("voepy")), (0, 0));
}

#[test]
fn when_no_offer_can_be_bought_the_error_says_why_for_each() {
    let mut world = World::new();
    let (first, second) = (offer(&mut world, "rentnumber"), offer(&mut world, "voepy"));
    let limit = json!({ "amount": "0.01", "currency": "USD" });
    let params = json!({ "offers": [first["id"], second["id"]], "max_price": limit });
    let error = world.call("trunkline.buy", &params).expect_err("too dear");
    assert_eq!((error.kind, error.delivery), (ErrorKind::InvalidInput, Delivery::NotSent));
    assert_eq!(
        error.message,
        "nothing was bought: max_price: it costs 2.50 USD now, which is more than 0.01 USD (before it: rentnumber: nothing \
         was bought: max_price: it is in another currency than the price, 1200.00 NGN)"
    );
    assert_eq!((world.purchases("rentnumber"), world.purchases("voepy")), (0, 0));
}

#[test]
fn one_key_is_not_used_for_several_offers() {
    let mut world = World::new();
    let offers = offers(&mut world, "tempnumber");
    let params = json!({ "offers": [offers[0]["id"], offers[1]["id"]] });
    let key =
        Options { idempotency_key: Some("0f8fad5b-d9cb-469f-a165-70867728950e".to_owned()), ..Options::default() };
    let before = world.requests.len();
    let flow = world.client.start("trunkline.buy", &params.to_string(), key.clone());
    let error = world.run(flow).expect_err("two purchases");
    assert_eq!((error.field.as_deref(), error.delivery), (Some("idempotency_key"), Delivery::NotSent));
    assert_eq!(world.requests.len(), before);
    for _ in 0..2 {
        let one = json!({ "offers": [offers[0]["id"]] });
        let flow = world.client.start("trunkline.buy", &one.to_string(), key.clone());
        world.run(flow).expect("bought, and told again");
    }
    assert_eq!(world.purchases("tempnumber"), 1);
}

#[test]
fn what_is_bought_says_for_how_long() {
    let mut world = World::new();
    let offer = offer(&mut world, "tempnumber");
    assert_eq!(buy(&mut world, &[&offer["id"]]).expect("bought")["number"]["term"], offer["term"]);
}

#[test]
fn what_now_costs_more_than_the_offer_said_is_not_bought() {
    let mut world = World::new();
    let offer = offer(&mut world, "rentnumber");
    // As it was when it was cheaper.
    let cheaper = reprice(&offer, "1000.00");
    let error = buy(&mut world, &[&cheaper]).expect_err("it costs more now");
    assert_eq!(
        error.message,
        "nothing was bought: max_price: it costs 1200.00 NGN now, which is more than 1000.00 NGN"
    );
    assert_eq!((error.delivery, world.purchases("rentnumber")), (Delivery::NotSent, 0));
    // Unless the caller says that this is fine.
    let most = json!({ "offers": [cheaper], "max_price": { "amount": "1200.00", "currency": "NGN" } });
    let bought = world.call("trunkline.buy", &most).expect("bought");
    assert_eq!(bought["price"]["once"], json!({ "amount": "1200.00", "currency": "NGN" }));
}

/// The id of an offer as it would be if its price had been this.
fn reprice(offer: &Value, amount: &str) -> Value {
    let id = offer["id"].as_str().expect("an id");
    let text = String::from_utf8(decode(id)).expect("JSON");
    let price = offer["price"]["once"]["amount"].as_str().expect("a price");
    json!(encode(text.replace(&format!("\"{price}\""), &format!("\"{amount}\"")).as_bytes()))
}

const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

fn decode(text: &str) -> Vec<u8> {
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for byte in text.bytes() {
        let value = ALPHABET.iter().position(|it| *it == byte).expect("of the alphabet");
        bits = (bits << 6) | u32::try_from(value).expect("below 64");
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((bits >> held) & 0xFF).expect("a byte"));
        }
    }
    bytes
}

fn encode(bytes: &[u8]) -> String {
    let sextets = |chunk: &[u8]| {
        let bits = chunk.iter().enumerate().fold(0_u32, |bits, (at, byte)| bits | u32::from(*byte) << (16 - 8 * at));
        (0..=chunk.len()).map(move |at| char::from(ALPHABET[(bits >> (18 - 6 * at)) as usize & 63])).collect::<String>()
    };
    bytes.chunks(3).map(sextets).collect()
}

#[test]
fn a_reservation_is_bought_until_it_ends_and_not_after() {
    let mut world = World::new();
    let all = offers(&mut world, "voepy");
    let held = |world: &mut World, offer: &Value| {
        world.call("trunkline.reserve", &json!({ "offer": offer["id"] })).expect("held")
    };
    let (early, late) = (held(&mut world, &all[0]), held(&mut world, &all[1]));
    let bought = buy(&mut world, &[&early["id"]]).expect("bought in time");
    assert_eq!(bought["number"]["phone_number"], all[0]["phone_number"]);
    assert_eq!(bought["price_checked"], false, "what is held costs what it did");
    world.pass(std::time::Duration::from_secs(3600));
    let error = buy(&mut world, &[&late["id"]]).expect_err("too late");
    assert_eq!((error.kind, error.delivery), (ErrorKind::Ended, Delivery::NotSent));
    assert!(error.message.starts_with("its reservation ended at "), "{error}");
    assert_eq!(world.purchases("voepy"), 1);
}

#[test]
fn nothing_is_bought_where_the_price_could_not_be_asked() {
    for account in ACCOUNTS {
        let mut world = World::new();
        let offer = offer(&mut world, account);
        world.add_fault(Fault { provider: ProviderName::from_slug(account), ..Fault::new(FaultKind::ServerError) });
        let error = buy(&mut world, &[&offer["id"]]).expect_err("the provider is down");
        assert_eq!((error.kind, error.delivery), (ErrorKind::ProviderDown, Delivery::NotSent), "{account}: {error}");
        assert!(error.message.starts_with("nothing was bought: "), "{error}");
        assert_eq!((world.purchases(account), world.journal.len()), (0, 0), "{account}");
    }
}
