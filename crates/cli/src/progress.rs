//! A line on standard error while something takes long.

use crate::looks;
use std::future::Future;
use std::io::{IsTerminal, Write};
use std::pin::pin;
use std::time::{Duration, Instant};
use terminal_size::Width;

/// What is short needs no line.
const PATIENCE: Duration = Duration::from_secs(1);
/// The beginning of the line, which is empty then.
const CLEARED: &str = "\r\x1b[2K";
/// How often a line that cannot be written over is written.
const PLAIN_EVERY: Duration = Duration::from_secs(10);

/// A line that is written over, where standard error is a terminal; else it is not written. It goes when it is dropped.
pub(crate) struct Line {
    on: bool,
    written: bool,
}

impl Default for Line {
    fn default() -> Self {
        Self { on: std::io::stderr().is_terminal(), written: false }
    }
}

impl Line {
    /// Writes it in the place of what was there.
    pub(crate) fn say(&mut self, text: &str) {
        if self.on {
            // One line alone can be written over.
            let width = terminal_size::terminal_size_of(std::io::stderr()).map_or(80, |(Width(width), _)| width);
            let text: String = text.chars().take(usize::from(width.saturating_sub(1))).collect();
            write(&format!("{CLEARED}{text}"));
            self.written = true;
        }
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if self.written {
            write(CLEARED);
        }
    }
}

/// Runs it to its end, and says meanwhile what is waited for, how long it has been, and how long it may still be.
pub(crate) async fn shown<T>(what: &str, limit: Option<Duration>, work: impl Future<Output = T>) -> T {
    let mut shown = Line::default();
    let every = if shown.on { PATIENCE } else { PLAIN_EVERY };
    let started = Instant::now();
    let mut work = pin!(work);
    let mut ticks = tokio::time::interval_at(tokio::time::Instant::now() + every, every);
    loop {
        tokio::select! {
            biased;
            result = &mut work => return result,
            _ = ticks.tick() => {
                let line = line(what, started.elapsed(), limit, looks::next());
                match shown.on {
                    true => shown.say(&line),
                    false => write(&format!("{line}\n")),
                }
            }
        }
    }
}

fn line(what: &str, elapsed: Duration, limit: Option<Duration>, next: Option<Duration>) -> String {
    let mut line = format!("waiting for {what} · {} s", elapsed.as_secs());
    if let Some(limit) = limit {
        if let Some(next) = next {
            line.push_str(&format!(" · next look in {} s", next.as_secs_f64().ceil()));
        }
        line.push_str(&format!(" · {} s left", limit.saturating_sub(elapsed).as_secs()));
    }
    line
}

/// Progress that cannot be shown is no reason to stop.
fn write(text: &str) {
    let mut stderr = std::io::stderr().lock();
    let _ = stderr.write_all(text.as_bytes());
    let _ = stderr.flush();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_what_how_long_and_how_much_longer() {
        let line = line(
            "rentnumber.get_rental",
            Duration::from_secs(12),
            Some(Duration::from_secs(300)),
            Some(Duration::from_millis(2500)),
        );
        assert_eq!(line, "waiting for rentnumber.get_rental · 12 s · next look in 3 s · 288 s left");
    }
}
