//! Calls at a served sandbox, as a person or a script makes them.

mod common;

use common::Sandbox;
use serde_json::{Value, json};
use std::io::Read;
use std::process::Stdio;

#[test]
fn prices_are_a_table_for_people_and_json_for_programs() {
    let sandbox = Sandbox::start();
    let people = sandbox.run(&["rentnumber", "list-prices", "--slug", "whatsapp"]);
    assert_eq!(people.code, Some(0), "{people:?}");
    let header = people.out.lines().find(|line| line.contains("final price")).expect("a header");
    let row = people.out.lines().find(|line| line.contains("Nigeria")).expect("a row");
    // Money is aligned to the right.
    assert_eq!(
        header.find("final price").unwrap() + "final price".len(),
        row.find("NGN").unwrap() + 3,
        "{}",
        people.out
    );

    let programs = sandbox.run(&["rentnumber", "list-prices", "--slug=whatsapp", "--json"]);
    assert_eq!(programs.json()["prices"][0]["final_price"]["amount"], "450.00");
    assert_eq!(programs.out.lines().count(), 1);
}

#[test]
fn a_purchase_can_be_waited_for_until_its_sms_is_there() {
    let sandbox = Sandbox::start();
    let rental = sandbox.run(&["rentnumber", "rent", "--pricing-id", "42", "--json"]).json();
    let (id, number) = (rental["rental_id"].as_str().unwrap(), rental["phone_number"].as_str().unwrap());
    let message = json!({ "provider": "rentnumber", "to": number, "from": "Acme", "text": "Your code is 123456" });
    sandbox.control("POST", "messages", &message);
    let received = sandbox.run(&["rentnumber", "get-rental", "--rental-id", id, "--wait"]);
    assert_eq!(received.code, Some(0), "{received:?}");
    assert!(received.out.contains("123456"), "{received:?}");
}

#[test]
fn waiting_ends_when_its_time_is_over() {
    let sandbox = Sandbox::start();
    let rental = sandbox.run(&["rentnumber", "rent", "--pricing-id", "42", "--json"]).json();
    let id = rental["rental_id"].as_str().unwrap();
    let waited = sandbox.run(&["rentnumber", "get-rental", "--rental-id", id, "--wait", "--timeout", "2s"]);
    assert_eq!(waited.code, Some(15), "{waited:?}");
    assert!(waited.err.contains("timed_out"), "{waited:?}");
}

#[test]
fn an_error_says_what_happened_and_has_its_own_exit_code() {
    let sandbox = Sandbox::start();
    let missing = sandbox.run(&["rentnumber", "get-rental", "--rental-id", "999"]);
    assert_eq!((missing.code, missing.out.as_str()), (Some(6), ""), "{missing:?}");
    let lines: Vec<&str> = missing.err.lines().collect();
    assert!(lines[0].starts_with("error: "), "{missing:?}");
    assert!(lines[1].contains("rentnumber.get_rental · not_found, status 404 · not carried out"), "{missing:?}");

    let json = sandbox.run(&["rentnumber", "get-rental", "--rental-id", "999", "--json"]);
    let error: Value = serde_json::from_str(&json.err).expect("JSON");
    assert_eq!((&error["kind"], &error["delivery"]), (&"not_found".into(), &"refused".into()));
}

#[test]
fn all_pages_are_one_json_text_a_line() {
    let sandbox = Sandbox::start();
    let all = sandbox.run(&["vonage", "search-available", "--country", "GB", "--size", "100", "--all", "--json"]);
    assert_eq!(all.code, Some(0), "{}", all.err);
    let lines: Vec<Value> = all.out.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert!(lines.len() > 1000, "{}", lines.len());
    assert!(lines.iter().all(|item| item["country"] == "GB"));
}

#[test]
fn the_raw_reply_is_shown_without_credentials() {
    let sandbox = Sandbox::start();
    let raw = sandbox.run(&["rentnumber", "get-balance", "--raw"]);
    assert!(raw.out.starts_with("HTTP 200\n"), "{raw:?}");
    assert!(raw.out.contains("content-type: application/json") && raw.out.contains("\"balance\""), "{raw:?}");
    let refused = sandbox.run(&["rentnumber", "get-rental", "--rental-id", "999", "--raw"]);
    assert!(refused.out.starts_with("HTTP 404\n"), "{refused:?}");
    assert_eq!(refused.code, Some(6));
}

#[test]
fn a_secret_is_shown_only_when_it_is_asked_for() {
    let sandbox = Sandbox::start();
    let secret = "callback-secret";
    let call = ["sinch", "get-callback-configuration"];
    let hidden = sandbox.run(&call);
    assert_eq!(hidden.code, Some(0), "{hidden:?}");
    assert!(hidden.out.contains("***") && !hidden.out.contains(secret), "{hidden:?}");
    let raw = sandbox.run(&[&call[..], &["--raw"]].concat());
    assert!(!raw.out.contains(secret), "{raw:?}");
    for asked in ["--show-secrets", "--json"] {
        let shown = sandbox.run(&[&call[..], &[asked]].concat());
        assert!(shown.out.contains(secret), "{shown:?}");
    }
}

#[test]
fn what_is_shown_of_a_call_holds_no_credential() {
    let sandbox = Sandbox::start();
    let shown = sandbox.run(&["-vv", "sinch", "search-available", "--region-code", "US", "--number-type", "LOCAL"]);
    assert_eq!(shown.code, Some(0), "{shown:?}");
    assert!(shown.err.contains("sinch.search_available") && shown.err.contains("status=200"), "{shown:?}");
    for (name, value) in sandbox.printed["environment"].as_object().unwrap() {
        let value = value.as_str().unwrap();
        if ["KEY", "SECRET", "TOKEN"].iter().any(|word| name.ends_with(word)) {
            assert!(!shown.err.contains(value), "{name} in {}", shown.err);
        }
    }
}

#[test]
fn a_reader_that_goes_away_is_no_failure() {
    let sandbox = Sandbox::start();
    let arguments = ["vonage", "search-available", "--country", "GB", "--all", "--json"];
    let mut child =
        sandbox.command(&arguments).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let mut first = [0; 1];
    let mut reader = child.stdout.take().expect("piped");
    reader.read_exact(&mut first).expect("a byte");
    drop(reader);
    let ended = child.wait_with_output().expect("it ends");
    let words = String::from_utf8_lossy(&ended.stderr);
    assert_eq!((ended.status.code(), words.as_ref()), (Some(0), ""));
}

#[test]
fn what_was_not_sent_is_not_asked_for_twice() {
    let sandbox = Sandbox::start();
    let missing = sandbox.run(&["voepy", "order-numbers", "--phone-numbers", "+15125550100"]);
    assert_eq!(missing.code, Some(2), "{missing:?}");
    assert!(missing.err.contains("--country-code") && missing.err.contains("--number-type"), "{missing:?}");
    let whole = r#"{"phone_numbers":["+15125550100"],"country_code":"US","number_type":"local"}"#;
    let ordered = sandbox.run(&["voepy", "order-numbers", "--params", whole, "--json"]);
    assert_eq!(ordered.json()[0]["phone_number"], "+15125550100");
}
