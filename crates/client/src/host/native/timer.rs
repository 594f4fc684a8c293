//! Waiting, by tokio.

pub(crate) use tokio::time::sleep;
