//! What an offer or a number costs and for how long, in few words.

use crate::output::column::Entry;
use trunkline::unified::{NumberCapability, Price, Term, TermKind};

/// What is charged at once.
pub(super) fn now(price: &Price) -> Entry {
    Entry::money(price.at_purchase().as_ref())
}

/// What is charged again, or else what ends it.
pub(super) fn then(price: &Price, term: &Term) -> Entry {
    let Some(recurring) = &price.recurring else { return Entry::Words(length(term)) };
    let known = price.at_purchase().is_some_and(|now| now.currency == recurring.currency);
    let currency = recurring.currency.as_ref().filter(|_| !known).map(|currency| format!(" {currency}"));
    Entry::Amount(recurring.amount.to_string(), format!("{}{}", currency.unwrap_or_default(), every(price, "/")))
}

fn every(price: &Price, per: &str) -> String {
    match price.every_months {
        None => String::new(),
        Some(1) => format!("{per}month"),
        Some(months) => format!("{per}{months} months"),
    }
}

pub(super) fn length(term: &Term) -> String {
    match (&term.kind, term.months, &term.native) {
        (TermKind::OneMessage, ..) => "1 message".to_owned(),
        (TermKind::Fixed, Some(1), _) => "1 month".to_owned(),
        (TermKind::Fixed, Some(months), _) => format!("{months} months"),
        (TermKind::Fixed, None, Some(native)) => native.clone(),
        (TermKind::Fixed, None, None) => "a fixed time".to_owned(),
        (TermKind::Subscription, ..) => "until released".to_owned(),
        (TermKind::Other(word), ..) => word.clone(),
    }
}

/// All of it, within a sentence: `0.90 EUR, and again every month`.
pub(super) fn sentence(price: &Price) -> String {
    let now = match price.at_purchase() {
        Some(now) => now.to_string(),
        None => "a price that the provider does not name".to_owned(),
    };
    match &price.recurring {
        None => now,
        Some(again) if Some(again) == price.at_purchase().as_ref() => {
            format!("{now}, and again{}", every(price, " every "))
        }
        Some(again) => format!("{now}, then {again}{}", every(price, " every ")),
    }
}

/// `sms voice`
pub(super) fn capabilities(capabilities: &[NumberCapability]) -> String {
    capabilities.iter().map(NumberCapability::as_str).collect::<Vec<_>>().join(" ")
}
