//! Answers of Vonage, Sinch, Twilio and Telnyx that never change, for benchmarks of their clients: each answer is made once, so
//! that serving it costs the same for everybody and little.
//!
//! Prints its URL; ends when its standard input does, so that it does not outlive whoever started it.

use http_body_util::{BodyExt, Full};
use hyper::body::{Bytes, Incoming};
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::service::service_fn;
use hyper::{Request, Response, StatusCode, server::conn::http1};
use hyper_util::rt::TokioIo;
use std::convert::Infallible;
use std::error::Error;
use std::io::Write;
use std::rc::Rc;
use tokio::net::TcpListener;

const NUMBERS: u32 = 100;

/// What a path that ends like this is answered with; the first that fits.
type Answers = Vec<(&'static str, Bytes)>;

fn answers() -> Answers {
    let list = |row: fn(u32) -> String| (0..NUMBERS).map(row).collect::<Vec<_>>().join(",");
    let (vonage, sinch, twilio, telnyx) =
        (list(vonage_number), list(sinch_number), list(twilio_number), list(telnyx_number));
    [
        ("/number/search", format!(r#"{{"count":{NUMBERS},"numbers":[{vonage}]}}"#)),
        ("/account/get-balance", r#"{"value":29.18202293,"autoReload":false}"#.to_owned()),
        (
            "/oauth2/token",
            r#"{"access_token":"a-token","expires_in":3599,"scope":"","token_type":"bearer"}"#.to_owned(),
        ),
        ("/availableNumbers", format!(r#"{{"availableNumbers":[{sinch}]}}"#)),
        ("/availableNumbers/+447700900000", sinch_number(0)),
        (
            "/Local.json",
            format!(
                r#"{{"available_phone_numbers":[{twilio}],"end":99,"first_page_uri":null,"next_page_uri":null,"page":0,"page_size":100,"previous_page_uri":null,"start":0,"uri":"/Local.json"}}"#
            ),
        ),
        ("/Balance.json", r#"{"account_sid":"AC0","balance":"29.18202293","currency":"EUR"}"#.to_owned()),
        (
            "/available_phone_numbers",
            format!(
                r#"{{"data":[{telnyx}],"meta":{{"best_effort_results":0,"total_results":{NUMBERS}}},"metadata":{{"best_effort_results":0,"total_results":{NUMBERS}}}}}"#
            ),
        ),
        (
            "/balance",
            r#"{"data":{"record_type":"balance","balance":"29.18202293","currency":"EUR","credit_limit":"0.00","available_credit":"29.18202293","pending":"0.00"}}"#.to_owned(),
        ),
    ]
    .map(|(path, body)| (path, Bytes::from(body)))
    .into()
}

fn vonage_number(index: u32) -> String {
    format!(
        r#"{{"country":"GB","msisdn":"4477009{index:05}","cost":"0.50","type":"mobile-lvn","features":["VOICE","SMS"]}}"#
    )
}

fn sinch_number(index: u32) -> String {
    format!(
        r#"{{"phoneNumber":"+4477009{index:05}","regionCode":"GB","type":"MOBILE","capability":["SMS","VOICE"],"setupPrice":{{"currencyCode":"EUR","amount":"0.80"}},"monthlyPrice":{{"currencyCode":"EUR","amount":"0.80"}},"paymentIntervalMonths":1,"supportingDocumentationRequired":false}}"#
    )
}

fn twilio_number(index: u32) -> String {
    format!(
        r#"{{"friendly_name":"077009 {index:05}","phone_number":"+4477009{index:05}","lata":null,"locality":null,"rate_center":null,"latitude":null,"longitude":null,"region":null,"postal_code":null,"iso_country":"GB","address_requirements":"none","beta":false,"capabilities":{{"voice":true,"SMS":true,"MMS":false,"fax":false}}}}"#
    )
}

fn telnyx_number(index: u32) -> String {
    format!(
        r#"{{"record_type":"available_phone_number","phone_number":"+4477009{index:05}","best_effort":false,"quickship":true,"reservable":true,"vanity_format":"","region_information":[{{"region_type":"country_code","region_name":"GB"}}],"cost_information":{{"upfront_cost":"0.80","monthly_cost":"0.80","currency":"EUR"}},"features":[{{"name":"sms"}},{{"name":"voice"}}]}}"#
    )
}

async fn answer(answers: Rc<Answers>, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, hyper::Error> {
    let path = request.uri().path().replace("%2B", "+");
    // Read, so that the connection can be used again.
    request.into_body().collect().await?;
    let found = answers.iter().find(|(end, _)| path.ends_with(end));
    let body = found.map_or_else(|| Bytes::from_static(b"{}"), |(_, body)| body.clone());
    let mut response = Response::new(Full::new(body));
    if found.is_none() {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    Ok(response)
}

async fn serve(listener: TcpListener) -> Result<Infallible, Box<dyn Error>> {
    let answers = Rc::new(answers());
    loop {
        let (stream, _) = listener.accept().await?;
        stream.set_nodelay(true)?;
        let answers = Rc::clone(&answers);
        let service = service_fn(move |request| answer(Rc::clone(&answers), request));
        let connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
        // An error here is the client's going away.
        tokio::task::spawn_local(async move { drop(connection.await) });
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    std::thread::spawn(|| {
        let ended = std::io::copy(&mut std::io::stdin(), &mut std::io::sink());
        std::process::exit(i32::from(ended.is_err()));
    });
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let mut out = std::io::stdout();
    writeln!(out, "http://{}", listener.local_addr()?)?;
    out.flush()?;
    match tokio::task::LocalSet::new().run_until(serve(listener)).await? {}
}
