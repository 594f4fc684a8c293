//! Callbacks: what became of a number's links, told to the URL of the number.

use super::active_number::ActiveNumber;
use super::call::Project;
use super::settings::Settings;
use crate::events::{Content, Notice, Seal, signing};
use crate::http::Request;
use crate::provider::Ids;
use crate::time::Time;
use serde::Serialize;
use std::time::Duration;

/// ASSUMPTION: as for Sinch's other products; the page of the Numbers callbacks names no time.
const ANSWER_WITHIN: Duration = Duration::from_secs(10);

/// The end of a link's making or undoing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Happening {
    at: Time,
    event_type: &'static str,
    failure: Option<String>,
}

impl Happening {
    pub(super) fn new(at: Time, event_type: &'static str, failure: Option<String>) -> Self {
        Self { at, event_type, failure }
    }

    pub(super) fn done(at: Time, event_type: &'static str) -> Self {
        Self::new(at, event_type, None)
    }
}

/// The body of a callback, in the order of the page's example.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct NumberEvent {
    pub(super) event_id: String,
    /// Nine digits of the second and no zone.
    pub(super) timestamp: String,
    pub(super) project_id: String,
    pub(super) resource_id: String,
    pub(super) resource_type: &'static str,
    pub(super) event_type: &'static str,
    pub(super) status: &'static str,
    pub(super) failure_code: Option<String>,
    pub(super) internal_failure_code: Option<String>,
}

impl NumberEvent {
    fn new(happening: Happening, number: &str, project_id: &str, ids: &mut Ids) -> Self {
        Self {
            event_id: event_id(happening.at, ids),
            timestamp: happening.at.format("%Y-%m-%dT%H:%M:%S%.9f"),
            project_id: project_id.to_owned(),
            resource_id: number.to_owned(),
            resource_type: "ACTIVE_NUMBER",
            event_type: happening.event_type,
            status: if happening.failure.is_none() { "SUCCEEDED" } else { "FAILED" },
            failure_code: happening.failure,
            internal_failure_code: None,
        }
    }

    pub(super) fn body(&self) -> String {
        serde_json::to_string(self).expect("texts can be written as JSON")
    }
}

/// What a project's secret signs; an empty one signs nothing.
pub(super) struct Callback {
    pub(super) event: NumberEvent,
    pub(super) secret: String,
}

impl Content for Callback {
    fn write(&self, to: Request, _: Time, seal: Seal) -> Request {
        let body = self.event.body();
        let signature = signing::hmac_sha1(&self.secret, body.as_bytes());
        let body = match (seal, self.event.status) {
            (Seal::Broken, "FAILED") => body.replace("FAILED", "SUCCEEDED"),
            (Seal::Broken, _) => body.replace("SUCCEEDED", "FAILED"),
            _ => body,
        };
        let mut request = to.posting("application/json", body);
        if seal != Seal::Missing && !self.secret.is_empty() {
            request.headers.push(("X-Sinch-Signature".to_owned(), signature));
        }
        request
    }
}

impl Project {
    /// What has happened to numbers since this was last asked. A number without a URL tells nobody.
    pub(super) fn take_callbacks(&mut self, ids: &mut Ids, settings: &Settings) -> Vec<Notice> {
        self.active.iter_mut().for_each(|number| report(number, &mut self.happenings));
        let happenings = std::mem::take(&mut self.happenings);
        let notices = happenings.into_iter().map(|(number, url, happening)| {
            let happened = happening.at;
            let event = NumberEvent::new(happening, &number, self.id, ids);
            let content = Box::new(Callback { event, secret: self.hmac_secret.clone() });
            let (retries, reference) = (settings.callback_retries, String::new());
            Notice { happened, url, content, retries, answer_within: ANSWER_WITHIN, reference }
        });
        notices.collect()
    }
}

/// Number, callback URL, and what happened.
pub(super) type Reported = (String, String, Happening);

/// Moves what happened to a number to what is reported.
pub(super) fn report(number: &mut ActiveNumber, reported: &mut Vec<Reported>) {
    let happenings = std::mem::take(&mut number.happenings);
    if number.callback_url.is_empty() {
        return;
    }
    let reports = happenings.into_iter();
    reported.extend(reports.map(|it| (number.phone_number.clone(), number.callback_url.clone(), it)));
}

/// Like the page's `01hpa0mww4m79q8j2dwn3ggbgz`: a ULID in lower case, 48 bits of time and 80 of chance.
pub(super) fn event_id(at: Time, ids: &mut Ids) -> String {
    const DIGITS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
    let chance = (u128::from(ids.next()) << 16) | u128::from(ids.below(1 << 16));
    let bits = (u128::from(at.0.unsigned_abs()) << 80) | chance;
    (0..26).rev().map(|digit| char::from(DIGITS[(bits >> (5 * digit)) as usize & 31])).collect()
}
