//! A gateway for the bindings of all hosts: requests go in, answers come out, and what was let in is a flow to step.

use super::admit::{Admission, Admitted, Mode, admit, answer_to_event, check_head};
use super::answer::{END_LINE, item_line};
use super::head::{Head, Header, Refusal};
use super::policy::Policy;
use super::spent::Spent;
use crate::call::Answer;
use crate::client::Client;
use crate::error::{Error, Result};
use crate::host::{Around, HostFlow, HostStep};
use crate::http::Response;
use crate::operation::Effect;
use crate::time::Timestamp;
use std::sync::{Arc, Mutex, PoisonError};

/// A gateway before a client's accounts.
pub struct HostGateway {
    client: Client,
    policy: Policy,
    spent: Arc<Mutex<Spent>>,
}

/// What a request is answered with.
#[derive(Debug)]
pub struct HostAnswer {
    /// 204, or what a refusal has.
    pub status: u16,
    /// Of the body's length they say nothing.
    pub headers: Vec<Header>,
    /// All of it.
    pub body: String,
}

/// What comes of a request.
#[derive(Debug)]
pub enum HostAdmission {
    /// Answer this.
    Answer(HostAnswer),
    /// Run this.
    Run(HostRun),
}

/// An operation to be run, whose answer is 200 with these headers.
#[derive(Debug)]
pub struct HostRun {
    /// Its id.
    pub operation: &'static str,
    /// All of the answer's headers, but for the body's length.
    pub headers: Vec<Header>,
    /// It changes or spends something, and goes on to its end when nobody waits for the answer any more.
    pub lasting: bool,
    /// The answer's body comes in pieces, which are the flow's items; else it is the flow's result.
    pub lines: bool,
    /// It never fails: an error is an answer too.
    pub flow: HostFlow,
}

impl From<Refusal> for HostAnswer {
    fn from(refusal: Refusal) -> Self {
        let body = refusal.body();
        Self { status: refusal.status, headers: refusal.headers, body }
    }
}

impl HostGateway {
    /// A gateway, or what is wrong with its policy.
    pub fn new(client: &Client, policy: &str) -> Result<Self> {
        let policy = Policy::from_json(policy)?;
        policy.check()?;
        policy.check_accounts(client)?;
        Ok(Self { client: policy.confine(client), policy, spent: Arc::default() })
    }

    /// What it allows.
    pub fn policy(&self) -> &Policy {
        &self.policy
    }

    /// Why a request is refused before its body is read, where it is.
    pub fn check(&self, head: &Head<'_>) -> Option<HostAnswer> {
        check_head(&self.policy, head).err().map(HostAnswer::from)
    }

    /// The answer to a request whose body is not there: it came `late`, or `broken`, or had been `used`.
    pub fn refuse(&self, head: &Head<'_>, why: &str) -> HostAnswer {
        Refusal::of_body(why).of_request(&self.policy, head).into()
    }

    /// Lets a request in, or says why not.
    pub fn admit(&self, now: Timestamp, head: &Head<'_>, body: &[u8]) -> HostAdmission {
        let mut spent = self.spent.lock().unwrap_or_else(PoisonError::into_inner);
        match admit(&self.policy, &mut spent, now, head, body) {
            Err(refusal) => HostAdmission::Answer(refusal.into()),
            Ok(Admission::Preflight(headers)) => {
                HostAdmission::Answer(HostAnswer { status: 204, headers, body: String::new() })
            }
            Ok(Admission::Event(event)) => {
                if let Some(event) = event {
                    self.client.feed(now, &event);
                }
                let (headers, body) = answer_to_event();
                HostAdmission::Answer(HostAnswer { status: 200, headers, body })
            }
            Ok(Admission::Run(admitted)) => HostAdmission::Run(self.run(admitted)),
        }
    }

    fn run(&self, mut admitted: Admitted) -> HostRun {
        let headers = std::mem::take(&mut admitted.headers);
        let (endpoint, lines) = (&admitted.entry.endpoint, admitted.mode == Mode::All);
        let (operation, lasting) = (endpoint.id, !lines && endpoint.effect != Effect::Reads);
        let started =
            self.client.start_in_host(admitted.mode.as_str(), operation, &admitted.params, admitted.options.clone());
        let answering = Answering { admitted, flow: Some(started), spent: Arc::clone(&self.spent) };
        HostRun { operation, headers, lasting, lines, flow: HostFlow::around(answering) }
    }
}

/// A flow that says what to answer.
struct Answering {
    admitted: Admitted,
    /// Until the last line of a list has come.
    flow: Option<Result<HostFlow>>,
    spent: Arc<Mutex<Spent>>,
}

impl std::fmt::Debug for Answering {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.admitted.fmt(f)
    }
}

impl Around for Answering {
    fn flow(&mut self) -> Option<&mut HostFlow> {
        self.flow.as_mut().and_then(|flow| flow.as_mut().ok())
    }

    fn step(&mut self, now: Timestamp) -> HostStep {
        let step = match &mut self.flow {
            None => return HostStep::End,
            Some(Ok(flow)) => flow.step(now),
            Some(Err(error)) => HostStep::Failed(error.clone()),
        };
        match step {
            HostStep::Item(item) => HostStep::Item(item_line(&item)),
            HostStep::End => self.last(END_LINE.to_owned()),
            HostStep::Done(value, response) => self.end(&Ok(Answer { value, response })),
            HostStep::Failed(error) if self.admitted.mode == Mode::All => {
                let line = self.admitted.error(&error) + "\n";
                self.settle(&Err(error));
                self.last(line)
            }
            HostStep::Failed(error) => self.end(&Err(error)),
            other => other,
        }
    }
}

impl Answering {
    fn last(&mut self, line: String) -> HostStep {
        self.flow = None;
        HostStep::Item(line)
    }

    fn end(&mut self, result: &Result<Answer<String>, Error>) -> HostStep {
        self.settle(result);
        // The reply, where it was asked for, is in the body.
        let none = Response { status: 200, headers: Vec::new(), body: Vec::new() };
        HostStep::Done(self.admitted.body(result), none)
    }

    fn settle(&mut self, result: &Result<Answer<String>, Error>) {
        if let Some(ticket) = self.admitted.ticket.take() {
            self.spent.lock().unwrap_or_else(PoisonError::into_inner).settle(ticket, result);
        }
    }
}
