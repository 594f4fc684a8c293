//! The client without async.
#![cfg(feature = "blocking")]

use trunkline::{Config, ErrorKind, blocking::Trunkline, rentnumber};

fn client() -> Trunkline {
    let mut config = Config::default();
    config.set("rentnumber", "base_url", "http://127.0.0.1:9");
    Trunkline::new(trunkline::Trunkline::new(config).expect("good settings")).expect("a thread")
}

#[test]
fn a_call_blocks_until_it_has_ended() {
    let client = client();
    let error = client.run(client.call(rentnumber::ListServices {}).attempts(1)).expect_err("nobody listens there");
    assert_eq!(error.kind, ErrorKind::Unreachable);
}

#[tokio::test]
async fn inside_async_code_it_says_so_and_does_not_panic() {
    let client = client();
    let error = client.run(client.call(rentnumber::ListServices {})).expect_err("async code must not be blocked");
    assert_eq!(error.kind, ErrorKind::Unsupported);
    tokio::task::spawn_blocking(move || drop(client)).await.expect("dropped");
}
