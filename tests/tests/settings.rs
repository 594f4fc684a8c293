//! What is wrong with settings is said before anything is sent, by the setting's name, and without its value.

use serde_json::json;
use trunkline_core::{Client, Config, Error, ErrorKind, Options, Result, Timestamp};

fn open(config: &serde_json::Value) -> Result<Client> {
    Client::new(Config::from_json(&config.to_string())?, [7; 16])
}

fn problem(config: &serde_json::Value) -> (String, String) {
    let error = open(config).expect_err("something is wrong with it");
    assert_eq!(error.kind, ErrorKind::InvalidInput);
    (error.field.clone().unwrap_or_default(), error.message.clone())
}

fn error_of_call(client: &Client, operation: &str, account: Option<&str>) -> Error {
    let options = Options { account: account.map(str::to_owned), ..Options::default() };
    match client.start(operation, "{}", options).step(Timestamp::EPOCH) {
        trunkline_core::Step::Done(Err(error)) => error,
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_setting_that_is_missing_is_named() {
    let (field, message) = problem(&json!({ "vonage": { "api_key": "k" } }));
    assert_eq!(
        (field.as_str(), message.as_str()),
        ("vonage.api_secret", "account \"vonage\": api_secret: it is required")
    );
}

#[test]
fn a_setting_that_does_not_exist_is_named_with_those_that_do() {
    let (field, message) = problem(&json!({ "tempnumber": { "tokken": "t" } }));
    assert_eq!(field, "tempnumber.tokken");
    assert!(message.contains("it has: token, base_url, rate_limit, utc_offset"), "{message}");
}

#[test]
fn voepy_needs_its_base_url() {
    let (field, message) = problem(&json!({ "voepy": { "api_key": "k" } }));
    assert_eq!(field, "voepy.base_url");
    assert!(message.contains("does not document its host: set base_url"), "{message}");
}

#[test]
fn credentials_do_not_go_over_plain_http_nor_to_a_host_in_disguise() {
    for base_url in [
        "http://api.example.com",
        "http://127.0.0.1.example.com",
        "https://user@example.com",
        "example.com",
        "file:///x",
    ] {
        let (field, _) = problem(&json!({ "tempnumber": { "token": "t", "base_url": base_url } }));
        assert_eq!(field, "tempnumber.base_url", "{base_url}");
    }
    for base_url in ["http://127.0.0.1:8080/v1", "http://[::1]:1", "http://localhost", "https://api.example.com/v1/"] {
        assert!(open(&json!({ "tempnumber": { "token": "t", "base_url": base_url } })).is_ok(), "{base_url}");
    }
}

#[test]
fn a_credential_of_the_wrong_form_is_not_quoted() {
    for config in [
        json!({ "tempnumber": { "token": ["hunter2"] } }),
        json!({ "tempnumber": "hunter2" }),
        json!({ "sinch": { "project_id": "p", "key_id": "k", "key_secret": { "hunter2": 1 } } }),
        json!({ "tempnumber": { "token": "hunter2\n" } }),
        json!({ "rentnumber": { "api_key": 4242_4242 } }),
    ] {
        let (field, message) = problem(&config);
        assert!(
            !message.contains("hunter2") && !message.contains("42424242") && !field.is_empty(),
            "{field}: {message}"
        );
    }
    let error = Config::from_json("{\"tempnumber\": hunter2}").expect_err("no JSON");
    assert!(!format!("{error} {error:?}").contains("hunter2"));
}

#[test]
fn a_line_break_in_a_credential_is_found_before_it_ends_a_header() {
    let (field, message) = problem(&json!({ "tempnumber": { "token": "abc\r\nx-evil: 1" } }));
    assert_eq!(field, "tempnumber.token");
    assert!(message.contains("line break"), "{message}");
}

#[test]
fn limits_are_written_as_requests_and_seconds() {
    for (setting, value) in [
        ("rate_limit", "0/1"),
        ("rate_limit", "60"),
        ("rate_limit", "1/0"),
        ("utc_offset", "Lagos"),
        ("body_limit", "big"),
    ] {
        let (field, _) = problem(&json!({ "rentnumber": { setting: value } }));
        assert_eq!(field, format!("rentnumber.{setting}"), "{value}");
    }
    let settings = json!({ "rentnumber": { "rate_limit": "none", "utc_offset": "+01:00", "body_limit": 1024, "idempotency_window": "60" },
                           "vonage": { "api_key": "k", "api_secret": "s", "pricing_rate_limit": "2/1" } });
    assert!(open(&settings).is_ok());
}

#[test]
fn what_is_public_works_without_an_account_and_the_rest_says_what_to_set() {
    let client = open(&json!({})).expect("nothing is wrong with no account");
    let options = Options::default();
    let mut flow = client.start("rentnumber.list_services", "{}", options);
    assert!(matches!(flow.step(Timestamp::EPOCH), trunkline_core::Step::Perform(..)));
    let error = error_of_call(&client, "vonage.get_balance", None);
    assert!(error.message.contains("TRUNKLINE_VONAGE_API_KEY, TRUNKLINE_VONAGE_API_SECRET"), "{error}");
    let error = error_of_call(&client, "voepy.get_account", None);
    assert!(error.message.contains("TRUNKLINE_VOEPY_BASE_URL"), "{error}");
}

#[test]
fn two_accounts_at_one_provider_are_told_apart_by_name() {
    let account = |secret: &str| json!({ "provider": "vonage", "api_key": "k", "api_secret": secret });
    let client = open(&json!({ "work": account("a"), "home": account("b") })).expect("two accounts");
    let error = error_of_call(&client, "vonage.get_balance", None);
    assert_eq!((error.kind, error.field.as_deref()), (ErrorKind::InvalidInput, Some("account")));
    let error = error_of_call(&client, "vonage.get_balance", Some("play"));
    assert!(error.message.contains("there are: home, work"), "{error}");
    let options = Options { account: Some("work".to_owned()), ..Options::default() };
    let mut flow = client.start("vonage.get_balance", "{}", options);
    assert!(matches!(flow.step(Timestamp::EPOCH), trunkline_core::Step::Perform(..)));
}

#[test]
fn the_environment_describes_accounts_and_does_not_replace_what_is_there() {
    let mut config = Config::from_json(r#"{"vonage": {"api_key": "from the file"}}"#).expect("JSON");
    let variables = [
        ("TRUNKLINE_VONAGE_API_KEY", "from outside"),
        ("TRUNKLINE_VONAGE_API_SECRET", "s"),
        ("TRUNKLINE_VOEPY_API_KEY", "k"),
        ("TRUNKLINE_VOEPY_BASE_URL", "https://voepy.example"),
        ("TRUNKLINE_CONFIG", "x"),
        ("PATH", "/bin"),
    ];
    config.add_environment(variables.map(|(name, value)| (name.to_owned(), value.to_owned())));
    let mut expected = Config::default();
    expected.set("vonage", "api_key", "from the file");
    expected.set("vonage", "api_secret", "s");
    expected.set("voepy", "api_key", "k");
    expected.set("voepy", "base_url", "https://voepy.example");
    assert_eq!(config, expected);
    assert!(Client::new(config.clone(), [7; 16]).is_ok());
    assert_eq!(format!("{config:?}"), r#"{"voepy", "vonage"}"#);
}
