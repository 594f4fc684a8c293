//! Bodies of answers.

use super::admit::Admitted;
use super::head::Refusal;
use crate::call::Answer;
use crate::error::{Error, ErrorKind};
use crate::http::Response;
use serde_json::json;

/// The last line of a list that has ended.
pub const END_LINE: &str = "{\"end\":true}\n";

/// One item of a list, as a line.
pub fn item_line(item: &str) -> String {
    format!("{{\"item\":{item}}}\n")
}

impl Refusal {
    /// The body.
    pub fn body(&self) -> String {
        error_body(&self.error)
    }
}

impl Admitted {
    /// The body for what a call came to.
    pub fn body(&self, result: &Result<Answer<String>, Error>) -> String {
        match result {
            Ok(answer) if self.response => {
                format!("{{\"value\":{},\"response\":{}}}", answer.value, self.raw(&answer.response))
            }
            Ok(answer) => format!("{{\"value\":{}}}", answer.value),
            Err(error) => self.error(error),
        }
    }

    /// The body, or without its end the last line, for an error.
    pub fn error(&self, error: &Error) -> String {
        if error.field.as_deref() != Some("account") || error.kind != ErrorKind::InvalidInput {
            return error_body(error);
        }
        // It would name the accounts that there are.
        let endpoint = &self.entry.endpoint;
        let why = match endpoint.is_unified() {
            true => "account: this gateway uses none of that name".to_owned(),
            false => format!(
                "account: there is none for this at {}, or several; whoever runs the gateway can say which",
                endpoint.provider()
            ),
        };
        error_body(&error.clone().with(|details| details.message = why))
    }

    fn raw(&self, response: &Response) -> String {
        let headers: Vec<&(String, String)> = response.headers.iter().filter(|(name, _)| !is_secret(name)).collect();
        let text = response.text();
        let raw = match self.entry.endpoint.returns_secret {
            true => {
                let body = String::from_utf8_lossy(&response.body);
                json!({ "status": response.status, "headers": headers, "body": body, "text": text })
            }
            false => json!({ "status": response.status, "headers": headers, "body": text }),
        };
        raw.to_string()
    }
}

fn is_secret(header: &str) -> bool {
    ["cookie", "auth", "token", "secret", "key"].iter().any(|word| header.to_ascii_lowercase().contains(word))
}

/// The body for an error of whatever came of a call.
pub fn error_body(error: &Error) -> String {
    let fields = error.to_json();
    let text = serde_json::Value::from(error.to_string());
    format!("{{\"error\":{},\"text\":{text}}}}}", fields.strip_suffix('}').unwrap_or("{\"kind\":\"malformed\""))
}
