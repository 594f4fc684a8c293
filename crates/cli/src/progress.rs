//! A line on standard error while something takes long.

use std::future::Future;
use std::io::{IsTerminal, Write};
use std::pin::pin;
use std::time::{Duration, Instant};

/// What is short needs no line.
const PATIENCE: Duration = Duration::from_secs(1);
/// How often a line that cannot be written over is written.
const PLAIN_EVERY: Duration = Duration::from_secs(10);

/// Runs it to its end, and says meanwhile what is waited for, how long it has been, and how long it may still be.
pub(crate) async fn shown<T>(what: &str, limit: Option<Duration>, work: impl Future<Output = T>) -> T {
    let terminal = std::io::stderr().is_terminal();
    let every = if terminal { PATIENCE } else { PLAIN_EVERY };
    let started = Instant::now();
    let mut work = pin!(work);
    let mut ticks = tokio::time::interval_at(tokio::time::Instant::now() + every, every);
    let mut written = false;
    loop {
        tokio::select! {
            biased;
            result = &mut work => {
                if written && terminal {
                    write("\r\x1b[2K");
                }
                return result;
            }
            _ = ticks.tick() => {
                let line = line(what, started.elapsed(), limit);
                write(&if terminal { format!("\r\x1b[2K{line}") } else { format!("{line}\n") });
                written = true;
            }
        }
    }
}

fn line(what: &str, elapsed: Duration, limit: Option<Duration>) -> String {
    let mut line = format!("waiting for {what} · {} s", elapsed.as_secs());
    if let Some(limit) = limit {
        line.push_str(&format!(" · at most {} s more", limit.saturating_sub(elapsed).as_secs()));
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
        let line = line("rentnumber.get_rental", Duration::from_secs(12), Some(Duration::from_secs(300)));
        assert_eq!(line, "waiting for rentnumber.get_rental · 12 s · at most 288 s more");
    }
}
