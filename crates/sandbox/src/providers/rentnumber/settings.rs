//! What RentNumber's page leaves open.

/// What RentNumber's page leaves open, and what the account starts with.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// What the wallet holds at first, in kobo. The page's example has 5000.00 naira.
    pub wallet_kobo: i64,
    /// Replaces the stock of every price.
    pub stock: Option<u32>,
    /// The zone of the times without one (`2026-04-12 14:30:00`), in minutes east of UTC. The page does not say; 60
    /// would be Nigeria's.
    pub utc_offset_minutes: i32,
    /// How long a number is rented for. The page's examples allow 15 as well as 60.
    pub rental_minutes: u32,
    /// How long a new rental is `pending` before it is `waiting`; 0 as in the page's example.
    pub pending_seconds: u32,
    /// How long after an expiry without an SMS the cost comes back (`expired`, then `refunded`); absent: never.
    pub refund_expired_after_seconds: Option<u32>,
    /// What `code` and `sms` are before there is one.
    pub before_sms: BeforeSms,
    /// What a cancel answers when an SMS has been received.
    pub cancel_after_sms: CancelAfterSms,
    /// The status of `Insufficient balance`; of those the page lists only 400 fits.
    pub insufficient_balance_status: u16,
    /// The status of a price without stock.
    pub out_of_stock_status: u16,
    /// The status of a `pricing_id` that no price has.
    pub unknown_pricing_status: u16,
    /// The status of a service slug that no service has.
    pub unknown_service_status: u16,
    /// A rent that fails at the upstream provider (502) rents and debits all the same.
    pub rents_despite_provider_error: bool,
    /// Calls per second above which `Excessive usage may be throttled` comes true, with 429; 0 is never.
    pub throttle_per_second: u32,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            wallet_kobo: 500_000,
            stock: None,
            utc_offset_minutes: 0,
            rental_minutes: 15,
            pending_seconds: 0,
            refund_expired_after_seconds: Some(60),
            before_sms: BeforeSms::Null,
            cancel_after_sms: CancelAfterSms::Cancelled,
            insufficient_balance_status: 400,
            out_of_stock_status: 400,
            unknown_pricing_status: 404,
            unknown_service_status: 404,
            rents_despite_provider_error: false,
            throttle_per_second: 0,
        }
    }
}

/// What a field is that has no value yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BeforeSms {
    /// `"code":null`
    Null,
    /// No such field.
    Absent,
    /// `"code":""`
    Empty,
}

/// What a cancel does that comes after the SMS.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelAfterSms {
    /// 200, `cancelled`, nothing refunded.
    Cancelled,
    /// 400, and nothing changes.
    Refused,
}
