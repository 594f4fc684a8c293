//! Whole calls over loopback, beside hand-written reqwest with the same replies from the same server. Hold: 1.2.

use std::time::{Duration, Instant};
use trunkline::sandbox::accounts;
use trunkline::{Trunkline, rentnumber};
use trunkline_sandbox::serve::{Options, serve};

const CALLS: usize = 400;
const ROUNDS: usize = 9;

#[derive(serde::Deserialize)]
struct Prices {
    success: bool,
    data: Vec<serde_json::Value>,
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() {
    let filter = std::env::args().skip(1).find(|argument| !argument.starts_with('-'));
    if filter.is_some_and(|filter| !"loopback".contains(filter.as_str())) {
        return;
    }
    let server = serve(Options::default()).await.expect("loopback");
    let mut config = accounts(|provider| server.addresses.base_url(provider));
    config.set("rentnumber", "rate_limit", "none");
    let client = Trunkline::new(config).expect("good settings");
    let bare = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().expect("a client");
    let url =
        format!("{}/services/whatsapp/prices", server.addresses.base_url(trunkline_sandbox::ProviderName::RentNumber));
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let started = Instant::now();
        for _ in 0..CALLS {
            let prices = client
                .call(rentnumber::ListPrices { slug: "whatsapp".to_owned(), country_id: None })
                .await
                .expect("prices");
            assert!(!prices.prices.is_empty());
        }
        ours.push(started.elapsed() / CALLS as u32);
        let started = Instant::now();
        for _ in 0..CALLS {
            let reply = bare.get(&url).header("x-api-key", "rn_sandbox_key").send().await.expect("a reply");
            let prices: Prices = serde_json::from_slice(&reply.bytes().await.expect("a body")).expect("prices");
            assert!(prices.success && !prices.data.is_empty());
        }
        theirs.push(started.elapsed() / CALLS as u32);
    }
    let (ours, theirs) = (median(ours), median(theirs));
    println!("a whole call over loopback, median of {ROUNDS} rounds of {CALLS} (server included):");
    println!(
        "  trunkline {ours:?}, hand-written reqwest {theirs:?}, ratio {:.2} (hold: 1.2)",
        ours.as_secs_f64() / theirs.as_secs_f64()
    );
}
