//! `GET /v1/connection`: the default connection.

use super::connection::WireConnection;
use super::shapes::read_one;
use super::{Connection, Voepy};
use crate::draft::Draft;
use crate::error::Result;
use crate::operation::{Endpoint, Operation};
use crate::reply::Reply;
use crate::wire::record::Deserialize;
use serde::Serialize;

/// Read the tenant's default connection; most tenants have no other.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct GetConnection {}

impl Operation for GetConnection {
    type Provider = Voepy;
    type Output = Connection;
    const ENDPOINT: Endpoint = Endpoint::get("voepy.get_connection", "/v1/connection");

    fn encode(&self, _: &Voepy, _: &mut Draft) -> Result<()> {
        Ok(())
    }

    fn decode(&self, _: &Voepy, reply: &Reply<'_>) -> Result<Connection> {
        read_one::<WireConnection>(reply).map(Connection::from)
    }
}
