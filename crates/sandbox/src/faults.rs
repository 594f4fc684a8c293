//! Faults on request: which calls go wrong, how often, and how.

use crate::http::Request;
use crate::provider::{Ids, ProviderName};

/// One way in which calls go wrong. Of several that match a call, the one added first applies.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// What goes wrong.
    pub kind: FaultKind,
    /// Only calls of this provider.
    #[serde(default)]
    pub provider: Option<ProviderName>,
    /// Only this operation, below the provider's base path: `POST /numbers/{id}/renew`, or `/numbers` for every path
    /// that begins so, whatever the method.
    #[serde(default)]
    pub operation: Option<String>,
    /// How many matching calls pass unharmed first.
    #[serde(default)]
    pub skip: Option<u32>,
    /// After how many harmed calls it is over; without it, it stays.
    #[serde(default)]
    pub times: Option<u32>,
    /// From 0 to 1: the share of matching calls that is harmed, drawn from the sandbox's seed.
    #[serde(default)]
    pub probability: Option<f64>,
    /// For `slow` and `acts_late`: milliseconds.
    #[serde(default = "one_second")]
    pub delay_ms: u64,
    /// For `rate_limited_with_retry_after`: seconds.
    #[serde(default = "one")]
    pub retry_after: u64,
    /// For `rate_limited_with_retry_after`: give the moment as an HTTP date instead of seconds.
    #[serde(default)]
    pub http_date: bool,
    /// For `acts_late`: the client is left hanging instead of losing its connection.
    #[serde(default)]
    pub hang: bool,
    /// For `cut_mid_body`: bytes of the body that still arrive; half of it unless said.
    #[serde(default)]
    pub keep_bytes: Option<usize>,
}

fn one() -> u64 {
    1
}

fn one_second() -> u64 {
    1000
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// 429 with `Retry-After`; not executed.
    RateLimitedWithRetryAfter,
    /// 429 that does not say how long; not executed.
    RateLimited,
    /// 500 in the provider's own shape; not executed.
    ServerError,
    /// 502 with a proxy's HTML page; not executed.
    BadGatewayHtml,
    /// The connection breaks; not executed.
    LostBeforeActing,
    /// Executed, then the connection breaks.
    LostAfterActing,
    /// The connection breaks at once; the provider executes the call `delay_ms` later.
    ActsLate,
    /// Executed; the answer breaks off in its body.
    CutMidBody,
    /// Executed; answered after `delay_ms`.
    Slow,
    /// Never answered; not executed.
    Hang,
    /// Executed; the body is no JSON (or XML).
    GarbageJson,
    /// Executed; every value in the body has another type.
    WrongTypes,
    /// Executed; 200 and `{}`.
    EmptyObject,
}

impl Fault {
    /// That fault on every call; narrow it by the fields.
    pub fn new(kind: FaultKind) -> Self {
        Self {
            kind,
            provider: None,
            operation: None,
            skip: None,
            times: None,
            probability: None,
            delay_ms: one_second(),
            retry_after: one(),
            http_date: false,
            hang: false,
            keep_bytes: None,
        }
    }

    /// Says what is wrong with it, if anything is.
    pub fn check(&self) -> Result<(), String> {
        check_turns(&self.turns())?;
        let operation = self.operation.as_deref().unwrap_or("/");
        let path = operation.split_once(' ').map_or(operation, |(_, path)| path);
        if path.starts_with('/') {
            return Ok(());
        }
        Err(format!("operation is `METHOD /path/{{hole}}` or `/path`, not `{operation}`"))
    }

    pub(crate) fn matches(&self, provider: ProviderName, request: &Request) -> bool {
        self.provider.is_none_or(|wanted| wanted == provider)
            && self.operation.as_deref().is_none_or(|operation| operation_matches(operation, request))
    }
}

fn operation_matches(operation: &str, request: &Request) -> bool {
    let Some((method, template)) = operation.split_once(' ') else {
        return request.path.starts_with(operation);
    };
    let wanted: Vec<&str> = template.split('/').filter(|part| !part.is_empty()).collect();
    let segments = request.segments();
    method.eq_ignore_ascii_case(&request.method)
        && wanted.len() == segments.len()
        && wanted.iter().zip(&segments).all(|(template, segment)| segment_matches(template, segment))
}

/// A hole takes anything but nothing and a colon: `{number}` is not `{number}:rent`.
fn segment_matches(template: &str, segment: &str) -> bool {
    let hole = template.split_once('{').and_then(|(before, rest)| Some((before, rest.split_once('}')?.1)));
    let Some((before, after)) = hole else {
        return template == segment;
    };
    let filled = segment.strip_prefix(before).and_then(|rest| rest.strip_suffix(after));
    filled.is_some_and(|text| !text.is_empty() && !text.contains(':'))
}

/// How often a fault applies to what it matches.
pub(crate) struct Turns {
    pub(crate) skip: Option<u32>,
    pub(crate) times: Option<u32>,
    pub(crate) probability: Option<f64>,
}

/// A fault whose turns are counted.
pub(crate) trait Counted: Clone + serde::Serialize {
    fn turns(&self) -> Turns;
}

impl Counted for Fault {
    fn turns(&self) -> Turns {
        Turns { skip: self.skip, times: self.times, probability: self.probability }
    }
}

/// Says what is wrong with them, if anything is.
pub(crate) fn check_turns(turns: &Turns) -> Result<(), String> {
    if turns.probability.is_some_and(|share| !(0.0..=1.0).contains(&share)) {
        return Err("probability is a number from 0 to 1".to_owned());
    }
    if turns.times == Some(0) {
        return Err("times is 1 or more".to_owned());
    }
    Ok(())
}

/// The faults in force.
#[derive(Debug)]
pub(crate) struct Faults<F> {
    armed: Vec<Armed<F>>,
    dice: Ids,
}

#[derive(Debug)]
struct Armed<F> {
    fault: F,
    skipped: u32,
    applied: u32,
}

impl<F: Counted> Faults<F> {
    pub(crate) fn new(seed: u64) -> Self {
        Self { armed: Vec::new(), dice: Ids::new(seed) }
    }

    pub(crate) fn add(&mut self, fault: F) {
        self.armed.push(Armed { fault, skipped: 0, applied: 0 });
    }

    pub(crate) fn clear(&mut self) {
        self.armed.clear();
    }

    pub(crate) fn list(&self) -> Vec<serde_json::Value> {
        let told = |armed: &Armed<F>| serde_json::json!({ "fault": armed.fault, "applied": armed.applied });
        self.armed.iter().map(told).collect()
    }

    /// The fault that harms what `matches` says it matches, if one does; counts it.
    pub(crate) fn choose(&mut self, matches: impl Fn(&F) -> bool) -> Option<F> {
        let dice = &mut self.dice;
        let at = self.armed.iter_mut().position(|armed| matches(&armed.fault) && armed.applies(dice))?;
        let armed = &mut self.armed[at];
        armed.applied += 1;
        let fault = armed.fault.clone();
        if fault.turns().times.is_some_and(|times| armed.applied >= times) {
            self.armed.remove(at);
        }
        Some(fault)
    }
}

impl<F: Counted> Armed<F> {
    fn applies(&mut self, dice: &mut Ids) -> bool {
        let turns = self.fault.turns();
        if self.skipped < turns.skip.unwrap_or(0) {
            self.skipped += 1;
            return false;
        }
        // 53 bits: what an f64 holds exactly.
        turns.probability.is_none_or(|share| ((dice.next() >> 11) as f64) < share * (1_u64 << 53) as f64)
    }
}
