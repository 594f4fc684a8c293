//! Decoding a page of a hundred, beside serde_json into the same bare struct. Hold: 1.35 with an envelope, 1.15 without.

use criterion::{Criterion, criterion_group, criterion_main};
use std::hint::black_box;
use trunkline_core::{Client, Config, Response, rentnumber, sinch, tempnumber};

fn response(body: String) -> Response {
    Response {
        status: 200,
        headers: vec![("content-type".to_owned(), "application/json".to_owned())],
        body: body.into_bytes(),
    }
}

fn rows(row: impl Fn(usize) -> String) -> String {
    let rows: Vec<String> = (0..100).map(row).collect();
    format!("[{}]", rows.join(","))
}

fn client() -> Client {
    let mut config = Config::default();
    config.set("tempnumber", "token", "token");
    for (setting, value) in [("project_id", "p"), ("key_id", "k"), ("key_secret", "s")] {
        config.set("sinch", setting, value);
    }
    Client::new(config, [1; 16]).expect("good settings")
}

fn decode(criterion: &mut Criterion) {
    let client = client();

    let prices = rows(|index| {
        format!(
            r#"{{"id":{index},"final_price":450.00,"stock":120,"provider_id":1,"provider_name":"Alpha","country_id":1,"country_name":"Nigeria","iso_code":"NG"}}"#
        )
    });
    let service = r#"{"id":1,"slug":"whatsapp","name":"WhatsApp"}"#;
    let enveloped = response(format!(r#"{{"success":true,"service":{service},"data":{prices}}}"#));
    let list_prices = rentnumber::ListPrices { slug: "whatsapp".to_owned(), country_id: None };
    let mut group = criterion.benchmark_group("enveloped: rentnumber.list_prices, 100 rows");
    group.bench_function("serde_json, bare struct", |bencher| {
        bencher.iter(|| serde_json::from_slice::<Vec<rentnumber::Price>>(black_box(prices.as_bytes())).expect("reads"));
    });
    group.bench_function("trunkline", |bencher| {
        bencher.iter(|| client.read(&list_prices, black_box(&enveloped)).expect("reads"));
    });
    group.finish();

    let numbers = rows(|index| {
        format!(
            r#"{{"phoneNumber":"+1208908{index:04}","regionCode":"US","type":"LOCAL","capability":["SMS","VOICE"],"setupPrice":{{"currencyCode":"USD","amount":"0.00"}},"monthlyPrice":{{"currencyCode":"USD","amount":"2.00"}},"paymentIntervalMonths":1}}"#
        )
    });
    let bare = response(format!(r#"{{"availableNumbers":{numbers}}}"#));
    let search: sinch::SearchAvailable =
        serde_json::from_str(r#"{"region_code":"US","number_type":"LOCAL"}"#).expect("parameters");
    let mut group = criterion.benchmark_group("bare: sinch.search_available, 100 rows");
    group.bench_function("serde_json, bare struct", |bencher| {
        bencher.iter(|| {
            serde_json::from_slice::<Vec<sinch::AvailableNumber>>(black_box(numbers.as_bytes())).expect("reads")
        });
    });
    group.bench_function("trunkline", |bencher| {
        bencher.iter(|| client.read(&search, black_box(&bare)).expect("reads"));
    });
    group.finish();

    // Not a bound to hold, but a doubling here would be seen: a hundred thousand numbers are read in linear time.
    let many: Vec<String> = (0..100_000)
        .map(|index| format!(r#"{{"id":{index},"phone_number":"+1202{index:07}","status":"active"}}"#))
        .collect();
    let many = response(format!(r#"{{"success":true,"data":[{}],"meta":{{}}}}"#, many.join(",")));
    let list: tempnumber::ListNumbers = serde_json::from_str("{}").expect("parameters");
    let mut group = criterion.benchmark_group("tempnumber.list_numbers, 100,000 rows");
    group.sample_size(10);
    group.bench_function("trunkline", |bencher| {
        bencher.iter(|| client.read(&list, black_box(&many)).expect("reads"));
    });
    group.finish();
}

criterion_group! {
    name = benches;
    config = Criterion::default().without_plots().sample_size(60);
    targets = decode
}
criterion_main!(benches);
