//! The demo's closing table.

use super::stage::Row;
use crate::exit::Failure;
use crate::output::{self, table::Table};
use crate::terminal::Paint;
use serde_json::json;
use std::time::Duration;

/// Shows the five rows, and fails unless all went through.
pub(super) fn show(rows: &[Row], took: Duration, json: bool) -> Result<(), Failure> {
    let well = rows.iter().filter(|row| row.ok).count();
    let all = well == rows.len();
    if json {
        output::line(&json!({ "summary": rows, "ok": all, "milliseconds": took.as_millis() }).to_string())?;
    } else {
        let paint = Paint::for_stdout();
        let mut table = Table::new(["provider", "number", "price", "SMS", "result", "time"]);
        for row in rows {
            let or_dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
            let result = if row.ok { "went through" } else { "failed" };
            let time = format!("{} ms", row.milliseconds);
            let texts = [or_dash(&row.number), or_dash(&row.price), or_dash(&row.sms), result.to_owned(), time];
            table.row(std::iter::once(row.provider.clone()).chain(texts));
        }
        table.right(2);
        table.right(5);
        let last = format!("{well} of {} providers in {:.1} s.", rows.len(), took.as_secs_f64());
        let last = if all { paint.green(&last) } else { paint.red(&last) };
        output::line(&format!("\n{table}\n\n{last}"))?;
    }
    if all { Ok(()) } else { Err(Failure::Said) }
}
