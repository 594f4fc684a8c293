//! Which accounts a unified call is for, and how several are asked at the same time.

use super::abilities::{Abilities, unsupported};
use super::number::Number;
use super::{Failure, Scope};
use crate::call::{Call, Options};
use crate::error::{Delivery, Error, ErrorKind, Result};
use crate::operation::BoxFuture;
use crate::session::Session;
use std::sync::Arc;
use std::task::Poll;

impl Scope {
    /// The calls of these accounts, or of all there are. Those without credentials are left out of what needs them.
    pub(super) fn accounts(&self, names: &[String], public: bool) -> Result<Vec<Call>> {
        let asked = if names.is_empty() { self.options.account.as_slice() } else { names };
        if !asked.is_empty() {
            return asked.iter().map(|name| self.account(name)).collect();
        }
        let sessions = self.client.sessions().iter();
        let able = sessions.filter(|session| public || session.provider.secret().is_some());
        let calls: Vec<Call> = able.map(|session| self.call(session.clone())).collect();
        match calls.is_empty() {
            true => Err(Error::invalid_input("accounts", "this client has no account: give it the settings of one")),
            false => Ok(calls),
        }
    }

    /// The account of that name, where the call is not for another.
    pub(super) fn account(&self, name: &str) -> Result<Call> {
        self.check(name)?;
        let found = self.client.sessions().iter().find(|session| session.account == name);
        found.map(|session| self.call(session.clone())).ok_or_else(|| self.no_account(name))
    }

    /// The account that a number's id names, and how its provider names the number.
    pub(super) fn number<'a>(&self, id: &'a str) -> Result<(Call, &'a str)> {
        let behind = |account: &str| id.strip_prefix(account)?.strip_prefix(':').filter(|native| !native.is_empty());
        // Of accounts that are named alike at their beginnings the longest is meant.
        let sessions = self.client.sessions().iter();
        let named = sessions.filter_map(|session| Some((session, behind(&session.account)?)));
        let found = named.max_by_key(|(session, _)| session.account.len());
        if let Some((session, native)) = found {
            self.check(&session.account)?;
            return Ok((self.call(session.clone()), native));
        }
        match id.split_once(':') {
            Some((account, native)) if !native.is_empty() => Err(self.no_account(account)),
            _ => {
                let problem =
                    "it is no number's id: those that trunkline.list_numbers gives begin with the account and a colon";
                Err(Error::invalid_input("number", problem))
            }
        }
    }

    /// Whoever says that a call is for one account does not mean another.
    fn check(&self, name: &str) -> Result<()> {
        match &self.options.account {
            Some(account) if account != name => {
                let problem = format!("this is on the account {name:?}, and the call is for {account:?}");
                Err(Error::invalid_input("account", problem))
            }
            _ => Ok(()),
        }
    }

    fn call(&self, session: Arc<Session>) -> Call {
        let options = Options { account: None, ..self.options.clone() };
        Call::new(self.cx.clone(), session, options)
    }

    fn no_account(&self, name: &str) -> Error {
        let known: Vec<&str> = self.client.accounts().collect();
        let problem = format!("this client has no account {name:?}; there are: {}", known.join(", "));
        Error::invalid_input("account", problem)
    }
}

/// What one account answered.
pub(super) struct Answered<'a, T> {
    pub(super) call: &'a Call,
    pub(super) result: Result<T>,
}

/// One account, asked.
type Question<'a, T> = (&'a Call, BoxFuture<'a, Result<T>>);

/// Several accounts, asked at the same time.
pub(super) struct Asked<'a, T>(Vec<Question<'a, T>>);

impl<'a, T: Send + 'a> Asked<'a, T> {
    /// Asks each; those whose provider cannot do it answer that they cannot.
    pub(super) fn each(
        calls: &'a [Call],
        operation: &'static str,
        ask: impl Fn(&'a Call, &'static Abilities) -> Option<BoxFuture<'a, Result<T>>>,
    ) -> Self {
        let cannot =
            |call| -> BoxFuture<'a, Result<T>> { Box::pin(std::future::ready(Err(unsupported(call, operation)))) };
        let question = |call| (call, ask(call, call.session.abilities).unwrap_or_else(|| cannot(call)));
        Self(calls.iter().map(question).collect())
    }

    /// The next one that has answered.
    pub(super) async fn next(&mut self) -> Option<Answered<'a, T>> {
        std::future::poll_fn(|context| {
            let mut open = self.0.iter_mut().enumerate();
            let ended = open.find_map(|(at, (_, asked))| match asked.as_mut().poll(context) {
                Poll::Ready(result) => Some((at, result)),
                Poll::Pending => None,
            });
            match ended {
                Some((at, result)) => Poll::Ready(Some(Answered { call: self.0.remove(at).0, result })),
                None if self.0.is_empty() => Poll::Ready(None),
                None => Poll::Pending,
            }
        })
        .await
    }

    /// What all of them have answered, account by account; who failed is told beside it.
    pub(super) async fn all(self) -> (Vec<T>, Vec<Failure>) {
        let (mut found, mut failures) = (Vec::new(), Vec::new());
        let (calls, asked): (Vec<&Call>, Vec<_>) = self.0.into_iter().unzip();
        // Whoever answers first, the result is the same.
        for (call, result) in calls.into_iter().zip(all_of(asked).await) {
            match result {
                Ok(value) => found.push(value),
                Err(error) => failures.push(Failure::of(call, &error)),
            }
        }
        (found, failures)
    }
}

/// All of these at the same time; what each gives, in their order.
pub(super) async fn all_of<T>(mut futures: Vec<BoxFuture<'_, T>>) -> Vec<T> {
    let mut results: Vec<Option<T>> = futures.iter().map(|_| None).collect();
    std::future::poll_fn(|context| {
        let mut pending = false;
        for (future, result) in futures.iter_mut().zip(&mut results).filter(|(_, result)| result.is_none()) {
            match future.as_mut().poll(context) {
                Poll::Ready(value) => *result = Some(value),
                Poll::Pending => pending = true,
            }
        }
        if pending { Poll::Pending } else { Poll::Ready(()) }
    })
    .await;
    results.into_iter().flatten().collect()
}

/// The number of that name among those that the provider lists: where it can be asked for no single one.
pub(crate) fn among(numbers: Vec<Number>, native_id: &str) -> Result<Number> {
    let found = numbers.into_iter().find(|number| number.native_id.as_str() == native_id);
    found.ok_or_else(|| {
        let message = "the account has no such number; it may have been released";
        Error::new(ErrorKind::NotFound, Delivery::Refused, message)
    })
}

#[cfg(test)]
mod tests {
    use crate::call::Options;
    use crate::client::Client;
    use crate::config::Config;
    use crate::host::HostStep;
    use crate::time::Timestamp;

    /// What comes of it before anything is sent.
    fn refusal(operation: &str, params: &str, account: Option<&str>) -> Option<String> {
        let config = r#"{"vonage":{"api_key":"k","api_secret":"s"},"rentnumber":{"api_key":"k"}}"#;
        let client = Client::new(Config::from_json(config).expect("accounts"), [7; 16]).expect("a client");
        let options = Options { account: account.map(str::to_owned), ..Options::default() };
        match client.start_in_host("call", operation, params, options).expect("started").step(Timestamp::EPOCH) {
            HostStep::Failed(error) => Some(error.message.clone()),
            HostStep::Perform(..) => None,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_call_for_one_account_reaches_no_other() {
        let number = r#"{"number":"rentnumber:101"}"#;
        let refused = "account: this is on the account \"rentnumber\", and the call is for \"vonage\"".to_owned();
        assert_eq!(refusal("trunkline.get_number", number, None), None);
        assert_eq!(refusal("trunkline.get_number", number, Some("rentnumber")), None);
        assert_eq!(refusal("trunkline.get_number", number, Some("vonage")), Some(refused.clone()));
        let search = r#"{"accounts":["rentnumber"]}"#;
        assert_eq!(refusal("trunkline.balances", search, Some("rentnumber")), None);
        assert_eq!(refusal("trunkline.balances", search, Some("vonage")), Some(refused));
    }
}
