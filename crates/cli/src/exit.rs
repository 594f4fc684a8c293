//! How the program ends: one exit code for each kind of error, and the words it ends with.

use crate::terminal::Paint;
use std::fmt::Write as _;
use trunkline::{Delivery, Error, ErrorKind};

/// Something that is the matter on this machine: a file, the output, a demo that did not go through.
const LOCAL: u8 = 1;
/// The command line itself is wrong; as `invalid_input`.
pub(crate) const USAGE: u8 = 2;
/// Ctrl-C.
const INTERRUPTED: u8 = 130;

/// Why the program ends without having done what it was asked.
#[derive(Debug)]
pub(crate) enum Failure {
    /// A call failed.
    Api(Error),
    /// Something here, not at a provider.
    Local(String),
    /// The user stopped it; what may have happened.
    Interrupted(String),
    /// What is the matter has been said already; its kind of error, the first one's where there are several.
    Told(ErrorKind),
    /// All has been said already.
    Said,
    /// Whoever read the output has gone (`| head`): no failure of ours.
    PipeClosed,
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Api(error)
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        match error.kind() {
            std::io::ErrorKind::BrokenPipe => Self::PipeClosed,
            _ => Self::Local(format!("the output cannot be written: {error}")),
        }
    }
}

/// The exit code of a kind of error. Stable: scripts depend on it.
const fn code_of(kind: ErrorKind) -> u8 {
    match kind {
        ErrorKind::InvalidInput => USAGE,
        ErrorKind::Unauthenticated => 3,
        ErrorKind::Forbidden => 4,
        ErrorKind::InsufficientFunds => 5,
        ErrorKind::NotFound => 6,
        ErrorKind::OutOfStock => 7,
        ErrorKind::Conflict => 8,
        ErrorKind::NotReady => 9,
        ErrorKind::Ended => 10,
        ErrorKind::Refused => 11,
        ErrorKind::RateLimited => 12,
        ErrorKind::ProviderDown => 13,
        ErrorKind::Unreachable => 14,
        ErrorKind::TimedOut => 15,
        ErrorKind::Malformed => 16,
        ErrorKind::Unsupported => 17,
        ErrorKind::Cancelled => 18,
        ErrorKind::JournalFailed => 19,
        ErrorKind::PurchaseUnknown => 20,
    }
}

/// The table of exit codes, for `--help`.
pub(crate) fn describe_codes() -> String {
    let mut codes: Vec<(u8, &str)> = vec![(0, "done"), (LOCAL, "a file, the output, or the demo")];
    codes.extend(ErrorKind::ALL.iter().map(|kind| (code_of(*kind), kind.as_str())));
    codes.push((INTERRUPTED, "interrupted"));
    let half = codes.len().div_ceil(2);
    let mut text = "Exit codes:\n".to_owned();
    for row in 0..half {
        let (code, name) = codes[row];
        let _ = write!(text, "  {code:>3}  {name:<33}");
        if let Some((code, name)) = codes.get(row + half) {
            let _ = write!(text, "{code:>3}  {name}");
        }
        text.push('\n');
    }
    text
}

impl Failure {
    /// What the program ends with.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Api(error) => code_of(error.kind),
            Self::Told(kind) => code_of(*kind),
            Self::Local(_) | Self::Said => LOCAL,
            Self::Interrupted(_) => INTERRUPTED,
            Self::PipeClosed => 0,
        }
    }

    /// The last words, for standard error.
    pub(crate) fn text(&self, json: bool, paint: Paint) -> Option<String> {
        match self {
            Self::Api(error) if json => Some(error.to_json()),
            Self::Api(error) => Some(for_people(error, paint)),
            Self::Local(message) | Self::Interrupted(message) if json => {
                Some(serde_json::json!({ "kind": "local", "message": message }).to_string())
            }
            Self::Local(message) => Some(format!("{} {message}", paint.red("error:"))),
            Self::Interrupted(message) => Some(message.clone()),
            Self::Told(_) | Self::Said | Self::PipeClosed => None,
        }
    }
}

/// What happened; to which operation, and whether the provider may have acted; what to do.
fn for_people(error: &Error, paint: Paint) -> String {
    let mut facts = Vec::new();
    if !error.operation.is_empty() {
        facts.push(error.operation.clone());
    }
    facts.push(match error.status {
        Some(status) => format!("{}, status {status}", error.kind),
        None => error.kind.to_string(),
    });
    if let Some(code) = &error.code {
        facts.push(format!("code {code}"));
    }
    facts.push(
        match error.delivery {
            Delivery::NotSent => "nothing was sent",
            Delivery::Refused => "not carried out",
            Delivery::Unknown => "may have been carried out",
        }
        .to_owned(),
    );
    if error.attempts > 1 {
        facts.push(format!("{} attempts", error.attempts));
    }
    let mut text = format!("{} {}\n", paint.red("error:"), error.message);
    let _ = writeln!(text, "       {}", paint.dim(&facts.join(" · ")));
    if !error.candidates.is_empty() {
        let _ = writeln!(text, "       It may have become: {}", error.candidates.join(", "));
    }
    if error.kind == ErrorKind::PurchaseUnknown {
        let _ = writeln!(text, "       trunkline recover tells what became of it, as soon as that can be told.");
    }
    if let Some(id) = &error.request_id {
        let _ = writeln!(text, "       {}", paint.dim(&format!("the provider's id of the exchange: {id}")));
    }
    let wait = error.retry_after.map(|wait| format!(" ({} s)", wait.as_secs())).unwrap_or_default();
    let _ = write!(text, "       {}{wait}.", error.kind.advice());
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_kind_has_a_code_of_its_own() {
        let codes: BTreeSet<u8> = ErrorKind::ALL.iter().map(|kind| code_of(*kind)).collect();
        assert_eq!(codes.len(), ErrorKind::ALL.len());
        assert!(codes.iter().all(|code| *code != 0 && *code != LOCAL && *code < 64));
    }

    #[test]
    fn the_help_names_every_kind() {
        let text = describe_codes();
        assert!(ErrorKind::ALL.iter().all(|kind| text.contains(kind.as_str())), "{text}");
    }

    #[test]
    fn of_an_unknown_purchase_it_says_what_it_may_be_and_who_will_know() {
        let error = Error::new(ErrorKind::PurchaseUnknown, Delivery::Unknown, "the answer was lost");
        let error = error.with(|details| details.candidates = vec!["101".to_owned(), "102".to_owned()]);
        let text = Failure::Api(error).text(false, Paint::off()).unwrap();
        assert_eq!(
            text,
            "error: the answer was lost\n       \
             purchase_unknown · may have been carried out\n       \
             It may have become: 101, 102\n       \
             trunkline recover tells what became of it, as soon as that can be told.\n       \
             Look at the account before buying again."
        );
    }

    #[test]
    fn an_error_says_what_happened_whether_it_was_carried_out_and_what_to_do() {
        let error = Error::new(ErrorKind::InsufficientFunds, Delivery::Refused, "Insufficient balance. Need ₦450.00");
        let error = error.with(|details| {
            details.operation = "rentnumber.rent".to_owned();
            details.status = Some(400);
        });
        let text = Failure::Api(error).text(false, Paint::off()).unwrap();
        assert_eq!(
            text,
            "error: Insufficient balance. Need ₦450.00\n       \
             rentnumber.rent · insufficient_funds, status 400 · not carried out\n       \
             Top up the account at the provider."
        );
    }
}
