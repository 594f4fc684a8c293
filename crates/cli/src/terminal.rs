//! What the terminal is: its width, and whether it shows colour.

use std::io::IsTerminal;
use terminal_size::Width;

/// How wide lines may be: as wide as the terminal, or as `COLUMNS` says; without either, there is no limit, so that what
/// is piped or kept is whole.
pub(crate) fn width() -> Option<u16> {
    let said = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok()).filter(|width| *width >= 20);
    said.or_else(|| match std::io::stdout().is_terminal() {
        true => terminal_size::terminal_size().map(|(Width(width), _)| width),
        false => None,
    })
}

/// Colours text, or leaves it as it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Paint {
    on: bool,
}

impl Paint {
    pub(crate) fn for_stdout() -> Self {
        Self { on: colours_are_welcome() && std::io::stdout().is_terminal() }
    }

    pub(crate) fn for_stderr() -> Self {
        Self { on: colours_are_welcome() && std::io::stderr().is_terminal() }
    }

    #[cfg(test)]
    pub(crate) const fn off() -> Self {
        Self { on: false }
    }

    pub(crate) const fn is_on(self) -> bool {
        self.on
    }

    pub(crate) fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    pub(crate) fn dim(self, text: &str) -> String {
        self.with("2", text)
    }

    pub(crate) fn red(self, text: &str) -> String {
        self.with("31", text)
    }

    pub(crate) fn green(self, text: &str) -> String {
        self.with("32", text)
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.on && !text.is_empty() { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// <https://no-color.org>
fn colours_are_welcome() -> bool {
    let refused = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
    let dumb = std::env::var_os("TERM").is_some_and(|term| term == "dumb");
    !refused && !dumb
}
