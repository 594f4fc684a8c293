//! One value on one line.

use super::value::Value;

/// A value as a cell shows it.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Cell {
    pub(crate) text: String,
    /// Numbers and money.
    pub(crate) to_the_right: bool,
}

impl Cell {
    /// Words, which stand on the left.
    pub(crate) fn words(text: &str) -> Self {
        Self { text: text.to_owned(), to_the_right: false }
    }
}

/// The cell of a value that one line can show; lists of objects and objects are none.
pub(crate) fn of(value: &Value) -> Option<Cell> {
    let (text, to_the_right) = match value {
        Value::Null => (String::new(), false),
        Value::Scalar(text) => (text.replace(char::is_control, " "), false),
        Value::Number(digits) => (digits.clone(), true),
        Value::Fields(_) => (money(value)?, true),
        Value::List(items) if items.is_empty() => (String::new(), false),
        Value::List(items) => {
            let texts: Option<Vec<String>> = items.iter().map(|item| Some(of(item)?.text)).collect();
            (texts?.join(", "), false)
        }
    };
    Some(Cell { text, to_the_right })
}

/// `{"amount": "450.00", "currency": "NGN"}` in every provider's results.
fn money(value: &Value) -> Option<String> {
    let Value::Fields(fields) = value else { return None };
    match (value.get("amount")?, value.get("currency")?, fields.len()) {
        (Value::Scalar(amount), Value::Scalar(currency), 2) => Some(format!("{amount} {currency}")),
        (Value::Scalar(amount), Value::Null, 2) => Some(amount.clone()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_one_cell() {
        let shown = |text: &str| of(&serde_json::from_str(text).unwrap()).map(|cell| (cell.text, cell.to_the_right));
        assert_eq!(shown(r#"{"amount":"450.00","currency":"NGN"}"#), Some(("450.00 NGN".to_owned(), true)));
        assert_eq!(shown(r#"{"amount":"450.00","currency":null}"#), Some(("450.00".to_owned(), true)));
        assert_eq!(shown(r#"{"amount":"450.00","unit":"kg"}"#), None);
        assert_eq!(shown(r#"["SMS","VOICE"]"#), Some(("SMS, VOICE".to_owned(), false)));
        assert_eq!(shown("\"two\\nlines\""), Some(("two lines".to_owned(), false)));
    }
}
