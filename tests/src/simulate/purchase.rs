//! What a process asks for, each time anew.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use trunkline_core::{Answer, Client};
use trunkline_sandbox::Ids;

/// What is for sale: numbers by provider, and offers of all.
pub(super) struct Stock {
    pub(super) offers: Vec<String>,
    pub(super) sinch: Vec<String>,
    pub(super) voepy: Vec<String>,
    pub(super) vonage: Vec<String>,
}

/// The search that finds offers.
pub(super) const SEARCH: (&str, &str) = ("trunkline.search", r#"{"country":"US","service":"whatsapp","limit":10}"#);

/// The searches that find numbers.
pub(super) const SEARCHES: [(&str, &str); 3] = [
    ("sinch.search_available", r#"{"region_code":"US","number_type":"LOCAL","size":100}"#),
    ("voepy.search_available", r#"{"country_code":"US","number_type":"local","limit":100}"#),
    ("vonage.search_available", r#"{"country":"GB","size":100}"#),
];

/// The phone numbers in a search's answer.
pub(super) fn phone_numbers(answer: &Answer<String>) -> Vec<String> {
    let found: Value = serde_json::from_str(&answer.value).expect("a result is JSON");
    let numbers = found.as_array().or(found["items"].as_array()).expect("a list or a page").iter();
    numbers.filter_map(|number| number["phone_number"].as_str().map(str::to_owned)).collect()
}

/// Offers of all providers. Of those that name no number only the cheapest: nothing but its parameters tells what is bought
/// by them apart, so that of several kinds lost together each would stay unknown.
pub(super) fn offers(answer: &Answer<String>) -> Vec<String> {
    let found: Value = serde_json::from_str(&answer.value).expect("a result is JSON");
    let mut seen = BTreeSet::new();
    let offers = found["offers"].as_array().expect("offers").iter();
    let kept = offers.filter(|offer| offer["phone_number"].is_string() || seen.insert(offer["provider"].to_string()));
    kept.filter_map(|offer| offer["id"].as_str().map(str::to_owned)).collect()
}

/// An operation and its parameters. Now and then two processes want the same number.
pub(super) fn draw(random: &mut Ids, stock: &Stock) -> (&'static str, Value) {
    let mut one_of = |numbers: &[String]| {
        let count = u64::try_from(numbers.len()).unwrap_or(u64::MAX).max(1);
        usize::try_from(random.below(count)).ok().and_then(|at| numbers.get(at)).cloned().unwrap_or_default()
    };
    let (sinch, voepy, vonage) = (one_of(&stock.sinch), one_of(&stock.voepy), one_of(&stock.vonage));
    // Best first.
    let offers = [one_of(&stock.offers), one_of(&stock.offers), one_of(&stock.offers)];
    let count = 1 + usize::try_from(random.below(3)).unwrap_or(0);
    match random.below(8) {
        0 => ("tempnumber.buy_number", json!({ "country_code": "US", "duration": "oneMonth", "number_type": "voip" })),
        1 => ("rentnumber.rent", json!({ "pricing_id": "43" })),
        2 => ("sinch.rent_number", json!({ "phone_number": sinch })),
        3 => ("sinch.rent_any_number", json!({ "region_code": "US", "number_type": "LOCAL" })),
        4 => ("voepy.order_numbers", json!({ "phone_numbers": [voepy], "country_code": "US", "number_type": "local" })),
        5 => ("vonage.buy_number", json!({ "country": "GB", "phone_number": vonage })),
        _ => ("trunkline.buy", json!({ "offers": offers[..count] })),
    }
}

/// A client of the world's accounts.
pub(super) fn open_client(config: &trunkline_core::Config, random: &mut Ids) -> Client {
    let mut seed = [0; 16];
    seed[..8].copy_from_slice(&random.next().to_le_bytes());
    seed[8..].copy_from_slice(&random.next().to_le_bytes());
    Client::with_shared_journal(config.clone(), seed).expect("the sandbox's accounts are good")
}
