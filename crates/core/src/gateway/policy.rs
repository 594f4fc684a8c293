//! What a gateway allows.

use super::events::EventPolicy;
use crate::call::Options;
use crate::client::{Client, find_provider};
use crate::error::{Error, Result};
use crate::operation::{Effect, Endpoint};
use crate::providers::PROVIDERS;
use crate::registry;
use crate::secret::Secret;
use crate::unified;
use crate::wire::json;
use serde::{Deserialize, Deserializer};
use std::collections::BTreeMap;
use std::time::Duration;

/// Shorter than this, a token could be found by trying.
const TOKEN_LENGTH: usize = 16;

/// What a gateway allows. In JSON as here, durations in seconds; nothing is allowed that is not said.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// Each of these lets in: at least 16 printable ASCII characters, better 32 random ones.
    pub tokens: Vec<Secret>,
    /// What may be run: `rentnumber.rent`, or `rentnumber.*` for everything there that only reads and returns no secret.
    /// What changes or spends anything, and what returns a secret, runs only where it is listed by its own name. So
    /// with the unified operations: `trunkline.buy`, which buys at every account that may be used, and `trunkline.*`.
    pub operations: Vec<String>,
    /// Pages from these origins may call: `https://app.example.com`, letter by letter as browsers send it. What sends no
    /// origin is no browser, and needs only the token.
    pub origins: Vec<String>,
    /// Accounts that may be used. Empty: nobody may name one, and each provider's account is the one that the client
    /// chooses by itself. Otherwise a call that names none uses the one named after its provider, where that is listed, or
    /// the only one listed; a unified one uses them all. Offers and numbers of other accounts are none here.
    pub accounts: Vec<String>,
    /// Where the gateway is: `/` unless said.
    pub path: String,
    /// The longest request in bytes; 1 MiB unless said.
    pub body_limit: usize,
    /// How long a request's body may take to come; 10 seconds unless said.
    #[serde(deserialize_with = "seconds")]
    pub body_timeout: Duration,
    /// No call may take longer (of a list: no page). Who asks for more gets this: 5 minutes unless said.
    #[serde(deserialize_with = "seconds")]
    pub max_timeout: Duration,
    /// How many purchases there may be in any [`Policy::period`]. An order of several numbers is as many purchases. What
    /// certainly was not bought does not count, what may have been does.
    pub max_purchases: u32,
    /// By account: whose events are taken, and how they are checked. Their URL is the gateway's with `events/` and the
    /// account's name behind it.
    pub events: BTreeMap<String, EventPolicy>,
    /// A day unless said. What was spent before the program started is not known, nor what other programs spend.
    #[serde(deserialize_with = "seconds")]
    pub period: Duration,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            tokens: Vec::new(),
            operations: Vec::new(),
            origins: Vec::new(),
            accounts: Vec::new(),
            path: "/".to_owned(),
            body_limit: 1 << 20,
            body_timeout: Duration::from_secs(10),
            max_timeout: Duration::from_secs(300),
            max_purchases: 0,
            events: BTreeMap::new(),
            period: Duration::from_secs(24 * 60 * 60),
        }
    }
}

fn seconds<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
    let seconds = f64::deserialize(deserializer)?;
    Duration::try_from_secs_f64(seconds).map_err(serde::de::Error::custom)
}

impl Policy {
    /// Reads the JSON form. Whether it makes sense is for [`Policy::check`].
    pub fn from_json(text: &str) -> Result<Self> {
        // serde would take a list for an object as well, its members in order.
        if !text.trim_start().starts_with('{') {
            return Err(Error::invalid_input("policy", "it must be a JSON object"));
        }
        json::decode(text.as_bytes()).map_err(|json::Unreadable { path, message }| {
            Error::invalid_input(if path.is_empty() { "policy" } else { &path }, message)
        })
    }

    /// What is wrong with it, before anybody is let in.
    pub fn check(&self) -> Result<()> {
        check_tokens(&self.tokens)?;
        self.check_operations()?;
        for origin in &self.origins {
            check_origin(origin)?;
        }
        for (account, events) in &self.events {
            events.check(account)?;
        }
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte);
        if !self.path.starts_with('/') || self.path.contains("//") || !self.path.bytes().all(plain) {
            return Err(Error::invalid_input(
                "path",
                "it must start with one slash, and hold only letters, digits and /-_.~",
            ));
        }
        let zero = |(name, is_zero): &(&'static str, bool)| is_zero.then_some(*name);
        let amounts = [
            ("body_limit", self.body_limit == 0),
            ("body_timeout", self.body_timeout.is_zero()),
            ("max_timeout", self.max_timeout.is_zero()),
            ("period", self.period.is_zero()),
        ];
        match amounts.iter().find_map(zero) {
            Some(name) => Err(Error::invalid_input(name, "it must be more than zero")),
            None => Ok(()),
        }
    }

    fn check_operations(&self) -> Result<()> {
        let wrong = |problem: String| Err(Error::invalid_input("operations", problem));
        if self.operations.is_empty() {
            return wrong(
                "list at least one, as rentnumber.list_prices, or rentnumber.* for what only reads".to_owned(),
            );
        }
        for listed in &self.operations {
            match listed.strip_suffix(".*") {
                Some(provider) if provider == unified::NAME || find_provider(provider).is_some() => continue,
                Some(provider) => {
                    let slugs: Vec<&str> = PROVIDERS.iter().map(|entry| entry.facts.slug).collect();
                    return wrong(format!("no provider {provider:?}; there are: {}; and trunkline", slugs.join(", ")));
                }
                None => {}
            }
            let endpoint = registry::find(listed)
                .map_err(|error| error.with(|it| it.field = Some("operations".to_owned())))?
                .endpoint;
            if matches!(endpoint.effect, Effect::Spends(_)) && self.max_purchases == 0 {
                let problem =
                    format!("{listed} spends money: say how many purchases there may be in {:?}", self.period);
                return Err(Error::invalid_input("max_purchases", problem));
            }
        }
        Ok(())
    }

    /// Whether the client has the accounts that may be used.
    pub fn check_accounts(&self, client: &Client) -> Result<()> {
        let known = |name: &&String| client.accounts().any(|known| known == name.as_str());
        match self.accounts.iter().chain(self.events.keys()).find(|name| !known(name)) {
            None => Ok(()),
            Some(missing) => {
                let names: Vec<&str> = client.accounts().collect();
                let problem = format!("no account {missing:?}; there are: {}", names.join(", "));
                Err(Error::invalid_input("accounts", problem))
            }
        }
    }

    /// The client with nothing but the accounts that may be used, so that nothing else is found, whatever names it.
    pub fn confine(&self, client: &Client) -> Client {
        client.only(|session| match self.accounts.as_slice() {
            [] => {
                let chosen = client.session(session.provider.facts().slug, &Options::default());
                chosen.is_ok_and(|chosen| chosen.account == session.account)
            }
            listed => listed.contains(&session.account),
        })
    }

    /// Whether this operation may be run.
    pub fn allows(&self, endpoint: &Endpoint) -> bool {
        let harmless = endpoint.effect == Effect::Reads && !endpoint.returns_secret;
        self.operations.iter().any(|listed| match listed.strip_suffix(".*") {
            Some(provider) => harmless && provider == endpoint.provider(),
            None => listed == endpoint.id,
        })
    }
}

fn check_tokens(tokens: &[Secret]) -> Result<()> {
    if tokens.is_empty() {
        return Err(Error::invalid_input("tokens", "there is none, so that nobody could be let in"));
    }
    let good = |token: &Secret| {
        token.expose().len() >= TOKEN_LENGTH && token.expose().bytes().all(|byte| byte.is_ascii_graphic())
    };
    match tokens.iter().all(good) {
        true => Ok(()),
        false => Err(Error::invalid_input(
            "tokens",
            "a token must be at least 16 printable ASCII characters, without spaces: 32 random ones are best",
        )),
    }
}

/// As browsers send it: scheme and host in lower case, a port where it is not the scheme's, nothing behind.
fn check_origin(origin: &str) -> Result<()> {
    let rest = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    let plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"-._:[]".contains(&byte);
    let usual_port = |rest: &str| {
        (origin.starts_with("https:") && rest.ends_with(":443"))
            || (origin.starts_with("http:") && rest.ends_with(":80"))
    };
    match rest {
        Some(rest) if !rest.is_empty() && rest.bytes().all(plain) && !usual_port(rest) => Ok(()),
        _ => Err(Error::invalid_input(
            "origins",
            format!(
                "{origin:?} is none: write https://host or https://host:port, in lower case and without a path; there is no wildcard"
            ),
        )),
    }
}
