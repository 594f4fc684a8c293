//! One call with everything it may touch.

use super::active_number::ActiveNumber;
use super::callbacks::Reported;
use super::input::{Body, Query, no_body};
use super::refusal::Refusal;
use super::settings::Settings;
use super::stock::Offer;
use crate::http::{Request, Response};
use crate::time::Time;
use serde_json::Value;

/// The guide's version, and the one that came after.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    V1Alpha1,
    V1,
}

impl Version {
    /// Three digits of the second in the guide, six later on.
    pub(super) fn date_time(self, time: Time) -> String {
        time.format(match self {
            Self::V1Alpha1 => "%Y-%m-%dT%H:%M:%S%.3fZ",
            Self::V1 => "%Y-%m-%dT%H:%M:%S%.6fZ",
        })
    }

    /// A search's name for the capability filter.
    pub(super) fn search_capability(self) -> &'static str {
        match self {
            Self::V1Alpha1 => "capability",
            Self::V1 => "capabilities",
        }
    }
}

/// One project's numbers and money.
pub(super) struct Project {
    pub(super) id: &'static str,
    pub(super) balance_minor: i64,
    /// How often renting a number took money.
    pub(super) purchases: u64,
    /// How often a number's next month did.
    pub(super) renewals: u64,
    pub(super) offers: Vec<Offer>,
    pub(super) active: Vec<ActiveNumber>,
    /// Of numbers that are gone, and not yet told to anybody.
    pub(super) happenings: Vec<Reported>,
    pub(super) hmac_secret: String,
}

impl Project {
    pub(super) fn active(&mut self, number: &str) -> Result<&mut ActiveNumber, Refusal> {
        let found = self.active.iter_mut().find(|active| active.phone_number == number);
        found.ok_or_else(|| Refusal::missing("ActiveNumber", number))
    }
}

/// An authenticated request.
pub(super) struct Call<'a> {
    pub(super) project: &'a mut Project,
    pub(super) version: Version,
    pub(super) now: Time,
    pub(super) settings: &'a Settings,
    pub(super) lenient: bool,
    pub(super) request: &'a Request,
}

impl Call<'_> {
    /// The query of a call without a body.
    pub(super) fn query(&self, known: &[&str], repeatable: &[&str]) -> Result<Query, Refusal> {
        no_body(self.request, self.lenient)?;
        Query::read(self.request, known, repeatable, self.lenient)
    }

    /// The body of a call without a query.
    pub(super) fn body(&self, known: &[&str]) -> Result<Body, Refusal> {
        Query::read(self.request, &[], &[], self.lenient)?;
        Body::read(self.request, known, self.lenient)
    }

    /// `{"name": rows}`, or `{}` where empty lists are left out.
    pub(super) fn list(&self, name: &str, rows: Vec<Value>) -> Value {
        let mut body = serde_json::Map::new();
        if !(rows.is_empty() && self.settings.omit_empty_lists) {
            body.insert(name.to_owned(), rows.into());
        }
        Value::Object(body)
    }

    pub(super) fn reply(&self, number: &ActiveNumber) -> Response {
        Response::json(200, &number.resource(self.version, self.project.id, self.settings))
    }
}
