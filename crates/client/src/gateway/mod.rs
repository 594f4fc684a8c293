//! A gateway: it runs operations for those who must not hold an account's keys, such as a page in a browser. What it
//! speaks is described in [`trunkline_core::gateway`].
//!
//! It has no server of its own unless you want one (feature `gateway-server`): [`Gateway::answer`] takes the head and the
//! body of a request and gives an answer. With hyper, axum and what else speaks `http`, `Gateway::respond` does the same
//! for their types:
//!
//! ```
//! # #[tokio::main(flavor = "current_thread")]
//! # async fn main() -> trunkline::Result<()> {
//! # use trunkline::gateway::{Gateway, Head, Policy};
//! # let client = trunkline::Trunkline::new(trunkline::Config::default())?;
//! let policy = Policy {
//!     tokens: vec!["0123456789abcdef0123456789abcdef".into()],
//!     operations: vec!["rentnumber.*".to_owned(), "rentnumber.rent".to_owned()],
//!     origins: vec!["https://app.example.com".to_owned()],
//!     max_purchases: 20,
//!     ..Policy::default()
//! };
//! let gateway = Gateway::new(client, policy)?;
//! let head = Head { method: "POST", target: "/", headers: &[] };
//! assert_eq!(gateway.answer(&head, b"{}").await.status, 401);
//! # Ok(())
//! # }
//! ```

#[cfg(feature = "gateway-server")]
mod http;
mod line;
#[cfg(feature = "gateway-server")]
mod serve;

use crate::client::Trunkline;
use futures_util::stream::{BoxStream, StreamExt, once, unfold};
use line::Line;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;
use trunkline_core::gateway::{
    Admission, Admitted, END_LINE, Header, Mode, Spent, Ticket, admit, answer_to_event, error_body, item_line,
};
use trunkline_core::{Answer, Delivery, Effect, Error, ErrorKind, Result, Secret};

#[cfg(feature = "gateway-server")]
pub use http::Sending;
#[cfg(feature = "gateway-server")]
pub use serve::{Options, Server, serve};
#[doc(inline)]
pub use trunkline_core::gateway::{EventPolicy, Head, Policy, Refusal, check_head};

/// A gateway before a client's accounts. Cloning it shares what was spent.
#[derive(Clone)]
pub struct Gateway {
    inner: Arc<Inner>,
}

struct Inner {
    client: Trunkline,
    policy: Policy,
    spent: Mutex<Spent>,
    /// How many operations are under way that nobody's going away ends.
    unfinished: AtomicUsize,
}

impl std::fmt::Debug for Gateway {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Gateway").field(&self.inner.policy).finish()
    }
}

/// What a request is answered with.
pub struct Reply {
    /// 200 for all that an operation came to.
    pub status: u16,
    /// Names in lower case. Of the body's length they say nothing.
    pub headers: Vec<Header>,
    /// To be sent as it comes.
    pub body: Body,
}

/// The body of an answer.
pub enum Body {
    /// All of it.
    Whole(String),
    /// Lines, as they come. Whoever drops it ends the list.
    Lines(BoxStream<'static, String>),
}

/// A new token, of 32 random characters.
pub fn new_token() -> Result<Secret> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|error| {
        let message = format!("the system gives no randomness, which a token needs: {error}");
        Error::new(ErrorKind::Unsupported, Delivery::NotSent, message)
    })?;
    Ok(Secret::new(bytes.iter().map(|byte| format!("{byte:02x}")).collect()))
}

impl Gateway {
    /// A gateway, or what is wrong with its policy.
    pub fn new(client: Trunkline, policy: Policy) -> Result<Self> {
        policy.check()?;
        policy.check_accounts(&client.inner.core)?;
        let client = client.with_core(policy.confine(&client.inner.core));
        let inner = Inner { client, policy, spent: Mutex::default(), unfinished: AtomicUsize::new(0) };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// What it allows.
    pub fn policy(&self) -> &Policy {
        &self.inner.policy
    }

    /// Answers a request: refuses it, or runs what it asks for. What changes or spends anything goes on to its end even
    /// when this is dropped. Each answer is one event of `tracing`, with the target `trunkline::gateway`.
    pub async fn answer(&self, head: &Head<'_>, body: &[u8]) -> Reply {
        let now = self.inner.client.inner.clock.now();
        let admission = admit(&self.inner.policy, &mut self.spent(), now, head, body);
        match admission {
            Err(refusal) => refuse(&refusal),
            Ok(Admission::Preflight(headers)) => Reply { status: 204, headers, body: Body::Whole(String::new()) },
            Ok(Admission::Event(event)) => {
                if let Some(event) = event {
                    line::took(&event);
                    self.inner.client.inner.core.feed(now, &event);
                }
                let (headers, body) = answer_to_event();
                Reply { status: 200, headers, body: Body::Whole(body) }
            }
            Ok(Admission::Run(admitted)) => self.run(admitted).await,
        }
    }

    /// Ends when nothing is under way any more that changes or spends anything.
    pub async fn finish(&self) {
        while self.inner.unfinished.load(Ordering::SeqCst) > 0 {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    }

    fn spent(&self) -> MutexGuard<'_, Spent> {
        self.inner.spent.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn run(&self, mut admitted: Admitted) -> Reply {
        let headers = std::mem::take(&mut admitted.headers);
        let body = match (admitted.mode, admitted.entry.endpoint.effect) {
            (Mode::All, _) => Body::Lines(self.lines(admitted)),
            (_, Effect::Reads) => Body::Whole(self.body(admitted).await),
            (_, Effect::Sets | Effect::Spends(_)) => Body::Whole(self.unabandoned(admitted).await),
        };
        Reply { status: 200, headers, body }
    }

    async fn body(&self, mut admitted: Admitted) -> String {
        let mut line = Line::begin(&admitted);
        let result = self.result(&mut admitted).await;
        line.end(result.as_ref().err());
        if let Some(ticket) = admitted.ticket.take() {
            self.settle(ticket, &result);
        }
        admitted.body(&result)
    }

    /// On a task of its own, so that a page that is closed does not leave a purchase half made.
    async fn unabandoned(&self, admitted: Admitted) -> String {
        let unfinished = Unfinished::begin(self);
        let kind = match admitted.entry.endpoint.effect {
            Effect::Spends(_) => ErrorKind::PurchaseUnknown,
            Effect::Reads | Effect::Sets => ErrorKind::Cancelled,
        };
        let task = tokio::spawn(async move { unfinished.0.body(admitted).await });
        // It ends otherwise only by a panic, or with the program.
        task.await.unwrap_or_else(|_| {
            let why = "the gateway failed while this was under way; whether it was done is not known";
            error_body(&Error::new(kind, Delivery::Unknown, why))
        })
    }

    async fn result(&self, admitted: &mut Admitted) -> Result<Answer<String>> {
        let (id, options) = (admitted.entry.endpoint.id, admitted.options.clone());
        match admitted.mode {
            Mode::Wait => self.inner.client.wait_json(id, &admitted.params, options).await,
            Mode::Call | Mode::All => self.inner.client.call_json(id, &admitted.params, options).await,
        }
    }

    fn settle<T>(&self, ticket: Ticket, result: &Result<T>) {
        self.spent().settle(ticket, result);
    }

    fn lines(&self, mut admitted: Admitted) -> BoxStream<'static, String> {
        let mut line = Line::begin(&admitted);
        let options = admitted.options.clone();
        let items = match self.inner.client.all_json(admitted.entry.endpoint.id, &admitted.params, options) {
            Ok(items) => items,
            Err(error) => {
                line.end(Some(&error));
                let last = admitted.error(&error) + "\n";
                if let Some(ticket) = admitted.ticket.take() {
                    self.settle(ticket, &Err::<(), _>(error));
                }
                return once(async move { last }).boxed();
            }
        };
        let state = Some((items.boxed(), line, admitted));
        unfold(state, |state| async move {
            let (mut items, mut line, admitted) = state?;
            match items.next().await {
                Some(Ok(item)) => Some((item_line(&item), Some((items, line, admitted)))),
                Some(Err(error)) => {
                    line.end(Some(&error));
                    Some((admitted.error(&error) + "\n", None))
                }
                None => {
                    line.end(None);
                    Some((END_LINE.to_owned(), None))
                }
            }
        })
        .boxed()
    }
}

/// A refusal as an answer.
fn refuse(refusal: &Refusal) -> Reply {
    line::refused(refusal);
    Reply { status: refusal.status, headers: refusal.headers.clone(), body: Body::Whole(refusal.body()) }
}

/// One operation under way that goes on to its end.
struct Unfinished(Gateway);

impl Unfinished {
    fn begin(gateway: &Gateway) -> Self {
        gateway.inner.unfinished.fetch_add(1, Ordering::SeqCst);
        Self(gateway.clone())
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        self.0.inner.unfinished.fetch_sub(1, Ordering::SeqCst);
    }
}
