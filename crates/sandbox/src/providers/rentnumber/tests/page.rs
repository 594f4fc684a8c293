use super::*;

#[test]
fn the_balance_is_as_the_page_shows_it() {
    let response = world(json!({})).send(RentNumber, call("GET", "/balance"));
    let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    let body = br#"{"success":true,"balance":5000.00,"currency":"NGN"}"#.to_vec();
    assert_eq!(response, Response { status: 200, headers, body });
}

#[test]
fn services_begin_with_the_page_s() {
    let body = get(&mut world(json!({})), "/services");
    let first = r#"{"success":true,"data":[{"id":1,"slug":"whatsapp","name":"WhatsApp","provider_count":3,"min_price":450.00},{"#;
    assert!(body.starts_with(first), "{body}");
}

#[test]
fn countries_begin_with_the_page_s() {
    let body = get(&mut world(json!({})), "/countries");
    let first = r#"{"success":true,"data":[{"id":1,"iso_code":"NG","name":"Nigeria","flag":"🇳🇬"},{"#;
    assert!(body.starts_with(first), "{body}");
}

#[test]
fn prices_are_as_the_page_shows_them() {
    let expected = r#"{"success":true,"service":{"id":1,"slug":"whatsapp","name":"WhatsApp"},"data":[{"id":42,"final_price":450.00,"stock":120,"provider_id":1,"provider_name":"Alpha","country_id":1,"country_name":"Nigeria","iso_code":"NG"}]}"#;
    assert_eq!(get(&mut world(json!({})), "/services/whatsapp/prices?country_id=1"), expected);
}

#[test]
fn a_rent_is_as_the_page_shows_it() {
    let (status, body) = rent(&mut world(json!({ "rental_minutes": 60 })), 42);
    let expected = r#"{"success":true,"rental_id":101,"phone":"+2348012345678","cost":450.00,"status":"waiting","expires_at":"2026-04-12T15:30:00Z"}"#;
    assert_eq!((status, body.as_str()), (200, expected));
}

#[test]
fn a_rental_and_the_history_are_as_the_page_shows_them() {
    let mut world = world(json!({}));
    rent(&mut world, 42);
    sms(&mut world, "+2348012345678", "Your verification code is 123456").unwrap();
    let rental = r#"{"success":true,"rental_id":101,"phone":"+2348012345678","status":"received","code":"123456","sms":"Your verification code is 123456","cost":450.00,"created_at":"2026-04-12 14:30:00","expires_at":"2026-04-12 14:45:00"}"#;
    assert_eq!(get(&mut world, "/rental/101"), rental);
    let history = r#"{"success":true,"data":[{"rental_id":101,"service":"WhatsApp","country":"Nigeria","provider":"Alpha","phone":"+2348012345678","status":"received","cost":450.00,"created_at":"2026-04-12 14:30:00"}]}"#;
    assert_eq!(get(&mut world, "/rentals"), history);
}

#[test]
fn a_cancel_is_as_the_page_shows_it() {
    let mut world = world(json!({}));
    rent(&mut world, 42);
    let expected = r#"{"success":true,"status":"refunded","refunded":true,"amount":450.00}"#;
    assert_eq!(world.answer(RentNumber, call("POST", "/rental/101/cancel")), (200, expected.to_owned()));
}

#[test]
fn too_little_money_is_refused_as_the_page_shows_it() {
    let mut world = world(json!({ "wallet_kobo": 44_999 }));
    assert_eq!(rent(&mut world, 42), (400, refused("Insufficient balance. Need ₦450.00")));
    assert_eq!(world.provider_state(RentNumber)["purchases"], 0);
}
