use super::super::ListShape;
use super::*;

#[test]
fn the_pages_search_gives_its_number_and_its_count() {
    let target = "/v1/numbers/available?country_code=US&number_type=local&national_destination_code=512\
                  &locality=Austin&features=voice,sms&limit=25";
    let (status, body) = Lab::new().get(target);
    assert_eq!((status, &body["meta"]), (200, &json!({"count": 25})));
    let expected = json!({
        "phone_number": "+15125550100",
        "country_code": "US",
        "region": "TX",
        "locality": "Austin",
        "number_type": "local",
        "capabilities": ["voice", "sms"],
        "pricing": {"activation_fee_cents": 100, "monthly_fee_cents": 150},
    });
    assert_eq!(body["data"][0], expected);
    assert_eq!(body["data"][1]["phone_number"], "+15125550101");
    assert_eq!(body["data"].as_array().unwrap().len(), 25);
}

#[test]
fn every_filter_narrows_the_search() {
    let mut lab = Lab::new();
    let count = |lab: &mut Lab, filter: &str| {
        let (status, body) = lab.get(&format!("/v1/numbers/available?limit=100&{filter}"));
        assert_eq!(status, 200, "{body}");
        body["meta"]["count"].as_u64().unwrap()
    };
    assert_eq!(count(&mut lab, "country_code=US&locality=seattle"), 30);
    assert_eq!(count(&mut lab, "country_code=US&locality=Seattle&features=sms"), 25);
    assert_eq!(count(&mut lab, "country_code=US&number_type=toll_free"), 35);
    assert_eq!(count(&mut lab, "country_code=US&number_type=mobile"), 0);
    assert_eq!(count(&mut lab, "country_code=CA"), 81);
    assert_eq!(count(&mut lab, "country_code=GB&number_type=national"), 20);
    assert_eq!(count(&mut lab, "country_code=GB&features=sms"), 20);
    assert_eq!(count(&mut lab, "country_code=FR"), 0);
}

#[test]
fn a_number_that_is_sold_is_not_found_any_more() {
    let mut lab = Lab::new();
    lab.order(&["+15125550100"]);
    let (_, body) = lab.get("/v1/numbers/available?country_code=US&limit=1");
    assert_eq!(body["data"][0]["phone_number"], "+15125550101");
}

#[test]
fn a_cursor_leads_through_all_pages() {
    let mut lab = Lab::new();
    lab.order(&["+15125550100", "+15125550101", "+15125550102"]);
    let (_, first) = lab.get("/v1/numbers?limit=2");
    assert_eq!(first["data"].as_array().unwrap().len(), 2);
    let cursor = text(&first["next_cursor"]);
    let (_, second) = lab.get(&format!("/v1/numbers?limit=2&cursor={cursor}"));
    assert_eq!(second["data"][0]["e164"], "+15125550102");
    assert_eq!((second["data"].as_array().unwrap().len(), &second["next_cursor"]), (1, &Value::Null));
}

#[test]
fn a_filtered_page_points_only_at_rows_that_fit() {
    let mut lab = Lab::new();
    lab.active("+15125550100");
    lab.order(&["+15125550101"]);
    let (_, body) = lab.get("/v1/numbers?status=active&limit=1");
    assert_eq!((&body["data"][0]["e164"], &body["next_cursor"]), (&json!("+15125550100"), &Value::Null));
}

#[test]
fn the_three_list_shapes_are_a_setting() {
    let shapes = [
        (ListShape::BareArray, json!([])),
        (ListShape::DataMeta, json!({"data": [], "meta": {"count": 0}})),
        (ListShape::DataNextCursor, json!({"data": [], "next_cursor": null})),
    ];
    for (shape, expected) in shapes {
        let mut lab = Lab::with(|voepy| voepy.list_shape = shape);
        for path in ["/v1/numbers", "/v1/numbers/porting-orders", "/v1/webhook-deliveries"] {
            assert_eq!(lab.get(path), (200, expected.clone()), "{path}");
        }
    }
}

#[test]
fn undocumented_single_resources_are_wrapped_where_the_setting_says_so() {
    let mut lab = Lab::with(|voepy| voepy.wrap_single_resources = true);
    let (_, reply) = lab.post("/v1/number-reservations", &json!({"phone_numbers": ["+15125550100"]}));
    assert_eq!(reply["data"]["phone_numbers"], json!(["+15125550100"]));
    assert_eq!(lab.get("/v1/account").1["balance"]["amount_cents"], 12_450);
}

#[test]
fn a_bad_list_parameter_is_refused_by_name() {
    let mut lab = Lab::new();
    let wrong = [
        ("/v1/numbers?limit=0", "limit"),
        ("/v1/numbers?limit=101", "limit"),
        ("/v1/numbers?limit=x", "limit"),
        ("/v1/numbers?cursor=nonsense", "cursor"),
        ("/v1/numbers?cursor=cur_00000000", "cursor"),
        ("/v1/numbers?status=failed", "status"),
        ("/v1/numbers?number_type=landline", "number_type"),
        ("/v1/numbers?page=2", "page"),
        ("/v1/numbers?limit=1&limit=2", "limit"),
        ("/v1/numbers/available", "country_code"),
        ("/v1/numbers/available?country_code=us", "country_code"),
        ("/v1/numbers/available?country_code=US&features=fax", "features"),
        ("/v1/numbers/available?country_code=US&national_destination_code=5a", "national_destination_code"),
        ("/v1/numbers/available?country_code=US&capabilities=sms", "capabilities"),
    ];
    for (target, name) in wrong {
        assert_refused(&lab.get(target), 422, "validation_failed", name);
    }
}
