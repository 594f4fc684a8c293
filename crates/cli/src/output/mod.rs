//! What is shown: JSON for programs, tables and blocks for people.

mod block;
pub(crate) mod cell;
pub(crate) mod column;
pub(crate) mod rows;
mod secrets;
pub(crate) mod table;
mod value;

use crate::exit::Failure;
use crate::terminal::Paint;
use serde_json::json;
use std::collections::BTreeMap;
use std::io::Write;
use trunkline::Response;
use trunkline_core::surface::{Definition, Type};
use value::Value;

/// What is known of a result before it is there.
pub(crate) struct Shape {
    pub(crate) result: Type,
    /// The types in it.
    pub(crate) types: BTreeMap<String, Definition>,
    /// Secrets are shown as they are.
    pub(crate) show_secrets: bool,
    /// The operation has pages.
    pub(crate) has_all: bool,
}

/// Writes a line to standard output.
pub(crate) fn line(text: &str) -> Result<(), Failure> {
    let mut stdout = std::io::stdout().lock();
    stdout.write_all(text.as_bytes())?;
    stdout.write_all(b"\n")?;
    Ok(stdout.flush()?)
}

/// Names and values in two columns.
pub(crate) fn facts(lines: &[(&str, String)]) -> String {
    let lines: Vec<(String, String)> = lines.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect();
    block::facts(&lines, Paint::for_stdout())
}

/// Writes a value as JSON, on one line.
pub(crate) fn json(value: &impl serde::Serialize) -> Result<(), Failure> {
    line(
        &serde_json::to_string(value)
            .map_err(|error| Failure::Local(format!("the result cannot be shown: {error}")))?,
    )
}

/// Writes a line to standard error; there is nowhere to say that this failed.
pub(crate) fn complain(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Shows a result to people.
pub(crate) fn people(text: &str, shape: &Shape) -> Result<(), Failure> {
    let read = |error| Failure::Local(format!("the result cannot be shown: {error}"));
    let mut value = serde_json::from_str::<Value>(text).map_err(read)?;
    if !shape.show_secrets {
        value = secrets::masked(value, &shape.result, &shape.types);
    }
    let mut shown = block::show(&value, Paint::for_stdout());
    if shape.has_all && value.get("next").is_some_and(|next| !next.is_null()) {
        shown.push_str("\n\nThere is more: --all gives every page.");
    }
    line(shown.trim_end())
}

/// Shows a reply as it came, without secrets.
pub(crate) fn raw(response: &Response, as_json: bool) -> Result<(), Failure> {
    let headers: Vec<(&str, &str)> = response
        .headers
        .iter()
        .map(|(name, value)| (name.as_str(), if secrets::is_secret_header(name) { "***" } else { value.as_str() }))
        .collect();
    if as_json {
        return line(&json!({ "status": response.status, "headers": headers, "body": response.text() }).to_string());
    }
    let mut text = format!("HTTP {}\n", response.status);
    for (name, value) in headers {
        text.push_str(&format!("{name}: {value}\n"));
    }
    line(&format!("{text}\n{}", response.text().trim_end()))
}
