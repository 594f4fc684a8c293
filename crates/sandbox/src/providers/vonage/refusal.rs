//! Everything that can be answered instead of what was asked for.

use super::document::{Field, Value};
use super::routes::{ParameterErrorShape, Route};

/// Why a call was not carried out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Shape A: `error-code` and `error-code-label`, the status being the code.
    Failed { code: u16, label: String },
    /// A 420 of the settings call, which also zeroes the limits (.NET SDK's tests).
    SettingsRejected { label: String },
    /// A 400 naming the parameter; its shape depends on the call.
    Parameter { name: String, message: &'static str },
    /// The web server's own 400 for bodies it cannot read (vonage-ruby-sdk issue 24).
    Syntax,
    /// The web server's own 404 page (pricing.yml).
    NoSuchPage,
    /// The web server's own 405 page.
    WrongMethod { allowed: &'static str },
}

impl Refusal {
    /// 420, the answer to at least five different mishaps.
    pub(super) fn method_failed() -> Self {
        Self::failed(420, "method failed")
    }

    pub(super) fn authentication_failed() -> Self {
        Self::failed(401, "authentication failed")
    }

    pub(super) fn failed(code: u16, label: &str) -> Self {
        Self::Failed { code, label: label.to_owned() }
    }

    pub(super) fn invalid(name: &str) -> Self {
        Self::parameter(name, "Is invalid.")
    }

    pub(super) fn parameter(name: &str, message: &'static str) -> Self {
        Self::Parameter { name: name.to_owned(), message }
    }

    pub(super) fn status(&self) -> u16 {
        match self {
            Self::Failed { code, .. } => *code,
            Self::SettingsRejected { .. } => 420,
            Self::Parameter { .. } | Self::Syntax => 400,
            Self::NoSuchPage => 404,
            Self::WrongMethod { .. } => 405,
        }
    }

    /// The body as the API writes it; nothing where the web server answers with a page of its own.
    pub(super) fn body(&self, route: Route, currency: &str) -> Option<Value> {
        match self {
            // pricing.yml: `code` instead of `error-code`, and a currency, in this one place.
            Self::Failed { code: 401, label } if route.is_pricing() => Some(Value::Object(vec![
                Field::new("currency", Value::text(currency)),
                Field::new("code", Value::text("401")),
                Field::new("error-code-label", Value::text(label)),
            ])),
            Self::Failed { code, label } => Some(code_and_label(*code, label)),
            Self::SettingsRejected { label } => Some(Value::Object(vec![
                Field::new("max-outbound-request", Value::count(0)),
                Field::new("max-inbound-request", Value::count(0)),
                Field::new("error-code", Value::text("420")),
                Field::new("error-code-label", Value::text(label)),
            ])),
            Self::Parameter { name, message } => Some(parameter_error(route.parameter_error_shape(), name, message)),
            Self::Syntax | Self::NoSuchPage | Self::WrongMethod { .. } => None,
        }
    }

    /// The web server's own page, for the refusals that have no body of the API.
    pub(super) fn page(&self) -> &'static str {
        match self {
            Self::Syntax => "400 - The request sent by the client was syntactically incorrect.",
            Self::WrongMethod { .. } => "405 - Method not allowed",
            _ => "404 - Page does not exist",
        }
    }
}

/// What every write answers, `{"error-code":"200","error-code-label":"success"}` included: the code is text.
pub(super) fn code_and_label(code: u16, label: &str) -> Value {
    Value::Object(vec![
        Field::new("error-code", Value::text(code.to_string())),
        Field::new("error-code-label", Value::text(label)),
    ])
}

fn parameter_error(shape: ParameterErrorShape, name: &str, message: &str) -> Value {
    let plain = || Value::Object(vec![Field::new(name.to_owned(), Value::text(message))]);
    let invalid = match shape {
        ParameterErrorShape::Plain => return plain(),
        ParameterErrorShape::Map => plain(),
        ParameterErrorShape::Pair => {
            Value::Object(vec![Field::new("parameter", Value::text(name)), Field::new("message", Value::text(message))])
        }
    };
    Value::Object(vec![
        Field::new("type", Value::text("BAD_REQUEST")),
        Field::new("error_title", Value::text("Bad Request")),
        Field::new("invalid_parameters", invalid),
    ])
}
