//! What Voepy's page leaves open, one named field each.

use crate::events::Retries;

const DAY: u64 = 86_400;

/// What Voepy's page leaves open.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Wallet when the sandbox starts; the page's own example is 12450.
    pub balance_cents: i64,
    /// How far below zero the wallet may go.
    pub credit_limit_cents: i64,
    /// When an order is refused with `balance_insufficient`: the page and its error table disagree.
    pub balance_rule: BalanceRule,
    /// Shape of every list but the search (`data` + `meta`) and the order (bare array), which the page shows.
    pub list_shape: ListShape,
    /// Wraps single resources in `data` where the page shows no reply. It shows the account and the subscription bare.
    pub wrap_single_resources: bool,
    /// Status of a successful `POST`: the page says none.
    pub created_status: u16,
    /// What `DELETE /v1/numbers/{id}` answers.
    pub delete_reply: DeleteReply,
    /// Whether a number may be released while it is `pending`; else 409 `number_not_yet_active`.
    pub pending_can_be_released: bool,
    /// Whether a search needs `country_code`; the page marks only the others optional.
    pub country_code_required: bool,
    /// Rows of a search without `limit`.
    pub default_search_limit: usize,
    /// Rows of any other list without `limit`.
    pub default_list_limit: usize,
    /// The highest `limit`; above it 422.
    pub max_limit: usize,
    /// The most numbers in one request.
    pub max_numbers_per_request: usize,
    /// From order to `active`: "usually seconds, sometimes minutes".
    pub activation_delay_seconds: u64,
    /// Numbers whose activation the carrier refuses: they become `failed` and the activation fee comes back.
    pub failing_numbers: Vec<String>,
    /// The carrier refuses every order with 502 `carrier_error`; nothing is charged.
    pub carrier_down: bool,
    /// How long a reservation holds.
    pub reservation_seconds: u64,
    /// How long an `Idempotency-Key` is remembered.
    pub idempotency_seconds: u64,
    /// Refuses keys that are no UUID, which the page asks for.
    pub idempotency_key_must_be_uuid: bool,
    /// Whether a refusal is remembered under its key as a success is. Off: a 402 or 409 may be retried with its key.
    pub replay_refusals: bool,
    /// When a released number is for sale again.
    pub quarantine_seconds: u64,
    /// Takes monthly fees on the 1st (UTC), the first month prorated with them. Off: only orders and lookups cost.
    pub monthly_fees: bool,
    /// Price of `type=carrier`.
    pub carrier_lookup_cents: i64,
    /// Price of `type=caller-name`.
    pub caller_name_lookup_cents: i64,
    /// 403 `daily_spend_cap_exceeded` above this much a UTC day.
    pub daily_spend_cap_cents: Option<i64>,
    /// Every paid call answers 402 `auto_recharge_failed`.
    pub auto_recharge_failed: bool,
    /// Every call answers 403 `tenant_suspended`.
    pub tenant_suspended: bool,
    /// 429 `rate_limited` above this many calls in a second; the page names no number.
    pub requests_per_second: Option<u32>,
    /// What `Retry-After` says then.
    pub retry_after_seconds: u64,
    /// What the page leaves open about porting.
    pub porting: PortingSettings,
    /// Names of the tenant's connections, the default one first.
    pub connections: Vec<String>,
    /// When an event that was not answered with 2xx is sent again: for up to 24 hours; the first step is assumed.
    pub webhook_retries: Retries,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            balance_cents: 12_450,
            credit_limit_cents: 0,
            balance_rule: BalanceRule::CoversTheFee,
            list_shape: ListShape::DataNextCursor,
            wrap_single_resources: false,
            created_status: 201,
            delete_reply: DeleteReply::ReleasedResource,
            pending_can_be_released: false,
            country_code_required: true,
            default_search_limit: 25,
            default_list_limit: 50,
            max_limit: 100,
            max_numbers_per_request: 50,
            activation_delay_seconds: 3,
            failing_numbers: Vec::new(),
            carrier_down: false,
            reservation_seconds: 1_800,
            idempotency_seconds: DAY,
            idempotency_key_must_be_uuid: true,
            replay_refusals: false,
            quarantine_seconds: 30 * DAY,
            monthly_fees: true,
            carrier_lookup_cents: 1,
            caller_name_lookup_cents: 2,
            daily_spend_cap_cents: None,
            auto_recharge_failed: false,
            tenant_suspended: false,
            requests_per_second: None,
            retry_after_seconds: 1,
            porting: PortingSettings::default(),
            connections: vec!["Default".to_owned()],
            webhook_retries: Retries { first_seconds: 5, attempts: 20, window_seconds: DAY },
        }
    }
}

/// What the page leaves open about porting.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PortingSettings {
    /// Refuses porting orders without a document.
    pub needs_documents: bool,
    /// `submitted` to `in_review`: both names are assumed.
    pub review_after_seconds: u64,
    /// `in_review` to `foc_scheduled` (the losing carrier's firm order commitment).
    pub foc_after_seconds: u64,
    /// `foc_scheduled` to `completed`: the numbers are then owned and active.
    pub completed_after_seconds: u64,
    /// Monthly price of a ported number.
    pub monthly_cents: i64,
    /// The largest uploaded document.
    pub max_document_bytes: usize,
    /// The most documents in one upload.
    pub max_documents_per_upload: usize,
}

impl Default for PortingSettings {
    fn default() -> Self {
        Self {
            needs_documents: true,
            review_after_seconds: DAY,
            foc_after_seconds: 2 * DAY,
            completed_after_seconds: 5 * DAY,
            monthly_cents: 150,
            max_document_bytes: 10 * 1024 * 1024,
            max_documents_per_upload: 10,
        }
    }
}

/// When money is short.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BalanceRule {
    /// Balance and credit limit together are less than the fee ("if you can't cover it").
    CoversTheFee,
    /// Balance and credit limit together are zero or less, as the error table words it.
    AboveZero,
}

/// How a list is wrapped; Voepy shows all three.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListShape {
    /// `[…]`, as the order answers. No cursor: the rest is out of reach.
    BareArray,
    /// `{"data":[…],"meta":{"count":n}}`, as the search answers. No cursor either.
    DataMeta,
    /// `{"data":[…],"next_cursor":…}`, as the overview describes lists.
    DataNextCursor,
}

/// What a release answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeleteReply {
    /// 200 with the number, now `released`.
    ReleasedResource,
    /// 202 without a body.
    Accepted,
    /// 204 without a body.
    NoContent,
}
