//! Numbers for sale: those of Sinch's own examples first, then ranges that regulators keep for fiction.

use super::money::money;
use serde_json::{Value, json};
use std::ops::Range;

/// Sinch's three types.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum NumberType {
    Mobile,
    Local,
    TollFree,
}

impl NumberType {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Mobile => "MOBILE",
            Self::Local => "LOCAL",
            Self::TollFree => "TOLL_FREE",
        }
    }

    pub(super) fn from_name(name: &str) -> Option<Self> {
        [Self::Mobile, Self::Local, Self::TollFree].into_iter().find(|kind| kind.name() == name)
    }
}

/// A number of the project's catalogue, whether for sale or sold.
#[derive(Debug, Clone)]
pub(super) struct Offer {
    pub(super) phone_number: String,
    pub(super) region_code: &'static str,
    pub(super) number_type: NumberType,
    pub(super) capability: &'static [&'static str],
    pub(super) setup_minor: i64,
    pub(super) monthly_minor: i64,
    pub(super) needs_documents: bool,
    pub(super) is_free: bool,
}

impl Offer {
    /// v1 has one field more than v1alpha1.
    pub(super) fn resource(&self, currency: &str, with_documents: bool) -> Value {
        let mut resource = json!({
            "phoneNumber": self.phone_number,
            "regionCode": self.region_code,
            "type": self.number_type.name(),
            "capability": self.capability,
            "setupPrice": money(self.setup_minor, currency),
            "monthlyPrice": money(self.monthly_minor, currency),
            "paymentIntervalMonths": 1,
        });
        if with_documents {
            resource["supportingDocumentationRequired"] = self.needs_documents.into();
        }
        resource
    }
}

/// Numbers that cost and can the same.
struct Tariff {
    region_code: &'static str,
    number_type: NumberType,
    capability: &'static [&'static str],
    setup_minor: i64,
    monthly_minor: i64,
    needs_documents: bool,
}

impl Tariff {
    fn offer(&self, phone_number: String) -> Offer {
        Offer {
            phone_number,
            region_code: self.region_code,
            number_type: self.number_type,
            capability: self.capability,
            setup_minor: self.setup_minor,
            monthly_minor: self.monthly_minor,
            needs_documents: self.needs_documents,
            is_free: true,
        }
    }

    fn run(&self, prefix: &str, lines: Range<u32>, width: usize) -> Vec<Offer> {
        lines.map(|line| self.offer(format!("{prefix}{line:0width$}"))).collect()
    }
}

const SMS: &[&str] = &["SMS"];
const VOICE: &[&str] = &["VOICE"];
const BOTH: &[&str] = &["SMS", "VOICE"];

/// Everything for sale when the sandbox starts.
pub(super) fn opening_stock() -> Vec<Offer> {
    [us(), ca(), gb(), se()].concat()
}

/// `+12089087284`, `+12092224786` and `+12086390939` are the guide's; `+12017654321` is the one that the client
/// libraries' tests get from `:rentAny`.
fn us() -> Vec<Offer> {
    let sms = Tariff {
        region_code: "US",
        number_type: NumberType::Local,
        capability: SMS,
        setup_minor: 0,
        monthly_minor: 200,
        needs_documents: false,
    };
    let both = Tariff { capability: BOTH, monthly_minor: 80, ..sms };
    let voice = Tariff { capability: VOICE, monthly_minor: 100, ..sms };
    let toll_free = Tariff { number_type: NumberType::TollFree, capability: BOTH, monthly_minor: 300, ..sms };
    let guide = ["+12089087284", "+12092224786", "+12086390939"].map(|number| sms.offer(number.to_owned()));
    [
        guide.to_vec(),
        vec![both.offer("+12017654321".to_owned())],
        sms.run("+1208555", 100..140, 4),
        both.run("+1201555", 100..140, 4),
        voice.run("+1206555", 100..120, 4),
        toll_free.run("+1800555", 100..120, 4),
        toll_free.run("+1888555", 100..110, 4),
    ]
    .concat()
}

fn ca() -> Vec<Offer> {
    let local = Tariff {
        region_code: "CA",
        number_type: NumberType::Local,
        capability: BOTH,
        setup_minor: 0,
        monthly_minor: 150,
        needs_documents: false,
    };
    local.run("+1416555", 100..120, 4)
}

fn gb() -> Vec<Offer> {
    let mobile = Tariff {
        region_code: "GB",
        number_type: NumberType::Mobile,
        capability: SMS,
        setup_minor: 100,
        monthly_minor: 350,
        needs_documents: false,
    };
    let local = Tariff { number_type: NumberType::Local, capability: VOICE, monthly_minor: 120, ..mobile };
    [mobile.run("+447700900", 0..60, 3), local.run("+442079460", 0..20, 3)].concat()
}

/// `+46650553763` is the client libraries' example of a number that needs papers.
fn se() -> Vec<Offer> {
    let mobile = Tariff {
        region_code: "SE",
        number_type: NumberType::Mobile,
        capability: BOTH,
        setup_minor: 100,
        monthly_minor: 400,
        needs_documents: false,
    };
    let papers = Tariff {
        number_type: NumberType::Local,
        capability: VOICE,
        setup_minor: 57,
        monthly_minor: 80,
        needs_documents: true,
        ..mobile
    };
    [mobile.run("+467017406", 5..65, 2), vec![papers.offer("+46650553763".to_owned())]].concat()
}
