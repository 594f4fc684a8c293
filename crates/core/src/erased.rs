//! Operations whose types are forgotten, so that the machine that runs them exists once and not once for each of them.

use crate::call::{Answer, Call, Found};
use crate::draft::Draft;
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::operation::{BoxFuture, Effect, Endpoint, Operation};
use crate::paging::Paged;
use crate::reply::Reply;
use crate::secret::Secret;
use crate::session::Session;
use crate::wait::{Progress, Waits};
use crate::wire::writer::to_text;
use std::any::Any;

/// A result whose type is forgotten.
pub(crate) type AnyOutput = Box<dyn Any + Send>;

/// An operation whose type is forgotten.
pub(crate) trait AnyOperation: Send + Sync {
    /// Its facts.
    fn facts(&self) -> Endpoint;
    /// Its parameters as JSON text, for the journal: of what spends.
    fn params(&self) -> String;
    /// Writes the request.
    fn write(&self, session: &Session, draft: &mut Draft) -> Result<()>;
    /// Reads the answer.
    fn read(&self, session: &Session, reply: &Reply<'_>) -> Result<AnyOutput>;
    /// Looks for what a lost purchase may have become; what does not spend finds nothing.
    fn find<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Vec<Found<AnyOutput>>>>;
    /// The unique things that the purchase names.
    fn names(&self) -> Vec<String>;
    /// How the provider names what was bought.
    fn bought(&self, output: &AnyOutput) -> Vec<String>;
    /// The new secret in its result, where there is one.
    fn secret_in(&self, output: &AnyOutput) -> Option<Secret>;
}

impl<O: Operation> AnyOperation for O {
    fn facts(&self) -> Endpoint {
        O::ENDPOINT
    }

    fn params(&self) -> String {
        if spends::<O>() { to_text(self) } else { String::new() }
    }

    fn write(&self, session: &Session, draft: &mut Draft) -> Result<()> {
        self.encode(session.provider::<O::Provider>()?, draft)
    }

    fn read(&self, session: &Session, reply: &Reply<'_>) -> Result<AnyOutput> {
        Ok(Box::new(self.decode(session.provider::<O::Provider>()?, reply)?))
    }

    fn find<'a>(&'a self, call: &'a Call) -> BoxFuture<'a, Result<Vec<Found<AnyOutput>>>> {
        if !spends::<O>() {
            return Box::pin(std::future::ready(Ok(Vec::new())));
        }
        let looking = self.look(call);
        Box::pin(async move { Ok(looking.await?.into_iter().map(forget::<O::Output>).collect()) })
    }

    fn names(&self) -> Vec<String> {
        O::names(self)
    }

    fn bought(&self, output: &AnyOutput) -> Vec<String> {
        output.downcast_ref().map(|output| O::bought(self, output)).unwrap_or_default()
    }

    fn secret_in(&self, output: &AnyOutput) -> Option<Secret> {
        output.downcast_ref().and_then(|output| self.new_secret(output))
    }
}

/// Known when compiling: what only purchases need is left out of all other operations.
const fn spends<O: Operation>() -> bool {
    matches!(O::ENDPOINT.effect, Effect::Spends(_))
}

fn forget<T: Send + 'static>(found: Found<T>) -> Found<AnyOutput> {
    let Found { id, at, no_later_than, answer: Answer { value, response } } = found;
    Found { id, at, no_later_than, answer: Answer { value: Box::new(value), response } }
}

/// The result as what it is.
pub(crate) fn typed<T: 'static>(output: AnyOutput) -> Result<T> {
    match output.downcast() {
        Ok(value) => Ok(*value),
        Err(_) => Err(of_another_operation()),
    }
}

/// The result as what it is, where it is.
pub(crate) fn seen<T: 'static>(output: &AnyOutput) -> Result<&T> {
    output.downcast_ref().ok_or_else(of_another_operation)
}

#[cold]
fn of_another_operation() -> Error {
    Error::new(ErrorKind::Malformed, Delivery::Unknown, "a result of another operation; a defect of the library")
}

/// How far along a result is, its type forgotten.
pub(crate) fn progress<O: Waits>(output: &AnyOutput) -> Progress {
    output.downcast_ref().map_or_else(|| Progress::Waiting("unknown".to_owned()), O::progress)
}

/// A list whose type is forgotten.
pub(crate) trait AnyPaged: AnyOperation {
    /// The same list, at another page.
    fn at(&self, token: &str) -> Box<dyn AnyPaged>;
}

impl<O: Paged> AnyPaged for O {
    fn at(&self, token: &str) -> Box<dyn AnyPaged> {
        Box::new(self.clone().at_page(token))
    }
}
