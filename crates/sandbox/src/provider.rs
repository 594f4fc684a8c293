//! What each pretended provider has to be able to do.

use crate::events::{Notice, Progress};
use crate::http::{Request, Response};
use crate::settings::Settings;
use crate::time::Time;

/// The five, by the slug that names them everywhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ProviderName {
    /// temp-number.com
    TempNumber,
    /// rentnumber.net
    RentNumber,
    /// Sinch Numbers
    Sinch,
    /// Voepy
    Voepy,
    /// Vonage, the former Nexmo
    Vonage,
}

impl ProviderName {
    /// All five, in the order in which they are always listed.
    pub const ALL: [Self; 5] = [Self::TempNumber, Self::RentNumber, Self::Sinch, Self::Voepy, Self::Vonage];

    /// `tempnumber`, `rentnumber`, `sinch`, `voepy` or `vonage`.
    pub fn slug(self) -> &'static str {
        match self {
            Self::TempNumber => "tempnumber",
            Self::RentNumber => "rentnumber",
            Self::Sinch => "sinch",
            Self::Voepy => "voepy",
            Self::Vonage => "vonage",
        }
    }

    /// Splits `/{slug}/rest` into the provider and `/rest`.
    pub fn split_path(path: &str) -> Option<(Self, String)> {
        let below = path.strip_prefix('/')?;
        let (slug, rest) = below.split_once('/').unwrap_or((below, ""));
        Some((Self::from_slug(slug)?, format!("/{rest}")))
    }

    /// The provider of that slug.
    pub fn from_slug(slug: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|name| name.slug() == slug)
    }
}

/// What a provider may use while it answers: the time, ids and the settings.
pub struct Context<'a> {
    /// The sandbox's clock, virtual or real.
    pub now: Time,
    /// Seeded: the same seed gives the same ids.
    pub ids: &'a mut Ids,
    /// Which of the undocumented things are how; see [`Settings`].
    pub settings: &'a Settings,
}

/// A pretended provider: state behind HTTP.
pub trait Provider: Send {
    /// Answers one request; the path comes without the provider's base path.
    fn handle(&mut self, context: &mut Context<'_>, request: &Request) -> Response;

    /// Brings state forward to `context.now`: reservations expire, orders activate, rentals end.
    fn advance(&mut self, context: &mut Context<'_>);

    /// An SMS arrives for a number of this provider. The error says why it cannot.
    fn receive_sms(&mut self, context: &mut Context<'_>, to: &str, from: &str, text: &str) -> Result<(), String>;

    /// What it has to tell programs since it was last asked.
    fn take_notices(&mut self, _context: &mut Context<'_>) -> Vec<Notice> {
        Vec::new()
    }

    /// How far the notice of that [`Notice::reference`] has come.
    fn told(&mut self, _reference: &str, _progress: Progress) {}

    /// Everything a test may want to look at: wallet, stock, numbers, purchases made (`"purchases"`: how often money
    /// was taken). Never a credential.
    fn state(&self) -> serde_json::Value;

    /// How often money was taken.
    fn purchases(&self) -> u64;

    /// The phone numbers the account holds, as [`Provider::receive_sms`] takes them; by default read from `"numbers"`
    /// in [`Provider::state`].
    fn numbers(&self) -> Vec<String> {
        phone_numbers_in(&self.state()["numbers"])
    }
}

/// Phone numbers in a list of them, in a list of objects that hold one each (themselves or one level down), or in the
/// keys of an object.
fn phone_numbers_in(numbers: &serde_json::Value) -> Vec<String> {
    use serde_json::Value;
    const NAMES: [&str; 5] = ["phone_number", "phoneNumber", "phone", "number", "msisdn"];
    let named = |item: &Value| NAMES.iter().find_map(|name| item.get(name)?.as_str().map(str::to_owned));
    let within = |item: &Value| named(item).or_else(|| item.as_object()?.values().find_map(named));
    match numbers {
        Value::Array(items) => {
            items.iter().filter_map(|item| item.as_str().map(str::to_owned).or_else(|| within(item))).collect()
        }
        Value::Object(items) => items.iter().map(|(key, item)| within(item).unwrap_or_else(|| key.clone())).collect(),
        _ => Vec::new(),
    }
}

/// Seeded source of ids and digits (SplitMix64; enough for pretending, useless for secrets).
#[derive(Debug, Clone)]
pub struct Ids {
    state: u64,
}

impl Ids {
    /// The same seed gives the same sequence.
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next 64 bits.
    #[allow(clippy::should_implement_trait)]
    pub fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.state;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit`, which must not be 0.
    pub fn below(&mut self, limit: u64) -> u64 {
        self.next() % limit
    }

    /// An id in the form of a UUID.
    pub fn uuid(&mut self) -> String {
        let (high, low) = (self.next(), self.next());
        let tail = low & 0xFFFF_FFFF_FFFF;
        let (first, second, third) = (high >> 32, (high >> 16) & 0xFFFF, high & 0xFFF);
        format!("{first:08x}-{second:04x}-4{third:03x}-a{:03x}-{tail:012x}", (low >> 48) & 0xFFF)
    }

    /// That many decimal digits.
    pub fn digits(&mut self, count: usize) -> String {
        (0..count).map(|_| char::from(b'0' + u8::try_from(self.below(10)).unwrap_or(0))).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::phone_numbers_in;
    use serde_json::json;

    #[test]
    fn phone_numbers_are_found_in_every_shape() {
        let shapes = [
            json!(["+1201"]),
            json!([{ "id": "7", "phone_number": "+1201" }]),
            json!([{ "country": "US", "listed": { "msisdn": "+1201" } }]),
            json!({ "+1201": { "country": "US" } }),
        ];
        shapes.iter().for_each(|shape| assert_eq!(phone_numbers_in(shape), ["+1201"], "{shape}"));
        assert_eq!(phone_numbers_in(&json!(null)), [""; 0]);
    }
}
