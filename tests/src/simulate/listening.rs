//! Messages that a provider sends as events, duplicated, reordered, delayed, tampered with, unsigned, in parts, and lost on
//! their way or after they were taken: whether each is heard once and whole, and nothing that was never sent.

use crate::world::World;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::Duration;
use trunkline_core::events::{EventContent, EventRequest, Signing, Verification};
use trunkline_core::{SignatureAlgorithm, parse_event};
use trunkline_sandbox::events::{EventFault, EventFaultKind, Receipt};
use trunkline_sandbox::{Ids, ProviderName};

const PROVIDER: ProviderName = ProviderName::Vonage;
const SECRET: &str = "a secret of this simulation";
/// Vonage tries for a day.
const LONGEST: Duration = Duration::from_secs(26 * 3600);
const STEP: Duration = Duration::from_secs(300);

/// How it went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Heard {
    /// Messages that were sent.
    pub sent: u64,
    /// How often the provider tried to tell of one, or of a part of it.
    pub attempts: u64,
    /// Attempts that were not believed.
    pub refused: u64,
    /// Messages that were heard.
    pub heard: u64,
    /// Of these, those of which a part came too late.
    pub in_pieces: u64,
    /// Messages that were heard more than once.
    pub doubled: u64,
    /// Heard, and never sent so.
    pub invented: u64,
}

impl Heard {
    /// Messages that nobody heard.
    pub fn lost(&self) -> u64 {
        self.sent - self.heard
    }

    /// Whether everything is as it should be.
    pub fn is_good(&self) -> bool {
        self.lost() + self.doubled + self.invented == 0
    }

    /// For people.
    pub fn text(&self) -> String {
        let Self { sent, attempts, refused, heard, in_pieces, doubled, invented } = self;
        format!(
            "{sent} messages were sent as events, in {attempts} attempts, of which {refused} were not believed\n\
             \x20 {heard} heard ({in_pieces} of them in pieces), {} lost, {doubled} heard twice, {invented} invented\n",
            self.lost()
        )
    }

    /// For programs.
    pub fn to_json(&self) -> Value {
        let Self { sent, attempts, refused, heard, in_pieces, doubled, invented } = self;
        json!({ "sent": sent, "attempts": attempts, "refused": refused, "heard": heard, "in_pieces": in_pieces,
            "lost": self.lost(), "doubled": doubled, "invented": invented })
    }

    fn add(&mut self, other: &Self) {
        self.sent += other.sent;
        self.attempts += other.attempts;
        self.refused += other.refused;
        self.heard += other.heard;
        self.in_pieces += other.in_pieces;
        self.doubled += other.doubled;
        self.invented += other.invented;
    }
}

/// Vonage's ways of signing, and of sending.
const WAYS: [(&str, SignatureAlgorithm, &str); 5] = [
    ("md5_hash", SignatureAlgorithm::Md5Hash, "get"),
    ("hmac_md5", SignatureAlgorithm::HmacMd5, "post_form"),
    ("hmac_sha1", SignatureAlgorithm::HmacSha1, "post_json"),
    ("hmac_sha256", SignatureAlgorithm::HmacSha256, "get"),
    ("hmac_sha512", SignatureAlgorithm::HmacSha512, "post_json"),
];

/// So many messages, in each of the provider's ways of signing as many.
pub fn listen(messages: u64, seed: u64) -> Heard {
    let mut total = Heard::default();
    for (at, (method, algorithm, inbound)) in (0_u64..).zip(WAYS) {
        let share = messages / 5 + u64::from(at < messages % 5);
        let vonage = json!({ "signature_method": method, "signature_secret": SECRET, "inbound_method": inbound });
        let settings = serde_json::from_value(json!({ "seed": seed >> 12, "vonage": vonage })).expect("settings");
        let line = Line::open(World::with(settings, |_| {}), algorithm, Ids::new(seed.wrapping_add(at)));
        total.add(&line.run(share));
    }
    total
}

/// A number, what comes to it, and what is heard of it.
struct Line {
    world: World,
    number: String,
    signing: Signing,
    random: Ids,
    /// By name.
    messages: BTreeMap<String, Message>,
    heard: Heard,
}

/// One that was sent.
struct Message {
    text: String,
    /// How often, whole.
    heard: u64,
    /// Parts of it were given up, or what was left of it came later.
    in_pieces: bool,
}

impl Line {
    fn open(mut world: World, algorithm: SignatureAlgorithm, random: Ids) -> Self {
        let search = json!({ "country": "GB", "accounts": ["vonage"], "limit": 1 });
        let offer = world.call("trunkline.search", &search).expect("found")["offers"][0]["id"].clone();
        let bought = world.call("trunkline.buy", &json!({ "offers": [offer] })).expect("bought")["number"].clone();
        let webhook = json!({ "number": bought["id"], "webhook_url": "https://shop.example/events" });
        world.call("trunkline.configure", &webhook).expect("configured");
        for kind in [
            EventFaultKind::Duplicated,
            EventFaultKind::Reordered,
            EventFaultKind::Delayed,
            EventFaultKind::Tampered,
            EventFaultKind::Unsigned,
        ] {
            world.sandbox.add_event_fault(EventFault { probability: Some(0.1), ..EventFault::new(kind) });
        }
        let signing = Signing { algorithm: Some(algorithm), ..Signing::with(SECRET.into()) };
        let number = bought["phone_number"].as_str().expect("a number").to_owned();
        Self { world, number, signing, random, messages: BTreeMap::new(), heard: Heard::default() }
    }

    fn run(mut self, messages: u64) -> Heard {
        for index in 0..messages {
            self.world.pass(Duration::from_secs(self.random.below(30)));
            // Each part of a long one names it.
            let name = format!("m{index}");
            let text = format!("{name} ").repeat(if self.random.below(10) == 0 { 100 } else { 1 });
            // Long ones of one sender that came at once could bear one reference, of which there are 256: nobody could tell.
            let sender = format!("4477009{index:05}");
            let now = self.world.time();
            self.world.sandbox.receive_sms(now, PROVIDER, &self.number, &sender, text.trim()).expect("received");
            self.messages.insert(name, Message { text: text.trim().to_owned(), heard: 0, in_pieces: false });
            self.take();
        }
        let mut passed = Duration::ZERO;
        while passed < LONGEST {
            self.world.pass(STEP);
            passed += STEP;
            self.take();
        }
        self.judge()
    }

    /// Takes what is sent now; some of it is lost before it is read, and of some the answer is.
    fn take(&mut self) {
        while let Some(delivery) = self.world.sandbox.take_delivery(self.world.time(), PROVIDER) {
            self.heard.attempts += 1;
            let fate = self.random.below(20);
            let mut receipt = Receipt::Lost;
            if fate != 0 {
                let status = self.hear(&delivery.request);
                receipt = if fate == 1 { Receipt::Lost } else { Receipt::Answered(status) };
            }
            self.world.sandbox.delivered(self.world.time(), &delivery, receipt);
        }
    }

    /// As a program's webhook does; gives the status that it answers.
    fn hear(&mut self, sent: &trunkline_sandbox::http::Request) -> u16 {
        let request =
            EventRequest { method: &sent.method, query: &sent.query, headers: &sent.headers, body: &sent.body };
        let now = self.world.now;
        let Ok(read) = parse_event(PROVIDER.slug(), &request, &Verification::Signed(&self.signing), now) else {
            self.heard.refused += 1;
            return 401;
        };
        for event in read.map(|event| self.world.client.feed(now, &event)).unwrap_or_default() {
            let text = match &event.content {
                EventContent::VonageSms(sms) => sms.text.clone().unwrap_or_default(),
                _ => String::new(),
            };
            match self.messages.get_mut(name_in(&text)) {
                Some(message) if text == message.text => message.heard += 1,
                Some(message) if text.len() < message.text.len() => message.in_pieces = true,
                _ => self.heard.invented += 1,
            }
        }
        200
    }

    fn judge(mut self) -> Heard {
        self.heard.sent = self.messages.len() as u64;
        for message in self.messages.values() {
            self.heard.heard += u64::from(message.heard > 0 || message.in_pieces);
            self.heard.in_pieces += u64::from(message.in_pieces);
            self.heard.doubled += (message.heard + u64::from(message.in_pieces)).saturating_sub(1);
        }
        self.heard
    }
}

/// The name that a text repeats; of one in pieces, words at its ends may be cut.
fn name_in(text: &str) -> &str {
    let words: Vec<&str> = text.split(' ').collect();
    let often = |word: &str| words.iter().filter(|other| **other == word).count();
    words.iter().copied().max_by_key(|word| often(word)).unwrap_or_default()
}
