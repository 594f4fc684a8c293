//! A question before money is spent.

use crate::exit::Failure;
use std::io::{IsTerminal, Write};
use tokio::sync::oneshot;

/// Whether there is somebody who can be asked.
pub(super) fn can_ask() -> bool {
    std::io::stdin().is_terminal() && std::io::stderr().is_terminal()
}

/// Asks; whatever is not a yes is a no.
pub(super) async fn confirmed(question: &str) -> Result<bool, Failure> {
    let unheard = |error: std::io::Error| Failure::Local(format!("the answer cannot be read: {error}"));
    let mut stderr = std::io::stderr();
    write!(stderr, "{question} [y/N] ").and_then(|()| stderr.flush()).map_err(unheard)?;
    // On a thread that the program does not wait for, should it be interrupted.
    let (tell, told) = oneshot::channel();
    std::thread::spawn(move || {
        let mut answer = String::new();
        // Nobody listens any more when it was interrupted.
        let _ = tell.send(std::io::stdin().read_line(&mut answer).map(|_| answer));
    });
    let answer = told.await.map_err(std::io::Error::other).and_then(|answer| answer).map_err(unheard)?;
    Ok(matches!(answer.trim().to_ascii_lowercase().as_str(), "y" | "yes"))
}
