//! Numbers for sale, all from ranges that regulators keep for fiction.

use crate::time::Time;
use serde_json::{Value, json};

/// US and Canada share these prefixes: the page's list.
const TOLL_FREE: [&str; 7] = ["800", "833", "844", "855", "866", "877", "888"];

/// Every value of `number_type`.
pub(super) const NUMBER_TYPES: [&str; 4] = ["local", "toll_free", "national", "mobile"];

/// One number that Voepy sells.
#[derive(Debug, Clone)]
pub(super) struct Offer {
    pub(super) phone_number: String,
    pub(super) country_code: &'static str,
    pub(super) region: Option<&'static str>,
    pub(super) locality: Option<&'static str>,
    pub(super) national_destination_code: &'static str,
    pub(super) number_type: &'static str,
    pub(super) capabilities: &'static [&'static str],
    pub(super) activation_fee_cents: i64,
    pub(super) monthly_fee_cents: i64,
    pub(super) availability: Availability,
}

/// Whether an offer can be ordered; reservations come on top.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Availability {
    Free,
    Owned,
    /// Released; free again then.
    Quarantined(Time),
}

impl Offer {
    pub(super) fn is_free(&self) -> bool {
        self.availability == Availability::Free
    }

    pub(super) fn resource(&self) -> Value {
        json!({
            "phone_number": self.phone_number,
            "country_code": self.country_code,
            "region": self.region,
            "locality": self.locality,
            "number_type": self.number_type,
            "capabilities": self.capabilities,
            "pricing": {
                "activation_fee_cents": self.activation_fee_cents,
                "monthly_fee_cents": self.monthly_fee_cents,
            },
        })
    }
}

/// A run of consecutive numbers that differ in their last digits only.
struct Block {
    country_code: &'static str,
    number_type: &'static str,
    region: Option<&'static str>,
    locality: Option<&'static str>,
    national_destination_code: &'static str,
    /// Everything before the counted digits, `+` included.
    prefix: String,
    lines: std::ops::Range<u32>,
    /// From this line on, voice only.
    voice_only_from: u32,
    activation_fee_cents: i64,
    monthly_fee_cents: i64,
}

impl Block {
    fn offers(&self) -> impl Iterator<Item = Offer> + '_ {
        self.lines.clone().map(|line| Offer {
            phone_number: format!("{}{line:03}", self.prefix),
            country_code: self.country_code,
            region: self.region,
            locality: self.locality,
            national_destination_code: self.national_destination_code,
            number_type: self.number_type,
            capabilities: if line < self.voice_only_from { &["voice", "sms"] } else { &["voice"] },
            activation_fee_cents: self.activation_fee_cents,
            monthly_fee_cents: self.monthly_fee_cents,
            availability: Availability::Free,
        })
    }
}

/// Everything for sale when the sandbox starts. `+15125550100` comes first: it is the page's example.
pub(super) fn opening_stock() -> Vec<Offer> {
    let blocks = [us_local(), us_toll_free(), ca_local(), ca_toll_free(), gb()];
    blocks.iter().flatten().flat_map(Block::offers).collect()
}

/// 25 rows of each area can do SMS, so that the page's search for Austin has its 25 rows.
fn us_local() -> Vec<Block> {
    let areas = [
        ("512", "TX", "Austin"),
        ("206", "WA", "Seattle"),
        ("212", "NY", "New York"),
        ("305", "FL", "Miami"),
        ("312", "IL", "Chicago"),
        ("415", "CA", "San Francisco"),
    ];
    areas.into_iter().map(|(code, region, city)| nanp_local("US", code, region, city, (30, 125), 150)).collect()
}

fn ca_local() -> Vec<Block> {
    let areas = [("416", "ON", "Toronto"), ("514", "QC", "Montreal"), ("604", "BC", "Vancouver")];
    areas.into_iter().map(|(code, region, city)| nanp_local("CA", code, region, city, (20, 115), 175)).collect()
}

fn nanp_local(
    country_code: &'static str,
    code: &'static str,
    region: &'static str,
    locality: &'static str,
    (count, voice_only_from): (u32, u32),
    monthly_fee_cents: i64,
) -> Block {
    Block {
        country_code,
        number_type: "local",
        region: Some(region),
        locality: Some(locality),
        national_destination_code: code,
        prefix: format!("+1{code}5550"),
        lines: 100..100 + count,
        voice_only_from,
        activation_fee_cents: 100,
        monthly_fee_cents,
    }
}

fn us_toll_free() -> Vec<Block> {
    TOLL_FREE.into_iter().map(|code| toll_free("US", code, 100..105)).collect()
}

fn ca_toll_free() -> Vec<Block> {
    TOLL_FREE.into_iter().map(|code| toll_free("CA", code, 150..153)).collect()
}

fn toll_free(country_code: &'static str, code: &'static str, lines: std::ops::Range<u32>) -> Block {
    Block {
        country_code,
        number_type: "toll_free",
        region: None,
        locality: None,
        national_destination_code: code,
        prefix: format!("+1{code}5550"),
        lines,
        voice_only_from: u32::MAX,
        activation_fee_cents: 200,
        monthly_fee_cents: 300,
    }
}

fn gb() -> Vec<Block> {
    let block = |number_type, code, prefix: &str, activation_fee_cents, monthly_fee_cents| Block {
        country_code: "GB",
        number_type,
        region: None,
        locality: None,
        national_destination_code: code,
        prefix: prefix.to_owned(),
        lines: 0..20,
        voice_only_from: if number_type == "mobile" { u32::MAX } else { 0 },
        activation_fee_cents,
        monthly_fee_cents,
    };
    let local = |code, prefix, region, city| Block {
        region: Some(region),
        locality: Some(city),
        ..block("local", code, prefix, 150, 250)
    };
    vec![
        local("20", "+442079460", "ENG", "London"),
        local("161", "+441614960", "ENG", "Manchester"),
        local("131", "+441314960", "SCT", "Edinburgh"),
        block("national", "306", "+443069990", 100, 200),
        block("mobile", "7700", "+447700900", 300, 500),
    ]
}
