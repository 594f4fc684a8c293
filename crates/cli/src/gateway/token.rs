//! Where the token comes from: never from an option, which other users could see.

use crate::config::warn_if_others_can_read;
use crate::exit::Failure;
use clap::ArgMatches;
use std::io::IsTerminal;
use std::path::PathBuf;
use trunkline::Error;
use trunkline::gateway::{Policy, new_token};

const VARIABLE: &str = "TRUNKLINE_GATEWAY_TOKEN";

/// Adds the tokens that are said; where there are none, one is made, and given back to be shown to whoever sits there.
pub(super) fn add(matches: &ArgMatches, policy: &mut Policy) -> Result<Option<String>, Failure> {
    if let Some(token) = std::env::var_os(VARIABLE).filter(|token| !token.is_empty()) {
        let token = token.into_string().map_err(|_| Error::invalid_input(VARIABLE, "it is no text"))?;
        policy.tokens.push(token.into());
    }
    if let Some(path) = matches.get_one::<PathBuf>("token-file") {
        let shown = path.display();
        let text = std::fs::read_to_string(path)
            .map_err(|error| Failure::Local(format!("the token cannot be read from {shown}: {error}")))?;
        warn_if_others_can_read(path, "a token");
        policy.tokens.push(text.trim().into());
    }
    if !policy.tokens.is_empty() {
        return Ok(None);
    }
    if !std::io::stdout().is_terminal() {
        let problem =
            format!("there is none: set {VARIABLE}, or --token-file (without one, one is made on a terminal only)");
        return Err(Error::invalid_input("token", problem).into());
    }
    let token = new_token()?;
    let shown = token.expose().clone();
    policy.tokens.push(token);
    Ok(Some(shown))
}
