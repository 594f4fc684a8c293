//! The account itself: balance, secret, callback URLs, and how often money was taken.

use super::document::{Field, Value};
use super::euros::Euros;
use super::parameters::Parameters;
use super::refusal::{Refusal, code_and_label};
use super::settings::Settings;
use crate::time::Time;
use std::time::Duration;

/// An account with its wallet.
pub(super) struct Account {
    secret: String,
    balance: Euros,
    auto_reload: bool,
    mo_callback: String,
    dr_callback: String,
    reload_checked: Option<Time>,
    purchases: u64,
    renewals: u64,
}

/// The account page says every 5 to 10 minutes.
const RELOAD_CHECK: Duration = Duration::from_secs(5 * 60);

impl Account {
    pub(super) fn new(secret: &str, settings: &Settings) -> Self {
        Self {
            secret: secret.to_owned(),
            balance: settings.balance,
            auto_reload: settings.auto_reload,
            mo_callback: String::new(),
            dr_callback: String::new(),
            reload_checked: None,
            purchases: 0,
            renewals: 0,
        }
    }

    pub(super) fn secret(&self) -> &str {
        &self.secret
    }

    /// Where inbound messages go when the number has no URL of its own.
    pub(super) fn mo_callback(&self) -> Option<&str> {
        Some(self.mo_callback.as_str()).filter(|url| !url.is_empty())
    }

    /// Takes the price of a purchase, if there is enough.
    pub(super) fn pay(&mut self, price: Euros) -> bool {
        let Some(left) = self.balance.pay(price) else { return false };
        self.balance = left;
        self.purchases += 1;
        true
    }

    /// Takes the price of another month, if there is enough.
    pub(super) fn pay_renewal(&mut self, price: Euros) -> bool {
        let paid = self.pay(price);
        self.renewals += u64::from(paid);
        paid
    }

    /// Auto-reload, at its next check.
    pub(super) fn reload(&mut self, now: Time, settings: &Settings) {
        let due = self.reload_checked.is_none_or(|checked| now.since(checked) >= RELOAD_CHECK);
        if !self.auto_reload || !due {
            return;
        }
        self.reload_checked = Some(now);
        if self.balance < settings.auto_reload_below {
            self.balance = self.balance.plus(settings.top_up_amount);
        }
    }

    /// `GET /account/get-balance`
    pub(super) fn show_balance(&self) -> Value {
        Value::Object(vec![
            Field::new("value", Value::Number(self.balance.balance())),
            Field::new("autoReload", Value::Flag(self.auto_reload)),
        ])
    }

    /// `POST /account/top-up`
    pub(super) fn top_up(&mut self, parameters: &Parameters, settings: &Settings) -> Result<Value, Refusal> {
        let transaction = parameters.required("trx")?;
        if !self.auto_reload {
            return Err(Refusal::failed(401, "not auto-reload enabled"));
        }
        if transaction != settings.top_up_transaction {
            return Err(Refusal::failed(420, "top-up failed"));
        }
        self.balance = self.balance.plus(settings.top_up_amount);
        Ok(code_and_label(200, "success"))
    }

    /// `POST /account/settings`: everything is checked before anything is changed.
    pub(super) fn change_settings(&mut self, parameters: &Parameters, settings: &Settings) -> Result<Value, Refusal> {
        let rejected = |label: &str| Refusal::SettingsRejected { label: label.to_owned() };
        if let Some(complaint) = parameters.get("newSecret").and_then(secret_complaint) {
            return Err(rejected(complaint));
        }
        for name in ["moCallBackUrl", "drCallBackUrl"] {
            if parameters.get(name).is_some_and(|url| !callback_accepted(url, settings)) {
                return Err(rejected("method failed"));
            }
        }
        for (name, held) in [
            ("newSecret", &mut self.secret),
            ("moCallBackUrl", &mut self.mo_callback),
            ("drCallBackUrl", &mut self.dr_callback),
        ] {
            if let Some(value) = parameters.get(name) {
                value.clone_into(held);
            }
        }
        Ok(self.show_settings(settings))
    }

    fn show_settings(&self, settings: &Settings) -> Value {
        let mut fields = Vec::new();
        if settings.settings_show_secret {
            fields.push(Field::new("api-secret", Value::text(&self.secret)));
        }
        fields.push(Field::new("mo-callback-url", Value::text(&self.mo_callback)));
        fields.push(Field::new("dr-callback-url", Value::text(&self.dr_callback)));
        fields.push(Field::new("max-outbound-request", Value::count(30)));
        fields.push(Field::new("max-inbound-request", Value::count(30)));
        if settings.settings_show_calls_per_second {
            fields.push(Field::new("max-calls-per-second", Value::count(30)));
        }
        Value::Object(fields)
    }

    /// The account's part of the sandbox's state; without the secret.
    pub(super) fn state(&self) -> serde_json::Value {
        serde_json::json!({
            "balance": self.balance.balance(),
            "currency": "EUR",
            "auto_reload": self.auto_reload,
            "mo_callback_url": self.mo_callback,
            "dr_callback_url": self.dr_callback,
        })
    }

    /// How often money was taken, and how many of those were renewals.
    pub(super) fn payments(&self) -> (u64, u64) {
        (self.purchases, self.renewals)
    }
}

/// What is wrong with a new secret. The first four labels are those of the .NET SDK's tests; the page also demands a
/// lower-case letter, for which no label has been seen.
fn secret_complaint(secret: &str) -> Option<&'static str> {
    let has = |test: fn(&char) -> bool| secret.chars().any(|character| test(&character));
    if !(8..=25).contains(&secret.chars().count()) {
        Some("8 char")
    } else if !secret.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        Some("alphanumeric")
    } else if !has(char::is_ascii_digit) {
        Some("Please use at least one digit.")
    } else if !has(char::is_ascii_uppercase) {
        Some("Please use at least one upper case character.")
    } else if !has(char::is_ascii_lowercase) {
        Some("Please use at least one lower case character.")
    } else {
        None
    }
}

/// Vonage saves a URL only if it answers 200; an empty one clears. See [`Settings::refuse_dead_callbacks`].
pub(super) fn callback_accepted(url: &str, settings: &Settings) -> bool {
    if url.is_empty() || !settings.refuse_dead_callbacks {
        return true;
    }
    let Some(rest) = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")) else { return false };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default().split(':').next().unwrap_or_default();
    !host.is_empty() && !host.to_ascii_lowercase().ends_with(".invalid")
}
