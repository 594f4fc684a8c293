use super::*;
use crate::providers::vonage::EmptyList;

const OWNED_SAMPLE: &str = concat!(
    r#"{"count":1,"numbers":[{"country":"GB","msisdn":"447700900000","moHttpUrl":"https://example.com/mo","#,
    r#""type":"mobile-lvn","features":["VOICE","SMS"],"voiceCallbackType":"app","#,
    r#""voiceCallbackValue":"aaaaaaaa-bbbb-cccc-dddd-0123456789ab"}]}"#,
);
const APPLICATION: &str = "aaaaaaaa-bbbb-cccc-dddd-0123456789ab";
/// The changes after which the sample number is listed as the page has it.
pub(super) const UPDATE_SAMPLE: &str = "country=GB&msisdn=447700900000&moHttpUrl=https%3A%2F%2Fexample.com%2Fmo\
    &voiceCallbackType=app&voiceCallbackValue=aaaaaaaa-bbbb-cccc-dddd-0123456789ab";

fn number(country: &str, msisdn: &str, cost: &str, kind: &str, features: &str) -> String {
    format!(r#"{{"country":"{country}","msisdn":"{msisdn}","cost":"{cost}","type":"{kind}","features":[{features}]}}"#)
}

#[test]
fn both_search_paths_answer_alike() {
    let sample = number("GB", "447700900000", "0.50", "mobile-lvn", r#""VOICE","SMS""#);
    let body = format!(r#"{{"count":1234,"numbers":[{sample}]}}"#);
    for path in ["/number/search", "/numbers/search"] {
        assert_eq!(Bench::new().get(&format!("{path}?country=GB&size=1")), answer(200, &body));
    }
}

#[test]
fn the_search_sample_of_the_page_comes_out_as_written() {
    let mut bench = Bench::with(|settings| settings.vonage.search_says_mobile = true);
    let sample = number("GB", "447700900000", "0.50", "mobile", r#""VOICE","SMS""#);
    let body = format!(r#"{{"count":1234,"numbers":[{sample}]}}"#);
    assert_eq!(bench.get("/number/search?country=GB&size=1"), answer(200, &body));
}

#[test]
fn the_american_numbers_start_as_in_the_fixture() {
    let first = number("US", "14155550100", "0.67", "mobile-lvn", r#""VOICE","SMS""#);
    let second = number("US", "14155550101", "0.67", "mobile-lvn", r#""VOICE""#);
    let body = format!(r#"{{"count":300,"numbers":[{first},{second}]}}"#);
    assert_eq!(Bench::new().get("/number/search?country=US&size=2"), answer(200, &body));
}

#[test]
fn pages_have_ten_numbers_and_at_most_a_hundred() {
    let mut bench = Bench::new();
    let (count, ten) = listed(&bench.get("/number/search?country=GB"));
    assert_eq!((count, ten.len()), (1234, 10));
    let (_, second) = listed(&bench.get("/number/search?country=GB&index=2"));
    assert_eq!(second[0], "447700900010");
    assert_eq!(listed(&bench.get("/number/search?country=GB&size=101")).1.len(), 100);
    assert_eq!(listed(&bench.get("/number/search?country=GB&size=100&index=13")).1.len(), 34);
    assert_eq!(bench.get("/number/search?country=GB&index=125"), answer(200, r#"{"count":1234,"numbers":[]}"#));
    bench.settings.vonage.refuse_size_above_100 = true;
    assert_eq!(bench.get("/number/search?country=GB&size=101"), answer(400, r#"{"size":"Is invalid."}"#));
}

#[test]
fn a_pattern_is_looked_for_at_the_start_anywhere_or_at_the_end() {
    let mut bench = Bench::new();
    let mut found = |query: &str| listed(&bench.get(&format!("/number/search?country=GB&{query}&size=1")));
    assert_eq!(found("pattern=4420"), (400, vec!["442079460000".to_owned()]));
    assert_eq!(found("pattern=4420&search_pattern=0").0, 400);
    assert_eq!(found("pattern=7946&search_pattern=1").0, 400);
    assert_eq!(found("pattern=777&search_pattern=2"), (1, vec!["447700900777".to_owned()]));
}

#[test]
fn features_asked_for_must_all_be_there() {
    let mut bench = Bench::new();
    let mut count = |query: &str| listed(&bench.get(&format!("/number/search?country=US&{query}"))).0;
    assert_eq!(count("features=VOICE"), 300);
    assert_eq!(count("features=SMS"), 34 + 33 + 50 + 50);
    assert_eq!(count("features=SMS,VOICE"), 34 + 33 + 50 + 50);
    assert_eq!(count("features=SMS,MMS,VOICE"), 33);
    assert_eq!(count("features=SMS%2CVOICE&type=landline"), 50);
    assert_eq!(count("type=landline-toll-free"), 100);
}

#[test]
fn a_number_bought_leaves_the_pool_and_is_listed() {
    let mut bench = Bench::new();
    assert_eq!(bench.post("/number/buy", SAMPLE), answer(200, SUCCESS));
    assert_eq!(listed(&bench.get("/number/search?country=GB&size=1")), (1233, vec!["447700900001".to_owned()]));
    let body = concat!(
        r#"{"count":1,"numbers":[{"country":"GB","msisdn":"447700900000","type":"mobile-lvn","#,
        r#""features":["VOICE","SMS"]}]}"#,
    );
    assert_eq!(bench.get("/account/numbers"), answer(200, body));
    assert_eq!(bench.state()["stock"]["GB"], 1233);
    assert_eq!(bench.state()["numbers"][0]["listed"]["msisdn"], "447700900000");
}

#[test]
fn a_number_set_up_as_on_the_page_is_listed_as_on_the_page() {
    let mut bench = Bench::new();
    bench.post("/number/buy", SAMPLE);
    assert_eq!(bench.post("/number/update", UPDATE_SAMPLE), answer(200, SUCCESS));
    assert_eq!(bench.get("/account/numbers"), answer(200, OWNED_SAMPLE));
}

#[test]
fn one_number_of_two_is_listed_with_the_count_of_both() {
    let mut bench = Bench::new();
    bench.buy("ES", "3400000000");
    bench.buy("ES", "3400000001");
    let body = concat!(
        r#"{"count":2,"numbers":[{"country":"ES","msisdn":"3400000000","type":"mobile-lvn","#,
        r#""features":["SMS"]}]}"#,
    );
    assert_eq!(bench.get("/account/numbers?size=1"), answer(200, body));
}

#[test]
fn owned_numbers_are_found_by_pattern_country_and_application() {
    let mut bench = Bench::new();
    bench.buy("GB", "447700900000");
    bench.buy("ES", "3400000000");
    bench.post("/number/update", &format!("country=ES&msisdn=3400000000&app_id={APPLICATION}"));
    let mut found = |query: &str| listed(&bench.get(&format!("/account/numbers?{query}"))).1;
    assert_eq!(found("country=GB"), ["447700900000"]);
    assert_eq!(found("pattern=3400000000&search_pattern=0&size=100"), ["3400000000"]);
    assert_eq!(found(&format!("application_id={APPLICATION}")), ["3400000000"]);
    assert_eq!(found("has_application=true"), ["3400000000"]);
    assert_eq!(found("has_application=false"), ["447700900000"]);
}

#[test]
fn an_empty_list_is_an_empty_object_or_counted() {
    let mut bench = Bench::new();
    assert_eq!(bench.get("/account/numbers"), answer(200, "{}"));
    assert_eq!(bench.get("/number/search?country=ZZ"), answer(200, "{}"));
    bench.settings.vonage.empty_lists = EmptyList::Counted;
    assert_eq!(bench.get("/account/numbers"), answer(200, r#"{"count":0,"numbers":[]}"#));
}

#[test]
fn buying_what_is_not_to_be_had_fails() {
    let mut bench = Bench::with(|settings| settings.vonage.sold_meanwhile = vec!["447700900007".to_owned()]);
    bench.buy("GB", "447700900000");
    for (what, country, msisdn) in [
        ("already owned", "GB", "447700900000"),
        ("of another country", "US", "447700900001"),
        ("not of the pool", "GB", "447700999999"),
        ("sold meanwhile", "GB", "447700900007"),
    ] {
        assert_eq!(bench.buy(country, msisdn), answer(420, METHOD_FAILED), "{what}");
    }
    assert_eq!(listed(&bench.get("/number/search?country=GB&pattern=447700900007")).0, 1);
    assert_eq!(bench.state()["purchases"], 1);
}

#[test]
fn a_420_can_come_with_status_200() {
    let mut bench = Bench::with(|settings| settings.vonage.answer_420_with_200 = true);
    assert_eq!(bench.buy("US", "447700900001"), answer(200, METHOD_FAILED));
}

#[test]
fn a_regulated_country_is_bought_in_the_dashboard() {
    let body = concat!(
        r#"{"error-code":"420","error-code-label":"Numbers from this country can be requested from the Dashboard "#,
        r#"(https://dashboard.nexmo.com/buy-numbers) as they require a valid local address to be provided before "#,
        r#"being purchased."}"#,
    );
    let mut bench = Bench::new();
    assert_eq!(bench.buy("DE", "491713920000"), answer(420, body));
    assert_eq!(bench.buy("FR", "33639980000"), answer(420, body));
    bench.settings.vonage.regulated_countries.clear();
    assert_eq!(bench.buy("DE", "491713920000"), answer(200, SUCCESS));
}

#[test]
fn a_trial_account_cannot_buy() {
    let mut bench = Bench::with(|settings| settings.vonage.trial_account = true);
    assert_eq!(bench.post("/number/buy", SAMPLE), answer(401, AUTHENTICATION_FAILED));
}

#[test]
fn only_this_account_can_be_the_target() {
    let mut bench = Bench::new();
    assert_eq!(bench.post("/number/buy", &format!("{SAMPLE}&target_api_key=other")), answer(420, METHOD_FAILED));
    assert_eq!(bench.post("/number/buy", &format!("{SAMPLE}&target_api_key=abcd1234")), answer(200, SUCCESS));
}

#[test]
fn a_cancelled_number_goes_back_at_once_and_is_not_refunded() {
    let mut bench = Bench::new();
    bench.post("/number/buy", SAMPLE);
    assert_eq!(bench.post("/number/cancel", SAMPLE), answer(200, SUCCESS));
    assert_eq!(bench.get("/account/numbers"), answer(200, "{}"));
    assert_eq!(bench.state()["stock"]["GB"], 1234);
    assert_eq!(bench.state()["wallet"]["balance"], "28.68202293");
    assert_eq!(bench.post("/number/cancel", SAMPLE), answer(420, METHOD_FAILED));
}

#[test]
fn a_number_of_another_country_is_neither_cancelled_nor_updated() {
    let mut bench = Bench::new();
    bench.post("/number/buy", SAMPLE);
    for path in ["/number/cancel", "/number/update"] {
        assert_eq!(bench.post(path, "country=ES&msisdn=447700900000"), answer(420, METHOD_FAILED));
        assert_eq!(bench.post(path, "country=GB&msisdn=447700900001"), answer(420, METHOD_FAILED));
    }
}

#[test]
fn an_update_keeps_what_it_does_not_name_and_clears_what_is_empty() {
    let mut bench = Bench::new();
    bench.post("/number/buy", SAMPLE);
    bench.post("/number/update", UPDATE_SAMPLE);
    assert_eq!(bench.post("/number/update", SAMPLE), answer(200, SUCCESS));
    assert_eq!(bench.get("/account/numbers"), answer(200, OWNED_SAMPLE));
    bench.post("/number/update", &format!("{SAMPLE}&moHttpUrl="));
    assert!(!bench.get("/account/numbers").1.contains("moHttpUrl"));
    assert!(bench.get("/account/numbers").1.contains("voiceCallbackType"));
    bench.settings.vonage.update_clears_what_it_omits = true;
    bench.post("/number/update", SAMPLE);
    assert!(!bench.get("/account/numbers").1.contains("voiceCallbackType"));
}

#[test]
fn everything_that_can_be_set_is_listed_in_its_order() {
    let mut bench = Bench::new();
    bench.post("/number/buy", SAMPLE);
    let form = format!(
        "{SAMPLE}&app_id={APPLICATION}&moSmppSysType=inbound&voiceCallbackType=tel&voiceCallbackValue=447700900001\
         &voiceStatusCallback=https%3A%2F%2Fexample.com%2Fstatus&messagesCallbackType=app\
         &messagesCallbackValue={APPLICATION}"
    );
    assert_eq!(bench.post("/number/update", &form), answer(200, SUCCESS));
    let body = bench.get("/account/numbers").1;
    let tail = format!(
        r#""features":["VOICE","SMS"],"messagesCallbackType":"app","messagesCallbackValue":"{APPLICATION}","voiceCallbackType":"tel","voiceCallbackValue":"447700900001","voiceStatusCallback":"https://example.com/status","app_id":"{APPLICATION}"}}]}}"#
    );
    assert!(body.ends_with(&tail), "{body}");
    assert_eq!(bench.state()["numbers"][0]["mo_smpp_sys_type"], "inbound");
}

#[test]
fn an_update_that_does_not_fit_changes_nothing() {
    let mut bench = Bench::new();
    bench.post("/number/buy", SAMPLE);
    for change in [
        "voiceCallbackType=tel",
        "voiceCallbackValue=447700900001",
        "voiceCallbackType=fax&voiceCallbackValue=447700900001",
        "messagesCallbackType=app",
        "messagesCallbackType=sip&messagesCallbackValue=aaaaaaaa-bbbb-cccc-dddd-0123456789ab",
        "app_id=mine",
        "moHttpUrl=https%3A%2F%2Fexample.com%2Fmo&voiceStatusCallback=https%3A%2F%2Fdead.invalid",
    ] {
        assert_eq!(bench.post("/number/update", &format!("{SAMPLE}&{change}")), answer(420, METHOD_FAILED), "{change}");
    }
    assert!(bench.get("/account/numbers").1.ends_with(r#""features":["VOICE","SMS"]}]}"#));
}

#[test]
fn a_voice_value_that_does_not_fit_its_type_upsets_the_server() {
    let mut bench = Bench::new();
    bench.post("/number/buy", SAMPLE);
    let body = r#"{"error-code":"500","error-code-label":"unknown error"}"#;
    for (kind, value) in [("app", "mine"), ("tel", "%2B44770"), ("sip", "nobody"), ("vxml", "nowhere")] {
        let form = format!("{SAMPLE}&voiceCallbackType={kind}&voiceCallbackValue={value}");
        assert_eq!(bench.post("/number/update", &form), answer(500, body), "{kind}");
    }
    bench.settings.vonage.bad_voice_value_is_500 = false;
    let form = format!("{SAMPLE}&voiceCallbackType=app&voiceCallbackValue=mine");
    assert_eq!(bench.post("/number/update", &form), answer(420, METHOD_FAILED));
}
