//! The gateway: accounts for those who must not hold their keys, such as a page in a browser. Here is what it speaks, and
//! who is let in; a host carries bytes, keeps time, and runs what [`admit`] has admitted. This page is its protocol.
//!
//! # A request
//!
//! `POST` to the gateway's path, without a query, with `authorization: Bearer <token>`, `content-type: application/json`,
//! a `content-length` (a body without one is refused, so that nobody can disagree about where it ends), and
//!
//! ```json
//! {"operation": "rentnumber.rent", "params": {"pricing_id": "42"}, "mode": "call", "response": false, "id": "…",
//!  "options": {"account": "rentnumber", "timeout": 30, "attempts": 4, "idempotency_key": "…"}}
//! ```
//!
//! Only `operation` is required. `params` is what the operation takes in every host, in snake_case. `mode` is `call`
//! (unless said), `wait` (until the result has settled) or `all` (every item of every page). `response: true` asks for
//! the raw reply as well. `id` names this very call, by chance: a purchase that comes a second time under the same one,
//! as when a browser or a proxy sends it again by itself, is not made again. `timeout` is in seconds. A member that is
//! not named here is refused. Of a header that decides anything there may be one.
//!
//! # An answer
//!
//! Status 200 for all that an operation came to, its errors too:
//!
//! - `call` and `wait`: `{"value": <result>}`, with `"response": {"status", "headers": [[name, value], …], "body": text}`
//!   where it was asked for; or `{"error": {…}}`.
//! - `all`: `application/x-ndjson`, lines as they come: `{"item": <item>}` any number of times, then `{"end": true}` or
//!   `{"error": {…}}`. Without such a last line the list broke off.
//!
//! While it waits nothing is sent: a proxy before the gateway must be as patient as the call.
//!
//! An error is what a client at the accounts themselves would give ([`Details`](crate::error::Details)), and `text`, its
//! `Display`. Result and error therefore read as they would there. Headers of a raw reply that look like credentials are
//! left out; so are, as `***`, values under names that look like a secret's. Of an operation that returns secrets the body
//! has them, and `text` beside it has not. The body is text: bytes that are none are U+FFFD.
//!
//! Any other status is the gateway's own refusal, in the same form, with `code` `gateway` and (but for 409) `delivery`
//! `not_sent`: no provider has heard of it.
//!
//! | status | kind | |
//! |---|---|---|
//! | 400 | `invalid_input` | the request is malformed; see `field` |
//! | 401 | `unauthenticated` | no token, or a wrong one |
//! | 403 | `forbidden` | an origin, operation, account or number of purchases that is not allowed here |
//! | 404 | `not_found` | another path, or a query |
//! | 405 | `unsupported` | another method than `POST` |
//! | 408 | `timed_out` | the body did not come in time |
//! | 409 | `purchase_unknown` | a purchase whose `id` has been here within the period; `delivery` is `unknown` |
//! | 411, 413, 415 | `invalid_input` | no length; too long; not JSON |
//! | 429 | `rate_limited` | no more purchases in this period; see `retry_after`, in seconds |
//! | 500 | `invalid_input` | the server has read the body before the gateway could |
//!
//! Who loses the connection before an answer has come must take a purchase for `purchase_unknown`: the gateway finishes it
//! all the same. Calling again buys again, except under the same `idempotency_key` where the provider takes one.
//!
//! # Browsers
//!
//! A request with an `origin` is answered only where that origin is listed, letter by letter; `null` never is.
//! `OPTIONS` with `access-control-request-method: POST` from a listed origin is answered 204, with leave to send
//! `authorization` and `content-type`. Each answer to a page ends its connection (HTTP/1.1): on one that was used
//! before, browsers send a call again by themselves that got no answer. Where a proxy before the gateway keeps
//! connections, `id` tells the two apart. Since nothing but `application/json` is taken, no form of another site
//! reaches an operation.
//!
//! # Events
//!
//! Providers send what numbers receive to `events/<account>` below the gateway's path, by `GET` or `POST`, for the accounts
//! in [`Policy::events`]. There is no token: an event is believed by its signature, and answered 401 where it is not, 400
//! where it cannot be read, so that the provider sends it again; else 200 and `{}`. What it says goes to who waits for
//! messages of that number, in a page too: `trunkline.wait_for_message`, and `trunkline.inbox` over all that come (`all`).
//!
//! # What may be done
//!
//! See [`Policy`]. What is spent is limited by the number of purchases in a period ([`Policy::max_purchases`]). It is not
//! limited by price: no provider's parameters carry one, so that what it costs is known only after it, and the
//! `max_price` and the offers of `trunkline.buy` are the caller's own words. What can be lost at most is that number
//! times the dearest thing that the listed operations sell, or what is in the accounts that may be used.

mod admit;
mod answer;
mod events;
mod head;
mod host;
mod policy;
mod spent;

#[cfg(test)]
mod tests;

pub use admit::{Admission, Admitted, Mode, admit, answer_to_event, check_head};
pub use answer::{END_LINE, error_body, item_line};
pub use events::EventPolicy;
pub use head::{Head, Header, Refusal};
pub use host::{HostAdmission, HostAnswer, HostGateway, HostRun};
pub use policy::Policy;
pub use spent::{Spent, Ticket};
