//! One account while a client lives: its provider, its limits, and what its flows share.
//!
//! Flows never wait for each other: nobody would step the one that is waited for. What they share is taken as a lease, and
//! who finds it taken sleeps and looks again. A lease is given back on drop.

use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::flow::{Cx, Why, lock};
use crate::http::check_base_url;
use crate::limiter::{Limiter, RateLimit};
use crate::provider::{Credentials, Provider, ProviderEntry};
use crate::purchase::{Books, SpendLimit};
use crate::secret::Secret;
use crate::setting::COMMON_SETTINGS;
use crate::time::{Timestamp, UtcOffset};
use crate::unified::abilities::Abilities;
use crate::wire::record::Deserialize;
use serde_json::{Map, Value};
use std::any::Any;
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How often a flow looks whether a lease is free.
const LEASE_LOOK: Duration = Duration::from_millis(100);

/// A flow that has not brought the access token by then is taken to be stepped no more: another one may fetch it.
const FETCH_LEASE: Duration = Duration::from_secs(60);

/// One account.
pub(crate) struct Session {
    pub(crate) account: String,
    /// With its base URL where that is not the provider's own: a sandbox's purchases are not to be taken for real ones.
    pub(crate) name_in_journal: String,
    /// The provider, likewise.
    pub(crate) place: String,
    pub(crate) provider: Box<dyn Provider>,
    pub(crate) abilities: &'static Abilities,
    pub(crate) base_url: String,
    pub(crate) utc_offset: UtcOffset,
    pub(crate) key_window: Duration,
    pub(crate) body_limit: usize,
    pub(crate) spend_limit: Option<SpendLimit>,
    pub(crate) books: Arc<Books>,
    limiters: Vec<(&'static str, Arc<Limiter>)>,
    secret: Mutex<Option<Secret>>,
    token: Mutex<Token>,
    purchase: Mutex<bool>,
    random: Mutex<Random>,
}

#[derive(Default)]
struct Token {
    value: Option<Secret>,
    /// Fetch another from then on.
    stale_at: Option<Timestamp>,
    /// Do not use it from then on.
    expires_at: Option<Timestamp>,
    /// Since when a flow fetches another.
    being_fetched: Option<Timestamp>,
}

/// What a flow gets when it asks for the access token.
pub(crate) enum TokenLease<'a> {
    Token(Secret),
    Fetch(FetchLease<'a>),
    Busy,
}

/// The right and duty to fetch an access token.
pub(crate) struct FetchLease<'a> {
    session: &'a Session,
}

impl FetchLease<'_> {
    /// Keeps a token that lives that long; it is replaced a little earlier.
    pub(crate) fn store(self, value: Secret, now: Timestamp, lifetime: Duration) {
        let early = (lifetime / 10).min(Duration::from_secs(60));
        let mut token = lock(&self.session.token);
        token.value = Some(value);
        token.stale_at = Some(now + lifetime.saturating_sub(early));
        token.expires_at = Some(now + lifetime);
    }
}

impl Drop for FetchLease<'_> {
    fn drop(&mut self) {
        lock(&self.session.token).being_fetched = None;
    }
}

/// The account's one unkeyed purchase under way.
pub(crate) struct PurchaseLease {
    session: Arc<Session>,
}

impl Drop for PurchaseLease {
    fn drop(&mut self) {
        *lock(&self.session.purchase) = false;
    }
}

/// [`COMMON_SETTINGS`] besides the rate limits.
#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Common {
    base_url: Option<String>,
    utc_offset: UtcOffset,
    idempotency_window: Option<Seconds>,
    body_limit: Option<Bytes>,
    spend_limit: Option<String>,
}

struct Seconds(Duration);
struct Bytes(usize);

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        crate::wire::json::count(deserializer).map(|seconds| Self(Duration::from_secs(seconds)))
    }
}

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let bytes = crate::wire::json::count(deserializer)?;
        usize::try_from(bytes).map(Self).map_err(serde::de::Error::custom)
    }
}

impl Session {
    /// Opens an account from its settings, as JSON.
    pub(crate) fn open(
        account: &str,
        entry: &'static ProviderEntry,
        mut settings: Map<String, Value>,
        seed: Random,
        books: &Arc<Books>,
    ) -> Result<Self> {
        let facts = entry.facts;
        let mut take = |names: &[&str]| {
            let mut taken = Map::new();
            // Not collected: that would bring a sort.
            taken.extend(names.iter().filter_map(|name| settings.remove_entry(*name)));
            taken
        };
        let mut limiters = vec![("", Limiter::new(read_rate_limit(&take(&["rate_limit"]), "", facts.limits)?))];
        for (name, _) in facts.limits.iter().filter(|(name, _)| !name.is_empty()) {
            let setting = format!("{name}_rate_limit");
            limiters.push((*name, Limiter::new(read_rate_limit(&take(&[&setting]), name, facts.limits)?)));
        }
        let common = take(&COMMON_SETTINGS.map(|setting| setting.name));
        let common: Common = crate::setting::read_settings(Value::Object(common))?;
        let base_url = common.base_url.as_deref().or(facts.base_url).ok_or_else(|| {
            let problem = format!("{} does not document its host: set base_url to the one of your account", facts.name);
            Error::invalid_input("base_url", problem)
        })?;
        let base_url = check_base_url(base_url).map_err(|problem| Error::invalid_input("base_url", problem))?;
        let provider = (entry.open)(Value::Object(settings))?;
        let elsewhere = match facts.base_url {
            Some(usual) if check_base_url(usual).is_ok_and(|usual| usual == base_url) => String::new(),
            _ => format!("@{base_url}"),
        };
        Ok(Self {
            account: account.to_owned(),
            name_in_journal: format!("{account}{elsewhere}"),
            place: format!("{}{elsewhere}", facts.slug),
            base_url,
            utc_offset: common.utc_offset,
            key_window: common.idempotency_window.map_or(facts.keys.window(), |window| window.0),
            body_limit: common.body_limit.map_or(16 << 20, |limit| limit.0),
            spend_limit: common.spend_limit.as_deref().map(SpendLimit::parse).transpose()?,
            limiters,
            secret: Mutex::new(provider.secret()),
            provider,
            abilities: &entry.abilities,
            token: Mutex::default(),
            purchase: Mutex::new(false),
            books: Arc::clone(books),
            random: Mutex::new(seed),
        })
    }

    /// The provider as what it is.
    pub(crate) fn provider<P: Provider>(&self) -> Result<&P> {
        let any: &dyn Any = &*self.provider;
        any.downcast_ref().ok_or_else(|| self.elsewhere())
    }

    #[cold]
    fn elsewhere(&self) -> Error {
        let problem =
            format!("the account {:?} is at {}, which has no such operation", self.account, self.provider.facts().name);
        Error::invalid_input("account", problem)
    }

    pub(crate) fn limiter(&self, name: &str) -> Option<&Arc<Limiter>> {
        let named = |wanted: &str| self.limiters.iter().find(|(known, _)| *known == wanted).map(|(_, limiter)| limiter);
        named(name).or_else(|| named(""))
    }

    pub(crate) fn random(&self) -> u64 {
        lock(&self.random).next()
    }

    /// A new idempotency key, or id of an intent: a UUID, version 4.
    pub(crate) fn new_uuid(&self) -> String {
        let mut random = lock(&self.random);
        let (high, low) = (random.next(), random.next());
        drop(random);
        let (time_high, variant) = (0x4000 | (high & 0x0FFF), 0x8000 | ((low >> 48) & 0x3FFF));
        let (first, second, last) = (high >> 32, (high >> 16) & 0xFFFF, low & 0xFFFF_FFFF_FFFF);
        format!("{first:08x}-{second:04x}-{time_high:04x}-{variant:04x}-{last:012x}")
    }

    pub(crate) fn replace_secret(&self, secret: Secret) {
        *lock(&self.secret) = Some(secret);
    }

    pub(crate) fn credentials(&self, bearer: Option<Secret>) -> Credentials {
        Credentials { secret: lock(&self.secret).clone(), bearer }
    }

    /// Everything that no message may show.
    pub(crate) fn known_secrets(&self) -> Vec<String> {
        let token = lock(&self.token).value.clone();
        let secret = lock(&self.secret).clone();
        [self.provider.secret(), secret, token].into_iter().flatten().map(|secret| secret.expose().clone()).collect()
    }

    pub(crate) fn lease_token(&self, now: Timestamp) -> TokenLease<'_> {
        let mut token = lock(&self.token);
        let usable = token.value.clone().filter(|_| token.expires_at.is_some_and(|expires| now < expires));
        let stale = token.stale_at.is_none_or(|stale| stale <= now);
        let being_fetched = token.being_fetched.is_some_and(|since| now < since + FETCH_LEASE);
        match usable {
            Some(value) if !stale || being_fetched => TokenLease::Token(value),
            _ if being_fetched => TokenLease::Busy,
            _ => {
                token.being_fetched = Some(now);
                TokenLease::Fetch(FetchLease { session: self })
            }
        }
    }

    /// The provider says that this token has expired, unless another one has taken its place already.
    pub(crate) fn forget_token(&self, expired: &Secret) {
        let mut token = lock(&self.token);
        if token.value.as_ref() == Some(expired) {
            token.value = None;
        }
    }

    /// Waits until no other unkeyed purchase of this account is under way.
    pub(crate) async fn lease_purchase(self: &Arc<Self>, cx: &Cx) -> Result<PurchaseLease> {
        loop {
            if !std::mem::replace(&mut *lock(&self.purchase), true) {
                return Ok(PurchaseLease { session: Arc::clone(self) });
            }
            let busy = |_| {
                let message = "another purchase of this account was under way for all of the time allowed";
                Error::new(ErrorKind::TimedOut, Delivery::NotSent, message)
            };
            cx.sleep(LEASE_LOOK, Why::Lease).await.map_err(busy)?;
        }
    }

    /// Waits a little before looking at a lease again.
    pub(crate) async fn wait_for_token(cx: &Cx) -> Result<()> {
        let busy =
            |_| Error::new(ErrorKind::TimedOut, Delivery::NotSent, "no access token was had in the time allowed");
        cx.sleep(LEASE_LOOK, Why::Lease).await.map_err(busy)
    }
}

/// `60/60`: so many requests in so many seconds; `none`: no limit.
fn read_rate_limit(
    setting: &Map<String, Value>,
    name: &str,
    limits: &[(&str, RateLimit)],
) -> Result<Option<RateLimit>> {
    let Some((field, value)) = setting.iter().next() else {
        return Ok(limits.iter().find(|(other, _)| *other == name).map(|(_, limit)| *limit));
    };
    let problem = || Error::invalid_input(field, "write it as requests/seconds, such as 60/60, or none");
    let text = value.as_str().ok_or_else(problem)?;
    if text == "none" {
        return Ok(None);
    }
    let (requests, seconds) = text.split_once('/').ok_or_else(problem)?;
    let (requests, seconds): (u32, u64) =
        (requests.parse().map_err(|_| problem())?, seconds.parse().map_err(|_| problem())?);
    if requests == 0 || requests > 1_000_000 || seconds == 0 {
        return Err(problem());
    }
    Ok(Some(RateLimit { requests, window: Duration::from_secs(seconds) }))
}

/// xoroshiro128++, for jitter and keys; its 16 bytes come from the host's own source of randomness.
#[derive(Debug, Clone)]
pub(crate) struct Random {
    state: [u64; 2],
}

impl Random {
    pub(crate) fn from_seed(seed: [u8; 16]) -> Self {
        let number = u128::from_le_bytes(seed);
        // The all-zero state would stay zero for ever.
        let number = if number == 0 { 0x9E37_79B9_7F4A_7C15 } else { number };
        Self { state: [number as u64, (number >> 64) as u64] }
    }

    pub(crate) fn next(&mut self) -> u64 {
        let [first, mut second] = self.state;
        let result = first.wrapping_add(second).rotate_left(17).wrapping_add(first);
        second ^= first;
        self.state = [first.rotate_left(49) ^ second ^ (second << 21), second.rotate_left(28)];
        result
    }

    /// A source for one of several accounts.
    pub(crate) fn fork(&mut self) -> Self {
        let (low, high) = (self.next(), self.next());
        Self::from_seed(((u128::from(high) << 64) | u128::from(low)).to_le_bytes())
    }
}
