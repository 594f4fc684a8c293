//! `GET /v1/account`, `GET /v1/connection`, `GET /v1/connections`.

use super::call::Call;
use super::refusal::Refusal;
use super::reply::{date_time, page, single};
use crate::http::Response;
use crate::time::Time;
use serde_json::{Value, json};

/// A scope for numbers and webhooks inside a tenant.
#[derive(Debug)]
pub(super) struct Connection {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) is_default: bool,
    pub(super) created_at: Time,
}

impl Connection {
    fn resource(&self) -> Value {
        json!({
            "id": self.id,
            "name": self.name,
            "is_default": self.is_default,
            "created_at": date_time(self.created_at),
        })
    }
}

pub(super) fn account(call: &mut Call<'_>) -> Result<Response, Refusal> {
    call.query(&[])?;
    let tenant = &call.tenant;
    Ok(Response::json(
        200,
        &json!({
            "tenant": {"id": tenant.id, "name": tenant.name},
            "balance": {
                "amount_cents": tenant.ledger.balance_cents,
                "currency": "USD",
                "credit_limit_cents": call.settings.credit_limit_cents,
            },
        }),
    ))
}

pub(super) fn default_connection(call: &mut Call<'_>) -> Result<Response, Refusal> {
    call.query(&[])?;
    let connection = call.tenant.connections.iter().find(|connection| connection.is_default);
    let connection = connection.ok_or_else(|| Refusal::not_found("connection"))?;
    Ok(single(200, connection.resource(), call.settings))
}

pub(super) fn connections(call: &mut Call<'_>) -> Result<Response, Refusal> {
    let query = call.query(&["cursor", "limit"])?;
    page(&call.tenant.connections, |_| true, Connection::resource, &query, call.settings)
}
