//! `POST` and `GET /v1/numbers/porting-orders`.
//!
//! The states are assumed, the page names none: `submitted -> in_review -> foc_scheduled -> completed`, and
//! `exception` where a number was taken by another order meanwhile.

use super::call::Call;
use super::input::Body;
use super::portability::obstacle;
use super::refusal::Refusal;
use super::reply::{date_time, page, single};
use super::settings::Settings;
use crate::http::Response;
use crate::time::Time;
use serde_json::{Value, json};
use std::time::Duration;

/// How far a port has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum PortingStatus {
    Submitted,
    InReview,
    FocScheduled,
    Completed,
    Exception,
}

impl PortingStatus {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Submitted => "submitted",
            Self::InReview => "in_review",
            Self::FocScheduled => "foc_scheduled",
            Self::Completed => "completed",
            Self::Exception => "exception",
        }
    }

    /// The next state and how long it takes to get there.
    pub(super) fn next(self, settings: &Settings) -> Option<(Self, Duration)> {
        let (next, seconds) = match self {
            Self::Submitted => (Self::InReview, settings.porting.review_after_seconds),
            Self::InReview => (Self::FocScheduled, settings.porting.foc_after_seconds),
            Self::FocScheduled => (Self::Completed, settings.porting.completed_after_seconds),
            Self::Completed | Self::Exception => return None,
        };
        Some((next, Duration::from_secs(seconds)))
    }
}

/// Numbers on their way from another carrier.
#[derive(Debug)]
pub(super) struct PortingOrder {
    pub(super) id: String,
    pub(super) status: PortingStatus,
    pub(super) phone_numbers: Vec<String>,
    comment: Option<String>,
    documents: Vec<String>,
    created_at: Time,
    pub(super) updated_at: Time,
    pub(super) foc_at: Option<Time>,
}

impl PortingOrder {
    fn is_open(&self) -> bool {
        !matches!(self.status, PortingStatus::Completed | PortingStatus::Exception)
    }

    pub(super) fn resource(&self) -> Value {
        json!({
            "id": self.id,
            "status": self.status.name(),
            "phone_numbers": self.phone_numbers,
            "user_feedback": self.comment.as_ref().map(|comment| json!({"comment": comment})),
            "documents": self.documents,
            "foc_at": self.foc_at.map(date_time),
            "created_at": date_time(self.created_at),
            "updated_at": date_time(self.updated_at),
        })
    }
}

pub(super) fn submit(call: &mut Call<'_>) -> Result<Response, Refusal> {
    let body = call.body(&["phone_numbers", "user_feedback", "documents"])?;
    let phone_numbers = body.phone_numbers(call.settings.max_numbers_per_request)?;
    let comment = comment(&body, call.lenient)?;
    let documents = documents(call, &body)?;
    for number in &phone_numbers {
        if let Some(reason) = obstacle(number, &call.tenant.numbers) {
            return Err(Refusal::invalid("phone_numbers", &format!("{number} is not portable: {reason}")));
        }
        let open = call.tenant.porting_orders.iter().filter(|order| order.is_open());
        if open.flat_map(|order| &order.phone_numbers).any(|ported| ported == number) {
            return Err(Refusal::new(409, "porting_in_progress", format!("{number} is being ported already")));
        }
    }
    let order = PortingOrder {
        id: call.ids.uuid(),
        status: PortingStatus::Submitted,
        phone_numbers,
        comment,
        documents,
        created_at: call.now,
        updated_at: call.now,
        foc_at: None,
    };
    let resource = order.resource();
    call.tenant.porting_orders.push(order);
    Ok(single(call.settings.created_status, resource, call.settings))
}

pub(super) fn list(call: &mut Call<'_>) -> Result<Response, Refusal> {
    let query = call.query(&["cursor", "limit"])?;
    page(&call.tenant.porting_orders, |_| true, PortingOrder::resource, &query, call.settings)
}

fn comment(body: &Body, lenient: bool) -> Result<Option<String>, Refusal> {
    let Some(feedback) = body.get("user_feedback") else { return Ok(None) };
    let feedback = Body::object("user_feedback", feedback.clone(), &["comment"], lenient)?;
    Ok(feedback.text("comment")?.map(str::to_owned))
}

fn documents(call: &Call<'_>, body: &Body) -> Result<Vec<String>, Refusal> {
    let documents = body.texts("documents")?.unwrap_or_default();
    if documents.is_empty() && call.settings.porting.needs_documents {
        return Err(Refusal::invalid("documents", "at least one is required: upload it first"));
    }
    let known = |id: &String| call.tenant.documents.iter().any(|document| document.id == *id);
    match documents.iter().find(|id| !known(id)) {
        Some(id) => Err(Refusal::invalid("documents", &format!("no document {id}"))),
        None => Ok(documents),
    }
}
