//! The client for programs without async.
//!
//! ```no_run
//! use trunkline::{blocking::Trunkline, rentnumber};
//!
//! # fn main() -> trunkline::Result<()> {
//! let client = Trunkline::new(trunkline::Trunkline::from_env()?)?;
//! let services = client.run(client.call(rentnumber::ListServices {}))?;
//! println!("{} services", services.len());
//! # Ok(())
//! # }
//! ```

use crate::call::Call;
use futures_util::{Stream, StreamExt};
use std::future::IntoFuture;
use std::pin::Pin;
use std::sync::Arc;
use tokio::runtime::{Builder, Handle, Runtime};
use trunkline_core::{Delivery, Error, ErrorKind, Operation, Recovered, Result};

/// A client that blocks its thread until a call has ended.
#[derive(Debug, Clone)]
pub struct Trunkline {
    client: crate::Trunkline,
    runtime: Arc<Runtime>,
}

impl Trunkline {
    /// Blocks on calls of this client. Its connections live on one background thread.
    pub fn new(client: crate::Trunkline) -> Result<Self> {
        let runtime = Builder::new_multi_thread().worker_threads(1).thread_name("trunkline").enable_all().build();
        let runtime = runtime.map_err(|error| {
            let message = format!("the background thread cannot be started: {error}");
            Error::new(ErrorKind::Unsupported, Delivery::NotSent, message)
        })?;
        Ok(Self { client, runtime: Arc::new(runtime) })
    }

    /// One operation, for [`Trunkline::run`].
    pub fn call<O: Operation>(&self, operation: O) -> Call<O> {
        self.client.call(operation)
    }

    /// What became of the purchases that nobody works on any more, for [`Trunkline::iterate`]; see
    /// [`recover`](crate::Trunkline::recover).
    pub fn recover(&self) -> impl Stream<Item = Result<Recovered>> + use<> {
        self.client.recover()
    }

    /// Blocks until a call, or its `wait()` or `with_response()`, has ended.
    pub fn run<T>(&self, call: impl IntoFuture<Output = Result<T>>) -> Result<T> {
        refuse_inside_async()?;
        self.runtime.block_on(call.into_future())
    }

    /// Blocks for each item of a call's `all()`.
    pub fn iterate<T>(&self, items: impl Stream<Item = Result<T>>) -> Result<impl Iterator<Item = Result<T>>> {
        refuse_inside_async()?;
        let runtime = Arc::clone(&self.runtime);
        let mut items: Pin<Box<_>> = Box::pin(items);
        Ok(std::iter::from_fn(move || runtime.block_on(items.next())))
    }
}

/// Blocking a thread that runs async code would stop that code; tokio would panic.
fn refuse_inside_async() -> Result<()> {
    match Handle::try_current() {
        Ok(_) => {
            let message = "this thread runs async code, which must not be blocked: use trunkline::Trunkline and await";
            Err(Error::new(ErrorKind::Unsupported, Delivery::NotSent, message))
        }
        Err(_) => Ok(()),
    }
}
