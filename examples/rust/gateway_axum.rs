//! A gateway inside an axum server, so that pages use accounts whose keys stay here: `cargo run -p trunkline-tests --example
//! gateway_axum`. Against the pretended providers, in this process; with `Trunkline::from_env()` they are the real ones.

use axum::Router;
use axum::extract::Request;
use axum::routing::any;
use trunkline::gateway::{Gateway, Policy, new_token};
use trunkline::sandbox::Sandbox;

/// The gateway is one route; its policy says the same path.
pub fn app(gateway: Gateway) -> Router {
    Router::new().route("/gateway", any(move |request: Request| async move { gateway.respond(request).await }))
}

/// What pages of one origin may do here.
pub fn policy() -> trunkline::Result<Policy> {
    Ok(Policy {
        tokens: vec![new_token()?],
        path: "/gateway".to_owned(),
        origins: vec!["https://app.example.com".to_owned()],
        operations: vec!["rentnumber.*".to_owned(), "rentnumber.rent".to_owned()],
        max_purchases: 20,
        ..Policy::default()
    })
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let policy = policy()?;
    println!("The token is {}", policy.tokens[0].expose());
    let gateway = Gateway::new(Sandbox::start().client()?, policy)?;
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    println!("The gateway is at http://{}/gateway", listener.local_addr()?);
    axum::serve(listener, app(gateway)).await?;
    Ok(())
}
