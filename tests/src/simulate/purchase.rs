//! What a process asks for, each time anew.

use serde_json::{Value, json};
use trunkline_core::{Answer, Client};
use trunkline_sandbox::Ids;

/// Numbers that are for sale, by provider.
pub(super) struct Stock {
    pub(super) sinch: Vec<String>,
    pub(super) voepy: Vec<String>,
    pub(super) vonage: Vec<String>,
}

/// The searches that fill it.
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

/// An operation and its parameters. Now and then two processes want the same number.
pub(super) fn draw(random: &mut Ids, stock: &Stock) -> (&'static str, Value) {
    let mut one_of = |numbers: &[String]| {
        let count = u64::try_from(numbers.len()).unwrap_or(u64::MAX).max(1);
        usize::try_from(random.below(count)).ok().and_then(|at| numbers.get(at)).cloned().unwrap_or_default()
    };
    let (sinch, voepy, vonage) = (one_of(&stock.sinch), one_of(&stock.voepy), one_of(&stock.vonage));
    match random.below(6) {
        0 => ("tempnumber.buy_number", json!({ "country_code": "US", "duration": "oneMonth" })),
        1 => ("rentnumber.rent", json!({ "pricing_id": "42" })),
        2 => ("sinch.rent_number", json!({ "phone_number": sinch })),
        3 => ("sinch.rent_any_number", json!({ "region_code": "US", "number_type": "LOCAL" })),
        4 => ("voepy.order_numbers", json!({ "phone_numbers": [voepy], "country_code": "US", "number_type": "local" })),
        _ => ("vonage.buy_number", json!({ "country": "GB", "phone_number": vonage })),
    }
}

/// A client of the world's accounts.
pub(super) fn open_client(config: &trunkline_core::Config, random: &mut Ids) -> Client {
    let mut seed = [0; 16];
    seed[..8].copy_from_slice(&random.next().to_le_bytes());
    seed[8..].copy_from_slice(&random.next().to_le_bytes());
    Client::with_shared_journal(config.clone(), seed).expect("the sandbox's accounts are good")
}
