//! What one provider's part of the demo shows: a line for each step as it ends.

use crate::exit::Failure;
use crate::terminal::Paint;
use crate::{output, progress};
use serde::Serialize;
use serde_json::json;
use std::future::IntoFuture;
use std::time::{Duration, Instant};

/// Why a provider's part ended early.
pub(super) enum Stop {
    /// A call failed; its step has said how.
    Call,
    /// What came back was not what the demo needs.
    Other(String),
    /// The line could not be written.
    Output(Failure),
}

/// What became of one provider's part: a row of the closing table.
#[derive(Debug, Default, Serialize)]
pub(super) struct Row {
    pub(super) provider: String,
    pub(super) ok: bool,
    pub(super) number: Option<String>,
    pub(super) price: Option<String>,
    pub(super) sms: Option<String>,
    pub(super) milliseconds: u128,
}

/// One provider's part, under way.
pub(super) struct Stage {
    json: bool,
    paint: Paint,
    started: Instant,
    row: Row,
}

/// For providers without a call that reads SMS.
pub(super) const NOT_OFFERED: &str = "not offered";

impl Stage {
    pub(super) fn open(provider: &str, json: bool) -> Self {
        let row = Row { provider: provider.to_owned(), ..Row::default() };
        Self { json, paint: Paint::for_stdout(), started: Instant::now(), row }
    }

    /// Awaits a call, and tells what came back.
    pub(super) async fn step<T>(
        &mut self,
        name: &str,
        call: impl IntoFuture<Output = trunkline::Result<T>>,
        tell: impl FnOnce(&T) -> String,
    ) -> Result<T, Stop> {
        let started = Instant::now();
        let what = format!("{} to {name}", self.row.provider);
        match progress::shown(&what, None, call.into_future()).await {
            Ok(value) => {
                self.line(name, &tell(&value), Some(started.elapsed()), true).map_err(Stop::Output)?;
                Ok(value)
            }
            Err(error) => {
                self.line(name, &error.to_string(), Some(started.elapsed()), false).map_err(Stop::Output)?;
                Err(Stop::Call)
            }
        }
    }

    /// This provider has no call that reads SMS; that is no failure.
    pub(super) fn no_sms(&mut self) -> Result<(), Stop> {
        self.row.sms = Some(NOT_OFFERED.to_owned());
        self.line("receive", "not offered: this provider has no call that reads SMS", None, true).map_err(Stop::Output)
    }

    /// What was bought, for the closing table.
    pub(super) fn bought(&mut self, number: impl ToString, price: impl ToString) {
        self.row.number = Some(number.to_string());
        self.row.price = Some(price.to_string());
    }

    /// The code that came, for the closing table.
    pub(super) fn code(&mut self, code: &str) {
        self.row.sms = Some(format!("code {code}"));
    }

    /// Ends the part. Only output that cannot be written ends the demo.
    pub(super) fn close(mut self, result: Result<(), Stop>) -> Result<Row, Failure> {
        match result {
            Ok(()) => self.row.ok = true,
            Err(Stop::Call) => {}
            Err(Stop::Other(message)) => self.line("stop", &message, None, false)?,
            Err(Stop::Output(failure)) => return Err(failure),
        }
        self.row.milliseconds = self.started.elapsed().as_millis();
        Ok(self.row)
    }

    fn line(&self, name: &str, result: &str, took: Option<Duration>, ok: bool) -> Result<(), Failure> {
        let milliseconds = took.map(|took| took.as_millis());
        if self.json {
            let line = json!({
                "provider": self.row.provider, "step": name, "ok": ok, "result": result, "milliseconds": milliseconds,
            });
            return output::line(&line.to_string());
        }
        let took = took.map(|took| format!("{:.1} ms", took.as_secs_f64() * 1000.0)).unwrap_or_default();
        let result = if ok { result.to_owned() } else { self.paint.red(result) };
        let provider = self.paint.bold(&format!("{:<10}", self.row.provider));
        output::line(&format!("{provider}  {name:<8} {}  {result}", self.paint.dim(&format!("{took:>9}"))))
    }
}
