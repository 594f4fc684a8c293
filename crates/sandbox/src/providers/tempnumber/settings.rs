//! What TempNumber's page leaves open.

/// What TempNumber's page leaves open, and what the account starts with.
#[derive(Debug, Clone, serde::Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// What the wallet holds at first, in US cents.
    pub wallet_cents: i64,
    /// Replaces the stock of every country and type.
    pub stock: Option<u32>,
    /// How an amount is written.
    pub money: MoneyForm,
    /// How a time is written.
    pub times: TimeForm,
    /// Ids are JSON numbers instead of strings.
    pub ids_are_numbers: bool,
    /// What a purchase answers with.
    pub buy_status: u16,
    /// The status when the wallet cannot cover a purchase or a renewal.
    pub insufficient_funds_status: u16,
    /// The status when there is no number of that kind.
    pub out_of_stock_status: u16,
    /// The status of a country that the catalogue does not have.
    pub unknown_country_status: u16,
    /// The status of a renewal or cancellation that the number's state forbids.
    pub ended_number_status: u16,
    /// The status of parameters that are not as they should be.
    pub validation_status: u16,
    /// Refused parameters are also listed in `errors`, as Laravel does.
    pub errors_map: bool,
    /// What the account's state forbids is answered with 200 and `"success":false`.
    pub failures_are_200: bool,
    /// For how long an `Idempotency-Key` is remembered.
    pub idempotency_hours: u32,
    /// The status of a remembered key with another request.
    pub idempotency_mismatch_status: u16,
    /// A POST without a key is refused.
    pub idempotency_key_required: bool,
    /// A key that is no UUID is refused; the page asks for one.
    pub idempotency_key_is_uuid: bool,
    /// Refusals are remembered and repeated too, not only successes.
    pub idempotency_keeps_refusals: bool,
    /// How long before its end a number is `expiring_soon`.
    pub expiring_soon_hours: u32,
    /// What a second cancellation does.
    pub second_cancel: SecondCancel,
    /// Calls per minute and token; 0 is without limit.
    pub requests_per_minute: u32,
    /// `Retry-After` is an HTTP date instead of seconds.
    pub retry_after_is_date: bool,
    /// Under which name in `meta` the next page's cursor is.
    pub cursor_name: CursorName,
    /// What that cursor is on the last page.
    pub last_cursor: LastCursor,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            wallet_cents: 2_550,
            stock: None,
            money: MoneyForm::Number,
            times: TimeForm::Utc,
            ids_are_numbers: false,
            buy_status: 201,
            insufficient_funds_status: 402,
            out_of_stock_status: 409,
            unknown_country_status: 404,
            ended_number_status: 409,
            validation_status: 422,
            errors_map: false,
            failures_are_200: false,
            idempotency_hours: 24,
            idempotency_mismatch_status: 409,
            idempotency_key_required: false,
            idempotency_key_is_uuid: true,
            idempotency_keeps_refusals: false,
            expiring_soon_hours: 72,
            second_cancel: SecondCancel::Unchanged,
            requests_per_minute: 60,
            retry_after_is_date: false,
            cursor_name: CursorName::NextCursor,
            last_cursor: LastCursor::Null,
        }
    }
}

/// How an amount is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoneyForm {
    /// `4.99`
    Number,
    /// `"4.99"`
    String,
    /// `499`
    Cents,
}

/// How a time is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TimeForm {
    /// `2026-05-12T14:30:00Z`
    Utc,
    /// `2026-05-12T14:30:00+00:00`
    Offset,
    /// `2026-05-12 14:30:00`
    Spaced,
}

/// What a second cancellation does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SecondCancel {
    /// 200 with the number as it is.
    Unchanged,
    /// Refused with `ended_number_status`.
    Refused,
}

/// Under which name in `meta` the next page's cursor is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CursorName {
    /// `next_cursor`
    NextCursor,
    /// `cursor`
    Cursor,
    /// `nextCursor`
    NextCursorCamel,
}

/// What the cursor is on the last page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LastCursor {
    /// `null`
    Null,
    /// Not there.
    Absent,
    /// `""`
    Empty,
}
