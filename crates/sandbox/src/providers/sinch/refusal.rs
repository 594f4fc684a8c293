//! Refusals: `{"error":{"code","message","status","details"}}`. The details' discriminator is `type`, not `@type`.

use crate::http::Response;
use serde_json::{Value, json};

/// Why a call is refused.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Refusal {
    http_status: u16,
    status: &'static str,
    message: String,
    details: Vec<Value>,
    header: Option<(&'static str, String)>,
}

impl Refusal {
    fn new(http_status: u16, status: &'static str, message: impl Into<String>) -> Self {
        Self { http_status, status, message: message.into(), details: Vec::new(), header: None }
    }

    /// 401. The challenge is what tells an expired token from a wrong one.
    pub(super) fn unauthenticated(message: &str, challenge: &str) -> Self {
        let refusal = Self::new(401, "UNAUTHENTICATED", message);
        Self { header: Some(("www-authenticate", challenge.to_owned())), ..refusal }
    }

    /// 400 with the field that is wrong.
    pub(super) fn field(field: &str, description: &str) -> Self {
        let violation = json!({"field": field, "description": description});
        let details = vec![json!({"type": "BadRequest", "fieldViolations": [violation]})];
        let refusal = Self::new(400, "INVALID_ARGUMENT", format!("{field}: {description}"));
        Self { details, ..refusal }
    }

    /// 400 as the status page shows it for a value outside its enum.
    pub(super) fn not_a_value(field: &str, value: &str) -> Self {
        let message = format!("parsing field \"{field}\": \"{value}\" is not a valid value");
        Self::new(400, "INVALID_ARGUMENT", message)
    }

    pub(super) fn malformed(message: impl Into<String>) -> Self {
        Self::new(400, "INVALID_ARGUMENT", message)
    }

    /// 404 for a resource.
    pub(super) fn missing(resource_type: &str, resource_name: &str) -> Self {
        let refusal = Self::new(404, "NOT_FOUND", "");
        Self { details: vec![resource_info(resource_type, resource_name, "")], ..refusal }
    }

    /// 404 for a path.
    pub(super) fn no_such_path() -> Self {
        Self::new(404, "NOT_FOUND", "Not Found")
    }

    pub(super) fn too_many_requests() -> Self {
        Self::new(429, "RESOURCE_EXHAUSTED", "Too Many Requests")
    }

    pub(super) fn wrong_method(allowed: &str) -> Self {
        let refusal = Self::new(405, "UNIMPLEMENTED", "Method Not Allowed");
        Self { header: Some(("allow", allowed.to_owned())), ..refusal }
    }

    /// 403, worded as the one that is known: the trial account's.
    pub(super) fn not_permitted(resource_type: &str, message: &str) -> Self {
        let refusal = Self::new(403, "PERMISSION_DENIED", message);
        Self { details: vec![resource_info(resource_type, "", message)], ..refusal }
    }

    pub(super) fn response(&self) -> Response {
        let error = json!({
            "code": self.http_status,
            "message": self.message,
            "status": self.status,
            "details": self.details,
        });
        let response = Response::json(self.http_status, &json!({"error": error}));
        match &self.header {
            Some((name, value)) => response.with_header(name, value.clone()),
            None => response,
        }
    }
}

fn resource_info(resource_type: &str, resource_name: &str, description: &str) -> Value {
    json!({
        "type": "ResourceInfo",
        "resourceType": resource_type,
        "resourceName": resource_name,
        "owner": "",
        "description": description,
    })
}
