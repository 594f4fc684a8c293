//! The head of a request: who asks, from where, and whether its body is to be read at all.

use super::policy::Policy;
use crate::error::{Delivery, Error, ErrorKind};
use std::fmt::Display;

/// A header of an answer.
pub type Header = (&'static str, String);

/// What comes before the body.
#[derive(Clone, Copy)]
pub struct Head<'a> {
    /// In capitals, as it came.
    pub method: &'a str,
    /// Path and query, as they came: nothing decoded, nothing resolved.
    pub target: &'a str,
    /// Names in whatever case, all of them, repeated ones too.
    pub headers: &'a [(String, String)],
}

/// An answer in the place of a result: the gateway's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// 4xx; 500 where the server is at fault.
    pub status: u16,
    /// All headers.
    pub headers: Vec<Header>,
    /// Why, and what to do. Holds nothing that the caller sent.
    pub error: Error,
}

impl Refusal {
    /// A refusal that no header of the request has a part in.
    pub fn new(status: u16, kind: ErrorKind, why: impl Display) -> Self {
        let error = Error::new(kind, Delivery::NotSent, why.to_string()).with(|details| {
            details.status = Some(status);
            details.code = Some("gateway".to_owned());
        });
        Self { status, headers: basic(), error }
    }

    /// For hosts: `late`, `broken`, or `used`, of a body that is not there.
    pub(super) fn of_body(why: &str) -> Self {
        match why {
            "late" => Self::late_body(),
            "broken" => Self::broken_body(),
            _ => Self::used_body(),
        }
    }

    /// The body did not come in time.
    pub fn late_body() -> Self {
        Self::new(408, ErrorKind::TimedOut, "body: it did not come in time; send it at once").of_field("body")
    }

    /// The body ended before its end.
    pub fn broken_body() -> Self {
        Self::new(400, ErrorKind::InvalidInput, "body: it broke off").of_field("body")
    }

    /// Somebody else has read the body: a fault of the server's.
    pub fn used_body() -> Self {
        let why = "body: something before the gateway has read it; mount the gateway before what reads bodies";
        Self::new(500, ErrorKind::InvalidInput, why).of_field("body")
    }

    /// The same refusal, readable by the page that asked, where it is one that may.
    #[must_use]
    pub fn of_request(self, policy: &Policy, head: &Head<'_>) -> Self {
        self.readable_by(check_origin(policy, head).ok().flatten())
    }

    pub(super) fn invalid(field: &str, problem: impl Display) -> Self {
        Self::new(400, ErrorKind::InvalidInput, format!("{field}: {problem}")).of_field(field)
    }

    pub(super) fn of_field(mut self, field: &str) -> Self {
        self.error = self.error.with(|details| details.field = Some(field.to_owned()));
        self
    }

    pub(super) fn with_header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// A page from a listed origin may read why it was refused.
    pub(super) fn readable_by(mut self, origin: Option<&str>) -> Self {
        self.headers.extend(readable(origin));
        self
    }
}

/// What every answer has.
pub(super) fn basic() -> Vec<Header> {
    [
        ("content-type", "application/json"),
        ("cache-control", "no-store"),
        ("x-content-type-options", "nosniff"),
        ("vary", "origin"),
    ]
    .map(|(name, value)| (name, value.to_owned()))
    .to_vec()
}

/// On a connection that was used before, a browser itself sends a request again that got no answer, a purchase too: with
/// its answer to a page each connection ends.
fn readable(origin: Option<&str>) -> impl Iterator<Item = Header> + use<> {
    let headers = |origin: &str| {
        [("access-control-allow-origin", origin.to_owned()), ("connection", "close".to_owned())].into_iter()
    };
    origin.map(headers).into_iter().flatten()
}

/// Who asks may go on: with these headers on the answer.
pub(super) enum Pass<'a> {
    /// To the browser's question, whether a page may call; it is answered with 204.
    Preflight(Vec<Header>),
    /// With its body. The origin is a listed one.
    Call(Vec<Header>, Option<&'a str>),
}

/// Headers of which a second one would be read by one program and passed over by the next.
const ONCE: [&str; 9] = [
    "authorization",
    "content-encoding",
    "content-length",
    "content-type",
    "host",
    "origin",
    "transfer-encoding",
    "access-control-request-method",
    "access-control-request-headers",
];

pub(super) fn check<'a>(policy: &'a Policy, head: &Head<'_>) -> Result<Pass<'a>, Refusal> {
    if let Some(name) = ONCE.iter().find(|name| values(head, name).count() > 1) {
        return Err(Refusal::invalid(name, "this header came more than once; send it once"));
    }
    let origin = check_origin(policy, head)?;
    check_call(policy, head, origin).map_err(|refusal| refusal.readable_by(origin))
}

fn values<'a>(head: &Head<'a>, name: &str) -> impl Iterator<Item = &'a str> {
    let named = move |(known, value): &'a (String, String)| known.eq_ignore_ascii_case(name).then_some(value.as_str());
    head.headers.iter().filter_map(named)
}

fn value<'a>(head: &Head<'a>, name: &str) -> Option<&'a str> {
    values(head, name).next()
}

/// The origin as the policy has it.
fn check_origin<'a>(policy: &'a Policy, head: &Head<'_>) -> Result<Option<&'a str>, Refusal> {
    let Some(origin) = value(head, "origin") else { return Ok(None) };
    let listed = policy.origins.iter().find(|listed| *listed == origin);
    let why = match origin {
        "null" => {
            "a page without an origin of its own (a file, or a frame in a sandbox) may not call: serve it from a listed origin"
        }
        _ => "pages of this origin may not call: whoever runs the gateway can list it",
    };
    match listed {
        Some(origin) => Ok(Some(origin)),
        None => Err(Refusal::new(403, ErrorKind::Forbidden, format!("origin: {why}")).of_field("origin")),
    }
}

fn check_call<'a>(policy: &Policy, head: &Head<'_>, origin: Option<&'a str>) -> Result<Pass<'a>, Refusal> {
    if head.target != policy.path {
        let why = "path: the gateway is not here, and takes no query; check its URL";
        return Err(Refusal::new(404, ErrorKind::NotFound, why).of_field("path"));
    }
    match (head.method, value(head, "access-control-request-method")) {
        ("POST", _) => {}
        ("OPTIONS", Some(asked)) if origin.is_some() => return preflight(asked, head, origin),
        _ => {
            let refusal =
                Refusal::new(405, ErrorKind::Unsupported, "method: the gateway takes POST").of_field("method");
            return Err(refusal.with_header("allow", "POST, OPTIONS"));
        }
    }
    check_token(policy, head)?;
    check_body(policy, head)?;
    Ok(Pass::Call(basic().into_iter().chain(readable(origin)).collect(), origin))
}

fn preflight<'a>(method: &str, head: &Head<'_>, origin: Option<&str>) -> Result<Pass<'a>, Refusal> {
    let asked = value(head, "access-control-request-headers").unwrap_or_default();
    let known =
        |name: &str| ["", "authorization", "content-type"].iter().any(|it| name.trim().eq_ignore_ascii_case(it));
    if method != "POST" || !asked.split(',').all(known) {
        let why = "a page may send POST with the headers authorization and content-type, and nothing else";
        return Err(Refusal::new(403, ErrorKind::Forbidden, why));
    }
    let leave = [
        ("access-control-allow-methods", "POST"),
        ("access-control-allow-headers", "authorization, content-type"),
        ("access-control-max-age", "600"),
        ("vary", "origin"),
    ];
    Ok(Pass::Preflight(
        leave.map(|(name, value)| (name, value.to_owned())).into_iter().chain(readable(origin)).collect(),
    ))
}

fn check_token(policy: &Policy, head: &Head<'_>) -> Result<(), Refusal> {
    let refused = |why: &str| {
        let why = format!("authorization: {why}; send \"authorization: Bearer <the gateway's token>\"");
        Err(Refusal::new(401, ErrorKind::Unauthenticated, why)
            .of_field("authorization")
            .with_header("www-authenticate", "Bearer"))
    };
    let Some(given) = value(head, "authorization") else { return refused("there is no token") };
    let token = match given.split_once(' ') {
        Some((scheme, token)) if scheme.eq_ignore_ascii_case("bearer") => token,
        _ => return refused("it is not of the scheme Bearer"),
    };
    // All are compared, so that time does not tell which one was near.
    let known = policy.tokens.iter().fold(false, |known, one| known | same(one.expose().as_bytes(), token.as_bytes()));
    if known { Ok(()) } else { refused("the token is not one of the gateway's") }
}

/// Takes as long for a first letter that differs as for a last one.
fn same(known: &[u8], given: &[u8]) -> bool {
    let differing = known.iter().zip(given).fold(0, |differing, (a, b)| std::hint::black_box(differing | (a ^ b)));
    (known.len() == given.len()) & (differing == 0)
}

fn check_body(policy: &Policy, head: &Head<'_>) -> Result<(), Refusal> {
    if !value(head, "content-type").is_some_and(is_json) {
        return wrong(415, "content-type", "it must be application/json, in UTF-8");
    }
    if value(head, "content-encoding").is_some_and(|coding| !coding.eq_ignore_ascii_case("identity")) {
        return wrong(415, "content-encoding", "send the body as it is");
    }
    if value(head, "transfer-encoding").is_some() {
        return wrong(411, "content-length", "send the body whole, with its length, and no transfer-encoding");
    }
    check_length(head, policy.body_limit)
}

fn wrong(status: u16, field: &str, problem: &str) -> Result<(), Refusal> {
    Err(Refusal::new(status, ErrorKind::InvalidInput, format!("{field}: {problem}")).of_field(field))
}

/// Whether the body is short enough, as far as its length is said.
pub(super) fn check_length(head: &Head<'_>, limit: usize) -> Result<(), Refusal> {
    let Some(length) = value(head, "content-length") else { return Ok(()) };
    if length.is_empty() || !length.bytes().all(|byte| byte.is_ascii_digit()) {
        return wrong(400, "content-length", "it is not a number of bytes");
    }
    // A number that does not fit is too long as well.
    match length.parse::<usize>() {
        Ok(length) if length <= limit => Ok(()),
        _ => Err(too_long(limit)),
    }
}

pub(super) fn too_long(limit: usize) -> Refusal {
    let why = format!("body: it is longer than {limit} bytes");
    Refusal::new(413, ErrorKind::InvalidInput, why).of_field("body")
}

/// A simple form of another site cannot have this type without asking first.
fn is_json(content_type: &str) -> bool {
    let mut parts = content_type.split(';').map(str::trim);
    let utf_8 = |parameter: &str| {
        parameter.split_once('=').is_some_and(|(name, charset)| {
            name.eq_ignore_ascii_case("charset") && charset.trim_matches('"').eq_ignore_ascii_case("utf-8")
        })
    };
    parts.next().is_some_and(|it| it.eq_ignore_ascii_case("application/json")) && parts.all(utf_8)
}
