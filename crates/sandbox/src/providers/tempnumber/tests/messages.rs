use super::*;

fn page(world: &mut World, rest: &str) -> (Vec<String>, Value) {
    let body = json_of(&get(world, &format!("/receive-sms?phoneNumber=12025550134{rest}")));
    let messages = body["data"].as_array().unwrap();
    let ids = messages.iter().map(|message| message["id"].as_str().unwrap().to_owned()).collect();
    (ids, body["meta"].clone())
}

fn escaped(cursor: &Value) -> String {
    cursor.as_str().unwrap().replace('/', "%2F").replace('+', "%2B").replace('=', "%3D")
}

#[test]
fn a_number_tells_its_messages_newest_first() {
    let mut world = world(json!({}));
    buy(&mut world, BUY_US);
    sms(&mut world, "one");
    sms(&mut world, "two");
    let number = data(&mut world, "/numbers/1001/sms");
    assert_eq!(number["phone_number"], "+12025550134");
    let texts = [&number["sms"][0]["message"], &number["sms"][1]["message"], &number["sms"][2]];
    assert_eq!(texts, [&json!("two"), &json!("one"), &Value::Null]);
}

#[test]
fn pages_follow_each_other_although_messages_arrive() {
    let mut world = world(json!({}));
    buy(&mut world, BUY_US);
    (0..5).for_each(|_| sms(&mut world, "x"));
    let (ids, meta) = page(&mut world, "&limit=2");
    assert_eq!(ids, ["5", "4"]);
    sms(&mut world, "new");
    let (ids, meta) = page(&mut world, &format!("&limit=2&cursor={}", escaped(&meta["next_cursor"])));
    assert_eq!(ids, ["3", "2"]);
    let (ids, meta) = page(&mut world, &format!("&limit=2&cursor={}", escaped(&meta["next_cursor"])));
    assert_eq!((ids, meta), (vec!["1".to_owned()], json!({ "next_cursor": null })));
}

#[test]
fn a_cursor_that_was_not_escaped_is_refused() {
    let mut world = world(json!({}));
    buy(&mut world, BUY_US);
    (0..2).for_each(|_| sms(&mut world, "x"));
    let cursor = page(&mut world, "&limit=1").1["next_cursor"].as_str().unwrap().to_owned();
    let path = format!("/receive-sms?phoneNumber=12025550134&cursor={cursor}");
    assert_eq!(world.answer(TempNumber, call("GET", &path)), (422, refused("cursor is not valid.")));
}

#[test]
fn fifty_is_the_default_and_a_full_page_can_be_the_last() {
    let mut world = world(json!({}));
    buy(&mut world, BUY_US);
    (0..50).for_each(|_| sms(&mut world, "x"));
    let (ids, meta) = page(&mut world, "");
    assert_eq!((ids.len(), &meta["next_cursor"]), (50, &Value::Null));
    sms(&mut world, "x");
    let (ids, meta) = page(&mut world, "");
    assert_eq!((ids.len(), meta["next_cursor"].is_string()), (50, true));
}

#[test]
fn the_cursor_s_name_and_end_can_be_set() {
    let ends = [("absent", json!({})), ("empty", json!({ "nextCursor": "" }))];
    for (last, meta) in ends {
        let mut world = world(json!({ "cursor_name": "next_cursor_camel", "last_cursor": last }));
        buy(&mut world, BUY_US);
        assert_eq!(page(&mut world, "").1, meta);
    }
}

#[test]
fn e164_and_digits_name_the_same_number() {
    let mut world = world(json!({}));
    buy(&mut world, BUY_US);
    sms(&mut world, "x");
    let digits = get(&mut world, "/receive-sms?phoneNumber=12025550134");
    assert_eq!(get(&mut world, "/receive-sms?phoneNumber=%2B12025550134"), digits);
}
