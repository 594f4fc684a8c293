use super::*;

#[test]
fn every_country_and_one_country_are_told_alike() {
    let mut world = world(json!({}));
    let all = data(&mut world, "/pricing");
    let codes: Vec<&str> = all.as_array().unwrap().iter().map(|each| each["country_code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["US", "GB", "DE", "NL", "FR"]);
    let nl = get(&mut world, "/pricing/NL");
    let expected = r#"{"success":true,"data":{"country_code":"NL","country_name":"Netherlands","packages":[{"duration":"oneMonth","number_type":"voip","price":3.50,"currency":"USD"},{"duration":"threeMonths","number_type":"voip","price":9.50,"currency":"USD"}]},"meta":{}}"#;
    assert_eq!(nl, expected);
    assert_eq!(all[3], json_of(&nl)["data"]);
}

#[test]
fn stock_counts_what_can_be_bought() {
    let mut world = world(json!({}));
    assert_eq!(data(&mut world, "/inventory?country_code=US")["available"], 52);
    assert_eq!(data(&mut world, "/inventory?country_code=GB&duration=oneWeek")["available"], 7);
    let voip = data(&mut world, "/inventory?country_code=GB&duration=oneWeek&number_type=voip");
    assert_eq!((&voip["available"], &voip["number_type"]), (&json!(0), &json!("voip")));
    buy(&mut world, BUY_US);
    assert_eq!(data(&mut world, "/inventory?country_code=US&number_type=non_voip")["available"], 11);
}

#[test]
fn without_a_type_the_cheapest_is_bought() {
    let mut world = world(json!({}));
    let bought = json_of(&buy(&mut world, r#"{"country_code":"US","duration":"oneMonth"}"#).1);
    assert_eq!((&bought["data"]["number_type"], &bought["data"]["price"]), (&json!("voip"), &json!(2.99)));
}

#[test]
fn forms_of_money_times_and_ids_can_be_set() {
    let settings = json!({ "money": "string", "times": "spaced", "ids_are_numbers": true, "buy_status": 200 });
    let mut texts = world(settings);
    let (status, body) = buy(&mut texts, BUY_US);
    assert_eq!(status, 200);
    assert!(body.contains(r#""id":1001,"#) && body.contains(r#""price":"4.99""#), "{body}");
    assert!(body.contains(r#""expires_at":"2026-06-12 14:30:00""#), "{body}");
    let mut cents = world(json!({ "money": "cents", "times": "offset" }));
    let (_, body) = buy(&mut cents, BUY_US);
    assert!(body.contains(r#""price":499,"#), "{body}");
    assert!(body.contains(r#""expires_at":"2026-06-12T14:30:00+00:00""#), "{body}");
}
