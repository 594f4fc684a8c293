//! What is wrong is said, and nothing is sent.

use super::{bought, offer};
use serde_json::{Value, json};
use trunkline_core::{Config, Delivery, ErrorKind, Options};
use trunkline_tests::world::World;

#[test]
fn what_cannot_be_meant_is_refused_before_anything_is_sent() {
    let of_a_number =
        "it is no number's id: those that trunkline.list_numbers gives begin with the account and a colon";
    let accounts = "this client has no account \"shop\"; there are: rentnumber, sinch, tempnumber, voepy, vonage";
    let cases: &[(&str, Value, &str, &str)] = &[
        ("search", json!({ "country": "USA" }), "country", "it is two letters (ISO 3166-1 alpha-2), such as GB"),
        ("search", json!({ "digits": { "start": "12a" } }), "digits", "they are 1 to 15 digits"),
        ("search", json!({ "digits": {} }), "digits", "say one of start, anywhere and end"),
        ("search", json!({ "digits": { "start": "1", "end": "2" } }), "digits", "say one of start, anywhere and end"),
        ("search", json!({ "accounts": ["shop"] }), "account", accounts),
        ("search", json!({ "contry": "US" }), "contry", "there is no parameter `contry`, expected one of"),
        (
            "search",
            json!({ "rates": [{ "currency": "NGN", "worth": { "amount": "0.00065" } }] }),
            "rates",
            "say what each currency is worth in one and the same other currency",
        ),
        ("buy", json!({ "offers": [] }), "offers", "give the id of at least one offer"),
        (
            "buy",
            json!({ "offers": ["x"] }),
            "offers",
            "this is no offer's id: give the id of one that trunkline.search",
        ),
        ("buy", json!({ "offers": ["é?=/"] }), "offers", "this is no offer's id"),
        ("quote", json!({}), "offer", "it is required"),
        ("get_number", json!({ "number": "4711" }), "number", of_a_number),
        ("release", json!({ "number": "rentnumber:" }), "number", of_a_number),
        ("release", json!({ "number": "shop:4711" }), "account", accounts),
        ("release", json!({ "number": "sinch:abc" }), "number", "not a telephone number"),
        ("configure", json!({ "number": "sinch:+12015550123" }), "label", "nothing would change"),
        ("renew", json!({ "number": "tempnumber:1", "months": 2 }), "months", "TempNumber renews for 1, 3, 6 or 12"),
    ];
    for (operation, params, field, problem) in cases {
        let mut world = World::new();
        let error = world.call(&format!("trunkline.{operation}"), params).expect_err(operation);
        assert_eq!((error.kind, error.delivery), (ErrorKind::InvalidInput, Delivery::NotSent), "{params}: {error}");
        assert_eq!(error.field.as_deref(), Some(*field), "{params}: {error}");
        assert!(error.message.starts_with(&format!("{field}: {problem}")), "{params}: {error}");
        assert_eq!(world.requests.len(), 0, "{params}");
    }
}

#[test]
fn an_offer_of_another_client_is_refused_where_its_account_is_not() {
    let mut world = World::with(serde_json::from_str("{}").expect("settings"), |config| {
        let mut shop = Config::default();
        shop.set("shop", "provider", "rentnumber");
        shop.set("shop", "base_url", "http://localhost/rentnumber/api/v1");
        shop.set("shop", "api_key", "other");
        config.add(shop);
    });
    let found = world.call("trunkline.search", &json!({ "service": "whatsapp", "accounts": ["shop"] })).expect("found");
    let mut elsewhere = World::new();
    let offers = json!({ "offers": [found["offers"][0]["id"]] });
    let error = elsewhere.call("trunkline.buy", &offers).expect_err("another account's");
    assert_eq!(
        error.to_string(),
        "trunkline.buy: account: this client has no account \"shop\"; there are: rentnumber, sinch, tempnumber, voepy, vonage \
         [invalid_input]. Correct it and call again."
    );
    assert_eq!(elsewhere.requests.len(), 0);
}

#[test]
fn an_offers_id_buys_nothing_but_what_a_search_can_find() {
    let forged = [
        ("vonage", "vonage.top_up", json!({ "transaction_reference": "8ef2447e69604f642ae59363aa5f781b" })),
        ("vonage", "sinch.rent_number", json!({ "phone_number": "+12015550123" })),
        ("vonage", "trunkline.buy", json!({ "offers": [] })),
        ("sinch", "sinch.rent_any_number", json!({ "region_code": "US", "number_type": "LOCAL" })),
        ("vonage", "vonage.buy_number", json!({ "country": "GB" })),
    ];
    for (account, operation, params) in forged {
        let ticket = json!({ "account": account, "operation": operation, "params": params.to_string(), "price": {} });
        let mut world = World::new();
        let id = encode(ticket.to_string().as_bytes());
        let error = world.call("trunkline.buy", &json!({ "offers": [id] })).expect_err(operation);
        assert_eq!((error.kind, error.delivery), (ErrorKind::InvalidInput, Delivery::NotSent), "{error}");
        assert_eq!(world.requests.len(), 0, "{operation}");
    }
}

/// base64url without an end.
fn encode(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let sextets = |chunk: &[u8]| {
        let bits = chunk.iter().enumerate().fold(0_u32, |bits, (at, byte)| bits | u32::from(*byte) << (16 - 8 * at));
        (0..=chunk.len()).map(move |at| char::from(ALPHABET[(bits >> (18 - 6 * at)) as usize & 63])).collect::<String>()
    };
    bytes.chunks(3).map(sextets).collect()
}

#[test]
fn a_number_released_meanwhile_is_said_to_be_over() {
    // What the provider says when it is given up once more, and what it is read as.
    for (account, again, status) in [
        ("vonage", Some(ErrorKind::Refused), None),
        ("rentnumber", Some(ErrorKind::InvalidInput), Some("refunded")),
        ("tempnumber", None, Some("cancelled")),
    ] {
        let mut world = World::new();
        let number = json!({ "number": bought(&mut world, account)["id"] });
        world.call("trunkline.release", &number).expect("released");
        let released = world.call("trunkline.release", &number);
        assert_eq!(released.err().map(|error| error.kind), again, "{account}");
        match (status, world.call("trunkline.get_number", &number)) {
            (Some(status), Ok(read)) => assert_eq!(read["status"], status, "{account}"),
            (None, Err(error)) => assert_eq!(error.kind, ErrorKind::NotFound, "{account}: {error}"),
            (_, read) => panic!("{account}: {read:?}"),
        }
    }
}

#[test]
fn an_offer_that_is_gone_is_out_of_stock() {
    for account in ["sinch", "vonage"] {
        let mut world = World::new();
        let offer = offer(&mut world, account);
        world.call("trunkline.buy", &json!({ "offers": [offer["id"]] })).expect("bought");
        let error = world.call("trunkline.quote", &json!({ "offer": offer["id"] })).expect_err("gone");
        assert_eq!(error.kind, ErrorKind::OutOfStock, "{account}: {error}");
    }
}

#[test]
fn what_cannot_be_priced_again_is_bought_as_it_was_offered_and_never_under_a_limit_of_ones_own() {
    let mut world = World::new();
    // Voepy shows a hundred numbers, and this one is not among them any more.
    let offer = offer(&mut world, "voepy");
    let id = json!([offer["id"]]);
    world.call("trunkline.buy", &json!({ "offers": id })).expect("bought");
    let error = world.call("trunkline.quote", &json!({ "offer": offer["id"] })).expect_err("not to be seen");
    assert_eq!((error.kind, error.delivery), (ErrorKind::Unsupported, Delivery::NotSent));
    let limit = json!({ "amount": "9.00", "currency": "USD" });
    let error = world.call("trunkline.buy", &json!({ "offers": id, "max_price": limit })).expect_err("not to be seen");
    assert_eq!((error.kind, error.delivery), (ErrorKind::Unsupported, Delivery::NotSent));
    // Asked for without one, the order is sent, and refused by Voepy: the number is taken.
    let error = world.call("trunkline.buy", &json!({ "offers": id })).expect_err("taken");
    assert_eq!(error.delivery, Delivery::NotSent, "{error}");
    assert_eq!(world.purchases("voepy"), 1);
}

#[test]
fn a_client_without_accounts_says_so() {
    let client = trunkline_core::Client::new(Config::default(), [1; 16]).expect("a client");
    let mut world = World { client, ..World::new() };
    let flow = world.client.start("trunkline.balances", "{}", Options::default());
    let error = world.run(flow).expect_err("no account");
    assert_eq!(error.message, "accounts: this client has no account: give it the settings of one");
}
