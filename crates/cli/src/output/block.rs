//! One result: names and values in two columns, lists of objects as tables below.

use super::value::Value;
use super::{cell, rows, table::Table};
use crate::terminal::Paint;

/// A result as text for people.
pub(crate) fn show(value: &Value, paint: Paint) -> String {
    if let Some(cell) = cell::of(value) {
        return if cell.text.is_empty() { nothing(value) } else { cell.text };
    }
    if let Some(items) = value.as_rows() {
        return Table::of(rows::of(items)).to_string();
    }
    let mut lines = Vec::new();
    let mut tables = Vec::new();
    collect(value, "", &mut lines, &mut tables);
    let parts = [facts(&lines, paint)].into_iter().filter(|part| !part.is_empty());
    let alone = lines.is_empty() && tables.len() == 1;
    let tables = tables.into_iter().map(|(name, table)| match alone {
        true => table,
        false => format!("{}\n{table}", paint.bold(&name)),
    });
    let text = parts.chain(tables).collect::<Vec<_>>().join("\n\n");
    if text.is_empty() { nothing(value) } else { text }
}

fn nothing(value: &Value) -> String {
    match value {
        Value::List(_) => "Nothing there.",
        Value::Fields(fields) if fields.iter().any(|(_, value)| matches!(value, Value::List(_))) => "Nothing there.",
        _ => "Done.",
    }
    .to_owned()
}

fn collect(value: &Value, name: &str, lines: &mut Vec<(String, String)>, tables: &mut Vec<(String, String)>) {
    if let Some(cell) = cell::of(value) {
        if !cell.text.is_empty() {
            lines.push((name.replace('_', " "), cell.text));
        }
    } else if let Some(items) = value.as_rows() {
        tables.push((name.replace('_', " "), Table::of(rows::of(items)).to_string()));
    } else if let Value::Fields(fields) = value {
        for (field, value) in fields {
            let path = if name.is_empty() { field.clone() } else { format!("{name}.{field}") };
            // A page's own fields are no news.
            if !is_about_the_page(fields, field) {
                collect(value, &path, lines, tables);
            }
        }
    } else if let Value::List(items) = value {
        for (at, item) in items.iter().enumerate() {
            collect(item, &format!("{name} {}", at + 1), lines, tables);
        }
    }
}

/// `next`, beside the `items` of a page; `total` is worth a line.
fn is_about_the_page(fields: &[(String, Value)], field: &str) -> bool {
    field == "next" && fields.iter().any(|(name, value)| name == "items" && matches!(value, Value::List(_)))
}

pub(super) fn facts(lines: &[(String, String)], paint: Paint) -> String {
    let width = lines.iter().map(|(name, _)| name.chars().count()).max().unwrap_or_default();
    let padded = |name: &str| format!("{name:<width$}");
    let lines = lines.iter().map(|(name, value)| format!("{}  {value}", paint.dim(&padded(name))));
    lines.collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> String {
        show(&serde_json::from_str(text).unwrap(), Paint::off())
    }

    #[test]
    fn a_result_is_names_and_values() {
        let text = r#"{"rental_id":"7","code":null,"cost":{"amount":"450.00","currency":"NGN"},"a":{"b":true}}"#;
        assert_eq!(shown(text), "rental id  7\ncost       450.00 NGN\na.b        yes");
    }

    #[test]
    fn nothing_is_said_in_words() {
        assert_eq!(shown("{}"), "Done.");
        assert_eq!(shown("null"), "Done.");
        assert_eq!(shown("[]"), "Nothing there.");
        assert_eq!(shown(r#"{"items":[],"next":null,"total":null}"#), "Nothing there.");
    }

    #[test]
    fn a_page_is_its_table() {
        let text =
            shown(r#"{"items":[{"id":"7","price":{"amount":"1.00","currency":"EUR"}}],"next":"x","total":null}"#);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!((lines[0], lines[2]), ("id     price", "7   1.00 EUR"), "{text}");
    }
}
