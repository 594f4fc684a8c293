//! What Sinch's pages leave open, one named field each.

use crate::events::Retries;

/// What Sinch's pages leave open.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// Currency of the project's prices: the guide shows USD, other projects are billed in EUR.
    pub currency: String,
    /// Wallet when the sandbox starts, in hundredths. No call shows it.
    pub balance_minor: i64,
    /// The trial account's 403 on every rent.
    pub trial_account: bool,
    /// Lifetime of an OAuth2 token.
    pub token_seconds: u64,
    /// Most token requests at once.
    pub token_bucket_size: u32,
    /// Token requests that become possible again each second.
    pub token_bucket_refill_per_second: u32,
    /// 429 above this many calls in a second; no page names a number.
    pub requests_per_second: Option<u32>,
    /// Status for a project that is not ours. No page says; `callbackConfiguration` alone is known to answer 404.
    pub foreign_project: ForeignProject,
    /// Serves under v1alpha1 also what only v1's pages name (`:rentAny`, get one, regions, callbacks, emergency).
    pub v1alpha1_serves_all: bool,
    /// v1alpha1 shows `expireAt` equal to `nextChargeDate` on numbers that nobody released, as both examples do.
    pub v1alpha1_always_shows_expire_at: bool,
    /// What v1alpha1 answers to `:release`; its page shows nothing.
    pub v1alpha1_release_reply: ReleaseReply,
    /// What a v1 list of active numbers without `type` holds.
    pub v1_list_without_type: ListWithoutType,
    /// v1 refuses a new service plan or campaign while another is linked.
    pub v1_relink_needs_unlink: bool,
    /// Leaves out arrays that are empty, as proto3 JSON may.
    pub omit_empty_lists: bool,
    /// Rows of an `availableNumbers` call without `size`.
    pub default_search_size: usize,
    /// Rows of a v1 `activeNumbers` page without `pageSize`. v1alpha1 gives all.
    pub default_page_size: usize,
    /// The highest `size` or `pageSize`.
    pub max_size: usize,
    /// How long a provisioning is `WAITING`.
    pub provisioning_waiting_seconds: u64,
    /// How long a provisioning is `IN_PROGRESS` afterwards.
    pub provisioning_in_progress_seconds: u64,
    /// Every SMS provisioning ends `FAILED` with this code (`CAMPAIGN_NOT_AVAILABLE`, …).
    pub sms_provisioning_error: Option<String>,
    /// Every voice provisioning ends `FAILED`.
    pub voice_provisioning_fails: bool,
    /// The project's callback secret when the sandbox starts.
    /// An empty one signs nothing.
    pub hmac_secret: String,
    /// Which secrets `PATCH callbackConfiguration` takes: the sources disagree.
    pub hmac_secret_rule: HmacSecretRule,
    /// When a callback that was not answered with 2xx is sent again; only the SMS product's 5 seconds, doubling, are
    /// documented.
    pub callback_retries: Retries,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            currency: "USD".to_owned(),
            balance_minor: 10_000,
            trial_account: false,
            token_seconds: 3_600,
            token_bucket_size: 30,
            token_bucket_refill_per_second: 10,
            requests_per_second: None,
            foreign_project: ForeignProject::PermissionDenied,
            v1alpha1_serves_all: false,
            v1alpha1_always_shows_expire_at: true,
            v1alpha1_release_reply: ReleaseReply::ActiveNumber,
            v1_list_without_type: ListWithoutType::Mobile,
            v1_relink_needs_unlink: true,
            omit_empty_lists: false,
            default_search_size: 10,
            default_page_size: 20,
            max_size: 1_000,
            provisioning_waiting_seconds: 1,
            provisioning_in_progress_seconds: 2,
            sms_provisioning_error: None,
            voice_provisioning_fails: false,
            hmac_secret: "callback-secret".to_owned(),
            hmac_secret_rule: HmacSecretRule::AnyNonEmpty,
            callback_retries: Retries { first_seconds: 5, attempts: 8, window_seconds: 86_400 },
        }
    }
}

/// How a project that is not ours is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForeignProject {
    /// 403.
    PermissionDenied,
    /// 404.
    NotFound,
}

/// What a release answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReleaseReply {
    /// The number with `expireAt`, as v1 answers.
    ActiveNumber,
    /// `{}`.
    Empty,
}

/// What a missing `type` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ListWithoutType {
    /// Mobile numbers only, as Sinch's agent documentation says.
    Mobile,
    /// All numbers, as the client libraries suppose.
    All,
    /// 400: the reference page marks `type` required.
    Refused,
}

/// Which callback secrets are good.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HmacSecretRule {
    /// Anything but the empty string, as the client libraries' tests use.
    AnyNonEmpty,
    /// 32 to 64 letters, digits and hyphens, as one client library documents.
    LettersDigitsHyphens,
}
