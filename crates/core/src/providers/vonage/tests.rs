//! What no vector can show: what a host stores it can read again, and what a call leaves behind in its account.

use super::*;
use crate::call::Options;
use crate::client::Client;
use crate::config::Config;
use crate::flow::{Action, Outcome, Step};
use crate::http::Request;
use crate::paging::Page;
use crate::time::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

/// Reads what a host was given, and writes it again.
fn assert_symmetric<T: Serialize + DeserializeOwned + PartialEq + Debug>(text: &str) {
    let value: T = serde_json::from_str(text).unwrap();
    let written = serde_json::to_string(&value).unwrap();
    assert_eq!(serde_json::from_str::<T>(&written).unwrap(), value);
    assert_eq!(written, text);
}

#[test]
fn what_a_host_stores_it_can_read_again() {
    assert_symmetric::<Balance>(r#"{"balance":{"amount":"29.18202293","currency":"EUR"},"auto_reload":false}"#);
    assert_symmetric::<Confirmation>(
        r#"{"country":"GB","phone_number":"+447700900000","error_code":null,"error_code_label":null}"#,
    );
    assert_symmetric::<TopUpConfirmation>(r#"{"error_code":"200","error_code_label":"success"}"#);
    assert_symmetric::<Settings>(
        r#"{"api_secret":"s","mo_callback_url":null,"dr_callback_url":"https://x","max_outbound_request":30,"max_inbound_request":30,"max_calls_per_second":null}"#,
    );
    assert_symmetric::<Page<OwnedNumber>>(
        r#"{"items":[{"country":"US","phone_number":"+14155550100","number_type":"satellite","features":["FAX","SMS"],"mo_http_url":"https://x","voice_callback_type":"tel","voice_callback_value":"44","voice_status_callback":"https://y","messages_callback_type":"app","messages_callback_value":"a","app_id":"b"}],"next":"2","total":11}"#,
    );
    assert_symmetric::<Page<AvailableNumber>>(
        r#"{"items":[{"country":"GB","phone_number":"+447700900000","cost":{"amount":"0.50","currency":"EUR"},"number_type":null,"features":[]}],"next":null,"total":null}"#,
    );
    assert_symmetric::<PriceList>(
        r#"{"count":1,"countries":[{"country":null,"country_name":"Canada","country_display_name":null,"dialing_prefix":"1","default_price":{"amount":"0.00620000","currency":"USD"},"networks":[{"network_code":"302530","network_name":"K","network_type":"mobile","mcc":"302","mnc":"530","price":null,"ranges":["1204"],"aliases":[]}]}]}"#,
    );
}

#[test]
fn what_a_journal_holds_it_can_read_again() {
    assert_symmetric::<BuyNumber>(r#"{"country":"GB","phone_number":"+447700900000"}"#);
    assert_symmetric::<SearchAvailable>(
        r#"{"country":"GB","number_type":"landline","pattern":"44","search_pattern":"ends_with","features":["SMS"],"size":5,"index":2}"#,
    );
    assert_symmetric::<UpdateSettings>(r#"{"new_secret":"s","mo_callback_url":null}"#);
    assert_symmetric::<UpdateNumber>(r#"{"country":"GB","phone_number":"+447700900000","mo_http_url":null}"#);
}

/// Plays one call that is answered once, and gives what it sent.
fn play(client: &Client, operation: &str, params: &str, reply: &str) -> Request {
    let now = Timestamp::EPOCH;
    let mut flow = client.start(operation, params, Options::default());
    let mut sent = None;
    loop {
        match flow.step(now) {
            Step::Perform(id, Action::Send { request, .. }) => {
                sent = Some(request);
                let response = Response { status: 200, headers: Vec::new(), body: reply.as_bytes().to_vec() };
                flow.resolve(now, id, Outcome::Answered(response));
            }
            Step::Done(result) => {
                result.unwrap();
                return sent.unwrap();
            }
            _ => panic!("nothing else is to be done"),
        }
    }
}

#[test]
fn a_client_signs_with_its_new_secret_once_vonage_has_confirmed_it() {
    let config = r#"{"vonage":{"api_key":"aaa012","api_secret":"abc123456789","auth":"query"}}"#;
    let client = Client::new(Config::from_json(config).unwrap(), [7; 16]).unwrap();
    let url_of_a_read = || play(&client, "vonage.get_balance", "{}", r#"{"value":1}"#).url;
    let set = r#"{"new_secret":"ZYXWvuts98765abc"}"#;
    assert!(url_of_a_read().ends_with("api_secret=abc123456789"));
    // Without the secret in the reply nothing says that it was changed.
    play(&client, "vonage.update_settings", set, r#"{"max-outbound-request":30}"#);
    assert!(url_of_a_read().ends_with("api_secret=abc123456789"));
    // Nor does the secret in the reply to a call that set none.
    play(&client, "vonage.update_settings", "{}", r#"{"api-secret":"xxxx"}"#);
    assert!(url_of_a_read().ends_with("api_secret=abc123456789"));
    play(&client, "vonage.update_settings", set, r#"{"api-secret":"ZYXWvuts98765abc"}"#);
    assert!(url_of_a_read().ends_with("api_secret=ZYXWvuts98765abc"));
}

#[test]
fn pricing_is_asked_for_once_a_second_and_the_rest_as_fast_as_you_like() {
    for entry in ENTRY.operations {
        let pricing = entry.endpoint.id.ends_with("_pricing");
        assert_eq!(entry.endpoint.limit, if pricing { "pricing" } else { "" }, "{}", entry.endpoint.id);
    }
}
