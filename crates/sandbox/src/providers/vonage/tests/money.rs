use super::*;
use crate::providers::vonage::Euros;

fn euros(text: &str) -> Result<Euros, String> {
    Euros::try_from(text.to_owned())
}

#[test]
fn amounts_are_read_and_written_exactly() {
    for text in ["29.18202293", "3.14159", "0.00000001", "10.0", "0.5"] {
        assert_eq!(euros(text).unwrap().balance(), text);
    }
    assert_eq!(euros("7").unwrap().balance(), "7.0");
    assert_eq!(Euros::from_cents(50).cost(), "0.50");
    assert_eq!(Euros::from_cents(1_205).cost(), "12.05");
}

#[test]
fn what_is_no_amount_is_refused() {
    for text in ["", ".", "1.", ".5", "-1", "+1", "1e3", "1,5", "1.123456789", "99999999999999999999"] {
        assert!(euros(text).is_err(), "{text}");
    }
}

#[test]
fn settings_take_money_as_text_and_no_unknown_fields() {
    let read = |text: &str| serde_json::from_str::<crate::providers::vonage::Settings>(text);
    assert_eq!(read(r#"{"balance":"1.5"}"#).unwrap().balance, Euros::from_cents(150));
    assert!(read(r#"{"balance":1.5}"#).is_err());
    assert!(read(r#"{"balanse":"1.5"}"#).is_err());
    assert_eq!(read("{}").unwrap().pricing_interval_ms, 1_000);
}

#[test]
fn buying_takes_the_cost_once() {
    let mut bench = Bench::new();
    assert_eq!(bench.buy("US", "14155550100").0, 200);
    assert_eq!(bench.get("/account/get-balance").1, r#"{"value":28.51202293,"autoReload":false}"#);
    assert_eq!(bench.state()["purchases"], 1);
    assert_eq!(bench.buy("US", "14155550100").0, 420);
    assert_eq!(bench.state()["purchases"], 1);
    assert_eq!(bench.state()["wallet"]["balance"], "28.51202293");
}

#[test]
fn who_cannot_pay_is_told_that_the_method_failed() {
    let mut bench = Bench::with(|settings| settings.vonage.balance = Euros::from_units(49_999_999));
    assert_eq!(bench.buy("GB", "447700900000"), answer(420, METHOD_FAILED));
    assert_eq!(bench.state()["purchases"], 0);
    assert_eq!(bench.state()["wallet"]["balance"], "0.49999999");
}

#[test]
fn the_last_cent_can_be_spent() {
    let mut bench = Bench::with(|settings| settings.vonage.balance = Euros::from_cents(50));
    assert_eq!(bench.buy("GB", "447700900000"), answer(200, SUCCESS));
    assert_eq!(bench.get("/account/get-balance").1, r#"{"value":0.0,"autoReload":false}"#);
}
